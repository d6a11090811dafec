/** 科技型中小企业, 国科发政〔2017〕115号. */
import { yearOf } from '../day.ts';
import {
  any,
  atMost,
  bands,
  countAtLeast,
  countBands,
  fig,
  measure,
  no,
  part,
  share,
  T1,
  yes,
} from '../build.ts';
import { holdsTitle, residentEnterprise, restrictedProducts } from '../features/common.ts';
import { answer, awardCount, cleanRecord, every, ipCount, isClassOne } from '../features/property.ts';
import { rdExpense, techStaff } from '../features/research.ts';
import { ledStandards } from '../features/standards.ts';
import { cite, param, type LegalText, type Unit } from '../source.ts';
import type { Quantity, RuleVersion, Score, ScoreGroup } from '../engine/types.ts';
import { rdBodies } from './gradient.ts';

export const TSME_2017: LegalText = {
  id: 'gkfz-2017-115',
  docNo: '国科发政〔2017〕115号',
  title: '科技型中小企业评价办法',
  issuer: '科技部、财政部、国家税务总局',
  url: { notSeen: '未见可核实的官方原文链接' },
  effectiveFrom: { notSeen: '施行日期未见，发文日期为 2017-05-03' },
  effectiveTo: null,
  checkedOn: '2026-11-22',
};

const article = (place: string) => cite(TSME_2017, place);
const SCORING = article('第七条');
const number = (id: string, label: string, unit: Unit, value: string, place: string) =>
  param(`tsme.${id}`, label, unit, value, article(place));

/** Rows of a points table: lower bound (included) and points. */
function table(id: string, label: string, unit: Unit, rows: readonly (readonly [string, number])[]) {
  return rows.map(
    ([bound, points]) =>
      [number(`${id}.${bound}`, `${label} ${bound}`, unit, bound, '第七条'), points] as const,
  );
}

/** Valid rights that belong to the main product, of class Ⅰ or Ⅱ. */
const relatedIp = (one: boolean) =>
  ipCount(one ? 'tsme-one' : 'tsme-two', `与主要产品（服务）相关的${one ? 'Ⅰ' : 'Ⅱ'}类知识产权`, (ip) =>
    every(answer(isClassOne(ip) === one), answer(ip.relatedToMainProduct, 'person')),
  );

const rd = measure(rdExpense('deduction', T1));
const staff = share(measure(techStaff('tsme', T1)), fig('employees', T1));

function rdGroup(): ScoreGroup {
  const path = (id: string, label: string, quantity: Quantity, bounds: readonly string[]) => ({
    id,
    label,
    max: 50,
    citation: SCORING,
    points: bands(
      quantity,
      '>=',
      table(
        id,
        label,
        'ratio',
        bounds.map((b, i) => [b, 50 - 10 * i] as const),
      ),
    ),
  });
  return {
    id: 'rd',
    label: '研发投入（两项任选其一，取高）',
    max: 50,
    combine: 'best',
    items: [
      path('rd-per-sales', '研发费用占销售收入的比例', share(rd, fig('salesRevenue', T1)), [
        '0.06',
        '0.05',
        '0.04',
        '0.03',
        '0.02',
      ]),
      path('rd-per-cost', '研发费用占成本费用支出总额的比例', share(rd, fig('costAndExpenses', T1)), [
        '0.3',
        '0.25',
        '0.2',
        '0.15',
        '0.1',
      ]),
    ],
  };
}

const score: Score = {
  pass: number('score', '综合评价分数线', 'points', '60', '第六条（五）'),
  op: '>=',
  nonZero: ['tech-staff'],
  groups: [
    {
      id: 'tech-staff',
      label: '科技人员',
      max: 20,
      items: [
        {
          id: 'tech-staff',
          label: '科技人员占职工总数的比例',
          max: 20,
          citation: SCORING,
          points: bands(
            staff,
            '>=',
            table('tech-staff', '科技人员占比', 'ratio', [
              ['0.3', 20],
              ['0.25', 16],
              ['0.2', 12],
              ['0.15', 8],
              ['0.1', 4],
            ]),
          ),
        },
      ],
    },
    rdGroup(),
    {
      id: 'achievements',
      label: '科技成果',
      max: 30,
      items: [
        {
          id: 'achievements',
          label: '与主要产品（服务）相关的有效知识产权',
          max: 30,
          citation: SCORING,
          points: {
            kind: 'best',
            of: [
              countBands(relatedIp(true), table('class-one', 'Ⅰ类知识产权', 'count', [['1', 30]])),
              countBands(
                relatedIp(false),
                table('class-two', 'Ⅱ类知识产权', 'count', [
                  ['4', 24],
                  ['3', 18],
                  ['2', 12],
                  ['1', 6],
                ]),
              ),
            ],
          },
        },
      ],
    },
  ],
};

const ONE = number('direct.one', '数量', 'count', '1', '第八条');

