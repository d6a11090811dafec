/** The tables of a review from what was counted. Pure: the same counts give the same object, byte for byte. */
import { HEADLINE_TIERS, STATES, stateLabel, type StateId } from '../../../machines/states.ts';
import { schemeFunnel, tierFunnel, type Stock } from '../funnel.ts';
import { MOVEMENT_COLUMNS, netOf, type MovementColumn, type MovementRow } from '../movement.ts';
import { reviewLists, type ReviewLists } from './addresses.ts';
import {
  cohortTable,
  countCohorts,
  entryQuarter,
  HIDDEN,
  lastQuarters,
  type CohortEntry,
} from './cohorts.ts';
import { comparisonOf, type WindowCounts } from './comparison.ts';
import { reviewDefinitions } from './definitions.ts';
import { summariseSteps, type StepDays } from './durations.ts';
import { countFigure, noFigure, shareFigure } from './figure.ts';
import { movementOfFlows, tierFlows, type Flow } from './flows.ts';
import type { ComparedSpan } from './period.ts';
import type {
  CohortTable,
  DurationLine,
  FlowNode,
  IndicatorCard,
  MovementSheet,
  ReviewDefinition,
  ReviewFlows,
  ReviewFunnel,
  ReviewPeriod,
  ReviewScope,
  ReviewTables,
  SchemeLine,
} from './tables.ts';
import { paragraphsOf } from './words.ts';

/** Tiers from the lowest to the highest. */
export const TIERS = [...HEADLINE_TIERS].reverse();

/** Quarters of entry shown, and quarters whose entries are told apart by steward and industry. */
export const COHORT_QUARTERS = 8;
export const GROUP_QUARTERS = 4;

export interface ReviewCounts {
  readonly period: ReviewPeriod;
  readonly previous: ComparedSpan | null;
  readonly yearBefore: ComparedSpan;
  readonly knownAt: string;
  readonly scope: ReviewScope;
  readonly suppressBelow: number;
  /** Parks looked at; null: all. */
  readonly parks: ReadonlySet<number> | null;
  /** Schemes in the order shown, with their short names. */
  readonly schemes: readonly { readonly id: string; readonly label: string }[];
  readonly enterprises: number;
  /** All lanes at the end of the period; titles and tiers at the end of the day before it. */
  readonly stock: readonly Stock[];
  readonly opening: readonly Stock[];
  readonly flows: readonly Flow[];
  readonly steps: readonly StepDays[];
  readonly previousCounts: WindowCounts | null;
  readonly yearBeforeCounts: WindowCounts;
  /** Entries of the last {@link COHORT_QUARTERS} quarters. */
  readonly entries: readonly CohortEntry[];
  /** Who looks after an enterprise, and its section of GB/T 4754. */
  readonly stewardOf: (enterpriseId: number) => { readonly key: string; readonly label: string };
  readonly industryOf: (enterpriseId: number) => { readonly key: string; readonly label: string };
  readonly indicators: readonly IndicatorCard[];
  /** Definitions of those indicators. */
  readonly indicatorDefinitions: readonly ReviewDefinition[];
}

const labelIn = (counts: ReviewCounts, scheme: string) =>
  counts.schemes.find(({ id }) => id === scheme)?.label ?? scheme;

function funnelOf(counts: ReviewCounts, lists: ReviewLists): ReviewFunnel {
  const { enterprises, stock, scope } = counts;
  const tiers = tierFunnel(stock, enterprises);
  const times = scope.counting === 'held' && scope.unit === '家次';
  const total = tiers.reduce((sum, tier) => sum + (times ? tier.held : tier.headline), 0);
  let previous = enterprises;
  return {
    enterprises: countFigure(enterprises, '家', 'review.enterprises', lists.present),
    total: countFigure(
      total,
      times ? '家次' : '家',
      'review.total',
      times ? null : lists.movement('headline', null, 'closing'),
    ),
    tiers: tiers.map(({ tier, headline, held }) => {
      const below = previous;
      previous = held;
      return {
        tier,
        label: labelIn(counts, tier),
        headline: countFigure(headline, '家', 'review.tier-headline', lists.tier(tier)),
        held: countFigure(held, '家', 'review.tier-held', lists.title(tier)),
        shareOfPrevious: shareFigure(held, below, 'review.tier-of-previous'),
        shareOfStart: shareFigure(held, enterprises, 'review.tier-of-start'),
      };
    }),
    schemes: counts.schemes.flatMap(({ id }) => schemeLine(id, counts, lists)),
  };
}

