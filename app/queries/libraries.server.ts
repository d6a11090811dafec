/** Libraries and lists beside the titles: 潜力清单, 培育库, 高企蓄水池, 重点跟进, 独角兽库; who is in, since when, why. */
import { familyOf } from '../../machines/families.ts';
import type { OpenCondition } from '../rules/engine/closeness.ts';
import { daysBetween, type Day } from '../rules/day.ts';
import { RESERVOIR_MOST, RESERVOIR_SCHEME } from '../rules/lists.ts';
import { RULE_BY_ID, RULES } from '../rules/registry.ts';
import { SCHEMES } from '../rules/schemes.ts';
import { followKindLabel } from '../pipeline/follow-ups.ts';
import { schemeLabel, stateText } from './schemes.server.ts';
import { inScope, presentOn, stillHere, type Scope } from './scope.server.ts';
import { all, among, and, column, count, type Clause, type Param, type Reading } from './sql.server.ts';
import { stewardNames } from './stewards.server.ts';

export const LIBRARIES = [
  { id: 'potential', label: '潜力清单' },
  { id: 'library', label: '培育库' },
  { id: 'reservoir', label: '高企蓄水池' },
  { id: 'focus', label: '重点跟进' },
  { id: 'unicorn', label: '独角兽库' },
] as const;
export type LibraryId = (typeof LIBRARIES)[number]['id'];

/** Sub-tiers of the library of unicorns, the highest first. */
const UNICORN_TIERS = ['unicorn', 'unicornPotential', 'unicornSeed'];
/** Schemes with a 潜力清单, and those whose titles are prepared in a library. */
const JUDGED = SCHEMES.map(({ id }) => id).filter((id) => RULES.some(({ scheme }) => scheme === id));
export const CULTIVATED = SCHEMES.map(({ id }) => id).filter((id) =>
  familyOf(id).preparation.includes('library'),
);
const IN_LIBRARY = ['library', 'visited', 'followed'];

const SCHEMES_OF: Readonly<Record<LibraryId, readonly string[]>> = {
  potential: JUDGED,
  library: CULTIVATED,
  reservoir: [RESERVOIR_SCHEME],
  focus: [''],
  unicorn: UNICORN_TIERS,
};
const FIRST: Readonly<Record<LibraryId, string>> = {
  potential: 'giant',
  library: 'giant',
  reservoir: RESERVOIR_SCHEME,
  focus: '',
  unicorn: 'unicorn',
};

export interface LibraryLook {
  readonly list: LibraryId;
  /** '' for the list of no one scheme. */
  readonly scheme: string;
  /** Most unmet conditions; only for the 蓄水池. */
  readonly k: number;
}

/** Reads which list an address asks for; what is malformed counts as not given. */
export function readLibrary(query: URLSearchParams): LibraryLook {
  const list = LIBRARIES.find(({ id }) => id === query.get('list'))?.id ?? 'potential';
  const asked = query.get('scheme');
  const scheme = asked !== null && SCHEMES_OF[list].includes(asked) ? asked : FIRST[list];
  const k = Number(query.get('k') ?? 1);
  return { list, scheme, k: Number.isSafeInteger(k) && k >= 0 && k <= RESERVOIR_MOST ? k : 1 };
}

/** The stays of a list on the day, over `s`; the table and the column of the enterprise are the same in all. */
function staysOf({ list, scheme, k }: LibraryLook, { asOf, isToday }: Scope): Clause & { table: string } {
  const lasts = (column: string): Clause =>
    isToday && column === 'ListStay'
      ? { sql: 's.toOn IS NULL', params: [] }
      : { sql: 's.fromOn <= ? AND (s.toOn IS NULL OR s.toOn > ?)', params: [asOf, asOf] };
  if (list === 'library' || list === 'unicorn') {
    const states = list === 'library' ? IN_LIBRARY : ['held'];
    const lane = list === 'library' ? 'application' : 'held';
    const of = list === 'library' ? among('s.state', states) : null;
    const days = lasts('Span');
    const where = and([{ sql: 's.lane = ? AND s.scheme = ?', params: [lane, scheme] }, of, days]);
    return { table: 'Span', ...where };
  }
  const near: Clause | null = list === 'reservoir' ? { sql: 's.unmet <= ?', params: [k] } : null;
  const own = { sql: 's.list = ? AND s.scheme = ?', params: [list, scheme] };
  return { table: 'ListStay', ...and([own, lasts('ListStay'), near]) };
}

