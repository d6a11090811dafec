import { getAdjacencyMap } from 'xstate/graph';
import { describe, expect, test } from 'vitest';
import { EVENTS, EVENT_TYPES, SENDERS, type EventType } from './events.ts';
import { FAMILIES, familyOf, SCHEME_FAMILIES, type Family } from './families.ts';
import { enterpriseMachine, KNOWN_SCHEMES, regionEvent } from './enterprise.ts';
import { COLUMNS, HEADLINE_TIERS, isResting, LANES, STATES, type StateId } from './states.ts';
import {
  familyLabel,
  initialLife,
  isLife,
  leadingState,
  lifeLabel,
  refusalOf,
  step,
  type LifeValue,
} from './step.ts';
import { ENDING_EVENTS, NO_SIGNALS, STEP_GUARDS, titleMachine, type Signals } from './title.ts';
import { transition } from 'xstate';

const families: Family[] = Object.values(FAMILIES);
const titleTypes = EVENT_TYPES.filter((type) => EVENTS[type].about === 'title' && type !== 'void');

type Explored = Record<
  string,
  {
    state: { value: unknown };
    transitions: Record<string, { event: Walked['event']; state: { value: unknown } }>;
  }
>;

interface Walked {
  from: LifeValue;
  event: { type: string; signals: Signals };
  to: LifeValue;
}

/** Every state that is reachable, and every step out of it, by XState's own exploration. */
function walk(family: Family, signals: Signals = NO_SIGNALS): Walked[] {
  const machine = titleMachine(family);
  // The signals that the way depends on, for the events that ask for them.
  const events = [
    ...titleTypes.map((type) => ({ type: type as string, signals })),
    ...ENDING_EVENTS.map((type) => ({ type: type as string, signals: { ...signals, stillHeld: true } })),
    { type: 'due', signals: { ...signals, superseded: true } },
  ];
  const map = getAdjacencyMap(machine, {
    events,
    serializeState: (state) => JSON.stringify(state.value),
  });
  return Object.values(map as unknown as Explored).flatMap(({ state, transitions }) =>
    Object.values(transitions).map(({ event, state: next }) => ({
      from: state.value as unknown as LifeValue,
      event,
      to: next.value as unknown as LifeValue,
    })),
  );
}

describe('the table of states', () => {
  // Typed a second time: ids may be added, never renamed.
  test.each([
    'library',
    'nominated',
    'preparing',
    'submitted',
    'formal_review',
    'expert_review',
    'publicised',
    'certified',
    'due',
    'lapsed',
    'refused',
    'withdrawn',
    'revoked',
    'removed',
  ])('still has %s', (id) => {
    expect(STATES).toHaveProperty(id);
  });

  test.each(Object.entries(STATES))('%s has its labels in Chinese and a column of the funnel', (id, info) => {
    expect(id).toMatch(/^[a-z]+(_[a-z]+)*$/);
    expect(info.label).toMatch(/^[\u4e00-\u9fff]+$/);
    expect(info.enterpriseLabel).toMatch(/[\u4e00-\u9fff]/);
    expect(COLUMNS.map((column) => column.id)).toContain(info.column);
  });

  test('no two states are called the same by staff', () => {
    const labels = Object.values(STATES).map((info) => info.label);
    expect(new Set(labels).size).toBe(labels.length);
  });

  test('every event has a label and a known sender, and leads to a state that exists', () => {
    for (const type of EVENT_TYPES) {
      const info: { label: string; by: string; leadsTo?: StateId } = EVENTS[type];
      expect(info.label).toMatch(/[\u4e00-\u9fff]/);
      expect(SENDERS).toContain(info.by);
      if (info.leadsTo) expect(STATES).toHaveProperty(info.leadsTo);
    }
  });

  test('headline tiers are schemes, and every scheme has a family', () => {
    for (const tier of HEADLINE_TIERS) expect(KNOWN_SCHEMES).toContain(tier);
    expect(Object.keys(SCHEME_FAMILIES).sort()).toEqual([...KNOWN_SCHEMES].sort());
    expect(familyOf('somethingOfThePark').id).toBe('generic');
  });
});

