/** Opening the database for the server and the command line, which do not build clients themselves. */
export { dayInShanghai, fixedClock, systemClock, type Clock } from '../db/clock.ts';
export {
  DatabaseHeldError,
  getDb,
  openDatabase,
  setDb,
  type Db,
  type OpenOptions,
} from '../db/clients.server.ts';
export type { Connection, Reader, Statement } from '../db/connection.server.ts';
export type { Tx } from '../db/writer.server.ts';
export { readerOf } from '../db/fact-rows.server.ts';

export { commandSocketOf, writerOf, type Owner } from '../db/writer-lock.server.ts';
