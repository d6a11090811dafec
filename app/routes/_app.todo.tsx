import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { TodoView } from '../components/todo-view.tsx';
import { readPage, readScope, scopeWords } from '../queries/scope.server.ts';
import { chooseSteward } from '../queries/stewards.server.ts';
import { readTodo, TODO_KINDS, TODO_VIEWS, todoPage } from '../queries/todo.server.ts';
import { enter } from '../services/access.server.ts';
import { redirectSaying } from '../services/flash.server.ts';
import { typedValues } from '../services/forms.server.ts';
import { markFromForm } from '../services/todo.server.ts';

export const meta: MetaFunction = () => [{ title: '今日待办 - 梯度' }];

const SIZE = 50;

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, clock, user, query } = await enter(request, '_app.todo');
  const steward = chooseSteward(db, readScope(db, query, clock.today()), query, user, true);
  const { scope } = steward;
  const asked = readTodo(query);
  const page = readPage(query);
  return {
    ...todoPage(db, scope, { ...asked, page, size: SIZE }),
    view: asked.view,
    views: TODO_VIEWS,
    kinds: TODO_KINDS.map(({ id, label }) => ({ value: id, label })),
    stewards: { options: steward.options, value: steward.chosen },
    page,
    size: SIZE,
    asOf: scope.asOf,
    where: scopeWords(scope),
  };
}

export async function action({ request }: ActionFunctionArgs) {
  const { db, clock, user, query } = await enter(request, '_app.todo');
  const form = await request.formData();
  const done = await markFromForm(db, clock, user.username, form);
  // Back to the list as it was filtered, without the entry that is settled.
  query.delete('key');
  if (done.ok) return redirectSaying(`/todo${query.size > 0 ? `?${query.toString()}` : ''}`, done.message);
  return data({ errors: done.errors as Record<string, string>, typed: typedValues(form) }, { status: 400 });
}

export default function Todo() {
  const result = useActionData<typeof action>();
  return (
    <TodoView {...useLoaderData<typeof loader>()} errors={result?.errors ?? {}} typed={result?.typed ?? {}} />
  );
}
