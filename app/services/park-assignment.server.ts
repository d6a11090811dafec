/** Enterprises put under a park: as a correction of the record, or as a move that counts. */
import type { Db } from '../db/clients.server.ts';
import type { Clock } from '../db/clock.ts';
import { AppError } from '../db/errors.ts';
import type { Tx } from '../db/writer.server.ts';
import type { Day } from '../rules/day.ts';
import type { Source } from '../rules/facts/schema.ts';
import { submitAll } from './door.server.ts';
import { recordFacts } from './facts.server.ts';
import { findNamed } from './import/find.server.ts';
import type { Park } from './parks.server.ts';

/** Enterprises in one go; more belong into an import. */
export const MOST_LINES = 2000;

export type Manner =
  /** The record was wrong or empty: the enterprise has been there all along, and nothing counts as a move. */
  | { readonly kind: 'correction'; readonly source: Source; readonly knownAt: Day }
  /** It moved on that day: 迁入 here, 迁出 where it was. */
  | { readonly kind: 'move'; readonly on: Day; readonly reason: string };

export interface Assignment {
  readonly parkId: number;
  /** Codes or names, one each. */
  readonly lines: readonly string[];
  readonly manner: Manner;
  readonly actor: string;
}

export interface Assigned {
  readonly assigned: number;
  readonly unchanged: number;
  /** Lines that were not taken, as given. */
  readonly rejected: readonly { readonly line: string; readonly reason: string }[];
}

/**
 * Puts enterprises under a park, each for itself: a line that is not taken does not keep the others.
 * @throws AppError `not-found` (park), `invalid` (no line, too many, a move in the future)
 */
export async function assignToPark(db: Db, clock: Clock, input: Assignment): Promise<Assigned> {
  const lines = [...new Set(input.lines.map((line) => line.trim()).filter((line) => line !== ''))];
  if (lines.length === 0) throw new AppError('invalid', '请填写企业，每行一家');
  if (lines.length > MOST_LINES) throw new AppError('invalid', `一次最多 ${MOST_LINES} 家，更多请用导入`);
  const { manner } = input;
  if (manner.kind === 'move' && manner.on > clock.today())
    throw new AppError('invalid', '迁移日期不能晚于今天');
  return db.write((tx) => {
    const park = tx.prepare<Park>('SELECT * FROM Park WHERE id = ?').get(input.parkId);
    if (!park) throw new AppError('not-found', '没有这个园区');
    const outcomes = lines.map((line) => ({ line, ...assignOne(tx, clock, park, line, input) }));
    return {
      assigned: outcomes.filter(({ outcome }) => outcome === 'assigned').length,
      unchanged: outcomes.filter(({ outcome }) => outcome === 'unchanged').length,
      rejected: outcomes.flatMap(({ line, outcome, reason }) => {
        return outcome === 'rejected' ? [{ line, reason: reason ?? '' }] : [];
      }),
    };
  });
}

interface Outcome {
  readonly outcome: 'assigned' | 'unchanged' | 'rejected';
  readonly reason?: string;
}

const rejected = (reason: string): Outcome => ({ outcome: 'rejected', reason });

function assignOne(tx: Tx, clock: Clock, park: Park, line: string, input: Assignment): Outcome {
  const found = findNamed(tx, line);
  if (!found.ok) return rejected(found.reason);
  const here = tx
    .prepare<{ parkId: number | null }>('SELECT parkId FROM Enterprise WHERE id = ?')
    .get(found.id)!.parkId;
  if (here === park.id) return { outcome: 'unchanged' };
  const { manner, actor } = input;
  return manner.kind === 'move'
    ? move(tx, clock, { id: found.id, from: here, to: park.id }, manner, actor)
    : correct(tx, clock, found.id, park, manner, actor);
}

function move(
  tx: Tx,
  clock: Clock,
  { id, from, to }: { id: number; from: number | null; to: number },
  manner: Extract<Manner, { kind: 'move' }>,
  actor: string,
): Outcome {
  const [result] = submitAll(tx, clock, [
    {
      enterpriseId: id,
      scheme: null,
      type: 'moved',
      effectiveOn: manner.on,
      actor,
      reason: manner.reason || null,
      payload: { from, to },
    },
  ]);
  return result!.ok ? { outcome: 'assigned' } : rejected(result!.reason);
}

function correct(
  tx: Tx,
  clock: Clock,
  enterpriseId: number,
  park: Park,
  { source, knownAt }: Extract<Manner, { kind: 'correction' }>,
  actor: string,
): Outcome {
  const [result] = recordFacts(
    tx,
    clock,
    [{ kind: 'enterprise', enterpriseId, values: { park: park.name } }],
    { actor, source, knownAt },
  );
  if (result!.outcome === 'rejected') return rejected(result!.reason);
  const doubt = result!.flags.find(({ path }) => path === 'park');
  return doubt ? rejected(doubt.message) : { outcome: 'assigned' };
}
