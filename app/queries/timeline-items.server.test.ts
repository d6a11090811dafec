import { afterEach, expect, test } from 'vitest';
import { closeTestDatabases, plantEnterprise, testDatabase } from '../../tests/database.ts';
import type { EventInput } from '../../machines/events.ts';
import { fixedClock } from '../db/clock.ts';
import { submitAll } from '../services/door.server.ts';
import { timelineItems } from './timeline-items.server.ts';

afterEach(closeTestDatabases);

const clock = fixedClock('2026-05-06T02:00:00.000Z');

test('says what happened, who wrote it, when it was known, on what evidence, and what was corrected', async () => {
  const db = testDatabase();
  const event = (type: EventInput['type'], rest: Partial<EventInput>): EventInput => ({
    enterpriseId: 1,
    scheme: 'hnte',
    type,
    effectiveOn: '2026-05-06',
    actor: '张三',
    ...rest,
  });
  const verdict = {
    rule: 'hnte@2016',
    on: '2026-05-06',
    outcome: 'ineligible' as const,
    vetoes: 0,
    unmet: ['rd-intensity'],
  };
  await db.write((tx) => {
    tx.prepare("INSERT INTO Park (id, code, name) VALUES (1, 'a', '南园'), (2, 'b', '北园')").run();
    plantEnterprise(tx, 1, { name: '甲' });
    submitAll(tx, clock, [
      event('certify', {
        effectiveOn: '2024-10-26',
        knownAt: '2024-11-05',
        evidence: { file: '高企名单.xlsx', sheet: '名单', row: 12 },
        payload: { no: 'GR1', grantedOn: '2024-10-26', validUntil: '2027-10-25' },
      }),
      event('nominate', { scheme: 'srdi', effectiveOn: '2026-05-01', payload: { verdict } }),
      event('moved', { scheme: null, effectiveOn: '2026-05-02', payload: { from: 1, to: 2 } }),
      event('revoke', { effectiveOn: '2026-05-03', payload: {} }),
    ]);
    const id = tx.prepare<{ id: number }>("SELECT id FROM Event WHERE type = 'revoke'").get()!.id;
    submitAll(tx, clock, [
      event('void', { effectiveOn: '2026-05-04', reason: '录错企业', payload: { eventId: id } }),
    ]);
  });
  const items = timelineItems(db, 1);
  const of = (title: string) => items.find((item) => item.title === title)!;
  expect(items.map((item) => item.title)).toEqual([
    '更正：作废',
    '撤销',
    '迁移',
    '推荐',
    '年报开始报送',
    '认定',
  ]);
  expect(of('认定')).toMatchObject({
    detail: '证书编号 GR1，有效期至 2027-10-25',
    note: '2026-05-06 由 张三 记录；2024-11-05 已知悉；依据：《高企名单.xlsx》 名单 第 12 行',
    struck: false,
  });
  expect(of('推荐')).toMatchObject({ struck: true, detail: '当时判定：hnte@2016 不符合' });
  expect(of('推荐').warn).toContain('不能“推荐”');
  expect(of('迁移').detail).toBe('南园 → 北园');
  expect(of('撤销')).toMatchObject({ struck: true, warn: '已更正，不再计入' });
  expect(of('更正：作废').detail).toBe('作废 2026-05-03 的“撤销”；录错企业');
  expect(of('年报开始报送').note).toContain('由 系统 记录');
  expect(timelineItems(db, 1, { limit: 2 })).toHaveLength(2);
});

test('an enterprise reads of itself what happened and its official source, nothing the park noted or who noted it', async () => {
  const db = testDatabase();
  const event = (type: EventInput['type'], rest: Partial<EventInput> = {}): EventInput => ({
    enterpriseId: 1,
    scheme: 'srdi',
    type,
    effectiveOn: '2026-05-01',
    actor: 'zhangsan',
    reason: `内部说明${type}`,
    evidence: { file: '内部名单.xlsx', note: '张三提请' },
    ...rest,
  });
  const verdict = {
    rule: 'srdi@2026',
    on: '2026-05-01',
    outcome: 'ineligible' as const,
    vetoes: 0,
    unmet: ['rd-intensity'],
  };
  const announced = { listedOn: '2026-05-02', title: '专精特新公示名单', docNo: '示例〔2026〕1号', row: 3 };
  await db.write((tx) => {
    plantEnterprise(tx, 1, { name: '甲' });
    submitAll(tx, clock, [
      event('enrol'),
      event('nominate', { payload: { verdict } }),
      event('nominate', { payload: { verdict, override: true }, reason: '内部说明破例' }),
      event('publicise', {
        effectiveOn: '2026-05-02',
        reason: '公告所写的备注',
        evidence: { ...announced, file: '内部名单.xlsx', note: '张三核对' },
        payload: { verdict },
      }),
      event('certify', { effectiveOn: '2026-05-03', reason: null, payload: { no: 'ZJ1' } }),
      event('change', { effectiveOn: '2026-05-04', actor: 'jia', reason: '本企业更名', evidence: null }),
    ]);
    const id = tx.prepare<{ id: number }>("SELECT id FROM Event WHERE type = 'certify'").get()!.id;
    submitAll(tx, clock, [event('void', { effectiveOn: '2026-05-05', payload: { eventId: id } })]);
  });
  const [park, own] = [timelineItems(db, 1), timelineItems(db, 1, { accounts: new Set(['jia']) })];

  const told = JSON.stringify(park);
  for (const mark of ['内部', '张三', 'zhangsan', '不符合']) expect(told).toContain(mark);
  const read = JSON.stringify(own);
  for (const mark of ['内部', '张三', 'zhangsan', '符合', '判定', '一致', '不能'])
    expect(read).not.toContain(mark);

  // The refused attempt is the park's; everything else is there, on its day.
  const steps = (items: typeof own) => items.map(({ on, title }) => `${on} ${title}`);
  expect(park.some((item) => item.struck && item.title === '推荐')).toBe(true);
  expect(steps(own)).toEqual(steps(park.filter((item) => !(item.struck && item.title === '推荐'))));
  const of = (title: string) => own.find((item) => item.title === title)!;
  expect(of('公示')).toMatchObject({
    detail: '公告所写的备注',
    note: '2026-05-06 记录；依据：《专精特新公示名单》 示例〔2026〕1号 第 3 行',
    warn: null,
  });
  expect(of('认定')).toMatchObject({ detail: '证书编号 ZJ1', struck: true, warn: '已更正，不再计入' });
  expect(of('报告更名等变更')).toMatchObject({ detail: '本企业更名' });
  expect(of('报告更名等变更').note).toContain('由 jia 记录');
  expect(of('更正：作废').detail).toBe('作废 2026-05-03 的“认定”');
  expect(own.some((item) => item.correctable)).toBe(false);
});
