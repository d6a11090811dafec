/**
 * 修订影响: the whole park under two versions of the law, or one with other thresholds. A park is read from the
 * database once and kept as columns while nothing changes, so that the next question is answered at once.
 */
import type { Db } from '../db/clients.server.ts';
import { AppError } from '../db/errors.ts';
import { readerOf, streamParts } from '../db/fact-rows.server.ts';
import type { Day } from '../rules/day.ts';
import { beginColumns, type Columns } from '../rules/engine/columns.ts';
import { compilePanel } from '../rules/engine/compile.ts';
import { rational, type Rational } from '../rules/engine/exact.ts';
import { OUTCOMES, RESULTS } from '../rules/engine/sheet.ts';
import type { Action, Outcome, Result } from '../rules/engine/types.ts';
import { industrySection } from '../rules/facts/sections.ts';
import { assembleFacts } from '../rules/facts/stored.ts';
import { momentOf } from '../rules/index.ts';
import type { OperatorValues } from '../rules/operator.ts';
import { planned, type YearPlan } from '../rules/plan/next-year.ts';
import { RULE_BY_ID, RULES } from '../rules/registry.ts';
import {
  compareReadings,
  decidingPlaces,
  readPark,
  whatIf,
  type Movement,
  type Reading,
  type Replay,
} from '../rules/replay.ts';
import { operatorValuesOn } from './operator-values.server.ts';

export interface ParkRequest {
  readonly scheme: string;
  readonly action: Action;
  readonly on: Day;
  /** Figures of a year to come, as somebody expects them; absent: the facts as they are. */
  readonly plan?: YearPlan;
}

export interface ReplayRequest extends ParkRequest {
  /** Rule versions by id, both of the scheme. */
  readonly from: string;
  readonly to: string;
  /** Other thresholds of the second version, by parameter id, as decimal texts in the parameter's unit. */
  readonly set: Readonly<Record<string, string>>;
  /** Only what is certainly met counts, not what is merely without anything unmet. */
  readonly strict: boolean;
}

/** A park in memory; enterprise by enterprise in the order of their ids. */
export interface LoadedPark {
  readonly ids: readonly number[];
  /** Section of GB/T 4754; '' where the industry is not known. */
  readonly sections: readonly string[];
  readonly columns: Columns;
  readonly operatorValues: OperatorValues | undefined;
  readonly readings: Map<string, Reading>;
}

interface Job {
  done: number;
  total: number;
  park: LoadedPark | null;
  readonly finished: Promise<LoadedPark>;
}

/** Parks kept or being loaded, by file, state of the database and what is asked; the oldest goes first. */
const jobs = new Map<string, Job>();
const KEPT = 3;
/** Enterprises after which others have their turn. */
const BREATH = 250;
const breathe = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Changes whenever facts, titles, codes or entered values do: all of them only ever add rows to these. */
function stampOf(db: Db): string {
  const row = readerOf(db.raw)
    .prepare<Record<string, number | null>>(
      `SELECT (SELECT max(id) FROM FactRecord) AS facts, (SELECT max(id) FROM Event) AS events,
         (SELECT max(id) FROM Enterprise) AS enterprises, (SELECT max(id) FROM OperatorValue) AS entered`,
    )
    .get();
  return Object.values(row ?? {}).join(',');
}

export type Loaded =
  | { readonly ready: true; readonly park: LoadedPark }
  | { readonly ready: false; readonly done: number; readonly total: number };

/**
 * The park for a scheme, action and day; begins to load it where it is not at hand.
 * @param patience milliseconds to wait before answering with how far it is
 */
export async function loadPark(db: Db, request: ParkRequest, patience: number): Promise<Loaded> {
  const job = jobFor(db, request);
  if (!job.park) await Promise.race([job.finished, sleep(patience)]);
  return job.park ? { ready: true, park: job.park } : { ready: false, done: job.done, total: job.total };
}