/** Who is there on the day; today whoever was judged is registered. */
const hereOn = ({ asOf, isToday }: Scope): Clause => (isToday ? stillHere('e.id', asOf) : presentOn(asOf));

/** FROM and WHERE of a list within the scope: those there on the day, merged records never. */
function listed(look: LibraryLook, scope: Scope): { sql: string; params: Param[] } {
  const { table, ...stays } = staysOf(look, scope);
  const where = and([stays, ...inScope(scope), hereOn(scope)]);
  return {
    sql: `FROM ${table} s CROSS JOIN Enterprise e ON e.id = s.enterpriseId WHERE ${where.sql}`,
    params: where.params,
  };
}

const ORDER: Readonly<Record<LibraryId, string>> = {
  potential: 's.unmet, s.distance, s.enterpriseId',
  reservoir: 's.unmet, s.distance, s.enterpriseId',
  library: 's.fromOn DESC, s.id DESC',
  unicorn: 's.fromOn DESC, s.id DESC',
  // What is due first stands first; who has nothing to come, last.
  focus: "coalesce(nextOn, '9999'), s.fromOn, s.id",
};

const NEXT = `(SELECT min(f.nextOn) FROM FollowUp f WHERE f.enterpriseId = e.id AND +f.doneAt IS NULL
  AND +f.voidedAt IS NULL AND f.nextOn IS NOT NULL)`;

interface Core {
  id: number;
  uscc: string;
  name: string;
  park: string | null;
  tier: string | null;
  since: string;
  /** Why it entered, where the list itself keeps that. */
  why: string | null;
  eventId: number | null;
}

/** Lists in the order of their index: ended stays never stand in it, nor do those of merged records. */
const isRanked = ({ list }: LibraryLook, { isToday, parkIds, steward }: Scope): boolean =>
  isToday && !parkIds && !steward && (list === 'potential' || list === 'reservoir');

/** A page straight from the index: what is skipped is never looked up, so the thousandth page costs as the first. */
function rankedPage(look: LibraryLook, scope: Scope): { sql: string; params: Param[] } {
  const stays = staysOf(look, scope);
  const here = stillHere('s.enterpriseId', scope.asOf);
  return {
    sql: `FROM (SELECT s.id FROM ListStay s WHERE ${stays.sql} AND ${here.sql} ORDER BY ${ORDER[look.list]} LIMIT ? OFFSET ?) x
          CROSS JOIN ListStay s ON s.id = x.id CROSS JOIN Enterprise e ON e.id = s.enterpriseId
          ORDER BY ${ORDER[look.list]}`,
    params: [...stays.params, ...here.params],
  };
}

function coreOf(db: Reading, look: LibraryLook, scope: Scope, size: number, offset: number): Core[] {
  const own =
    look.list === 'library' || look.list === 'unicorn' ? 'NULL AS why, s.eventId' : 's.why, NULL AS eventId';
  const next = look.list === 'focus' ? `, ${NEXT} AS nextOn` : '';
  const columns = `e.id, e.uscc, e.name, (SELECT p.name FROM Park p WHERE p.id = e.parkId) AS park, e.headline AS tier,
            s.fromOn AS since, ${own}${next}`;
  if (isRanked(look, scope)) {
    const { sql, params } = rankedPage(look, scope);
    return all<Core>(db, `SELECT ${columns} ${sql}`, ...params, size, offset);
  }
  const { sql, params } = listed(look, scope);
  return all<Core>(
    db,
    `SELECT ${columns} ${sql} ORDER BY ${ORDER[look.list]} LIMIT ? OFFSET ?`,
    ...params,
    size,
    offset,
  );
}

export interface LibraryRow extends Core {
  readonly rule: string | null;
  readonly outcome: string | null;
  readonly unmet: number | null;
  readonly gaps: readonly (OpenCondition & { label: string })[];
  readonly stewards: readonly string[];
  readonly contact: { readonly onDay: Day; readonly kind: string } | null;
  readonly next: { readonly action: string; readonly on: Day; readonly daysLeft: number } | null;
  /** Where the application stands, where one is under way; for lists made by rule. */
  readonly underway: string | null;
}

interface Verdict {
  id: number;
  rule: string;
  outcome: string;
  unmet: number;
  gaps: string;
}

const idList = (rows: readonly { id: number }[]) => JSON.stringify(rows.map(({ id }) => id));

