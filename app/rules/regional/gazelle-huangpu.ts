/** 瞪羚企业 and 瞪羚培育企业 in 广州黄埔. */
import { all, any, atLeast, fig, growth, moreThan, part, T1, T2, T4, yes } from '../build.ts';
import { ageAtMost, holdsTitle } from '../features/common.ts';
import { judgement } from '../features/judgement.ts';
import { qualifiedInvestment } from '../features/venture.ts';
import { cite, param, type LegalText, type Unit } from '../source.ts';
import type { Part, RuleVersion } from '../engine/types.ts';
import { automated, fixed, forPeople, sumAgainst } from './tiers.ts';

export const HUANGPU_GAZELLE: LegalText = {
  id: 'huangpu-gazelle',
  docNo: { notSeen: '文号未见' },
  title: '广州黄埔瞪羚标准（文件标题未见）',
  issuer: '广州黄埔（发文机关未见）',
  url: { notSeen: '未见可核实的官方原文链接' },
  effectiveFrom: { notSeen: '施行日期未见' },
  effectiveTo: null,
  checkedOn: '2026-11-22',
};
const AT = cite(HUANGPU_GAZELLE, { notSeen: '条款号未见' });
const number = (id: string, label: string, unit: Unit, value: string) =>
  param(`gazelle-huangpu.${id}`, label, unit, value, AT);

const revenue = fig('operatingRevenue', T1);
const base = fig('operatingRevenue', T4);
const yearOnYear = growth(revenue, fig('operatingRevenue', T2));
const ZERO = number('positive', '截止年度正增长', 'ratio', '0');
const CAGR = number('cagr', '三年复合增长率', 'ratio', '0.2');
const positive = part('截止年度正增长', moreThan(yearOnYear, ZERO));
const READING = '基期年为截止年度（上年度）前第三年';

const fast = (label: string, bound: ReturnType<typeof number>): Part =>
  part(
    label,
    all(
      part('三年复合增长率 20% 以上', atLeast(growth(revenue, base, 3), CAGR)),
      part('基期年收入', atLeast(base, bound)),
      positive,
    ),
  );
const large = (years: number, label: string, value: string): Part =>
  part(
    `成立不超过 ${years} 年、${label}且正增长`,
    all(
      part(
        `截止年度收入 ${label}以上`,
        atLeast(revenue, number(`revenue.${years}`, `截止年度收入（${years} 年内）`, 'CNY', value)),
      ),
      part(`成立不超过 ${years} 年`, yes(ageAtMost(years))),
      positive,
    ),
  );

export const gazelleHuangpu: RuleVersion = {
  id: 'gazelle@huangpu-undated',
  scheme: 'gazelle',
  label: '瞪羚企业（广州黄埔）',
  texts: [HUANGPU_GAZELLE],
  conditions: [
    {
      id: 'base-title',
      label: '有效期内的高新技术企业',
      citation: AT,
      test: yes(holdsTitle('hnte', '有效期内的高新技术企业', ['hnte'])),
    },
    {
      id: 'growth-or-scale',
      label: '高增长或收入规模，三者之一',
      citation: AT,
      reading: READING,
      test: any(
        fast(
          '基期年收入 1,000 万元以上、三年复合增长率 20% 以上且正增长',
          number('base', '基期年收入', 'CNY', '10000000'),
        ),
        large(5, '5 亿元', '500000000'),
        large(10, '10 亿元', '1000000000'),
      ),
    },
  ],
  clauses: [
    automated('认定标准', '高新技术企业', 'base-title'),
    automated(
      '认定标准',
      '基期年 1,000 万元且三年复合增长 20%；5 年内 5 亿元；10 年内 10 亿元；截止年度均须正增长',
      'growth-or-scale',
    ),
  ],
};

export const gazelleSeedlingHuangpu: RuleVersion = {
  id: 'gazelleSeedling@huangpu-undated',
  scheme: 'gazelleSeedling',
  label: '瞪羚培育企业（广州黄埔）',
  texts: [HUANGPU_GAZELLE],
  conditions: [
    {
      id: 'growth-or-investment',
      label: '高增长或获得早期投资，三者之一',
      citation: AT,
      reading: READING,
      test: any(
        fast(
          '基期年收入 500 万元以上、三年复合增长率 20% 以上且正增长',
          number('seedling.base', '基期年收入（培育）', 'CNY', '5000000'),
        ),
        part(
          '截止年度收入 500 万元以上且同比增长 50% 以上',
          all(
            part(
              '同比增长 50% 以上',
              atLeast(yearOnYear, number('seedling.growth', '同比增长率（培育）', 'ratio', '0.5')),
            ),
            part(
              '截止年度收入',
              atLeast(revenue, number('seedling.revenue', '截止年度收入（培育）', 'CNY', '5000000')),
            ),
          ),
        ),
        part(
          '成立不超过 5 年、A 轮及以前累计获备案机构投资 5,000 万元以上',
          all(
            part(
              '备案机构累计投资',
              sumAgainst(
                qualifiedInvestment,
                '>=',
                fixed(number('seedling.investment', '备案机构累计投资额（培育）', 'CNY', '50000000')),
              ),
            ),
            part('成立不超过 5 年', yes(ageAtMost(5))),
            part(
              '均为 A 轮及以前的投资',
              yes(judgement('gazelle', 'upToRoundA', '投资额均属 A 轮及以前'), 'manual'),
            ),
          ),
        ),
      ),
    },
  ],
  clauses: [
    automated(
      '认定标准',
      '基期年 500 万元且三年复合增长 20% 且正增长；或截止年度 500 万元且同比 50%',
      'growth-or-investment',
    ),
    forPeople(
      '认定标准',
      '5 年内 A 轮及以前累计获备案机构投资 5,000 万元',
      '轮次未入数据，金额由程序计，是否均属 A 轮及以前由人登记',
      'growth-or-investment',
    ),
  ],
};
