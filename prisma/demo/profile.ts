/** What an enterprise is like behind its figures: the proportions from which a year's statement is made. */
import { addDays, yearOf, type Day } from '../../app/rules/day.ts';
import { INDUSTRIES, PLAIN_INDUSTRIES, type Industry } from './industries.ts';
import type { Random } from './random.ts';
import type { Kind } from './roles.ts';

export interface Profile {
  readonly industry: Industry;
  registeredOn: Day;
  /** Operating revenue of the last fiscal year, 元, and the growth into each year before it, the last first. */
  revenue: number;
  growth: number[];
  /** R&D expense by sales revenue, and how much it varies from year to year. */
  research: number;
  variation: number;
  domestic: number;
  techStaff: number;
  hiTech: number;
  main: number;
  debt: number;
  margin: number;
  perHead: number;
  /** Rights in force, and whether those of class Ⅱ served an earlier application. */
  classOne: number;
  classTwo: number;
  used: boolean;
  /** Inventions applied for and not yet granted. */
  pending: number;
  /** Whether it may have raised equity. */
  equity: boolean;
  conversions: number;
  nicheSince: Day;
  marketShare: number;
  wellKnown: boolean | null;
  keyField: boolean | null;
  /** Score of this year and of the last on the official platform. */
  score: number | null;
  scoreBefore: number | null;
}

const FISCAL = 5;

/** Ranges of a kind: revenue in 万元 and its spread, lowest and highest; R&D intensity; rights. */
const KINDS: Readonly<Record<Kind, readonly [number, number, number, number, number, number, number]>> = {
  pool: [2600, 1.1, 260, 60_000, 0.16, 3, 9],
  giant: [14_000, 0.5, 5600, 36_000, 0.066, 9, 22],
  srdi: [5600, 0.6, 1700, 30_000, 0.068, 4, 14],
  hnte: [2100, 0.95, 150, 52_000, 0.075, 1.6, 9],
  aspirant: [1400, 0.8, 220, 18_000, 0.058, 0.8, 6],
  plain: [520, 1.1, 20, 30_000, 0.014, 0.1, 1],
};

const clip = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));

/** R&D intensity that 高企 asks for at a revenue in 元. */
export const bandOf = (revenue: number) => (revenue <= 5e7 ? 0.05 : revenue <= 2e8 ? 0.04 : 0.03);

/** `oldest` bounds the day of registration from above: titles need a company that has lived a while. */
export function makeProfile(random: Random, kind: Kind, today: Day, oldest: Day): Profile {
  const plain = kind === 'plain' && random.chance(0.65);
  const rows = plain ? PLAIN_INDUSTRIES : INDUSTRIES;
  const industry = random.weighted(rows.map((row) => [row, row.weight] as const));
  const [median, spread, low, high, research, one, two] = KINDS[kind];
  const revenue = clip(random.logNormal(median, spread), low * random.between(1, 1.2), high) * 10_000;
  const solid = kind === 'giant' || kind === 'srdi';
  const works = solid || kind === 'hnte' || kind === 'pool';
  const floor = works ? bandOf(revenue) * random.between(1.06, 1.3) : kind === 'aspirant' ? 0.03 : 0.001;
  const registeredOn = addDays(oldest, -Math.floor(random.logNormal(solid ? 1500 : 800, 0.7)));
  const since = addDays(registeredOn, random.int(0, 500));
  const wanted = clip(random.logNormal(research * industry.research, 0.35), floor, 0.6);
  return {
    industry,
    registeredOn,
    revenue,
    growth: Array.from({ length: FISCAL - 1 }, () => growthOf(random, kind)),
    research: solid ? Math.max(wanted, 6.6e6 / revenue, 0.034) : wanted,
    variation: 0.06,
    domestic: random.chance(0.7) ? 1 : random.between(0.7, 0.99),
    techStaff: works ? random.between(0.14, 0.52) : random.between(0.05, 0.34),
    hiTech: works ? random.between(0.63, 0.96) : random.between(0.42, 0.9),
    main: solid ? random.between(0.91, 0.995) : random.between(0.74, 0.99),
    debt: clip(random.normal(solid ? 0.38 : 0.46, 0.16), 0.06, solid ? 0.7 : 1.1),
    margin: clip(random.normal(kind === 'pool' ? -0.12 : 0.07, 0.09), -0.9, 0.32),
    perHead: industry.perHead * 10_000 * random.logNormal(1, 0.25),
    classOne: Math.round(random.logNormal(one, 0.6)) + (kind === 'giant' ? 4 : kind === 'srdi' ? 1 : 0),
    classTwo: Math.round(random.logNormal(two, 0.6)) + (works ? 2 : 0),
    used: false,
    pending: works ? random.int(0, 3) : random.chance(0.2) ? 1 : 0,
    equity: true,
    conversions: works ? random.int(2, 7) : random.int(0, 4),
    nicheSince: since,
    marketShare: solid ? random.between(0.1, 0.34) : random.between(0.01, 0.14),
    wellKnown: solid ? true : random.chance(0.5) ? random.chance(0.4) : null,
    keyField: kind === 'giant' ? true : random.chance(0.5) ? random.chance(0.5) : null,
    score: scoreOf(random, kind, today),
    scoreBefore: solid || random.chance(0.1) ? scoreOf(random, kind, today) : null,
  };
}

