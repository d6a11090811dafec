// An enterprise joins by invitation, fills in what the park asked for, submits; the park decides; and nobody sees
// or touches what is another's.
import { expect, test } from 'vitest';
import { openDatabase } from '../../app/db/clients.server.ts';
import { systemClock } from '../../app/db/clock.ts';
import { loadFacts } from '../../app/queries/facts.server.ts';
import { ROUTE_ROLES, mayOpen, type RouteId } from '../../app/services/access.server.ts';
import { parseFacts } from '../../app/rules/facts/parse.ts';
import { submit } from '../../app/services/door.server.ts';
import { keepInDraft, submitDraft } from '../../app/services/submissions.server.ts';
import { createUser } from '../../app/services/users.server.ts';
import { logIn } from './harness.ts';
import { CODES, PASSWORD, prepare } from './park.ts';
import { fine, openSite } from './site.ts';

const YEAR = Number(systemClock.today().slice(0, 4)) - 1;

/** What somebody of the park wrote of company 1, under which name; and what an authority announced. */
const [REMARK, WRITER, OFFICIAL] = ['内部研判暂缓推荐', 'park-clerk-lin', '高企公示名单示例'];

/** What company 2 submitted: stands nowhere else. */
const SECRET = 987_654_321.09;

const site = openSite(async (file) => {
  await prepare(file);
  const db = openDatabase(file, { mode: 'write' });
  await createUser(db, systemClock, {
    username: 'erhao',
    role: 'enterprise',
    password: PASSWORD,
    enterpriseId: 2,
  });
  const parsed = parseFacts({ years: { [YEAR]: { rdExpense: SECRET } } });
  if (!parsed.ok) throw new Error('facts');
  const paths = [`years.${YEAR}.rdExpense`];
  await keepInDraft(db, systemClock, { enterpriseId: 2, facts: parsed.facts, paths, actor: 'erhao' });
  await submitDraft(db, systemClock, { enterpriseId: 2, revision: 1, note: '机密说明', actor: 'erhao' });
  const event = { enterpriseId: 1, scheme: 'hnte', effectiveOn: systemClock.today(), actor: WRITER };
  await submit(db, systemClock, { ...event, type: 'enrol', reason: REMARK });
  const evidence = { title: OFFICIAL, file: `${REMARK}.xlsx` };
  await submit(db, systemClock, { ...event, type: 'publicise', evidence });
  await db.close();
});

test('from the invitation to figures in force', async () => {
  const staff = await site.as('staff');
  await staff.page.goto(`/enterprises/${CODES[2]}/accounts`);
  await staff.page.getByRole('button', { name: '发一个邀请码' }).click();
  const code = await staff.page.getByRole('status').locator('code').innerText();
  await staff.page.getByRole('checkbox', { name: '研发费用', exact: true }).check();
  await staff.page.getByLabel('说明').fill('小巨人申报需要');
  await fine(staff.page, 'accounts-staff');
  await staff.page.getByRole('button', { name: '发给企业' }).click();
  await staff.page.getByText('已要求补充 1 项数据').waitFor();

  const own = await site.open();
  await own.page.goto('/join');
  await own.page.getByLabel('邀请码').fill(code.toUpperCase());
  await own.page.getByLabel('姓名').fill('财务小王');
  await own.page.getByLabel('用户名').fill('caiwu');
  await own.page.getByLabel('密码', { exact: true }).fill(PASSWORD);
  await own.page.getByLabel('再次输入密码').fill('another-one-1');
  await own.page.getByRole('button', { name: '建立账号' }).click();
  await own.page.getByText('两次输入的密码不一致').first().waitFor();
  expect(await own.page.getByLabel('用户名').inputValue()).toBe('caiwu');
  await own.page.getByLabel('密码', { exact: true }).fill(PASSWORD);
  await own.page.getByLabel('再次输入密码').fill(PASSWORD);
  await fine(own.page, 'accounts-join');
  await own.page.getByRole('button', { name: '建立账号' }).click();
  // No second time of typing the password.
  await own.page.waitForURL('**/my');
  await own.page.getByText('账号已建立').waitFor();

  await own.page.getByText('小巨人申报需要').waitFor();
  await fine(own.page, 'accounts-my');
  await own.page.getByRole('link', { name: `${YEAR} 年研发费用` }).click();
  // What the park asked for stands first, and alone.
  const asked = own.page.getByRole('group', { name: '园区要求补充的' });
  await expect.poll(() => asked.getByRole('textbox').count()).toBe(1);
  await fine(own.page, 'accounts-asked');
  await asked.getByLabel('研发费用', { exact: true }).fill('１，２３４.５６');
  await own.page.getByRole('button', { name: '存为草稿并核对' }).click();
  await own.page.waitForURL('**/my/submission');
  const table = own.page.getByRole('table', { name: '待提交的数据' });
  await table.getByText('1234.56').waitFor();
  await fine(own.page, 'accounts-draft');
  await own.page.getByRole('button', { name: '提交给园区（1 项）' }).click();
  await own.page.getByText('待园区处理').waitFor();

  await staff.page.goto('/submissions');
  const lines = staff.page.getByRole('table', { name: '企业提交' }).locator('tbody tr');
  await expect.poll(() => lines.count()).toBe(2);
  await fine(staff.page, 'accounts-submissions');
  await lines.filter({ hasText: '财务小王' }).getByRole('link').first().click();
  await staff.page.getByRole('combobox', { name: '采纳时记为' }).selectOption('audit');
  await fine(staff.page, 'accounts-decide');
  await staff.page.getByRole('button', { name: '采纳全部 1 项' }).click();
  await staff.page.getByText('已处理 1 项').waitFor();

  await own.page.reload();
  await own.page.getByText('已采纳').waitFor();
  await own.page.goto('/my');
  await own.page.getByText('已补充').waitFor();
  // The two passwords that differed, on purpose.
  const refused = own.problems.splice(0, 1);
  expect(refused).toEqual([expect.stringContaining('400')]);
  expect([staff.problems, own.problems]).toEqual([[], []]);
  await staff.close();
  await own.close();
  const db = openDatabase(site.file, { mode: 'read' });
  const facts = loadFacts(db, 3);
  expect(facts.years?.[String(YEAR)]?.rdExpense).toBe(1_234_560_000);
  expect(facts.provenance[`years.${YEAR}.rdExpense`]?.source).toBe('audit');
  await db.close();
});

