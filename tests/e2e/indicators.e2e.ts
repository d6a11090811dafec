// Definitions, values and targets as staff keep them in the browser, and what leadership may not do.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { prepare } from './park.ts';
import { fine, openSite } from './site.ts';

const site = openSite(prepare);

async function fill(page: Page, fields: Readonly<Record<string, string>>) {
  for (const [name, text] of Object.entries(fields)) {
    const field = page.locator(`#${name}`);
    if ((await field.evaluate((node) => node.tagName)) === 'SELECT') await field.selectOption(text);
    else await field.fill(text);
  }
}

const common = { rounding: 'halfUp', digits: '0', rateDigits: '1', scope: '全区', owner: '发展科' };

async function define(page: Page, fields: Readonly<Record<string, string>>) {
  await page.goto('/definitions/new');
  await fill(page, { ...common, source: '月报', numerator: '按报表', ...fields });
  await page.getByRole('button', { name: '登记' }).click();
}

test('an indicator is defined, entered, corrected with a reason, given a target, and shown', async () => {
  const { page, problems, close } = await site.as('staff');
  await define(page, { id: 'solved', label: '诉求办结', nature: 'flow', unit: '项' });
  await page.getByText('已登记：诉求办结').waitFor();

  // A rate without a denominator is refused, and nothing typed is lost.
  const rate = { id: 'solved.rate', label: '诉求办结率', nature: 'rate', unit: '%', numeratorId: 'solved' };
  await define(page, rate);
  await page.getByText('比率须有分母；未报送总数的，不能设为比率').first().waitFor();
  expect(await page.inputValue('#label')).toBe('诉求办结率');
  await fine(page, 'definition-refused');

  await define(page, { id: 'raised', label: '诉求收集', nature: 'flow', unit: '项' });
  await page.getByText('已登记：诉求收集').waitFor();
  await define(page, { ...rate, denominator: '收集的诉求', denominatorIds: 'raised' });
  await page.getByText('已登记：诉求办结率').waitFor();
  await fine(page, 'definitions');

  const enter = async (id: string, fields: Readonly<Record<string, string>>) => {
    await page.goto(`/indicators/${id}/value`);
    await fill(page, { fromOn: '2026-01-01', toOn: '2026-06-30', knownAt: '2026-07-05', ...fields });
    await page.getByRole('button', { name: '录入' }).click();
  };
  await enter('solved', { value: '４８６' });
  await page.getByText('已录入').waitFor();
  await enter('solved', { value: '487' });
  await page.getByText('该期间已由 staff 录入 486项；更正请写明理由').first().waitFor();
  await fill(page, { note: '漏计一项' });
  await page.getByRole('button', { name: '录入' }).click();
  await page.getByText('漏计一项').waitFor();
  expect(await page.getByRole('table', { name: '录入记录' }).locator('tbody tr').count()).toBe(2);

  await page.goto('/indicators?asOf=2026-06-30');
  await page
    .getByRole('row', { name: /诉求办结率/ })
    .getByText('未报送总数，不计算')
    .first()
    .waitFor();
  await enter('raised', { value: '581' });
  await page.getByText('已录入').waitFor();

  await page.goto('/indicators/solved/target');
  await fill(page, { fromOn: '2026-01-01', toOn: '2026-12-31', value: '500', reference: '工作要点' });
  await page.getByRole('button', { name: '保存' }).click();
  await page.getByText('已保存目标').waitFor();
  await fine(page, 'indicator');

  await page.goto('/indicators?asOf=2026-06-30');
  await page.getByText('2026年上半年，诉求办结487项，完成年度任务的97.4%。').waitFor();
  await page.getByText('2026年上半年，诉求办结率83.8%。').waitFor();
  await fine(page, 'indicators');
  await page.goto('/targets?asOf=2026-06-30');
  await page.getByText('尚差13项').waitFor();
  await fine(page, 'targets');
  // The two refusals above are answered with 400, which the browser reports.
  expect(problems.filter((each) => !each.includes('status of 400'))).toEqual([]);
  await close();
});

test('values come in from a table; what is refused comes back with its reason', async () => {
  const { page, problems, close } = await site.as('staff');
  await page.goto('/indicator-values');
  await page.getByRole('button', { name: '录入', exact: true }).click();
  await page.getByRole('alert').getByText('请选择文件').waitFor();
  await fine(page, 'indicator-values');
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: '指标数值模板.xlsx' }).click();
  expect((await download).suggestedFilename()).toBe('指标数值模板.xlsx');
  const rows = [
    '指标,首日,末日,数值,来源,知悉日期,备注',
    '诉求收集,2025-01-01,2025-06-30,500,月报,2025-07-05,x',
    '诉求办结,2025-01-01,2025-06-30,四百,月报,2025-07-05,',
  ];
  const file = { name: '半年.csv', mimeType: 'text/csv', buffer: Buffer.from(rows.join('\n')) };
  await page.locator('#file').setInputFiles(file);
  await page.getByRole('button', { name: '录入', exact: true }).click();
  await page.getByRole('heading', { name: /半年\.csv/ }).waitFor();
  await page.getByRole('cell', { name: '数值：请填写数字' }).waitFor();
  await page.getByText('没有读入的列：备注').waitFor();
  expect(await page.getByRole('link', { name: '下载退回的行' }).count()).toBe(1);
  await fine(page, 'indicator-values-done');
  await page.goto('/indicators/raised');
  await page.getByRole('table', { name: '录入记录' }).getByText('500').waitFor();
  expect(problems.filter((each) => !each.includes('status of 400'))).toEqual([]);
  await close();
});

test('a change of rounding ends the definition and keeps it on record', async () => {
  const { page, close } = await site.as('administrator');
  await page.goto('/definitions/hnte.total/edit');
  await fill(page, { label: '国家高新技术企业', rounding: 'truncate' });
  await page.getByRole('button', { name: '保存' }).click();
  await page.getByRole('heading', { name: '国家高新技术企业' }).waitFor();
  await page.goto('/definitions/hnte.total/edit');
  await fill(page, { rateDigits: '2' });
  await page.getByRole('button', { name: '保存' }).click();
  await page.getByText('已登记：国家高新技术企业').waitFor();
  expect(await page.getByRole('table', { name: '变更记录' }).locator('tbody tr').count()).toBe(2);
  await fine(page, 'definition');
  await close();
});

test('leadership reads and does not write', async () => {
  const { page, close } = await site.as('leadership');
  await page.goto('/indicators/hnte.total');
  await page.getByRole('heading', { name: '目标', exact: true }).waitFor();
  expect(await page.getByText('设目标').count()).toBe(0);
  await close();
  const cookie = await site.cookie('leadership');
  const response = await fetch(`${site.url}/indicators/hnte.total/target`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie },
    body: new URLSearchParams({ fromOn: '2026-01-01', toOn: '2026-12-31', value: '1', unit: '家' }),
  });
  expect(response.status).toBe(403);
});
