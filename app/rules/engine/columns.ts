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
}

/** Builds columns from facts as they stream by; memory is 8 bytes per input and enterprise. */
export function loadColumns(panel: Panel, moment: Moment, population: Iterable<Facts>): Columns {
  const width = panel.inputs.length;
  const slots = panel.slots();
  let data = new Float64Array(1024 * width);
  let count = 0;
  for (const facts of population) {
    if ((count + 1) * width > data.length) {
      const larger = new Float64Array(data.length * 2);
      larger.set(data);
      data = larger;
    }
    panel.fill(facts, moment, slots);
    data.set(slots, count * width);
    count += 1;
  }
  return {
    panel,
    moment,
    count,
    each: (visit) => {
      const row = panel.slots();
      for (let i = 0, at = 0; i < count; i += 1) {
        for (let k = 0; k < width; k += 1, at += 1) row[k] = data[at]!;
        visit(row, i);
      }
    },
  };
}
