import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { useMemo } from 'react';
import { useActionData, useLoaderData } from '@remix-run/react';
import { reviewSankey } from '../components/review-pictures.server.ts';
import { ReviewView } from '../components/review-view.tsx';
import { DecisionsCard, WayCard } from '../components/review-way.tsx';
import { keptReview, readReview } from '../queries/review.server.ts';
import {
  readReviewRequest,
  reviewChoices,
  reviewPage,
  type ReviewPage,
} from '../queries/review-page.server.ts';
import { enter, refusal, type SignedIn } from '../services/access.server.ts';
import { redirectSaying } from '../services/flash.server.ts';
import { typedValues } from '../services/forms.server.ts';
import { sealRefusal } from '../services/review.server.ts';
import { reviewFromForm } from '../services/review-forms.server.ts';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.label ?? '季度'}复盘 - 梯度` },
];

function requestOf({ clock, query }: SignedIn, quarter: string | undefined) {
  const request = readReviewRequest(quarter, query, { today: clock.today(), now: clock.now() });
  if (!request) throw new Response('没有这个季度，季度写作 2026Q3。', { status: 404 });
  return request;
}

export async function loader({ request, params }: LoaderFunctionArgs) {
  const visit = await enter(request, '_app.reviews.$quarter._index');
  const { db, clock, user } = visit;
  const asked = requestOf(visit, params.quarter);
  const page = reviewPage(db, asked);
  return {
    label: page.tables.period.label,
    // One text: thousands of small values cost more on their way than the page itself.
    page: JSON.stringify(page),
    choices: reviewChoices(db, asked.quarter),
    svg: reviewSankey(page.tables),
    sealRefusal: page.review && sealRefusal(page.review, user),
    today: clock.today(),
    user: { id: user.id, role: user.role },
  };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const visit = await enter(request, '_app.reviews.$quarter._index');
  const { db, clock, user } = visit;
  const key = requestOf(visit, params.quarter);
  const form = await request.formData();
  const typed = { typed: typedValues(form), what: String(form.get('do') ?? '') };
  const fail = (errors: Readonly<Record<string, string>>, status: number) =>
    data({ errors: errors as Record<string, string>, ...typed }, { status });
  try {
    const { period, scope } = keptReview(db, key);
    const done = await reviewFromForm(
      db,
      clock,
      {
        key,
        reviewId: reviewPage(db, key).review?.id ?? null,
        title: `${period.label}复盘（${scope.words}）`,
        user,
        count: readReview,
      },
      form,
    );
    const { pathname, search } = new URL(request.url);
    return done.ok
      ? redirectSaying(pathname.replace(/\.data$/, '') + search, done.message)
      : fail(done.errors, 400);
  } catch (error) {
    const { message, status } = refusal(error);
    return fail({ '': message }, status);
  }
}

const NONE = {};

export default function Review() {
  const { page: text, choices, svg, today, user, sealRefusal: refused } = useLoaderData<typeof loader>();
  const page = useMemo(() => JSON.parse(text) as ReviewPage, [text]);
  const result = useActionData<typeof action>();
  const decides = result?.what === 'decide' || result?.what === 'finish';
  const [errors, typed] = [result?.errors ?? NONE, result?.typed ?? NONE];
  return (
    <ReviewView page={page} choices={choices} svg={svg}>
      <DecisionsCard
        decisions={page.decisions}
        openBefore={page.openBefore}
        open={page.review !== null}
        owners={choices.owners}
        today={today}
        user={user}
        errors={decides ? errors : NONE}
        typed={decides ? typed : NONE}
      />
      <WayCard
        page={page}
        sealRefusal={refused}
        mayDraw
        errors={decides ? NONE : errors}
        typed={decides ? NONE : typed}
      />
    </ReviewView>
  );
}
