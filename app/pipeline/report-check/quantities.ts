/** Finds the figures of a clean text: value with its interval, unit, qualifier, and the dates beside them. */
import type { Rounding } from '../figures/exact.ts';
import { interval, printedAs, type Interval } from './interval.ts';

/** `level`: an amount or a count. `percent`: also fractions and multiples. `points`: percentage points. */
type QuantityKind = 'level' | 'percent' | 'points' | 'times';

export interface Quantity {
  readonly kind: QuantityKind;
  /** Stretch in the clean text, qualifier in front not included. */
  readonly start: number;
  readonly end: number;
  /** As printed, in 元, single units, percent or points. */
  readonly value: number;
  readonly range: Interval;
  /** What may be added or compared: 元, 家, 项, 人 …; '' where no unit stands. */
  readonly unit: string;
  /** The unit as printed, with its scale: 亿元, 个百分点. */
  readonly unitText: string;
  /** Worth of one printed unit in the unit of `value`. */
  readonly scale: number;
  readonly decimals: number;
  /** A plus or minus stands in front. */
  readonly signed: boolean;
  /** Counts that are printed whole, without a qualifier. */
  readonly whole: boolean;
  /** 近, 约, 超 … stands beside it. */
  readonly loose: boolean;
}

export interface DateMark {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly year: number | null;
}

export interface Scan {
  readonly quantities: readonly Quantity[];
  readonly dates: readonly DateMark[];
}

const COUNT_UNITS =
  '家（次）|人（次）|户（次）|家次|人次|户次|场次|件次|项次|家|户|项|件|个|款|人|名|位|场|期|条|座|台|套|篇|所|批|支|辆|栋|只|种|类|次|门|幅|块|处|宗|份|间|对';
const MEASURE_UNITS =
  '亩|公顷|平方公里|平方千米|平方米|㎡|公里|千米|米|千瓦时|千瓦|兆瓦|度|吨标准煤|吨|元|美元|港元|欧元|股|岁|层';
const WORDS = `${COUNT_UNITS}|${MEASURE_UNITS}`;

const UNIT = `个百分点|百分点|个点|%|‰|倍|${WORDS}`;
const DATE = [
  String.raw`\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)`,
  String.raw`\d{1,4}(?:[-—~至]\d{2,4})?年(?:度|末|底|初)?(?:[上下]半年|全年|[一二三四1-4]季度)?(?:\d{1,2}(?:[-—~至]\d{1,2})?月份?(?:\d{1,2}日|底|末|初)?)?`,
  String.raw`\d{1,2}(?:[-—~至]\d{1,2})?月份?(?:\d{1,2}日|底|末|初)?`,
  String.raw`\d{1,2}日(?!均)`,
].join('|');
/** Digits that are names, numbers of things, durations or expressions, not figures. */
const OTHER = [
  String.raw`第\d+(?:[-—~至、]\d+)?`,
  String.raw`[〔\[]\d{4}[〕\]]\d*号?`,
  String.raw`(?<![A-Za-z-])[A-Za-z][A-Za-z-]{0,30}\d[\w.]*`,
  String.raw`\d+(?:\.\d+)?[A-Za-z]+[\w/]*`,
  String.raw`\d+\+[A-Za-z]+`,
  String.raw`\d+(?:\.\d+)?(?:\+\d+(?:\.\d+)?)+(?:[万亿]*(?:${WORDS}))?`,
  String.raw`\d+(?:号|届|版|路|级|天|小时|分钟|个工作日|个月|个季度|个小时|个年头)`,
  String.raw`\d{9,}`,
].join('|');
const CHINESE = '[一二两三四五六七八九十]';
const FRACTION = String.raw`\d+/\d+(?!\d)|${CHINESE}+分之${CHINESE}+|百分之[零〇一二两三四五六七八九十百点]+|翻了?(?:一|两|三)?番|[一二两三四五六七八九]成半?(?![立为功果员长都效本绩交])`;
const NUMBER = String.raw`(?<sign>(?<![\dA-Za-z%])[+-])?(?<a>\d+(?:\.\d+)?)(?:%?[-—~至](?<b>\d+(?:\.\d+)?)(?=[余多万亿%${'个家项件人名'}]))?(?<more>余|多)?(?<scale>万亿|千万|百万|亿|万|千(?![瓦克米])|百(?=[家项个件人名条余多]))?(?<more2>余|多)?(?<unit>${UNIT})?(?<per>/万?(?:${WORDS}))?`;

