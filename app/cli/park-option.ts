import { CommandError } from './command.ts';
import type { Db } from '../services/database.server.ts';
import { parkIdsNamed } from '../services/parks.server.ts';

/** The ids of the park named by name or code and of all below it; null where none is asked for. @throws CommandError */
export function parkOption(db: Db, park: string | undefined): readonly number[] | null {
  if (park === undefined) return null;
  const ids = parkIdsNamed(db, park);
  if (ids === null) throw new CommandError(`没有园区“${park}”`);
  return ids;
}
