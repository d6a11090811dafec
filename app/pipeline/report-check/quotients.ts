/** Averages by head, household, enterprise and area against the amount and the number that the passage gives. */
import { interval, meets, printedAs, type Interval } from './interval.ts';
import { levelText, related, shown, type Check, type Finding, type Place } from './finding.ts';
import { clausePart, type Figure } from './sentences.ts';

/** What an average is taken over, and the worth of its units in one of them (亩 by its definition of 10000/15 ㎡). */
interface Over {
  readonly words: RegExp;
  readonly units: Readonly<Record<string, number>>;
}

const PEOPLE: Over = { words: /(?:人均|劳均)/, units: { 人: 1 } };
const ENTERPRISES: Over = { words: /(?:户均|家均|企均|平均每[家户]|每[家户]企业平均)/, units: { 家: 1 } };
const ITEMS: Over = { words: /平均每[个项件]/, units: { 项: 1 } };
const AREA: Over = {
  words: /(?:地均|亩均|单位面积|平均每(?:平方公里|公顷|亩))/,
  units: { 平方公里: 1e6, 公顷: 1e4, 亩: 1e4 / 15, 平方米: 1 },
};
const AVERAGES: readonly Over[] = [PEOPLE, ENTERPRISES, ITEMS, AREA];

/** The unit of area that the word itself names: 亩均. */
const NAMED_AREA: readonly (readonly [RegExp, string])[] = [
  [/亩均|每亩/, '亩'],
  [/每平方公里/, '平方公里'],
  [/每公顷/, '公顷'],
];
/** Words that make a number of people or enterprises another one than all of them. */
const PARTIAL =
  /研发|科技|科研|技术|管理|高层次|博士|硕士|本科|引进|新增|其中|退休|党员|女|重点|骨干|规上|规模以上|新认定|享受|涉及|参加|培训|来访|服务|走访/;
/** An average over time, or one that is only compared. */
const NOT_NOW = /日均|月均|年均|增长|增加|提高|下降|减少|比|较|高于|低于|超过|目标|力争|预计|计划/;

interface Average {
  readonly over: Over;
  /** Unit of the amount averaged. */
  readonly unit: string;
  /** Unit it is taken over, as far as it is named. */
  readonly per: string | null;
  /** What is averaged, where the clause names it: 税收 in 人均税收. */
  readonly subject: string;
  /** A part of the people or enterprises, where the clause names one: 研发 in 研发人员人均. */
  readonly of: string;
}

/** Reads 人均327.5万元, 地均产出236.2亿元/平方公里; null for what is no average of this kind. */
function averageOf(figure: Figure): Average | null {
  if (figure.kind !== 'level' || figure.role !== 'amount' || figure.prior || figure.loose) return null;
  const words = clausePart(figure.before);
  const over = AVERAGES.find((each) => each.words.test(words));
  if (!over || figure.value <= 0) return null;
  const [before = '', after = ''] = words.split(over.words);
  if (NOT_NOW.test(words)) return null;
  const [unit = '', per = null] = figure.unit.split('/');
  if (per !== null && !(per in over.units)) return null;
  const named = over === AREA ? (NAMED_AREA.find(([word]) => word.test(words))?.[1] ?? null) : null;
  if (per !== null && named !== null && per !== named) return null;
  const subject = after.replace(/产出率?|水平|实现|完成|达到?|为|约|的|企业|提供|受理|办理|贡献/g, '');
  return { over, unit, per: per ?? named, subject, of: PARTIAL.exec(before)?.[0] ?? '' };
}

const usable = (figure: Figure): boolean =>
  figure.kind === 'level' && figure.role !== 'delta' && figure.role !== 'target' && figure.value > 0;

/** Words that stand with a figure: the clause before it and what follows up to the next mark. */
const around = (figure: Figure): string =>
  clausePart(figure.before.replace(/（(?=[^（]*$)/, '')) + /^[^，。；：、]*/.exec(figure.after)![0];

