/**
 * Native charts in a Word file: editable, and the same in Word, WPS and LibreOffice. The chart parts are those that
 * pptxgenjs writes for slides; they are moved into the document, each with the workbook that holds its figures.
 */
import { Paragraph, TextRun } from 'docx';
import JSZip from 'jszip';
import type { SheetChart } from '../../pipeline/review/sheets.ts';
import { chartSlides } from './review-slides.server.ts';

/** Text that stands where a chart is put; private-use characters, so that nobody's words are taken for it. */
const mark = (index: number) => `\uE000chart${index}\uE001`;

/** The paragraph that becomes the chart. */
export const chartPlace = (index: number): Paragraph =>
  new Paragraph({ children: [new TextRun(mark(index))] });

/** 360,000 EMU a centimetre: 15 cm × 8 cm, the width of the text. */
const [WIDTH, HEIGHT] = [15 * 360_000, 8 * 360_000];

const drawing = (index: number, title: string) =>
  `<w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0">` +
  `<wp:extent cx="${WIDTH}" cy="${HEIGHT}"/><wp:docPr id="${9000 + index}" name="chart${index}" descr="${escaped(title)}"/>` +
  `<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">` +
  `<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="rIdChart${index}"/>` +
  `</a:graphicData></a:graphic></wp:inline></w:drawing>`;

const escaped = (text: string) => text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);

const CHART_TYPE = 'application/vnd.openxmlformats-officedocument.drawingml.chart+xml';
const SHEET_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const CHART_RELATION = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/chart';

async function textOf(zip: JSZip, name: string): Promise<string> {
  const entry = zip.file(name);
  if (!entry) throw new Error(`${name} is missing`);
  return entry.async('string');
}

/** The numbers of the chart parts, in the order in which they were made. */
const partsOf = (slides: JSZip): number[] =>
  Object.keys(slides.files)
    .flatMap((name) => /^ppt\/charts\/chart(\d+)\.xml$/.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b);

/** Puts charts where {@link chartPlace} marked their places. */
export async function addCharts(word: Buffer, charts: readonly SheetChart[]): Promise<Buffer> {
  if (charts.length === 0) return word;
  const [zip, slides] = await Promise.all([
    JSZip.loadAsync(word),
    chartSlides(charts).then((file) => JSZip.loadAsync(file)),
  ]);
  let body = await textOf(zip, 'word/document.xml');
  let relations = await textOf(zip, 'word/_rels/document.xml.rels');
  let types = await textOf(zip, '[Content_Types].xml');
  const add = (text: string, end: string, part: string) => text.replace(end, `${part}${end}`);
  const parts = partsOf(slides);
  for (const [index, chart] of charts.entries()) {
    // The library numbers its charts on and on while the program runs.
    const number = parts[index]!;
    const part = await textOf(slides, `ppt/charts/chart${number}.xml`);
    const own = await textOf(slides, `ppt/charts/_rels/chart${number}.xml.rels`);
    const book = /Target="(\.\.\/embeddings\/[^"]+)"/.exec(own)?.[1];
    if (!book) throw new Error(`chart ${number} has no workbook`);
    const name = book.slice('../embeddings/'.length);
    zip.file(`word/charts/chart${number}.xml`, part);
    zip.file(`word/charts/_rels/chart${number}.xml.rels`, own);
    zip.file(`word/embeddings/${name}`, await slides.file(`ppt/embeddings/${name}`)!.async('nodebuffer'));
    relations = add(
      relations,
      '</Relationships>',
      `<Relationship Id="rIdChart${index}" Type="${CHART_RELATION}" Target="charts/chart${number}.xml"/>`,
    );
    types = add(
      types,
      '</Types>',
      `<Override PartName="/word/charts/chart${number}.xml" ContentType="${CHART_TYPE}"/>`,
    );
    body = body.replace(new RegExp(`<w:t[^>]*>${mark(index)}</w:t>`), drawing(index, chart.title));
  }
  if (!types.includes('Extension="xlsx"')) {
    types = types.replace(/(<Types[^>]*>)/, `$1<Default Extension="xlsx" ContentType="${SHEET_TYPE}"/>`);
  }
  zip.file('word/document.xml', body);
  zip.file('word/_rels/document.xml.rels', relations);
  zip.file('[Content_Types].xml', types);
  return zip.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' });
}
