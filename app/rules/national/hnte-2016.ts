/** 高新技术企业, 国科发火〔2016〕32号 art. 11 with the guideline 国科发火〔2016〕195号. */
import { addDays } from '../day.ts';
import {
  atLeast,
  countBands,
  countAtLeast,
  bands,
  fig,
  figs,
  guidelineGrowth,
  measure,
  netAssets,
  share,
  T1,
  T2,
  T3,
  yes,
} from '../build.ts';
import type { Facts } from '../facts/parse.ts';
import {
  operatingYears,
  registeredDays,
  residentEnterprise,
  techField,
  UNKNOWN,
} from '../features/common.ts';
import { answer, cleanRecord, every, ipCount, isClassOne } from '../features/property.ts';
import { rdDomestic, rdExpense, techStaff } from '../features/research.ts';
import { cite, param, type Citation } from '../source.ts';
import type { Feature, Points, RuleVersion, ScoreItem } from '../engine/types.ts';
import { HNTE_2016, HNTE_GUIDE_2016 } from './texts.ts';

const article = (clause: string) => cite(HNTE_2016, `第十一条（${clause}）`);
/** The guideline's article numbers were not seen in the copies read. */
const GUIDE = cite(HNTE_GUIDE_2016, { notSeen: '所见文本未载条款号' });

const SMALL = param('hnte.band-small', '最近一年销售收入小档上限（含）', 'CNY', '50000000', article('五'));
const MIDDLE = param('hnte.band-middle', '最近一年销售收入中档上限（含）', 'CNY', '200000000', article('五'));
const INTENSITY_SMALL = param(
  'hnte.rd-intensity.small',
  '研发费用占比（不超过 5,000 万元）',
  'ratio',
  '0.05',
  article('五'),
);
const INTENSITY_MIDDLE = param(
  'hnte.rd-intensity.middle',
  '研发费用占比（5,000 万元至 2 亿元）',
  'ratio',
  '0.04',
  article('五'),
);
const INTENSITY_LARGE = param(
  'hnte.rd-intensity.large',
  '研发费用占比（2 亿元以上）',
  'ratio',
  '0.03',
  article('五'),
);
const DOMESTIC = param('hnte.rd-domestic', '境内研发费用占比', 'ratio', '0.6', article('五'));
const TECH_STAFF = param('hnte.tech-staff', '科技人员占比', 'ratio', '0.1', article('四'));
const HI_TECH = param('hnte.hi-tech-income', '高新技术产品（服务）收入占比', 'ratio', '0.6', article('六'));
const DAYS = param('hnte.days', '注册成立天数', 'days', '365', article('一'));
const PASS = param('hnte.score', '创新能力评价分数线', 'points', '70', article('七'));
const ONE = param('hnte.ip', '知识产权数量', 'count', '1', article('二'));

/** Granted rights that support the main product; class Ⅱ counts for one application only. */
const usableIp = ipCount('hnte', '对主要产品（服务）发挥核心支持作用的知识产权', (ip, { on }) =>
  every(
    isClassOne(ip) || !ip.usedInHnteApplicationOn || ip.usedInHnteApplicationOn >= on ? 'yes' : 'no',
    answer(ip.relatedToMainProduct, 'person'),
  ),
);
const ofClass = (one: boolean) =>
  ipCount(
    one ? 'hnte-one' : 'hnte-two',
    one ? 'Ⅰ类知识产权' : 'Ⅱ类知识产权（未在以往申请中使用）',
    (ip, { on }) =>
      every(
        answer(isClassOne(ip) === one),
        one || !ip.usedInHnteApplicationOn || ip.usedInHnteApplicationOn >= on ? 'yes' : 'no',
      ),
  );
const classOne = ofClass(true);
const classTwo = ofClass(false);

/** A person's score on record, in hundredths of a point. */
function expert(key: string, label: string): Feature {
  return {
    id: `expert:hnte.${key}`,
    label: `专家评分：${label}`,
    unit: 'points',
    of: (facts: Facts) => {
      const given = facts.expertScores?.hnte?.[key];
      return given == null ? UNKNOWN : given * 100;
    },
    reads: () => [`expertScores.hnte.${key}`],
  };
}

