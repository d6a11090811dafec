/**
 * The one write door: every change of a title's or an enterprise's state comes through here. It loads the way,
 * asks the machine, appends the event and stores what follows, in one transaction. Nothing else writes events,
 * snapshots, spans, titles, the roll-up or the headline tier; a test searches the source for a second door.
 */
import {
  EVENTS,
  eventInput,
  eventLabel,
  FAVOURABLE,
  type EventInput,
  type Payload,
} from '../../machines/events.ts';
import { familyOf } from '../../machines/families.ts';
import { leadingState, lifeLabel, oddities, refusalOf } from '../../machines/step.ts';
import { STEP_GUARDS } from '../../machines/title.ts';
import type { Db } from '../db/clients.server.ts';
import type { Clock } from '../db/clock.ts';
import { readEvents } from '../db/event-rows.server.ts';
import type { Tx } from '../db/writer.server.ts';
import { dueEvents } from '../pipeline/duties.ts';
import { foldAsOf } from '../pipeline/fold.ts';
import { knowledgeInstant, visible, type LogEvent } from '../pipeline/log.ts';
import { signalsFor } from '../pipeline/signals.ts';
import { findTitle, statusOf, type HeldTitle } from '../pipeline/titles.ts';
import { isDay } from '../rules/day.ts';
import { append, flush, hold, openKeeper, regionOf, type Held, type Keeper } from './door/keeper.server.ts';
import * as rows from './door/rows.server.ts';
import { judgeStep } from './judge.server.ts';

export type { EventInput } from '../../machines/events.ts';

export type SubmitResult =
  | {
      readonly ok: true;
      /** The event written; null when everything it says was on record already. */
      readonly eventId: number | null;
      /** The state that stands for the title as a whole, or '' for an event of the enterprise itself. */
      readonly state: string;
      /** All lanes in words. */
      readonly label: string;
      /** For the next step's `expectedRevision`. */
      readonly revision: number;
      readonly flags: readonly string[];
      readonly unchanged: boolean;
    }
  | {
      readonly ok: false;
      readonly code: 'refused' | 'conflict' | 'not-found' | 'invalid';
      readonly reason: string;
    };

/** Actor of what the program does by itself. */
export const SYSTEM = 'system';

/**
 * One event, in a transaction of its own. Where a guard asks for a verdict, or an announcement may disagree with
 * ours, the enterprise is judged first, before the transaction opens.
 */
export async function submit(db: Db, clock: Clock, input: EventInput): Promise<SubmitResult> {
  const judged = withVerdict(db, input);
  return db.write((tx) => submitAll(tx, clock, [judged])[0]!);
}

function withVerdict(db: Db, input: EventInput): EventInput {
  const { scheme, type, payload, effectiveOn } = input;
  const asks = STEP_GUARDS[type] !== undefined || FAVOURABLE.has(type);
  if (!asks || scheme === null || !isDay(effectiveOn) || payload?.verdict !== undefined) return input;
  const verdict = judgeStep(db, input.enterpriseId, scheme, effectiveOn);
  return verdict ? { ...input, payload: { ...payload, verdict } } : input;
}

/**
 * Many events inside a transaction of the caller, in the order given; each succeeds or is refused on its own.
 * One loading and one storing an enterprise, however many events it gets.
 */
export function submitAll(tx: Tx, clock: Clock, inputs: Iterable<EventInput>): SubmitResult[] {
  const keeper = openKeeper(tx, clock.now(), clock.today());
  const results: SubmitResult[] = [];
  for (const input of inputs) results.push(take(keeper, input));
  flush(keeper);
  return results;
}

