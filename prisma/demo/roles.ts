/** Who plays which part: how many enterprises of each kind a park of a given size has, and their titles. */
import { yearOf, type Day } from '../../app/rules/day.ts';
import { giantCareer, hnteCareer, NO_CAREER, srdiCareer, type Career, type HnteStanding } from './careers.ts';
import { poolWays, type PoolStay } from './pool.ts';
import type { Random } from './random.ts';

/** What an enterprise is at heart; its figures follow from it. */
export type Kind = 'pool' | 'giant' | 'srdi' | 'hnte' | 'aspirant' | 'plain';

export interface Role {
  readonly index: number;
  readonly kind: Kind;
  readonly hnte: Career;
  readonly srdi: Career;
  readonly giant: Career;
  readonly pool: readonly PoolStay[];
  /** Years of 科小 numbers. */
  readonly tsme: number[];
  /** Follow-up towards 规上. */
  scaleUp: { readonly year: number; readonly done: boolean } | null;
  /** Stage on the way to the stock exchange, 1 to 5; 0 none. */
  listing: number;
}

/** The published figures of 珠海高新区 for 2021, and the years around them as invented. */
export const PUBLISHED = {
  size: 1200,
  hnte: 580,
  pool: { unicorn: 2, potential: 8, seed: 38 },
  tsme: 537,
  scaleUp: { followed: 45, done: 42 },
} as const;

/** 科小 numbers of each year against those of 2021. */
const TSME: Readonly<Record<number, number>> = {
  2018: 0.42,
  2019: 0.63,
  2020: 0.83,
  2021: 1,
  2022: 1.021,
  2023: 1.054,
  2024: 1.082,
  2025: 1.11,
};
const SCALE_UP: Readonly<Record<number, readonly [followed: number, done: number]>> = {
  2019: [30, 24],
  2020: [36, 31],
  2021: [45, 42],
  2022: [48, 41],
  2023: [50, 44],
  2024: [46, 39],
  2025: [44, 40],
};

/** Numbers of enterprises by part, scaled to the size of the park. */
function partsOf(size: number) {
  const scaled = (count: number) => Math.round((count * size) / PUBLISHED.size);
  const { unicorn, potential, seed } = PUBLISHED.pool;
  const pool = {
    unicorn: scaled(unicorn),
    potential: scaled(potential),
    seed: scaled(seed),
    later: scaled(12),
  };
  return {
    scaled,
    pool,
    inPool: pool.unicorn + pool.potential + pool.seed + pool.later,
    giant: scaled(30),
    srdi: scaled(130),
    held: scaled(PUBLISHED.hnte),
    later: scaled(150),
    lapsed: scaled(45),
    aspirant: scaled(150),
  };
}

/** First years of 专精特新, as the title grew. */
const SRDI_YEARS = [
  [2019, 3],
  [2020, 8],
  [2021, 14],
  [2022, 20],
  [2023, 18],
  [2024, 15],
  [2025, 13],
  [2026, 9],
] as const;

/** First years of 小巨人. */
const GIANT_YEARS = [
  [2020, 2],
  [2021, 4],
  [2022, 7],
  [2023, 7],
  [2024, 5],
  [2025, 3],
  [2026, 2],
] as const;

/** The parts of all enterprises; the index is the enterprise's. */
export function castRoles(seed: Random, size: number, today: Day): Role[] {
  const parts = partsOf(size);
  const lastYear = yearOf(today);
  const random = seed.fork('roles');
  const pools = poolWays(random, parts.pool, lastYear);
  const order = random.shuffle(Array.from({ length: size }, (_, i) => i));
  const roles: Role[] = Array.from({ length: size });
  let held = parts.held;
  order.forEach((index, place) => {
    const own = seed.fork(`role ${index}`);
    const kind = kindAt(place, parts);
    const standing = standingOf(own, kind, place, parts, held);
    if (standing === 'held') held -= 1;
    roles[index] = role(own, index, kind, standing, pools[place] ?? [], lastYear);
  });
  castYearly(random.fork('yearly'), roles, parts.scaled, lastYear);
  return roles;
}

