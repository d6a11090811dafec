/** The forms of an account's page: each names by its button what is to be changed. */
import type { Db } from '../db/clients.server.ts';
import type { By } from '../db/admin-log.server.ts';
import { isAppError } from '../db/errors.ts';
import { readerOf } from '../db/fact-rows.server.ts';
import type { FieldErrors } from './forms.server.ts';
import { findNamed } from './import/find.server.ts';
import {
  linkUser,
  renameUser,
  resetPassword,
  setDepartment,
  setDisabled,
  type User,
} from './users.server.ts';

type Changed =
  | {
      readonly ok: true;
      readonly message: string;
      /** Made anew, to be shown once. */ readonly password: string | null;
    }
  | { readonly ok: false; readonly errors: FieldErrors };

const said = (message: string): Changed => ({ ok: true, message, password: null });

/** Changes an account as a form says. */
export async function changeUser(db: Db, by: By, account: User, form: FormData): Promise<Changed> {
  const { id: userId, username } = account;
  const text = (name: string) => String(form.get(name) ?? '').trim();
  const intent = text('intent');
  try {
    switch (intent) {
      case 'rename':
        await renameUser(db, by, { userId, displayName: text('displayName') });
        return said('已保存姓名');
      case 'reset':
        return { ok: true, message: '已重置', password: await resetPassword(db, by, userId) };
      case 'department': {
        const departmentId = Number(text('departmentId')) || null;
        await setDepartment(db, by, { userId, departmentId });
        return said('已保存所代表的部门');
      }
      case 'link': {
        const found = findNamed(readerOf(db.raw), text('enterprise'));
        if (!found.ok) return { ok: false, errors: { enterprise: found.reason } };
        await linkUser(db, by, { userId, enterpriseId: found.id });
        return said(`用户 ${username} 已关联到所填企业`);
      }
      case 'disable':
      case 'enable':
        await setDisabled(db, by, { userId, disabled: intent === 'disable' });
        return said(intent === 'disable' ? '已停用，其登录已退出' : '已启用');
      default:
        return { ok: false, errors: { '': '不知道要办理什么，请从页面上的按钮办理' } };
    }
  } catch (error) {
    if (!isAppError(error)) throw error;
    return { ok: false, errors: { [intent === 'rename' ? 'displayName' : '']: error.userMessage } };
  }
}
