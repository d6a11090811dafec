import type { LoaderFunctionArgs } from '@remix-run/node';
import { batchPaper } from '../components/papers/batch-paper.ts';
import { nominationPaper } from '../components/papers/nomination-paper.ts';
import { batchPapers } from '../queries/batch-papers.server.ts';
import { readScope } from '../queries/scope.server.ts';
import { enter } from '../services/access.server.ts';
import { wordHeaders, wordOf } from '../services/documents/paper-word.ts';

/** The papers of the page as one Word document. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const { db, clock, query } = await enter(request, 'batches.$id.papers.docx');
  const { asOf } = readScope(db, query, clock.today());
  const found = batchPapers(db, Number(params.id) || 0, asOf);
  const sheets = query.get('paper') === 'sheets';
  if (!found || (sheets && found.sheets.length === 0))
    throw new Response('没有要出的纸面。', { status: 404 });
  const file = sheets
    ? await wordOf(found.sheets.map((sheet) => nominationPaper(sheet, asOf)))
    : await wordOf([batchPaper(found.table, asOf)], { landscape: true });
  return new Response(new Uint8Array(file), {
    headers: wordHeaders(`${found.table.title}-${sheets ? '推荐表' : '汇总表'}-${asOf}.docx`),
  });
}
