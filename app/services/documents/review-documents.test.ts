import exceljs from 'exceljs';
import JSZip from 'jszip';
import { describe, expect, test } from 'vitest';
import { REVIEW } from '../../../tests/review-tables.ts';
import { isFigure, sheetsOf } from '../../pipeline/review/sheets.ts';
import { reviewCsv } from './review-csv.ts';
import type { ReviewDocument } from '../../pipeline/review/document.ts';
import { reviewSlides } from './review-slides.server.ts';
import { numeral, reviewWord } from './review-word.server.ts';
import { reviewWorkbook } from './review-workbook.server.ts';

const SEALED: ReviewDocument = {
  title: '2021年四季度梯次培育复盘',
  tables: REVIEW,
  seal: {
    seq: 3,
    keyId: 'k1',
    mac: 'ab'.repeat(32),
    sealedBy: '何示例',
    sealedAt: '2022-01-06T02:00:00.000Z',
    state: 'genuine',
  },
  corrections: [{ label: '高企期末', before: '580', after: '579', reason: '撤销公告迟到' }],
};
const DRAFT: ReviewDocument = { ...SEALED, seal: null, corrections: [] };

const printed = [
  ...new Set(
    sheetsOf(REVIEW).flatMap(({ rows }) =>
      rows
        .flat()
        .filter(isFigure)
        .map(({ text }) => text),
    ),
  ),
];
const part = async (file: Buffer, name: string) => (await JSZip.loadAsync(file)).file(name)?.async('string');
/** The words of an Office part, without its markup. */
const wordsOf = (xml: string) => xml.replace(/(<[^>]+>)+/g, '\u0001');

describe('Word', () => {
  test('prints every figure, every paragraph, the scope, the seal and what was corrected', async () => {
    const words = wordsOf((await part(await reviewWord(SEALED), 'word/document.xml'))!);
    for (const text of printed) expect(words).toContain(`\u0001${text}\u0001`);
    for (const { text } of REVIEW.paragraphs) expect(words).toContain(text);
    expect(words).toContain(REVIEW.scope.words);
    expect(words).toContain('ab'.repeat(32));
    expect(words).toContain('撤销公告迟到');
    expect(words).not.toContain('未封存');
    expect(wordsOf((await part(await reviewWord(DRAFT), 'word/document.xml'))!)).toContain('未封存');
  });

  test('says of a seal that it does not hold, or cannot be verified', async () => {
    const line = async (state: 'altered' | 'keyless') =>
      wordsOf(
        (await part(await reviewWord({ ...SEALED, seal: { ...SEALED.seal!, state } }), 'word/document.xml'))!,
      );
    const altered = await line('altered');
    expect(altered).toContain('核验不符');
    expect(altered).not.toContain('已封存');
    expect(await line('keyless')).toContain('未能核验');
    expect(wordsOf((await part(await reviewWord(SEALED), 'word/document.xml'))!)).not.toContain('未能核验');
  });

  test('defines its figures in footnotes, each once, and refers to them', async () => {
    const file = await reviewWord(SEALED);
    const notes = (await part(file, 'word/footnotes.xml'))!;
    for (const { label } of REVIEW.definitions) expect(notes.split(`${label}：`)).toHaveLength(2);
    const references =
      (await part(file, 'word/document.xml'))!.match(/<w:footnoteReference w:id="\d+"/g) ?? [];
    // One reference to each: Word counts a second one as another note.
    expect(references).toEqual(REVIEW.definitions.map((_each, i) => `<w:footnoteReference w:id="${i + 1}"`));
  });

  test('sets text and title as official documents do, with the East Asian font on every run', async () => {
    const xml = (await part(await reviewWord(SEALED), 'word/document.xml'))!;
    for (const run of xml.match(/<w:r>.*?<\/w:r>/gs) ?? []) {
      if (/<w:t[ >]/.test(run))
        expect(run).toMatch(/w:eastAsia="(方正小标宋简体|仿宋_GB2312|黑体|楷体_GB2312|宋体)"/);
    }
    expect(xml).toMatch(/w:eastAsia="方正小标宋简体"[^>]*\/>.*?<w:sz w:val="44"\/>/s);
    expect(xml).toMatch(/w:eastAsia="仿宋_GB2312"[^>]*\/>.*?<w:sz w:val="32"\/>/s);
    expect(xml).toContain('<w:tblHeader/>');
  });

  test('holds native charts with the workbooks of their figures, and no mark left over', async () => {
    const file = await reviewWord(SEALED);
    const zip = await JSZip.loadAsync(file);
    const charts = sheetsOf(REVIEW).filter(({ chart }) => chart).length;
    expect(charts).toBeGreaterThan(0);
    const xml = (await part(file, 'word/document.xml'))!;
    expect(xml.match(/<c:chart /g)).toHaveLength(charts);
    expect(xml).not.toMatch(/[\uE000\uE001]/);
    expect(Object.keys(zip.files).filter((name) => /^word\/charts\/chart\d+\.xml$/.test(name))).toHaveLength(
      charts,
    );
    expect(Object.keys(zip.files).filter((name) => /word\/embeddings\/.+\.xlsx$/.test(name))).toHaveLength(
      charts,
    );
  });

  test('numbers its headings', () => {
    expect([1, 10, 11, 20, 21].map(numeral)).toEqual(['一', '十', '十一', '二十', '二十一']);
  });
});

