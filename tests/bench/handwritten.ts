/**
 * The reference by hand: 高企 (without the innovation score) and 专精特新 of 2026 as plain functions on plain facts,
 * written without the engine, each condition explained by result, actual, required and gap. Doubles throughout, as
 * one would write it in a hurry: no exactness at thresholds.
 */
import type { Facts } from '../../app/rules/facts/parse.ts';
import { sizeRange } from '../../app/rules/features/size.ts';

export const [MET, UNMET, WAIVED, UNKNOWN, MANUAL] = [0, 1, 2, 3, 4] as const;

export interface Explained {
  result: number;
  actual: number;
  required: number;
  gap: number;
}

function atLeast(actual: number, required: number): Explained {
  if (Number.isNaN(actual) || Number.isNaN(required))
    return { result: UNKNOWN, actual: Number.NaN, required, gap: Number.NaN };
  return actual >= required
    ? { result: MET, actual, required, gap: 0 }
    : { result: UNMET, actual, required, gap: required - actual };
}
function atMost(actual: number, required: number): Explained {
  if (Number.isNaN(actual)) return { result: UNKNOWN, actual, required, gap: Number.NaN };
  return actual <= required
    ? { result: MET, actual, required, gap: 0 }
    : { result: UNMET, actual, required, gap: actual - required };
}
function truth(value: boolean | null | undefined, open: number = UNKNOWN): Explained {
  if (value == null) return { result: open, actual: Number.NaN, required: 1, gap: Number.NaN };
  return value
    ? { result: MET, actual: 1, required: 1, gap: 0 }
    : { result: UNMET, actual: 0, required: 1, gap: 1 };
}
const or = (value: number | null | undefined) => value ?? Number.NaN;
const divide = (a: number, b: number): number => (b > 0 ? a / b : Number.NaN);

function figure(
  facts: Facts,
  year: number,
  key: 'rdExpense' | 'rdExpenseDomestic' | 'salesRevenue' | 'operatingRevenue',
): number {
  const value = facts.years?.[year]?.[key];
  if (value != null) return value;
  return facts.registeredOn != null && Number(facts.registeredOn.slice(0, 4)) > year ? 0 : Number.NaN;
}

const DAY = 86_400_000;
const days = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / DAY;
const shift = (day: string, years: number) => `${Number(day.slice(0, 4)) + years}${day.slice(4)}`;

function ratio(num: number, den: number, required: number): Explained {
  if (Number.isNaN(num) || Number.isNaN(den)) return atLeast(Number.NaN, required);
  if (den <= 0) return { result: MANUAL, actual: Number.NaN, required, gap: Number.NaN };
  return atLeast(num / den, required);
}

export function hnteByHand(facts: Facts, on: string): Explained[] {
  const year = Number(on.slice(0, 4));
  const last = facts.years?.[year - 1];
  const sales = [1, 2, 3].map((b) => figure(facts, year - b, 'salesRevenue'));
  const rd = [1, 2, 3].map((b) => figure(facts, year - b, 'rdExpense'));
  const home = [1, 2, 3].map((b) => figure(facts, year - b, 'rdExpenseDomestic'));
  const sum = (values: number[]) => values[0]! + values[1]! + values[2]!;
  const line = Number.isNaN(sales[0]!)
    ? Number.NaN
    : sales[0]! <= 5_000_000_000
      ? 0.05
      : sales[0]! <= 20_000_000_000
        ? 0.04
        : 0.03;
  let [ip, byPerson, open] = [0, 0, 0];
  for (const right of facts.intellectualProperty ?? []) {
    if (right.until && right.until < on) continue;
    if (right.grantedOn && right.grantedOn > on) continue;
    const two =
      right.kind === 'utilityModel' || right.kind === 'design' || right.kind === 'softwareCopyright';
    if (two && right.usedInHnteApplicationOn && right.usedInHnteApplicationOn < on) continue;
    if (right.relatedToMainProduct === false) continue;
    if (!right.grantedOn) open += 1;
    else if (right.relatedToMainProduct == null) byPerson += 1;
    else ip += 1;
  }
  const ipLine = !facts.intellectualProperty
    ? { result: MANUAL, actual: Number.NaN, required: 1, gap: Number.NaN }
    : ip >= 1
      ? { result: MET, actual: ip, required: 1, gap: 0 }
      : ip + byPerson + open >= 1
        ? { result: ip + byPerson >= 1 ? MANUAL : UNKNOWN, actual: ip, required: 1, gap: Number.NaN }
        : { result: UNMET, actual: ip, required: 1, gap: 1 - ip };
  const since = new Date(Date.parse(on) - 365 * DAY).toISOString().slice(0, 10);
  const clean = facts.conduct
    ? !facts.conduct.some(
        (c) =>
          ['safety', 'quality', 'environment'].includes(c.kind!) &&
          ['major', 'extraordinary'].includes(c.severity!) &&
          c.on! <= on &&
          c.on! >= since,
      )
    : null;
  return [
    truth(facts.residentEnterprise),
    atLeast(facts.registeredOn ? days(facts.registeredOn, on) : Number.NaN, 365),
    ipLine,
    truth(facts.techField ? true : null, MANUAL),
    ratio(or(last?.techStaff), or(last?.employees), 0.1),
    Number.isNaN(line) ? atLeast(divide(sum(rd), sum(sales)), line) : ratio(sum(rd), sum(sales), line),
    ratio(sum(home), sum(rd), 0.6),
    ratio(or(last?.hiTechIncome), or(last?.totalIncome), 0.6),
    truth(clean),
  ];
}

