/** Whose numbers stand for a composed test. */
import type { Unit } from '../source.ts';
import { unitOf } from './quantity.ts';
import type { Test } from './types.ts';

/** The test whose numbers stand for a composed one: its first part's. */
export function principalTest(
  test: Test,
): Exclude<Test, { kind: 'all' | 'any' | 'waivable' | 'manual' }> | null {
  switch (test.kind) {
    case 'all':
    case 'any':
      return test.of[0] ? principalTest(test.of[0].test) : null;
    case 'waivable':
      return principalTest(test.test.test);
    case 'manual':
      return null;
    default:
      return test;
  }
}

/** What a test's numbers are measured in; null for one without numbers. */
export function testUnit(test: Test): Unit | null {
  const principal = principalTest(test);
  if (principal === null) return null;
  if (principal.kind === 'score') return 'points';
  if (principal.kind === 'flag') return 'boolean';
  return principal.quantity.kind === 'linear' ? unitOf(principal.quantity.terms[0]!.input) : 'ratio';
}
