/** Calendar files (RFC 5545): whole-day events with a stable identity and a reminder. Pure. */
import { addDays, type Day } from '../rules/day.ts';

export interface CalendarEvent {
  /** The same in every file for the same thing, so that a calendar updates instead of adding. */
  readonly uid: string;
  readonly on: Day;
  /** The last day, where it lasts longer than one. */
  readonly through?: Day;
  readonly summary: string;
  readonly description: string;
  readonly categories: readonly string[];
  /** Days before the first day on which to remind; none where it is left out. */
  readonly remindDays?: number;
}

const LINE_OCTETS = 75;

/** Commas, semicolons, backslashes and line ends of a text value, escaped. */
const text = (value: string): string => value.replace(/[\\;,]/g, '\\$&').replace(/\r\n?|\n/g, '\\n');

const octetsOf = (char: string): number => {
  const code = char.codePointAt(0)!;
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
};

/** One content line, folded after at most 75 octets and never within a character. */
export function foldLine(line: string): string {
  let folded = '';
  let octets = 0;
  for (const char of line) {
    const size = octetsOf(char);
    if (octets + size > LINE_OCTETS) {
      folded += '\r\n ';
      octets = 1;
    }
    folded += char;
    octets += size;
  }
  return `${folded}\r\n`;
}

const date = (day: Day): string => day.replaceAll('-', '');

/** An ISO instant as UTC date-time: `20260506T020000Z`. */
const instantText = (iso: string): string => `${iso.slice(0, 19).replace(/[-:]/g, '')}Z`;

function eventLines(event: CalendarEvent, stamp: string): string[] {
  const lines = [
    'BEGIN:VEVENT',
    `UID:${event.uid}`,
    `DTSTAMP:${stamp}`,
    `DTSTART;VALUE=DATE:${date(event.on)}`,
    // The end of whole days is the day after.
    `DTEND;VALUE=DATE:${date(addDays(event.through ?? event.on, 1))}`,
    `SUMMARY:${text(event.summary)}`,
    `DESCRIPTION:${text(event.description)}`,
    `CATEGORIES:${event.categories.map(text).join(',')}`,
    // It does not make anybody busy.
    'TRANSP:TRANSPARENT',
  ];
  if (event.remindDays !== undefined) {
    lines.push(
      'BEGIN:VALARM',
      'ACTION:DISPLAY',
      `DESCRIPTION:${text(event.summary)}`,
      `TRIGGER:-P${event.remindDays}D`,
      'END:VALARM',
    );
  }
  lines.push('END:VEVENT');
  return lines;
}

/** A calendar file, in pieces as they are written. @param now ISO instant at which it is made */
export function* calendarFile(name: string, events: Iterable<CalendarEvent>, now: string): Generator<string> {
  const head = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Tidu//Tidu//ZH',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `X-WR-CALNAME:${text(name)}`,
  ];
  yield head.map(foldLine).join('');
  const stamp = instantText(now);
  for (const event of events) yield eventLines(event, stamp).map(foldLine).join('');
  yield foldLine('END:VCALENDAR');
}
