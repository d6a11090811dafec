/** Statements of the write door: the only text in the program that writes the log and its projections. */
import { MACHINE_VERSION } from '../../../machines/version.ts';
import type { Tx } from '../../db/writer.server.ts';
import type { LogEvent } from '../../pipeline/log.ts';
import type { ProjectedSpan } from '../../pipeline/projection.ts';
import { quarterly, ROLL_UPS, type Deltas, type RollUp, type Tally } from '../../pipeline/roll-ups.ts';
import { statusOf, type HeldTitle } from '../../pipeline/titles.ts';
import { markDue } from '../verdict-due.server.ts';

export interface EnterpriseRow {
  id: number;
  parkId: number | null;
  registeredOn: string | null;
  headline: string | null;
  machineVersion: number | null;
  revision: number | null;
  snapshot: string | null;
  lastEventId: number | null;
}

export function readEnterprise(tx: Tx, id: number): EnterpriseRow | undefined {
  return tx
    .prepare<EnterpriseRow>(
      `SELECT e.id, e.parkId, e.registeredOn, e.headline, s.machineVersion, s.revision, s.snapshot, s.lastEventId
       FROM Enterprise e LEFT JOIN MachineSnapshot s ON s.enterpriseId = e.id WHERE e.id = ?`,
    )
    .get(id);
}

export function lastEvent(tx: Tx, enterpriseId: number) {
  return tx
    .prepare<{ type: string; actor: string; recordedAt: string }>(
      'SELECT type, actor, recordedAt FROM Event WHERE enterpriseId = ? AND accepted = 1 ORDER BY id DESC LIMIT 1',
    )
    .get(enterpriseId);
}

/** Ids are given by the door, which is alone: the fold needs them before the row is written. */
export function nextEventId(tx: Tx): number {
  return tx.prepare<{ id: number }>('SELECT coalesce(max(id), 0) + 1 AS id FROM Event').get()!.id;
}

export interface NewEvent extends LogEvent {
  readonly enterpriseId: number;
  readonly recordedAt: string;
  readonly actor: string;
  readonly reason: string | null;
  readonly evidence: string | null;
  readonly flags: readonly string[];
  readonly refusal: string | null;
}

