import { describe, expect, test } from 'vitest';
import { rational } from '../engine/exact.ts';
import { conditionOf, type Json, verdictOf } from '../../../tests/rules/company.ts';

type Round = NonNullable<Json['financing']>[number];
const million = 1_000_000;
const round = (more: Partial<Round>): Round => ({
  closedOn: '2025-06-01',
  currency: 'CNY',
  amount: 0,
  postMoney: 0,
  qualifiedInvestor: true,
  ...more,
});
const company = (financing: Round[], more: Partial<Json> = {}): Json => ({
  registeredOn: '2021-05-06',
  legalPerson: true,
  residentEnterprise: true,
  listing: { status: 'unlisted' },
  financing,
  ...more,
});
const usd = (postMoney: number, amount: number) => round({ currency: 'USD', postMoney, amount });
const outcome = (json: Json, rule: string) => verdictOf(json, rule).outcome;
const result = (json: Json, rule: string, id: string) => conditionOf(verdictOf(json, rule), id).result;

describe('GEI 2025, in US dollars', () => {
  const RULE = 'unicornPotential@gei-2025';
  test('U1: age 5, post-money 1.0亿美元, financing 500 万美元: 潜在, not 独角兽', () => {
    const json = company([usd(100 * million, 5 * million)]);
    expect(outcome(json, RULE)).toBe('eligible');
    expect(outcome(json, 'unicorn@gei-2025')).toBe('ineligible');
  });
  test.each([
    ['a cent less of valuation', usd(100 * million - 0.01, 5 * million), '2021-05-06', 'ineligible'],
    ['a cent less of financing', usd(100 * million, 5 * million - 0.01), '2021-05-06', 'ineligible'],
    [
      'a day past five years: 5亿 and 2,500 万 are asked',
      usd(100 * million, 5 * million),
      '2021-05-05',
      'ineligible',
    ],
    [
      'a day past five years with 5亿 and 2,500 万',
      usd(500 * million, 25 * million),
      '2021-05-05',
      'eligible',
    ],
    ['on the ninth anniversary', usd(500 * million, 25 * million), '2017-05-06', 'eligible'],
    ['a day past nine years', usd(500 * million, 25 * million), '2017-05-05', 'ineligible'],
  ] as const)('%s', (_name, entry, registeredOn, expected) => {
    expect(outcome(company([entry], { registeredOn }), RULE)).toBe(expected);
  });

  describe('a valuation in 元', () => {
    // 7.2 元 a dollar: 7.2亿元 are 1亿 dollars exactly.
    const json = (postMoney: number) => company([round({ postMoney, amount: 36 * million })]);
    const at = (postMoney: number, rate: string | null) =>
      conditionOf(
        verdictOf(json(postMoney), RULE, rate ? { operatorValues: { 'fx.USD.2025': rational(rate) } } : {}),
        'valuation',
      );
    test('is not known without the rate of the year, and says so', () => {
      const condition = at(720 * million, null);
      expect(condition.result).toBe('unknown');
      expect(condition.missing).toContain('operator:fx.USD.2025');
    });
    test.each([
      [720 * million, '7.2', 'met'],
      [720 * million - 0.01, '7.2', 'unmet'],
      [720 * million, '7.2001', 'unmet'],
    ] as const)('%d 元 at %s: %s', (postMoney, rate, expected) => {
      expect(at(postMoney, rate).result).toBe(expected);
    });
    test('the rate of another year does not help', () => {
      const verdict = verdictOf(json(720 * million), RULE, {
        operatorValues: { 'fx.USD.2024': rational('7.2') },
      });
      expect(conditionOf(verdict, 'valuation').result).toBe('unknown');
    });
  });

  test.each([
    [
      'the later round counts, not the higher',
      [usd(900 * million, 0), round({ ...usd(100 * million, 0), closedOn: '2025-07-01' })],
      100 * million,
    ],
    [
      'a round after the day looked at does not count',
      [usd(100 * million, 0), round({ ...usd(900 * million, 0), closedOn: '2026-05-07' })],
      100 * million,
    ],
    [
      'a round of the day itself counts',
      [usd(100 * million, 0), round({ ...usd(900 * million, 0), closedOn: '2026-05-06' })],
      900 * million,
    ],
    ['no round at all is worth nothing', [], 0],
    [
      'two rounds on one day at different values: not known',
      [usd(100 * million, 0), usd(900 * million, 0)],
      null,
    ],
    [
      'a round without a date: not known',
      [usd(100 * million, 0), round({ ...usd(900 * million, 0), closedOn: null })],
      null,
    ],
    ['a latest round without a valuation: not known', [round({ ...usd(1, 0), postMoney: null })], null],
    ['another currency: not known', [round({ currency: 'EUR', postMoney: 900 * million })], null],
  ])('%s', (_name, rounds, actual) => {
    expect(conditionOf(verdictOf(company(rounds), RULE), 'valuation').actual).toBe(actual);
  });

  test('financing: what is sure decides if it suffices, what is open never condemns', () => {
    const open = round({ currency: 'USD', amount: null });
    expect(result(company([usd(0, 5 * million), open]), RULE, 'financing')).toBe('met');
    expect(result(company([usd(0, 4 * million), open]), RULE, 'financing')).toBe('unknown');
    expect(result(company([usd(0, 4 * million)]), RULE, 'financing')).toBe('unmet');
  });

  test.each([
    ['listed', { status: 'listed' as const }, 'unmet'],
    ['to be listed later', { status: 'listed' as const, on: '2026-05-07' }, 'met'],
    ['新三板, of which the text says nothing', { status: 'neeq' as const }, 'unknown'],
  ])('%s', (_name, listing, expected) => {
    expect(result(company([], { listing }), RULE, 'unlisted')).toBe(expected);
  });
});

