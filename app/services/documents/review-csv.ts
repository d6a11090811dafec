/** A review as one long table: a line for each figure, with its exact parts and its definition. Pure. */
import { cellText, definitionText, isFigure } from '../../pipeline/review/sheets.ts';
import { headLines, notedSheets, sealLine, type ReviewDocument } from '../../pipeline/review/document.ts';

/** Quoted where needed; a text that a spreadsheet would take for a formula is kept a text. */
function field(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) && !/^-?[\d,.]+%?$/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const line = (fields: readonly string[]) => fields.map(field).join(',');

/** UTF-8 with a byte order mark, by which Excel knows it; lines end as it wants them. */
export function reviewCsv(document: ReviewDocument): string {
  const { tables } = document;
  const lines = [
    ...headLines(document).map((text) => line(['说明', text])),
    line(['说明', sealLine(document)]),
    line(['表', '行', '列', '数值', '单位', '分子', '分母', '口径']),
  ];
  for (const sheet of notedSheets(document).sheets) {
    for (const row of sheet.rows) {
      const label = row
        .filter((cell, i) => !isFigure(cell) && !sheet.columns[i]!.num)
        .map(cellText)
        .join(' ');
      row.forEach((cell, i) => {
        if (!isFigure(cell)) return;
        lines.push(
          line([
            sheet.title,
            label,
            sheet.columns[i]!.label,
            cell.text,
            cell.unit,
            cell.value === null ? '' : String(cell.value),
            cell.over === undefined ? '' : String(cell.over),
            definitionText(tables, cell.definition),
          ]),
        );
      });
    }
  }
  return `\uFEFF${lines.join('\r\n')}\r\n`;
}
