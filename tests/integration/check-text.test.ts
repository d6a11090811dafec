// The figure checker as a command: its JSON, its exit codes, the register it is held against; and the two real
// reports where the samples are given.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Readable, Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase } from '../../app/db/clients.server.ts';
import { main } from '../../app/cli/tidu.ts';
import { systemClock } from '../../app/db/clock.ts';
import { enterValue } from '../../app/services/indicator-values.server.ts';
import { keepDefinition } from '../../app/services/indicators.server.ts';
import { recordFacts } from '../../app/services/facts.server.ts';
import { createPark } from '../../app/services/parks.server.ts';
import { invented } from '../population.ts';
import { describeWithSamples } from '../samples.ts';

let folder: string;
let database: string;

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tidu-check-'));
  database = path.join(folder, 'x.db');
  const db = openDatabase(database, { mode: 'write', create: true, migrate: true });
  await createPark(db, { clock: systemClock, actor: 'test' }, { code: 'G1', name: '一园' });
  await db.write((tx) => recordFacts(tx, systemClock, invented(1, 3), { actor: 'test' }));
  await db.close();
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

/** Runs the command in this process. */
async function tidu(args: readonly string[], input = '') {
  const written = { out: '', err: '' };
  const sink = (name: 'out' | 'err') =>
    new Writable({ write: (chunk, _encoding, done) => ((written[name] += String(chunk)), done()) });
  const io = { stdin: Readable.from(input === '' ? [] : [input]), stdout: sink('out'), stderr: sink('err') };
  const code = await main(['check-text', ...args], io);
  return { code, lines: written.out.split('\n').filter(Boolean), err: written.err };
}
const json = (lines: readonly string[]) => lines.map((line) => JSON.parse(line) as Record<string, unknown>);
const fileOf = (name: string, text: string) => {
  const file = path.join(folder, name);
  fs.writeFileSync(file, text);
  return file;
};

const TEXT = '收集企业需求581项，办结486项，办结率83%。高企总数达到580家。';

test('one object a question, without a database', async () => {
  const { code, lines } = await tidu([fileOf('a.txt', TEXT), '--json']);
  expect(code).toBe(0);
  expect(json(lines)).toEqual([
    {
      kind: 'arithmetic',
      quote: '办结率83%',
      offset: TEXT.indexOf('办结率83%'),
      figure: { text: '83%', offset: TEXT.indexOf('83%') },
      expected: '84%',
      question: expect.stringContaining('请说明基数') as string,
    },
  ]);
});

test('from a pipe, with another rounding by its Chinese name', async () => {
  expect(await tidu(['-', '--rounding', '截尾', '--json'], TEXT)).toMatchObject({ code: 0, lines: [] });
  expect((await tidu(['-', '--rounding', 'halfUp'], TEXT)).lines[0]).toBe('“办结率83%”');
});

test('with a day, counts are held against the register, whose list is named', async () => {
  const { code, lines } = await tidu(['-', '--json', '--as-of', '2026-09-30', '--db', database], TEXT);
  expect(code).toBe(0);
  expect(json(lines).map(({ kind, expected }) => [kind, expected])).toEqual([
    ['arithmetic', '84%'],
    ['database', expect.stringMatching(/^\d家$/)],
  ]);
  expect(json(lines)[1]).toMatchObject({ link: '/enterprises?title=hnte&asOf=2026-09-30' });
});

test('a count as the register has it raises no question, one more does', async () => {
  const read = async (text: string) =>
    (await tidu(['-', '--json', '--as-of', '2026-09-30', '--db', database], text)).lines;
  const [first] = json(await read('高企总数达到580家。'));
  const own = Number.parseInt(String(first?.expected), 10);
  expect(await read(`高企总数达到${own}家。`)).toEqual([]);
  expect(await read(`高企总数达到${own + 1}家。`)).toHaveLength(1);
});

test('it says which figures were held against the register, and why others were not', async () => {
  const text =
    '2026年工作总结。高企总数1家。全市高企3000家。力争高企达到620家。入选高企60家（次）。接待来访12次。';
  const { err } = await tidu(['-', '--as-of', '2026-09-30', '--db', database], text);
  const lines = err.split('\n').filter((line) => line.includes('：“'));
  expect(lines).toEqual([
    expect.stringMatching(/：“高企总数1家”，高企截至2026年9月30日：有效\d家/) as string,
    '未比较：“全市高企3000家”，高企：写明“全市”，不是本区域有效称号的家数',
    '未比较：“力争高企达到620家”，高企：是目标或预期，不是实绩',
    '未比较：“入选高企60家（次）”，高企：按家次计，台账按家计',
  ]);
  expect(err).toMatch(/读到数字 5 个，与台账一致 \d 个、不同 \d 个、未比较 3 个/);
});

