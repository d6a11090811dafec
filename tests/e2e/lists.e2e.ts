// An official list in the browser: pasted, reviewed with the keyboard, its events made once; then the announcement.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { accessibilityFaults } from './harness.ts';
import { CODES, NAME_MARK, prepare } from './park.ts';
import { fine, openSite } from './site.ts';

const site = openSite(prepare);

const nameOf = (number: number, form = '有限公司') => `${NAME_MARK}${number}科技${form}`;
const TITLE = '2026年第一批高新技术企业公示名单';
const LIST = [
  '序号\t企业名称',
  `1\t${nameOf(1)}`,
  `2\t${nameOf(2, '股份有限公司')}`,
  '3\t天外来客食品有限公司',
].join('\n');

async function paste(page: Page, title: string, kind: string, text: string, docNo = ''): Promise<void> {
  await page.getByLabel('名单标题').fill(title);
  await page.getByRole('combobox', { name: '称号' }).selectOption('高企');
  await page.getByRole('combobox', { name: '名单种类' }).selectOption(kind);
  await page.getByLabel('名单日期').fill('2026-05-10');
  await page.getByLabel('文号').fill(docNo);
  await page.getByLabel('粘贴名单').fill(text);
  await page.getByRole('button', { name: '读入并比对' }).click();
}

const tab = (page: Page, name: string) =>
  page.getByRole('navigation', { name: '比对结果' }).getByRole('link', { name });

test('from a pasted list to its events, by keyboard, once', async () => {
  const { page, problems, close } = await site.as('staff');
  await page.goto('/lists');
  await page.getByRole('link', { name: '名单', exact: true }).waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);

  // What is missing is said, and what was typed stays.
  await page.getByLabel('粘贴名单').fill(LIST);
  await page.getByRole('button', { name: '读入并比对' }).click();
  await page.getByRole('alert').getByText('请填写名单标题').waitFor();
  expect(await page.getByLabel('粘贴名单').inputValue()).toBe(LIST);
  problems.splice(0);

  await paste(page, TITLE, '公示', LIST);
  await page.getByRole('heading', { name: TITLE }).waitFor();
  await expect.poll(() => tab(page, '确定命中').innerText()).toContain('1');
  expect(await tab(page, '疑似').innerText()).toContain('1');
  expect(await tab(page, '不是园区企业').innerText()).toContain('1');
  await fine(page, 'list-review');

  await page.getByRole('button', { name: /确认全部确定命中/ }).click();
  await page.getByText('已确认 1 行确定命中').waitFor();

  await tab(page, '疑似').click();
  const row = page.getByRole('row', { name: /股份有限公司/ });
  await row.getByRole('cell', { name: /^组织形式不同/ }).waitFor();
  await page.keyboard.press('j');
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toContain('是这家');
  await page.keyboard.press('Enter');
  await row.getByText('已确认').waitFor();
  // The row keeps the focus, so that the next key is about it.
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('撤回');
  await page.keyboard.press('u');
  await row.getByText('待处理').waitFor();
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toContain('是这家');
  await page.keyboard.press('x');
  await row.getByText('已否决').waitFor();

  await page.getByRole('button', { name: '登记 1 家的公示' }).click();
  await page.getByText('已登记 1 家').waitFor();
  await tab(page, '确定命中').click();
  await page
    .getByRole('row', { name: nameOf(1) })
    .getByText('已登记', { exact: true })
    .waitFor();

  // The same list again leads to the first one.
  await page.goto('/lists');
  await paste(page, '换个标题的公示名单', '公示', LIST);
  await page.getByText('这份名单已登记过').waitFor();
  await page.getByRole('heading', { name: TITLE }).waitFor();
  expect(problems).toEqual([]);
  await close();
});

test('公示 is no title; the announcement that takes the list over makes one, and a correction takes it back', async () => {
  const { page, problems, close } = await site.as('staff');
  await page.goto(`/enterprises/${CODES[0]}/titles/hnte`);
  await page.locator('#history').getByText('公示', { exact: true }).waitFor();
  await page.locator('#history').getByText(`《${TITLE}》`).waitFor();
  expect(await page.locator('#history').getByText('认定', { exact: true }).count()).toBe(0);

  await page.goto('/lists/1');
  await page.getByRole('link', { name: '认定公告已到，沿用此名单' }).click();
  await expect.poll(() => page.getByLabel('粘贴名单').inputValue()).toContain(CODES[0]!);
  const draft = await page.getByLabel('粘贴名单').inputValue();
  await paste(page, TITLE, '认定', draft);
  await page.getByRole('alert').getByText('认定须有依据').waitFor();
  problems.splice(0);
  await paste(page, '第一批高新技术企业认定公告', '认定', draft, '示例〔2026〕1号');
  await page.getByRole('heading', { name: '第一批高新技术企业认定公告' }).waitFor();
  await expect.poll(() => tab(page, '确定命中').innerText()).toContain('1');
  await page.getByRole('button', { name: /确认全部确定命中/ }).click();
  await page.getByRole('button', { name: '登记 1 家的认定' }).click();
  await page.getByText('已登记 1 家').waitFor();

  await page.getByRole('link', { name: '更正' }).first().click();
  const event = page.locator('#history li', { hasText: '认定公告' });
  await event.getByText('示例〔2026〕1号').waitFor();
  await event.locator('summary').click();
  await event.getByRole('textbox').fill('公告为另一家');
  await fine(page, 'title-correction');
  await event.getByRole('button', { name: '作废此条' }).click();
  await page.getByRole('status').getByText('已更正').waitFor();
  await event.getByText('已更正，不再计入').waitFor();
  expect(problems).toEqual([]);
  await close();
});

test('works as plain forms, too, and its groups are handed out as workbooks', async () => {
  const cookie = await site.cookie('administrator');
  const rows = await fetch(`${site.url}/lists/1?group=not_ours`, { headers: { cookie } });
  expect(await rows.text()).toContain('天外来客食品有限公司');
  const confirm = await fetch(`${site.url}/lists/1`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie },
    body: new URLSearchParams({ do: 'assign', row: '3', revision: '9', codeOrName: CODES[2]! }),
  });
  expect([confirm.status, (await confirm.text()).includes('请核对后再定')]).toEqual([409, true]);
  const workbook = await fetch(`${site.url}/lists/1/xlsx?group=not_ours`, { headers: { cookie } });
  expect(workbook.headers.get('content-type')).toContain('spreadsheetml');
  expect((await workbook.arrayBuffer()).byteLength).toBeGreaterThan(1000);
});