function take(keeper: Keeper, raw: EventInput): SubmitResult {
  const parsed = eventInput.safeParse(raw);
  if (!parsed.success) return fail('invalid', parsed.error.issues.map((issue) => issue.message).join('；'));
  const input = parsed.data;
  const payload: Payload = input.payload ?? {};
  const effectiveOn = input.type === 'certify' && payload.grantedOn ? payload.grantedOn : input.effectiveOn;
  const days = [effectiveOn, payload.validUntil, payload.endedOn, payload.grantedOn];
  if (days.some((day) => day != null && !isDay(day))) return fail('invalid', '日期不存在');
  if (payload.override && !input.reason?.trim()) return fail('invalid', '越过判定须写明理由');
  if (payload.grantedOn && payload.validUntil && payload.validUntil < payload.grantedOn) {
    return fail('invalid', '有效期截止日早于发证日');
  }

  const held = hold(keeper, input.enterpriseId);
  if (!held) return fail('not-found', '没有这家企业');
  if (input.expectedRevision != null && input.expectedRevision !== held.revision)
    return conflict(keeper, held);

  const flags: string[] = [];
  const event: Draft = {
    id: keeper.nextId,
    scheme: input.scheme,
    type: input.type,
    effectiveOn,
    knownAt: knownInstant(input.knownAt, keeper.now, flags),
    payload,
    enterpriseId: held.id,
    actor: input.actor,
    reason: input.reason ?? null,
    evidence: input.evidence === undefined ? null : JSON.stringify(input.evidence),
    recordedAt: keeper.now,
  };
  const refusal = refusalIn(keeper, held, event);
  if (refusal !== null) {
    record(keeper, event, flags, refusal);
    return fail('refused', refusal);
  }
  if (event.type === 'certify' && isKnown(held, event, flags)) {
    return done(held, event.scheme, null, flags);
  }
  write(keeper, held, event, flags);
  if (event.scheme !== null) follow(keeper, held, event, flags);
  return done(held, event.scheme, event.id, flags);
}

type Draft = Omit<rows.NewEvent, 'flags' | 'refusal'>;

const fail = (code: Extract<SubmitResult, { ok: false }>['code'], reason: string): SubmitResult => ({
  ok: false,
  code,
  reason,
});

function done(held: Held, scheme: string | null, eventId: number | null, flags: string[]): SubmitResult {
  const life = scheme === null ? null : regionOf(held, scheme).value;
  return {
    ok: true,
    eventId,
    state: life ? leadingState(life) : '',
    label: scheme !== null && life ? lifeLabel(familyOf(scheme), life) : '',
    revision: held.changed ? held.revision + 1 : held.revision,
    flags,
    unchanged: eventId === null,
  };
}

function conflict(keeper: Keeper, held: Held): SubmitResult {
  const last = rows.lastEvent(keeper.tx, held.id);
  const what = last ? `${last.actor} 刚办理了“${eventLabel(last.type)}”` : '已有新的办理';
  return fail('conflict', `该企业的状态已有变化：${what}，请刷新后再办理`);
}

/** When the source knew it; never later than the recording. */
function knownInstant(stated: string | null | undefined, now: string, flags: string[]): string {
  if (stated == null) return now;
  if (Number.isNaN(Date.parse(stated))) {
    flags.push('知悉时间无法识别，按登记时间计');
    return now;
  }
  const known = knowledgeInstant(stated, 'from');
  if (known <= now) return known;
  flags.push('知悉时间晚于登记时间，按登记时间计');
  return now;
}

/** Why the event is not taken, or null. Only the park's own steps and corrections can be refused. */
function refusalIn(keeper: Keeper, held: Held, event: Draft): string | null {
  const { scheme } = event;
  if (event.type === 'void') return voidRefusal(keeper, held, event);
  if (scheme === null || EVENTS[event.type as keyof typeof EVENTS].by !== 'park') return null;
  const { gone } = held.way;
  if (gone && gone.on <= event.effectiveOn)
    return gone.why === 'merged' ? '该记录已并入另一家企业' : '企业已注销';
  let region = regionOf(held, scheme);
  if (event.effectiveOn < region.lastOn) {
    const own = visible(readEvents(keeper.tx, held.id)).filter((e) => e.scheme === scheme);
    region = foldAsOf(scheme, own, event.effectiveOn);
  }
  const signals = signalsFor(scheme, region, event.payload, event.effectiveOn);
  return refusalOf(
    familyOf(scheme),
    region.value,
    event.type as keyof typeof EVENTS,
    signals,
    event.payload.verdict,
  );
}

function voidRefusal(keeper: Keeper, held: Held, event: Draft): string | null {
  const target = readEvents(keeper.tx, held.id).find((e) => e.id === event.payload.eventId);
  if (!target) return '要更正的事件不存在，或不属于该企业';
  if (target.scheme !== event.scheme) return '要更正的事件不属于该称号';
  return event.reason?.trim() ? null : '更正须写明理由';
}

