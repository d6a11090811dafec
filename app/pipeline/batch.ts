/** The pure part of nomination batches: how one stands for the guards, the order in which a quota cuts. */
import { NO_ROWS, type BatchSituation } from '../../machines/batch.ts';
import type { RowSituation } from '../../machines/batch-row.ts';
import {
  isBatchReason,
  BATCH_REASONS,
  OVERRIDABLE,
  type BatchState,
  type RowState,
} from '../../machines/batch-states.ts';
import { familyOf, type Family } from '../../machines/families.ts';
import { EVENTS, type EventType } from '../../machines/events.ts';
import { batchOutcome } from './batch-outcome.ts';
import { visible, type LogEvent } from './log.ts';

export interface BatchPartsRow {
  readonly id: number;
  readonly enterpriseId: number;
  readonly uscc: string;
  readonly name: string;
  readonly position: number;
  readonly rank: number | null;
  readonly state: RowState;
  readonly reason: string | null;
  readonly override: string | null;
  readonly confirmedAt: string | null;
  /** JSON */
  readonly asked: string | null;
  readonly outcome: string | null;
  readonly distance: number | null;
  readonly met: number | null;
  readonly action: string | null;
  readonly nominateEventId: number | null;
  readonly prepareEventId: number | null;
  readonly submitEventId: number | null;
}

/** What a batch consists of, as far as its steps depend on it. */
export interface BatchParts {
  readonly batch: {
    readonly id: number;
    readonly scheme: string;
    readonly title: string;
    readonly applicationOn: string;
    readonly quota: number | null;
    readonly orderBy: string;
    readonly state: BatchState;
    readonly createdBy: string;
    readonly revision: number;
  };
  /** In the order in which they were listed. */
  readonly rows: readonly BatchPartsRow[];
  /** User names of those who drew it up or changed the draft. */
  readonly drafters: readonly string[];
  readonly signatures: readonly { readonly department: string; readonly decision: string }[];
  readonly minutes: number;
  /** The last decision left some out. */
  readonly partly: boolean;
  /** Accepted events of an enterprise in the order of the log. */
  readonly eventsOf: (enterpriseId: number) => readonly LogEvent[];
}

export interface Asker {
  readonly username: string;
  readonly userId: number;
  readonly role: string;
}

/** How a batch stands for the one who asks. */
export function batchSituation(
  parts: BatchParts,
  asker: Asker,
  chosen: number | null = null,
): BatchSituation {
  const { batch, rows, signatures } = parts;
  const counts = { ...NO_ROWS };
  let unconfirmed = 0;
  for (const row of rows) {
    counts[row.state] += 1;
    if (row.state === 'in' && row.confirmedAt === null) unconfirmed += 1;
  }
  const saying = (decision: string) =>
    new Set(signatures.filter((each) => each.decision === decision).map(({ department }) => department)).size;
  const decided = ['approved', 'partially_approved', 'submitted'].includes(batch.state);
  return {
    role: asker.role,
    drafter: parts.drafters.includes(asker.username),
    rows: counts,
    unconfirmed,
    quota: batch.quota,
    agreed: saying('agree'),
    disagreed: saying('disagree'),
    minutes: parts.minutes,
    chosen,
    partly: parts.partly,
    unsettled: decided ? rows.filter((row) => unsettled(parts, row)).length : 0,
    followed: decided && rows.some((row) => followed(parts, row)),
  };
}

function unsettled({ batch, eventsOf }: BatchParts, row: BatchPartsRow): boolean {
  if (row.state === 'approved') return true;
  if (row.state !== 'submitted' || row.submitEventId === null) return false;
  return !batchOutcome(eventsOf(row.enterpriseId), batch.scheme, row.submitEventId)?.final;
}

/** Something happened to the title after what this batch did. */
function followed({ batch, eventsOf }: BatchParts, row: BatchPartsRow): boolean {
  const own = [row.nominateEventId, row.prepareEventId, row.submitEventId].filter((id) => id !== null);
  if (own.length === 0 || row.state === 'held_back') return false;
  const last = Math.max(...own);
  return visible(eventsOf(row.enterpriseId)).some(
    (event) => event.scheme === batch.scheme && event.id > last && isOfApplication(event.type),
  );
}

/** Reminders and yearly duties go on beside an application. */
function isOfApplication(type: string): boolean {
  const info = EVENTS[type as EventType];
  return info !== undefined && info.by !== 'sweep' && type !== 'report' && type !== 'change';
}

