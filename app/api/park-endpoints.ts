/** The park as a whole: candidates, funnel, movement. The same readings as the commands of those names. */
import { CANDIDATES_SHOWN, rankCandidates } from '../queries/candidate-ranking.server.ts';
import { readFunnel } from '../queries/funnel.server.ts';
import { readMovement } from '../queries/movement.server.ts';
import { ApiError } from '../services/api-error.ts';
import { checkRequest } from '../services/assess.server.ts';
import { dayText } from '../services/parameters.ts';
import { json, lines, type Endpoint, type Parameter } from './endpoint.ts';
import { ACTION, AS_OF, KNOWN_AT, LIMIT, ON, PARK, parkIdsOf, SCHEME_PATH } from './parameters.ts';

const FROM: Parameter<string> = { name: 'from', label: '期间首日，含', type: dayText, required: true };
const TO: Parameter<string> = { name: 'to', label: '期间末日，含', type: dayText, required: true };

export const PARK_ENDPOINTS: readonly Endpoint[] = [
  {
    id: 'candidates',
    method: 'GET',
    path: '/candidates/{scheme}',
    title: '候选',
    says: '尚未持有该称号的企业，按接近程度排序，每行一家，列出尚差什么。当场判定全部企业，不用保存的名单。',
    like: '_app.candidates.$scheme',
    parameters: [SCHEME_PATH, ACTION, ON, LIMIT, PARK],
    gives: 'lines',
    shape: 'candidate',
    command: 'tidu candidates --scheme … --json',
    example: 'giant?limit=20',
    run: async (visit, asked) => {
      const scheme = asked.need(SCHEME_PATH);
      const action = asked.get(ACTION) ?? 'new';
      const on = asked.get(ON) ?? visit.clock.today();
      checkRequest({ schemes: [scheme], action, on });
      const { candidates, judged, skipped } = await rankCandidates(visit.db, {
        scheme,
        action,
        on,
        limit: asked.get(LIMIT) ?? CANDIDATES_SHOWN,
        today: visit.clock.today(),
        parkIds: parkIdsOf(visit, asked),
      });
      const [reason] = skipped.keys();
      // No rule for that title, day and place is not the same as nobody being near it.
      if (judged === 0 && reason !== undefined) throw new ApiError('unprocessable', reason, SCHEME_PATH.name);
      return lines(candidates);
    },
  },
  {
    id: 'funnel',
    method: 'GET',
    path: '/funnel',
    title: '漏斗',
    says: '某日的漏斗：就高与累计的梯队家数、各称号在各阶段的家数、转化，附口径。',
    like: '_app.funnel',
    parameters: [AS_OF, KNOWN_AT, PARK],
    gives: 'json',
    shape: 'funnel',
    command: 'tidu funnel --json',
    example: '?asOf=2026-09-30',
    run: (visit, asked) =>
      json(
        readFunnel(visit.db, {
          asOf: asked.get(AS_OF) ?? visit.clock.today(),
          knownAt: asked.get(KNOWN_AT) ?? null,
          parkIds: parkIdsOf(visit, asked),
        }),
      ),
  },
  {
    id: 'movement',
    method: 'GET',
    path: '/movement',
    title: '变动表',
    says: '期初 + 新认定 + 重新认定 + 迁入 − 到期 − 撤销 − 注销 − 迁出 = 期末，就高与累计各一表，附口径。',
    like: '_app.movement._index',
    parameters: [FROM, TO, KNOWN_AT, PARK],
    gives: 'json',
    shape: 'movement',
    command: 'tidu movement --from … --to … --json',
    example: '?from=2026-07-01&to=2026-09-30',
    run: (visit, asked) => {
      const [from, to] = [asked.need(FROM), asked.need(TO)];
      if (to < from) throw new ApiError('invalid', 'to 早于 from', TO.name);
      const knownAt = asked.get(KNOWN_AT) ?? null;
      return json(readMovement(visit.db, { from, to, knownAt, parkIds: parkIdsOf(visit, asked) }));
    },
  },
];
