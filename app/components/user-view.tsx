import { Form } from '@remix-run/react';
import type { AdminLogLine } from '../queries/admin-log.server.ts';
import { AdminLog } from './admin-log.tsx';
import { Button } from './button.tsx';
import { ErrorSummary, Field, SelectField, type FieldErrors, type Option } from './field.tsx';
import { A } from './link.tsx';
import { Card, PageHead } from './page.tsx';

interface Account {
  username: string;
  displayName: string;
  role: string;
  departmentId: number | null;
  mustChange: boolean;
  disabled: boolean;
}

interface Props {
  account: Account;
  /** The administrator's own account. */
  own: boolean;
  roleLabel: string;
  enterprise: { name: string; uscc: string } | null;
  departments: readonly Option[];
  log: readonly AdminLogLine[];
  errors: FieldErrors;
  typed: Readonly<Record<string, string>>;
  password: string | null;
}

/** A one-time password, shown in this answer alone. */
export function OneTimePassword({ name, password }: { name: string; password: string }) {
  return (
    <p className="mb-4 rounded-md border border-met bg-met-soft px-4 py-3 text-met" role="status">
      用户 {name} 的一次性密码：
      <code className="mx-1 rounded-sm bg-paper px-2 py-0.5 font-mono text-ink select-all">{password}</code>
      只显示这一次，请当面交给本人；首次登录后须修改。
    </p>
  );
}

/** How an account stands, in one chip. */
export function AccountState({ disabled, mustChange }: Pick<Account, 'disabled' | 'mustChange'>) {
  if (disabled) return <span className="chip bg-waived-soft text-waived">已停用</span>;
  return mustChange ? (
    <span className="chip bg-unknown-soft text-unknown">待改一次性密码</span>
  ) : (
    <span className="chip bg-met-soft text-met">正常</span>
  );
}

function ResetCard({ own, username }: { own: boolean; username: string }) {
  return (
    <Card title="重置密码">
      {own ? (
        <p>
          自己的密码在<A to="/account">账户</A>中修改。
        </p>
      ) : (
        <Form method="post" className="grid gap-3">
          <p>
            确认后，{username}{' '}
            的原密码立即失效，已登录的都会退出；新的一次性密码只在下一页显示一次，首次登录后须修改。
          </p>
          <p>
            <Button look="primary" name="intent" value="reset">
              确认重置密码
            </Button>
          </p>
        </Form>
      )}
    </Card>
  );
}

function StateCard({ account, own }: Pick<Props, 'account' | 'own'>) {
  if (own) return null;
  return (
    <Card title={account.disabled ? '启用' : '停用'}>
      <Form method="post" className="grid gap-3">
        <p>
          {account.disabled
            ? '启用后可以用原密码登录。'
            : '停用后不能登录，已登录的立即退出；其经办的记录保留。可以再启用。'}
        </p>
        <p>
          <Button name="intent" value={account.disabled ? 'enable' : 'disable'}>
            {account.disabled ? '确认启用' : '确认停用'}
          </Button>
        </p>
      </Form>
    </Card>
  );
}

function DepartmentCard({ account, departments }: Pick<Props, 'account' | 'departments'>) {
  return (
    <Card title="代表的部门" note="登记联席会议签署时预先选好">
      <Form method="post" className="grid gap-3">
        <SelectField
          label="部门"
          name="departmentId"
          options={departments}
          blank="不代表部门"
          defaultValue={String(account.departmentId ?? '')}
          help={<A to="/departments">维护部门名单</A>}
        />
        <p>
          <Button name="intent" value="department">
            保存部门
          </Button>
        </p>
      </Form>
    </Card>
  );
}

function EnterpriseCard({ enterprise, errors, typed }: Pick<Props, 'enterprise' | 'errors' | 'typed'>) {
  return (
    <Card title="关联的企业">
      <Form method="post" noValidate className="grid gap-3">
        <p>
          现在关联：
          {enterprise ? <A to={`/enterprises/${enterprise.uscc}`}>{enterprise.name}</A> : '无'}
        </p>
        <Field
          label="改为"
          name="enterprise"
          error={errors.enterprise}
          help="统一社会信用代码或完整名称；该用户只能看到这一家"
          required
          autoComplete="off"
          defaultValue={typed.enterprise ?? ''}
        />
        <p>
          <Button name="intent" value="link">
            保存关联
          </Button>
        </p>
      </Form>
    </Card>
  );
}

/** One account: its name, what it stands for, its password, and what was done to it. */
export function UserView(props: Props) {
  const { account, own, roleLabel, errors, typed, password, log } = props;
  return (
    <>
      <PageHead
        before={<A to="/users">用户</A>}
        title={
          <span className="flex flex-wrap items-center gap-3">
            {account.username}
            <AccountState {...account} />
          </span>
        }
        note={roleLabel}
      />
      <ErrorSummary errors={errors} />
      {password && <OneTimePassword name={account.username} password={password} />}
      <div className="grid items-start gap-4 md:grid-cols-2">
        <Card title="姓名" note="页面和记录上显示">
          <Form method="post" noValidate className="grid gap-3">
            <Field
              label="姓名"
              name="displayName"
              error={errors.displayName}
              maxLength={50}
              autoComplete="off"
              defaultValue={typed.displayName ?? account.displayName}
            />
            <p>
              <Button name="intent" value="rename">
                保存姓名
              </Button>
            </p>
          </Form>
        </Card>
        {account.role === 'enterprise' && <EnterpriseCard {...props} />}
        {account.role === 'section' && <DepartmentCard {...props} />}
        <ResetCard own={own} username={account.username} />
        <StateCard account={account} own={own} />
      </div>
      <AdminLog lines={log} />
    </>
  );
}
