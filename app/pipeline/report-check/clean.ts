/**
 * Pasted report text made readable for the checker: full-width forms, quotes, blanks, thousands separators and
 * injected advertising are levelled, and every character that stays remembers where it stood in the original.
 */

export interface CleanText {
  readonly text: string;
  /** Place in the original of each character of `text`. */
  readonly at: readonly number[];
}

const SAME_MEANING: Readonly<Record<string, string>> = {
  '\u3000': ' ',
  '\u00a0': ' ',
  '\t': ' ',
  '﹪': '%',
  '−': '-',
  '﹣': '-',
  '–': '—',
  '〜': '~',
  ',': '，',
  ':': '：',
  ';': '；',
  '(': '（',
  ')': '）',
  '!': '！',
  '?': '？',
  '∕': '/',
  '⁄': '/',
};

/** One form for each character that has several; full-width ASCII becomes ASCII first. */
function levelled(char: string): string {
  const code = char.charCodeAt(0);
  const plain = code >= 0xff01 && code <= 0xff5e ? String.fromCharCode(code - 0xfee0) : char;
  return SAME_MEANING[plain] ?? plain;
}

/** Characters without meaning for a figure: quotes, soft hyphens, zero-width marks. */
const VOID = /["'“”‘’「」『』\u00ad\u200b-\u200f\u2060\ufeff\r]/;

/** What careless copying brings along: addresses, and advertising names with their tail. */
const NOISE =
  /(?:https?：\/\/|www\.)[\w./？=&%-]+|(?<![A-Za-z0-9])[A-Za-z][A-Za-z0-9]{3,30}(?:客户端|官方网站|官网|手机版|网页版|体育|娱乐|登录|注册|下载|入口)(?:登录|下载|入口)*/gi;

/** A number with separators of thousands; half-width and full-width commas were made one. */
const THOUSANDS = /(?<![\d.，])\d{1,3}(?:，\d{3})+(?![\d，])/g;

/** Begins a new paragraph whatever stood before. */
const ENUMERATOR =
  /^\s*(?:（?[一二三四五六七八九十\d]+(?:[）、]|\.(?!\d))|第[一二三四五六七八九十]+[章节条]|[一二三四五六七八九十]是)/;

/** Keeps the characters that `keep` says, with their places. */
function filtered({ text, at }: CleanText, keep: (index: number) => boolean): CleanText {
  let kept = '';
  const places: number[] = [];
  for (let i = 0; i < text.length; i += 1) {
    if (!keep(i)) continue;
    kept += text[i]!;
    places.push(at[i]!);
  }
  return { text: kept, at: places };
}

/** Drops what a pattern matches. */
function without(clean: CleanText, pattern: RegExp): CleanText {
  const gone = new Set<number>();
  for (const { index, 0: all } of clean.text.matchAll(pattern)) {
    for (let i = index; i < index + all.length; i += 1) gone.add(i);
  }
  return gone.size === 0 ? clean : filtered(clean, (i) => !gone.has(i));
}

/** Line ends that end a paragraph stay; those of a wrapped line go, or become a blank between two numbers. */
function unwrapped({ text, at }: CleanText): CleanText {
  let before = '。';
  const unwrap = (gap: string, place: number): string => {
    const after = text.slice(place + gap.length, place + gap.length + 12);
    const lines = gap.replaceAll(' ', '').length;
    const ends = lines > 1 || /[。！？；.]/.test(before) || after === '' || ENUMERATOR.test(after);
    return (ends ? '\n' : ' ').padEnd(gap.length);
  };
  const joined = text.replace(/(\S)|\s+/g, (all, char: string | undefined, place: number) => {
    if (char === undefined) return all.includes('\n') ? unwrap(all, place) : all;
    before = char;
    return char;
  });
  return { text: joined, at };
}

/** Blanks stay only between two digits, where dropping them would make one number of two. */
function tight(clean: CleanText): CleanText {
  const kept = new Set<number>();
  for (const { index } of clean.text.matchAll(/(?<=\d) +(?=\d)/g)) kept.add(index);
  return filtered(clean, (i) => clean.text[i] !== ' ' || kept.has(i));
}

/** A point is a decimal point between digits and ends a sentence elsewhere. */
const pointed = ({ text, at }: CleanText): CleanText => ({
  text: text.replace(/(?<!\d)\.|\.(?!\d)/g, '。'),
  at,
});

/** Lists of plain numbers whose commas part them: 分别为150,200,300. */
const RESPECTIVE = /分别[为是达占约]{0,2}\d{1,3}(?:，\d{3})+/g;

function withoutThousands(clean: CleanText): CleanText {
  const lists = [...clean.text.matchAll(RESPECTIVE)].map(({ index, 0: all }) => [index, index + all.length]);
  const gone = new Set<number>();
  for (const { index, 0: all } of clean.text.matchAll(THOUSANDS)) {
    if (lists.some(([from, to]) => from! <= index && index < to!)) continue;
    [...all].forEach((char, i) => char === '，' && gone.add(index + i));
  }
  return filtered(clean, (i) => !gone.has(i));
}

/** Levels a pasted text. Never throws; the places always point into the original. */
export function cleanText(original: string): CleanText {
  const chars = original.split('');
  let clean: CleanText = { text: chars.map(levelled).join(''), at: chars.map((_, i) => i) };
  clean = without(clean, NOISE);
  clean = filtered(clean, (i) => !VOID.test(clean.text[i]!));
  clean = tight(unwrapped(clean));
  return pointed(withoutThousands(clean));
}

/** The stretch of the original that a stretch of the clean text came from. */
export function originalSpan({ at }: CleanText, start: number, end: number): { from: number; to: number } {
  const from = at[start] ?? 0;
  return { from, to: (at[end - 1] ?? from - 1) + 1 };
}
