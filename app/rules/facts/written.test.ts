import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyFacts } from '../../../tests/any-facts.ts';
import { canonicalFacts } from './canonical.ts';
import { parseFacts, type Facts } from './parse.ts';
import { writeFacts } from './written.ts';

function parsed(json: unknown): Facts {
  const read = parseFacts(JSON.parse(JSON.stringify(json)));
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.facts;
}

/** Where a value of unknown source stands says nothing. */
const known = ({ provenance }: Facts, facts: Facts) =>
  Object.fromEntries(
    Object.entries(provenance).filter(
      ([path, { source, knownAt }]) => (source !== null || knownAt !== null) && standsIn(facts, path),
    ),
  );
const standsIn = (facts: unknown, path: string) =>
  path.split('.').reduce<unknown>((node, key) => (node as Record<string, unknown> | null)?.[key], facts) !=
  null;

test('whatever is written is read as the same facts from the same sources', () => {
  fc.assert(
    fc.property(anyFacts, (json) => {
      const facts = parsed(json);
      const again = parsed(writeFacts(facts, true));
      expect(canonicalFacts(again)).toBe(canonicalFacts(facts));
      expect(known(again, facts)).toEqual(known(facts, facts));
      const bare = parsed(writeFacts(facts, false));
      expect(canonicalFacts(bare)).toBe(canonicalFacts(facts));
      expect(bare.provenance).toEqual({});
    }),
    { numRuns: 200 },
  );
});

test('amounts are 元, shares fractions, persons persons; not known is left out, known to be none is kept', () => {
  const facts = parsed({
    name: '示例有限公司',
    years: {
      2025: { salesRevenue: { value: '42000000.50', source: 'audit' }, employees: 80.5, rdExpense: null },
    },
    niche: { marketShare: 0.12 },
    financing: [{ amount: 2e7, cededShare: 0.0667 }],
    awards: [],
    intellectualProperty: [{ kind: 'invention', until: null, no: null }],
  });
  expect(writeFacts(facts, true)).toEqual({
    name: '示例有限公司',
    years: { 2025: { salesRevenue: { value: 42000000.5, source: 'audit', knownAt: null }, employees: 80.5 } },
    niche: { marketShare: 0.12 },
    financing: [{ amount: 20000000, cededShare: 0.0667 }],
    awards: [],
    intellectualProperty: [{ kind: 'invention', until: null }],
  });
});

test('what a whole list was stated with is the source of each of its parts', () => {
  const facts: Facts = {
    awards: [{ kind: 'quality', level: 'national' }],
    provenance: { awards: { source: 'official', knownAt: '2026-01-01' } },
    flags: [],
  };
  const official = { source: 'official', knownAt: '2026-01-01' };
  expect(writeFacts(facts, true)).toEqual({
    awards: [{ kind: { value: 'quality', ...official }, level: { value: 'national', ...official } }],
  });
});