/** The numbers that an average may be taken over. */
const divisors = (place: Place, figure: Figure, { over }: Average): Figure[] =>
  place.sentence.figures.filter((each) => each !== figure && usable(each) && each.unit in over.units);

/** Those it must be taken over: of people the part that its clause names, else all of them. */
const meant = (over: readonly Figure[], { of, ...average }: Average): Figure[] =>
  over.filter((each) =>
    of !== '' ? around(each).includes(of) : average.over !== PEOPLE || !PARTIAL.test(around(each)),
  );

/** 家次 and 人次 are averaged as 次. */
const TIMES = /^[家人件项场]次$/;

const amounts = (place: Place, figure: Figure, { unit }: Average): Figure[] =>
  place.sentence.figures.filter(
    (each) =>
      each !== figure &&
      usable(each) &&
      (each.unit === unit || (unit === '次' && TIMES.test(each.unit))) &&
      !/均|每/.test(clausePart(each.before)),
  );

interface Quotient {
  readonly amount: Figure;
  readonly divisor: Figure;
  /** Worth of the divisor's unit in the unit of the average. */
  readonly worth: number;
}

function rangeOf({ amount, divisor, worth }: Quotient): Interval | null {
  const { low, high } = divisor.range;
  if (low <= 0) return null;
  return interval(amount.range.low / (high * worth), amount.range.high / (low * worth));
}

function quotientsOf(average: Average, over: readonly Figure[], of: readonly Figure[]): Quotient[] {
  const { units } = average.over;
  return of.flatMap((amount) =>
    over
      .filter((divisor) => divisor !== amount)
      .map((divisor) => {
        const worth = average.per === null ? 1 : units[divisor.unit]! / units[average.per]!;
        return { amount, divisor, worth };
      }),
  );
}

/** The mean of this year's and last year's number is a usual divisor, too. */
function fitsMean(stated: Interval, { amount, worth }: Quotient, over: readonly Figure[]): boolean {
  return over.some((a) =>
    over.some((b) => {
      if (a === b || a.unit !== b.unit || a.range.low <= 0 || b.range.low <= 0) return false;
      const [low, high] = [a.range.low + b.range.low, a.range.high + b.range.high];
      return meets(
        interval((2 * amount.range.low) / (high * worth), (2 * amount.range.high) / (low * worth)),
        stated,
      );
    }),
  );
}

/**
 * Asked only where the passage leaves no choice: one number that the average can be over, one amount that it can be
 * of, and no two figures of the passage that give it.
 */
function checkOne(place: Place, figure: Figure): Finding | null {
  const average = averageOf(figure);
  if (!average) return null;
  const over = divisors(place, figure, average);
  const of = amounts(place, figure, average);
  const all = quotientsOf(average, over, of);
  // An average printed without decimals is rounded, unlike a count.
  const stated = printedAs(figure.value, figure.scale * 10 ** -figure.decimals, place.rounding);
  const fits = all.some((each) => {
    const range = rangeOf(each);
    return (range !== null && meets(range, stated)) || fitsMean(stated, each, over);
  });
  if (fits) return null;
  const named = of.filter((each) => !each.prior && related(average.subject, around(each)));
  const numerators = average.subject.length >= 2 ? named : of.filter((each) => !each.prior);
  const [amount, ...more] = numerators;
  const [divisor, ...others] = meant(over, average);
  if (!amount || !divisor || more.length > 0 || others.length > 0 || divisor.prior) return null;
  const found = quotientsOf(average, [divisor], [amount])[0];
  if (!found) return null;
  const value = amount.value / (divisor.value * found.worth);
  const expected = levelText(value, figure, place.rounding);
  const question = `${shown(place, amount)}除以${shown(place, divisor)}为${expected}。请核对，或说明平均数所用的人数、家数或面积。`;
  return { kind: 'arithmetic', figure, expected, question };
}

/** 人均, 户均, 平均每家, 亩均, 地均. */
export const checkQuotients: Check = (place) =>
  place.sentence.figures.map((figure) => checkOne(place, figure)).filter((found) => found !== null);
