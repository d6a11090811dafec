import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { reviewSankey } from '../components/review-pictures.server.ts';
import { ReviewScreen } from '../components/review-screen.tsx';
import { readReviewRequest, reviewPage } from '../queries/review-page.server.ts';
import { isDemo } from '../queries/settings.server.ts';
import { enter } from '../services/access.server.ts';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.page.tables.period.label ?? '季度'}大屏 - 梯度` },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { db, clock, query } = await enter(request, 'reviews.$quarter.screen');
  const asked = readReviewRequest(params.quarter, query, { today: clock.today(), now: clock.now() });
  if (!asked) throw new Response('没有这个季度，季度写作 2026Q3。', { status: 404 });
  const page = reviewPage(db, asked);
  return {
    page,
    svg: reviewSankey(page.tables, { width: 1080, height: 560, size: 24 }),
    demo: isDemo(db),
    today: clock.today(),
  };
}

export default function Screen() {
  return <ReviewScreen {...useLoaderData<typeof loader>()} />;
}