const sleep = (ms: number) =>
  new Promise<void>((resolve) => {
    setTimeout(resolve, Math.min(ms, 2 ** 31 - 1)).unref();
  });

/** The same, however long it takes. */
export const loadWholePark = (db: Db, request: ParkRequest): Promise<LoadedPark> =>
  jobFor(db, request).finished;

function jobFor(db: Db, request: ParkRequest): Job {
  const { scheme, action, on, plan } = request;
  const key = [db.file, stampOf(db), scheme, action, on, plan ? JSON.stringify(plan) : ''].join('|');
  let job = jobs.get(key);
  if (job) jobs.delete(key);
  else job = begin(db, request, () => jobs.delete(key));
  jobs.set(key, job);
  while (jobs.size > KEPT) jobs.delete(jobs.keys().next().value!);
  return job;
}

function begin(db: Db, request: ParkRequest, forget: () => void): Job {
  const total = readerOf(db.raw)
    .prepare<{ n: number }>('SELECT count(*) AS n FROM Enterprise WHERE mergedIntoId IS NULL')
    .get()!.n;
  const progress = { done: 0, total, park: null as LoadedPark | null };
  const finished = load(db, request, (done) => (progress.done = done)).then(
    (park) => (progress.park = park),
    (error: unknown) => {
      forget();
      throw error;
    },
  );
  // Whoever waits gets the error; nobody waiting is no crash.
  finished.catch(() => undefined);
  return Object.assign(progress, { finished });
}

async function load(db: Db, request: ParkRequest, onProgress: (done: number) => void): Promise<LoadedPark> {
  const { scheme, action, on, plan } = request;
  const operatorValues = operatorValuesOn(db, on);
  const panel = compilePanel(
    RULES.filter((rule) => rule.scheme === scheme),
    { operatorValues },
  );
  const loading = beginColumns(panel, momentOf(on, action, operatorValues));
  const ids: number[] = [];
  const sections: string[] = [];
  const connection = db.openReader();
  try {
    for (const parts of streamParts(connection)) {
      const facts = assembleFacts(parts, false);
      loading.add(plan ? planned(facts, plan) : facts);
      ids.push(parts.enterprise.id);
      sections.push(industrySection(parts.enterprise.industry)?.code ?? '');
      if (ids.length % BREATH === 0) {
        onProgress(ids.length);
        await breathe();
      }
    }
  } finally {
    connection.close();
  }
  return { ids, sections, columns: loading.done(), operatorValues, readings: new Map() };
}

function readingOf(park: LoadedPark, rule: string): Reading {
  let reading = park.readings.get(rule);
  if (!reading) {
    reading = readPark(park.columns, RULE_BY_ID.get(rule)!, { operatorValues: park.operatorValues });
    park.readings.set(rule, reading);
  }
  return reading;
}

/** Counts of one group, such as an industry section. */
export type GroupCounts = Readonly<Record<Movement, number>> & { readonly code: string };

export interface ReplayResult extends Replay {
  readonly request: ReplayRequest;
  /** How many were looked at. */
  readonly judged: number;
  /** Sections with anybody in them, in the order of the standard; code '' where the industry is not known. */
  readonly sections: readonly GroupCounts[];
  readonly before: Reading;
  readonly after: Reading;
}

/**
 * Answers a replay over a loaded park.
 * @param among enterprises looked at; null for all
 * @param base the same enterprises as they are, where `park` is of another day or of planned figures
 */
export function replayPark(
  park: LoadedPark,
  request: ReplayRequest,
  among: ReadonlySet<number> | null = null,
  base: LoadedPark = park,
): ReplayResult {
  const before = readingOf(base, request.from);
  const overrides = Object.entries(request.set).map(([id, value]): [string, Rational] => [
    id,
    rational(value),
  ]);
  const plain = readingOf(park, request.to);
  const after =
    overrides.length === 0
      ? plain
      : whatIf(park.columns, plain, Object.fromEntries(overrides), park.operatorValues);
  const replay = compareReadings(before, after, {
    strict: request.strict,
    ...(among ? { include: (i: number) => among.has(park.ids[i]!) } : {}),
  });
  const { stays, gains, loses, never } = replay.counts;
  const judged = stays + gains + loses + never;
  return { ...replay, request, judged, sections: bySection(park, replay), before, after };
}

