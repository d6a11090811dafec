/** Growth rates, increases and multiples against the levels they are about. */
import { changeOf, interval, meets, minus, magnitude, printed, type Interval } from './interval.ts';
import {
  isLevel,
  levelsBeside,
  levelText,
  related,
  runsOf,
  sameUnit,
  shown,
  type Check,
  type Finding,
  type Place,
} from './finding.ts';
import { clausePart, type Figure, type Sentence } from './sentences.ts';

const AVERAGE = /年均|平均|复合|以来|两年|三年|五年|累计增长|翻/;
const COMPARABLE = /可比|同口径|按现价|按可比/;

/** The change in percent that a figure states; null for one that states none. */
function statedChange(figure: Figure): Interval | null {
  const words = clausePart(figure.before);
  if (/年均|平均增|复合/.test(words)) return null;
  if (figure.kind === 'percent') return figure.role === 'growth' ? figure.directed : null;
  if (figure.kind !== 'times') return null;
  const by = (range: Interval, less: number) => interval(range.low * 100 - less, range.high * 100 - less);
  if (figure.role === 'growth') return by(figure.directed, 0);
  return /(?:上年|去年|同期|\d年)[^，]{0,6}的(?:约|近)?$/.test(words) ? by(figure.range, 100) : null;
}

/** What a change is said of, where its clause names it: 利润 in 利润同比增长. */
function subjectOf({ before }: Figure): string {
  return clausePart(before)
    .replace(
      /(?:相比|相较|较|比|同|与)(?:于)?[^，]*?(?:年度?|月份?|期|季度?|末|底|日)(?:的|相比|同期|末|底)*/g,
      '',
    )
    .replace(
      /同比|环比|增速|增幅|降幅|变化|其中|全年|分别|实现|增长|增加|上升|提高|提升|下降|减少|降低|回落|净|约|近|超过?|了|达到?|为|高达|大幅|小幅|略|增|降|总体|也|均|各|的|是|有|所|再|又|并|且|较快|稳步|明显|显著/g,
      '',
    );
}

/** The level that a change is about: the nearest before it that its clause does not name otherwise. */
function currentOf(place: Place, figure: Figure): Figure | null {
  const figures = place.sentence.figures;
  const run = runsOf(figures).find((each) => each.includes(figure));
  if (run) {
    const values = runsOf(figures).filter(
      (each) => isLevel(each[0]!) && each.length === run.length && each[0]!.end < figure.start,
    );
    return values.at(-1)?.[run.indexOf(figure)] ?? null;
  }
  const before = levelsBeside(place, figure).filter((each) => each.end <= figure.start);
  const current = before.filter((each) => each.role === 'amount' && !each.prior).at(-1) ?? null;
  if (!current) return laterOf(place, figure);
  const subject = subjectOf(figure);
  return subject.length >= 2 && !related(subject, current.before) ? null : current;
}

/** 增长近三成，由10亿元增至12.8亿元; 净增64家，增长12.4%，总数达到580家: the levels come after the rate. */
function laterOf(place: Place, figure: Figure): Figure | null {
  const later = levelsBeside(place, figure).filter((each) => each.start >= figure.end);
  const [from, to] = later;
  const last = place.sentence.figures[place.sentence.figures.indexOf(figure) - 1];
  if (from && last?.role === 'delta' && sameUnit(from, last) && /达|总|累计/.test(from.before)) return from;
  return from?.prior && to && !to.prior && sameUnit(from, to) ? to : null;
}

/** Any two levels of the passage between which the change is right. */
function explains(change: Interval, levels: readonly Figure[]): boolean {
  return levels.some((now) =>
    levels.some((then) => {
      if (now === then || !sameUnit(now, then)) return false;
      const found = then.role === 'delta' ? increaseShare(now, then) : changeOf(now.range, then.range);
      return found !== null && meets(found, change);
    }),
  );
}

/** A total and by how much it grew: the growth in percent. */
function increaseShare(total: Figure, delta: Figure): Interval | null {
  const size = delta.directed;
  return changeOf(total.range, minus(total.range, size));
}