test('a claim is approved by the park before it opens anything', async () => {
  const { page, close } = await site.open();
  await page.goto('/claim');
  await page.getByLabel('统一社会信用代码').fill(CODES[2]!);
  await page.getByLabel('联系方式').fill('13800000000');
  await page.getByLabel('姓名').fill('小李');
  await page.getByLabel('用户名').fill('xiaoli');
  await page.getByLabel('密码', { exact: true }).fill(PASSWORD);
  await page.getByLabel('再次输入密码').fill(PASSWORD);
  await fine(page, 'accounts-claim');
  await page.getByRole('button', { name: '提交申请' }).click();
  await page.getByText('申请已提交').waitFor();
  await expect(site.cookie('xiaoli')).rejects.toThrow('not let in');

  await logIn(page, 'staff', PASSWORD);
  await page.goto('/submissions?view=claims');
  await page.getByText('13800000000').waitFor();
  await fine(page, 'accounts-claims');
  await page.getByRole('button', { name: '通过' }).click();
  await page.getByText('已通过，账号可以登录').waitFor();
  expect(await site.cookie('xiaoli')).toContain('tidu_session=');
  await close();
});

/** Addresses of the routes open to an enterprise, with another one's numbers and names put wherever one could. */
function addresses(route: RouteId): string[] {
  const path = `/${route
    .replace(/^_app\./, '')
    .replace(/\[\.\]/g, '.')
    .replace(/\._index$|_index$/, '')
    .replaceAll('.', '/')}`;
  const filled = path
    .replace('$id', '1')
    .replace('$year', String(YEAR))
    .replace('$version', 'hnte@2016')
    .replace('$page', 'start');
  const others = [
    `uscc=${CODES[1]}`,
    'enterpriseId=2',
    'enterprise=2',
    'id=1',
    'submission=1',
    'user=erhao',
    'park=G1',
  ];
  return [filled, `${filled}?${others.join('&')}`];
}

const ROUTES = (Object.keys(ROUTE_ROLES) as RouteId[]).filter(
  (route) => mayOpen('enterprise', route) && !['_app', 'assess', 'logout', 'setup'].includes(route),
);

