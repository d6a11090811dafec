import { isDemo } from '../../queries/settings.server.ts';
import { keepUpToDay, type DailyReport } from '../../services/daily.server.ts';
import { commandSocketOf, openDatabase, setDb, systemClock } from '../../services/database.server.ts';
import { catchUpHead } from '../../services/seals.server.ts';
import { setupCode } from '../../services/users.server.ts';
import { acceptCommands } from '../forward.ts';
import { main } from '../tidu.ts';
import { bringUpToRelease, served } from '../with-database.ts';

export interface ServedDatabase {
  /** To be printed: with it the first visitor becomes the administrator. Null when there is one. */
  setupCode: string | null;
  /** Rejects when the database does not answer. */
  check: () => Promise<void>;
  close: () => Promise<void>;
}

const refusal = (file: string) =>
  `这是演示数据库，不能用于正式启动：${file}\n正式使用请以 DATABASE_URL 指定另一个文件；看演示请用 npm run demo。`;

/**
 * Opens the database that the pages work on: makes it when it is missing and brings it up to date, and
 * keeps its titles up to the day (到期, 到期窗口, 年报).
 * @param options.demo whether a demo database may be served
 * @throws Error in Chinese when it is a demo and must not be, when another process writes it, or when it is unusable
 */
export async function serveDatabase(
  file: string,
  options: { demo: boolean; daily?: DailyReport },
): Promise<ServedDatabase> {
  const socket = commandSocketOf(file);
  const db = openDatabase(file, { mode: 'write', create: true, migrate: true, role: 'server', socket });
  if (!options.demo && isDemo(db)) {
    await db.close();
    throw new Error(refusal(file));
  }
  await bringUpToRelease(db);
  await catchUpHead(db);
  setDb(db);
  const commands = await acceptCommands(socket, (argv, io) => served.run(db, () => main(argv, io)));
  const stopDaily = options.daily && keepUpToDay(db, systemClock, options.daily);
  return {
    setupCode: await setupCode(db),
    check: async () => void isDemo(db),
    close: async () => {
      await commands.close();
      setDb(undefined);
      await stopDaily?.();
      await db.close();
    },
  };
}