/** Stages of one scheme; none where nobody stands anywhere. */
function schemeLine(scheme: string, counts: ReviewCounts, lists: ReviewLists): SchemeLine[] {
  if (!counts.stock.some((own) => own.scheme === scheme && own.count !== 0)) return [];
  const { held, stages, states } = schemeFunnel(scheme, counts.stock);
  const listOf = (column: string): string | null => {
    if (column === 'certified') return lists.title(scheme);
    const own = states.filter((state) => state.column === column);
    return own[0]
      ? lists.stage(
          own[0].lane,
          scheme,
          own.map(({ state }) => state),
        )
      : null;
  };
  return [
    {
      scheme,
      label: labelIn(counts, scheme),
      held: countFigure(held, '家', 'review.tier-held', lists.title(scheme)),
      stages: stages.map(({ column, label, count, reached }, index) => ({
        column,
        label: column === 'certified' ? '有效称号' : label,
        count: countFigure(count, '家', 'review.stage', listOf(column)),
        reached: countFigure(reached, '家', 'review.stage-reached'),
        shareOfPrevious:
          index === 0
            ? noFigure('%', 'review.stage-of-previous')
            : shareFigure(reached, stages[index - 1]!.reached, 'review.stage-of-previous'),
        shareOfStart: shareFigure(reached, stages[0]!.reached, 'review.stage-of-start'),
      })),
    },
  ];
}

const TRANSFERS: readonly string[] = ['transferIn', 'transferOut'];

/** Stock of titles or tiers by row of the movement table. */
export const openingsOf = (stock: readonly Stock[], lane: 'held' | 'headline'): Map<string, number> =>
  new Map(
    stock
      .filter((own) => own.lane === lane)
      .map((own) => [lane === 'held' ? own.scheme : own.state, own.count] as const),
  );

function movementSheet(
  counts: ReviewCounts,
  rows: readonly MovementRow[],
  table: MovementSheet['table'],
  lists: ReviewLists,
): MovementSheet {
  const columns = MOVEMENT_COLUMNS.filter(({ id }) => table === 'headline' || !TRANSFERS.includes(id));
  const unit = table === 'headline' ? '家' : '家次';
  const line = (row: string | null, label: string, value: (column: MovementColumn) => number) => ({
    row: row ?? '',
    label,
    cells: columns.map(({ id }) =>
      countFigure(value(id), unit, `review.movement-${table}`, lists.movement(table, row, id)),
    ),
  });
  const total = (column: MovementColumn) => rows.reduce((sum, row) => sum + row[column], 0);
  return {
    table,
    unit,
    columns: columns.map(({ id, label, sign }) => ({ id, label, sign })),
    rows: rows.map((row) => line(row.row, labelIn(counts, row.row), (column) => row[column])),
    total: line(null, '合计', total),
    balanced: rows.every((row) => row.opening + netOf(row) === row.closing),
  };
}

const CAME: Readonly<Record<string, string>> = Object.fromEntries(
  MOVEMENT_COLUMNS.map(({ id, label }) => [id, label]),
);

/** The picture: openings and what came on the left, closings and what went on the right. */
function flowPicture(counts: ReviewCounts, rows: readonly MovementRow[], lists: ReviewLists): ReviewFlows {
  const links = tierFlows(rows, counts.flows, counts.parks).filter(({ count }) => count > 0);
  const nodes = new Map<string, FlowNode>();
  const add = (name: string, side: FlowNode['side'], count: number) => {
    const id = `${side}:${name}`;
    const column = /^(?:in|out):(.*)$/.exec(name)?.[1];
    const before = nodes.get(id)?.count.value ?? 0;
    const label = column
      ? (CAME[column] ?? column)
      : `${side === 'start' ? '期初' : '期末'}${labelIn(counts, name)}`;
    const to = column
      ? lists.movement('headline', null, column)
      : lists.movement('headline', name, side === 'start' ? 'opening' : 'closing');
    nodes.set(id, {
      id,
      label,
      side,
      tier: column ? null : name,
      count: countFigure(before + count, '家', 'review.flow', to),
    });
    return id;
  };
  const order = (name: string) => {
    const tier = (TIERS as readonly string[]).indexOf(name);
    return tier < 0 ? TIERS.length : tier;
  };
  const place = ({ tier }: FlowNode) => order(tier ?? '');
  const sorted = [...links].sort(
    (a, b) =>
      order(a.from) - order(b.from) || order(a.to) - order(b.to) || (a.from + a.to < b.from + b.to ? -1 : 1),
  );
  const drawn = sorted.map(({ from, to, count }) => ({
    from: add(from, 'start', count),
    to: add(to, 'end', count),
    count: countFigure(count, '家', 'review.flow'),
  }));
  const tiersFirst = [...nodes.values()].sort((a, b) => place(a) - place(b));
  return { nodes: tiersFirst, links: drawn };
}

