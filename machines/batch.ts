/**
 * A nomination batch as an XState machine, stepped purely: no clock, no database, no actor (its enterprises:
 * batch-row.ts). Who may take a step and what must be so before it are named guards; the same guards tell a page why a button
 * is shut. What an enterprise's own life allows is not asked here but by the one write door.
 */
import { and, setup, transition } from 'xstate';
import {
  BATCH_EVENTS,
  BATCH_STATES,
  type BatchEventType,
  type BatchState,
  type RowState,
} from './batch-states.ts';

/** Departments that must have agreed at the joint meeting: more than one, as the word says. */
export const LEAST_SIGNATURES = 2;

/** What the guards of a batch look at: who asks, and how the batch stands. */
export interface BatchSituation {
  readonly role: string;
  /** The one who asks drew the batch up or changed the draft. */
  readonly drafter: boolean;
  readonly rows: Readonly<Record<RowState, number>>;
  /** Enterprises listed that no steward has confirmed. */
  readonly unconfirmed: number;
  /** How many may be nominated; null: no limit. */
  readonly quota: number | null;
  /** Departments that agreed, and that did not. */
  readonly agreed: number;
  readonly disagreed: number;
  /** Minutes of the meeting attached. */
  readonly minutes: number;
  /** How many a decision takes in; null before one is made: then all that are listed count. */
  readonly chosen: number | null;
  /** The last decision left some out. */
  readonly partly: boolean;
  /** Enterprises agreed on that have not been submitted, or whose outcome is not known. */
  readonly unsettled: number;
  /** Something followed on an enterprise's way that taking the last step back would contradict. */
  readonly followed: boolean;
}

export const NO_ROWS: BatchSituation['rows'] = {
  in: 0,
  held_back: 0,
  supplement: 0,
  cut: 0,
  approved: 0,
  not_nominated: 0,
  submitted: 0,
};

const total = ({ rows }: BatchSituation) => Object.values(rows).reduce((sum, n) => sum + n, 0);

/** Those that take up the quota: one that supplements keeps its place. */
const listed = ({ rows }: BatchSituation) => rows.in + rows.supplement;

/** Each guard with what is said when it does not hold. */
export const BATCH_GUARDS = {
  fourEyes: {
    label: '不是起草或修改批次的人',
    holds: (s: BatchSituation) => !s.drafter,
    says: '起草或修改过批次的人不能审批（双人复核）',
  },
  ownDraft: {
    label: '起草人或系统管理员',
    holds: (s: BatchSituation) => s.drafter || s.role === 'administrator',
    says: '只能由起草人或系统管理员办理',
  },
  hasRows: { label: '批次中有企业', holds: (s: BatchSituation) => total(s) > 0, says: '批次中还没有企业' },
  someIn: { label: '有列入的企业', holds: (s: BatchSituation) => s.rows.in > 0, says: '没有列入的企业' },
  noSupplement: {
    label: '没有企业在补充材料',
    holds: (s: BatchSituation) => s.rows.supplement === 0,
    says: '还有企业在补充材料',
  },
  confirmed: {
    label: '列入的企业均经管家确认',
    holds: (s: BatchSituation) => s.unconfirmed === 0,
    says: '还有列入的企业未经管家确认',
  },
  overQuota: {
    label: '列入的企业超过限额',
    holds: (s: BatchSituation) => s.quota !== null && listed(s) > s.quota,
    says: '列入的企业没有超过限额',
  },
  room: {
    label: '限额未满，且有限额外的企业',
    holds: (s: BatchSituation) => s.rows.cut > 0 && (s.quota === null || listed(s) < s.quota),
    says: '没有限额外的企业，或限额已满',
  },
  withinQuota: {
    label: '列入的企业不超过限额',
    holds: (s: BatchSituation) => s.quota === null || (s.chosen ?? s.rows.in) <= s.quota,
    says: '超过限额，请先按限额择优',
  },
  signed: {
    label: `至少 ${LEAST_SIGNATURES} 个部门签署同意，没有部门不同意`,
    holds: (s: BatchSituation) => s.agreed >= LEAST_SIGNATURES && s.disagreed === 0,
    says: `须有至少 ${LEAST_SIGNATURES} 个部门签署同意，且没有部门不同意`,
  },
  minuted: { label: '已附会议纪要', holds: (s: BatchSituation) => s.minutes > 0, says: '还没有附会议纪要' },
  someApproved: {
    label: '有同意推荐而未报送的企业',
    holds: (s: BatchSituation) => s.rows.approved > 0,
    says: '没有同意推荐而未报送的企业',
  },
  settled: {
    label: '报送的企业均有结果',
    holds: (s: BatchSituation) => s.unsettled === 0,
    says: '还有企业没有报送，或没有结果（认定、未通过或撤回）',
  },
  untouched: {
    label: '企业之后没有新的办理',
    holds: (s: BatchSituation) => !s.followed,
    says: '之后企业已有新的办理，不能退回；请在企业的称号页更正',
  },
  partly: { label: '会议只同意部分企业', holds: (s: BatchSituation) => s.partly, says: '' },
} as const;
export type BatchGuard = keyof typeof BATCH_GUARDS;

