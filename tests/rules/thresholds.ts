/**
 * The thresholds of every rule version, typed a second time from the regulations and independently of the rule
 * modules. A condition's numeric tests must be exactly those named here; the points at and around each number are
 * generated from this table (boundaries.test.ts). Units and signs as in the texts; 元 for money.
 */
import type { PointTable, Typed } from './threshold-types.ts';
import { srdi63, srdi63Groups, srdi63Numeric } from './thresholds-63.ts';

const growth2016: PointTable[] = [
  ['ratio', '>=', ['0.35', [9, 10]], ['0.25', [7, 8]], ['0.15', [5, 6]], ['0.05', [3, 4]]],
  ['ratio', '>', ['0', [1, 2]]],
];

export const THRESHOLDS: Readonly<Record<string, Typed>> = {
  'hnte@2016': {
    numeric: [
      ['registered-days', '>=', '365', 'days'],
      ['ip', '>=', '1', 'count'],
      ['tech-staff-share', '>=', '0.1', 'ratio'],
      ['rd-intensity', '>=', '0.05', 'ratio'],
      ['rd-intensity', '>=', '0.04', 'ratio'],
      ['rd-intensity', '>=', '0.03', 'ratio'],
      ['rd-domestic-share', '>=', '0.6', 'ratio'],
      ['hi-tech-income-share', '>=', '0.6', 'ratio'],
    ],
    edges: [
      ['rd-intensity', '50000000'],
      ['rd-intensity', '200000000'],
    ],
    score: {
      condition: 'innovation-score',
      op: '>',
      pass: '70',
      groups: { ip: [30, null], conversion: [30, null], management: [20, null], growth: [20, null] },
      items: {
        'technology-advancement': [8],
        'product-support': [8],
        'ip-count': [
          8,
          ['ip:hnte-one', '>=', ['1', [7, 8]]],
          ['ip:hnte-two', '>=', ['5', [5, 6]], ['3', [3, 4]], ['1', [1, 2]]],
        ],
        acquisition: [6, ['ip:hnte-own', '>=', ['1', [1, 6]]], ['ip:hnte-any', '>=', ['1', [1, 3]]]],
        standards: [2],
        conversion: [
          30,
          ['points', '>=', ['5', [25, 30]], ['4', [19, 24]], ['3', [13, 18]], ['2', [7, 12]], ['1', [1, 6]]],
          ['points', '>', ['0', [0, 6]]],
        ],
        'rd-system': [6],
        'rd-body': [6],
        incentives: [4],
        talent: [4],
        'net-asset-growth': [10, ...growth2016],
        'sales-growth': [10, ...growth2016],
      },
    },
  },
  'tsme@2017': {
    numeric: [
      ['staff-limit', '<=', '500', 'persons'],
      ['sales-limit', '<=', '200000000', 'CNY'],
      ['assets-limit', '<=', '200000000', 'CNY'],
      ['score-or-direct', '>=', '1', 'count'],
    ],
    score: {
      condition: 'score-or-direct',
      op: '>=',
      pass: '60',
      groups: { 'tech-staff': [20, null], rd: [50, null], achievements: [30, null] },
      items: {
        'tech-staff': [20, ['ratio', '>=', ['0.3', 20], ['0.25', 16], ['0.2', 12], ['0.15', 8], ['0.1', 4]]],
        'rd-per-sales': [
          50,
          ['ratio', '>=', ['0.06', 50], ['0.05', 40], ['0.04', 30], ['0.03', 20], ['0.02', 10]],
        ],
        'rd-per-cost': [
          50,
          ['ratio', '>=', ['0.3', 50], ['0.25', 40], ['0.2', 30], ['0.15', 20], ['0.1', 10]],
        ],
        achievements: [
          30,
          ['ip:tsme-one', '>=', ['1', 30]],
          ['ip:tsme-two', '>=', ['4', 24], ['3', 18], ['2', 12], ['1', 6]],
        ],
      },
    },
  },
  'isme@2022': {
    numeric: [
      ['score-or-direct', '>=', '1', 'count'],
      ['score-or-direct', '>=', '5000000', 'CNY'],
    ],
    score: {
      condition: 'score-or-direct',
      op: '>=',
      pass: '60',
      groups: { innovation: [40, '20'], growth: [30, '15'], specialised: [30, '15'] },
      items: {
        ip: [
          20,
          ['ip:63-high-value', '>=', ['1', 20]],
          ['ip:63-own', '>=', ['1', 15]],
          ['ip:63-one', '>=', ['1', 10]],
          ['ip:63-two', '>=', ['1', 5]],
        ],
        'rd-share': [20, ['ratio', '>=', ['0.05', 20], ['0.03', 15], ['0.02', 10], ['0.01', 5]]],
        'main-revenue-growth': [20, ['ratio', '>=', ['0.15', 20], ['0.1', 15], ['0.05', 10], ['0', 5]]],
        'debt-ratio': [10, ['ratio', '<=', ['0.55', 10], ['0.75', 5]]],
        'product-field': [10],
        'main-revenue-share': [20, ['ratio', '>=', ['0.7', 20], ['0.6', 15], ['0.55', 10], ['0.5', 5]]],
      },
    },
  },
  'srdi@2022': {
    numeric: srdi63Numeric,
    score: { condition: 'score-or-direct', op: '>=', pass: '60', groups: srdi63Groups, items: srdi63 },
  },
  'srdi@guangdong-2024': {
    numeric: [...srdi63Numeric, ['main-revenue-growth', '>=', '0.05', 'ratio']],
    score: { condition: 'score-or-direct', op: '>=', pass: '70', groups: srdi63Groups, items: srdi63 },
  },
  'srdi@2026': {
    numeric: [
      ['niche-years', '>=', '3', 'years'],
      ['revenue', '>=', '15000000', 'CNY'],
      ['revenue', '>=', '20000000', 'CNY'],
      ['main-revenue-share', '>=', '0.8', 'ratio'],
      ['debt-ratio', '<=', '0.8', 'ratio'],
      ['rd-each-year', '>=', '1000000', 'CNY'],
      ['rd-each-year', '>=', '0.03', 'ratio'],
      ['ip', '>=', '1', 'count'],
      ['market-position', '>=', '0.1', 'ratio'],
      ['market-position', '<=', '3', 'rank'],
      ['development-score', '>=', '50', 'points'],
    ],
  },
  'giant@2022': {
    numeric: [
      ['niche-years', '>=', '3', 'years'],
      ['main-revenue-share', '>=', '0.7', 'ratio'],
      ['main-revenue-growth', '>=', '0.05', 'ratio'],
      ['debt-ratio', '<=', '0.7', 'ratio'],
      ['market-position', '>=', '0.1', 'ratio'],
      ['innovation', '>=', '100000000', 'CNY'],
      ['innovation', '>=', '0.03', 'ratio'],
      ['innovation', '>=', '50000000', 'CNY'],
      ['innovation', '>=', '0.06', 'ratio'],
      ['innovation', '<', '50000000', 'CNY'],
      ['innovation', '>=', '80000000', 'CNY'],
      ['innovation', '>=', '30000000', 'CNY'],
      ['innovation', '>=', '0.5', 'ratio'],
      ['innovation', '>=', '1', 'count'],
      ['innovation', '>=', '2', 'count'],
    ],
  },
  'giant@2026': {
    numeric: [
      ['niche-years', '>=', '3', 'years'],
      ['revenue', '>=', '50000000', 'CNY'],
      ['main-revenue-share', '>=', '0.9', 'ratio'],
      ['revenue-cagr', '>=', '0.05', 'ratio'],
      ['debt-ratio', '<=', '0.75', 'ratio'],
      ['rd-total', '>=', '12000000', 'CNY'],
      ['rd-each-year', '>=', '0.03', 'ratio'],
      ['ip', '>=', '4', 'count'],
      ['ip', '>=', '1', 'count'],
      ['market-position', '>=', '0.1', 'ratio'],
      ['market-position', '<=', '3', 'rank'],
      ['development-score', '>=', '60', 'points'],
    ],
  },
  'champion@2023': {
    numeric: [
      ['niche-years', '>=', '10', 'years'],
      ['niche-years', '>=', '5', 'years'],
      // Three-year means of 4亿 and 2亿, as sums of three years.
      ['main-revenue', '>=', '1200000000', 'CNY'],
      ['main-revenue', '>=', '600000000', 'CNY'],
      ['global-rank', '<=', '3', 'rank'],
    ],
    chosen: [
      ['main-revenue', 0, '1200000000'],
      ['main-revenue', 1, '600000000'],
    ],
  },
  'gazelle@gbt-41464-2022': {
    numeric: [
      ['growth-or-scale', '>=', '0.2', 'ratio'],
      ['growth-or-scale', '>=', '10000000', 'CNY'],
      ['growth-or-scale', '>=', '0.3', 'ratio'],
      ['growth-or-scale', '>=', '100', 'persons'],
      ['growth-or-scale', '>=', '1000000000', 'CNY'],
      ['innovation-input', '>=', null, 'ratio'],
    ],
    ages: [
      ['age', 15],
      ['growth-or-scale', 10],
    ],
  },
  'gazelle@huangpu-undated': {
    numeric: [
      ['growth-or-scale', '>=', '0.2', 'ratio'],
      ['growth-or-scale', '>=', '10000000', 'CNY'],
      ['growth-or-scale', '>', '0', 'ratio'],
      ['growth-or-scale', '>=', '500000000', 'CNY'],
      ['growth-or-scale', '>=', '1000000000', 'CNY'],
    ],
    ages: [
      ['growth-or-scale', 5],
      ['growth-or-scale', 10],
    ],
  },
  'gazelleSeedling@huangpu-undated': {
    numeric: [
      ['growth-or-investment', '>=', '0.2', 'ratio'],
      ['growth-or-investment', '>=', '5000000', 'CNY'],
      ['growth-or-investment', '>', '0', 'ratio'],
      ['growth-or-investment', '>=', '0.5', 'ratio'],
      ['growth-or-investment', '>=', '50000000', 'CNY'],
    ],
    ages: [['growth-or-investment', 5]],
  },
  'gazelle@jinan-2016': {
    numeric: [
      ['growth-or-scale', '>=', '10000000', 'CNY'],
      ['growth-or-scale', '>=', '0.2', 'ratio'],
      ['growth-or-scale', '>=', '0.15', 'ratio'],
      ['growth-or-scale', '>=', '0.1', 'ratio'],
      ['growth-or-scale', '>=', '500000000', 'CNY'],
      ['growth-or-scale', '>=', '600000000', 'CNY'],
      ['growth-or-scale', '>=', '700000000', 'CNY'],
      ['growth-or-scale', '>=', '800000000', 'CNY'],
      ['growth-or-scale', '>=', '900000000', 'CNY'],
      ['growth-or-scale', '>=', '1000000000', 'CNY'],
    ],
    // One 分 below 1亿 and 5亿: those belong to the band above.
    edges: [
      ['growth-or-scale', '99999999.99'],
      ['growth-or-scale', '499999999.99'],
    ],
    ages: [
      ['growth-or-scale', 6],
      ['growth-or-scale', 7],
      ['growth-or-scale', 8],
      ['growth-or-scale', 9],
      ['growth-or-scale', 10],
      ['growth-or-scale', 11],
    ],
  },
  'gazelle@zhuhai-2024': {
    numeric: [
      ['revenue', '>=', null, 'CNY'],
      ['revenue-growth', '>=', null, 'ratio'],
    ],
  },
  'gazelleSeedling@zhuhai-2024': {
    numeric: [
      ['revenue', '>=', null, 'CNY'],
      ['revenue-growth', '>=', null, 'ratio'],
    ],
  },
  'unicorn@gei-2025': {
    numeric: [
      ['valuation', '>=', '1000000000', 'USD'],
      ['financing', '>=', '50000000', 'USD'],
    ],
    ages: [['age', 10]],
  },
  'unicornPotential@gei-2025': {
    numeric: [
      ['valuation', '>=', '100000000', 'USD'],
      ['valuation', '>=', '500000000', 'USD'],
      ['financing', '>=', '5000000', 'USD'],
      ['financing', '>=', '25000000', 'USD'],
    ],
    chosen: [
      ['valuation', 0, '100000000'],
      ['valuation', 1, '500000000'],
      ['financing', 0, '5000000'],
      ['financing', 1, '25000000'],
    ],
    ages: [['age', 9]],
  },
  'unicorn@shenzhen-undated': {
    numeric: [
      ['valuation', '>=', '7000000000', 'CNY'],
      ['financing', '>=', '350000000', 'CNY'],
    ],
    ages: [['age', 10]],
  },
  'unicornPotential@shenzhen-undated': {
    numeric: [
      ['valuation', '>=', '700000000', 'CNY'],
      ['valuation', '>=', '3500000000', 'CNY'],
      ['financing', '>=', '35000000', 'CNY'],
      ['financing', '>=', '175000000', 'CNY'],
    ],
    chosen: [
      ['valuation', 0, '700000000'],
      ['valuation', 1, '3500000000'],
      ['financing', 0, '35000000'],
      ['financing', 1, '175000000'],
    ],
    ages: [['age', 9]],
  },
  'unicornSeed@shenzhen-undated': {
    numeric: [
      ['valuation', '>=', '300000000', 'CNY'],
      ['financing', '>=', '10000000', 'CNY'],
    ],
    ages: [['age', 5]],
  },
  'unicorn@huangpu-undated': {
    numeric: [
      ['valuation', '>=', '6000000000', 'CNY'],
      ['valuation', '>=', '1000000000', 'USD'],
    ],
    ages: [['age', 10]],
  },
  'unicornPotential@huangpu-undated': {
    numeric: [
      ['valuation', '>=', '600000000', 'CNY'],
      ['valuation', '>=', '100000000', 'USD'],
    ],
    ages: [['age', 5]],
  },
  'unicorn@zhuhai-2018': {
    numeric: [
      ['valuation', '>=', '6000000000', 'CNY'],
      ['valuation', '>', '1000000000', 'USD'],
    ],
  },
  'unicornPotential@zhuhai-2018': {
    numeric: [
      ['valuation', '>=', '600000000', 'CNY'],
      ['valuation', '>', '100000000', 'USD'],
      ['financing', '>', '50000000', 'CNY'],
    ],
  },
  'unicornSeed@zhuhai-2018': { numeric: [] },
  'unicorn@zhuhai-2024': {
    numeric: [
      ['valuation', '>=', null, 'CNY'],
      ['financing', '>=', null, 'CNY'],
    ],
  },
  'unicornPotential@zhuhai-2024': {
    numeric: [
      ['valuation', '>=', null, 'CNY'],
      ['financing', '>=', null, 'CNY'],
    ],
  },
  'unicornSeed@zhuhai-2024': {
    numeric: [
      ['valuation', '>=', null, 'CNY'],
      ['financing', '>=', null, 'CNY'],
    ],
  },
  'scaleUp@statistics-undated': {
    numeric: [
      ['revenue', '>=', '20000000', 'CNY'],
      ['revenue', '>=', '5000000', 'CNY'],
      ['revenue', '>=', '2000000', 'CNY'],
      ['revenue', '>=', '10000000', 'CNY'],
    ],
    chosen: [
      ['revenue', 0, '20000000'], // 工业
      ['revenue', 1, '20000000'], // 批发
      ['revenue', 2, '5000000'], // 零售
      ['revenue', 3, '2000000'], // 住宿餐饮
      ['revenue', 4, '20000000'], // 交通、信息、水利环境、卫生
      ['revenue', 5, '10000000'], // 租赁商务、科研技术、教育、物业等
      ['revenue', 6, '5000000'], // 居民服务、文体娱、社会工作
    ],
  },
};
