/**
 * The demo park as a plan: who is there, what was heard when, and every event of its history up to a day. Pure:
 * the same seed, size and day give the same plan.
 */
import { addDays, yearOf, type Day } from '../../app/rules/day.ts';
import { heldOn, type Career } from './careers.ts';
import { ismeGrant } from './calendar.ts';
import { brandsOf, companyName, demoCode, doubtfulCode, formerName, MOST } from './names.ts';
import { announce, evaluate, listing, reservoir, scaleUp } from './others.ts';
import { REGISTRAR, type PlannedEvent } from './plan.ts';
import { walkPool } from './pool.ts';
import { makeProfile, MISSES, type Miss, type Profile } from './profile.ts';
import { createRandom, type Random } from './random.ts';
import { castRoles, type Role } from './roles.ts';
import { statementsOf, type Statement } from './statements.ts';
import { Diary, report, walk } from './ways.ts';

export interface DemoOptions {
  readonly seed: string;
  /** Number of enterprises. */
  readonly size: number;
  /** Last day of the history. */
  readonly today: Day;
  /** Keeps the history short or whole whatever the size. */
  readonly coarse?: boolean;
}

export interface DemoEnterprise {
  readonly index: number;
  readonly uscc: string;
  readonly name: string;
  readonly role: Role;
  readonly knownOn: Day;
  /** The shortfall planted here, if any. */
  readonly miss: Miss | null;
  readonly statements: Statement[];
  readonly events: PlannedEvent[];
}

export interface DemoPark {
  readonly options: DemoOptions;
  /** First day on which the park kept its records here; what was before came in as a list. */
  readonly liveFrom: Day;
  /** Whether the history is kept short because the park is large. */
  readonly coarse: boolean;
  readonly enterprises: Iterable<DemoEnterprise>;
}

/** 一区多园: name and the park above. Parents come first. */
export const PARKS: readonly {
  readonly code: string;
  readonly name: string;
  readonly parent: string | null;
}[] = [
  { code: 'demo', name: '示例高新区', parent: null },
  { code: 'demo-main', name: '主园区', parent: '示例高新区' },
  { code: 'demo-software', name: '软件园', parent: '主园区' },
  { code: 'demo-harbour', name: '港湾园', parent: '主园区' },
  { code: 'demo-south', name: '南屏分园', parent: '示例高新区' },
  { code: 'demo-aviation', name: '航空分园', parent: '示例高新区' },
  { code: 'demo-new', name: '新青分园', parent: '示例高新区' },
];

const SHARES = [
  ['主园区', 24],
  ['软件园', 26],
  ['港湾园', 14],
  ['南屏分园', 18],
  ['航空分园', 8],
  ['新青分园', 10],
] as const;

/** Beyond this size the history before the last year comes in as a list. */
const DETAILED = 5000;
const OPENED = '2017-01-09';
/** The published figures are of the end of 2021; an earlier day could not show them. */
export const EARLIEST = '2022-01-01';

/** Makes the plan. @throws RangeError for a size or day it cannot serve */
export function makePark(options: DemoOptions): DemoPark {
  const { size, today, seed } = options;
  if (size < 50 || size > MOST) throw new RangeError(`企业数应在 50 到 ${MOST} 之间`);
  if (today < EARLIEST) throw new RangeError(`演示数据的日期不能早于 ${EARLIEST}`);
  const coarse = options.coarse ?? size > DETAILED;
  const liveFrom = coarse ? addDays(today, -400) : OPENED;
  const random = createRandom(`${seed}/${size}`);
  const make = () => enterprises(random, options, liveFrom, coarse);
  return { options, liveFrom, coarse, enterprises: { [Symbol.iterator]: make } };
}

function* enterprises(
  random: Random,
  options: DemoOptions,
  liveFrom: Day,
  coarse: boolean,
): Generator<DemoEnterprise> {
  const { size, today } = options;
  const brand = brandsOf(random.fork('brands'), size);
  let planted = 0;
  for (const role of castRoles(random, size, today)) {
    const own = random.fork(`enterprise ${role.index}`);
    const miss = missOf(own, role, today, planted);
    if (miss) planted += 1;
    yield makeEnterprise(own, role, brand(role.index), miss, { today, liveFrom, coarse });
  }
}

