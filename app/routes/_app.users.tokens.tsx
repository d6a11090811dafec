import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { AdminLog } from '../components/admin-log.tsx';
import { ErrorSummary } from '../components/field.tsx';
import { A } from '../components/link.tsx';
import { PageHead } from '../components/page.tsx';
import { TokenForm, TokenSecret, TokenTable, type ShownToken } from '../components/token-view.tsx';
import { adminLog } from '../queries/admin-log.server.ts';
import { parkTree } from '../queries/scope.server.ts';
import { listTokens, type TokenRow } from '../queries/tokens.server.ts';
import { enter, refusal } from '../services/access.server.ts';
import { redirectSaying } from '../services/flash.server.ts';
import { isRole, ROLE_LABELS } from '../services/roles.ts';
import { tokenFromForm, type TokenMade } from '../services/token-forms.server.ts';
import { revokeToken, TOKEN_ROLES } from '../services/tokens.server.ts';

export const meta: MetaFunction = () => [{ title: '接口令牌 - 梯度' }];

const stateOf = ({ revokedAt, expiresOn }: TokenRow, today: string): ShownToken['state'] =>
  revokedAt !== null ? 'revoked' : expiresOn !== null && expiresOn < today ? 'ended' : 'open';

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, clock } = await enter(request, '_app.users.tokens');
  const today = clock.today();
  return {
    today,
    roles: TOKEN_ROLES.map((value) => ({ value, label: ROLE_LABELS[value] })),
    parks: parkTree(db).map(({ id, name, depth }) => ({
      value: String(id),
      label: '　'.repeat(depth) + name,
    })),
    log: adminLog(db, 'token'),
    tokens: listTokens(db).map((token) => ({
      ...token,
      roleLabel: isRole(token.role) ? ROLE_LABELS[token.role] : token.role,
      state: stateOf(token, today),
    })),
  };
}

export async function action({ request }: ActionFunctionArgs) {
  const { db, clock, user } = await enter(request, '_app.users.tokens');
  const form = await request.formData();
  if (form.get('intent') === 'create') {
    const made = await tokenFromForm(db, clock, user.username, form);
    return data<TokenMade>(made, { status: made.ok ? 200 : 400 });
  }
  try {
    await revokeToken(db, clock, { tokenId: Number(form.get('tokenId')), actor: user.username });
  } catch (error) {
    const { message, status } = refusal(error);
    return data<TokenMade>({ ok: false, errors: { '': message }, typed: {} }, { status });
  }
  return redirectSaying('/users/tokens', '令牌已停用，用它的程序不再能取数');
}

export default function Tokens() {
  const { tokens, log, ...form } = useLoaderData<typeof loader>();
  const made = useActionData<typeof action>();
  const failed = made && !made.ok ? made : null;
  return (
    <>
      <PageHead
        before={<A to="/users">用户</A>}
        title="接口令牌"
        note={
          <span>
            其他系统用令牌读取数据、请求判定，用法见{' '}
            <A to="/help/api" className="underline">
              帮助：接口
            </A>
            。
          </span>
        }
      />
      <div role="status">{made?.ok && <TokenSecret name={made.name} token={made.token} />}</div>
      {failed && failed.typed.name === undefined && <ErrorSummary errors={failed.errors} />}
      <div className="grid items-start gap-4 2xl:grid-cols-[minmax(0,1fr)_22rem]">
        <TokenTable rows={tokens} />
        <TokenForm
          key={made?.ok ? made.token : 'form'}
          {...form}
          errors={failed && failed.typed.name !== undefined ? failed.errors : undefined}
          typed={failed?.typed ?? {}}
        />
      </div>
      <AdminLog lines={log} />
    </>
  );
}
