/** Stored form of an enterprise's way: what XState calls value and context, with the ledger that folds need. */
import { z } from 'zod';
import { verdictSummary } from '../../machines/events.ts';
import { familyOf } from '../../machines/families.ts';
import { isLife, type LifeValue } from '../../machines/step.ts';
import { ENDING_EVENTS } from '../../machines/title.ts';
import { migrate } from '../../machines/migrations/index.ts';
import type { Region } from './fold.ts';
import type { Way } from './projection.ts';

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const title = z.object({
  level: z.string().nullable(),
  no: z.string().nullable(),
  grantedOn: day.nullable(),
  from: day,
  until: day.nullable(),
  end: day.nullable(),
  cause: z.enum(ENDING_EVENTS).nullable(),
  source: z.string().nullable(),
  knownAt: z.string(),
  eventId: z.number(),
});

const stored = z.object({
  value: z.record(z.string(), z.unknown()),
  context: z.record(z.string(), z.object({ verdict: verdictSummary.nullable() })),
  ledger: z.record(
    z.string(),
    z.object({ titles: z.array(title), lastOn: z.string(), dutyYear: z.number().nullable() }),
  ),
  gone: z.object({ on: day, why: z.enum(['deregistered', 'merged']), eventId: z.number() }).nullable(),
  moves: z.array(
    z.object({ on: day, from: z.number().nullable(), to: z.number().nullable(), eventId: z.number() }),
  ),
  /** Park under which the roll-up was booked where no move is on record; 0 is none. */
  park: z.number(),
});

export interface Snapshot {
  readonly way: Way;
  readonly park: number;
}

/** The JSON text of a snapshot. */
export function encodeSnapshot({ way, park }: Snapshot): string {
  const value: Record<string, LifeValue> = {};
  const context: Record<string, unknown> = {};
  const ledger: Record<string, unknown> = {};
  for (const [scheme, region] of Object.entries(way.regions)) {
    value[scheme] = region.value;
    context[scheme] = { verdict: region.verdict };
    ledger[scheme] = { titles: region.titles, lastOn: region.lastOn, dutyYear: region.dutyYear };
  }
  return JSON.stringify({ value, context, ledger, gone: way.gone, moves: way.moves, park });
}

/** Reads a stored snapshot of any version; null where it cannot be read and has to be rebuilt from the events. */
export function decodeSnapshot(text: string, version: number): Snapshot | null {
  let json: unknown;
  try {
    json = migrate(JSON.parse(text), version);
  } catch {
    return null;
  }
  const parsed = stored.safeParse(json);
  if (!parsed.success) return null;
  const { value, context, ledger, gone, moves, park } = parsed.data;
  const regions: Record<string, Region> = {};
  for (const scheme of Object.keys(value)) {
    const life = value[scheme];
    const rest = ledger[scheme];
    if (!rest || !isLife(familyOf(scheme), life)) return null;
    regions[scheme] = { value: life, verdict: context[scheme]?.verdict ?? null, ...rest };
  }
  return { way: { regions, gone, moves }, park };
}
