/**
 * Who holds what, when: the ways through 高企, 专精特新 and 小巨人 as lists of years. The 高企 in force at the end of
 * 2021 are fixed from outside; everything before and after grows from that.
 */
import { giantGrant, hnteGrant, srdiGrant, threeYears } from './calendar.ts';
import type { Random } from './random.ts';

/** A recognition: the year and batch of the announcement, and what came of it. */
export interface Grant {
  readonly year: number;
  readonly batch: 0 | 1;
  /** `new` after a way of its own, `again` a further certificate, `renewed` by 复核 without a new one. */
  readonly how: 'new' | 'again' | 'renewed';
  /** The certificate was taken away in the year after the grant. */
  readonly revoked?: boolean;
}
export interface Attempt {
  readonly year: number;
  readonly batch: 0 | 1;
  readonly outcome: 'refused' | 'withdrawn';
}
export interface Career {
  readonly grants: readonly Grant[];
  readonly attempts: readonly Attempt[];
}
export const NO_CAREER: Career = { grants: [], attempts: [] };

/** The year whose end is held against the published figures of 珠海高新区. */
export const ANCHOR = 2021;

/** How an enterprise stands to 高企 at the end of the anchor year. */
export type HnteStanding = 'held' | 'later' | 'lapsed' | 'never';

const batch = (random: Random): 0 | 1 => (random.chance(0.45) ? 0 : 1);

/** Certificates after `from`, each three years on, while they are renewed; with the years of failure. */
function onward(random: Random, from: Grant, lastYear: number, loyalty: number) {
  const grants: Grant[] = [from];
  const attempts: Attempt[] = [];
  let year = from.year + 3;
  while (year <= lastYear) {
    if (random.chance(loyalty)) {
      grants.push({ year, batch: random.chance(0.85) ? 0 : 1, how: 'again' });
      year += 3;
      continue;
    }
    if (random.chance(0.5))
      attempts.push({ year, batch: 0, outcome: random.chance(0.8) ? 'refused' : 'withdrawn' });
    if (!random.chance(0.4)) break;
    year += 1;
    if (year > lastYear) break;
    grants.push({ year, batch: batch(random), how: 'new' });
    year += 3;
  }
  return { grants, attempts };
}

/** The 高企 way of one enterprise, up to the applications of `lastYear`. */
export function hnteCareer(
  random: Random,
  standing: HnteStanding,
  lastYear: number,
  loyalty: number,
): Career {
  if (standing === 'never') return NO_CAREER;
  if (standing === 'later') {
    const year = random.weighted([
      [ANCHOR + 1, 26],
      [ANCHOR + 2, 22],
      [ANCHOR + 3, 18],
      [ANCHOR + 4, 15],
      [ANCHOR + 5, 14],
      [ANCHOR + 6, 5],
    ] as const);
    const before: Attempt[] = random.chance(0.12) ? [{ year: year - 1, batch: 0, outcome: 'refused' }] : [];
    const way = onward(random, { year, batch: batch(random), how: 'new' }, lastYear, loyalty);
    return { grants: way.grants, attempts: [...before, ...way.attempts] };
  }
  if (standing === 'lapsed') {
    const year = random.pick([ANCHOR - 5, ANCHOR - 4, ANCHOR - 4, ANCHOR - 3]);
    const attempts: Attempt[] = random.chance(0.5) ? [{ year: year + 3, batch: 0, outcome: 'refused' }] : [];
    return { grants: [{ year, batch: 0, how: 'new' }], attempts };
  }
  const year = random.weighted([
    [ANCHOR - 2, 29],
    [ANCHOR - 1, 33],
    [ANCHOR, 38],
  ] as const);
  const older = random.chance(0.5);
  const first: Grant = { year, batch: batch(random), how: older ? 'again' : 'new' };
  const way = onward(random, first, lastYear, loyalty);
  const earlier: Grant[] = older ? [{ year: year - 3, batch: batch(random), how: 'new' }] : [];
  const last = way.grants.at(-1)!;
  if (last.year > ANCHOR && last.year < lastYear && random.chance(0.03)) {
    way.grants[way.grants.length - 1] = { ...last, revoked: true };
  }
  return { grants: [...earlier, ...way.grants], attempts: way.attempts };
}

/** The way of 专精特新 from its first year: three years, then 复核 or the end. */
export function srdiCareer(random: Random, first: number, lastYear: number, loyalty: number): Career {
  const at = batch(random);
  const grants: Grant[] = [{ year: first, batch: at, how: 'new' }];
  const attempts: Attempt[] = random.chance(0.15) ? [{ year: first - 1, batch: at, outcome: 'refused' }] : [];
  for (let year = first + 3; year <= lastYear; year += 3) {
    if (!random.chance(loyalty)) {
      attempts.push({ year, batch: at, outcome: 'refused' });
      break;
    }
    grants.push({ year, batch: at, how: 'renewed' });
  }
  return { grants, attempts };
}

/** The way of 小巨人 from its first year. */
export function giantCareer(random: Random, first: number, lastYear: number): Career {
  const grants: Grant[] = [{ year: first, batch: 0, how: 'new' }];
  const attempts: Attempt[] = random.chance(0.3) ? [{ year: first - 1, batch: 0, outcome: 'refused' }] : [];
  for (let year = first + 3; year <= lastYear; year += 3) {
    if (!random.chance(0.85)) {
      attempts.push({ year, batch: 0, outcome: 'refused' });
      break;
    }
    grants.push({ year, batch: 0, how: 'renewed' });
  }
  return { grants, attempts };
}

/** The announcement of a grant: a 复核 carries the certificate on from the first one's day. */
export function grantDay(scheme: string, grant: Grant): string {
  if (scheme === 'hnte') return hnteGrant(grant.year, grant.batch);
  return scheme === 'giant' ? giantGrant(grant.year) : srdiGrant(grant.year, grant.batch);
}

/** Whether one of the certificates is in force on a day (for the plan's own arithmetic). */
export function heldOn(scheme: string, career: Career, day: string): boolean {
  return career.grants.some((grant) => {
    const from = grantDay(scheme, grant);
    return from <= day && day <= threeYears(from) && grant.revoked !== true;
  });
}
