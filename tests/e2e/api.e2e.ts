// The interface on the real server: a token made on the page works until it is ended there; what is refused before
// anything is read; the help page.
import http from 'node:http';
import { expect, test } from 'vitest';
import { CODES, NAME_MARK, prepare } from './park.ts';
import { fine, openSite } from './site.ts';

const site = openSite(prepare);

const ask = (path: string, token: string, init: RequestInit = {}) =>
  fetch(`${site.url}/api/v1${path}`, {
    ...init,
    headers: { authorization: `Bearer ${token}`, ...(init.headers as Record<string, string>) },
  });
const errorOf = async (response: Response) =>
  ((await response.json()) as { error: { code: string; message: string } }).error;

test('a token is made, shown once, used, seen to be used, and ended', async () => {
  const { page, problems, close } = await site.as('administrator');
  await page.goto('/users');
  await page.getByRole('link', { name: '接口令牌' }).click();
  await page.getByRole('button', { name: '建立令牌' }).click();
  await page.getByRole('alert').getByText('请选择角色').waitFor();
  await page.getByLabel('用途').fill('市统计平台');
  await page.getByLabel('角色').selectOption('leadership');
  await page.getByRole('button', { name: '建立令牌' }).click();
  const token = await page.getByRole('status').locator('code').innerText();
  const row = page.getByRole('row', { name: /市统计平台/ }).first();
  await row.getByText('未使用').waitFor();
  await fine(page, 'tokens');

  expect((await ask('/enterprises', token)).status).toBe(200);
  await page.reload();
  // Shown this once; what remains is how it begins.
  expect((await page.content()).includes(token)).toBe(false);
  await row.getByText(`${token.slice(0, 11)}…`).waitFor();
  expect(await row.getByText('未使用').count()).toBe(0);

  await page.getByRole('button', { name: '停用：市统计平台' }).click();
  await page.getByText('令牌已停用').waitFor();
  const refused = await ask('/enterprises', token);
  expect([refused.status, (await errorOf(refused)).code]).toEqual([401, 'unauthenticated']);
  // The browser says of the form that was not complete that it came back with a 400.
  expect(problems.filter((each) => !each.includes('status of 400'))).toEqual([]);
  await close();
});

test('without scripts, too', async () => {
  const cookie = await site.cookie('administrator');
  const body = new URLSearchParams({
    intent: 'create',
    name: '企业自己的系统',
    role: 'enterprise',
    uscc: CODES[0]!,
  });
  const answer = await fetch(`${site.url}/users/tokens`, { method: 'POST', headers: { cookie }, body });
  const token = /tidu_[\w-]{43}/.exec(await answer.text())![0];
  expect((await ask(`/enterprises/${CODES[0]}`, token)).status).toBe(200);
  const another = await ask(`/enterprises/${CODES[1]}`, token);
  expect(another.status).toBe(403);
  expect(await another.text()).not.toContain(NAME_MARK);
});

/** A request as no browser sends it. */
function raw(options: http.RequestOptions, body: string): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const request = http.request(`${site.url}/api/v1/assess`, { method: 'POST', ...options }, (response) => {
      let text = '';
      response.on('data', (chunk) => (text += String(chunk)));
      response.on('end', () => resolve({ status: response.statusCode!, text }));
    });
    request.on('error', reject);
    request.end(body);
  });
}

test('what is refused before it is read is JSON, too', async () => {
  const chunked = await raw({ headers: { 'transfer-encoding': 'chunked' } }, '{}');
  const big = await raw({ headers: { 'content-length': 64 * 1024 * 1024 + 1 } }, '');
  const codes = [chunked, big].map(({ status, text }) => [
    status,
    (JSON.parse(text) as { error: { code: string } }).error.code,
  ]);
  expect(codes).toEqual([
    [411, 'length-required'],
    [413, 'too-large'],
  ]);
  const odd = await fetch(`${site.url}/api/v1/%E0%A4%A`);
  expect([odd.status, (await errorOf(odd)).code]).toEqual([400, 'invalid']);
  const options = await ask('/funnel', 'x', { method: 'OPTIONS' });
  expect([options.status, options.headers.get('access-control-allow-origin')]).toEqual([405, null]);
});

test('who is signed in reads by the browser; a page elsewhere can neither send nor read', async () => {
  const cookie = await site.cookie('staff');
  const read = await fetch(`${site.url}/api/v1/enterprises`, {
    headers: { cookie, origin: 'http://evil.example' },
  });
  expect([
    read.status,
    read.headers.get('access-control-allow-origin'),
    read.headers.get('cache-control'),
  ]).toEqual([200, null, 'no-store']);
  const sent = await fetch(`${site.url}/api/v1/assess`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json' },
    body: '{}',
  });
  expect([sent.status, (await errorOf(sent)).code]).toEqual([401, 'unauthenticated']);
});

test('the help page names every address that answers', async () => {
  const { endpoints } = (await (await fetch(`${site.url}/api/v1`)).json()) as {
    endpoints: { method: string; path: string }[];
  };
  const { page, problems, close } = await site.as('leadership');
  await page.goto('/help/api');
  const text = await page.getByRole('article').innerText();
  for (const { method, path } of endpoints) expect(text).toContain(`${method} ${path}`);
  expect(endpoints.length).toBeGreaterThan(10);
  await fine(page, 'help-api');
  expect(problems).toEqual([]);
  await close();
});
