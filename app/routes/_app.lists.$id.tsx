import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { ListReview } from '../components/list-review.tsx';
import { nameList, nameListRows, readRowFilter, rowStateOptions } from '../queries/name-lists.server.ts';
import { readPage } from '../queries/scope.server.ts';
import { enter } from '../services/access.server.ts';
import { redirectSaying } from '../services/flash.server.ts';
import { typedValues } from '../services/forms.server.ts';
import { reviewFromForm } from '../services/name-lists/forms.server.ts';
import { isRunning } from '../services/name-lists/runs.server.ts';
import { COLUMN_ROLES } from '../services/name-lists/understand.ts';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.list.title ?? '名单'} - 梯度` },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { db, clock, query } = await enter(request, '_app.lists.$id');
  const list = nameList(db, Number(params.id));
  if (!list) throw new Response('没有这份名单。', { status: 404 });
  const filter = readRowFilter(query, list.counts);
  const page = readPage(query);
  return {
    list,
    busy: isRunning(db, list.id),
    filter,
    page,
    ...nameListRows(db, list, filter, page),
    states: rowStateOptions,
    roles: Object.entries(COLUMN_ROLES).map(([value, label]) => ({ value, label })),
    today: clock.today(),
  };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { db, clock, user, query } = await enter(request, '_app.lists.$id');
  const form = await request.formData();
  const id = Number(params.id);
  const done = await reviewFromForm({ db, clock, actor: user.username }, id, form);
  if (!done.ok) return data({ errors: done.errors, typed: typedValues(form) }, { status: done.status });
  query.delete('_data');
  const text = query.toString();
  return redirectSaying(`/lists/${id}${text ? `?${text}` : ''}`, done.message);
}

export default function List() {
  const result = useActionData<typeof action>();
  return (
    <ListReview
      {...useLoaderData<typeof loader>()}
      errors={result?.errors ?? {}}
      typed={result?.typed ?? {}}
    />
  );
}
