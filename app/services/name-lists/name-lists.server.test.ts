import { afterEach, describe, expect, test } from 'vitest';
import * as XLSX from '@e965/xlsx';
import { closeTestDatabases, testDatabase } from '../../../tests/database.ts';
import { inventedCode } from '../../../tests/population.ts';
import type { Db } from '../../db/clients.server.ts';
import { fixedClock } from '../../db/clock.ts';
import { submit } from '../door.server.ts';
import { mergeEnterprises } from '../enterprise.server.ts';
import { recordFacts } from '../facts.server.ts';
import { verify } from '../verify.server.ts';
import { createList, listErrors, type ListFacts } from './create.server.ts';
import { confirmHits, decideRow, undoAll } from './decide.server.ts';
import { chooseColumns, matchRows } from './match.server.ts';
import { recordList } from './record.server.ts';

afterEach(closeTestDatabases);

const CLOCK = fixedClock('2026-05-20T04:00:00.000Z');
const NAMES = ['珠海华信科技有限公司', '珠海安泰生物医药有限公司', '珠海远博软件股份有限公司'];
const actor = 'wang';

const FACTS: ListFacts = {
  title: '2026年第一批高新技术企业公示名单',
  scheme: 'hnte',
  kind: 'publicise',
  level: null,
  docNo: null,
  listedOn: '2026-05-10',
  link: 'https://example.org/list',
  grantedOn: null,
  validUntil: null,
};
const CERTIFY: ListFacts = {
  ...FACTS,
  title: '关于2026年第一批高新技术企业认定的公告',
  kind: 'certify',
  docNo: '示例〔2026〕1号',
  level: 'national',
  validUntil: '2029-05-09',
};

async function park(names: readonly string[] = NAMES): Promise<Db> {
  const db = testDatabase();
  const changes = names.map((name, i) => ({
    kind: 'enterprise' as const,
    uscc: inventedCode(i + 1),
    values: { name, division: '440402' },
  }));
  await db.write((tx) => recordFacts(tx, CLOCK, changes, { actor: 'test' }));
  return db;
}

const take = (db: Db, facts: ListFacts, text: string) =>
  createList(db, CLOCK, facts, { text }, { actor, wait: true });

interface Row {
  id: number;
  line: number;
  name: string;
  match: string;
  decision: string | null;
  outcome: string | null;
  outcomeText: string | null;
  eventId: number | null;
  enterpriseId: number | null;
  revision: number;
  candidates: string;
}
const rowsOf = (db: Db, listId: number) =>
  db.raw.prepare('SELECT * FROM NameListRow WHERE listId = ? ORDER BY id').all(listId) as Row[];
const eventsOf = (db: Db) =>
  db.raw
    .prepare(
      "SELECT enterpriseId, type, effectiveOn, evidence, flags FROM Event WHERE type <> 'due' ORDER BY id",
    )
    .all() as {
    enterpriseId: number;
    type: string;
    effectiveOn: string;
    evidence: string;
    flags: string | null;
  }[];
const typesOf = (db: Db) => eventsOf(db).map(({ type }) => type);

const LIST = `序号\t企业名称\t所在区\n1\t${NAMES[0]}\t香洲区\n2\t珠海安泰生物医药股份有限公司\t\n3\t深圳别家有限公司\t`;

