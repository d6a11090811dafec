/** The facts of enterprises as rules read them. */
import type { Db } from '../db/clients.server.ts';
import type { Reader } from '../db/connection.server.ts';
import { readerOf, readParts, streamParts, type Selection } from '../db/fact-rows.server.ts';
import { AppError } from '../db/errors.ts';
import type { Facts } from '../rules/facts/parse.ts';
import { assembleFacts, recordedFacts, type StoredParts } from '../rules/facts/stored.ts';

/** The facts of one enterprise. @throws AppError `not-found` */
export function loadFacts(db: Db, enterpriseId: number): Facts {
  return factsIn(readerOf(db.raw), enterpriseId);
}

/** The same inside a write transaction: with what the transaction has written. */
export function factsIn(reader: Reader, enterpriseId: number): Facts {
  return assembleFacts(partsIn(reader, enterpriseId));
}

function partsIn(reader: Reader, enterpriseId: number): StoredParts {
  const parts = readParts(reader, enterpriseId);
  if (!parts) throw new AppError('not-found', '没有这家企业');
  return parts;
}

/** The facts of one enterprise as they are on record, for handing them out. @throws AppError `not-found` */
export function loadRecorded(db: Db, enterpriseId: number): Facts {
  return recordedFacts(partsIn(readerOf(db.raw), enterpriseId));
}

export interface StreamedFacts {
  readonly enterpriseId: number;
  readonly facts: Facts;
}

export interface FactsSelection extends Selection {
  /** False leaves out where the values come from, for judging without explaining. */
  readonly provenance?: boolean;
}

/**
 * The facts of all enterprises selected, one after the other in the order of their ids, as they stand when the
 * reading begins; memory stays flat. Ends its own connection, also when it is left early.
 */
export function* streamFacts(db: Db, selection: FactsSelection = {}): Generator<StreamedFacts> {
  const connection = db.openReader();
  try {
    for (const parts of streamParts(connection, selection)) {
      yield { enterpriseId: parts.enterprise.id, facts: assembleFacts(parts, selection.provenance) };
    }
  } finally {
    connection.close();
  }
}
