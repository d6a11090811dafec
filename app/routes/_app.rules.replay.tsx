import { redirect, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { A } from '../components/link.tsx';
import { PageHead } from '../components/page.tsx';
import { LoadingProgress } from '../components/loading-progress.tsx';
import { ReplayForm, ReplayResultView } from '../components/replay-view.tsx';
import { RuleTabs } from '../components/rule-tabs.tsx';
import { careOn, idsInScope, namesOf } from '../queries/replay-page.server.ts';
import { listRules } from '../queries/rule-pages.server.ts';
import { readPage, readScope, scopeWords } from '../queries/scope.server.ts';
import { chooseSteward } from '../queries/stewards.server.ts';
import { enter } from '../services/access.server.ts';
import { countBy } from '../services/replay.server.ts';
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
  const { scope } = chooseSteward(db, readScope(db, query, clock.today()), query, user);
  const address = readReplayAddress(query, scope.asOf);
  const page = readPage(query);
  const answer = await answerReplay(db, address, query, idsInScope(db, scope), PATIENCE);
  const rules = listRules();
  const schemes = new Map(rules.map(({ scheme, schemeLabel }) => [scheme, schemeLabel]));
  return {
    hidden: hiddenRulePages(user),
    asOf: scope.asOf,
    basis: basisWords(address, scopeWords(scope)),
    form: {
      ...address,
      schemes: [...schemes].map(([value, label]) => ({ value, label })),
      versions: rules
        .filter(({ scheme }) => scheme === address.request.scheme)
        .map(({ id, label }) => ({ value: id, label })),
      fields: thresholdFields(address.request.to),
    },
    chosen: scope.steward ? [`管家：${scope.steward.words}`] : [],
    answer: answer.ready ? shown(answer, page, (ids) => namesOf(db, ids), careOn(db, scope.asOf)) : null,
    progress: answer.ready ? null : { done: answer.done, total: answer.total },
  };
}

type Ready = Extract<Awaited<ReturnType<typeof answerReplay>>, { ready: true }>;

function shown(
  answer: Ready,
  page: number,
  names: Parameters<typeof namedLines>[1],
  care: ReturnType<typeof careOn>,
) {
  const { result, filter, places, narrowed } = answer;
  const { counts, judged, deciding, sections } = result;
  const own = { ...answer, places: places.slice((page - 1) * SIZE, page * SIZE) };
  return {
    counts,
    judged,
    deciding,
    sections: sections.map((row) => ({
      ...row,
      name: SECTION_NAMES[row.code] ?? '行业未知',
      narrow: { section: row.code || '-' },
    })),
    stewards: care.names.size === 0 ? [] : byStewards(answer, care),
    filter,
    narrowed,
    rows: [...namedLines(own, names)].map((row) => ({ ...row, id: row.enterpriseId })),
    total: places.length,
    page,
    size: SIZE,
  };
}

const NOBODY = 'none';

function byStewards({ park, result }: Ready, { of, names }: ReturnType<typeof careOn>) {
  return countBy(park, result, (_place, id) => of.get(id) ?? [NOBODY])
    .map((row) => ({ ...row, name: names.get(row.code) ?? '未分配', narrow: { steward: row.code } }))
    .sort(
      (a, b) => Number(a.code === NOBODY) - Number(b.code === NOBODY) || a.name.localeCompare(b.name, 'zh'),
    );
}

export default function ReplayPage() {
  const { hidden, asOf, basis, form, chosen, answer, progress } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead title="修订影响" before={<A to="/rules">规则</A>} asOf={asOf} basis={basis} />
      <RuleTabs hidden={hidden} />
      <ReplayForm {...form} />
      {progress && <LoadingProgress words="正在读入企业数据" done={progress.done} of={progress.total} />}
      {answer && <ReplayResultView {...answer} narrowed={[...answer.narrowed, ...chosen]} />}
    </>
  );
}