describe('taking a list in', () => {
  test('keeps each row as written, with whom it means and why', async () => {
    const db = await park();
    const { id, rows } = await take(db, FACTS, LIST);
    expect(rows).toBe(3);
    expect(rowsOf(db, id).map(({ line, name, match }) => [line, name, match])).toEqual([
      [2, NAMES[0], 'hit'],
      [3, '珠海安泰生物医药股份有限公司', 'likely'],
      [4, '深圳别家有限公司', 'not_ours'],
    ]);
    expect(db.raw.prepare('SELECT status FROM NameList').pluck().get()).toBe('review');
    expect(eventsOf(db)).toEqual([]);
  });

  test('reads a workbook with a title above its head and two columns of names', async () => {
    const db = await park();
    const sheet = XLSX.utils.aoa_to_sheet([
      ['附件：名单', '', '', ''],
      ['序号', '企业名称', '序号', '企业名称'],
      [1, NAMES[0], 2, NAMES[1]],
      [3, NAMES[2], '', ''],
      ['序号', '企业名称', '序号', '企业名称'],
      ['', '合计', '', ''],
    ]);
    const book = XLSX.utils.book_new();
    XLSX.utils.book_append_sheet(book, sheet, '名单');
    const bytes = XLSX.write(book, { type: 'buffer', bookType: 'xlsx' }) as Uint8Array;
    const made = await createList(db, CLOCK, FACTS, { fileName: '名单.xlsx', bytes }, { actor, wait: true });
    expect(rowsOf(db, made.id).map(({ name, match }) => [name, match])).toEqual(
      NAMES.map((name) => [name, 'hit']),
    );
    expect(db.raw.prepare('SELECT fileName, sheet FROM NameList').get()).toEqual({
      fileName: '名单.xlsx',
      sheet: '名单',
    });
  });

  test.each([
    ['one name a line, numbered', `1、${NAMES[0]}\n(2) ${NAMES[1]}\n3 ${NAMES[2]}`],
    ['names one after the other', NAMES.join('、')],
    ['with codes', NAMES.map((name, i) => `${i + 1}\t${name}\t${inventedCode(i + 1)}`).join('\n')],
    ['comma separated with a head', `单位名称,地区\n${NAMES.map((name) => `${name},珠海`).join('\n')}`],
  ])('pasted: %s', async (_what, text) => {
    const db = await park();
    const { id } = await take(db, FACTS, text);
    expect(rowsOf(db, id).map(({ name, match }) => [name, match])).toEqual(
      NAMES.map((name) => [name, 'hit']),
    );
  });

  test('the same list recognises itself, in another order, too; another kind or document number is another', async () => {
    const db = await park();
    const first = await take(db, FACTS, NAMES.join('\n'));
    expect(await take(db, FACTS, NAMES.toReversed().join('\n'))).toEqual({
      id: first.id,
      known: true,
      rows: 3,
    });
    expect((await take(db, CERTIFY, NAMES.join('\n'))).known).toBe(false);
    expect((await take(db, { ...CERTIFY, docNo: '示例〔2026〕2号' }, NAMES.join('\n'))).known).toBe(false);
    expect((await take(db, CERTIFY, NAMES.join('\n'))).known).toBe(true);
  });

  test('names nobody: refused, nothing is kept', async () => {
    const db = await park();
    await expect(take(db, FACTS, '  \n\n')).rejects.toThrow('没有找到企业名称');
    expect(db.raw.prepare('SELECT count(*) FROM NameList').pluck().get()).toBe(0);
  });

  test('columns can be chosen anew until somebody has decided', async () => {
    const db = await park();
    const text = `企业名称\t实际名称\n甲\t${NAMES[0]}\n乙\t${NAMES[1]}`;
    const { id } = await take(db, FACTS, text);
    expect(rowsOf(db, id).map(({ match }) => match)).toEqual(['not_ours', 'not_ours']);
    const columns = { name: 1, code: null, region: null, no: null, note: null };
    await chooseColumns(db, id, columns);
    expect(rowsOf(db, id).map(({ match }) => match)).toEqual(['hit', 'hit']);
    await confirmHits(db, CLOCK, id, actor);
    await expect(chooseColumns(db, id, { ...columns, name: 0 })).rejects.toThrow('先全部撤回');
    await undoAll(db, CLOCK, id, actor);
    await chooseColumns(db, id, { ...columns, name: 0 });
    expect(rowsOf(db, id).map(({ match }) => match)).toEqual(['not_ours', 'not_ours']);
    await expect(chooseColumns(db, id, { ...columns, name: null })).rejects.toThrow('企业名称所在的列');
  });
});

