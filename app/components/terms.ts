/** Words for codes: one table each, in the field's own terms. */
import { LEVEL_OPTIONS, TITLE_STATUS_OPTIONS, type Option } from '../rules/facts/fields.ts';
import { SOURCE_LABELS } from '../rules/facts/sources.ts';
import type { Source } from '../rules/facts/vocabulary.ts';

const labels = (options: readonly Option[]): Readonly<Record<string, string>> =>
  Object.fromEntries(options.map(({ value, label }) => [value, label]));

export { SOURCE_LABELS };
export const sourceLabel = (source: string | null | undefined) =>
  (source && SOURCE_LABELS[source as Source]) || '未注明';

export const LEVEL_LABELS = labels(LEVEL_OPTIONS);

export const STATUS_LABELS = labels(TITLE_STATUS_OPTIONS);

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

/** Whose 服务管家: the sides of a stewardship. */
export const SIDE_LABELS: Readonly<Record<string, string>> = {
  government: '政府侧',
  company: '运营公司侧',
};
