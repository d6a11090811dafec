import { Form } from '@remix-run/react';
import type { TokenRow } from '../queries/tokens.server.ts';
import { Button, SubmitButton } from './button.tsx';
import { ErrorSummary, Field, SelectField, type FieldErrors, type Option } from './field.tsx';
import { minuteText } from './format.ts';
import { Card } from './page.tsx';
import { DataTable, type Column } from './table.tsx';
import { Blank, DateText } from './values.tsx';

export type ShownToken = TokenRow & {
  readonly roleLabel: string;
  readonly state: 'open' | 'ended' | 'revoked';
};

const STATES = {
  open: ['可用', 'bg-met-soft text-met'],
  ended: ['已过期', 'bg-waived-soft text-waived'],
  revoked: ['已停用', 'bg-waived-soft text-waived'],
} as const;

const COLUMNS: readonly Column<ShownToken>[] = [
  { key: 'name', label: '用途', pin: true, cell: (row) => row.name },
  { key: 'prefix', label: '令牌开头', cell: (row) => <code className="font-mono">{row.prefix}…</code> },
  { key: 'role', label: '角色', cell: (row) => row.roleLabel },
  { key: 'scope', label: '范围', cell: (row) => row.enterprise ?? row.park ?? '全部园区' },
  {
    key: 'state',
    label: '状态',
    cell: (row) => <span className={`chip ${STATES[row.state][1]}`}>{STATES[row.state][0]}</span>,
  },
  {
    key: 'expiresOn',
    label: '有效期至',
    cell: (row) => (row.expiresOn ? <DateText day={row.expiresOn} /> : <Blank says="长期" />),
  },
  {
    key: 'lastUsedAt',
    label: '最近使用',
    cell: (row) => (row.lastUsedAt ? minuteText(row.lastUsedAt) : <Blank says="未使用" />),
  },
  { key: 'createdBy', label: '建立人', cell: (row) => row.createdBy },
  { key: 'createdAt', label: '建立时间', cell: (row) => minuteText(row.createdAt) },
  {
    key: 'do',
    label: '操作',
    cell: (row) =>
      row.state === 'revoked' ? null : (
        <Form method="post">
          <input type="hidden" name="tokenId" value={row.id} />
          <Button look="quiet" name="intent" value="revoke" aria-label={`停用：${row.name}`}>
            停用
          </Button>
        </Form>
      ),
  },
];

/** A new token, shown this once. */
export function TokenSecret({ name, token }: { name: string; token: string }) {
  return (
    <p className="mb-4 rounded-md border border-met bg-met-soft px-4 py-3 text-met">
      “{name}”的令牌：
      <code className="mx-1 rounded-sm bg-paper px-2 py-0.5 font-mono break-all text-ink select-all">
        {token}
      </code>
      只显示这一次，请立即交给使用的程序保管；遗失时停用它，另建一个。
    </p>
  );
}

export function TokenTable({ rows }: { rows: readonly ShownToken[] }) {
  return (
    <DataTable
      caption="接口令牌"
      flow
      columns={COLUMNS}
      rows={rows}
      rowKey={(row) => row.id}
      empty={<p className="p-4">还没有令牌。</p>}
    />
  );
}

/** What a new token is for, what it may see, and until when. */
export function TokenForm({
  roles,
  parks,
  errors,
  typed,
  today,
}: {
  roles: readonly Option[];
  parks: readonly Option[];
  errors: FieldErrors | undefined;
  typed: Readonly<Record<string, string>>;
  today: string;
}) {
  return (
    <Card title="新建令牌">
      <Form method="post" noValidate className="grid max-w-3xl gap-4 sm:grid-cols-2 2xl:grid-cols-1">
        <div className="col-span-full empty:hidden">
          <ErrorSummary errors={errors} />
        </div>
        <Field
          label="用途"
          name="name"
          error={errors?.name}
          help="哪个系统、做什么用；停用时看得出会停下什么"
          required
          maxLength={100}
          autoComplete="off"
          defaultValue={typed.name ?? ''}
        />
        <SelectField
          label="角色"
          name="role"
          error={errors?.role}
          options={roles}
          blank="请选择"
          help="能看到的与该角色的页面相同"
          required
          defaultValue={typed.role ?? ''}
        />
        <SelectField
          label="园区"
          name="parkId"
          error={errors?.parkId}
          options={parks}
          blank="全部园区"
          help="选定后只能看到这个园区及其下级"
          defaultValue={typed.parkId ?? ''}
        />
        <Field
          label="统一社会信用代码"
          name="uscc"
          error={errors?.uscc}
          help="仅企业角色填写，只能看到这一家"
          optional
          autoComplete="off"
          defaultValue={typed.uscc ?? ''}
        />
        <Field
          label="有效期至"
          name="expiresOn"
          type="date"
          min={today}
          error={errors?.expiresOn}
          help="不填为长期有效"
          optional
          defaultValue={typed.expiresOn ?? ''}
        />
        <p className="col-span-full">
          <input type="hidden" name="intent" value="create" />
          <SubmitButton>建立令牌</SubmitButton>
        </p>
      </Form>
    </Card>
  );
}
