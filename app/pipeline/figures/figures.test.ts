import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import {
  add,
  compare,
  decimalOf,
  exact,
  plainText,
  readExact,
  roundedTo,
  ROUNDING_LABELS,
  ROUNDINGS,
  subtract,
  type Rounding,
} from './exact.ts';
import { inUnit, isQualifier, printed, quantity, readQuantity, type Quantity } from './quantity.ts';
import {
  changeInWords,
  changeOf,
  completionOf,
  MISSING,
  nestedFunnel,
  partitionOf,
  perCent,
  printedChange,
  printedRate,
  rateOf,
} from './relations.ts';
import { converted, UNIT_NAMES, type Unit } from './units.ts';

const q = (text: string, unit: Unit = '家'): Quantity => readQuantity(text, unit)!;
const share = (a: string, b: string, digits = 1) => printedRate(rateOf(q(a), q(b)), { digits });

describe('rounding', () => {
  // value, digits, 四舍五入, 截尾, 进一, 四舍六入五成双
  test.each([
    ['0.5', 0, '1', '0', '1', '0'],
    ['1.5', 0, '2', '1', '2', '2'],
    ['2.5', 0, '3', '2', '3', '2'],
    ['2.51', 0, '3', '2', '3', '3'],
    ['2.49', 0, '2', '2', '3', '2'],
    ['2', 0, '2', '2', '2', '2'],
    ['-2.5', 0, '−3', '−2', '−3', '−2'],
    ['-0.4', 0, '0', '0', '−1', '0'],
    ['83.65', 1, '83.7', '83.6', '83.7', '83.6'],
    ['83.75', 1, '83.8', '83.7', '83.8', '83.8'],
    ['0.0001', 3, '0.000', '0.000', '0.001', '0.000'],
  ] as const)('%s to %i places', (text, digits, ...expected) => {
    const all = ROUNDINGS.map((rounding) => decimalOf(readExact(text)!, { digits, rounding }));
    expect(all).toEqual(expected);
  });

  test('four ways, each with its own name', () => {
    expect(new Set(ROUNDINGS.map((each) => ROUNDING_LABELS[each])).size).toBe(4);
  });

  test('581 wishes, 486 done: 83.65 % is 84 % rounded and 83 % cut off', () => {
    const rate = rateOf(q('486', '项'), q('581', '项'));
    const print = (rounding: Rounding, digits: number) => printedRate(rate, { digits, rounding });
    expect([print('halfUp', 0), print('truncate', 0), print('halfUp', 2)]).toEqual(['84%', '83%', '83.65%']);
  });

  test('every rounding is within one unit of the last place, and the two halves agree off the middle', () => {
    const fraction = fc.tuple(fc.bigInt(-(10n ** 12n), 10n ** 12n), fc.bigInt(1n, 10n ** 6n));
    fc.assert(
      fc.property(fraction, fc.integer({ min: 0, max: 4 }), ([n, d], digits) => {
        const value = exact(n, d);
        const unit = exact(1n, 10n ** BigInt(digits));
        for (const rounding of ROUNDINGS) {
          const rounded = exact(roundedTo(value, digits, rounding), 10n ** BigInt(digits));
          const off = subtract(rounded, value);
          expect(compare(off.num < 0n ? { num: -off.num, den: off.den } : off, unit)).toBe(-1);
        }
        const doubled = 2n * n * 10n ** BigInt(digits);
        const middle = doubled % d === 0n && (doubled / d) % 2n !== 0n;
        if (!middle) expect(roundedTo(value, digits, 'halfEven')).toBe(roundedTo(value, digits, 'halfUp'));
      }),
    );
  });

  test('decimal text goes in and out unchanged, without floats', () => {
    expect(plainText(add(readExact('0.1')!, readExact('0.2')!))).toBe('0.3');
    expect(plainText(exact(1, 3))).toBeNull();
    fc.assert(
      fc.property(fc.bigInt(), fc.integer({ min: 0, max: 8 }), (n, digits) => {
        const value = exact(n, 10n ** BigInt(digits));
        expect(readExact(plainText(value)!)).toEqual(value);
      }),
    );
    for (const text of ['', '1,000', '1e3', '.5', '5.', '１', 'x']) expect(readExact(text)).toBeNull();
    expect(() => exact(1, 0)).toThrow(RangeError);
    expect(() => exact(0.5)).toThrow(RangeError);
  });
});

