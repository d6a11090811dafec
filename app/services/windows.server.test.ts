import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FAMILIES, SCHEME_FAMILIES, type Family } from '../../machines/families.ts';
import { closeTestDatabases, testDatabase } from '../../tests/database.ts';
import type { Db } from '../db/clients.server.ts';
import { fixedClock } from '../db/clock.ts';
import { nextWindow, windowEntries, windowsAhead, windowsPage } from '../queries/windows.server.ts';
import { endWindow, keepWindow, windowErrors, windowFromForm, type NewWindow } from './windows.server.ts';

afterEach(closeTestDatabases);
const clock = fixedClock('2026-05-06T02:00:00.000Z');
let db: Db;
beforeEach(() => {
  db = testDatabase();
});

const entry: NewWindow = {
  scheme: 'gazelle',
  kind: 'new',
  region: '4404',
  label: '珠海瞪羚入库',
  opensOn: '2026-06-01',
  closesOn: '2026-06-30',
  yearly: false,
  lastYear: null,
  reference: '通知',
  link: null,
  doubt: null,
};
const own = () => windowEntries(db, 'gazelle').map(({ label, closesOn }) => [label, closesOn]);
const ended = () =>
  db.raw.prepare('SELECT closesOn, endedBy FROM OfficialWindow WHERE endedAt IS NOT NULL').all();

describe('what comes with the program', () => {
  test.each([
    ['giant', '2026-05-06', '2026-04-25', '2026-05-25', '工信厅企业函〔2026〕117号'],
    ['isme', '2026-05-06', '2026-07-01', '2026-07-31', '粤工信融资函〔2026〕39号'],
    ['tsme', '2026-05-06', '2026-06-01', '2026-08-31', '工企业函〔2026〕160号'],
    ['tsme', '2025-07-01', '2025-06-30', '2025-09-30', '北京市2025年科技型中小企业评价通知'],
  ])('%s seen on %s: %s to %s by %s', (scheme, on, opensOn, closesOn, reference) => {
    expect(nextWindow(db, scheme, 'new', on)).toMatchObject({ opensOn, closesOn, reference });
  });

  test('yearly reports: 63号 until 2025-04-30, 2号文 from 2026-05-31 on', () => {
    const days = windowsAhead(db, '2025-01-01', 800, 'srdi').map(({ closesOn }) => closesOn);
    expect(days).toEqual(['2025-04-30', '2026-05-31']);
  });

  // The machine opens and closes duties by its own table; both must name the same day.
  test('the machine knows the same last days of yearly duties', () => {
    for (const scheme of ['hnte', 'srdi', 'giant', 'isme', 'champion']) {
      const family: Family = FAMILIES[SCHEME_FAMILIES[scheme]!];
      const days = windowsAhead(db, '2027-01-01', 364, scheme)
        .filter(({ kind, region }) => kind === 'annual' && region === '')
        .map(({ closesOn }) => closesOn);
      expect(days).toEqual([`2027-${family.duty!.closes}`]);
    }
  });

  test('a past window says so, and what is in doubt is said', () => {
    expect(nextWindow(db, 'isme', 'new', '2026-11-22')).toMatchObject({
      status: 'closed',
      closesOn: '2026-07-31',
    });
    const doubtful = windowsPage(db, '2026-11-22').filter(({ doubt }) => doubt !== null);
    expect(doubtful.length).toBeGreaterThan(0);
  });
});

describe('keeping windows', () => {
  test('a correction ends the old entry and keeps it on record', async () => {
    await keepWindow(db, clock, entry, { actor: 'wang' });
    const { id } = windowEntries(db, 'gazelle')[0]!;
    await keepWindow(db, clock, { ...entry, closesOn: '2026-07-15' }, { actor: 'li', replaces: id });
    expect(own()).toEqual([['珠海瞪羚入库', '2026-07-15']]);
    expect(ended()).toEqual([{ closesOn: '2026-06-30', endedBy: 'li' }]);
  });

  test('a correction that changes nothing writes nothing', async () => {
    await keepWindow(db, clock, entry, { actor: 'wang' });
    const [before] = windowEntries(db, 'gazelle');
    await keepWindow(db, clock, { ...entry }, { actor: 'li', replaces: before!.id });
    expect(windowEntries(db, 'gazelle')).toEqual([before]);
  });

  test('two correct the same entry: the second is told', async () => {
    await keepWindow(db, clock, entry, { actor: 'wang' });
    const { id } = windowEntries(db, 'gazelle')[0]!;
    await keepWindow(db, clock, { ...entry, label: '甲' }, { actor: 'li', replaces: id });
    const second = keepWindow(db, clock, { ...entry, label: '乙' }, { actor: 'zhao', replaces: id });
    await expect(second).rejects.toMatchObject({ code: 'conflict' });
    await expect(endWindow(db, clock, id, 'zhao')).rejects.toMatchObject({ code: 'conflict' });
    expect(own()).toEqual([['甲', '2026-06-30']]);
  });

  test.each([
    [{ opensOn: '2026-07-01' }, 'opensOn'],
    [{ closesOn: '2026-02-30' }, 'closesOn'],
    [{ scheme: 'none' }, 'scheme'],
    [{ region: '99' }, 'region'],
    [{ reference: '' }, 'reference'],
    [{ link: 'javascript:alert(1)' }, 'link'],
    [{ lastYear: 2030 }, 'lastYear'],
  ] as const)('%o is refused at %s', (change, field) => {
    expect(Object.keys(windowErrors({ ...entry, ...change }))).toEqual([field]);
  });

  test('a form with faults writes nothing, a good one does', async () => {
    const form = new FormData();
    for (const [key, value] of Object.entries({ ...entry, closesOn: '' }))
      if (value) form.set(key, String(value));
    expect(await windowFromForm(db, clock, 'wang', form)).toMatchObject({ ok: false });
    expect(own()).toEqual([]);
    form.set('closesOn', '2026-06-30');
    form.delete('yearly');
    expect(await windowFromForm(db, clock, 'wang', form)).toMatchObject({ ok: true });
    expect(own()).toEqual([['珠海瞪羚入库', '2026-06-30']]);
  });
});
