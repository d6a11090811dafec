/** 高新技术企业, 国科发火〔2016〕32号 art. 11 with the guideline 国科发火〔2016〕195号. */
import { addDays } from '../day.ts';
import { atLeast, countAtLeast, fig, figs, measure, share, T1, T2, T3, yes } from '../build.ts';
import { registeredDays, residentEnterprise, techField } from '../features/common.ts';
import { answer, cleanRecord, every, ipCount, isClassOne } from '../features/property.ts';
import { rdDomestic, rdExpense, techStaff } from '../features/research.ts';
import { cite, param } from '../source.ts';
import type { RuleVersion } from '../engine/types.ts';
import { innovationScore } from './hnte-2016-score.ts';
import { HNTE_2016, HNTE_GUIDE_2016 } from './texts.ts';

const article = (clause: string) => cite(HNTE_2016, `第十一条（${clause}）`);

const SMALL = param('hnte.band-small', '最近一年销售收入小档上限（含）', 'CNY', '50000000', article('五'));
const MIDDLE = param('hnte.band-middle', '最近一年销售收入中档上限（含）', 'CNY', '200000000', article('五'));
const INTENSITY_SMALL = param(
  'hnte.rd-intensity.small',
  '研发费用占比（不超过 5,000 万元）',
  'ratio',
  '0.05',
  article('五'),
);
const INTENSITY_MIDDLE = param(
  'hnte.rd-intensity.middle',
  '研发费用占比（5,000 万元至 2 亿元）',
  'ratio',
  '0.04',
  article('五'),
);
const INTENSITY_LARGE = param(
  'hnte.rd-intensity.large',
  '研发费用占比（2 亿元以上）',
  'ratio',
  '0.03',
  article('五'),
);
const DOMESTIC = param('hnte.rd-domestic', '境内研发费用占比', 'ratio', '0.6', article('五'));
const TECH_STAFF = param('hnte.tech-staff', '科技人员占比', 'ratio', '0.1', article('四'));
const HI_TECH = param('hnte.hi-tech-income', '高新技术产品（服务）收入占比', 'ratio', '0.6', article('六'));
const DAYS = param('hnte.days', '注册成立天数', 'days', '365', article('一'));
const ONE = param('hnte.ip', '知识产权数量', 'count', '1', article('二'));

