import chromium from '@sparticuz/chromium';
import { chromium as pw } from 'playwright-core';
const b = await pw.launch({ executablePath: await chromium.executablePath(), args: ['--no-sandbox', '--font-render-hinting=none'] });
const page = await b.newPage({ viewport: { width: 1100, height: 900 } });
for (const id of process.argv.slice(2)) { await page.goto(`file:///tmp/w/lead/sc-${id}.svg`); await page.screenshot({ path: `/tmp/w/lead/sc-${id}.png` }); }
await b.close();
