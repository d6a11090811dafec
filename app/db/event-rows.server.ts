/** Reading the event log: of one enterprise, and of all in one pass with flat memory. */
import type { LogEvent } from '../pipeline/log.ts';
import type { Reader } from './connection.server.ts';

interface EventRow extends Omit<LogEvent, 'payload'> {
  payload: string;
}

const COLUMNS = 'id, scheme, type, effectiveOn, knownAt, payload';

function toEvent(row: EventRow): LogEvent {
  return {
    id: row.id,
    scheme: row.scheme,
    type: row.type,
    effectiveOn: row.effectiveOn,
    knownAt: row.knownAt,
    payload: JSON.parse(row.payload) as LogEvent['payload'],
  };
}

/** The accepted events of an enterprise in the order of the log. */
export function readEvents(reader: Reader, enterpriseId: number): LogEvent[] {
  return reader
    .prepare<EventRow>(`SELECT ${COLUMNS} FROM Event WHERE enterpriseId = ? AND accepted = 1 ORDER BY id`)
    .all(enterpriseId)
    .map(toEvent);
}

/** Enterprises read at a time. */
const CHUNK = 2000;

/** The accepted events of every enterprise that has any, enterprise by enterprise in the order of their ids. */
export function* eventsByEnterprise(reader: Reader): Generator<{ enterpriseId: number; events: LogEvent[] }> {
  const rows = reader.prepare<EventRow & { enterpriseId: number }>(
    `SELECT enterpriseId, ${COLUMNS} FROM Event WHERE enterpriseId > ? AND enterpriseId <= ? AND accepted = 1
     ORDER BY enterpriseId, id`,
  );
  const { last } = reader
    .prepare<{ last: number }>('SELECT coalesce(max(id), 0) AS last FROM Enterprise')
    .get()!;
  for (let start = 0; start < last; start += CHUNK) {
    let enterpriseId = 0;
    let events: LogEvent[] = [];
    for (const row of rows.all(start, start + CHUNK)) {
      if (row.enterpriseId !== enterpriseId) {
        if (events.length > 0) yield { enterpriseId, events };
        enterpriseId = row.enterpriseId;
        events = [];
      }
      events.push(toEvent(row));
    }
    if (events.length > 0) yield { enterpriseId, events };
  }
}
