/** Judging the facts that a call brings: read and answered as they come, nothing is kept. */
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { ApiError, errorBody } from '../services/api-error.ts';
import { assessInputs, type AssessedInput, type AssessRequest } from '../services/assess.server.ts';
import { isAppError } from '../services/errors.ts';
import { readFactsText } from '../services/facts-input.ts';
import { assessRequestOf } from './enterprise-endpoints.ts';
import { lines, type Endpoint } from './endpoint.ts';
import { ACTION, ON, RULE, SCHEME } from './parameters.ts';

const TYPES = ['application/json', 'application/x-ndjson', 'application/ndjson'];

/** Refused inputs that are held back until one is judged; past them the answer begins. */
const HELD = 1000;

function bodyOf(request: Request): Readable {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (!TYPES.includes(type))
    throw new ApiError(
      'unsupported-type',
      `内容类型应为 ${TYPES.slice(0, 2).join(' 或 ')}，现为 ${type || '未注明'}`,
    );
  if (!request.body) throw new ApiError('invalid', '没有输入', 'body');
  return Readable.fromWeb(request.body as ReadableStream);
}

/** The lines for one input: its verdicts; or why there is none, in the place where they would stand. */
function* linesOf(input: AssessedInput, schemesAsked: boolean): Generator<object> {
  if (!input.ok) {
    yield errorBody('unprocessable', input.reason, input.at);
    return;
  }
  const { verdicts, skipped } = input.assessed;
  yield* verdicts;
  // Asked for all titles, those without a rule are left out; one that was asked for by name is answered.
  if (schemesAsked || verdicts.length === 0)
    for (const { reason } of skipped) yield errorBody('unprocessable', reason, input.at);
}

const isRefusal = (line: object): line is ReturnType<typeof errorBody> => 'error' in line;

/**
 * The answer line by line. As long as everything is refused the call as a whole may still fail, so that a caller
 * with one wrong object sees it by the status.
 * @throws ApiError `unprocessable` when nothing at all could be judged, `invalid` for no JSON
 */
async function judged(
  body: Readable,
  request: AssessRequest,
  schemesAsked: boolean,
): Promise<AsyncGenerator<object>> {
  const inputs = assessInputs(readFactsText(body), request);
  const held: object[] = [];
  for (;;) {
    const next = await inputs.next().catch(asRefused);
    if (next.done) break;
    held.push(...linesOf(next.value, schemesAsked));
    if (held.length > HELD || held.some((line) => !isRefusal(line))) return rest(held, inputs, schemesAsked);
  }
  const [first] = held;
  if (first === undefined) throw new ApiError('invalid', '没有输入', 'body');
  const { message, at } = (first as ReturnType<typeof errorBody>).error;
  throw new ApiError('unprocessable', message, at);
}

/** What is no JSON at all is told of the body. */
function asRefused(error: unknown): never {
  throw isAppError(error) ? new ApiError('invalid', error.userMessage, 'body') : error;
}

async function* rest(
  held: readonly object[],
  inputs: AsyncGenerator<AssessedInput>,
  schemesAsked: boolean,
): AsyncGenerator<object> {
  yield* held;
  for await (const input of inputs) yield* linesOf(input, schemesAsked);
}

export const ASSESS_ENDPOINT: Endpoint = {
  id: 'assess',
  method: 'POST',
  path: '/assess',
  title: '判定给出的事实',
  says: '内容为企业事实：一个 JSON 对象、数组，或 NDJSON（每行一家）。每行一个判定；不能判定的在其位置给出一行 error，注明第几行或第几个。边读边判，不保存。运营录入值不参与，与命令行相同。',
  like: '_app.rules._index',
  parameters: [SCHEME, ACTION, ON, RULE],
  gives: 'lines',
  shape: 'verdict',
  command: 'tidu assess --in 文件 --json',
  body: 'facts',
  example: '?scheme=hnte&on=2026-05-06',
  run: async (visit, asked) => {
    const request = assessRequestOf(visit, asked);
    const schemesAsked = asked.all(SCHEME).length > 0 || asked.get(RULE) !== undefined;
    return lines(await judged(bodyOf(visit.request), request, schemesAsked));
  },
};
