/** 专精特新中小企业, 工信部企业〔2026〕2号 annex 1; from 2026-04-01. Six items, all required. */
import {
  all,
  any,
  atLeast,
  atMost,
  countAtLeast,
  fig,
  measure,
  part,
  share,
  T,
  T1,
  T2,
  unless,
  yes,
} from '../build.ts';
import {
  holdsTitle,
  isRenewal,
  marketShare,
  nationalRank,
  nicheYearsAtYearEnd,
  wellKnown,
} from '../features/common.ts';
import { classOneUnder2026 } from '../features/property.ts';
import { rdExpense } from '../features/research.ts';
import { cite, param, type Param } from '../source.ts';
import type { RuleVersion } from '../engine/types.ts';
import {
  awards,
  BASIC_2026,
  BASIC_CLAUSES_2026,
  equity,
  rdBodies,
  debtRatio,
  mainRevenueShare,
} from './gradient.ts';
import { GRADIENT_2026 } from './texts.ts';

const annex = (place: string) => cite(GRADIENT_2026, `附件1（${place}）`);
const number = (id: string, label: string, unit: Param['unit'], value: string, place: string) =>
  param(`srdi-2026.${id}`, label, unit, value, annex(place));

const AMOUNT = number('rd-amount', '每年研发费用', 'CNY', '1000000', '三');
const SHARE = number('rd-share', '每年研发费用占营业收入比重', 'ratio', '0.03', '三');
const ONE = number('ip', '知识产权数量', 'count', '1', '四');
const SCORE = number('development-score', '专精特新发展评价得分', 'points', '50', '六');
const POSITION = cite(GRADIENT_2026, '附件1（五）');
const POSITION_SHARE = param(
  'srdi-2026.market-share',
  '市场占有率（据附件2 推及）',
  'ratio',
  '0.1',
  POSITION,
);
const POSITION_RANK = param('srdi-2026.national-rank', '全国排名（据附件2 推及）', 'rank', '3', POSITION);

const yearly = (offset: number, words: string) => [
  part(`${words}研发费用`, atLeast(measure(rdExpense(null, offset)), AMOUNT)),
  part(
    `${words}研发费用占营业收入比重`,
    atLeast(share(measure(rdExpense(null, offset)), fig('operatingRevenue', offset)), SHARE),
  ),
];

export const srdi2026: RuleVersion = {
  id: 'srdi@2026',
  scheme: 'srdi',
  label: '专精特新中小企业（2026）',
  texts: [GRADIENT_2026],
  predecessor: 'srdi@2022',
  conditions: [
    ...BASIC_2026,
    {
      id: 'base-title',
      label: '已是科技和创新型中小企业',
      citation: annex('一'),
      reading: '按第三十条过渡：有效的科技型中小企业入库登记或创新型中小企业即视为具备',
      test: yes(holdsTitle('base', '有效的科技型或创新型中小企业', ['tsme', 'isme'])),
    },
    {
      id: 'niche-years',
      label: '截至上年末从事特定细分市场时间',
      citation: annex('一'),
      test: atLeast(
        measure(nicheYearsAtYearEnd),
        number('niche-years', '从事特定细分市场年限', 'years', '3', '一'),
      ),
    },
    {
      id: 'revenue',
      label: '上年度营业收入总额',
      citation: annex('二'),
      test: unless(
        part(
          '上年度营业收入 1,500 万元以上',
          atLeast(fig('operatingRevenue', T1), number('revenue', '上年度营业收入', 'CNY', '15000000', '二')),
        ),
        part(
          '近两年新增股权融资 2,000 万元以上',
          countAtLeast(
            equity.twoFiscalYears,
            number('revenue-equity', '近两年新增股权融资', 'CNY', '20000000', '二'),
          ),
        ),
      ),
    },
    mainRevenueShare(annex('二'), number('main-revenue-share', '主营业务收入占比', 'ratio', '0.8', '二')),
    debtRatio(annex('二'), number('debt-ratio', '资产负债率', 'ratio', '0.8', '二')),
    {
      id: 'rd-each-year',
      label: '近两年每年研发费用及占比',
      citation: annex('三'),
      test: all(...yearly(T1, '上年度'), ...yearly(T2, '上上年度')),
    },
    {
      id: 'ip',
      label: '与主导产品相关并产生经济效益的Ⅰ类知识产权',
      citation: annex('四'),
      reading: '受让的不计，企业须为前三权利人',
      test: unless(
        part('Ⅰ类知识产权 1 项以上', countAtLeast(classOneUnder2026, ONE)),
        part(
          '免于考核',
          any(
            part('近三年省部级以上科技奖励（单位排名前三）', countAtLeast(awards.provincialTop3, ONE)),
            part('省部级以上研发机构', countAtLeast(rdBodies.provincial, ONE)),
          ),
        ),
      ),
    },
    {
      id: 'market-position',
      label: '主导产品在国内或国际细分市场占有率较为靠前并有一定知名度',
      citation: POSITION,
      reading:
        '条文未定数值：知名度已确认且占有率 10% 以上或全国前三（附件2 的更高要求）即认为满足；知名度不足为不满足；其余由人判断',
      test: all(
        part('有一定知名度', yes(wellKnown, 'manual')),
        part('占有率较为靠前', {
          kind: 'any',
          of: [
            part('占有率 10% 以上', atLeast(measure(marketShare), POSITION_SHARE, 'manual')),
            part('全国排名前三', atMost(measure(nationalRank), POSITION_RANK, 'manual')),
            // Below annex 2's numbers the text leaves the point to a person.
            part('占有率是否较为靠前', { kind: 'manual', question: '条文未定数值，由人判断' }),
          ],
        }),
      ),
    },
    {
      id: 'development-score',
      label: '中小企业专精特新发展评价得分',
      citation: annex('六'),
      reading: '新申请看当年得分；复核看近两年任一年',
      test: any(
        part('当年得分', atLeast(fig('developmentScore', T), SCORE)),
        part(
          '复核：上年得分',
          all(
            part('属于复核', yes(isRenewal)),
            part('上年得分', atLeast(fig('developmentScore', T1), SCORE)),
          ),
        ),
      ),
    },
  ],
  clauses: [
    ...BASIC_CLAUSES_2026,
    {
      article: '附件1（一）',
      says: '科技和创新型中小企业；从事细分市场 3 年以上',
      treatment: 'automated',
      by: ['base-title', 'niche-years'],
    },
    {
      article: '附件1（二）',
      says: '营业收入 1,500 万元以上（或股权融资）、主营占比 80% 以上、资产负债率 80% 以下',
      treatment: 'automated',
      by: ['revenue', 'main-revenue-share', 'debt-ratio'],
    },
    {
      article: '附件1（三）',
      says: '近两年每年研发费用 100 万元以上且占比 3% 以上',
      treatment: 'automated',
      by: ['rd-each-year'],
    },
    {
      article: '附件1（四）',
      says: 'Ⅰ类知识产权 1 项以上或豁免',
      treatment: 'human',
      by: ['ip'],
      reason: '是否相关、是否产生效益由人登记，数量由程序计',
    },
    {
      article: '附件1（五）',
      says: '市场占有率较为靠前、有一定知名度',
      treatment: 'human',
      by: ['market-position'],
      reason: '条文未定数值',
    },
    {
      article: '附件1（六）',
      says: '发展评价得分 50 分以上',
      treatment: 'automated',
      by: ['development-score'],
      reason: '得分由官方平台给出，作为数据录入',
    },
  ],
};