/** Movements counted by any key of an enterprise; one with several keys counts under each. */
export function countBy(
  park: LoadedPark,
  { movements }: Pick<Replay, 'movements'>,
  keysOf: (place: number, enterpriseId: number) => readonly string[],
): GroupCounts[] {
  const found = new Map<string, { code: string } & Record<Movement, number>>();
  movements.forEach((movement, i) => {
    if (movement === null) return;
    for (const code of keysOf(i, park.ids[i]!)) {
      let counts = found.get(code);
      if (!counts) found.set(code, (counts = { code, stays: 0, gains: 0, loses: 0, never: 0 }));
      counts[movement] += 1;
    }
  });
  return [...found.values()];
}

const bySection = (park: LoadedPark, replay: Replay): GroupCounts[] =>
  countBy(park, replay, (i) => [park.sections[i]!]).sort((a, b) =>
    (a.code || '~').localeCompare(b.code || '~'),
  );

export interface ReplayFilter {
  readonly movement: Movement;
  /** Only where this condition is among those that decide. */
  readonly decides?: string | null;
  /** A section's code; '-' for those without an industry. */
  readonly section?: string | null;
}

export interface ReplayLine {
  readonly enterpriseId: number;
  readonly movement: Movement;
  readonly before: Outcome;
  readonly after: Outcome;
  /** What keeps it out now, or kept it out before it gained. */
  readonly deciding: readonly { readonly id: string; readonly label: string; readonly result: Result }[];
}

/** Places of the enterprises that a filter leaves, in the order of their ids. */
export function filterReplay(park: LoadedPark, result: ReplayResult, filter: ReplayFilter): number[] {
  const reading = filter.movement === 'gains' ? result.before : result.after;
  const place = filter.decides ? reading.rule.conditions.findIndex(({ id }) => id === filter.decides) : -1;
  const section = filter.section === '-' ? '' : filter.section;
  return result.movements.flatMap((movement, i) => {
    if (movement !== filter.movement) return [];
    if (section != null && park.sections[i] !== section) return [];
    if (filter.decides && !decidingPlaces(reading, i, result.request.strict).includes(place)) return [];
    return [i];
  });
}

/** One enterprise of a replay, by its place. */
export function replayLine(park: LoadedPark, result: ReplayResult, i: number): ReplayLine {
  const movement = result.movements[i]!;
  const reading = movement === 'gains' ? result.before : result.after;
  const { conditions } = reading.rule;
  const places = movement === 'stays' ? [] : decidingPlaces(reading, i, result.request.strict);
  return {
    enterpriseId: park.ids[i]!,
    movement,
    before: OUTCOMES[result.before.outcomes[i]!]!,
    after: OUTCOMES[result.after.outcomes[i]!]!,
    deciding: places.map((place) => ({
      id: conditions[place]!.id,
      label: conditions[place]!.label,
      result: RESULTS[reading.results[i * conditions.length + place]!]!,
    })),
  };
}

/** Checks that the versions are there and belong to the scheme. @throws AppError `invalid` */
export function requireVersions(scheme: string, ...versions: readonly string[]): void {
  const own = RULES.filter((rule) => rule.scheme === scheme).map(({ id }) => id);
  if (own.length === 0) throw new AppError('invalid', `称号 ${scheme} 没有规则版本`);
  const wrong = versions.find((id) => !own.includes(id));
  if (wrong !== undefined)
    throw new AppError('invalid', `${scheme} 没有规则版本 ${wrong}；可用：${own.join('、')}`);
}
