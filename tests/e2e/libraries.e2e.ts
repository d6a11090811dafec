// Libraries in the browser: notes and promises, a proposal that another person decides, the list of the chosen.
import { expect, test } from 'vitest';
import { accessibilityFaults, screenshot } from './harness.ts';
import { CODES, NAME_MARK, prepare } from './park.ts';
import { fine, openSite } from './site.ts';

const site = openSite(prepare);

/** What the browser notes about a form that was sent back is meant here. */
const unexpected = (problems: readonly string[]) => problems.filter((each) => !/status of 4\d\d/.test(each));

const day = (from: number) => new Date(Date.now() + (from * 24 + 8) * 3_600_000).toISOString().slice(0, 10);

test('a call is noted, its promise stands in 今日待办 and is settled there; a wrong note is corrected', async () => {
  const { page, problems, close } = await site.as('staff');
  await page.goto(`/enterprises/${CODES[0]}`);
  await page.getByText('记一次走访或联系').click();
  await page.getByLabel('方式').selectOption('phone');
  await page.getByRole('button', { name: '记录', exact: true }).click();
  await page.getByRole('alert').getByText('请写明谈了什么').waitFor();
  await page.getByLabel('谈了什么').fill('问了研发费用归集');
  await page.getByLabel('下一步', { exact: false }).first().fill('送审计报告');
  await page.getByLabel('下一步日期').fill(day(5));
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByRole('button', { name: '记录', exact: true }).click();
  const card = page.locator('#follow-ups');
  await card.getByText('送审计报告').waitFor();
  await screenshot(page, 'follow-up-card');

  await card.getByRole('link', { name: /办结或更正/ }).click();
  await page.getByLabel('谈了什么').fill('问了研发费用归集口径');
  await page.getByRole('button', { name: '保存更正' }).click();
  await card.getByText('问了研发费用归集口径').waitFor();

  await page.goto('/todo?kind=follow');
  const row = page.getByRole('row', { name: /送审计报告/ });
  await row.waitFor();
  await row.getByRole('link', { name: /处理/ }).click();
  await page.getByRole('button', { name: '办结' }).click();
  // The word 已办结 stands on a tab, too: it is settled when it no longer waits.
  await expect.poll(() => row.count()).toBe(0);
  await page.goto(`/enterprises/${CODES[0]}/follow-ups`);
  await page.getByText(/staff 办结/).waitFor();
  expect(await page.locator('.line-through').count()).toBe(1);
  expect(await accessibilityFaults(page)).toEqual([]);
  expect(unexpected(problems)).toEqual([]);
  await close();
});

test('proposed by one, decided by another: it stands in the library only then', async () => {
  const staff = await site.as('staff');
  await staff.page.goto(`/enterprises/${CODES[1]}`);
  const card = staff.page.locator('#libraries');
  await card.getByText('提请入库、退库，列入重点跟进').click();
  await card.getByRole('button', { name: '提请入库' }).click();
  await staff.page.getByRole('alert').getByText('请写明理由').waitFor();
  await staff.page.getByLabel('理由').fill('差距小');
  await staff.page.getByRole('button', { name: '提请入培育库' }).click();
  await card.getByText('待审批').waitFor();

  await staff.page.goto('/libraries?list=library&view=open');
  await staff.page.getByRole('checkbox', { name: new RegExp(NAME_MARK) }).check();
  await staff.page.getByRole('button', { name: '批准', exact: true }).click();
  await staff.page.getByText('提请人不能审批自己的提请').waitFor();

  const section = await site.as('section');
  await section.page.goto('/libraries?list=library&view=open');
  await fine(section.page, 'library-proposals');
  await section.page.getByRole('checkbox', { name: new RegExp(NAME_MARK) }).check();
  await section.page.getByRole('button', { name: '批准', exact: true }).click();
  await section.page.getByText('已批准 1 家').waitFor();
  await section.page.goto('/libraries?list=library');
  await section.page.getByRole('row', { name: new RegExp(`${NAME_MARK}2科技.*差距小`) }).waitFor();
  // The section decides; it puts nobody on a list.
  expect(await section.page.getByRole('button', { name: '列入重点跟进' }).count()).toBe(0);

  await staff.page.goto('/libraries?list=library&view=history');
  await staff.page.getByRole('row', { name: /进入.*培育入库/ }).waitFor();
  expect([...staff.problems, ...section.problems].filter((each) => !/status of 4\d\d/.test(each))).toEqual(
    [],
  );
  await staff.close();
  await section.close();
});

test('the list of the chosen, from the library, by keyboard', async () => {
  const { page, problems, close } = await site.as('staff');
  await page.goto('/libraries?list=library');
  await page.getByRole('checkbox', { name: new RegExp(NAME_MARK) }).focus();
  await page.keyboard.press('Space');
  await page.getByLabel('勾选企业后写明理由').focus();
  await page.keyboard.type('龙头');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByText('已列入重点跟进 1 家').waitFor();
  await page.goto('/libraries?list=focus');
  await page.getByRole('row', { name: /龙头/ }).waitFor();
  await fine(page, 'library-focus');
  expect(problems).toEqual([]);
  await close();
});

test('limits are the park’s: a wrong one is told at its field, a right one is kept with its reason', async () => {
  const { page, close } = await site.as('staff');
  await page.goto('/libraries?list=potential&scheme=hnte');
  await page.getByText('更改限值').click();
  await page.getByLabel('未达到最多').fill('9');
  await page.getByLabel('理由').first().fill('扩大摸排');
  await page.getByRole('button', { name: '保存并更新名单' }).click();
  await page.getByRole('alert').getByText('请填写 0 至 5 之间的整数').waitFor();
  await page.getByLabel('未达到最多').fill('3');
  await page.getByRole('button', { name: '保存并更新名单' }).click();
  await page.getByText('未达到不超过 3 项').waitFor();
  await page.getByText(/staff .* 设定：扩大摸排/).waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await close();
});
