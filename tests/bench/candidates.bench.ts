/** One page of candidates with the counts of its tabs, against the same SQL through the bare driver. */
import fs from 'node:fs';
import Database from 'better-sqlite3';
import { listCandidates } from '../../app/queries/candidates.server.ts';
import { CANDIDATE_TABS, type CandidateTab } from '../../app/rules/ranking.ts';
import { readScope } from '../../app/queries/scope.server.ts';
import { refreshVerdicts } from '../../app/services/verdicts.server.ts';
import { benchDatabase, CLOCK } from './database.ts';
import { median, type Benchmark } from './benchmark.ts';

const SIZE = 50;
const TABS: readonly CandidateTab[] = ['near', 'eligible', 'undetermined', 'blocked'];

const WHERE = `v.scheme = 'hnte' AND v.action = 'new' AND e.mergedIntoId IS NULL
  AND NOT EXISTS (SELECT 1 FROM Span s WHERE s.enterpriseId = e.id AND s.lane = 'held' AND s.scheme = 'hnte' AND s.fromOn <= '2026-05-06' AND (s.toOn IS NULL OR s.toOn > '2026-05-06'))`;
const TAB = `CASE WHEN v.outcome <> 'ineligible' THEN v.outcome WHEN v.vetoes = 0 AND v.unmet <= 2 THEN 'near' ELSE 'blocked' END`;
const COUNTS = `SELECT ${TAB} AS tab, count(*) AS n FROM StoredVerdict v JOIN Enterprise e ON e.id = v.enterpriseId WHERE ${WHERE} GROUP BY 1`;
const PAGE = `SELECT e.id, e.uscc, e.name, p.name AS park, e.headline, v.rule, v.outcome, v.met, v.unmet, v.unknown, v.manual, v.distance, v.holdsUntil, v.gaps
  FROM StoredVerdict v JOIN Enterprise e ON e.id = v.enterpriseId LEFT JOIN Park p ON p.id = e.parkId
  WHERE ${WHERE} AND v.outcome = ? AND ${TAB} = ? ORDER BY v.distance, v.enterpriseId LIMIT ${SIZE}`;

export const benchmarks: Benchmark[] = [
  {
    name: 'candidates.query',
    unit: 'ms',
    goal: '<=1.5',
    run: async ({ size, rounds, log }) => {
      const { db, folder } = await benchDatabase(size, log);
      try {
        await refreshVerdicts(db, CLOCK);
        const bare = new Database(db.file, { readonly: true });
        const [counts, page] = [bare.prepare(COUNTS), bare.prepare(PAGE)];
        const scope = readScope(db, new URLSearchParams(), CLOCK.today());
        const ours = (tab: CandidateTab) =>
          listCandidates(
            db,
            { scheme: 'hnte', action: 'new', tab, page: 1, size: SIZE, withoutHolders: true },
            scope,
          );
        const alone = (tab: CandidateTab) => {
          counts.all();
          return page.all(tab === 'near' || tab === 'blocked' ? 'ineligible' : tab, tab) as { id: number }[];
        };
        for (const tab of TABS) {
          const [mine, theirs] = [ours(tab).rows.map((row) => row.id), alone(tab).map((row) => row.id)];
          if (mine.join() !== theirs.join()) throw new Error(`the sides disagree on ${tab}`);
        }
        const time = (work: (tab: CandidateTab) => unknown) => {
          const start = performance.now();
          for (const tab of TABS) work(tab);
          return (performance.now() - start) / TABS.length;
        };
        const times: { ours: number[]; theirs: number[] } = { ours: [], theirs: [] };
        for (let round = 0; round < rounds; round += 1) {
          times.ours.push(time(ours));
          times.theirs.push(time(alone));
        }
        bare.close();
        return {
          ours: median(times.ours),
          reference: median(times.theirs),
          size: `${size} enterprises, first page of ${SIZE} and the counts of ${TABS.length} tabs`,
          rounds,
        };
      } finally {
        await db.close();
        fs.rmSync(folder, { recursive: true, force: true });
      }
    },
  },
];
