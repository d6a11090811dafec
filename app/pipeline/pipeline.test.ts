import { describe, expect, test } from 'vitest';
import type { EventType, Payload } from '../../machines/events.ts';
import { familyOf } from '../../machines/families.ts';
import { dueEvents } from './duties.ts';
import { foldScheme, newRegion } from './fold.ts';
import { schemeFunnel, tierFunnel } from './funnel.ts';
import { inOrder, knowledgeInstant, visible, type LogEvent } from './log.ts';
import { columnsOf, staysIn, type Stay } from './movement.ts';
import { memberships } from './projection.ts';
import { heldUntil, heldWindows, inForce } from './titles.ts';

let nextId = 1;
const event = (
  type: EventType,
  effectiveOn: string,
  payload: Payload = {},
  scheme: string | null = 'hnte',
): LogEvent => ({
  id: nextId++,
  scheme,
  type,
  effectiveOn,
  knownAt: knowledgeInstant(effectiveOn, 'from'),
  payload,
});
const certify = (from: string, until: string | null, more: Payload = {}) =>
  event('certify', from, { grantedOn: from, validUntil: until, ...more });
const titlesAfter = (...events: LogEvent[]) => foldScheme('hnte', [...events].sort(inOrder)).region.titles;

describe('titles', () => {
  test.each([
    ['the day before', '2023-10-25', false],
    ['the first day', '2023-10-26', true],
    ['the last day', '2026-10-25', true],
    ['the day after', '2026-10-26', false],
  ])('is in force from grant through the last day: %s', (_, on, expected) => {
    expect(titlesAfter(certify('2023-10-26', '2026-10-25')).some((title) => inForce(title, on))).toBe(
      expected,
    );
  });

  test('a renewal without a gap continues the window, one after a gap opens another', () => {
    const first = certify('2020-01-01', '2022-12-31', { no: '1' });
    const at = (from: string) => heldWindows(titlesAfter(first, certify(from, '2026-12-31', { no: '2' })));
    expect(at('2022-12-31')).toHaveLength(1);
    expect(at('2023-01-01')).toHaveLength(1);
    expect(at('2023-01-02').map((w) => [w.from, w.to])).toEqual([
      ['2020-01-01', '2023-01-01'],
      ['2023-01-02', '2027-01-01'],
    ]);
  });

  test('a review passed moves the end on; passed after the end, it opens anew', () => {
    const first = certify('2020-01-01', '2022-12-31');
    const renewed = (on: string) =>
      heldWindows(titlesAfter(first, event('renew', on, { validUntil: '2025-12-31' })));
    expect(renewed('2022-11-01').map((w) => [w.from, w.to])).toEqual([['2020-01-01', '2026-01-01']]);
    expect(renewed('2023-01-01').map((w) => [w.from, w.to])).toEqual([['2020-01-01', '2026-01-01']]);
    expect(renewed('2023-03-01').map((w) => w.from)).toEqual(['2020-01-01', '2023-03-01']);
  });

  test('one title revoked leaves another of the scheme in force', () => {
    const city = certify('2024-01-01', '2026-12-31', { level: 'municipal' });
    const state = certify('2024-06-01', '2027-05-31', { level: 'national' });
    const revoked = event('revoke', '2025-01-01', { level: 'national' });
    const { region } = foldScheme('hnte', [city, state, revoked].sort(inOrder));
    expect(region.value.title).toBe('certified');
    expect(heldUntil(region.titles, '2025-02-01')).toBe('2026-12-31');
  });

  test('an expiry that was recorded does not end a title that turns out to be extended', () => {
    const first = certify('2020-01-01', '2022-12-31', { no: '1' });
    const expired = event('expire', '2023-01-01', { no: '1', validUntil: '2022-12-31' });
    const restated = { ...certify('2020-01-01', '2023-06-30', { no: '1' }), id: nextId++ };
    const { region } = foldScheme('hnte', [first, expired, restated].sort(inOrder));
    expect(heldWindows(region.titles).map((w) => w.to)).toEqual(['2023-07-01']);
  });
});

describe('what a reading sees', () => {
  test('what was not known yet, and what was corrected', () => {
    const wrong = { ...certify('2024-01-01', null), knownAt: '2024-01-02T00:00:00.000Z' };
    const voided = {
      ...event('void', '2024-03-01', { eventId: wrong.id }),
      knownAt: '2024-03-01T00:00:00.000Z',
    };
    const log = [wrong, voided];
    expect(visible(log, '2024-01-01T00:00:00.000Z')).toEqual([]);
    expect(visible(log, '2024-02-01T00:00:00.000Z')).toEqual([wrong]);
    expect(visible(log)).toEqual([]);
  });

  test('a day of knowledge begins and ends in Shanghai', () => {
    expect(knowledgeInstant('2026-05-01', 'from')).toBe('2026-04-30T16:00:00.000Z');
    expect(knowledgeInstant('2026-05-01', 'through')).toBe('2026-05-01T15:59:59.999Z');
  });

  test('events are folded by the day of effect, whatever order they came in', () => {
    const [a, b, c] = [
      event('nominate', '2024-02-01'),
      event('submit', '2024-03-01'),
      event('accept', '2024-04-01'),
    ];
    const spans = foldScheme('hnte', [a, b, c]).spans;
    expect(spans.map((s) => [s.state, s.fromOn, s.toOn])).toEqual([
      ['nominated', '2024-02-01', '2024-03-01'],
      ['submitted', '2024-03-01', '2024-04-01'],
      ['formal_review', '2024-04-01', null],
    ]);
    expect(visible([c, a, b])).toEqual([a, b, c]);
  });

  test('a step that history overtook changes nothing and is named', () => {
    const late = [
      event('submit', '2024-01-01'),
      event('accept', '2024-02-01'),
      event('nominate', '2024-03-01'),
    ];
    const folded = foldScheme('hnte', late);
    expect(folded.region.value.application).toBe('formal_review');
    expect(folded.displaced).toEqual([late[2]!.id]);
  });
});

