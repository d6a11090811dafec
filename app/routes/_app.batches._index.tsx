import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { BatchListView } from '../components/batch-list-view.tsx';
import { batchChoices } from '../queries/batch-page.server.ts';
import { listBatches } from '../queries/batches.server.ts';
import { schemeOptions } from '../queries/schemes.server.ts';
import { readPage } from '../queries/scope.server.ts';
import { enter, mayOpen } from '../services/access.server.ts';

export const meta: MetaFunction = () => [{ title: '推荐批次 - 梯度' }];

const SIZE = 50;

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, clock, user, query } = await enter(request, '_app.batches._index');
  const page = readPage(query);
  const filter = { scheme: query.get('scheme') || null, state: query.get('state') || null };
  return {
    ...listBatches(db, { ...filter, page, size: SIZE }),
    page,
    size: SIZE,
    schemes: schemeOptions(),
    states: batchChoices.states,
    today: clock.today(),
    mayDraw: mayOpen(user.role, '_app.batches.new'),
  };
}

export default function Batches() {
  return <BatchListView {...useLoaderData<typeof loader>()} />;
}
