/** 专精特新中小企业, 工信部企业〔2022〕63号 annex 2; new applications and 复核 until 2026-03-31. */
import { any, atLeast, countAtLeast, fig, measure, part, T1, T2, unless } from '../build.ts';
import { nicheYears } from '../features/common.ts';
import { rdExpense } from '../features/research.ts';
import { param, type Param } from '../source.ts';
import type { Condition, RuleVersion } from '../engine/types.ts';
import { awards, BASIC_2022, BASIC_CLAUSES_2022, equity } from './gradient.ts';
import { annex, rdShare, rdT1, srdiScore } from './srdi-2022-score.ts';
import { GRADIENT_2022 } from './texts.ts';

const number = (id: string, label: string, unit: Param['unit'], value: string, place: string) =>
  param(`srdi-2022.${id}`, label, unit, value, annex(place));

const ONE = number('one', '数量', 'count', '1', '（四）');
const TWO_YEARS = number(
  'rd-mean',
  '近两年研发费用均值 1,000 万元以上（合计）',
  'CNY',
  '20000000',
  '（四）②',
);

/** Everything but the points line, which 广东 sets higher. */
export function srdiConditions(pass: Param): readonly Condition[] {
  return [
    ...BASIC_2022,
    {
      id: 'niche-years',
      label: '从事特定细分市场时间',
      citation: annex('（一）'),
      test: atLeast(
        measure(nicheYears),
        number('niche-years', '从事特定细分市场年限', 'years', '2', '（一）'),
      ),
    },
    {
      id: 'rd-expense',
      label: '上年度研发费用总额',
      citation: annex('（二）'),
      test: atLeast(measure(rdT1), number('rd-expense', '上年度研发费用', 'CNY', '1000000', '（二）')),
    },
    {
      id: 'rd-share',
      label: '上年度研发费用占营业收入比重',
      citation: annex('（二）'),
      test: atLeast(rdShare, number('rd-share', '上年度研发费用占比', 'ratio', '0.03', '（二）')),
    },
    {
      id: 'revenue',
      label: '上年度营业收入总额',
      citation: annex('（三）'),
      test: unless(
        part(
          '上年度营业收入 1,000 万元以上',
          atLeast(
            fig('operatingRevenue', T1),
            number('revenue', '上年度营业收入', 'CNY', '10000000', '（三）'),
          ),
        ),
        part(
          '近两年新增股权融资 2,000 万元以上',
          countAtLeast(
            equity.twoYears,
            number('revenue-equity', '近两年新增股权融资', 'CNY', '20000000', '（三）'),
          ),
        ),
      ),
    },
    {
      id: 'score-or-direct',
      label: '评价得分达到要求或满足直接条件之一',
      citation: annex('（四）'),
      test: any(
        part('评价得分', { kind: 'score', score: srdiScore(pass) }),
        part('① 近三年获省级科技奖励并在获奖单位中排名前三', countAtLeast(awards.provincialTop3, ONE)),
        part('① 近三年获国家级科技奖励并在获奖单位中排名前五', countAtLeast(awards.nationalTop5, ONE)),
        part(
          '② 近两年研发费用总额均值 1,000 万元以上',
          atLeast(measure(rdExpense(null, T2), rdT1), TWO_YEARS),
        ),
        part(
          '③ 近两年新增股权融资 6,000 万元以上',
          countAtLeast(
            equity.twoYears,
            number('direct-equity', '近两年新增股权融资', 'CNY', '60000000', '（四）③'),
          ),
        ),
        part('④ 近三年进入“创客中国”全国 500 强企业组名单', countAtLeast(awards.makerTop500, ONE)),
      ),
    },
  ];
}

export const SRDI_2022_CLAUSES: RuleVersion['clauses'] = [
  ...BASIC_CLAUSES_2022,
  { article: '附件2（一）', says: '从事特定细分市场 2 年以上', treatment: 'automated', by: ['niche-years'] },
  {
    article: '附件2（二）',
    says: '上年度研发费用 100 万元以上且占比 3% 以上',
    treatment: 'automated',
    by: ['rd-expense', 'rd-share'],
  },
  {
    article: '附件2（三）',
    says: '上年度营业收入 1,000 万元以上，或近两年股权融资 2,000 万元以上',
    treatment: 'automated',
    by: ['revenue'],
  },
  {
    article: '附件2（四）',
    says: '评价得分 60 分以上或满足四项之一',
    treatment: 'automated',
    by: ['score-or-direct'],
  },
  {
    article: '附件2 指标4',
    says: '主导产品所属领域',
    treatment: 'human',
    by: ['score-or-direct'],
    reason: '由人判断后登记得分',
  },
  {
    article: '附件2 指标9',
    says: '地方特色指标 15 分',
    treatment: 'operator',
    by: ['score-or-direct'],
    reason: '由省级主管部门设定，按细则录入得分',
  },
];

export const srdi2022: RuleVersion = {
  id: 'srdi@2022',
  scheme: 'srdi',
  label: '专精特新中小企业（2022）',
  texts: [GRADIENT_2022],
  conditions: srdiConditions(number('score', '评价得分线', 'points', '60', '（四）')),
  clauses: SRDI_2022_CLAUSES,
};
