/** 独角兽 and 潜在独角兽 by the research definition of 长城战略咨询 (GEI) 2025; used where a region has no pack. */
import { yes } from '../build.ts';
import { legalPerson, residentEnterprise } from '../features/common.ts';
import { ageStage, unlistedUnspecified, ventureBacked } from '../features/venture.ts';
import { cite, param, type LegalText } from '../source.ts';
import type { Condition, RuleVersion } from '../engine/types.ts';
import { automated, financing, fixed, flagCondition, valuation, youngerThan } from './tiers.ts';

export const GEI_2025: LegalText = {
  id: 'gei-unicorn-2025',
  docNo: { notSeen: '研究机构报告，无文号' },
  title: '长城战略咨询 2025 年独角兽研究口径（报告标题未见）',
  issuer: '长城战略咨询（GEI）',
  url: { notSeen: '未见可核实的原文链接' },
  effectiveFrom: { notSeen: '研究报告不设施行日期' },
  effectiveTo: null,
  checkedOn: '2026-11-22',
};
const AT = cite(GEI_2025, { notSeen: '研究报告，无条款号' });
const usd = (id: string, label: string, value: string) => param(`gei-2025.${id}`, label, 'USD', value, AT);

const common: readonly Condition[] = [
  {
    id: 'legal-person',
    label: '在中国境内注册、具有法人资格',
    citation: AT,
    test: {
      kind: 'all',
      of: [
        { label: '具有法人资格', test: yes(legalPerson) },
        { label: '在中国境内（不含港澳台）注册', test: yes(residentEnterprise) },
      ],
    },
  },
  flagCondition('venture-backed', '获得过私募投资', AT, ventureBacked),
  flagCondition('unlisted', '未上市', AT, unlistedUnspecified),
];
const commonClause = automated(
  '研究口径',
  '境内法人、获得私募投资且未上市',
  'legal-person',
  'venture-backed',
  'unlisted',
);

export const unicornGei2025: RuleVersion = {
  id: 'unicorn@gei-2025',
  scheme: 'unicorn',
  label: '独角兽（长城战略咨询 2025）',
  texts: [GEI_2025],
  conditions: [
    ...common,
    youngerThan(10, AT),
    valuation('USD', '>=', fixed(usd('valuation', '投后估值 10 亿美元', '1000000000')), AT),
    financing('USD', '>=', fixed(usd('financing', '累计融资 5,000 万美元', '50000000')), AT),
  ],
  clauses: [
    commonClause,
    automated('研究口径', '成立不超过 10 年', 'age'),
    automated(
      '研究口径',
      '最新投后估值不低于 10 亿美元、累计融资不低于 5,000 万美元',
      'valuation',
      'financing',
    ),
  ],
};

const stage = ageStage([5, 9]);

export const unicornPotentialGei2025: RuleVersion = {
  id: 'unicornPotential@gei-2025',
  scheme: 'unicornPotential',
  label: '潜在独角兽（长城战略咨询 2025）',
  texts: [GEI_2025],
  conditions: [
    ...common,
    youngerThan(9, AT),
    valuation(
      'USD',
      '>=',
      {
        kind: 'chosen',
        by: stage,
        of: [
          usd('potential.valuation.5', '投后估值（成立不超过 5 年）', '100000000'),
          usd('potential.valuation.9', '投后估值（成立 5 至 9 年）', '500000000'),
        ],
      },
      AT,
    ),
    financing(
      'USD',
      '>=',
      {
        kind: 'chosen',
        by: stage,
        of: [
          usd('potential.financing.5', '累计融资（成立不超过 5 年）', '5000000'),
          usd('potential.financing.9', '累计融资（成立 5 至 9 年）', '25000000'),
        ],
      },
      AT,
    ),
  ],
  clauses: [
    commonClause,
    automated('研究口径', '成立不超过 9 年', 'age'),
    automated(
      '研究口径',
      '5 年以内：估值 1 亿美元、融资 500 万美元；5 至 9 年：5 亿美元、2,500 万美元',
      'valuation',
      'financing',
    ),
  ],
};
