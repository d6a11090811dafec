/** Import templates, one a kind. */
import type { FieldDefinition, FieldType } from '../rules/facts/fields.ts';
import { SCHEME_OPTIONS } from './import/schemes.ts';
import { kindLabel } from './import/choose.ts';
import { fieldsOf, headerOf, type TableKind } from './export-facts.server.ts';
import { ROW_FIELDS } from '../rules/facts/fields.ts';
import { templateWorkbook } from './template-sheet.server.ts';

const TYPE_WORDS: Record<FieldType, string> = {
  text: '文本',
  list: '文本，多个用“；”隔开',
  uscc: '18 位代码，单元格为文本格式',
  day: '日期，如 2026-04-01',
  flag: '是 或 否',
  option: '从下拉中选',
  share: '百分数，如 12%',
  whole: '整数',
  money: '数字，单位万元',
  persons: '数字，可带两位小数',
  points: '数字，可带两位小数',
  year: '四位年份',
  scheme: '从下拉中选',
};

const REQUIRED: Record<TableKind, readonly string[]> = {
  enterprises: ['uscc', 'name'],
  figures: ['year'],
  titles: ['scheme', 'grantedOn'],
  ip: ['kind'],
  financing: [],
};

/** What is said of every table to import. */
export const COMMON_REMARK =
  '同一文件重复导入不改变任何内容；有误的行会连同原因写回一个工作簿，改好后可直接再导入。';

/** The template of a kind as the bytes of an xlsx file. */
export function importTemplate(kind: TableKind): Promise<Buffer> {
  const { enterprise, item } = fieldsOf(kind);
  const stated = ROW_FIELDS.filter(({ key }) => key === 'source' || key === 'knownAt');
  const required = new Set(REQUIRED[kind].map((key) => [...item, ...enterprise].find((f) => f.key === key)!));
  const key =
    kind === 'enterprises'
      ? '统一社会信用代码是识别企业的依据。'
      : '企业可用统一社会信用代码或企业名称写明，写代码最稳妥；企业须已在库中。';
  return templateWorkbook({
    name: kindLabel(kind),
    columns: [...enterprise, ...item, ...stated].map((field) => ({
      header: headerOf(field),
      required: required.has(field),
      form: TYPE_WORDS[field.type],
      ...(field.hint ? { hint: field.hint } : {}),
      options: optionsOf(field)?.map(({ label }) => label) ?? null,
      format: formatOf(field.type),
    })),
    remarks: [
      `${kindLabel(kind)}导入模板。${key}`,
      '空白表示未知，0 表示就是零，两者不同；不适用或未报送可写“不适用”“未报送”，按未知处理。',
      COMMON_REMARK,
    ],
  });
}

function formatOf(type: FieldType): string {
  if (type === 'money') return '#,##0.00';
  if (type === 'share') return '0.00%';
  if (type === 'whole' || type === 'persons' || type === 'points') return 'General';
  // Text: codes keep their digits, dates stay as they are typed.
  return '@';
}

function optionsOf(field: FieldDefinition): readonly { readonly label: string }[] | null {
  if (field.type === 'flag') return [{ label: '是' }, { label: '否' }];
  if (field.type === 'scheme') return SCHEME_OPTIONS;
  return field.options ?? null;
}
