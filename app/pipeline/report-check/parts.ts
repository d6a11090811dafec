/** Shares and rates against the part and the whole that the passage gives. */
import { ROUNDING_LABELS, ROUNDINGS, type Rounding } from '../figures/exact.ts';
import { meets, percentOf, type Interval, printed } from './interval.ts';
import {
  isLevel,
  levelsBeside,
  percentText,
  related,
  runsOf,
  sameUnit,
  shown,
  type Check,
  type Finding,
  type Place,
} from './finding.ts';
import { clausePart, OF_A_WHOLE, type Figure } from './sentences.ts';

/** Words for a whole that lies outside: the passage must name the same one. */
const SCOPE = /全[市省国区县园球]|本市|示范区|全部|总[数量额]/;
/** Rates that never pass a hundred. */
const BOUNDED = /(?:办结|解决|覆盖|接种|合格|满意|出租|入驻|达标|填报|参保)率/;

interface Pair {
  readonly part: Figure;
  readonly whole: Figure;
}

const ratio = ({ part, whole }: Pair): Interval | null => percentOf(part.range, whole.range);

/** Any part and whole of the passage that give the percentage. */
export function givenBy(stated: Interval, levels: readonly Figure[]): boolean {
  return levels.some((part) =>
    levels.some((whole) => {
      const found = part !== whole && sameUnit(part, whole) ? ratio({ part, whole }) : null;
      return found !== null && meets(found, stated);
    }),
  );
}

/** The level in parentheses right behind: 占全市38%（全市50项）. */
function followingWhole(place: Place, figure: Figure): Figure | undefined {
  const next = place.sentence.figures[place.sentence.figures.indexOf(figure) + 1];
  return next && isLevel(next) && next.before.startsWith('（') && SCOPE.test(next.before) ? next : undefined;
}

/** The level that stands between 占 and the percentage: 占总收入4601亿元的4.3%. */
function statedWhole(place: Place, figure: Figure): Figure | undefined {
  const last = place.sentence.figures[place.sentence.figures.indexOf(figure) - 1];
  const between = last && isLevel(last) && OF_A_WHOLE.test(figure.before) && /占[^，；]*$/.test(last.before);
  return between ? last : undefined;
}

/** The last amount of the passage before a place. */
const lastAmount = (levels: readonly Figure[], end: number): Figure | undefined =>
  levels
    .filter((each) => each.end <= end && each.role !== 'delta' && !each.prior && each.role !== 'target')
    .at(-1);

/** Text of a share between 占 and the figure: 全市, 高企总数. */
const wholeName = (figure: Figure): string =>
  (/占([^，；。（]*)$/.exec(figure.before)?.[1] ?? '').replace(
    /比重?|比例|的|约|近|超过?|为|达到?|其|份额|总体/g,
    '',
  );

/** What is said to be a part, where the clause of the share names it: 发明专利 in 发明专利占比. */
const partName = (figure: Figure): string =>
  clausePart(figure.before.replace(/占[^，；。（]*$/, '')).replace(/其中|分别|各|均|合计|共|约|）/g, '');

function wholeOf(place: Place, figure: Figure, part: Figure, levels: readonly Figure[]): Figure | undefined {
  const name = wholeName(figure);
  const larger = levels.filter(
    (each) =>
      each !== part &&
      sameUnit(each, part) &&
      each.value >= part.value &&
      each.end <= figure.start &&
      each.role !== 'delta' &&
      !each.prior,
  );
  const scope = SCOPE.exec(name)?.[0];
  if (scope && !/总[数量额]|全部/.test(scope))
    return larger.filter((each) => each.before.includes(scope)).at(-1);
  const plain = name.replace(/总[数量额]|全部|企业/g, '');
  if (plain.length >= 2) return larger.filter((each) => related(plain, each.before)).at(-1);
  const partly = /其中|中(?:，|的)?[^，；。]*$/.test(part.before) || part.inside;
  return larger
    .filter((each) => each.end <= part.start && (partly || /全|总|共|合计/.test(clausePart(each.before))))
    .at(-1);
}

