// The interface as other programs see it: who may, what is refused and how it says so.
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { ENDPOINTS } from '../../app/api/endpoints.ts';
import { BASE, describeEndpoints } from '../../app/api/words.ts';
import { SHAPES } from '../../app/api/shapes.ts';
import { revokeToken, tokenHolder } from '../../app/services/tokens.server.ts';
import type { SessionUser } from '../../app/services/sessions.server.ts';
import { apiPark, call, CLOCK, CODES, type ApiPark, type Asking } from '../api-park.ts';
import { closeTestDatabases } from '../database.ts';

let park: ApiPark;
beforeAll(async () => {
  park = await apiPark();
});
afterAll(closeTestDatabases);

const [FIRST, SECOND, THIRD, FOURTH] = CODES;
const FACTS = JSON.stringify({ uscc: FIRST, years: { 2025: { employees: 80, techStaff: 24 } } });

/** Who may call what, written down a second time: S 园区人员, C 科室, L 领导, E 企业, N without a token. */
const HOUSE: Record<string, readonly [address: string, who: string, asking?: Asking]> = {
  assess: ['/assess?scheme=hnte', 'SCLE', { body: FACTS, type: 'application/json' }],
  enterprises: ['/enterprises', 'SCL'],
  enterprise: [`/enterprises/${FIRST}`, 'SCLE'],
  verdicts: [`/enterprises/${FIRST}/verdicts`, 'SCLE'],
  events: [`/enterprises/${FIRST}/events`, 'SCLE'],
  candidates: ['/candidates/giant', 'SCL'],
  funnel: ['/funnel', 'SCL'],
  movement: ['/movement?from=2025-01-01&to=2026-03-31', 'SCL'],
  index: ['', 'SCLEN'],
  openapi: ['/openapi.json', 'SCLEN'],
  schema: ['/schema/facts', 'SCLEN'],
  rules: ['/rules', 'SCLE'],
  rule: ['/rules/giant@2026', 'SCLE'],
  machines: ['/machines', 'SCL'],
  machine: ['/machines/hnte', 'SCL'],
};

test('every address has its line in the table', () => {
  expect(Object.keys(HOUSE).sort()).toEqual(ENDPOINTS.map(({ id }) => id).sort());
});

describe.each([
  ['staff', 'S'],
  ['section', 'C'],
  ['leadership', 'L'],
  ['enterprise', 'E'],
  [null, 'N'],
] as const)('%s', (role, letter) => {
  test.each(Object.entries(HOUSE))('%s', async (_id, [address, who, asking]) => {
    const token = role === null ? undefined : park.tokens[role];
    const { status, text, headers } = await call(park, address, { ...asking, ...(token ? { token } : {}) });
    expect(status).toBe(who.includes(letter) ? 200 : role === null ? 401 : 403);
    if (status === 200) return;
    expect(JSON.parse(text)).toEqual({
      error: {
        code: role === null ? 'unauthenticated' : 'forbidden',
        message: expect.any(String),
        at: expect.toSatisfy((at) => at === null || typeof at === 'string'),
      },
    });
    expect(text).not.toContain('虚构第');
    expect(headers.get('cache-control')).toBe('no-store');
    if (role === null) expect(headers.get('www-authenticate')).toContain('Bearer');
  });
});

test.each(Object.entries(HOUSE).filter(([, [, who]]) => who.includes('S')))(
  'the answer of %s has the shape that the document promises',
  async (id, [address, , asking]) => {
    const { text } = await call(park, address, { ...asking, token: park.tokens.staff });
    const endpoint = ENDPOINTS.find((each) => each.id === id)!;
    if (!(endpoint.shape in SHAPES)) return;
    const shape = SHAPES[endpoint.shape as keyof typeof SHAPES];
    const values = endpoint.gives === 'lines' ? text.split('\n').filter(Boolean) : [text];
    expect(values.length).toBeGreaterThan(0);
    // What is not in the shape would be missing after the parse.
    for (const value of values) expect(shape.parse(JSON.parse(value))).toEqual(JSON.parse(value));
  },
);

const errorOf = ({ text }: { text: string }) =>
  (JSON.parse(text) as { error: { code: string; message: string; at: string | null } }).error;

