/** Opening the database for the server and the command line, which do not build clients themselves. */
export { fixedClock, systemClock, type Clock } from '../db/clock.ts';
export { getDb, openDatabase, setDb, type Db } from '../db/clients.server.ts';
export type { Reader } from '../db/connection.server.ts';
export type { Tx } from '../db/writer.server.ts';
export { readerOf } from '../db/fact-rows.server.ts';
export { commandSocketOf, writerOf } from '../db/writer-lock.server.ts';
