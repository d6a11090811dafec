// The self-assessment as a newcomer uses it: from the first page to the report with only the figures of one annual
// account, on a laptop and on a phone, with and without scripts; and nothing typed leaves the browser.
import fs from 'node:fs';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { inRoot } from '../../app/cli/paths.ts';
import { fine, openSite } from './site.ts';

const site = openSite();

/** The last closed year's annual account, in 万元 and persons; the distinct digits would be found in any request. */
const ACCOUNT: readonly (readonly [RegExp, string])[] = [
  [/^years\.\d{4}\.operatingRevenue$/, '4217.31'],
  [/^years\.\d{4}\.mainRevenue$/, '4091.77'],
  [/^years\.\d{4}\.rdExpense$/, '303.93'],
  [/^years\.\d{4}\.totalAssets$/, '6371.19'],
  [/^years\.\d{4}\.totalLiabilities$/, '2173.91'],
  [/^years\.\d{4}\.netProfit$/, '417.37'],
  [/^years\.\d{4}\.employees$/, '83'],
];
const YEAR = new Date().getFullYear() - 1;

/** Fills in what the account knows of a page; what it does not know is 不清楚. Says whether it went on. */
async function answer(page: Page): Promise<void> {
  const boxes = page.locator('main form').first().locator('input[type="text"]:visible');
  let filled = 0;
  for (const box of await boxes.all()) {
    const name = (await box.getAttribute('name')) ?? '';
    const known = name.includes(String(YEAR)) ? ACCOUNT.find(([of]) => of.test(name))?.[1] : undefined;
    if (!known) continue;
    await box.fill(known);
    filled += 1;
  }
  const button = filled > 0 ? '继续' : '不清楚，先跳过';
  await page.locator('button:visible:enabled', { hasText: new RegExp(`^${button}$`) }).click();
}

async function start(page: Page, ...schemes: string[]): Promise<void> {
  await page.goto('/assess');
  for (const scheme of schemes) await page.getByLabel(scheme, { exact: true }).check();
  await page.locator('button:visible:enabled', { hasText: '开始自测' }).click();
}

/** Answers page after page until the result stands there; returns how many pages it took. */
async function answerAll(page: Page): Promise<number> {
  for (let pages = 1; pages < 60; pages += 1) {
    const title = await page.locator('h1:visible').first().textContent();
    await answer(page);
    await page.waitForFunction((before) => {
      const shown = [...document.querySelectorAll('h1')].find((of) => of.offsetParent !== null);
      return shown !== undefined && shown.textContent !== before;
    }, title);
    if ((await page.locator('h1:visible').first().textContent()) === '自测结果') return pages;
  }
  throw new Error('the questions do not end');
}

describe.each(['laptop', 'phone'] as const)('%s', (size) => {
  test('from the first page to the report with one annual account, and nothing of it is sent', async () => {
    const { page, problems, close } = await site.open(size);
    const sent: string[] = [];
    page.on('request', (request) =>
      sent.push(`${request.method()} ${request.url()} ${request.postData() ?? ''}`),
    );
    await page.goto('/assess');
    await page.waitForLoadState('networkidle');
    await fine(page, `assess-start-${size}`);

    await start(page);
    await page.waitForURL('**/assess/ask');
    await page.locator('button:visible:enabled', { hasText: '不清楚，先跳过' }).waitFor();
    await fine(page, `assess-ask-${size}`);
    await answerAll(page);
    expect(new URL(page.url()).search + new URL(page.url()).hash).toBe('');
    expect(await page.locator('main').textContent()).toContain('预评估结果仅供参考，以主管部门认定为准');
    expect(await page.locator('[id^="verdict-"]').count()).toBeGreaterThan(5);
    await fine(page, `assess-result-${size}`);

    const pdf = await page.pdf({ preferCSSPageSize: true });
    fs.writeFileSync(inRoot('test-results', `assess-report-${size}.pdf`), pdf);
    const pages = pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;
    expect(pages).toBeGreaterThan(0);
    expect(pages).toBeLessThanOrEqual(2);
    // A4 in points, and the disclaimer on paper too.
    const boxes = [...pdf.toString('latin1').matchAll(/\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)/g)];
    expect(boxes.map(([, width, height]) => [Math.round(Number(width)), Math.round(Number(height))])).toEqual(
      Array.from({ length: boxes.length }, () => [595, 842]),
    );
    expect(boxes.length).toBeGreaterThan(0);
    expect(await page.locator('.assess-report').textContent()).toContain(
      '预评估结果仅供参考，以主管部门认定为准',
    );

    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.locator('button', { hasText: '下载 Word 报告' }).click(),
    ]);
    expect(
      fs
        .readFileSync(await site.save(download))
        .subarray(0, 2)
        .toString(),
    ).toBe('PK');

    await page.locator('a', { hasText: '试算' }).click();
    await page.waitForURL('**/assess/what-if');
    await page.locator(`[id="years.${YEAR}.operatingRevenue"]`).fill('39871.53');
    await fine(page, `assess-what-if-${size}`);

    await page.goto('/assess/plan');
    await page
      .getByText(/最早 \d{4} 年申请/)
      .first()
      .waitFor();
    await fine(page, `assess-plan-${size}`);

    const typed = [...ACCOUNT.map(([, value]) => value).filter((value) => value.length > 3), '39871.53'];
    const told = sent.filter((request) =>
      typed.some((value) => request.includes(value) || request.includes(value.replace('.', ''))),
    );
    expect(told).toEqual([]);
    expect(sent.filter((request) => request.startsWith('POST'))).toEqual([]);
    expect(problems).toEqual([]);
    // Nothing is wider than the screen.
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
      0,
    );
    await close();
  });
});