describe('the workbook', () => {
  const read = async (document: ReviewDocument) => {
    const book = new exceljs.Workbook();
    await book.xlsx.load((await reviewWorkbook(document)) as unknown as ArrayBuffer);
    return book;
  };

  test('has figures as numbers, exactly, and what follows from them as formulas', async () => {
    const book = await read(SEALED);
    sheetsOf(REVIEW).forEach((sheet, index) => {
      const page = book.worksheets[index]!;
      sheet.rows.forEach((row, r) =>
        row.forEach((cell, c) => {
          if (!isFigure(cell) || cell.value === null) return;
          const found = page.getRow(r + 5).getCell(c + 1);
          const expected = cell.value / (cell.over ?? 1);
          expect(found.formula ? found.result : found.value, `${sheet.id} ${r}:${c}`).toBe(expected);
          expect(Boolean(found.formula)).toBe(sheet.formulas[`${r}:${c}`] !== undefined);
        }),
      );
    });
    const closing = book.worksheets[2]!.getRow(5).getCell(7);
    expect(closing.formula).toBe('B5+C5+D5-E5-F5');
  });

  test('says what it counts: scope on every sheet, definitions and the seal on one of their own', async () => {
    const book = await read(SEALED);
    const last = book.getWorksheet('口径')!;
    const words = last.getColumn(2).values.map(String).join('\n');
    for (const { label } of REVIEW.definitions) expect(words).toContain(`${label}：`);
    expect(words).toContain('ab'.repeat(32));
    sheetsOf(REVIEW).forEach((_sheet, i) =>
      expect(String(book.worksheets[i]!.getCell('A2').value)).toContain(REVIEW.scope.words),
    );
    expect((await read(DRAFT)).getWorksheet('封存后的更正')).toBeUndefined();
    expect(book.getWorksheet('封存后的更正')!.getRow(2).values).toContain('撤销公告迟到');
  });
});

test('slides print every figure and hold charts that can be edited', async () => {
  const zip = await JSZip.loadAsync(await reviewSlides(SEALED));
  const names = Object.keys(zip.files);
  const slides = names.filter((name) => /^ppt\/slides\/slide\d+\.xml$/.test(name));
  const words = wordsOf(
    (await Promise.all(slides.map((name) => zip.file(name)!.async('string')))).join('\n'),
  );
  for (const text of printed) expect(words).toContain(`\u0001${text}\u0001`);
  expect(words).toContain(REVIEW.scope.words);
  expect(words).toContain('ab'.repeat(32));
  const charts = sheetsOf(REVIEW).filter(({ chart }) => chart).length;
  expect(names.filter((name) => /^ppt\/charts\/chart\d+\.xml$/.test(name))).toHaveLength(charts);
  expect(names.filter((name) => /^ppt\/embeddings\/.+\.xlsx$/.test(name))).toHaveLength(charts);
});

describe('the CSV', () => {
  const csv = reviewCsv(SEALED);

  test('has a line for each figure, with its exact parts', () => {
    const figures = sheetsOf(REVIEW).flatMap(({ rows }) => rows.flat().filter(isFigure)).length;
    const lines = csv.trimEnd().split('\r\n');
    const head = lines.findIndex((line) => line.startsWith('表,行,列'));
    expect(lines.length - head - 1).toBe(figures);
    expect(csv.startsWith('\uFEFF')).toBe(true);
    expect(csv).toContain('各级梯队存量,高企,占在册,48.3%,%,580,1200,');
    expect(csv).toContain('"1,200"');
  });

  test('a name that begins like a formula stays a text', () => {
    const [tier, ...others] = REVIEW.funnel.tiers;
    const evil = { ...tier!, label: '=HYPERLINK("http://x")' };
    const tables = { ...REVIEW, funnel: { ...REVIEW.funnel, tiers: [evil, ...others] } };
    expect(reviewCsv({ ...SEALED, tables })).toContain(`"'=HYPERLINK(""http://x"")"`);
  });
});
