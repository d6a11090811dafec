/** Keeps a running server up to the day: the sweep at the start and once on every further day. */
import type { Db } from '../db/clients.server.ts';
import type { Clock } from '../db/clock.ts';
import { fillSearch } from './search.server.ts';
import { sweep, type Swept } from './sweep.server.ts';
import { keepVerdictsFresh } from './verdict-job.server.ts';

export interface DailyReport {
  swept: (day: string, result: Swept) => void;
  /** The sweep did not get through; it is tried again at the next look. */
  failed: (error: unknown) => void;
}

/** How often the day is looked at; a machine that slept through midnight is caught up soon after. */
const LOOK_EVERY = 5 * 60_000;

/** Starts the daily work. @returns ends it and waits for what is under way */
export function keepUpToDay(db: Db, clock: Clock, report: DailyReport): () => Promise<void> {
  let done = '';
  let running: Promise<void> | null = null;
  const run = async (day: string) => {
    try {
      await fillSearch(db);
      const result = await sweep(db, clock);
      done = day;
      report.swept(day, result);
      await keepVerdictsFresh(db, clock);
    } catch (error) {
      report.failed(error);
    } finally {
      running = null;
    }
  };
  const look = () => {
    const day = clock.today();
    if (day !== done && running === null) running = run(day);
  };
  look();
  const timer = setInterval(look, LOOK_EVERY);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await running;
  };
}
