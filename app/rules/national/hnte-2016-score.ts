/** 企业创新能力评价: the score of 国科发火〔2016〕195号, with the line of 国科发火〔2016〕32号 art. 11 (七). */
import { bands, countBands, fig, guidelineGrowth, measure, netAssets, T1, T2, T3 } from '../build.ts';
import type { Facts } from '../facts/parse.ts';
import { operatingYears, UNKNOWN } from '../features/common.ts';
import { answer, every, ipCount, isClassOne } from '../features/property.ts';
import { cite, param, type Citation } from '../source.ts';
import type { Feature, Points, Score, ScoreItem } from '../engine/types.ts';
import { HNTE_2016, HNTE_GUIDE_2016 } from './texts.ts';

/** The guideline's article numbers were not seen in the copies read. */
const GUIDE = cite(HNTE_GUIDE_2016, { notSeen: '所见文本未载条款号' });

const PASS = param('hnte.score', '创新能力评价分数线', 'points', '70', cite(HNTE_2016, '第十一条（七）'));

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

/** Four groups of indicators; what a person judges stays an interval until it is on record. */
export const innovationScore: Score = {
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
                [param('hnte.conversion.0', '有转化但年均不足 1 项', 'points', '0', CONVERSION_AT), [0, 6]],
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
        judged('rd-system', '研发组织管理制度、研发投入核算体系与辅助账', 6, 'rdSystem', MANAGEMENT_AT),
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
          points: growthPoints([fig('salesRevenue', T3), fig('salesRevenue', T2), fig('salesRevenue', T1)]),
        },
      ],
    },
  ],
};
