/** Words for codes: one table each, in the field's own terms. */
import type { Source } from '../rules/facts/schema.ts';

export const SOURCE_LABELS: Readonly<Record<Source, string>> = {
  official: '主管部门',
  audit: '审计报告',
  statistics: '统计报表',
  self: '企业自报',
  thirdParty: '第三方',
  inferred: '推算',
};
export const sourceLabel = (source: string | null | undefined) =>
  (source && SOURCE_LABELS[source as Source]) || '未注明';

export const LEVEL_LABELS: Readonly<Record<string, string>> = {
  national: '国家级',
  provincial: '省级',
  municipal: '市级',
  district: '区级',
  other: '其他',
};

export const STATUS_LABELS: Readonly<Record<string, string>> = {
  valid: '有效',
  expired: '已到期',
  revoked: '已撤销',
  withdrawn: '已放弃',
};

export const ROLE_LABELS: Readonly<Record<string, string>> = {
  staff: '园区工作人员',
  enterprise: '企业用户',
  leadership: '园区领导',
  administrator: '系统管理员',
};

export const IMPORT_KIND_LABELS: Readonly<Record<string, string>> = {
  enterprises: '企业名录',
  figures: '年度数据',
  titles: '称号证书',
  ip: '知识产权',
  financing: '融资',
  facts: '企业事实（NDJSON）',
};

export const OUTCOME_LABELS: Readonly<Record<string, string>> = {
  eligible: '符合',
  ineligible: '不符合',
  undetermined: '待定',
};

export const RESULT_LABELS: Readonly<Record<string, string>> = {
  met: '达到',
  unmet: '未达到',
  unknown: '缺数据',
  manual: '待人工判断',
  waived: '豁免',
};

export const ACTION_LABELS: Readonly<Record<string, string>> = {
  new: '新申请',
  renewal: '复核 / 重新认定',
  annual: '年度',
};

/** Sections of GB/T 4754—2017, each with its first and last two-digit division. */
export const INDUSTRY_SECTIONS = [
  ['A', '农、林、牧、渔业', 1, 5],
  ['B', '采矿业', 6, 12],
  ['C', '制造业', 13, 43],
  ['D', '电力、热力、燃气及水生产和供应业', 44, 46],
  ['E', '建筑业', 47, 50],
  ['F', '批发和零售业', 51, 52],
  ['G', '交通运输、仓储和邮政业', 53, 60],
  ['H', '住宿和餐饮业', 61, 62],
  ['I', '信息传输、软件和信息技术服务业', 63, 65],
  ['J', '金融业', 66, 69],
  ['K', '房地产业', 70, 70],
  ['L', '租赁和商务服务业', 71, 72],
  ['M', '科学研究和技术服务业', 73, 75],
  ['N', '水利、环境和公共设施管理业', 76, 79],
  ['O', '居民服务、修理和其他服务业', 80, 82],
  ['P', '教育', 83, 83],
  ['Q', '卫生和社会工作', 84, 85],
  ['R', '文化、体育和娱乐业', 86, 90],
  ['S', '公共管理、社会保障和社会组织', 91, 96],
  ['T', '国际组织', 97, 97],
] as const;

/** The section of an industry code (`6513`, `I6513` or `65`), with its name; null when it has none. */
export function industrySection(code: string | null | undefined): { code: string; label: string } | null {
  if (!code) return null;
  const division = Number(code.replace(/^[A-T]/, '').slice(0, 2));
  const found = INDUSTRY_SECTIONS.find(([, , from, to]) => division >= from && division <= to);
  return found ? { code: found[0], label: found[1] } : null;
}