describe('what a token does not cover', () => {
  test.each([
    `/enterprises/${SECOND}`,
    `/enterprises/${SECOND}/verdicts`,
    `/enterprises/${SECOND}/events`,
    '/enterprises/91110108MA001007X3',
  ])("another's %s is refused to an enterprise alike, known or not", async (address) => {
    const answered = await call(park, address, { token: park.tokens.enterprise });
    expect(answered.status).toBe(403);
    expect(errorOf(answered)).toEqual({ code: 'forbidden', message: '只能看本企业', at: 'uscc' });
  });

  test.each([
    [FIRST, 200],
    [SECOND, 200],
    [THIRD, 404],
    [FOURTH, 404],
    ['91110108MA001007X3', 404],
  ])('of one park: enterprise %s is answered %i', async (code, status) => {
    expect((await call(park, `/enterprises/${code}`, { token: park.tokens.park })).status).toBe(status);
    expect((await call(park, `/enterprises/${code}/events`, { token: park.tokens.park })).status).toBe(
      status,
    );
  });

  test('of one park: lists and counts hold its enterprises alone, whatever is asked', async () => {
    const ask = (address: string) => call(park, address, { token: park.tokens.park });
    const page = JSON.parse((await ask('/enterprises')).text) as { total: number; items: { uscc: string }[] };
    expect([page.total, page.items.map(({ uscc }) => uscc)]).toEqual([2, [FIRST, SECOND]]);
    expect(JSON.parse((await ask('/funnel')).text)).toMatchObject({ enterprises: 2, inTiers: 2 });
    expect(JSON.parse((await call(park, '/funnel', { token: park.tokens.staff })).text)).toMatchObject({
      enterprises: 4,
    });
    const candidates = (await ask('/candidates/giant')).text;
    expect([candidates.includes(FIRST!), candidates.includes(THIRD!)]).toEqual([true, false]);
    for (const address of ['/enterprises?park=G2', '/funnel?park=二园', '/candidates/giant?park=G2']) {
      const refused = await ask(address);
      expect([refused.status, errorOf(refused).at]).toEqual([403, 'park']);
    }
    expect((await ask('/funnel?park=G1')).status).toBe(200);
  });
});

test('who recorded an event is told to the park and not to the enterprise, as on the pages', async () => {
  const told = async (token: string) =>
    (await call(park, `/enterprises/${FIRST}/events`, { token })).text
      .split('\n')
      .filter(Boolean)
      .map((line) => (JSON.parse(line) as { recordedBy: string | null }).recordedBy);
  expect(await told(park.tokens.staff)).toEqual(['系统', 'test']);
  expect(await told(park.tokens.enterprise)).toEqual(['系统', null]);
});

test.each(describeEndpoints(ENDPOINTS).map(({ id, method, example }) => ({ id, method, example })))(
  'the example of $id on the help page is a right call: $example',
  async ({ method, example }) => {
    const asking = method === 'POST' ? { body: FACTS, type: 'application/x-ndjson' } : {};
    const { status } = await call(park, example.replace(BASE, ''), { token: park.tokens.staff, ...asking });
    // The example's enterprise is no one's here.
    expect(status).toBe(example.includes('91110108MA001007X3') ? 404 : 200);
  },
);

describe('who is not let in', () => {
  const user: SessionUser = {
    id: 1,
    username: 'yuan',
    displayName: '员',
    role: 'staff',
    enterpriseId: null,
    mustChange: false,
    sessionId: 'x',
  };

  test('a revoked token, at once', async () => {
    const { db } = park;
    const { createToken } = await import('../../app/services/tokens.server.ts');
    const { token, tokenId } = await createToken(db, CLOCK, { name: 'x', role: 'staff', actor: 'test' });
    expect((await call(park, '/funnel', { token })).status).toBe(200);
    await revokeToken(db, CLOCK, { tokenId, actor: 'test' });
    const refused = await call(park, '/funnel', { token });
    expect([refused.status, errorOf(refused).message]).toEqual([401, '令牌不正确、已停用或已过期']);
  });

  test.each([['Basic eHg6eA=='], ['Bearer'], ['Bearer a b'], ['tidu_x']])(
    '%s is told how to write it',
    async (header) => {
      const refused = await call(park, '/funnel', { headers: { authorization: header }, user });
      expect([refused.status, errorOf(refused).at]).toEqual([401, 'Authorization']);
    },
  );

  test('whoever is signed in may read, but not send; a one-time password comes first', async () => {
    expect((await call(park, '/funnel', { user })).status).toBe(200);
    const sent = await call(park, '/assess', { user, body: FACTS, type: 'application/json' });
    expect([sent.status, errorOf(sent).message]).toEqual([401, '浏览器的登录只能用于 GET，其他请求须带令牌']);
    expect((await call(park, '/funnel', { user: { ...user, mustChange: true } })).status).toBe(403);
    expect(
      (await call(park, '/enterprises', { user: { ...user, role: 'enterprise', enterpriseId: 1 } })).status,
    ).toBe(403);
    expect(
      (
        await call(park, `/enterprises/${FIRST}`, {
          user: { ...user, role: 'enterprise', enterpriseId: null },
        })
      ).status,
    ).toBe(403);
  });

  test('a wrong token is not made good by a session', async () => {
    expect((await call(park, '/funnel', { user, token: `tidu_${'x'.repeat(43)}` })).status).toBe(401);
  });

  test('wrong tokens are counted, and right ones let in all the same', async () => {
    const wrong = { token: `tidu_${'y'.repeat(43)}`, address: '10.9.9.9' };
    for (let i = 0; i < 50; i += 1) await tokenHolder(park.db, CLOCK, wrong).catch(() => null);
    await expect(tokenHolder(park.db, CLOCK, wrong)).rejects.toMatchObject({ status: 429 });
  });
});

