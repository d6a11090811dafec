/** Judges enterprises for kept candidate lists: who belongs in one, in which tab, at which place. */
import type { Connection } from '../db/connection.server.ts';
import { prepareOnce } from '../db/connection.server.ts';
import { OUTSIDE } from '../pipeline/projection.ts';
import { openingByPlace, type WindowEntry } from '../pipeline/windows.ts';
import { addDays, yearOf, type Day } from '../rules/day.ts';
import type { PanelOptions } from '../rules/engine/compile.ts';
import type { Action } from '../rules/engine/types.ts';
import { sizeRange } from '../rules/features/size.ts';
import type { Facts } from '../rules/facts/parse.ts';
import { industrySection } from '../rules/facts/sections.ts';
import { populationJudge, type Judge, type Judgement } from '../rules/population.ts';
import { yearsBack } from '../rules/prejudge.ts';
import { rankKey, tabOf } from '../rules/ranking.ts';
import { SCHEMES } from '../rules/schemes.ts';
import type { NewCandidate } from './candidate-rows.server.ts';

/** Stands for a day that is not known, so that it comes last. */
export const NO_DAY = '9999-12-31';

/** A stay in days `[from, to)`; `to` null: without end. */
interface Stay {
  readonly from: Day;
  readonly to: Day | null;
}

/** What the lists need to know of an enterprise besides its facts. */
export interface Surroundings {
  readonly parkId: number;
  readonly held: readonly (Stay & { readonly scheme: string })[];
  /** Stays away: deregistered, moved out. */
  readonly away: readonly Stay[];
}

export const NO_SURROUNDINGS: Surroundings = { parkId: 0, held: [], away: [] };

/** Reads the surroundings of the enterprises from one id to another. */
export function readSurroundings(
  connection: Connection,
  first: number,
  last: number,
): (enterpriseId: number) => Surroundings {
  const select = <Row>(sql: string, ...values: unknown[]) =>
    prepareOnce<Row>(connection, sql).all(first, last, ...values) as Row[];
  const range = 'BETWEEN ? AND ?';
  const parks = new Map(
    select<{ id: number; parkId: number | null }>(`SELECT id, parkId FROM Enterprise WHERE id ${range}`).map(
      ({ id, parkId }) => [id, parkId ?? 0],
    ),
  );
  type SpanRow = { id: number; scheme: string; from: Day; to: Day | null };
  const spans = select<SpanRow & { lane: string }>(
    `SELECT enterpriseId AS id, lane, scheme, fromOn AS "from", toOn AS "to" FROM Span
     WHERE enterpriseId ${range} AND (+lane = 'held' OR (+lane = 'park' AND +state = '${OUTSIDE}'))`,
  );
  const gone = select<{ id: number; from: Day | null }>(
    `SELECT enterpriseId AS id, json_extract(snapshot, '$.gone.on') AS "from" FROM MachineSnapshot
     WHERE enterpriseId ${range} AND enterpriseId IN (
       SELECT enterpriseId FROM Event WHERE scheme IS NULL AND type = 'deregistered' AND accepted = 1)`,
  );
  const held = Map.groupBy(
    spans.filter(({ lane }) => lane === 'held'),
    ({ id }) => id,
  );
  const away = Map.groupBy(
    [
      ...spans.filter(({ lane }) => lane === 'park'),
      ...gone.flatMap(({ id, from }) => (from === null ? [] : [{ id, from, to: null }])),
    ],
    ({ id }) => id,
  );
  return (id) => ({ parkId: parks.get(id) ?? 0, held: held.get(id) ?? [], away: away.get(id) ?? [] });
}

const covers = ({ from, to }: Stay, on: Day) => from <= on && (to === null || to > on);

/** The day before the first one after `on` on which a stay begins or ends; null where none does. */
function turnOf(stays: readonly Stay[], on: Day): Day | null {
  const days = stays.flatMap(({ from, to }) => [from, to]).filter((day) => day !== null && day > on);
  return days.length === 0 ? null : addDays((days as Day[]).sort()[0]!, -1);
}

export interface ListSubject {
  readonly scheme: string;
  readonly action: Action;
  /** The day of application. */
  readonly on: Day;
  /** The day on which the list is looked at: what is said of windows is of this day. */
  readonly today: Day;
  readonly operatorValues: PanelOptions['operatorValues'];
  /** Official windows of the scheme. */
  readonly windows: readonly WindowEntry[];
}

