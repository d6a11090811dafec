import { redirect, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { A } from '../components/link.tsx';
import { LoadingProgress } from '../components/loading-progress.tsx';
import { Card, PageHead } from '../components/page.tsx';
import { ReplayResultView } from '../components/replay-view.tsx';
import { WhatIfCost, WhatIfForm } from '../components/what-if-view.tsx';
import { namesOf } from '../queries/replay-page.server.ts';
import { listRules } from '../queries/rule-pages.server.ts';
import { readPage, readScope, scopeWords } from '../queries/scope.server.ts';
import { schemeLabel } from '../queries/schemes.server.ts';
import { chooseSteward } from '../queries/stewards.server.ts';
import { applicantsOn, commonDivision } from '../queries/what-if.server.ts';
import { FIGURES } from '../rules/facts/figures.ts';
import { RULES } from '../rules/registry.ts';
import { enter } from '../services/access.server.ts';
import {
  answerWhatIf,
  readWhatIf,
  supposedWords,
  supposes,
  whatIfBasis,
} from '../services/list-what-if.server.ts';
import { namedLines, SECTION_NAMES } from '../services/replay-page.server.ts';
import { thresholdFields } from '../services/replay-request.server.ts';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `假设测算 ${data?.label ?? ''} - 梯度` },
];

const SIZE = 50;
/** Milliseconds before the page is shown with how far the loading is. */
const PATIENCE = 900;

/** The address without what a form left empty; null where there is nothing such. */
function tidied(url: URL): string | null {
  const empty = [...url.searchParams].filter(([, value]) => value.trim() === '');
  if (empty.length === 0) return null;
  for (const [key] of empty) url.searchParams.delete(key);
  return url.pathname.replace(/\.data$/, '') + url.search;
}

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { db, clock, user, query } = await enter(request, '_app.candidates.$scheme_.what-if');
  const tidy = tidied(new URL(request.url));
  if (tidy) throw redirect(tidy);
  const scheme = params.scheme ?? '';
  if (!RULES.some((rule) => rule.scheme === scheme))
    throw new Response('这个称号还没有可用的规则版本，不能测算。', { status: 404 });
  const { scope } = chooseSteward(db, readScope(db, query, clock.today()), query, user);
  const address = readWhatIf(query, scheme, commonDivision(db, scope), scope.asOf);
  const page = readPage(query);
  const asked = supposes(address) && Object.keys(address.errors).length === 0;
  const answer = asked
    ? await answerWhatIf(db, address, query, applicantsOn(db, scope, scheme, address.on), PATIENCE)
    : null;
  return {
    scheme,
    label: schemeLabel(scheme),
    asOf: scope.asOf,
    basis: whatIfBasis(address, scopeWords(scope)),
    cost: address.cost,
    form: {
      address: {
        request: address.request,
        on: address.on,
        planned: address.planned,
        typed: address.typed,
      },
      errors: address.errors,
      version: query.get('rule') ?? '',
      versions: listRules()
        .filter((rule) => rule.scheme === scheme)
        .map(({ id, label }) => ({ value: id, label })),
      fields: thresholdFields(address.request.to),
      figures: FIGURES.filter(({ unit }) => unit !== 'points').map(({ key, label }) => ({ key, label })),
    },
    supposed: asked ? supposedWords(address) : [],
    answer: answer?.ready ? shown(answer, page, (ids) => namesOf(db, ids)) : null,
    progress: answer && !answer.ready ? { done: answer.done, total: answer.total } : null,
  };
}

type Ready = Extract<Awaited<ReturnType<typeof answerWhatIf>>, { ready: true }>;

function shown(answer: Ready, page: number, names: Parameters<typeof namedLines>[1]) {
  const { result, filter, places, narrowed } = answer;
  const own = { ...answer, places: places.slice((page - 1) * SIZE, page * SIZE) };
  return {
    counts: result.counts,
    judged: result.judged,
    deciding: result.deciding,
    sections: result.sections.map((row) => ({
      ...row,
      name: SECTION_NAMES[row.code] ?? '行业未知',
      narrow: { section: row.code || '-' },
    })),
    stewards: [],
    filter,
    narrowed,
    rows: [...namedLines(own, names)].map((row) => ({ ...row, id: row.enterpriseId })),
    total: places.length,
    page,
    size: SIZE,
  };
}

export default function WhatIf() {
  const { scheme, label, asOf, basis, cost, form, supposed, answer, progress } =
    useLoaderData<typeof loader>();
  return (
    <>
      <PageHead
        before={<A to={`/candidates/${scheme}`}>{label}候选</A>}
        title={`假设测算：${label}`}
        asOf={asOf}
        basis={basis}
      />
      <WhatIfForm {...form} />
      {supposed.length > 0 && (
        <p className="mb-4 rounded-md bg-unknown-soft px-4 py-2 text-unknown" role="note">
          <b>假设测算</b>　{supposed.join('；')}。不是判定，不作存档。
        </p>
      )}
      {progress && <LoadingProgress words="正在读入企业数据" done={progress.done} of={progress.total} />}
      {!answer && !progress && (
        <Card>
          <p className="text-ink-2">改动至少一个门槛，或勾选下一年数据，再点“测算”。</p>
        </Card>
      )}
      {answer && (
        <>
          <WhatIfCost gains={answer.counts.gains} loses={answer.counts.loses} cost={cost} />
          <ReplayResultView {...answer} workbook={`/candidates/${scheme}/what-if/xlsx`} />
        </>
      )}
    </>
  );
}
