// What a review hands out, opened by a real office program: LibreOffice reads the files, computes the workbook's
// formulas anew, and its numbers are compared with those of the page. Needs LibreOffice and Poppler (packages
// libreoffice-writer, -calc, -impress and poppler-utils of Debian).
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import JSZip from 'jszip';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase } from '../../app/db/clients.server.ts';
import { inRoot } from '../../app/cli/paths.ts';
import { readReviewRequest, reviewPage } from '../../app/queries/review-page.server.ts';
import { cellText, isFigure, sheetsOf, type ReviewSheet } from '../../app/pipeline/review/sheets.ts';
import { loadDemo } from '../../prisma/demo/load.ts';
import { startServer, type TestServer } from '../e2e/harness.ts';

const here = (program: string) => spawnSync(program, ['--version']).error === undefined;
const missing = ['soffice', 'pdftotext'].filter((program) => !here(program));

const TODAY = '2022-02-01';
const QUARTER = '2021Q4';

let folder: string;
let server: TestServer;
let html: string;
let sheets: ReviewSheet[];

/** The words of a page, a cell a word. */
const wordsOf = (text: string): Set<string> =>
  new Set(
    text
      .replace(/<script[\s\S]*?<\/script>/g, '')
      .split(/<[^>]+>/)
      .map((word) => word.replaceAll('&#x27;', "'").trim())
      .filter(Boolean),
  );

const convert = (file: string, to: string): void => {
  execFileSync(
    'soffice',
    [
      '--headless',
      `-env:UserInstallation=file://${folder}/profile`,
      '--convert-to',
      to,
      '--outdir',
      folder,
      file,
    ],
    {
      stdio: 'ignore',
      timeout: 180_000,
    },
  );
};

async function download(format: string, cookie: string): Promise<string> {
  const response = await fetch(`${server.url}/reviews/${QUARTER}/export/${format}`, { headers: { cookie } });
  expect([format, response.status]).toEqual([format, 200]);
  const file = path.join(folder, `review.${format}`);
  fs.writeFileSync(file, new Uint8Array(await response.arrayBuffer()));
  return file;
}

/** Takes out what the formulas gave when the workbook was written: whoever opens it has to compute them. */
async function withoutResults(file: string): Promise<number> {
  const zip = await JSZip.loadAsync(fs.readFileSync(file));
  let formulas = 0;
  for (const name of Object.keys(zip.files).filter((each) => /^xl\/worksheets\/sheet\d+\.xml$/.test(each))) {
    const xml = await zip.file(name)!.async('string');
    zip.file(
      name,
      xml.replace(/(<f>[^<]*<\/f>)<v>[^<]*<\/v>/g, (_all, formula: string) => {
        formulas += 1;
        return formula;
      }),
    );
  }
  fs.writeFileSync(file, await zip.generateAsync({ type: 'nodebuffer' }));
  return formulas;
}

beforeAll(async () => {
  if (missing.length > 0) return;
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tidu-office-'));
  const file = path.join(folder, 'demo.db');
  const { logins } = await loadDemo({ file, size: 400, on: TODAY, onProgress: () => {} });
  const db = openDatabase(file, { mode: 'read' });
  const request = readReviewRequest(QUARTER, new URLSearchParams(), {
    today: TODAY,
    now: `${TODAY}T02:00:00.000Z`,
  })!;
  sheets = sheetsOf(reviewPage(db, request).tables);
  await db.close();
  server = await startServer(file, { demo: true });
  const [login] = logins;
  const answer = await fetch(`${server.url}/login`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ username: login!.username, password: login!.password }),
  });
  const cookie = answer.headers.getSetCookie()[0]!.split(';')[0]!;
  html = await (await fetch(`${server.url}/reviews/${QUARTER}`, { headers: { cookie } })).text();
  for (const format of ['docx', 'xlsx', 'pptx']) await download(format, cookie);
  fs.mkdirSync(inRoot('test-results'), { recursive: true });
}, 300_000);

afterAll(async () => {
  await server?.stop();
  if (folder) fs.rmSync(folder, { recursive: true, force: true });
});

const figuresOf = (sheet: ReviewSheet) =>
  sheet.rows
    .flat()
    .filter(isFigure)
    .map(({ text }) => text);

if (missing.length > 0) {
  test.skip(`（跳过：没有 ${missing.join('、')}，需要 LibreOffice 与 Poppler）`, () => {});
} else {
  describe('a review opened by an office program', () => {
    test('the page prints the figures that are compared here', () => {
      const shown = wordsOf(html);
      const figures = new Set(sheets.flatMap(figuresOf).filter((text) => /\d/.test(text)));
      expect(figures.size).toBeGreaterThan(50);
      expect([...figures].filter((text) => !shown.has(text))).toEqual([]);
    });

    test('the workbook: every cell of every table, its formulas computed anew', async () => {
      const file = path.join(folder, 'review.xlsx');
      expect(await withoutResults(file)).toBeGreaterThan(20);
      convert(file, 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1');
      const tables = fs.readdirSync(folder).filter((name) => /^review-.*\.csv$/.test(name));
      sheets.forEach((sheet, index) => {
        const name = tables.find((each) => each.startsWith(`review-${index + 1} `));
        expect(name, sheet.title).toBeDefined();
        const rows = parse(fs.readFileSync(path.join(folder, name!), 'utf8'), {
          relax_column_count: true,
        }) as string[][];
        const read = rows.slice(4, 4 + sheet.rows.length).map((row) => row.slice(0, sheet.columns.length));
        expect(read, sheet.title).toEqual(sheet.rows.map((row) => row.map(cellText)));
      });
    });

    test('the Word report: every table, cell by cell, in order', () => {
      convert(path.join(folder, 'review.docx'), 'txt:Text (encoded):UTF8');
      const lines = fs
        .readFileSync(path.join(folder, 'review.txt'), 'utf8')
        .split(/\r?\n/)
        .map((line) => line.trim());
      const text = `\n${lines.filter(Boolean).join('\n')}\n`;
      for (const sheet of sheets) {
        for (const row of sheet.rows) {
          const cells = row.map(cellText).filter((cell) => cell !== '');
          expect(text, sheet.title).toContain(`\n${cells.join('\n')}\n`);
        }
      }
    });

    test('the slides: every figure as often as the tables have it', () => {
      convert(path.join(folder, 'review.pptx'), 'pdf');
      execFileSync('pdftotext', [
        '-layout',
        path.join(folder, 'review.pdf'),
        path.join(folder, 'slides.txt'),
      ]);
      const words = fs.readFileSync(path.join(folder, 'slides.txt'), 'utf8').split(/\s+/);
      const count = (list: readonly string[], word: string) => list.filter((each) => each === word).length;
      const wanted = sheets
        .flatMap(figuresOf)
        .filter((text) => /^[\d,.%+−-]+$/.test(text) && /\d/.test(text));
      const short = [...new Set(wanted)].filter((text) => count(words, text) < count(wanted, text));
      expect(short).toEqual([]);
    });

    test('pictures of all three are kept to be looked at', () => {
      for (const format of ['docx', 'xlsx', 'pptx']) {
        convert(path.join(folder, `review.${format}`), 'pdf');
        const target = inRoot('test-results', `review-${format}`);
        execFileSync('pdftoppm', ['-r', '50', '-png', path.join(folder, 'review.pdf'), target]);
        expect(
          fs.readdirSync(inRoot('test-results')).some((name) => name.startsWith(`review-${format}-`)),
        ).toBe(true);
      }
    });
  });
}
