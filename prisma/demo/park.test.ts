import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { daysBetween } from '../../app/rules/day.ts';
import { checkUscc } from '../../app/rules/facts/uscc.ts';
import { INDUSTRIES, PLAIN_INDUSTRIES } from './industries.ts';
import { makePark, type DemoEnterprise, type DemoOptions } from './park.ts';
import { createRandom } from './random.ts';

const options: DemoOptions = { seed: 'test', size: 1200, today: '2026-11-22' };
const digest = (of: DemoOptions) =>
  createHash('sha256')
    .update(JSON.stringify([...makePark(of).enterprises]))
    .digest('hex');

const all = [...makePark(options).enterprises];
const END = '2021-12-31';

/** Certificates of a scheme in force at the end of 2021, by the announcements alone. */
function heldAtEnd(enterprise: DemoEnterprise, scheme: string): boolean {
  const own = enterprise.events.filter((event) => event.scheme === scheme && event.effectiveOn <= END);
  const granted = own.filter(({ type }) => type === 'certify' || type === 'renew');
  const ended = own.filter(({ type }) => type === 'promote' || type === 'discharge' || type === 'revoke');
  return granted.some(({ payload }) => (payload?.validUntil ?? '9999') >= END) && ended.length === 0;
}
const holders = (scheme: string) => all.filter((enterprise) => heldAtEnd(enterprise, scheme)).length;

const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

/** Figures of the year, as its last audited or own statement has them. */
const figuresOf = (enterprise: DemoEnterprise, year: number) =>
  enterprise.statements.flatMap(({ change }) =>
    change.kind === 'figures' && change.year === year && change.values.rdExpense != null
      ? [change.values]
      : [],
  )[0];

describe('chance', () => {
  it('repeats itself for a seed and differs for another', () => {
    const draw = (seed: string) => Array.from({ length: 5 }, createRandom(seed).next);
    expect(draw('a')).toEqual(draw('a'));
    expect(draw('a')).not.toEqual(draw('b'));
    expect(draw('a')).not.toEqual(Array.from({ length: 5 }, createRandom('a').fork('x').next));
  });

  it('is spread evenly, and normally where asked', () => {
    const random = createRandom('spread');
    const fractions = Array.from({ length: 20_000 }, () => random.next());
    expect(fractions.reduce((sum, x) => sum + x, 0) / 20_000).toBeCloseTo(0.5, 1);
    const normal = Array.from({ length: 20_000 }, () => random.normal(10, 2));
    const mean = normal.reduce((sum, x) => sum + x, 0) / 20_000;
    expect(mean).toBeCloseTo(10, 1);
    expect(Math.sqrt(normal.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 20_000)).toBeCloseTo(2, 1);
  });
});

