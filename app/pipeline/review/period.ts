/** The days a review speaks of: its window, and the ones it is compared with. Pure. */
import {
  addDays,
  addMonths,
  daysBetween,
  isDay,
  quarterBounds,
  quarterOf,
  type Day,
} from '../../rules/day.ts';
import { spanWords, yearBefore } from '../figures/span.ts';
import { REVIEW_WINDOWS, type DaySpan, type ReviewPeriod, type ReviewWindow } from './tables.ts';

export const WINDOW_LABELS: Readonly<Record<ReviewWindow, string>> = {
  quarter: '本季度',
  half: '半年',
  cumulative: '年初累计',
  year: '全年',
};

/** `2026Q3`, a quarter whose first and last day this program can write. */
export const isQuarter = (text: unknown): text is string =>
  typeof text === 'string' && /^\d{4}Q[1-4]$/.test(text) && isDay(quarterBounds(text).from);

export const isWindow = (text: unknown): text is ReviewWindow =>
  (REVIEW_WINDOWS as readonly unknown[]).includes(text);

/** Windows that end with the quarter: half a year with its second quarter, the year with the fourth. */
export function windowsOf(quarter: string): ReviewWindow[] {
  const number = Number(quarter.slice(5));
  return REVIEW_WINDOWS.filter(
    (window) =>
      window === 'quarter' ||
      (window === 'cumulative' && (number === 2 || number === 3)) ||
      (window === 'half' && (number === 2 || number === 4)) ||
      (window === 'year' && number === 4),
  ).filter((window) => !(window === 'cumulative' && number === 2));
}

/** The quarter before. */
export const quarterBefore = (quarter: string): string => quarterOf(addDays(quarterBounds(quarter).from, -1));
/** The quarter after. */
export const quarterAfter = (quarter: string): string => quarterOf(addDays(quarterBounds(quarter).to, 1));

const MONTHS: Readonly<Record<Exclude<ReviewWindow, 'cumulative'>, number>> = {
  quarter: 3,
  half: 6,
  year: 12,
};

/** First and last day of a window, however far it is. */
function boundsOf(quarter: string, window: ReviewWindow): DaySpan {
  const { to } = quarterBounds(quarter);
  if (window === 'cumulative') return { from: `${quarter.slice(0, 4)}-01-01`, to };
  return { from: addMonths(`${to.slice(0, 8)}01`, 1 - MONTHS[window]), to };
}

/**
 * The window of a quarter up to the day looked at. A quarter that has not begun has no days: it is looked at as a
 * whole, and is empty of events.
 */
export function periodOf(quarter: string, window: ReviewWindow, today: Day): ReviewPeriod {
  const { from, to } = boundsOf(quarter, window);
  const running = from <= today && today < to;
  const until = running ? today : to;
  return {
    quarter,
    window,
    from,
    to: until,
    running,
    label: spanWords({ from, to }) + (running ? `（截至${until}）` : ''),
  };
}

export type ComparedSpan = DaySpan & { readonly label: string };

/**
 * The period just before, of the same length (环比), as far into it as the running one is; none for windows from the
 * first of January, which have no period of their kind before them within the year.
 */
export function previousOf({ from, to, quarter, window, running }: ReviewPeriod): ComparedSpan | null {
  if (window !== 'quarter' && window !== 'half') return null;
  const months = MONTHS[window];
  const start = addMonths(from, -months);
  const end = addDays(from, -1);
  const reached = addDays(start, daysBetween(from, to));
  const span = { from: start, to: running && reached < end ? reached : end };
  const whole = boundsOf(window === 'quarter' ? quarterBefore(quarter) : quarterOf(end), window);
  return { ...span, label: span.to === end ? spanWords(whole) : spanWords(span) };
}

/** The same days a year earlier (同比). */
export function yearBeforeOf(period: DaySpan): ComparedSpan {
  const span = yearBefore(period);
  return { ...span, label: spanWords(span) };
}
