/** A machine in words and as data, read off its own definition: for the command line, the pages and the picture. */
import { EVENTS, isEventType, type Sender } from './events.ts';
import { FAMILIES, familyOf, SCHEME_FAMILIES, type Family } from './families.ts';
import { enterpriseMachine, KNOWN_SCHEMES } from './enterprise.ts';
import {
  BATCH_EVENTS,
  BATCH_STATES,
  ROW_EVENTS,
  ROW_STATES,
  type BatchEventType,
  type RowEventType,
} from './batch-states.ts';
import { BATCH_GUARDS, batchMachine, BATCH_WAYS, waysOf } from './batch.ts';
import { ROW_GUARDS, rowMachine, ROW_WAYS, stagesOf } from './batch-row.ts';
import { isResting, LANE_LABELS, STATES, type Lane, type StateId } from './states.ts';
import { familyLabel } from './step.ts';
import { titleMachine, type GuardName, type LaneConfig, type TransitionConfig } from './title.ts';
import { BATCH_VERSION, MACHINE_VERSION } from './version.ts';

export const GUARD_LABELS: Readonly<Record<GuardName, string>> = {
  notVetoed: '无一票否决情形',
  applicable: '判定不为“不符合”，且没有尚未进入到期窗口的有效称号',
  notHeld: '没有其他有效称号',
  current: '有效期没有被更新',
};

export interface DescribedState {
  readonly id: string;
  readonly label: string;
  readonly enterpriseLabel: string | null;
  /** Column of the funnel; null where nothing is open. */
  readonly column: string | null;
}

export interface DescribedTransition {
  /** `*`: from any state of the lane. */
  readonly from: string;
  /** Null: recorded, the state stays. */
  readonly to: string | null;
  readonly event: string;
  readonly label: string;
  readonly by: Sender;
  readonly guard: string | null;
  readonly guardLabel: string | null;
  /** False: taken, but flagged as out of the usual order. */
  readonly expected: boolean;
}

export interface DescribedLane {
  readonly id: string;
  readonly label: string;
  readonly initial: string;
  readonly states: readonly DescribedState[];
  readonly transitions: readonly DescribedTransition[];
}

export interface DescribedMachine {
  readonly name: string;
  readonly label: string;
  readonly version: number;
  /** Schemes whose titles lead this life. */
  readonly schemes: readonly string[];
  readonly lanes: readonly DescribedLane[];
}

const RESTING_LABELS: Readonly<Record<string, string>> = { idle: '无申报', none: '无称号', clear: '无待办' };

function describeState(family: Family, id: string): DescribedState {
  if (isResting(id)) return { id, label: RESTING_LABELS[id]!, enterpriseLabel: null, column: null };
  return {
    id,
    label: familyLabel(family, id),
    enterpriseLabel: familyLabel(family, id, 'enterprise'),
    column: STATES[id as StateId].column,
  };
}

function transitionsOf(from: string, on: LaneConfig['on']): DescribedTransition[] {
  return Object.entries(on).flatMap(([event, ways]) =>
    ([] as TransitionConfig[]).concat(ways).map(({ target, guard = null, actions }) => ({
      from,
      to: target?.replace(/^\./, '') ?? null,
      event,
      label: isEventType(event) ? EVENTS[event].label : event,
      by: isEventType(event) ? EVENTS[event].by : ('authority' as const),
      guard,
      guardLabel: guard && GUARD_LABELS[guard],
      expected: !actions.includes('unexpected'),
    })),
  );
}

/** The life of one title as its machine defines it. */
export function describeFamily(family: Family): DescribedMachine {
  const lanes = titleMachine(family).config.states as unknown as Record<Lane, LaneConfig>;
  return {
    name: family.id,
    label: family.label,
    version: MACHINE_VERSION,
    schemes: Object.keys(SCHEME_FAMILIES).filter((scheme) => familyOf(scheme).id === family.id),
    lanes: (Object.keys(lanes) as Lane[]).map((id) => {
      const lane = lanes[id];
      const fromStates = Object.entries(lane.states).flatMap(([state, { on }]) => transitionsOf(state, on));
      const transitions = [...fromStates, ...transitionsOf('*', lane.on)];
      // States of other families are there only for announcements out of order; they are not part of this life.
      const known = new Set([lane.initial, ...transitions.filter((t) => t.expected).map((t) => t.to)]);
      return {
        id,
        label: LANE_LABELS[id],
        initial: lane.initial,
        states: Object.keys(lane.states)
          .filter((state) => known.has(state))
          .map((state) => describeState(family, state)),
        transitions: transitions.filter((t) => t.from === '*' || known.has(t.from)),
      };
    }),
  };
}

