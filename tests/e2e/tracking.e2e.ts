// Movements, ends, windows and what is to be done, as staff use them on the demo park: every number opens its list.
import fs from 'node:fs';
import ICAL from 'ical.js';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { screenshot, type SizeName } from './harness.ts';
import { demoPark, fine, openSite } from './site.ts';

const site = openSite(demoPark, { demo: true });

const signedIn = (size?: SizeName) => site.as('yuanqu', size);

const number = (text: string | null) => Number((text ?? '').replaceAll(',', ''));

/** A wide table scrolls in its own box: the page itself never scrolls sideways. */
const fits = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);

test('the movement table opens the list behind its numbers and is handed out', async () => {
  const { page, problems, close } = await signedIn();
  await page.goto('/movement');
  await page
    .getByRole('navigation', { name: '期间' })
    .getByRole('link', { name: /年至今/ })
    .click();
  await page.waitForURL(/from=/);
  await fine(page, 'movement');
  expect(await fits(page)).toBe(true);
  expect(await page.getByText('各行平衡').count()).toBe(2);
  // The first linked number of each table and of its totals.
  for (const part of ['就高变动表', '累计变动表']) {
    for (const rows of ['tbody', 'tfoot']) {
      const link = page.getByRole('table', { name: part }).locator(`${rows} td a`).first();
      const count = number(await link.textContent());
      await link.click();
      await page.waitForURL(/movement\/cell/);
      await page.getByText(`共 ${count.toLocaleString('en-US')} 家`).waitFor();
      expect(await page.locator('table.ledger tbody tr').count()).toBe(Math.min(count, 100));
      await page.goBack();
      await page.waitForURL(/movement\?/);
      await page.getByRole('heading', { name: '梯队变动表' }).waitFor();
    }
  }
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('text=导出 Excel')]);
  expect(download.suggestedFilename()).toMatch(/^梯队变动表-.*\.xlsx$/);
  await page.getByRole('table', { name: '累计变动表' }).locator('tbody td a').first().click();
  await page.waitForURL(/movement\/cell/);
  await fine(page, 'movement-cell');
  expect(problems).toEqual([]);
  await close();
});

test('ends by quarter and by band open their lists; the calendar file is read back', async () => {
  const { page, problems, close } = await signedIn();
  await page.goto('/expiry');
  await fine(page, 'expiry');
  expect(await fits(page)).toBe(true);
  const cell = page.getByRole('table', { name: '证书按到期季度' }).locator('tbody td a').first();
  const count = number(await cell.textContent());
  await cell.click();
  await page.waitForURL(/quarter=/);
  await page.getByText(`共 ${count} 项，按截止日排列`).waitFor();
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('text=日历文件')]);
  expect(download.suggestedFilename()).toMatch(/\.ics$/);
  const calendar = new ICAL.Component(ICAL.parse(fs.readFileSync(await site.save(download), 'utf8')));
  const ends = calendar
    .getAllSubcomponents('vevent')
    .filter((event) => String(event.getFirstPropertyValue('uid')).startsWith('title-'));
  expect(ends).toHaveLength(count);
  expect(problems).toEqual([]);
  await close();
});

test('a window is entered, refused with its fault, corrected and ended', async () => {
  const { page, close } = await signedIn();
  await page.goto('/windows');
  await fine(page, 'windows');
  await page.selectOption('#scheme', 'hnte');
  await page.fill('#label', '高企第一批认定');
  await page.fill('#opensOn', '2099-07-01');
  await page.fill('#closesOn', '2099-06-01');
  await page.fill('#reference', '示例通知');
  await page.click('button:has-text("登记")');
  await page.getByText('开始日期不能晚于截止日期').first().waitFor();
  expect(await page.inputValue('#label')).toBe('高企第一批认定');
  await page.fill('#closesOn', '2099-07-31');
  await page.click('button:has-text("登记")');
  await page.getByText('已保存：高企第一批认定').waitFor();
  await page.getByRole('link', { name: '更正 高企第一批认定' }).click();
  // The form for a new window has a field of the same name: wait for the one that corrects.
  await page.locator('button:has-text("保存更正")').waitFor();
  await page.fill('#closesOn', '2099-08-15');
  await page.click('button:has-text("保存更正")');
  await page.getByRole('row', { name: /高企第一批认定.*2099-08-15/ }).waitFor();
  await page.getByRole('link', { name: '更正 高企第一批认定' }).click();
  await page.click('button:has-text("停用")');
  await page.getByText('已停用该窗口').waitFor();
  await expect.poll(() => page.getByText('高企第一批认定').count()).toBe(0);
  await page.goto('/candidates/isme');
  await page
    .getByText(/窗口：/)
    .first()
    .waitFor();
  await close();
});

