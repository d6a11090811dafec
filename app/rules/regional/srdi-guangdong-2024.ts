/** 专精特新中小企业 in 广东 until 2026-03-31: 63号 annex 2 with a higher points line, by 粤工信规字〔2024〕5号. */
import { atLeast, part, unless, yes } from '../build.ts';
import { holdsTitle, isRenewal } from '../features/common.ts';
import { mainGrowth } from '../national/srdi-2022-score.ts';
import { SRDI_2022_CLAUSES, srdiConditions } from '../national/srdi-2022.ts';
import { GRADIENT_2022 } from '../national/texts.ts';
import { cite, param, type LegalText } from '../source.ts';
import type { RuleVersion } from '../engine/types.ts';

export const GUANGDONG_2024: LegalText = {
  id: 'ygxgz-2024-5',
  docNo: '粤工信规字〔2024〕5号',
  title: '广东省优质中小企业梯度培育管理实施细则',
  issuer: '广东省工业和信息化厅',
  url: { notSeen: '未见可核实的官方原文链接' },
  effectiveFrom: { notSeen: '施行日期未见' },
  // From 2026-04-01 工信部企业〔2026〕2号 applies.
  effectiveTo: '2026-03-31',
  checkedOn: '2026-11-22',
};

/** Two pages of 2025 say 70 points, an undated one still 60: to be verified. */
const RULES = cite(GUANGDONG_2024, { notSeen: '条款号未见；70 分与 5% 见于二手材料，待核实' }, 'M-m');

export const srdiGuangdong2024: RuleVersion = {
  id: 'srdi@guangdong-2024',
  scheme: 'srdi',
  label: '专精特新中小企业（广东 2024）',
  texts: [GUANGDONG_2024, GRADIENT_2022],
  predecessor: 'srdi@2022',
  conditions: [
    ...srdiConditions(param('srdi-guangdong.score', '评价得分线（广东）', 'points', '70', RULES)).map(
      (condition) => (condition.id === 'score-or-direct' ? { ...condition, citation: RULES } : condition),
    ),
    {
      id: 'base-title',
      label: '已是创新型中小企业',
      citation: RULES,
      test: yes(holdsTitle('isme', '有效的创新型中小企业', ['isme'])),
    },
    {
      id: 'main-revenue-growth',
      label: '新申报企业近两年主营业务收入平均增长率',
      citation: RULES,
      reading: '两个年度增长率的算术平均；复核不考核',
      test: unless(
        part(
          '近两年主营业务收入平均增长率',
          atLeast(mainGrowth, param('srdi-guangdong.growth', '平均增长率', 'ratio', '0.05', RULES)),
        ),
        part('复核不考核', yes(isRenewal)),
      ),
    },
  ],
  clauses: [
    ...SRDI_2022_CLAUSES,
    {
      article: '广东实施细则',
      says: '评价得分 70 分以上（或四项直接条件之一）、须为创新型中小企业、新申报企业平均增长 5% 以上',
      treatment: 'automated',
      by: ['score-or-direct', 'base-title', 'main-revenue-growth'],
    },
  ],
  notes: ['70 分与 5% 两项见于二手材料，待核实。'],
};
