/**
 * Builds facts for which a quantity has exactly a wanted value, a smallest unit less or more. Works on the structure
 * of the quantities alone and on values typed in the tests; nothing of the engine's arithmetic is used.
 */
import { addDays, addYears } from '../../app/rules/day.ts';
import type { Feature, Input, Linear, Moment, Quantity } from '../../app/rules/engine/types.ts';
import type { FigureKey } from '../../app/rules/facts/figures.ts';
import type { Facts } from '../../app/rules/facts/parse.ts';
import { companyJson, facts, ON } from './company.ts';

export const MOMENT: Moment = { on: ON, year: 2026, action: 'new' };
export type Nudge = -1 | 0 | 1;

/** A decimal text as numerator and denominator. */
export function fraction(text: string): readonly [bigint, bigint] {
  const [whole, decimals = ''] = text.split('.') as [string, string?];
  return [BigInt(whole + decimals), 10n ** BigInt(decimals.length)];
}

/** Sign of a − b for decimal texts. */
export function order(a: string, b: string): number {
  const [p, q] = fraction(a);
  const [r, s] = fraction(b);
  const difference = p * s - r * q;
  return difference > 0n ? 1 : difference < 0n ? -1 : 0;
}

/** The complete company without what would decide in place of the number under test. */
export function blank(): Facts {
  const json = companyJson();
  json.financing = [];
  json.awards = [];
  json.rdInstitutions = [];
  json.intellectualProperty = [];
  json.expertScores = {};
  json.management = { informationSystem: false, certificates: [], digitalLevel: 1 };
  json.niche = { ...json.niche, ownBrand: false };
  return facts(json);
}

const SCALE: Readonly<Record<string, number>> = {
  CNY: 100,
  USD: 100,
  persons: 100,
  points: 100,
  ratio: 1_000_000,
};
/** A multiple of every denominator that thresholds and growth to the fourth power bring about. */
const ROUND = 1_000_000_000_000n;

function setFigure(into: Facts, key: FigureKey, offset: number, value: bigint): void {
  if (value < 0n || value > BigInt(Number.MAX_SAFE_INTEGER)) throw new Error(`${key} out of reach: ${value}`);
  const years = (into.years ??= {}) as Record<string, Record<string, unknown>>;
  const year = (years[MOMENT.year + offset] ??= {});
  year[key] = Number(value);
  if (key === 'rdExpense') delete year.rdExpenseBy;
}

const yearly = /^(rdExpense|rdExpenseDomestic|techStaff)(?:\(\w+\))?\[(-?\d+)\]$/;
const listEntries = (count: bigint, entry: object) =>
  Array.from({ length: Number(count) }, () => ({ ...entry }));

/** Sets a feature to a value in its own scale. */
export function setFeature(into: Facts, feature: Feature, value: bigint): void {
  const { id } = feature;
  const found = yearly.exec(id);
  if (found) return setFigure(into, found[1] as FigureKey, Number(found[2]), value);
  const setter = SETTERS.find(([pattern]) => pattern.test(id));
  if (!setter) throw new Error(`no way to set ${id}`);
  setter[1](into, value, id);
}

const own = {
  kind: 'invention',
  grantedOn: '2020-01-01',
  rightHolderRank: 1,
  relatedToMainProduct: true,
  applied: true,
};
function patents(id: string): object {
  if (id.endsWith('-two')) return { ...own, kind: 'utilityModel', obtainedBy: 'own', highValue: false };
  if (id === 'ip:hnte-any') return { ...own, obtainedBy: 'transfer', highValue: false };
  if (id === 'ip:63-one') return { ...own, obtainedBy: 'gift', highValue: false };
  return { ...own, obtainedBy: 'own', highValue: id === 'ip:63-high-value' };
}

function award(id: string): object {
  const on = '2025-06-01';
  if (id.startsWith('award:maker')) return { kind: 'makerChina', level: 'national', rank: 1, on };
  if (id.startsWith('award:quality')) return { kind: 'quality', level: 'provincial', rank: 1, on };
  return { kind: 'scienceAndTechnology', level: 'national', rank: 1, on };
}

const round = (currency: string, fields: object) => [
  {
    closedOn: '2025-06-01',
    currency,
    amount: 0,
    postMoney: 0,
    qualifiedInvestor: true,
    cededShare: 100_000,
    ...fields,
  },
];
const currencyOf = (id: string) => (id.includes('USD') ? 'USD' : 'CNY');
const BODY_LEVELS: Readonly<Record<string, string>> = {
  national: 'national',
  provincial: 'provincial',
  municipal: 'municipal',
  any: 'other',
};

