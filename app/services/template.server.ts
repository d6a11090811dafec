/** Import templates: a sheet to fill in with drop-downs, and one that explains every column. */
import exceljs from 'exceljs';
import type { FieldDefinition, FieldType } from '../rules/facts/fields.ts';
import { SCHEME_OPTIONS } from './import/schemes.ts';
import { kindLabel } from './import/choose.ts';
import { fieldsOf, headerOf, type TableKind } from './export-facts.server.ts';
import { ROW_FIELDS } from '../rules/facts/fields.ts';

/** Rows of a template that carry drop-downs and formats. */
const FILL_ROWS = 2000;
const OPTIONS_SHEET = '选项';

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

/** The template of a kind as the bytes of an xlsx file. */
export async function importTemplate(kind: TableKind): Promise<Buffer> {
  const workbook = new exceljs.Workbook();
  const { enterprise, item } = fieldsOf(kind);
  const stated = ROW_FIELDS.filter(({ key }) => key === 'source' || key === 'knownAt');
  const fields = [...enterprise, ...item, ...stated];
  const sheet = workbook.addWorksheet(kindLabel(kind), {
    views: [{ state: 'frozen', ySplit: 1, xSplit: 2 }],
  });
  const required = new Set(REQUIRED[kind].map((key) => [...item, ...enterprise].find((f) => f.key === key)!));
  sheet.columns = fields.map((field) => ({
    header: `${headerOf(field)}${required.has(field) ? '*' : ''}`,
    width: Math.max(12, [...headerOf(field)].length * 2 + 4),
    style: { numFmt: formatOf(field.type) },
  }));
  sheet.getRow(1).font = { bold: true };
  sheet.getRow(1).numFmt = '@';
  explain(workbook, kind, fields, required);
  addDropDowns(workbook, sheet, fields);
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

function formatOf(type: FieldType): string {
  if (type === 'money') return '#,##0.00';
  if (type === 'share') return '0.00%';
  if (type === 'whole' || type === 'persons' || type === 'points') return 'General';
  // Text: codes keep their digits, dates stay as they are typed.
  return '@';
}

function explain(
  workbook: exceljs.Workbook,
  kind: TableKind,
  fields: readonly FieldDefinition[],
  required: ReadonlySet<FieldDefinition>,
): void {
  const sheet = workbook.addWorksheet('填写说明');
  sheet.columns = [{ width: 34 }, { width: 8 }, { width: 28 }, { width: 90 }];
  const key =
    kind === 'enterprises'
      ? '统一社会信用代码是识别企业的依据。'
      : '企业可用统一社会信用代码或企业名称写明，写代码最稳妥；企业须已在库中。';
  const remarks = [
    `${kindLabel(kind)}导入模板。${key}`,
    '空白表示未知，0 表示就是零，两者不同；不适用或未报送可写“不适用”“未报送”，按未知处理。',
    '同一文件重复导入不改变任何内容；有误的行会连同原因写回一个工作簿，改好后可直接再导入。',
  ];
  for (const remark of remarks) sheet.addRow([remark]);
  sheet.addRow([]);
  sheet.addRow(['列', '必填', '格式', '说明']).font = { bold: true };
  for (const field of fields) {
    const choices =
      optionsOf(field)
        ?.map(({ label }) => label)
        .join('、') ?? '';
    sheet.addRow([
      headerOf(field),
      required.has(field) ? '是' : '',
      TYPE_WORDS[field.type],
      [field.hint, choices].filter(Boolean).join('；可选：'),
    ]);
  }
  sheet.getColumn(4).alignment = { wrapText: true, vertical: 'top' };
}

function optionsOf(field: FieldDefinition): readonly { readonly label: string }[] | null {
  if (field.type === 'flag') return [{ label: '是' }, { label: '否' }];
  if (field.type === 'scheme') return SCHEME_OPTIONS;
  return field.options ?? null;
}

/** The choices stand on a hidden sheet: written into the rule itself they may not exceed 255 characters. */
function addDropDowns(
  workbook: exceljs.Workbook,
  sheet: exceljs.Worksheet,
  fields: readonly FieldDefinition[],
): void {
  const choices = workbook.addWorksheet(OPTIONS_SHEET, { state: 'hidden' });
  let used = 0;
  fields.forEach((field, index) => {
    const options = optionsOf(field);
    if (!options) return;
    used += 1;
    const column = choices.getColumn(used);
    column.values = options.map(({ label }) => label);
    const range = `${OPTIONS_SHEET}!$${column.letter}$1:$${column.letter}$${options.length}`;
    for (let row = 2; row <= FILL_ROWS; row += 1) {
      sheet.getCell(row, index + 1).dataValidation = {
        type: 'list',
        allowBlank: true,
        formulae: [range],
        showErrorMessage: true,
        errorTitle: '请从下拉中选择',
        error: `${field.label}应为下拉所列之一`,
      };
    }
  });
}
