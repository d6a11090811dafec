/** 瞪羚企业 and 瞪羚培育企业 in 珠海 by the rules of 2024; the numbers were not seen, an operator enters them. */
import { atLeast, fig, growth, T1, T2 } from '../build.ts';
import { cite, param } from '../source.ts';
import type { RuleVersion } from '../engine/types.ts';
import { byOperator } from './tiers.ts';
import { ZHUHAI_2024 } from './unicorn-zhuhai.ts';

const AT = cite(ZHUHAI_2024, { notSeen: '所见文本止于第四条，标准条款未见' });
const REASON = '数值标准未见，由运营人员录入';

function tier(scheme: 'gazelle' | 'gazelleSeedling', name: string): RuleVersion {
  return {
    id: `${scheme}@zhuhai-2024`,
    scheme,
    label: `${name}（珠海 2024）`,
    texts: [ZHUHAI_2024],
    conditions: [
      {
        id: 'revenue',
        label: '上年度营业收入',
        citation: AT,
        test: atLeast(
          fig('operatingRevenue', T1),
          param(`zhuhai-2024.${scheme}.revenue`, '上年度营业收入', 'CNY', null, AT),
        ),
      },
      {
        id: 'revenue-growth',
        label: '上年度营业收入增长率',
        citation: AT,
        test: atLeast(
          growth(fig('operatingRevenue', T1), fig('operatingRevenue', T2)),
          param(`zhuhai-2024.${scheme}.growth`, '上年度营业收入增长率', 'ratio', null, AT),
        ),
      },
    ],
    clauses: [
      byOperator('第三条', `${name}：收入规模`, REASON, 'revenue'),
      byOperator('第三条', `${name}：收入增长`, REASON, 'revenue-growth'),
    ],
    notes: ['以收入规模与增长为标准系本类称号的通例，条文未见，待核实。'],
  };
}

export const gazelleZhuhai2024 = tier('gazelle', '瞪羚企业');
export const gazelleSeedlingZhuhai2024 = tier('gazelleSeedling', '瞪羚培育企业');
