import type { LoaderFunctionArgs } from '@remix-run/node';
import { nominationPaper } from '../components/papers/nomination-paper.ts';
import { enterpriseByCode } from '../queries/enterprise.server.ts';
import { sheetData } from '../queries/papers.server.ts';
import { readScope } from '../queries/scope.server.ts';
import { isDay } from '../rules/day.ts';
import { RULES } from '../rules/registry.ts';
import { enter } from '../services/access.server.ts';
import { wordHeaders, wordOf } from '../services/documents/paper-word.ts';

/** The paper of the page as a Word document. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const { db, clock, query } = await enter(request, 'enterprises.$uscc.sheet.$scheme.docx');
  const head = enterpriseByCode(db, params.uscc ?? '');
  const scheme = params.scheme ?? '';
  if (!head || !RULES.some((rule) => rule.scheme === scheme))
    throw new Response('没有这张推荐表。', { status: 404 });
  const { asOf } = readScope(db, query, clock.today());
  const asked = query.get('on');
  const on = isDay(asked) ? asked : asOf;
  const action = query.get('action') === 'renewal' ? ('renewal' as const) : ('new' as const);
  const paper = nominationPaper(sheetData(db, head, { scheme, action, on }), asOf);
  return new Response(new Uint8Array(await wordOf([paper])), {
    headers: wordHeaders(`${paper.title}-${head.name}-${on}.docx`),
  });
}
