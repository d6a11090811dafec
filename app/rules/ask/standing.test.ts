import { expect, test } from 'vitest';
import { benchPopulation } from '../../../tests/bench/facts.ts';
import { demoFacts } from '../../../tests/demo-facts.ts';
import { size } from '../../../tests/size.ts';
import { parseFacts } from '../facts/parse.ts';
import { assess } from '../index.ts';
import { outlinesOf } from './outline.ts';
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

test('an outline says what the full verdicts say', () => {
  const enterprises = [...benchPopulation(size(60, 1000)), ...demoFacts(size(60, 1000), ON)];
  for (const facts of enterprises) {
    for (const division of ['', '440400']) {
      const whole = assessWished({ ...facts, division: division || null }, [], ON);
      const outlines = outlinesOf({ facts, schemes: [], division, on: ON });
      const place = (scheme: string) => outlines.findIndex((of) => of.scheme === scheme);
      const verdicts = [...whole.verdicts].sort((a, b) => place(a.verdict.scheme) - place(b.verdict.scheme));
      expect(outlines).toEqual(
        verdicts.map(({ verdict, standing, label }) => ({
          scheme: verdict.scheme,
          label,
          standing,
          missed: verdict.conditions
            .filter(({ result }) => result === 'unmet')
            .slice(0, 4)
            .map(({ id, label: of, inverse }) => ({ id, label: of, inverse: inverse?.text ?? null })),
        })),
      );
    }
  }
});

test('an outline after another one is as if it were the first', () => {
  const [first, ...others] = demoFacts(40, ON);
  const of = (facts: typeof first) => outlinesOf({ facts: facts!, schemes: [], division: '', on: ON });
  const once = of(first);
  for (const facts of others) of(facts);
  expect(of(first)).toEqual(once);
});
