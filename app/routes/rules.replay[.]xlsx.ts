import { createReadableStreamFromReadable, type LoaderFunctionArgs } from '@remix-run/node';
import { idsInScope, namesOf } from '../queries/replay-page.server.ts';
import { readScope, scopeWords } from '../queries/scope.server.ts';
import { chooseSteward } from '../queries/stewards.server.ts';
import { enter } from '../services/access.server.ts';
import { workbookHeaders } from '../services/download.server.ts';
import { listStream } from '../services/export.server.ts';
import {
  answerReplay,
  basisWords,
  MOVEMENT_LABELS,
  namedLines,
  replayList,
} from '../services/replay-page.server.ts';
import { readReplayAddress } from '../services/replay-request.server.ts';

/** Milliseconds that a download waits for the park to be read. */
const PATIENCE = 120_000;

/** The list of a replay as filtered. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { db, clock, user, query } = await enter(request, 'rules.replay[.]xlsx');
  const { scope } = chooseSteward(db, readScope(db, query, clock.today()), query, user);
  const address = readReplayAddress(query, scope.asOf);
  const answer = await answerReplay(db, address, query, idsInScope(db, scope), PATIENCE);
  if (!answer.ready) throw new Response('企业数据还没有读完，请稍后再试。', { status: 503 });
  const notes = {
    title: `修订影响：${MOVEMENT_LABELS[answer.filter.movement]}`,
    asOf: scope.asOf,
    lines: [basisWords(address, scopeWords(scope)), `申请日 ${address.request.on}`, ...answer.narrowed],
  };
  const rows = namedLines(answer, (ids) => namesOf(db, ids));
  const name = `修订影响-${address.request.from}-${address.request.to}-${scope.asOf}.xlsx`;
  return new Response(createReadableStreamFromReadable(listStream(replayList(rows), notes)), {
    headers: workbookHeaders(name),
  });
}
