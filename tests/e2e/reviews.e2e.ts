// A quarter is drawn up, discussed, sealed by another person, and stays as it was when more becomes known.
import fs from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { tidu } from './harness.ts';
import { demoPark, fine, openSite } from './site.ts';

const site = openSite(demoPark, { demo: true });

const number = (text: string | null) => Number((text ?? '').replaceAll(',', ''));
/** The printed tables, without what is said of the seal and of the steps taken. */
const printed = async (page: Page) => {
  const tables: string[] = [];
  for (const name of ['四级梯队', '就高变动表', '累计变动表', '各称号各环节', '与上期、上年同期比较'])
    tables.push(await page.getByRole('table', { name }).innerText());
  return tables.join('\n');
};

/** A quarter that the demo park leaves open; two later ones are sealed in it. */
const ADDRESS = '/reviews/2026Q1';

test('numbers open lists of just as many, under every switch', async () => {
  const { page, problems, close } = await site.as('yuanqu');
  for (const query of ['', '?counting=held&unit=家次', '?industry=C', '?source=home&steward=none']) {
    await page.goto(ADDRESS + query);
    await page.getByRole('heading', { name: '2026年一季度复盘' }).waitFor();
    if (query === '') await fine(page, 'review');
    expect(await page.getByText('各行平衡').count()).toBe(2);
    for (const [table, part] of [
      ['四级梯队', 'tbody'],
      ['就高变动表', 'tfoot'],
      ['累计变动表', 'tbody'],
      ['各称号各环节', 'tbody'],
    ] as const) {
      const link = page.getByRole('table', { name: table }).locator(`${part} td a`).first();
      if ((await link.count()) === 0) continue;
      const count = number(await link.textContent());
      await page.goto(new URL((await link.getAttribute('href'))!, site.url).href);
      await page
        .getByText(new RegExp(`共 ${count.toLocaleString('en-US')} [家条]`))
        .first()
        .waitFor();
      await page.goBack();
      await page.getByRole('heading', { name: '2026年一季度复盘' }).waitFor();
    }
  }
  expect(problems).toEqual([]);
  await close();
});

test('drawn up, discussed, sealed by another; later knowledge shows as corrections', async () => {
  const staff = await site.as('yuanqu');
  await staff.page.goto(ADDRESS);
  await staff.page.getByRole('button', { name: '以本页口径起草' }).click();
  await staff.page.getByText('已起草').first().waitFor();
  await staff.page.getByRole('textbox', { name: '讨论意见' }).fill('数字已与科室核对。');
  await staff.page.getByRole('button', { name: '记下讨论意见' }).click();
  await staff.page.getByText('已记下讨论意见').waitFor();
  expect(await staff.page.getByRole('button', { name: '封存' }).count()).toBe(0);
  await staff.page.getByText('只有领导或系统管理员可以封存').waitFor();

  const leader = await site.as('lingdao');
  await leader.page.goto(ADDRESS);
  const before = await printed(leader.page);
  await leader.page.getByRole('button', { name: '封存', exact: true }).click();
  await leader.page.getByText('第 3 号封存，核验一致').waitFor();
  expect(await printed(leader.page)).toBe(before);
  await leader.page.getByText('封存至今没有差异。').waitFor();

  // A decision, which its owner finds among what is to be done.
  await leader.page.getByLabel('决定事项').fill('走访二季度到期的高企');
  await leader.page.getByLabel('责任人').selectOption({ index: 1 });
  await leader.page.getByLabel('完成期限').fill('2030-12-31');
  await leader.page.getByRole('button', { name: '登记决定' }).click();
  await leader.page.getByText('已登记决定').waitFor();
  await staff.page.goto('/todo?view=all&kind=decision&steward=all');
  await staff.page.getByText('走访二季度到期的高企').first().waitFor();
  await staff.page.goto('/reviews/2026Q2');
  await staff.page.getByText('此前复盘未办结的').waitFor();
  await staff.page.getByText('走访二季度到期的高企').waitFor();

  // A certificate of that quarter that becomes known only now.
  const file = path.join(path.dirname(site.file), '补录.csv');
  const row = new Database(site.file, { readonly: true });
  const found = row
    .prepare(
      `SELECT uscc, name FROM Enterprise WHERE mergedIntoId IS NULL AND id NOT IN
         (SELECT enterpriseId FROM Span WHERE scheme = 'hnte' OR lane IN ('headline', 'park')) LIMIT 1`,
    )
    .get() as { uscc: string; name: string };
  row.close();
  fs.writeFileSync(
    file,
    `统一社会信用代码,企业名称,称号,证书编号,发证日期,有效期截止\n${found.uscc},${found.name},高新技术企业,GR202600009999,2026-02-10,2029-02-09\n`,
  );
  const imported = await tidu(site.file, 'import', file, '--kind', 'titles', '--json');
  expect(imported.output).toContain('"rejected":0');
  await leader.page.goto(ADDRESS);
  const corrections = leader.page.getByRole('table', { name: '更正' });
  await corrections.getByRole('row', { name: /高企：新认定（累计）/ }).waitFor();
  expect(await printed(leader.page)).toBe(before);
  await fine(leader.page, 'review-sealed');
  expect([...staff.problems, ...leader.problems]).toEqual([]);
  await staff.close();
  await leader.close();
});

