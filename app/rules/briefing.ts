/** What to speak about at a visit: the smallest gaps, and the unknown facts that decide most. Pure. */
import type { ConditionVerdict, Verdict } from './verdict.ts';

export interface Gap {
  readonly scheme: string;
  readonly condition: ConditionVerdict;
  /** Gap as a part of what is required. */
  readonly share: number;
}

/** Unmet conditions up to which an enterprise counts as near: beyond, a small gap helps nobody. */
const NEAR = 2;

/**
 * The smallest measured gaps, as parts of what is required, of titles that nothing but few such gaps keeps away;
 * a vetoed title has none, and the same condition of several titles stands once.
 */
export function smallestGaps(verdicts: readonly Verdict[], most: number): Gap[] {
  const gaps = verdicts
    .filter(({ vetoes, conditions }) => vetoes.length === 0 && unmetOf(conditions).length <= NEAR)
    .flatMap(({ scheme, conditions }) =>
      unmetOf(conditions).flatMap((condition): Gap[] => {
        const { required, gap } = condition;
        if (typeof required !== 'number' || required === 0 || gap === null || !(gap > 0)) return [];
        return [{ scheme, condition, share: gap / Math.abs(required) }];
      }),
    )
    .sort((a, b) => a.share - b.share);
  const seen = new Set<string>();
  return gaps
    .filter(({ condition: { label, required } }) => {
      const key = `${label} ${String(required)}`;
      return !seen.has(key) && seen.add(key);
    })
    .slice(0, most);
}

const unmetOf = (conditions: readonly ConditionVerdict[]) =>
  conditions.filter(({ result }) => result === 'unmet');

export interface Question {
  /** Path of the fact, as verdicts name it. */
  readonly path: string;
  /** Titles for which it is asked. */
  readonly schemes: readonly string[];
}

/**
 * Unknown facts in the order of what they decide: a condition that is open lends its weight to the facts it lacks, more
 * to each the fewer they are, and more where nothing else keeps the title away. Titles that are lost already ask nothing.
 */
export function whatToAsk(verdicts: readonly Verdict[], most: number): Question[] {
  const weights = new Map<string, { weight: number; schemes: Set<string> }>();
  for (const { scheme, vetoes, conditions } of verdicts) {
    const unmet = unmetOf(conditions).length;
    if (vetoes.length > 0 || unmet > NEAR) continue;
    const open = conditions.filter(({ result }) => result === 'unknown').length;
    for (const { result, missing } of conditions) {
      if (result !== 'unknown') continue;
      // Numbers that the park itself has to enter are no question to the enterprise.
      const lacking = new Set(missing.filter((path) => !path.startsWith('operator:')));
      for (const path of lacking) {
        const entry = weights.get(path) ?? { weight: 0, schemes: new Set<string>() };
        entry.weight += 1 / (lacking.size * open * (1 + unmet));
        entry.schemes.add(scheme);
        weights.set(path, entry);
      }
    }
  }
  return [...weights]
    .sort(([a, x], [b, y]) => y.weight - x.weight || a.localeCompare(b))
    .slice(0, most)
    .map(([path, { schemes }]) => ({ path, schemes: [...schemes] }));
}
