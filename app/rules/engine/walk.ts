/** What a test is made of: the inputs it reads, the parameters it compares with, its thresholds one by one. */
import type { Facts } from '../facts/parse.ts';
import type { Param } from '../source.ts';
import { inputId } from './compile.ts';
import type { Band, Comparison, Input, Linear, Moment, Points, Quantity, Test, Threshold } from './types.ts';

function linearsOf(quantity: Quantity): readonly Linear[] {
  switch (quantity.kind) {
    case 'linear':
      return [quantity];
    case 'ratio':
      return [quantity.num, quantity.den];
    case 'compound':
      return [quantity.last, quantity.first];
    default:
      return quantity.values;
  }
}

function quantityInputs(quantity: Quantity): Input[] {
  const inputs = linearsOf(quantity).flatMap((linear) => linear.terms.map((term) => term.input));
  return quantity.kind === 'guideline-growth' ? [...inputs, quantity.years] : inputs;
}

function pointsInputs(points: Points): Input[] {
  switch (points.kind) {
    case 'bands':
      return quantityInputs(points.quantity);
    case 'judged':
      return [
        { kind: 'feature', feature: points.feature },
        ...(points.from ? pointsInputs(points.from) : []),
      ];
    case 'when':
      return testInputs(points.test);
    default:
      return points.of.flatMap(pointsInputs);
  }
}

/** Every input a test reads, each once. */
export function testInputs(test: Test): Input[] {
  const found = new Map<string, Input>();
  const add = (inputs: readonly Input[]) => inputs.forEach((input) => found.set(inputId(input), input));
  const visit = (of: Test): void => {
    if (of.kind === 'compare') {
      add(quantityInputs(of.quantity));
      if (of.open) add([...quantityInputs(of.open.person), ...quantityInputs(of.open.possible)]);
      if (of.threshold.kind === 'banded') add(quantityInputs(of.threshold.by));
      if (of.threshold.kind === 'chosen') add([{ kind: 'feature', feature: of.threshold.by }]);
    } else if (of.kind === 'flag') add([{ kind: 'feature', feature: of.feature }]);
    else if (of.kind === 'all' || of.kind === 'any') of.of.forEach((part) => visit(part.test));
    else if (of.kind === 'waivable') [of.test, of.by].forEach((part) => visit(part.test));
    else if (of.kind === 'score')
      of.score.groups.forEach((group) => group.items.forEach((item) => add(pointsInputs(item.points))));
  };
  visit(test);
  return [...found.values()];
}

/** Every parameter a test compares with. */
export function testParams(test: Test): Param[] {
  switch (test.kind) {
    case 'compare':
      if (test.threshold.kind === 'chosen') return [...test.threshold.of];
      return test.threshold.kind === 'fixed'
        ? [test.threshold.param]
        : test.threshold.bands.flatMap((band) => (band.upTo ? [band.upTo, band.param] : [band.param]));
    case 'all':
    case 'any':
      return test.of.flatMap((part) => testParams(part.test));
    case 'waivable':
      return [...testParams(test.test.test), ...testParams(test.by.test)];
    case 'score':
      return [
        test.score.pass,
        ...test.score.groups.flatMap((group) => [
          ...(group.least ? [group.least] : []),
          ...group.items.flatMap((item) => pointsParams(item.points)),
        ]),
      ];
    default:
      return [];
  }
}

function pointsParams(points: Points): Param[] {
  if (points.kind === 'bands') return points.bands.map((band) => band.bound);
  if (points.kind === 'best' || points.kind === 'sum') return points.of.flatMap(pointsParams);
  return points.kind === 'judged' && points.from ? pointsParams(points.from) : [];
}

/** One number that a test compares with, and where in the test it stands. */
export interface ThresholdLine {
  /** Labels of the parts on the way, from the condition inwards; empty for the condition itself. */
  readonly parts: readonly string[];
  readonly op: Comparison;
  readonly param: Param;
  /** Upper bound (included) of the band in which it applies; null for the open last band; absent where unbanded. */
  readonly upTo?: Param | null;
  /** Lower bound (not included) of its band. */
  readonly above?: Param | null;
  /** Its place among several that a feature chooses from, with that feature's label. */
  readonly chosenBy?: string;
}

/** Every number a test compares with, in the order of the text; scores are listed by {@link pointLines}. */
export function thresholdLines(test: Test, parts: readonly string[] = []): ThresholdLine[] {
  switch (test.kind) {
    case 'compare':
      return linesOf(test.threshold).map((line) => ({ parts, op: test.op, ...line }));
    case 'all':
    case 'any':
      return test.of.flatMap((part) => thresholdLines(part.test, [...parts, part.label]));
    case 'waivable':
      return [test.test, test.by].flatMap((part) => thresholdLines(part.test, [...parts, part.label]));
    case 'score':
      return [{ parts, op: test.score.op, param: test.score.pass }];
    default:
      return [];
  }
}

function linesOf(threshold: Threshold): Omit<ThresholdLine, 'parts' | 'op'>[] {
  if (threshold.kind === 'fixed') return [{ param: threshold.param }];
  if (threshold.kind === 'chosen')
    return threshold.of.map((param) => ({ param, chosenBy: threshold.by.label }));
  return threshold.bands.map(({ param, upTo }, i) => ({
    param,
    upTo,
    above: threshold.bands[i - 1]?.upTo ?? null,
  }));
}

/** One band of points. */
export interface PointLine {
  readonly op: Comparison;
  readonly bound: Param;
  readonly points: Band['points'];
}

/** The bands of an item's points, from the best down; none where a person gives them. */
export function pointLines(points: Points): PointLine[] {
  if (points.kind === 'bands') return points.bands.map((band) => ({ op: points.op, ...band }));
  if (points.kind === 'best' || points.kind === 'sum') return points.of.flatMap(pointLines);
  return points.kind === 'judged' && points.from ? pointLines(points.from) : [];
}

/** Keys of the values that an operator entered and that this test was judged with. */
export function enteredKeys(test: Test, facts: Facts, moment: Moment): string[] {
  const { operatorValues } = moment;
  if (!operatorValues) return [];
  const rates = testInputs(test).flatMap((input) =>
    input.kind === 'feature'
      ? input.feature
          .reads(moment, facts)
          .filter((path) => path.startsWith('operator:'))
          .map((path) => path.slice('operator:'.length))
      : [],
  );
  const params = testParams(test)
    .filter((param) => param.value === null)
    .map((param) => param.id);
  return [...new Set([...params, ...rates])].filter((key) => key in operatorValues);
}
