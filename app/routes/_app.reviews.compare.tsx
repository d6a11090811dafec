import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { ReviewComparisonView } from '../components/review-comparison.tsx';
import { comparedReviews } from '../queries/review-page.server.ts';
import { enter } from '../services/access.server.ts';

export const meta: MetaFunction = () => [{ title: '比较封存的复盘 - 梯度' }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, query } = await enter(request, '_app.reviews.compare');
  return { compared: comparedReviews(db, query.get('a'), query.get('b')) };
}

export default function Compare() {
  return <ReviewComparisonView {...useLoaderData<typeof loader>()} />;
}
