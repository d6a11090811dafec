import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { ButtonLink } from '../components/button.tsx';
import { A } from '../components/link.tsx';
import { EmptyState, PageHead } from '../components/page.tsx';
import { batchPaper } from '../components/papers/batch-paper.ts';
import { nominationPaper } from '../components/papers/nomination-paper.ts';
import { PaperView } from '../components/papers/paper-view.tsx';
import { PrintButton } from '../components/print-button.tsx';
import { Tabs } from '../components/tabs.tsx';
import { batchPapers } from '../queries/batch-papers.server.ts';
import { readScope } from '../queries/scope.server.ts';
import { enter } from '../services/access.server.ts';
import '../components/papers/paper.css';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `打印 ${data?.title ?? '批次'} - 梯度` },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { db, clock, query } = await enter(request, '_app.batches.$id.papers');
  const { asOf } = readScope(db, query, clock.today());
  const found = batchPapers(db, Number(params.id) || 0, asOf);
  if (!found) throw new Response('没有这个推荐批次。', { status: 404 });
  const sheets = query.get('paper') === 'sheets';
  return {
    id: Number(params.id),
    title: found.table.title,
    asOf,
    sheets,
    count: found.sheets.length,
    papers: sheets
      ? found.sheets.map((sheet) => nominationPaper(sheet, asOf))
      : [batchPaper(found.table, asOf)],
  };
}

export default function BatchPapers() {
  const { id, title, asOf, sheets, count, papers } = useLoaderData<typeof loader>();
  const base = `/batches/${id}/papers`;
  return (
    <>
      <div className="paper-head">
        <PageHead
          before={<A to={`/batches/${id}`}>{title}</A>}
          title="打印与 Word"
          asOf={asOf}
          basis="判定为批次核对时的结论；企业基本情况为现时"
        >
          <ButtonLink to={`${base}/docx${sheets ? '?paper=sheets' : ''}`} reloadDocument>
            下载 Word
          </ButtonLink>
          <PrintButton />
        </PageHead>
        <Tabs
          label="纸面"
          tabs={[
            { to: base, label: '推荐汇总表', current: !sheets },
            { to: `${base}?paper=sheets`, label: '逐家推荐表', count, current: sheets },
          ]}
        />
      </div>
      {papers.length === 0 && (
        <div className="card">
          <EmptyState title="没有要出推荐表的企业" />
        </div>
      )}
      <PaperView papers={papers} look={sheets ? 'sheet' : 'across'} />
    </>
  );
}
