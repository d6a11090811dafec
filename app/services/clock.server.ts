/** The system's clock for callers that have no database. */
export { systemClock, type Clock } from '../db/clock.ts';