const SCANNER = () =>
  new RegExp(`(?<date>${DATE})|(?<other>${OTHER})|(?<fraction>${FRACTION})|${NUMBER}`, 'g');

const SCALES: Readonly<Record<string, number>> = {
  百: 1e2,
  千: 1e3,
  万: 1e4,
  百万: 1e6,
  千万: 1e7,
  亿: 1e8,
  万亿: 1e12,
};

/** Measure words that authors use for the same things. */
const SAME_UNIT: Readonly<Record<string, string>> = {
  户: '家',
  '家（次）': '家次',
  '户（次）': '家次',
  户次: '家次',
  '人（次）': '人次',
  名: '人',
  位: '人',
  个: '项',
  件: '项',
  宗: '项',
  平方千米: '平方公里',
  '㎡': '平方米',
};
const DISCRETE = new Set([...COUNT_UNITS.split('|'), '']);

const DIGITS = '零一二三四五六七八九';
const digit = (char: string) => (char === '两' ? 2 : char === '〇' ? 0 : DIGITS.indexOf(char));

/** 一 … 九十九, 一百; with 点 decimals. */
function chineseNumber(text: string): number {
  const [whole = '', places = ''] = text.split('点');
  if (whole.includes('百')) return 100 * Math.max(1, digit(whole[0]!));
  const [tens, ones] = whole.includes('十') ? whole.split('十') : ['0', whole];
  const ten = whole.includes('十') ? (tens === '' ? 1 : digit(tens!)) : 0;
  const one = ones === '' || ones === undefined ? 0 : digit(ones);
  const decimals = [...places].map((char) => digit(char)).join('');
  return Number(`${ten * 10 + one}${decimals === '' ? '' : `.${decimals}`}`);
}

/** A fraction, tenth or multiple in percent. */
function fractionPercent(text: string): number {
  if (text.includes('番')) return text.includes('两') ? 300 : text.includes('三') ? 700 : 100;
  if (text.startsWith('百分之')) return chineseNumber(text.slice(3));
  if (text.includes('成')) return 10 * digit(text[0]!) + (text.endsWith('半') ? 5 : 0);
  if (text.includes('分之')) {
    const [below = '', above = ''] = text.split('分之');
    return (100 * chineseNumber(above)) / chineseNumber(below);
  }
  const [above, below] = text.split('/').map(Number);
  return below ? (100 * above!) / below : 0;
}

type Qualifier = 'near' | 'about' | 'over' | 'least' | 'most' | null;

function qualifierOf(before: string, more: boolean, after: string): Qualifier {
  if (/(?<![最附将])近$|接近$|将近$|不足$|不到$/.test(before)) return 'near';
  if (/(?<![节契签履预])约$|约[为达占合]$|大约$|左右$/.test(before) || /^(?:左右|上下)/.test(after))
    return 'about';
  if (/不[低少]于$|至少$/.test(before) || /^(?:以上|及以上)/.test(after)) return 'least';
  if (/不超过$|不高于$|至多$/.test(before) || /^(?:以下|以内)/.test(after)) return 'most';
  if (more || /超过?$|逾$|突破$|多达$/.test(before)) return 'over';
  return null;
}

/**
 * Values that a figure with a qualifier may stand for. How loose 近 and 约 are follows from how finely the figure is
 * given: one digit that counts a tenth, two a twentieth, more one step of the last place.
 */
