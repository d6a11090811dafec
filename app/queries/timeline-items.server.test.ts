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
  expect(timelineItems(db, 1, 2)).toHaveLength(2);
});
