import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { CandidatesView } from '../components/candidates-view.tsx';
import { CANDIDATE_TABS, listCandidates, NEAR, type CandidateTab } from '../queries/candidates.server.ts';
import { readPage, readScope, scopeWords } from '../queries/scope.server.ts';
import { schemeLabel, schemeName } from '../queries/schemes.server.ts';
import { RULES } from '../rules/registry.ts';
import { nextWindow } from '../queries/windows.server.ts';
import { enter } from '../services/access.server.ts';
import { isJudged, refreshVerdicts } from '../services/verdicts.server.ts';

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.label ?? ''}候选 - 梯度` }];

const SIZE = 50;
/** Milliseconds of judging before the page is shown with what there is and goes on by itself. */
const BUDGET = 700;

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { db, clock, query } = await enter(request, '_app.candidates.$scheme');
  const scheme = params.scheme ?? '';
  if (!RULES.some((rule) => rule.scheme === scheme)) {
    throw new Response(`${schemeName(scheme)}还没有可用的规则版本，不能排出候选。`, { status: 404 });
  }
  const scope = readScope(db, query, clock.today());
  const action = query.get('action') === 'renewal' ? 'renewal' : 'new';
  const tab = CANDIDATE_TABS.find((each) => each === query.get('tab')) ?? ('near' satisfies CandidateTab);
  const page = readPage(query);
  const judged = isJudged(scheme, action, scope.asOf);
  const left = judged && scope.isToday ? await refreshVerdicts(db, clock, { budget: BUDGET }) : 0;
  // New applicants do not hold the title; for a renewal the holders are the ones looked at.
  const input = { scheme, action, tab, page, size: SIZE, withoutHolders: action === 'new' } as const;
  return {
    ...listCandidates(db, input, scope),
    judged,
    left,
    scheme,
    label: schemeLabel(scheme),
    action,
    tab,
    page,
    size: SIZE,
    near: NEAR,
    schemes: [...new Set(RULES.map((rule) => rule.scheme))].map((id) => ({ id, label: schemeLabel(id) })),
    nextWindow: nextWindow(db, scheme, action, scope.asOf),
    asOf: scope.asOf,
    where: scopeWords(scope),
  };
}

export default function Candidates() {
  return <CandidatesView {...useLoaderData<typeof loader>()} />;
}
