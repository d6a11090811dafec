import { createReadableStreamFromReadable, type LoaderFunctionArgs } from '@remix-run/node';
import { readApplicationDay } from '../queries/candidate-day.server.ts';
import { readCandidateRequest } from '../queries/candidate-request.server.ts';
import { listCandidates } from '../queries/candidates.server.ts';
import { readScope, scopeWords } from '../queries/scope.server.ts';
import { schemeLabel } from '../queries/schemes.server.ts';
import { chooseSteward } from '../queries/stewards.server.ts';
import { RULES } from '../rules/registry.ts';
import { enter } from '../services/access.server.ts';
import { workbookHeaders } from '../services/download.server.ts';
import { listStream } from '../services/export.server.ts';
import { candidateList } from '../services/page-lists.server.ts';
import { readyList } from '../services/verdict-job.server.ts';

/** More candidates than this are no list to work through. */
const MOST = 100_000;

/** The candidates of a scheme in the tab looked at, as filtered and sorted. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const { db, clock, query, user } = await enter(request, 'candidates.$scheme.xlsx');
  const { scope } = chooseSteward(db, readScope(db, query, clock.today()), query, user);
  const scheme = params.scheme ?? '';
  if (!RULES.some((rule) => rule.scheme === scheme)) {
    throw new Response('没有这个称号的规则版本，不能排出候选。', { status: 404 });
  }
  const asked = readCandidateRequest(query, scheme);
  const { on } = readApplicationDay(db, query, { scheme, action: asked.action }, scope);
  const { list } = await readyList(db, clock, { scheme, action: asked.action, on });
  const { rows } = listCandidates(db, { ...asked, list, page: 1, rows: MOST }, scope);
  const title = `${schemeLabel(scheme)}候选`;
  const notes = {
    title,
    asOf: scope.asOf,
    lines: [
      scopeWords(scope),
      `按申报日 ${on} 判定；缺上一年度数据的按最近一个完整年度预判，见“数据年度”列`,
      '先按差距，再按数据来源、时间远近排序；预评估结果仅供参考，以主管部门认定为准',
    ],
  };
  const stream = listStream(candidateList(title, rows), notes);
  return new Response(createReadableStreamFromReadable(stream), {
    headers: workbookHeaders(`${title}-${on}.xlsx`),
  });
}