describe('what may be stated about a list', () => {
  const today = '2026-05-20';
  test.each<[string, Partial<ListFacts>, string | null]>([
    ['a publicity list', {}, null],
    ['its date is today', { listedOn: today }, null],
    ['its date is tomorrow', { listedOn: '2026-05-21' }, 'listedOn'],
    ['no such day', { listedOn: '2026-02-30' }, 'listedOn'],
    ['a publicity list has no certificates', { validUntil: '2029-05-09' }, 'validUntil'],
    ['nor a day of grant', { grantedOn: '2026-05-09' }, 'grantedOn'],
    ['no title', { title: '' }, 'title'],
    ['no such scheme', { scheme: 'nothing' }, 'scheme'],
    ['no such kind', { kind: 'certified' }, 'kind'],
    ['an address that is none', { link: 'javascript:alert(1)' }, 'link'],
    ['an announcement', { ...CERTIFY }, null],
    ['an announcement with neither number nor address', { ...CERTIFY, docNo: null, link: null }, 'docNo'],
    ['a publicity list called an announcement', { ...FACTS, kind: 'certify' }, 'kind'],
    [
      'a list of those to be granted',
      { ...CERTIFY, title: '拟认定名单', docNo: null, link: 'https://x.cn' },
      'kind',
    ],
    ['its end before its beginning', { ...CERTIFY, validUntil: '2026-05-09' }, 'validUntil'],
    ['its end on its first day', { ...CERTIFY, validUntil: '2026-05-10' }, null],
  ])('%s', (_what, change, field) => {
    expect(Object.keys(listErrors({ ...FACTS, ...change }, today))).toEqual(field === null ? [] : [field]);
  });
});

describe('deciding', () => {
  async function listed() {
    const db = await park();
    const { id } = await take(db, FACTS, LIST);
    const [hit, likely, other] = rowsOf(db, id) as [Row, Row, Row];
    const decide = (row: Row, decision: Parameters<typeof decideRow>[2]['decision'], more: object = {}) =>
      decideRow(db, CLOCK, { listId: id, rowId: row.id, revision: row.revision, decision, actor, ...more });
    return { db, id, hit, likely, other, decide };
  }

  test('all certain hits at once, never the likely ones; and back again', async () => {
    const { db, id } = await listed();
    expect(await confirmHits(db, CLOCK, id, actor)).toBe(1);
    expect(rowsOf(db, id).map(({ decision, enterpriseId }) => [decision, enterpriseId])).toEqual([
      ['confirmed', 1],
      [null, null],
      [null, null],
    ]);
    expect(await confirmHits(db, CLOCK, id, actor)).toBe(0);
    expect(await undoAll(db, CLOCK, id, actor)).toBe(1);
    expect(rowsOf(db, id).every(({ decision }) => decision === null)).toBe(true);
  });

  test('one by one: confirm, deny, undo; what somebody else did meanwhile is not overwritten', async () => {
    const { db, id, likely, decide } = await listed();
    await decide(likely, { kind: 'confirm', enterpriseId: 2 });
    await expect(decide(likely, { kind: 'deny' })).rejects.toThrow('刚由 wang 处理过');
    const now = rowsOf(db, id)[1]!;
    expect([now.decision, now.enterpriseId]).toEqual(['confirmed', 2]);
    await decide(now, { kind: 'undo' });
    await decide(rowsOf(db, id)[1]!, { kind: 'deny' });
    expect(rowsOf(db, id)[1]).toMatchObject({ decision: 'denied', enterpriseId: null });
  });

  test('a row that nobody recognised is given to an enterprise by code or name', async () => {
    const { db, id, other, decide } = await listed();
    await expect(decide(other, { kind: 'assign', codeOrName: '没有这家' })).rejects.toThrow('库中没有');
    await decide(other, { kind: 'assign', codeOrName: inventedCode(3) });
    expect(rowsOf(db, id)[2]).toMatchObject({ decision: 'confirmed', enterpriseId: 3 });
  });

  test('a former name is remembered only when a person says so', async () => {
    const { db, id, likely, other, decide } = await listed();
    const former = () => db.raw.prepare('SELECT enterpriseId, name FROM EnterpriseName').all();
    await decide(likely, { kind: 'confirm', enterpriseId: 2 });
    expect(former()).toEqual([]);
    await decide(rowsOf(db, id)[1]!, { kind: 'undo' });
    await decide(other, { kind: 'assign', codeOrName: NAMES[2]! }, { formerName: true });
    expect(former()).toEqual([{ enterpriseId: 3, name: '深圳别家有限公司' }]);
  });

  test('a row of another list, or of none, is not decided', async () => {
    const { decide, hit } = await listed();
    await expect(decide(hit, { kind: 'deny' }, { listId: 99 })).rejects.toThrow('没有这一行');
    await expect(decide(hit, { kind: 'confirm', enterpriseId: 99 })).rejects.toThrow('重新比对');
  });
});

