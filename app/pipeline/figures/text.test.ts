import { describe, expect, test } from 'vitest';
import type { IndicatorDefinition } from './definition.ts';
import { exact } from './exact.ts';
import { quantity, readQuantity, type Quantity } from './quantity.ts';
import { changeOf, completionOf, nestedFunnel, rateOf } from './relations.ts';
import { clause, funnelSentence, rateClause, sentence } from './text.ts';
import type { Unit } from './units.ts';

const q = (text: string, unit: Unit = '家'): Quantity => readQuantity(text, unit)!;
const definition = (label: string, change: Partial<IndicatorDefinition> = {}): IndicatorDefinition => ({
  id: 'x',
  label,
  nature: 'stock',
  unit: '家',
  numerator: label,
  denominator: null,
  numeratorId: null,
  denominatorIds: [],
  scope: '全区',
  rounding: 'halfUp',
  digits: 0,
  rateDigits: 1,
  source: '台账',
  owner: '科技局',
  partOf: null,
  stepAfter: null,
  ...change,
});
const year = { from: '2021-01-01', to: '2021-12-31' };

describe('sentences as published', () => {
  test('a stock with its change and its target', () => {
    const value = q('580');
    expect(
      sentence({
        definition: definition('高企总数'),
        span: year,
        value,
        change: changeOf(value, q('550')),
        completion: completionOf(value, q('565')),
      }),
    ).toBe('截至12月底，高企总数达到580家，同比增长5.5%，完成年度任务的102.7%。');
  });

  test('a flow over its cumulative span', () => {
    const value = q('42.63', '亿元');
    expect(
      sentence({
        definition: definition('固定资产投资', { nature: 'flow', unit: '亿元', digits: 2 }),
        span: { from: '2021-01-01', to: '2021-11-30' },
        value,
        change: changeOf(value, q('45.74', '亿元')),
        completion: completionOf(value, q('48.0', '亿元')),
      }),
    ).toBe('2021年1—11月，固定资产投资42.63亿元，同比下降6.8%，完成年度任务的88.8%。');
  });

  test('a library and its tiers', () => {
    expect(
      clause({
        definition: definition('独角兽培育库入库企业'),
        span: year,
        value: q('48'),
        parts: [
          { label: '独角兽企业', value: q('2') },
          { label: '独角兽潜力企业', value: q('8') },
          { label: '独角兽种子企业', value: q('38') },
        ],
      }),
    ).toBe('独角兽培育库入库企业48家，其中独角兽企业2家、独角兽潜力企业8家、独角兽种子企业38家');
  });

  test('a part of a wider area', () => {
    const given = { definition: definition('国家高新技术企业'), span: year, value: q('699') };
    expect(clause({ ...given, wider: { label: '全区', value: q('846') } })).toBe(
      '国家高新技术企业达到699家（全区846家）',
    );
  });

  test('nested steps', () => {
    const steps = ['调研400', '有意向65', '内部决策28', '注册20'].map((text) => ({
      label: text.replace(/\d+/, ''),
      value: q(/\d+/.exec(text)![0]),
    }));
    expect(funnelSentence(nestedFunnel(steps), { digits: 0 }, { digits: 1 })).toBe(
      '调研400家；有意向65家，占上一步的16.3%；内部决策28家，占上一步的43.1%，占首步的7%；注册20家，占上一步的71.4%，占首步的5%。',
    );
    expect(funnelSentence(nestedFunnel([steps[1]!, steps[0]!]), {}, {})).toBeNull();
    expect(funnelSentence([], {}, {})).toBeNull();
  });

  test('a rate; two denominators name themselves', () => {
    const rate = definition('研发经费投入强度', { nature: 'rate', unit: '%' });
    const done = rateOf(q('198.6', '亿元'), q('4601', '亿元'));
    expect(rateClause(rate, [{ name: '营业收入', rate: done }])).toBe('研发经费投入强度4.3%');
    expect(
      rateClause(rate, [
        { name: '营业收入', rate: done },
        { name: '总收入', rate: { ok: true, share: exact(1, 20) } },
      ]),
    ).toBe('研发经费投入强度（按营业收入）4.3%、（按总收入）5%');
    expect(rateClause(rate, [{ name: '营业收入', rate: rateOf(q('1', '亿元'), null) }])).toBeNull();
  });
});

describe('what is not known is not said', () => {
  const given = { definition: definition('高企总数'), span: year };
  test('no value, no sentence', () => {
    expect([clause({ ...given, value: null }), sentence({ ...given, value: null })]).toEqual([null, null]);
  });
  test('no base, or a base of 0: no 同比', () => {
    expect(clause({ ...given, value: q('5'), change: changeOf(q('5'), null) })).toBe('高企总数达到5家');
    expect(clause({ ...given, value: q('5'), change: changeOf(q('5'), q('0')) })).toBe('高企总数达到5家');
  });
  test('a part not known leaves out all parts', () => {
    const parts = [
      { label: '甲', value: q('2') },
      { label: '乙', value: null },
    ];
    expect(clause({ ...given, value: q('5'), parts })).toBe('高企总数5家');
  });
  test('qualifiers stay', () => {
    expect(clause({ ...given, value: quantity(exact(30), '家', '余') })).toBe('高企总数达到30余家');
  });
});