export interface Judged {
  readonly row: NewCandidate | null;
  /** Last day for which this is so, if the list follows today and no fact changes. */
  readonly until: Day;
}

export type ListJudge = (facts: Facts, surroundings: Surroundings) => Judged;

/** Compiles the rules of a list; the judge returned says of an enterprise what its row is, or that it has none. */
export function listJudge(subject: ListSubject): ListJudge {
  const { scheme, action, on } = subject;
  const judge = populationJudge(on, {
    schemes: [scheme],
    evidence: true,
    operatorValues: subject.operatorValues,
  });
  const opening = openingByPlace(subject.windows, action, subject.today);
  return (facts, around) => {
    const turns = [turnOf(around.held, on), turnOf(around.away, on)];
    if (facts.registeredOn && facts.registeredOn > on) turns.push(addDays(facts.registeredOn, -1));
    const untilBy = (day: Day) =>
      turns.reduce<Day>((until, turn) => (turn && turn < until ? turn : until), day);
    const nothing: Judged = { row: null, until: untilBy(`${yearOf(on)}-12-31`) };
    const absent = around.away.some((stay) => covers(stay, on));
    if (absent || (facts.registeredOn != null && facts.registeredOn > on)) return nothing;
    const own = around.held.filter((stay) => covers(stay, on));
    if (own.some((title) => title.scheme === scheme) !== (action === 'renewal')) return nothing;
    const judged = judgeBest(judge, facts, subject);
    if (!judged) return nothing;
    return {
      row: rowOf(subject, facts, judged, { ...around, held: own }, opening(facts.division ?? '')),
      until: untilBy(judged.verdict.holdsUntil),
    };
  };
}

interface Best {
  readonly verdict: Judgement;
  readonly back: number;
}

/** The verdict of the day, on the last complete year where the last year is not there yet. */
function judgeBest(judge: Judge, facts: Facts, { action, on }: ListSubject): Best | null {
  const back = yearsBack(facts, on);
  const [verdict] = judge(facts, action, back);
  return verdict ? { verdict, back } : null;
}

function rowOf(
  { scheme, action, on }: ListSubject,
  facts: Facts,
  { verdict, back }: Best,
  { parkId, held }: Surroundings,
  windowOn: Day | null,
): NewCandidate {
  const ends = held
    .filter((title) => action === 'new' || title.scheme === scheme)
    .flatMap(({ to }) => (to === null ? [] : [addDays(to, -1)]))
    .sort();
  const sizes = sizeRange(facts, yearOf(on) - back);
  const { weakest } = verdict;
  return {
    tab: tabOf(verdict),
    rankKey: rankKey({
      distance: verdict.distance,
      weakest,
      pressing: action === 'renewal' ? (ends[0] ?? null) : windowOn,
      on,
    }),
    name: facts.name ?? '',
    registeredOn: facts.registeredOn ?? NO_DAY,
    titleUntil: ends[0] ?? NO_DAY,
    parkId,
    section: industrySection(facts.industry)?.code ?? '',
    field: /^[1-8]/.exec(facts.techField ?? '')?.[0] ?? '',
    size: sizes && sizes[0] === sizes[1] ? sizes[0] : -1,
    held: heldBits(held.map((title) => title.scheme)),
    rule: verdict.rule,
    outcome: verdict.outcome,
    met: verdict.met,
    unmet: verdict.unmet,
    unknown: verdict.unknown,
    manual: verdict.manual,
    vetoes: verdict.vetoes,
    distance: verdict.distance,
    gaps: verdict.gaps,
    holdsUntil: verdict.holdsUntil,
    figuresOf: back > 0 ? yearOf(on) - 1 - back : null,
    weakSource: weakest?.source ?? null,
    weakFigure: weakest ? `${weakest.year}.${weakest.figure}` : null,
    windowOn,
  };
}

const BITS = new Map(SCHEMES.map(({ id }, i) => [id, 2 ** i]));

/** Schemes as bits of one number, by their place in SCHEMES. */
const heldBits = (schemes: readonly string[]): number =>
  [...new Set(schemes)].reduce((bits, scheme) => bits + (BITS.get(scheme) ?? 0), 0);
