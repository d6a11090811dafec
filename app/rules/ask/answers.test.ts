import { expect, test } from 'vitest';
import { parseFacts } from '../facts/parse.ts';
import { answerProblem, factsOf, NO_ANSWERS, readAnswers, type Answers } from './answers.ts';
import { questionFor } from './questions.ts';

const answered = (given: Answers['given']): Answers => ({ ...NO_ANSWERS, given });

test('answers become the facts that the same statements make as JSON', () => {
  const facts = factsOf(
    answered({
      registeredOn: '2018-03-12',
      residentEnterprise: 'yes',
      'niche.marketShare': '12.5',
      'years.2025.operatingRevenue': '4,200.01',
      'years.2025.netProfit': '-30',
      'years.2025.employees': '８０.5',
      'years.2024.rdExpense': null,
      'management.certificates': '无',
      titles: [{ scheme: 'hnte', grantedOn: '2023-10-26', validUntil: '2026-10-25' }],
      conduct: [],
      intellectualProperty: [
        { kind: 'invention', count: '2', grantedOn: '2021-05-01', relatedToMainProduct: 'yes' },
      ],
    }),
  );
  const right = { kind: 'invention', grantedOn: '2021-05-01', relatedToMainProduct: true };
  const parsed = parseFacts({
    registeredOn: '2018-03-12',
    residentEnterprise: true,
    niche: { marketShare: 0.125 },
    years: {
      2025: { operatingRevenue: 42000100, salesRevenue: 42000100, netProfit: -300000, employees: 80.5 },
    },
    management: { certificates: [] },
    titles: [{ scheme: 'hnte', grantedOn: '2023-10-26', validUntil: '2026-10-25', status: 'valid' }],
    conduct: [],
    intellectualProperty: [right, right],
  });
  const bare = (value: object) =>
    JSON.parse(
      JSON.stringify({ ...value, provenance: {} }, (_key, v: unknown) => (v === null ? undefined : v)),
    ) as object;
  expect(bare(facts)).toEqual(bare(parsed.ok ? parsed.facts : {}));
  expect(facts.provenance['years.2025.operatingRevenue']?.source).toBe('self');
});

test.each([
  ['years.2025.operatingRevenue', '一千'],
  ['years.2025.operatingRevenue', '-1'],
  ['years.2025.operatingRevenue', '1.0000001'],
  ['registeredOn', '2025-02-30'],
  ['industry', '软件'],
  ['niche.nationalRank', '0'],
  ['niche.marketShare', '101'],
])('%s refuses “%s” with a reason', (id, text) => {
  expect(answerProblem(questionFor(id)!, text)).toMatch(/[\u4e00-\u9fff]/);
  expect(factsOf(answered({ [id]: text }))).toEqual({ provenance: {}, flags: [] });
});

test('a list that was said to have entries needs one, and each its kind', () => {
  const question = questionFor('titles')!;
  expect(answerProblem(question, [{ scheme: '' }])).not.toBeNull();
  expect(answerProblem(question, [{ scheme: '', grantedOn: '2024-01-01' }])).toContain('称号');
  expect(answerProblem(question, [])).toBeNull();
});

test.each([
  '',
  '{',
  'null',
  '[]',
  '{"version":2}',
  '{"version":1,"given":{"__proto__":{"x":1},"nothing":"1"},"schemes":["x"]}',
])('what is kept but no set of answers begins anew: %s', (text) => {
  expect(readAnswers(text)).toEqual(NO_ANSWERS);
});

test('answers survive being kept', () => {
  const answers: Answers = {
    ...answered({ registeredOn: '2018-03-12', conduct: [], 'years.2025.rdExpense': null }),
    schemes: ['hnte'],
    division: '440400',
    asked: ['registeredOn'],
  };
  expect(readAnswers(JSON.stringify(answers))).toEqual(answers);
});

test('an industry given by its name is answered with its code, an unknown one with the form of a code', () => {
  const question = questionFor('industry')!;
  expect(answerProblem(question, '软件')).toContain('65 软件和信息技术服务业');
  expect(answerProblem(question, '化学原料和化学制品')).toContain('26 化学原料和化学制品制造业');
  expect(answerProblem(question, '星际贸易')).toContain('2 至 4 位数字');
  expect(answerProblem(question, '65')).toBeNull();
});
