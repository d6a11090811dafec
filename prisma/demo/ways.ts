/** From the years of a career to the steps and announcements as the park recorded them. */
import { addDays, daysBetween, type Day } from '../../app/rules/day.ts';
import type { EventType, Payload } from '../../machines/events.ts';
import { threeYears } from './calendar.ts';
import { grantDay, type Career, type Grant } from './careers.ts';
import { ACTORS, REGISTRAR, type PlannedEvent } from './plan.ts';
import type { Random } from './random.ts';

/** Collects the events of one enterprise. */
export class Diary {
  readonly events: PlannedEvent[] = [];
  readonly random: Random;
  /** The officer in charge of this enterprise. */
  private readonly officer: string;

  constructor(random: Random) {
    this.random = random;
    this.officer = random.pick(ACTORS);
  }

  /** A step of the park: recorded on the day or shortly after. */
  step(scheme: string, type: EventType, on: Day, more: Partial<PlannedEvent> = {}): void {
    const recordedOn = addDays(on, this.random.chance(0.8) ? 0 : this.random.int(1, 3));
    this.events.push({ scheme, type, effectiveOn: on, recordedOn, actor: this.officer, ...more });
  }

  /** What an authority announced: the park reads of it some days later. */
  announced(
    scheme: string,
    type: EventType,
    on: Day,
    payload?: Payload,
    more: Partial<PlannedEvent> = {},
  ): void {
    const late = this.random.chance(0.02) ? this.random.int(60, 300) : this.random.int(0, 3);
    const recordedOn = addDays(on, late);
    this.events.push({ scheme, type, effectiveOn: on, recordedOn, actor: REGISTRAR, payload, ...more });
  }
}

interface Way {
  /** Days before the announcement at which the park's steps are taken, for a first application. */
  readonly steps: readonly (readonly [EventType, number])[];
  /** Days before the announcement of the authority's stages. */
  readonly review: readonly (readonly [EventType, number])[];
  readonly level: 'national' | 'provincial';
  /** Number of a certificate. */
  readonly number: (year: number, index: number) => string;
}

const digits = (value: number, length: number) => String(value).padStart(length, '0');

export const WAYS: Readonly<Record<'hnte' | 'srdi' | 'giant' | 'isme', Way>> = {
  hnte: {
    steps: [
      ['enrol', 300],
      ['nominate', 235],
      ['prepare', 205],
      ['submit', 140],
    ],
    review: [
      ['accept', 120],
      ['review', 75],
      ['publicise', 32],
      ['file', 6],
    ],
    level: 'national',
    number: (year, index) => `GR${year}44${digits(index, 6)}`,
  },
  srdi: {
    steps: [
      ['enrol', 170],
      ['nominate', 125],
      ['prepare', 115],
      ['submit', 95],
    ],
    review: [
      ['accept', 80],
      ['provincial_check', 55],
      ['publicise', 14],
    ],
    level: 'provincial',
    number: (year, index) => `示例专精特新${year}-${digits(index, 5)}`,
  },
  giant: {
    steps: [
      ['enrol', 330],
      ['nominate', 150],
      ['prepare', 140],
      ['submit', 115],
    ],
    review: [
      ['provincial_check', 95],
      ['recommend', 75],
      ['ministry_check', 55],
      ['publicise', 18],
    ],
    level: 'national',
    number: (year, index) => `示例小巨人${year}-${digits(index, 5)}`,
  },
  isme: {
    steps: [['submit', 60]],
    review: [
      ['accept', 45],
      ['publicise', 12],
    ],
    level: 'provincial',
    number: (year, index) => `示例创新型${year}-${digits(index, 5)}`,
  },
};

export type WayScheme = keyof typeof WAYS;

/** Steps of the park that ask our rules. */
const JUDGED: ReadonlySet<EventType> = new Set(['nominate', 'submit']);

/** The application that leads to a day of announcement. A later application of a holder begins in the window. */
function apply(diary: Diary, scheme: WayScheme, day: Day, first: boolean, until: Day | null): void {
  const { random } = diary;
  const { steps, review } = WAYS[scheme];
  const window = until === null ? null : addDays(until, -172);
  for (const [type, before] of steps) {
    if (!first && (type === 'enrol' || type === 'nominate')) continue;
    if (type === 'enrol' && random.chance(0.25)) continue;
    const planned = addDays(day, -before + random.int(-4, 4));
    const on = window !== null && planned < window ? addDays(window, type === 'submit' ? 6 : 0) : planned;
    diary.step(scheme, type, on, JUDGED.has(type) ? { judged: true } : {});
  }
  for (const [type, before] of review) {
    diary.announced(scheme, type, addDays(day, -before + random.int(-3, 3)));
  }
}

