/** A period against the one before it and the same one a year before. Pure. */
import type { Stock } from '../funnel.ts';
import { netOf, type MovementColumn, type MovementRow } from '../movement.ts';
import type { ReviewLists } from './addresses.ts';
import { changeFigure, countFigure, noFigure } from './figure.ts';
import { movementOfFlows, type Flow } from './flows.ts';
import type { ComparedSpan } from './period.ts';
import type { ComparisonLine, DaySpan, Figure, ReviewComparison, ReviewScope } from './tables.ts';

/** What is known of one window: titles and tiers at its end, and what came and went within it. */
export interface WindowCounts {
  readonly stock: readonly Stock[];
  readonly flows: readonly Flow[];
}

interface Setting {
  readonly scope: ReviewScope;
  readonly parks: ReadonlySet<number> | null;
  readonly period: DaySpan;
  readonly previous: ComparedSpan | null;
  readonly yearBefore: ComparedSpan;
  readonly previousCounts: WindowCounts | null;
  readonly yearBeforeCounts: WindowCounts;
}

interface Tier {
  readonly id: string;
  readonly label: string;
}

/** One line before it is compared: its number in a window, and the list behind it in the present one. */
interface Measure {
  readonly id: string;
  readonly label: string;
  readonly kind: ComparisonLine['kind'];
  readonly of: (counts: WindowCounts) => number;
  readonly to: string | null;
  /** A difference of flows: growth of it says nothing. */
  readonly isDifference?: boolean;
}

const FLOWS: readonly { id: MovementColumn; label: string }[] = [
  { id: 'newly', label: '新认定' },
  { id: 'renewed', label: '重新认定' },
  { id: 'movedIn', label: '迁入' },
  { id: 'expired', label: '到期' },
  { id: 'revoked', label: '撤销' },
  { id: 'deregistered', label: '注销' },
  { id: 'movedOut', label: '迁出' },
];
/** Lines left out where none of the windows has any. */
const RARE: ReadonlySet<string> = new Set(['flow.deregistered', 'flow.transferIn', 'flow.transferOut']);
/** Between the tiers; only the headline table has them. What falls to a lower tier comes in without having gone out. */
const TRANSFERS: typeof FLOWS = [
  { id: 'transferIn', label: '晋级转入' },
  { id: 'transferOut', label: '晋级转出' },
];

function measures(setting: Setting, tiers: readonly Tier[], lists: ReviewLists): Measure[] {
  const { scope, parks, period } = setting;
  const lane = scope.counting;
  const rowsOf = ({ flows }: WindowCounts): MovementRow[] =>
    movementOfFlows(lane, new Map(), flows, parks).filter(({ row }) => tiers.some(({ id }) => id === row));
  const stockOf = (tier: string) => (counts: WindowCounts) =>
    counts.stock.find(
      (own) => own.lane === lane && (lane === 'headline' ? own.state === tier : own.scheme === tier),
    )?.count ?? 0;
  // Of all schemes the list of the movement table would show more than the tiers counted here.
  const to = (column: MovementColumn) =>
    lane === 'headline' ? lists.movement('headline', null, column, period) : null;
  return [
    ...tiers.map(({ id, label }): Measure => ({
      id: `stock.${id}`,
      label: `${label}（${lane === 'headline' ? '就高' : '累计'}）`,
      kind: 'stock',
      of: stockOf(id),
      to: lane === 'headline' ? lists.tier(id) : lists.title(id),
    })),
    ...[...FLOWS, ...(lane === 'headline' ? TRANSFERS : [])].map(({ id, label }): Measure => ({
      id: `flow.${id}`,
      label,
      kind: 'flow',
      of: (counts) => rowsOf(counts).reduce((sum, row) => sum + row[id], 0),
      to: to(id),
    })),
    {
      id: 'flow.net',
      label: '净增',
      kind: 'flow',
      of: (counts) => rowsOf(counts).reduce((sum, row) => sum + netOf(row), 0),
      to: null,
      isDifference: true,
    },
  ];
}

/** The lines of the comparison; a window that has none before it shows —. */
export function comparisonOf(
  now: WindowCounts,
  setting: Setting,
  tiers: readonly Tier[],
  lists: ReviewLists,
): ReviewComparison {
  const { scope, previous, yearBefore, previousCounts, yearBeforeCounts } = setting;
  const flowUnit = scope.counting === 'headline' ? '家' : '家次';
  const lines = measures(setting, tiers, lists).map((measure): ComparisonLine => {
    const { id, label, kind, of, to } = measure;
    const unit = kind === 'stock' ? '家' : flowUnit;
    const figure = (counts: WindowCounts | null, address: string | null): Figure =>
      counts === null
        ? noFigure(unit, 'review.comparison')
        : countFigure(of(counts), unit, 'review.comparison', address);
    const current = figure(now, to);
    const before = figure(previousCounts, null);
    const year = figure(yearBeforeCounts, null);
    const growth = (one: Figure, base: Figure): Figure =>
      measure.isDifference ? noFigure('%', 'review.change') : changeFigure(one, base, 'review.change');
    return {
      id,
      label,
      kind,
      current,
      previous: before,
      previousChange: growth(current, before),
      yearBefore: year,
      yearChange: growth(current, year),
    };
  });
  const any = ({ current, previous: before, yearBefore: year }: ComparisonLine) =>
    [current, before, year].some(({ value }) => value);
  return { previous, yearBefore, rows: lines.filter((line) => !RARE.has(line.id) || any(line)) };
}
