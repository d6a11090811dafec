/** 专精特新“小巨人”, 工信部企业〔2022〕63号 annex 3; still the standard of 复核 in 2026. Six dimensions, all required. */
import {
  all,
  any,
  atLeast,
  countAtLeast,
  fig,
  lessThan,
  measure,
  part,
  share,
  T1,
  T2,
  yes,
} from '../build.ts';
import {
  flagFeature,
  informationSystem,
  keyField,
  marketShare,
  nicheYears,
  ownBrand,
  wellKnown,
} from '../features/common.ts';
import { judgement } from '../features/judgement.ts';
import { rdExpense } from '../features/research.ts';
import { cite, param, type Mark, type Unit } from '../source.ts';
import type { Part, RuleVersion, Test } from '../engine/types.ts';
import { awards, BASIC_2022, BASIC_CLAUSES_2022, equity, ip63, rdBodies, debtRatio } from './gradient.ts';
import { mainGrowth } from './srdi-2022-score.ts';
import { GRADIENT_2022 } from './texts.ts';

const annex = (place: string, mark: Mark = 'S') => cite(GRADIENT_2022, `附件3 ${place}`, mark);
const number = (id: string, label: string, unit: Unit, value: string, place: string) =>
  param(`giant-2022.${id}`, label, unit, value, annex(place));

const revenue = fig('operatingRevenue', T1);
const rdShare = (offset: number) => share(measure(rdExpense(null, offset)), fig('operatingRevenue', offset));
const LARGE = number('rd.large-revenue', '营业收入 1 亿元以上', 'CNY', '100000000', '新');
const MIDDLE = number('rd.middle-revenue', '营业收入 5,000 万元以上', 'CNY', '50000000', '新');
const ONE = number('one', '数量', 'count', '1', '新');

const eachYear = (bound: ReturnType<typeof number>): Part[] => [
  part('上年度研发费用占营业收入比重', atLeast(rdShare(T1), bound)),
  part('上上年度研发费用占营业收入比重', atLeast(rdShare(T2), bound)),
];

/** Three ranges of revenue, each with its own demand on R&D; every range states its bounds, so that one applies. */
const rdByRevenue: Test = any(
  part(
    '营业收入 1 亿元以上：近两年研发费用占比均不低于 3%',
    all(
      ...eachYear(number('rd.large', '研发费用占比（1 亿元以上）', 'ratio', '0.03', '新')),
      part('上年度营业收入 1 亿元以上', atLeast(revenue, LARGE)),
    ),
  ),
  part(
    '营业收入 5,000 万元以上、不足 1 亿元：近两年研发费用占比均不低于 6%',
    all(
      ...eachYear(number('rd.middle', '研发费用占比（5,000 万元至 1 亿元）', 'ratio', '0.06', '新')),
      part('上年度营业收入 5,000 万元以上', atLeast(revenue, MIDDLE)),
    ),
  ),
  part(
    '营业收入不足 5,000 万元：近两年新增股权融资 8,000 万元以上、研发费用 3,000 万元以上、研发人员占比 50% 以上',
    all(
      part(
        '近两年新增股权融资',
        countAtLeast(
          equity.twoYears,
          number('rd.small-equity', '新增股权融资（不足 5,000 万元）', 'CNY', '80000000', '新'),
        ),
      ),
      part(
        '研发费用',
        atLeast(
          measure(rdExpense(null, T1)),
          number('rd.small-expense', '研发费用（不足 5,000 万元）', 'CNY', '30000000', '新'),
        ),
      ),
      part(
        '研发人员占比',
        atLeast(
          share(fig('rdStaff', T1), fig('employees', T1)),
          number('rd.small-staff', '研发人员占比（不足 5,000 万元）', 'ratio', '0.5', '新'),
        ),
      ),
      part('上年度营业收入不足 5,000 万元', lessThan(revenue, MIDDLE)),
    ),
  ),
);

const certificates = flagFeature(
  'management.certificates:giant',
  '取得管理体系认证或产品通过发达国家和地区认证',
  'management.certificates',
  (f) => f.management?.certificates && f.management.certificates.length > 0,
);

