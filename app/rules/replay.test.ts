import { describe, expect, test } from 'vitest';
import { benchPopulation } from '../../tests/bench/facts.ts';
import { loadColumns } from './engine/columns.ts';
import { compilePanel } from './engine/compile.ts';
import { rational } from './engine/exact.ts';
import { assess, momentOf } from './index.ts';
import { giant2026 } from './national/giant-2026.ts';
import { hnte2016 } from './national/hnte-2016.ts';
import { srdi2022 } from './national/srdi-2022.ts';
import { srdi2026 } from './national/srdi-2026.ts';
import { compareReadings, readPark, whatIf } from './replay.ts';

const ON = '2026-05-06';
const park = benchPopulation(600, 11);
const columns = loadColumns(
  compilePanel([hnte2016, srdi2022, srdi2026, giant2026]),
  momentOf(ON, 'new'),
  park,
);
const OUTCOME = ['eligible', 'ineligible', 'undetermined'];

describe('a park under two readings', () => {
  test.each([hnte2016, srdi2022, srdi2026, giant2026])(
    '$id over the whole park says what it says of each enterprise alone',
    (rule) => {
      const reading = readPark(columns, rule);
      park.forEach((facts, i) => {
        const alone = assess(facts, { scheme: rule.scheme, action: 'new', on: ON, rule: rule.id });
        expect(alone.ok && alone.verdict.outcome).toBe(OUTCOME[reading.outcomes[i]!]);
      });
    },
  );

  test('a changed threshold judged in part equals judging everything with it', () => {
    const overrides = {
      'hnte.rd-intensity.small': rational('0.025'),
      'hnte.hi-tech-income': rational('0.9'),
    };
    const partly = whatIf(columns, readPark(columns, hnte2016), overrides);
    expect(partly).toEqual(readPark(columns, hnte2016, { overrides }));
    expect(partly.outcomes).not.toEqual(readPark(columns, hnte2016).outcomes);
  });

  test('a lower threshold only gains, a higher one only loses, and the counts are the whole park', () => {
    const before = readPark(columns, hnte2016);
    const lower = compareReadings(before, whatIf(columns, before, { 'hnte.hi-tech-income': rational('0') }));
    const higher = compareReadings(
      before,
      whatIf(columns, before, { 'hnte.hi-tech-income': rational('0.95') }),
    );
    expect(lower.counts.loses).toBe(0);
    expect(lower.counts.gains).toBeGreaterThan(0);
    expect(higher.counts.gains).toBe(0);
    expect(higher.counts.loses).toBeGreaterThan(0);
    for (const { counts } of [lower, higher]) {
      expect(counts.stays + counts.gains + counts.loses + counts.never).toBe(park.length);
    }
    expect(higher.deciding.find((d) => d.id === 'hi-tech-income-share')!.loses).toBe(higher.counts.loses);
  });

  test('two versions of 专精特新: what decides for those who lose is a condition of the new one', () => {
    const replay = compareReadings(readPark(columns, srdi2022), readPark(columns, srdi2026));
    expect(replay.movements).toHaveLength(park.length);
    const ids = new Set([...srdi2026.conditions, ...srdi2022.conditions].map((c) => c.id));
    for (const { id, loses } of replay.deciding) {
      expect(ids.has(id)).toBe(true);
      if (loses > 0) expect(srdi2026.conditions.some((c) => c.id === id)).toBe(true);
    }
  });
});
