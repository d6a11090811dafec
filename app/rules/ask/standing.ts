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

type Missed = Pick<ConditionVerdict, 'gap' | 'required'>;

const isNear = ({ gap, required }: Missed) =>
  typeof gap === 'number' && typeof required === 'number' && gap <= Math.abs(required) * NEARLY_SHARE;

/** What a standing depends on. */
export interface Tally {
  readonly outcome: Verdict['outcome'];
  readonly vetoed: boolean;
  readonly unmet: readonly Missed[];
  /** Conditions that are met or waived, and those for want of a fact open. */
  readonly fine: number;
  readonly unknown: number;
}

/** Met, nearly (few conditions missed, each by little, no veto), undetermined, or not. */
export function standingFrom({ outcome, vetoed, unmet, fine, unknown }: Tally): Standing {
  if (outcome === 'eligible') return 'met';
  if (outcome === 'undetermined') return 'undetermined';
  const near = !vetoed && unmet.length <= NEARLY_CONDITIONS && unmet.every(isNear);
  // Where most is not known, nobody can say that little is missing.
  return near && unknown <= fine + unmet.length ? 'nearly' : 'not';
}

export function standingOf({ outcome, vetoes, conditions }: Verdict): Standing {
  const of = (...results: string[]) => conditions.filter(({ result }) => results.includes(result));
  return standingFrom({
    outcome,
    vetoed: vetoes.length > 0,
    unmet: of('unmet'),
    fine: of('met', 'waived').length,
    unknown: of('unknown').length,
  });
}

/** The best standing first; the order of equals stays. */
const byStanding = (a: { standing: Standing }, b: { standing: Standing }): number =>
  STANDINGS.indexOf(a.standing) - STANDINGS.indexOf(b.standing);

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
  return { verdicts: verdicts.sort(byStanding), skipped };
}
