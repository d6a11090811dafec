import { expect, test } from 'vitest';
import { parseFacts } from '../facts/parse.ts';
import { assess } from '../index.ts';
import { assessWished, standingOf } from './standing.ts';

const ON = '2026-05-06';
const verdictOf = (scheme: string, json: unknown) => {
  const parsed = parseFacts(json);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const done = assess(parsed.facts, { scheme, action: 'new', on: ON });
  if (!done.ok) throw new Error(done.reason);
  return done.verdict;
};
const industry = { industry: '3990' };

test.each([
  // 小升规: industry needs 20,000,000 元 of main revenue.
  ['undetermined', industry],
  ['met', { ...industry, years: { 2025: { mainRevenue: 20_000_000 } } }],
  ['nearly', { ...industry, years: { 2025: { mainRevenue: 14_000_000 } } }],
  ['not', { ...industry, years: { 2025: { mainRevenue: 13_999_999 } } }],
] as const)('%s', (standing, json) => {
  expect(standingOf(verdictOf('scaleUp', json))).toBe(standing);
});

test('a veto is never near', () => {
  const conduct = [{ kind: 'safety', severity: 'major', on: '2026-02-01' }];
  expect(standingOf(verdictOf('hnte', { conduct }))).toBe('not');
});

test('the best standing comes first, and a title without a rule says why', () => {
  const parsed = parseFacts({
    ...industry,
    years: { 2025: { mainRevenue: 20_000_000, operatingRevenue: 1 } },
  });
  const { verdicts, skipped } = assessWished(
    parsed.ok ? parsed.facts : { provenance: {}, flags: [] },
    [],
    ON,
  );
  expect(verdicts[0]?.standing).toBe('met');
  expect(verdicts.at(-1)?.standing).toBe('not');
  expect(skipped.find(({ label }) => label === '上市培育')?.reason).toContain('没有适用的规则版本');
});
