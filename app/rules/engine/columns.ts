/** A loaded population: the inputs of every enterprise side by side in one typed array, for replay and what-if. */
import type { Facts } from '../facts/parse.ts';
import type { Panel } from './compile.ts';
import type { Slots } from './quantity.ts';
import type { Moment } from './types.ts';

export interface Columns {
  readonly panel: Panel;
  readonly moment: Moment;
  readonly count: number;
  /** Runs over the enterprises in order; the slots are reused from one to the next. */
  each(visit: (slots: Slots, index: number) => void): void;
  /** The same with only the columns named, in that order. */
  gather(from: readonly number[], visit: (slots: Slots, index: number) => void): void;
}

/** Selections of columns kept at hand. */
const KEPT = 4;

/** Takes enterprises one by one, so that a long loading can be done in pieces. */
export interface Loading {
  add(facts: Facts): void;
  readonly count: number;
  /** The columns of all that were added; nothing may be added afterwards. */
  done(): Columns;
}

/** Begins to load a population; memory is 8 bytes per input and enterprise. */
export function beginColumns(panel: Panel, moment: Moment): Loading {
  const width = panel.inputs.length;
  const slots = panel.slots();
  let data = new Float64Array(1024 * width);
  let count = 0;
  return {
    get count() {
      return count;
    },
    add(facts) {
      if ((count + 1) * width > data.length) {
        const larger = new Float64Array(data.length * 2);
        larger.set(data);
        data = larger;
      }
      panel.fill(facts, moment, slots);
      data.set(slots, count * width);
      count += 1;
    },
    done: () => columnsOf(panel, moment, data, count),
  };
}

/** Builds columns from facts as they stream by. */
export function loadColumns(panel: Panel, moment: Moment, population: Iterable<Facts>): Columns {
  const loading = beginColumns(panel, moment);
  for (const facts of population) loading.add(facts);
  return loading.done();
}

function columnsOf(panel: Panel, moment: Moment, data: Float64Array, count: number): Columns {
  const width = panel.inputs.length;
  const picked = new Map<string, Float64Array>();
  // A question asked again (a slider moved) finds its few columns side by side.
  const pick = (from: readonly number[]) => {
    const key = from.join();
    let compact = picked.get(key);
    if (!compact) {
      compact = new Float64Array(count * from.length);
      for (let i = 0, at = 0; i < count; i += 1) {
        for (let k = 0; k < from.length; k += 1, at += 1) compact[at] = data[i * width + from[k]!]!;
      }
      if (picked.size >= KEPT) picked.delete(picked.keys().next().value!);
      picked.set(key, compact);
    }
    return compact;
  };
  const run = (source: Float64Array, length: number, visit: (slots: Slots, index: number) => void) => {
    const row = new Float64Array(length);
    for (let i = 0, at = 0; i < count; i += 1) {
      for (let k = 0; k < length; k += 1, at += 1) row[k] = source[at]!;
      visit(row, i);
    }
  };
  return {
    panel,
    moment,
    count,
    each: (visit) => run(data, width, visit),
    gather: (from, visit) => run(pick(from), from.length, visit),
  };
}
