/** Parts of a whole that is given, and totals of what stands before them. */
import { meets, plus, type Interval } from './interval.ts';
import { isLevel, levelText, sameUnit, shown, type Check, type Finding, type Place } from './finding.ts';
import { clausePart, type Figure } from './sentences.ts';

/** Opens a list of parts. */
const OPENS = /其中|分为|包括|包含|由|分别[是为]|中[，：]|：$|（$/;
/** The list names everything. */
const ALL_NAMED = /分为|分别[是为]|包括|包含|组成|：[^：]*$|（[^（]*$/;
/** No part, but another whole or another time. */
const NO_PART = /全[市省国区县]|目标|任务|计划|上年|去年|同期|累计|新增|占/;
/** Classes that one enterprise may be in together. */
const TITLES = [
  /高企|高新技术企业|国高/,
  /专精特新/,
  /小巨人/,
  /独角兽/,
  /瞪羚/,
  /规上|规模以上/,
  /上市|挂牌/,
  /冠军/,
  /科技型|科小/,
  /创新型/,
  /金种子/,
  /外资|合资/,
];
const LEVELS = /国家级|省级|市级|区级|省部级|国际级/;
const COMPLEMENTS: readonly (readonly [RegExp, RegExp])[] = [
  [/境内/, /境外/],
  [/国内/, /国外|海外/],
  [/内资/, /外资/],
  [/男/, /女/],
  [/已/, /未/],
  [/公办/, /民办/],
];

const total = (figures: readonly Figure[]): Interval =>
  figures.map(({ range }) => range).reduce((sum, range) => plus(sum, range));
const value = (figures: readonly Figure[]): number => figures.reduce((sum, figure) => sum + figure.value, 0);

interface Partition {
  readonly whole: Figure;
  readonly parts: readonly Figure[];
  /** Words between the whole and its first part. */
  readonly opening: string;
}

/** The clause before a figure, with what stands before its parenthesis. */
const ownWords = ({ before }: Figure): string => clausePart(before.replace(/（(?=[^（]*$)/, ''));

const isPart = (figure: Figure, whole: Figure): boolean =>
  sameUnit(figure, whole) && figure.role === 'amount' && !figure.prior && !NO_PART.test(ownWords(figure));

/** The parts that follow a whole: levels of its unit up to the first figure that is none. */
function partsOf(figures: readonly Figure[], at: number): Partition | null {
  const whole = figures[at]!;
  const first = figures[at + 1];
  if (!isLevel(whole) || whole.prior || whole.role === 'delta' || !first || !OPENS.test(first.before))
    return null;
  const opening = first.before;
  const parts: Figure[] = [];
  for (const figure of figures.slice(at + 1)) {
    // A percentage beside a part says something about it.
    if (figure.kind === 'percent' && parts.length > 0) continue;
    if (!isPart(figure, whole)) break;
    // A list goes on behind a semicolon only where a colon opened it; a new 其中 belongs to a whole of its own.
    if (figure.segment !== whole.segment && !opening.includes('：')) break;
    if (parts.length > 0 && /其中/.test(figure.before)) break;
    if (opening.endsWith('（') && !figure.inside) break;
    parts.push(figure);
  }
  return parts.length > 0 ? { whole, parts, opening } : null;
}

/** The parts may count the same thing twice. */
function overlaps(parts: readonly Figure[]): boolean {
  const words = parts.map(({ before }) => clausePart(before));
  const titles = TITLES.filter((title) => words.some((word) => title.test(word)));
  return titles.length > 1 || words.some((word) => LEVELS.test(word));
}

/** Whether the parts are meant to be all there are. */
function saysAll({ parts, opening, whole }: Partition): boolean {
  if (parts.length < 2 || parts.at(-1)!.after.startsWith('等')) return false;
  const words = parts.map(({ before }) => clausePart(before));
  const paired = COMPLEMENTS.some(([a, b]) => words.some((w) => a.test(w)) && words.some((w) => b.test(w)));
  const missing = (whole.value - value(parts)) / whole.value;
  return (
    paired || (!/其中/.test(opening) && ALL_NAMED.test(opening)) || (parts.length >= 3 && missing <= 0.1)
  );
}

