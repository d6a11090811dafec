import { getAdjacencyMap } from 'xstate/graph';
import { describe, expect, test } from 'vitest';
import {
  BATCH_EVENTS,
  BATCH_STATES,
  BATCH_WAY,
  OPEN_BATCH_STATES,
  ROW_EVENTS,
  ROW_STATES,
  type BatchEventType,
  type BatchState,
  type RowEventType,
  type RowState,
} from './batch-states.ts';
import {
  BATCH_WAYS,
  batchMachine,
  batchRefusal,
  concerns,
  NO_ROWS,
  stepBatch,
  waysOf,
  type BatchSituation,
} from './batch.ts';
import { ROW_WAYS, rowMachine, rowRefusal, stepRow, type RowSituation } from './batch-row.ts';

const calm: BatchSituation = {
  role: 'administrator',
  drafter: false,
  rows: { ...NO_ROWS, in: 3 },
  unconfirmed: 0,
  quota: null,
  agreed: 2,
  disagreed: 0,
  minutes: 1,
  chosen: null,
  partly: false,
  unsettled: 0,
  followed: false,
};
const states = Object.keys(BATCH_STATES) as BatchState[];
const types = Object.keys(BATCH_EVENTS) as BatchEventType[];

describe('a batch', () => {
  // Typed a second time: ids may be added, never renamed.
  test('keeps the ids of its states and of its rows’ states', () => {
    expect(states).toEqual(
      expect.arrayContaining(
        'drawn checked steward section joint_meeting approved partially_approved submitted closed returned withdrawn'.split(
          ' ',
        ),
      ),
    );
    expect(Object.keys(ROW_STATES)).toEqual(
      expect.arrayContaining('in held_back supplement cut approved not_nominated submitted'.split(' ')),
    );
    for (const id of [...states, ...types, ...Object.keys(ROW_STATES), ...Object.keys(ROW_EVENTS)])
      expect(id).toMatch(/^[a-z]+(_[a-z]+)*$/);
  });

  test('reaches every state from the first, and every state but the ends has a way out', () => {
    const situations = [
      calm,
      { ...calm, drafter: true },
      { ...calm, partly: true },
      { ...calm, rows: { ...NO_ROWS, approved: 3, submitted: 1 } },
      { ...calm, rows: { ...NO_ROWS, in: 3, cut: 1 }, quota: 2 },
    ];
    const events = types.flatMap((type) => situations.map((situation) => ({ type, situation })));
    const map = getAdjacencyMap(batchMachine(), { events: events as never }) as unknown as Record<
      string,
      { state: { value: string }; transitions: object }
    >;
    expect(new Set(Object.values(map).map(({ state }) => state.value))).toEqual(new Set(states));
    for (const state of OPEN_BATCH_STATES) expect(Object.keys(BATCH_WAYS[state]).length).toBeGreaterThan(0);
    for (const state of ['closed', 'withdrawn'] as const) expect(BATCH_WAYS[state]).toEqual({});
  });

  test('goes its straight way', () => {
    const steps = ['check', 'send', 'pass_steward', 'pass_section', 'approve', 'submit', 'close'] as const;
    const decided = { ...calm, rows: { ...NO_ROWS, approved: 3 } };
    let state: BatchState = 'drawn';
    for (const [i, type] of steps.entries()) {
      state = stepBatch(state, type, type === 'submit' || type === 'close' ? decided : calm)!;
      expect(state).toBe(BATCH_WAY[i + 1]);
    }
  });

  test.each(states.flatMap((state) => types.map((type) => [state, type] as const)))(
    '%s %s: is refused exactly when it does not step, and says why in words',
    (state, type) => {
      for (const role of ['staff', 'section', 'leadership', 'administrator', 'enterprise'])
        for (const drafter of [true, false])
          for (const rows of [NO_ROWS, calm.rows, { ...NO_ROWS, approved: 1 }]) {
            const situation = { ...calm, role, drafter, rows };
            const reason = batchRefusal(state, type, situation);
            expect(reason === null).toBe(stepBatch(state, type, situation) !== null);
            if (reason !== null) expect(reason).toMatch(/[一-鿿]/);
          }
    },
  );

  const both: readonly [
    string,
    BatchState,
    BatchEventType,
    Partial<BatchSituation>,
    Partial<BatchSituation>,
  ][] = [
    ['four eyes at the section', 'section', 'pass_section', { drafter: false }, { drafter: true }],
    ['four eyes at the meeting', 'joint_meeting', 'approve', { drafter: false }, { drafter: true }],
    ['four eyes at a partial decision', 'joint_meeting', 'approve_partly', {}, { drafter: true }],
    ['four eyes at a signature', 'joint_meeting', 'sign', {}, { drafter: true }],
    ['the section reviews', 'section', 'pass_section', { role: 'section' }, { role: 'staff' }],
    ['staff does not decide', 'joint_meeting', 'approve', { role: 'leadership' }, { role: 'staff' }],
    ['the section does not draw up', 'drawn', 'check', { role: 'staff' }, { role: 'section' }],
    ['an enterprise does nothing', 'drawn', 'edit', { role: 'staff' }, { role: 'enterprise' }],
    ['somebody is listed', 'checked', 'send', {}, { rows: { ...NO_ROWS, held_back: 3 } }],
    ['all are confirmed', 'steward', 'pass_steward', { unconfirmed: 0 }, { unconfirmed: 1 }],
    ['no supplement is open', 'section', 'pass_section', {}, { rows: { ...NO_ROWS, in: 3, supplement: 1 } }],
    ['two departments', 'joint_meeting', 'approve', { agreed: 2 }, { agreed: 1 }],
    ['nobody against it', 'joint_meeting', 'approve', { disagreed: 0 }, { agreed: 3, disagreed: 1 }],
    ['minutes', 'joint_meeting', 'approve', { minutes: 1 }, { minutes: 0 }],
    ['at the quota', 'joint_meeting', 'approve', { quota: 3 }, { quota: 2 }],
    [
      'chosen at the quota',
      'joint_meeting',
      'approve_partly',
      { quota: 2, chosen: 2 },
      { quota: 1, chosen: 2 },
    ],
    ['only what is over is cut', 'section', 'cut', { quota: 2 }, { quota: 3 }],
    ['no limit cuts nothing', 'section', 'cut', { quota: 2 }, { quota: null }],
    [
      'a supplement keeps its place',
      'section',
      'cut',
      { quota: 3, rows: { ...NO_ROWS, in: 3, supplement: 1 } },
      { quota: 4, rows: { ...NO_ROWS, in: 3, supplement: 1 } },
    ],
    [
      'refill while there is room',
      'section',
      'refill',
      { quota: 4, rows: { ...NO_ROWS, in: 3, cut: 1 } },
      { quota: 3, rows: { ...NO_ROWS, in: 3, cut: 1 } },
    ],
    ['own draft', 'checked', 'withdraw', { role: 'staff', drafter: true }, { role: 'staff' }],
    ['nothing followed', 'approved', 'undo', {}, { followed: true }],
    ['settled', 'submitted', 'close', { unsettled: 0 }, { unsettled: 1 }],
  ];
  test.each(both)('%s', (_, state, type, allowed, forbidden) => {
    expect(batchRefusal(state, type, { ...calm, ...allowed })).toBeNull();
    expect(batchRefusal(state, type, { ...calm, ...forbidden })).toMatch(/[一-鿿]/);
  });

  test('goes back from a submission to the decision it came from', () => {
    expect(stepBatch('submitted', 'undo', { ...calm, partly: true })).toBe('partially_approved');
    expect(stepBatch('submitted', 'undo', { ...calm, partly: false })).toBe('approved');
  });

  test('concerns those who may do something with it', () => {
    expect(concerns('section', 'pass_section', 'section')).toBe(true);
    expect(concerns('section', 'pass_section', 'staff')).toBe(false);
    expect(concerns('drawn', 'pass_section', 'section')).toBe(false);
  });

  test('has a role for every step', () => {
    for (const steps of Object.values(BATCH_WAYS))
      for (const ways of Object.values(steps))
        for (const { roles } of waysOf(ways)) expect(roles.length).toBeGreaterThan(0);
  });
});

