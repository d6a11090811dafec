/** What a review counts: for whole parks from the roll-ups, for a narrower choice from the stays of its enterprises. */
import { familyOf } from '../../machines/families.ts';
import { STATES } from '../../machines/states.ts';
import type { Stock } from '../pipeline/funnel.ts';
import { OUTSIDE } from '../pipeline/projection.ts';
import type { CohortEntry } from '../pipeline/review/cohorts.ts';
import { stepsOf, type StepDays } from '../pipeline/review/durations.ts';
import { flowsOf, type Flow } from '../pipeline/review/flows.ts';
import { book, newDeltas, type Deltas } from '../pipeline/roll-ups.ts';
import type { Day } from '../rules/day.ts';
import { enterprisesOn } from './presence.server.ts';
import type { ResolvedScope } from './review-scope.server.ts';
import { moves, readStays, STOCK_LANES, stockOn, type Membership } from './spans.server.ts';
import { all, among, and, one, type Clause, type Reading } from './sql.server.ts';

export interface ReviewNumbers {
  /** Enterprises on record on a day. */
  enterprises(on: Day): number;
  /** Stock at the end of a day. */
  stock(on: Day, lanes?: readonly string[]): Stock[];
  /** What began, ended and moved in the days, both included. */
  flows(from: Day, to: Day): Flow[];
  /** Finished stays of some quarters by their days. */
  steps(quarters: readonly string[]): StepDays[];
}

/** The numbers of a scope. */
export function reviewNumbers(db: Reading, { parkIds, narrowed }: ResolvedScope): ReviewNumbers {
  return narrowed ? fromStays(db, narrowed, parkIds) : fromRollUps(db, parkIds);
}

/** Flows of whole parks. The parks are told apart by whoever reads them, since a move concerns two of them. */
export const storedFlows = (db: Reading, from: Day, to: Day): Flow[] =>
  all<Flow>(
    db,
    `SELECT lane, row, way, cause, other, parkId, sum(count) AS count FROM FlowChange
     WHERE day >= ? AND day <= ? GROUP BY lane, row, way, cause, other, parkId`,
    from,
    to,
  );

/** Finished stays of some quarters in the parks looked at. */
export function storedSteps(
  db: Reading,
  quarters: readonly string[],
  parkIds: readonly number[] | null,
): StepDays[] {
  const where = and([
    { sql: 'quarter >= ? AND quarter <= ?', params: [quarters[0] ?? '', quarters.at(-1) ?? ''] },
    parkIds ? among('parkId', parkIds) : { sql: `parkId <> ${OUTSIDE}`, params: [] },
  ]);
  return all<StepDays>(
    db,
    // Summed in the order of the index first: what is left to sort is little.
    `SELECT scheme, state, days, sum(count) AS count FROM (
       SELECT scheme, state, days, sum(count) AS count FROM StepDuration WHERE ${where.sql}
       GROUP BY quarter, scheme, state, days)
     GROUP BY scheme, state, days`,
    ...where.params,
  );
}

const fromRollUps = (db: Reading, parkIds: readonly number[] | null): ReviewNumbers => ({
  enterprises: (on) => enterprisesOn(db, { asOf: on, parkIds }),
  stock: (on, lanes) => stockOn(db, on, parkIds, lanes),
  flows: (from, to) => storedFlows(db, from, to),
  steps: (quarters) => storedSteps(db, quarters, parkIds),
});

/** Books the stays of some enterprises into roll-ups of their own, read as the stored ones are. */
function fromStays(db: Reading, narrowed: Clause, parkIds: readonly number[] | null): ReviewNumbers {
  const parks = parkIds ? new Set(parkIds) : null;
  const deltas = bookedStays(db, narrowed);
  return {
    enterprises: (on) => enterprisesOn(db, { asOf: on, parkIds, only: narrowed }),
    stock: (on, lanes) => stockIn(deltas, on, parks, lanes),
    flows: (from, to) => flowsOf(deltas, from, to),
    steps: (quarters) => stepsOf(deltas, quarters, parks),
  };
}

function bookedStays(db: Reading, narrowed: Clause): Deltas {
  const found = readStays(db, {
    lanes: STOCK_LANES,
    from: '0001-01-01',
    to: '9999-12-31',
    knownAt: null,
    only: narrowed,
  });
  const deltas = newDeltas();
  for (const own of Map.groupBy(found, ({ enterpriseId }) => enterpriseId).values()) {
    book(
      deltas,
      own.map(({ span }) => span),
      own[0]!.parks,
      1,
    );
  }
  return deltas;
}

