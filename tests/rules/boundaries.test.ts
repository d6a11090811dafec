/** Every number of every rule, at the threshold and one smallest unit to either side, against the table typed a second time. */
import { describe, expect, test } from 'vitest';
import { addDays, addYears } from '../../app/rules/day.ts';
import { compilePanel, type CompiledRule } from '../../app/rules/engine/compile.ts';
import { unitOf } from '../../app/rules/engine/quantity.ts';
import { RESULTS } from '../../app/rules/engine/sheet.ts';
import type { Feature, Points, Quantity, RuleVersion, Test } from '../../app/rules/engine/types.ts';
import type { Facts } from '../../app/rules/facts/parse.ts';
import { RULES } from '../../app/rules/index.ts';
import type { Param } from '../../app/rules/source.ts';
import { ON } from './company.ts';
import { blank, factsAt, MOMENT, order, type Nudge } from './points.ts';
import type { Op, PointRow, PointTable } from './threshold-types.ts';
import { THRESHOLDS } from './thresholds.ts';

type Compare = Test & { kind: 'compare' };
const NUDGES = [-1, 0, 1] as const satisfies readonly Nudge[];
const WORDS = { '-1': 'one unit below', 0: 'exactly at', 1: 'one unit above' } as const;

/** The number of a parameter as a decimal text. */
function textOf(param: Param): string | null {
  if (param.value === null) return null;
  const { p, q } = param.value;
  const digits = String(q).length - 1;
  // Denominators are products of 2 and 5: enough decimals make them powers of ten.
  const places = q === 1 ? 0 : Math.max(digits, 6);
  const scaled = (BigInt(p) * 10n ** BigInt(places)) / BigInt(q);
  const body = String(scaled).padStart(places + 1, '0');
  return places === 0 ? body : `${body.slice(0, -places)}.${body.slice(-places)}`.replace(/\.?0+$/, '');
}

const paramsOf = ({ threshold }: Compare): readonly Param[] =>
  threshold.kind === 'fixed'
    ? [threshold.param]
    : threshold.kind === 'chosen'
      ? threshold.of
      : threshold.bands.map((band) => band.param);
const unitOfQuantity = (quantity: Quantity) =>
  quantity.kind === 'linear' ? unitOf(quantity.terms[0]!.input) : 'ratio';
const compiledOf = (rule: RuleVersion) => {
  const panel = compilePanel([rule]);
  const compiled = panel.rules[0]!;
  return { panel, compiled, slots: panel.slots(), sheet: compiled.sheet() };
};
/** The numeric tests of a rule with their rows. */
function comparisons(compiled: CompiledRule) {
  return compiled.rows.flatMap((row, index) =>
    row.part.test.kind === 'compare' ? [{ index, condition: row.condition.id, test: row.part.test }] : [],
  );
}
const holds = (op: Op, sign: number) =>
  op === '>=' ? sign >= 0 : op === '>' ? sign > 0 : op === '<=' ? sign <= 0 : sign < 0;
/** What is measured in parts; everything else (rights, years, levels) is counted whole. */
const FINE = new Set(['CNY', 'ratio', 'points']);
const unique = (rows: readonly unknown[]) => [...new Set(rows.map((row) => JSON.stringify(row)))].sort();

