import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '../day.ts';
import type { Action } from '../engine/types.ts';
import { RULE_BY_ID } from '../registry.ts';
import { SCHEMES } from '../schemes.ts';
import { selectionHoldsUntil, selectRule } from './select.ts';
import { SELECTION } from './table.ts';

const ANYWHERE = null;

describe('selectRule', () => {
  test.each<[string, Action, string, string | null, string]>([
    ['giant', 'new', '2026-05-06', ANYWHERE, 'giant@2026'],
    ['giant', 'new', '2026-03-31', ANYWHERE, 'giant@2022'],
    ['giant', 'renewal', '2026-05-06', ANYWHERE, 'giant@2022'],
    ['giant', 'renewal', '2027-01-01', ANYWHERE, 'giant@2026'],
    ['srdi', 'new', '2026-03-31', ANYWHERE, 'srdi@2022'],
    ['srdi', 'new', '2026-04-01', ANYWHERE, 'srdi@2026'],
    ['srdi', 'renewal', '2026-04-01', ANYWHERE, 'srdi@2026'],
    ['srdi', 'new', '2025-06-01', '440402', 'srdi@guangdong-2024'],
    ['srdi', 'new', '2026-04-01', '440402', 'srdi@2026'],
    ['isme', 'new', '2026-07-15', ANYWHERE, 'isme@2022'],
    ['hnte', 'new', '2016-01-01', ANYWHERE, 'hnte@2016'],
    ['unicorn', 'new', '2026-05-06', '110108', 'unicorn@gei-2025'],
    ['unicorn', 'new', '2021-12-31', '440402', 'unicorn@zhuhai-2018'],
    ['unicorn', 'new', '2024-03-12', '440402', 'unicorn@zhuhai-2024'],
    ['unicorn', 'new', '2026-05-06', '440305', 'unicorn@shenzhen-undated'],
    ['gazelle', 'new', '2026-05-06', '440112', 'gazelle@huangpu-undated'],
    ['tsme', 'annual', '2026-06-01', ANYWHERE, 'tsme@2017'],
  ])('%s %s on %s in %s is judged by %s', (scheme, action, on, division, rule) => {
    expect(selectRule(scheme, action, on, division)).toMatchObject({ ok: true, rule });
  });

  test('a day before any version, or an action the scheme does not know, is refused with the reason', () => {
    expect(selectRule('hnte', 'new', '2015-12-31')).toEqual({
      ok: false,
      reason: '高新技术企业（新申请，2015-12-31）没有适用的规则版本',
    });
    expect(selectRule('hnte', 'annual', '2026-01-01').ok).toBe(false);
    expect(selectRule('giant', 'new', '2022-07-31').ok).toBe(false);
  });

  test('two equally specific rows are an error, not a choice', () => {
    const [row] = SELECTION;
    const found = selectRule(row!.scheme, 'new', '2026-01-01', null, [row!, { ...row!, rule: 'other@1' }]);
    expect(found).toMatchObject({ ok: false, reason: expect.stringContaining('两个版本同时适用') });
  });

  test('on any day and in any place at most one version applies, and it exists and is of the scheme', () => {
    const day = fc.integer({ min: 0, max: 8000 }).map((n) => addDays('2010-01-01', n));
    const place = fc.constantFrom(null, '110108', '440112', '440305', '440402', '370102', '320500');
    fc.assert(
      fc.property(
        fc.constantFrom(...SCHEMES),
        fc.constantFrom<Action>('new', 'renewal', 'annual'),
        day,
        place,
        ({ id }, action, on, division) => {
          const found = selectRule(id, action, on, division);
          if (found.ok) expect(RULE_BY_ID.get(found.rule)?.scheme).toBe(id);
          else expect(found.reason).toContain('没有适用的规则版本');
        },
      ),
      { numRuns: 3000 },
    );
  });

  test('a selection holds exactly until the day its successor begins', () => {
    expect(selectionHoldsUntil('srdi', 'new', '2026-03-01')).toBe('2026-03-31');
    expect(selectionHoldsUntil('giant', 'renewal', '2026-06-01')).toBe('2026-12-31');
    expect(selectionHoldsUntil('hnte', 'new', '2026-06-01')).toBeNull();
  });

  test('no row begins where another of the same scheme, action and region still runs, and none leaves a gap before its successor', () => {
    for (const row of SELECTION) {
      const followers = SELECTION.filter(
        (r) =>
          r !== row &&
          r.scheme === row.scheme &&
          r.region === row.region &&
          r.actions.some((a) => row.actions.includes(a)) &&
          (r.from ?? '') > (row.from ?? ''),
      );
      const next = followers.sort((a, b) => (a.from! < b.from! ? -1 : 1))[0];
      if (next) expect(row.to, `${row.rule} before ${next.rule}`).toBe(addDays(next.from!, -1));
    }
  });
});
