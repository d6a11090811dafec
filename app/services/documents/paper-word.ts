/** Papers (推荐表, 一企一页, the table of a batch) as Word documents, with the parts of every official document. */
import {
  AlignmentType,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  VerticalAlign,
  WidthType,
  type ISectionOptions,
} from 'docx';
import type { Paper, PaperBlock, PaperCell, PaperLook } from './paper.ts';
import {
  bodyText,
  BORDERS,
  firstHeading,
  FONT,
  run,
  secondHeading,
  SIZE,
  smallText,
  wordFile,
} from './word.ts';

const ALIGN = {
  left: AlignmentType.LEFT,
  center: AlignmentType.CENTER,
  right: AlignmentType.RIGHT,
} as const;

/** Letters of a paper that must fit a page: 三号 for the title, 五号 and 小五 below. */
const COMPACT = { title: SIZE.body, heading: SIZE.cell, cell: SIZE.small } as const;

function cell(of: string | PaperCell, width: number, head: boolean, size: number): TableCell {
  const { text, span = 1, bold = false, align, room = 0 } = typeof of === 'string' ? { text: of } : of;
  const lines = [...text.split('\n'), ...Array.from({ length: room }, () => '')];
  return new TableCell({
    width: { size: width, type: WidthType.PERCENTAGE },
    columnSpan: span,
    verticalAlign: room > 0 ? VerticalAlign.TOP : VerticalAlign.CENTER,
    margins: { left: 60, right: 60, top: 20, bottom: 20 },
    children: lines.map(
      (line) =>
        new Paragraph({
          alignment: head ? AlignmentType.CENTER : ALIGN[align ?? 'left'],
          children: [run(line, head || bold ? FONT.first : FONT.body, size)],
        }),
    ),
  });
}

function table(block: Extract<PaperBlock, { kind: 'table' }>, size: number): Table {
  const row = (cells: readonly (string | PaperCell)[], head: boolean) => {
    let at = 0;
    return new TableRow({
      tableHeader: head,
      cantSplit: true,
      children: cells.map((of) => {
        const span = typeof of === 'string' ? 1 : (of.span ?? 1);
        const width = block.widths.slice(at, at + span).reduce((sum, each) => sum + each, 0);
        at += span;
        return cell(of, width, head, size);
      }),
    });
  };
  return new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    borders: BORDERS,
    rows: [...(block.head ? [row(block.head, true)] : []), ...block.rows.map((cells) => row(cells, false))],
  });
}

function partOf(block: PaperBlock, compact: boolean): Paragraph | Table {
  if (block.kind === 'table') return table(block, compact ? COMPACT.cell : SIZE.cell);
  if (block.kind === 'note') return smallText(block.text);
  if (block.kind === 'text' && block.align)
    return new Paragraph({
      alignment: ALIGN[block.align],
      spacing: { before: 60, after: 100 },
      children: [run(block.text, FONT.body, compact ? COMPACT.heading : SIZE.table)],
    });
  if (compact)
    return new Paragraph({
      keepNext: block.kind === 'heading',
      spacing: { before: 60, after: 20 },
      children: [run(block.text, block.kind === 'heading' ? FONT.first : FONT.body, COMPACT.heading)],
    });
  if (block.kind === 'text') return bodyText(block.text);
  return block.level === 1 ? firstHeading(block.text) : secondHeading(block.text);
}

/** The title of a paper; every paper but the first begins a page. */
const title = (text: string, i: number, compact: boolean) =>
  new Paragraph({
    alignment: AlignmentType.CENTER,
    pageBreakBefore: i > 0,
    spacing: { after: compact ? 80 : 240 },
    children: [run(text, FONT.title, compact ? COMPACT.title : SIZE.title)],
  });

/** Papers one after the other as one document, each on pages of its own. */
export function wordOf(papers: readonly Paper[], look: PaperLook = {}): Promise<Buffer> {
  const { compact = false, landscape = false } = look;
  const children: ISectionOptions['children'] = papers.flatMap((paper, i) => [
    title(paper.title, i, compact),
    ...paper.blocks.map((block) => partOf(block, compact)),
  ]);
  return wordFile({ title: papers[0]?.title ?? '', children, landscape, narrow: compact || landscape });
}

/** Headers of a Word document handed out by a page. */
export const wordHeaders = (name: string): Record<string, string> => ({
  'Content-Type': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
  'Cache-Control': 'no-store',
});