describe.each(RULES.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  const typed = THRESHOLDS[id];
  const { panel, compiled, slots, sheet } = compiledOf(rule);
  const judge = (facts: Facts) => {
    panel.fill(facts, MOMENT, slots);
    compiled.judge(slots, sheet);
    return sheet;
  };

  test('has exactly the numbers of the regulation as typed', () => {
    expect(typed, `no row for ${id} in thresholds.ts`).toBeDefined();
    const built = comparisons(compiled).flatMap(({ condition, test: compare }) =>
      paramsOf(compare).map((param) => [
        condition,
        compare.op,
        textOf(param),
        unitOfQuantity(compare.quantity),
      ]),
    );
    expect(unique(built)).toEqual(unique(typed!.numeric));
    const edges = comparisons(compiled).flatMap(({ condition, test: { threshold } }) =>
      threshold.kind === 'banded'
        ? threshold.bands.flatMap((band) => (band.upTo ? [[condition, textOf(band.upTo)]] : []))
        : [],
    );
    expect(unique(edges)).toEqual(unique(typed!.edges ?? []));
    const chosen = comparisons(compiled).flatMap(({ condition, test: { threshold } }) =>
      threshold.kind === 'chosen' ? threshold.of.map((param, i) => [condition, i, textOf(param)]) : [],
    );
    expect(unique(chosen)).toEqual(unique(typed!.chosen ?? []));
    const ages = compiled.rows.flatMap(({ part, condition }) => {
      const limit = part.test.kind === 'flag' ? /^ageAtMost\((\d+)\)$/.exec(part.test.feature.id) : null;
      return limit ? [[condition.id, Number(limit[1])]] : [];
    });
    expect(unique(ages)).toEqual(unique(typed!.ages ?? []));
  });

  for (const { index, condition, test: compare } of comparisons(compiled)) {
    for (const [place, param] of paramsOf(compare).entries()) {
      const value = textOf(param);
      if (value === null) continue;
      test.each(NUDGES)(`${condition}: ${compare.op} ${value} (row ${index}), %d units off`, (nudge) => {
        const facts = placed(compare, place, value, nudge);
        const result = RESULTS[judge(facts).result[index]!];
        expect(result, WORDS[nudge]).toBe(holds(compare.op, nudge) ? 'met' : 'unmet');
        if (result === 'met') expect(sheet.gap[index]).toBe(0);
        else expect(sheet.gap[index]).toBeGreaterThanOrEqual(0);
      });
    }
    const { threshold } = compare;
    if (threshold.kind !== 'banded') continue;
    const bands = threshold.bands;
    test.each(bands.slice(0, -1).map((band, i) => [textOf(band.upTo!)!, i] as const))(
      `${condition}: the edge %s belongs to the lower band, one 分 more to the next (row ${index})`,
      (edge, i) => {
        judge(factsAt(threshold.by, edge, 0));
        expect(sheet.required[index]).toBe(Number(textOf(bands[i]!.param)));
        judge(factsAt(threshold.by, edge, 1));
        expect(sheet.required[index]).toBe(Number(textOf(bands[i + 1]!.param)));
      },
    );
  }

  test.each((typed?.ages ?? []).map(([condition, years]) => [condition, years] as const))(
    '%s: the %d-year limit includes the anniversary and no day more',
    (condition, years) => {
      const row = compiled.rows.findIndex(
        ({ part, condition: of }) =>
          of.id === condition && part.test.kind === 'flag' && part.test.feature.id === `ageAtMost(${years})`,
      );
      const at = (registeredOn: string) => {
        const facts = blank();
        facts.registeredOn = registeredOn;
        return RESULTS[judge(facts).result[row]!];
      };
      const anniversary = addYears(ON, -years);
      expect(at(addDays(anniversary, 1)), 'a day younger').toBe('met');
      expect(at(anniversary), 'on the anniversary').toBe('met');
      expect(at(addDays(anniversary, -1)), 'a day older').toBe('unmet');
    },
  );

  const score = compiled.rows.find((row) => row.score)?.score;
  test('scores by the points as typed', () => {
    if (!score) return expect(typed?.score).toBeUndefined();
    const { pass, op, groups } = score.score;
    expect([op, textOf(pass)]).toEqual([typed!.score!.op, typed!.score!.pass]);
    expect(Object.fromEntries(groups.map((g) => [g.id, [g.max, g.least ? textOf(g.least) : null]]))).toEqual(
      typed!.score!.groups,
    );
    const built = score.items.map(({ item }) => [item.id, item.max, tablesOf(item.points)]);
    const expected = Object.entries(typed!.score!.items).map(([item, [max, ...tables]]) => [
      item,
      max,
      tables.map(([measured, sign, ...rows]) => [measured, sign, rows.map(([b, p]) => [b, pair(p)])]),
    ]);
    expect(built).toEqual(expected);
  });

  for (const { item, index } of score?.items ?? []) {
    const [max, ...tables] = typed!.score!.items[item.id]!;
    for (const { quantity, measured } of bandsOf(item.points)) {
      const rows = tables
        .filter((t) => t[0] === measured)
        .flatMap(([, op, ...r]) => r.map((row) => ({ op, row })));
      for (const { row } of rows) {
        test.each(NUDGES)(`${item.id} (${measured}) at ${row[0]}, %d units off`, (nudge) => {
          if (row[0] === '0' && nudge < 0 && quantity.kind === 'linear') return;
          // A share of little money, so that an amount beside it earns nothing.
          const facts = factsAt(
            quantity,
            row[0],
            nudge,
            blank(),
            quantity.kind === 'ratio' ? 10_000_000n : undefined,
          );
          judge(facts);
          const [low, high] = pointsAt(rows, row[0], nudge, !FINE.has(measured));
          expect([sheet.pointsMin[index], sheet.pointsMax[index]]).toEqual([
            Math.min(low, max),
            Math.min(high, max),
          ]);
        });
      }
    }
  }
});

