/** 珠海: the pool of 2018 (珠府函〔2018〕396号), and the tiers of 2024, whose numbers an operator enters. */
import { yes } from '../build.ts';
import { unlisted } from '../features/common.ts';
import { judgement } from '../features/judgement.ts';
import { cumulativeFinancing, ventureBacked } from '../features/venture.ts';
import { cite, param, type LegalText, type Unit } from '../source.ts';
import type { RuleVersion } from '../engine/types.ts';
import {
  automated,
  byOperator,
  financing,
  fixed,
  flagCondition,
  forPeople,
  sumAgainst,
  valuation,
  valuationEither,
} from './tiers.ts';

export const ZHUHAI_2018: LegalText = {
  id: 'zhfh-2018-396',
  docNo: '珠府函〔2018〕396号',
  title: '关于培育引进前沿产业独角兽企业的若干政策措施（试行）',
  issuer: '珠海市人民政府',
  url: { notSeen: '未见可核实的官方原文链接' },
  effectiveFrom: { notSeen: '施行日期未见，发文日期为 2018-09-16' },
  effectiveTo: null,
  checkedOn: '2026-11-22',
};
export const ZHUHAI_2024: LegalText = {
  id: 'zbgs-2024-11',
  docNo: 'ZBGS-2024-11',
  title: '珠海市高成长创新型企业培育管理办法',
  issuer: '珠海市科技创新局',
  url: { notSeen: '未见可核实的官方原文链接' },
  effectiveFrom: { notSeen: '施行日期未见，发文日期为 2024-03-12' },
  effectiveTo: null,
  checkedOn: '2026-11-22',
};

const AT_2018 = cite(ZHUHAI_2018, '一（一）');
const p2018 = (id: string, label: string, unit: Unit, value: string) =>
  param(`zhuhai-2018.${id}`, label, unit, value, AT_2018);
const notListed = flagCondition('unlisted', '未上市', AT_2018, unlisted(true));

export const unicornZhuhai2018: RuleVersion = {
  id: 'unicorn@zhuhai-2018',
  scheme: 'unicorn',
  label: '独角兽（珠海 2018）',
  texts: [ZHUHAI_2018],
  conditions: [
    // 10亿美元 must be exceeded, 60亿元 is included: so the text has it.
    valuationEither(
      '>',
      p2018('unicorn.cny', '估值 60 亿元以上', 'CNY', '6000000000'),
      p2018('unicorn.usd', '估值超过 10 亿美元', 'USD', '1000000000'),
      AT_2018,
      '>=',
    ),
    flagCondition('venture-backed', '获得过私募投资', AT_2018, ventureBacked),
    notListed,
  ],
  clauses: [
    automated('一（一）', '估值超过 10 亿美元（或 60 亿元以上）', 'valuation'),
    automated('一（一）', '获得过私募投资且未上市', 'venture-backed', 'unlisted'),
  ],
};

const financed = (currency: 'CNY' | 'USD', value: Parameters<typeof fixed>[0]) =>
  sumAgainst(cumulativeFinancing(currency), '>', fixed(value));

export const unicornPotentialZhuhai2018: RuleVersion = {
  id: 'unicornPotential@zhuhai-2018',
  scheme: 'unicornPotential',
  label: '独角兽潜力企业（珠海 2018）',
  texts: [ZHUHAI_2018],
  conditions: [
    valuationEither(
      '>',
      p2018('potential.cny', '估值 6 亿元以上', 'CNY', '600000000'),
      p2018('potential.usd', '估值超过 1 亿美元', 'USD', '100000000'),
      AT_2018,
      '>=',
    ),
    {
      id: 'financing',
      label: '累计风险投资超过 5,000 万元（或等值外币）',
      citation: AT_2018,
      reading: '外币按融资当年平均汇率折算，汇率由运营人员录入',
      test: financed('CNY', p2018('potential.financing', '累计风险投资额', 'CNY', '50000000')),
    },
    notListed,
  ],
  clauses: [
    automated('一（一）', '估值超过 1 亿美元（或 6 亿元以上）', 'valuation'),
    automated('一（一）', '累计风险投资超过 5,000 万元（或等值外币）', 'financing'),
    automated('一（一）', '未上市', 'unlisted'),
  ],
};

export const unicornSeedZhuhai2018: RuleVersion = {
  id: 'unicornSeed@zhuhai-2018',
  scheme: 'unicornSeed',
  label: '独角兽种子企业（珠海 2018）',
  texts: [ZHUHAI_2018],
  conditions: [
    {
      id: 'seed',
      label: '属于本市重点发展的未来产业领域，掌握前沿技术',
      citation: AT_2018,
      reading: '该句后半未见，未见数值标准',
      test: yes(judgement('unicornSeed', 'zhuhai2018', '符合珠海独角兽种子企业条件'), 'manual'),
    },
  ],
  clauses: [forPeople('一（一）', '独角兽种子企业', '条文后半未见，由人判断后登记', 'seed')],
};

const AT_2024 = cite(ZHUHAI_2024, { notSeen: '所见文本止于第四条，标准条款未见' });
const REASON = '数值标准未见，由运营人员录入';

function tier2024(scheme: 'unicorn' | 'unicornPotential' | 'unicornSeed', name: string): RuleVersion {
  const open = (id: string, label: string) =>
    param(`zhuhai-2024.${scheme}.${id}`, label, 'CNY', null, AT_2024);
  return {
    id: `${scheme}@zhuhai-2024`,
    scheme,
    label: `${name}（珠海 2024）`,
    texts: [ZHUHAI_2024],
    predecessor: `${scheme}@zhuhai-2018`,
    conditions: [
      valuation('CNY', '>=', fixed(open('valuation', '投后估值')), AT_2024),
      financing('CNY', '>=', fixed(open('financing', '累计融资额')), AT_2024),
    ],
    clauses: [
      byOperator('第三条', `${name}：估值`, REASON, 'valuation'),
      byOperator('第三条', `${name}：累计融资`, REASON, 'financing'),
    ],
    notes: ['以估值与融资为标准见于 2023 年征求意见稿；数值与其他条件待核实。'],
  };
}

export const unicornZhuhai2024 = tier2024('unicorn', '独角兽企业');
export const unicornPotentialZhuhai2024 = tier2024('unicornPotential', '潜力独角兽企业');
export const unicornSeedZhuhai2024 = tier2024('unicornSeed', '种子独角兽企业');