describe('making events', () => {
  test('of confirmed rows alone, with the row as evidence, once', async () => {
    const db = await park();
    const { id } = await take(db, FACTS, LIST);
    await expect(recordList(db, CLOCK, id, actor)).rejects.toThrow('没有已确认');
    await confirmHits(db, CLOCK, id, actor);
    expect(await recordList(db, CLOCK, id, actor)).toMatchObject({ made: 1, existing: 0, refused: 0 });
    const [event, ...more] = eventsOf(db);
    expect(more).toEqual([]);
    expect(event).toMatchObject({ enterpriseId: 1, type: 'publicise', effectiveOn: '2026-05-10' });
    expect(JSON.parse(event!.evidence)).toMatchObject({
      list: id,
      row: 2,
      title: FACTS.title,
      text: `1 ${NAMES[0]} 香洲区`,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    });
    await expect(recordList(db, CLOCK, id, actor)).rejects.toThrow('没有已确认');
    expect(await undoAll(db, CLOCK, id, actor)).toBe(0);
    const [row] = rowsOf(db, id);
    const undo = {
      listId: id,
      rowId: row!.id,
      revision: row!.revision,
      decision: { kind: 'undo' },
      actor,
    } as const;
    await expect(decideRow(db, CLOCK, undo)).rejects.toThrow('已登记');
    expect(typesOf(db)).toEqual(['publicise']);
  });

  test('公示 makes no title; the announcement does, and takes nothing twice', async () => {
    const db = await park();
    const all = NAMES.join('\n');
    const titles = () => db.raw.prepare('SELECT enterpriseId, validUntil, no FROM Title ORDER BY id').all();
    const published = await take(db, FACTS, all);
    await confirmHits(db, CLOCK, published.id, actor);
    await recordList(db, CLOCK, published.id, actor);
    expect([new Set(typesOf(db)), titles()]).toEqual([new Set(['publicise']), []]);

    const announced = await take(
      db,
      CERTIFY,
      `企业名称\t证书编号\n${NAMES[0]}\tGR202644000001\n${NAMES[1]}\tGR202644000002`,
    );
    await confirmHits(db, CLOCK, announced.id, actor);
    expect(await recordList(db, CLOCK, announced.id, actor)).toMatchObject({ made: 2 });
    expect(titles()).toEqual([
      { enterpriseId: 1, validUntil: '2029-05-09', no: 'GR202644000001' },
      { enterpriseId: 2, validUntil: '2029-05-09', no: 'GR202644000002' },
    ]);
    expect(verify(db, CLOCK).problems).toEqual([]);
  });

  test('what is on record already makes no second event, whichever way it came', async () => {
    const db = await park();
    const common = { scheme: 'hnte', actor: 'li', payload: {} } as const;
    await submit(db, CLOCK, { ...common, enterpriseId: 1, type: 'publicise', effectiveOn: '2026-05-10' });
    await submit(db, CLOCK, { ...common, enterpriseId: 2, type: 'publicise', effectiveOn: '2026-05-08' });
    await submit(db, CLOCK, { ...common, enterpriseId: 3, type: 'publicise', effectiveOn: '2023-05-08' });
    const { id } = await take(db, FACTS, NAMES.join('\n'));
    await confirmHits(db, CLOCK, id, actor);
    expect(await recordList(db, CLOCK, id, actor)).toMatchObject({ made: 1, existing: 2 });
    expect(rowsOf(db, id).map(({ outcome }) => outcome)).toEqual(['existing', 'existing', 'made']);
    expect(rowsOf(db, id)[1]!.outcomeText).toContain('2026-05-08 已有记录');
  });

  test('a name listed twice makes one event', async () => {
    const db = await park();
    const { id } = await take(db, FACTS, `${NAMES[0]}\n珠海华信科技有限责任公司`);
    expect(await confirmHits(db, CLOCK, id, actor)).toBe(2);
    expect(await recordList(db, CLOCK, id, actor)).toMatchObject({ made: 1, existing: 1 });
  });

  test('what disagrees with our rules is recorded and flagged, never refused', async () => {
    const db = await park();
    const values = { registeredOn: '2026-01-05' };
    const change = { kind: 'enterprise', uscc: inventedCode(1), values } as const;
    await db.write((tx) => recordFacts(tx, CLOCK, [change], { actor: 'test' }));
    const { id } = await take(db, CERTIFY, NAMES[0]!);
    await confirmHits(db, CLOCK, id, actor);
    expect(await recordList(db, CLOCK, id, actor)).toEqual({ made: 1, existing: 0, refused: 0, flagged: 1 });
    expect(eventsOf(db).find(({ type }) => type === 'certify')!.flags).toContain('不一致');
    expect(rowsOf(db, id)[0]!.outcomeText).toContain('不一致');
  });

  test('a refusal list carries its reason', async () => {
    const db = await park();
    const { id } = await take(
      db,
      { ...FACTS, title: '未通过名单', kind: 'refuse' },
      `企业名称\t未通过原因\n${NAMES[0]}\t研发费用占比不足`,
    );
    await confirmHits(db, CLOCK, id, actor);
    await recordList(db, CLOCK, id, actor);
    expect(db.raw.prepare("SELECT type, reason FROM Event WHERE type = 'refuse'").get()).toEqual({
      type: 'refuse',
      reason: '研发费用占比不足',
    });
  });

  test('a row is decided anew once its event was corrected away, and only then', async () => {
    const db = await park();
    const { id } = await take(db, FACTS, NAMES[0]!);
    await confirmHits(db, CLOCK, id, actor);
    await recordList(db, CLOCK, id, actor);
    const undo = (row: Row) =>
      decideRow(db, CLOCK, {
        listId: id,
        rowId: row.id,
        revision: row.revision,
        decision: { kind: 'undo' },
        actor,
      });
    await expect(undo(rowsOf(db, id)[0]!)).rejects.toThrow('已登记');
    const { eventId } = rowsOf(db, id)[0]!;
    const correction = {
      type: 'void',
      effectiveOn: '2026-05-20',
      reason: '录错',
      payload: { eventId },
    } as const;
    await submit(db, CLOCK, { ...correction, enterpriseId: 1, scheme: 'hnte', actor });
    await undo(rowsOf(db, id)[0]!);
    expect(rowsOf(db, id)[0]).toMatchObject({ decision: null, outcome: null, eventId: null });
    await confirmHits(db, CLOCK, id, actor);
    expect(await recordList(db, CLOCK, id, actor)).toMatchObject({ made: 1 });
  });

  test('a record that was merged after it was confirmed gets no event; matched anew, the row leads to what stayed', async () => {
    const db = await park();
    const { id } = await take(db, FACTS, NAMES[0]!);
    await confirmHits(db, CLOCK, id, actor);
    await mergeEnterprises(db, CLOCK, { fromId: 1, intoId: 2, actor, reason: '重复' });
    expect(await recordList(db, CLOCK, id, actor)).toMatchObject({ made: 0, refused: 1 });
    const [row] = rowsOf(db, id);
    const undo = { kind: 'undo' } as const;
    await decideRow(db, CLOCK, {
      listId: id,
      rowId: row!.id,
      revision: row!.revision,
      decision: undo,
      actor,
    });
    await matchRows(db, id);
    await confirmHits(db, CLOCK, id, actor);
    expect(await recordList(db, CLOCK, id, actor)).toMatchObject({ made: 1 });
    expect(eventsOf(db).filter(({ type }) => type === 'publicise')).toMatchObject([{ enterpriseId: 2 }]);
  });
});