test('what is to be done is settled, and the bell counts what is left', async () => {
  const { page, problems, close } = await signedIn();
  await page.goto('/todo?view=all');
  await fine(page, 'todo');
  expect(await fits(page)).toBe(true);
  const bell = page.getByRole('link', { name: /今日待办，近期/ });
  const near = async () => number(/近期 (\d+) 项/.exec((await bell.getAttribute('aria-label')) ?? '')![1]!);
  const before = await near();
  const tab = page.getByRole('navigation', { name: '待办' }).getByRole('link', { name: /近 30 天/ });
  expect(number(/(\d+)$/.exec((await tab.textContent()) ?? '')![1]!.slice(0))).toBe(before);
  // The first entry that falls within the days the bell counts.
  await page.goto('/todo');
  await page.getByRole('link', { name: /^处理/ }).first().click();
  await page.waitForURL(/key=/);
  await fine(page, 'todo-mark');
  await page.fill('#note', '已电话提醒');
  await page.click('button:has-text("办结")');
  await page.getByRole('status').getByText('已办结').waitFor();
  expect(await near()).toBe(before - 1);
  await page.goto('/todo?view=done');
  await page.getByText('已电话提醒').waitFor();
  expect(problems).toEqual([]);
  await close();
});

test('a title is seen as it stood on each day, by keyboard and without scripts', async () => {
  const { page, problems, close } = await signedIn();
  await page.goto('/expiry');
  await page.getByRole('table', { name: '证书名单' }).locator('tbody th a').first().click();
  await page.waitForURL(/\/enterprises\//);
  const scheme = new URL(page.url()).pathname;
  await page.goto(`${scheme}/titles/hnte`);
  const way = page.getByRole('navigation', { name: /时间轴/ });
  const present = () => page.locator('.sc-present').first().getAttribute('data-state');
  await fine(page, 'title-time');
  const today = await present();
  const first = way.getByRole('listitem').first().getByRole('link');
  await first.focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/asOf=\d{4}-/);
  await expect.poll(() => way.locator('[aria-current=date]').count()).toBe(1);
  await page.getByText('正在看过去的一天').waitFor();
  const then = await present();
  await fine(page, 'title-time-then');
  await way.getByRole('link', { name: /今天/ }).last().click();
  await expect.poll(present).toBe(today);
  const address = page.url();
  expect(problems).toEqual([]);
  const cookies = await page.context().cookies();
  const context = await (await site.browser()).newContext({ baseURL: site.url, javaScriptEnabled: false });
  await context.addCookies(cookies);
  const plain = await context.newPage();
  await plain.goto(address);
  await plain
    .getByRole('navigation', { name: /时间轴/ })
    .getByRole('listitem')
    .first()
    .getByRole('link')
    .click();
  expect(await plain.locator('.sc-present').first().getAttribute('data-state')).toBe(then);
  await context.close();
  await close();
});

test('the pages at 1920 × 1080', async () => {
  const { page, close } = await signedIn('desktop');
  for (const name of ['movement', 'expiry', 'windows', 'todo']) {
    await page.goto(`/${name}`);
    expect(await fits(page)).toBe(true);
    await screenshot(page, `${name}-desktop`);
  }
  await close();
});