type Setter = (into: Facts, value: bigint, id: string) => void;
const SETTERS: readonly (readonly [RegExp, Setter])[] = [
  [/^registeredDays$/, (f, v) => void (f.registeredOn = addDays(ON, -Number(v)))],
  [/^nicheYears$/, (f, v) => void (f.niche!.since = addYears(ON, -Number(v)))],
  [/^nicheYearsAtYearEnd$/, (f, v) => void (f.niche!.since = addYears('2026-01-01', -Number(v)))],
  [
    /^niche\.(marketShare|nationalRank|globalRank)$/,
    (f, v, id) => void Object.assign(f.niche!, { [id.slice(6)]: Number(v) }),
  ],
  [/^management\.digitalLevel$/, (f, v) => void (f.management!.digitalLevel = Number(v))],
  [/^ip:/, (f, v, id) => void Object.assign(f, { intellectualProperty: listEntries(v, patents(id)) })],
  [/^award:/, (f, v, id) => void Object.assign(f, { awards: listEntries(v, award(id)) })],
  [
    /^rdBody:/,
    (f, v, id) =>
      void Object.assign(f, {
        rdInstitutions: listEntries(v, { level: BODY_LEVELS[id.slice(7)], recognisedOn: '2020-01-01' }),
      }),
  ],
  [
    /^standard:/,
    (f, v) =>
      void Object.assign(f, {
        standards: listEntries(v, { level: 'national', role: 'lead', on: '2025-01-01' }),
      }),
  ],
  [
    /^equity:|^cumulative/,
    (f, v, id) => void Object.assign(f, { financing: round(currencyOf(id), { amount: Number(v) }) }),
  ],
  [
    /^postMoney/,
    (f, v, id) => void Object.assign(f, { financing: round(currencyOf(id), { postMoney: Number(v) }) }),
  ],
  [
    /^scaleUpRevenue$/,
    (f, v) => {
      setFigure(f, 'mainRevenue', -1, v);
      setFigure(f, 'operatingRevenue', -1, v);
    },
  ],
  [
    /^conversionsPerYear$/,
    (f, v) => void (f.conversions = { 2023: 0, 2024: 0, 2025: Number((v * 3n) / 100n) }),
  ],
];

function setInput(into: Facts, input: Input, value: bigint): void {
  if (input.kind === 'figure') setFigure(into, input.key, input.offset, value);
  else setFeature(into, input.feature, value);
}

/** Sets a sum by its last added term, the others to 0. */
function setSum(into: Facts, sum: Linear, value: bigint): void {
  for (const { input } of sum.terms) setInput(into, input, 0n);
  setInput(into, sum.terms.filter(({ factor }) => factor > 0).at(-1)!.input, value);
}

const unitOf = (input: Input) =>
  input.kind === 'feature'
    ? input.feature.unit
    : input.key === 'developmentScore'
      ? 'points'
      : input.key.endsWith('Staff') || input.key === 'employees'
        ? 'persons'
        : 'CNY';

/** One smallest unit of a feature: a day, an entry, a 分, a hundredth; a conversion more or less is a third of one. */
function step(input: Input): bigint {
  return input.kind === 'feature' && input.feature.id === 'conversionsPerYear' ? 34n : 1n;
}

/** Facts in which the quantity is exactly `value`, nudged by one smallest unit of its leading figure. */
export function factsAt(
  quantity: Quantity,
  value: string,
  nudge: Nudge,
  into: Facts = blank(),
  size = ROUND,
): Facts {
  const [p, q] = fraction(value);
  const by = BigInt(nudge);
  switch (quantity.kind) {
    case 'linear': {
      const { input } = quantity.terms[0]!;
      const scale = BigInt(SCALE[unitOf(input)] ?? 1);
      setSum(into, quantity, (p * scale) / q + by * step(input));
      return into;
    }
    case 'ratio': {
      setSum(into, quantity.den, size);
      setSum(into, quantity.num, (size * p) / q + by);
      return into;
    }
    case 'compound': {
      const n = BigInt(quantity.periods);
      setSum(into, quantity.first, size);
      setSum(into, quantity.last, (size * (q + p) ** n) / q ** n + by);
      return into;
    }
    default: {
      // Equal first and second values: the third alone decides, (1 + (1 + 2g)) / 2 − 1 = g.
      const [one, two, three] = quantity.values;
      into.registeredOn = '2010-01-01';
      setSum(into, one, size);
      setSum(into, two, size);
      setSum(into, three, size + (2n * size * p) / q + by);
      return into;
    }
  }
}
