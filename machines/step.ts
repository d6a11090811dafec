/**
 * Pure stepping of one title's life on the server. XState decides; because the machine is finite, what it decided
 * for a state, an event and the answers of the guards is remembered, so that bulk work (import of history, sweep,
 * rebuild) costs a table look-up a step. No actor is ever created.
 */
import { transition } from 'xstate';
import {
  EVENTS,
  EVENT_TYPES,
  FAVOURABLE,
  eventLabel,
  type EventType,
  type VerdictSummary,
} from './events.ts';
import type { Family } from './families.ts';
import { LANES, RESTING, STATES, isResting, type Lane, type StateId } from './states.ts';
import { GUARDS, NO_SIGNALS, STEP_GUARDS, titleMachine, type Signals, type TitleEvent } from './title.ts';

/** State of each lane of one title's life; families without a yearly duty have no `duty`. */
export interface LifeValue {
  readonly application: string;
  readonly title: string;
  readonly duty?: string;
}

/** Before anything happened. */
export function initialLife(family: Family): LifeValue {
  return family.duty ? { ...RESTING } : { application: RESTING.application, title: RESTING.title };
}

export interface Stepped {
  readonly value: LifeValue;
  /** Taken, but not from where it was expected. */
  readonly unexpected: boolean;
}

const remembered = new Map<string, Stepped | null>();

function key(family: Family, value: LifeValue, type: string, signals: Signals): string {
  const bits =
    (signals.vetoed ? 1 : 0) |
    (signals.ineligible ? 2 : 0) |
    (signals.heldEarly ? 4 : 0) |
    (signals.override ? 8 : 0) |
    (signals.stillHeld ? 16 : 0) |
    (signals.superseded ? 32 : 0);
  return `${family.id}|${value.application}|${value.title}|${value.duty ?? ''}|${type}|${bits}`;
}

/** One step of one title; null where the machine does not take the event. */
export function step(family: Family, value: LifeValue, type: string, signals: Signals): Stepped | null {
  const k = key(family, value, type, signals);
  const known = remembered.get(k);
  if (known !== undefined) return known;
  const result = ask(family, value, { type, signals });
  remembered.set(k, result);
  return result;
}

function ask(family: Family, value: LifeValue, event: TitleEvent): Stepped | null {
  const machine = titleMachine(family);
  const snapshot = machine.resolveState({ value: value as never, context: { verdict: null } });
  if (!snapshot.can(event)) return null;
  const [next, actions] = transition(machine, snapshot, event);
  return {
    value: next.value as unknown as LifeValue,
    unexpected: actions.some((action) => action.type === 'unexpected'),
  };
}

/** True where the stored value names states that this version of the family knows, lane by lane. */
export function isLife(family: Family, value: unknown): value is LifeValue {
  if (typeof value !== 'object' || value === null) return false;
  const lanes = titleMachine(family).config.states as Record<string, { states?: object }>;
  const names = Object.keys(lanes);
  return (
    Object.keys(value).length === names.length &&
    names.every((lane) =>
      Object.hasOwn(lanes[lane]!.states ?? {}, String((value as Record<string, unknown>)[lane])),
    )
  );
}

/** Why the machine refuses a step of the park, in Chinese; null if it takes it. */
export function refusalOf(
  family: Family,
  value: LifeValue,
  type: EventType,
  signals: Signals,
  verdict?: VerdictSummary | null,
): string | null {
  if (step(family, value, type, signals)) return null;
  if (!step(family, value, type, NO_SIGNALS)) {
    return `当前为“${lifeLabel(family, value)}”，不能“${eventLabel(type)}”`;
  }
  const reasons: string[] = [];
  if (signals.vetoed) reasons.push('存在一票否决情形');
  if (signals.ineligible && STEP_GUARDS[type] === 'applicable') {
    const unmet = verdict?.unmet.length ? `，未达到 ${verdict.unmet.length} 项条件` : '';
    reasons.push(`按 ${verdict?.rule ?? '现行规则'} 判定为不符合${unmet}`);
  }
  if (signals.heldEarly && STEP_GUARDS[type] === 'applicable')
    reasons.push('已持有有效称号，尚未进入到期窗口');
  return `不能“${eventLabel(type)}”：${reasons.join('；')}`;
}

/** What is odd about a step that was taken, in Chinese. */
export function oddities(
  type: EventType,
  stepped: Stepped,
  signals: Signals,
  verdict?: VerdictSummary | null,
): string[] {
  const flags: string[] = [];
  if (stepped.unexpected) flags.push('与此前状态的顺序不符');
  if (FAVOURABLE.has(type) && verdict?.outcome === 'ineligible')
    flags.push(`与本系统按 ${verdict.rule} 的判定（不符合）不一致`);
  const guard = STEP_GUARDS[type];
  if (guard && signals.override && !GUARDS[guard]({ ...signals, override: false }))
    flags.push('经办人说明理由后越过判定');
  if (EVENTS[type].by === 'park' && guard && verdict?.outcome === 'undetermined')
    flags.push('办理时判定为待定');
  return flags;
}

/** A step that could come next, as a button or an edge of the picture. */
export interface PossibleStep {
  readonly type: EventType;
  readonly label: string;
  readonly by: 'park' | 'authority';
  readonly lane: Lane;
  /** State of that lane to which it leads. */
  readonly to: string;
  readonly allowed: boolean;
  /** Why it is not allowed. */
  readonly reason: string | null;
}

/** The park's steps from here, blocked ones with the guard's explanation, and what an authority may say next. */
export function stepsFrom(
  family: Family,
  value: LifeValue,
  signals: Signals,
  verdict?: VerdictSummary | null,
): PossibleStep[] {
  const steps: PossibleStep[] = [];
  for (const type of EVENT_TYPES) {
    const { by, about, label } = EVENTS[type];
    if (about !== 'title' || (by !== 'park' && by !== 'authority')) continue;
    const open = step(family, value, type, NO_SIGNALS);
    if (!open || open.unexpected) continue;
    const moved = LANES.filter((l) => open.value[l] !== value[l]);
    const lane = moved.find((l) => !isResting(open.value[l]!)) ?? moved[0];
    if (!lane) continue;
    const reason = by === 'park' ? refusalOf(family, value, type, signals, verdict) : null;
    steps.push({ type, label, by, lane, to: open.value[lane]!, allowed: reason === null, reason });
  }
  return steps;
}

/** A family's word for one of its states. */
export function familyLabel(family: Family, state: string, reader: 'staff' | 'enterprise' = 'staff'): string {
  if (isResting(state)) return '—';
  const own = family.labels?.[state as StateId];
  if (own) return own;
  const info = STATES[state as StateId];
  if (!info) return state;
  return reader === 'staff' ? info.label : info.enterpriseLabel;
}

/** The states of all lanes in words, the application first. */
export function lifeLabel(family: Family, value: LifeValue): string {
  const words = (['application', 'title', 'duty'] as const)
    .map((lane: Lane) => value[lane])
    .filter((state): state is string => state !== undefined && !isResting(state))
    .map((state) => familyLabel(family, state));
  return words.length ? words.join('、') : '未开始';
}

/** The state that stands for the whole where one word is wanted: an open application, else the title. */
export function leadingState(value: LifeValue): string {
  const { application, title } = value;
  const out = application === 'refused' || application === 'withdrawn' || application === 'removed';
  if (!isResting(application) && !(out && !isResting(title))) return application;
  return title;
}
