/** Percent and percentage points: two rates are compared in points, two levels in percent. */
import { magnitude, meets, minus, plus, printed, type Interval } from './interval.ts';
import { isLevel, shown, type Check, type Finding, type Place } from './finding.ts';
import { CHANGE, clausePart, LOOSE, type Figure } from './sentences.ts';

/** 率 of something that is no percentage. */
const NO_RATE = /产出率|生产率|效率|周转率|汇率|容积率|分辨率/g;
const RATE_WORD = /增速|增幅|涨幅|降幅|增长率|占比|比重|率/;
const HIGHER = new RegExp(`(?:高出?|低|快|慢|领先|落后)${LOOSE}$`);
const HIGHER_THAN = /(?:高于|低于|快于|慢于|领先于?|落后于?)[^，。；]{1,20}$/;
const COMPARES = /比|较|与|相比/;
/** 占比, 增速, 办结率 … as what has risen or fallen. */
const RATE_MOVED = new RegExp(
  `(?:增速|增幅|涨幅|降幅|增长率|占比|比重|率)(?![^，]*(?:[到至]|同比增长))[^，。；]*(?:提高|提升|上升|增加|下降|降低|回落|收窄|扩大|减少)${LOOSE}$`,
);

const isRate = ({ kind, role }: Figure): boolean =>
  kind === 'percent' && ['growth', 'share', 'rate', 'completion'].includes(role);

const words = (figure: Figure): string => clausePart(figure.before).replace(NO_RATE, '');

/** Two rates set side by side with a distance in percent. */
function comparesRates({ sentence }: Place, figure: Figure): boolean {
  const clause = words(figure);
  if (RATE_MOVED.test(clause)) return true;
  const ahead = (COMPARES.test(clause) && HIGHER.test(clause)) || HIGHER_THAN.test(clause);
  if (!ahead) return false;
  const at = sentence.figures.indexOf(figure);
  const last = sentence.figures[at - 1];
  const next = sentence.figures[at + 1];
  // 低于目标-2%共8.8个百分点: the rate compared with, its distance follows.
  if (figure.signed || (next?.kind === 'points' && !/[，。；]/.test(next.before))) return false;
  return RATE_WORD.test(clause) || (last !== undefined && last.segment === figure.segment && isRate(last));
}

/** 比平均增速高13.1%. */
const percentForPoints: Check = (place) =>
  place.sentence.figures.flatMap((figure): Finding[] => {
    if (figure.kind !== 'percent' || figure.role === 'excess' || !comparesRates(place, figure)) return [];
    const expected = `${printed(Math.abs(figure.value), figure.decimals, place.rounding)}个百分点`;
    const question = `这里比较的是两个比率，相差应以百分点表示（${expected}）。若确指相对变化，请说明基数。`;
    return [{ kind: 'percentage-point', figure, expected, question }];
  });

/** 专利申请278件，同比增长63.5个百分点. */
const pointsForPercent: Check = (place) =>
  place.sentence.figures.flatMap((figure, i): Finding[] => {
    const last = place.sentence.figures[i - 1];
    if (figure.kind !== 'points' || figure.role !== 'gap' || !last || !isLevel(last)) return [];
    const clause = words(figure);
    const direct = CHANGE.test(clause) && /^[^，]*，?(?:同比|环比|较[^，]*|比[^，]*)?/.test(clause);
    const rest = clause.replace(
      /同比|环比|(?:较|比|相比)(?:上年|去年|上月|上季度|\d{4}年)(?:同期|末|底)?/g,
      '',
    );
    const own = rest.replace(new RegExp(`(?:增长|增加|上升|提高|提升|下降|减少|降低)${LOOSE}$`), '');
    if (!direct || own !== '' || last.segment !== figure.segment || /率|比重|占比|强度/.test(last.label))
      return [];
    const expected = `${printed(Math.abs(figure.value), figure.decimals, place.rounding)}%`;
    const question = `${shown(place, last)}是数量，其增减应以百分数表示（${expected}）。若另有所指，请说明是哪个比率。`;
    return [{ kind: 'percentage-point', figure, expected, question }];
  });

const distances = (a: Interval, b: Interval): Interval[] => [
  magnitude(minus(a, b)),
  magnitude(minus(magnitude(a), magnitude(b))),
  magnitude(plus(a, b)),
];

/** The rate compared with: it stands in the same clause, in parentheses, or as the first of 从 … 提高到. */
function comparedWith(place: Place, figure: Figure): Figure | undefined {
  const { figures } = place.sentence;
  const at = figures.indexOf(figure);
  const last = figures[at - 1];
  if (!last || last.kind !== 'percent') return undefined;
  if (figures[at - 2]?.prior && figures[at - 2]?.kind === 'percent') return figures[at - 2];
  // 较目标（-2%）低8.8个百分点; 比上年的80%提高5个百分点.
  const beside =
    !/[，。；]/.test(figure.before) && /比|较|于/.test(clausePart(last.before.replace(/（$/, '')));
  return beside ? last : undefined;
}

/** Rates that may be the one compared: of the passage, else of the sentence before. */
function subjects(place: Place, figure: Figure, other: Figure): Figure[] {
  const compared = (figures: readonly Figure[], each: Figure) =>
    figures.some(
      (gap) =>
        gap !== figure &&
        gap.kind === 'points' &&
        comparedWith({ ...place, sentence: { ...place.sentence, figures } }, gap) === each,
    );
  const rates = (figures: readonly Figure[]) =>
    figures.filter((each) => each.kind === 'percent' && each !== other && !compared(figures, each));
  const own = rates(place.sentence.figures).filter((each) => each.start < figure.start);
  if (own.length > 0) return own;
  const before = place.sentences[place.index - 1];
  return before ? rates(before.figures) : [];
}

/** Distances in points against the two rates, where both are given. */
const gaps: Check = (place) =>
  place.sentence.figures.flatMap((figure): Finding[] => {
    if (figure.kind !== 'points' || figure.role !== 'gap') return [];
    const other = comparedWith(place, figure);
    const candidates = other ? subjects(place, figure, other) : [];
    const subject = candidates.at(-1);
    if (!other || !subject) return [];
    const fits = candidates.some((each) =>
      distances(each.directed, other.directed).some((gap) => meets(gap, magnitude(figure.range))),
    );
    if (fits) return [];
    const value = Math.abs(signedValue(subject) - signedValue(other));
    const places = Math.max(subject.decimals, other.decimals);
    const expected = `${printed(value, places, place.rounding)}个百分点`;
    const question = `${shown(place, subject)}与${shown(place, other)}相差${expected}。请核对，或说明比较对象。`;
    return [{ kind: 'percentage-point', figure, expected, question }];
  });

const signedValue = ({ value, down, signed }: Figure): number => (down && !signed ? -value : value);

export const checkPoints: Check = (place) => [
  ...percentForPoints(place),
  ...pointsForPercent(place),
  ...gaps(place),
];
