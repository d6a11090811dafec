import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { ListsView } from '../components/lists-view.tsx';
import { listChoices, nameListDraft, nameLists } from '../queries/name-lists.server.ts';
import { enter } from '../services/access.server.ts';
import { redirectSaying } from '../services/flash.server.ts';
import { typedValues } from '../services/forms.server.ts';
import { listFromForm } from '../services/name-lists/forms.server.ts';

export const meta: MetaFunction = () => [{ title: '名单比对 - 梯度' }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, clock, query } = await enter(request, '_app.lists._index');
  return {
    ...nameLists(db, query),
    ...listChoices(),
    draft: nameListDraft(db, Number(query.get('from'))),
    today: clock.today(),
  };
}

export async function action({ request }: ActionFunctionArgs) {
  const { db, clock, user } = await enter(request, '_app.lists._index');
  const form = await request.formData();
  const done = await listFromForm({ db, clock, actor: user.username }, form);
  if (!done.ok) return data({ errors: done.errors, typed: typedValues(form) }, { status: done.status });
  const message = done.known
    ? '这份名单已登记过，以下是原来的记录；没有重复登记'
    : `已读入 ${done.rows} 行，正在比对`;
  return redirectSaying(`/lists/${done.id}`, message);
}

export default function Lists() {
  const result = useActionData<typeof action>();
  return (
    <ListsView
      {...useLoaderData<typeof loader>()}
      errors={result?.errors ?? {}}
      typed={result?.typed ?? null}
    />
  );
}