describe('an enterprise in a batch', () => {
  const free: RowSituation = { batch: 'steward', confirmed: true, barred: false, mayConfirm: true };
  const rowStates = Object.keys(ROW_STATES) as RowState[];
  const rowTypes = Object.keys(ROW_EVENTS) as RowEventType[];

  test('reaches every state', () => {
    const events = rowTypes.flatMap((type) =>
      (['steward', 'approved'] as const).map((batch) => ({ type, situation: { ...free, batch } })),
    );
    const map = getAdjacencyMap(rowMachine(), { events: events as never }) as unknown as Record<
      string,
      { state: { value: string } }
    >;
    expect(new Set(Object.values(map).map(({ state }) => state.value))).toEqual(new Set(rowStates));
  });

  test.each(rowStates.flatMap((state) => rowTypes.map((type) => [state, type] as const)))(
    '%s %s: is refused exactly when it does not step',
    (state, type) => {
      for (const batch of states)
        for (const barred of [true, false]) {
          const situation = { ...free, batch, barred };
          const reason = rowRefusal(state, type, situation);
          expect(reason === null).toBe(stepRow(state, type, situation) !== null);
          expect(reason === null ? ROW_WAYS[state][type]?.to : null).toBe(stepRow(state, type, situation));
        }
    },
  );

  const both: readonly [string, RowState, RowEventType, Partial<RowSituation>, Partial<RowSituation>][] = [
    ['its steward confirms', 'in', 'confirm', { mayConfirm: true }, { mayConfirm: false }],
    ['confirmed at the steward’s desk only', 'in', 'confirm', {}, { batch: 'section' }],
    ['a veto stays', 'held_back', 'release', { barred: false }, { barred: true }],
    [
      'unconfirmed is not listed again behind the steward’s back',
      'held_back',
      'release',
      { batch: 'section', confirmed: true },
      { batch: 'section', confirmed: false },
    ],
    ['supplements are asked in review', 'in', 'ask', { batch: 'section' }, { batch: 'checked' }],
    ['nobody is held back once all is over', 'approved', 'hold', { batch: 'submitted' }, { batch: 'closed' }],
  ];
  test.each(both)('%s', (_, state, type, allowed, forbidden) => {
    expect(rowRefusal(state, type, { ...free, ...allowed })).toBeNull();
    expect(rowRefusal(state, type, { ...free, ...forbidden })).toMatch(/[一-鿿]/);
  });
});
