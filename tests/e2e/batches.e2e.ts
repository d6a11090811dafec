// A batch of thirty in the browser, from drawing it up to its submission through everybody's hands: with the mouse,
// where twenty-seven can move, and once more by keyboard alone.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { openDatabase } from '../../app/db/clients.server.ts';
import { systemClock } from '../../app/db/clock.ts';
import { fillPark, HOLDER, VETOED } from '../batch-park.ts';
import { inventedCode } from '../population.ts';
import { accessibilityFaults } from './harness.ts';
import { PASSWORD, prepare } from './park.ts';
import { fine, openSite } from './site.ts';

const CODES = Array.from({ length: 30 }, (_, i) => inventedCode(i + 1));

const site = openSite(async (file) => {
  await prepare(file);
  const db = openDatabase(file, { mode: 'write' });
  await fillPark(db, systemClock);
  await db.close();
});

async function as(role: string, size: 'laptop' | 'desktop' = 'laptop') {
  const tab = await site.as(role, size);
  return tab;
}

const button = (page: Page, name: string) => page.getByRole('button', { name });
const table = (page: Page, caption: string) => page.getByRole('table', { name: caption }).locator('tbody tr');
const minutes = { name: '联席会议纪要.txt', mimeType: 'text/plain', buffer: Buffer.from('会议纪要') };

