/** Holding the projections against the log: everything stored is folded anew and compared. */
import type { Db } from '../db/clients.server.ts';
import type { Clock } from '../db/clock.ts';
import type { Reader } from '../db/connection.server.ts';
import { readSealHeadText } from '../db/seal-head.server.ts';
import { eventsByEnterprise } from '../db/event-rows.server.ts';
import { readerOf } from '../db/fact-rows.server.ts';
import { dueEvents } from '../pipeline/duties.ts';
import { visible } from '../pipeline/log.ts';
import { headlineOf, NO_WAY, project, type ProjectedSpan, type Way } from '../pipeline/projection.ts';
import {
  bookEnterprise,
  newDeltas,
  quarterly,
  ROLL_UPS,
  type Deltas,
  type RollUp,
} from '../pipeline/roll-ups.ts';
import { decodeSnapshot } from '../pipeline/snapshot.ts';
import { statusOf } from '../pipeline/titles.ts';
import { fileProblems } from './files.server.ts';
import { sealProblems } from './seals.server.ts';

export interface Problem {
  /** Null where it concerns the database as a whole. */
  readonly enterpriseId: number | null;
  readonly message: string;
}

export interface Verified {
  enterprises: number;
  events: number;
  spans: number;
  /** Titles whose last day has passed since the last sweep: due, not wrong. */
  pending: number;
  problems: Problem[];
}

interface EnterpriseRow {
  id: number;
  parkId: number | null;
  registeredOn: string | null;
  headline: string | null;
  snapshot: string | null;
  machineVersion: number | null;
  lastEventId: number | null;
}

interface TitleRow {
  scheme: string;
  level: string | null;
  no: string | null;
  grantedOn: string | null;
  validUntil: string | null;
  status: string;
  eventId: number | null;
}

const spanKey = (s: ProjectedSpan) =>
  [s.lane, s.scheme, s.state, s.fromOn, s.toOn, s.began, s.ended, s.eventId].join('|');
const differs = (a: readonly string[], b: readonly string[]) =>
  a.length !== b.length || a.some((key, i) => key !== b[i]);
const stable = (value: unknown): string =>
  JSON.stringify(value, (_, node: unknown) =>
    typeof node === 'object' && node !== null && !Array.isArray(node)
      ? Object.fromEntries(Object.entries(node).sort(([a], [b]) => (a < b ? -1 : 1)))
      : node,
  );

/** Compares every stored state and projection with the log, and the files with their digests. Reads only, in one snapshot of the database. */
export function verify(db: Db, clock: Clock, onProgress?: (done: number, total: number) => void): Verified {
  const head = readSealHeadText(db.file);
  const connection = db.openReader();
  try {
    connection.exec('BEGIN');
    const reader = readerOf(connection);
    const result = compare(reader, clock.today(), onProgress);
    const others = [...fileProblems(reader, db.file), ...sealProblems(reader, db.file, head)];
    const whole = others.map((message) => ({ enterpriseId: null, message }));
    return { ...result, problems: [...result.problems, ...whole] };
  } finally {
    if (connection.inTransaction) connection.exec('COMMIT');
    connection.close();
  }
}

function compare(
  reader: Reader,
  today: string,
  onProgress?: (done: number, total: number) => void,
): Verified {
  const result: Verified = { enterprises: 0, events: 0, spans: 0, pending: 0, problems: [] };
  const deltas = newDeltas();
  const logs = eventsByEnterprise(reader);
  let log = logs.next();
  const total = reader.prepare<{ n: number }>('SELECT count(*) AS n FROM Enterprise').get()!.n;
  for (const row of enterprises(reader)) {
    const events = !log.done && log.value.enterpriseId === row.id ? log.value.events : [];
    if (events.length > 0) log = logs.next();
    const { way, spans } = events.length > 0 ? project(visible(events)) : { way: NO_WAY, spans: [] };
    bookEnterprise(deltas, { way, spans, park: row.parkId, registeredOn: row.registeredOn }, 1);
    const complain = (message: string) => result.problems.push({ enterpriseId: row.id, message });
    compareSnapshot(row, way, events.at(-1)?.id ?? null, complain);
    compareSpans(reader, row.id, spans, complain);
    compareTitles(reader, row.id, way, complain);
    const due = Object.entries(way.regions).some(
      ([scheme, region]) => dueEvents(scheme, region, today).length > 0,
    );
    if (due && !way.gone) result.pending += 1;
    else if (row.headline !== headlineOf(way, today)) complain('最高称号与事件不符');
    result.enterprises += 1;
    result.events += events.length;
    result.spans += spans.length;
    if (result.enterprises % 1000 === 0) onProgress?.(result.enterprises, total);
  }
  compareStock(reader, deltas, result.problems);
  onProgress?.(total, total);
  return result;
}

