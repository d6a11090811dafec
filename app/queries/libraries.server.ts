/** Libraries and lists beside the titles: 潜力清单, 培育库, 高企蓄水池, 重点跟进, 独角兽库; who is in, since when, why. */
import { familyOf } from '../../machines/families.ts';
import type { OpenCondition } from '../rules/engine/closeness.ts';
import { daysBetween, type Day } from '../rules/day.ts';
import {
  DEFAULT_LIMITS,
  limitWords,
  RESERVOIR_MOST,
  RESERVOIR_SCHEME,
  type ListLimits,
} from '../rules/lists.ts';
import { RULE_BY_ID, RULES } from '../rules/registry.ts';
import { SCHEMES } from '../rules/schemes.ts';
import { followKindLabel } from '../pipeline/follow-ups.ts';
import { schemeLabel, stateText } from './schemes.server.ts';
import { inScope, presentOn, type Scope } from './scope.server.ts';
import { all, among, and, count, one, type Clause, type Param, type Reading } from './sql.server.ts';
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

/** FROM and WHERE of a list within the scope: those there on the day, merged records never. */
function listed(look: LibraryLook, scope: Scope): { sql: string; params: Param[] } {
  const { table, ...stays } = staysOf(look, scope);
  const where = and([stays, ...inScope(scope), presentOn(scope.asOf)]);
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

const NEXT = `(SELECT min(f.nextOn) FROM FollowUp f WHERE f.enterpriseId = e.id AND f.doneAt IS NULL
  AND f.voidedAt IS NULL AND f.nextOn IS NOT NULL)`;

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

function coreOf(db: Reading, look: LibraryLook, scope: Scope, size: number, offset: number): Core[] {
  const { sql, params } = listed(look, scope);
  const own =
    look.list === 'library' || look.list === 'unicorn' ? 'NULL AS why, s.eventId' : 's.why, NULL AS eventId';
  const next = look.list === 'focus' ? `, ${NEXT} AS nextOn` : '';
  return all<Core>(
    db,
    `SELECT e.id, e.uscc, e.name, (SELECT p.name FROM Park p WHERE p.id = e.parkId) AS park, e.headline AS tier,
            s.fromOn AS since, ${own}${next}
     ${sql} ORDER BY ${ORDER[look.list]} LIMIT ? OFFSET ?`,
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
         SELECT g.id FROM FollowUp g WHERE g.enterpriseId = j.value AND g.voidedAt IS NULL AND g.doneAt IS NULL
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

export const libraryCount = (db: Reading, look: LibraryLook, scope: Scope): number => {
  const { sql, params } = listed(look, scope);
  return count(db, `SELECT count(*) ${sql}`, ...params);
};

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

/** Distinct enterprises among several lists. */
function distinct(db: Reading, looks: readonly LibraryLook[], scope: Scope): number {
  const parts = looks.map((look) => {
    const { table, ...stays } = staysOf(look, scope);
    return { sql: `SELECT s.enterpriseId FROM ${table} s WHERE ${stays.sql}`, params: stays.params };
  });
  const where = and([...inScope(scope), presentOn(scope.asOf)]);
  return count(
    db,
    `SELECT count(*) FROM (${parts.map(({ sql }) => sql).join(' UNION ')}) s
     CROSS JOIN Enterprise e ON e.id = s.enterpriseId WHERE ${where.sql}`,
    ...parts.flatMap(({ params }) => params),
    ...where.params,
  );
}

function countAll(db: Reading, scope: Scope, k: number): LibraryTotals {
  const lists = LIBRARIES.map(({ id, label }) => {
    const looks = SCHEMES_OF[id].map((scheme) => ({ list: id, scheme, k }));
    const schemes = looks.map((look) => ({
      scheme: look.scheme,
      label: look.scheme === '' ? '' : schemeLabel(look.scheme),
      count: libraryCount(db, look, scope),
    }));
    const places = schemes.reduce((sum, each) => sum + each.count, 0);
    const enterprises = looks.length === 1 ? places : distinct(db, looks, scope);
    return { id, label, schemes, places, enterprises };
  });
  const every = LIBRARIES.flatMap(({ id }) => SCHEMES_OF[id].map((scheme) => ({ list: id, scheme, k })));
  return {
    enterprises: distinct(db, every, scope),
    places: lists.reduce((sum, { places }) => sum + places, 0),
    lists,
  };
}

export interface LimitsShown extends ListLimits {
  /** Null for those the program starts with. */
  readonly set: { readonly by: string; readonly at: string; readonly reason: string } | null;
  readonly words: string;
}

/** Limits of a 潜力清单 as they stand. */
export function limitsOf(db: Reading, scheme: string): LimitsShown {
  const row = one<ListLimits & { reason: string; setBy: string; setAt: string }>(
    db,
    'SELECT maxUnmet, maxShort, maxUnknown, reason, setBy, setAt FROM ListRule WHERE scheme = ? ORDER BY id DESC LIMIT 1',
    scheme,
  );
  const { maxUnmet, maxShort, maxUnknown } = row ?? DEFAULT_LIMITS;
  const limits = { maxUnmet, maxShort, maxUnknown };
  return {
    ...limits,
    words: limitWords(limits),
    set: row ? { by: row.setBy, at: row.setAt, reason: row.reason } : null,
  };
}
