import { Form } from '@remix-run/react';
import type { accountsOf, waitingClaims } from '../queries/submissions.server.ts';
import { FIGURES } from '../rules/facts/figures.ts';
import { Button, SubmitButton } from './button.tsx';
import { ErrorSummary, Field, SelectField, TextField, type FieldErrors } from './field.tsx';
import { minuteText } from './format.ts';
import { A } from './link.tsx';
import { NewPassword } from './new-password.tsx';
import { Card, EmptyState } from './page.tsx';

type Claim = ReturnType<typeof waitingClaims>[number];
type Accounts = ReturnType<typeof accountsOf>;

/** Claims that wait: who says to belong to whom, and what the park needs to check it. */
export function ClaimList({ claims }: { claims: readonly Claim[] }) {
  if (claims.length === 0) {
    return (
      <div className="card">
        <EmptyState title="没有待审核的账号申请">
          企业在登录页选择“申请企业账号”后，申请会出现在这里。也可以在企业页面直接发邀请码。
        </EmptyState>
      </div>
    );
  }
  return (
    <ul className="grid gap-3">
      {claims.map((claim) => (
        <li key={claim.id} className="card grid gap-3 p-4 lg:grid-cols-[minmax(0,1fr)_auto] lg:items-end">
          <div>
            <p className="font-semibold">
              {claim.enterprise ? (
                <A to={`/enterprises/${claim.uscc}`}>{claim.enterprise}</A>
              ) : (
                '园区没有这家企业'
              )}
              <span className="ml-2 font-normal text-ink-3">{claim.uscc}</span>
            </p>
            <p>
              {claim.displayName}，用户名 {claim.username}，联系方式 {claim.contact}
            </p>
            <p className="text-xs text-ink-3">
              {minuteText(claim.at)} 申请；请电话或当面核实后再通过
              {claim.taken === 1 && <b className="text-unmet">；用户名已被使用，只能退回</b>}
            </p>
          </div>
          <Form method="post" className="flex flex-wrap items-end gap-2">
            <input type="hidden" name="claimId" value={claim.id} />
            <label className="block text-xs text-ink-3">
              <span className="mb-0.5 block">退回理由</span>
              <input name="reason" className="input w-56 text-base" maxLength={300} />
            </label>
            <Button name="intent" value="reject">
              退回
            </Button>
            {claim.enterprise && claim.taken === 0 && (
              <Button look="primary" name="intent" value="approve">
                通过
              </Button>
            )}
          </Form>
        </li>
      ))}
    </ul>
  );
}

/** Accounts of one enterprise, its open invitations, and a new one. */
export function AccountsCard({
  accounts,
  secret,
}: {
  accounts: Accounts;
  /** A code that has just been made; shown this once. */
  secret: { code: string; expiresOn: string } | null;
}) {
  return (
    <Card title="企业账号">
      <div role="status">
        {secret && (
          <p className="mb-4 rounded-md border border-met bg-met-soft px-4 py-3 text-met">
            邀请码{' '}
            <code className="mx-1 rounded-sm bg-paper px-2 py-0.5 font-mono text-ink select-all">
              {secret.code}
            </code>
            只显示这一次，请交给企业；{secret.expiresOn} 前在登录页“使用邀请码”处使用，用一次即失效。
          </p>
        )}
      </div>
      {accounts.users.length === 0 ? (
        <p className="text-ink-3">还没有账号。</p>
      ) : (
        <ul className="grid gap-1">
          {accounts.users.map((user) => (
            <li key={user.username}>
              {user.displayName}（{user.username}）{user.disabled ? '，已停用' : ''}
            </li>
          ))}
        </ul>
      )}
      {accounts.invitations.length > 0 && (
        <ul className="mt-3 grid gap-1 border-t border-line pt-3">
          {accounts.invitations.map((invitation) => (
            <li key={invitation.id} className="flex flex-wrap items-center gap-2">
              <span>
                未用的邀请码，{invitation.createdBy} {minuteText(invitation.createdAt)} 发出，有效至{' '}
                {invitation.expiresOn}
              </span>
              <Form method="post">
                <input type="hidden" name="invitationId" value={invitation.id} />
                <Button look="quiet" name="intent" value="revoke">
                  收回
                </Button>
              </Form>
            </li>
          ))}
        </ul>
      )}
      <Form method="post" className="mt-4">
        <Button name="intent" value="invite">
          发一个邀请码
        </Button>
      </Form>
    </Card>
  );
}

/** Asks the enterprise for figures of a year. */
export function SupplementForm({
  years,
  today,
  typed,
  errors,
}: {
  years: readonly number[];
  today: string;
  typed: { year?: string; note?: string; dueOn?: string; figures: readonly string[] };
  errors: FieldErrors;
}) {
  return (
    <Card title="要求补充数据">
      <Form method="post" noValidate className="grid gap-4">
        <ErrorSummary errors={errors} />
        <input type="hidden" name="intent" value="ask" />
        <div className="grid gap-4 sm:grid-cols-2">
          <SelectField
            label="年度"
            name="year"
            error={errors.year}
            options={years.map((year) => ({ value: String(year), label: `${year} 年` }))}
            defaultValue={typed.year ?? String(years[0])}
          />
          <Field
            label="期限"
            name="dueOn"
            type="date"
            min={today}
            optional
            defaultValue={typed.dueOn ?? ''}
          />
        </div>
        <fieldset>
          <legend className="mb-1 font-semibold">数据</legend>
          <div className="grid gap-x-4 gap-y-1 sm:grid-cols-2 lg:grid-cols-3">
            {FIGURES.map(({ key, label }) => (
              <label key={key} className="flex items-center gap-2">
                <input
                  type="checkbox"
                  name="figure"
                  value={key}
                  defaultChecked={typed.figures.includes(key)}
                />
                {label}
              </label>
            ))}
          </div>
        </fieldset>
        <TextField
          label="说明"
          name="note"
          help="写明用途，企业会看到"
          required
          maxLength={1000}
          defaultValue={typed.note ?? ''}
        />
        <p>
          <SubmitButton>发给企业</SubmitButton>
        </p>
      </Form>
    </Card>
  );
}

/** The fields of somebody who wants an account: one's name, the user name, the password twice. */
export function ApplicantFields({
  errors,
  typed,
}: {
  errors: FieldErrors | undefined;
  typed: Readonly<Record<string, string>>;
}) {
  return (
    <>
      <Field
        label="姓名"
        name="displayName"
        error={errors?.displayName}
        autoComplete="name"
        required
        defaultValue={typed.displayName ?? ''}
      />
      <Field
        label="用户名"
        name="username"
        error={errors?.username}
        help="登录用，2 至 50 个字符"
        autoComplete="username"
        required
        defaultValue={typed.username ?? ''}
      />
      <NewPassword errors={errors} />
    </>
  );
}
