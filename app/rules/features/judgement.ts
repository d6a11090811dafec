/** A person's yes or no on record for a point that a text leaves to judgement. */
import type { Feature } from '../engine/types.ts';
import { UNKNOWN } from './common.ts';

/** Reads `expertScores.<scheme>.<key>`: 0 is no, any other number yes; not known while nothing is on record. */
export function judgement(scheme: string, key: string, label: string): Feature {
  const path = `expertScores.${scheme}.${key}`;
  return {
    id: `judgement:${scheme}.${key}`,
    label,
    unit: 'boolean',
    of: (facts) => {
      const given = facts.expertScores?.[scheme]?.[key];
      return given == null ? UNKNOWN : given > 0 ? 1 : 0;
    },
    reads: () => [path],
  };
}
