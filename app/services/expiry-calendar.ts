/** Certificates, yearly duties and official windows as events of a calendar. Pure. */
import type { CalendarEvent } from './ics.ts';

const REMIND_DAYS = 30;

export interface CalendarTitle {
  uscc: string;
  name: string;
  scheme: string;
  schemeLabel: string;
  level: string | null;
  no: string | null;
  grantedOn: string | null;
  validUntil: string;
}
export interface CalendarDuty {
  scheme: string;
  schemeLabel: string;
  label: string;
  basis: string;
  closesOn: string;
  due: number;
}
export interface CalendarWindow {
  key: string;
  schemeLabel: string;
  kindLabel: string;
  regionLabel: string;
  label: string;
  opensOn: string | null;
  closesOn: string;
  reference: string;
  doubt: string | null;
}

/** Letters, digits and hyphens only: what an identity is safely made of. */
const part = (value: string): string => encodeURIComponent(value).replace(/[^A-Za-z0-9]/g, '-');

const titleEvent = (title: CalendarTitle): CalendarEvent => ({
  // The certificate is what is followed: its last day may be corrected.
  uid: `title-${[title.uscc, title.scheme, title.level ?? '', title.no ?? title.grantedOn ?? ''].map(part).join('.')}@tidu`,
  on: title.validUntil,
  summary: `${title.name}：${title.schemeLabel}到期`,
  description: [
    `统一社会信用代码 ${title.uscc}`,
    ...(title.no ? [`证书编号 ${title.no}`] : []),
    `有效期至 ${title.validUntil}，次日起失效`,
  ].join('\n'),
  categories: ['证书到期', title.schemeLabel],
  remindDays: REMIND_DAYS,
});

const dutyEvent = (duty: CalendarDuty): CalendarEvent => ({
  uid: `duty-${part(duty.scheme)}-${duty.closesOn.slice(0, 4)}@tidu`,
  on: duty.closesOn,
  summary: `${duty.schemeLabel}${duty.label}截止`,
  description: [`依据 ${duty.basis}`, ...(duty.due > 0 ? [`尚有 ${duty.due} 家待报`] : [])].join('\n'),
  categories: ['年度义务', duty.schemeLabel],
  remindDays: REMIND_DAYS,
});

function windowEvents(window: CalendarWindow): CalendarEvent[] {
  const about = {
    description: [
      `${window.regionLabel}，${window.kindLabel}`,
      ...(window.opensOn ? [`${window.opensOn} 至 ${window.closesOn}`] : [`截止 ${window.closesOn}`]),
      `依据 ${window.reference}`,
      ...(window.doubt ? [`待核实：${window.doubt}`] : []),
    ].join('\n'),
    categories: ['申报窗口', window.schemeLabel],
    remindDays: REMIND_DAYS,
  };
  const closes = {
    uid: `window-${window.key}-closes@tidu`,
    on: window.closesOn,
    summary: `${window.label}：截止`,
    ...about,
  };
  if (window.opensOn === null) return [closes];
  return [
    {
      uid: `window-${window.key}-opens@tidu`,
      on: window.opensOn,
      summary: `${window.label}：开始`,
      ...about,
    },
    closes,
  ];
}

export interface CalendarInput {
  readonly titles: Iterable<CalendarTitle>;
  readonly duties: Iterable<CalendarDuty>;
  readonly windows: Iterable<CalendarWindow>;
}

/** Every event, each identity once. */
export function* calendarEvents(input: CalendarInput): Generator<CalendarEvent> {
  const seen = new Set<string>();
  for (const event of everyEvent(input)) {
    if (seen.has(event.uid)) continue;
    seen.add(event.uid);
    yield event;
  }
}

function* everyEvent({ titles, duties, windows }: CalendarInput): Generator<CalendarEvent> {
  for (const title of titles) yield titleEvent(title);
  for (const duty of duties) yield dutyEvent(duty);
  for (const window of windows) yield* windowEvents(window);
}