function stockIn(
  { stock }: Deltas,
  on: Day,
  parks: ReadonlySet<number> | null,
  lanes?: readonly string[],
): Stock[] {
  const sums = new Map<string, { lane: string; scheme: string; state: string; count: number }>();
  for (const [key, days] of stock) {
    const [lane = '', scheme = '', state = '', park = ''] = key.split('|');
    if (lanes && !lanes.includes(lane)) continue;
    if (parks ? !parks.has(Number(park)) : Number(park) === OUTSIDE) continue;
    const id = `${lane}|${scheme}|${state}`;
    const own = sums.get(id) ?? { lane, scheme, state, count: 0 };
    for (const [day, delta] of days) if (day <= on) own.count += delta;
    sums.set(id, own);
  }
  return [...sums.values()].filter((own) => own.count !== 0);
}

/** Two columns of a reading as arrays: far fewer calls than rows. */
interface Columns {
  ids: string;
  days: string;
}

const columns = (db: Reading, where: string, ...params: string[]): [number[], string[]] => {
  const found = one<Columns>(
    db,
    `SELECT json_group_array(enterpriseId) AS ids, json_group_array(fromOn) AS days FROM Span WHERE ${where}`,
    ...params,
  )!;
  return [JSON.parse(found.ids) as number[], JSON.parse(found.days) as string[]];
};

const OUT_STATES = Object.entries(STATES)
  .filter(([, { column }]) => column === 'out')
  .map(([id]) => id);

/**
 * Entries into the first step of a scheme's way, with what became of them by the end of the days.
 * @param from first day of entry; to: last one, and the day of the outcome
 */
export function cohortEntries(
  db: Reading,
  scheme: string,
  { from, to }: { from: Day; to: Day },
  counts: (enterpriseId: number, on: Day) => boolean,
): CohortEntry[] {
  const entry = familyOf(scheme).preparation[0]!;
  const [ids, days] = columns(
    db,
    `lane = 'application' AND scheme = ? AND state = ? AND fromOn >= ? AND fromOn <= ?`,
    scheme,
    entry,
    from,
    to,
  );
  if (ids.length === 0) return [];
  const certified = latest(
    ...columns(
      db,
      `lane = 'held' AND scheme = ? AND state = 'held' AND fromOn >= ? AND fromOn <= ?`,
      scheme,
      from,
      to,
    ),
  );
  const out = new Set([...standingOut(db, scheme, from, to), ...deregistered(db, to)]);
  const entries: CohortEntry[] = [];
  ids.forEach((enterpriseId, i) => {
    const entryOn = days[i]!;
    if (!counts(enterpriseId, entryOn)) return;
    const got = certified.get(enterpriseId);
    const outcome =
      got !== undefined && got >= entryOn ? 'certified' : out.has(enterpriseId) ? 'out' : 'underWay';
    entries.push({ scheme, enterpriseId, entryOn, outcome });
  });
  return entries;
}

/** The last day of each enterprise. */
function latest(ids: readonly number[], days: readonly string[]): Map<number, string> {
  const found = new Map<number, string>();
  ids.forEach((id, i) => {
    const day = days[i]!;
    const known = found.get(id);
    if (known === undefined || known < day) found.set(id, day);
  });
  return found;
}

/** Enterprises whose application stands at its end without a title on the last day. */
const standingOut = (db: Reading, scheme: string, from: Day, to: Day): number[] =>
  OUT_STATES.flatMap(
    (state) =>
      columns(
        db,
        `lane = 'application' AND scheme = ? AND state = ? AND fromOn >= ? AND fromOn <= ?
           AND (toOn IS NULL OR toOn > ?)`,
        scheme,
        state,
        from,
        to,
        to,
      )[0],
  );

const deregistered = (db: Reading, to: Day): number[] =>
  all<{ id: number }>(
    db,
    `SELECT enterpriseId AS id FROM Event WHERE scheme IS NULL AND type = 'deregistered' AND effectiveOn <= ?
       AND accepted = 1`,
    to,
  ).map(({ id }) => id);

/** Which enterprises count on which day, within a scope: by their park, and by what else narrows it. */
export function countedIn(
  db: Reading,
  { parkIds, narrowed }: ResolvedScope,
): (enterpriseId: number, on: Day) => boolean {
  const moved = moves(db);
  const ids = (where: Clause) =>
    new Set(
      JSON.parse(
        one<{ ids: string }>(
          db,
          `SELECT json_group_array(e.id) AS ids FROM Enterprise e WHERE ${where.sql}`,
          ...where.params,
        )!.ids,
      ) as number[],
    );
  const chosen = narrowed && ids(narrowed);
  const inParks = parkIds && ids(among('e.parkId', parkIds));
  const there = (stay: Membership) => (parkIds ? parkIds.includes(stay.park) : stay.park !== OUTSIDE);
  return (id, on) => {
    if (chosen && !chosen.has(id)) return false;
    const own = moved.get(id);
    if (!own) return inParks === null || inParks.has(id);
    return own.some((stay) => stay.from <= on && (stay.to === null || on < stay.to) && there(stay));
  };
}
