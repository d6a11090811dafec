/** Completion of targets, and by how much they were exceeded. */
import { interval, meets, percentOf, printed, magnitude, type Interval } from './interval.ts';
import {
  isLevel,
  levelsBeside,
  percentText,
  sameUnit,
  shown,
  type Check,
  type Finding,
  type Place,
} from './finding.ts';
import { givenBy } from './parts.ts';
import { OF_A_WHOLE, type Figure } from './sentences.ts';

interface Reached {
  readonly done: Figure;
  readonly target: Figure;
}

/** What was done and what was to be done, where the passage gives both. */
function reached(place: Place, figure: Figure): Reached | null {
  const { figures } = place.sentence;
  const last = figures[figures.indexOf(figure) - 1];
  const levels = levelsBeside(place, figure);
  const target =
    last && isLevel(last) && OF_A_WHOLE.test(figure.before)
      ? last
      : levels.filter((each) => each.role === 'target').at(-1);
  const done = levels
    .filter((each) => each !== target && each.role === 'amount' && !each.prior)
    .filter((each) => !target || sameUnit(each, target))
    .filter((each) => each.end <= figure.start)
    .at(-1);
  return target && done && target.value > 0 ? { done, target } : null;
}

/** 完成年度任务（48亿元）的88.8%. */
export const checkCompletion: Check = (place) =>
  place.sentence.figures.flatMap((figure): Finding[] => {
    if (figure.role !== 'completion' || figure.kind !== 'percent') return [];
    const both = reached(place, figure);
    if (!both || givenBy(figure.range, levelsBeside(place, figure))) return [];
    const value = (100 * both.done.value) / both.target.value;
    const expected = percentText(value, figure, place.rounding);
    const question = `完成${shown(place, both.done)}、目标${shown(place, both.target)}，完成率应为${expected}。请核对，或说明目标口径。`;
    return [{ kind: 'target', figure, expected, question }];
  });

/** Completion rates of the passage: printed ones, else what was done over the target. */
function completions(place: Place, figure: Figure): { range: Interval; value: number; words: string }[] {
  const stated = place.sentence.figures.filter(
    (each) => each.role === 'completion' && each.kind === 'percent',
  );
  if (stated.length > 0) {
    return stated.map((each) => ({
      range: each.range,
      value: each.value,
      words: `完成${shown(place, each)}`,
    }));
  }
  const both = reached(place, figure);
  const range = both && percentOf(both.done.range, both.target.range);
  if (!both || !range) return [];
  const words = `完成${shown(place, both.done)}、目标${shown(place, both.target)}`;
  return [{ range, value: (100 * both.done.value) / both.target.value, words }];
}

/** 完成117.4%，超额17.2个百分点. */
const excesses: Check = (place) =>
  place.sentence.figures.flatMap((figure): Finding[] => {
    if (figure.role !== 'excess') return [];
    const rates = completions(place, figure);
    const over = (range: Interval) => interval(range.low - 100, range.high - 100);
    const nearest = rates.at(-1);
    if (!nearest || rates.some(({ range }) => meets(over(range), magnitude(figure.range)))) return [];
    const expected = `${printed(nearest.value - 100, figure.decimals, place.rounding)}${figure.unitText}`;
    const question =
      nearest.value >= 100
        ? `${nearest.words}，超额部分应为${expected}；若“计划”与“任务”不是同一基数，请分别说明基数。`
        : `${nearest.words}，尚未达到100%，与“超额”不一致。请说明目标口径。`;
    return [{ kind: 'target', figure, expected, question }];
  });

/** 超额完成 beside a completion below a hundred. */
const exceededWords: Check = (place) => {
  const { sentence } = place;
  return sentence.figures.flatMap((figure): Finding[] => {
    if (figure.role !== 'completion' || figure.kind !== 'percent' || figure.range.high >= 100) return [];
    const from = figure.end - sentence.start;
    const next = /^[^，。；]*，[^，。；]*/.exec(sentence.text.slice(from))?.[0] ?? '';
    const before = figure.before;
    if (!/(?<!未)超额完成(?![^，]*\d)/.test(next + before)) return [];
    const question = `完成率${shown(place, figure)}不到100%，与“超额完成”不一致。请说明目标口径。`;
    return [{ kind: 'target', figure, expected: '不低于100%', question }];
  });
};

/** A level that is said to exceed its target, and does not. */
const missedTargets: Check = (place) =>
  place.sentence.figures.flatMap((figure): Finding[] => {
    if (figure.role !== 'target' || !isLevel(figure)) return [];
    const beside = levelsBeside(place, figure).filter(
      (each) => each.role === 'amount' && !each.prior && sameUnit(each, figure),
    );
    const rates = place.sentence.figures.some((each) => each.role === 'completion' || each.role === 'excess');
    if (rates || beside.length !== 1 || !/(?<!未)超额完成/.test(place.sentence.text)) return [];
    const done = beside[0]!;
    if (done.range.high >= figure.range.low) return [];
    const question = `完成${shown(place, done)}，目标${shown(place, figure)}，与“超额完成”不一致。请说明目标口径。`;
    return [{ kind: 'target', figure: done, expected: `不低于${shown(place, figure)}`, question }];
  });

export const checkExcess: Check = (place) => [
  ...excesses(place),
  ...exceededWords(place),
  ...missedTargets(place),
];
