import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { ReviewsView } from '../components/reviews-view.tsx';
import { reviewsPage } from '../queries/review-page.server.ts';
import { suppressBelow } from '../queries/review.server.ts';
import { enter, refusal } from '../services/access.server.ts';
import { redirectSaying } from '../services/flash.server.ts';
import { keepSuppression } from '../services/review.server.ts';
import { acknowledgeSeals } from '../services/seals.server.ts';

export const meta: MetaFunction = () => [{ title: '季度复盘 - 梯度' }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, clock, user } = await enter(request, '_app.reviews._index');
  return {
    page: reviewsPage(db, clock.today()),
    suppressBelow: suppressBelow(db),
    maySet: user.role === 'administrator',
    today: clock.today(),
  };
}

export async function action({ request }: ActionFunctionArgs) {
  const { db, clock, user } = await enter(request, '_app.reviews._index');
  const form = await request.formData();
  const text = (name: string) => String(form.get(name) ?? '');
  const acknowledges = text('do') === 'acknowledge';
  try {
    if (acknowledges) {
      await acknowledgeSeals(db, clock, { actor: user, reason: text('reason') });
      return redirectSaying('/reviews', '已确认并留存，可以继续封存');
    }
    await keepSuppression(db, user, text('suppressBelow'));
    return redirectSaying('/reviews', '已保存');
  } catch (error) {
    const { message, status } = refusal(error);
    return data(
      { errors: { [acknowledges ? 'reason' : 'suppressBelow']: message } as Record<string, string> },
      { status },
    );
  }
}

export default function Reviews() {
  return (
    <ReviewsView {...useLoaderData<typeof loader>()} errors={useActionData<typeof action>()?.errors ?? {}} />
  );
}