interface Way {
  readonly to: BatchState;
  readonly roles: readonly string[];
  readonly guards: readonly BatchGuard[];
}

const WRITERS = ['staff', 'administrator'];
const SECTION = ['section', 'administrator'];
const MEETING = ['section', 'leadership', 'administrator'];
const OFFICE = ['staff', 'section', 'administrator'];

const way = (to: BatchState, roles: readonly string[], ...guards: BatchGuard[]): Way => ({
  to,
  roles,
  guards,
});

/** Every step of a batch by the state it starts from; where two are given, the first whose guards hold is taken. */
export const BATCH_WAYS: Readonly<
  Record<BatchState, Readonly<Partial<Record<BatchEventType, Way | readonly Way[]>>>>
> = {
  drawn: {
    check: way('checked', WRITERS, 'hasRows'),
    edit: way('drawn', WRITERS),
    withdraw: way('withdrawn', WRITERS, 'ownDraft'),
  },
  checked: {
    check: way('checked', WRITERS, 'hasRows'),
    edit: way('drawn', WRITERS),
    cut: way('checked', OFFICE, 'overQuota'),
    refill: way('checked', OFFICE, 'room'),
    send: way('steward', WRITERS, 'someIn'),
    withdraw: way('withdrawn', WRITERS, 'ownDraft'),
  },
  steward: {
    cut: way('steward', OFFICE, 'overQuota'),
    refill: way('steward', OFFICE, 'room'),
    pass_steward: way('section', WRITERS, 'someIn', 'noSupplement', 'confirmed'),
    return: way('returned', WRITERS),
    undo: way('checked', WRITERS, 'ownDraft'),
    withdraw: way('withdrawn', WRITERS, 'ownDraft'),
  },
  section: {
    cut: way('section', OFFICE, 'overQuota'),
    refill: way('section', OFFICE, 'room'),
    pass_section: way('joint_meeting', SECTION, 'fourEyes', 'someIn', 'noSupplement'),
    return: way('returned', SECTION),
    undo: way('steward', WRITERS),
    withdraw: way('withdrawn', WRITERS, 'ownDraft'),
  },
  joint_meeting: {
    cut: way('joint_meeting', OFFICE, 'overQuota'),
    refill: way('joint_meeting', OFFICE, 'room'),
    sign: way('joint_meeting', MEETING, 'fourEyes'),
    minute: way('joint_meeting', [...OFFICE, 'leadership']),
    approve: way(
      'approved',
      MEETING,
      'fourEyes',
      'someIn',
      'noSupplement',
      'withinQuota',
      'signed',
      'minuted',
    ),
    approve_partly: way(
      'partially_approved',
      MEETING,
      'fourEyes',
      'someIn',
      'noSupplement',
      'withinQuota',
      'signed',
      'minuted',
    ),
    return: way('returned', MEETING),
    undo: way('section', SECTION),
    withdraw: way('withdrawn', WRITERS, 'ownDraft'),
  },
  approved: {
    prepare: way('approved', OFFICE, 'someApproved'),
    submit: way('submitted', OFFICE, 'someApproved'),
    undo: way('joint_meeting', MEETING, 'fourEyes', 'untouched'),
    withdraw: way('withdrawn', WRITERS, 'ownDraft'),
  },
  partially_approved: {
    prepare: way('partially_approved', OFFICE, 'someApproved'),
    submit: way('submitted', OFFICE, 'someApproved'),
    undo: way('joint_meeting', MEETING, 'fourEyes', 'untouched'),
    withdraw: way('withdrawn', WRITERS, 'ownDraft'),
  },
  submitted: {
    submit: way('submitted', OFFICE, 'someApproved'),
    close: way('closed', OFFICE, 'settled'),
    undo: [way('partially_approved', OFFICE, 'untouched', 'partly'), way('approved', OFFICE, 'untouched')],
  },
  closed: {},
  returned: {
    check: way('checked', WRITERS, 'hasRows'),
    edit: way('returned', WRITERS),
    withdraw: way('withdrawn', WRITERS, 'ownDraft'),
  },
  withdrawn: {},
};

