/** Valuation and financing of 独角兽 and 瞪羚: latest post-money, cumulative financing, currencies, stages of age. */
import { addDays, addYears, type Day } from '../day.ts';
import type { CountFeatures } from '../build.ts';
import { ceilDivide, floorDivide, type Rational } from '../engine/exact.ts';
import type { Feature, Moment } from '../engine/types.ts';
import type { Facts } from '../facts/parse.ts';
import type { FinancingFact } from '../facts/schema.ts';
import { UNKNOWN } from './common.ts';

export type Currency = 'CNY' | 'USD';
type Rounding = 'down' | 'up';

/** The operator's value that turns dollars of a year into 元: the year's average rate. */
export function rateId(day: Day): string {
  return `fx.USD.${day.slice(0, 4)}`;
}

/**
 * An amount (scaled by 100) in the wanted currency; NaN without a rate for the year. The texts convert at the average
 * rate of the year of the financing, which an operator enters; parts of a cent are rounded as asked.
 */
function convert(
  amount: number | null | undefined,
  round: FinancingFact,
  to: Currency,
  { operatorValues }: Moment,
  rounding: Rounding,
): number {
  if (amount == null || !round.currency) return UNKNOWN;
  if (round.currency === to) return amount;
  if (round.currency !== 'CNY' && round.currency !== 'USD') return UNKNOWN;
  const rate: Rational | undefined = round.closedOn ? operatorValues?.[rateId(round.closedOn)] : undefined;
  if (!rate || rate.p <= 0) return UNKNOWN;
  const [up, down] = to === 'CNY' ? [rate.p, rate.q] : [rate.q, rate.p];
  const divide = rounding === 'up' ? ceilDivide : floorDivide;
  const value = divide(BigInt(amount) * BigInt(up), BigInt(down));
  return value > BigInt(Number.MAX_SAFE_INTEGER) ? Number.MAX_SAFE_INTEGER : Number(value);
}

/** The latest round closed by the day: null when there is none, undefined when the facts do not tell which it is. */
function latestRound(facts: Facts, on: Day): FinancingFact | null | undefined {
  if (!facts.financing) return undefined;
  let latest: FinancingFact | null = null;
  let tie = false;
  for (const round of facts.financing) {
    if (!round.closedOn) return undefined;
    if (round.closedOn > on) continue;
    if (latest && round.closedOn === latest.closedOn) {
      tie ||= round.postMoney !== latest.postMoney || round.currency !== latest.currency;
    } else if (!latest || round.closedOn > latest.closedOn!) {
      latest = round;
      tie = false;
    }
  }
  return tie ? undefined : latest;
}

const turnsOfRounds = (facts: Facts) => (facts.financing ?? []).map((round) => round.closedOn);

/**
 * Post-money valuation of the latest round in a currency; 0 where it is known that there was no round. Where the
 * text gives a number in either currency nothing is converted: in the other currency it is not known.
 */
export function postMoney(currency: Currency, converted = true): Feature {
  return {
    id: `postMoney${converted ? '' : 'In'}(${currency})`,
    label: `最新一轮融资投后估值${currency === 'USD' ? '（美元）' : ''}`,
    unit: currency,
    of: (facts, moment) => {
      const round = latestRound(facts, moment.on);
      if (round === undefined) return UNKNOWN;
      if (round === null) return 0;
      if (!converted && round.currency !== currency) return UNKNOWN;
      return convert(round.postMoney, round, currency, moment, 'down');
    },
    reads: (moment, facts) => {
      const round = latestRound(facts, moment.on);
      if (!round) return ['financing'];
      const foreign = converted && round.currency && round.currency !== currency && round.closedOn;
      const at = `financing.${facts.financing!.indexOf(round)}`;
      const own = [`${at}.postMoney`, `${at}.currency`];
      return foreign ? [...own, `operator:${rateId(round.closedOn!)}`] : own;
    },
    note: (facts, moment) => {
      const round = latestRound(facts, moment.on);
      return converted && round?.currency && round.currency !== currency
        ? `最新一轮以 ${round.currency} 计，按 ${round.closedOn!.slice(0, 4)} 年平均汇率折算，汇率由运营人员录入`
        : null;
    },
    turns: turnsOfRounds,
  };
}

/** Whether the latest round is in the currency: where a text gives both, that of the round decides. */
export function latestRoundIn(currency: Currency): Feature {
  return {
    id: `latestRoundIn(${currency})`,
    label: `最新一轮融资以${currency === 'CNY' ? '人民币' : '美元'}计`,
    unit: 'boolean',
    of: (facts, { on }) => {
      const round = latestRound(facts, on);
      if (round === undefined) return UNKNOWN;
      // No round at all: any currency will do, the valuation is 0.
      if (round === null) return 1;
      return round.currency ? (round.currency === currency ? 1 : 0) : UNKNOWN;
    },
    reads: () => ['financing'],
    turns: turnsOfRounds,
  };
}