describe('values of entered indicators', () => {
  beforeAll(async () => {
    const db = openDatabase(database, { mode: 'write' });
    const clock = { ...systemClock, today: () => '2026-10-10' };
    const kept = await keepDefinition(
      db,
      clock,
      {
        id: 'income',
        label: '总收入',
        nature: 'flow',
        unit: '亿元',
        numerator: '规模以上高新技术企业总收入',
        denominator: null,
        numeratorId: null,
        denominatorIds: [],
        scope: '全区',
        rounding: 'halfUp',
        digits: 1,
        rateDigits: 1,
        source: '统计',
        owner: '园区',
        partOf: null,
        stepAfter: null,
      },
      { actor: 'test', replaces: null },
    );
    expect(kept).toMatchObject({ ok: true });
    const value = {
      indicator: 'income',
      fromOn: '2026-01-01',
      toOn: '2026-06-30',
      parkId: null,
      value: '446.43',
      absence: null,
      unit: '亿元',
      qualifier: null,
      source: '火炬快报',
      knownAt: '2026-07-20',
      note: null,
    };
    expect(await enterValue(db, clock, value, 'test')).toMatchObject({ ok: true });
    await db.close();
  });

  const held = async (text: string) => {
    const { lines, err } = await tidu(['-', '--json', '--as-of', '2026-09-30', '--db', database], text);
    return { questions: json(lines), said: err.split('\n')[0] };
  };

  test('the same to the places printed', async () => {
    expect(await held('2026年1-6月，总收入446.4亿元。')).toMatchObject({
      questions: [],
      said: '一致：“总收入446.4亿元”，总收入2026年上半年：446.43亿元',
    });
  });

  test('another one is asked about', async () => {
    const { questions, said } = await held('2026年上半年，园区总收入464.4亿元。');
    expect(questions).toMatchObject([
      { kind: 'database', expected: '446.4亿元', link: '/indicators/income' },
    ]);
    expect(said).toMatch(/^不同：/);
  });

  test('days without a value, and other things of that name, are not', async () => {
    expect(await held('2026年1-5月，总收入400亿元。')).toMatchObject({
      questions: [],
      said: '未比较：“总收入400亿元”，总收入2026年1—5月：台账没有这一期的数值',
    });
    expect((await held('2026年上半年，软件业总收入120亿元。')).questions).toEqual([]);
  });
});

test.each([
  ['no file', [], '缺少要核验的文件'],
  ['a missing file', ['/no/such/file.txt'], '文件不存在'],
  ['an unknown rounding', ['-', '--rounding', 'x'], '四舍五入'],
  ['a day that is none', ['-', '--as-of', '2026-02-30'], '--as-of'],
  ['a park without a day', ['-', '--park', 'G1'], '--as-of'],
  ['a missing database', ['-', '--as-of', '2026-09-30', '--db', '/no/such/x.db'], '/no/such/x.db'],
])('%s ends with 2', async (_, args, words) => {
  const { code, lines, err } = await tidu(args, TEXT);
  expect([code, lines]).toEqual([2, []]);
  expect(err).toContain(words);
});

test('nothing to read ends with 2', async () => {
  expect(await tidu(['-'], ' ')).toMatchObject({ code: 2, lines: [] });
});

describeWithSamples('the two real reports', (samples) => {
  const ask = async (name: string) => json((await tidu([path.join(samples, 'texts', name), '--json'])).lines);
  const brief = async (name: string) =>
    (await ask(name)).map(({ kind, quote, expected }) => [kind, quote, expected]);

  test('门头沟 2021: F33 and nothing else', async () => {
    expect(await brief('mentougou-2021.txt')).toEqual([
      ['percentage-point', '比中关村示范区平均增速高13.1%', '13.1个百分点'],
    ]);
  });

  test('珠海 2021: F15 and F16 and nothing else', async () => {
    expect(await brief('zhuhai-2021.txt')).toEqual([
      ['target', '整体超额完成全年任务17.2个百分点', '17.4个百分点'],
      ['base', '相比2021年下降近20%', '下降9.9%'],
    ]);
  });

  describe('quotes', () => {
    test.each(['mentougou-2021.txt', 'zhuhai-2021.txt'])('of %s stand where they say', async (name) => {
      const text = fs.readFileSync(path.join(samples, 'texts', name), 'utf8');
      for (const { quote, offset } of await ask(name)) {
        expect(text.startsWith(String(quote), Number(offset))).toBe(true);
      }
    });
  });
});
