import { createReadableStreamFromReadable, type LoaderFunctionArgs } from '@remix-run/node';
import { columnsOfTable, movementPage, readPeriod } from '../queries/movement-page.server.ts';
import { readScope, scopeWords } from '../queries/scope.server.ts';
import { enter } from '../services/access.server.ts';
import { workbookHeaders } from '../services/download.server.ts';
import { listStream } from '../services/export.server.ts';
import { movementList } from '../services/tracking-lists.server.ts';

/** The movement tables as one sheet. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { db, clock, query } = await enter(request, 'movement[.]xlsx');
  const scope = readScope(db, query, clock.today());
  const page = movementPage(db, scope, readPeriod(query, scope.asOf));
  const rows = page.tables.flatMap(({ table, rows: lines, total }) =>
    [...lines, total].map((row) => ({
      ...row,
      counted: table === 'headline' ? '就高（家）' : '累计（家次）',
    })),
  );
  const period = `${page.from} 至 ${page.to}`;
  const lines = [scopeWords(scope), `期间：${period}`, page.counting];
  if (page.knownAt) lines.push(`按 ${page.knownAt} 所知`);
  const stream = listStream(movementList(columnsOfTable('headline'), rows), {
    title: '梯队变动表',
    asOf: page.to,
    lines,
  });
  return new Response(createReadableStreamFromReadable(stream), {
    headers: workbookHeaders(`梯队变动表-${page.from}-${page.to}.xlsx`),
  });
}
