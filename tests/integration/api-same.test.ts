// The interface gives what the command line prints, byte for byte; bodies, pages and the document that describes it.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ENDPOINTS } from '../../app/api/endpoints.ts';
import { jsonSchemaOf } from '../../app/services/json-schema.server.ts';
import { apiPark, call, CODES, printed, type ApiPark, type Asking } from '../api-park.ts';
import { closeTestDatabases } from '../database.ts';

let park: ApiPark;
beforeAll(async () => {
  park = await apiPark();
});
afterAll(closeTestDatabases);

const ask = (address: string, asking: Asking = {}) =>
  call(park, address, { token: park.tokens.staff, ...asking });
const linesOf = (text: string) => text.split('\n').filter(Boolean);
const outcomeOf = (line: string) => {
  const { scheme, outcome, flags } = JSON.parse(line) as { scheme: string; outcome: string; flags: unknown };
  return { scheme, outcome, flags };
};
const ON = ['--on', '2026-05-06'];

describe('the same bytes as the command', () => {
  test.each([
    ['/funnel?asOf=2026-05-06', ['funnel', '--as-of', '2026-05-06', '--json']],
    [
      '/funnel?asOf=2026-05-06&park=G1&knownAt=2030-01-01',
      ['funnel', '--as-of', '2026-05-06', '--park', 'G1', '--known-at', '2030-01-01', '--json'],
    ],
    [
      '/movement?from=2025-10-01&to=2026-03-31',
      ['movement', '--from', '2025-10-01', '--to', '2026-03-31', '--json'],
    ],
    ['/candidates/giant?on=2026-05-06', ['candidates', '--scheme', 'giant', ...ON, '--json']],
    [
      '/candidates/srdi?on=2026-05-06&limit=1&park=一园',
      ['candidates', '--scheme', 'srdi', ...ON, '--limit', '1', '--park', '一园', '--json'],
    ],
    ['/rules', ['rules', '--json']],
    ['/rules/giant@2026', ['rules', 'show', 'giant@2026', '--json']],
    ['/machines', ['machine', '--json']],
    ['/machines/hnte', ['machine', 'show', 'hnte', '--json']],
    ['/schema/facts', ['schema', 'facts']],
    ['/schema/verdict', ['schema', 'verdict']],
  ])('%s', async (address, args) => {
    const { status, text } = await ask(address);
    expect(status).toBe(200);
    expect(text.length).toBeGreaterThan(20);
    expect(text).toBe(await printed(park, args));
  });

  test.each([
    ['', []],
    ['&scheme=hnte,giant', ['--scheme', 'hnte', '--scheme', 'giant']],
    ['&scheme=hnte&scheme=giant&action=renewal', ['--scheme', 'hnte,giant', '--action', 'renewal']],
    ['&rule=srdi@2022', ['--rule', 'srdi@2022']],
  ])('verdicts of one enterprise and of given facts%s', async (query, options) => {
    const all = linesOf(await printed(park, ['assess', ...ON, '--json', ...options]));
    const own = all.filter((line) => (JSON.parse(line) as { uscc: string }).uscc === CODES[0]);
    const stored = await ask(`/enterprises/${CODES[0]}/verdicts?on=2026-05-06${query}`);
    expect(linesOf(stored.text)).toEqual(own);
    expect(own.length).toBeGreaterThan(0);

    const facts = (await ask(`/enterprises/${CODES[0]}`)).text;
    const given = await ask(`/assess?on=2026-05-06${query}`, { body: facts, type: 'application/json' });
    expect(given.status).toBe(200);
    const command = ['assess', '--in', '-', ...ON, '--json', ...options];
    // By a yes or no: the texts are long.
    expect(given.text === (await printed(park, command, facts))).toBe(true);
    // What the interface gives of an enterprise is judged as the enterprise itself is.
    expect(linesOf(given.text).map(outcomeOf)).toEqual(linesOf(stored.text).map(outcomeOf));
    expect(given.text === stored.text).toBe(true);
  });
});

