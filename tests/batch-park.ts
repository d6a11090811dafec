// A park for tests of nomination batches: thirty companies, twenty-seven of which can be nominated for 高企.
import type { Db } from '../app/db/clients.server.ts';
import { fixedClock, type Clock } from '../app/db/clock.ts';
import { addDays } from '../app/rules/day.ts';
import { submit } from '../app/services/door.server.ts';
import { addDepartment } from '../app/services/departments.server.ts';
import { recordFacts } from '../app/services/facts.server.ts';
import type { Asker } from '../app/services/batches/keeper.server.ts';
import { invented, inventedCode } from './population.ts';

export const clock = fixedClock('2026-11-22T02:00:00.000Z');
export const TODAY = '2026-11-22';

export const staff: Asker = { username: 'staff', userId: 901, role: 'staff' };
export const colleague: Asker = { username: 'colleague', userId: 902, role: 'staff' };
export const section: Asker = { username: 'section', userId: 903, role: 'section' };
export const leader: Asker = { username: 'leader', userId: 904, role: 'leadership' };
export const administrator: Asker = { username: 'administrator', userId: 905, role: 'administrator' };

/** Ids of all thirty. */
export const THIRTY = Array.from({ length: 30 }, (_, i) => i + 1);
/** Cannot be nominated: on the list of the dishonest, under review, holding the title. */
export const [VETOED, UNDER_REVIEW, HOLDER] = [28, 29, 30] as const;

/** Fills a database with companies 1 to 30, the last three of which cannot move on the clock's day. */
export async function fillPark(db: Db, on: Clock = clock): Promise<void> {
  const ago = (days: number) => addDays(on.today(), -days);
  await db.write((tx) => recordFacts(tx, on, invented(1, 30), { actor: 'test' }));
  for (const name of ['科技局', '财政局']) await addDepartment(db, { clock: on, actor: 'test' }, name);
  await db.write((tx) =>
    recordFacts(
      tx,
      clock,
      [
        {
          kind: 'enterprise',
          uscc: inventedCode(VETOED),
          values: { conduct: [{ kind: 'safety', severity: 'major', on: ago(150), until: null }] },
        },
      ],
      { actor: 'test' },
    ),
  );
  const event = { scheme: 'hnte', actor: 'test', effectiveOn: ago(110) } as const;
  await submit(db, on, { ...event, enterpriseId: UNDER_REVIEW, type: 'submit' });
  await submit(db, on, {
    ...event,
    enterpriseId: HOLDER,
    type: 'certify',
    payload: { grantedOn: ago(350), validUntil: ago(-745) },
  });
}