/** Words for the roles that a step of a batch asks for. */
const ROLE_WORDS: Readonly<Record<string, string>> = {
  staff: '园区人员',
  section: '科室审核',
  leadership: '领导',
  administrator: '系统管理员',
};

const plainState = (labels: Readonly<Record<string, string>>) => (id: string) => ({
  id,
  label: labels[id]!,
  enterpriseLabel: null,
  column: null,
});

const parkStep = (from: string, to: string, event: string, label: string) =>
  ({ from, to, event, label, by: 'park', expected: true }) as const;

function batchTransitions(): DescribedTransition[] {
  return Object.entries(BATCH_WAYS).flatMap(([from, steps]) =>
    Object.entries(steps).flatMap(([type, ways]) =>
      waysOf(ways).map(({ to, roles, guards }) => ({
        ...parkStep(from, to, type, BATCH_EVENTS[type as BatchEventType]),
        guard: guards.join(' ') || null,
        guardLabel: [
          roles.map((role) => ROLE_WORDS[role]).join('或'),
          ...guards.map((g) => BATCH_GUARDS[g].label),
        ].join('；'),
      })),
    ),
  );
}

function rowTransitions(): DescribedTransition[] {
  return Object.entries(ROW_WAYS).flatMap(([from, steps]) =>
    Object.entries(steps).map(([type, { to, guards }]) => {
      const stages = stagesOf(type as RowEventType)?.map((state) => BATCH_STATES[state]);
      const words = [
        ...(stages ? [`批次在${stages.join('、')}`] : []),
        ...guards.map((g) => ROW_GUARDS[g].label),
      ];
      return {
        ...parkStep(from, to, type, ROW_EVENTS[type as RowEventType]),
        guard: guards.join(' ') || null,
        guardLabel: words.join('；') || null,
      };
    }),
  );
}

/** A nomination batch, and beside it the enterprise within it. */
function describeBatch(): DescribedMachine {
  return {
    name: 'batch',
    label: '推荐批次',
    version: BATCH_VERSION,
    schemes: [],
    lanes: [
      {
        id: 'batch',
        label: '批次',
        initial: String(batchMachine().config.initial),
        states: Object.keys(BATCH_STATES).map(plainState(BATCH_STATES)),
        transitions: batchTransitions(),
      },
      {
        id: 'row',
        label: '批次中的企业',
        initial: String(rowMachine().config.initial),
        states: Object.keys(ROW_STATES).map(plainState(ROW_STATES)),
        transitions: rowTransitions(),
      },
    ],
  };
}

export interface MachineEntry {
  readonly name: string;
  readonly label: string;
  readonly version: number;
  readonly schemes: readonly string[];
  readonly states: number;
}

/** Every machine: the enterprise, the life of a title of each family, and the nomination batch. */
export function listMachines(): MachineEntry[] {
  const described = [...Object.values(FAMILIES).map(describeFamily), describeBatch()];
  const others = described.map(({ name, label, version, schemes, lanes }) => {
    return {
      name,
      label,
      version,
      schemes,
      states: lanes.reduce((sum, lane) => sum + lane.states.length, 0),
    };
  });
  const enterprise = {
    name: 'enterprise',
    label: '企业（各称号并行）',
    version: MACHINE_VERSION,
    schemes: KNOWN_SCHEMES,
    states: Object.keys(enterpriseMachine().config.states ?? {}).length,
  };
  return [enterprise, ...others];
}

export interface DescribedEnterprise {
  readonly name: 'enterprise';
  readonly label: string;
  readonly version: number;
  /** Parallel regions, one a scheme; each leads the life of its family. */
  readonly regions: readonly { readonly scheme: string; readonly machine: string; readonly label: string }[];
}

/** The enterprise as its regions. */
export function describeEnterprise(): DescribedEnterprise {
  const regions = Object.keys(enterpriseMachine().config.states ?? {}).map((scheme) => {
    const family = familyOf(scheme);
    return { scheme, machine: family.id, label: family.label };
  });
  return { name: 'enterprise', label: '企业（各称号并行）', version: MACHINE_VERSION, regions };
}

/** The machine of a name: a family, a scheme (its family's), `enterprise` or `batch`; null where there is none. */
export function describeMachine(name: string): DescribedMachine | DescribedEnterprise | null {
  if (name === 'enterprise') return describeEnterprise();
  if (name === 'batch') return describeBatch();
  if (Object.hasOwn(FAMILIES, name)) return describeFamily(FAMILIES[name as keyof typeof FAMILIES]);
  return Object.hasOwn(SCHEME_FAMILIES, name) ? describeFamily(familyOf(name)) : null;
}
