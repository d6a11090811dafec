// From a rule's page to what it changes: difference, an entered value, the replay of a park and its workbook.
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { openDatabase } from '../../app/services/database.server.ts';
import { fixedClock } from '../../app/db/clock.ts';
import { createUser } from '../../app/services/users.server.ts';
import { tidu } from './harness.ts';
import { PASSWORD } from './park.ts';
import { fine, openSite } from './site.ts';

/** Two companies: one below, one above the 1,200万元 that 小巨人 2026 asks of two years' R&D. */
const FACTS = [5_000_000, 8_000_000].map((research, i) => ({
  uscc: ['91440400MA0000001R', '91440400MA0000002P'][i],
  name: `示例${i + 1}有限公司`,
  division: '440402',
  industry: '3990',
  financing: [
    {
      closedOn: '2024-05-01',
      amount: 1,
      currency: 'USD',
      postMoney: 1,
      qualifiedInvestor: true,
      cededShare: 0.1,
    },
  ],
  years: {
    2024: { operatingRevenue: 100_000_000, rdExpense: research },
    2025: { operatingRevenue: 100_000_000, rdExpense: research },
  },
}));

const site = openSite(async (file) => {
  const table = path.join(path.dirname(file), 'facts.ndjson');
  fs.writeFileSync(table, FACTS.map((facts) => JSON.stringify(facts)).join('\n'));
  const imported = await tidu(file, 'import', table, '--kind', 'facts');
  if (imported.code !== 0) throw new Error(imported.output);
  const db = openDatabase(file, { mode: 'write' });
  await createUser(db, fixedClock('2026-05-06T02:00:00.000Z'), {
    username: 'park',
    role: 'administrator',
    password: PASSWORD,
  });
  await db.close();
});

test('rules: difference, an entered value, replay with a changed threshold, the workbook', async () => {
  const { page, problems, close } = await site.as('park');

  await page.goto('/rules');
  await page.getByRole('table', { name: '谁适用哪一版' }).waitFor();
  await fine(page, 'rules');
  await page.goto('/rules/coverage?treatment=out-of-scope');
  await fine(page, 'rules-coverage');

  await page.goto('/rules/giant@2026');
  const difference = page.getByRole('table', { name: '与上一版相比' });
  expect(await difference.getByText('≥ 70%（含本数）').count()).toBe(1);
  expect(await difference.getByText('≥ 90%（含本数）').count()).toBe(1);
  await fine(page, 'rule');

  await page.goto('/rules/values?key=zhuhai-2024.unicorn.valuation');
  await page.fill('#value', '60,000');
  await page.click('button:has-text("录入")');
  await page.getByText('请填写依据').first().waitFor();
  await page.fill('#reference', '珠科创〔2024〕示例号');
  await page.click('button:has-text("录入")');
  await page.getByText('运营录入 60,000 万元').waitFor();
  await fine(page, 'rule-values');
  await page.goto('/rules/unicorn@zhuhai-2024');
  expect(await page.getByText('珠科创〔2024〕示例号').count()).toBeGreaterThan(0);

  await page.goto('/rules/replay?scheme=giant&from=giant@2026&to=giant@2026&on=2026-05-06');
  await page.getByRole('heading', { name: '保持符合的企业 1 家' }).waitFor();
  await page.getByText('改动门槛试算').click();
  await page.fill('[id="p.giant-2026.rd-total"]', '1000');
  await page.click('button:has-text("比较")');
  await page.getByRole('heading', { name: '新增符合的企业 1 家' }).waitFor();
  expect(page.url()).not.toContain('debt-ratio');
  expect(await page.getByRole('link', { name: '示例1有限公司' }).isVisible()).toBe(true);
  await fine(page, 'rule-replay');
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('text=导出 Excel')]);
  expect(download.suggestedFilename()).toMatch(/^修订影响-.*\.xlsx$/);
  expect(fs.statSync(await site.save(download)).size).toBeGreaterThan(2000);

  expect(problems).toEqual([
    'error: Failed to load resource: the server responded with a status of 400 (Bad Request)',
  ]);
  await close();
});