function pairOfShare(place: Place, figure: Figure, levels: readonly Figure[]): Pair | null {
  const between = statedWhole(place, figure);
  if (between) {
    const part = levels
      .filter((each) => each.end <= between.start && sameUnit(each, between) && !each.prior)
      .at(-1);
    return part ? { part, whole: between } : null;
  }
  const part = lastAmount(levels, figure.start);
  if (!part) return null;
  // 699家（全区846家，占82.6%）
  const outer = levels[levels.indexOf(part) - 1];
  if (
    outer &&
    part.before.startsWith('（') &&
    SCOPE.test(part.before) &&
    figure.inside &&
    sameUnit(outer, part)
  ) {
    return { part: outer, whole: part };
  }
  const following = followingWhole(place, figure);
  if (following && sameUnit(following, part)) return { part, whole: following };
  const named = partName(figure);
  if (named.length >= 2 && !related(named, part.before)) return null;
  const whole = wholeOf(place, figure, part, levels);
  return whole ? { part, whole } : null;
}

/** 办结率: the part is what was 办结, the whole the level before it. */
function pairOfRate(figure: Figure, levels: readonly Figure[]): Pair | null {
  const stem = /([一-龥]{2})(?:比?率|比例|比重)[^率比]*$/.exec(figure.before)?.[1];
  if (!stem || /增长|年均/.test(stem)) return null;
  const mine = levels.filter((each) => each.end <= figure.start && each.role !== 'delta' && !each.prior);
  // 办结486项, or 486项已办结.
  const named = ({ before, after }: Figure) =>
    clausePart(before).includes(stem) || /^[^，。；]*/.exec(after)![0].includes(stem);
  const part = mine.filter(named).at(-1);
  const whole = part && mine.filter((each) => each.end <= part.start && sameUnit(each, part)).at(-1);
  return part && whole ? { part, whole } : null;
}

/** A percentage without a word: of the level before it in the one before that. */
function pairOfBare(place: Place, figure: Figure, levels: readonly Figure[]): Pair | null {
  const { figures } = place.sentence;
  const at = figures.indexOf(figure);
  const part = figures[at - 1];
  if (!part || !isLevel(part) || part.role === 'delta' || part.prior) return null;
  const whole = levels
    .filter((each) => each.end <= part.start && sameUnit(each, part) && each.role !== 'delta')
    .at(-1);
  return whole && whole.value >= part.value ? { part, whole } : null;
}

/** Says that another way of rounding would give what is printed. */
function otherRounding(value: number, figure: Figure, rounding: Rounding): string {
  const said = printed(figure.value, figure.decimals, rounding);
  const other = ROUNDINGS.find((each) => each !== rounding && printed(value, figure.decimals, each) === said);
  return other ? `（按“${ROUNDING_LABELS[other]}”为${said}%）` : '';
}

function ask(place: Place, figure: Figure, { part, whole }: Pair): Finding {
  const value = (100 * part.value) / whole.value;
  const expected = percentText(value, figure, place.rounding);
  return {
    kind: figure.role === 'share' ? 'share' : 'arithmetic',
    figure,
    expected,
    question: `${shown(place, part)}除以${shown(place, whole)}为${printed(value, figure.decimals + 2, place.rounding)}%，应为${expected}${otherRounding(value, figure, place.rounding)}。请说明基数与进位办法。`,
  };
}

const beyondAll = (place: Place, figure: Figure): Finding => ({
  kind: figure.role === 'share' ? 'share' : 'arithmetic',
  figure,
  expected: '不超过100%',
  question: `${shown(place, figure)}超过了100%。请说明基数与口径。`,
});

/** Shares, rates and percentages in parentheses. */
export const checkParts: Check = (place) => {
  const found: Finding[] = [];
  const runs = runsOf(place.sentence.figures);
  for (const figure of place.sentence.figures) {
    if (figure.kind !== 'percent' || !['share', 'rate', 'bare'].includes(figure.role)) continue;
    const bounded = figure.role === 'share' || BOUNDED.test(clausePart(figure.before));
    if (bounded && figure.range.low > 100) {
      found.push(beyondAll(place, figure));
      continue;
    }
    const levels = levelsBeside(place, figure);
    if (runs.some((run) => run.includes(figure)) || givenBy(figure.range, levels)) continue;
    const pair =
      figure.role === 'share'
        ? pairOfShare(place, figure, levels)
        : figure.role === 'rate'
          ? pairOfRate(figure, levels)
          : pairOfBare(place, figure, levels);
    if (pair && pair.whole.value > 0) found.push(ask(place, figure, pair));
  }
  return found;
};