/** Conversions of research results per year over the last three fiscal years, in hundredths (or the years there were). */
const conversionsPerYear: Feature = {
  id: 'conversionsPerYear',
  label: '近三年科技成果转化年平均数',
  unit: 'points',
  of: (facts, moment) => {
    const years = operatingYears.of(facts, moment);
    if (Number.isNaN(years) || !facts.conversions) return UNKNOWN;
    if (years === 0) return 0;
    let total = 0;
    for (let back = 1; back <= years; back += 1) {
      const count = facts.conversions[moment.year - back];
      if (count == null) return UNKNOWN;
      total += count;
    }
    return Math.floor((total * 100) / years);
  },
  reads: ({ year }) => [1, 2, 3].map((back) => `conversions.${year - back}`),
  years: ({ year }) => [year - 3, year - 1],
};

const steps = (id: string, unit: 'ratio' | 'points' | 'count', values: readonly string[], at: Citation) =>
  values.map((value) => param(`hnte.${id}.${value}`, `${id} ${value}`, unit, value, at));
const GROWTH_AT = GUIDE;
const RATES = steps('growth', 'ratio', ['0.35', '0.25', '0.15', '0.05'], GROWTH_AT);
const POSITIVE = param('hnte.growth.0', '增长率大于 0', 'ratio', '0', GROWTH_AT);

function growthPoints(values: Parameters<typeof guidelineGrowth>[0]): Points {
  const quantity = guidelineGrowth(values, operatingYears);
  const upper = RATES.map((rate, i) => [rate, [9 - 2 * i, 10 - 2 * i] as const] as const);
  const table = bands(quantity, '>=', upper);
  // Above zero, but below 5 %: one or two points; zero itself none.
  const rest = bands(quantity, '>', [[POSITIVE, [1, 2]]]);
  return { kind: 'best', of: [table, rest] };
}

const IP_AT = GUIDE;
const MANAGEMENT_AT = GUIDE;
const CONVERSION_AT = GUIDE;
const judged = (
  id: string,
  label: string,
  max: number,
  key: string,
  citation: Citation,
  from?: Points,
): ScoreItem => ({
  id,
  label,
  max,
  citation,
  points: { kind: 'judged', feature: expert(key, label), ...(from ? { from } : {}) },
});
const counts = (values: readonly string[]) => steps('ip-count', 'count', values, IP_AT);
const [FIVE, THREE, AT_LEAST_ONE] = counts(['5', '3', '1']) as [
  ReturnType<typeof param>,
  ReturnType<typeof param>,
  ReturnType<typeof param>,
];

const ipNumber: Points = {
  kind: 'best',
  of: [
    countBands(classOne, [[AT_LEAST_ONE, [7, 8]]]),
    countBands(classTwo, [
      [FIVE, [5, 6]],
      [THREE, [3, 4]],
      [AT_LEAST_ONE, [1, 2]],
    ]),
  ],
};
const selfDeveloped = ipCount('hnte-own', '自主研发的知识产权', (ip) =>
  ip.obtainedBy == null ? 'open' : answer(ip.obtainedBy === 'own'),
);
const anyIp = ipCount('hnte-any', '有效知识产权', () => 'yes');
const conversionSteps = steps('conversion', 'points', ['5', '4', '3', '2', '1'], CONVERSION_AT);

