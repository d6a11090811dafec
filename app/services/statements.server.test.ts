import { afterEach, expect, test } from 'vitest';
import { closeTestDatabases, testDatabase } from '../../tests/database.ts';
import { inventedCode } from '../../tests/population.ts';
import { fieldTexts } from '../components/facts-form.ts';
import { fixedClock } from '../db/clock.ts';
import { loadFacts } from '../queries/facts.server.ts';
import { recordFacts } from './facts.server.ts';
import { correctEnterprise, EDITABLE_FIELDS, stateFigures } from './statements.server.ts';

afterEach(closeTestDatabases);

const clock = fixedClock('2026-05-06T02:00:00.000Z');

async function oneEnterprise() {
  const db = testDatabase();
  const values = { name: '甲公司', industry: '6513', registeredOn: '2015-01-01' };
  await db.write((tx) =>
    recordFacts(tx, clock, [{ kind: 'enterprise', uscc: inventedCode(1), values }], { actor: 'test' }),
  );
  const now = () => fieldTexts(EDITABLE_FIELDS, loadFacts(db, 1));
  /** A browser tab: the form as opened, then saved with some fields typed anew. */
  const openTab = () => {
    const shown = now();
    return (typed: Record<string, string>) => {
      const form = new FormData();
      for (const [key, text] of Object.entries({ ...shown, ...typed })) form.set(key, text);
      form.set('shown', JSON.stringify(shown));
      form.set('source', 'official');
      form.set('knownAt', '2026-05-01');
      return correctEnterprise({ db, clock, actor: 'wang' }, 1, form, now());
    };
  };
  return { db, openTab };
}

test('two tabs that change different fields both get their way', async () => {
  const { db, openTab } = await oneEnterprise();
  const [first, second] = [openTab(), openTab()];
  expect(await first({ industry: '3911' })).toMatchObject({ ok: true });
  expect(await second({ name: '甲股份公司' })).toMatchObject({ ok: true });
  expect(loadFacts(db, 1)).toMatchObject({ name: '甲股份公司', industry: '3911', formerNames: ['甲公司'] });
});

test('two tabs that change the same field: the later is told, not obeyed unseen', async () => {
  const { db, openTab } = await oneEnterprise();
  const [first, second] = [openTab(), openTab()];
  await first({ industry: '3911' });
  const refused = await second({ industry: '3912', name: '甲股份公司' });
  expect(refused).toMatchObject({ ok: false, status: 409 });
  expect(refused.ok ? '' : refused.errors.industry).toContain('3911');
  expect(loadFacts(db, 1)).toMatchObject({ name: '甲公司', industry: '3911' });
  expect(await openTab()({ industry: '3912' })).toMatchObject({ ok: true });
  expect(loadFacts(db, 1).industry).toBe('3912');
});

test('the same of figures; a form that tells nothing of what it showed is taken at its word', async () => {
  const { db } = await oneEnterprise();
  const state = (employees: string, shown: string | null, now: Record<string, string>) => {
    const form = new FormData();
    form.set('employees', employees);
    if (shown !== null) form.set('shown', shown);
    form.set('source', 'official');
    form.set('knownAt', '2026-05-01');
    return stateFigures({ db, clock, actor: 'wang' }, 1, 2025, form, now);
  };
  expect(await state('80', '{"employees":""}', { employees: '' })).toMatchObject({ ok: true });
  expect(await state('90', '{"employees":""}', { employees: '80' })).toMatchObject({ status: 409 });
  expect(await state('90', 'no JSON', { employees: '80' })).toMatchObject({ ok: true });
  expect(loadFacts(db, 1).years?.['2025']?.employees).toBe(9000);
});
