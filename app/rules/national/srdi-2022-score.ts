/** The thirteen indicators of 专精特新中小企业, 工信部企业〔2022〕63号 annex 2 (四). */
import { bands, countBands, fig, measure, partOf, share, T1, T2, T3, yes } from '../build.ts';
import { flagFeature, nicheYears, ownBrand } from '../features/common.ts';
import { awardCount } from '../features/property.ts';
import { rdExpense } from '../features/research.ts';
import { cite, param, type Param } from '../source.ts';
import type { Feature, MeanGrowth, Points, Score, ScoreItem } from '../engine/types.ts';
import { givenPoints, ip63, PROVINCIAL, rdBodies } from './gradient.ts';
import { GRADIENT_2022 } from './texts.ts';

/** A place in annex 2. */
export const annex = (place: string) => cite(GRADIENT_2022, `附件2${place}`);
const item = (n: number, name: string) => annex(`指标${n} ${name}`);
/** The bounds of one indicator, each a parameter of its own. */
function bounds(n: number, name: string, unit: Param['unit'], rows: readonly (readonly [string, number])[]) {
  return rows.map(
    ([value, points]) =>
      [
        param(`srdi-2022.i${n}.${unit}.${value}.${points}`, `${name} ${value}`, unit, value, item(n, name)),
        points,
      ] as const,
  );
}

export const mainGrowth: MeanGrowth = {
  kind: 'mean-growth',
  values: [fig('mainRevenue', T3), fig('mainRevenue', T2), fig('mainRevenue', T1)],
};
export const rdT1 = rdExpense(null, T1);
export const rdShare = share(measure(rdT1), fig('operatingRevenue', T1));

const digitalLevel: Feature = {
  id: 'management.digitalLevel',
  label: '数字化水平',
  unit: 'level',
  of: (facts) => facts.management?.digitalLevel ?? Number.NaN,
  reads: () => ['management.digitalLevel'],
};
const certificate = flagFeature(
  'management.certificates',
  '取得质量管理等体系认证',
  'management.certificates',
  (f) => f.management?.certificates && f.management.certificates.length > 0,
);
const takesPartInStandards = flagFeature(
  'standards',
  '参与制修订标准',
  'standards',
  (f) => f.standards && f.standards.length > 0,
);
const qualityAward = awardCount('quality', '省级以上质量奖荣誉', 100, 'quality', PROVINCIAL);
const threeIf = (feature: Feature): Points => ({
  kind: 'when',
  test: yes(feature),
  given: [3, 3],
  otherwise: [0, 0],
});
const indicator = (id: string, n: number, label: string, max: number, points: Points): ScoreItem => ({
  id,
  label,
  max,
  points,
  citation: item(n, label),
});

