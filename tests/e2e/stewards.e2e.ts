// Stewards in the browser: one enterprise on its page, the rest by filter, and what each then sees as theirs.
import { expect, test } from 'vitest';
import { screenshot } from './harness.ts';
import { CODES, NAME_MARK, prepare } from './park.ts';
import { fine, openSite } from './site.ts';

const site = openSite(prepare);

test('from nobody’s to mine: assign one, then those that are left, and find them again', async () => {
  const { page, problems, close } = await site.as('staff');
  const rows = page.getByRole('table', { name: '企业' }).locator('tbody tr');

  await page.goto(`/enterprises/${CODES[0]}`);
  await page.getByText('未分配管家').waitFor();
  await page.getByText('分配或结束').click();
  await page.getByRole('combobox', { name: '管家' }).selectOption('administrator');
  await fine(page, 'steward-card');
  await page.getByRole('button', { name: '保存' }).click();
  await page
    .locator('section.card', { hasText: '服务管家' })
    .locator('b', { hasText: 'administrator' })
    .waitFor();

  await page.goto('/enterprises');
  await page.getByRole('combobox', { name: '管家' }).selectOption('未分配');
  await page.waitForURL(/steward=none/);
  await expect.poll(() => rows.count()).toBe(CODES.length - 1);
  await page.getByRole('link', { name: '分配管家' }).click();
  await page.getByRole('heading', { name: `为 ${CODES.length - 1} 家企业分配管家` }).waitFor();
  await page.getByRole('combobox', { name: '管家' }).selectOption('staff');
  await fine(page, 'steward-assign');
  await page.getByRole('button', { name: `确认分配 ${CODES.length - 1} 家` }).click();
  await page.getByText(`已分配 ${CODES.length - 1} 家`).waitFor();
  await expect.poll(() => rows.count()).toBe(CODES.length - 1);
  expect(await page.getByRole('combobox', { name: '管家' }).inputValue()).toBe('me');
  await screenshot(page, 'steward-list');

  // What is to be done opens with one's own, and shows all on demand.
  await page.goto('/todo?view=all');
  expect(await page.getByRole('combobox', { name: '管家' }).inputValue()).toBe('me');
  expect(await page.getByText(`${NAME_MARK}1科技`).count()).toBe(0);
  const own = await page.getByRole('row', { name: new RegExp(NAME_MARK) }).count();
  await page.getByRole('combobox', { name: '管家' }).selectOption('all');
  await page.waitForURL(/steward=all/);
  expect(await page.getByRole('row', { name: new RegExp(NAME_MARK) }).count()).toBeGreaterThanOrEqual(own);
  await page.goto('/expiry');
  expect(await page.getByRole('combobox', { name: '管家' }).inputValue()).toBe('me');
  expect(problems).toEqual([]);
  await close();
});

test('a filter that finds another number by now assigns nothing', async () => {
  const cookie = await site.cookie('administrator');
  const response = await fetch(`${site.url}/enterprises/stewards`, {
    method: 'POST',
    headers: { cookie },
    body: new URLSearchParams({ side: 'company', userId: '1', fromOn: '2026-01-01', count: '2' }),
  });
  expect([response.status, (await response.text()).includes('请核对后再次确认')]).toEqual([400, true]);
  const list = await fetch(`${site.url}/enterprises/${CODES[0]}`, { headers: { cookie } });
  expect(await list.text()).not.toContain('运营公司侧</span>');
});
