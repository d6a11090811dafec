/** What a seal says, and whether it still does. Pure; the key comes in as the function that signs. */
import { z } from 'zod';
import { canonicalJson } from './canonical.ts';
import type { ReviewTables } from './tables.ts';

/** Everything that is signed. */
export interface SealContent {
  readonly seq: number;
  /** Signature of the seal before it; null for the first. */
  readonly previous: string | null;
  /** Numbers left out before it, since they were given to seals that are lost; absent in seals of before 2026-11-22. */
  readonly skipped?: number;
  readonly keyId: string;
  readonly reviewId: number;
  readonly quarter: string;
  /** As stored with the review: canonical JSON of the window and the switches. */
  readonly scope: string;
  readonly title: string;
  readonly drawnBy: string;
  readonly drawnAt: string;
  readonly discussedBy: string;
  readonly discussedAt: string;
  readonly discussion: string;
  readonly sealedBy: string;
  readonly sealedAt: string;
  /** Up to where the log of events and the statements of facts were read. */
  readonly eventId: number;
  readonly factRecordId: number;
  /** SHA-256 of the rule versions and of the values entered by operators. */
  readonly rulesHash: string;
  readonly tables: ReviewTables;
}

/** A stored seal. */
export interface StoredSeal {
  readonly seq: number;
  readonly reviewId: number;
  readonly content: string;
  readonly keyId: string;
  readonly mac: string;
}

/** The review's own row, which the seal repeats. */
export interface SealedRow {
  readonly id: number;
  readonly quarter: string;
  readonly scope: string;
  readonly title: string;
  readonly drawnBy: string;
  readonly drawnAt: string;
  readonly discussedBy: string | null;
  readonly discussedAt: string | null;
  readonly discussion: string | null;
}

export type SealState =
  /** As it was sealed. */
  | 'genuine'
  /** Content, signature, or the review's row was changed. */
  | 'altered'
  /** The key that sealed it is not there: nothing can be said. */
  | 'keyless';

/** The key as this check needs it. */
export interface Signing {
  readonly id: string;
  sign(text: string): string;
}

export const sealText = (content: SealContent): string => canonicalJson(content);

const shape = z
  .object({
    seq: z.number(),
    keyId: z.string(),
    reviewId: z.number(),
    previous: z.string().nullable(),
    skipped: z.int().min(0).optional(),
    tables: z.object({ version: z.literal(1) }).loose(),
  })
  .loose();

/** The content of a seal; null where it cannot be read. */
export function readSeal(text: string): SealContent | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  return shape.safeParse(value).success ? (value as SealContent) : null;
}

const REPEATED = [
  'quarter',
  'scope',
  'title',
  'drawnBy',
  'drawnAt',
  'discussedBy',
  'discussedAt',
  'discussion',
] as const;

/** Whether a seal still says what was sealed. Only its text counts: equal bytes under the same key. */
export function stateOfSeal(seal: StoredSeal, row: SealedRow, key: Signing | null): SealState {
  const content = readSeal(seal.content);
  const agrees =
    content !== null &&
    content.seq === seal.seq &&
    content.keyId === seal.keyId &&
    content.reviewId === seal.reviewId &&
    seal.reviewId === row.id &&
    REPEATED.every((name) => content[name] === row[name]);
  if (!agrees) return 'altered';
  if (key === null || key.id !== seal.keyId) return 'keyless';
  return key.sign(seal.content) === seal.mac ? 'genuine' : 'altered';
}

/** Breaks in the chain of seals, in words: one taken out, put in or put in another place. */
export function chainFaults(seals: readonly StoredSeal[]): string[] {
  const faults: string[] = [];
  let [seq, mac] = [0, null as string | null];
  for (const seal of [...seals].sort((a, b) => a.seq - b.seq)) {
    const content = readSeal(seal.content);
    const due = seq + 1 + (content?.skipped ?? 0);
    if (seal.seq !== due) faults.push(`封存记录缺第 ${due} 号`);
    else if (content?.previous !== mac) faults.push(`第 ${seal.seq} 号封存与前一号不衔接`);
    [seq, mac] = [seal.seq, seal.mac];
  }
  return faults;
}