test('the screen shows the same numbers without scrolling', async () => {
  const { page, problems, close } = await site.as('lingdao', 'desktop');
  await page.goto(ADDRESS);
  const shown = await page
    .getByRole('table', { name: '四级梯队' })
    .locator('tbody td:nth-child(2)')
    .allInnerTexts();
  await page.goto(`${ADDRESS}/screen`);
  await page.getByRole('heading', { name: /2026年一季度/ }).waitFor();
  const numbers = await page.locator('.rs-row .rs-number').allInnerTexts();
  expect(numbers.slice(1).map((text) => text.replace(/\s*家$/, ''))).toEqual(shown);
  const box = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    document.documentElement.scrollHeight,
    [...document.querySelectorAll('.rs *')].filter((node) => node.getBoundingClientRect().bottom > 1080)
      .length,
  ]);
  expect(box).toEqual([1920, 1080, 0]);
  await fine(page, 'review-screen');
  expect(problems).toEqual([]);
  await close();
});

test('a change made in the database is told loudly', async () => {
  await site.stop();
  const direct = new Database(site.file);
  direct.prepare(`UPDATE ReviewSeal SET content = replace(content, '"text":"', '"text":"1')`).run();
  direct.close();
  const verified = await tidu(site.file, 'verify');
  expect(verified.code).toBe(1);
  expect(verified.output).toContain('第 1 号封存');
  await site.start();
  const again = await site.as('lingdao');
  await again.page.goto(ADDRESS);
  await again.page.getByRole('alert').getByText('数据库被直接改动过').waitFor();
  await fine(again.page, 'review-altered');
  await again.close();
}, 180_000);

test('a seal that was cut off is missed on every page until an administrator says why', async () => {
  await site.stop();
  const direct = new Database(site.file);
  direct.prepare('DELETE FROM ReviewSeal WHERE seq = 3').run();
  direct.close();
  await site.start();
  const lost = '数据库中缺少第 3 号封存';
  const leader = await site.as('lingdao');
  await leader.page.goto(ADDRESS);
  await leader.page.getByRole('alert').getByText(lost).waitFor();
  await leader.page.goto('/reviews');
  await leader.page.getByRole('alert').getByText(lost).waitFor();
  expect(await leader.page.getByRole('button', { name: /确认缺失/ }).count()).toBe(0);
  await leader.close();

  const { page, close } = await site.as('guanli');
  await page.goto('/reviews');
  await page.getByRole('button', { name: /确认缺失/ }).click();
  await page.getByText('请填写原因').first().waitFor();
  await fine(page, 'reviews-missing');
  await page.getByLabel('原因').fill('有意恢复了较早的备份');
  await page.getByRole('button', { name: /确认缺失/ }).click();
  await page.getByText('已确认并留存').waitFor();
  await page.getByText('有意恢复了较早的备份').waitFor();
  expect(await page.getByRole('alert').getByText(lost).count()).toBe(0);
  await fine(page, 'reviews-acknowledged');
  await close();
}, 180_000);