function growthOf(random: Random, kind: Kind): number {
  if (kind === 'giant') return random.between(0.055, 0.34);
  if (kind === 'pool') return clip(random.normal(0.45, 0.4), -0.3, 2.5);
  return clip(random.normal(0.11, 0.22), -0.45, 1.4);
}

/** The platform opens in April; before that nobody has a score of the year. */
function scoreOf(random: Random, kind: Kind, today: Day): number | null {
  if (today < `${yearOf(today)}-07-01`) return null;
  if (kind === 'giant') return random.int(61, 84);
  if (kind === 'srdi') return random.int(50, 71);
  return random.chance(kind === 'plain' ? 0 : 0.2) ? random.int(38, 58) : null;
}

/** A near miss: one condition of a scheme a little short, everything else of it met. */
export interface Miss {
  readonly scheme: 'hnte' | 'srdi' | 'giant' | 'tsme';
  /** Condition that fails. */
  readonly condition: string;
  readonly apply: (profile: Profile, today: Day) => void;
}

const miss = (scheme: Miss['scheme'], condition: string, apply: Miss['apply']): Miss => ({
  scheme,
  condition,
  apply,
});

/** 高企 conditions safely met before one of them is spoilt. */
function readyForHnte(p: Profile): void {
  p.revenue = clip(p.revenue, 5e6, 4.6e7);
  p.growth = p.growth.map((rate) => clip(rate, 0, 0.3));
  p.variation = 0;
  p.research = Math.max(p.research, 0.062);
  p.techStaff = Math.max(p.techStaff, 0.16);
  p.hiTech = Math.max(p.hiTech, 0.68);
  p.domestic = Math.max(p.domestic, 0.8);
  p.classOne = Math.max(p.classOne, 1);
  p.classTwo = Math.max(p.classTwo, 5);
  p.pending = 0;
  p.conversions = Math.max(p.conversions, 4);
}

function readyForSrdi(p: Profile, today: Day): void {
  p.revenue = clip(p.revenue, 2e7, 9e7);
  p.growth = p.growth.map((rate) => clip(rate, 0, 0.2));
  p.variation = 0;
  p.research = Math.max(p.research, 0.06);
  p.main = Math.max(p.main, 0.86);
  p.debt = Math.min(p.debt, 0.66);
  p.classOne = Math.max(p.classOne, 2);
  p.marketShare = Math.max(p.marketShare, 0.12);
  p.wellKnown = true;
  p.pending = 0;
  p.equity = false;
  p.score = Math.max(p.score ?? 0, 55);
  const since = addDays(today, -365 * 5);
  if (p.nicheSince > since) p.nicheSince = since;
}

function readyForGiant(p: Profile, today: Day): void {
  readyForSrdi(p, today);
  p.revenue = clip(p.revenue, 7e7, 9e7);
  p.growth = p.growth.map((rate) => Math.max(rate, 0.09));
  p.research = 0.12;
  p.main = Math.max(p.main, 0.93);
  p.classOne = Math.max(p.classOne, 5);
  p.keyField = true;
  p.score = Math.max(p.score ?? 0, 66);
}

/** Planted in turn, so that every scheme has candidates that fall short by little. */
export const MISSES: readonly Miss[] = [
  miss('hnte', 'rd-intensity', (p) => {
    readyForHnte(p);
    p.research = 0.048;
  }),
  miss('hnte', 'hi-tech-income-share', (p) => {
    readyForHnte(p);
    p.hiTech = 0.591;
  }),
  miss('hnte', 'tech-staff-share', (p) => {
    readyForHnte(p);
    p.perHead = Math.min(p.perHead, p.revenue / 60);
    p.techStaff = 0.096;
  }),
  miss('hnte', 'rd-domestic-share', (p) => {
    readyForHnte(p);
    p.domestic = 0.585;
  }),
  miss('hnte', 'ip', (p) => {
    readyForHnte(p);
    p.classOne = 0;
    p.used = true;
  }),
  miss('srdi', 'revenue', (p, today) => {
    readyForSrdi(p, today);
    p.revenue = 14_820_000;
    p.research = 0.08;
    p.growth = p.growth.map(() => 0.04);
  }),
  miss('srdi', 'development-score', (p, today) => {
    readyForSrdi(p, today);
    p.score = 48;
  }),
  miss('srdi', 'debt-ratio', (p, today) => {
    readyForSrdi(p, today);
    p.debt = 0.815;
  }),
  miss('srdi', 'rd-each-year', (p, today) => {
    readyForSrdi(p, today);
    p.research = 0.0285;
    p.revenue = 42_000_000;
  }),
  miss('giant', 'ip', (p, today) => {
    readyForGiant(p, today);
    p.classOne = 3;
  }),
  miss('giant', 'rd-total', (p, today) => {
    readyForGiant(p, today);
    p.revenue = 72_000_000;
    p.growth = p.growth.map(() => 0.1);
    p.research = 0.0872;
  }),
  miss('giant', 'development-score', (p, today) => {
    readyForGiant(p, today);
    p.score = 59;
  }),
  miss('giant', 'revenue-cagr', (p, today) => {
    readyForGiant(p, today);
    p.growth = p.growth.map(() => 0.046);
  }),
  miss('tsme', 'staff-limit', (p) => {
    readyForHnte(p);
    p.revenue = Math.max(p.revenue, 3e7);
    p.perHead = p.revenue / 506;
  }),
];
