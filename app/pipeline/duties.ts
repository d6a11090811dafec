/** What a day brings to a title without anybody acting: expiry, the renewal window, yearly duties. */
import type { EventType, Payload } from '../../machines/events.ts';
import { familyOf } from '../../machines/families.ts';
import { addDays, yearOf } from '../rules/day.ts';
import type { Region } from './fold.ts';
import { heldUntil } from './titles.ts';

export interface DueEvent {
  readonly type: EventType;
  readonly effectiveOn: string;
  readonly payload: Payload;
}

const later = (a: string, b: string): string => (a > b ? a : b);

function expiries(region: Region, today: string): DueEvent[] {
  return region.titles
    .filter((title) => title.until !== null && title.until < today && title.end === null)
    .map(({ level, no, from, until }) => ({
      type: 'expire' as const,
      effectiveOn: addDays(until!, 1),
      payload: { level, no, grantedOn: from, validUntil: until },
    }))
    .sort((a, b) => (a.effectiveOn < b.effectiveOn ? -1 : 1));
}

function renewalWindow(scheme: string, region: Region, today: string): DueEvent[] {
  const { windowDays } = familyOf(scheme);
  if (windowDays === 0 || region.value.title !== 'certified') return [];
  const until = heldUntil(region.titles, today);
  if (!until) return [];
  const opens = addDays(until, -windowDays);
  if (today < opens) return [];
  return [{ type: 'due', effectiveOn: later(opens, region.lastOn), payload: { validUntil: until } }];
}

function yearlyDuty(scheme: string, region: Region, today: string): DueEvent[] {
  const { duty } = familyOf(scheme);
  if (!duty || (region.value.title !== 'certified' && region.value.title !== 'due')) return [];
  const year = yearOf(today);
  const [opens, closes] = [`${year}-${duty.opens}`, `${year}-${duty.closes}`];
  const events: DueEvent[] = [];
  // A title granted this year owes nothing before the next; a past year's duty is not opened after its end.
  const heldBefore = region.titles.some((title) => title.from < opens);
  if (heldBefore && today >= opens && today <= closes && (region.dutyYear ?? 0) < year) {
    events.push({ type: 'duty_open', effectiveOn: later(opens, region.lastOn), payload: { year } });
  }
  if (region.value.duty === 'report_due' && region.dutyYear !== null) {
    const deadline = `${region.dutyYear}-${duty.closes}`;
    if (today > deadline) {
      events.push({
        type: 'duty_overdue',
        effectiveOn: later(addDays(deadline, 1), region.lastOn),
        payload: { year: region.dutyYear },
      });
    }
  }
  return events;
}

/**
 * Events that `today` calls for and the region has not seen: nothing on a second call. Expiry comes first; what
 * depends on the title being in force is asked again once it has been taken in.
 */
export function dueEvents(scheme: string, region: Region, today: string): DueEvent[] {
  const expired = expiries(region, today);
  if (expired.length > 0) return expired;
  return [...renewalWindow(scheme, region, today), ...yearlyDuty(scheme, region, today)];
}