function verdictsOf(db: Reading, ids: string, scheme: string): Map<number, Verdict> {
  const rows = all<Verdict>(
    db,
    `SELECT v.enterpriseId AS id, v.rule, v.outcome, v.unmet, v.gaps FROM json_each(?) j
     CROSS JOIN StoredVerdict v ON v.enterpriseId = j.value AND v.scheme = ? AND v.action = 'new'`,
    ids,
    scheme,
  );
  return new Map(rows.map((row) => [row.id, row]));
}

function labelled({ rule, gaps }: Verdict): LibraryRow['gaps'] {
  const labels = new Map((RULE_BY_ID.get(rule)?.conditions ?? []).map(({ id, label }) => [id, label]));
  return (JSON.parse(gaps) as OpenCondition[]).map((gap) => ({
    ...gap,
    label: labels.get(gap.id) ?? gap.id,
  }));
}

/** The last contact of each enterprise; notes to oneself are none. */
const contactsOf = (db: Reading, ids: string) =>
  new Map(
    all<{ id: number; onDay: string; kind: string }>(
      db,
      `SELECT j.value AS id, f.onDay, f.kind FROM json_each(?) j CROSS JOIN FollowUp f ON f.id = (
         SELECT g.id FROM FollowUp g WHERE g.enterpriseId = j.value AND g.voidedAt IS NULL AND g.kind <> 'note'
         ORDER BY g.onDay DESC, g.id DESC LIMIT 1)`,
      ids,
    ).map(({ id, onDay, kind }) => [id, { onDay, kind: followKindLabel(kind) }]),
  );

/** The next action of each enterprise that is open, the first due. */
const nextOf = (db: Reading, ids: string, on: Day) =>
  new Map(
    all<{ id: number; nextAction: string; nextOn: string }>(
      db,
      `SELECT j.value AS id, f.nextAction, f.nextOn FROM json_each(?) j CROSS JOIN FollowUp f ON f.id = (
         SELECT g.id FROM FollowUp g WHERE g.enterpriseId = j.value AND +g.voidedAt IS NULL AND +g.doneAt IS NULL
           AND g.nextOn IS NOT NULL ORDER BY g.nextOn, g.id LIMIT 1)`,
      ids,
    ).map(({ id, nextAction, nextOn }) => [
      id,
      { action: nextAction, on: nextOn, daysLeft: daysBetween(on, nextOn) },
    ]),
  );

const reasonsOf = (db: Reading, rows: readonly Core[]) =>
  new Map(
    all<{ id: number; reason: string | null }>(
      db,
      'SELECT e.id, e.reason FROM json_each(?) j CROSS JOIN Event e ON e.id = j.value',
      JSON.stringify(rows.flatMap(({ eventId }) => (eventId === null ? [] : [eventId]))),
    ).map(({ id, reason }) => [id, reason]),
  );

const underwayOf = (db: Reading, ids: string, scheme: string, on: Day) =>
  new Map(
    all<{ id: number; state: string }>(
      db,
      `SELECT s.enterpriseId AS id, s.state FROM json_each(?) j CROSS JOIN Span s ON s.enterpriseId = j.value
       WHERE s.scheme = ? AND s.lane = 'application' AND s.fromOn <= ? AND (s.toOn IS NULL OR s.toOn > ?)`,
      ids,
      scheme,
      on,
      on,
    ).map(({ id, state }) => [id, state]),
  );

const stateOf = (state: string | undefined) => (state === undefined ? null : stateText(state));

/** One page of a list, or all of it in pieces by {@link allRows}. */
export function libraryRows(
  db: Reading,
  look: LibraryLook,
  scope: Scope,
  size: number,
  offset = 0,
): LibraryRow[] {
  const rows = coreOf(db, look, scope, size, offset);
  const ids = idList(rows);
  const verdicts = look.scheme === '' ? new Map<number, Verdict>() : verdictsOf(db, ids, look.scheme);
  const [contacts, next] = [contactsOf(db, ids), nextOf(db, ids, scope.asOf)];
  const stewards = stewardNames(
    db,
    rows.map(({ id }) => id),
    scope.asOf,
  );
  const reasons = reasonsOf(db, rows);
  const underway = underwayOf(db, ids, look.scheme, scope.asOf);
  return rows.map((row) => {
    const verdict = verdicts.get(row.id);
    return {
      ...row,
      why: row.eventId === null ? row.why : (reasons.get(row.eventId) ?? null),
      rule: verdict?.rule ?? null,
      outcome: verdict?.outcome ?? null,
      unmet: verdict?.unmet ?? null,
      gaps: verdict ? labelled(verdict) : [],
      stewards: stewards.get(row.id) ?? [],
      contact: contacts.get(row.id) ?? null,
      next: next.get(row.id) ?? null,
      underway: stateOf(underway.get(row.id)),
    };
  });
}