const directionText = (value: number, figure: Figure, place: Place): string => {
  // 是上年的2.5倍 is told as a multiple.
  if (figure.kind === 'times' && figure.role !== 'growth') {
    return `${printed(value / 100 + 1, Math.max(1, figure.decimals), place.rounding)}倍`;
  }
  const decimals = figure.loose ? Math.max(1, figure.decimals) : figure.decimals;
  const text = printed(Math.abs(value), decimals, place.rounding);
  return `${value < 0 ? '下降' : '增长'}${text}%`;
};

const pointChange = (now: number, then: number) => (now / then - 1) * 100;

/** Against a level of the earlier period that the passage itself states. */
function againstPrior(place: Place, figure: Figure, current: Figure, prior: Figure): Finding {
  const value = pointChange(current.value, prior.value);
  const named = /相比|相较|较|比/.test(clausePart(prior.before)) && prior.year !== null;
  const expected = directionText(value, figure, place);
  return {
    kind: named ? 'base' : 'arithmetic',
    figure,
    expected,
    question: `由${shown(place, prior)}到${shown(place, current)}，应为${expected}。请核对增幅，或说明基数。`,
  };
}

function againstIncrease(place: Place, figure: Figure, total: Figure, delta: Figure): Finding {
  const value = pointChange(total.value, total.value - (delta.down ? -delta.value : delta.value));
  const expected = directionText(value, figure, place);
  return {
    kind: 'arithmetic',
    figure,
    expected,
    question: `总数${shown(place, total)}、变动${shown(place, delta)}，应为${expected}。请核对增幅，或说明基数。`,
  };
}

/** No whole number of the year before gives this change: only for counts printed in full. */
function withoutWholeBase(place: Place, figure: Figure, current: Figure, change: Interval): Finding | null {
  if (!current.whole || current.unit === '' || current.value < 1 || figure.loose || change.low <= -100)
    return null;
  if (COMPARABLE.test(place.sentence.text) || AVERAGE.test(clausePart(figure.before))) return null;
  const [least, most] = [current.value / (1 + change.high / 100), current.value / (1 + change.low / 100)];
  const below = Math.floor(least + 1e-9);
  if (Math.ceil(least - 1e-9) <= most + 1e-9 || below < 1) return null;
  const options = [below + 1, below].map((base) => {
    const text = directionText(pointChange(current.value, base), figure, place);
    return { base, text };
  });
  return {
    kind: 'arithmetic',
    figure,
    expected: options.map(({ text }) => text).join('或'),
    question: `现为${shown(place, current)}，上期为整数时得不到这一增幅（上期${options.map(({ base, text }) => `${base}${current.unitText}为${text}`).join('，')}）。请说明基数。`,
  };
}

/** Names of one thing in different words: 工业固定资产投资总额 is 工业投资. */
const plainLabel = (label: string): string =>
  label.replace(/固定资产|总额|总量|总值|总数|数量|规模|合计|完成|全社会/g, '').replace(/固投/g, '投资');

function sameThing(a: string, b: string): boolean {
  const [x, y] = [plainLabel(a), plainLabel(b)];
  const short = x.length < y.length ? x : y;
  return short.length >= 4 && (x.endsWith(y) || y.endsWith(x));
}

/** Levels that the text elsewhere gives for a year. */
function levelsOfYear(sentences: readonly Sentence[], year: number, like: Figure): [Figure, Sentence][] {
  return sentences.flatMap((sentence) =>
    sentence.figures
      .filter((each) => each !== like && sameUnit(each, like) && each.role === 'amount' && each.year === year)
      .filter((each) => each.value > 0 && sameThing(each.label, like.label))
      .map((each): [Figure, Sentence] => [each, sentence]),
  );
}

/** The target that a level and its completion rate imply, where the change fits that instead. */
function impliedTarget(
  place: Place,
  current: Figure,
  change: Interval,
  [base, sentence]: [Figure, Sentence],
): string {
  const next = sentence.figures[sentence.figures.indexOf(base) + 1];
  if (next?.role !== 'completion' || next.kind !== 'percent' || next.value <= 0) return '';
  const target = interval((base.range.low / next.range.high) * 100, (base.range.high / next.range.low) * 100);
  const fits = changeOf(current.range, target);
  if (!fits || !meets(fits, change)) return '';
  return `与按完成率推算的任务数约${levelText((base.value / next.value) * 100, current, place.rounding)}相比才接近此数，`;
}

