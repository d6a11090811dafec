/** One nomination batch as its page shows it: what is next and for whom, every enterprise in a line, what was done. */
import {
  BATCH_EVENTS,
  BATCH_ORDERS,
  BATCH_REASONS,
  BATCH_STATES,
  BATCH_WAY,
  PERSON_REASONS,
  ROW_EVENTS,
  ROW_STATES,
  type BatchEventType,
  type BatchState,
  type RowEventType,
  type RowState,
} from '../../machines/batch-states.ts';
import { batchRefusal, concerns } from '../../machines/batch.ts';
import { rowRefusal } from '../../machines/batch-row.ts';
import { batchStewards, readBatchParts } from '../db/batch-rows.server.ts';
import { readerOf } from '../db/fact-rows.server.ts';
import { batchSituation, rowSituation, type Asker } from '../pipeline/batch.ts';
import type { Day } from '../rules/day.ts';
import type { ConditionVerdict, Verdict } from '../rules/verdict.ts';
import { loadBatch, type BatchHead, type BatchRow, type LoadedBatch } from './batches.server.ts';
import { schemeLabel } from './schemes.server.ts';
import { nextWindow, windowsAhead } from './windows.server.ts';
import { stewardNames } from './stewards.server.ts';
import { all, one, type Reading } from './sql.server.ts';

/** A step offered to whoever looks, with why it is shut. */
export interface Offer<Type extends string = string> {
  readonly type: Type;
  readonly label: string;
  readonly reason: string | null;
}

export type Gap = Pick<ConditionVerdict, 'id' | 'label' | 'result' | 'gap' | 'unit'>;

/** What is open in a verdict, unmet first. */
export function openGaps(verdict: Verdict | null): Gap[] {
  const rank = { unmet: 0, unknown: 1, manual: 2, met: 3, waived: 3 };
  return (verdict?.conditions ?? [])
    .filter(({ result }) => rank[result] < 3)
    .map(({ id, label, result, gap, unit }) => ({ id, label, result, gap, unit }))
    .sort((a, b) => rank[a.result] - rank[b.result]);
}

export type BatchRowLine = Omit<BatchRow, 'verdict'> & {
  readonly gaps: readonly Gap[];
  readonly stewards: readonly string[];
  /** What could be done with it; shut steps carry the reason. */
  readonly offers: readonly Offer<RowEventType>[];
};

const BY_HAND: readonly RowEventType[] = ['confirm', 'hold', 'release', 'ask', 'supply'];

function offersOf(
  state: BatchState,
  row: BatchRow,
  asker: Asker,
  stewards: readonly number[] | undefined,
): Offer<RowEventType>[] {
  if (!mayHandle(asker.role)) return [];
  const situation = rowSituation(state, row, asker, stewards);
  return BY_HAND.map((type) => ({
    type,
    label: ROW_EVENTS[type],
    reason: rowRefusal(row.state, type, situation),
  }));
}

/** Leadership looks on, apart from the meeting. */
export const mayHandle = (role: string): boolean => ['staff', 'section', 'administrator'].includes(role);

/** Steps of the batch that whoever looks has to do with, decisions as one. */
function stepsOf(db: Reading, id: number, asker: Asker): Offer<BatchEventType>[] {
  const parts = readBatchParts(readerOf(db.raw), id)!;
  const { state } = parts.batch;
  return (Object.keys(BATCH_EVENTS) as BatchEventType[])
    .filter((type) => concerns(state, type, asker.role))
    .map((type) => {
      // Who is chosen, or confirmed by the same button, is not known yet; it is asked when it is.
      const chosen = type === 'approve_partly' || type === 'approve' ? 0 : null;
      const situation = batchSituation(parts, asker, chosen);
      const unconfirmed = type === 'pass_steward' ? 0 : situation.unconfirmed;
      const reason = batchRefusal(state, type, { ...situation, unconfirmed });
      return { type, label: BATCH_EVENTS[type], reason };
    });
}

export interface LogLine {
  readonly id: number;
  readonly at: string;
  readonly actor: string;
  readonly what: string;
  /** Where it led, in words. */
  readonly to: string | null;
  /** Enterprises it concerned, the first few by name. */
  readonly names: readonly string[];
  readonly count: number;
  readonly reason: string | null;
  readonly refusal: string | null;
}

interface StoredLine {
  id: number;
  rowId: number | null;
  type: string;
  fromState: string | null;
  toState: string | null;
  actor: string;
  at: string;
  reason: string | null;
  refusal: string | null;
  name: string | null;
}

/** Names shown of what one step did to many. */
const NAMED = 3;

function logWords({ type, rowId }: StoredLine): string {
  if (type === 'draw') return '起草';
  const own = (rowId === null ? BATCH_EVENTS : ROW_EVENTS) as Readonly<Record<string, string>>;
  return own[type] ?? (BATCH_EVENTS as Readonly<Record<string, string>>)[type] ?? type;
}

