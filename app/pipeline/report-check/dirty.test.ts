// Pasted text is dirty: noise that changes no meaning changes no question, and nothing makes the checker fail.
import { ROUNDINGS } from '../figures/exact.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DOUBTFUL, SOUND } from '../../../tests/report-sentences.ts';
import { questionsOf, readReport, type Question } from './check.ts';
import { cleanText } from './clean.ts';

const TEXTS = [...SOUND, ...DOUBTFUL.map(([text]) => text)];
const ask = (text: string) => questionsOf(readReport(text, 'halfUp'));

/** A yes or no for each place of a text, from one seed. */
function dice(seed: number) {
  let state = seed;
  return (one: number): boolean => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (state >> 8) % one === 0;
  };
}
type Roll = ReturnType<typeof dice>;
type Noise = (text: string, roll: Roll) => string;

const isDigit = (char: string | undefined) => char !== undefined && /\d/.test(char);
const wide = (char: string) => String.fromCharCode(char.charCodeAt(0) + 0xfee0);
const HALF: Readonly<Record<string, string>> = { '，': ',', '：': ':', '；': ';', '（': '(', '）': ')' };

/** Puts something between characters where the rule allows it. */
const between =
  (what: readonly string[], allowed: (left: string, right: string, rest: string) => boolean): Noise =>
  (text, roll) =>
    [...text]
      .map((char, i, all) => {
        const left = all[i - 1] ?? '';
        return i > 0 && allowed(left, char, text.slice(i)) && roll(7)
          ? what[roll(2) ? 0 : what.length - 1]! + char
          : char;
      })
      .join('');

const wordLike = (char: string) => /[A-Za-z\d.%+-]/.test(char);

const NOISES: Readonly<Record<string, Noise>> = {
  'full-width digits and signs': (text, roll) =>
    text.replace(/[\d%.+]/g, (char) => (roll(2) ? wide(char) : char)),
  'half-width punctuation': (text, roll) =>
    text.replace(/[，：；（）]/g, (char, at: number) =>
      // A half-width comma between digits would be a separator of thousands.
      roll(2) && !(char === '，' && isDigit(text[at - 1]) && isDigit(text[at + 1])) ? HALF[char]! : char,
    ),
  'separators of thousands': (text, roll) =>
    text.replace(/(?<![\d.A-Za-z-])[1-9]\d{3,}(?![\d年-])/g, (digits) =>
      digits.replace(/\B(?=(?:\d{3})+$)/g, roll(2) ? ',' : '，'),
    ),
  'missing quotes': (text) => text.replace(/[“”]/g, ''),
  'stray quotes': between(['”', '“', '"'], () => true),
  blanks: between([' ', '\u3000', '\u00a0'], (left, right) => !(isDigit(left) && isDigit(right))),
  'invisible characters': between(['\u200b', '\ufeff'], () => true),
  'wrapped lines': between(
    ['\n', '\r\n'],
    (left, right, rest) =>
      !wordLike(left) && !wordLike(right) && !/^[一二三四五六七八九十（]/.test(rest) && !/[。]/.test(left),
  ),
  'injected advertising': between(
    ['manbetx客户端', 'bet365官网', 'https://www.example.com/a?b=1'],
    (left, right) => !/[\w./?=&%\uff01-\uff5e-]/.test(left) && !/[\w./?=&%\uff01-\uff5e-]/.test(right),
  ),
};

const essence = (text: string, { kind, expected, figure, question }: Question) => ({
  kind,
  expected,
  question,
  figure: cleanText(figure.text).text,
  there: text.startsWith(figure.text, figure.offset),
});

describe('noise that changes no meaning', () => {
  test.each(Object.entries(NOISES))('%s', (_, noise) => {
    fc.assert(
      fc.property(fc.constantFrom(...TEXTS), fc.integer({ min: 1, max: 1e9 }), (text, seed) => {
        const dirty = noise(text, dice(seed));
        const plain = ask(text).map((each) => essence(text, each));
        expect(ask(dirty).map((each) => essence(dirty, each))).toEqual(plain);
      }),
      { numRuns: 400 },
    );
  });

  test('all of it together', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(TEXTS, { minLength: 3, maxLength: 8 }),
        fc.integer({ min: 1, max: 1e9 }),
        (texts, seed) => {
          const text = texts.join('');
          const roll = dice(seed);
          // In an order in which no noise makes a meaningful change of another.
          const order = [
            'separators of thousands',
            'half-width punctuation',
            'blanks',
            'stray quotes',
            'full-width digits and signs',
            'injected advertising',
          ];
          const dirty = order.reduce((so, name) => NOISES[name]!(so, roll), text);
          const plain = ask(text).map((each) => essence(text, each));
          expect({ dirty, found: ask(dirty).map((each) => essence(dirty, each)) }).toEqual({
            dirty,
            found: plain,
          });
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('whatever is pasted', () => {
  const PIECES = [
    '占',
    '增长',
    '同比',
    '其中',
    '（',
    '）',
    '，',
    '。',
    '；',
    '：',
    '、',
    '%',
    '个百分点',
    '家',
    '亿元',
    '分别为',
    '完成',
    '目标',
    '任务',
    '超额',
    '从',
    '增加到',
    '比',
    '高',
    '2021年',
    '1-11月',
    '近',
    '约',
    '1/3',
    '三成',
    '翻番',
    '倍',
    '0',
    '00',
    '1,234',
    '-3',
    '+',
    '12.5',
    '9'.repeat(30),
    '\n',
    ' ',
    'x',
    '“',
    '办结率',
    '合计',
  ];
  const soup = fc.array(fc.constantFrom(...PIECES), { maxLength: 80 }).map((pieces) => pieces.join(''));
  const anything = fc.oneof(
    soup,
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.string({ maxLength: 300 }),
  );
  const rounding = fc.constantFrom(...ROUNDINGS);

  test('it never throws, and every quote is where it says', () => {
    fc.assert(
      fc.property(anything, rounding, (text, way) => {
        const report = readReport(text, way);
        for (const each of questionsOf(report)) {
          expect(text.startsWith(each.quote, each.offset)).toBe(true);
          expect(text.startsWith(each.figure.text, each.figure.offset)).toBe(true);
          expect(each.quote.endsWith(each.figure.text)).toBe(true);
          expect(each.expected).not.toMatch(/NaN|Infinity|undefined/);
          expect(each.question).not.toMatch(/NaN|Infinity|undefined/);
        }
      }),
      { numRuns: 3000 },
    );
  });

  test('the places of a clean text rise, and stay inside the original', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const { text: clean, at } = cleanText(text);
        expect(at).toHaveLength(clean.length);
        at.forEach((place, i) => {
          expect(place).toBeGreaterThan(i === 0 ? -1 : at[i - 1]!);
          expect(place).toBeLessThan(text.length);
        });
      }),
    );
  });

  test('a table without a full stop is read, too', () => {
    const table = Array.from({ length: 400 }, (_, i) => `园区${i}企业${i + 3}家，占比${i % 90}%，`).join('');
    expect(readReport(table, 'halfUp').sentences.flatMap((each) => each.figures).length).toBeGreaterThan(
      1000,
    );
    expect(() => ask(table)).not.toThrow();
  });
});
