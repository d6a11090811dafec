/** The funnel: stock by tier and by stage, with the share of the stage before and of the start. */
import { familyOf } from '../../machines/families.ts';
import {
  COLUMNS,
  HEADLINE_TIERS,
  LANES,
  STATES,
  type ColumnId,
  type StateId,
} from '../../machines/states.ts';
import { familyLabel } from '../../machines/step.ts';

/** Stock of a state, in enterprises. */
export interface Stock {
  readonly lane: string;
  readonly scheme: string;
  readonly state: string;
  readonly count: number;
}

export interface TierStock {
  readonly tier: string;
  /** 就高: each enterprise once, at its highest tier. */
  readonly headline: number;
  /** 累计: every enterprise that holds this title. */
  readonly held: number;
  /** `held` of this tier over that of the tier below; null where that is 0. */
  readonly shareOfPrevious: number | null;
  /** `held` over all enterprises. */
  readonly shareOfStart: number | null;
}

export interface StageStock {
  readonly column: ColumnId;
  readonly label: string;
  /** Enterprises that stand here. */
  readonly count: number;
  /** Enterprises that stand here or further on. */
  readonly reached: number;
  readonly shareOfPrevious: number | null;
  readonly shareOfStart: number | null;
}

export interface StateStock {
  readonly lane: string;
  readonly state: string;
  readonly label: string;
  readonly column: ColumnId;
  readonly count: number;
}

export interface SchemeFunnel {
  readonly scheme: string;
  /** Enterprises with a title in force. */
  readonly held: number;
  readonly stages: readonly StageStock[];
  readonly states: readonly StateStock[];
}

const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

/** The tiers from the lowest to the highest. */
export function tierFunnel(stock: readonly Stock[], enterprises: number): TierStock[] {
  const find = (lane: string, scheme: string, state: string) =>
    stock.find((s) => s.lane === lane && s.scheme === scheme && s.state === state)?.count ?? 0;
  let previous = enterprises;
  return [...HEADLINE_TIERS].reverse().map((tier) => {
    const held = find('held', tier, 'held');
    const row: TierStock = {
      tier,
      headline: find('headline', 'headline', tier),
      held,
      shareOfPrevious: share(held, previous),
      shareOfStart: share(held, enterprises),
    };
    previous = held;
    return row;
  });
}

/** Columns that follow each other on the way to a title. */
const WAY: readonly ColumnId[] = ['library', 'nominated', 'preparing', 'review', 'publicised', 'certified'];

/** Stages of one scheme. Enterprises with a title in force stand in the last one, whatever else they do. */
export function schemeFunnel(scheme: string, stock: readonly Stock[]): SchemeFunnel {
  const family = familyOf(scheme);
  const own = stock.filter((s) => s.scheme === scheme && s.count !== 0);
  const held = own.find((s) => s.lane === 'held')?.count ?? 0;
  const states: StateStock[] = own
    .filter((s) => LANES.includes(s.lane as never) && Object.hasOwn(STATES, s.state))
    .map(({ lane, state, count }) => ({
      lane,
      state,
      label: familyLabel(family, state),
      column: STATES[state as StateId].column,
      count,
    }));
  const inColumn = (column: ColumnId) =>
    column === 'certified' ? held : states.reduce((sum, s) => (s.column === column ? sum + s.count : sum), 0);
  const counts = WAY.map(inColumn);
  const reached = counts.map((_, index) => counts.slice(index).reduce((a, b) => a + b, 0));
  const stages = WAY.map((column, index) => ({
    column,
    label: COLUMNS.find((c) => c.id === column)!.label,
    count: counts[index]!,
    reached: reached[index]!,
    shareOfPrevious: index === 0 ? null : share(reached[index]!, reached[index - 1]!),
    shareOfStart: share(reached[index]!, reached[0]!),
  }));
  const position = (s: StateStock) => Object.keys(STATES).indexOf(s.state);
  return { scheme, held, stages, states: states.sort((a, b) => position(a) - position(b)) };
}