/** Rows read at a time for a workbook. */
const PIECE = 500;

/** Every row of a list, read in pieces. */
export function* allRows(db: Reading, look: LibraryLook, scope: Scope): Generator<LibraryRow> {
  for (let at = 0; ; at += PIECE) {
    const rows = libraryRows(db, look, scope, PIECE, at);
    yield* rows;
    if (rows.length < PIECE) return;
  }
}

export interface LibraryTotals {
  /** Enterprises in any list, each once. */
  readonly enterprises: number;
  /** Places in all lists: an enterprise counts once a list and scheme. */
  readonly places: number;
  readonly lists: readonly {
    readonly id: LibraryId;
    readonly label: string;
    /** Each once in this list, whatever the schemes. */
    readonly enterprises: number;
    readonly places: number;
    readonly schemes: readonly { readonly scheme: string; readonly label: string; readonly count: number }[];
  }[];
}

/** Totals kept while the database does not change, as they look at every list; the oldest goes first. */
const kept = new Map<string, LibraryTotals>();
const KEPT = 32;

/** Counts of all lists beside the distinct enterprises in them. @param k limit of the 蓄水池 */
export function libraryTotals(
  db: Reading & { readonly file: string },
  scope: Scope,
  k: number,
): LibraryTotals {
  const version = db.raw.pragma('data_version', { simple: true });
  const key = [
    db.file,
    String(version),
    scope.asOf,
    scope.park ?? '',
    scope.steward?.userId ?? '',
    scope.steward?.words ?? '',
    k,
  ].join('|');
  const known = kept.get(key);
  if (known) return known;
  const totals = countAll(db, scope, k);
  if (kept.size >= KEPT) kept.delete(kept.keys().next().value!);
  kept.set(key, totals);
  return totals;
}

/** Enterprises that count within the scope on the day, one mark each; merged records never do. */
function marksOf(db: Reading, scope: Scope): Uint8Array {
  const where = and([...inScope(scope), hereOn(scope)]);
  const ids = column(db, `SELECT e.id FROM Enterprise e WHERE ${where.sql}`, ...where.params);
  const marks = new Uint8Array(count(db, 'SELECT max(id) FROM Enterprise') + 1);
  for (const id of ids) marks[id] = 1;
  return marks;
}

/** Marks of an enterprise while counting: it counts at all, it was met in this list, it was met anywhere. */
const [HERE, IN_LIST, ANYWHERE] = [1, 2, 4];

/**
 * All counts in one pass over the stays: the ids come straight from the indexes, and who counts is looked up in memory.
 */
function countAll(db: Reading, scope: Scope, k: number): LibraryTotals {
  const marks = marksOf(db, scope);
  let enterprises = 0;
  const lists = LIBRARIES.map(({ id, label }) => {
    let own = 0;
    const schemes = SCHEMES_OF[id].map((scheme) => {
      const { table, ...stays } = staysOf({ list: id, scheme, k }, scope);
      let found = 0;
      const ids = column(db, `SELECT s.enterpriseId FROM ${table} s WHERE ${stays.sql}`, ...stays.params);
      for (const at of ids) {
        const mark = marks[at] ?? 0;
        if (!(mark & HERE)) continue;
        found += 1;
        if (!(mark & IN_LIST)) own += 1;
        if (!(mark & ANYWHERE)) enterprises += 1;
        marks[at] = mark | IN_LIST | ANYWHERE;
      }
      return { scheme, label: scheme === '' ? '' : schemeLabel(scheme), count: found };
    });
    for (let at = 0; at < marks.length; at += 1) marks[at]! &= ~IN_LIST;
    const places = schemes.reduce((sum, each) => sum + each.count, 0);
    return { id, label, schemes, places, enterprises: own };
  });
  return { enterprises, places: lists.reduce((sum, { places }) => sum + places, 0), lists };
}

/** How many a list has, from the totals. */
export const libraryCount = (totals: LibraryTotals, { list, scheme }: LibraryLook): number =>
  totals.lists.find(({ id }) => id === list)!.schemes.find((each) => each.scheme === scheme)!.count;
