/** A review as slides, 16:9, with tables and native charts that can be edited. */
import pptxgen from 'pptxgenjs';
import {
  cellText,
  columnShare,
  definitionText,
  definitionsOf,
  type ReviewSheet,
  type SheetChart,
} from '../../pipeline/review/sheets.ts';
import { headLines, notedSheets, sealLine, type ReviewDocument } from '../../pipeline/review/document.ts';

const FONT = '微软雅黑';
/** The tokens of the pages: ink, grey, accent, and a second colour that prints apart from the first. */
const [INK, GREY, ACCENT, SECOND, RULE] = ['141C27', '5C6878', '33459E', 'A84300', 'E1E4E9'];
const SERIES = [ACCENT, SECOND, '0B6E52', '8F2F6B'];

/** Inches: the page, and what stays free at its edges. */
const PAGE = { width: 13.333, height: 7.5, edge: 0.5 } as const;

function chartOn(
  slide: pptxgen.Slide,
  chart: SheetChart,
  place: { x: number; y: number; w: number; h: number },
): void {
  slide.addChart(
    'bar',
    chart.series.map(({ name, values }) => ({ name, labels: [...chart.categories], values: [...values] })),
    {
      ...place,
      barDir: 'col',
      barGapWidthPct: 60,
      chartColors: SERIES.slice(0, chart.series.length),
      showLegend: chart.series.length > 1,
      legendPos: 'b',
      legendFontFace: FONT,
      legendFontSize: 12,
      showValue: true,
      dataLabelFontFace: FONT,
      dataLabelFontSize: 11,
      dataLabelColor: INK,
      dataLabelFormatCode: '#,##0',
      catAxisLabelFontFace: FONT,
      catAxisLabelFontSize: 12,
      catAxisLabelColor: INK,
      valAxisHidden: true,
      valGridLine: { style: 'none' },
      altText: chart.title,
    },
  );
}

/** Slides with nothing but charts, one each: what the Word file takes its charts from. */
export async function chartSlides(charts: readonly SheetChart[]): Promise<Buffer> {
  const deck = new pptxgen();
  for (const chart of charts) chartOn(deck.addSlide(), chart, { x: 0.5, y: 0.5, w: 6, h: 3.2 });
  return (await deck.write({ outputType: 'nodebuffer' })) as Buffer;
}

const text = (slide: pptxgen.Slide, words: string, more: pptxgen.TextPropsOptions) =>
  slide.addText(words, { fontFace: FONT, color: INK, margin: 0, ...more });

/** Rows of a table that one slide holds; more go on the next. */
const ROWS = 12;

function tableOn(
  slide: pptxgen.Slide,
  sheet: ReviewSheet,
  rows: ReviewSheet['rows'],
  place: { x: number; y: number; w: number },
): void {
  const line = { type: 'solid' as const, pt: 0.5, color: RULE };
  const look = {
    fontFace: FONT,
    fontSize: sheet.columns.length > 8 ? 10 : 12,
    color: INK,
    valign: 'middle' as const,
  };
  const head = sheet.columns.map(({ label, num }) => ({
    text: label,
    options: {
      ...look,
      bold: true,
      align: num ? ('right' as const) : ('left' as const),
      fill: { color: 'F5F6F8' },
    },
  }));
  const body = rows.map((row) =>
    row.map((cell, i) => ({
      text: cellText(cell),
      options: {
        ...look,
        bold: sheet.totals.includes(sheet.rows.indexOf(row)),
        align: sheet.columns[i]!.num ? ('right' as const) : ('left' as const),
      },
    })),
  );
  const shares = sheet.columns.map(columnShare);
  const all = shares.reduce((sum, share) => sum + share, 0);
  slide.addTable([head, ...body], {
    ...place,
    colW: shares.map((share) => (share / all) * place.w),
    border: line,
    rowH: 0.3,
    margin: [0.02, 0.08, 0.02, 0.08],
  });
}