describe('facts in a body', () => {
  const company = { uscc: CODES[0], years: { 2025: { employees: 80, techStaff: 24 } } };
  const one = JSON.stringify(company);
  const send = (body: string, type = 'application/json', query = '?scheme=hnte&on=2026-05-06') =>
    ask(`/assess${query}`, { body, type });
  const kinds = (text: string) => linesOf(text).map((line) => Object.keys(JSON.parse(line) as object)[0]);

  test.each([
    ['an object', one, 'application/json', 1],
    ['a printed object', JSON.stringify(company, null, 2), 'application/json; charset=utf-8', 1],
    ['an array', `[${one},${one}]`, 'application/json', 2],
    ['NDJSON', `${one}\n\n${one}\n${one}`, 'application/x-ndjson', 3],
  ])('%s', async (_what, body, type, count) => {
    const { status, text, headers } = await send(body, type);
    expect([status, kinds(text)]).toEqual([200, Array.from({ length: count }, () => 'uscc')]);
    expect(headers.get('content-type')).toBe('application/x-ndjson; charset=utf-8');
  });

  test('what cannot be judged is refused in its place, saying where', async () => {
    const { status, text } = await send(`${one}\n{"uscc":"1"}\n{"uscc\n${one}\n`, 'application/x-ndjson');
    expect([status, kinds(text)]).toEqual([200, ['uscc', 'error', 'error', 'uscc']]);
    expect(
      linesOf(text)
        .slice(1, 3)
        .map((line) => (JSON.parse(line) as { error: object }).error),
    ).toEqual([
      { code: 'unprocessable', message: expect.stringContaining('18 位'), at: '第 2 行' },
      { code: 'unprocessable', message: expect.stringContaining('不是有效的 JSON'), at: '第 3 行' },
    ]);
  });

  test('also before the first that can be', async () => {
    const { status, text } = await send(`{"uscc":"1"}\n${one}\n`, 'application/x-ndjson');
    expect([status, kinds(text)]).toEqual([200, ['error', 'uscc']]);
  });

  test.each([
    ['nothing', '', 'application/json', 400, 'body'],
    ['blanks', ' \n ', 'application/json', 400, 'body'],
    ['no JSON', 'hello', 'application/json', 400, 'body'],
    ['half an object', '{"uscc":', 'application/json', 400, 'body'],
    ['an empty array', '[]', 'application/json', 400, 'body'],
    ['a number', '5', 'application/json', 422, '第 1 行'],
    ['facts that are none', '{"uscc":"1"}', 'application/json', 422, '第 1 行'],
    ['an array of such', '[{"uscc":"1"},{"uscc":"2"}]', 'application/json', 422, '第 1 个'],
    ['a form', one, 'application/x-www-form-urlencoded', 415, null],
    ['text', one, 'text/plain', 415, null],
  ])('%s is refused as a whole', async (_what, body, type, status, at) => {
    const answered = await send(body, type);
    expect(answered.status).toBe(status);
    expect((JSON.parse(answered.text) as { error: object }).error).toMatchObject({
      at,
      message: expect.stringMatching(/[一-鿿]/),
    });
  });

  test('more refusals than are held back begin the answer', async () => {
    const { status, text } = await send('{"uscc":"1"}\n'.repeat(1200), 'application/x-ndjson');
    expect([status, new Set(kinds(text)), linesOf(text).length]).toEqual([200, new Set(['error']), 1200]);
  });

  test('a title asked for by name for which no rule applies is answered; among all it is left out', async () => {
    const named = await send(one, 'application/json', '?scheme=giant&on=2016-01-01');
    expect([named.status, kinds(named.text)]).toEqual([422, ['error']]);
    const all = await send(one, 'application/json', '?on=2026-05-06');
    expect(new Set(kinds(all.text))).toEqual(new Set(['uscc']));
  });
});

