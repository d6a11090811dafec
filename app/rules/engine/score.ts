/** Scored rules: each indicator an interval of points, open while a fact or a person's score is. */
import type { Param } from '../source.ts';
import type { Rational } from './exact.ts';
import { compileQuantity, OK, type Allocate, type Loaded, type Slots } from './quantity.ts';
import { holds, MANUAL, MET, UNMET, type Sheet } from './sheet.ts';
import type { Points, Score, ScoreItem } from './types.ts';

export interface CompiledScore {
  readonly score: Score;
  readonly items: readonly { readonly item: ScoreItem; readonly group: number; readonly index: number }[];
  /** Writes each item's interval and the total; returns met, unmet or manual. */
  judge(s: Slots, sheet: Sheet, row: number): number;
  /** The interval of the total with group limits, from the items as last judged. */
  total(sheet: Sheet): { min: number; max: number; groups: readonly { min: number; max: number }[] };
}

/** Writes an interval into `out` (min, max). */
type Interval = (s: Slots, out: Float64Array) => void;
type ValueOf = (param: Param) => Rational | null;

export function compileScore(
  score: Score,
  firstItem: number,
  allocate: Allocate,
  valueOf: ValueOf,
): CompiledScore {
  const items = score.groups
    .flatMap((group, g) => group.items.map((item) => ({ item, group: g })))
    .map((entry, i) => ({ ...entry, index: firstItem + i }));
  const intervals = items.map(({ item }) => compilePoints(item.points, item.max, allocate, valueOf));
  const pass = valueOf(score.pass);
  const leasts = score.groups.map((group) => (group.least ? valueOf(group.least) : null));
  const nonZero = items.filter(({ item }) => score.nonZero?.includes(item.id)).map(({ index }) => index);
  const pair = new Float64Array(2);
  const groupMin = new Float64Array(score.groups.length);
  const groupMax = new Float64Array(score.groups.length);
  let min = 0;
  let max = 0;

  const addUp = (sheet: Sheet) => {
    groupMin.fill(0);
    groupMax.fill(0);
    for (const { group, index } of items) {
      const best = score.groups[group]!.combine === 'best';
      const low = sheet.pointsMin[index]!;
      const high = sheet.pointsMax[index]!;
      groupMin[group] = best ? Math.max(groupMin[group]!, low) : groupMin[group]! + low;
      groupMax[group] = best ? Math.max(groupMax[group]!, high) : groupMax[group]! + high;
    }
    min = max = 0;
    for (let g = 0; g < groupMin.length; g += 1) {
      const most = score.groups[g]!.max;
      if (groupMin[g]! > most) groupMin[g] = most;
      if (groupMax[g]! > most) groupMax[g] = most;
      min += groupMin[g]!;
      max += groupMax[g]!;
    }
  };
  const sign = (points: number, bound: Rational) => Math.sign(points * bound.q - bound.p);

  return {
    score,
    items,
    judge: (s, sheet, row) => {
      for (let i = 0; i < intervals.length; i += 1) {
        intervals[i]!(s, pair);
        sheet.pointsMin[firstItem + i] = pair[0]!;
        sheet.pointsMax[firstItem + i] = pair[1]!;
      }
      addUp(sheet);
      sheet.actual[row] = min === max ? min : Number.NaN;
      sheet.required[row] = pass === null ? Number.NaN : pass.p / pass.q;
      sheet.gap[row] = Number.NaN;
      if (pass === null) return MANUAL;
      let sure = holds(score.op, sign(min, pass));
      let possible = holds(score.op, sign(max, pass));
      for (let g = 0; g < leasts.length; g += 1) {
        const least = leasts[g];
        if (!least) continue;
        sure &&= sign(groupMin[g]!, least) >= 0;
        possible &&= sign(groupMax[g]!, least) >= 0;
      }
      for (const index of nonZero) {
        sure &&= sheet.pointsMin[index]! > 0;
        possible &&= sheet.pointsMax[index]! > 0;
      }
      if (sure) {
        sheet.gap[row] = 0;
        return MET;
      }
      // Points still missing even if every open item goes well; while open there is no gap to speak of.
      const needed = score.op === '>' ? Math.floor(pass.p / pass.q) + 1 : Math.ceil(pass.p / pass.q);
      sheet.gap[row] = possible ? Number.NaN : Math.max(0, needed - max);
      return possible ? MANUAL : UNMET;
    },
    total: (sheet) => {
      addUp(sheet);
      return { min, max, groups: score.groups.map((_, g) => ({ min: groupMin[g]!, max: groupMax[g]! })) };
    },
  };
}

function compilePoints(points: Points, most: number, allocate: Allocate, valueOf: ValueOf): Interval {
  switch (points.kind) {
    case 'bands': {
      const quantity = compileQuantity(points.quantity, allocate);
      const bands = points.bands.map((band) => ({ bound: valueOf(band.bound), points: band.points }));
      const { op, otherwise } = points;
      const possible = points.possible ? compileQuantity(points.possible, allocate) : null;
      const pointsOf = (loaded: Loaded) => {
        for (const { bound, points: given } of bands) {
          if (bound !== null && holds(op, loaded.compare(bound.p, bound.q))) return given;
        }
        return otherwise;
      };
      return (s, out) => {
        if (quantity.load(s) !== OK) return set(out, 0, most);
        const given = pointsOf(quantity);
        const best = possible?.load(s) === OK ? pointsOf(possible) : given;
        set(out, given[0], Math.max(given[1], best[1]));
      };
    }
    case 'judged': {
      const slot = allocate({ kind: 'feature', feature: points.feature });
      const open = points.from ? compilePoints(points.from, most, allocate, valueOf) : null;
      return (s, out) => {
        const given = s[slot]!;
        if (given === given) set(out, Math.min(given / 100, most), Math.min(given / 100, most));
        else if (open) open(s, out);
        else set(out, 0, most);
      };
    }
    case 'best':
    case 'sum': {
      const parts = points.of.map((part) => compilePoints(part, most, allocate, valueOf));
      const adding = points.kind === 'sum';
      return (s, out) => {
        let min = 0;
        let max = 0;
        for (const part of parts) {
          part(s, out);
          min = adding ? min + out[0]! : Math.max(min, out[0]!);
          max = adding ? max + out[1]! : Math.max(max, out[1]!);
        }
        set(out, Math.min(min, most), Math.min(max, most));
      };
    }
    case 'when': {
      const test = points.test;
      if (test.kind !== 'flag') throw new Error('points depend on a flag or on bands');
      const slot = allocate({ kind: 'feature', feature: test.feature });
      const expected = test.expect ? 1 : 0;
      const [given, otherwise] = [points.given, points.otherwise];
      return (s, out) => {
        const value = s[slot]!;
        if (value !== value) set(out, Math.min(given[0], otherwise[0]), Math.max(given[1], otherwise[1]));
        else if (value === expected) set(out, given[0], given[1]);
        else set(out, otherwise[0], otherwise[1]);
      };
    }
  }
}

function set(out: Float64Array, min: number, max: number): void {
  out[0] = min;
  out[1] = max;
}