export function insertEvent(tx: Tx, event: NewEvent): void {
  tx.prepare(
    `INSERT INTO Event (id, enterpriseId, scheme, type, effectiveOn, knownAt, recordedAt, actor, reason, evidence,
       payload, flags, accepted, refusal, machineVersion) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    event.id,
    event.enterpriseId,
    event.scheme,
    event.type,
    event.effectiveOn,
    event.knownAt,
    event.recordedAt,
    event.actor,
    event.reason,
    event.evidence,
    JSON.stringify(event.payload),
    event.flags.length ? JSON.stringify(event.flags) : null,
    event.refusal === null ? 1 : 0,
    event.refusal,
    MACHINE_VERSION,
  );
}

export function saveSnapshot(
  tx: Tx,
  enterpriseId: number,
  revision: number,
  snapshot: string,
  lastEventId: number,
): void {
  tx.prepare(
    `INSERT INTO MachineSnapshot (enterpriseId, machineVersion, revision, snapshot, lastEventId) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (enterpriseId) DO UPDATE SET machineVersion = excluded.machineVersion,
       revision = excluded.revision, snapshot = excluded.snapshot, lastEventId = excluded.lastEventId`,
  ).run(enterpriseId, MACHINE_VERSION, revision, snapshot, lastEventId);
}

/** A stay in the order of its columns. */
const spanValues = (enterpriseId: number, span: ProjectedSpan): unknown[] => [
  enterpriseId,
  span.lane,
  span.scheme,
  span.state,
  span.fromOn,
  span.toOn,
  span.began,
  span.ended,
  span.eventId,
];

export function insertSpan(tx: Tx, enterpriseId: number, span: ProjectedSpan): void {
  tx.prepare(
    `INSERT INTO Span (enterpriseId, lane, scheme, state, fromOn, toOn, began, ended, eventId)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(...spanValues(enterpriseId, span));
}

/** Ends the open stay of a lane; its stay is returned. `+lane`: only the enterprise's own index is of use here. */
export function closeSpan(
  tx: Tx,
  enterpriseId: number,
  lane: string,
  scheme: string,
  toOn: string,
): ProjectedSpan | undefined {
  return tx
    .prepare<ProjectedSpan>(
      `UPDATE Span SET toOn = ? WHERE enterpriseId = ? AND scheme = ? AND +lane = ? AND toOn IS NULL
       RETURNING lane, scheme, state, fromOn, toOn, began, ended, eventId`,
    )
    .get(toOn, enterpriseId, scheme, lane);
}

export function readSpans(tx: Pick<Tx, 'prepare'>, enterpriseId: number): ProjectedSpan[] {
  return tx
    .prepare<ProjectedSpan>(
      'SELECT lane, scheme, state, fromOn, toOn, began, ended, eventId FROM Span WHERE enterpriseId = ? ORDER BY id',
    )
    .all(enterpriseId);
}

export function deleteSpans(tx: Tx, enterpriseId: number, only?: { lane: string; scheme: string }): void {
  if (only) {
    tx.prepare('DELETE FROM Span WHERE enterpriseId = ? AND scheme = ? AND +lane = ?').run(
      enterpriseId,
      only.scheme,
      only.lane,
    );
  } else tx.prepare('DELETE FROM Span WHERE enterpriseId = ?').run(enterpriseId);
}

/** A title as a row of its own; {@link saveTitles} where there may be rows already. */
export function insertTitle(
  tx: Tx,
  enterpriseId: number,
  scheme: string,
  title: HeldTitle,
  status: string,
): void {
  tx.prepare(
    `INSERT INTO Title (enterpriseId, scheme, level, no, grantedOn, validUntil, status, source, knownAt, eventId)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    enterpriseId,
    scheme,
    title.level,
    title.no,
    title.grantedOn,
    title.until,
    status,
    title.source,
    title.knownAt,
    title.eventId,
  );
}

/** Brings the rows of one scheme's titles in line with the ledger; a title keeps its row. */
export function saveTitles(
  tx: Tx,
  enterpriseId: number,
  scheme: string,
  titles: readonly HeldTitle[],
  today: string,
): void {
  const ids = tx
    .prepare<{ id: number }>('SELECT id FROM Title WHERE enterpriseId = ? AND scheme = ? ORDER BY id')
    .all(enterpriseId, scheme);
  titles.forEach((title, index) => {
    const status = statusOf(title, today);
    const row = ids[index];
    if (!row) return insertTitle(tx, enterpriseId, scheme, title, status);
    tx.prepare(
      `UPDATE Title SET level = ?, no = ?, grantedOn = ?, validUntil = ?, status = ?, source = ?, knownAt = ?, eventId = ?
       WHERE id = ?`,
    ).run(
      title.level,
      title.no,
      title.grantedOn,
      title.until,
      status,
      title.source,
      title.knownAt,
      title.eventId,
      row.id,
    );
  });
  for (const row of ids.slice(titles.length)) tx.prepare('DELETE FROM Title WHERE id = ?').run(row.id);
}

/** Schemes of which an enterprise has title rows. */
export function titleSchemes(tx: Tx, enterpriseId: number): string[] {
  return tx
    .prepare<{ scheme: string }>('SELECT DISTINCT scheme FROM Title WHERE enterpriseId = ?')
    .all(enterpriseId)
    .map((row) => row.scheme);
}

export function touchEnterprise(tx: Tx, id: number, headline: string | null, now: string): void {
  tx.prepare('UPDATE Enterprise SET revision = revision + 1, headline = ?, updatedAt = ? WHERE id = ?').run(
    headline,
    now,
    id,
  );
  markDue(tx, id);
}

export function setPark(tx: Tx, id: number, parkId: number | null): void {
  tx.prepare('UPDATE Enterprise SET parkId = ? WHERE id = ?').run(parkId, id);
}

/** Adds changes to the roll-ups; what cancels out is dropped. */
export function bookRollUps(tx: Tx, deltas: Deltas): void {
  bookTally(tx, ROLL_UPS.stock, deltas.stock);
  bookTally(tx, ROLL_UPS.quarters, quarterly(deltas.stock));
  bookTally(tx, ROLL_UPS.flows, deltas.flows);
  bookTally(tx, ROLL_UPS.steps, deltas.steps);
}

function bookTally(tx: Tx, { table, key, at, sum }: RollUp, tally: Tally): void {
  const columns = [...key, at];
  const places = [...columns, sum].map(() => '?').join(', ');
  const add = tx.prepare<{ sum: number }>(
    `INSERT INTO ${table} (${columns.join(', ')}, ${sum}) VALUES (${places})
     ON CONFLICT (${columns.join(', ')}) DO UPDATE SET ${sum} = ${sum} + excluded.${sum} RETURNING ${sum} AS sum`,
  );
  const drop = tx.prepare(`DELETE FROM ${table} WHERE ${columns.map((name) => `${name} = ?`).join(' AND ')}`);
  for (const [text, own] of tally) {
    const parts = text.split('|').map((part, i) => (isNumber(key[i]!) ? Number(part) : part));
    for (const [time, delta] of own) {
      if (delta !== 0 && add.get(...parts, time, delta)!.sum === 0) drop.run(...parts, time);
    }
  }
}

const isNumber = (column: string) => column === 'parkId' || column === 'days';

export interface Head {
  parkId: number | null;
  registeredOn: string | null;
  headline: string | null;
  revision: number | null;
}

/** Of every enterprise what a rebuilding keeps or compares. */
export function readHeads(tx: Tx): Map<number, Head> {
  const rows = tx
    .prepare<Head & { id: number }>(
      `SELECT e.id, e.parkId, e.registeredOn, e.headline, s.revision FROM Enterprise e
       LEFT JOIN MachineSnapshot s ON s.enterpriseId = e.id`,
    )
    .all();
  return new Map(rows.map(({ id, ...head }) => [id, head]));
}

/** Titles of each enterprise in one text, to see whether they changed. */
export function titleSignatures(tx: Tx): Map<number, string> {
  const rows = tx
    .prepare<{ id: number; signature: string }>(
      `SELECT enterpriseId AS id, group_concat(concat_ws('|', scheme, level, no, grantedOn, validUntil, status), ';') AS signature
       FROM (SELECT * FROM Title ORDER BY enterpriseId, scheme, grantedOn, validUntil, no, level) GROUP BY enterpriseId`,
    )
    .all();
  return new Map(rows.map(({ id, signature }) => [id, signature]));
}

/** Spans a statement: fewer calls into SQLite are what a rebuilding saves on. */
const SPANS_AT_ONCE = 40;

/** Writes many spans; {@link insertSpan} for a few. */
export function insertSpans(tx: Tx, spans: readonly { enterpriseId: number; span: ProjectedSpan }[]): void {
  const columns = 'enterpriseId, lane, scheme, state, fromOn, toOn, began, ended, eventId';
  const places = Array.from({ length: SPANS_AT_ONCE }, () => '(?, ?, ?, ?, ?, ?, ?, ?, ?)').join(', ');
  const many = tx.prepare(`INSERT INTO Span (${columns}) VALUES ${places}`);
  let from = 0;
  for (; from + SPANS_AT_ONCE <= spans.length; from += SPANS_AT_ONCE) {
    const values: unknown[] = [];
    for (let i = from; i < from + SPANS_AT_ONCE; i += 1) {
      const { enterpriseId, span } = spans[i]!;
      values.push(...spanValues(enterpriseId, span));
    }
    many.run(...values);
  }
  for (const { enterpriseId, span } of spans.slice(from)) insertSpan(tx, enterpriseId, span);
}

/**
 * Takes the indexes of the spans away while all of them are written.
 * @returns puts them back
 */
export function withoutSpanIndexes(tx: Tx): () => void {
  const indexes = tx
    .prepare<{ name: string; sql: string }>(
      "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'Span' AND sql IS NOT NULL",
    )
    .all();
  for (const { name } of indexes) tx.prepare(`DROP INDEX "${name}"`).run();
  return () => {
    for (const { sql } of indexes) tx.prepare(sql).run();
  };
}

/** Empties every projection but the snapshots, whose revisions go on. */
export function clearProjections(tx: Tx): void {
  tx.prepare('DELETE FROM Span').run();
  for (const { table } of Object.values(ROLL_UPS)) tx.prepare(`DELETE FROM ${table}`).run();
  tx.prepare('DELETE FROM Title').run();
  const withoutEvents = 'NOT IN (SELECT enterpriseId FROM Event WHERE accepted = 1)';
  tx.prepare(`DELETE FROM MachineSnapshot WHERE enterpriseId ${withoutEvents}`).run();
  tx.prepare(
    `UPDATE Enterprise SET headline = NULL WHERE headline IS NOT NULL AND id ${withoutEvents}`,
  ).run();
}
