import type { LoaderFunctionArgs } from '@remix-run/node';
import { briefPaper } from '../components/papers/brief-paper.ts';
import { enterpriseByCode } from '../queries/enterprise.server.ts';
import { briefData } from '../queries/papers.server.ts';
import { readScope } from '../queries/scope.server.ts';
import { enter } from '../services/access.server.ts';
import { wordHeaders, wordOf } from '../services/documents/paper-word.ts';

/** 一企一页 as a Word document. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const { db, clock, query } = await enter(request, 'enterprises.$uscc.brief.docx');
  const head = enterpriseByCode(db, params.uscc ?? '');
  if (!head) throw new Response('没有这家企业：代码可能有误。', { status: 404 });
  const { asOf } = readScope(db, query, clock.today());
  const paper = briefPaper(briefData(db, head, asOf), asOf);
  return new Response(new Uint8Array(await wordOf([paper], { compact: true })), {
    headers: wordHeaders(`一企一页-${head.name}-${asOf}.docx`),
  });
}
