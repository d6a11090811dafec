/** Words for the sources of figures, the most trusted first. */
import type { Source } from './vocabulary.ts';

export const SOURCE_LABELS: Readonly<Record<Source, string>> = {
  official: '主管部门',
  audit: '审计报告',
  statistics: '统计报表',
  self: '企业自报',
  thirdParty: '第三方',
  inferred: '推算',
};
