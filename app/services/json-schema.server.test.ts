import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { parseFacts } from '../rules/facts/parse.ts';
import { jsonSchemaOf } from './json-schema.server.ts';

const validator = z.fromJSONSchema(jsonSchemaOf('facts') as Parameters<typeof z.fromJSONSchema>[0]);
const accepts = (facts: unknown) => validator.safeParse(facts).success;

const facts = {
  uscc: '91110108MA001007X3',
  name: '示例有限公司',
  formerNames: ['旧名'],
  registeredOn: '2018-03-12',
  restrictedProducts: false,
  listing: { status: 'unlisted', on: null, code: null, shortName: null },
  years: {
    2025: { employees: 80, salesRevenue: '42000000.50', developmentScore: 55, rdItems: { labour: 1 } },
  },
  intellectualProperty: [{ kind: 'invention', appliedOn: '2019-03-01', applied: true }],
  conversions: { 2023: 3 },
  expertScores: { hnte: { conversion: 20 } },
};

describe('the schema of facts', () => {
  test('takes plain values', () => {
    expect(accepts(facts)).toBe(true);
  });

  // Whatever the program takes, its schema must take: every kind of leaf with its source.
  const sourced = (value: unknown) => ({ value, source: 'audit', knownAt: '2026-04-30' });
  test.each([
    ['a number', { years: { 2025: { employees: sourced(80) } } }],
    ['a decimal text', { years: { 2025: { salesRevenue: sourced('1.50') } } }],
    ['a text', { name: sourced('示例') }],
    ['the code', { uscc: sourced('91110108MA001007X3') }],
    ['a day', { registeredOn: sourced('2018-03-12') }],
    ['yes or no', { restrictedProducts: sourced(true) }],
    ['an option', { listing: { status: sourced('listed') } }],
    ['in a list', { intellectualProperty: [{ kind: sourced('invention') }] }],
    ['a name in a list', { formerNames: [sourced('旧名')] }],
    [
      'in a record',
      { conversions: { 2023: sourced(3) }, expertScores: { hnte: { conversion: sourced(20) } } },
    ],
    ['not known', { name: sourced(null) }],
    ['without knownAt', { name: { value: '示例' } }],
  ])('takes %s with its source', (_what, given) => {
    expect(parseFacts(given).ok).toBe(true);
    expect(accepts(given)).toBe(true);
  });

  test.each([
    ['a text for a flag', { restrictedProducts: 'no' }],
    ['a source that is none', { name: { value: '示例', source: 'rumour' } }],
    ['an option that is none', { listing: { status: 'perhaps' } }],
    ['an object for a list', { titles: {} }],
  ])('refuses %s', (_what, given) => {
    expect(parseFacts(given).ok).toBe(false);
    expect(accepts(given)).toBe(false);
  });
});

test('the schema of verdicts names what the contract names', () => {
  const schema = jsonSchemaOf('verdict') as { properties: Record<string, unknown>; required: string[] };
  expect(Object.keys(schema.properties)).toEqual(
    expect.arrayContaining([
      'uscc',
      'scheme',
      'action',
      'on',
      'rule',
      'outcome',
      'conditions',
      'vetoes',
      'advice',
    ]),
  );
});
