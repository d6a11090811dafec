// Papers in the browser: what is printed, on how many pages, and that Word gets the same.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { openDatabase } from '../../app/db/clients.server.ts';
import { systemClock } from '../../app/db/clock.ts';
import { recordFacts } from '../../app/services/facts.server.ts';
import { keepFollowUp } from '../../app/services/follow-ups.server.ts';
import { companyJson, facts } from '../rules/company.ts';
import { accessibilityFaults } from './harness.ts';
import { CODES, prepare } from './park.ts';
import { fine, openSite } from './site.ts';

/** As much as a park may know of one enterprise: every fact, long notes, many promises. */
async function fill(file: string): Promise<void> {
  const db = openDatabase(file, { mode: 'write' });
  const json = companyJson();
  for (const figures of Object.values(json.years!)) {
    const known = figures as Record<string, number | null>;
    known.rdExpense = known.rdExpenseDomestic = 1_000_000;
    known.techStaff = known.hiTechIncome = null;
  }
  const name = '示例・名称很长的新一代信息技术与高端装备制造产业创新发展股份有限公司';
  await db.write((tx) =>
    recordFacts(
      tx,
      systemClock,
      [{ kind: 'facts', uscc: CODES[0]!, facts: facts({ ...json, name, titles: [] }) }],
      { actor: 'test' },
    ),
  );
  const day = (n: number) => systemClock.today().slice(0, 8) + String((n % 28) + 1).padStart(2, '0');
  for (let i = 0; i < 12; i += 1)
    await keepFollowUp(
      db,
      systemClock,
      {
        scheme: 'giant',
        kind: 'visit',
        onDay: `2026-01-${String(i + 1).padStart(2, '0')}`,
        note: '企业反映研发费用归集与审计口径不一致，'.repeat(20),
        nextAction: '请企业财务部与审计机构核对研发费用专项审计报告并补充辅助账'.repeat(3),
        nextOn: day(i) > '2026-01-31' ? day(i) : '2026-02-01',
      },
      { enterpriseId: 1, actor: 'staff' },
    );
  await db.close();
}

const site = openSite(async (file) => {
  await prepare(file);
  await fill(file);
});

/** Width and height of each page of the print, in points. */
async function printed(page: Page): Promise<[number, number][]> {
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  return [...pdf.matchAll(/\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]/g)].map((found) => [
    Math.round(Number(found[1])),
    Math.round(Number(found[2])),
  ]);
}
const A4: [number, number] = [595, 842];

test('一企一页 is one page, whatever there is to say', async () => {
  const { page, problems, close } = await site.as('staff');
  await page.goto(`/enterprises/${CODES[0]}`);
  await page.getByRole('link', { name: '一企一页' }).click();
  await page.getByRole('table', { name: '最近联系' }).waitFor();
  await fine(page, 'brief');
  expect(await printed(page)).toEqual([A4]);
  // The emptiest of them is one page too.
  await page.goto(`/enterprises/${CODES[2]}/brief`);
  expect(await printed(page)).toEqual([A4]);
  expect(problems).toEqual([]);
  await close();
});

test('推荐表 says what the card says, prints upright, and comes as Word', async () => {
  const { page, problems, close } = await site.as('leadership');
  await page.goto(`/enterprises/${CODES[0]}`);
  const gaps = await page.locator('#verdict-hnte .verdict-line').count();
  await page.getByRole('link', { name: '高企推荐表' }).click();
  const table = page.getByRole('table', { name: '逐项核对' });
  await table.waitFor();
  expect(await table.locator('tbody tr').count()).toBe(gaps);
  expect(await accessibilityFaults(page)).toEqual([]);
  const pages = await printed(page);
  expect(pages.length).toBeGreaterThan(1);
  expect(pages.every(([width, height]) => width === A4[0] && height === A4[1])).toBe(true);
  expect(problems).toEqual([]);
  await close();

  const cookie = await site.cookie('leadership');
  for (const address of ['sheet/hnte/docx', 'brief/docx']) {
    const response = await fetch(`${site.url}/enterprises/${CODES[0]}/${address}`, { headers: { cookie } });
    const bytes = new Uint8Array(await response.arrayBuffer());
    expect([response.status, String.fromCharCode(...bytes.slice(0, 2))]).toEqual([200, 'PK']);
    expect(response.headers.get('content-type')).toContain('wordprocessingml');
  }
  const none = await fetch(`${site.url}/enterprises/${CODES[0]}/sheet/nothing`, { headers: { cookie } });
  expect(none.status).toBe(404);
});
