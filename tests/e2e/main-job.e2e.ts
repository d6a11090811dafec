import path from 'node:path';
import ExcelJS from 'exceljs';
import { beforeAll, expect, test } from 'vitest';
import { inventedCode } from '../population.ts';
import { accessibilityFaults, logIn, type TestPage } from './harness.ts';
import { prepare } from './park.ts';
import { openSite } from './site.ts';

const site = openSite(prepare);
let tab: TestPage;

beforeAll(async () => {
  tab = await site.as('staff');
});

async function workbook(name: string, rows: readonly (readonly unknown[])[]): Promise<string> {
  const book = new ExcelJS.Workbook();
  book.addWorksheet('数据').addRows(rows.map((row) => [...row]));
  const file = path.join(path.dirname(site.file), name);
  await book.xlsx.writeFile(file);
  return file;
}

const [NEW, GOOD_NAME] = [inventedCode(77), '新来第77智能科技有限公司'];

test('a workbook with a bad row comes in, the row comes back, and the park stands on the pages', async () => {
  const { page, problems } = tab;
  const upload = async (file: string) => {
    await page.goto('/import');
    await page.setInputFiles('input[type=file]', file);
    await page.getByRole('button', { name: '开始导入' }).click();
    await page.waitForURL(/\/import\/\d+/);
    await page.getByText('共读入').waitFor();
  };
  // A register with one good row and one whose code is too short.
  await upload(
    await workbook('名录.xlsx', [
      ['统一社会信用代码', '企业名称', '成立日期', '所属园区', '行业代码', '是否独立法人'],
      [NEW, GOOD_NAME, '2015/3/12', '一园', '6513', '是'],
      ['12345', '代码不全有限公司', '2016-01-01', '一园', '6513', '是'],
    ]),
  );
  // The page itself says which row and why.
  const refused = page.getByRole('row', { name: /代码不全有限公司/ });
  expect(await refused.textContent()).toMatch(/^3.*应为 18 位/);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: /退回/ }).first().click(),
  ]);
  const back = new ExcelJS.Workbook();
  await back.xlsx.readFile(await site.save(download));
  const texts = JSON.stringify(back.worksheets[0]!.getSheetValues());
  expect(texts).toContain('错误说明');
  expect(texts).toContain('应为 18 位');
  expect(texts).toContain('代码不全有限公司');
  expect(texts).not.toContain(GOOD_NAME);

  // Figures that could be 元 as well as 万元 are not taken before somebody says which.
  const figures = await workbook('数据.xlsx', [
    ['统一社会信用代码', '年度', '营业收入'],
    [NEW, 2025, 1200],
  ]);
  await page.goto('/import');
  await page.setInputFiles('input[type=file]', figures);
  await page.getByRole('button', { name: '开始导入' }).click();
  await page.locator('#unit-error', { hasText: '没有写明金额单位：营业收入' }).waitFor();
  expect(problems.splice(0)).toEqual([expect.stringContaining('status of 400')]);
  await page.getByLabel('金额单位').selectOption({ label: '万元' });
  await page.getByRole('button', { name: '开始导入' }).click();
  await page.waitForURL(/\/import\/\d+/);
  await page.getByText('共读入').waitFor();

  // Titles, then the candidates, the enterprise's page and the funnel tell of them.
  await upload(
    await workbook('称号.xlsx', [
      ['统一社会信用代码', '称号', '级别', '证书编号', '发证日期', '有效期至'],
      [NEW, '高新技术企业', '国家级', 'GR202544000077', '2025-10-26', '2028-10-25'],
    ]),
  );
  const anywhere = page.locator('main');
  // The title it holds is not to be won again.
  const isCandidate = async (scheme: string) => {
    const names: string[] = [];
    for (const of of ['near', 'eligible', 'undetermined', 'blocked']) {
      await page.goto(`/candidates/${scheme}?tab=${of}`);
      names.push(...(await page.locator('.ledger tbody th').allTextContents()));
    }
    return names.some((name) => name.includes(GOOD_NAME));
  };
  expect([await isCandidate('srdi'), await isCandidate('hnte')]).toEqual([true, false]);

  await page.goto(`/enterprises?q=${encodeURIComponent('新来第77')}`);
  await page.getByRole('link', { name: GOOD_NAME }).click();
  await page.locator('h1', { hasText: GOOD_NAME }).waitFor();
  expect(new URL(page.url()).pathname).toBe(`/enterprises/${NEW}`);
  expect(await anywhere.textContent()).toContain('GR202544000077');
  expect(await anywhere.textContent()).toContain('1,200.00');

  const heldOn = async (asOf: string) => {
    await page.goto(`/funnel?asOf=${asOf}`);
    const row = page.getByRole('row').filter({ hasText: '高企' }).first();
    return (await row.getByRole('cell').allTextContents())[1];
  };
  expect([await heldOn('2025-10-25'), await heldOn('2025-10-26')]).toEqual(['0', '1']);
  expect(problems).toEqual([]);
});

