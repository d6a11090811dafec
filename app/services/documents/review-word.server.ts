/** A review as an official document in Word: text, tables with their definitions as footnotes, native charts. */
import { cellText, columnShare } from '../../pipeline/review/sheets.ts';
import { addCharts, chartPlace } from './word-charts.server.ts';
import { headLines, notedSheets, sealLine, type ReviewDocument } from '../../pipeline/review/document.ts';
import {
  bodyText,
  firstHeading,
  smallText,
  tableTitle,
  titleLine,
  underTitle,
  wordFile,
  wordTable,
  type FootnoteMark,
} from './word.ts';

const NUMERALS = '一二三四五六七八九十';

/** 一 … 十, 十一 …: as headings are numbered. */
export function numeral(n: number): string {
  if (n <= 10) return NUMERALS[n - 1]!;
  const tens = Math.floor(n / 10);
  const ones = n % 10;
  return `${tens > 1 ? NUMERALS[tens - 1] : ''}十${ones ? NUMERALS[ones - 1] : ''}`;
}

/** Marks of footnotes, each set where it comes first in the document. */
function markOnce(): (numbers: readonly number[]) => FootnoteMark[] {
  const set = new Set<number>();
  return (numbers) =>
    numbers.map((number) => {
      const first = !set.has(number);
      set.add(number);
      return { number, first };
    });
}

/** The bytes of the .docx file. */
export async function reviewWord(document: ReviewDocument): Promise<Buffer> {
  const { tables, title, corrections } = document;
  const { sheets, footnotes } = notedSheets(document);
  const headings = tables.paragraphs.flatMap(({ heading, text }, i) => [
    firstHeading(`${numeral(i + 1)}、${heading}`),
    ...text.split('\n').map(bodyText),
  ]);
  const marks = markOnce();
  const after = tables.paragraphs.length;
  const charts = sheets.flatMap(({ chart }) => (chart ? [chart] : []));
  const file = await wordFile({
    title,
    footnotes,
    children: [
      titleLine(title),
      underTitle(`（${tables.period.label}）`),
      ...headLines(document).map(bodyText),
      smallText(sealLine(document)),
      ...headings,
      firstHeading(`${numeral(after + 1)}、附表`, true),
      ...sheets.flatMap((sheet, i) => [
        tableTitle(`表${i + 1}　${sheet.title}`, marks(sheet.footnotes)),
        wordTable(
          sheet.columns.map((column, k) => ({
            label: column.label,
            num: column.num,
            width: columnShare(column, k),
          })),
          sheet.rows.map((row) => row.map(cellText)),
        ),
        ...(sheet.chart ? [tableTitle(sheet.chart.title), chartPlace(charts.indexOf(sheet.chart))] : []),
      ]),
      ...(corrections.length === 0
        ? []
        : [
            firstHeading(`${numeral(after + 2)}、封存后的更正`),
            wordTable(
              [
                { label: '数字', width: 2 },
                { label: '封存时', num: true },
                { label: '现为', num: true },
                { label: '原因', width: 3 },
              ],
              corrections.map(({ label, before, after: now, reason }) => [label, before, now, reason]),
            ),
          ]),
      ...tables.notes.map((note) => smallText(`注：${note}`)),
    ],
  });
  return addCharts(file, charts);
}