const CHUNK = 2000;

function* enterprises(reader: Reader): Generator<EnterpriseRow> {
  const page = reader.prepare<EnterpriseRow>(
    `SELECT e.id, e.parkId, e.registeredOn, e.headline, s.snapshot, s.machineVersion, s.lastEventId
     FROM Enterprise e LEFT JOIN MachineSnapshot s ON s.enterpriseId = e.id WHERE e.id > ? ORDER BY e.id LIMIT ${CHUNK}`,
  );
  for (let last = 0; ;) {
    const rows = page.all(last);
    yield* rows;
    if (rows.length < CHUNK) return;
    last = rows.at(-1)!.id;
  }
}

function compareSnapshot(
  row: EnterpriseRow,
  way: Way,
  lastId: number | null,
  complain: (message: string) => void,
): void {
  if (row.snapshot === null) {
    if (lastId !== null) complain('缺少状态快照');
    return;
  }
  if (row.lastEventId !== lastId) complain('状态快照与最后一个事件不符');
  const decoded = decodeSnapshot(row.snapshot, row.machineVersion ?? 0);
  if (!decoded) complain('状态快照无法读取');
  else if (stable(decoded.way) !== stable(way)) complain('状态快照与事件不符');
}

function compareSpans(
  reader: Reader,
  id: number,
  spans: readonly ProjectedSpan[],
  complain: (message: string) => void,
): void {
  const stored = reader
    .prepare<ProjectedSpan>(
      'SELECT lane, scheme, state, fromOn, toOn, began, ended, eventId FROM Span WHERE enterpriseId = ?',
    )
    .all(id);
  if (differs(stored.map(spanKey).sort(), spans.map(spanKey).sort())) complain('停留区间与事件不符');
}

function compareTitles(reader: Reader, id: number, way: Way, complain: (message: string) => void): void {
  const stored = reader
    .prepare<TitleRow>(
      'SELECT scheme, level, no, grantedOn, validUntil, status, eventId FROM Title WHERE enterpriseId = ?',
    )
    .all(id);
  const key = (t: Omit<TitleRow, 'status'>) =>
    [t.scheme, t.level, t.no, t.grantedOn, t.validUntil, t.eventId].join('|');
  const folded = Object.entries(way.regions).flatMap(([scheme, region]) =>
    region.titles.map((title) => ({ ...title, scheme, validUntil: title.until, key: '' })),
  );
  if (differs(stored.map(key).sort(), folded.map(key).sort())) return complain('称号与事件不符');
  // A title without a recorded end may have been stored before or after its last day.
  const ended = new Map(folded.filter((t) => t.end !== null).map((t) => [key(t), statusOf(t, '9999-12-31')]));
  for (const row of stored) {
    const status = ended.get(key(row));
    const right = status ? row.status === status : row.status === 'valid' || row.status === 'expired';
    if (!right) complain(`称号状态与事件不符：${row.scheme}`);
  }
}

function compareStock(reader: Reader, deltas: Deltas, problems: Problem[]): void {
  const compared = [
    ['存量汇总', ROLL_UPS.stock, deltas.stock],
    ['存量季度汇总', ROLL_UPS.quarters, quarterly(deltas.stock)],
    ['变动汇总', ROLL_UPS.flows, deltas.flows],
    ['环节时长汇总', ROLL_UPS.steps, deltas.steps],
  ] as const;
  for (const [what, rollUp, tally] of compared) {
    let wrong = 0;
    for (const { key, at, sum } of stored(reader, rollUp)) {
      const own = tally.get(key);
      if (own?.get(at) !== sum) wrong += 1;
      own?.delete(at);
    }
    for (const own of tally.values()) for (const sum of own.values()) if (sum !== 0) wrong += 1;
    if (wrong > 0) problems.push({ enterpriseId: null, message: `${what}有 ${wrong} 处与事件不符` });
  }
}

/** A stored roll-up by the keys of its tally. */
const stored = (reader: Reader, { table, key, at, sum }: RollUp) =>
  reader
    .prepare<{ key: string; at: string; sum: number }>(
      `SELECT ${key.join(" || '|' || ")} AS key, ${at} AS at, ${sum} AS sum FROM ${table}`,
    )
    .all();
