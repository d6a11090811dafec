import { describe, expect, test } from 'vitest';
import { questionsOf, readReport } from './check.ts';
import { DOUBTFUL, SOUND } from '../../../tests/report-sentences.ts';

const ask = (text: string) => questionsOf(readReport(text, 'halfUp'));

test.each(SOUND)('nothing is asked about: %s', (text) => {
  expect(ask(text).map(({ quote, question }) => ({ quote, question }))).toEqual([]);
});

describe('what cannot be right is asked about, once', () => {
  test.each(DOUBTFUL)('%s', (text, figure, kind, expected) => {
    expect(ask(text).map((each) => [each.figure.text, each.kind, each.expected])).toEqual([
      [figure, kind, expected],
    ]);
  });
});
