/** Judging facts that are at hand; needs no database. */
import { assess, RULE_BY_ID, SCHEMES, type Action, type Verdict } from '../rules/index.ts';
import type { Day } from '../rules/day.ts';
import type { OperatorValues } from '../rules/operator.ts';
import { parseFacts, type Facts } from '../rules/facts/parse.ts';
import { AppError } from '../db/errors.ts';
import type { FactsText } from './facts-input.ts';

export interface AssessRequest {
  /** Scheme ids; empty: every scheme. */
  readonly schemes: readonly string[];
  readonly action: Action;
  readonly on: Day;
  /** A rule version by id instead of the one that applies. */
  readonly rule?: string | null;
  /** Values entered in the database that is looked at; facts from a pipe are judged without. */
  readonly operatorValues?: OperatorValues;
}

/** The request with its schemes named one by one. @throws AppError `invalid` for a scheme or rule that is not there */
export function checkRequest(request: AssessRequest): AssessRequest {
  const { rule } = request;
  if (rule != null) {
    const version = RULE_BY_ID.get(rule);
    if (!version)
      throw new AppError(
        'invalid',
        `没有名为 ${rule} 的规则版本；可用：${[...RULE_BY_ID.keys()].join('、')}`,
      );
    if (request.schemes.some((scheme) => scheme !== version.scheme)) {
      throw new AppError('invalid', `规则版本 ${rule} 属于 ${version.scheme}`);
    }
    return { ...request, schemes: [version.scheme] };
  }
  const known = SCHEMES.map(({ id }) => id);
  const wrong = request.schemes.find((scheme) => !known.includes(scheme));
  if (wrong !== undefined) throw new AppError('invalid', `没有称号 ${wrong}；可用：${known.join('、')}`);
  return { ...request, schemes: request.schemes.length > 0 ? request.schemes : known };
}

export interface Assessed {
  readonly verdicts: readonly Verdict[];
  /** Schemes for which no rule applies, with the reason. */
  readonly skipped: readonly { readonly scheme: string; readonly reason: string }[];
}

/** Judges one enterprise under each scheme of a checked request. */
export function assessFacts(facts: Facts, request: AssessRequest): Assessed {
  const verdicts: Verdict[] = [];
  const skipped: { scheme: string; reason: string }[] = [];
  for (const scheme of request.schemes) {
    const judged = assess(facts, {
      scheme,
      action: request.action,
      on: request.on,
      rule: request.rule ?? undefined,
      operatorValues: request.operatorValues,
    });
    if (judged.ok) verdicts.push(judged.verdict);
    else skipped.push({ scheme, reason: judged.reason });
  }
  return { verdicts, skipped };
}

/** One enterprise's facts from JSON, or everything that is wrong with them in one line. */
function parseFactsInput(json: unknown): { ok: true; facts: Facts } | { ok: false; reason: string } {
  const parsed = parseFacts(json);
  if (parsed.ok) return parsed;
  return {
    ok: false,
    reason: parsed.problems.map(({ path, message }) => (path ? `${path}：${message}` : message)).join('；'),
  };
}

export type AssessedInput =
  | { readonly ok: true; readonly at: string; readonly assessed: Assessed }
  | { readonly ok: false; readonly at: string; readonly reason: string };

/** Milliseconds of judging before others get their turn: lines that have come already never wait for anything. */
const TURN = 20;

/** Judges what is handed in, one after the other; what cannot be judged comes back with the reason, in its place. */
export async function* assessInputs(
  inputs: AsyncIterable<FactsText>,
  request: AssessRequest,
): AsyncGenerator<AssessedInput> {
  let since = performance.now();
  for await (const input of inputs) {
    if (performance.now() - since > TURN) {
      await new Promise((resolve) => setImmediate(resolve));
      since = performance.now();
    }
    const parsed = input.ok ? parseFactsInput(input.json) : input;
    const { at } = input;
    yield parsed.ok
      ? { ok: true, at, assessed: assessFacts(parsed.facts, request) }
      : { ok: false, at, reason: parsed.reason };
  }
}