export const tsme2017: RuleVersion = {
  id: 'tsme@2017',
  scheme: 'tsme',
  label: '科技型中小企业评价（2017）',
  texts: [TSME_2017],
  conditions: [
    {
      id: 'resident',
      label: '中国境内（不含港澳台）注册的居民企业',
      citation: article('第六条（一）'),
      test: yes(residentEnterprise),
    },
    {
      id: 'staff-limit',
      label: '职工总数不超过 500 人',
      citation: article('第六条（二）'),
      test: atMost(fig('employees', T1), number('staff', '职工总数上限', 'persons', '500', '第六条（二）')),
    },
    {
      id: 'sales-limit',
      label: '年销售收入不超过 2 亿元',
      citation: article('第六条（二）'),
      test: atMost(
        fig('salesRevenue', T1),
        number('sales', '年销售收入上限', 'CNY', '200000000', '第六条（二）'),
      ),
    },
    {
      id: 'assets-limit',
      label: '资产总额不超过 2 亿元',
      citation: article('第六条（二）'),
      test: atMost(
        fig('totalAssets', T1),
        number('assets', '资产总额上限', 'CNY', '200000000', '第六条（二）'),
      ),
    },
    {
      id: 'restricted-products',
      label: '产品和服务不属于国家禁止、限制和淘汰类',
      citation: article('第六条（三）'),
      test: no(restrictedProducts),
    },
    {
      id: 'clean-record',
      label:
        '填报上一年及当年无重大安全、重大质量事故、严重环境违法、科研严重失信，未列入经营异常和严重违法失信名单',
      citation: article('第六条（四）'),
      veto: true,
      test: yes(
        cleanRecord(
          'tsme',
          '填报上一年及当年无重大违法和失信',
          [{ kinds: ['safety', 'quality', 'environment', 'researchIntegrity'], from: 'major' }],
          (on) => `${yearOf(on) - 1}-01-01`,
          ['abnormalList', 'dishonestList'],
        ),
      ),
    },
    {
      id: 'score-or-direct',
      label: '综合评价不低于 60 分且科技人员指标不为 0 分，或符合直接确认条件之一',
      citation: article('第六条（五）、第八条'),
      reading: '研发投入两项指标并列给出，取得分高者；直接确认仍须符合第六条（一）至（四）',
      test: any(
        part('综合评价得分', { kind: 'score', score }),
        part(
          '（一）持有有效的高新技术企业证书',
          yes(holdsTitle('hnte', '有效期内的高新技术企业', ['hnte'])),
          article('第八条'),
        ),
        part(
          '（二）近五年获国家级科技奖励并在获奖单位中排在前三',
          countAtLeast(
            awardCount(
              'science-national-3-5y',
              '近五年国家级科技奖励（单位排名前三）',
              5,
              'scienceAndTechnology',
              ['national'],
              3,
            ),
            ONE,
          ),
          article('第八条'),
        ),
        part(
          '（三）拥有经认定的省部级以上研发机构',
          countAtLeast(rdBodies.provincial, ONE),
          article('第八条'),
        ),
        part(
          '（四）近五年主导制定国际、国家或行业标准',
          countAtLeast(
            ledStandards(
              'led-5y',
              '近五年主导制定的国际、国家或行业标准',
              ['international', 'national', 'industry'],
              5,
            ),
            ONE,
          ),
          article('第八条'),
        ),
      ),
    },
  ],
  clauses: [
    { article: '第六条（一）', says: '境内注册的居民企业', treatment: 'automated', by: ['resident'] },
    {
      article: '第六条（二）',
      says: '职工不超过 500 人，年销售收入、资产总额均不超过 2 亿元',
      treatment: 'automated',
      by: ['staff-limit', 'sales-limit', 'assets-limit'],
    },
    {
      article: '第六条（三）',
      says: '产品不属于禁止、限制、淘汰类',
      treatment: 'automated',
      by: ['restricted-products'],
    },
    {
      article: '第六条（四）',
      says: '填报上一年及当年无重大事故、严重违法和失信',
      treatment: 'automated',
      by: ['clean-record'],
    },
    {
      article: '第六条（五）、第七条',
      says: '得分不低于 60 分且科技人员得分不为 0',
      treatment: 'automated',
      by: ['score-or-direct', 'tech-staff', 'rd-per-sales', 'rd-per-cost', 'achievements'],
    },
    { article: '第八条', says: '直接确认的四种情形', treatment: 'automated', by: ['score-or-direct'] },
    {
      article: '第十一条',
      says: '每年 3 月底前更新信息',
      treatment: 'out-of-scope',
      by: [],
      reason: '属入库后义务，由状态机的义务提醒承担',
    },
  ],
  notes: [
    '2026 年现场核查情形（职工不超过 5 人、知识产权为 0、研发费用不足 10 万元、首次参评等）只影响核查方式，不影响结论。',
  ],
};