/** An application that did not lead to a title. */
function fail(
  diary: Diary,
  scheme: WayScheme,
  day: Day,
  outcome: 'refused' | 'withdrawn',
  holds: boolean,
): void {
  const { random } = diary;
  const submitOn = addDays(day, -(holds ? 100 : 130) + random.int(-6, 6));
  if (!holds) diary.step(scheme, 'nominate', addDays(submitOn, -60), { judged: true });
  diary.step(scheme, 'prepare', addDays(submitOn, -20));
  if (outcome === 'withdrawn') {
    diary.step(scheme, 'withdraw', addDays(submitOn, 15), { reason: '企业财务数据需补充审计，撤回本次申报' });
    return;
  }
  diary.step(scheme, 'submit', submitOn, { judged: true });
  const stages = WAYS[scheme].review.slice(0, -1);
  stages.forEach(([type], i) => diary.announced(scheme, type, addDays(submitOn, 18 + 25 * i)));
  const reason = random.pick(['专家评审未达到分数线', '研发费用归集材料不足', '主导产品与知识产权关联不足']);
  diary.announced(scheme, 'refuse', addDays(day, -20), undefined, { reason });
}

/** Events of a whole career in one of the titles of three years. `index` makes the numbers of certificates. */
export function walk(diary: Diary, scheme: WayScheme, career: Career, index: number): void {
  const certificates: Held[] = [];
  for (const grant of career.grants) {
    const day = grantDay(scheme, grant);
    const last = certificates.at(-1);
    const held = last && last.end === null && last.until >= addDays(day, -200) ? last : undefined;
    if (grant.how === 'renewed' && held) renew(diary, scheme, held);
    else certificates.push(certify(diary, scheme, grant, day, held, index));
  }
  for (const { year, batch, outcome } of career.attempts) {
    const day = grantDay(scheme, { year, batch, how: 'new' });
    const holds = certificates.some((c) => c.from <= day && addDays(day, -130) <= (c.end ?? c.until));
    fail(diary, scheme, day, outcome, holds);
  }
}

interface Held {
  readonly no: string;
  readonly from: Day;
  until: Day;
  end: Day | null;
}

function certify(
  diary: Diary,
  scheme: WayScheme,
  grant: Grant,
  day: Day,
  held: Held | undefined,
  index: number,
): Held {
  const { level, number } = WAYS[scheme];
  apply(diary, scheme, day, held === undefined, held?.until ?? null);
  const certificate: Held = {
    no: number(grant.year, index + 1),
    from: day,
    until: threeYears(day),
    end: null,
  };
  const { no, until } = certificate;
  diary.announced(scheme, 'certify', day, {
    level,
    no,
    grantedOn: day,
    validUntil: until,
    source: 'official',
  });
  if (grant.revoked) {
    certificate.end = addDays(day, diary.random.int(230, 400));
    const reason = '监督检查发现申报年度研发费用占比未达标，主管部门公告撤销';
    diary.announced(scheme, 'revoke', certificate.end, { level, no, grantedOn: day }, { reason });
  }
  return certificate;
}

/** 复核通过, announced some days before the old end so that nothing lapses. */
function renew(diary: Diary, scheme: WayScheme, held: Held): void {
  const { level } = WAYS[scheme];
  const on = addDays(held.until, -diary.random.int(8, 20));
  apply(diary, scheme, on, false, held.until);
  held.until = threeYears(addDays(held.until, 1));
  diary.announced(scheme, 'renew', on, { level, no: held.no, validUntil: held.until });
}

/** A yearly duty of a title in force: most report in time, some late, a few not at all. */
export function report(diary: Diary, scheme: string, year: number): void {
  const { random } = diary;
  if (random.chance(0.02)) return;
  const on = random.chance(0.93)
    ? addDays(`${year}-01-08`, random.int(0, daysBetween(`${year}-01-08`, `${year}-05-30`)))
    : addDays(`${year}-06-04`, random.int(0, 70));
  diary.step(scheme, 'report', on, { payload: { year } });
}