/** Everything the database holds about company 2. */
function rowsOfSecond(): string {
  const db = openDatabase(site.file, { mode: 'read' });
  const of = (sql: string) => JSON.stringify(db.raw.prepare(sql).all());
  const rows = [
    of('SELECT name, otherFacts, factsDigest, revision FROM Enterprise WHERE id = 2'),
    of('SELECT id, state, note, revision FROM Submission WHERE enterpriseId = 2'),
    of(
      'SELECT i.* FROM SubmissionItem i JOIN Submission s ON s.id = i.submissionId WHERE s.enterpriseId = 2',
    ),
    of('SELECT username, enterpriseId, disabled, passwordHash FROM User WHERE enterpriseId = 2'),
    of('SELECT * FROM FactRecord WHERE enterpriseId = 2'),
  ].join('\n');
  void db.close();
  return rows;
}

test.each(ROUTES)('an enterprise neither sees nor changes another’s data through %s', async (route) => {
  const cookie = await site.cookie('enterprise');
  const before = rowsOfSecond();
  for (const address of addresses(route)) {
    for (const asked of [address, address.replace(/(\?|$)/, '.data$1')]) {
      const response = await fetch(site.url + asked, { headers: { cookie }, redirect: 'manual' });
      const text = await response.text();
      for (const mark of ['虚构第2', '98765.4321', '机密说明']) expect(text).not.toContain(mark);
    }
    const index = route.endsWith('_index') ? `${address.includes('?') ? '&' : '?'}index` : '';
    for (const intent of ['', 'drop', 'take', 'accept-all', 'approve', 'revoke', 'invite', 'reset']) {
      const body = new URLSearchParams({
        intent,
        enterpriseId: '2',
        uscc: CODES[1]!,
        submissionId: '1',
        id: '1',
        userId: '5',
        path: `years.${YEAR}.rdExpense`,
        revision: '2',
        'decision-1': 'accepted',
        username: 'erhao',
        rdExpense: '1',
      });
      const response = await fetch(site.url + address + index, {
        method: 'POST',
        headers: { cookie },
        body,
        redirect: 'manual',
      });
      expect(response.status, `${intent} ${address}`).toBeLessThan(500);
      await response.arrayBuffer();
    }
  }
  expect(rowsOfSecond()).toBe(before);
});

test('another’s submission is not there, whoever asks; its own is', async () => {
  const [mine, theirs] = [await site.cookie('enterprise'), await site.cookie('erhao')];
  const status = async (cookie: string) =>
    (await fetch(`${site.url}/my/submissions/1`, { headers: { cookie }, redirect: 'manual' })).status;
  expect([await status(mine), await status(theirs)]).toEqual([404, 200]);
});

test('what the park notes about an enterprise stays with the park; its page fits a phone', async () => {
  const cookie = await site.cookie('staff');
  const body = new URLSearchParams({
    intent: 'add',
    kind: 'visit',
    onDay: systemClock.today(),
    note: REMARK,
  });
  const address = `${site.url}/enterprises/${CODES[0]}/follow-ups`;
  await fetch(address, { method: 'POST', headers: { cookie }, body, redirect: 'manual' });
  const seen = async (who: string, path: string) => {
    const answer = await fetch(site.url + path, { headers: { cookie: await site.cookie(who) } });
    const text = await answer.text();
    return [REMARK, WRITER, OFFICIAL].map((mark) => text.includes(mark));
  };
  expect(await seen('staff', `/enterprises/${CODES[0]}`)).toEqual([true, true, true]);
  for (const path of ['/my', '/my.data', '/my?action=renewal', `/api/v1/enterprises/${CODES[0]}/events`])
    expect([path, ...(await seen('enterprise', path))]).toEqual([path, false, false, true]);

  const { page, close } = await site.as('enterprise', 'phone');
  await page.waitForURL('**/my');
  await page.getByRole('heading', { name: '判定' }).waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await close();
});

test('an enterprise tests itself with what the park has on record, typing nothing again', async () => {
  const { page, problems, close } = await site.as('enterprise', 'phone');
  const posted: string[] = [];
  page.on('request', (request) => request.method() === 'POST' && posted.push(request.url()));
  await page.getByRole('button', { name: '用现有数据自测' }).click();
  await page.getByRole('heading', { name: '自测结果' }).waitFor();
  await page
    .getByRole('term')
    .filter({ hasText: `${YEAR} 年研发费用` })
    .waitFor();
  await fine(page, 'accounts-known');
  await page.getByRole('link', { name: '怎样达到、最早哪年' }).click();
  await page.getByRole('heading', { name: '怎样达到' }).waitFor();
  expect([posted, problems]).toEqual([[], []]);
  await close();
});
