/** What a version changes against the one before it, clause by clause. Pure. */
import { toNumber } from './engine/exact.ts';
import type { Comparison, Condition, RuleVersion, Score } from './engine/types.ts';
import { pointLines, thresholdLines, type ThresholdLine } from './engine/walk.ts';
import type { Unit } from './source.ts';

export interface ThresholdSide {
  /** Null where an operator enters it. */
  readonly value: number | null;
  readonly op: Comparison;
}

/** One number of a condition before and after; null on the side where it does not stand. */
export interface ThresholdChange {
  readonly label: string;
  readonly unit: Unit;
  readonly before: ThresholdSide | null;
  readonly after: ThresholdSide | null;
}

export interface ConditionPair {
  readonly id: string;
  readonly before: Condition;
  readonly after: Condition;
  readonly thresholds: readonly ThresholdChange[];
  /** What is measured, over which years, or what stands beside it, changed too. */
  readonly logic: boolean;
}

export interface ItemChange {
  readonly id: string;
  readonly label: string;
  /** Most points before and after; null where the item does not stand. */
  readonly before: number | null;
  readonly after: number | null;
}

export interface Difference {
  readonly before: RuleVersion;
  readonly after: RuleVersion;
  readonly added: readonly Condition[];
  readonly removed: readonly Condition[];
  readonly changed: readonly ConditionPair[];
  readonly unchanged: readonly Condition[];
  /** Score items that came, went or weigh differently; empty where neither version scores. */
  readonly items: readonly ItemChange[];
}

/** Compares two versions of one scheme; conditions belong together by their id. */
export function differenceOf(before: RuleVersion, after: RuleVersion): Difference {
  const old = new Map(before.conditions.map((condition) => [condition.id, condition]));
  const now = new Set(after.conditions.map(({ id }) => id));
  const pairs = after.conditions.flatMap((condition) => {
    const former = old.get(condition.id);
    return former ? [pairOf(former, condition)] : [];
  });
  const differs = ({ thresholds, logic }: ConditionPair) => thresholds.length > 0 || logic;
  return {
    before,
    after,
    added: after.conditions.filter(({ id }) => !old.has(id)),
    removed: before.conditions.filter(({ id }) => !now.has(id)),
    changed: pairs.filter(differs),
    unchanged: pairs.filter((pair) => !differs(pair)).map((pair) => pair.after),
    items: itemChanges(scoreOf(before), scoreOf(after)),
  };
}

/** The version before it, where it is on record, and what changed. */
export function differenceToPredecessor(
  rule: RuleVersion,
  byId: ReadonlyMap<string, RuleVersion>,
): Difference | null {
  const before = rule.predecessor === undefined ? undefined : byId.get(rule.predecessor);
  return before ? differenceOf(before, rule) : null;
}

function pairOf(before: Condition, after: Condition): ConditionPair {
  return {
    id: after.id,
    before,
    after,
    thresholds: thresholdChanges(thresholdLines(before.test), thresholdLines(after.test)),
    logic: skeleton(before.test) !== skeleton(after.test),
  };
}

/** The name of a number without the version that owns it: `giant-2026.rd-total` and `giant-2022.rd-total` match. */
const nameOf = (line: ThresholdLine): string => line.param.id.replace(/^[^.]*\./, '');

function thresholdChanges(
  before: readonly ThresholdLine[],
  after: readonly ThresholdLine[],
): ThresholdChange[] {
  const rest = [...before];
  const take = (line: ThresholdLine): ThresholdLine | null => {
    const tests = [
      (other: ThresholdLine) => nameOf(other) === nameOf(line),
      (other: ThresholdLine) => other.param.label === line.param.label,
      // A condition with a single number speaks of the same thing whatever it is called.
      () => before.length === 1 && after.length === 1,
    ];
    for (const matches of tests) {
      const at = rest.findIndex((other) => other.param.unit === line.param.unit && matches(other));
      if (at >= 0) return rest.splice(at, 1)[0]!;
    }
    return null;
  };
  const changes = after.map((line) => changeOf(take(line), line));
  return [...changes, ...rest.map((line) => changeOf(line, null))].filter(({ before: was, after: is }) =>
    was === null || is === null ? was !== is : was.value !== is.value || was.op !== is.op,
  );
}

function changeOf(before: ThresholdLine | null, after: ThresholdLine | null): ThresholdChange {
  const side = (line: ThresholdLine | null): ThresholdSide | null =>
    line && { value: line.param.value === null ? null : toNumber(line.param.value), op: line.op };
  const { label, unit } = (after ?? before)!.param;
  return { label, unit, before: side(before), after: side(after) };
}

/** Everything a test does apart from its numbers and words. */
function skeleton(test: Condition['test']): string {
  return JSON.stringify(test, (key, value: unknown) => {
    if (['label', 'citation', 'question', 'threshold', 'op', 'score'].includes(key)) return undefined;
    return isFeature(value) ? value.id : value;
  });
}

const isFeature = (value: unknown): value is { id: string } =>
  typeof value === 'object' && value !== null && 'of' in value && 'id' in value && 'reads' in value;

const scoreOf = (rule: RuleVersion): Score | null =>
  rule.conditions.flatMap(({ test }) => (test.kind === 'score' ? [test.score] : []))[0] ?? null;

function itemChanges(before: Score | null, after: Score | null): ItemChange[] {
  const itemsOf = (score: Score | null) =>
    new Map((score?.groups ?? []).flatMap((group) => group.items).map((item) => [item.id, item]));
  const [old, now] = [itemsOf(before), itemsOf(after)];
  return [...new Set([...now.keys(), ...old.keys()])].flatMap((id) => {
    const [was, is] = [old.get(id), now.get(id)];
    const bounds = (item: typeof was) =>
      JSON.stringify(
        item && pointLines(item.points).map(({ op, bound, points }) => [op, bound.value, points]),
      );
    if (was && is && was.max === is.max && bounds(was) === bounds(is)) return [];
    return [{ id, label: (is ?? was)!.label, before: was?.max ?? null, after: is?.max ?? null }];
  });
}
