import { redirect, type LoaderFunctionArgs } from '@remix-run/node';
import { readApplicationDay } from '../queries/candidate-day.server.ts';
import { readCandidateRequest } from '../queries/candidate-request.server.ts';
import { candidateIds } from '../queries/candidates.server.ts';
import { readScope } from '../queries/scope.server.ts';
import { schemeName } from '../queries/schemes.server.ts';
import { chooseSteward } from '../queries/stewards.server.ts';
import { RULES } from '../rules/registry.ts';
import { enter } from '../services/access.server.ts';
import { redirectSaying } from '../services/flash.server.ts';
import { readyList } from '../services/verdict-job.server.ts';

/** Enterprises that one address can hand over; a batch of more is drawn up by hand or from a workbook. */
const MOST = 400;

/** Hands everybody whom the filter finds in the tab over to a new batch, in the order of the list. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const { db, clock, query, user } = await enter(request, 'candidates.$scheme.batch');
  const scheme = params.scheme ?? '';
  if (!RULES.some((rule) => rule.scheme === scheme)) {
    throw new Response(`${schemeName(scheme)}还没有可用的规则版本，不能排出候选。`, { status: 404 });
  }
  const { scope } = chooseSteward(db, readScope(db, query, clock.today()), query, user);
  const asked = readCandidateRequest(query, scheme);
  const { on } = readApplicationDay(db, query, { scheme, action: asked.action }, scope);
  const { list } = await readyList(db, clock, { scheme, action: asked.action, on });
  const ids = candidateIds(db, { ...asked, list, page: 1, rows: MOST + 1 }, scope);
  if (ids.length > MOST) {
    return redirectSaying(
      `/candidates/${scheme}?${query.toString()}`,
      `筛选所得超过 ${MOST} 家，未列入批次，请先缩小范围或勾选`,
    );
  }
  const batch = new URLSearchParams({ scheme, on });
  for (const id of ids) batch.append('enterprise', String(id));
  return redirect(`/batches/new?${batch.toString()}`);
}
