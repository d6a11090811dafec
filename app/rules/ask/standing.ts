/** Where an enterprise stands with a title, in the four words of the self-assessment. Pure. */
import type { Day } from '../day.ts';
import type { Facts } from '../facts/parse.ts';
import { assess, SCHEMES } from '../index.ts';
import type { OperatorValues } from '../operator.ts';
import type { ConditionVerdict, Verdict } from '../verdict.ts';

export const STANDINGS = ['met', 'nearly', 'undetermined', 'not'] as const;
export type Standing = (typeof STANDINGS)[number];

/** Nearly: at most so many conditions are missed … */
const NEARLY_CONDITIONS = 2;
/** … each by at most this part of what is required. */
const NEARLY_SHARE = 0.3;

const isNear = ({ gap, required }: ConditionVerdict) =>
  typeof gap === 'number' && typeof required === 'number' && gap <= Math.abs(required) * NEARLY_SHARE;

/** Met, nearly (few conditions missed, each by little, no veto), undetermined, or not. */
export function standingOf(verdict: Verdict): Standing {
  if (verdict.outcome === 'eligible') return 'met';
  if (verdict.outcome === 'undetermined') return 'undetermined';
  const unmet = verdict.conditions.filter(({ result }) => result === 'unmet');
  const count = (...results: string[]) =>
    verdict.conditions.filter(({ result }) => results.includes(result)).length;
  const near = verdict.vetoes.length === 0 && unmet.length <= NEARLY_CONDITIONS && unmet.every(isNear);
  // Where most is not known, nobody can say that little is missing.
  return near && count('unknown') <= count('met', 'waived', 'unmet') ? 'nearly' : 'not';
}

export interface Assessed {
  readonly verdicts: readonly {
    readonly verdict: Verdict;
    readonly standing: Standing;
    readonly label: string;
  }[];
  /** Titles for which no rule applies, with the reason. */
  readonly skipped: readonly { readonly label: string; readonly reason: string }[];
}

/** Judges the titles wished for (all of them where none is named), the best standing first. */
export function assessWished(
  facts: Facts,
  schemes: readonly string[],
  on: Day,
  operatorValues?: OperatorValues,
): Assessed {
  const verdicts: Assessed['verdicts'][number][] = [];
  const skipped: Assessed['skipped'][number][] = [];
  for (const { id, label } of SCHEMES) {
    if (schemes.length > 0 && !schemes.includes(id)) continue;
    const done = assess(facts, { scheme: id, action: 'new', on, operatorValues });
    if (done.ok) verdicts.push({ verdict: done.verdict, standing: standingOf(done.verdict), label });
    else skipped.push({ label, reason: done.reason });
  }
  const place = (of: Standing) => STANDINGS.indexOf(of);
  return { verdicts: verdicts.sort((a, b) => place(a.standing) - place(b.standing)), skipped };
}
