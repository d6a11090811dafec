/** The history of an enterprise as its page shows it: what, when, known when, who, on what evidence, in words. */
import { EVENTS, eventLabel, isEventType, type Payload } from '../../machines/events.ts';
import { readEvents } from '../db/event-rows.server.ts';
import { dayInShanghai } from '../db/clock.ts';
import { readerOf } from '../db/fact-rows.server.ts';
import { visible } from '../pipeline/log.ts';
import { schemeLabel } from './schemes.server.ts';
import { all, type Reading } from './sql.server.ts';

interface StoredEvent {
  id: number;
  scheme: string | null;
  type: string;
  effectiveOn: string;
  knownAt: string;
  recordedAt: string;
  actor: string;
  reason: string | null;
  evidence: string | null;
  flags: string | null;
  payload: string;
  accepted: number;
  refusal: string | null;
}

const OUTCOMES = { eligible: '符合', ineligible: '不符合', undetermined: '待定' } as const;

type Names = { parks: ReadonlyMap<number, string>; events: ReadonlyMap<number, StoredEvent> };

const parkName = (names: Names, id: number | null | undefined) =>
  id == null ? '园区外' : (names.parks.get(id) ?? `园区 ${id}`);

/** What of a payload is worth a line. */
function detail(type: string, payload: Payload, names: Names): string {
  const { no, validUntil, year, verdict, eventId, oldName, newName, oldCode, newCode } = payload;
  const voided = eventId == null ? undefined : names.events.get(eventId);
  return [
    no && `证书编号 ${no}`,
    validUntil && `有效期至 ${validUntil}`,
    year && `${year} 年度`,
    verdict && `当时判定：${verdict.rule} ${OUTCOMES[verdict.outcome]}`,
    type === 'void' && voided && `作废 ${voided.effectiveOn} 的“${eventLabel(voided.type)}”`,
    type === 'moved' && `${parkName(names, payload.from)} → ${parkName(names, payload.to)}`,
    oldName && newName && `${oldName} → ${newName}`,
    oldCode && newCode && `${oldCode} → ${newCode}`,
  ]
    .filter(Boolean)
    .join('，');
}

/** Where a statement stands, in words. */
function evidenceWords(text: string | null): string {
  if (text === null) return '';
  const parsed = (JSON.parse(text) ?? {}) as Record<string, unknown>;
  const { file, sheet, row, address, note, mergedFrom, title, docNo } = parsed;
  // A row of an official list is found by the title of the list, and its text tells whom the list named.
  const source = title ?? file;
  const place = [
    source && `《${String(source)}》`,
    docNo && String(docNo),
    !title && sheet && String(sheet),
    row && `第 ${String(row)} 行`,
    title && parsed.text && `“${String(parsed.text)}”`,
  ]
    .filter(Boolean)
    .join(' ');
  const merged = (mergedFrom as { uscc?: string } | undefined)?.uscc;
  return [place, address, note, merged && `并自 ${merged}`].filter(Boolean).map(String).join('，');
}

/** Who wrote it down, when it is told, and when; when the source knew it, where that was another day. */
function noteOf(row: StoredEvent, who: string | null, evidence: string): string {
  const recorded = dayInShanghai(row.recordedAt);
  const known = dayInShanghai(row.knownAt);
  return [
    who === null ? `${recorded} 记录` : `${recorded} 由 ${who} 记录`,
    known !== recorded && `${known} 已知悉`,
    evidence && `依据：${evidence}`,
  ]
    .filter(Boolean)
    .join('；');
}

/** What of an event is told besides what happened and when. */
interface Told {
  readonly payload: Payload;
  readonly reason: string | null;
  readonly who: string | null;
  readonly evidence: string;
  readonly flags: string | null;
}

const payloadOf = (row: StoredEvent) => JSON.parse(row.payload) as Payload;

/** Everything, for people of the park. */
const toPark = (row: StoredEvent): Told => ({
  payload: payloadOf(row),
  reason: row.reason,
  who: row.actor === 'system' ? '系统' : row.actor,
  evidence: evidenceWords(row.evidence),
  flags: row.refusal ?? (row.flags ? (JSON.parse(row.flags) as string[]).join('；') : null),
});

/** The official source alone: neither the park's files nor its notes. */
function officialSource(text: string | null): string | null {
  const { title, docNo, row, text: named } = (JSON.parse(text ?? 'null') ?? {}) as Record<string, unknown>;
  return title || docNo ? JSON.stringify({ title, docNo, row, text: named }) : null;
}

