/** The report as a Word document, made in the browser; loaded only when somebody asks for it. */
import {
  AlignmentType,
  Document,
  Footer,
  HeadingLevel,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
  type IRunOptions,
} from 'docx';
import { DISCLAIMER } from './assess-frame.tsx';
import type { Report } from './assess-report.ts';

/** Sizes in half points: 二号 22 pt, 三号 16 pt, 小四 12 pt, 五号 10.5 pt. */
const SIZE = { title: 44, heading: 28, body: 24, cell: 21 } as const;

const run = (text: string, eastAsia: string, size: number, more: Partial<IRunOptions> = {}) =>
  new TextRun({
    text,
    size,
    font: { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia },
    ...more,
  });
const song = (text: string, size: number = SIZE.body) => run(text, '仿宋', size);

const cell = (lines: readonly string[], width: number, bold = false) =>
  new TableCell({
    width: { size: width, type: WidthType.PERCENTAGE },
    children: lines.map(
      (line) => new Paragraph({ children: [run(line, bold ? '黑体' : '仿宋', SIZE.cell, { bold })] }),
    ),
  });

const table = (widths: readonly number[], rows: readonly (readonly (readonly string[])[])[]) =>
  new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    rows: rows.map(
      (row, i) =>
        new TableRow({
          tableHeader: i === 0,
          cantSplit: true,
          children: row.map((lines, k) => cell(lines, widths[k]!, i === 0)),
        }),
    ),
  });

const heading = (text: string) =>
  new Paragraph({
    heading: HeadingLevel.HEADING_1,
    spacing: { before: 200, after: 100 },
    children: [run(text, '黑体', SIZE.heading, { color: '000000' })],
  });

const paragraph = (text: string) => new Paragraph({ spacing: { before: 100 }, children: [song(text)] });

export function wordOf({ day, counts, rows, figures, calls, entered }: Report): Promise<Blob> {
  const summary = counts.map(({ label, count }) => `${label} ${count} 项`).join('，');
  const document = new Document({
    sections: [
      {
        properties: {
          page: {
            size: { width: 11906, height: 16838 },
            margin: { top: 1134, bottom: 1134, left: 1134, right: 1134 },
          },
        },
        footers: {
          default: new Footer({
            children: [
              new Paragraph({
                alignment: AlignmentType.CENTER,
                children: [
                  song(`${DISCLAIMER}　`, SIZE.cell),
                  new TextRun({ children: ['— ', PageNumber.CURRENT, ' —'], size: SIZE.cell }),
                ],
              }),
            ],
          }),
        },
        children: [
          new Paragraph({
            alignment: AlignmentType.CENTER,
            spacing: { after: 200 },
            children: [run('企业资质自测报告', '方正小标宋简体', SIZE.title)],
          }),
          new Paragraph({ children: [song(`按 ${day} 适用的规则测算。${summary}。${DISCLAIMER}。`)] }),
          heading('一、结论与差距'),
          table(
            [22, 12, 66],
            [
              [['称号'], ['结论'], ['尚未满足的条件']],
              ...rows.map((row) => [
                [row.title, row.rule],
                [row.standing],
                row.points.length === 0
                  ? ['各项条件均满足']
                  : [...row.points, ...(row.more > 0 ? [`另有 ${row.more} 项`] : [])],
              ]),
            ],
          ),
          ...(calls.length > 0 ? [paragraph(`适合的申报：${calls.join('；')}。`)] : []),
          ...(entered.length > 0 ? [paragraph(`由本系统运营方录入的数值：${entered.join('；')}。`)] : []),
          heading('二、所依据的填报数据'),
          table([60, 40], [[['项目'], ['填报']], ...figures.map(({ label, value }) => [[label], [value]])]),
        ],
      },
    ],
  });
  return Packer.toBlob(document);
}
