/** 专精特新“小巨人”, 工信部企业〔2026〕2号 annex 2; new applications from 2026-04-01. Seven items, all required. */
import {
  all,
  any,
  atLeast,
  atMost,
  countAtLeast,
  fig,
  growth,
  measure,
  part,
  share,
  T,
  T1,
  T2,
  T3,
  unless,
  yes,
} from '../build.ts';
import {
  holdsTitle,
  isRenewal,
  keyField,
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
  GIANT_ADVICE,
  debtRatio,
  mainRevenueShare,
} from './gradient.ts';
import { GIANT_NOTICE_2026, GRADIENT_2026 } from './texts.ts';

const annex = (place: string, mark: 'S' | 'M-m' = 'S') => cite(GRADIENT_2026, `附件2（${place}）`, mark);
const number = (id: string, label: string, unit: Param['unit'], value: string, place: string) =>
  param(`giant-2026.${id}`, label, unit, value, annex(place));

const RD_SHARE = number('rd-share', '每年研发费用占营业收入比重', 'ratio', '0.03', '三');
const SCORE = number('development-score', '专精特新发展评价得分', 'points', '60', '七');
const rdShare = (offset: number) => share(measure(rdExpense(null, offset)), fig('operatingRevenue', offset));

export const giant2026: RuleVersion = {
  id: 'giant@2026',
  scheme: 'giant',
  label: '专精特新“小巨人”（2026）',
  texts: [GRADIENT_2026, GIANT_NOTICE_2026],
  predecessor: 'giant@2022',
  conditions: [
    ...BASIC_2026,
    {
      id: 'base-title',
      label: '已是专精特新中小企业',
      citation: annex('一'),
      test: yes(holdsTitle('srdi', '有效的专精特新中小企业', ['srdi'])),
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
      test: atLeast(
        fig('operatingRevenue', T1),
        number('revenue', '上年度营业收入', 'CNY', '50000000', '二'),
      ),
    },
    mainRevenueShare(annex('二'), number('main-revenue-share', '主营业务收入占比', 'ratio', '0.9', '二')),
    {
      id: 'revenue-cagr',
      label: '近两年营业收入复合增长率',
      citation: annex('二', 'M-m'),
      reading: '附件3 的计算式未见，按（上年÷大前年）的平方根减一计；复核不考核',
      test: unless(
        part(
          '近两年营业收入复合增长率',
          atLeast(
            growth(fig('operatingRevenue', T1), fig('operatingRevenue', T3), 2),
            number('revenue-cagr', '复合增长率', 'ratio', '0.05', '二'),
          ),
        ),
        part('复核不考核', yes(isRenewal)),
      ),
    },
    debtRatio(annex('二'), number('debt-ratio', '资产负债率', 'ratio', '0.75', '二')),
    {
      id: 'rd-total',
      label: '近两年研发费用合计',
      citation: annex('三'),
      test: atLeast(
        measure(rdExpense(null, T2), rdExpense(null, T1)),
        number('rd-total', '近两年研发费用合计', 'CNY', '12000000', '三'),
      ),
    },
    {
      id: 'rd-each-year',
      label: '近两年每年研发费用占营业收入比重',
      citation: annex('三'),
      test: all(
        part('上年度', atLeast(rdShare(T1), RD_SHARE)),
        part('上上年度', atLeast(rdShare(T2), RD_SHARE)),
      ),
    },
    {
      id: 'ip',
      label: '与主导产品相关并产生经济效益的Ⅰ类知识产权',
      citation: annex('四'),
      reading: '受让的不计，企业须为前三权利人',
      test: unless(
        part(
          'Ⅰ类知识产权 4 项以上',
          countAtLeast(classOneUnder2026, number('ip', '知识产权数量', 'count', '4', '四')),
        ),
        part(
          '近三年国家级科技奖励（单位排名前三）',
          countAtLeast(awards.nationalTop3, number('award', '奖励数量', 'count', '1', '四')),
        ),
      ),
    },
    {
      id: 'market-position',
      label: '主导产品在国内或国际细分市场的地位',
      citation: annex('五'),
      test: all(
        part(
          '占有率 10% 以上或全国前三',
          any(
            part(
              '占有率 10% 以上',
              atLeast(measure(marketShare), number('market-share', '市场占有率', 'ratio', '0.1', '五')),
            ),
            part(
              '全国排名前三',
              atMost(measure(nationalRank), number('national-rank', '全国排名', 'rank', '3', '五')),
            ),
          ),
        ),
        part('享有较高知名度', yes(wellKnown, 'manual')),
      ),
    },
    {
      id: 'key-field',
      label: '主导产品属于所列领域且处于产业链关键环节',
      citation: annex('六'),
      test: yes(keyField, 'manual'),
    },
    {
      id: 'development-score',
      label: '中小企业专精特新发展评价得分',
      citation: annex('七'),
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
  advice: GIANT_ADVICE,
  clauses: [
    ...BASIC_CLAUSES_2026,
    {
      article: '附件2（一）',
      says: '专精特新中小企业；从事细分市场 3 年以上',
      treatment: 'automated',
      by: ['base-title', 'niche-years'],
    },
    {
      article: '附件2（二）',
      says: '营业收入 5,000 万元、主营占比 90%、复合增长率 5% 以上，资产负债率 75% 以下',
      treatment: 'automated',
      by: ['revenue', 'main-revenue-share', 'revenue-cagr', 'debt-ratio'],
    },
    {
      article: '附件2（三）',
      says: '近两年研发费用合计 1,200 万元以上且每年占比 3% 以上',
      treatment: 'automated',
      by: ['rd-total', 'rd-each-year'],
    },
    {
      article: '附件2（四）',
      says: 'Ⅰ类知识产权 4 项以上或国家级科技奖励',
      treatment: 'human',
      by: ['ip'],
      reason: '是否相关、是否产生效益由人登记，数量由程序计',
    },
    {
      article: '附件2（五）',
      says: '占有率 10% 以上或全国前三，享有较高知名度',
      treatment: 'human',
      by: ['market-position'],
      reason: '知名度由人登记',
    },
    {
      article: '附件2（六）',
      says: '主导产品领域与产业链关键环节',
      treatment: 'human',
      by: ['key-field'],
      reason: '由人登记',
    },
    {
      article: '附件2（七）',
      says: '发展评价得分 60 分以上',
      treatment: 'automated',
      by: ['development-score'],
      reason: '得分由官方平台给出，作为数据录入',
    },
    {
      article: '工信厅企业函〔2026〕117号',
      says: '已是单项冠军、受小巨人控制或同集团主营相近的不推荐',
      treatment: 'human',
      by: ['not-champion'],
      reason: '控制关系没有数据来源；单项冠军可查',
    },
  ],
};
