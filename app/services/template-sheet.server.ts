/** A workbook to fill in: a sheet with drop-downs and formats, and one that explains every column. */
import exceljs from 'exceljs';

export interface TemplateColumn {
  readonly header: string;
  readonly required: boolean;
  /** How a cell is to be written: 日期，如 2026-04-01. */
  readonly form: string;
  readonly hint?: string;
  /** What may be chosen; null for free text. */
  readonly options: readonly string[] | null;
  /** Excel number format; `@` keeps codes and dates as they are typed. */
  readonly format: string;
}

export interface Template {
  /** Name of the sheet to fill in. */
  readonly name: string;
  readonly columns: readonly TemplateColumn[];
  /** What is to be known of the whole table, line by line. */
  readonly remarks: readonly string[];
}

/** Rows of a template that carry drop-downs and formats. */
const FILL_ROWS = 2000;
const OPTIONS_SHEET = '选项';

/** The template as the bytes of an xlsx file. */
export async function templateWorkbook(template: Template): Promise<Buffer> {
  const workbook = new exceljs.Workbook();
  const sheet = workbook.addWorksheet(template.name, {
    views: [{ state: 'frozen', ySplit: 1, xSplit: 2 }],
  });
  sheet.columns = template.columns.map(({ header, required, format }) => ({
    header: `${header}${required ? '*' : ''}`,
    width: Math.max(12, [...header].length * 2 + 4),
    style: { numFmt: format },
  }));
  sheet.getRow(1).font = { bold: true };
  sheet.getRow(1).numFmt = '@';
  explain(workbook, template);
  addDropDowns(workbook, sheet, template.columns);
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

function explain(workbook: exceljs.Workbook, { columns, remarks }: Template): void {
  const sheet = workbook.addWorksheet('填写说明');
  sheet.columns = [{ width: 34 }, { width: 8 }, { width: 28 }, { width: 90 }];
  for (const remark of remarks) sheet.addRow([remark]);
  sheet.addRow([]);
  sheet.addRow(['列', '必填', '格式', '说明']).font = { bold: true };
  for (const { header, required, form, hint, options } of columns) {
    const choices = options?.join('、') ?? '';
    sheet.addRow([header, required ? '是' : '', form, [hint, choices].filter(Boolean).join('；可选：')]);
  }
  sheet.getColumn(4).alignment = { wrapText: true, vertical: 'top' };
}

/** The choices stand on a hidden sheet: written into the rule itself they may not exceed 255 characters. */
function addDropDowns(
  workbook: exceljs.Workbook,
  sheet: exceljs.Worksheet,
  columns: readonly TemplateColumn[],
): void {
  const choices = workbook.addWorksheet(OPTIONS_SHEET, { state: 'hidden' });
  let used = 0;
  columns.forEach(({ header, options }, index) => {
    if (!options || options.length === 0) return;
    used += 1;
    const column = choices.getColumn(used);
    column.values = [...options];
    const range = `${OPTIONS_SHEET}!$${column.letter}$1:$${column.letter}$${options.length}`;
    for (let row = 2; row <= FILL_ROWS; row += 1) {
      sheet.getCell(row, index + 1).dataValidation = {
        type: 'list',
        allowBlank: true,
        formulae: [range],
        showErrorMessage: true,
        errorTitle: '请从下拉中选择',
        error: `${header}应为下拉所列之一`,
      };
    }
  });
}