test('what was filled in is there again, and goes when it is cleared', async () => {
  const { page, close } = await site.open('phone');
  await start(page, '高新技术企业');
  await page.locator('button:visible:enabled', { hasText: '不清楚，先跳过' }).click();
  await page.waitForFunction(
    () =>
      (localStorage.length > 0 && document.querySelector('progress')?.value === 1) ||
      (document.querySelector('progress')?.value ?? 0) > 0,
  );
  await page.goto('/assess');
  await page.getByText('上次填到第').waitFor();
  expect(await page.getByLabel('高新技术企业', { exact: true }).isChecked()).toBe(true);
  await page.getByText('清除本机保存的内容').click();
  expect(await page.evaluate(() => localStorage.length)).toBe(0);
  await close();
});

test('an error names its box, and the way back keeps what was answered', async () => {
  const { page, problems, close } = await site.open();
  await start(page, '小升规（规上）');
  await page.locator('button:visible:enabled', { hasText: /^继续$/ }).click();
  await page.getByRole('alert').waitFor();
  await fine(page, 'assess-error');
  await page.locator('input[name="industry"]').fill('3990');
  await page.locator('button:visible:enabled', { hasText: /^继续$/ }).click();
  await page.getByText('← 上一题').click();
  expect(await page.locator('input[name="industry"]').inputValue()).toBe('3990');
  await page.goBack();
  await page.locator(`[name="years.${YEAR}.mainRevenue"]`).waitFor();
  expect(problems).toEqual([]);
  await close();
});

test('without scripts the form is posted, answered and forgotten', async () => {
  const context = await (
    await site.browser()
  ).newContext({
    baseURL: site.url,
    javaScriptEnabled: false,
    locale: 'zh-CN',
  });
  const page = await context.newPage();
  await start(page, '高新技术企业', '小升规（规上）');
  const notice = page.locator('p:visible', { hasText: '不保存，也不写入日志' });
  await page.waitForURL('**/assess/ask');
  await notice.waitFor();
  const button = page.locator('button:visible:enabled', { hasText: '不清楚，先跳过' });
  const above = async () => (await notice.boundingBox())!.y < (await button.boundingBox())!.y;
  expect(await above()).toBe(true);
  await page.screenshot({ path: inRoot('test-results', 'assess-no-script.png'), fullPage: true });
  for (let i = 0; i < 40; i += 1) {
    if ((await button.count()) === 0) break;
    await answer(page);
  }
  await page.locator('button:visible:enabled', { hasText: '看结果' }).click();
  expect(await page.locator('h1:visible').first().textContent()).toBe('自测结果');
  expect(await page.locator('[id^="verdict-"]').count()).toBe(2);
  expect(page.url()).toBe(`${site.url}/assess/result`);
  const log = site.server.log();
  expect(ACCOUNT.filter(([, value]) => value.length > 3 && log.includes(value))).toEqual([]);
  // Nor does any file of the database hold it, as typed or in 分.
  const files = [site.file, `${site.file}-wal`].filter((file) => fs.existsSync(file));
  const stored = files.map((file) => fs.readFileSync(file).toString('latin1')).join('');
  expect(stored.length).toBeGreaterThan(0);
  expect(ACCOUNT.filter(([, value]) => value.length > 3 && stored.includes(value.replace('.', '')))).toEqual(
    [],
  );
  expect(ACCOUNT.filter(([, value]) => value.length > 3 && stored.includes(value))).toEqual([]);
  await context.close();
});