type Parts = ReturnType<typeof partsOf>;

function kindAt(place: number, parts: Parts): Kind {
  const { inPool, giant, srdi, held, later, lapsed, aspirant } = parts;
  const edges = [
    inPool,
    giant,
    srdi,
    held - Math.round((inPool + giant + srdi) * 0.7) + later + lapsed,
    aspirant,
  ];
  const kinds = ['pool', 'giant', 'srdi', 'hnte', 'aspirant'] as const;
  let from = 0;
  for (let i = 0; i < kinds.length; i += 1) {
    from += edges[i]!;
    if (place < from) return kinds[i]!;
  }
  return 'plain';
}

/** The stronger kinds take their share of the 高企 of 2021, the plain 高企 all the rest, so that the sum is exact. */
function standingOf(random: Random, kind: Kind, place: number, parts: Parts, held: number): HnteStanding {
  if (kind === 'aspirant' || kind === 'plain') return 'never';
  if (kind === 'hnte') {
    if (held > 0) return 'held';
    return random.chance(parts.later / (parts.later + parts.lapsed)) ? 'later' : 'lapsed';
  }
  const share = kind === 'pool' ? 0.55 : 0.85;
  if (place < held && random.chance(share)) return 'held';
  return random.chance(0.6) ? 'later' : 'never';
}

function role(
  random: Random,
  index: number,
  kind: Kind,
  standing: HnteStanding,
  pool: readonly PoolStay[],
  lastYear: number,
): Role {
  const strong = kind === 'giant' || kind === 'srdi';
  const hnte = hnteCareer(random, standing, lastYear, strong || kind === 'pool' ? 0.97 : 0.88);
  const giantFirst = kind === 'giant' ? random.weighted(GIANT_YEARS) : null;
  const srdiFirst = giantFirst ? giantFirst - random.int(1, 2) : random.weighted(SRDI_YEARS);
  return {
    index,
    kind,
    hnte,
    srdi: strong ? srdiCareer(random, Math.max(2019, srdiFirst), lastYear, giantFirst ? 1 : 0.87) : NO_CAREER,
    giant: giantFirst ? giantCareer(random, giantFirst, lastYear) : NO_CAREER,
    pool,
    tsme: [],
    scaleUp: null,
    listing: 0,
  };
}

/** What is counted a year over the whole park: 科小, 小升规, and the few on the way to the stock exchange. */
function castYearly(
  random: Random,
  roles: Role[],
  scaled: (count: number) => number,
  lastYear: number,
): void {
  const small = roles.filter(
    (role) => role.kind !== 'giant' && !role.pool.some((s) => s.scheme === 'unicorn'),
  );
  const ease: Readonly<Record<Kind, number>> = {
    pool: 1,
    giant: 0,
    srdi: 0.6,
    hnte: 1,
    aspirant: 0.9,
    plain: 0.15,
  };
  const leaning = new Map(small.map((role) => [role, ease[role.kind] + random.between(-0.5, 0.5)]));
  for (let year = 2018; year <= lastYear; year += 1) {
    const count = Math.min(small.length, scaled(PUBLISHED.tsme * (TSME[year] ?? 1.13)));
    const ranked = small
      .map((role) => [role, leaning.get(role)! + random.between(-0.15, 0.15)] as const)
      .sort((a, b) => b[1] - a[1]);
    for (const [role] of ranked.slice(0, count)) role.tsme.push(year);
  }
  const growing = random.shuffle(roles.filter((role) => role.kind !== 'plain' && role.kind !== 'giant'));
  for (let year = 2019; year <= lastYear; year += 1) {
    const [followed, done] = SCALE_UP[year] ?? [42, 34];
    const list = growing.splice(0, scaled(followed));
    list.forEach((role, i) => (role.scaleUp = { year, done: i < scaled(done) }));
  }
  const bold = random.shuffle(roles.filter((role) => role.kind === 'giant' || role.kind === 'srdi'));
  bold.slice(0, scaled(18)).forEach((role, i) => (role.listing = 1 + (i % 5)));
}
