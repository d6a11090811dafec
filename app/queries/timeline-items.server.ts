/** The history of an enterprise as its page shows it. */
import { eventLabel } from '../../machines/events.ts';
import { dayInShanghai } from '../db/clock.ts';
import { schemeLabel } from './schemes.server.ts';
import { all, type Reading } from './sql.server.ts';

interface StoredEvent {
  id: number;
  scheme: string | null;
  type: string;
  effectiveOn: string;
  recordedAt: string;
  actor: string;
  reason: string | null;
  flags: string | null;
  payload: string;
  accepted: number;
  refusal: string | null;
}

/** What of a payload is worth a line. */
function detail(payload: string): string {
  const { no, validUntil, oldName, newName, oldCode, newCode } = JSON.parse(payload) as Record<
    string,
    unknown
  >;
  return [
    no && `证书编号 ${String(no)}`,
    validUntil && `有效期至 ${String(validUntil)}`,
    oldName && newName && `${String(oldName)} → ${String(newName)}`,
    oldCode && newCode && `${String(oldCode)} → ${String(newCode)}`,
  ]
    .filter(Boolean)
    .join('，');
}

/** Events of one enterprise, the latest first, in words. */
export function timelineItems(db: Reading, enterpriseId: number, limit = 60) {
  const rows = all<StoredEvent>(
    db,
    `SELECT id, scheme, type, effectiveOn, recordedAt, actor, reason, flags, payload, accepted, refusal FROM Event
     WHERE enterpriseId = ? ORDER BY effectiveOn DESC, id DESC LIMIT ?`,
    enterpriseId,
    limit,
  );
  return rows.map((row) => ({
    id: String(row.id),
    on: row.effectiveOn,
    scheme: row.scheme,
    schemeLabel: row.scheme && schemeLabel(row.scheme),
    title: eventLabel(row.type),
    detail: [detail(row.payload), row.reason].filter(Boolean).join('；'),
    note: `${dayInShanghai(row.recordedAt)} 由 ${row.actor} 记录`,
    struck: !row.accepted,
    warn: row.refusal ?? (row.flags ? (JSON.parse(row.flags) as string[]).join('；') : null),
  }));
}
