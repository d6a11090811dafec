/** A review as a workbook: figures as numbers, what follows from others as live formulas, definitions on a sheet of their own. */
import exceljs from 'exceljs';
import {
  cellText,
  isFigure,
  type Formula,
  type Place,
  type SheetCell,
} from '../../pipeline/review/sheets.ts';
import type { Figure } from '../../pipeline/review/tables.ts';
import {
  headLines,
  notedSheets,
  sealLine,
  type NotedSheet,
  type ReviewDocument,
} from '../../pipeline/review/document.ts';

/** Rows above the head of a table: its title, the scope, a blank one. */
const ABOVE = 3;

const letter = (column: number): string =>
  column < 26 ? String.fromCharCode(65 + column) : letter(Math.floor(column / 26) - 1) + letter(column % 26);
const address = ([row, column]: Place) => `${letter(column)}${row + ABOVE + 2}`;

function formulaText(formula: Formula): string {
  switch (formula.kind) {
    case 'ratio':
      return `IF(${address(formula.whole)}=0,"—",${address(formula.part)}/${address(formula.whole)})`;
    case 'change':
      return `IF(${address(formula.before)}<=0,"—",${address(formula.now)}/${address(formula.before)}-1)`;
    case 'signed':
      return formula.terms
        .map(({ at, sign }, i) => `${sign < 0 ? '-' : i > 0 ? '+' : ''}${address(at)}`)
        .join('');
    case 'sum':
      return `SUM(${address(formula.from)}:${address(formula.to)})`;
  }
}

/** Excel's number format for a figure: as many places as it is printed with, and the signs of print. */
function formatOf({ unit, text }: Figure, signed: boolean): string {
  const places = /\.(\d+)/.exec(text)?.[1]?.length ?? 0;
  const decimals = places > 0 ? `.${'0'.repeat(places)}` : '';
  const plain = unit === '%' ? `0${decimals}%` : `#,##0${decimals}`;
  return signed ? `+${plain};−${plain};${plain}` : `${plain};−${plain}`;
}

const numberOf = ({ value, over }: Figure): number | null =>
  value === null ? null : over === undefined ? value : value / over;

function fill(cell: exceljs.Cell, content: SheetCell, formula: Formula | undefined): void {
  const number = isFigure(content) ? numberOf(content) : null;
  if (!isFigure(content) || number === null) {
    cell.value = cellText(content);
    if (isFigure(content)) cell.alignment = { horizontal: 'right' };
    return;
  }
  cell.value = formula ? { formula: formulaText(formula), result: number } : number;
  cell.numFmt = formatOf(content, formula?.kind === 'change' || /^[+−]/.test(content.text));
  cell.alignment = { horizontal: 'right' };
}

/** A4 across, as wide as the page. */
const ON_PAPER = { orientation: 'landscape', paperSize: 9, fitToPage: true, fitToHeight: 0 } as const;

/** Names of sheets may not hold some characters, and no more than 31 of any. */
const sheetName = (title: string, index: number) =>
  `${index + 1} ${title.replace(/[[\]:*?/\\]/g, ' ')}`.slice(0, 31);

function addSheet(book: exceljs.Workbook, sheet: NotedSheet, index: number, document: ReviewDocument): void {
  const page = book.addWorksheet(sheetName(sheet.title, index), {
    views: [{ state: 'frozen', xSplit: 1, ySplit: ABOVE + 1 }],
    pageSetup: { ...ON_PAPER, printTitlesRow: `${ABOVE + 1}:${ABOVE + 1}` },
    headerFooter: { oddFooter: '&C第 &P 页，共 &N 页' },
  });
  page.getCell('A1').value = `${sheet.title}　${document.tables.period.label}`;
  page.getCell('A1').font = { bold: true, size: 14 };
  page.getCell('A2').value =
    `口径：${document.tables.scope.words}；指标定义见“口径”表第 ${sheet.footnotes.join('、')} 条`;
  page.getCell('A2').font = { color: { argb: 'FF5C6878' }, size: 9 };
  const head = page.getRow(ABOVE + 1);
  sheet.columns.forEach(({ label, num, wide }, i) => {
    const cell = head.getCell(i + 1);
    cell.value = label;
    cell.font = { bold: true };
    cell.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFF1F3F5' } };
    cell.alignment = { horizontal: num ? 'right' : 'left', vertical: 'middle', wrapText: true };
    page.getColumn(i + 1).width = i === 0 ? 26 : wide ? 60 : Math.max(11, [...label].length * 2 + 2);
  });
  sheet.rows.forEach((cells, row) => {
    const line = page.getRow(row + ABOVE + 2);
    cells.forEach((content, column) =>
      fill(line.getCell(column + 1), content, sheet.formulas[`${row}:${column}`]),
    );
    if (sheet.totals.includes(row)) line.font = { bold: true };
  });
}

function addDefinitions(
  book: exceljs.Workbook,
  document: ReviewDocument,
  footnotes: readonly string[],
): void {
  const page = book.addWorksheet('口径', { pageSetup: ON_PAPER });
  page.columns = [{ width: 8 }, { width: 120 }];
  const lines: [string | number, string][] = [
    ['', document.title],
    ...headLines(document).map((line): [string, string] => ['', line]),
    ['', sealLine(document)],
    ...footnotes.map((text, i): [number, string] => [i + 1, text]),
    ...document.tables.notes.map((note): [string, string] => ['注', note]),
  ];
  for (const line of lines) page.addRow(line).getCell(2).alignment = { wrapText: true };
}

function addCorrections(book: exceljs.Workbook, { corrections }: ReviewDocument): void {
  if (corrections.length === 0) return;
  const page = book.addWorksheet('封存后的更正', { pageSetup: ON_PAPER });
  page.columns = [{ width: 36 }, { width: 14 }, { width: 14 }, { width: 60 }];
  page.addRow(['数字', '封存时', '现为', '原因']).font = { bold: true };
  for (const { label, before, after, reason } of corrections) page.addRow([label, before, after, reason]);
}

/** The bytes of the .xlsx file. */
export async function reviewWorkbook(document: ReviewDocument): Promise<Buffer> {
  const book = new exceljs.Workbook();
  book.creator = '梯度';
  book.title = document.title;
  book.calcProperties.fullCalcOnLoad = true;
  const { sheets, footnotes } = notedSheets(document);
  sheets.forEach((sheet, index) => addSheet(book, sheet, index, document));
  addCorrections(book, document);
  addDefinitions(book, document, footnotes);
  return Buffer.from(await book.xlsx.writeBuffer());
}