export function srdiByHand(facts: Facts, on: string): Explained[] {
  const year = Number(on.slice(0, 4));
  const last = facts.years?.[year - 1];
  const range = sizeRange(facts, year);
  const sme = range === null ? null : range[1] <= 2 ? true : range[0] > 2 ? false : null;
  const threeBack = shift(on, -3);
  const clean = facts.conduct
    ? !facts.conduct.some(
        (c) =>
          c.on! <= on &&
          c.on! >= threeBack &&
          ((c.kind === 'safety' && c.severity !== 'minor') ||
            (['networkSecurity', 'environment', 'quality'].includes(c.kind!) &&
              ['major', 'extraordinary'].includes(c.severity!)) ||
            c.kind === 'dataFraud'),
      )
    : null;
  const base = facts.titles
    ? facts.titles.some(
        (t) =>
          (t.scheme === 'tsme' || t.scheme === 'isme') &&
          t.status === 'valid' &&
          t.grantedOn! <= on &&
          t.validUntil! >= on,
      )
    : null;
  const niche = facts.niche?.since
    ? year - Number(facts.niche.since.slice(0, 4)) - (facts.niche.since.slice(5) > '01-01' ? 1 : 0)
    : Number.NaN;
  let revenue = atLeast(or(last?.operatingRevenue) / 100, 15_000_000);
  const equity = (facts.financing ?? []).reduce(
    (total, f) =>
      f.qualifiedInvestor &&
      f.cededShare! <= 300_000 &&
      f.closedOn! >= `${year - 2}-01-01` &&
      f.closedOn! < `${year}-01-01`
        ? total + f.amount!
        : total,
    0,
  );
  if (revenue.result !== MET && facts.financing && equity >= 2_000_000_000)
    revenue = { ...revenue, result: WAIVED };
  const rd1 = figure(facts, year - 1, 'rdExpense');
  const rd2 = figure(facts, year - 2, 'rdExpense');
  const rdParts = [
    atLeast(rd1 / 100, 1_000_000),
    ratio(rd1, figure(facts, year - 1, 'operatingRevenue'), 0.03),
    atLeast(rd2 / 100, 1_000_000),
    ratio(rd2, figure(facts, year - 2, 'operatingRevenue'), 0.03),
  ];
  const worst = rdParts.some((p) => p.result === UNMET)
    ? UNMET
    : rdParts.some((p) => p.result === UNKNOWN)
      ? UNKNOWN
      : rdParts.some((p) => p.result === MANUAL)
        ? MANUAL
        : MET;
  let [sure, person, open] = [0, 0, 0];
  for (const right of facts.intellectualProperty ?? []) {
    const one = !(
      right.kind === 'utilityModel' ||
      right.kind === 'design' ||
      right.kind === 'softwareCopyright'
    );
    if (
      !one ||
      (right.until && right.until < on) ||
      (right.grantedOn && right.grantedOn > on) ||
      right.obtainedBy === 'transfer' ||
      (right.rightHolderRank != null && right.rightHolderRank > 3) ||
      right.relatedToMainProduct === false ||
      right.applied === false
    )
      continue;
    if (!right.grantedOn || right.obtainedBy == null || right.rightHolderRank == null) open += 1;
    else if (right.relatedToMainProduct == null || right.applied == null) person += 1;
    else sure += 1;
  }
  const noIp = !facts.intellectualProperty;
  const ip = noIp
    ? { result: UNKNOWN, actual: Number.NaN, required: 1, gap: Number.NaN }
    : sure >= 1
      ? { result: MET, actual: sure, required: 1, gap: 0 }
      : sure + person + open >= 1
        ? { result: sure + person >= 1 ? MANUAL : UNKNOWN, actual: sure, required: 1, gap: Number.NaN }
        : { result: UNMET, actual: sure, required: 1, gap: 1 - sure };
  const known = facts.niche?.wellKnown;
  const inFront = (facts.niche?.marketShare ?? 0) >= 100_000 || (facts.niche?.nationalRank ?? 9) <= 3;
  const score = or(facts.years?.[year]?.developmentScore) / 100;
  return [
    truth(sme),
    truth(clean),
    truth(base),
    atLeast(niche, 3),
    revenue,
    ratio(or(last?.mainRevenue), or(last?.operatingRevenue), 0.8),
    Number.isNaN(or(last?.totalLiabilities) + or(last?.totalAssets))
      ? atMost(Number.NaN, 0.8)
      : atMost(last!.totalLiabilities! / last!.totalAssets!, 0.8),
    { ...rdParts[0]!, result: worst },
    ip,
    { ...truth(known), result: known === false ? UNMET : known && inFront ? MET : MANUAL },
    atLeast(score, 50),
  ];
}
