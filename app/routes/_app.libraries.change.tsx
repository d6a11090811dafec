import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { useActionData } from '@remix-run/react';
import { A } from '../components/link.tsx';
import { LibraryChangeView } from '../components/library-change-view.tsx';
import { EmptyState } from '../components/page.tsx';
import { namesOf } from '../queries/replay-page.server.ts';
import { enter, safeNext } from '../services/access.server.ts';
import { redirectSaying } from '../services/flash.server.ts';
import { typedValues } from '../services/forms.server.ts';
import { libraryFromForm } from '../services/library-forms.server.ts';

export const meta: MetaFunction = () => [{ title: '办理 - 培育与名单 - 梯度' }];

/** What the section may do here: decide. The rest is the staff's. */
const DECISIONS = ['approved', 'rejected'];

/** There is nothing to see here but what came of a form. */
export async function loader({ request }: LoaderFunctionArgs) {
  await enter(request, '_app.libraries.change');
  return null;
}

export async function action({ request }: ActionFunctionArgs) {
  const { db, clock, user } = await enter(request, '_app.libraries.change');
  const form = await request.formData();
  const intent = String(form.get('do') ?? '');
  if (user.role === 'section' && !DECISIONS.includes(intent))
    throw new Response('科室审核只审批提请，名单由园区人员办理。', { status: 403 });
  const back = safeNext(String(form.get('back') ?? '') || '/libraries');
  const done = await libraryFromForm({ db, clock, actor: user.username }, form);
  if (done.ok && done.rejected.length === 0) return redirectSaying(back, done.message);
  const chosen = form.getAll('enterprise').map(Number);
  const rejected = done.ok ? done.rejected : [];
  const heads = namesOf(db, [...chosen, ...rejected.map(({ enterpriseId }) => enterpriseId)]);
  const named = (id: number) => {
    const { name, uscc } = heads.get(id) ?? { name: `编号 ${id}`, uscc: '' };
    return { id, name, uscc };
  };
  return data(
    {
      intent,
      back,
      message: done.ok ? done.message : null,
      rejected: rejected.map(({ enterpriseId, reason }) => ({ ...named(enterpriseId), reason })),
      errors: done.ok ? {} : done.errors,
      typed: typedValues(form),
      enterprises: chosen.filter((id) => heads.has(id)).map(named),
      proposals: form.getAll('proposal').map(Number),
    },
    { status: done.ok ? 200 : done.status },
  );
}

export default function LibraryChange() {
  const result = useActionData<typeof action>();
  if (result) return <LibraryChangeView {...result} />;
  return (
    <EmptyState title="这里没有要办理的事项">
      请从<A to="/libraries">培育与名单</A>勾选企业后办理。
    </EmptyState>
  );
}