export const giant2022: RuleVersion = {
  id: 'giant@2022',
  scheme: 'giant',
  label: '专精特新“小巨人”（2022）',
  texts: [GRADIENT_2022],
  conditions: [
    ...BASIC_2022,
    {
      id: 'niche-years',
      label: '从事特定细分市场时间',
      citation: annex('专'),
      test: atLeast(measure(nicheYears), number('niche-years', '从事特定细分市场年限', 'years', '3', '专')),
    },
    {
      id: 'main-revenue-share',
      label: '上年度主营业务收入占营业收入比重',
      citation: annex('专'),
      test: atLeast(
        share(fig('mainRevenue', T1), revenue),
        number('main-revenue-share', '主营业务收入占比', 'ratio', '0.7', '专'),
      ),
    },
    {
      id: 'main-revenue-growth',
      label: '近两年主营业务收入平均增长率',
      citation: annex('专', 'M-h'),
      reading: '两个年度增长率的算术平均',
      test: atLeast(mainGrowth, number('main-revenue-growth', '平均增长率', 'ratio', '0.05', '专')),
    },
    {
      id: 'information-system',
      label: '至少一项核心业务采用信息系统支撑',
      citation: annex('精'),
      test: yes(informationSystem),
    },
    {
      id: 'certificates',
      label: '取得相关管理体系认证，或产品通过发达国家和地区产品认证',
      citation: annex('精'),
      test: yes(certificates),
    },
    debtRatio(annex('精'), number('debt-ratio', '资产负债率', 'ratio', '0.7', '精')),
    {
      id: 'market-position',
      label: '主导产品在全国细分市场占有率 10% 以上且享有较高知名度',
      citation: annex('特'),
      test: all(
        part(
          '占有率',
          atLeast(measure(marketShare), number('market-share', '市场占有率', 'ratio', '0.1', '特'), 'manual'),
        ),
        part('享有较高知名度和影响力', yes(wellKnown, 'manual')),
      ),
    },
    {
      id: 'own-brand',
      label: '拥有直接面向市场并具有竞争优势的自主品牌',
      citation: annex('特'),
      test: yes(ownBrand, 'manual'),
    },
    {
      id: 'innovation',
      label: '创新能力一般性条件，或创新直通条件',
      citation: annex('新'),
      reading: '营业收入不足 5,000 万元一档的研发费用按上年度计',
      test: any(
        part(
          '一般性条件（三项均须满足）',
          all(
            part('（1）研发投入', rdByRevenue),
            part('（2）自建或联合建立研发机构', countAtLeast(rdBodies.any, ONE)),
            part(
              '（3）2 项以上与主导产品相关、实际应用并产生效益的Ⅰ类知识产权',
              countAtLeast(ip63.classOneApplied, number('ip', 'Ⅰ类知识产权', 'count', '2', '新')),
            ),
          ),
        ),
        part('直通：近三年国家级科技奖励（单位排名前三）', countAtLeast(awards.nationalTop3, ONE)),
        part('直通：近三年“创客中国”全国 50 强', countAtLeast(awards.makerTop50, ONE)),
      ),
    },
    {
      id: 'chain',
      label: '位于产业链关键环节，直接为龙头或知名大企业配套',
      citation: annex('链', 'M-h'),
      test: yes(judgement('giant', 'chain', '位于产业链关键环节并为大企业直接配套'), 'manual'),
    },
    {
      id: 'product-field',
      label: '主导产品属于工业“六基”、制造强国十大重点产业领域或网络强国信息基础领域',
      citation: annex('品', 'M-h'),
      test: yes(keyField, 'manual'),
    },
  ],
  clauses: [
    ...BASIC_CLAUSES_2022,
    {
      article: '附件3 专',
      says: '细分市场 3 年以上、主营占比 70% 以上、近两年主营收入平均增长 5% 以上',
      treatment: 'automated',
      by: ['niche-years', 'main-revenue-share', 'main-revenue-growth'],
    },
    {
      article: '附件3 精',
      says: '核心业务信息化、体系或产品认证、资产负债率不高于 70%',
      treatment: 'automated',
      by: ['information-system', 'certificates', 'debt-ratio'],
    },
    {
      article: '附件3 特',
      says: '市场占有率 10% 以上且知名、自主品牌',
      treatment: 'human',
      by: ['market-position', 'own-brand'],
      reason: '占有率由企业说明并列明数据来源，知名度与品牌由人判断',
    },
    {
      article: '附件3 新',
      says: '研发投入、研发机构、Ⅰ类知识产权，或创新直通',
      treatment: 'automated',
      by: ['innovation'],
    },
    {
      article: '附件3 链',
      says: '产业链关键环节、为大企业配套',
      treatment: 'human',
      by: ['chain'],
      reason: '由人判断后登记',
    },
    {
      article: '附件3 品',
      says: '主导产品所属领域',
      treatment: 'human',
      by: ['product-field'],
      reason: '由人判断后登记',
    },
  ],
};
