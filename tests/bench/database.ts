/** Databases of invented enterprises for measuring, made through the services. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openDatabase } from '../../app/db/clients.server.ts';
import { fixedClock } from '../../app/db/clock.ts';
import { usccCheckCharacter } from '../../app/rules/facts/uscc.ts';
import { recordFacts } from '../../app/services/facts.server.ts';
import { benchFacts, random } from './facts.ts';

export const CLOCK = fixedClock('2026-05-06T04:00:00.000Z');

/** An invented code: 91, an unused division, a running number. */
export function benchCode(index: number): string {
  const first = `91000000MA${String(index).padStart(7, '0')}`;
  return first + usccCheckCharacter(first);
}

/** A database of `size` enterprises with facts, made through the service. */
export async function benchDatabase(size: number, log: (text: string) => void) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tidu-bench-'));
  const db = openDatabase(path.join(folder, 'bench.db'), { mode: 'write', create: true, clock: CLOCK });
  const next = random(7);
  for (let from = 0; from < size; from += 2000) {
    const changes = Array.from({ length: Math.min(2000, size - from) }, (_, i) => ({
      kind: 'facts' as const,
      facts: { ...benchFacts(next), uscc: benchCode(from + i), name: `示例企业${from + i}` },
    }));
    await db.write((tx) => recordFacts(tx, CLOCK, changes, { actor: 'bench', source: 'audit' }));
    if (from % 20_000 === 0) log(`${from} of ${size}`);
  }
  return { db, folder };
}
