/**
 * Migrations of stored snapshots, one file a version (`to-v2.ts` …), each telling its story. A snapshot is
 * carried through every step from its own version to the present one when it is read; what cannot be carried is
 * rebuilt from the events, so a migration may throw.
 */
import { MACHINE_VERSION } from '../version.ts';

export type Migration = (snapshot: unknown) => unknown;

/** By the version they lead to. */
export const MIGRATIONS: Readonly<Record<number, Migration>> = {};

/**
 * Carries a stored snapshot to the present version.
 * @throws Error if it comes from a later version or a step is missing
 */
export function migrate(
  snapshot: unknown,
  version: number,
  to = MACHINE_VERSION,
  steps = MIGRATIONS,
): unknown {
  if (version > to) throw new Error(`snapshot of a later machine version ${version}`);
  let current = snapshot;
  for (let next = version + 1; next <= to; next += 1) {
    const step = steps[next];
    if (!step) throw new Error(`no migration to machine version ${next}`);
    current = step(current);
  }
  return current;
}
