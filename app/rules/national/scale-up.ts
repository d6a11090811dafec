/** 小升规: the lines above which statistics counts an enterprise as 规模以上, 限额以上 or otherwise listed. */
import { measure, part, unless, yes } from '../build.ts';
import { judgement } from '../features/judgement.ts';
import {
  ofScaleUpKind,
  SCALE_UP_KINDS,
  scaleUpLine,
  scaleUpRevenue,
  type ScaleUpKind,
} from '../features/statistics.ts';
import { cite, param, type LegalText, type Param } from '../source.ts';
import type { RuleVersion } from '../engine/types.ts';

export const STATISTICS: LegalText = {
  id: 'statistics-four-above',
  docNo: { notSeen: '所见为统计口径的转述，未见带文号的统计制度原文' },
  title: '规模以上（限额以上）统计标准（文件标题未见）',
  issuer: '国家统计局',
  url: { notSeen: '未见可核实的官方原文链接' },
  effectiveFrom: { notSeen: '施行日期未见（规模以上工业 2,000 万元自 2011 年起）' },
  effectiveTo: null,
  checkedOn: '2026-11-22',
};
const AT = cite(STATISTICS, { notSeen: '条款号未见' });

/** Revenue lines in 元 and names; null where the kind has none. */
const LINES: Readonly<Record<ScaleUpKind, readonly [label: string, line: string | null]>> = {
  industry: ['规模以上工业', '20000000'],
  wholesale: ['限额以上批发业', '20000000'],
  retail: ['限额以上零售业', '5000000'],
  catering: ['限额以上住宿餐饮业', '2000000'],
  services2000: ['规模以上服务业（交通运输、信息传输和软件、水利环境、卫生）', '20000000'],
  services1000: ['规模以上服务业（租赁商务、科研技术、教育、物业与房地产中介等）', '10000000'],
  services500: ['规模以上服务业（居民服务、文化体育娱乐、社会工作）', '5000000'],
  construction: ['建筑业', null],
  realEstateDevelopment: ['房地产开发经营', null],
};
const lines: readonly Param[] = SCALE_UP_KINDS.filter((kind) => LINES[kind][1] !== null).map((kind) =>
  param(`scale-up.${kind}`, `${LINES[kind][0]}上年度收入`, 'CNY', LINES[kind][1], AT),
);
const WITHOUT_LINE: readonly ScaleUpKind[] = ['construction', 'realEstateDevelopment'];
const WITH_LINE = SCALE_UP_KINDS.filter((kind) => !WITHOUT_LINE.includes(kind));

export const scaleUp: RuleVersion = {
  id: 'scaleUp@statistics-undated',
  scheme: 'scaleUp',
  label: '小升规（统计标准）',
  texts: [STATISTICS],
  conditions: [
    {
      id: 'revenue',
      label: '上年度收入达到本行业标准',
      citation: AT,
      reading: '工业以主营业务收入计；其他行业所见材料未写明口径，按营业收入计',
      test: unless(
        part('上年度收入', {
          kind: 'compare',
          quantity: measure(scaleUpRevenue),
          op: '>=',
          threshold: { kind: 'chosen', by: scaleUpLine, of: lines },
          ifUnknown: 'unknown',
        }),
        part(
          '建筑业、房地产开发经营不以收入为标准',
          yes(ofScaleUpKind('without-line', '建筑业或房地产开发经营', WITHOUT_LINE)),
        ),
      ),
    },
    {
      id: 'qualification',
      label: '建筑业：具有总承包或专业承包资质；房地产开发经营：有开发经营活动',
      citation: AT,
      test: unless(
        part(
          '具备资质或有经营活动',
          yes(judgement('scaleUp', 'qualification', '具有建筑业资质或房地产开发经营活动'), 'manual'),
        ),
        part('其他行业不适用', yes(ofScaleUpKind('with-line', '以收入为标准的行业', WITH_LINE))),
      ),
    },
  ],
  clauses: [
    {
      article: '统计标准',
      says: '工业 2,000 万元；批发 2,000 万、零售 500 万、住宿餐饮 200 万元；服务业 2,000 万、1,000 万、500 万元',
      treatment: 'automated',
      by: ['revenue'],
    },
    {
      article: '统计标准',
      says: '有资质的建筑业、有开发经营活动的房地产业',
      treatment: 'human',
      by: ['qualification'],
      reason: '资质与经营活动由人核查后登记',
    },
  ],
};
