import { createReadableStreamFromReadable, type LoaderFunctionArgs } from '@remix-run/node';
import { CANDIDATE_TABS, listCandidates } from '../queries/candidates.server.ts';
import { readScope, scopeWords } from '../queries/scope.server.ts';
import { schemeLabel } from '../queries/schemes.server.ts';
import { RULES } from '../rules/registry.ts';
import { enter } from '../services/access.server.ts';
import { workbookHeaders } from '../services/download.server.ts';
import { listStream } from '../services/export.server.ts';
import { candidateList } from '../services/page-lists.server.ts';

/** More candidates than this are no list to work through. */
const MOST = 100_000;

/** The candidates of a scheme in the tab looked at. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const { db, clock, query } = await enter(request, 'candidates.$scheme.xlsx');
  const scope = readScope(db, query, clock.today());
  const scheme = params.scheme ?? '';
  if (!RULES.some((rule) => rule.scheme === scheme)) {
    throw new Response('没有这个称号的规则版本，不能排出候选。', { status: 404 });
  }
  const action = query.get('action') === 'renewal' ? 'renewal' : 'new';
  const tab = CANDIDATE_TABS.find((each) => each === query.get('tab')) ?? 'near';
  const input = { scheme, action, tab, page: 1, size: MOST, withoutHolders: action === 'new' } as const;
  const { rows } = listCandidates(db, input, scope);
  const title = `${schemeLabel(scheme)}候选`;
  const notes = {
    title,
    asOf: scope.asOf,
    lines: [scopeWords(scope), '按差距由小到大；预评估结果仅供参考，以主管部门认定为准'],
  };
  const stream = listStream(candidateList(title, rows), notes);
  return new Response(createReadableStreamFromReadable(stream), {
    headers: workbookHeaders(`${title}-${scope.asOf}.xlsx`),
  });
}
