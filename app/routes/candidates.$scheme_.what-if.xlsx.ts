import { createReadableStreamFromReadable, type LoaderFunctionArgs } from '@remix-run/node';
import { namesOf } from '../queries/replay-page.server.ts';
import { schemeLabel } from '../queries/schemes.server.ts';
import { readScope, scopeWords } from '../queries/scope.server.ts';
import { chooseSteward } from '../queries/stewards.server.ts';
import { applicantsOn, commonDivision } from '../queries/what-if.server.ts';
import { RULES } from '../rules/registry.ts';
import { enter } from '../services/access.server.ts';
import { workbookHeaders } from '../services/download.server.ts';
import { listStream } from '../services/export.server.ts';
import {
  answerWhatIf,
  readWhatIf,
  supposedWords,
  supposes,
  whatIfBasis,
} from '../services/list-what-if.server.ts';
import { MOVEMENT_LABELS, namedLines, replayList } from '../services/replay-page.server.ts';

/** Milliseconds that a download waits for the park to be read. */
const PATIENCE = 120_000;

/** The list of a what-if as filtered, marked as one. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const { db, clock, user, query } = await enter(request, 'candidates.$scheme_.what-if.xlsx');
  const scheme = params.scheme ?? '';
  if (!RULES.some((rule) => rule.scheme === scheme))
    throw new Response('这个称号还没有可用的规则版本，不能测算。', { status: 404 });
  const { scope } = chooseSteward(db, readScope(db, query, clock.today()), query, user);
  const address = readWhatIf(query, scheme, commonDivision(db, scope), scope.asOf);
  if (!supposes(address) || Object.keys(address.errors).length > 0)
    throw new Response('没有可测算的假设。', { status: 400 });
  const among = applicantsOn(db, scope, scheme, address.on);
  const answer = await answerWhatIf(db, address, query, among, PATIENCE);
  if (!answer.ready) throw new Response('企业数据还没有读完，请稍后再试。', { status: 503 });
  const title = `假设测算-${schemeLabel(scheme)}-${MOVEMENT_LABELS[answer.filter.movement]}`;
  const notes = {
    title,
    asOf: scope.asOf,
    lines: [
      '假设测算，不是判定',
      whatIfBasis(address, scopeWords(scope)),
      ...supposedWords(address),
      ...answer.narrowed,
    ],
  };
  const rows = namedLines(answer, (ids) => namesOf(db, ids));
  return new Response(createReadableStreamFromReadable(listStream(replayList(rows), notes)), {
    headers: workbookHeaders(`${title}-${scope.asOf}.xlsx`),
  });
}
