import { describe, expect, test } from 'vitest';
import { companyJson, verdictOf } from '../../tests/rules/company.ts';
import { smallestGaps, whatToAsk } from './briefing.ts';
import type { ConditionVerdict, Verdict } from './verdict.ts';

const base = verdictOf(companyJson(), 'giant@2026');
const condition = (of: Partial<ConditionVerdict>): ConditionVerdict => ({
  ...base.conditions[0]!,
  id: 'x',
  label: '条件',
  result: 'met',
  actual: 1,
  required: 100,
  gap: 0,
  unit: 'count',
  missing: [],
  ...of,
});
const verdict = (
  scheme: string,
  conditions: ConditionVerdict[],
  vetoes: Verdict['vetoes'] = [],
): Verdict => ({
  ...base,
  scheme,
  conditions,
  vetoes,
});
const unmet = (label: string, gap: number | null, required: number | null = 100) =>
  condition({ label, result: 'unmet', gap, required });
const unknown = (...missing: string[]) => condition({ result: 'unknown', actual: null, missing });
const labels = (verdicts: Verdict[], most = 3) =>
  smallestGaps(verdicts, most).map((gap) => gap.condition.label);

describe('the smallest gaps', () => {
  test('as parts of what is required, whatever the unit', () => {
    const one = verdict('hnte', [unmet('半', 50), unmet('一成', 10)]);
    const other = verdict('srdi', [unmet('两成', 2000, 10_000)]);
    expect(labels([one, other])).toEqual(['一成', '两成', '半']);
    expect(labels([one, other], 2)).toEqual(['一成', '两成']);
  });

  test('two unmet conditions are near, three are not', () => {
    expect(labels([verdict('hnte', [unmet('甲', 1), unmet('乙', 2)])])).toEqual(['甲', '乙']);
    expect(labels([verdict('hnte', [unmet('甲', 1), unmet('乙', 2), unmet('丙', 3)])])).toEqual([]);
  });

  test('a vetoed title, a gap without a measure and one that is none are no gaps', () => {
    const veto = [{ id: 'v', label: '事故', article: '', detail: '' }];
    expect(labels([verdict('hnte', [unmet('甲', 1)], veto)])).toEqual([]);
    expect(labels([verdict('hnte', [unmet('无度量', null), unmet('门槛零', 1, 0)])])).toEqual([]);
    expect(labels([verdict('hnte', [condition({ label: '达到', gap: 5 })])])).toEqual([]);
  });

  test('the same condition of two titles stands once', () => {
    expect(labels([verdict('hnte', [unmet('甲', 5)]), verdict('srdi', [unmet('甲', 5)])])).toEqual(['甲']);
  });
});

describe('what to ask', () => {
  const paths = (verdicts: Verdict[], most = 9) => whatToAsk(verdicts, most).map(({ path }) => path);

  test('what decides a title alone goes before what decides it with others', () => {
    const alone = verdict('hnte', [unknown('a')]);
    const shared = verdict('srdi', [unknown('b', 'c')]);
    expect(paths([shared, alone])).toEqual(['a', 'b', 'c']);
    expect(paths([shared, alone], 1)).toEqual(['a']);
  });

  test('what several titles lack counts for each, and is named with them', () => {
    const [first] = whatToAsk(
      [
        verdict('hnte', [unknown('a', 'b')]),
        verdict('srdi', [unknown('b')]),
        verdict('giant', [unknown('c')]),
      ],
      9,
    );
    expect(first).toEqual({ path: 'b', schemes: ['hnte', 'srdi'] });
  });

  test('a title that is lost asks nothing, one that is near asks less, operators’ numbers are not asked', () => {
    const lost = verdict('hnte', [unmet('甲', 1), unmet('乙', 1), unmet('丙', 1), unknown('a')]);
    const near = verdict('srdi', [unmet('甲', 1), unknown('b')]);
    const open = verdict('giant', [unknown('c')]);
    expect(paths([lost, near, open])).toEqual(['c', 'b']);
    expect(paths([verdict('gazelle', [unknown('operator:x.y')])])).toEqual([]);
  });
});
