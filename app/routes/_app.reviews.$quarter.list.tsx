import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { ReviewListView } from '../components/review-list.tsx';
import { readReviewRequest } from '../queries/review-page.server.ts';
import { reviewList } from '../queries/review-list.server.ts';
import { readPage } from '../queries/scope.server.ts';
import { PAGE_SIZE } from '../queries/enterprises.server.ts';
import { enter } from '../services/access.server.ts';

export const meta: MetaFunction = () => [{ title: '复盘名单 - 梯度' }];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { db, clock, query } = await enter(request, '_app.reviews.$quarter.list');
  const asked = readReviewRequest(params.quarter, query, { today: clock.today(), now: clock.now() });
  const list = asked && reviewList(db, asked, query);
  if (!asked || !list) throw new Response('没有这份名单，或家数过少不予显示。', { status: 404 });
  const number = readPage(query);
  const rows = list.rows.slice((number - 1) * PAGE_SIZE, number * PAGE_SIZE);
  return {
    ...list,
    rows,
    total: list.rows.length,
    number,
    size: PAGE_SIZE,
    quarter: asked.quarter,
    asOf: asked.on,
  };
}

export default function List() {
  return <ReviewListView {...useLoaderData<typeof loader>()} />;
}