/** Near misses go to those who do not hold the title, but could. */
function missOf(random: Random, role: Role, today: Day, planted: number): Miss | null {
  const fits = (miss: Miss): boolean => {
    if (miss.scheme === 'hnte') return role.kind === 'aspirant' && !heldOn('hnte', role.hnte, today);
    if (miss.scheme === 'srdi') return role.kind === 'hnte' && heldOn('hnte', role.hnte, today);
    if (miss.scheme === 'giant') return role.kind === 'srdi' && heldOn('srdi', role.srdi, today);
    return role.kind === 'aspirant';
  };
  const share =
    role.kind === 'aspirant' ? 0.55 : role.kind === 'srdi' ? 0.4 : role.kind === 'hnte' ? 0.12 : 0;
  if (!random.chance(share)) return null;
  const fitting = MISSES.filter(fits);
  return fitting.length > 0 ? fitting[planted % fitting.length]! : null;
}

interface Times {
  readonly today: Day;
  readonly liveFrom: Day;
  readonly coarse: boolean;
}

function makeEnterprise(
  random: Random,
  role: Role,
  brand: string,
  miss: Miss | null,
  times: Times,
): DemoEnterprise {
  const { today, liveFrom, coarse } = times;
  // The day itself has only begun.
  const until = addDays(today, -1);
  const oldest = firstYear(role, today);
  const profile = makeProfile(
    random,
    role.kind,
    today,
    `${oldest}-${random.pick(['03-15', '06-20', '09-10'])}`,
  );
  miss?.apply(profile, today);
  const name = companyName(random, brand, profile.industry, role.listing >= 3);
  const uscc = random.chance(0.004) ? doubtfulCode(role.index) : demoCode(role.index);
  const met = addDays(profile.registeredOn, random.int(10, 90));
  const knownOn = met < liveFrom ? addDays(liveFrom, coarse ? 0 : random.int(0, 25)) : met;
  const park = random.weighted(SHARES);
  const former = random.chance(0.05) ? formerName(random, brand) : null;
  const identity = { uscc, name, formerName: former, park, profile, role, knownOn };
  const history = random.fork('history');
  const events = historyOf(history, role, profile, today);
  events.push(...changesOf(history, role, { name, former, park, knownOn, today }));
  return {
    index: role.index,
    uscc,
    name,
    role,
    knownOn,
    miss,
    statements: statementsOf(random.fork('statements'), identity, until, miss !== null, coarse),
    events: asRecorded(coarse ? shortened(events, role.index, yearOf(liveFrom)) : events, knownOn, until),
  };
}

/** Latest year of foundation that the titles allow. */
function firstYear(role: Role, today: Day): number {
  const starts = [
    ...role.hnte.grants.map((grant) => grant.year - 2),
    ...role.srdi.grants.map((grant) => grant.year - 4),
    ...role.giant.grants.map((grant) => grant.year - 5),
    ...role.pool.map((stay) => stay.year - 2),
    ...role.tsme.map((year) => year - 1),
    ...(role.scaleUp ? [role.scaleUp.year - 2] : []),
  ];
  return Math.min(yearOf(today) - 1, ...starts);
}

function historyOf(random: Random, role: Role, profile: Profile, today: Day): PlannedEvent[] {
  const diary = new Diary(random);
  const lastYear = yearOf(today);
  walk(diary, 'hnte', role.hnte, role.index);
  walk(diary, 'srdi', role.srdi, role.index);
  walk(diary, 'giant', role.giant, role.index);
  walkPool(diary, role.pool);
  for (const year of role.tsme) evaluate(diary, year, role.index);
  if (role.scaleUp) scaleUp(diary, role.scaleUp.year, role.scaleUp.done);
  if (role.listing > 0) listing(diary, random.int(2020, lastYear - 2), role.listing);
  extras(diary, role, lastYear);
  for (const scheme of ['hnte', 'srdi', 'giant'] as const) duties(diary, scheme, role[scheme], lastYear);
  if (role.kind === 'plain' && random.chance(0.08)) {
    const on = addDays('2022-03-01', random.int(0, 1500));
    if (on > profile.registeredOn) {
      const reason = '市场监管部门公告注销';
      diary.events.push({
        scheme: null,
        type: 'deregistered',
        effectiveOn: on,
        recordedOn: addDays(on, 15),
        actor: '企业服务中心 登记员',
        reason,
      });
    }
  }
  return diary.events;
}

interface Circumstances {
  readonly name: string;
  readonly former: string | null;
  readonly park: string;
  readonly knownOn: Day;
  readonly today: Day;
}

