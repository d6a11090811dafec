/**
 * Loads the demo park through the program's own services, day by day with the clock of that day, so that its log is
 * as true as one that was lived.
 */
import fs from 'node:fs';
import { addDays, type Day } from '../../app/rules/day.ts';
import {
  fixedClock,
  openDatabase,
  systemClock,
  type Clock,
  type Db,
  type Tx,
} from '../../app/services/database.server.ts';
import {
  countAll,
  markDemo,
  readDemoMark,
  type Counts,
  type DemoMark,
} from '../../app/services/demo-mark.server.ts';
import { submitAll, type EventInput } from '../../app/services/door.server.ts';
import { AppError } from '../../app/services/errors.ts';
import { recordFacts } from '../../app/services/facts.server.ts';
import { judgeStep } from '../../app/services/judge.server.ts';
import { createPark } from '../../app/services/parks.server.ts';
import { forgetHead } from '../../app/services/seals.server.ts';
import { sweep, sweepSome } from '../../app/services/sweep.server.ts';
import { createUser, type NewUser } from '../../app/services/users.server.ts';
import { refreshVerdicts } from '../../app/services/verdicts.server.ts';
import { drawDemoBatches } from './batches.ts';
import { visitDemoEnterprises } from './visits.ts';
import { makePark, PARKS, type DemoEnterprise, type DemoOptions, type DemoPark } from './park.ts';
import { REGISTRAR, type PlannedEvent } from './plan.ts';
import { decideInDemo, limitDemoHiding, sealDemoQuarter, sealedQuarters, setDemoTargets } from './reviews.ts';
import { PUBLISHED } from './roles.ts';
import { chapters, enter, type PlannedDay, type Schedule } from './schedule.ts';

export interface LoadOptions {
  readonly seed?: string;
  readonly size?: number;
  /** See {@link DemoOptions}. */
  readonly coarse?: boolean;
  /** Steps done of all; called often. */
  readonly onProgress?: (done: number, total: number) => void;
}

export interface DemoLogin {
  readonly username: string;
  readonly password: string;
  /** In Chinese, as it is printed. */
  readonly role: string;
}

export interface DemoLoaded extends Counts {
  readonly day: Day;
  readonly seed: string;
  readonly logins: readonly DemoLogin[];
  /** A complete demo was there already and was left as it is. */
  readonly kept?: boolean;
}

/** The same for all demos, which are served on their own machine only. */
const PASSWORD = 'Tidu-2021-示例';

interface DemoUser extends NewUser {
  readonly words: string;
}

const USERS: readonly Omit<DemoUser, 'password'>[] = [
  { username: 'yuanqu', displayName: '林示例', role: 'staff', words: '园区工作人员' },
  { username: 'keshi', displayName: '周示例', role: 'section', words: '科室审核人员' },
  { username: 'lingdao', displayName: '何示例', role: 'leadership', words: '园区领导' },
  { username: 'guanli', displayName: '管理员示例', role: 'administrator', words: '系统管理员' },
];
const ENTERPRISE_USER = 'qiye';

const logins = (): DemoLogin[] => [
  ...USERS.map(({ username, words }) => ({ username, password: PASSWORD, role: words })),
  { username: ENTERPRISE_USER, password: PASSWORD, role: '企业用户' },
];

/**
 * Loads the park into the demo database `file`, making it where it is missing; one that holds a complete demo of
 * the same seed and size is left as it is, a half-loaded one is made anew.
 * @throws AppError `conflict` for a database that is no demo
 */
export async function loadDemo(
  options: LoadOptions & { file: string; on?: Day; seed?: string | number },
): Promise<DemoLoaded> {
  const { file, on, onProgress, size = PUBLISHED.size } = options;
  const seed = String(options.seed ?? 'zhuhai-2021');
  const clock = on === undefined ? systemClock : fixedClock(`${on}T10:00:00.000Z`);
  // Before a file is made: the plan is lazy and costs nothing.
  planned({ seed, size, today: clock.today() });
  const open = () => openDatabase(file, { mode: 'write', create: true, migrate: true });
  let db = open();
  try {
    const mark = readDemoMark(db);
    if (mark?.complete && mark.seed === seed && mark.size === size && (on === undefined || mark.day === on)) {
      return { day: mark.day, seed, ...countAll(db), logins: logins(), kept: true };
    }
    if (mark === null && countAll(db).enterprises > 0) {
      throw new AppError('conflict', `数据库 ${file} 已有非演示数据，演示数据要装入单独的数据库`);
    }
    if (mark !== null) {
      await db.close();
      for (const suffix of ['', '-wal', '-shm']) fs.rmSync(file + suffix, { force: true });
      db = open();
    }
    // The seals of a demo that was here before went with it.
    forgetHead(file);
    return await fillDemo(db, clock, { seed, size, onProgress });
  } finally {
    await db.close();
  }
}

