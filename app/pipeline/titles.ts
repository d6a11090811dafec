/** The titles an enterprise held of one scheme, folded from what the authorities announced. */
import type { Ending } from '../../machines/title.ts';
import type { Payload } from '../../machines/events.ts';
import { addDays } from '../rules/day.ts';
import type { LogEvent } from './log.ts';

/** One certificate. It is in force from `from` until the day before the earlier of `end` and the day after `until`. */
export interface HeldTitle {
  readonly level: string | null;
  readonly no: string | null;
  readonly grantedOn: string | null;
  readonly from: string;
  /** Last day of validity; null: none is known. */
  readonly until: string | null;
  /** First day on which it no longer held, by an announcement or the sweep; null while none is recorded. */
  readonly end: string | null;
  readonly cause: Ending | null;
  readonly source: string | null;
  readonly knownAt: string;
  readonly eventId: number;
}

/** A stretch of days `[from, to)`; `to` null: without end. */
export interface Window {
  readonly from: string;
  readonly to: string | null;
  readonly cause: Ending | null;
  readonly eventId: number;
}

/** First day after the title's force, or null; with the reason. */
export function windowOf(title: HeldTitle): Window {
  const lapse = title.until === null ? null : addDays(title.until, 1);
  const { from, eventId } = title;
  if (title.end !== null && (lapse === null || title.end < lapse)) {
    return { from, to: title.end, cause: title.cause, eventId };
  }
  return { from, to: lapse, cause: lapse === null ? null : 'expire', eventId };
}

/** Whether a title is in force on a day. */
export function inForce(title: HeldTitle, on: string): boolean {
  return (
    title.from <= on && (title.until === null || on <= title.until) && (title.end === null || on < title.end)
  );
}

/** Last day on which one of the titles is in force, counted from `on`; null: no end is known; '' if none is in force. */
export function heldUntil(titles: readonly HeldTitle[], on: string): string | null {
  let last = '';
  for (const title of titles) {
    if (!inForce(title, on)) continue;
    const { to } = windowOf(title);
    if (to === null) return null;
    if (to > last) last = to;
  }
  return last === '' ? '' : addDays(last, -1);
}

function isSame(title: HeldTitle, level: string | null, no: string | null, from: string): boolean {
  if (title.level !== level) return false;
  return title.no !== null && no !== null ? title.no === no : title.from === from;
}

/** The certificate an announcement speaks of, if it is known already. */
export function findTitle(
  titles: readonly HeldTitle[],
  stated: Payload,
  effectiveOn: string,
): HeldTitle | undefined {
  const [level, no] = [stated.level ?? null, stated.no ?? null];
  const from = stated.grantedOn ?? effectiveOn;
  const found = titles.find((title) => isSame(title, level, no, from));
  if (found || stated.grantedOn != null || no !== null) return found;
  // Neither number nor day of grant is known: the end of validity tells certificates apart.
  const until = stated.validUntil ?? null;
  return titles.find((t) => t.level === level && t.no === null && t.grantedOn === null && t.until === until);
}

function certified(titles: readonly HeldTitle[], event: LogEvent): HeldTitle[] {
  const stated = event.payload;
  const old = findTitle(titles, stated, event.effectiveOn);
  const until = stated.validUntil ?? null;
  const reopened = old?.cause === 'expire' && (until === null || old.end === null || until >= old.end);
  const title: HeldTitle = {
    level: stated.level ?? null,
    no: stated.no ?? old?.no ?? null,
    grantedOn: stated.grantedOn ?? old?.grantedOn ?? null,
    from: stated.grantedOn ?? old?.from ?? event.effectiveOn,
    until,
    end: old && !reopened ? old.end : null,
    cause: old && !reopened ? old.cause : null,
    source: stated.source ?? old?.source ?? null,
    knownAt: event.knownAt,
    eventId: event.id,
  };
  return old ? titles.map((t) => (t === old ? title : t)) : [...titles, title];
}

function renewed(titles: readonly HeldTitle[], event: LogEvent): HeldTitle[] {
  const { payload, effectiveOn } = event;
  const { no = null, level = null, validUntil = null } = payload;
  // Contiguous: in force on the day before or on the day itself.
  const open = titles.filter((t) => inForce(t, effectiveOn) || inForce(t, addDays(effectiveOn, -1)));
  const named = open.filter(
    (t) => (level === null || t.level === level) && (no === null || t.no === null || t.no === no),
  );
  const old = (named.length ? named : open).sort((a, b) =>
    (a.until ?? '9999') < (b.until ?? '9999') ? 1 : -1,
  )[0];
  if (!old) {
    const from = { ...event, payload: { ...payload, grantedOn: payload.grantedOn ?? effectiveOn } };
    return certified(titles, from);
  }
  const title = {
    ...old,
    no: no ?? old.no,
    until: validUntil,
    end: null,
    cause: null,
    knownAt: event.knownAt,
    eventId: event.id,
  };
  return titles.map((t) => (t === old ? title : t));
}

function ended(titles: readonly HeldTitle[], event: LogEvent, cause: Ending): HeldTitle[] {
  const { no, level, grantedOn, validUntil } = event.payload;
  const on = event.effectiveOn;
  const named = titles.filter(
    (t) =>
      (no == null || t.no === no) &&
      (level == null || t.level === level) &&
      (grantedOn == null || t.from === grantedOn),
  );
  const overdue = named.filter((t) => t.until !== null && t.until < on && t.end === null);
  // The sweep names the end it saw: a title that was extended since is not meant any more.
  const bySweep = cause === 'expire' && validUntil != null;
  const meant =
    bySweep || (cause === 'expire' && overdue.length) ? overdue : named.filter((t) => inForce(t, on));
  if (meant.length === 0) return titles as HeldTitle[];
  return titles.map((t) => {
    if (!meant.includes(t)) return t;
    const end = t.until !== null && t.until < on ? addDays(t.until, 1) : on;
    return { ...t, end, cause };
  });
}

/** The titles after an event, in the order in which they became known. The list is not changed in place. */
export function applyToTitles(titles: readonly HeldTitle[], event: LogEvent): readonly HeldTitle[] {
  switch (event.type) {
    case 'certify':
      return certified(titles, event);
    case 'renew':
      return renewed(titles, event);
    case 'expire':
    case 'revoke':
    case 'relinquish':
    case 'promote':
    case 'discharge':
      return ended(titles, event, event.type);
    default:
      return titles;
  }
}

/**
 * Days on which at least one title is in force, as windows that neither touch nor overlap: a renewal without a gap
 * continues the window, so it moves no count.
 */
export function heldWindows(titles: readonly HeldTitle[]): Window[] {
  const windows = titles
    .map(windowOf)
    .filter((w) => w.to === null || w.from < w.to)
    .sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : a.eventId - b.eventId));
  const merged: Window[] = [];
  for (const window of windows) {
    const last = merged.at(-1);
    if (!last || (last.to !== null && last.to < window.from)) merged.push(window);
    else if (last.to !== null && (window.to === null || window.to > last.to)) {
      merged[merged.length - 1] = { ...last, to: window.to, cause: window.cause };
    }
  }
  return merged;
}

/** Status of a certificate in the words of the facts, as of a day. */
export function statusOf(title: HeldTitle, on: string): 'valid' | 'expired' | 'revoked' | 'withdrawn' {
  const { to, cause } = windowOf(title);
  if (to === null || on < to) return 'valid';
  if (cause === 'expire' || cause === null) return 'expired';
  return cause === 'revoke' ? 'revoked' : 'withdrawn';
}
