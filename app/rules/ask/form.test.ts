import { expect, test } from 'vitest';
import { NO_ANSWERS } from './answers.ts';
import { takePage } from './form.ts';
import { questionFor, topicOf } from './questions.ts';

const page = (...keys: string[]) => {
  const questions = keys.map((key) => questionFor(key)!);
  return { ...topicOf(questions[0]!), questions };
};
const form = (fields: Record<string, string>) => ({ get: (name: string) => fields[name] ?? null });
const revenue = page('years.2025.operatingRevenue', 'years.2024.operatingRevenue');

test('a page filled in is taken, blank boxes beside it are 不清楚', () => {
  const { answers, errors } = takePage(
    NO_ANSWERS,
    revenue,
    form({ 'years.2025.operatingRevenue': ' 4200 ' }),
  );
  expect(errors).toEqual({});
  expect(answers.given).toEqual({
    'years.2025.operatingRevenue': '4200',
    'years.2024.operatingRevenue': null,
  });
  expect(answers.asked).toEqual(['years.operatingRevenue']);
});

test('a page left blank asks for an answer or 不清楚', () => {
  expect(Object.keys(takePage(NO_ANSWERS, revenue, form({})).errors)).toEqual([
    'years.2025.operatingRevenue',
  ]);
  const skipped = takePage(
    NO_ANSWERS,
    revenue,
    form({ intent: 'unclear', 'years.2025.operatingRevenue': 'x' }),
  );
  expect(skipped.errors).toEqual({});
  expect(Object.values(skipped.answers.given)).toEqual([null, null]);
});

test('what cannot be read is shown again, nothing is kept of it', () => {
  const step = takePage(NO_ANSWERS, revenue, form({ 'years.2025.operatingRevenue': '很多' }));
  expect(step.errors['years.2025.operatingRevenue']).toContain('2025 年');
  expect(step.typed['years.2025.operatingRevenue']).toBe('很多');
  expect(step.answers).toBe(NO_ANSWERS);
});

test('yes or no, and 不清楚 as a choice', () => {
  const legal = page('legalPerson');
  expect(takePage(NO_ANSWERS, legal, form({ legalPerson: 'no' })).answers.given).toEqual({
    legalPerson: 'no',
  });
  expect(takePage(NO_ANSWERS, legal, form({ legalPerson: 'unclear' })).answers.given).toEqual({
    legalPerson: null,
  });
  expect(takePage(NO_ANSWERS, legal, form({})).errors.legalPerson).toBeDefined();
});

test('a list: none, not known, or its entries', () => {
  const titles = page('titles');
  const given = (fields: Record<string, string>) => takePage(NO_ANSWERS, titles, form(fields));
  expect(given({ 'titles.has': 'no' }).answers.given).toEqual({ titles: [] });
  expect(given({ 'titles.has': 'unclear' }).answers.given).toEqual({ titles: null });
  expect(given({ 'titles.has': 'yes' }).errors.titles).toBeDefined();
  expect(given({}).errors.titles).toBeDefined();
  const one = { 'titles.has': 'yes', 'titles.1.scheme': 'hnte', 'titles.1.grantedOn': '2024-01-01' };
  expect(given(one).answers.given.titles).toEqual([
    { scheme: 'hnte', grantedOn: '2024-01-01', validUntil: '' },
  ]);
});
