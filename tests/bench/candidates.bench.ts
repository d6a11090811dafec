/** Pages of candidates with the counts of their tabs, against the best SQL by hand over the same tables. */
import fs from 'node:fs';
import Database from 'better-sqlite3';
import { readCandidateRequest } from '../../app/queries/candidate-request.server.ts';
import { listCandidates, type CandidatePage } from '../../app/queries/candidates.server.ts';
import { readScope } from '../../app/queries/scope.server.ts';
import { CANDIDATE_TABS, type CandidateTab } from '../../app/rules/ranking.ts';
import { readyList } from '../../app/services/verdict-job.server.ts';
import { refreshVerdicts } from '../../app/services/verdicts.server.ts';
import { benchDatabase, CLOCK } from './database.ts';
import { median, type Benchmark, type BenchmarkOptions, type BenchmarkResult } from './benchmark.ts';
import { pageRenderer } from './render.ts';

const SIZE = 50;
const TODAY = CLOCK.today();

const DETAILS = `SELECT e.id, e.uscc, e.name, p.name AS park, e.headline, c.rule, c.outcome, c.met, c.unmet, c.unknown, c.manual,
    c.vetoes, c.distance, c.holdsUntil, c.registeredOn, c.titleUntil, c.section, c.size, c.figuresOf, c.weakSource, c.weakFigure,
    c.windowOn, c.gaps,
    (SELECT group_concat(DISTINCT u.displayName) FROM Stewardship s JOIN User u ON u.id = s.userId
     WHERE s.enterpriseId = e.id AND s.fromOn <= '${TODAY}' AND (s.toOn IS NULL OR s.toOn > '${TODAY}')) AS stewards,
    (SELECT max(f.onDay) FROM FollowUp f WHERE f.enterpriseId = e.id AND f.onDay <= '${TODAY}' AND f.voidedAt IS NULL) AS contact
  FROM json_each(?) j CROSS JOIN Candidate c ON c.listId = ? AND c.enterpriseId = j.value
  CROSS JOIN Enterprise e ON e.id = j.value LEFT JOIN Park p ON p.id = e.parkId ORDER BY j.key`;
const COUNTS =
  'SELECT tab, sum(n) AS n FROM CandidateCount WHERE listId = ? AND conditionId = ? GROUP BY tab';

interface Combination {
  readonly scheme: string;
  /** As in the address. */
  readonly query: string;
  readonly words: string;
  /** Ids of the page by hand, with its own counts where rows are filtered. */
  readonly from: string;
  readonly order: string;
  /** Counted from the rows, since nothing kept answers. */
  readonly counted?: string;
  readonly goal: string;
}

const GAP_GOAL = '<=1.5';
const GOAL = '<=3';

const rows = (tab: string, more = '') => `FROM Candidate WHERE listId = $list AND tab = '${tab}'${more}`;
const gaps = (tab: string, id: string, more = '') =>
  `FROM CandidateGap WHERE listId = $list AND conditionId = '${id}' AND tab = '${tab}'${more}`;

const combination = (
  scheme: string,
  words: string,
  query: string,
  from: string,
  order: string,
  counted?: string,
): Combination => ({
  scheme,
  query,
  words,
  from,
  order,
  goal: query.includes('gap=') ? GAP_GOAL : GOAL,
  ...(counted ? { counted } : {}),
});

