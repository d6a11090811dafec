import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { ButtonLink } from '../components/button.tsx';
import { A } from '../components/link.tsx';
import { PageHead } from '../components/page.tsx';
import { briefPaper } from '../components/papers/brief-paper.ts';
import { PaperView } from '../components/papers/paper-view.tsx';
import { PrintButton } from '../components/print-button.tsx';
import { enterpriseByCode } from '../queries/enterprise.server.ts';
import { briefData } from '../queries/papers.server.ts';
import { readScope } from '../queries/scope.server.ts';
import { enter } from '../services/access.server.ts';
import '../components/papers/paper.css';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `一企一页 ${data?.name ?? ''} - 梯度` },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { db, clock, query } = await enter(request, '_app.enterprises.$uscc.brief');
  const head = enterpriseByCode(db, params.uscc ?? '');
  if (!head) throw new Response('没有这家企业：代码可能有误。', { status: 404 });
  const { asOf } = readScope(db, query, clock.today());
  return { name: head.name, uscc: head.uscc, asOf, paper: briefPaper(briefData(db, head, asOf), asOf) };
}

export default function Brief() {
  const { name, uscc, asOf, paper } = useLoaderData<typeof loader>();
  return (
    <>
      <div className="paper-head">
        <PageHead before={<A to={`/enterprises/${uscc}`}>{name}</A>} title="一企一页" asOf={asOf}>
          <ButtonLink to={`/enterprises/${uscc}/brief/docx`} reloadDocument>
            下载 Word
          </ButtonLink>
          <PrintButton />
        </PageHead>
      </div>
      <PaperView papers={[paper]} look="brief" />
    </>
  );
}
