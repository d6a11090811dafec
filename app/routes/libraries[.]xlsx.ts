import { createReadableStreamFromReadable, type LoaderFunctionArgs } from '@remix-run/node';
import { allRows, LIBRARIES, readLibrary } from '../queries/libraries.server.ts';
import { schemeLabel } from '../queries/schemes.server.ts';
import { limitsOf } from '../queries/list-limits.server.ts';
import { readScope, scopeWords } from '../queries/scope.server.ts';
import { chooseSteward } from '../queries/stewards.server.ts';
import { enter } from '../services/access.server.ts';
import { workbookHeaders } from '../services/download.server.ts';
import { listStream } from '../services/export.server.ts';
import { libraryList } from '../services/library-lists.server.ts';

/** The list of the page, all of it. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { db, clock, user, query } = await enter(request, 'libraries[.]xlsx');
  const { scope } = chooseSteward(db, readScope(db, query, clock.today()), query, user);
  const look = readLibrary(query);
  const { label } = LIBRARIES.find(({ id }) => id === look.list)!;
  const title = look.scheme === '' ? label : `${label}-${schemeLabel(look.scheme)}`;
  const lines = [scopeWords(scope), '预评估结果仅供参考，以主管部门认定为准'];
  if (look.list === 'potential') lines.push(limitsOf(db, look.scheme).words);
  if (look.list === 'reservoir') lines.push(`未持有高企，无一票否决，未达到不超过 ${look.k} 项`);
  const stream = listStream(libraryList(label, allRows(db, look, scope)), { title, asOf: scope.asOf, lines });
  return new Response(createReadableStreamFromReadable(stream), {
    headers: workbookHeaders(`${title}-${scope.asOf}.xlsx`),
  });
}