interface BatchEvent {
  readonly type: string;
  readonly situation: BatchSituation;
}

/** The ways of one step as a list. */
export const waysOf = (ways: Way | readonly Way[]): readonly Way[] => ('to' in ways ? [ways] : ways);

const permitted = (roles: readonly string[]) => ({ type: 'permitted', params: { roles } }) as const;

function build() {
  const guards = Object.fromEntries(
    Object.entries(BATCH_GUARDS).map(([name, { holds }]) => [
      name,
      ({ event }: { event: BatchEvent }) => holds(event.situation),
    ]),
  ) as Record<BatchGuard, (args: { event: BatchEvent }) => boolean>;
  const machine = setup({
    types: {} as { events: BatchEvent },
    guards: {
      ...guards,
      permitted: ({ event }, { roles }: { roles: readonly string[] }) => roles.includes(event.situation.role),
    },
  });
  const states = Object.fromEntries(
    Object.entries(BATCH_WAYS).map(([state, steps]) => [
      state,
      {
        on: Object.fromEntries(
          Object.entries(steps).map(([type, ways]) => [
            type,
            waysOf(ways).map(({ to, roles, guards: names }) => ({
              target: to,
              guard: and([permitted(roles), ...names]) as never,
            })),
          ]),
        ),
      },
    ]),
  ) as Record<BatchState, { on: Record<string, { target: BatchState; guard: never }[]> }>;
  return machine.createMachine({ id: 'batch', initial: 'drawn', states });
}

let built: ReturnType<typeof build> | undefined;
/** The machine of a batch, built once. */
export const batchMachine = (): ReturnType<typeof build> => (built ??= build());

/** State after a step, or null where the machine does not take it. */
export function stepBatch(
  state: BatchState,
  type: BatchEventType,
  situation: BatchSituation,
): BatchState | null {
  const snapshot = batchMachine().resolveState({ value: state });
  const event: BatchEvent = { type, situation };
  if (!snapshot.can(event)) return null;
  return transition(batchMachine(), snapshot, event)[0].value as BatchState;
}

/** Why the batch does not take a step, in Chinese; null if it takes it. */
export function batchRefusal(
  state: BatchState,
  type: BatchEventType,
  situation: BatchSituation,
): string | null {
  if (stepBatch(state, type, situation) !== null) return null;
  const ways = BATCH_WAYS[state][type];
  if (!ways) return `当前为“${BATCH_STATES[state]}”，不能“${BATCH_EVENTS[type]}”`;
  const last = waysOf(ways).at(-1)!;
  if (!last.roles.includes(situation.role)) return `您的角色不能“${BATCH_EVENTS[type]}”`;
  const failed = last.guards.filter((guard) => !BATCH_GUARDS[guard].holds(situation));
  return failed.map((guard) => BATCH_GUARDS[guard].says).join('；');
}

/** Whether a role has anything to do with a step in this state, so that others are not shown a shut button. */
export const concerns = (state: BatchState, type: BatchEventType, role: string): boolean => {
  const ways = BATCH_WAYS[state][type];
  return ways !== undefined && waysOf(ways).some(({ roles }) => roles.includes(role));
};