/**
 * What an enterprise reads of itself: the park's reasons, its judgement at a step, its files and the names of its
 * people stay with the park. Official announcements keep their source and their reason, own events all.
 */
function toOwn(row: StoredEvent, accounts: ReadonlySet<string>): Told {
  if (accounts.has(row.actor)) return toPark(row);
  const { verdict: _, ...payload } = payloadOf(row);
  const official = isEventType(row.type) && EVENTS[row.type].by === 'authority';
  return {
    payload,
    reason: official ? row.reason : null,
    who: row.actor === 'system' ? '系统' : null,
    evidence: official ? evidenceWords(officialSource(row.evidence)) : '',
    flags: null,
  };
}

interface ToldEvent {
  readonly row: StoredEvent;
  readonly told: Told;
  /** What the payload says, in words. */
  readonly words: string;
  /** Taken out by a correction. */
  readonly voided: boolean;
}

/**
 * Events of one enterprise, the latest first, as they are told to whoever reads.
 * @param accounts of the enterprise when it reads its own history; null for people of the park. To the enterprise,
 * steps that the park tried and was refused never happened.
 */
function eventsTold(
  db: Reading,
  enterpriseId: number,
  accounts: ReadonlySet<string> | null,
  limit?: number,
): ToldEvent[] {
  const rows = all<StoredEvent>(
    db,
    `SELECT id, scheme, type, effectiveOn, knownAt, recordedAt, actor, reason, evidence, flags, payload, accepted, refusal
     FROM Event WHERE enterpriseId = ? ORDER BY effectiveOn DESC, id DESC`,
    enterpriseId,
  );
  const corrected = rows.some((row) => row.type === 'void' && row.accepted);
  const inForce = corrected
    ? new Set(visible(readEvents(readerOf(db.raw), enterpriseId)).map((event) => event.id))
    : null;
  const parks = all<{ id: number; name: string }>(db, 'SELECT id, name FROM Park');
  const names: Names = {
    parks: new Map(parks.map(({ id, name }) => [id, name])),
    events: new Map(rows.map((row) => [row.id, row])),
  };
  const shown = accounts === null ? rows : rows.filter((row) => row.accepted === 1);
  return shown.slice(0, limit).map((row) => {
    const told = accounts === null ? toPark(row) : toOwn(row, accounts);
    const voided = row.type !== 'void' && row.accepted === 1 && inForce !== null && !inForce.has(row.id);
    return { row, told, voided, words: detail(row.type, told.payload, names) };
  });
}

/**
 * The log of one enterprise for other programs, the latest first.
 * @param accounts as of {@link timelineItems}
 */
export const eventLog = (db: Reading, enterpriseId: number, accounts: ReadonlySet<string> | null) =>
  eventsTold(db, enterpriseId, accounts).map(({ row, told, voided, words }) => ({
    id: row.id,
    scheme: row.scheme,
    type: row.type,
    label: eventLabel(row.type),
    detail: words,
    effectiveOn: row.effectiveOn,
    knownAt: row.knownAt,
    recordedAt: row.recordedAt,
    recordedBy: told.who,
    reason: told.reason,
    evidence: told.evidence,
    flags: told.flags,
    accepted: row.accepted === 1,
    voided,
    payload: told.payload,
  }));

/**
 * Events of one enterprise, the latest first, in words; what a correction took out is struck.
 * @param accounts of the enterprise when it reads its own history; null for people of the park
 */
export function timelineItems(
  db: Reading,
  enterpriseId: number,
  { limit = 60, accounts = null }: { limit?: number; accounts?: ReadonlySet<string> | null } = {},
) {
  return eventsTold(db, enterpriseId, accounts, limit).map(({ row, told, voided, words }) => ({
    id: String(row.id),
    on: row.effectiveOn,
    scheme: row.scheme,
    schemeLabel: row.scheme && schemeLabel(row.scheme),
    title: eventLabel(row.type),
    detail: [words, told.reason].filter(Boolean).join('；'),
    note: noteOf(row, told.who, told.evidence),
    struck: !row.accepted || voided,
    /** Whether a correction could take it out. */
    correctable:
      accounts === null && row.accepted === 1 && !voided && row.scheme !== null && row.actor !== 'system',
    warn: voided ? '已更正，不再计入' : told.flags,
  }));
}