/** 相比2021年下降近20%, where the level of 2021 stands elsewhere in the text. */
function againstNamedYear(place: Place, figure: Figure, current: Figure, change: Interval): Finding | null {
  const year = /(?:相比|相较|较|比|同|与)(?:于)?(\d{4})年/.exec(clausePart(figure.before))?.[1];
  if (!year) return null;
  const bases = levelsOfYear(place.sentences, Number(year), current);
  const fits = bases.some(([base]) => {
    const found = changeOf(current.range, base.range);
    return found !== null && meets(found, change);
  });
  const first = bases[0];
  if (!first || fits) return null;
  const expected = directionText(pointChange(current.value, first[0].value), figure, place);
  return {
    kind: 'base',
    figure,
    expected,
    question: `文中${year}年${first[0].label}为${shown(place, first[0])}，以此为基数应为${expected}；${impliedTarget(place, current, change, first)}请说明基数。`,
  };
}

function checkOne(place: Place, figure: Figure): Finding | null {
  const change = statedChange(figure);
  const current = change && currentOf(place, figure);
  if (!change || !current) return null;
  const levels = levelsBeside(place, figure);
  if (explains(change, levels)) return null;
  const priors = levels.filter((each) => each.prior && each.value > 0 && sameUnit(each, current));
  const nearest = priors.filter((each) => each.end <= current.start).at(-1) ?? priors[0];
  if (nearest) return againstPrior(place, figure, current, nearest);
  const last = place.sentence.figures[place.sentence.figures.indexOf(figure) - 1];
  const total = levels.find(
    (each) => each.role === 'amount' && last && sameUnit(each, last) && each !== last,
  );
  if (last?.role === 'delta' && total && Math.abs(last.value) < total.value) {
    return againstIncrease(place, figure, total, last);
  }
  return againstNamedYear(place, figure, current, change) ?? withoutWholeBase(place, figure, current, change);
}

/** Growth rates and multiples. */
export const checkGrowth: Check = (place) =>
  place.sentence.figures.map((figure) => checkOne(place, figure)).filter((found) => found !== null);

/** 从 9 家增加到 23 家，增加 14 家: the increase, and its direction. */
export const checkIncrease: Check = (place) => {
  const found: Finding[] = [];
  for (const figure of place.sentence.figures) {
    if (figure.role !== 'delta' || /新增/.test(figure.before)) continue;
    const levels = levelsBeside(place, figure).filter(
      (each) => each.role !== 'delta' && sameUnit(each, figure),
    );
    const current = levels.filter((each) => !each.prior && each.end <= figure.start).at(-1);
    const prior = levels.filter((each) => each.prior).at(-1);
    if (!current || !prior) continue;
    const fits = levels.some((a) =>
      levels.some((b) => a !== b && meets(magnitude(minus(a.range, b.range)), magnitude(figure.range))),
    );
    if (fits) continue;
    const expected = levelText(Math.abs(current.value - prior.value), figure, place.rounding);
    found.push({
      kind: 'arithmetic',
      figure,
      expected,
      question: `由${shown(place, prior)}到${shown(place, current)}，相差${expected}。请核对，或说明口径。`,
    });
  }
  return found;
};

/** 从 9 家增加到 6 家. */
export const checkDirection: Check = (place) => {
  const { figures } = place.sentence;
  return figures.flatMap((to, i): Finding[] => {
    const from = figures[i - 1];
    const word = /^(?<up>增加|增长|提高|提升|上升|扩大|上涨|增)|^(?<down>减少|下降|降低|降|回落|缩减)/.exec(
      to.before,
    )?.groups;
    if (!from?.prior || from.unit !== to.unit || from.kind !== to.kind || !word || !/[到至]/.test(to.before))
      return [];
    const wrong = word.up ? to.range.high < from.range.low : to.range.low > from.range.high;
    if (!wrong) return [];
    const expected = word.up ? '减少' : '增加';
    const question = `由${shown(place, from)}到${shown(place, to)}是${expected}，与“${word.up ?? word.down}”不一致。请核对两个数。`;
    return [{ kind: 'arithmetic', figure: to, expected, question }];
  });
};
