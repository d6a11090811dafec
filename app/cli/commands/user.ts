import { findEnterprise } from '../../services/import/find.server.ts';
import { systemClock } from '../../services/clock.server.ts';
import { createUser } from '../../services/users.server.ts';
import { readerOf, type Db } from '../../services/database.server.ts';
import { CommandError, oneOf, printJson, readArguments, say, type CommandIo } from '../command.ts';
import { writing } from '../with-database.ts';

export const usage = `
用法：tidu user add 用户名 --role 角色 [选项]

  --role 角色         staff 园区人员、section 科室审核、enterprise 企业、leadership 领导、administrator 管理员
  --name 姓名         显示的姓名，缺省为用户名
  --enterprise 代码   企业用户所属企业的统一社会信用代码
  --password-stdin    从标准输入读密码；缺省生成一次性密码，首次登录时须更改
  --db 文件           数据库；没有时新建

结果为 JSON：userId、username、oneTimePassword。`;

const ROLES = ['staff', 'section', 'enterprise', 'leadership', 'administrator'] as const;

export async function run(argv: readonly string[], io: CommandIo): Promise<number> {
  const { values, positionals } = readArguments(
    argv,
    {
      role: { type: 'string' },
      name: { type: 'string' },
      enterprise: { type: 'string' },
      'password-stdin': { type: 'boolean' },
    },
    2,
  );
  if (positionals[0] !== 'add') throw new CommandError('用法：tidu user add 用户名 --role 角色');
  const username = positionals[1];
  if (username === undefined) throw new CommandError('缺少用户名');
  const role = oneOf(values.role, ROLES, '--role');
  if (role === undefined) throw new CommandError(`缺少 --role：${ROLES.join('、')}`);
  const password = values['password-stdin'] ? await readAll(io) : null;
  return writing(values.db, true, async (db) => {
    const enterpriseId = enterpriseOf(db, values.enterprise);
    const input = { username, role, displayName: values.name, password, enterpriseId };
    const { userId, oneTimePassword } = await createUser(db, systemClock, input);
    await printJson(io, { userId, username, role, oneTimePassword });
    if (oneTimePassword !== null) say(io, '一次性密码请当面交给本人，首次登录时须更改。');
    return 0;
  });
}

function enterpriseOf(db: Db, uscc: string | undefined): number | null {
  if (uscc === undefined) return null;
  const found = findEnterprise(readerOf(db.raw), { uscc });
  if (!found.ok) throw new CommandError(found.reason);
  return found.id;
}

async function readAll(io: CommandIo): Promise<string> {
  let text = '';
  for await (const piece of io.stdin) text += String(piece);
  return text.replace(/\r?\n$/, '');
}
