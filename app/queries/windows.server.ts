/** Official windows as they are kept, and those near a day. */
import { readerOf } from '../db/fact-rows.server.ts';
import { readWindowRows, type WindowRow } from '../db/window-rows.server.ts';
import { NEXT_DAYS, WINDOW_KINDS, windowsFor, windowsIn, type OfficialWindow } from '../pipeline/windows.ts';
import { addDays, daysBetween, type Day } from '../rules/day.ts';
import { REGIONS, regionLabel } from '../pipeline/regions.ts';
import { schemeLabel } from './schemes.server.ts';
import type { Reading } from './sql.server.ts';

/** Entries in force, the latest to close first. */
export const windowEntries = (db: Reading, scheme: string | null = null): WindowRow[] =>
  readWindowRows(readerOf(db.raw), scheme);

export type ShownWindow = OfficialWindow & {
  readonly schemeLabel: string;
  readonly kindLabel: string;
  readonly regionLabel: string;
  readonly status: 'open' | 'ahead' | 'closed';
  /** Days from the day looked at to the last day. */
  readonly daysLeft: number;
};

const kindLabel = (kind: string) => WINDOW_KINDS.find(({ id }) => id === kind)?.label ?? kind;

/** A window in words, seen on a day. */
export function showWindow(window: OfficialWindow, on: Day): ShownWindow {
  const { opensOn, closesOn } = window;
  return {
    ...window,
    schemeLabel: schemeLabel(window.scheme),
    kindLabel: kindLabel(window.kind),
    regionLabel: regionLabel(window.region),
    status: closesOn < on ? 'closed' : opensOn !== null && opensOn > on ? 'ahead' : 'open',
    daysLeft: daysBetween(on, closesOn),
  };
}

/** Windows that are open between two days, counted from the day looked at. */
export function windowsBetween(db: Reading, on: Day, from: number, to: number, scheme: string | null = null) {
  return windowsIn(windowEntries(db, scheme), addDays(on, from), addDays(on, to)).map((window) =>
    showWindow(window, on),
  );
}

/** Windows that are open on the day or within the days after it. */
export const windowsAhead = (db: Reading, on: Day, days: number, scheme: string | null = null) =>
  windowsBetween(db, on, 0, days, scheme);

/** The next window for applicants of a scheme: the one open, else the first ahead; the last one past if none. */
export function nextWindow(
  db: Reading,
  scheme: string,
  action: string,
  on: Day,
  isOurs: (region: string) => boolean = () => true,
): ShownWindow | null {
  const entries = windowEntries(db, scheme).filter(({ region }) => isOurs(region));
  const found =
    windowsFor(entries, action, on)[0] ??
    windowsFor(entries, action, addDays(on, -NEXT_DAYS), addDays(on, -1)).at(-1);
  return found ? showWindow(found, on) : null;
}

/** The page on which operators keep the windows. */
export function windowsPage(db: Reading, on: Day) {
  const entries = windowEntries(db).map((entry) => {
    // A yearly entry is shown at the time nearest ahead, or its last.
    const shown =
      windowsIn([entry], on, addDays(on, NEXT_DAYS))[0] ?? windowsIn([entry], '1900-01-01', on).at(-1);
    return showWindow(shown ?? { ...entry, key: String(entry.id) }, on);
  });
  const rank = { open: 0, ahead: 1, closed: 2 };
  return entries.sort(
    (a, b) =>
      rank[a.status] - rank[b.status] ||
      (a.status === 'closed' ? b.closesOn.localeCompare(a.closesOn) : a.closesOn.localeCompare(b.closesOn)) ||
      a.id - b.id,
  );
}
export type WindowLine = ReturnType<typeof windowsPage>[number];

/** What may be chosen in the form of a window. */
export const windowChoices = {
  kinds: WINDOW_KINDS.map(({ id, label }) => ({ value: id, label })),
  regions: REGIONS.map(({ code, label }) => ({ value: code, label })),
};

/** An entry as the form shows it, by its field names; null where there is none such. */
export function windowForm(db: Reading, id: string | null): Record<string, string> | null {
  const entry = windowEntries(db).find((each) => String(each.id) === id);
  if (!entry) return null;
  return {
    id: String(entry.id),
    scheme: entry.scheme,
    kind: entry.kind,
    region: entry.region,
    label: entry.label,
    opensOn: entry.opensOn ?? '',
    closesOn: entry.closesOn,
    ...(entry.yearly ? { yearly: 'on' } : {}),
    lastYear: entry.lastYear === null ? '' : String(entry.lastYear),
    reference: entry.reference,
    link: entry.link ?? '',
    doubt: entry.doubt ?? '',
    enteredBy: entry.enteredBy,
    enteredAt: entry.enteredAt,
  };
}