/** Every sort and every kind of filter, first pages and the 1,000th. */
const COMBINATIONS: readonly Combination[] = [
  combination('hnte', 'near, by rank', '', rows('near'), 'rankKey, enterpriseId'),
  combination('hnte', 'near, by rank, page 1000', 'page=1000', rows('near'), 'rankKey, enterpriseId'),
  combination('giant', 'blocked, by name', 'tab=blocked&sort=name', rows('blocked'), 'name, enterpriseId'),
  combination(
    'giant',
    'blocked, by name, page 1000',
    'tab=blocked&sort=name&page=1000',
    rows('blocked'),
    'name, enterpriseId',
  ),
  combination(
    'giant',
    'blocked, by registration, page 1000',
    'tab=blocked&sort=registeredOn&page=1000',
    rows('blocked'),
    'registeredOn, enterpriseId',
  ),
  combination(
    'giant',
    'blocked, by expiry of a title, page 1000',
    'tab=blocked&sort=titleUntil&page=1000',
    rows('blocked'),
    'titleUntil, enterpriseId',
  ),
  combination(
    'giant',
    'blocked, by the gap in revenue',
    'tab=blocked&gap=revenue',
    gaps('blocked', 'revenue'),
    'gap, enterpriseId',
  ),
  combination(
    'giant',
    'blocked, by the gap in revenue, page 1000',
    'tab=blocked&gap=revenue&page=1000',
    gaps('blocked', 'revenue'),
    'gap, enterpriseId',
  ),
  combination(
    'hnte',
    'near, by the gap in R&D intensity of at most 1 point',
    'gap=rd-intensity&most=1',
    gaps('near', 'rd-intensity', ' AND gap <= 0.01'),
    'gap, enterpriseId',
    `SELECT tab, count(*) AS n FROM CandidateGap WHERE listId = $list AND conditionId = 'rd-intensity' AND gap <= 0.01 GROUP BY tab`,
  ),
  combination(
    'hnte',
    'near, one section, by rank, page 100',
    'section=I&page=100',
    rows('near', " AND section = 'I'"),
    'rankKey, enterpriseId',
    `SELECT tab, sum(n) AS n FROM CandidateCount WHERE listId = $list AND conditionId = '' AND section = 'I' GROUP BY tab`,
  ),
  combination(
    'hnte',
    'near, one size and field, by name',
    'size=small&field=1&sort=name',
    rows('near', " AND size = 1 AND field = '1'"),
    'name, enterpriseId',
    `SELECT tab, sum(n) AS n FROM CandidateCount WHERE listId = $list AND conditionId = '' AND size = 1 AND field = '1' GROUP BY tab`,
  ),
  combination(
    'hnte',
    'near, part of a name, by rank',
    'q=业77',
    rows(
      'near',
      ` AND enterpriseId IN (SELECT rowid FROM EnterpriseSearch WHERE EnterpriseSearch MATCH 'signs : "业7 77"')`,
    ),
    'rankKey, enterpriseId',
    `SELECT tab, count(*) AS n FROM Candidate WHERE listId = $list AND enterpriseId IN (SELECT rowid FROM EnterpriseSearch
       WHERE EnterpriseSearch MATCH 'signs : "业7 77"') GROUP BY tab`,
  ),
];