describe('addresses and parameters', () => {
  const ask = (address: string, asking: Asking = {}) =>
    call(park, address, { token: park.tokens.staff, ...asking });

  test.each([
    ['/nothing', 404],
    ['/enterprises/x/y/z', 404],
    ['/%E0%A4%A', 404],
    ['/rules/giant@1999', 404],
    ['/machines/nothing', 404],
    ['/schema/secrets', 400],
    ['/candidates/nobel', 400],
  ])('%s: %i', async (address, status) => {
    const answered = await ask(address);
    expect(answered.status).toBe(status);
    expect(errorOf(answered).message).toMatch(/[一-鿿]/);
  });

  test.each([
    ['/enterprises', 'DELETE', 'GET, HEAD'],
    ['/enterprises', 'POST', 'GET, HEAD'],
    ['/assess', 'GET', 'POST'],
    ['', 'PUT', 'GET, HEAD'],
  ])('%s by %s: 405, allowed %s', async (address, method, allow) => {
    const answered = await ask(address, { method });
    expect([answered.status, answered.headers.get('allow'), errorOf(answered).code]).toEqual([
      405,
      allow,
      'method-not-allowed',
    ]);
  });

  test.each([
    ['/enterprises?teir=hnte', 'teir'],
    ['/enterprises?tier=nobel', 'tier'],
    ['/enterprises?tier=hnte&tier=giant', 'tier'],
    ['/enterprises?limit=1001', 'limit'],
    ['/enterprises?limit=0', 'limit'],
    ['/enterprises?expiring=3661', 'expiring'],
    ['/enterprises?stage=a', 'stage'],
    ['/enterprises?cursor=abc', 'cursor'],
    ['/funnel?asOf=2026-02-30', 'asOf'],
    ['/funnel?knownAt=yesterday', 'knownAt'],
    ['/movement?from=2026-01-01', 'to'],
    ['/movement?from=2026-02-01&to=2026-01-31', 'to'],
    ['/candidates/giant?limit=1.5', 'limit'],
    [`/enterprises/${FIRST}/verdicts?action=old`, 'action'],
    [`/enterprises/${FIRST}/verdicts?scheme=hnte,nobel`, 'scheme'],
    ['/rules?x=1', 'x'],
  ])('%s is refused, naming %s', async (address, at) => {
    const answered = await ask(address);
    expect([answered.status, errorOf(answered).at]).toEqual([400, at]);
  });

  test.each([
    ['/funnel?park=无此园区', '没有园区'],
    [`/enterprises/${FIRST}/verdicts?rule=giant@1999`, '没有名为 giant@1999'],
    [`/enterprises/${FIRST}/verdicts?rule=giant@2026&scheme=hnte`, '属于 giant'],
  ])('%s: %s', async (address, message) => {
    const answered = await ask(address);
    expect([answered.status, errorOf(answered).message]).toEqual([400, expect.stringContaining(message)]);
  });

  test('limits from both sides', async () => {
    expect((await ask('/enterprises?limit=1000&expiring=3660')).status).toBe(200);
    expect((await ask('/movement?from=2026-01-31&to=2026-01-31')).status).toBe(200);
  });

  test('a title for which no rule applies says so instead of naming nobody', async () => {
    const answered = await ask('/candidates/giant?on=2016-01-01');
    expect([answered.status, errorOf(answered).code]).toEqual([422, 'unprocessable']);
  });

  test('what depends on the program alone is asked for anew by its tag; the rest is never stored', async () => {
    const first = await ask('/rules');
    const tag = first.headers.get('etag')!;
    const again = await ask('/rules', { headers: { 'if-none-match': `"other", ${tag}` } });
    expect([again.status, again.text]).toEqual([304, '']);
    expect((await ask('/rules', { headers: { 'if-none-match': '"other"' } })).status).toBe(200);
    const funnel = await ask('/funnel');
    expect([funnel.headers.get('etag'), funnel.headers.get('cache-control')]).toEqual([null, 'no-store']);
    expect((await ask('/funnel', { method: 'HEAD' })).status).toBe(200);
  });

  test('a fault of the program says nothing of its inner workings', async () => {
    const shown = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const broken = { db: { ...park.db, raw: null } as never };
    const answered = await call(broken, '/funnel', { user: { role: 'staff' } as SessionUser });
    expect([answered.status, errorOf(answered)]).toEqual([
      500,
      { code: 'failed', message: '程序出错，请稍后重试', at: null },
    ]);
    expect(shown).toHaveBeenCalledOnce();
  });
});
