import { createReadableStreamFromReadable, type LoaderFunctionArgs } from '@remix-run/node';
import { funnelPage } from '../queries/funnel-page.server.ts';
import { readScope, scopeWords } from '../queries/scope.server.ts';
import { enter } from '../services/access.server.ts';
import { workbookHeaders } from '../services/download.server.ts';
import { listStream } from '../services/export.server.ts';
import { funnelList } from '../services/page-lists.server.ts';

/** The funnel as a table. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { db, clock, query } = await enter(request, 'funnel[.]xlsx');
  const scope = readScope(db, query, clock.today());
  const funnel = funnelPage(db, scope);
  const notes = { title: '漏斗', asOf: scope.asOf, lines: [scopeWords(scope), funnel.counting] };
  const stream = listStream(funnelList(funnel.columns, funnel.schemes), notes);
  return new Response(createReadableStreamFromReadable(stream), {
    headers: workbookHeaders(`漏斗-${scope.asOf}.xlsx`),
  });
}