export const hnte2016: RuleVersion = {
  id: 'hnte@2016',
  scheme: 'hnte',
  label: '高新技术企业认定（2016）',
  texts: [HNTE_2016, HNTE_GUIDE_2016],
  conditions: [
    {
      id: 'resident',
      label: '中国境内注册的居民企业',
      citation: cite(HNTE_2016, { notSeen: '所见文本未载条款号' }),
      test: yes(residentEnterprise),
    },
    {
      id: 'registered-days',
      label: '注册成立一年以上',
      citation: article('一'),
      test: atLeast(measure(registeredDays), DAYS),
      reading: '一年以上按 365 个日历天数计',
    },
    {
      id: 'ip',
      label: '拥有对主要产品（服务）发挥核心支持作用的知识产权',
      citation: article('二'),
      test: countAtLeast(usableIp, ONE, 'manual'),
    },
    {
      id: 'tech-field',
      label: '核心技术属于国家重点支持的高新技术领域',
      citation: article('三'),
      test: yes(techField, 'manual'),
    },
    {
      id: 'tech-staff-share',
      label: '科技人员占职工总数的比例',
      citation: article('四'),
      test: atLeast(share(measure(techStaff('hnte', T1)), fig('employees', T1)), TECH_STAFF),
    },
    {
      id: 'rd-intensity',
      label: '近三个会计年度研究开发费用总额占同期销售收入总额的比例',
      citation: article('五'),
      reading: '档次按最近一年销售收入确定，5,000 万元、2 亿元均含在较低一档；不满三年按实际经营时间',
      test: {
        kind: 'compare',
        quantity: share(
          measure(rdExpense('hnte', T3), rdExpense('hnte', T2), rdExpense('hnte', T1)),
          figs('salesRevenue', T3, T2, T1),
        ),
        op: '>=',
        threshold: {
          kind: 'banded',
          by: fig('salesRevenue', T1),
          bands: [
            { upTo: SMALL, param: INTENSITY_SMALL },
            { upTo: MIDDLE, param: INTENSITY_MIDDLE },
            { upTo: null, param: INTENSITY_LARGE },
          ],
        },
        ifUnknown: 'unknown',
      },
    },
    {
      id: 'rd-domestic-share',
      label: '境内研究开发费用占全部研究开发费用的比例',
      citation: article('五'),
      test: atLeast(
        share(
          measure(rdDomestic(T3), rdDomestic(T2), rdDomestic(T1)),
          measure(rdExpense('hnte', T3), rdExpense('hnte', T2), rdExpense('hnte', T1)),
        ),
        DOMESTIC,
      ),
    },
    {
      id: 'hi-tech-income-share',
      label: '近一年高新技术产品（服务）收入占总收入的比例',
      citation: article('六'),
      test: atLeast(share(fig('hiTechIncome', T1), fig('totalIncome', T1)), HI_TECH),
    },
    {
      id: 'innovation-score',
      label: '企业创新能力评价',
      citation: article('七'),
      reading: '须达到相应要求：大于 70 分（不含 70 分）',
      test: {
        kind: 'score',
        score: {
          pass: PASS,
          op: '>',
          groups: [
            {
              id: 'ip',
              label: '知识产权',
              max: 30,
              items: [
                judged('technology-advancement', '技术的先进程度', 8, 'technologyAdvancement', IP_AT),
                judged('product-support', '对主要产品（服务）的核心支持作用', 8, 'productSupport', IP_AT),
                judged('ip-count', '知识产权数量', 8, 'ipCount', IP_AT, ipNumber),
                judged('acquisition', '知识产权获得方式', 6, 'acquisition', IP_AT, {
                  kind: 'best',
                  of: [
                    countBands(selfDeveloped, [[AT_LEAST_ONE, [1, 6]]]),
                    countBands(anyIp, [[AT_LEAST_ONE, [1, 3]]]),
                  ],
                }),
                judged('standards', '参与编制标准、检测方法、技术规范（附加）', 2, 'standards', IP_AT),
              ],
            },
            {
              id: 'conversion',
              label: '科技成果转化能力',
              max: 30,
              items: [
                judged(
                  'conversion',
                  '近三年科技成果转化年平均数',
                  30,
                  'conversion',
                  CONVERSION_AT,
                  // Between 0 and 1 a year the table has no band: a person decides between none and the lowest.
                  {
                    kind: 'best',
                    of: [
                      bands(
                        measure(conversionsPerYear),
                        '>=',
                        conversionSteps.map((step, i) => [step, [25 - 6 * i, 30 - 6 * i] as const] as const),
                      ),
                      bands(measure(conversionsPerYear), '>', [
                        [
                          param('hnte.conversion.0', '有转化但年均不足 1 项', 'points', '0', CONVERSION_AT),
                          [0, 6],
                        ],
                      ]),
                    ],
                  },
                ),
              ],
            },
            {
              id: 'management',
              label: '研究开发组织管理水平',
              max: 20,
              items: [
                judged(
                  'rd-system',
                  '研发组织管理制度、研发投入核算体系与辅助账',
                  6,
                  'rdSystem',
                  MANAGEMENT_AT,
                ),
                judged('rd-body', '内部研发机构与产学研合作', 6, 'rdBody', MANAGEMENT_AT),
                judged('incentives', '成果转化激励与开放式创新创业平台', 4, 'incentives', MANAGEMENT_AT),
                judged('talent', '科技人员培养、技能培训、人才引进与绩效奖励', 4, 'talent', MANAGEMENT_AT),
              ],
            },
            {
              id: 'growth',
              label: '企业成长性',
              max: 20,
              items: [
                {
                  id: 'net-asset-growth',
                  label: '净资产增长率',
                  max: 10,
                  citation: GROWTH_AT,
                  points: growthPoints([netAssets(T3), netAssets(T2), netAssets(T1)]),
                },
                {
                  id: 'sales-growth',
                  label: '销售收入增长率',
                  max: 10,
                  citation: GROWTH_AT,
                  points: growthPoints([
                    fig('salesRevenue', T3),
                    fig('salesRevenue', T2),
                    fig('salesRevenue', T1),
                  ]),
                },
              ],
            },
          ],
        },
      },
    },
    {
      id: 'clean-record',
      label: '申请认定前一年内未发生重大安全、重大质量事故或严重环境违法行为',
      citation: article('八'),
      veto: true,
      test: yes(
        cleanRecord(
          'hnte',
          '一年内无重大安全、质量事故和严重环境违法',
          [{ kinds: ['safety', 'quality', 'environment'], from: 'major' }],
          (on) => addDays(on, -365),
        ),
      ),
    },
  ],
  clauses: [
    {
      article: '认定范围',
      says: '中国境内（不含港澳台）注册的居民企业',
      treatment: 'automated',
      by: ['resident'],
    },
    { article: '第十一条（一）', says: '注册成立一年以上', treatment: 'automated', by: ['registered-days'] },
    {
      article: '第十一条（二）',
      says: '拥有核心知识产权',
      treatment: 'human',
      by: ['ip'],
      reason: '是否有效知识产权由程序数，是否发挥核心支持作用由人判断并登记',
    },
    {
      article: '第十一条（三）',
      says: '属于国家重点支持的高新技术领域',
      treatment: 'human',
      by: ['tech-field'],
      reason: '登记领域即为判断结果',
    },
    {
      article: '第十一条（四）',
      says: '科技人员占比不低于 10%',
      treatment: 'automated',
      by: ['tech-staff-share'],
    },
    {
      article: '第十一条（五）',
      says: '研发费用占比 5%、4%、3%，境内不低于 60%',
      treatment: 'automated',
      by: ['rd-intensity', 'rd-domestic-share'],
    },
    {
      article: '第十一条（六）',
      says: '高新技术产品（服务）收入占比不低于 60%',
      treatment: 'automated',
      by: ['hi-tech-income-share'],
    },
    {
      article: '第十一条（七）',
      says: '创新能力评价达到要求',
      treatment: 'human',
      by: ['innovation-score'],
      reason: '可计算的指标由程序给区间，其余由专家评分登记',
    },
    {
      article: '第十一条（八）',
      says: '一年内无重大安全、质量事故，无严重环境违法',
      treatment: 'automated',
      by: ['clean-record'],
    },
    {
      article: '第十三条',
      says: '每年 5 月底前填报年度发展情况报表',
      treatment: 'out-of-scope',
      by: [],
      reason: '属证后义务，由状态机的义务提醒承担',
    },
    {
      article: '第十七条',
      says: '更名或重大变化三个月内报告',
      treatment: 'out-of-scope',
      by: [],
      reason: '属证后义务，由状态机承担',
    },
    {
      article: '第十九条',
      says: '取消资格的情形',
      treatment: 'out-of-scope',
      by: [],
      reason: '由认定机构作出，程序照录',
    },
  ],
};