/** A database with its verdicts and both lists, made once for all that is measured with this size. */
async function prepared({ size, log }: BenchmarkOptions) {
  const { db, folder } = await benchDatabase(size, log);
  await refreshVerdicts(db, CLOCK);
  const list = async (scheme: string) =>
    (await readyList(db, CLOCK, { scheme, action: 'new', on: TODAY })).list;
  return {
    db,
    lists: new Map([
      ['hnte', await list('hnte')],
      ['giant', await list('giant')],
    ]),
    bare: new Database(db.file, { readonly: true }),
    async close() {
      this.bare.close();
      await db.close();
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}
type Prepared = Awaited<ReturnType<typeof prepared>>;

/** Our side: the address read, the list checked for what is due, counted and read. */
async function ours({ db }: Prepared, { scheme, query }: Pick<Combination, 'scheme' | 'query'>) {
  const asked = new URLSearchParams(query);
  const scope = readScope(db, asked, TODAY);
  const request = readCandidateRequest(asked, scheme);
  const { list } = await readyList(db, CLOCK, { scheme, action: 'new', on: TODAY }, 1500);
  return listCandidates(db, { ...request, list, rows: SIZE }, scope);
}

/** The other side: prepared statements with everything written out. */
function byHand({ bare, lists }: Prepared, each: Combination) {
  const list = lists.get(each.scheme)!;
  const page = Number(new URLSearchParams(each.query).get('page') ?? 1);
  const bound = (sql: string) => sql.replaceAll('$list', String(list));
  const gap = new URLSearchParams(each.query).get('gap') ?? '';
  const ids = bare
    .prepare(
      bound(
        `SELECT enterpriseId ${each.from} ORDER BY ${each.order} LIMIT ${SIZE} OFFSET ${(page - 1) * SIZE}`,
      ),
    )
    .pluck();
  const counts = each.counted ? bare.prepare(bound(each.counted)) : bare.prepare(COUNTS).bind(list, gap);
  const details = bare.prepare(DETAILS);
  return () => {
    counts.all();
    const shown = details.all(JSON.stringify(ids.all()), list) as { id: number; gaps: string }[];
    return shown.map((row) => ({ ...row, gaps: JSON.parse(row.gaps) as unknown }));
  };
}

async function timed(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Times one combination on both sides in turn; both carry the rendering of the rows. */
async function compare(
  on: Prepared,
  each: Combination,
  render: (page: CandidatePage, query: string) => number,
  rounds: number,
): Promise<Pick<BenchmarkResult, 'ours' | 'reference'>> {
  const hand = byHand(on, each);
  const shown = await ours(on, each);
  if (
    shown.rows.map(({ id }) => id).join() !==
    hand()
      .map(({ id }) => id)
      .join()
  )
    throw new Error(`the sides disagree on ${each.words}`);
  const times: { ours: number[]; theirs: number[] } = { ours: [], theirs: [] };
  for (let round = 0; round < rounds * 3; round += 1) {
    times.ours.push(await timed(async () => render(await ours(on, each), each.query)));
    times.theirs.push(
      await timed(() => {
        hand();
        render(shown, each.query);
      }),
    );
  }
  return { ours: median(times.ours), reference: median(times.theirs) };
}

let kept: { size: number; made: Promise<Prepared> } | undefined;
let waiting = COMBINATIONS.length;

/** The comparisons of one run share a database; the last one removes it. */
async function shared(options: BenchmarkOptions): Promise<Prepared> {
  if (kept?.size !== options.size) kept = { size: options.size, made: prepared(options) };
  return kept.made;
}

const pages: Benchmark[] = COMBINATIONS.map((each) => ({
  name: 'candidates.page',
  unit: 'ms',
  goal: each.goal,
  run: async (options) => {
    const on = await shared(options);
    const renderer = await pageRenderer();
    try {
      const result = await compare(on, each, renderer.render, options.rounds);
      return {
        ...result,
        size: `${options.size} enterprises, ${each.scheme}: ${each.words}, 50 rows rendered on both sides`,
        rounds: options.rounds * 3,
      };
    } finally {
      await renderer.close();
      waiting -= 1;
      if (waiting === 0) await on.close();
    }
  },
}));

/** Sizes of parks whose page times are put beside one another. */
const SMALL = 1200;

/** The page of the largest park against that of a small one: what grows with the park shows here. */
const flat: Benchmark = {
  name: 'candidates.flat',
  unit: 'ms',
  goal: '<=2',
  run: async (options) => {
    const renderer = await pageRenderer();
    const measure = async (size: number) => {
      const on = await prepared({ ...options, size });
      const all: number[] = [];
      for (let round = 0; round < options.rounds * 3; round += 1)
        for (const { scheme, query } of COMBINATIONS.filter((each) => !each.query.includes('page=')))
          all.push(await timed(async () => renderer.render(await ours(on, { scheme, query }), query)));
      await on.close();
      return median(all);
    };
    const sizes = [...new Set([SMALL, 10_000, options.size])];
    const times: number[] = [];
    for (const size of sizes) times.push(await measure(size));
    await renderer.close();
    return {
      ours: times.at(-1)!,
      reference: times[0]!,
      size: `first pages: ${sizes.map((size, i) => `${size} enterprises ${times[i]!.toFixed(1)} ms`).join(', ')}`,
      rounds: options.rounds * 3,
    };
  },
};

/** The query alone: counts of all tabs and first pages in the usual order. */
const query: Benchmark = {
  name: 'candidates.query',
  unit: 'ms',
  goal: '<=1.5',
  run: async (options) => {
    const on = await prepared(options);
    try {
      const tabs = CANDIDATE_TABS.map((tab: CandidateTab) => ({
        ...combination('hnte', tab, `tab=${tab}`, rows(tab), 'rankKey, enterpriseId'),
        tab,
      }));
      const request = readCandidateRequest(new URLSearchParams(), 'hnte');
      const scope = readScope(on.db, new URLSearchParams(), TODAY);
      const list = on.lists.get('hnte')!;
      const hands = tabs.map((each) => byHand(on, each));
      const times: { ours: number[]; theirs: number[] } = { ours: [], theirs: [] };
      for (let round = 0; round < options.rounds * 3; round += 1) {
        times.ours.push(
          (await timed(() => {
            for (const { tab } of tabs) listCandidates(on.db, { ...request, tab, list, rows: SIZE }, scope);
          })) / tabs.length,
        );
        times.theirs.push((await timed(() => hands.forEach((hand) => hand()))) / tabs.length);
      }
      return {
        ours: median(times.ours),
        reference: median(times.theirs),
        size: `${options.size} enterprises, first page of ${SIZE} and the counts of ${tabs.length} tabs`,
        rounds: options.rounds * 3,
      };
    } finally {
      await on.close();
    }
  },
};

export const benchmarks: Benchmark[] = [query, ...pages, flat];