/** One sheet on as many slides as it takes; the chart stands beside the table of the first. */
function sheetSlides(deck: pptxgen, document: ReviewDocument, sheet: ReviewSheet): void {
  const { width, height, edge } = PAGE;
  const notes = definitionsOf(sheet).map((id) => definitionText(document.tables, id));
  for (let from = 0; from < sheet.rows.length; from += ROWS) {
    const slide = deck.addSlide();
    const rows = sheet.rows.slice(from, from + ROWS);
    text(slide, sheet.title + (from > 0 ? '（续）' : ''), {
      x: edge,
      y: 0.35,
      w: 9,
      h: 0.5,
      fontSize: 24,
      bold: true,
    });
    text(slide, document.tables.period.label, {
      x: 9.5,
      y: 0.35,
      w: width - 9.5 - edge,
      h: 0.5,
      fontSize: 14,
      color: GREY,
      align: 'right',
    });
    const beside = from === 0 ? sheet.chart : null;
    const free = width - 2 * edge;
    const wide = beside && sheet.columns.length <= 6;
    tableOn(slide, sheet, rows, { x: edge, y: 1.05, w: wide ? free * 0.5 : free });
    if (wide) chartOn(slide, beside, { x: edge + free * 0.53, y: 1.0, w: free * 0.47, h: 4.4 });
    // What is said of the figures is never cut: long definitions are set smaller.
    const said = notes.join('　');
    text(slide, said, {
      x: edge,
      y: height - 1.05,
      w: free,
      h: 0.75,
      fontSize: said.length > 900 ? 5 : said.length > 450 ? 7 : 9,
      color: GREY,
      valign: 'bottom',
    });
    text(slide, `口径：${document.tables.scope.words}`, {
      x: edge,
      y: height - 0.28,
      w: free,
      h: 0.2,
      fontSize: 8,
      color: GREY,
    });
    if (beside && !wide) chartSlide(deck, document, beside);
  }
}

function chartSlide(deck: pptxgen, document: ReviewDocument, chart: SheetChart): void {
  const { width, height, edge } = PAGE;
  const slide = deck.addSlide();
  text(slide, `${chart.title}（${chart.unit}）`, {
    x: edge,
    y: 0.35,
    w: width - 2 * edge,
    h: 0.5,
    fontSize: 24,
    bold: true,
  });
  chartOn(slide, chart, { x: edge, y: 1.0, w: width - 2 * edge, h: height - 1.6 });
  text(slide, `口径：${document.tables.scope.words}`, {
    x: edge,
    y: height - 0.28,
    w: width - 2 * edge,
    h: 0.2,
    fontSize: 8,
    color: GREY,
  });
}

function frontSlide(deck: pptxgen, document: ReviewDocument): void {
  const slide = deck.addSlide();
  const { width, edge } = PAGE;
  const w = width - 4 * edge;
  slide.addShape('rect', { x: 0, y: 0, w: 0.18, h: PAGE.height, fill: { color: ACCENT } });
  text(slide, document.title, { x: 2 * edge, y: 2.2, w, h: 1, fontSize: 40, bold: true });
  text(slide, headLines(document).join('\n'), {
    x: 2 * edge,
    y: 3.4,
    w,
    h: 1.4,
    fontSize: 16,
    color: GREY,
    paraSpaceAfter: 4,
  });
  text(slide, sealLine(document), { x: 2 * edge, y: 6.4, w, h: 0.6, fontSize: 11, color: GREY });
}

function wordsSlides(deck: pptxgen, { tables }: ReviewDocument): void {
  const { width, edge } = PAGE;
  for (const { heading, text: said } of tables.paragraphs) {
    const slide = deck.addSlide();
    text(slide, heading, { x: edge, y: 0.35, w: width - 2 * edge, h: 0.5, fontSize: 24, bold: true });
    text(slide, said, {
      x: edge,
      y: 1.1,
      w: width - 2 * edge,
      h: 5.6,
      fontSize: said.length > 400 ? 14 : 20,
      valign: 'top',
      lineSpacingMultiple: 1.3,
    });
  }
}

/** The bytes of the .pptx file. */
export async function reviewSlides(document: ReviewDocument): Promise<Buffer> {
  const deck = new pptxgen();
  deck.layout = 'LAYOUT_WIDE';
  deck.title = document.title;
  deck.author = '梯度';
  frontSlide(deck, document);
  wordsSlides(deck, document);
  for (const sheet of notedSheets(document).sheets) sheetSlides(deck, document, sheet);
  return (await deck.write({ outputType: 'nodebuffer' })) as Buffer;
}