function cohortsOf(counts: ReviewCounts, lists: ReviewLists): CohortTable[] {
  const { period, entries, suppressBelow: limit } = counts;
  const quarters = lastQuarters(period.quarter, COHORT_QUARTERS);
  const keys = quarters.map((quarter) => ({ key: quarter, label: quarter }));
  const tables = TIERS.filter((tier) => entries.some(({ scheme }) => scheme === tier)).map((tier) =>
    cohortTable(
      countCohorts(
        entries.filter(({ scheme }) => scheme === tier),
        entryQuarter,
      ),
      {
        by: 'quarter',
        scheme: tier,
        label: labelIn(counts, tier),
        keys,
        limit,
        to: (key, part) => lists.cohort('quarter', tier, key, part),
      },
    ),
  );
  const recent = new Set(quarters.slice(-GROUP_QUARTERS));
  const late = entries.filter((entry) => recent.has(entryQuarter(entry)));
  const grouped = (by: 'steward' | 'industry', of: ReviewCounts['stewardOf']): CohortTable => {
    const names = new Map(
      late.map(({ enterpriseId }) => of(enterpriseId)).map(({ key, label }) => [key, label]),
    );
    return cohortTable(
      countCohorts(late, ({ enterpriseId }) => of(enterpriseId).key),
      {
        by,
        scheme: '',
        label: by === 'steward' ? '按管家' : '按产业',
        keys: [...names].map(([key, label]) => ({ key, label })).sort((a, b) => (a.key < b.key ? -1 : 1)),
        limit,
        to: (key, part) => lists.cohort(by, '', key, part),
      },
    );
  };
  if (late.length === 0) return tables;
  return [...tables, grouped('industry', counts.industryOf), grouped('steward', counts.stewardOf)];
}

/** Days of each step of the tiers' ways, in the order of the way. */
function durationsOf(counts: ReviewCounts, lists: ReviewLists): DurationLine[] {
  const states = Object.keys(STATES);
  const open = (scheme: string, state: string) =>
    counts.stock.find((own) => own.lane === 'application' && own.scheme === scheme && own.state === state)
      ?.count ?? 0;
  const place = (scheme: string) => counts.schemes.findIndex(({ id }) => id === scheme);
  return summariseSteps(counts.steps)
    .filter(
      ({ scheme, state, finished }) =>
        (STATES as Record<string, { column: string }>)[state]?.column !== 'out' &&
        (finished >= counts.suppressBelow || (TIERS as readonly string[]).includes(scheme)),
    )
    .sort((a, b) => place(a.scheme) - place(b.scheme) || states.indexOf(a.state) - states.indexOf(b.state))
    .map(({ scheme, state, finished, median, p80 }) => {
      const few = finished < counts.suppressBelow;
      const days = (value: number) =>
        few ? noFigure('天', 'review.step', HIDDEN) : countFigure(value, '天', 'review.step');
      return {
        scheme,
        schemeLabel: labelIn(counts, scheme),
        state,
        label: stateLabel(state as StateId) ?? state,
        finished: few
          ? noFigure('家次', 'review.step', HIDDEN)
          : countFigure(finished, '家次', 'review.step'),
        open: countFigure(
          open(scheme, state),
          '家',
          'review.step-open',
          lists.stage('application', scheme, [state]),
        ),
        median: days(median),
        p80: days(p80),
      };
    });
}

const NOTES = [
  '期初为期间首日前一日日终，期末为期间末日日终；到期自有效期截止次日起计；期满前复核通过或重新认定、称号未中断的不计变动。',
  '撤销含放弃、出库；就高表中高层级称号失效而回落的，高层级计其失效原因，低层级计入晋级转入；图中回落直接连到低层级。',
  `${HIDDEN}：家数过少，或由合计可以推知，不予显示。`,
] as const;

/** All tables of a review. */
export function composeReview(counts: ReviewCounts): ReviewTables {
  const { period, scope, flows, parks } = counts;
  const lists = reviewLists(scope, period);
  const table = (lane: 'held' | 'headline', order: readonly string[]) =>
    movementOfFlows(lane, openingsOf(counts.opening, lane), flows, parks, order);
  const headline = table('headline', TIERS);
  const schemes = table(
    'held',
    counts.schemes.map(({ id }) => id),
  ).filter((row) => MOVEMENT_COLUMNS.some(({ id }) => row[id] !== 0));
  const funnel = funnelOf(counts, lists);
  const comparison = comparisonOf(
    { stock: counts.stock, flows },
    counts,
    TIERS.map((tier) => ({ id: tier, label: labelIn(counts, tier) })),
    lists,
  );
  return {
    version: 1,
    period,
    knownAt: counts.knownAt,
    scope,
    suppressBelow: counts.suppressBelow,
    funnel,
    movement: [
      movementSheet(counts, headline, 'headline', lists),
      movementSheet(counts, schemes, 'schemes', lists),
    ],
    flows: flowPicture(counts, headline, lists),
    cohorts: cohortsOf(counts, lists),
    durations: durationsOf(counts, lists),
    comparison,
    indicators: counts.indicators,
    paragraphs: paragraphsOf(period, scope, funnel, comparison),
    definitions: [...reviewDefinitions(), ...counts.indicatorDefinitions],
    notes: NOTES,
  };
}
