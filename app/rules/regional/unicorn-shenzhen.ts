/** 独角兽, 潜在独角兽 and 种子独角兽 in 深圳: the three-tier table of 深圳市工业和信息化局. */
import { yes } from '../build.ts';
import { unlisted } from '../features/common.ts';
import { ageStage, ventureBacked } from '../features/venture.ts';
import { cite, param, type LegalText } from '../source.ts';
import type { Condition, RuleVersion } from '../engine/types.ts';
import { automated, financing, fixed, flagCondition, forPeople, valuation, youngerThan } from './tiers.ts';

export const SHENZHEN_TIERS: LegalText = {
  id: 'shenzhen-unicorn-tiers',
  docNo: { notSeen: '所见为三梯度标准表，未见文号' },
  title: '深圳独角兽三梯度标准表（文件标题未见）',
  issuer: '深圳市工业和信息化局',
  url: { notSeen: '未见可核实的官方原文链接' },
  effectiveFrom: { notSeen: '施行日期未见' },
  effectiveTo: null,
  checkedOn: '2026-11-22',
};
const AT = cite(SHENZHEN_TIERS, { notSeen: '条款号未见' });
const cny = (id: string, label: string, value: string) =>
  param(`shenzhen-unicorn.${id}`, label, 'CNY', value, AT);

/** Said of 独角兽 alone in what was read; for the lower tiers it is shown, not judged. */
const expectedToo: Condition = {
  id: 'unlisted',
  label: '获得股权投资且未上市（新三板除外）',
  citation: AT,
  reading: '所见标准表只在独角兽一档写明，本档待核实',
  test: {
    kind: 'all',
    of: [
      { label: '获得股权投资', test: yes(ventureBacked) },
      { label: '未上市（新三板除外）', test: yes(unlisted(true)) },
    ],
  },
};
const toVerify = forPeople(
  '三梯度标准表',
  '本档是否要求股权投资且未上市',
  '所见文本未写明，只作提示',
  'unlisted',
);
const NOTES = ['深工信〔2025〕44号（2025—2027）附件的数值未见，可能与本表相同，待核实。'];

export const unicornShenzhen: RuleVersion = {
  id: 'unicorn@shenzhen-undated',
  scheme: 'unicorn',
  label: '独角兽（深圳三梯度）',
  texts: [SHENZHEN_TIERS],
  conditions: [
    youngerThan(10, AT),
    flagCondition('venture-backed', '获得股权投资', AT, ventureBacked),
    flagCondition('unlisted', '未上市（新三板除外）', AT, unlisted(true)),
    valuation('CNY', '>=', fixed(cny('valuation', '投后估值 70 亿元', '7000000000')), AT),
    financing('CNY', '>=', fixed(cny('financing', '累计融资 3.5 亿元', '350000000')), AT),
  ],
  clauses: [
    automated('三梯度标准表', '成立不超过 10 年', 'age'),
    automated('三梯度标准表', '获得股权投资且未上市（新三板除外）', 'venture-backed', 'unlisted'),
    automated('三梯度标准表', '投后估值不低于 70 亿元、累计融资不低于 3.5 亿元', 'valuation', 'financing'),
  ],
  notes: NOTES,
};

const stage = ageStage([5, 9]);

export const unicornPotentialShenzhen: RuleVersion = {
  id: 'unicornPotential@shenzhen-undated',
  scheme: 'unicornPotential',
  label: '潜在独角兽（深圳三梯度）',
  texts: [SHENZHEN_TIERS],
  conditions: [
    youngerThan(9, AT),
    valuation(
      'CNY',
      '>=',
      {
        kind: 'chosen',
        by: stage,
        of: [
          cny('potential.valuation.5', '投后估值（成立不超过 5 年）', '700000000'),
          cny('potential.valuation.9', '投后估值（成立 5 至 9 年）', '3500000000'),
        ],
      },
      AT,
    ),
    financing(
      'CNY',
      '>=',
      {
        kind: 'chosen',
        by: stage,
        of: [
          cny('potential.financing.5', '累计融资（成立不超过 5 年）', '35000000'),
          cny('potential.financing.9', '累计融资（成立 5 至 9 年）', '175000000'),
        ],
      },
      AT,
    ),
  ],
  advice: [expectedToo],
  clauses: [
    automated('三梯度标准表', '成立不超过 9 年', 'age'),
    automated(
      '三梯度标准表',
      '5 年以内：7 亿元、3,500 万元；5 至 9 年：35 亿元、1.75 亿元',
      'valuation',
      'financing',
    ),
    toVerify,
  ],
  notes: NOTES,
};

export const unicornSeedShenzhen: RuleVersion = {
  id: 'unicornSeed@shenzhen-undated',
  scheme: 'unicornSeed',
  label: '种子独角兽（深圳三梯度）',
  texts: [SHENZHEN_TIERS],
  conditions: [
    youngerThan(5, AT),
    valuation('CNY', '>=', fixed(cny('seed.valuation', '投后估值 3 亿元', '300000000')), AT),
    financing('CNY', '>=', fixed(cny('seed.financing', '累计融资 1,000 万元', '10000000')), AT),
  ],
  advice: [expectedToo],
  clauses: [
    automated('三梯度标准表', '成立不超过 5 年', 'age'),
    automated('三梯度标准表', '投后估值不低于 3 亿元、累计融资不低于 1,000 万元', 'valuation', 'financing'),
    toVerify,
  ],
  notes: NOTES,
};
