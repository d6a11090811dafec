import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { MovementCellView } from '../components/movement-view.tsx';
import { movementCellPage, readCell, readPeriod } from '../queries/movement-page.server.ts';
import { readPage, readScope, scopeWords } from '../queries/scope.server.ts';
import { enter } from '../services/access.server.ts';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.page.title ?? ''} 梯队变动表 - 梯度` },
];

const SIZE = 100;

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, clock, query } = await enter(request, '_app.movement.cell');
  const cell = readCell(query);
  if (!cell) throw new Response('变动表没有这一格。', { status: 404 });
  const scope = readScope(db, query, clock.today());
  const page = movementCellPage(db, scope, readPeriod(query, scope.asOf), cell);
  const number = readPage(query);
  return {
    page: { ...page, entries: page.entries.slice((number - 1) * SIZE, number * SIZE) },
    number,
    size: SIZE,
    where: scopeWords(scope),
  };
}

export default function MovementCell() {
  return <MovementCellView {...useLoaderData<typeof loader>()} />;
}
