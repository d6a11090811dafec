/** The confirmed rows of a list become events, through the one door, each with its row as evidence. */
import type { EventInput } from '../../../machines/events.ts';
import { FAVOURABLE } from '../../../machines/events.ts';
import type { Db } from '../../db/clients.server.ts';
import type { Clock } from '../../db/clock.ts';
import { AppError } from '../../db/errors.ts';
import { readEvents } from '../../db/event-rows.server.ts';
import { readerOf } from '../../db/fact-rows.server.ts';
import type { Tx } from '../../db/writer.server.ts';
import type { LogEvent } from '../../pipeline/log.ts';
import { visible } from '../../pipeline/log.ts';
import { announcedAlready } from '../../pipeline/rounds.ts';
import { submitAll, type SubmitResult } from '../door.server.ts';
import { judgeStep } from '../judge.server.ts';
import { keepVerdictsFresh } from '../verdict-job.server.ts';
import { kindOf, type ListKind } from '../../pipeline/list-kinds.ts';
import { breathe } from './known.server.ts';
import { progress, setStatus } from './rows.server.ts';
import { runOn } from './runs.server.ts';

interface List {
  readonly id: number;
  readonly title: string;
  readonly scheme: string;
  readonly kind: ListKind;
  readonly level: string | null;
  readonly docNo: string | null;
  readonly listedOn: string;
  readonly link: string | null;
  readonly grantedOn: string | null;
  readonly validUntil: string | null;
  readonly fileName: string | null;
  readonly sheet: string | null;
  readonly sha256: string;
}

interface Row {
  readonly id: number;
  readonly line: number;
  readonly cells: string;
  readonly enterpriseId: number;
  readonly certificateNo: string | null;
  readonly note: string | null;
}

export interface Recorded {
  /** Events written. */
  made: number;
  /** Rows that said what was on record already. */
  existing: number;
  refused: number;
  /** Of the events written, those that do not agree with our rules or with what came before. */
  flagged: number;
}

/** Rows a transaction. */
const PIECE = 50;

/**
 * Makes the events of every confirmed row that has none yet. Killed at any moment and begun again, it makes none
 * twice: an event and the row it comes from are written in one transaction.
 * @throws AppError `not-found`; `conflict` while the list is being worked on; `invalid` where nothing is confirmed
 */
export function recordList(db: Db, clock: Clock, listId: number, actor: string): Promise<Recorded> {
  return runOn(db, listId, async () => {
    const reader = readerOf(db.raw);
    const list = reader.prepare<List>('SELECT * FROM NameList WHERE id = ?').get(listId);
    if (!list) throw new AppError('not-found', '没有这份名单');
    const rows = reader
      .prepare<Row>(
        `SELECT id, line, cells, enterpriseId, certificateNo, note FROM NameListRow
         WHERE listId = ? AND decision = 'confirmed' AND outcome IS NULL ORDER BY line, id`,
      )
      .all(listId);
    if (rows.length === 0) throw new AppError('invalid', '没有已确认而未登记的行');
    const recorded: Recorded = { made: 0, existing: 0, refused: 0, flagged: 0 };
    await setStatus(db, listId, 'recording', 0);
    try {
      for (let from = 0; from < rows.length; from += PIECE) {
        const piece = rows.slice(from, from + PIECE);
        const inputs: EventInput[] = [];
        for (const row of piece) {
          inputs.push(announcement(db, list, row, actor));
          await breathe();
        }
        await db.write((tx) => {
          piece.forEach((row, i) => recordRow(tx, clock, list, row, inputs[i]!, recorded));
          progress(tx, listId, from + piece.length);
        });
      }
    } finally {
      await setStatus(db, listId, 'review', rows.length);
    }
    return recorded;
  });
}

/** Milliseconds that a page waits for the end before it goes on showing the progress. */
const PATIENCE = 1500;

/**
 * Starts making the events for a page.
 * @returns what was made, or null where it takes longer and goes on by itself
 * @throws AppError as {@link recordList}
 */
export async function startRecording(
  db: Db,
  clock: Clock,
  listId: number,
  actor: string,
): Promise<Recorded | null> {
  const work = recordList(db, clock, listId, actor);
  work.then(() => keepVerdictsFresh(db, clock)).catch(() => undefined);
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<null>((resolve) => (timer = setTimeout(() => resolve(null), PATIENCE)));
  try {
    return await Promise.race([work, patience]);
  } finally {
    clearTimeout(timer);
  }
}