/** Granted rights that support the main product; class Ⅱ counts for one application only. */
const usableIp = ipCount('hnte', '对主要产品（服务）发挥核心支持作用的知识产权', (ip, { on }) =>
  every(
    isClassOne(ip) || !ip.usedInHnteApplicationOn || ip.usedInHnteApplicationOn >= on ? 'yes' : 'no',
    answer(ip.relatedToMainProduct, 'person'),
  ),
);
export const hnte2016: RuleVersion = {
  id: 'hnte@2016',
  scheme: 'hnte',
  label: '高新技术企业认定（2016）',
  texts: [HNTE_2016, HNTE_GUIDE_2016],
  conditions: [
    {
      id: 'resident',
      label: '中国境内注册的居民企业',
      citation: cite(HNTE_2016, { notSeen: '所见文本未载条款号' }),
      test: yes(residentEnterprise),
    },
    {
      id: 'registered-days',
      label: '注册成立一年以上',
      citation: article('一'),
      test: atLeast(measure(registeredDays), DAYS),
      reading: '一年以上按 365 个日历天数计',
    },
    {
      id: 'ip',
      label: '拥有对主要产品（服务）发挥核心支持作用的知识产权',
      citation: article('二'),
      test: countAtLeast(usableIp, ONE, 'manual'),
    },
    {
      id: 'tech-field',
      label: '核心技术属于国家重点支持的高新技术领域',
      citation: article('三'),
      test: yes(techField, 'manual'),
    },
    {
      id: 'tech-staff-share',
      label: '科技人员占职工总数的比例',
      citation: article('四'),
      test: atLeast(share(measure(techStaff('hnte', T1)), fig('employees', T1)), TECH_STAFF),
    },
    {
      id: 'rd-intensity',
      label: '近三个会计年度研究开发费用总额占同期销售收入总额的比例',
      citation: article('五'),
      reading: '档次按最近一年销售收入确定，5,000 万元、2 亿元均含在较低一档；不满三年按实际经营时间',
      test: {
        kind: 'compare',
        quantity: share(
          measure(rdExpense('hnte', T3), rdExpense('hnte', T2), rdExpense('hnte', T1)),
          figs('salesRevenue', T3, T2, T1),
        ),
        op: '>=',
        threshold: {
          kind: 'banded',
          by: fig('salesRevenue', T1),
          bands: [
            { upTo: SMALL, param: INTENSITY_SMALL },
            { upTo: MIDDLE, param: INTENSITY_MIDDLE },
            { upTo: null, param: INTENSITY_LARGE },
          ],
        },
        ifUnknown: 'unknown',
      },
    },
    {
      id: 'rd-domestic-share',
      label: '境内研究开发费用占全部研究开发费用的比例',
      citation: article('五'),
      test: atLeast(
        share(
          measure(rdDomestic(T3), rdDomestic(T2), rdDomestic(T1)),
          measure(rdExpense('hnte', T3), rdExpense('hnte', T2), rdExpense('hnte', T1)),
        ),
        DOMESTIC,
      ),
    },
    {
      id: 'hi-tech-income-share',
      label: '近一年高新技术产品（服务）收入占总收入的比例',
      citation: article('六'),
      test: atLeast(share(fig('hiTechIncome', T1), fig('totalIncome', T1)), HI_TECH),
    },
    {
      id: 'innovation-score',
      label: '企业创新能力评价',
      citation: article('七'),
      reading: '须达到相应要求：大于 70 分（不含 70 分）',
      test: {
        kind: 'score',
        score: innovationScore,
      },
    },
    {
      id: 'clean-record',
      label: '申请认定前一年内未发生重大安全、重大质量事故或严重环境违法行为',
      citation: article('八'),
      veto: true,
      test: yes(
        cleanRecord(
          'hnte',
          '一年内无重大安全、质量事故和严重环境违法',
          [{ kinds: ['safety', 'quality', 'environment'], from: 'major' }],
          (on) => addDays(on, -365),
        ),
      ),
    },
  ],
  clauses: [
    {
      article: '认定范围',
      says: '中国境内（不含港澳台）注册的居民企业',
      treatment: 'automated',
      by: ['resident'],
    },
    { article: '第十一条（一）', says: '注册成立一年以上', treatment: 'automated', by: ['registered-days'] },
    {
      article: '第十一条（二）',
      says: '拥有核心知识产权',
      treatment: 'human',
      by: ['ip'],
      reason: '是否有效知识产权由程序数，是否发挥核心支持作用由人判断并登记',
    },
    {
      article: '第十一条（三）',
      says: '属于国家重点支持的高新技术领域',
      treatment: 'human',
      by: ['tech-field'],
      reason: '登记领域即为判断结果',
    },
    {
      article: '第十一条（四）',
      says: '科技人员占比不低于 10%',
      treatment: 'automated',
      by: ['tech-staff-share'],
    },
    {
      article: '第十一条（五）',
      says: '研发费用占比 5%、4%、3%，境内不低于 60%',
      treatment: 'automated',
      by: ['rd-intensity', 'rd-domestic-share'],
    },
    {
      article: '第十一条（六）',
      says: '高新技术产品（服务）收入占比不低于 60%',
      treatment: 'automated',
      by: ['hi-tech-income-share'],
    },
    {
      article: '第十一条（七）',
      says: '创新能力评价达到要求',
      treatment: 'human',
      by: ['innovation-score'],
      reason: '可计算的指标由程序给区间，其余由专家评分登记',
    },
    {
      article: '第十一条（八）',
      says: '一年内无重大安全、质量事故，无严重环境违法',
      treatment: 'automated',
      by: ['clean-record'],
    },
    {
      article: '第十三条',
      says: '每年 5 月底前填报年度发展情况报表',
      treatment: 'out-of-scope',
      by: [],
      reason: '属证后义务，由状态机的义务提醒承担',
    },
    {
      article: '第十七条',
      says: '更名或重大变化三个月内报告',
      treatment: 'out-of-scope',
      by: [],
      reason: '属证后义务，由状态机承担',
    },
    {
      article: '第十九条',
      says: '取消资格的情形',
      treatment: 'out-of-scope',
      by: [],
      reason: '由认定机构作出，程序照录',
    },
  ],
};
