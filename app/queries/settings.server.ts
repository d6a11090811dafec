/** Small settings of the database. */
import { one, type Reading } from './sql.server.ts';

/** Whether this is the demo park's database, whose pages say so. */
export const isDemo = (db: Reading): boolean =>
  one<{ value: string }>(db, `SELECT value FROM Setting WHERE key = 'demo'`) !== undefined;