/** The thirteen indicators; the points line is given by each version that uses them. */
export function srdiScore(pass: Param): Score {
  return {
    pass,
    op: '>=',
    groups: [
      {
        id: 'specialised',
        label: '专业化',
        max: 25,
        items: [
          indicator(
            'main-revenue-share',
            1,
            '主营业务收入占比',
            5,
            bands(
              partOf(fig('mainRevenue', T1), fig('operatingRevenue', T1)),
              '>=',
              bounds(1, '主营业务收入占比', 'ratio', [
                ['0.8', 5],
                ['0.7', 3],
                ['0.6', 1],
              ]),
            ),
          ),
          indicator(
            'main-revenue-growth',
            2,
            '近两年主营业务收入平均增长率',
            10,
            bands(
              mainGrowth,
              '>=',
              bounds(2, '平均增长率', 'ratio', [
                ['0.1', 10],
                ['0.08', 8],
                ['0.06', 6],
                ['0.04', 4],
                ['0', 2],
              ]),
            ),
          ),
          indicator(
            'niche-years',
            3,
            '从事特定细分市场年限',
            5,
            bands(
              measure(nicheYears),
              '>=',
              bounds(3, '年限', 'years', [
                ['10', 5],
                ['8', 4],
                ['6', 3],
                ['4', 2],
                ['2', 1],
              ]),
            ),
          ),
          indicator('product-field', 4, '主导产品所属领域', 5, {
            kind: 'judged',
            feature: givenPoints('expertScores', 'srdi', 'productField', '主导产品所属领域'),
          }),
        ],
      },
      {
        id: 'refined',
        label: '精细化',
        max: 25,
        items: [
          indicator(
            'digital-level',
            5,
            '数字化水平',
            5,
            bands(
              measure(digitalLevel),
              '>=',
              bounds(5, '等级', 'level', [
                ['3', 5],
                ['2', 3],
              ]),
            ),
          ),
          indicator('quality-management', 6, '质量管理水平', 5, {
            kind: 'sum',
            of: [
              countBands(qualityAward, [
                [param('srdi-2022.i6.award', '省级以上质量奖', 'count', '1', item(6, '质量管理水平')), 3],
              ]),
              threeIf(certificate),
              threeIf(ownBrand),
              threeIf(takesPartInStandards),
            ],
          }),
          indicator(
            'net-margin',
            7,
            '净利润率',
            10,
            bands(
              share(fig('netProfit', T1), fig('operatingRevenue', T1)),
              '>=',
              bounds(7, '净利润率', 'ratio', [
                ['0.1', 10],
                ['0.08', 8],
                ['0.06', 6],
                ['0.04', 4],
                ['0.02', 2],
              ]),
            ),
          ),
          indicator(
            'debt-ratio',
            8,
            '资产负债率',
            5,
            bands(
              share(fig('totalLiabilities', T1), fig('totalAssets', T1)),
              '<=',
              bounds(8, '资产负债率', 'ratio', [
                ['0.5', 5],
                ['0.6', 3],
                ['0.7', 1],
              ]),
            ),
          ),
        ],
      },
      {
        id: 'distinctive',
        label: '特色化',
        max: 15,
        items: [
          indicator('local', 9, '地方特色指标', 15, {
            kind: 'judged',
            feature: givenPoints('operatorScores', 'srdi', 'local', '地方特色指标（按省级细则录入）'),
          }),
        ],
      },
      {
        id: 'innovative',
        label: '创新能力',
        max: 35,
        items: [
          indicator('ip', 10, '与主导产品相关的有效知识产权', 10, {
            kind: 'best',
            of: [
              countBands(ip63.highValue, bounds(10, 'Ⅰ类高价值', 'count', [['1', 10]])),
              countBands(ip63.own, bounds(10, '自主研发Ⅰ类', 'count', [['1', 8]])),
              countBands(ip63.classOne, bounds(10, 'Ⅰ类', 'count', [['1', 6]])),
              countBands(ip63.classTwo, bounds(10, 'Ⅱ类', 'count', [['1', 2]])),
            ],
          }),
          indicator('rd', 11, '上年度研发费用投入（金额或占比就高）', 10, {
            kind: 'best',
            of: [
              bands(
                measure(rdT1),
                '>=',
                bounds(11, '金额', 'CNY', [
                  ['5000000', 10],
                  ['4000000', 8],
                  ['3000000', 6],
                  ['2000000', 4],
                  ['1000000', 2],
                ]),
              ),
              bands(
                rdShare,
                '>=',
                bounds(11, '占比', 'ratio', [
                  ['0.1', 10],
                  ['0.08', 8],
                  ['0.06', 6],
                  ['0.04', 4],
                  ['0.03', 2],
                ]),
              ),
            ],
          }),
          indicator(
            'rd-staff-share',
            12,
            '研发人员占比',
            5,
            bands(
              share(fig('rdStaff', T1), fig('employees', T1)),
              '>=',
              bounds(12, '占比', 'ratio', [
                ['0.2', 5],
                ['0.1', 3],
                ['0.05', 1],
              ]),
            ),
          ),
          indicator('rd-body', 13, '建立研发机构级别', 10, {
            kind: 'best',
            of: [
              countBands(rdBodies.national, bounds(13, '国家级', 'count', [['1', 10]])),
              countBands(rdBodies.provincial, bounds(13, '省级', 'count', [['1', 8]])),
              countBands(rdBodies.municipal, bounds(13, '市级', 'count', [['1', 4]])),
              countBands(rdBodies.any, bounds(13, '市级以下', 'count', [['1', 2]])),
            ],
          }),
        ],
      },
    ],
  };
}
