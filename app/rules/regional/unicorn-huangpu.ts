/** 独角兽 and 潜在独角兽 in 广州黄埔. */
import { yes } from '../build.ts';
import { judgement } from '../features/judgement.ts';
import { unlistedUnspecified } from '../features/venture.ts';
import { cite, param, type LegalText } from '../source.ts';
import type { RuleVersion } from '../engine/types.ts';
import { automated, flagCondition, forPeople, valuationEither, youngerThan } from './tiers.ts';

export const HUANGPU_UNICORN: LegalText = {
  id: 'huangpu-unicorn',
  docNo: { notSeen: '文号未见' },
  title: '广州黄埔独角兽标准（文件标题未见）',
  issuer: '广州黄埔（发文机关未见）',
  url: { notSeen: '未见可核实的官方原文链接' },
  effectiveFrom: { notSeen: '施行日期未见' },
  effectiveTo: null,
  checkedOn: '2026-11-22',
};
const AT = cite(HUANGPU_UNICORN, { notSeen: '条款号未见' });

interface Tier {
  readonly scheme: 'unicorn' | 'unicornPotential';
  readonly name: string;
  readonly years: number;
  readonly cny: string;
  readonly usd: string;
  readonly says: string;
}

const version = ({ scheme, name, years, cny, usd, says }: Tier): RuleVersion => ({
  id: `${scheme}@huangpu-undated`,
  scheme,
  label: `${name}（广州黄埔）`,
  texts: [HUANGPU_UNICORN],
  conditions: [
    youngerThan(years, AT),
    valuationEither(
      '>=',
      param(`huangpu-${scheme}.cny`, '投后估值（人民币）', 'CNY', cny, AT),
      param(`huangpu-${scheme}.usd`, '投后估值（美元）', 'USD', usd, AT),
      AT,
    ),
    flagCondition('unlisted', '未上市', AT, unlistedUnspecified),
    {
      id: 'strategic-industry',
      label: '属于战略性产业领域',
      citation: AT,
      test: yes(judgement('unicorn', 'huangpuIndustry', '属于黄埔区所列战略性产业'), 'manual'),
    },
  ],
  clauses: [
    automated('认定标准', `成立不超过 ${years} 年，未上市`, 'age', 'unlisted'),
    automated('认定标准', says, 'valuation'),
    forPeople('认定标准', '属于战略性产业', '产业目录未见，由人判断后登记', 'strategic-industry'),
  ],
  notes: ['每年认定一次。'],
});

export const unicornHuangpu = version({
  scheme: 'unicorn',
  name: '独角兽',
  years: 10,
  cny: '6000000000',
  usd: '1000000000',
  says: '投后估值不低于 10 亿美元或 60 亿元',
});
export const unicornPotentialHuangpu = version({
  scheme: 'unicornPotential',
  name: '潜在独角兽',
  years: 5,
  cny: '600000000',
  usd: '100000000',
  says: '投后估值不低于 1 亿美元或 6 亿元',
});
