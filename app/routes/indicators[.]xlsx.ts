import { createReadableStreamFromReadable, type LoaderFunctionArgs } from '@remix-run/node';
import { indicatorsPage, readMode } from '../queries/indicators-page.server.ts';
import { readScope, scopeWords } from '../queries/scope.server.ts';
import { enter } from '../services/access.server.ts';
import { workbookHeaders } from '../services/download.server.ts';
import { listStream } from '../services/export.server.ts';
import { indicatorList } from '../services/indicator-export.server.ts';

/** The indicators of the page as a table. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { db, clock, query } = await enter(request, 'indicators[.]xlsx');
  const scope = readScope(db, query, clock.today());
  const page = indicatorsPage(db, scope, readMode(query));
  const notes = {
    title: '指标',
    asOf: scope.asOf,
    lines: [scopeWords(scope), `计数期间 ${page.days}`, '同比为上年同一累计期间', ...page.sentences],
  };
  const rows = page.groups.flatMap(({ label, lines }) => lines.map((line) => ({ group: label, ...line })));
  return new Response(createReadableStreamFromReadable(listStream(indicatorList(rows), notes)), {
    headers: workbookHeaders(`指标-${scope.asOf}.xlsx`),
  });
}