/** How an enterprise's row stands for the one who asks. */
export function rowSituation(
  state: BatchState,
  row: Pick<BatchPartsRow, 'reason' | 'confirmedAt'>,
  asker: Asker,
  stewards: readonly number[] | undefined,
): RowSituation {
  const { reason } = row;
  const checked = reason !== null && isBatchReason(reason) && BATCH_REASONS[reason].by === 'check';
  return {
    batch: state,
    confirmed: row.confirmedAt !== null,
    barred: checked && !OVERRIDABLE.has(reason),
    mayConfirm: asker.role === 'administrator' || !stewards?.length || stewards.includes(asker.userId),
  };
}

const OUTCOME_RANK: Readonly<Record<string, number>> = { eligible: 0, undetermined: 1, ineligible: 2 };

type Ranked = Pick<BatchPartsRow, 'position' | 'uscc' | 'outcome' | 'distance' | 'met'>;

/** The order of a batch as a comparison; BATCH_ORDERS says the same in words. Total: no two rows are equal. */
export function inBatchOrder(orderBy: string): (a: Ranked, b: Ranked) => number {
  if (orderBy === 'listed') return (a, b) => a.position - b.position;
  const outcome = (row: Ranked) => OUTCOME_RANK[row.outcome ?? ''] ?? 3;
  return (a, b) =>
    outcome(a) - outcome(b) ||
    (a.distance ?? Infinity) - (b.distance ?? Infinity) ||
    (b.met ?? 0) - (a.met ?? 0) ||
    (a.uscc < b.uscc ? -1 : a.uscc > b.uscc ? 1 : 0);
}

/** States in which an enterprise competes for the quota. */
const COMPETING: ReadonlySet<RowState> = new Set<RowState>([
  'in',
  'supplement',
  'cut',
  'approved',
  'submitted',
]);

/** Ranks from 1 of the rows that can be nominated, by row id. */
export function ranksOf(
  rows: readonly (Ranked & Pick<BatchPartsRow, 'id' | 'state'>)[],
  orderBy: string,
): Map<number, number> {
  const competing = rows.filter(({ state }) => COMPETING.has(state)).sort(inBatchOrder(orderBy));
  return new Map(competing.map(({ id }, index) => [id, index + 1]));
}

/** Ids of the listed rows beyond the quota, those in a supplement counted as listed. */
export function beyondQuota(
  rows: readonly (Ranked & Pick<BatchPartsRow, 'id' | 'state'>)[],
  orderBy: string,
  quota: number | null,
): number[] {
  if (quota === null) return [];
  return rows
    .filter(({ state }) => state === 'in' || state === 'supplement')
    .sort(inBatchOrder(orderBy))
    .slice(quota)
    .filter(({ state }) => state === 'in')
    .map(({ id }) => id);
}

/** Ids of those cut that come next while there is room. */
export function nextInLine(
  rows: readonly (Ranked & Pick<BatchPartsRow, 'id' | 'state'>)[],
  orderBy: string,
  quota: number | null,
): number[] {
  const listed = rows.filter(({ state }) => state === 'in' || state === 'supplement').length;
  const room = quota === null ? rows.length : Math.max(0, quota - listed);
  return rows
    .filter(({ state }) => state === 'cut')
    .sort(inBatchOrder(orderBy))
    .slice(0, room)
    .map(({ id }) => id);
}

const LEADS_TO = new Map<string, EventType>(
  (Object.keys(EVENTS) as EventType[]).flatMap((type) => {
    const info = EVENTS[type];
    return info.by === 'park' && 'leadsTo' in info && info.leadsTo && type !== 'resubmit'
      ? [[info.leadsTo, type] as const]
      : [];
  }),
);

/** The step by which a park recommends in a family's life: 推荐 where it has one, else its last preparation. */
export function recommendation(family: Family): { type: EventType; state: string } {
  const state = family.preparation.includes('nominated') ? 'nominated' : family.preparation.at(-1)!;
  return { type: LEADS_TO.get(state)!, state };
}

/** Whether an application stands where the park's recommendation has been made or gone beyond, before submission. */
export function isRecommended(scheme: string, application: string): boolean {
  const family = familyOf(scheme);
  const at = (family.preparation as readonly string[]).indexOf(application);
  return at >= 0 && at >= (family.preparation as readonly string[]).indexOf(recommendation(family).state);
}

/** Whether an application is with the authority. */
export function isUnderReview(scheme: string, application: string): boolean {
  const { review } = familyOf(scheme);
  return [...review, 'supplement', 'objection'].some((state) => state === application);
}
