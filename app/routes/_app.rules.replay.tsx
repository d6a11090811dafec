import { redirect, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { A } from '../components/link.tsx';
import { PageHead } from '../components/page.tsx';
import { LoadingProgress } from '../components/loading-progress.tsx';
import { ReplayForm, ReplayResultView } from '../components/replay-view.tsx';
import { RuleTabs } from '../components/rule-tabs.tsx';
import { idsInScope, namesOf } from '../queries/replay-page.server.ts';
import { listRules } from '../queries/rule-pages.server.ts';
import { readPage, readScope, scopeWords } from '../queries/scope.server.ts';
import { enter } from '../services/access.server.ts';
import { answerReplay, basisWords, namedLines, SECTION_NAMES } from '../services/replay-page.server.ts';
import { readReplayAddress, thresholdFields } from '../services/replay-request.server.ts';
import { hiddenRulePages } from '../services/rule-access.server.ts';

export const meta: MetaFunction = () => [{ title: '修订影响 - 梯度' }];

const SIZE = 50;
/** Milliseconds before the page is shown with how far the loading is. */
const PATIENCE = 900;

/** The address without thresholds left empty by the form; null where there are none. */
function tidied(url: URL): string | null {
  const empty = [...url.searchParams].filter(([key, value]) => key.startsWith('p.') && value.trim() === '');
  if (empty.length === 0) return null;
  for (const [key] of empty) url.searchParams.delete(key);
  return `/rules/replay${url.search}`;
}

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, clock, user, query } = await enter(request, '_app.rules.replay');
  const tidy = tidied(new URL(request.url));
  if (tidy) throw redirect(tidy);
  const scope = readScope(db, query, clock.today());
  const address = readReplayAddress(query, scope.asOf);
  const page = readPage(query);
  const answer = await answerReplay(db, address, query, idsInScope(db, scope), PATIENCE);
  const rules = listRules();
  const schemes = new Map(rules.map(({ scheme, schemeLabel }) => [scheme, schemeLabel]));
  return {
    hidden: hiddenRulePages(user),
    asOf: scope.asOf,
    basis: basisWords(address, scope.parkName ?? scopeWords(scope)),
    form: {
      ...address,
      schemes: [...schemes].map(([value, label]) => ({ value, label })),
      versions: rules
        .filter(({ scheme }) => scheme === address.request.scheme)
        .map(({ id, label }) => ({ value: id, label })),
      fields: thresholdFields(address.request.to),
    },
    answer: answer.ready ? shown(answer, page, (ids) => namesOf(db, ids)) : null,
    progress: answer.ready ? null : { done: answer.done, total: answer.total },
  };
}

type Ready = Extract<Awaited<ReturnType<typeof answerReplay>>, { ready: true }>;

function shown(answer: Ready, page: number, names: Parameters<typeof namedLines>[1]) {
  const { result, filter, places, narrowed } = answer;
  const { counts, judged, deciding, sections } = result;
  const own = { ...answer, places: places.slice((page - 1) * SIZE, page * SIZE) };
  return {
    counts,
    judged,
    deciding,
    sections,
    sectionNames: SECTION_NAMES,
    filter,
    narrowed,
    rows: [...namedLines(own, names)].map((row) => ({ ...row, id: row.enterpriseId })),
    total: places.length,
    page,
    size: SIZE,
  };
}

export default function ReplayPage() {
  const { hidden, asOf, basis, form, answer, progress } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead title="修订影响" before={<A to="/rules">规则</A>} asOf={asOf} basis={basis} />
      <RuleTabs hidden={hidden} />
      <ReplayForm {...form} />
      {progress && <LoadingProgress words="正在读入企业数据" done={progress.done} of={progress.total} />}
      {answer && <ReplayResultView {...answer} />}
    </>
  );
}