describe.each(families.map((family) => [family.id, family] as const))(
  'the life of a title: %s',
  (_, family) => {
    const steps = walk(family);

    test('reaches every state it names, and each of them is in the table', () => {
      const states = (lane: string) => titleMachine(family).config.states![lane]!.states!;
      for (const lane of LANES.filter((lane) => titleMachine(family).config.states![lane])) {
        const reached = new Set(steps.map(({ to }) => to[lane]));
        expect([...reached].sort()).toEqual(Object.keys(states(lane)).sort());
        for (const state of reached) if (!isResting(state!)) expect(STATES).toHaveProperty(state!);
      }
      for (const state of [...family.preparation, ...family.review])
        expect(states('application')).toHaveProperty(state);
    });

    test('every transition walked by the machine is what a step gives', () => {
      expect(steps.length).toBeGreaterThan(1000);
      for (const { from, event, to } of steps) {
        const stepped = step(family, from, event.type, event.signals);
        expect(stepped ? stepped.value : from, `${lifeLabel(family, from)} + ${event.type}`).toEqual(to);
        expect(isLife(family, to)).toBe(true);
      }
    });

    test('takes whatever an authority or the sweep brings, in every state', () => {
      const lives = new Map(steps.map(({ from }) => [JSON.stringify(from), from])).values();
      const types = titleTypes.filter((type) => EVENTS[type].by !== 'park' && !type.startsWith('duty_'));
      for (const life of lives) {
        for (const type of types) {
          const stepped = step(family, life, type, NO_SIGNALS);
          expect(stepped, `${lifeLabel(family, life)} + ${type}`).not.toBeNull();
          const { leadsTo } = EVENTS[type] as { leadsTo?: StateId };
          if (leadsTo) expect(stepped!.value.application).toBe(leadsTo);
        }
      }
    });

    test('certifies out of nothing, and ends only when no other title is in force', () => {
      const certified = step(family, initialLife(family), 'certify', NO_SIGNALS)!;
      expect(certified).toMatchObject({
        value: { application: 'idle', title: 'certified' },
        unexpected: false,
      });
      for (const type of ENDING_EVENTS) {
        expect(step(family, certified.value, type, { ...NO_SIGNALS, stillHeld: true })!.value.title).toBe(
          'certified',
        );
        expect(step(family, certified.value, type, NO_SIGNALS)!.value.title).not.toBe('certified');
      }
    });

    test('every way ends: from each state a title can be certified or refused again', () => {
      for (const { from } of steps) {
        expect(step(family, from, 'certify', NO_SIGNALS)!.value.title).toBe('certified');
        expect(step(family, from, 'refuse', NO_SIGNALS)!.value.application).toBe('refused');
      }
    });

    test('guards stop the park alone, and say why', () => {
      const against: Signals = { ...NO_SIGNALS, vetoed: true, ineligible: true, heldEarly: true };
      for (const { from } of steps.filter((_, index) => index % 50 === 0)) {
        for (const type of titleTypes) {
          const open = step(family, from, type, NO_SIGNALS);
          const guarded = step(family, from, type, against);
          if (open && STEP_GUARDS[type]) {
            expect(guarded).toBeNull();
            expect(refusalOf(family, from, type, against)).toMatch(/^不能“.+”：.+/);
            expect(step(family, from, type, { ...against, override: true })).toEqual(open);
          } else expect(guarded).toEqual(open);
        }
      }
    });

    test('a region of the enterprise steps as the title alone, and leaves the others where they are', () => {
      const scheme = KNOWN_SCHEMES.find((s) => familyOf(s).id === family.id) ?? 'gazelle';
      const own = familyOf(scheme);
      const machine = enterpriseMachine();
      const rest = machine.resolveState({ value: {} as never, context: {} });
      for (const { from, event } of steps.filter((_, index) => index % 97 === 0)) {
        if (!isLife(own, from)) continue;
        const value = { ...(rest.value as object), [scheme]: from };
        const before = machine.resolveState({ value: value as never, context: {} });
        const [after] = transition(machine, before, { ...event, type: regionEvent(scheme, event.type) });
        const alone = step(own, from, event.type, event.signals)?.value ?? from;
        expect(after.value).toEqual({ ...value, [scheme]: alone });
      }
    });
  },
);

describe('the usual ways', () => {
  const go = (family: Family, types: EventType[]) => {
    let value = initialLife(family);
    for (const type of types) {
      const stepped = step(family, value, type, NO_SIGNALS);
      if (!stepped) throw new Error(`${lifeLabel(family, value)} takes no ${type}`);
      expect(stepped.unexpected, type).toBe(false);
      value = stepped.value;
    }
    return value;
  };

  test.each<[keyof typeof FAMILIES, EventType[], string]>([
    [
      'hnte',
      [
        'enrol',
        'nominate',
        'prepare',
        'submit',
        'accept',
        'review',
        'publicise',
        'object',
        'clear',
        'file',
        'certify',
      ],
      'certified',
    ],
    ['hnte', ['enrol', 'nominate', 'submit', 'return', 'resubmit', 'accept', 'refuse'], 'refused'],
    ['hnte', ['certify', 'change', 'due', 'prepare', 'submit', 'publicise', 'certify'], 'certified'],
    ['hnte', ['certify', 'due', 'expire', 'nominate', 'submit', 'certify', 'revoke'], 'revoked'],
    [
      'gradient',
      [
        'enrol',
        'nominate',
        'submit',
        'accept',
        'provincial_check',
        'visit_site',
        'publicise',
        'certify',
        'due',
        'renew',
      ],
      'certified',
    ],
    [
      'giant',
      [
        'nominate',
        'submit',
        'provincial_check',
        'visit_site',
        'recommend',
        'ministry_check',
        'publicise',
        'certify',
      ],
      'certified',
    ],
    ['yearly', ['enrol', 'prepare', 'submit', 'accept', 'publicise', 'certify', 'due', 'expire'], 'lapsed'],
    [
      'pool',
      ['nominate', 'submit', 'screen', 'present', 'visit_site', 'deliberate', 'certify', 'promote'],
      'promoted',
    ],
    ['pool', ['submit', 'screen', 'certify', 'discharge'], 'removed'],
    ['scaleUp', ['enrol', 'follow', 'submit', 'certify', 'discharge'], 'removed'],
    ['scaleUp', ['enrol', 'follow', 'remove'], 'removed'],
    ['generic', ['enrol', 'nominate', 'withdraw'], 'withdrawn'],
    ['listing', ['visit', 'tutor', 'submit', 'exchange_check', 'certify'], 'certified'],
  ])('%s: %j leads to %s', (id, types, state) => {
    expect(leadingState(go(FAMILIES[id], types))).toBe(state);
  });

  test('a family says its own words where it has them', () => {
    expect(familyLabel(FAMILIES.pool, 'certified')).toBe('在库');
    expect(familyLabel(FAMILIES.hnte, 'certified')).toBe('有效');
    expect(familyLabel(FAMILIES.hnte, 'certified', 'enterprise')).toBe('称号有效');
  });
});
