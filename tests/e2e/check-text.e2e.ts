// A report is pasted or handed in and comes back with questions; nothing of it is kept.
import fs from 'node:fs';
import { Document, Packer, Paragraph } from 'docx';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { type SizeName } from './harness.ts';
import { prepare } from './park.ts';
import { fine, openSite } from './site.ts';

const REPORT = `2021年工作总结

一是工业指标。重点项目全年共完成投资27.11亿元，占年度计划投资的117.4%，整体超额完成全年任务17.2个百分点。

二是诉求办理。收集企业需求５８１项,办结486项,办结率83%。

三是创新主体。独角兽培育库入库企业48家，其中独角兽企业2家、独角兽潜力企业8家、独角兽种子企业38家。实现总收入446.4亿元，同比增长35.6%，比中关村示范区平均增速高13.1%。`;

const site = openSite(prepare);

async function opened(size: SizeName = 'laptop') {
  const visit = await site.as('staff', size);
  await visit.page.goto('/check-text');
  return visit;
}

const questions = (page: Page) => page.locator('section[aria-labelledby="questions"] li');
const focused = (page: Page) => page.evaluate(() => document.activeElement?.id);
const check = (page: Page) => page.getByRole('button', { name: '核验', exact: true }).click();

test('a pasted report comes back marked, each question leading to its figure and back', async () => {
  const { page, problems, close } = await opened();
  await page.getByLabel('文字', { exact: true }).fill(REPORT);
  await page.getByLabel('称号家数、录入指标与台账比较').uncheck();
  await fine(page, 'check-text-form');
  await check(page);
  await page.getByRole('heading', { name: '向作者的提问 3 处' }).waitFor();
  await fine(page, 'check-text');
  expect(await page.locator('mark').allTextContents()).toEqual(['17.2个百分点1', '83%2', '13.1%3']);
  expect(await questions(page).nth(1).locator('blockquote').textContent()).toBe('办结率83%');
  expect(await questions(page).locator('b').allTextContents()).toEqual([
    '17.4个百分点',
    '84%',
    '13.1个百分点',
  ]);
  // By keyboard: from a mark to its question, and back.
  await page.locator('mark a').nth(1).focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => focused(page)).toBe('question-2');
  await questions(page).nth(1).getByRole('link', { name: '问题 2，到文中位置' }).focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => focused(page)).toBe('figure-2');
  expect(await questions(page).count()).toBe(3);
  // The text stands there again for another way of rounding.
  await page.getByText('改文字或换办法，再核验一次').click();
  expect(await page.getByLabel('文字', { exact: true }).inputValue()).toBe(REPORT);
  await page.getByLabel('进位办法').selectOption('截尾');
  await check(page);
  await page.getByRole('heading', { name: '向作者的提问 2 处' }).waitFor();
  expect(problems).toEqual([]);
  await close();
});

test('a Word file is read, and its counts are held against the register', async () => {
  const { page, close } = await opened('desktop');
  const document = new Document({
    sections: [{ children: [new Paragraph('截至2021年12月底，高企总数达到580家。')] }],
  });
  await page.getByLabel('或选择文件').setInputFiles({
    name: '总结.docx',
    mimeType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    buffer: await Packer.toBuffer(document),
  });
  await check(page);
  await page.getByRole('heading', { name: '向作者的提问 1 处' }).waitFor();
  await fine(page, 'check-text-register');
  expect(await questions(page).first().textContent()).toContain('本系统截至2021年12月31日高企有效');
  expect(
    await page.getByRole('region', { name: '文中数字与台账' }).locator('tbody tr').allTextContents(),
  ).toEqual([expect.stringMatching(/^高企总数达到580家≠ 不同高企，截至2021年12月31日有效/)]);
  await questions(page).first().getByRole('link', { name: '看名单' }).click();
  await page.waitForURL(/\/enterprises\?title=hnte&asOf=2021-12-31/);
  await close();
});

test('nothing to read is said in words, and what was typed stays', async () => {
  const { page, close } = await opened();
  await page.getByLabel('文字', { exact: true }).fill('   ');
  await page.getByLabel('进位办法').selectOption('截尾');
  await check(page);
  await page.getByRole('alert').getByRole('link', { name: '请粘贴文字，或选择文件' }).waitFor();
  expect(await page.getByLabel('进位办法').inputValue()).toBe('truncate');
  await page
    .getByLabel('或选择文件')
    .setInputFiles({ name: 'a.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF') });
  await check(page);
  await page.getByRole('alert').getByText('另存为 docx').waitFor();
  await page.getByLabel('或选择文件').setInputFiles([]);
  await page.getByLabel('文字', { exact: true }).fill('全年工作有序推进。');
  await check(page);
  await page.getByText('没有读到数字。').waitFor();
  await close();
});

test('the form works without scripts, and the file of the database is as before', async () => {
  const cookie = await site.cookie('leadership');
  const rows = () => fs.statSync(site.file).size;
  const before = rows();
  const form = new FormData();
  form.set('text', REPORT);
  form.set('rounding', 'halfUp');
  const response = await fetch(`${site.url}/check-text`, {
    method: 'POST',
    headers: { cookie, origin: site.url },
    body: form,
  });
  const page = await response.text();
  expect(response.status).toBe(200);
  expect(page).toContain('17.4个百分点');
  expect(rows()).toBe(before);
});
