/** Renewing stored verdicts while pages go on being served: at most one run a database, its progress for all to see. */
import type { Db } from '../db/clients.server.ts';
import type { Clock } from '../db/clock.ts';
import { openList, type Wanted } from './candidate-lists.server.ts';
import { refreshVerdicts } from './verdicts.server.ts';

export interface VerdictRun {
  done: number;
  of: number;
}

// The built pages carry a copy of this module; all copies speak of the same runs.
const shared = globalThis as { __tiduVerdictRuns?: Map<string, VerdictRun & { again: boolean }> };
const runs = (shared.__tiduVerdictRuns ??= new Map());

/** How far the run of this database is; null when none is under way. */
export function verdictRun(db: Pick<Db, 'file'>): VerdictRun | null {
  const run = runs.get(db.file);
  return run ? { done: run.done, of: run.of } : null;
}

/**
 * Judges anew whatever is out of date (or everything, with `all`). A call while a run is under way makes it look
 * again at its end, so that nothing written meanwhile is left behind. Resolves when all of it is done.
 */
export async function keepVerdictsFresh(
  db: Db,
  clock: Clock,
  options: { all?: boolean } = {},
): Promise<void> {
  const running = runs.get(db.file);
  if (running) {
    running.again = true;
    return;
  }
  const run = { done: 0, of: 0, again: false };
  runs.set(db.file, run);
  const onProgress = (done: number, of: number) => Object.assign(run, { done, of });
  try {
    await refreshVerdicts(db, clock, { onProgress, thorough: true, ...(options.all ? { all: true } : {}) });
    while (run.again) {
      run.again = false;
      await refreshVerdicts(db, clock, { onProgress });
    }
  } finally {
    runs.delete(db.file);
  }
}

export interface ReadyList {
  /** Id of the kept list. */
  readonly list: number;
  /** Judgings still to be done before it is complete. */
  readonly left: number;
}

/** Judgings that a page waits for, less than half a second; more go on in the background while it is shown. */
export const AT_ONCE = 1500;

/**
 * The candidate list for a day of application. Where more is to be judged than `atOnce`, it goes on in the background
 * and the list is as far as it is.
 */
export async function readyList(
  db: Db,
  clock: Clock,
  wanted: Wanted,
  atOnce = Number.POSITIVE_INFINITY,
): Promise<ReadyList> {
  const { id } = await openList(db, clock, wanted);
  // A long run comes to this list by itself; what a short one has before it is done here and now.
  const ahead = verdictRun(db);
  if (ahead && ahead.of - ahead.done > atOnce) return { list: id, left: ahead.of - ahead.done };
  const left = await refreshVerdicts(db, clock, { list: id, limit: atOnce });
  if (left > 0) void keepVerdictsFresh(db, clock).catch(() => undefined);
  return { list: id, left };
}
