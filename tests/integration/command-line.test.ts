// The real command in a process of its own: exit codes, what stands on standard output, the shape of the JSON.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Readable, Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { main } from '../../app/cli/tidu.ts';

let folder: string;
let database: string;
const CODE = '91110108MA001007X3';

beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tidu-cli-'));
  database = path.join(folder, 'x.db');
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

function tidu(args: readonly string[], input = '') {
  const done = spawnSync(process.execPath, [path.resolve('app/cli/tidu.ts'), ...args], {
    input,
    encoding: 'utf8',
  });
  return {
    code: done.status,
    out: done.stdout,
    err: done.stderr,
    lines: done.stdout.split('\n').filter(Boolean),
  };
}

/** The same without a process of its own, for what needs no proof that it works as one. */
async function call(args: readonly string[], input = '') {
  const written = { out: '', err: '' };
  const sink = (name: 'out' | 'err') =>
    new Writable({ write: (chunk, _encoding, done) => ((written[name] += String(chunk)), done()) });
  const io = { stdin: Readable.from(input === '' ? [] : [input]), stdout: sink('out'), stderr: sink('err') };
  const code = await main(args, io);
  return { code, ...written, lines: written.out.split('\n').filter(Boolean) };
}

const json = (line: string | undefined) => JSON.parse(line ?? '') as Record<string, unknown>;
const fileOf = (name: string, text: string) => {
  const file = path.join(folder, name);
  fs.writeFileSync(file, text);
  return file;
};

const company = {
  uscc: CODE,
  name: '示例有限公司',
  registeredOn: '2018-03-12',
  years: { 2025: { employees: 80, techStaff: 24, salesRevenue: 42000000 } },
};