/** Facts with the quantity at the threshold of the given place, where that threshold is the one in force. */
function placed(compare: Compare, place: number, value: string, nudge: Nudge): Facts {
  const { threshold, quantity } = compare;
  if (threshold.kind === 'fixed') return factsAt(quantity, value, nudge);
  const facts = blank();
  if (threshold.kind === 'chosen') {
    choose(facts, threshold.by, place);
    return factsAt(quantity, value, nudge, facts);
  }
  // The sum that chooses the band is part of the quantity: try sizes until it lies in the band.
  const lower = place === 0 ? null : textOf(threshold.bands[place - 1]!.upTo!);
  const upper = threshold.bands[place]!.upTo ? textOf(threshold.bands[place]!.upTo!) : null;
  for (let size = 1_000_000_000n; size < 10n ** 13n; size *= 2n) {
    const tried = factsAt(quantity, value, nudge, blank(), size);
    const { input } = threshold.by.terms[0]!;
    if (input.kind !== 'figure') throw new Error('bands are chosen by a figure');
    let chosen = tried.years![2026 + input.offset]![input.key]!;
    const inside = (cents: number) =>
      (lower === null || cents > Number(lower) * 100) && (upper === null || cents <= Number(upper) * 100);
    const independent =
      quantity.kind === 'compound' && !JSON.stringify(quantity).includes(`"key":"${input.key}"`);
    if (independent) {
      chosen = Number(upper ?? Number(lower) * 2) * 100;
      tried.years![2026 + input.offset]![input.key] = chosen;
    }
    if (inside(chosen)) return tried;
  }
  throw new Error('no size lies in the band');
}

/** Makes a feature choose the threshold at a place. */
function choose(facts: Facts, by: Feature, place: number): void {
  const stages = /^ageStage\((.+)\)$/.exec(by.id);
  if (stages) facts.registeredOn = addYears(ON, -Number(stages[1]!.split('-')[place]));
  else if (by.id === 'srdiHolder')
    facts.titles = place === 0 ? [] : facts.titles!.filter((t) => t.scheme === 'srdi');
  else if (by.id === 'scaleUpLine')
    facts.industry = ['3913', '5111', '5211', '6110', '6513', '7511', '8010'][place]!;
  else throw new Error(`no way to choose by ${by.id}`);
}

/** Every table of points with what it measures, as in thresholds.ts. */
function bandsOf(points: Points): {
  quantity: Quantity;
  measured: string;
  op: Op;
  rows: readonly (readonly [string, readonly number[]])[];
}[] {
  switch (points.kind) {
    case 'bands': {
      const { quantity, op } = points;
      const unit = unitOfQuantity(quantity);
      const input = quantity.kind === 'linear' ? quantity.terms[0]!.input : null;
      const measured = unit === 'count' && input?.kind === 'feature' ? input.feature.id : unit;
      return [
        { quantity, measured, op, rows: points.bands.map((b) => [textOf(b.bound)!, b.points] as const) },
      ];
    }
    case 'judged':
      return points.from ? bandsOf(points.from) : [];
    case 'when':
      return [];
    default:
      return points.of.flatMap(bandsOf);
  }
}
const pair = (points: PointRow[1]): readonly number[] =>
  typeof points === 'number' ? [points, points] : points;
const tablesOf = (points: Points) => bandsOf(points).map(({ measured, op, rows }) => [measured, op, rows]);

/** The points the typed rows give just at, below or above a bound; of whole things, one less or more is a whole one. */
function pointsAt(
  rows: readonly { op: PointTable[1]; row: PointRow }[],
  bound: string,
  nudge: Nudge,
  whole: boolean,
): readonly [number, number] {
  const value = whole ? String(Number(bound) + nudge) : bound;
  for (const { op, row } of rows) {
    const sign = order(value, row[0]) || (whole ? 0 : nudge);
    if (holds(op, sign)) return pair(row[1]) as readonly [number, number];
  }
  return [0, 0];
}