/** Writes an accepted event and takes it into the projections. */
function write(keeper: Keeper, held: Held, event: Draft, flags: string[]): void {
  const before = event.scheme === null ? null : regionOf(held, event.scheme);
  const outcome = append(keeper, held, event);
  if (outcome.displaced) flags.push('与前后事件的顺序不符，未改变状态');
  if (event.scheme !== null && before) {
    const signals = signalsFor(event.scheme, before, event.payload, event.effectiveOn);
    const stepped = { value: before.value, unexpected: outcome.unexpected };
    flags.push(...oddities(event.type as keyof typeof EVENTS, stepped, signals, event.payload.verdict));
  }
  record(keeper, event, flags, null);
}

function record(keeper: Keeper, event: Draft, flags: readonly string[], refusal: string | null): void {
  rows.insertEvent(keeper.tx, { ...event, flags: [...flags], refusal });
  keeper.nextId = event.id + 1;
}

/** True where a certificate is on record as announced, so that a list read twice changes nothing. */
function isKnown(held: Held, event: LogEvent, flags: string[]): boolean {
  const known = findTitle(regionOf(held, event.scheme!).titles, event.payload, event.effectiveOn);
  if (!known) return false;
  const stated = event.payload;
  const same =
    known.until === (stated.validUntil ?? null) &&
    (stated.no == null || known.no === stated.no) &&
    (stated.grantedOn == null || known.grantedOn === stated.grantedOn);
  if (!same) return false;
  const wanted = stated.status ?? 'valid';
  if (wanted === 'valid') {
    if (known.cause !== null && known.cause !== 'expire') flags.push('该证书已被撤销或放弃，未更改');
    return true;
  }
  return known.end !== null;
}

/** What a certificate announced with an end, and the day, bring with them. */
function follow(keeper: Keeper, held: Held, cause: Draft, flags: string[]): void {
  if (cause.type === 'certify') {
    const title = findTitle(regionOf(held, cause.scheme!).titles, cause.payload, cause.effectiveOn);
    const ending = title && endingOf(title, cause.payload, keeper.today);
    if (ending) {
      if (ending.flag) flags.push(ending.flag);
      write(keeper, held, { ...cause, id: keeper.nextId, ...ending.event }, []);
    }
  }
  bringUpToDay(keeper, held, cause.scheme!);
}

const ENDING_BY_STATUS = { expired: 'expire', revoked: 'revoke', withdrawn: 'relinquish' } as const;

/** The event by which a certificate that came as ended did end, unless its last day says so already. */
function endingOf(title: HeldTitle, stated: Payload, today: string) {
  const status = stated.status ?? 'valid';
  if (status === 'valid' || title.end !== null) return null;
  if (status === 'expired' && stated.endedOn == null && statusOf(title, today) === 'expired') return null;
  const last = title.until !== null && title.until < today ? title.until : today;
  const effectiveOn = stated.endedOn ?? (last > title.from ? last : title.from);
  const { level, no } = title;
  return {
    event: {
      type: ENDING_BY_STATUS[status],
      effectiveOn,
      payload: { level, no, grantedOn: title.from },
      reason: null,
    },
    flag: stated.endedOn == null ? `失效日期未给出，按 ${effectiveOn} 计` : null,
  };
}

/**
 * Brings one title up to the day: the events that expiry, renewal window and yearly duty call for.
 * @returns how many were written; none on a second call
 */
export function bringUpToDay(keeper: Keeper, held: Held, scheme: string): number {
  if (held.way.gone) return 0;
  let count = 0;
  for (;;) {
    const region = regionOf(held, scheme);
    const due = dueEvents(scheme, region, keeper.today);
    if (due.length === 0 || count > 100) return count;
    for (const { type, effectiveOn, payload } of due) {
      // Whoever knew the certificate knew from that day on what the day would bring.
      const since = knowledgeInstant(effectiveOn, 'from');
      const known = region.titles.reduce((latest, t) => (t.knownAt > latest ? t.knownAt : latest), since);
      const knownAt = known < keeper.now ? known : keeper.now;
      const common = {
        enterpriseId: held.id,
        actor: SYSTEM,
        reason: null,
        evidence: null,
        recordedAt: keeper.now,
      };
      write(keeper, held, { ...common, id: keeper.nextId, scheme, type, effectiveOn, knownAt, payload }, []);
      count += 1;
    }
  }
}
