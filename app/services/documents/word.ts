/**
 * The parts of an official document after GB/T 9704—2012 as Word has them: A4, 仿宋 三号 for the text, 小标宋 二号 for
 * the title, 黑体 一、 and 楷体 （一） for headings, tables whose head repeats, page numbers at the foot. The East Asian
 * font stands on every run: Word takes another one otherwise.
 */
import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  FootnoteReferenceRun,
  LineRuleType,
  Packer,
  PageNumber,
  PageOrientation,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  VerticalAlign,
  WidthType,
  type IRunOptions,
  type ISectionOptions,
} from 'docx';

/** Sizes in half points: 二号, 三号, 四号, 小四, 五号, 小五. */
export const SIZE = { title: 44, body: 32, page: 28, table: 24, cell: 21, small: 18 } as const;

/** Names that Word and WPS know; a machine without them falls back to its own of the kind. */
export const FONT = {
  title: '方正小标宋简体',
  body: '仿宋_GB2312',
  first: '黑体',
  second: '楷体_GB2312',
} as const;

/** Twentieths of a point. */
const TWIPS_PER_MM = 1440 / 25.4;
const mm = (length: number) => Math.round(length * TWIPS_PER_MM);
/** 22 lines on the 225 mm of the type area. */
const LINE = { line: mm(225 / 22), lineRule: LineRuleType.EXACTLY } as const;

export const run = (text: string, font: string, size: number, more: Partial<IRunOptions> = {}): TextRun =>
  new TextRun({
    text,
    size,
    font: { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: font, hint: 'eastAsia' },
    ...more,
  });

/** The title: 小标宋 二号, centred. */
export const titleLine = (text: string): Paragraph =>
  new Paragraph({
    alignment: AlignmentType.CENTER,
    spacing: { after: 200, ...LINE, line: mm(14) },
    children: [run(text, FONT.title, SIZE.title)],
  });

/** A line in the middle under the title: the date, 数据截至. */
export const underTitle = (text: string): Paragraph =>
  new Paragraph({
    alignment: AlignmentType.CENTER,
    spacing: LINE,
    children: [run(text, FONT.second, SIZE.body)],
  });

/** 一、 in 黑体. The number stands in the text. */
export const firstHeading = (text: string, onNewPage = false): Paragraph =>
  new Paragraph({
    keepNext: true,
    pageBreakBefore: onNewPage,
    spacing: LINE,
    indent: { firstLine: 2 * 10 * SIZE.body },
    outlineLevel: 0,
    children: [run(text, FONT.first, SIZE.body)],
  });

/** （一） in 楷体. The number stands in the text. */
export const secondHeading = (text: string): Paragraph =>
  new Paragraph({
    keepNext: true,
    spacing: LINE,
    indent: { firstLine: 2 * 10 * SIZE.body },
    outlineLevel: 1,
    children: [run(text, FONT.second, SIZE.body)],
  });

/** A paragraph of the text: 仿宋 三号, two characters in. */
export const bodyText = (text: string): Paragraph =>
  new Paragraph({
    alignment: AlignmentType.BOTH,
    spacing: LINE,
    indent: { firstLine: 2 * 10 * SIZE.body },
    children: [run(text, FONT.body, SIZE.body)],
  });

/** A small line: notes under a table, the seal. */
export const smallText = (text: string): Paragraph =>
  new Paragraph({ spacing: { before: 40, after: 40 }, children: [run(text, FONT.body, SIZE.cell)] });

/** A footnote of a table's head: set where it is `first`, later only its number. */
export interface FootnoteMark {
  readonly number: number;
  readonly first: boolean;
}

const footnoteMark = ({ number, first }: FootnoteMark) =>
  // Word numbers references by itself and would count a second one to the same note on.
  first ? new FootnoteReferenceRun(number) : run(String(number), FONT.body, SIZE.body, { superScript: true });

/** The head of a table, with the numbers of its footnotes. */
export const tableTitle = (text: string, footnotes: readonly FootnoteMark[] = []): Paragraph =>
  new Paragraph({
    keepNext: true,
    alignment: AlignmentType.CENTER,
    spacing: { before: 240, after: 80 },
    children: [
      run(text, FONT.first, SIZE.table),
      ...footnotes.flatMap((mark, i) => [
        ...(i > 0 ? [run(',', FONT.body, SIZE.body, { superScript: true })] : []),
        footnoteMark(mark),
      ]),
    ],
  });

