import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { CandidatesView } from '../components/candidates-view.tsx';
import { ErrorSummary } from '../components/field.tsx';
import { chancesIn } from '../queries/candidate-chances.server.ts';
import { readApplicationDay } from '../queries/candidate-day.server.ts';
import { readCandidateRequest } from '../queries/candidate-request.server.ts';
import { conditionsOf, gapCounts, listCandidates } from '../queries/candidates.server.ts';
import { savedViews } from '../queries/saved-views.server.ts';
import { schemeLabel, schemeName, schemeOptions } from '../queries/schemes.server.ts';
import { readScope, scopeWords } from '../queries/scope.server.ts';
import { chooseSteward } from '../queries/stewards.server.ts';
import { NEAR } from '../rules/ranking.ts';
import { RULES } from '../rules/registry.ts';
import { enter, mayOpen, refusal } from '../services/access.server.ts';
import { redirectSaying } from '../services/flash.server.ts';
import { viewFromForm } from '../services/saved-views.server.ts';
import { AT_ONCE, readyList } from '../services/verdict-job.server.ts';
import { isJudged } from '../services/verdicts.server.ts';

export const meta: MetaFunction<typeof loader> = ({ data: shown }) => [
  { title: `${shown?.label ?? ''}候选 - 梯度` },
];

const SIZE = 50;
const SCHEMES = [...new Set(RULES.map((rule) => rule.scheme))];

function requireScheme(scheme: string | undefined): string {
  if (scheme !== undefined && SCHEMES.includes(scheme)) return scheme;
  throw new Response(`${schemeName(scheme ?? '')}还没有可用的规则版本，不能排出候选。`, { status: 404 });
}

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { db, clock, query, user } = await enter(request, '_app.candidates.$scheme');
  const scheme = requireScheme(params.scheme);
  const steward = chooseSteward(db, readScope(db, query, clock.today()), query, user);
  const { scope } = steward;
  const asked = readCandidateRequest(query, scheme);
  const { action } = asked;
  const day = readApplicationDay(db, query, { scheme, action }, scope);
  const judged = isJudged(scheme, action, day.on);
  const ready = judged ? await readyList(db, clock, { scheme, action, on: day.on }, AT_ONCE) : null;
  const list = ready?.list ?? 0;
  const missing = gapCounts(db, list);
  return {
    ...listCandidates(db, { ...asked, list, rows: SIZE }, scope),
    ...asked,
    judged,
    left: ready?.left ?? 0,
    scheme,
    label: schemeLabel(scheme),
    size: SIZE,
    near: NEAR,
    schemes: SCHEMES.map((id) => ({ value: id, label: schemeLabel(id) })),
    titles: schemeOptions(),
    day,
    conditions: conditionsOf(scheme).flatMap((each) => {
      const n = missing.get(each.id);
      return n === undefined && each.id !== asked.gap ? [] : [{ ...each, n: n ?? 0 }];
    }),
    stewards: { options: steward.options, value: steward.chosen },
    chances: chancesIn(db, scheme),
    views: savedViews(db, `/candidates/${scheme}`, user.id),
    mayRemoveAny: user.role === 'administrator',
    mayNominate: mayOpen(user.role, '_app.batches.new'),
    today: clock.today(),
    asOf: scope.asOf,
    where: scopeWords(scope),
  };
}

/** Keeps or removes a view of the list. */
export async function action({ request, params }: ActionFunctionArgs) {
  const { db, clock, user, query } = await enter(request, '_app.candidates.$scheme');
  const page = `/candidates/${requireScheme(params.scheme)}`;
  try {
    const done = await viewFromForm(db, clock, user, page, await request.formData());
    return redirectSaying(page + (query.size > 0 ? `?${query.toString()}` : ''), done);
  } catch (error) {
    const { message, status } = refusal(error);
    return data({ errors: { '': message } }, { status });
  }
}

export default function Candidates() {
  const result = useActionData<typeof action>();
  return (
    <>
      <ErrorSummary errors={result?.errors} />
      <CandidatesView {...useLoaderData<typeof loader>()} />
    </>
  );
}
