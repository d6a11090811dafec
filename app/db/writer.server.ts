/** The one writing connection behind a queue: each piece of work is one synchronous transaction. */
import { prepareOnce, type Connection, type Reader, type Statement } from './connection.server.ts';
import { AppError } from './errors.ts';

/** An open write transaction. Everything done with it is synchronous; nothing may be awaited while it is open. */
export interface Tx extends Reader {
  /** Runs `effect` after the commit; not at all when the transaction is rolled back. */
  afterCommit(effect: () => void): void;
}

export interface Writer {
  write<T>(work: (tx: Tx) => T): Promise<T>;
  close(): Promise<void>;
}

/** Lets requests that only read have their turn between two transactions. */
const breathe = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Runs `work` in one transaction on `connection`. @throws AppError `busy` when another process keeps writing */
export function transact<T>(connection: Connection, work: (tx: Tx) => T): T {
  const effects: (() => void)[] = [];
  let open = true;
  const tx: Tx = {
    prepare<Row>(sql: string): Statement<Row> {
      if (!open) throw new Error('the transaction is over');
      return prepareOnce<Row>(connection, sql);
    },
    afterCommit: (effect) => void effects.push(effect),
  };
  begin(connection);
  let result: T;
  try {
    result = work(tx);
    if (result instanceof Promise) throw new Error('work inside a transaction must be synchronous');
    prepareOnce(connection, 'COMMIT').run();
  } catch (error) {
    if (connection.inTransaction) prepareOnce(connection, 'ROLLBACK').run();
    throw error;
  } finally {
    open = false;
  }
  for (const effect of effects) effect();
  return result;
}

function begin(connection: Connection): void {
  try {
    // IMMEDIATE: a reading transaction that wants to write later fails at once when somebody else wrote.
    prepareOnce(connection, 'BEGIN IMMEDIATE').run();
  } catch (cause) {
    if ((cause as { code?: string }).code?.startsWith('SQLITE_BUSY')) {
      throw new AppError('busy', '另一个进程正在写入数据库，请稍后再试', { cause });
    }
    throw cause;
  }
}

/** Queues work on the connection in the order it was given. */
export function createWriter(connection: Connection): Writer {
  let last: Promise<unknown> = Promise.resolve();
  return {
    write<T>(work: (tx: Tx) => T): Promise<T> {
      const turn = last.then(breathe).then(() => transact(connection, work));
      last = turn.catch(() => undefined);
      return turn;
    },
    async close() {
      await last;
      connection.close();
    },
  };
}
