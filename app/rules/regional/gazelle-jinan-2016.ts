/** 瞪羚企业 in 济南高新区, 2016. */
import { all, any, atLeast, fig, growth, part, T1, T3, yes } from '../build.ts';
import type { FigureKey } from '../facts/figures.ts';
import { ageAtMost } from '../features/common.ts';
import { cite, param, type LegalText, type Unit } from '../source.ts';
import type { Part, RuleVersion } from '../engine/types.ts';
import { automated } from './tiers.ts';

export const JINAN_2016: LegalText = {
  id: 'jinan-gazelle-2016',
  docNo: { notSeen: '文号未见' },
  title: '济南高新区 2016 年瞪羚标准（文件标题未见）',
  issuer: '济南高新区（发文机关未见）',
  url: { notSeen: '未见可核实的官方原文链接' },
  effectiveFrom: { notSeen: '施行日期未见（2016 年）' },
  effectiveTo: null,
  checkedOn: '2026-11-22',
};
const AT = cite(JINAN_2016, { notSeen: '条款号未见' });
const number = (id: string, label: string, unit: Unit, value: string) =>
  param(`gazelle-jinan.${id}`, label, unit, value, AT);

const revenue = fig('operatingRevenue', T1);
/** Bands of revenue: the lower bound belongs to the band, so that a band ends one 分 below the next. */
const BANDS = [
  {
    upTo: number('band.1', '收入不足 1 亿元', 'CNY', '99999999.99'),
    param: number('cagr.1', '两年复合增长率（1,000 万元至 1 亿元）', 'ratio', '0.2'),
  },
  {
    upTo: number('band.2', '收入不足 5 亿元', 'CNY', '499999999.99'),
    param: number('cagr.2', '两年复合增长率（1 亿元至 5 亿元）', 'ratio', '0.15'),
  },
  { upTo: null, param: number('cagr.3', '两年复合增长率（5 亿元以上）', 'ratio', '0.1') },
] as const;

const fast = (label: string, key: FigureKey): Part =>
  part(label, {
    kind: 'compare',
    quantity: growth(fig(key, T1), fig(key, T3), 2),
    op: '>=',
    threshold: { kind: 'banded', by: revenue, bands: BANDS },
    ifUnknown: 'unknown',
  });

/** "5+N": at most 6+N years old with (5+N)亿元 of revenue, N from 0 to 5. */
const fivePlus: readonly Part[] = [0, 1, 2, 3, 4, 5].map((n) =>
  part(
    `成立不超过 ${6 + n} 年、收入 ${5 + n} 亿元以上`,
    all(
      part(
        '上年度收入',
        atLeast(revenue, number(`five-plus.${n}`, `收入（5+${n}）`, 'CNY', `${5 + n}00000000`)),
      ),
      part(`成立不超过 ${6 + n} 年`, yes(ageAtMost(6 + n))),
    ),
  ),
);

export const gazelleJinan2016: RuleVersion = {
  id: 'gazelle@jinan-2016',
  scheme: 'gazelle',
  label: '瞪羚企业（济南高新区 2016）',
  texts: [JINAN_2016],
  conditions: [
    {
      id: 'growth-or-scale',
      label: '收入或利润两年复合增长达到所在收入档的标准，或符合“5+N”',
      citation: AT,
      reading: '收入档按上年度收入，档的下限含本数；利润按净利润',
      test: any(
        part(
          '高增长',
          all(
            part(
              '上年度收入 1,000 万元以上',
              atLeast(revenue, number('revenue', '上年度收入', 'CNY', '10000000')),
            ),
            part(
              '收入或利润两年复合增长率',
              any(fast('收入', 'operatingRevenue'), fast('利润', 'netProfit')),
            ),
          ),
        ),
        part('“5+N”', any(...fivePlus)),
      ),
    },
  ],
  clauses: [
    automated(
      '认定标准',
      '收入 1,000 万元至 1 亿元增长 20%，1 至 5 亿元 15%，5 亿元以上 10%；或“5+N”',
      'growth-or-scale',
    ),
  ],
};
