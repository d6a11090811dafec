/** Conditions that the packs for 独角兽 and its preparatory tiers are built of. */
import { all, any, measure, part, yes } from '../build.ts';
import { ageAtMost } from '../features/common.ts';
import { cumulativeFinancing, latestRoundIn, postMoney, type Currency } from '../features/venture.ts';
import type { CountFeatures } from '../build.ts';
import type { Citation, Param } from '../source.ts';
import type { Clause, Comparison, Condition, Feature, Test, Threshold } from '../engine/types.ts';

export const fixed = (param: Param): Threshold => ({ kind: 'fixed', param });

/** A sum with open entries against a threshold: what is sure decides if it suffices, what is open never condemns. */
export function sumAgainst(sum: CountFeatures, op: Comparison, threshold: Threshold): Test {
  return {
    kind: 'compare',
    quantity: measure(sum.sure),
    op,
    threshold,
    ifUnknown: 'unknown',
    open: { person: measure(sum.person), possible: measure(sum.possible) },
  };
}

/** 成立不超过 N 年, the anniversary included. */
export function youngerThan(years: number, citation: Citation): Condition {
  return {
    id: 'age',
    label: `成立不超过 ${years} 年`,
    citation,
    reading: '按周年计，含满周年当日',
    test: yes(ageAtMost(years)),
  };
}

export function flagCondition(id: string, label: string, citation: Citation, feature: Feature): Condition {
  return { id, label, citation, test: yes(feature) };
}

const CONVERSION = '外币与人民币按融资当年平均汇率折算，汇率由运营人员录入；无汇率则为未知';

/** Latest post-money valuation in the currency of the text. */
export function valuation(
  currency: Currency,
  op: Comparison,
  threshold: Threshold,
  citation: Citation,
  reading = CONVERSION,
): Condition {
  return {
    id: 'valuation',
    label: '最新一轮融资投后估值',
    citation,
    reading,
    test: { kind: 'compare', quantity: measure(postMoney(currency)), op, threshold, ifUnknown: 'unknown' },
  };
}

/** Cumulative financing in the currency of the text. */
export function financing(
  currency: Currency,
  op: Comparison,
  threshold: Threshold,
  citation: Citation,
): Condition {
  return {
    id: 'financing',
    label: '累计融资额',
    citation,
    reading: CONVERSION,
    test: sumAgainst(cumulativeFinancing(currency), op, threshold),
  };
}

/** A valuation given in both currencies: the one in the currency of the latest round decides. */
export function valuationEither(
  op: Comparison,
  cny: Param,
  usd: Param,
  citation: Citation,
  cnyOp = op,
): Condition {
  const inCurrency = (currency: Currency, comparison: Comparison, bound: Param) =>
    part(
      `以${currency === 'CNY' ? '人民币' : '美元'}计`,
      all(
        part('最新一轮融资投后估值', {
          kind: 'compare',
          quantity: measure(postMoney(currency, false)),
          op: comparison,
          threshold: fixed(bound),
          ifUnknown: 'unknown',
        }),
        part('最新一轮融资的币种', yes(latestRoundIn(currency))),
      ),
    );
  return {
    id: 'valuation',
    label: '最新一轮融资投后估值',
    citation,
    reading: '文本同时给出人民币与美元数额，以最新一轮融资的币种为准',
    test: any(inCurrency('CNY', cnyOp, cny), inCurrency('USD', op, usd)),
  };
}

export function automated(article: string, says: string, ...by: string[]): Clause {
  return { article, says, treatment: 'automated', by };
}
export function forPeople(article: string, says: string, reason: string, ...by: string[]): Clause {
  return { article, says, treatment: 'human', by, reason };
}
export function byOperator(article: string, says: string, reason: string, ...by: string[]): Clause {
  return { article, says, treatment: 'operator', by, reason };
}
