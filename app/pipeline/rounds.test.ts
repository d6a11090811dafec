import { describe, expect, test } from 'vitest';
import type { LogEvent } from './log.ts';
import { announcedAlready } from './rounds.ts';

let id = 0;
const event = (type: string, effectiveOn: string, payload: LogEvent['payload'] = {}): LogEvent => ({
  id: (id += 1),
  scheme: 'hnte',
  type,
  effectiveOn,
  knownAt: `${effectiveOn}T00:00:00.000Z`,
  payload,
});

const ON = '2026-07-01';
const known = (events: LogEvent[], type = 'publicise', stated = {}) =>
  announcedAlready(events, type, ON, stated) !== null;

describe('announced already', () => {
  test.each<[string, LogEvent[], boolean]>([
    ['nothing', [], false],
    ['the same day', [event('publicise', ON)], true],
    ['180 days before', [event('publicise', '2026-01-02')], true],
    ['181 days before', [event('publicise', '2026-01-01')], false],
    ['180 days later', [event('publicise', '2026-12-28')], true],
    ['181 days later', [event('publicise', '2026-12-29')], false],
    ['another kind on the same day', [event('accept', ON)], false],
    ['before an end in between', [event('publicise', '2026-06-01'), event('refuse', '2026-06-15')], false],
    ['before a new application', [event('publicise', '2026-06-01'), event('submit', '2026-06-15')], false],
    ['before another stage', [event('publicise', '2026-06-01'), event('site_check', '2026-06-15')], true],
    [
      'before an end later than both',
      [event('publicise', '2026-06-01'), event('certify', '2026-07-15')],
      true,
    ],
    ['after an end in between', [event('certify', '2026-07-15'), event('publicise', '2026-08-01')], false],
    ['the same day, an end before it', [event('refuse', '2026-06-15'), event('publicise', ON)], true],
  ])('%s', (_what, events, expected) => {
    expect(known(events)).toBe(expected);
  });

  test.each<[string, LogEvent, object, boolean]>([
    ['the same number years ago', event('certify', '2023-07-01', { no: 'GR1' }), { no: 'GR1' }, true],
    ['another number on the same day', event('certify', ON, { no: 'GR2' }), { no: 'GR1' }, false],
    ['no number on record', event('certify', '2026-06-20'), { no: 'GR1' }, true],
    ['no number on the list', event('certify', '2026-06-20', { no: 'GR1' }), {}, true],
    ['another level', event('certify', ON, { level: 'provincial' }), { level: 'national' }, false],
    ['level not stated', event('certify', ON, { level: 'national' }), { level: null }, true],
    ['three years ago', event('certify', '2023-07-01'), {}, false],
  ])('a certificate: %s', (_what, past, stated, expected) => {
    expect(known([past], 'certify', stated)).toBe(expected);
  });

  test('a renewal keeps its number: an earlier one is another round', () => {
    const past = event('renew', '2023-07-01', { no: 'GR1' });
    expect(known([past], 'renew', { no: 'GR1' })).toBe(false);
    expect(known([event('renew', '2026-06-20', { no: 'GR1' })], 'renew', { no: 'GR1' })).toBe(true);
  });
});