function looseRange(size: number, step: number, qualifier: Qualifier): Interval {
  const digits = String(Math.round(size / step)).replace(/0+$/, '').length;
  const play = digits <= 1 ? size / 10 : digits === 2 ? size / 20 : step;
  const unit = step * 10 ** (String(Math.round(size / step)).length - digits);
  switch (qualifier) {
    case 'near':
      return interval(size - play, size);
    case 'over':
      return interval(size, size + Math.max(unit, step));
    case 'least':
      return { low: size, high: Number.POSITIVE_INFINITY };
    case 'most':
      return { low: 0, high: size };
    default:
      return interval(size - play, size + play);
  }
}

const signedRange = (range: Interval, sign: number): Interval =>
  sign < 0 ? { low: -range.high, high: -range.low } : range;

function kindOf(unit: string): QuantityKind {
  if (unit === '%' || unit === '‰') return 'percent';
  if (unit.endsWith('点')) return 'points';
  return unit === '倍' ? 'times' : 'level';
}

type Groups = Readonly<Record<string, string | undefined>>;

function fromNumber(match: RegExpExecArray, text: string, rounding: Rounding): Quantity {
  const { sign, a = '0', b, more, more2, scale = '', unit = '', per = '' } = match.groups as Groups;
  const [start, end] = [match.index, match.index + match[0].length];
  const factor = (SCALES[scale] ?? 1) * (unit === '‰' ? 0.1 : 1);
  const decimals = a.split('.')[1]?.length ?? 0;
  const step = 10 ** -decimals * factor;
  const size = Number(a) * factor;
  const qualifier = qualifierOf(
    text.slice(Math.max(0, start - 3), start),
    Boolean(more ?? more2),
    text.slice(end, end + 3),
  );
  const whole = decimals === 0 && scale === '' && per === '' && DISCRETE.has(unit) && !qualifier && !b;
  const plain = whole ? interval(size, size) : printedAs(size, step, rounding);
  const range = b
    ? interval(size - step / 2, Number(b) * factor + step / 2)
    : qualifier
      ? looseRange(size, step, qualifier)
      : plain;
  const direction = sign === '-' ? -1 : 1;
  return {
    kind: kindOf(unit),
    start,
    end,
    value: direction * size,
    range: signedRange(range, direction),
    unit: (SAME_UNIT[unit] ?? unit) + per,
    unitText: scale + unit + per,
    scale: factor,
    decimals,
    signed: sign !== undefined,
    whole,
    loose: qualifier !== null || b !== undefined,
  };
}

function fromFraction(match: RegExpExecArray, text: string): Quantity {
  const [start, end] = [match.index, match.index + match[0].length];
  const value = fractionPercent(match[0]);
  const precise = match[0].startsWith('百分之') || match[0].includes('番');
  const qualifier = qualifierOf(text.slice(Math.max(0, start - 3), start), false, text.slice(end, end + 3));
  const range =
    qualifier === null
      ? precise
        ? printedAs(value, 1, 'halfUp')
        : interval(value * 0.95, value * 1.05)
      : looseRange(value, value, qualifier);
  return {
    kind: 'percent',
    start,
    end,
    value,
    range,
    unit: '%',
    unitText: match[0].includes('番') ? '番' : '%',
    scale: 1,
    decimals: precise ? 0 : 1,
    signed: false,
    whole: false,
    loose: qualifier !== null || !precise,
  };
}

const yearOf = (text: string): number | null => {
  const year = /^(\d{4})/.exec(text)?.[1];
  return year && Number(year) >= 1900 && Number(year) <= 2199 ? Number(year) : null;
};

/** Every figure and every date of a clean text, in order. */
export function scan(text: string, rounding: Rounding): Scan {
  const quantities: Quantity[] = [];
  const dates: DateMark[] = [];
  for (const match of text.matchAll(SCANNER())) {
    const { date, other, fraction } = match.groups as Groups;
    if (date !== undefined) {
      dates.push({ start: match.index, end: match.index + date.length, text: date, year: yearOf(date) });
    } else if (fraction !== undefined) quantities.push(fromFraction(match, text));
    else if (other === undefined) quantities.push(fromNumber(match, text, rounding));
  }
  return { quantities, dates };
}