function toWords({ rowId, fromState, toState }: StoredLine): string | null {
  if (toState === null || toState === fromState) return null;
  return rowId === null
    ? (BATCH_STATES[toState as BatchState] ?? toState)
    : (ROW_STATES[toState as RowState] ?? toState);
}

/** The log, the latest first; what one step did to many enterprises is one line. */
export function batchLog(db: Reading, id: number, rowId: number | null = null): LogLine[] {
  const stored = all<StoredLine>(
    db,
    `SELECT l.id, l.rowId, l.type, l.fromState, l.toState, coalesce(u.displayName, l.actor) AS actor, l.at, l.reason,
            l.refusal, e.name
     FROM BatchEvent l LEFT JOIN User u ON u.username = l.actor LEFT JOIN BatchRow r ON r.id = l.rowId
       LEFT JOIN Enterprise e ON e.id = r.enterpriseId
     WHERE l.batchId = ? AND (? IS NULL OR l.rowId = ?) ORDER BY l.id`,
    id,
    rowId,
    rowId,
  );
  const lines: (LogLine & { key: string })[] = [];
  for (const line of stored) {
    const key =
      line.rowId === null
        ? `#${line.id}`
        : [line.type, line.actor, line.at, line.reason, line.refusal].join('|');
    const last = lines.at(-1);
    const name = line.name === null ? [] : [line.name];
    if (last?.key === key) {
      const names = [...last.names, ...name].slice(0, NAMED);
      lines[lines.length - 1] = { ...last, names, count: last.count + 1 };
      continue;
    }
    const { id: lineId, at, actor, reason, refusal } = line;
    lines.push({
      key,
      id: lineId,
      at,
      actor,
      what: logWords(line),
      to: toWords(line),
      names: name,
      count: line.rowId === null ? 0 : 1,
      reason,
      refusal,
    });
  }
  return lines.map(({ key: _key, ...line }) => line).reverse();
}

export interface SignatureLine {
  readonly id: number;
  readonly department: string;
  readonly person: string;
  readonly decision: string;
  readonly opinion: string | null;
  readonly recordedBy: string;
  readonly recordedAt: string;
}

const signaturesOf = (db: Reading, id: number): SignatureLine[] =>
  all(
    db,
    `SELECT s.id, s.department, s.person, s.decision, s.opinion, coalesce(u.displayName, s.recordedBy) AS recordedBy,
            s.recordedAt
     FROM BatchSignature s LEFT JOIN User u ON u.username = s.recordedBy
     WHERE s.batchId = ? AND s.endedAt IS NULL ORDER BY s.id`,
    id,
  );

export interface FileLine {
  readonly id: number;
  readonly kind: string;
  readonly name: string;
  readonly size: number;
  readonly sha256: string;
  readonly addedBy: string;
  readonly addedAt: string;
}

export const batchFiles = (db: Reading, id: number, rowId: number | null = null): FileLine[] =>
  all(
    db,
    `SELECT f.id, f.kind, f.name, s.size, f.sha256, coalesce(u.displayName, f.addedBy) AS addedBy, f.addedAt
     FROM BatchFile f JOIN StoredFile s ON s.sha256 = f.sha256 LEFT JOIN User u ON u.username = f.addedBy
     WHERE f.batchId = ? AND f.removedAt IS NULL AND (? IS NULL OR f.rowId = ?) ORDER BY f.id`,
    id,
    rowId,
    rowId,
  );

/** A file of a batch, by its own id; null where it is of another batch. */
export const batchFile = (db: Reading, id: number, fileId: number) =>
  one<{ name: string; sha256: string }>(
    db,
    'SELECT name, sha256 FROM BatchFile WHERE id = ? AND batchId = ? AND removedAt IS NULL',
    fileId,
    id,
  ) ?? null;

/** Which stations of the way lie behind, which is the present one. */
function stationsOf({ state }: Pick<BatchHead, 'state'>, log: readonly { to: string | null }[]) {
  const at: BatchState = state === 'partially_approved' ? 'approved' : state === 'returned' ? 'drawn' : state;
  const place = BATCH_WAY.indexOf(at as (typeof BATCH_WAY)[number]);
  const been = new Set(log.map(({ to }) => to));
  return BATCH_WAY.map((id, index) => ({
    id,
    label: id === 'approved' && state === 'partially_approved' ? BATCH_STATES[state] : BATCH_STATES[id],
    current: index === place,
    done: place >= 0 ? index < place : been.has(BATCH_STATES[id]) || id === 'drawn',
  }));
}

