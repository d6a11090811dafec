import { expect, test } from 'vitest';
import { screenshot, startServer, temporaryDatabase } from './harness.ts';
import { openSite } from './site.ts';

const site = openSite();

test.each(['/healthz', '/readyz'])('%s answers', async (address) => {
  const response = await fetch(site.url + address);
  expect([response.status, await response.text()]).toEqual([200, 'ok']);
});

test('the first page renders in the browser without a complaint', async () => {
  const { page, problems, close } = await site.open();
  const response = await page.goto('/');
  await page.waitForLoadState('networkidle');
  expect(response?.status()).toBe(200);
  expect(await page.locator('h1').first().textContent()).not.toBe('');
  await screenshot(page, 'ground-first-page');
  expect(problems).toEqual([]);
  await close();
});

test('scripts run only with the nonce of their answer, and nothing may frame the page', async () => {
  const [first, second] = await Promise.all([fetch(site.url), fetch(site.url)]);
  const policy = first.headers.get('content-security-policy') ?? '';
  const nonce = /'nonce-([^']+)'/.exec(policy)?.[1];
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toMatch(/script-src [^;]*unsafe/);
  expect(await first.text()).toContain(`nonce="${nonce}"`);
  expect(second.headers.get('content-security-policy')).not.toContain(String(nonce));
});

test('built files are kept by the browser for a year, a missing one is a plain 404', async () => {
  const script = /\/assets\/[^"]+\.js/.exec(await (await fetch(site.url)).text())?.[0];
  const found = await fetch(`${site.url}${script}`);
  expect(found.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  const missing = await fetch(`${site.url}/assets/none.js`);
  expect([missing.status, await missing.text()]).toEqual([404, '']);
});

test('an address that is no text gets one line in Chinese and no inner workings', async () => {
  const response = await fetch(`${site.url}/enterprises/%E0%A4%A`);
  expect([response.status, await response.text()]).toEqual([400, '请求有误：地址或内容不完整']);
});

test.each([
  { type: 'application/x-www-form-urlencoded', bytes: 1024 * 1024 + 1, status: 413 },
  { type: 'multipart/form-data; boundary=x', bytes: 64 * 1024 * 1024 + 1, status: 413 },
])('a body of $bytes bytes ($type) is refused', async ({ type, bytes, status }) => {
  const body = new Uint8Array(bytes);
  const response = await fetch(`${site.url}/`, { method: 'POST', headers: { 'content-type': type }, body });
  expect(response.status).toBe(status);
});

test('a signal to stop ends the server in order', async () => {
  const other = temporaryDatabase();
  const second = await startServer(other.file);
  await fetch(`${second.url}/healthz`);
  expect(await second.stop()).toBe(0);
  expect(second.log()).toContain('stopping');
  other.remove();
});
