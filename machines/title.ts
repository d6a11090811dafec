/**
 * The life of one title as an XState machine: parallel lanes for the application, the title and the yearly duty,
 * built from a family's data. Stepped purely (step.ts); it holds no timer and starts no actor.
 *
 * The park's own steps are guarded and possible only where they make sense. What an authority announced is taken
 * in every state: where it comes as expected by a transition of the state, elsewhere by one of the lane that
 * marks it `unexpected`.
 */
import { assign, setup } from 'xstate';
import {
  EVENTS,
  EVENT_TYPES,
  type EventInfo,
  type EventType,
  type Payload,
  type VerdictSummary,
} from './events.ts';
import type { Family } from './families.ts';
import type { StateId } from './states.ts';

/** What guards look at, worked out from the event, the ledger of titles and the verdict (step.ts). */
export interface Signals {
  /** A veto applies according to the verdict in the event. */
  readonly vetoed: boolean;
  /** The verdict in the event says ineligible. */
  readonly ineligible: boolean;
  /** A title is in force and its renewal window has not opened. */
  readonly heldEarly: boolean;
  /** A person decided to go on against the guard. */
  readonly override: boolean;
  /** Another title of the scheme is (still) in force after the event. */
  readonly stillHeld: boolean;
  /** A later certificate or renewal moved the end of validity on, so this reminder of it is void. */
  readonly superseded: boolean;
}

export const NO_SIGNALS: Signals = {
  vetoed: false,
  ineligible: false,
  heldEarly: false,
  override: false,
  stillHeld: false,
  superseded: false,
};

export interface TitleEvent {
  readonly type: string;
  readonly signals: Signals;
  readonly payload?: Payload;
}

/** Context of one title's region. */
export interface TitleContext {
  /** What our rules said when a verdict last came with an event. */
  readonly verdict: VerdictSummary | null;
}

export const GUARDS = {
  /** Entering the library: anything but a veto. */
  notVetoed: (signals: Signals) => signals.override || !signals.vetoed,
  /** Nominating and submitting: not ineligible, and not while a title is in force that is far from its end. */
  applicable: (signals: Signals) =>
    signals.override || !(signals.vetoed || signals.ineligible || signals.heldEarly),
  notHeld: (signals: Signals) => !signals.stillHeld,
  current: (signals: Signals) => !signals.superseded,
} as const;
export type GuardName = keyof typeof GUARDS;

/** Which guard protects a step of the park, if any. */
export const STEP_GUARDS: Readonly<Partial<Record<EventType, GuardName>>> = {
  enrol: 'notVetoed',
  visit: 'notVetoed',
  follow: 'notVetoed',
  nominate: 'applicable',
  submit: 'applicable',
  resubmit: 'notVetoed',
};

export interface TransitionConfig {
  target?: string;
  guard?: GuardName;
  actions: ('remember' | 'unexpected')[];
}
export interface StateConfig {
  on: Record<string, TransitionConfig | TransitionConfig[]>;
}
export interface LaneConfig {
  initial: string;
  on: Record<string, TransitionConfig | TransitionConfig[]>;
  states: Record<string, StateConfig>;
}
export interface LifeConfig {
  type: 'parallel';
  states: Record<string, LaneConfig>;
}

const to = (target: string, guard?: GuardName): TransitionConfig =>
  guard ? { target, guard, actions: ['remember'] } : { target, actions: ['remember'] };
const stay = (): TransitionConfig => ({ actions: ['remember'] });
const unexpected = (target: string, guard?: GuardName): TransitionConfig => ({
  ...to(`.${target}`, guard),
  actions: ['remember', 'unexpected'],
});

/** The event by which a state of the application is reached. */
const REACHED_BY = new Map<StateId, EventType>();
for (const type of EVENT_TYPES) {
  const info: EventInfo = EVENTS[type];
  if (info.leadsTo && !REACHED_BY.has(info.leadsTo)) REACHED_BY.set(info.leadsTo, type);
}

function reach(target: StateId): [EventType, TransitionConfig] {
  const type = REACHED_BY.get(target)!;
  return [type, to(target, STEP_GUARDS[type])];
}

const CULTIVATION: ReadonlySet<StateId> = new Set(['library', 'visited', 'followed']);

