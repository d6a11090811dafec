// What the operator keeps reaches the public pages: numbers that no text gives, and calls for applications.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { NO_ANSWERS, type Answers } from '../../app/rules/ask/answers.ts';
import { addDays } from '../../app/rules/day.ts';
import { openDatabase, systemClock } from '../../app/services/database.server.ts';
import { enterOperatorValue } from '../../app/services/operator-values.server.ts';
import { keepWindow } from '../../app/services/windows.server.ts';
import { accessibilityFaults } from './harness.ts';
import { fine, openSite } from './site.ts';

const TODAY = systemClock.today();
const YEAR = Number(TODAY.slice(0, 4)) - 1;
const CLOSES = addDays(TODAY, 70);

const site = openSite(async (file) => {
  const db = openDatabase(file, { mode: 'write', create: true, migrate: true });
  const actor = 'test';
  const entered = { fromDay: '2026-01-01', reference: '珠海瞪羚公告示例', actor };
  await enterOperatorValue(db, systemClock, {
    ...entered,
    key: 'zhuhai-2024.gazelle.revenue',
    value: '10000000',
  });
  await enterOperatorValue(db, systemClock, { ...entered, key: 'zhuhai-2024.gazelle.growth', value: '0.2' });
  const window = {
    kind: 'new',
    opensOn: TODAY,
    closesOn: CLOSES,
    yearly: false,
    lastYear: null,
    link: null,
  } as const;
  for (const [region, label] of [
    ['4404', '珠海瞪羚入库示例'],
    ['3701', '济南瞪羚示例'],
  ] as const)
    await keepWindow(
      db,
      systemClock,
      { ...window, scheme: 'gazelle', region, label, reference: `${label}通知`, doubt: null },
      { actor },
    );
  await db.close();
});

const answers = (last: string): Answers => ({
  ...NO_ANSWERS,
  schemes: ['gazelle'],
  division: '440400',
  given: { [`years.${YEAR}.operatingRevenue`]: last, [`years.${YEAR - 1}.operatingRevenue`]: '1000' },
});

async function show(page: Page, last: string, at = 'result'): Promise<void> {
  await page.goto('/assess');
  await page.evaluate((text) => localStorage.setItem('tidu.assess', text), JSON.stringify(answers(last)));
  await page.goto(`/assess/${at}`);
}

test('an entered number decides, and says where it stands', async () => {
  const { page, problems, close } = await site.open();
  const text = () => page.locator('main').textContent();
  await show(page, '1200');
  await expect.poll(text).toContain('由本系统运营方录入的数值');
  expect(await text()).toContain('珠海瞪羚公告示例');
  expect(await page.locator('#verdict-gazelle').textContent()).toContain('符合');
  await show(page, '1199.99');
  await expect.poll(() => page.locator('#verdict-gazelle').textContent()).toContain('不符合');
  expect(problems).toEqual([]);
  await close();
});

test.each(['laptop', 'phone'] as const)(
  'a call of the place is worked back from its last day, on a %s',
  async (size) => {
    const { page, problems, close } = await site.open(size);
    await show(page, '1200');
    const calls = page.locator('section[aria-labelledby="calls"]');
    await calls.getByText('珠海瞪羚入库示例').first().waitFor();
    const shown = await calls.textContent();
    for (const weeks of [8, 4, 2, 1]) expect(shown).toContain(addDays(CLOSES, -7 * weeks));
    expect(shown).not.toContain('济南');
    await fine(page, `assess-calls-${size}`);
    expect(await page.locator('.assess-report').textContent()).toContain('珠海瞪羚入库示例');
    expect(problems).toEqual([]);
    await close();
  },
);

test('prices and forecasts change the plan, stay in the browser, and go when they are cleared', async () => {
  const { page, problems, close } = await site.open();
  const sent: string[] = [];
  await show(page, '1100', 'plan');
  page.on('request', (request) => sent.push(request.url()));
  await page.locator('main').getByText('没有可行的路径').first().waitFor();
  await page.locator('summary', { hasText: '以后各年的预测' }).click();
  await page.getByLabel(`${YEAR + 1} 年营业收入预测`).fill('1320');
  await expect.poll(() => page.locator('main').textContent()).toContain(`${YEAR + 2} 年申请`);
  expect(await page.locator('main').textContent()).toContain(`${YEAR + 1} 年营业收入按您的预测`);
  await page.getByLabel(/自主Ⅰ类知识产权/).fill('3.5');
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.reload();
  await expect.poll(() => page.getByLabel(/自主Ⅰ类知识产权/).inputValue()).toBe('3.5');
  expect(sent.filter((url) => url.includes('1320') || url.includes('3.5'))).toEqual([]);
  await page.goto('/assess');
  await page.getByText('清除本机保存的内容').click();
  expect(await page.evaluate(() => localStorage.length)).toBe(0);
  expect(problems).toEqual([]);
  await close();
});
