/** Databases of long histories for measuring what leadership reads: the log is written alone, then rebuilt. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { EventType } from '../../machines/events.ts';
import { openDatabase, type Db } from '../../app/db/clients.server.ts';
import { fixedClock } from '../../app/db/clock.ts';
import { addDays } from '../../app/rules/day.ts';
import { rebuild } from '../../app/services/rebuild.server.ts';
import { benchCode } from './database.ts';
import { random } from './facts.ts';

export const HISTORY_CLOCK = fixedClock('2026-05-06T04:00:00.000Z');

const BATCH = 1000;
const PARKS = 5;
const INDUSTRIES = ['3562', '3913', '6513', '7320', '2710', '5179'];

/** Ten events an enterprise: into the library and through an application to a title, on to its end and a second one. */
const STEPS: readonly (readonly [EventType, number])[] = [
  ['enrol', 0],
  ['nominate', 60],
  ['prepare', 30],
  ['submit', 40],
  ['accept', 25],
  ['publicise', 60],
  ['certify', 20],
  ['due', 915],
  ['submit', 90],
  ['certify', 80],
];

const TIERS = ['hnte', 'hnte', 'hnte', 'srdi', 'srdi', 'giant'] as const;

/**
 * A database of `size` enterprises with ten events each.
 * @param years over how many years before 2026 the histories begin
 */
export async function historyDatabase(
  size: number,
  years: number,
  log: (text: string) => void,
): Promise<{ db: Db; folder: string; events: number }> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tidu-bench-'));
  const db = openDatabase(path.join(folder, 'bench.db'), {
    mode: 'write',
    create: true,
    clock: HISTORY_CLOCK,
  });
  const next = random(11);
  await db.write((tx) => {
    for (let id = 1; id <= PARKS; id += 1)
      tx.prepare('INSERT INTO Park (id, code, name) VALUES (?, ?, ?)').run(id, `P${id}`, `示例园区${id}`);
  });
  for (let from = 1; from <= size; from += BATCH) {
    await db.write((tx) => {
      const enterprise = tx.prepare(
        `INSERT INTO Enterprise (id, uscc, name, nameKey, registeredOn, parkId, industry, createdAt, updatedAt)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      );
      const event = tx.prepare(
        `INSERT INTO Event (enterpriseId, scheme, type, effectiveOn, knownAt, recordedAt, actor, payload, accepted, machineVersion)
         VALUES (?, ?, ?, ?, ?, ?, 'bench', ?, 1, 1)`,
      );
      const now = HISTORY_CLOCK.now();
      for (let id = from; id < from + BATCH && id <= size; id += 1) {
        let on = addDays(`${2026 - years}-01-01`, Math.floor(next() * years * 365));
        const founded = addDays(on, -Math.floor(next() * 2000));
        const park = 1 + Math.floor(next() * PARKS);
        const industry = INDUSTRIES[Math.floor(next() * INDUSTRIES.length)]!;
        enterprise.run(
          id,
          benchCode(id),
          `示例企业${id}`,
          `示例企业${id}`,
          founded,
          park,
          industry,
          now,
          now,
        );
        const scheme = TIERS[Math.floor(next() * TIERS.length)]!;
        for (const [type, after] of STEPS) {
          // No two take equally long.
          on = addDays(on, Math.floor(after * (0.5 + next())));
          const payload =
            type === 'certify' ? { no: `N${id}-${on}`, grantedOn: on, validUntil: addDays(on, 1095) } : {};
          event.run(
            id,
            scheme,
            type,
            on,
            `${on}T04:00:00.000Z`,
            `${on}T04:00:00.000Z`,
            JSON.stringify(payload),
          );
        }
      }
    });
  }
  log(`${size * STEPS.length} events written, rebuilding …`);
  await rebuild(db, HISTORY_CLOCK);
  return { db, folder, events: size * STEPS.length };
}

export async function discardHistory({ db, folder }: { db: Db; folder: string }): Promise<void> {
  await db.close();
  fs.rmSync(folder, { recursive: true, force: true });
}
