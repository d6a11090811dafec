/** 创新型中小企业, 工信部企业〔2022〕63号 annex 1; by 2号文 art. 30 in use until a merged standard is issued. */
import {
  any,
  bands,
  countAtLeast,
  countBands,
  fig,
  growth,
  measure,
  part,
  partOf,
  share,
  T1,
  T2,
  yes,
} from '../build.ts';
import { holdsTitle, strategicEmerging } from '../features/common.ts';
import { rdExpense } from '../features/research.ts';
import { cite, param, type Unit } from '../source.ts';
import type { Condition, Points, RuleVersion, Score, ScoreItem } from '../engine/types.ts';
import { awards, BASIC_2022, BASIC_CLAUSES_2022, equity, ip63, rdBodies } from './gradient.ts';
import { GRADIENT_2022 } from './texts.ts';

const annex = (place: string) => cite(GRADIENT_2022, `附件1${place}`);
const number = (id: string, label: string, unit: Unit, value: string, place: string) =>
  param(`isme-2022.${id}`, label, unit, value, annex(place));

const item = (id: string, n: number, label: string, max: number, points: Points): ScoreItem => ({
  id,
  label,
  max,
  points,
  citation: annex(` 指标${n} ${label}`),
});
/** Bounds of one indicator with their points, from the best down; a value on a border takes the higher points. */
const table = (n: number, label: string, unit: Unit, rows: readonly (readonly [string, number])[]) =>
  rows.map(
    ([bound, points]) =>
      [
        number(`i${n}.${unit}.${bound}.${points}`, `${label} ${bound}`, unit, bound, ` 指标${n}`),
        points,
      ] as const,
  );

const score: Score = {
  pass: number('score', '评价得分线', 'points', '60', ''),
  op: '>=',
  groups: [
    {
      id: 'innovation',
      label: '创新能力',
      max: 40,
      least: number('score.innovation', '创新能力得分', 'points', '20', ''),
      items: [
        item('ip', 1, '与主导产品相关的有效知识产权', 20, {
          kind: 'best',
          of: [
            countBands(ip63.highValue, table(1, 'Ⅰ类高价值', 'count', [['1', 20]])),
            countBands(ip63.own, table(1, '自主研发Ⅰ类', 'count', [['1', 15]])),
            countBands(ip63.classOne, table(1, 'Ⅰ类', 'count', [['1', 10]])),
            countBands(ip63.classTwo, table(1, 'Ⅱ类', 'count', [['1', 5]])),
          ],
        }),
        item(
          'rd-share',
          2,
          '上年度研发费用占营业收入比重',
          20,
          bands(
            share(measure(rdExpense(null, T1)), fig('operatingRevenue', T1)),
            '>=',
            table(2, '研发费用占比', 'ratio', [
              ['0.05', 20],
              ['0.03', 15],
              ['0.02', 10],
              ['0.01', 5],
            ]),
          ),
        ),
      ],
    },
    {
      id: 'growth',
      label: '成长性',
      max: 30,
      least: number('score.growth', '成长性得分', 'points', '15', ''),
      items: [
        item(
          'main-revenue-growth',
          3,
          '上年度主营业务收入增长率',
          20,
          bands(
            growth(fig('mainRevenue', T1), fig('mainRevenue', T2)),
            '>=',
            table(3, '增长率', 'ratio', [
              ['0.15', 20],
              ['0.1', 15],
              ['0.05', 10],
              ['0', 5],
            ]),
          ),
        ),
        item(
          'debt-ratio',
          4,
          '上年度资产负债率',
          10,
          bands(
            share(fig('totalLiabilities', T1), fig('totalAssets', T1)),
            '<=',
            table(4, '资产负债率', 'ratio', [
              ['0.55', 10],
              ['0.75', 5],
            ]),
          ),
        ),
      ],
    },
    {
      id: 'specialised',
      label: '专业化',
      max: 30,
      least: number('score.specialised', '专业化得分', 'points', '15', ''),
      items: [
        item('product-field', 5, '主导产品所属领域', 10, {
          kind: 'when',
          test: yes(strategicEmerging, 'manual'),
          given: [10, 10],
          otherwise: [5, 5],
        }),
        item(
          'main-revenue-share',
          6,
          '上年度主营业务收入占营业收入比重',
          20,
          bands(
            partOf(fig('mainRevenue', T1), fig('operatingRevenue', T1)),
            '>=',
            table(6, '主营业务收入占比', 'ratio', [
              ['0.7', 20],
              ['0.6', 15],
              ['0.55', 10],
              ['0.5', 5],
            ]),
          ),
        ),
      ],
    },
  ],
};

const ONE = number('direct.one', '数量', 'count', '1', '');
/** The titles named beside 高企; a park adds them as schemes of its own. */
const DIRECT_TITLES = ['hnte', 'techInnovationDemo', 'ipAdvantage', 'ipDemo'] as const;

const scoreOrDirect: Condition = {
  id: 'score-or-direct',
  label: '评价得分 60 分以上且三类指标分别达到要求，或满足直接条件之一',
  citation: annex(''),
  reading: '创新能力不低于 20 分、成长性不低于 15 分、专业化不低于 15 分；处于两档交界的取高',
  test: any(
    part('评价得分', { kind: 'score', score }),
    part('（一）近三年获得国家级、省级科技奖励', countAtLeast(awards.provincialAny, ONE), annex('（一）')),
    part(
      '（二）有效期内的高新技术企业、国家级技术创新示范企业、知识产权优势企业或知识产权示范企业',
      yes(holdsTitle('isme-direct', '持有直接条件所列称号之一', DIRECT_TITLES)),
      annex('（二）'),
    ),
    part('（三）拥有经认定的省部级以上研发机构', countAtLeast(rdBodies.provincial, ONE), annex('（三）')),
    part(
      '（四）近三年新增股权融资 500 万元以上',
      countAtLeast(
        equity.threeYears,
        number('direct.equity', '近三年新增股权融资', 'CNY', '5000000', '（四）'),
      ),
      annex('（四）'),
    ),
  ),
};

export const isme2022: RuleVersion = {
  id: 'isme@2022',
  scheme: 'isme',
  label: '创新型中小企业（2022）',
  texts: [GRADIENT_2022],
  conditions: [...BASIC_2022, scoreOrDirect],
  clauses: [
    ...BASIC_CLAUSES_2022,
    {
      article: '附件1',
      says: '得分 60 分以上，创新能力 20、成长性 15、专业化 15 分以上',
      treatment: 'automated',
      by: ['score-or-direct', 'ip', 'rd-share', 'main-revenue-growth', 'debt-ratio', 'main-revenue-share'],
    },
    {
      article: '附件1 指标5',
      says: '主导产品属于战略性新兴产业',
      treatment: 'human',
      by: ['product-field'],
      reason: '产业归属由人判断并登记',
    },
    { article: '附件1（一）至（四）', says: '四项直接条件', treatment: 'automated', by: ['score-or-direct'] },
  ],
  notes: ['合并后的科技和创新型中小企业标准发布前，依工信部企业〔2026〕2号第三十条沿用本标准。'],
};
