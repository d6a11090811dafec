/** Official windows (申报窗口) as days: which of them a period touches. Yearly entries come once a year. */
import { addDays, addYears, yearOf, type Day } from '../rules/day.ts';

export const WINDOW_KINDS = [
  { id: 'new', label: '申报' },
  { id: 'renewal', label: '复核' },
  { id: 'review', label: '审核上报' },
  { id: 'annual', label: '年度报送' },
] as const;
export type WindowKind = (typeof WINDOW_KINDS)[number]['id'];

/** An entry as kept; a yearly one carries the days of its first year. */
export interface WindowEntry {
  readonly id: number;
  readonly scheme: string;
  readonly kind: WindowKind;
  /** Division code it concerns, as far as its digits go; '' for the whole country. */
  readonly region: string;
  readonly label: string;
  readonly opensOn: Day | null;
  readonly closesOn: Day;
  readonly yearly: boolean;
  readonly lastYear: number | null;
  readonly reference: string;
  readonly link: string | null;
  readonly doubt: string | null;
}

/** One time that a window is open; both days are included. */
export interface OfficialWindow extends WindowEntry {
  /** The same for the same entry and year. */
  readonly key: string;
}

const inYear = (entry: WindowEntry, years: number): OfficialWindow => ({
  ...entry,
  opensOn: entry.opensOn && addYears(entry.opensOn, years),
  closesOn: addYears(entry.closesOn, years),
  key: `${entry.id}-${yearOf(entry.closesOn) + years}`,
});

/** Where a window stands in the calendar: from its first day known. */
const startOf = (window: WindowEntry): Day => window.opensOn ?? window.closesOn;

/** The times an entry is open that touch the period, both days included. */
export function occurrences(entry: WindowEntry, from: Day, to: Day): OfficialWindow[] {
  if (!entry.yearly) {
    return startOf(entry) <= to && entry.closesOn >= from ? [inYear(entry, 0)] : [];
  }
  const first = yearOf(entry.closesOn);
  const found: OfficialWindow[] = [];
  // A window may open in the year before it closes.
  for (let year = Math.max(first, yearOf(from)); year <= yearOf(to) + 1; year += 1) {
    if (entry.lastYear !== null && year > entry.lastYear) break;
    const window = inYear(entry, year - first);
    if (startOf(window) <= to && window.closesOn >= from) found.push(window);
  }
  return found;
}

/** Every window of the period, the first to close first. */
export function windowsIn(entries: readonly WindowEntry[], from: Day, to: Day): OfficialWindow[] {
  return entries
    .flatMap((entry) => occurrences(entry, from, to))
    .sort((a, b) => (a.closesOn < b.closesOn ? -1 : a.closesOn > b.closesOn ? 1 : a.id - b.id));
}

/** How far ahead the next window of a scheme is looked for. */
export const NEXT_DAYS = 400;

/** Windows in which applications of this kind are taken, from a day on, the first to close first. */
export function windowsFor(
  entries: readonly WindowEntry[],
  action: string,
  from: Day,
  to: Day = addDays(from, NEXT_DAYS),
): OfficialWindow[] {
  const kinds: readonly string[] = action === 'renewal' ? ['renewal', 'new'] : ['new'];
  return windowsIn(
    entries.filter(({ kind }) => kinds.includes(kind)),
    from,
    to,
  );
}

/**
 * The day on which an application would be handed in: when a window is open, today; else the opening day of the next
 * one; null where none is known, or not when it opens.
 */
export function applicationDay(entries: readonly WindowEntry[], action: string, today: Day): Day | null {
  const [next] = windowsFor(entries, action, today);
  if (!next?.opensOn) return null;
  return next.opensOn <= today ? today : next.opensOn;
}

/** When applications are next taken, by place of registration; for want of a day, when they are next due. */
export function openingByPlace(
  windows: readonly WindowEntry[],
  action: string,
  today: Day,
): (division: string) => Day | null {
  const known = new Map<string, Day | null>();
  return (division) => {
    if (!known.has(division)) {
      const own = windows.filter(({ region }) => division.startsWith(region));
      known.set(
        division,
        applicationDay(own, action, today) ?? windowsFor(own, action, today)[0]?.closesOn ?? null,
      );
    }
    return known.get(division)!;
  };
}
