import { describe, expect, test } from 'vitest';
import { atLeast, fig, moreThan, T1, T2 } from './build.ts';
import { differenceOf, differenceToPredecessor } from './difference.ts';
import type { Condition, RuleVersion } from './engine/types.ts';
import { RULE_BY_ID, RULES } from './registry.ts';
import { cite, param, type LegalText } from './source.ts';

const TEXT: LegalText = {
  id: 'text',
  docNo: '示例〔2020〕1号',
  title: '示例办法',
  issuer: '示例机关',
  url: { notSeen: '示例' },
  effectiveFrom: '2020-01-01',
  effectiveTo: null,
  checkedOn: '2026-01-01',
};
const AT = cite(TEXT, '一');
const condition = (id: string, of: Condition['test']): Condition => ({
  id,
  label: id,
  citation: AT,
  test: of,
});
const version = (id: string, conditions: readonly Condition[]): RuleVersion => ({
  id,
  scheme: 'x',
  label: id,
  texts: [TEXT],
  conditions,
  clauses: [],
});
const money = (owner: string, value: string | null) =>
  param(`${owner}.revenue`, '营业收入', 'CNY', value, AT);
const revenue = (owner: string, value: string | null, year: number = T1) =>
  condition('revenue', atLeast(fig('operatingRevenue', year), money(owner, value)));

describe('two versions compared', () => {
  test('a number raised is a changed threshold, with both numbers and nothing else', () => {
    const found = differenceOf(
      version('a', [revenue('a', '10000000')]),
      version('b', [revenue('b', '50000000')]),
    );
    expect(found.changed.map(({ id, logic }) => [id, logic])).toEqual([['revenue', false]]);
    expect(found.changed[0]!.thresholds).toEqual([
      {
        label: '营业收入',
        unit: 'CNY',
        before: { value: 10_000_000, op: '>=' },
        after: { value: 50_000_000, op: '>=' },
      },
    ]);
    expect([found.added, found.removed, found.unchanged]).toEqual([[], [], []]);
  });

  test('以上 that became 超过 is a change though the number stays', () => {
    const over = condition('revenue', moreThan(fig('operatingRevenue', T1), money('b', '10000000')));
    const found = differenceOf(version('a', [revenue('a', '10000000')]), version('b', [over]));
    expect(found.changed[0]!.thresholds[0]).toMatchObject({ before: { op: '>=' }, after: { op: '>' } });
  });

  test('another year measured is a change of the logic, not of a threshold', () => {
    const found = differenceOf(version('a', [revenue('a', '1')]), version('b', [revenue('b', '1', T2)]));
    expect(found.changed.map(({ logic, thresholds }) => [logic, thresholds])).toEqual([[true, []]]);
  });

  test('a number left to the operator is null on its side', () => {
    const found = differenceOf(version('a', [revenue('a', '1')]), version('b', [revenue('b', null)]));
    expect(found.changed[0]!.thresholds[0]).toMatchObject({ before: { value: 1 }, after: { value: null } });
  });

  test('what came and what went', () => {
    const extra = condition('debt', atLeast(fig('totalAssets', T1), param('b.debt', '资产', 'CNY', '1', AT)));
    const [a, b] = [version('a', [revenue('a', '1')]), version('b', [revenue('b', '1'), extra])];
    expect(differenceOf(a, b)).toMatchObject({ added: [{ id: 'debt' }], removed: [] });
    expect(differenceOf(b, a)).toMatchObject({ added: [], removed: [{ id: 'debt' }] });
    expect(differenceOf(a, b).unchanged.map(({ id }) => id)).toEqual(['revenue']);
  });
});

describe('the versions on record', () => {
  test.each(RULES.map((rule) => [rule.id, rule] as const))('%s does not differ from itself', (_id, rule) => {
    const found = differenceOf(rule, rule);
    expect(found).toMatchObject({ added: [], removed: [], changed: [], items: [] });
    expect(found.unchanged).toHaveLength(rule.conditions.length);
  });

  test.each(RULES.filter((rule) => rule.predecessor).map((rule) => [rule.id, rule] as const))(
    '%s against its predecessor: every condition of either side stands exactly once',
    (_id, rule) => {
      const found = differenceToPredecessor(rule, RULE_BY_ID)!;
      const both = found.changed.length + found.unchanged.length;
      expect(found.added.length + both).toBe(rule.conditions.length);
      expect(found.removed.length + both).toBe(found.before.conditions.length);
    },
  );

  test('小巨人 2026 asks for a development score, which 2022 did not know', () => {
    const found = differenceToPredecessor(RULE_BY_ID.get('giant@2026')!, RULE_BY_ID)!;
    expect(found.added.map(({ id }) => id)).toContain('development-score');
  });

  test('a version without predecessor has no difference', () => {
    expect(differenceToPredecessor(RULE_BY_ID.get('hnte@2016')!, RULE_BY_ID)).toBeNull();
  });
});
