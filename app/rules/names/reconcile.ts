/** A whole official list: each row for itself, then against the other rows. */
import { GROUNDS, type ListedName, type Matcher, type NameMatch } from './matcher.ts';
import { strictKey } from './parts.ts';

const strength = (match: NameMatch) => GROUNDS.indexOf(match.ground!);

/**
 * Takes certainty from hits that contradict each other: where rows of different names lead to one enterprise, only
 * the one with the strongest ground stays a hit (a former name may be another company's by now). A name listed twice
 * stays a hit and says so.
 * @param rows in the order of the list; `line` as the list counts them
 */
export function reconciled(
  rows: readonly (ListedName & { readonly line: number; readonly match: NameMatch })[],
): NameMatch[] {
  const matches = rows.map(({ match }) => match);
  const byEnterprise = Map.groupBy(
    [...rows.keys()].filter((i) => matches[i]!.class === 'hit'),
    (i) => matches[i]!.candidates[0]!.enterpriseId,
  );
  for (const same of byEnterprise.values()) {
    if (same.length < 2) continue;
    const best = same.reduce((a, b) => (strength(matches[b]!) < strength(matches[a]!) ? b : a));
    const key = strictKey(rows[best]!.name);
    for (const i of same) {
      if (i === best) continue;
      const { line } = rows[best]!;
      const match = matches[i]!;
      matches[i] =
        strictKey(rows[i]!.name) === key
          ? { ...match, reason: `${match.reason}，与第 ${line} 行重复` }
          : {
              ...match,
              class: 'likely',
              ground: null,
              reason: `${match.reason}，但第 ${line} 行已是这家企业`,
            };
    }
    const rivals = same.filter((i) => i !== best && strictKey(rows[i]!.name) !== key);
    const tied = rivals.some((i) => strength(rows[i]!.match) === strength(rows[best]!.match));
    if (tied) {
      const reason = `${matches[best]!.reason}，但名单另有一行指向同一企业`;
      matches[best] = { ...matches[best]!, class: 'likely', ground: null, reason };
    }
  }
  return matches;
}

/** Matches a list at once. */
export function matchList(
  matcher: Matcher,
  rows: readonly (ListedName & { readonly line: number })[],
): NameMatch[] {
  return reconciled(rows.map((row) => ({ ...row, match: matcher.match(row) })));
}
