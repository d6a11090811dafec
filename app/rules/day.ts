/**
 * Days without time: `YYYY-MM-DD` strings, compared as strings. Pure calendar arithmetic in the proleptic
 * Gregorian calendar; no clock and no time zone is ever asked here.
 */
export type Day = string;

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Days of the given month (1–12) of a year. */
export function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** True for a real calendar day between 1900-01-01 and 2199-12-31, written `YYYY-MM-DD`. */
export function isDay(text: unknown): text is Day {
  if (typeof text !== 'string') return false;
  const found = DAY.exec(text);
  if (!found) return false;
  const [year, month, day] = [Number(found[1]), Number(found[2]), Number(found[3])];
  return (
    year >= 1900 && year < 2200 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)
  );
}

/** The calendar year of a day. */
export function yearOf(day: Day): number {
  return digits(day, 0, 4);
}

/** Two or four decimal digits of a text, without making a string of them. */
function digits(text: string, from: number, to: number): number {
  let value = 0;
  for (let i = from; i < to; i += 1) value = value * 10 + text.charCodeAt(i) - 48;
  return value;
}

/** Whole days since 1970-01-01 (may be negative). Counted from 1 March, so that the leap day comes last. */
export function dayNumber(day: Day): number {
  const month = digits(day, 5, 7);
  const year = digits(day, 0, 4) - (month <= 2 ? 1 : 0);
  const era = Math.floor(year / 400);
  const yearOfEra = year - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + digits(day, 8, 10) - 1;
  return (
    era * 146_097 +
    yearOfEra * 365 +
    Math.floor(yearOfEra / 4) -
    Math.floor(yearOfEra / 100) +
    dayOfYear -
    719_468
  );
}

const pad = (number: number, length: number) => String(number).padStart(length, '0');

/** The inverse of {@link dayNumber}. */
export function dayFromNumber(number: number): Day {
  const shifted = number + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const fromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(dayOfYear - Math.floor((153 * fromMarch + 2) / 5) + 1, 2)}`;
}

/** The day `days` later (earlier when negative). */
export function addDays(day: Day, days: number): Day {
  return dayFromNumber(dayNumber(day) + days);
}

/** The same day `years` later (earlier when negative); 29 February falls to 28 February in a common year. */
export function addYears(day: Day, years: number): Day {
  if (day.endsWith('02-29')) return addMonths(day, years * 12);
  return `${pad(digits(day, 0, 4) + years, 4)}${day.slice(4)}`;
}

/** The same day `months` later (earlier when negative), at most the last day of that month. */
export function addMonths(day: Day, months: number): Day {
  const total = yearOf(day) * 12 + Number(day.slice(5, 7)) - 1 + months;
  const [year, month] = [Math.floor(total / 12), (total % 12) + 1];
  const date = Math.min(Number(day.slice(8, 10)), daysInMonth(year, month));
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
}

/** Days from `from` to `to`; 0 on the same day. */
export function daysBetween(from: Day, to: Day): number {
  return dayNumber(to) - dayNumber(from);
}

/** Completed years from `from` to `to`, counted by anniversary (29 February's is the 28th in a common year); never below 0. */
export function fullYears(from: Day, to: Day): number {
  const years = digits(to, 0, 4) - digits(from, 0, 4);
  if (years <= 0) return 0;
  const [fromDay, toDay] = [
    digits(from, 5, 7) * 100 + digits(from, 8, 10),
    digits(to, 5, 7) * 100 + digits(to, 8, 10),
  ];
  if (toDay >= fromDay) return years;
  return fromDay === 229 && addYears(from, years) <= to ? years : years - 1;
}

/** Quarter of a day, written `2026Q3`. */
export function quarterOf(day: Day): string {
  return `${day.slice(0, 4)}Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;
}

/** First and last day of a quarter written `2026Q3`. */
export function quarterBounds(quarter: string): { from: Day; to: Day } {
  const year = Number(quarter.slice(0, 4));
  const last = Number(quarter.slice(5)) * 3;
  return { from: `${year}-${pad(last - 2, 2)}-01`, to: `${year}-${pad(last, 2)}-${daysInMonth(year, last)}` };
}
