// Candidates in the browser: the day of application, filters as a sentence, views kept and shared, rows chosen for a batch.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { accessibilityFaults } from './harness.ts';
import { CODES, prepare } from './park.ts';
import { fine, openSite } from './site.ts';

const site = openSite(prepare);

/** Where all the companies of the small park are: they are alike. */
async function openTab(page: Page, more = '') {
  for (const tab of ['near', 'undetermined', 'blocked', 'eligible']) {
    await page.goto(`/candidates/hnte?tab=${tab}${more}`);
    await page.getByRole('navigation', { name: '结论' }).waitFor();
    if ((await rowsOf(page).count()) > 0) return;
  }
  throw new Error('nobody in any tab');
}
/** Rows come with the answer of a server that two cores share with the browser. */
const soon = { timeout: 15_000 };
const rowsOf = (page: Page) => page.getByRole('table', { name: '高企候选' }).locator('tbody tr');

test('judged for a day of application that can be changed, and marked where the last year is missing', async () => {
  const { page, problems, close } = await site.as('staff');
  await openTab(page);
  expect(await rowsOf(page).count()).toBe(CODES.length);
  await page.getByText('没有将开放的窗口，按查看日').waitFor();
  await page.getByLabel('按申报日').fill('2027-04-25');
  await page.getByRole('button', { name: '更换' }).click();
  await page.waitForURL(/on=2027-04-25/);
  await page.getByText('指定的申报日').waitFor();
  await page.getByText('按上一年度（2025）数据预判').first().waitFor();
  await fine(page, 'candidates-prejudged');
  await page.getByRole('link', { name: /^回到 / }).click();
  await page.getByText('没有将开放的窗口，按查看日').waitFor();
  expect(problems).toEqual([]);
  await close();
});

test('a filter is a part of a sentence that can be taken out; the view is kept and shared', async () => {
  const { page, problems, close } = await site.as('staff');
  await openTab(page);
  await page.getByLabel('名称、拼音、代码').fill('xgd2');
  await page.keyboard.press('Enter');
  await page.waitForURL(/q=xgd2/);
  await expect.poll(() => rowsOf(page).count(), soon).toBe(1);
  expect(await rowsOf(page).first().textContent()).toContain('虚构第2科技');
  await page.getByText('视图', { exact: false }).first().click();
  await page.getByLabel('把现在的筛选、排序和列保存为').fill('只看二号');
  await page.getByLabel('共享给所有能看本页的人').check();
  await page.getByRole('button', { name: '保存视图' }).click();
  await page.getByRole('status').getByText('已保存视图：只看二号').waitFor();
  await page.getByRole('list', { name: '已用的筛选' }).getByRole('link', { name: /xgd2/ }).click();
  await expect.poll(() => rowsOf(page).count(), soon).toBe(CODES.length);
  await page.getByRole('link', { name: '紧凑行高' }).click();
  await page.waitForURL(/dense=1/);
  expect(await accessibilityFaults(page)).toEqual([]);
  expect(problems).toEqual([]);
  await close();

  const other = await site.as('leadership');
  await other.page.goto('/candidates/hnte');
  await other.page.getByText('视图 1').click();
  expect(await other.page.getByRole('button', { name: /^删除视图/ }).count()).toBe(0);
  await other.page.getByRole('link', { name: '只看二号' }).click();
  await other.page.waitForURL(/q=xgd2/);
  await expect.poll(() => rowsOf(other.page).count(), soon).toBe(1);
  expect(await other.page.getByRole('checkbox', { name: /^选择 / }).count()).toBe(0);
  await other.close();
});

test('rows are chosen by keyboard and go into a new batch; so does everybody whom the filter finds', async () => {
  const { page, problems, close } = await site.as('staff');
  await openTab(page, '&sort=name');
  await page.getByRole('checkbox', { name: /选择 虚构第1科技/ }).focus();
  await page.keyboard.press('Space');
  await page.getByText('本页已勾选 1 家').waitFor();
  await page.getByRole('button', { name: '本页全选 / 全不选' }).click();
  await page.getByText('本页已勾选 3 家').waitFor();
  for (const number of [2, 3])
    await page.getByRole('checkbox', { name: `选择 虚构第${number}科技` }).uncheck();
  await page.getByText('本页已勾选 1 家').waitFor();
  await page.getByRole('button', { name: '勾选的列入推荐批次' }).focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/batches\/new/);
  await page.getByText('虚构第1科技有限公司').first().waitFor();
  await expect.poll(() => page.getByText('虚构第2科技有限公司').count(), soon).toBe(0);

  await openTab(page, '&q=xgd');
  await page.getByRole('link', { name: /^筛选所得 3 家列入推荐批次/ }).click();
  await page.waitForURL(/\/batches\/new\?.*enterprise=/);
  for (const number of [1, 2, 3]) await page.getByText(`虚构第${number}科技有限公司`).first().waitFor();
  expect(problems).toEqual([]);
  await close();
});