describe('what a day brings', () => {
  const region = foldScheme('hnte', [certify('2023-10-26', '2026-10-25')]).region;
  test.each([
    ['2026-04-27', []],
    ['2026-04-28', ['due']],
    ['2026-10-25', ['due']],
    ['2026-10-26', ['expire']],
  ])('to a 高企 valid through 2026-10-25, on %s (report filed)', (today, types) => {
    const reported = { ...region, dutyYear: 2026 };
    expect(dueEvents('hnte', reported, today).map((e) => e.type)).toEqual(types);
  });

  test.each([
    ['2025-12-31', []],
    ['2026-01-01', ['duty_open']],
    ['2026-05-31', ['due', 'duty_open']],
    ['2026-06-01', ['due']],
  ])('opens the yearly report in its months: %s', (today, types) => {
    expect(dueEvents('hnte', region, today).map((e) => e.type)).toEqual(types);
  });

  test('nothing where nothing ever happened', () => {
    expect(dueEvents('hnte', newRegion(familyOf('hnte')), '2026-05-06')).toEqual([]);
  });
});

describe('stays and parks', () => {
  const stay = (
    fromOn: string,
    toOn: string | null,
    began = 'first',
    ended: string | null = 'expire',
  ): Stay => ({
    enterpriseId: 1,
    row: 'hnte',
    fromOn,
    toOn,
    began,
    ended,
  });

  test.each<[Stay, string[]]>([
    [stay('2026-01-01', '2026-03-31'), []],
    [stay('2026-01-01', '2026-04-01'), ['opening', 'expired']],
    [stay('2026-01-01', null), ['opening', 'closing']],
    [stay('2026-04-01', '2026-07-01'), ['newly', 'closing']],
    [stay('2026-04-01', '2026-06-30', 'again', 'revoke'), ['renewed', 'revoked']],
    [stay('2026-06-30', '2027-01-01', 'movedIn'), ['movedIn', 'closing']],
    [stay('2026-07-01', null), []],
  ])('%j counts in the second quarter as %j', (given, columns) => {
    expect(columnsOf(given, '2026-04-01', '2026-06-30')).toEqual(columns);
  });

  const held = {
    lane: 'held',
    scheme: 'hnte',
    state: 'held',
    fromOn: '2024-01-01',
    toOn: '2027-01-01',
    began: 'first',
    ended: 'expire',
    eventId: 1,
  };
  const moved = memberships(
    [
      { on: '2025-06-01', from: 1, to: 2, eventId: 2 },
      { on: '2026-03-01', from: 2, to: null, eventId: 3 },
    ],
    null,
  );

  test('a stay is cut where the enterprise moves', () => {
    const summary = (parks: number[] | null) =>
      staysIn(1, held, moved, parks && new Set(parks)).map((s) => [s.fromOn, s.toOn, s.began, s.ended]);
    expect(summary([1])).toEqual([['2024-01-01', '2025-06-01', 'first', 'movedOut']]);
    expect(summary([2])).toEqual([['2025-06-01', '2026-03-01', 'movedIn', 'movedOut']]);
    expect(summary([1, 2])).toEqual([['2024-01-01', '2026-03-01', 'first', 'movedOut']]);
    expect(summary(null)).toEqual([['2024-01-01', '2026-03-01', 'first', 'movedOut']]);
  });
});

describe('the funnel', () => {
  const stock = (lane: string, scheme: string, state: string, count: number) => ({
    lane,
    scheme,
    state,
    count,
  });

  test('tiers from the lowest up, with the share of the tier below and of all', () => {
    const tiers = tierFunnel(
      [
        stock('held', 'hnte', 'held', 40),
        stock('headline', 'headline', 'hnte', 30),
        stock('held', 'srdi', 'held', 10),
        stock('headline', 'headline', 'srdi', 10),
      ],
      100,
    );
    expect(tiers.map((t) => [t.tier, t.headline, t.held, t.shareOfPrevious, t.shareOfStart])).toEqual([
      ['hnte', 30, 40, 0.4, 0.4],
      ['srdi', 10, 10, 0.25, 0.1],
      ['giant', 0, 0, 0, 0],
      ['unicorn', 0, 0, null, 0],
    ]);
  });

  test('stages count who stands there and who got there', () => {
    const funnel = schemeFunnel('hnte', [
      stock('application', 'hnte', 'library', 50),
      stock('application', 'hnte', 'submitted', 6),
      stock('application', 'hnte', 'expert_review', 4),
      stock('held', 'hnte', 'held', 40),
      stock('title', 'hnte', 'certified', 35),
      stock('title', 'hnte', 'due', 5),
    ]);
    const stage = (column: string) => funnel.stages.find((s) => s.column === column)!;
    expect(stage('library')).toMatchObject({ count: 50, reached: 100, shareOfStart: 1 });
    expect(stage('review')).toMatchObject({ count: 10, reached: 50, shareOfStart: 0.5 });
    expect(stage('certified')).toMatchObject({ count: 40, reached: 40, shareOfPrevious: 1 });
    expect(funnel.states.map((s) => s.label)).toEqual(['培育入库', '已提交', '专家评审', '有效', '临近到期']);
  });
});
