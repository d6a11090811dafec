import { createReadableStreamFromReadable, type LoaderFunctionArgs } from '@remix-run/node';
import { expiringLines, readExpiryFilter } from '../queries/expiry.server.ts';
import { schemeLabel } from '../queries/schemes.server.ts';
import { readScope, scopeWords } from '../queries/scope.server.ts';
import { chooseSteward } from '../queries/stewards.server.ts';
import { enter } from '../services/access.server.ts';
import { workbookHeaders } from '../services/download.server.ts';
import { listStream } from '../services/export.server.ts';
import { expiryList } from '../services/tracking-lists.server.ts';

/** The certificates of the page, all of its filter. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { db, clock, user, query } = await enter(request, 'expiry[.]xlsx');
  const { scope } = chooseSteward(db, readScope(db, query, clock.today()), query, user, true);
  const filter = readExpiryFilter(query);
  const lines = [scopeWords(scope), '当日有效且有截止日的证书，同一称号已有更晚证书的不计'];
  if (filter.scheme) lines.push(`称号：${schemeLabel(filter.scheme)}`);
  if (filter.band) lines.push(`剩余天数：${filter.band === 'later' ? '180 天以后' : `至 ${filter.band} 天`}`);
  if (filter.quarter) lines.push(`到期季度：${filter.quarter === 'later' ? '更晚' : filter.quarter}`);
  const list = expiryList(expiringLines(db, scope, filter));
  const stream = listStream(list, { title: '证书到期', asOf: scope.asOf, lines });
  return new Response(createReadableStreamFromReadable(stream), {
    headers: workbookHeaders(`证书到期-${scope.asOf}.xlsx`),
  });
}