describe('the plan', () => {
  it('is the same for the same seed, size and day, and another for any other', () => {
    const small = { seed: 's', size: 60, today: '2026-05-06' };
    const first = digest(small);
    expect(digest(small)).toBe(first);
    expect(digest({ ...small, seed: 't' })).not.toBe(first);
    expect(digest({ ...small, today: '2026-05-07' })).not.toBe(first);
  });

  it('serves a reasonable size and day only', () => {
    expect(() => makePark({ ...options, size: 10 })).toThrow(RangeError);
    expect(() => makePark({ ...options, today: '2021-06-30' })).toThrow(RangeError);
  });

  it('has invented names and codes, each once; the doubtful codes are few', () => {
    expect(all).toHaveLength(1200);
    expect(new Set(all.map(({ name }) => name)).size).toBe(1200);
    expect(all.every(({ name }) => name.startsWith('示例·'))).toBe(true);
    const checks = all.map(({ uscc }) => checkUscc(uscc));
    expect(checks.every((check) => check.ok)).toBe(true);
    const doubtful = checks.filter((check) => check.ok && check.flag !== null).length;
    expect(doubtful).toBeGreaterThan(0);
    expect(doubtful).toBeLessThan(20);
    expect(new Set(all.map(({ uscc }) => uscc)).size).toBe(1200);
    expect(all.every(({ uscc }) => uscc.slice(8, 11) === 'DEM')).toBe(true);
  });

  it('names no industry twice', () => {
    const codes = [...INDUSTRIES, ...PLAIN_INDUSTRIES].map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
  });

  it.each([
    ['hnte', 580],
    ['tsme', 537],
    ['unicorn', 2],
    ['unicornPotential', 8],
    ['unicornSeed', 38],
  ])('holds what 珠海高新区 published for 2021: %s %i', (scheme, published) => {
    expect(holders(scheme)).toBe(published);
  });

  it('holds it for another seed and day too', () => {
    const other = [...makePark({ seed: 'other', size: 1200, today: '2023-02-03' }).enterprises];
    expect(other.filter((enterprise) => heldAtEnd(enterprise, 'hnte'))).toHaveLength(580);
    expect(other.filter((enterprise) => heldAtEnd(enterprise, 'tsme'))).toHaveLength(537);
  });

  it('followed 45 towards 规上 in 2021, of whom 42 came in', () => {
    const in2021 = (type: string) =>
      all.filter(({ events }) =>
        events.some((e) => e.scheme === 'scaleUp' && e.type === type && e.effectiveOn.startsWith('2021')),
      ).length;
    expect(in2021('follow')).toBe(45);
    expect(in2021('certify')).toBe(42);
  });

  it('records nothing before it happened, before the enterprise was known, or on the day itself', () => {
    for (const { events, statements, knownOn } of all) {
      for (const { effectiveOn, recordedOn, knownAt } of events) {
        expect(effectiveOn <= recordedOn && recordedOn > knownOn && recordedOn < options.today).toBe(true);
        expect((knownAt ?? recordedOn) <= recordedOn).toBe(true);
      }
      expect(statements[0]!.on).toBe(knownOn);
      expect(statements.every(({ on }) => on >= knownOn && on < options.today)).toBe(true);
    }
  });

  it('hears of some announcements late', () => {
    const late = all
      .flatMap(({ events }) => events)
      .filter((e) => daysBetween(e.effectiveOn, e.recordedOn) > 50);
    expect(late.length).toBeGreaterThan(50);
  });
});

describe('the figures', () => {
  const recent = all.flatMap((enterprise) => {
    const figures = figuresOf(enterprise, 2025);
    return figures ? [{ kind: enterprise.role.kind, figures }] : [];
  });
  const of = (kind: string) => recent.filter((row) => row.kind === kind).map((row) => row.figures);

  it('are there for most, not for all', () => {
    expect(recent.length).toBeGreaterThan(1000);
    expect(recent.length).toBeLessThan(1180);
    const years = all.map(
      (e) =>
        new Set(e.statements.flatMap(({ change }) => (change.kind === 'figures' ? [change.year] : []))).size,
    );
    expect(median(years)).toBeGreaterThanOrEqual(4);
  });

  it('agree with one another', () => {
    for (const { figures: f } of recent) {
      expect(f.hiTechIncome!).toBeLessThanOrEqual(f.totalIncome!);
      expect(f.rdExpenseDomestic ?? 0).toBeLessThanOrEqual(f.rdExpense!);
      expect(f.techStaff ?? 0).toBeLessThanOrEqual(f.employees!);
      expect(f.mainRevenue!).toBeLessThanOrEqual(f.operatingRevenue!);
      expect(Object.values(f).every(Number.isSafeInteger)).toBe(true);
    }
  });

  it('grow with the tier', () => {
    const revenue = (kind: string) => median(of(kind).map((f) => f.operatingRevenue!));
    expect(revenue('giant')).toBeGreaterThan(revenue('srdi'));
    expect(revenue('srdi')).toBeGreaterThan(revenue('hnte'));
    expect(revenue('hnte')).toBeGreaterThan(revenue('plain'));
    const research = (kind: string) => median(of(kind).map((f) => f.rdExpense! / f.salesRevenue!));
    expect(research('hnte')).toBeGreaterThan(0.05);
    expect(research('hnte')).toBeLessThan(0.15);
    expect(research('plain')).toBeLessThan(0.03);
  });
});