function applicationLane(family: Family): LaneConfig {
  const { preparation, review } = family;
  const states: Record<string, StateConfig> = {};
  const parkSteps = [...preparation, review[0]!];

  const cultivated = preparation.some((state) => CULTIVATION.has(state));
  for (const rest of ['idle', 'refused', 'withdrawn', ...(cultivated ? ['removed'] : [])]) {
    states[rest] = { on: Object.fromEntries(parkSteps.map(reach)) };
  }
  preparation.forEach((state, index) => {
    const on = Object.fromEntries(parkSteps.slice(index + 1).map(reach)) as StateConfig['on'];
    if (CULTIVATION.has(state)) on.remove = to('removed');
    else on.withdraw = to('withdrawn');
    states[state] = { on };
  });
  const underReview = (later: readonly StateId[]): StateConfig['on'] => ({
    ...Object.fromEntries(later.map(reach)),
    return: to('supplement'),
    refuse: to('refused'),
    withdraw: to('withdrawn'),
  });
  review.forEach((state, index) => {
    // The authority's later stages are all expected: parks seldom see every one of them.
    states[state] = { on: underReview(review.slice(index + 1)) };
  });
  states.supplement = { on: { ...underReview(review.slice(1)), resubmit: to('submitted', 'notVetoed') } };
  delete states.supplement.on.return;
  if (review.includes('publicised')) {
    states.publicised!.on.object = to('objection');
    const afterPublicity = review.slice(review.indexOf('publicised') + 1);
    states.objection = { on: { ...underReview(afterPublicity), clear: to('publicised') } };
  }

  const on: LaneConfig['on'] = { certify: to('.idle'), renew: to('.idle') };
  for (const type of EVENT_TYPES) {
    const info: EventInfo = EVENTS[type];
    if (info.by !== 'authority' || !info.leadsTo) continue;
    if (!Object.hasOwn(states, info.leadsTo)) states[info.leadsTo] = { on: underReview([]) };
    on[type] = unexpected(info.leadsTo);
  }
  return { initial: 'idle', on, states };
}

/** Ends of a title: the event and the state it leads to unless another title of the scheme is in force. */
const ENDINGS = {
  expire: 'lapsed',
  revoke: 'revoked',
  relinquish: 'relinquished',
  promote: 'promoted',
  discharge: 'removed',
} as const;
export type Ending = keyof typeof ENDINGS;
export const ENDING_EVENTS = Object.keys(ENDINGS) as Ending[];

function titleLane(family: Family): LaneConfig {
  const expires = family.windowDays > 0;
  const usual: readonly string[] = [...(expires ? ['expire'] : []), 'revoke', ...family.ends];
  const held: StateConfig['on'] = expires ? { renew: to('certified') } : {};
  const on: LaneConfig['on'] = {
    certify: to('.certified'),
    renew: unexpected('certified'),
    due: [unexpected('due', 'current'), stay()],
    change: stay(),
  };
  const states: Record<string, StateConfig> = { none: { on: {} }, certified: { on: {} }, due: { on: {} } };
  for (const [type, state] of Object.entries(ENDINGS)) {
    states[state] ??= { on: {} };
    on[type] = [unexpected(state, 'notHeld'), stay()];
    if (usual.includes(type)) held[type] = [to(state, 'notHeld'), stay()];
  }
  states.certified = { on: expires ? { ...held, due: [to('due', 'current'), stay()] } : held };
  states.due = { on: held };
  return { initial: 'none', on, states };
}

function dutyLane(): LaneConfig {
  const settled = Object.fromEntries(ENDING_EVENTS.map((type) => [type, [to('.clear', 'notHeld'), stay()]]));
  return {
    initial: 'clear',
    on: {
      ...settled,
      duty_open: to('.report_due'),
      duty_overdue: to('.report_overdue'),
      report: to('.clear'),
    },
    states: {
      clear: { on: {} },
      report_due: { on: {} },
      report_overdue: { on: {} },
    },
  };
}

/** The parallel lanes of one title's life, ready to be a machine of its own or a region of the enterprise. */
export function lifeOf(family: Family): LifeConfig {
  return {
    type: 'parallel',
    states: {
      application: applicationLane(family),
      title: titleLane(family),
      ...(family.duty ? { duty: dutyLane() } : {}),
    },
  };
}

/** What the context becomes by an event. */
export function remember(context: TitleContext, event: Pick<TitleEvent, 'payload'>): TitleContext {
  return event.payload?.verdict ? { verdict: event.payload.verdict } : context;
}

const machines = new Map<string, ReturnType<typeof buildTitleMachine>>();

function buildTitleMachine(family: Family) {
  return setup({
    types: {} as { context: TitleContext; events: TitleEvent },
    guards: {
      notVetoed: ({ event }) => GUARDS.notVetoed(event.signals),
      applicable: ({ event }) => GUARDS.applicable(event.signals),
      notHeld: ({ event }) => GUARDS.notHeld(event.signals),
      current: ({ event }) => GUARDS.current(event.signals),
    },
    actions: {
      remember: assign(({ context, event }) => remember(context, event)),
      unexpected: () => {},
    },
  }).createMachine({ id: family.id, context: { verdict: null }, ...lifeOf(family) });
}

/** The machine of one title's life, built once per family. */
export function titleMachine(family: Family): ReturnType<typeof buildTitleMachine> {
  let machine = machines.get(family.id);
  if (!machine) machines.set(family.id, (machine = buildTitleMachine(family)));
  return machine;
}