export interface WordColumn {
  readonly label: string;
  /** Figures stand right. */
  readonly num?: boolean;
  /** Share of the width; equal where absent. */
  readonly width?: number;
}

/** Thin grey lines all around. */
const LINE_OF_TABLE = { style: BorderStyle.SINGLE, size: 4, color: '808080' } as const;
export const BORDERS = {
  top: LINE_OF_TABLE,
  bottom: LINE_OF_TABLE,
  left: LINE_OF_TABLE,
  right: LINE_OF_TABLE,
  insideHorizontal: LINE_OF_TABLE,
  insideVertical: LINE_OF_TABLE,
} as const;

function cell(text: string, look: { num: boolean; head: boolean; size: number; width: number }): TableCell {
  const lines = text.split('\n');
  return new TableCell({
    width: { size: look.width, type: WidthType.PERCENTAGE },
    verticalAlign: VerticalAlign.CENTER,
    margins: { left: 60, right: 60, top: 20, bottom: 20 },
    children: lines.map(
      (line) =>
        new Paragraph({
          alignment: look.head ? AlignmentType.CENTER : look.num ? AlignmentType.RIGHT : AlignmentType.LEFT,
          children: [run(line, look.head ? FONT.first : FONT.body, look.size)],
        }),
    ),
  });
}

/** A table whose head repeats on every page and whose rows are not parted; many columns are set smaller. */
export function wordTable(columns: readonly WordColumn[], rows: readonly (readonly string[])[]): Table {
  const size = columns.length > 8 ? SIZE.small : SIZE.cell;
  const shares = columns.map((column) => column.width ?? 1);
  const all = shares.reduce((sum, share) => sum + share, 0);
  const row = (cells: readonly string[], head: boolean) =>
    new TableRow({
      tableHeader: head,
      cantSplit: true,
      children: cells.map((text, i) =>
        cell(text, { head, size, num: columns[i]?.num === true, width: ((shares[i] ?? 1) / all) * 100 }),
      ),
    });
  return new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    borders: BORDERS,
    rows: [
      row(
        columns.map(({ label }) => label),
        true,
      ),
      ...rows.map((cells) => row(cells, false)),
    ],
  });
}

/** — 1 — at the foot, as official documents have it. */
const pageFoot = () =>
  new Footer({
    children: [
      new Paragraph({
        alignment: AlignmentType.CENTER,
        children: [
          run('— ', '宋体', SIZE.page),
          new TextRun({ children: [PageNumber.CURRENT], size: SIZE.page }),
          run(' —', '宋体', SIZE.page),
        ],
      }),
    ],
  });

export interface WordDocument {
  readonly title: string;
  readonly children: ISectionOptions['children'];
  readonly landscape?: boolean;
  /** Narrow margins, for forms that must fit a page. */
  readonly narrow?: boolean;
  /** Text of each footnote, from 1 on. */
  readonly footnotes?: readonly string[];
}

/** The document as the bytes of a .docx file. */
export function wordFile({
  title,
  children,
  landscape = false,
  narrow = false,
  footnotes = [],
}: WordDocument): Promise<Buffer> {
  const margin = narrow
    ? { top: mm(15), bottom: mm(17), left: mm(16), right: mm(16) }
    : landscape
      ? { top: mm(28), bottom: mm(26), left: mm(25), right: mm(25) }
      : { top: mm(37), bottom: mm(35), left: mm(28), right: mm(26) };
  const document = new Document({
    title,
    creator: '梯度',
    description: title,
    styles: { default: { document: { run: { font: FONT.body, size: SIZE.body } } } },
    footnotes: Object.fromEntries(
      footnotes.map((text, i) => [
        i + 1,
        { children: [new Paragraph({ children: [run(text, FONT.body, SIZE.small)] })] },
      ]),
    ),
    sections: [
      {
        properties: {
          page: {
            size: {
              width: mm(210),
              height: mm(297),
              orientation: landscape ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT,
            },
            margin: { ...margin, footer: narrow ? mm(8) : mm(20) },
          },
        },
        footers: { default: pageFoot() },
        children,
      },
    ],
  });
  return Packer.toBuffer(document);
}