/** Reaches the element that has the focus with a role and a name by Tab alone. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 500; presses += 1) {
    const there = await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector);
    if (there) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`not reached by keyboard: ${selector}`);
}

async function press(page: Page, selector: string, key = 'Enter'): Promise<void> {
  await tabTo(page, selector);
  await page.keyboard.press(key);
}

async function type(page: Page, selector: string, text: string): Promise<void> {
  await tabTo(page, selector);
  await page.keyboard.insertText(text);
}

test('thirty are selected, twenty-seven go all the way, three stay with their reasons', async () => {
  const staff = await as('staff');
  const { page } = staff;
  await page.goto('/batches');
  await page.getByText('没有推荐批次').waitFor();
  // Twenty-eight by ticking candidates, two more by their codes, and a name that is nobody's.
  await page.goto('/candidates/hnte?tab=undetermined');
  await button(page, '本页全选').click();
  await button(page, '勾选的列入推荐批次').click();
  await page.getByText('共 28 家：可以列入 27 家，将暂缓 1 家').waitFor();
  const more = [VETOED, HOLDER].map((number) => CODES[number - 1]);
  await page.getByLabel('粘贴企业名称或统一社会信用代码').fill(`${more.join('\n')}\n查无此企业有限公司`);
  await button(page, '加入并核对').click();
  await page.getByText('共 30 家：可以列入 27 家，将暂缓 3 家').waitFor();
  await page.getByText('库中没有名称为“查无此企业有限公司”的企业').waitFor();
  await fine(page, 'batch-new');
  // A name that means nobody stops the drawing up; nothing typed is lost.
  await page.getByLabel('批次名称').fill('第一批');
  await button(page, '起草批次').click();
  await page.getByText('有的名称没有对应的企业').first().waitFor();
  expect(await page.getByLabel('批次名称').inputValue()).toBe('第一批');
  expect(staff.problems.splice(0)).toEqual([expect.stringContaining('status of 400')]);
  await page.getByLabel('粘贴企业名称或统一社会信用代码').fill('');
  await button(page, '起草批次').click();
  await page.getByText('已起草并核对：列入 27 家，暂缓 3 家').waitFor();
  await expect.poll(() => table(page, '批次中的企业').count()).toBe(30);
  await page.getByRole('link', { name: /^暂缓/ }).click();
  await expect.poll(() => table(page, '批次中的企业').count()).toBe(3);
  for (const words of ['一票否决', '主管部门审核中', '已持有有效称号'])
    expect(await table(page, '批次中的企业').filter({ hasText: words }).count()).toBe(1);
  await page.getByRole('link', { name: /^全部企业/ }).click();
  const address = new URL(page.url()).pathname;

  await button(page, '送管家确认').click();
  await page.getByText('请管家勾选并确认').waitFor();
  await page.getByRole('link', { name: '勾选全部列入的企业' }).click();
  await expect.poll(() => page.locator('input[name=row]:checked').count()).toBe(27);
  await button(page, '确认勾选的企业，送科室审核').click();
  await page.getByText('请科室审核').waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  // Who drew it up finds no way to approve it.
  expect(await button(page, '审核通过').count()).toBe(0);

  const section = await as('section', 'desktop');
  await section.page.goto('/todo?view=all&kind=batch');
  await section.page.getByRole('link', { name: '第一批', exact: true }).click();
  await button(section.page, '审核通过，提交联席会议').click();
  await section.page.getByText('至少 2 个部门签署同意').first().waitFor();
  expect(await button(section.page, '记录会议决定').isDisabled()).toBe(true);
  for (const [department, person] of [
    ['科技局', '甲某'],
    ['财政局', '乙某'],
  ] as const) {
    await section.page.getByLabel('部门', { exact: true }).selectOption(department);
    await section.page.getByLabel('签署人').fill(person);
    await button(section.page, '登记签署').click();
    await section.page.getByRole('rowheader', { name: department }).waitFor();
  }
  await section.page.setInputFiles('input[type=file]', minutes);
  await button(section.page, '附上').click();
  await section.page.getByRole('link', { name: minutes.name }).waitFor();
  await fine(section.page, 'batch-meeting');
  await section.page.getByRole('link', { name: '勾选全部列入的企业' }).click();
  await expect.poll(() => section.page.locator('input[name=row]:checked').count()).toBe(27);
  await button(section.page, '记录会议决定').click();
  await section.page.getByText('会议同意推荐 27 家').waitFor();

  await page.goto(address);
  await button(page, '报送').click();
  await page.getByText('已报送 27 家').waitFor();
  await page.getByText('已报送主管部门').waitFor();
  await fine(page, 'batch-submitted');
  await table(page, '批次中的企业').first().getByRole('link').click();
  await page.getByText('报送时定格的判定').waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);

  // The way of an enterprise tells the same, and the minutes come back as they were.
  await page.goto(`/enterprises/${CODES[0]}/titles/hnte`);
  await page.getByText('已提交').first().waitFor();
  const cookie = await site.cookie('leadership');
  const file = await fetch(`${site.url}${address}/files/1`, { headers: { cookie } });
  expect([file.status, await file.text(), file.headers.get('content-disposition')]).toEqual([
    200,
    '会议纪要',
    expect.stringContaining('attachment'),
  ]);
  expect([...staff.problems, ...section.problems]).toEqual([]);
  await staff.close();
  await section.close();
}, 180_000);

test('by keyboard alone', async () => {
  const ROW = 'input[name=row]';
  const staff = await site.open();
  const { page } = staff;
  await page.goto('/login');
  await type(page, 'input[name=username]', 'staff');
  await type(page, 'input[name=password]', PASSWORD);
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.pathname !== '/login');
  await press(page, 'nav a[href^="/batches"]');
  await page.getByRole('heading', { name: '推荐批次' }).waitFor();
  await press(page, 'main a[href^="/batches/new"]');
  await page.getByRole('heading', { name: '起草推荐批次' }).waitFor();
  await tabTo(page, 'select[name=scheme]');
  await page.keyboard.press('Home');
  expect(await page.locator('select[name=scheme]').inputValue()).toBe('tsme');
  await type(page, 'textarea[name=names]', CODES.join('\n'));
  await press(page, 'button[value=find]');
  await page.getByText(/共 30 家：可以列入/).waitFor();
  const listed = await page.getByText('可以列入', { exact: true }).count();
  expect(listed).toBeGreaterThan(0);
  await press(page, 'button[value=create]');
  await page.getByText(`已起草并核对：列入 ${listed} 家`).waitFor();
  const address = new URL(page.url()).pathname;
  await press(page, 'button[value=send]');
  await page.getByText('请管家勾选并确认').waitFor();
  // One by the space bar, the rest by the link.
  await press(page, `${ROW}:not([disabled])`, 'Space');
  expect(await page.locator(`${ROW}:checked`).count()).toBe(1);
  await press(page, 'a[href*="select=all"]');
  await expect.poll(() => page.locator(`${ROW}:checked`).count()).toBe(listed);
  await press(page, 'button[value=pass_steward]');
  await page.getByText('请科室审核').waitFor();

  const section = await as('section');
  await section.page.goto(address);
  await press(section.page, 'button[value=pass_section]');
  await section.page.getByText('登记各部门的签署').waitFor();
  for (const department of ['科技局', '财政局']) {
    await tabTo(section.page, 'select[name=department]');
    await section.page.keyboard.press('ArrowDown');
    if (department === '财政局') await section.page.keyboard.press('ArrowDown');
    expect(await section.page.locator('select[name=department]').inputValue()).toBe(department);
    await type(section.page, 'input[name=person]', '某某');
    await press(section.page, 'button[value=sign]');
    await section.page.getByRole('rowheader', { name: department }).waitFor();
  }
  const [chooser] = await Promise.all([
    section.page.waitForEvent('filechooser'),
    press(section.page, 'input[type=file]'),
  ]);
  await chooser.setFiles(minutes);
  await press(section.page, 'button[value=minute]');
  await section.page.getByRole('link', { name: minutes.name }).waitFor();
  await press(section.page, 'a[href*="select=all"]');
  await expect.poll(() => section.page.locator(`${ROW}:checked`).count()).toBe(listed);
  await press(section.page, 'button[value=decide]');
  await section.page.getByText(`会议同意推荐 ${listed} 家`).waitFor();

  await page.goto(address);
  await press(page, 'button[value=submit]');
  await page.getByText(`已报送 ${listed} 家`).waitFor();
  // Going over the navigation before its routes are known to the browser: told, and fetched when opened.
  const early = /Tried to prefetch \S+ but no routes matched/;
  expect([...staff.problems, ...section.problems].filter((line) => !early.test(line))).toEqual([]);
  await staff.close();
  await section.close();
}, 180_000);

test('without scripts: a selection handed over by a list, a step that came too late, a step that is not one’s own', async () => {
  const cookie = await site.cookie('staff');
  const send = (to: string, body: URLSearchParams, who = cookie) =>
    fetch(site.url + to, { method: 'POST', redirect: 'manual', headers: { cookie: who }, body });
  const handed = new URLSearchParams([
    ['scheme', 'gazelle'],
    ['on', '2026-12-01'],
    ['enterprise', '4'],
    ['enterprise', '5'],
  ]);
  const shown = await send('/batches/new', handed);
  const text = await shown.text();
  expect([shown.status, text.includes('虚构第4科技'), text.includes('value="2026-12-01"')]).toEqual([
    200,
    true,
    true,
  ]);
  const filtered = await fetch(`${site.url}/candidates/gazelle/batch?tab=undetermined`, {
    headers: { cookie },
  });
  expect([
    new URL(filtered.url).pathname,
    (await filtered.text()).split('type="checkbox" name="enterprise"').length - 1,
  ]).toEqual(['/batches/new', 30]);
  handed.delete('on');
  for (const [name, value] of Object.entries({
    intent: 'create',
    title: '瞪羚批次',
    applicationOn: '2026-12-01',
    orderBy: 'closeness',
  }))
    handed.set(name, value);
  const made = await send('/batches/new', handed);
  const address = made.headers.get('location')!;
  expect([made.status, address]).toEqual([303, expect.stringMatching(/^\/batches\/\d+$/)]);
  const step = (intent: string, revision: number, who = cookie) =>
    send(`${address}?index`, new URLSearchParams({ intent, revision: String(revision) }), who);
  expect((await step('send', 0)).status).toBe(303);
  const late = await step('send', 0);
  expect([late.status, (await late.text()).includes('staff 刚办理了“送管家确认”')]).toEqual([409, true]);
  const foreign = await step('pass_steward', 1, await site.cookie('leadership'));
  expect([foreign.status, (await foreign.text()).includes('您的角色不能')]).toEqual([422, true]);
  expect((await step('no-such-step', 1)).status).toBe(400);
});

test('one is returned for a supplement and comes back; the meeting agrees to some and says why not to the others', async () => {
  const staff = await as('staff');
  const { page } = staff;
  await page.goto('/batches/new?scheme=isme');
  await page.locator('select[name=scheme]').selectOption('isme');
  await page.getByLabel('批次名称').fill('补充与部分同意');
  await page.getByLabel('粘贴企业名称或统一社会信用代码').fill(CODES.slice(0, 5).join('\n'));
  await button(page, '加入并核对').click();
  await page.getByText('共 5 家：可以列入 5 家').waitFor();
  await button(page, '起草批次').click();
  await page.getByText('已起草并核对：列入 5 家').waitFor();
  const address = new URL(page.url()).pathname;
  await button(page, '送管家确认').click();
  await page.getByRole('link', { name: '勾选全部列入的企业' }).click();
  await expect.poll(() => page.locator('input[name=row]:checked').count()).toBe(5);
  await button(page, '确认勾选的企业，送科室审核').click();
  await page.getByText('请科室审核').waitFor();

  // The section asks one enterprise for a paper; until it is there, the batch does not pass.
  const section = await as('section', 'desktop');
  const other = section.page;
  await other.goto(address);
  await table(other, '批次中的企业').first().getByRole('link').click();
  await button(other, '退回补充').click();
  await other.getByText('请勾选要补充的条件，或写明要补充的材料').first().waitFor();
  expect(section.problems.splice(0)).toEqual([expect.stringContaining('status of 400')]);
  await other.getByLabel('要补充的材料').fill('2025 年度审计报告');
  await button(other, '退回补充').click();
  await other.getByText('待补充').first().waitFor();
  const row = new URL(other.url()).pathname;
  await fine(other, 'batch-supplement');
  await other.goto(address);
  expect(await button(other, '审核通过，提交联席会议').isDisabled()).toBe(true);

  // Staff find exactly what was asked, and nothing else is open.
  await page.goto(row);
  await page.getByRole('group', { name: '2025 年度审计报告' }).waitFor();
  expect(await page.getByLabel('补充说明').count()).toBe(1);
  expect(await button(page, '退回补充').count()).toBe(0);
  await page.getByLabel('补充说明').fill('已由会计师事务所出具');
  await page.locator('input[type=file]').setInputFiles({
    name: '审计报告.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from('审计报告'),
  });
  await button(page, '提交补充').click();
  await page.getByText('已由会计师事务所出具').first().waitFor();
  await page.getByRole('link', { name: '审计报告.txt' }).waitFor();
  expect(await page.getByText('待补充').count()).toBe(0);

  await other.goto(address);
  await button(other, '审核通过，提交联席会议').click();
  for (const department of ['科技局', '财政局']) {
    await other.getByLabel('部门', { exact: true }).selectOption(department);
    await other.getByLabel('签署人').fill('某某');
    await button(other, '登记签署').click();
    await other.getByRole('rowheader', { name: department }).waitFor();
  }
  await other.setInputFiles('input[type=file]', minutes);
  await button(other, '附上').click();
  await other.getByRole('link', { name: minutes.name }).waitFor();

  // Three of five; without a reason for the two nothing happens, and the ticks stay.
  const boxes = other.locator('input[name=row]');
  for (const at of [0, 1, 2]) await boxes.nth(at).check();
  await button(other, '记录会议决定').click();
  await other.getByText('还有 2 家未同意，请选择理由').first().waitFor();
  expect(section.problems.splice(0)).toEqual([expect.stringContaining('status of 400')]);
  expect(await other.locator('input[name=row]:checked').count()).toBe(3);
  await other.getByLabel('未勾选的企业不予推荐，理由').selectOption({ index: 1 });
  await other.getByLabel('说明', { exact: false }).first().fill('会议认为成长性不足');
  await button(other, '记录会议决定').click();
  await other.getByText('会议同意推荐 3 家').waitFor();
  await other.getByText('部分同意').first().waitFor();
  expect(await table(other, '批次中的企业').filter({ hasText: '会议认为成长性不足' }).count()).toBe(2);
  await fine(other, 'batch-partly');

  await page.goto(address);
  await button(page, '报送').click();
  await page.getByText('已报送 3 家').waitFor();
  expect([...staff.problems, ...section.problems]).toEqual([]);
}, 180_000);