describe('珠海 2018', () => {
  const RULE = 'unicornPotential@zhuhai-2018';
  test.each([
    ['U4: 7亿元 and 5,000 万元: must exceed 5,000', 50 * million, 'unmet', 'ineligible'],
    ['U4: 7亿元 and 5,001 万元', 50.01 * million, 'met', 'eligible'],
    ['7亿元 and 5,000 万元 and one 分', 50 * million + 0.01, 'met', 'eligible'],
  ] as const)('%s', (_name, amount, expected, all) => {
    const json = company([round({ postMoney: 700 * million, amount })]);
    const condition = conditionOf(verdictOf(json, RULE), 'financing');
    expect(condition.result).toBe(expected);
    expect(condition.inclusive).toBe(false);
    if (expected === 'unmet') expect(condition.gap).toBeGreaterThan(0);
    expect(outcome(json, RULE)).toBe(all);
  });

  test.each([
    ['6亿元 is included', round({ postMoney: 600 * million }), 'met'],
    ['a 分 less is not', round({ postMoney: 600 * million - 0.01 }), 'unmet'],
    ['1亿美元 must be exceeded', usd(100 * million, 0), 'unmet'],
    ['a cent more than 1亿美元', usd(100 * million + 0.01, 0), 'met'],
    ['6亿 in dollars is judged in dollars', usd(600 * million, 0), 'met'],
    ['1.5亿元 is judged in 元, not in dollars', round({ postMoney: 150 * million }), 'unmet'],
    ['a currency that is not known', round({ postMoney: 700 * million, currency: null }), 'unknown'],
  ] as const)('%s', (_name, entry, expected) => {
    expect(result(company([entry]), RULE, 'valuation')).toBe(expected);
  });

  test('the seed tier is for people', () => {
    expect(outcome(company([]), 'unicornSeed@zhuhai-2018')).toBe('undetermined');
  });
});

describe('珠海 2024: numbers an operator enters', () => {
  const json = company([round({ postMoney: 700 * million, amount: 60 * million })]);
  const id = 'zhuhai-2024.unicornPotential';
  test('without them nothing is decided and they are named as missing', () => {
    const verdict = verdictOf(json, 'unicornPotential@zhuhai-2024');
    expect(verdict.outcome).toBe('undetermined');
    expect(verdict.conditions.flatMap((c) => c.missing)).toEqual(
      expect.arrayContaining([`operator:${id}.valuation`, `operator:${id}.financing`]),
    );
  });
  test.each([
    ['700000000', 'eligible'],
    ['700000000.01', 'ineligible'],
  ])('with a valuation of %s entered: %s', (value, expected) => {
    const operatorValues = {
      [`${id}.valuation`]: rational(value),
      [`${id}.financing`]: rational('60000000'),
    };
    expect(verdictOf(json, 'unicornPotential@zhuhai-2024', { operatorValues }).outcome).toBe(expected);
  });
});

describe('深圳 and 黄埔', () => {
  test.each([
    ['unicorn@shenzhen-undated', 7000, 350, '2016-05-06', 'eligible'],
    ['unicorn@shenzhen-undated', 7000, 350, '2016-05-05', 'ineligible'],
    ['unicorn@shenzhen-undated', 6999.99, 350, '2016-05-06', 'ineligible'],
    ['unicornPotential@shenzhen-undated', 700, 35, '2021-05-06', 'eligible'],
    ['unicornPotential@shenzhen-undated', 700, 35, '2021-05-05', 'ineligible'],
    ['unicornPotential@shenzhen-undated', 3500, 175, '2021-05-05', 'eligible'],
    ['unicornSeed@shenzhen-undated', 300, 10, '2021-05-06', 'eligible'],
    ['unicornSeed@shenzhen-undated', 300, 9.99, '2021-05-06', 'ineligible'],
  ] as const)('%s: %d and %d 百万元, registered %s: %s', (rule, value, amount, registeredOn, expected) => {
    const json = company([round({ postMoney: value * million, amount: amount * million })], { registeredOn });
    expect(outcome(json, rule)).toBe(expected);
  });

  test('深圳: 新三板 counts as unlisted, and a listing in a lower tier is only advised against', () => {
    const json = (status: 'neeq' | 'listed') =>
      company([round({ postMoney: 7000 * million, amount: 350 * million })], { listing: { status } });
    expect(outcome(json('neeq'), 'unicorn@shenzhen-undated')).toBe('eligible');
    expect(outcome(json('listed'), 'unicorn@shenzhen-undated')).toBe('ineligible');
    const seed = verdictOf(json('listed'), 'unicornSeed@shenzhen-undated');
    expect(seed.outcome).toBe('eligible');
    expect(seed.advice.map((a) => a.result)).toEqual(['unmet']);
  });

  test.each([
    ['60亿元', round({ postMoney: 6000 * million }), 'met'],
    ['10亿美元', usd(1000 * million, 0), 'met'],
    ['59.9亿元', round({ postMoney: 5990 * million }), 'unmet'],
    ['9.9亿美元', usd(990 * million, 0), 'unmet'],
  ] as const)('黄埔 独角兽 with %s', (_name, entry, expected) => {
    expect(result(company([entry]), 'unicorn@huangpu-undated', 'valuation')).toBe(expected);
  });
});
