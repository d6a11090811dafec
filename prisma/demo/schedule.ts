/** The plan of all enterprises put in the order in which the park lived it, day by day. */
import { addDays, yearOf, type Day } from '../../app/rules/day.ts';
import type { DemoEnterprise } from './park.ts';
import type { PlannedEvent } from './plan.ts';
import type { Statement } from './statements.ts';

export interface PlannedDay {
  readonly statements: Statement[];
  readonly events: { readonly index: number; readonly event: PlannedEvent }[];
  /** Enterprises for which the day brings something without anybody acting. */
  readonly due: Set<number>;
}

export type Schedule = Map<Day, PlannedDay>;

function dayOf(schedule: Schedule, day: Day): PlannedDay {
  let planned = schedule.get(day);
  if (!planned) schedule.set(day, (planned = { statements: [], events: [], due: new Set() }));
  return planned;
}

/** Days before the end of a title on which the program's renewal windows open; looking once too often does no harm. */
const WINDOWS = [180, 90];
/** Titles that owe a yearly report, and the days on which that opens and is overdue. */
const WITH_DUTY: ReadonlySet<string> = new Set(['hnte', 'srdi', 'giant', 'isme', 'champion']);
const DUTY_DAYS = ['01-01', '06-01'];

/** Adds an enterprise. `swept` is false where a single sweep at the end has to do. */
export function enter(schedule: Schedule, enterprise: DemoEnterprise, until: Day, swept: boolean): void {
  const { index, statements, events } = enterprise;
  for (const statement of statements) dayOf(schedule, statement.on).statements.push(statement);
  for (const event of events) {
    dayOf(schedule, event.recordedOn).events.push({ index, event });
    if (!swept) continue;
    for (const day of dueDays(event)) {
      if (day > event.recordedOn && day <= until) dayOf(schedule, day).due.add(index);
    }
  }
}

function dueDays({ scheme, type, effectiveOn, payload }: PlannedEvent): Day[] {
  const end = payload?.validUntil;
  if ((type !== 'certify' && type !== 'renew') || end == null) return [];
  const days = [addDays(end, 1), ...WINDOWS.map((before) => addDays(end, -before))];
  if (scheme === null || !WITH_DUTY.has(scheme)) return days;
  for (let year = yearOf(effectiveOn) + 1; year <= yearOf(end); year += 1) {
    days.push(...DUTY_DAYS.map((day) => `${year}-${day}`));
  }
  return days;
}

/** The days in order, gathered by month (`YYYY-MM`) or, after `single`, each by itself. */
export function chapters(schedule: Schedule, single: Day): Day[][] {
  const list: Day[][] = [];
  let month = '';
  for (const day of [...schedule.keys()].sort()) {
    const key = day > single ? day : day.slice(0, 7);
    if (key === month) list.at(-1)!.push(day);
    else list.push([day]);
    month = key;
  }
  return list;
}