export interface BatchPage extends BatchHead {
  readonly rows: readonly BatchRowLine[];
  readonly counts: Readonly<Record<RowState, number>>;
  readonly steps: readonly Offer<BatchEventType>[];
  readonly stations: ReturnType<typeof stationsOf>;
  readonly log: readonly LogLine[];
  readonly signatures: readonly SignatureLine[];
  readonly files: readonly FileLine[];
  /** Whoever looks drew it up, so that they know why they cannot approve it. */
  readonly own: boolean;
}

const noCounts = (): Record<RowState, number> =>
  Object.fromEntries(Object.keys(ROW_STATES).map((state) => [state, 0])) as Record<RowState, number>;

/** Everything of the page of a batch; null where there is none such. */
export function batchPage(db: Reading, id: number, asker: Asker, today: Day): BatchPage | null {
  const batch = loadBatch(db, id);
  if (!batch) return null;
  const counts = noCounts();
  for (const row of batch.rows) counts[row.state] += 1;
  const log = batchLog(db, id);
  return {
    ...batch,
    rows: rowLines(db, batch, asker, today),
    counts,
    steps: stepsOf(db, id, asker),
    stations: stationsOf(batch, log),
    log,
    signatures: signaturesOf(db, id),
    files: batchFiles(db, id),
    own: readBatchParts(readerOf(db.raw), id)!.drafters.includes(asker.username),
  };
}

function rowLines(db: Reading, batch: LoadedBatch, asker: Asker, today: Day): BatchRowLine[] {
  const stewards = batchStewards(readerOf(db.raw), batch.id, today);
  const names = stewardNames(
    db,
    batch.rows.map((row) => row.enterpriseId),
    today,
  );
  return batch.rows.map((row) => {
    const { verdict, ...rest } = row;
    return {
      ...rest,
      gaps: openGaps(verdict),
      stewards: names.get(row.enterpriseId) ?? [],
      offers: offersOf(batch.state, row, asker, stewards.get(row.enterpriseId)),
    };
  });
}

/** One enterprise in a batch with its whole verdict; null where it is not in it. */
export function batchRowPage(db: Reading, id: number, rowId: number, asker: Asker, today: Day) {
  const batch = loadBatch(db, id);
  const row = batch?.rows.find((each) => each.id === rowId);
  if (!batch || !row) return null;
  const { rows, ...head } = batch;
  const stewards = batchStewards(readerOf(db.raw), id, today).get(row.enterpriseId);
  const at = rows.indexOf(row);
  return {
    batch: head,
    row,
    offers: offersOf(batch.state, row, asker, stewards),
    log: batchLog(db, id, rowId),
    files: batchFiles(db, id, rowId),
    before: rows[at - 1]?.id ?? null,
    after: rows[at + 1]?.id ?? null,
    place: at + 1,
    total: rows.length,
  };
}
export type BatchRowPage = NonNullable<ReturnType<typeof batchRowPage>>;

/** What may be chosen in the forms of a batch. */
export const batchChoices = {
  reasons: PERSON_REASONS.map((value) => ({ value, label: BATCH_REASONS[value].label })),
  rowStates: Object.entries(ROW_STATES).map(([value, label]) => ({ value, label })),
  orders: Object.entries(BATCH_ORDERS).map(([value, label]) => ({ value, label })),
  states: [
    { value: 'open', label: '进行中' },
    ...Object.entries(BATCH_STATES).map(([value, label]) => ({ value, label })),
  ],
};

/** Windows that a batch of a scheme may be meant for: open or ahead, the first to close first. */
export const batchWindows = (db: Reading, scheme: string, today: Day) =>
  windowsAhead(db, today, 400, scheme)
    .filter(({ kind }) => kind === 'new' || kind === 'renewal')
    .filter(({ id }, i, list) => list.findIndex((each) => each.id === id) === i)
    .map((window) => ({
      value: String(window.id),
      label: `${window.label}（${window.regionLabel}，截止 ${window.closesOn}）`,
    }));

/** What a new batch of a scheme begins with: the next window, its days, a name. */
export function newBatchTerms(db: Reading, scheme: string, today: Day): Record<string, string> {
  const next = nextWindow(db, scheme, 'new', today);
  const ahead = next !== null && next.status !== 'closed' ? next : null;
  const on = ahead?.opensOn && ahead.opensOn > today ? ahead.opensOn : today;
  return {
    title: `${on.slice(0, 4)} 年${schemeLabel(scheme)}推荐批次`,
    applicationOn: on,
    windowId: ahead ? String(ahead.id) : '',
    deadline: ahead?.closesOn ?? '',
  };
}

/** The terms of a batch by the names of its form's fields. */
export const batchTermValues = (batch: BatchHead): Record<string, string> => ({
  title: batch.title,
  applicationOn: batch.applicationOn,
  windowId: batch.windowId === null ? '' : String(batch.windowId),
  deadline: batch.deadline ?? '',
  quota: batch.quota === null ? '' : String(batch.quota),
  orderBy: batch.orderBy,
  note: batch.note ?? '',
});
