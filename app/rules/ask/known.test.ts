import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyFacts } from '../../../tests/any-facts.ts';
import { demoFacts } from '../../../tests/demo-facts.ts';
import { parseFacts, type Facts } from '../facts/parse.ts';
import { valueAt } from '../facts/field-of.ts';
import { answerProblem, factsOf, NO_ANSWERS } from './answers.ts';
import { answersFrom, withKnown } from './known.ts';
import { questionFor } from './questions.ts';

const ON = '2026-11-22';

const facts = (json: unknown): Facts => {
  const parsed = parseFacts(json);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed));
  return parsed.facts;
};

test('figures, flags, lists and the place come as they would be typed', () => {
  const right = { kind: 'invention', grantedOn: '2021-05-01', relatedToMainProduct: true };
  const { given, division } = answersFrom(
    facts({
      uscc: '91110108MA001007X3',
      name: '示例有限公司',
      division: '440402',
      registeredOn: '2018-03-12',
      residentEnterprise: true,
      niche: { marketShare: 0.125 },
      years: {
        2025: {
          operatingRevenue: 42_000_000.01,
          salesRevenue: 42_000_000.01,
          netProfit: -300_000,
          employees: 80.5,
        },
        2024: { operatingRevenue: 100, salesRevenue: 200 },
        2020: { employees: 3 },
      },
      management: { certificates: [] },
      conduct: [],
      intellectualProperty: [right, right, { ...right, kind: 'utilityModel' }],
      titles: [
        { scheme: 'hnte', grantedOn: '2023-10-26', validUntil: '2026-10-25', status: 'expired' },
        { scheme: 'srdi', grantedOn: '2025-10-26', validUntil: '2028-10-25', status: 'valid' },
      ],
    }),
    ON,
  );
  const row = { grantedOn: '2021-05-01', relatedToMainProduct: 'yes' };
  expect(division).toBe('440400');
  expect(given).toEqual({
    registeredOn: '2018-03-12',
    residentEnterprise: 'yes',
    'niche.marketShare': '12.5',
    'years.2025.operatingRevenue': '4200.000001',
    'years.2025.netProfit': '-30',
    'years.2025.employees': '80.5',
    'management.certificates': '无',
    conduct: [],
    intellectualProperty: [
      { ...row, kind: 'invention', count: '2' },
      { ...row, kind: 'utilityModel', count: '1' },
    ],
    titles: [{ scheme: 'srdi', grantedOn: '2025-10-26', validUntil: '2028-10-25' }],
  });
});

test.each([
  [
    'a right used in an application before',
    { intellectualProperty: [{ kind: 'utilityModel', usedInHnteApplicationOn: '2020-01-01' }] },
  ],
  ['a round in another currency', { financing: [{ closedOn: '2024-05-01', amount: 1, currency: 'USD' }] }],
  ['a field finer than the eight', { techField: '6.3' }],
])('%s is left to be asked, not bent', (_name, json) => {
  expect(answersFrom(facts(json), ON).given).toEqual({});
});

/** Every taken answer says exactly what the facts say. */
function holds(known: Facts): void {
  const answers = answersFrom(known, ON);
  const back = factsOf(answers);
  for (const [path, answer] of Object.entries(answers.given)) {
    expect(answerProblem(questionFor(path)!, answer), path).toBeNull();
    const value = valueAt(known, path) ?? valueAt(known, path.replace('operatingRevenue', 'salesRevenue'));
    // What contradicts another figure is not known, on record as in an answer.
    if (!questionFor(path)!.rows) expect([value, null], path).toContainEqual(valueAt(back, path) ?? null);
  }
}

test('no answer says anything else than the facts: any facts', () => {
  fc.assert(
    fc.property(anyFacts, (json) => {
      const parsed = parseFacts(json);
      if (parsed.ok) holds(parsed.facts);
    }),
    { numRuns: 150 },
  );
});

test('no answer says anything else than the facts: the demo park, for which most is answered', () => {
  const park = demoFacts(60, ON);
  for (const known of park) holds(known);
  const answered = park.map((known) => Object.keys(answersFrom(known, ON).given).length);
  expect(Math.min(...answered)).toBeGreaterThan(20);
});

test('answers given before stay', () => {
  const own = {
    ...NO_ANSWERS,
    schemes: ['hnte'],
    given: { registeredOn: null, 'years.2025.employees': '9' },
  };
  const known = answersFrom(
    facts({
      division: '440402',
      registeredOn: '2018-03-12',
      years: { 2025: { employees: 80, techStaff: 8 } },
    }),
    ON,
  );
  expect(withKnown(own, known)).toEqual({
    ...own,
    division: '440400',
    given: { registeredOn: null, 'years.2025.employees': '9', 'years.2025.techStaff': '8' },
  });
});