describe('units', () => {
  test('money converts exactly; 家 and 家次, per cent and points never meet', () => {
    expect(printed(inUnit(q('3.9', '亿元'), '万元')!, { digits: 0, group: true })).toBe('39,000万元');
    expect(plainText(converted(readExact('13260')!, '万元', '亿元')!)).toBe('1.326');
    for (const [a, b] of [
      ['家', '家次'],
      ['%', '百分点'],
      ['项', '件'],
      ['家', '元'],
    ] as const) {
      expect(converted(exact(1), a, b)).toBeNull();
      expect(rateOf(q('1', a), q('2', b))).toEqual({ ok: false, why: 'units' });
      expect(changeOf(q('1', a), q('2', b))).toMatchObject({ kind: 'none', why: 'units' });
    }
  });

  test('there and back again is the same for every pair', () => {
    fc.assert(
      fc.property(
        fc.bigInt(),
        fc.constantFrom(...UNIT_NAMES),
        fc.constantFrom(...UNIT_NAMES),
        (n, from, to) => {
          const there = converted(exact(n), from, to);
          if (there) expect(converted(there, to, from)).toEqual(exact(n));
        },
      ),
    );
  });

  test('words that are no qualifier', () => {
    expect(['近', '大约', 'toString'].map(isQualifier)).toEqual([true, false, false]);
  });

  test.each([
    [quantity(exact(30), '条', '余'), '30余条'],
    [quantity(exact(20), '%', '近'), '近20%'],
    [quantity(exact(300), '%', '约'), '约300%'],
    [quantity(exact(40), '家', '以上'), '40家以上'],
    [quantity(exact(60), '家次'), '60家(次)'],
    [quantity(exact(17, 2), '百分点'), '8.5个百分点'],
    [quantity(exact(4263, 100), '亿元'), '42.63亿元'],
  ])('%# is printed as %s', (given, text) => {
    expect(printed(given, { trim: given.unit !== '亿元' })).toBe(text);
  });
});

describe('change', () => {
  // now, base, digits, published
  test.each([
    ['42.63', '45.74', 1, '−6.8%', '同比下降6.8%'],
    ['408.2', '343.9', 1, '+18.7%', '同比增长18.7%'],
    ['121.0', '100.1', 1, '+20.9%', '同比增长20.9%'],
    ['30', '9', 0, '+233%', '同比增长233%'],
    ['24', '6', 0, '+300%', '同比增长300%'],
    ['6', '3', 0, '+100%', '同比增长100%'],
    ['830', '125.0', 0, '+564%', '同比增长564%'],
    ['11', '7', 1, '+57.1%', '同比增长57.1%'],
    ['278', '170', 1, '+63.5%', '同比增长63.5%'],
    ['184', '139', 1, '+32.4%', '同比增长32.4%'],
    ['620', '580', 1, '+6.9%', '同比增长6.9%'],
    ['550', '537', 1, '+2.4%', '同比增长2.4%'],
    ['5', '5', 1, '0.0%', '同比持平'],
    ['100001', '100000', 1, '0.0%', '同比基本持平'],
    ['0', '5', 1, '−100.0%', '同比下降100%'],
    ['-5', '5', 1, '−200.0%', '同比下降200%'],
  ])('%s against %s: %s', (now, base, digits, cell, words) => {
    const change = changeOf(q(now), q(base));
    expect(printedChange(change, { digits })).toBe(cell);
    expect(changeInWords('同比', change, { digits })).toBe(words);
  });

  test.each([
    ['5', '0', 'zeroBase', '基数为 0'],
    ['0', '0', 'zeroBase', '基数为 0'],
    ['5', '-1', 'negativeBase', '基数为负'],
    ['-5', '-1', 'negativeBase', '基数为负'],
  ] as const)('%s against %s has no rate and says so', (now, base, why, words) => {
    const change = changeOf(q(now, '万元'), q(base, '万元'));
    expect(change).toMatchObject({ kind: 'none', why });
    expect(change.kind === 'none' && change.difference).not.toBeNull();
    expect(printedChange(change)).toBe('—');
    expect(changeInWords('同比', change)).toContain(words);
  });

  test('an absent side is no zero', () => {
    expect(changeOf(q('5'), null)).toMatchObject({ why: 'base', difference: null });
    expect(changeOf(null, q('5'))).toMatchObject({ why: 'value', difference: null });
  });

  test('rates differ in percentage points', () => {
    const change = changeOf(q('35.6', '%'), q('22.5', '%'));
    expect(printedChange(change)).toBe('+13.1个百分点');
    expect(changeInWords('同比', change)).toBe('同比提高13.1个百分点');
    expect(printedChange(changeOf(q('-10.8', '%'), q('-2', '%')))).toBe('−8.8个百分点');
  });
});

