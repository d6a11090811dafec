/** The day of application a candidate list is judged for, and the window it comes from. */
import { applicationDay } from '../pipeline/windows.ts';
import { isDay, type Day } from '../rules/day.ts';
import type { Scope } from './scope.server.ts';
import { count, type Reading } from './sql.server.ts';
import { nextWindow, windowEntries, type ShownWindow } from './windows.server.ts';

export interface ApplicationDay {
  readonly on: Day;
  /** Where the day comes from: the address, the window, or today for want of one. */
  readonly by: 'asked' | 'window' | 'today';
  /** The window open or ahead, else the last one; null where none is on record. */
  readonly window: ShownWindow | null;
  /** The day taken when none is asked for. */
  readonly usual: Day;
}

/** Whether any enterprise is registered where a window is held. */
const isOurs = (db: Reading) => (region: string) =>
  region === '' ||
  count(
    db,
    'SELECT EXISTS (SELECT 1 FROM Enterprise WHERE division >= ? AND division < ?)',
    region,
    `${region}~`,
  ) === 1;

/**
 * Reads the day of application of an address (`on`): else the opening day of the next window of this scheme where the
 * enterprises are; else the day looked at.
 */
export function readApplicationDay(
  db: Reading,
  query: URLSearchParams,
  { scheme, action }: { scheme: string; action: string },
  scope: Scope,
): ApplicationDay {
  const ours = isOurs(db);
  const window = nextWindow(db, scheme, action, scope.asOf, ours);
  const entries = windowEntries(db, scheme).filter(({ region }) => ours(region));
  const opening = scope.isToday ? applicationDay(entries, action, scope.asOf) : null;
  const usual = opening ?? scope.asOf;
  const asked = query.get('on');
  if (isDay(asked)) return { on: asked, by: 'asked', window, usual };
  return { on: usual, by: opening !== null && opening !== scope.asOf ? 'window' : 'today', window, usual };
}