/** Fills an empty database with the park. The history ends on the evening before the clock's day. */
export async function fillDemo(db: Db, clock: Clock, options: LoadOptions = {}): Promise<DemoLoaded> {
  const { seed = 'zhuhai-2021', size = PUBLISHED.size, coarse, onProgress = () => {} } = options;
  const day = clock.today();
  const mark: DemoMark = { seed, size, day, complete: false };
  const park = planned({ seed, size, today: day, ...(coarse === undefined ? {} : { coarse }) });
  await db.write((tx) => markDemo(tx, mark));
  const loading = new Loading(db, park, onProgress);
  await loading.parks(clock);
  await loading.live();
  await sweep(db, clock);
  await refreshVerdicts(db, clock);
  await addUsers(db, clock, loading.showcase);
  if (!park.coarse) await drawDemoBatches(db, clock);
  if (!park.coarse) await visitDemoEnterprises(db, clock);
  if (!park.coarse) await decideInDemo(db, clock);
  await db.write((tx) => markDemo(tx, { ...mark, complete: true }));
  onProgress(1, 1);
  return { day, seed, ...countAll(db), logins: logins() };
}

function planned(options: DemoOptions): DemoPark {
  try {
    return makePark(options);
  } catch (error) {
    if (error instanceof RangeError) throw new AppError('invalid', error.message);
    throw error;
  }
}

async function addUsers(db: Db, clock: Clock, enterpriseId: number): Promise<void> {
  for (const { words: _, ...user } of USERS) await createUser(db, clock, { ...user, password: PASSWORD });
  await createUser(db, clock, {
    username: ENTERPRISE_USER,
    displayName: '企业示例',
    role: 'enterprise',
    enterpriseId,
    password: PASSWORD,
  });
}

/** Times of a day in Asia/Shanghai at which the night's sweep runs, lists are read and officers record. */
const at = {
  sweep: (day: Day) => fixedClock(`${addDays(day, -1)}T16:05:00.000Z`),
  facts: (day: Day) => fixedClock(`${day}T02:00:00.000Z`),
  events: (day: Day) => fixedClock(`${day}T07:00:00.000Z`),
};

/** Days before the end of the history in which the park's steps carry our verdict. */
const JUDGED_DAYS = 365;
/** Enterprises whose facts are written in one transaction where the park is large. */
const BATCH = 500;
/** Events written in one transaction. */
const SLICE = 4000;

class Loading {
  /** The enterprise that the enterprise's login belongs to. */
  showcase = 0;
  private readonly db: Db;
  private readonly park: DemoPark;
  private readonly onProgress: (done: number, total: number) => void;
  /** Ids in the database by the plan's index. */
  private readonly ids: number[] = [];
  private readonly indices = new Map<string, number>();
  private readonly parkIds = new Map<string, number>();
  /** Applications that the park did not send on: enterprise and scheme, and the day until which nothing follows. */
  private readonly stopped = new Map<string, Day>();
  private done = 0;
  private total = 1;

  constructor(db: Db, park: DemoPark, onProgress: (done: number, total: number) => void) {
    this.db = db;
    this.park = park;
    this.onProgress = onProgress;
  }

  async parks(clock: Clock): Promise<void> {
    const by = { clock, actor: '系统' };
    for (const { code, name, parent } of PARKS) {
      const parentId = parent === null ? null : this.parkIds.get(parent)!;
      this.parkIds.set(name, await createPark(this.db, by, { code, name, parentId }));
    }
  }

  /** Everything from the first day to the last. */
  async live(): Promise<void> {
    const { coarse, options, enterprises } = this.park;
    const schedule: Schedule = new Map();
    const until = addDays(options.today, -1);
    let batch: DemoEnterprise[] = [];
    let shown: number | undefined;
    for (const enterprise of enterprises) {
      this.indices.set(enterprise.uscc, enterprise.index);
      if (coarse) {
        batch.push(enterprise);
        if (batch.length >= BATCH) {
          await this.listed(batch);
          batch = [];
        }
        enter(schedule, { ...enterprise, statements: [] }, until, false);
      } else enter(schedule, enterprise, until, true);
      if (enterprise.miss?.scheme === 'srdi') shown ??= enterprise.index;
    }
    if (batch.length > 0) await this.listed(batch);
    await this.days(schedule);
    this.showcase = this.ids[shown ?? 0]!;
  }

  /** A large park's facts, batch by batch; each statement still carries its own day. */
  private listed(batch: readonly DemoEnterprise[]): Promise<void> {
    this.progress(batch.length, this.park.options.size * 3);
    return this.db.write((tx) => {
      const schedule: Schedule = new Map();
      const until = this.park.options.today;
      for (const enterprise of batch) enter(schedule, { ...enterprise, events: [] }, until, false);
      for (const day of [...schedule.keys()].sort()) this.hear(tx, day, schedule.get(day)!);
    });
  }

