import { createReadableStreamFromReadable, type LoaderFunctionArgs } from '@remix-run/node';
import { movementCellPage, readCell, readPeriod } from '../queries/movement-page.server.ts';
import { readScope, scopeWords } from '../queries/scope.server.ts';
import { enter } from '../services/access.server.ts';
import { workbookHeaders } from '../services/download.server.ts';
import { listStream } from '../services/export.server.ts';
import { movementCellList } from '../services/tracking-lists.server.ts';

/** The list behind one number of the movement table. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { db, clock, query } = await enter(request, 'movement.cell[.]xlsx');
  const cell = readCell(query);
  if (!cell) throw new Response('变动表没有这一格。', { status: 404 });
  const scope = readScope(db, query, clock.today());
  const page = movementCellPage(db, scope, readPeriod(query, scope.asOf), cell);
  const stream = listStream(movementCellList(page.title, page.entries), {
    title: `梯队变动表（${page.tableLabel}）${page.title}`,
    asOf: page.to,
    lines: [scopeWords(scope), `期间：${page.from} 至 ${page.to}`],
  });
  return new Response(createReadableStreamFromReadable(stream), {
    headers: workbookHeaders(`${page.title.replace('：', '-')}-${page.from}-${page.to}.xlsx`),
  });
}
