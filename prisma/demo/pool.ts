/** The library of unicorns (独角兽培育库): 2 独角兽, 8 潜力 and 38 种子 at the end of 2021, as published. */
import { addDays } from '../../app/rules/day.ts';
import type { EventType } from '../../machines/events.ts';
import { poolGrant } from './calendar.ts';
import type { Random } from './random.ts';
import type { Diary } from './ways.ts';

export type PoolScheme = 'unicornSeed' | 'unicornPotential' | 'unicorn';

export interface PoolStay {
  readonly scheme: PoolScheme;
  readonly year: number;
  /** Year in which it rose to the next tier or left the library. */
  readonly left?: { readonly year: number; readonly how: 'promote' | 'discharge' };
}

const NEXT: Readonly<Record<PoolScheme, PoolScheme | null>> = {
  unicornSeed: 'unicornPotential',
  unicornPotential: 'unicorn',
  unicorn: null,
};

/** Stays from the entry on; `rises` are the years of promotion. */
function stays(entry: PoolScheme, year: number, rises: readonly number[], leaves: number | null): PoolStay[] {
  const list: PoolStay[] = [];
  let scheme: PoolScheme | null = entry;
  let from = year;
  for (const rise of rises) {
    if (scheme === null) break;
    list.push({ scheme, year: from, left: { year: rise, how: 'promote' } });
    scheme = NEXT[scheme];
    from = rise;
  }
  if (scheme)
    list.push({ scheme, year: from, ...(leaves ? { left: { year: leaves, how: 'discharge' } } : {}) });
  return list;
}

/** Members at the end of 2021 by tier, and those who came later. */
export interface PoolPlan {
  readonly unicorn: number;
  readonly potential: number;
  readonly seed: number;
  readonly later: number;
}

/** The ways of all members of the library, the highest first. */
export function poolWays(random: Random, plan: PoolPlan, lastYear: number): PoolStay[][] {
  const ways: PoolStay[][] = [];
  for (let i = 0; i < plan.unicorn; i += 1) {
    ways.push(i % 2 === 0 ? stays('unicornPotential', 2018, [2021], null) : stays('unicorn', 2020, [], null));
  }
  for (let i = 0; i < plan.potential; i += 1) {
    const risen = i % 3 === 0;
    const rises = i === 1 ? [2024] : [];
    ways.push(
      risen
        ? stays('unicornSeed', 2018, [random.int(2020, 2021), ...rises], null)
        : stays('unicornPotential', random.int(2018, 2021), rises, i % 7 === 5 ? 2023 : null),
    );
  }
  for (let i = 0; i < plan.seed; i += 1) {
    const rise = i % 6 === 0 ? [random.int(2022, Math.max(2022, lastYear))] : [];
    const leaves = i % 6 === 3 ? random.int(2022, Math.max(2022, lastYear)) : null;
    ways.push(stays('unicornSeed', random.int(2018, 2021), rise, leaves));
  }
  for (let i = 0; i < plan.later; i += 1) {
    const year = 2022 + (i % 5);
    if (year <= lastYear) ways.push(stays('unicornSeed', year, [], null));
    else ways.push([]);
  }
  return ways;
}

const REVIEW: readonly (readonly [EventType, number])[] = [
  ['screen', 75],
  ['present', 55],
  ['visit_site', 40],
  ['deliberate', 25],
  ['publicise', 12],
];

/** Events of one member. Promotion goes without roadshow, as the notice has it. */
export function walkPool(diary: Diary, way: readonly PoolStay[]): void {
  way.forEach(({ scheme, year, left }, i) => {
    const day = poolGrant(year);
    const risen = way[i - 1]?.left?.how === 'promote';
    diary.step(scheme, 'nominate', addDays(day, -110), {});
    diary.step(scheme, 'submit', addDays(day, -95), {});
    for (const [type, before] of REVIEW) {
      if (risen && type === 'present') continue;
      diary.announced(scheme, type, addDays(day, -before));
    }
    diary.announced(scheme, 'certify', day, { level: 'municipal', grantedOn: day, source: 'official' });
    if (!left) return;
    const end = poolGrant(left.year);
    const reason = left.how === 'discharge' ? '年度动态评估未达到在库要求，出库' : '年度评审晋级';
    diary.announced(scheme, left.how, end, { level: 'municipal', grantedOn: day }, { reason });
  });
}