/** What the row announces; judged before the transaction where our rules may disagree. */
function announcement(db: Db, list: List, row: Row, actor: string): EventInput {
  const { event: type, certificate } = kindOf(list.kind);
  const effectiveOn = certificate ? (list.grantedOn ?? list.listedOn) : list.listedOn;
  const verdict = FAVOURABLE.has(type) ? judgeStep(db, row.enterpriseId, list.scheme, effectiveOn) : null;
  return {
    enterpriseId: row.enterpriseId,
    scheme: list.scheme,
    type,
    effectiveOn,
    actor,
    reason: row.note,
    evidence: {
      list: list.id,
      title: list.title,
      docNo: list.docNo,
      listedOn: list.listedOn,
      link: list.link,
      file: list.fileName,
      sheet: list.sheet,
      sha256: list.sha256,
      row: row.line,
      text: (JSON.parse(row.cells) as string[]).filter(Boolean).join(' '),
    },
    payload: {
      ...(verdict ? { verdict } : {}),
      ...(certificate
        ? {
            level: list.level,
            no: row.certificateNo,
            validUntil: list.validUntil,
            source: 'official',
            ...(type === 'certify' ? { grantedOn: effectiveOn } : {}),
          }
        : {}),
    },
  };
}

function recordRow(tx: Tx, clock: Clock, list: List, row: Row, input: EventInput, recorded: Recorded): void {
  // Taken back, decided otherwise or recorded since it was read.
  const still = tx
    .prepare<{ merged: number }>(
      `SELECT e.mergedIntoId IS NOT NULL AS merged FROM NameListRow r JOIN Enterprise e ON e.id = r.enterpriseId
       WHERE r.id = ? AND r.decision = 'confirmed' AND r.outcome IS NULL AND r.enterpriseId = ?`,
    )
    .get(row.id, row.enterpriseId);
  if (!still) return;
  if (still.merged) {
    recorded.refused += 1;
    return end(tx, row.id, 'refused', '该记录已并入另一家企业，请撤回后重新确认', null);
  }
  const events = visible(readEvents(tx, row.enterpriseId)).filter((event) => event.scheme === list.scheme);
  const known = announcedAlready(events, input.type, input.effectiveOn, {
    no: row.certificateNo,
    level: list.level,
  });
  if (known) {
    recorded.existing += 1;
    return end(tx, row.id, 'existing', existingWords(known, input), null);
  }
  const [result] = submitAll(tx, clock, [input]);
  const outcome = outcomeOf(result!);
  recorded[outcome.outcome] += 1;
  if (outcome.outcome === 'made' && outcome.text !== null) recorded.flagged += 1;
  end(tx, row.id, outcome.outcome, outcome.text, outcome.eventId);
}

function outcomeOf(result: SubmitResult) {
  if (!result.ok) return { outcome: 'refused', text: result.reason, eventId: null } as const;
  const text = result.flags.join('；') || null;
  return result.eventId === null
    ? ({ outcome: 'existing', text: text ?? '与已有记录相同', eventId: null } as const)
    : ({ outcome: 'made', text, eventId: result.eventId } as const);
}

/** What stands on record already, and in what the list differs from it. */
function existingWords(known: LogEvent, input: EventInput): string {
  const until = input.payload?.validUntil;
  return [
    `${known.effectiveOn} 已有记录`,
    known.payload.no && `证书编号 ${known.payload.no}`,
    known.effectiveOn !== input.effectiveOn && `名单为 ${input.effectiveOn}`,
    until &&
      known.payload.validUntil !== until &&
      `有效期至 ${known.payload.validUntil ?? '未记'}，名单为 ${until}`,
  ]
    .filter(Boolean)
    .join('，');
}

function end(
  tx: Tx,
  rowId: number,
  outcome: 'made' | 'existing' | 'refused',
  text: string | null,
  eventId: number | null,
): void {
  tx.prepare(
    'UPDATE NameListRow SET outcome = ?, outcomeText = ?, eventId = ?, revision = revision + 1 WHERE id = ?',
  ).run(outcome, text, eventId, rowId);
}
