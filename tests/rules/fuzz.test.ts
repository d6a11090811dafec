/** Bad facts: a clear problem or a flagged unknown, never a crash, never a wrong verdict. */
import { describe, expect, test } from 'vitest';
import { size } from '../size.ts';
import { parseFacts } from '../../app/rules/facts/parse.ts';
import { assess, RULES } from '../../app/rules/index.ts';
import { companyJson, ON } from './company.ts';
import { contradictions, judgeAll } from './judging.ts';

type Random = () => number;
/** A small generator of its own (mulberry32), so that a failing input is found again by its number. */
function randomOf(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
const one = <T>(random: Random, from: readonly T[]): T => from[Math.floor(random() * from.length)]!;

const JUNK: readonly unknown[] = [
  null,
  undefined,
  true,
  false,
  0,
  -0,
  1,
  -1,
  0.1,
  1e-9,
  1.005,
  1e13,
  1e15,
  1e308,
  -1e308,
  Number.NaN,
  Infinity,
  -Infinity,
  2 ** 53,
  '',
  ' ',
  '0',
  '-1',
  '1e9',
  '12.345',
  '１２３',
  '1,000',
  '50%',
  'NaN',
  '万',
  '9'.repeat(400),
  '2026-02-30',
  '2026-05-06',
  '1899-12-31',
  '9999-12-31',
  '2026/05/06',
  46148,
  [],
  {},
  [[]],
  [null],
  [{}],
  [1, 'a', null],
  { value: 1 },
  { value: null, source: 'audit' },
  { value: 5, source: 'rumour' },
  { value: {}, source: 'self' },
  { value: 1, knownAt: 'yesterday' },
  { __proto__: null },
  JSON.parse('{"__proto__": {"polluted": true}}'),
  'valid',
  'revoked',
  'CNY',
  'USD',
  'XX',
  'invention',
  'own',
  'safety',
  'major',
  '3913',
  'listed',
  'national',
];
const KEYS = [
  'value',
  'years',
  '2025',
  '2031',
  '1899',
  'salesRevenue',
  'employees',
  'titles',
  'conduct',
  '__proto__',
  'constructor',
  'toString',
  '未知',
  'length',
  '0',
];

/** Every place of a structure where a value may be replaced. */
function placesOf(node: unknown): { holder: Record<string, unknown>; key: string }[] {
  if (typeof node !== 'object' || node === null) return [];
  return Object.keys(node).flatMap((key) => [
    { holder: node as Record<string, unknown>, key },
    ...placesOf((node as Record<string, unknown>)[key]),
  ]);
}

/** The complete company with one to eight places changed, removed or added; sometimes not even that. */
function mutated(random: Random): unknown {
  if (random() < 0.02) return one(random, JUNK);
  const json: unknown = structuredClone(companyJson());
  const places = placesOf(json);
  for (let times = 1 + Math.floor(random() * 8); times > 0; times -= 1) {
    const { holder, key } = one(random, places);
    const what = random();
    if (what < 0.15) delete holder[key];
    else if (what < 0.25 && !Array.isArray(holder)) holder[one(random, KEYS)] = one(random, JUNK);
    else if (what < 0.55 && typeof holder[key] === 'number')
      holder[key] = (holder[key] as number) * one(random, [-1, 0, 0.5, 1.5, 100, 1e6]);
    else holder[key] = one(random, JUNK);
  }
  return json;
}

/** Paths of what no verdict may contain. */
function notFinite(node: unknown, path = ''): string[] {
  if (typeof node === 'number') return Number.isFinite(node) ? [] : [path];
  if (node === undefined) return [path];
  if (typeof node === 'string') return /NaN|Infinity|undefined/.test(node) ? [`${path}: ${node}`] : [];
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) => notFinite(value, `${path}.${key}`));
}

