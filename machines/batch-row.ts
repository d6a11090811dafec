/**
 * An enterprise within a nomination batch as an XState machine of its own, stepped purely like the batch's (batch.ts).
 */
import { and, setup, transition } from 'xstate';
import {
  BATCH_STATES,
  ROW_EVENTS,
  ROW_STATES,
  type BatchState,
  type RowEventType,
  type RowState,
} from './batch-states.ts';

/** What the guards of an enterprise in a batch look at. */
export interface RowSituation {
  readonly batch: BatchState;
  readonly confirmed: boolean;
  /** What its check said stands against it now, as far as a clerk may not go on against it. */
  readonly barred: boolean;
  /** The one who asks looks after it, or nobody does. */
  readonly mayConfirm: boolean;
}

const STAGES: Readonly<Partial<Record<RowEventType, readonly BatchState[]>>> = {
  confirm: ['steward'],
  hold: ['checked', 'steward', 'section', 'joint_meeting', 'approved', 'partially_approved', 'submitted'],
  release: ['checked', 'steward', 'section', 'joint_meeting'],
  ask: ['steward', 'section', 'joint_meeting'],
  supply: ['steward', 'section', 'joint_meeting'],
};

export const ROW_GUARDS = {
  free: {
    label: '没有不能越过的原因',
    holds: (s: RowSituation) => !s.barred,
    says: '核对所见的原因不能越过',
  },
  vouched: {
    label: '已经管家确认，或尚在管家确认及之前',
    holds: (s: RowSituation) => s.confirmed || s.batch === 'checked' || s.batch === 'steward',
    says: '未经管家确认，须先退回管家确认环节',
  },
  own: {
    label: '该企业的管家，或企业没有管家',
    holds: (s: RowSituation) => s.mayConfirm,
    says: '该企业由其他管家负责',
  },
} as const;
export type RowGuard = keyof typeof ROW_GUARDS;

interface RowWay {
  readonly to: RowState;
  readonly guards: readonly RowGuard[];
}
const row = (to: RowState, ...guards: RowWay['guards']): RowWay => ({ to, guards });

export const ROW_WAYS: Readonly<Record<RowState, Readonly<Partial<Record<RowEventType, RowWay>>>>> = {
  in: {
    confirm: row('in', 'own'),
    hold: row('held_back'),
    ask: row('supplement'),
    cut: row('cut'),
    approve: row('approved'),
    reject: row('not_nominated'),
    block: row('held_back'),
  },
  held_back: { release: row('in', 'free', 'vouched') },
  supplement: { supply: row('in'), hold: row('held_back') },
  cut: { refill: row('in'), hold: row('held_back') },
  approved: { submit: row('submitted'), hold: row('held_back'), back: row('in') },
  not_nominated: { back: row('in') },
  submitted: { back: row('approved') },
};

interface RowEvent {
  readonly type: string;
  readonly situation: RowSituation;
}

const atStage = (type: string, { batch }: RowSituation) =>
  STAGES[type as RowEventType]?.includes(batch) ?? true;

function buildRow() {
  const machine = setup({
    types: {} as { events: RowEvent },
    guards: {
      stage: ({ event }) => atStage(event.type, event.situation),
      free: ({ event }) => ROW_GUARDS.free.holds(event.situation),
      vouched: ({ event }) => ROW_GUARDS.vouched.holds(event.situation),
      own: ({ event }) => ROW_GUARDS.own.holds(event.situation),
    },
  });
  const states = Object.fromEntries(
    Object.entries(ROW_WAYS).map(([state, steps]) => [
      state,
      {
        on: Object.fromEntries(
          Object.entries(steps).map(([type, { to, guards }]) => [
            type,
            { target: to, guard: and(['stage', ...guards]) as never },
          ]),
        ),
      },
    ]),
  ) as Record<RowState, { on: Record<string, { target: RowState; guard: never }> }>;
  return machine.createMachine({ id: 'batch_row', initial: 'in', states });
}

let builtRow: ReturnType<typeof buildRow> | undefined;
/** The machine of an enterprise in a batch, built once. */
export const rowMachine = (): ReturnType<typeof buildRow> => (builtRow ??= buildRow());

/** State of an enterprise after a step, or null where the machine does not take it. */
export function stepRow(state: RowState, type: RowEventType, situation: RowSituation): RowState | null {
  const snapshot = rowMachine().resolveState({ value: state });
  const event: RowEvent = { type, situation };
  if (!snapshot.can(event)) return null;
  return transition(rowMachine(), snapshot, event)[0].value as RowState;
}

/** Why an enterprise's row does not take a step, in Chinese; null if it takes it. */
export function rowRefusal(state: RowState, type: RowEventType, situation: RowSituation): string | null {
  if (stepRow(state, type, situation) !== null) return null;
  const step = ROW_WAYS[state][type];
  if (!step) return `该企业为“${ROW_STATES[state]}”，不能“${ROW_EVENTS[type]}”`;
  if (!atStage(type, situation)) return `批次为“${BATCH_STATES[situation.batch]}”，不能“${ROW_EVENTS[type]}”`;
  return step.guards
    .filter((guard) => !ROW_GUARDS[guard].holds(situation))
    .map((guard) => ROW_GUARDS[guard].says)
    .join('；');
}

/** Batch states in which an enterprise's step is possible at all; null: with the batch's own step. */
export const stagesOf = (type: RowEventType): readonly BatchState[] | null => STAGES[type] ?? null;
