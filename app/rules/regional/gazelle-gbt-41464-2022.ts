/** 瞪羚 by GB/T 41464—2022, known from secondary sources only: to be verified. */
import { all, any, atLeast, fig, growth, measure, part, share, T1, yes } from '../build.ts';
import { ageAtMost } from '../features/common.ts';
import { judgement } from '../features/judgement.ts';
import { rdExpense } from '../features/research.ts';
import { cite, param, type LegalText, type Unit } from '../source.ts';
import type { RuleVersion } from '../engine/types.ts';
import { automated, byOperator, forPeople, youngerThan } from './tiers.ts';

export const GBT_41464: LegalText = {
  id: 'gbt-41464-2022',
  docNo: 'GB/T 41464—2022',
  title: '高成长企业分类导引',
  issuer: '国家标准（发布机构未见）',
  url: { notSeen: '未见可核实的官方原文链接' },
  effectiveFrom: '2022-11-01',
  effectiveTo: null,
  checkedOn: '2026-11-22',
};
const AT = cite(GBT_41464, { notSeen: '仅见二手转述，条款号未见' }, 'M-m');
const number = (id: string, label: string, unit: Unit, value: string | null) =>
  param(`gazelle-gbt.${id}`, label, unit, value, AT);

/** Four years before T−1. */
const BASE = -5;
const revenue = fig('operatingRevenue', T1);

export const gazelleGbt41464: RuleVersion = {
  id: 'gazelle@gbt-41464-2022',
  scheme: 'gazelle',
  label: '瞪羚企业（GB/T 41464—2022）',
  texts: [GBT_41464],
  conditions: [
    youngerThan(15, AT),
    {
      id: 'growth-or-scale',
      label: '收入高增长、人员高增长或收入规模，三者之一',
      citation: AT,
      reading: '四年前按上年度向前四个会计年度计，待核实',
      test: any(
        part(
          '收入高增长',
          all(
            part(
              '四年复合增长率 20% 以上',
              atLeast(
                growth(revenue, fig('operatingRevenue', BASE), 4),
                number('revenue-cagr', '收入四年复合增长率', 'ratio', '0.2'),
              ),
            ),
            part(
              '四年前收入 1,000 万元以上',
              atLeast(fig('operatingRevenue', BASE), number('base-revenue', '四年前收入', 'CNY', '10000000')),
            ),
          ),
        ),
        part(
          '人员高增长',
          all(
            part(
              '四年复合增长率 30% 以上',
              atLeast(
                growth(fig('employees', T1), fig('employees', BASE), 4),
                number('staff-cagr', '人员四年复合增长率', 'ratio', '0.3'),
              ),
            ),
            part(
              '四年前职工 100 人以上',
              atLeast(fig('employees', BASE), number('base-staff', '四年前职工数', 'persons', '100')),
            ),
          ),
        ),
        part(
          '收入规模',
          all(
            part(
              '上年度收入 10 亿元以上',
              atLeast(revenue, number('revenue', '上年度收入', 'CNY', '1000000000')),
            ),
            part('成立不超过 10 年', yes(ageAtMost(10))),
            part(
              '近三年未大幅下降',
              yes(judgement('gazelle', 'noBigFall', '近三年收入未大幅下降'), 'manual'),
            ),
          ),
        ),
      ),
    },
    {
      id: 'innovation-input',
      label: '上年度创新投入强度',
      citation: AT,
      reading: '标准设有创新投入下限，数值未见，由运营人员录入；按研发费用占营业收入比重计',
      test: atLeast(
        share(measure(rdExpense(null, T1)), revenue),
        number('innovation-input', '创新投入强度', 'ratio', null),
      ),
    },
    {
      id: 'other-requirements',
      label: '标准的其他要求（独立、未上市等）',
      citation: AT,
      test: yes(judgement('gazelle', 'otherRequirements', '符合标准的其他要求'), 'manual'),
    },
  ],
  clauses: [
    automated('二手转述', '成立不超过 15 年', 'age'),
    automated(
      '二手转述',
      '四年前收入 1,000 万元且复合增长 20%，或职工 100 人且复合增长 30%，或 10 年内收入 10 亿元',
      'growth-or-scale',
    ),
    byOperator('二手转述', '创新投入下限', '数值未见，由运营人员录入', 'innovation-input'),
    forPeople('二手转述', '独立、未上市等其他要求', '原文未见，由人核对', 'other-requirements'),
  ],
  notes: ['数值来自二手材料，待核实。'],
};