describe('wrong calls exit 2 and print nothing on standard output', () => {
  test.each([
    [[], '用法'],
    [['fly'], '没有这个命令'],
    [['assess', '--fly'], '没有这个选项：--fly'],
    [['assess', '--on', '2026-02-30'], '--on'],
    [['assess', '--on'], '需要一个值'],
    [['assess', '--scheme', 'nobel', '--in', '-'], '没有称号 nobel'],
    [['assess', '--rule', 'giant@1999', '--in', '-'], '没有名为 giant@1999'],
    [['assess', '--action', 'old'], '--action'],
    [['assess', '--in', '/nowhere.json'], '文件不存在'],
    [['assess', '--db', '/nowhere.db'], '数据库不存在'],
    [['candidates', '--db', '/nowhere.db'], '缺少 --scheme'],
    [['funnel', '--db', '/nowhere.db'], '数据库不存在'],
    [['indicators', '--span', 'week'], '--span'],
    [['movement', '--from', '2026-01-01'], '缺少'],
    [['movement', '--from', '2026-02-01', '--to', '2026-01-01'], '早于'],
    [['verify', '--db', '/nowhere.db'], '数据库不存在'],
    [['backup', '/tmp/never', '--db', '/nowhere.db'], '数据库不存在'],
    [['import'], '缺少要导入的文件'],
    [['import', '/nowhere.csv'], '文件不存在'],
    [['import', 'x', 'y'], '多余的参数：y'],
    [['rules', 'show', 'giant@1999'], '没有名为'],
    [['machine', 'show', 'x'], '没有状态机'],
    [['schema', 'x'], 'facts、verdict'],
    [['user', 'add', 'x'], '--role'],
    [['template', 'facts', '--out', 'x'], '种类'],
  ])('tidu %j', async (args, message) => {
    const { code, out, err } = await call(args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(message);
    expect(err).not.toMatch(/\n\s+at /);
  });
});

test('every command explains itself', async () => {
  const { code, out } = await call(['help']);
  expect(code).toBe(0);
  const names = [...out.matchAll(/^ {2}([a-z]+) /gm)].map((found) => found[1]!);
  expect(names).toEqual(
    expect.arrayContaining([
      'import',
      'assess',
      'candidates',
      'funnel',
      'movement',
      'rules',
      'machine',
      'verify',
    ]),
  );
  for (const name of names.slice(0, 3))
    expect(await call([name, '--help'])).toMatchObject({ code: 0, out: expect.stringContaining('用法') });
});

describe('assess from a pipe', () => {
  const request = ['assess', '--in', '-', '--scheme', 'hnte', '--on', '2026-05-06', '--json'];

  test.each([
    ['an object', JSON.stringify(company)],
    ['a printed object', JSON.stringify(company, null, 2)],
    ['an array', JSON.stringify([company])],
    ['NDJSON with a blank line', `\n${JSON.stringify(company)}\n\n`],
    ['a byte order mark', `\ufeff${JSON.stringify(company)}`],
  ])('%s', async (_what, input) => {
    const { code, lines } = await call(request, input);
    expect(code).toBe(0);
    expect(lines).toHaveLength(1);
    expect(json(lines[0])).toMatchObject({
      uscc: CODE,
      scheme: 'hnte',
      action: 'new',
      on: '2026-05-06',
      rule: 'hnte@2016',
      outcome: 'undetermined',
    });
    const conditions = json(lines[0]).conditions as { id: string; result: string; actual: unknown }[];
    expect(conditions.find(({ id }) => id === 'tech-staff-share')).toMatchObject({
      result: 'met',
      actual: 0.3,
    });
  });

  test('a wrong line among right ones: the others are judged, exit 1', async () => {
    const { code, lines, err } = await call(
      request,
      `${JSON.stringify(company)}\n{"uscc":"1"}\n{"uscc\n${JSON.stringify(company)}\n`,
    );
    expect(code).toBe(1);
    expect(lines).toHaveLength(2);
    expect(err).toContain('第 2 行：');
    expect(err).toContain('第 3 行：不是有效的 JSON');
  });

  test.each([
    ['nothing', '', '没有输入'],
    ['no JSON', 'hello', '不是有效的 JSON'],
    ['facts that are none', '{"uscc":"1"}', '18 位'],
    ['a number', '5', '应为一个 JSON 对象'],
  ])('%s: exit 2', async (_what, input, message) => {
    const { code, out, err } = await call(request, input);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(message);
  });

  test('several schemes, all schemes, a rule version by name', async () => {
    const run = async (...args: string[]) => {
      const request = ['assess', '--in', '-', '--on', '2026-05-06', '--json', ...args];
      return (await call(request, JSON.stringify(company))).lines.map((line) => json(line).rule);
    };
    expect(await run('--scheme', 'hnte', '--scheme', 'giant')).toEqual(['hnte@2016', 'giant@2026']);
    expect((await run()).length).toBeGreaterThan(3);
    expect(await run('--rule', 'srdi@2022')).toEqual(['srdi@2022']);
  });
});

test('as a process: results alone on standard output, the exit code of the call', () => {
  const request = ['assess', '--in', '-', '--scheme', 'hnte', '--on', '2026-05-06', '--json'];
  const right = tidu(request, JSON.stringify(company));
  expect(right.code).toBe(0);
  expect(right.lines.map((line) => json(line).uscc)).toEqual([CODE]);
  expect(right.err).toContain('判定 1 家');
  expect(tidu(request, '{"uscc":"1"}')).toMatchObject({ code: 2, out: '' });
  expect(tidu(['fly'])).toMatchObject({ code: 2, out: '' });
});

test('a way through: import, judge, rank, count, back up, restore, verify', { timeout: 120_000 }, () => {
  const register = fileOf('r.csv', `统一社会信用代码,企业名称\n${CODE},示例有限公司\n1,坏\n`);
  const on = ['--db', database];
  const imported = tidu(['import', register, ...on]);
  expect(imported.code).toBe(1);
  expect(json(imported.lines.at(-1))).toEqual({
    created: 1,
    updated: 0,
    unchanged: 0,
    rejected: 1,
    flagged: 0,
    empty: 0,
  });
  expect(imported.lines).toHaveLength(1);
  expect(fs.existsSync(`${register}.rejected.xlsx`)).toBe(true);
  const titles = fileOf(
    't.csv',
    `企业名称,称号,发证日期,有效期至\n示例有限公司,高企,2025-10-26,2028-10-25\n`,
  );
  expect(tidu(['import', titles, ...on]).code).toBe(0);

  const judged = tidu(['assess', '--scheme', 'srdi', '--on', '2026-05-06', '--json', ...on]);
  expect(judged.lines.map((line) => json(line).rule)).toEqual(['srdi@2026']);
  const ranked = tidu(['candidates', '--scheme', 'giant', '--on', '2026-05-06', '--json', ...on]);
  expect(json(ranked.lines[0])).toMatchObject({ rank: 1, uscc: CODE, rule: 'giant@2026' });
  expect(tidu(['candidates', '--scheme', 'hnte', '--on', '2026-05-06', '--json', ...on]).lines).toEqual([]);
  const funnel = json(tidu(['funnel', '--as-of', '2026-05-06', '--json', ...on]).lines[0]);
  expect(funnel).toMatchObject({ asOf: '2026-05-06', enterprises: 1, inTiers: 1 });
  const indicators = tidu(['indicators', '--as-of', '2026-05-06', '--json', ...on]).lines.map(json);
  expect(indicators.find(({ id }) => id === 'hnte.total')).toMatchObject({ text: '1家', days: '2026-05-06' });
  const movement = json(
    tidu(['movement', '--from', '2025-10-01', '--to', '2025-12-31', '--json', ...on]).lines[0],
  );
  expect((movement.schemes as unknown[])[0]).toMatchObject({ row: 'hnte', opening: 0, newly: 1, closing: 1 });

  const copy = path.join(folder, 'copy.db');
  expect(tidu(['backup', copy, ...on]).code).toBe(0);
  expect(tidu(['backup', copy, ...on])).toMatchObject({ code: 2, out: '' });
  const restored = path.join(folder, 'restored.db');
  expect(tidu(['restore', copy, '--db', restored]).code).toBe(0);
  expect(tidu(['restore', register, '--db', restored]).code).toBe(2);
  const verified = tidu(['verify', '--json', '--db', restored]);
  expect(verified.code).toBe(0);
  expect(json(verified.lines[0])).toMatchObject({ ok: true, enterprises: 1, problems: [] });
});

test('rules, machines, schemas, users, templates', { timeout: 120_000 }, () => {
  const rules = tidu(['rules', '--json']).lines.map(json);
  expect(rules.map(({ id }) => id)).toEqual(
    expect.arrayContaining(['hnte@2016', 'srdi@2022', 'srdi@2026', 'giant@2026']),
  );
  expect(json(tidu(['rules', 'show', 'giant@2026', '--json']).out)).toMatchObject({
    id: 'giant@2026',
    scheme: 'giant',
  });
  for (const line of tidu(['rules', 'coverage', '--json']).lines)
    expect(json(line)).toHaveProperty('treatment');
  expect(json(tidu(['machine', 'show', 'hnte']).out)).toMatchObject({
    name: 'hnte',
    svg: expect.stringContaining('<svg'),
  });
  expect(json(tidu(['schema', 'verdict']).out)).toMatchObject({ type: 'object' });
  const users = path.join(folder, 'users.db');
  const added = tidu(['user', 'add', 'zhang', '--role', 'staff', '--db', users]);
  expect(added.code).toBe(0);
  expect(String(json(added.out).oneTimePassword).length).toBeGreaterThan(8);
  expect(tidu(['user', 'add', 'zhang', '--role', 'staff', '--db', users]).code).toBe(2);
  const template = path.join(folder, 't.xlsx');
  expect(tidu(['template', 'figures', '--out', template])).toMatchObject({ code: 0, out: '' });
  expect(tidu(['migrate', '--db', path.join(folder, 'new.db')]).code).toBe(0);
});