  private async days(schedule: Schedule): Promise<void> {
    const { coarse, options } = this.park;
    const judgedFrom = addDays(options.today, coarse ? 0 : -JUDGED_DAYS);
    const reviews = coarse ? [] : sealedQuarters(options.today);
    const total = this.done + [...schedule.values()].reduce((sum, day) => sum + day.events.length, 0);
    for (const chapter of chapters(schedule, judgedFrom)) {
      while (reviews[0] && reviews[0].on < chapter[0]!) await this.review(reviews.shift()!.quarter);
      const planned = chapter.map((day) => [day, schedule.get(day)!] as const);
      const events = planned.reduce((sum, [, day]) => sum + day.events.length, 0);
      if (planned[0]![0] > judgedFrom || events > SLICE)
        for (const [day, each] of planned) await this.day(day, each);
      else {
        await this.db.write((tx) => {
          for (const [day, each] of planned) {
            this.morning(tx, day, each);
            this.act(tx, day, this.inputs(each));
          }
        });
      }
      this.progress(events, total);
    }
    for (const { quarter } of reviews) await this.review(quarter);
  }

  /** A quarter's review, after everything of its day; the targets are set before the first. */
  private async review(quarter: string): Promise<void> {
    const { today } = this.park.options;
    if (quarter === sealedQuarters(today)[0]!.quarter) {
      await limitDemoHiding(this.db);
      await setDemoTargets(this.db, today);
    }
    await sealDemoQuarter(this.db, quarter);
  }

  /** A day by itself: the verdict of a step is asked before its transaction opens. */
  private async day(day: Day, planned: PlannedDay): Promise<void> {
    const { coarse, options } = this.park;
    const judged =
      !coarse && day > addDays(options.today, -JUDGED_DAYS) && planned.events.some((e) => e.event.judged);
    if (!judged && planned.events.length <= SLICE) {
      return this.db.write((tx) => {
        this.morning(tx, day, planned);
        this.act(tx, day, this.inputs(planned));
      });
    }
    await this.db.write((tx) => this.morning(tx, day, planned));
    const inputs = judged ? this.judge(day, planned) : this.inputs(planned);
    for (let i = 0; i < inputs.length; i += SLICE) {
      await this.db.write((tx) => this.act(tx, day, inputs.slice(i, i + SLICE)));
    }
  }

  private morning(tx: Tx, day: Day, planned: PlannedDay): void {
    this.wake(tx, day, planned);
    this.hear(tx, day, planned);
  }

  private inputs({ events }: PlannedDay): EventInput[] {
    return events.map(({ index, event }) => this.input(index, event));
  }

  private progress(more: number, total: number): void {
    this.done += more;
    this.total = Math.max(total, this.done + 1);
    this.onProgress(this.done, this.total);
  }

  private wake(tx: Tx, day: Day, { due }: PlannedDay): void {
    if (due.size === 0) return;
    const ids = [...due].map((index) => this.ids[index]).filter((id) => id !== undefined);
    sweepSome(tx, at.sweep(day), ids);
  }

  private hear(tx: Tx, day: Day, { statements }: PlannedDay): void {
    if (statements.length === 0) return;
    const changes = statements.map(({ change }) => change);
    const results = recordFacts(tx, at.facts(day), changes, { actor: REGISTRAR });
    results.forEach((result, i) => {
      if (result.outcome === 'rejected') throw new Error(`demo statement of ${day}: ${result.reason}`);
      this.ids[this.indices.get(changes[i]!.uscc!)!] = result.enterpriseId;
    });
  }

  private act(tx: Tx, day: Day, inputs: readonly EventInput[]): void {
    if (inputs.length === 0) return;
    for (const result of submitAll(tx, at.events(day), inputs)) {
      if (!result.ok && result.code !== 'refused') throw new Error(`demo event of ${day}: ${result.reason}`);
    }
  }

  private input(index: number, event: PlannedEvent): EventInput {
    const { recordedOn: _on, judged: _judged, parks, ...rest } = event;
    const moved = parks && {
      from: parks.from === null ? null : this.parkIds.get(parks.from)!,
      to: parks.to === null ? null : this.parkIds.get(parks.to)!,
    };
    return { ...rest, payload: { ...rest.payload, ...moved }, enterpriseId: this.ids[index]! };
  }

  /** Steps of the last year: our rules are asked, and where they say no an officer gives a reason or stops. */
  private judge(day: Day, { events }: PlannedDay): EventInput[] {
    const inputs: EventInput[] = [];
    for (const { index, event } of events) {
      const input = this.input(index, event);
      const { enterpriseId, scheme } = input;
      const key = `${enterpriseId} ${scheme}`;
      if (day <= (this.stopped.get(key) ?? '')) continue;
      inputs.push(input);
      if (!event.judged || scheme === null) continue;
      const verdict = judgeStep(this.db, enterpriseId, scheme, event.effectiveOn);
      if (!verdict) continue;
      const payload = { ...input.payload, verdict };
      const refused = verdict.vetoes > 0 || verdict.outcome === 'ineligible';
      if (refused && index % 5 === 0) this.stopped.set(key, addDays(day, STOPPED_DAYS));
      const insists = refused && index % 5 !== 0;
      const reason = insists ? '企业补充材料后可满足，经科室研判同意继续' : input.reason;
      inputs[inputs.length - 1] = {
        ...input,
        payload: insists ? { ...payload, override: true } : payload,
        reason,
      };
    }
    return inputs;
  }
}

const STOPPED_DAYS = 300;