test('a wrong code is corrected, a duplicate merged, and every old address leads to the one record', async () => {
  const { page, problems } = tab;
  const right = inventedCode(78);
  await page.goto(`/enterprises/${NEW}/identity`);
  await page.fill('#uscc', '1234');
  await page.getByRole('button', { name: '更正代码' }).click();
  await page.getByRole('alert').waitFor();
  expect(await page.getByRole('alert').textContent()).toContain('18 位');
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.fill('#uscc', right);
  await page.fill('#reason', '以营业执照为准');
  await page.getByRole('button', { name: '更正代码' }).click();
  await page.waitForURL(`**/enterprises/${right}`);

  // The other record goes into this one; its figures fill the gaps.
  await page.goto(`/enterprises/${right}/merge?other=${inventedCode(2)}`);
  expect(await page.locator('main').textContent()).toContain('2025 年研发费用');
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.fill('#reason', '同一家企业');
  await page.getByRole('button', { name: '确认合并' }).click();
  await page.waitForURL(`**/enterprises/${right}`);
  for (const old of [NEW, inventedCode(2)]) {
    await page.goto(`/enterprises/${old}`);
    expect(new URL(page.url()).pathname).toBe(`/enterprises/${right}`);
  }
  expect(await page.locator('main').textContent()).toContain('虚构第2科技有限公司');
  expect(problems.filter((problem) => !problem.includes('status of 400'))).toEqual([]);
});

test('an administrator builds the tree of parks and puts an enterprise under one', async () => {
  const { page, problems, close } = await site.as('administrator', 'desktop');
  await page.goto('/parks/new');
  await page.fill('#name', '二园');
  await page.selectOption('#parentId', { label: '一园' });
  await page.getByRole('button', { name: '新增园区' }).click();
  await page.waitForURL(/\/parks(\?|$)/);
  await page.getByRole('row', { name: /新增园区“二园”（代码 二园），属“一园”/ }).waitFor();
  // One made by mistake goes again, which is on record, too.
  await page.goto('/parks/new');
  await page.fill('#name', '误园');
  await page.getByRole('button', { name: '新增园区' }).click();
  await page.getByRole('link', { name: '更名或移动误园' }).click();
  await page.getByText('建错了，要删除').click();
  await page.getByRole('button', { name: '删除园区“误园”' }).click();
  await page.getByRole('row', { name: /删除园区“误园”/ }).waitFor();
  await page.getByRole('link', { name: '二园', exact: true }).click();
  await page.fill('#lines', `${inventedCode(1)}\n没有这家有限公司`);
  await page.selectOption('#source', 'official');
  await page.getByRole('button', { name: '分派', exact: true }).click();
  await page.getByText('已分派 1 家').waitFor();
  expect(await page.inputValue('#lines')).toBe('没有这家有限公司');
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.goto(`/enterprises/${inventedCode(1)}`);
  expect(await page.locator('main').textContent()).toContain('二园');
  expect(problems).toEqual([]);
  await close();
});

test('a password is reset on the account’s own page, shown once, and what was done stays on record', async () => {
  const { page, problems, close } = await site.as('administrator');
  await page.goto('/users');
  await page.getByRole('link', { name: 'leadership', exact: true }).click();
  await page.getByText('原密码立即失效').waitFor();
  await page.getByRole('button', { name: '确认重置密码' }).click();
  const password = await page.locator('code').textContent();
  expect(password).toMatch(/^[a-z0-9]{4}(-[a-z0-9]{4}){3}$/);
  await page.getByRole('row', { name: /重置 leadership 的密码/ }).waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.reload();
  await page.goto('/users');
  expect(await page.locator('main').textContent()).not.toContain(password);
  expect(problems).toEqual([]);
  await close();

  const first = await site.open();
  await logIn(first.page, 'leadership', password!);
  expect(new URL(first.page.url()).pathname).toBe('/account');
  await first.close();
});