/** Amounts of all rounds closed by the day, in a currency; rounds that cannot be counted leave it open upwards. */
function sumOfRounds(
  id: string,
  label: string,
  currency: Currency,
  counts: (round: FinancingFact) => boolean | null,
): CountFeatures {
  const total = (facts: Facts, moment: Moment, open: boolean): number => {
    if (!facts.financing) return UNKNOWN;
    let sum = 0;
    for (const round of facts.financing) {
      const counted = counts(round);
      if (counted === false || (round.closedOn && round.closedOn > moment.on)) continue;
      const amount = convert(round.amount, round, currency, moment, open ? 'up' : 'down');
      const sure = counted === true && round.closedOn != null && !Number.isNaN(amount);
      if (sure) sum += amount;
      // Without amount, date or rate the possible sum has no upper bound that could be stated.
      else if (open) sum += Number.isNaN(amount) ? 1e15 : amount;
    }
    return Math.min(sum, 1e15);
  };
  const make = (suffix: string, open: boolean): Feature => ({
    id: `${id}${suffix}`,
    label,
    unit: currency,
    of: (facts, moment) => total(facts, moment, open),
    reads: (moment, facts) => {
      const rates = (facts.financing ?? []).flatMap((round) =>
        round.closedOn && round.currency && round.currency !== currency
          ? [`operator:${rateId(round.closedOn)}`]
          : [],
      );
      return [
        'financing',
        ...rates.filter((rate) => !moment.operatorValues?.[rate.slice('operator:'.length)]),
      ];
    },
    note: (facts, { operatorValues }) =>
      (facts.financing ?? []).some(
        ({ closedOn, currency: own }) =>
          closedOn && own && own !== currency && operatorValues?.[rateId(closedOn)] !== undefined,
      )
        ? '外币按运营录入的年平均汇率折算'
        : null,
    turns: turnsOfRounds,
  });
  const possible = make(':possible', true);
  return { sure: make('', false), person: make(':person', false), possible };
}

/** Cumulative financing in a currency. */
export function cumulativeFinancing(currency: Currency): CountFeatures {
  return sumOfRounds(`cumulative(${currency})`, '累计融资额', currency, () => true);
}

/** Cumulative investment by qualified institutions. */
export const qualifiedInvestment = sumOfRounds(
  'cumulativeQualified(CNY)',
  '备案机构累计投资额',
  'CNY',
  (round) => round.qualifiedInvestor ?? null,
);

/** Whether a qualified institution has invested in it. */
export const ventureBacked: Feature = {
  id: 'ventureBacked',
  label: '获得过私募（风险）股权投资',
  unit: 'boolean',
  of: (facts, { on }) => {
    if (!facts.financing) return UNKNOWN;
    let open = false;
    for (const round of facts.financing) {
      if (round.qualifiedInvestor === false || (round.closedOn && round.closedOn > on)) continue;
      if (round.qualifiedInvestor && round.closedOn) return 1;
      open = true;
    }
    return open ? UNKNOWN : 0;
  },
  reads: () => ['financing'],
  turns: turnsOfRounds,
};

/** Unlisted, where the text does not say what 新三板 counts as: it stays open. */
export const unlistedUnspecified: Feature = {
  id: 'unlistedUnspecified',
  label: '未上市',
  unit: 'boolean',
  of: (facts, { on }) => {
    const { status, on: day } = facts.listing ?? {};
    if (!status) return UNKNOWN;
    if (status === 'unlisted' || (day && day > on)) return 1;
    return status === 'listed' ? 0 : UNKNOWN;
  },
  reads: () => ['listing.status'],
  turns: (facts) => [facts.listing?.on],
  note: (facts) => (facts.listing?.status === 'neeq' ? '新三板挂牌是否视为上市，文本未载明' : null),
};

/**
 * Stage of age by upper limits in years, each up to and including the anniversary: 0 up to the first limit, 1 up to
 * the second …; past the last it stays the last (that the age itself is too high is a condition of its own).
 */
export function ageStage(limits: readonly number[]): Feature {
  return {
    id: `ageStage(${limits.join('-')})`,
    label: `成立年限分档（${limits.join('、')} 年）`,
    unit: 'level',
    of: ({ registeredOn }, { on }) =>
      registeredOn
        ? Math.min(limits.length - 1, limits.filter((limit) => on > addYears(registeredOn, limit)).length)
        : UNKNOWN,
    reads: () => ['registeredOn'],
    turns: ({ registeredOn }) =>
      registeredOn ? limits.map((limit) => addDays(addYears(registeredOn, limit), 1)) : [],
  };
}
