// A what-if over a list in the browser: by form, by keyboard, with its cost and its workbook.
import { expect, test } from 'vitest';
import { openDatabase } from '../../app/db/clients.server.ts';
import { systemClock } from '../../app/db/clock.ts';
import { recordFacts } from '../../app/services/facts.server.ts';
import { companyJson, facts } from '../rules/company.ts';
import { accessibilityFaults } from './harness.ts';
import { CODES, prepare } from './park.ts';
import { fine, openSite } from './site.ts';

const site = openSite(async (file) => {
  await prepare(file);
  const db = openDatabase(file, { mode: 'write' });
  // Shares of research of 2 %, 3.5 % and 6 % of a revenue whose line is 4 %.
  await db.write((tx) => {
    [0.02, 0.035, 0.06].forEach((share, i) => {
      const json = companyJson();
      for (const figures of Object.values(json.years!)) {
        const known = figures as Record<string, number>;
        if (known.operatingRevenue === undefined) continue;
        known.rdExpense = known.rdExpenseDomestic = Math.round(known.operatingRevenue * share);
      }
      const known = facts({ ...json, name: `示例第${i}有限公司`, titles: [] });
      recordFacts(tx, systemClock, [{ kind: 'facts', uscc: CODES[i]!, facts: known }], { actor: 'test' });
    });
  });
  await db.close();
});

test('another threshold lets one in: its count, its reason, its cost, nothing stored', async () => {
  const { page, problems, close } = await site.as('leadership');
  await page.goto('/candidates/hnte');
  await page.getByRole('link', { name: '假设测算' }).click();
  await page.getByText('改动至少一个门槛').waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.goto('/candidates/hnte/what-if?on=2026-05-06&rule=hnte@2016');
  await page.getByLabel(/研发费用占比（5,000 万元至 2 亿元）/).fill('3');
  await page.getByLabel(/每新增一家的支出/).fill('12.5');
  await page.keyboard.press('Enter');
  await page.getByText('新增 1 家 × 每家 12.50 万元').waitFor();
  await page.getByRole('note').getByText('4% → 3%').waitFor();
  const rows = page.getByRole('table', { name: '新增符合的企业' }).locator('tbody tr');
  await expect.poll(() => rows.count()).toBe(1);
  expect(await rows.first().innerText()).toContain('示例第1有限公司');
  await fine(page, 'what-if');

  const cookie = await site.cookie('leadership');
  const { search } = new URL(page.url());
  const file = await fetch(`${site.url}/candidates/hnte/what-if/xlsx${search}`, { headers: { cookie } });
  expect([file.status, file.headers.get('content-type')]).toEqual([
    200,
    expect.stringContaining('spreadsheetml'),
  ]);
  await page.goto(`/candidates/hnte/what-if${search}&p.hnte.tech-staff=viel`);
  await page.getByRole('alert').waitFor();
  expect(problems).toEqual([]);
  await close();
});