/** What is wrong with how one input was treated. */
function faultsOf(random: Random): string[] {
  const json = mutated(random);
  const read = parseFacts(json);
  if (!read.ok) {
    return read.problems.length === 0
      ? ['refused without a reason']
      : read.problems.flatMap(({ path, message }) =>
          typeof path === 'string' && /[一-龥]/.test(message)
            ? []
            : [`problem without path or reason: ${path} ${message}`],
        );
  }
  const faults = contradictions(judgeAll(read.facts));
  for (const flag of read.facts.flags)
    if (!/[一-龥]/.test(flag.message)) faults.push(`flag without reason: ${flag.path}`);
  const rule = one(random, RULES);
  const action = one(random, ['new', 'renewal', 'annual'] as const);
  const done = assess(read.facts, { scheme: rule.scheme, action, on: ON, rule: rule.id });
  if (!done.ok) return [...faults, done.reason];
  const { verdict } = done;
  faults.push(...notFinite({ ...verdict, flags: [] }));
  const open = verdict.conditions.filter(({ result }) => result === 'unknown' || result === 'unmet');
  if (verdict.outcome === 'eligible' && open.length > 0)
    faults.push(`${rule.id} eligible with ${open[0]!.id} ${open[0]!.result}`);
  for (const { id, result, missing, gap } of verdict.conditions) {
    if (result === 'unknown' && missing.length === 0)
      faults.push(`${rule.id} ${id} unknown, nothing missing`);
    if (gap !== null && gap < 0) faults.push(`${rule.id} ${id} gap ${gap}`);
    if ((result === 'met' || result === 'waived') && gap !== 0)
      faults.push(`${rule.id} ${id} ${result}, gap ${gap}`);
  }
  return faults;
}

test('no input crashes the rules or gets a verdict it should not', { timeout: 600_000 }, () => {
  const faults: string[] = [];
  let accepted = 0;
  const runs = size(20_000, 100_000);
  for (let seed = 1; seed <= runs && faults.length < 5; seed += 1) {
    try {
      const found = faultsOf(randomOf(seed));
      if (found.length > 0) faults.push(`input ${seed}: ${found.slice(0, 3).join('; ')}`);
      else accepted += 1;
    } catch (error) {
      faults.push(`input ${seed}: crashed: ${(error as Error).stack?.slice(0, 300)}`);
    }
  }
  expect(faults).toEqual([]);
  expect(accepted).toBe(runs);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

describe('named cases', () => {
  const company = (change: (figures: Record<string, unknown>) => void) => {
    const json = companyJson() as { years: Record<string, Record<string, unknown>> };
    change(json.years['2025']!);
    return parseFacts(json);
  };
  test.each([
    ['a text for a figure', 'salesRevenue', '很多'],
    ['NaN', 'salesRevenue', Number.NaN],
    ['infinity', 'rdExpense', Infinity],
    ['a huge number', 'rdExpense', 1e300],
    ['three decimals', 'rdExpense', '1.005'],
    ['a negative head-count', 'employees', -1],
    ['a true for a number', 'employees', true],
  ])('%s is a problem with its path and a Chinese reason', (_name, key, value) => {
    const read = company((figures) => (figures[key] = value));
    if (read.ok) throw new Error('accepted');
    expect(read.problems.map((p) => p.path)).toEqual([`years.2025.${key}`]);
    expect(read.problems[0]!.message).toMatch(/[一-龥]{2}/);
  });

  test('a negative revenue is flagged and not known', () => {
    const read = company((figures) => (figures.operatingRevenue = -5));
    if (!read.ok) throw new Error('refused');
    expect(read.facts.flags.map((flag) => flag.path)).toEqual(['years.2025.operatingRevenue']);
    const done = assess(read.facts, { scheme: 'giant', action: 'new', on: ON, rule: 'giant@2026' });
    if (!done.ok) throw new Error(done.reason);
    expect(done.verdict.conditions.find((c) => c.id === 'revenue')?.result).toBe('unknown');
  });

  test('R&D above revenue is flagged, the figure stands', () => {
    const read = company((figures) => (figures.rdExpense = 500_000_000));
    if (!read.ok) throw new Error('refused');
    expect(read.facts.flags.map((flag) => flag.path)).toContain('years.2025.rdExpense');
  });

  test('a year in the future does not count', () => {
    const json = companyJson();
    json.years = { '2031': json.years!['2025']! };
    const read = parseFacts(json);
    if (!read.ok) throw new Error('refused');
    const done = assess(read.facts, { scheme: 'giant', action: 'new', on: ON, rule: 'giant@2026' });
    expect(done.ok && done.verdict.conditions.find((c) => c.id === 'revenue')?.result).toBe('unknown');
  });
});