describe('pages of the list', () => {
  interface Page {
    total: number;
    items: { uscc: string; name: string; updatedAt: string; revenue: number | null }[];
    next: string | null;
  }
  const page = async (query: string) => JSON.parse((await ask(`/enterprises?${query}`)).text) as Page;

  test.each(['name', '-name', 'uscc', '-uscc', 'updatedAt', '-updatedAt'])(
    'by %s, one at a time: everybody once, in the order of the whole',
    async (sort) => {
      const whole = await page(`sort=${sort}`);
      expect([whole.total, whole.items.length, whole.next]).toEqual([4, 4, null]);
      const seen: string[] = [];
      let cursor: string | null = null;
      do {
        const { items, next, total }: Page = await page(
          `sort=${sort}&limit=1${cursor ? `&cursor=${cursor}` : ''}`,
        );
        expect([items.length, total]).toEqual([1, 4]);
        seen.push(items[0]!.uscc);
        cursor = next;
      } while (cursor !== null);
      expect(seen).toEqual(whole.items.map(({ uscc }) => uscc));
      const key = sort.replace('-', '') as 'name';
      const values = whole.items.map((item) => item[key]);
      expect(values).toEqual(
        [...values].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0) * (sort.startsWith('-') ? -1 : 1)),
      );
    },
  );

  test('a cursor of another order is refused', async () => {
    const { next } = await page('sort=name&limit=1');
    expect((await ask(`/enterprises?sort=uscc&limit=1&cursor=${next}`)).status).toBe(400);
    expect((await ask(`/enterprises?sort=-name&limit=1&cursor=${next}`)).status).toBe(400);
  });

  test('amounts are 元, as in the facts of the enterprise', async () => {
    const { items } = await page('sort=uscc');
    const facts = JSON.parse((await ask(`/enterprises/${items[0]!.uscc}`)).text) as {
      years: Record<string, { salesRevenue: { value: number; source: string; knownAt: string } }>;
    };
    expect(facts.years['2025']!.salesRevenue).toEqual({
      value: items[0]!.revenue,
      source: 'audit',
      knownAt: '2026-04-30',
    });
  });

  test.each([
    ['tier=hnte', 2],
    ['tier=none', 2],
    ['title=hnte&asOf=2025-10-25', 0],
    ['title=hnte&asOf=2025-10-26', 2],
    ['park=G2', 1],
    ['q=虚构第3', 1],
    ['presence=gone', 0],
    ['gap=figures', 0],
  ])('%s finds %i', async (query, total) => {
    expect((await page(query)).total).toBe(total);
  });
});

describe('the OpenAPI document', () => {
  type Node = Record<string, unknown>;
  const read = async () => JSON.parse((await ask('/openapi.json')).text) as Node;

  test('has every address and method, each with an id of its own, and no other', async () => {
    const { paths, openapi } = (await read()) as {
      paths: Record<string, Record<string, Node>>;
      openapi: string;
    };
    expect(openapi).toBe('3.1.0');
    const operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(
        ([method, { operationId }]) => `${method.toUpperCase()} ${path} ${String(operationId)}`,
      ),
    );
    expect(operations.sort()).toEqual(
      ENDPOINTS.map(({ method, path, id }) => `${method} /api/v1${path} ${id}`).sort(),
    );
    expect(new Set(ENDPOINTS.map(({ id }) => id)).size).toBe(ENDPOINTS.length);
  });

  test('names the parts of each path as parameters', async () => {
    const { paths } = (await read()) as {
      paths: Record<string, Record<string, { parameters: { name: string; in: string }[] }>>;
    };
    for (const [path, methods] of Object.entries(paths))
      for (const { parameters } of Object.values(methods)) {
        const inPath = parameters.filter((each) => each.in === 'path').map(({ name }) => name);
        expect(inPath).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
      }
  });

  test('every reference leads somewhere, and nothing else is left of the schemas’ own', async () => {
    const document = await read();
    const found: string[] = [];
    const look = (node: unknown): void => {
      if (typeof node !== 'object' || node === null) return;
      for (const [key, value] of Object.entries(node)) {
        if (key === '$ref') found.push(String(value));
        else look(value);
      }
    };
    look(document);
    expect(found.length).toBeGreaterThan(20);
    for (const reference of new Set(found)) {
      const target = reference
        .replace('#/', '')
        .split('/')
        .reduce<unknown>((node, key) => (node as Node | undefined)?.[key], document);
      expect(target, reference).toBeTypeOf('object');
    }
    expect(JSON.stringify(document)).not.toContain('$defs');
  });

  test('holds the published facts, references aside', async () => {
    const { components } = (await read()) as { components: { schemas: Record<string, Node> } };
    const facts = jsonSchemaOf('facts') as { properties: Node };
    expect(Object.keys(components.schemas.facts!.properties as Node)).toEqual(Object.keys(facts.properties));
  });
});
