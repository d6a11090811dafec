/** The days a figure speaks of, both included, and the ones it is compared with. Pure. */
import { addMonths, daysInMonth, quarterBounds, quarterOf, yearOf, type Day } from '../../rules/day.ts';

/** First and last day, both included. A stock speaks of the end of the last. */
export interface DaySpan {
  readonly from: Day;
  readonly to: Day;
}

const monthOf = (day: Day) => Number(day.slice(5, 7));
const isMonthEnd = (day: Day) => Number(day.slice(8)) === daysInMonth(yearOf(day), monthOf(day));

/** The last day of the month stays the last one: 28 February 2025 comes after 29 February 2024. */
const shifted = (day: Day, months: number): Day => {
  const moved = addMonths(day, months);
  if (!isMonthEnd(day)) return moved;
  return moved.slice(0, 8) + String(daysInMonth(yearOf(moved), monthOf(moved))).padStart(2, '0');
};

/** The same days as many months earlier. */
export const monthsBefore = ({ from, to }: DaySpan, months: number): DaySpan => ({
  from: addMonths(from, -months),
  to: shifted(to, -months),
});

/** 同期: the same cumulative days a year earlier (1—9月 against 1—9月). */
export const yearBefore = (span: DaySpan): DaySpan => monthsBefore(span, 12);

/** Whole months that the span covers; null where it does not begin or end with a month. */
function monthsOf({ from, to }: DaySpan): number | null {
  if (!from.endsWith('-01') || !isMonthEnd(to)) return null;
  return (yearOf(to) - yearOf(from)) * 12 + monthOf(to) - monthOf(from) + 1;
}

/** 累计: from the first of January. */
export const yearToDate = (on: Day): DaySpan => ({ from: `${on.slice(0, 4)}-01-01`, to: on });

/** The quarter up to the day. */
export const quarterToDate = (on: Day): DaySpan => ({ from: quarterBounds(quarterOf(on)).from, to: on });

/** The calendar year of a day. */
export const wholeYear = (on: Day): DaySpan => ({
  from: `${on.slice(0, 4)}-01-01`,
  to: `${on.slice(0, 4)}-12-31`,
});

const QUARTERS = ['一', '二', '三', '四'];

/** 9月15日. */
const monthDay = (day: Day) => `${monthOf(day)}月${Number(day.slice(8))}日`;
/** 2026年9月15日. */
const inText = (day: Day) => `${yearOf(day)}年${monthDay(day)}`;

/** The span as reports call it: 2021年, 2020年上半年, 2026年三季度, 2021年1—11月, 2026年9月, or both days. */
export function spanWords(span: DaySpan): string {
  const { from, to } = span;
  const months = monthsOf(span);
  if (yearOf(from) !== yearOf(to)) return `${inText(from)}至${inText(to)}`;
  if (months === null) return `${inText(from)}至${monthDay(to)}`;
  const [year, first, last] = [`${yearOf(from)}年`, monthOf(from), monthOf(to)];
  if (months === 12) return year;
  if (months === 6 && first % 6 === 1) return year + (first === 1 ? '上半年' : '下半年');
  if (months === 3 && first % 3 === 1) return `${year}${QUARTERS[(first - 1) / 3]}季度`;
  return `${year}${months === 1 ? `${first}月` : `${first}—${last}月`}`;
}

/** The day up to which something counts, in a report's words: 截至12月底, 截至6月15日. */
export const untilWords = (day: Day): string =>
  isMonthEnd(day) ? `截至${monthOf(day)}月底` : `截至${monthDay(day)}`;