/** A change of name, a move within the park, away from it or into it: all after the year of the published figures. */
function changesOf(
  random: Random,
  role: Role,
  { name, former, park, knownOn, today }: Circumstances,
): PlannedEvent[] {
  const day = addDays('2022-02-10', random.int(0, Math.max(1, (yearOf(today) - 2022) * 365)));
  const base = {
    scheme: null,
    effectiveOn: day,
    recordedOn: addDays(day, random.int(0, 12)),
    actor: REGISTRAR,
  };
  const events: PlannedEvent[] = [];
  if (former) events.push({ ...base, type: 'renamed', payload: { oldName: former, newName: name } });
  if (knownOn >= day || !random.chance(0.03)) return events;
  const held2021 =
    role.pool.length > 0 ||
    role.tsme.some((year) => year <= 2021) ||
    role.hnte.grants.some((g) => g.year <= 2021);
  const other = random.pick(SHARES.map(([of]) => of).filter((of) => of !== park));
  const way = random.weighted<{ from: string | null; to: string | null }>([
    [{ from: other, to: park }, 5],
    // Where it stands today is the park of the register, so a leaver ends outside and a newcomer began there.
    [role.pool.length > 0 ? { from: other, to: park } : { from: park, to: null }, 3],
    [held2021 ? { from: other, to: park } : { from: null, to: park }, 4],
  ] as const);
  const reason = way.to === null ? '注册地址迁往园区外' : way.from === null ? '由园区外迁入' : '园区内迁址';
  events.push({ ...base, type: 'moved', parks: way, reason });
  return events;
}

/** Titles on the side, and who waits in a library. */
function extras(diary: Diary, role: Role, lastYear: number): void {
  const { random } = diary;
  const day = (year: number) => addDays(`${year}-02-20`, random.int(0, 300));
  const recent = Math.max(2022, lastYear - 1);
  if (role.kind === 'aspirant' && random.chance(0.75)) {
    reservoir(diary, 'hnte', day(random.int(2022, lastYear)), random.chance(0.12));
  }
  if (role.kind === 'hnte' && random.chance(0.1)) reservoir(diary, 'srdi', day(recent), random.chance(0.1));
  if (role.kind === 'srdi' && random.chance(0.4)) reservoir(diary, 'giant', day(recent), false);
  const innovative = role.kind === 'srdi' ? 0.7 : role.kind === 'hnte' || role.kind === 'aspirant' ? 0.26 : 0;
  if (random.chance(innovative)) {
    const [year, batch] = [random.int(2022, lastYear), random.chance(0.5) ? 0 : 1] as const;
    announce(diary, 'isme', 'provincial', ismeGrant(year, year === 2022 ? 1 : batch), true);
  }
  if (role.kind === 'giant' && random.chance(0.1))
    announce(diary, 'champion', 'national', '2023-12-28', true);
  if ((role.kind === 'srdi' || role.kind === 'pool') && random.chance(0.09)) {
    announce(diary, 'gazelle', 'municipal', '2025-03-17', false);
  }
}

/** Reports of the years after the first certificate. */
function duties(diary: Diary, scheme: 'hnte' | 'srdi' | 'giant', career: Career, lastYear: number): void {
  const first = career.grants[0]?.year ?? Number.POSITIVE_INFINITY;
  for (let year = Math.max(2018, first + 1); year <= lastYear; year += 1) {
    if (heldOn(scheme, career, `${year}-01-01`)) report(diary, scheme, year);
  }
}

/** A large park's history: no 科小 numbers that were void when it began, every step for one enterprise in four only. */
const shortened = (events: readonly PlannedEvent[], index: number, year: number): PlannedEvent[] =>
  events.filter(
    ({ scheme, type, effectiveOn }) =>
      (scheme !== 'tsme' || yearOf(effectiveOn) >= year) &&
      (index % 4 === 0 || LISTED.has(type) || type === 'enrol'),
  );

/** Steps of the park that it took before its records began, or before it knew the company, are not on record. */
function asRecorded(events: readonly PlannedEvent[], knownOn: Day, until: Day): PlannedEvent[] {
  const kept: PlannedEvent[] = [];
  for (const event of events) {
    if (event.recordedOn > knownOn) kept.push(event);
    else if (LISTED.has(event.type))
      kept.push({ ...event, recordedOn: addDays(knownOn, 1), knownAt: event.effectiveOn });
  }
  return kept
    .filter((event) => event.recordedOn <= until)
    .map((event, order) => ({ event, order }))
    .sort((a, b) => compare(a.event, b.event) || a.order - b.order)
    .map(({ event }) => event);
}

/** What a list of titles brings in. */
const LISTED: ReadonlySet<string> = new Set([
  'certify',
  'renew',
  'revoke',
  'relinquish',
  'promote',
  'discharge',
  'deregistered',
]);

function compare(a: PlannedEvent, b: PlannedEvent): number {
  if (a.recordedOn !== b.recordedOn) return a.recordedOn < b.recordedOn ? -1 : 1;
  return a.effectiveOn < b.effectiveOn ? -1 : a.effectiveOn > b.effectiveOn ? 1 : 0;
}
