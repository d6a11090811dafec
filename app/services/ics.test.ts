import fc from 'fast-check';
import ICAL from 'ical.js';
import { describe, expect, test } from 'vitest';
import { calendarEvents, type CalendarInput } from './expiry-calendar.ts';
import { calendarFile, foldLine, type CalendarEvent } from './ics.ts';

const NOW = '2026-05-06T02:03:04.567Z';
const write = (events: Iterable<CalendarEvent>) => [...calendarFile('梯度', events, NOW)].join('');

interface Read {
  uid: string;
  summary: string;
  description: string;
  from: string;
  to: string;
  wholeDays: boolean;
  reminders: string[];
}

/** Reads a file back with a reader that is not ours. */
function read(file: string): Read[] {
  const calendar = new ICAL.Component(ICAL.parse(file));
  return calendar.getAllSubcomponents('vevent').map((component) => {
    const event = new ICAL.Event(component);
    return {
      uid: event.uid,
      summary: event.summary,
      description: event.description,
      from: event.startDate.toString(),
      to: event.endDate.toString(),
      wholeDays: event.startDate.isDate,
      reminders: component
        .getAllSubcomponents('valarm')
        .map((alarm) => String(alarm.getFirstPropertyValue('trigger'))),
    };
  });
}

const event: CalendarEvent = {
  uid: 'one@tidu',
  on: '2026-12-31',
  summary: '示例有限公司：高企到期',
  description: '证书编号 GR202311000001',
  categories: ['证书到期', '高企'],
  remindDays: 30,
};

describe('a calendar file', () => {
  test('is read back by another program: whole days, the day after as the end, a reminder 30 days before', () => {
    expect(read(write([event]))).toEqual([
      {
        uid: 'one@tidu',
        summary: '示例有限公司：高企到期',
        description: '证书编号 GR202311000001',
        from: '2026-12-31',
        to: '2027-01-01',
        wholeDays: true,
        reminders: ['-P30D'],
      },
    ]);
  });

  test('carries the stamp in UTC and its own name', () => {
    const file = write([event]);
    expect(file).toContain('\r\nDTSTAMP:20260506T020304Z\r\n');
    expect(file.startsWith('BEGIN:VCALENDAR\r\nVERSION:2.0\r\n')).toBe(true);
    expect(file.endsWith('END:VCALENDAR\r\n')).toBe(true);
  });

  test('an event of several days ends on the day after the last', () => {
    const [found] = read(write([{ ...event, on: '2026-07-01', through: '2026-07-31' }]));
    expect([found!.from, found!.to]).toEqual(['2026-07-01', '2026-08-01']);
  });

  // Carriage returns alone come back as line ends, which is what a calendar has for them.
  const anyText = fc
    .string({
      unit: fc.constantFrom('甲', '𠮷', 'a', ',', ';', '\\', '\n', ':', '"', ' ', 'é'),
      maxLength: 200,
    })
    .map((text) => `x${text}x`);

  test('any text comes back as it was, in lines of at most 75 octets', () => {
    fc.assert(
      fc.property(anyText, anyText, (summary, description) => {
        const file = write([{ ...event, summary, description }]);
        const [found] = read(file);
        expect([found!.summary, found!.description]).toEqual([summary, description]);
        for (const line of file.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
      }),
      { numRuns: 200 },
    );
  });

  test('a line of exactly 75 octets is not folded, one more is', () => {
    expect(foldLine('a'.repeat(75))).toBe(`${'a'.repeat(75)}\r\n`);
    expect(foldLine('a'.repeat(76))).toBe(`${'a'.repeat(75)}\r\n a\r\n`);
    // 25 characters of three octets fill a line; none is cut in two.
    expect(foldLine('甲'.repeat(26))).toBe(`${'甲'.repeat(25)}\r\n 甲\r\n`);
  });
});

const title = {
  uscc: '91350100M000100Y43',
  name: '示例',
  scheme: 'hnte',
  schemeLabel: '高企',
  level: null,
  no: 'GR202311000001',
  grantedOn: '2023-12-01',
  validUntil: '2026-11-30',
};
const window = {
  key: '3-2026',
  schemeLabel: '创新型',
  kindLabel: '申报',
  regionLabel: '广东',
  label: '广东省创新型中小企业评价',
  opensOn: '2026-07-01',
  closesOn: '2026-07-31',
  reference: '粤工信融资函〔2026〕39号',
  doubt: null,
};
const events = (input: Partial<CalendarInput>) => [
  ...calendarEvents({ titles: [], duties: [], windows: [], ...input }),
];

describe('what the calendar holds', () => {
  test('a certificate keeps its identity when its last day is corrected', () => {
    const [first] = events({ titles: [title] });
    const [second] = events({ titles: [{ ...title, validUntil: '2026-12-31' }] });
    expect(second!.uid).toBe(first!.uid);
    expect([first!.on, second!.on]).toEqual(['2026-11-30', '2026-12-31']);
  });

  test('two certificates of one enterprise have two identities, the same one stands once', () => {
    const found = events({ titles: [title, { ...title, no: 'GR202311000002' }, title] });
    expect(new Set(found.map(({ uid }) => uid)).size).toBe(2);
    expect(found).toHaveLength(2);
  });

  test('a window has its first and its last day, or only the last where the first was not published', () => {
    expect(events({ windows: [window] }).map(({ on }) => on)).toEqual(['2026-07-01', '2026-07-31']);
    expect(events({ windows: [{ ...window, opensOn: null }] }).map(({ on }) => on)).toEqual(['2026-07-31']);
  });

  test('everything is reminded of 30 days before', () => {
    const duty = {
      scheme: 'hnte',
      schemeLabel: '高企',
      label: '年报',
      basis: '32号',
      closesOn: '2027-05-31',
      due: 2,
    };
    const file = write(events({ titles: [title], duties: [duty], windows: [window] }));
    expect(read(file).map(({ reminders }) => reminders)).toEqual(Array.from({ length: 4 }, () => ['-P30D']));
  });
});
