import { afterEach, describe, expect, test } from 'vitest';
import { closeTestDatabases, testDatabase } from '../../tests/database.ts';
import type { Db } from '../db/clients.server.ts';
import { fixedClock } from '../db/clock.ts';
import { submitAll } from '../services/door.server.ts';
import { recordFacts, type FactChange } from '../services/facts.server.ts';
import { enterpriseByCode } from './enterprise.server.ts';
import { allEnterprises, listEnterprises, readEnterpriseFilter } from './enterprises.server.ts';
import { funnelPage } from './funnel-page.server.ts';
import { readScope } from './scope.server.ts';

afterEach(closeTestDatabases);

const clock = fixedClock('2026-05-06T02:00:00.000Z');
const TODAY = '2026-05-06';

const [FIRST, SECOND, THIRD] = ['91511100717532899W', '913101157033077111', '91230607755317786Y'] as const;

const enterprise = (uscc: string, values: object): FactChange => ({ kind: 'enterprise', uscc, values });

/** Three enterprises in two parks; the first is a 小巨人 since May 2025 and was a 高企 until April 2026. */
async function park(): Promise<Db> {
  const db = testDatabase();
  await db.write((tx) => {
    tx.prepare(
      "INSERT INTO Park (id, code, name, parentId) VALUES (1, 'core', '总园', NULL), (2, 'north', '北园', 1)",
    ).run();
    recordFacts(
      tx,
      clock,
      [
        enterprise(FIRST, {
          name: '云星软件（集团）有限公司',
          formerNames: ['旧名科技'],
          park: '北园',
          industry: '6513',
        }),
        enterprise(SECOND, {
          name: '山海电子股份有限公司',
          park: '总园',
          industry: 'C3976',
          listing: { code: '600001' },
        }),
        enterprise(THIRD, { name: '蓝光 100% 材料', industry: '2760' }),
        { kind: 'figures', uscc: FIRST, year: 2025, values: { salesRevenue: 1_000_000_00, employees: 8000 } },
      ],
      { actor: 'test', source: 'self' },
    );
    const title = (scheme: string, grantedOn: string, validUntil: string) => ({
      enterpriseId: 1,
      scheme,
      type: 'certify' as const,
      effectiveOn: grantedOn,
      actor: 'test',
      payload: { grantedOn, validUntil },
    });
    submitAll(tx, clock, [
      title('hnte', '2023-04-20', '2026-04-19'),
      title('giant', '2025-05-01', '2028-04-30'),
    ]);
  });
  return db;
}

const found = (db: Db, address: string) => {
  const query = new URLSearchParams(address);
  const scope = readScope(db, query, TODAY);
  const options = { sort: { key: 'uscc', down: false } as const, page: 1 };
  return listEnterprises(db, readEnterpriseFilter(query), scope, options);
};
const codes = (db: Db, address: string) => found(db, address).rows.map((row) => row.uscc);

describe('the list of enterprises', () => {
  test.each([
    ['', [SECOND, THIRD, FIRST].sort()],
    ['q=云星', [FIRST]],
    ['q=云星软件集团有限责任公司', [FIRST]],
    ['q=旧名', [FIRST]],
    ['q=9131', [SECOND]],
    [`q=${THIRD.toLowerCase()}`, [THIRD]],
    ['q=600001', [SECOND]],
    // What LIKE takes for a joker is an ordinary character here.
    ['q=0%', [THIRD]],
    ['q=%', [THIRD]],
    ['section=I', [FIRST]],
    ['section=C', [SECOND, THIRD].sort()],
    ['park=north', [FIRST]],
    ['park=core', [SECOND, FIRST].sort()],
    ['tier=giant', [FIRST]],
    ['tier=hnte', []],
    ['tier=none', [SECOND, THIRD].sort()],
    ['title=hnte', []],
    ['title=hnte&asOf=2026-04-19', [FIRST]],
    ['tier=hnte&asOf=2025-04-30', [FIRST]],
    ['tier=giant&asOf=2025-04-30', []],
    ['expiring=365', []],
    ['expiring=730', [FIRST]],
    ['gap=figures', [SECOND, THIRD].sort()],
    ['stage=held:giant:held', [FIRST]],
    ['park=nowhere', [SECOND, THIRD, FIRST].sort()],
  ])('%s', async (address, expected) => {
    const db = await park();
    expect(codes(db, address)).toEqual(expected);
    expect(found(db, address).total).toBe(expected.length);
  });

  test('shows the titles in force and the latest figures of the day looked at', async () => {
    const db = await park();
    const [today] = found(db, 'q=云星').rows;
    expect(today).toMatchObject({ tier: 'giant', titles: ['giant'], year: 2025, revenue: 1_000_000_00 });
    const [then] = found(db, 'q=云星&asOf=2024-06-30').rows;
    expect(then).toMatchObject({ tier: 'hnte', titles: ['hnte'], year: null, revenue: null });
  });

  test('is exported whole, page after page', async () => {
    const db = await park();
    const scope = readScope(db, new URLSearchParams(), TODAY);
    const rows = [...allEnterprises(db, {}, scope, { key: 'name', down: true })];
    expect(rows.map((row) => row.name)).toEqual(
      rows
        .map((row) => row.name)
        .sort()
        .reverse(),
    );
    expect(rows).toHaveLength(3);
  });
});

describe('the numbers of the funnel', () => {
  test.each(['', 'asOf=2025-04-30', 'asOf=2026-04-19&park=north', 'park=core'])(
    'open lists of just as many (%s)',
    async (address) => {
      const db = await park();
      const funnel = funnelPage(db, readScope(db, new URLSearchParams(address), TODAY));
      const numbers = [
        ...funnel.tiers.flatMap((tier) => [
          [tier.headline, tier.headlineTo] as const,
          [tier.held, tier.heldTo] as const,
        ]),
        ...funnel.schemes.flatMap(({ cells }) => cells.map((cell) => [cell.count, cell.to] as const)),
      ];
      expect(numbers.some(([count]) => count > 0)).toBe(true);
      for (const [count, to] of numbers) {
        if (to) expect(found(db, `${to.split('?')[1]}&${address}`).total, to).toBe(count);
      }
    },
  );
});

describe('an enterprise', () => {
  test('is found by its code however typed, and by no other', async () => {
    const db = await park();
    expect(enterpriseByCode(db, ` ${FIRST.toLowerCase()} `)?.name).toBe('云星软件（集团）有限公司');
    expect(enterpriseByCode(db, FIRST)?.formerNames).toEqual(['旧名科技']);
    expect(enterpriseByCode(db, '91110108MA001007X3')).toBeNull();
  });
});