describe('rates', () => {
  test.each([
    ['42.63', '48.0', 1, '88.8%'],
    ['25.68', '25.0', 1, '102.7%'],
    ['238', '700', 0, '34%'],
    ['42', '45', 1, '93.3%'],
    ['21', '25', 0, '84%'],
    ['198.6', '4601', 1, '4.3%'],
    ['699', '846', 1, '82.6%'],
    ['172', '195', 1, '88.2%'],
    ['27', '38', 2, '71.05%'],
  ])('%s of %s is %s', (part, whole, digits, expected) => {
    expect(share(part, whole, digits)).toBe(expected);
  });

  test('no rate without a denominator', () => {
    expect(printedRate(rateOf(q('1666', '项'), null))).toBe('未报送总数，不计算');
    expect(printedRate(rateOf(q('1', '项'), q('0', '项')))).toBe('总数为 0，不计算');
    expect(printedRate(rateOf(null, q('5')))).toBe('未报送');
    expect(new Set(Object.values(MISSING)).size).toBe(Object.keys(MISSING).length);
  });

  test('a share as a quantity can be compared in points', () => {
    const [before, after] = [perCent(exact(1, 4)), perCent(exact(1, 3))];
    expect(printedChange(changeOf(after, before))).toBe('+8.3个百分点');
  });

  test('money per person is asked for as such', () => {
    expect(rateOf(q('1', '万元'), q('2', '人'), false)).toMatchObject({ ok: true, share: exact(1, 2) });
  });

  test('completion: one below, at, and one above the target', () => {
    const reached = (value: string) => {
      const { reached: done, remaining } = completionOf(q(value), q('620'));
      return [done, printed(remaining!)];
    };
    expect(reached('580')).toEqual([false, '40家']);
    expect(reached('619')).toEqual([false, '1家']);
    expect(reached('620')).toEqual([true, '0家']);
    expect(reached('621')).toEqual([true, '−1家']);
    expect(completionOf(q('5'), null)).toEqual({
      rate: { ok: false, why: 'denominator' },
      remaining: null,
      reached: null,
    });
  });
});

describe('sums and steps', () => {
  const parts = (whole: string, ...each: string[]) =>
    partitionOf(
      q(whole),
      each.map((part) => q(part)),
    );

  test.each([
    ['34', '21', '6', '7'],
    ['48', '2', '8', '38'],
    ['238', '98', '140'],
    ['30', '24', '6'],
    ['9', '6', '3'],
    ['369.2', '150.8', '70.2', '148.2'],
  ])('%s is the sum of its parts', (whole, ...each) => {
    expect(parts(whole, ...each)).toMatchObject({ balanced: true });
    const off = parts(whole, ...each.slice(1), '0');
    expect(off.balanced).toBe(false);
    expect(off.difference?.value).toEqual(readExact(each[0]!));
  });

  test('an unknown part leaves the check open, and no parts check nothing', () => {
    expect(partitionOf(q('34'), [q('21'), null])).toMatchObject({ balanced: false, difference: null });
    expect(partitionOf(q('34'), [])).toMatchObject({ balanced: false });
    expect(partitionOf(q('34'), [q('34', '项')])).toMatchObject({ balanced: false, difference: null });
  });

  const steps = (...counts: string[]) =>
    nestedFunnel(counts.map((count) => ({ label: count, value: q(count) }))).map((step) => [
      step.ofPrevious && printedRate(step.ofPrevious),
      printedRate(step.ofFirst),
      step.nested,
    ]);

  test('400 → 65 → 28 → 20 with both shares', () => {
    expect(steps('400', '65', '28', '20')).toEqual([
      [null, '100.0%', true],
      ['16.3%', '16.3%', true],
      ['43.1%', '7.0%', true],
      ['71.4%', '5.0%', true],
    ]);
    expect(steps('39', '10', '9').map(([of]) => of)).toEqual([null, '25.6%', '90.0%']);
  });

  test('a step larger than the one before is no part of it', () => {
    expect(steps('20', '20', '21').map((step) => step[2])).toEqual([true, true, false]);
    expect(steps('0', '0').at(-1)).toEqual(['总数为 0，不计算', '总数为 0，不计算', true]);
    expect(nestedFunnel([])).toEqual([]);
  });
});
