/** Words for paths of the facts, as verdicts and flags name them. Pure. */
import {
  ENTERPRISE_FIELDS,
  FINANCING_FIELDS,
  IP_FIELDS,
  TITLE_FIELDS,
  YEAR_FIELDS,
} from '../rules/facts/fields.ts';

const WHOLE: Readonly<Record<string, string>> = {
  conduct: '失信与事故记录',
  intellectualProperty: '知识产权',
  titles: '称号证书',
  financing: '融资记录',
  rdInstitutions: '研发机构',
  awards: '科技奖励',
  standards: '标准制修订',
  conversions: '科技成果转化',
  management: '管理与数字化',
  expertScores: '专家评分',
  operatorScores: '地方指标得分',
  niche: '细分市场情况',
  years: '年度数据',
  'management.informationSystem': '信息化系统',
  'management.certificates': '管理体系认证',
  'management.digitalLevel': '数字化水平',
};

const labels = (fields: readonly { key: string; label: string }[]) =>
  new Map(fields.map(({ key, label }) => [key, label]));
const OWN = labels(ENTERPRISE_FIELDS);
const YEAR = labels(YEAR_FIELDS);
const LISTS: Readonly<Record<string, Map<string, string>>> = {
  intellectualProperty: labels(IP_FIELDS),
  titles: labels(TITLE_FIELDS),
  financing: labels(FINANCING_FIELDS),
};

/** A path in the field's own words: `years.2025.rdExpense` → `2025 年研发费用`; words already are left as they are. */
export function factLabel(path: string): string {
  if (/[\u4e00-\u9fff]/.test(path)) return path;
  if (path.startsWith('operator:')) {
    const year = /^operator:fx\.USD\.(\d{4})$/.exec(path)?.[1];
    return year ? `${year} 年平均汇率（待运营录入）` : '门槛数值（待运营录入）';
  }
  const own = OWN.get(path) ?? WHOLE[path];
  if (own) return own;
  const yearly = /^years\.(\d{4})(?:\.(.+))?$/.exec(path);
  if (yearly) return `${yearly[1]} 年${yearly[2] ? (YEAR.get(yearly[2]) ?? yearly[2]) : '数据'}`;
  const [head = '', second = '', ...rest] = path.split('.');
  const whole = WHOLE[head];
  if (!whole) return path;
  if (head === 'conversions') return `${second} 年${whole}数`;
  const field = LISTS[head]?.get(rest.join('.'));
  return field ? `${whole}的${field}` : whole;
}