function askParts(place: Place, { whole, parts }: Partition): Finding {
  const expected = levelText(value(parts), whole, place.rounding);
  const question =
    parts.length === 1
      ? `“其中”${shown(place, parts[0]!)}大于总数${shown(place, whole)}。请核对，或说明口径。`
      : `所列各项合计${expected}，总数为${shown(place, whole)}。请说明是否另有未列出或重复计算的部分。`;
  return { kind: 'sum', figure: whole, expected, question };
}

/** 48家，其中2家、8家、38家. */
const partitions: Check = (place) => {
  const { figures } = place.sentence;
  return figures.flatMap((_, at): Finding[] => {
    const found = partsOf(figures, at);
    if (!found) return [];
    const { whole, parts } = found;
    const sum = total(parts);
    if (meets(sum, whole.range) || (parts.length > 1 && overlaps(parts))) return [];
    const more = sum.low > whole.range.high;
    // A part of something that was named earlier.
    const earlier = figures.slice(0, at).some((each) => sameUnit(each, whole) && each.range.high >= sum.low);
    if (more ? earlier : !saysAll(found)) return [];
    return [askParts(place, found)];
  });
};

const TOTAL = /(?:合计|总计|共计|加总|总共|合共|[，、）]共)[^，。；、]{0,6}$/;

/** Levels right before a total that may be what it adds up. */
function addends(figures: readonly Figure[], at: number): Figure[] {
  const sum = figures[at]!;
  const found: Figure[] = [];
  for (let i = at - 1; i >= 0; i -= 1) {
    const figure = figures[i]!;
    if (figure.kind === 'percent') continue;
    if (!sameUnit(figure, sum) || figure.segment !== sum.segment || figure.prior) break;
    found.unshift(figure);
  }
  return found;
}

/** 甲5家、乙3家，合计8家. */
const totals: Check = (place) => {
  const { figures } = place.sentence;
  return figures.flatMap((figure, at): Finding[] => {
    if (!isLevel(figure) || !TOTAL.test(figure.before) || figure.prior) return [];
    const items = addends(figures, at);
    const last = items.at(-1);
    // Something new is counted where the clause of the total begins with its own subject.
    const own =
      /(?:^|，|、)([^，、]*?)(?:合计|总计|共计|加总|总共|合共|共)[^，、]*$/.exec(figure.before)?.[1] ?? '';
    if (
      items.length < 2 ||
      !last ||
      /去重|不重复|剔除/.test(figure.before) ||
      /[^三二两四五六七八九以上述各项者家]/.test(own)
    )
      return [];
    for (let from = 0; from <= items.length - 2; from += 1) {
      if (meets(total(items.slice(from)), figure.range)) return [];
    }
    const expected = levelText(value(items), figure, place.rounding);
    const parts = items.map((each) => shown(place, each)).join('、');
    return [
      { kind: 'sum', figure, expected, question: `${parts}相加为${expected}。请核对合计，或说明口径。` },
    ];
  });
};

/** 占比分别为50%、40%、20%. */
const shares: Check = (place) => {
  const { figures } = place.sentence;
  const first = figures.findIndex(
    (each) => each.kind === 'percent' && /(?:占比|构成|比重)分别[为是]$/.test(each.before),
  );
  if (first < 0) return [];
  const list = figures
    .slice(first)
    .filter(
      (each, i, rest) =>
        i === 0 ||
        (each.before === '、' && rest[0]!.kind === each.kind) ||
        /^(?:和|及|与|，)$/.test(each.before),
    );
  if (list.length < 2 || total(list).low <= 100) return [];
  const expected = '合计不超过100%';
  const question = `所列占比相加为${levelText(value(list), list[0]!, place.rounding)}，超过100%。请说明基数与口径。`;
  return [{ kind: 'share', figure: list.at(-1)!, expected, question }];
};

export const checkSums: Check = (place) => [...partitions(place), ...totals(place), ...shares(place)];
