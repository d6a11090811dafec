/** 工信部企业〔2022〕63号 annex 2, which several versions share; typed from the text like the others. */
import type { Numeric } from './threshold-types.ts';

export const srdi63 = {
  'main-revenue-share': [5, ['ratio', '>=', ['0.8', 5], ['0.7', 3], ['0.6', 1]]],
  'main-revenue-growth': [10, ['ratio', '>=', ['0.1', 10], ['0.08', 8], ['0.06', 6], ['0.04', 4], ['0', 2]]],
  'niche-years': [5, ['years', '>=', ['10', 5], ['8', 4], ['6', 3], ['4', 2], ['2', 1]]],
  'product-field': [5],
  'digital-level': [5, ['level', '>=', ['3', 5], ['2', 3]]],
  'quality-management': [5, ['award:quality', '>=', ['1', 3]]],
  'net-margin': [10, ['ratio', '>=', ['0.1', 10], ['0.08', 8], ['0.06', 6], ['0.04', 4], ['0.02', 2]]],
  'debt-ratio': [5, ['ratio', '<=', ['0.5', 5], ['0.6', 3], ['0.7', 1]]],
  local: [15],
  ip: [
    10,
    ['ip:63-high-value', '>=', ['1', 10]],
    ['ip:63-own', '>=', ['1', 8]],
    ['ip:63-one', '>=', ['1', 6]],
    ['ip:63-two', '>=', ['1', 2]],
  ],
  rd: [
    10,
    ['CNY', '>=', ['5000000', 10], ['4000000', 8], ['3000000', 6], ['2000000', 4], ['1000000', 2]],
    ['ratio', '>=', ['0.1', 10], ['0.08', 8], ['0.06', 6], ['0.04', 4], ['0.03', 2]],
  ],
  'rd-staff-share': [5, ['ratio', '>=', ['0.2', 5], ['0.1', 3], ['0.05', 1]]],
  'rd-body': [
    10,
    ['rdBody:national', '>=', ['1', 10]],
    ['rdBody:provincial', '>=', ['1', 8]],
    ['rdBody:municipal', '>=', ['1', 4]],
    ['rdBody:any', '>=', ['1', 2]],
  ],
} as const;
export const srdi63Groups = {
  specialised: [25, null],
  refined: [25, null],
  distinctive: [15, null],
  innovative: [35, null],
} as const;
export const srdi63Numeric: readonly Numeric[] = [
  ['niche-years', '>=', '2', 'years'],
  ['rd-expense', '>=', '1000000', 'CNY'],
  ['rd-share', '>=', '0.03', 'ratio'],
  ['revenue', '>=', '10000000', 'CNY'],
  ['revenue', '>=', '20000000', 'CNY'],
  ['score-or-direct', '>=', '1', 'count'],
  // ② mean of two years ≥ 1,000 万元, as the sum of both.
  ['score-or-direct', '>=', '20000000', 'CNY'],
  ['score-or-direct', '>=', '60000000', 'CNY'],
];
