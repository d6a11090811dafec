import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { ButtonLink } from '../components/button.tsx';
import { A } from '../components/link.tsx';
import { PageHead } from '../components/page.tsx';
import { nominationPaper } from '../components/papers/nomination-paper.ts';
import { PaperView } from '../components/papers/paper-view.tsx';
import { PrintButton } from '../components/print-button.tsx';
import { enterpriseByCode } from '../queries/enterprise.server.ts';
import { sheetData } from '../queries/papers.server.ts';
import { readScope } from '../queries/scope.server.ts';
import { isDay } from '../rules/day.ts';
import { RULES } from '../rules/registry.ts';
import { enter } from '../services/access.server.ts';
import '../components/papers/paper.css';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.paper.title ?? '推荐表'} ${data?.name ?? ''} - 梯度` },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { db, clock, query } = await enter(request, '_app.enterprises.$uscc.sheet.$scheme');
  const head = enterpriseByCode(db, params.uscc ?? '');
  if (!head) throw new Response('没有这家企业：代码可能有误。', { status: 404 });
  const scheme = params.scheme ?? '';
  if (!RULES.some((rule) => rule.scheme === scheme))
    throw new Response('这个称号还没有可用的规则版本，不能出推荐表。', { status: 404 });
  const { asOf } = readScope(db, query, clock.today());
  const asked = query.get('on');
  const on = isDay(asked) ? asked : asOf;
  const action = query.get('action') === 'renewal' ? ('renewal' as const) : ('new' as const);
  return {
    name: head.name,
    uscc: head.uscc,
    word: `/enterprises/${head.uscc}/sheet/${scheme}/docx?${new URLSearchParams({ on, action }).toString()}`,
    asOf,
    paper: nominationPaper(sheetData(db, head, { scheme, action, on }), asOf),
  };
}

export default function Sheet() {
  const { name, uscc, word, asOf, paper } = useLoaderData<typeof loader>();
  return (
    <>
      <div className="paper-head">
        <PageHead
          before={<A to={`/enterprises/${uscc}`}>{name}</A>}
          title="推荐表"
          asOf={asOf}
          basis="与企业页的判定为同一结论"
        >
          <ButtonLink to={word} reloadDocument>
            下载 Word
          </ButtonLink>
          <PrintButton />
        </PageHead>
      </div>
      <PaperView papers={[paper]} />
    </>
  );
}
