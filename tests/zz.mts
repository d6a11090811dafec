import chromium from '@sparticuz/chromium';
import { chromium as pw } from 'playwright-core';
const [, , base, role, size, ...paths] = process.argv;
const sizes: Record<string, { width: number; height: number }> = { l: { width: 1366, height: 768 }, d: { width: 1920, height: 1080 }, p: { width: 390, height: 844 } };
const b = await pw.launch({ executablePath: await chromium.executablePath(), args: ['--no-sandbox', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--font-render-hinting=none'] });
const c = await b.newContext({ viewport: sizes[size!]!, locale: 'zh-CN' });
const page = await c.newPage();
if (role !== '-') {
  await page.goto(base + '/login');
  await page.fill('[name=username]', role!);
  await page.fill('[name=password]', 'Tidu-2021-示例');
  await Promise.all([page.waitForURL((u) => !u.pathname.startsWith('/login')), page.keyboard.press('Enter')]);
}
for (const p of paths) {
  const full = p.startsWith('F:');
  const path = full ? p.slice(2) : p;
  const t = Date.now();
  const r = await page.goto(base + path, { waitUntil: 'networkidle' });
  const name = `/tmp/w/lead/shots/${role}-${size}-${path.replace(/[^\w\u4e00-\u9fa5]+/g, '_').slice(0, 60)}.png`;
  await page.screenshot({ path: name, fullPage: full });
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  console.log(r?.status(), Date.now() - t, 'ms', over > 0 ? `OVERFLOW ${over}` : '', name);
}
await b.close();
