import { createReadableStreamFromReadable, type LoaderFunctionArgs } from '@remix-run/node';
import { readSort } from '../components/address.ts';
import { allEnterprises, ENTERPRISE_SORTS, readEnterpriseFilter } from '../queries/enterprises.server.ts';
import { readScope, scopeWords } from '../queries/scope.server.ts';
import { chooseSteward } from '../queries/stewards.server.ts';
import { enter } from '../services/access.server.ts';
import { workbookHeaders } from '../services/download.server.ts';
import { listStream } from '../services/export.server.ts';
import { enterpriseList, filterLines } from '../services/page-lists.server.ts';

/** The list of enterprises as filtered. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { db, clock, user, query } = await enter(request, 'enterprises[.]xlsx');
  const { scope } = chooseSteward(db, readScope(db, query, clock.today()), query, user);
  const sort = readSort(query.get('sort'), ENTERPRISE_SORTS, { key: 'name', down: false });
  const rows = allEnterprises(db, readEnterpriseFilter(query), scope, sort);
  const notes = {
    title: '企业',
    asOf: scope.asOf,
    lines: [`${scopeWords(scope)}；最高称号就高计`, ...filterLines(query)],
  };
  const stream = listStream(enterpriseList(rows), notes);
  return new Response(createReadableStreamFromReadable(stream), {
    headers: workbookHeaders(`企业-${scope.asOf}.xlsx`),
  });
}
