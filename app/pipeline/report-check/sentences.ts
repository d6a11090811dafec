/** Sentences of a clean text, and what each of their figures says: its role, read from the words around it. */
import type { Rounding } from '../figures/exact.ts';
import { negative, type Interval } from './interval.ts';
import { scan, type DateMark, type Quantity } from './quantities.ts';

/**
 * - `amount`: a level of the period. `target`: what was to be reached. `delta`: an increase or decrease by so much.
 * - `growth`: a change in percent (also of multiples). `share`, `rate`, `completion`: parts of a whole in percent.
 * - `excess`: what a target was exceeded by. `gap`: a distance between two rates.
 * - `bare`: a percentage that no word explains. `other`: anything else.
 */
type Role =
  | 'amount'
  | 'target'
  | 'delta'
  | 'growth'
  | 'share'
  | 'rate'
  | 'completion'
  | 'excess'
  | 'gap'
  | 'bare'
  | 'other';

export interface Figure extends Quantity {
  readonly role: Role;
  /** Text since the figure before it, or since the sentence began. */
  readonly before: string;
  /** The part of `before` in its own clause. */
  readonly lead: string;
  /** Text up to the next figure or the end of the sentence. */
  readonly after: string;
  /** The change is a decrease. */
  readonly down: boolean;
  /** Range with the sign of the direction. */
  readonly directed: Interval;
  /** Belongs to an earlier period (上年同期 …, or the first of 从 … 到 …). */
  readonly prior: boolean;
  /** What is counted, without verbs: 工业固定资产投资总额. */
  readonly label: string;
  /** Year that the clause names. */
  readonly year: number | null;
  /** Number of the part between semicolons. */
  readonly segment: number;
  /** Stands inside parentheses. */
  readonly inside: boolean;
}

export interface Sentence {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly figures: readonly Figure[];
  readonly dates: readonly DateMark[];
  /** The year that the sentence is about. */
  readonly year: number | null;
}

export const LOOSE =
  '(?:了|约|近|约为|达|达到|超|超过|逾|将近|接近|大约|至少|仅|只|也|均|各|分别|分别为|为|是|有|：|又|再|共|已)*';
const UP = '增长|增加|增幅为?|增速为?|上升|上涨|提高|提升|增|涨|扩大|快增';
const DOWN = '负增长|下降|减少|降低|回落|下滑|降幅为?|减|降|收窄|缩窄|缩减|萎缩';
export const CHANGE = new RegExp(`(?:(?<down>${DOWN})|(?<up>${UP}))${LOOSE}$`);
const YEAR_ON_YEAR = /(?:同比|环比)(?:变化|变动)?(?:为|约|近|：)*$/;
export const PLAN = '任务|目标|计划|指标|预算';
const COMPLETION = new RegExp(
  `完成(?:率|进度|比例|度)[^，。；]{0,4}$|(?:${PLAN})[^，。；（）]{0,10}(?:的|之|率)${LOOSE}$|完成[^，。；（）]*(?:${PLAN})${LOOSE}$`,
);
const SHARE = new RegExp(`占[^，。；（）]{0,24}$`);
export const OF_A_WHOLE = /^）?[^，。；（）]{0,6}(?:的|之)(?:约|近|超|超过|比重|比例|比|为|达|达到)*$/;
const RATE = new RegExp(`([一-龥]{1,8}(?:率|比重|比例|强度|份额))${LOOSE}$`);
const EXCESS = /(?:超额|超出|超过|高于|超)(?:完成)?[^，。；]{0,16}$/;
const TARGET = new RegExp(`(?:${PLAN}|力争|确保|争取)[^，。；]{0,14}$`);
const DELTA =
  /净(?:增加?|减少?)[^，。；]{0,8}$|(?:净增加?|增加|净减少?|减少|多了?|少了?|(?<!新)增|减)(?:了|约|近)*$/;
export const EARLIER = /上年|去年|上期|同期|基期|年初|期初|前年|上月|上季|原有|原来/;

/** After the first of two: 从 9 家增加到 23 家. */
const ONWARD = /^[^，。；]{0,8}[到至为]/;

export const clausePart = (text: string) => /[^，。；：、（）]*$/.exec(text)![0];

function isCompletion(figure: Quantity, before: string, clause: string): boolean {
  if (figure.kind !== 'percent') return false;
  if (COMPLETION.test(before) && !/超额[^，]*$/.test(before)) return true;
  // 完成全年目标任务（700个）的34%: the target itself stands between.
  return OF_A_WHOLE.test(before) && new RegExp(`(?:${PLAN})[^，。；]*$`).test(clause);
}

function percentRole(figure: Quantity, before: string, clause: string): Role {
  if (isCompletion(figure, before, clause)) return 'completion';
  if (/超额(?:完成)?[^，。；]{0,16}$/.test(before)) return 'excess';
  if (CHANGE.test(before) || figure.unitText === '番') return 'growth';
  if (YEAR_ON_YEAR.test(before)) return 'growth';
  if (figure.signed && before.endsWith('（')) return 'growth';
  if (SHARE.test(before) || (OF_A_WHOLE.test(before) && /占[^，；]*$/.test(clause))) return 'share';
  if (RATE.test(before)) return 'rate';
  return /^(?:次）)?[（，：]*(?:即|约|近|达到?|为|合)*$/.test(before) ? 'bare' : 'other';
}

function roleOf(figure: Quantity, before: string, clause: string): Role {
  if (figure.kind === 'percent') return percentRole(figure, before, clause);
  if (figure.kind === 'points')
    return EXCESS.test(before) && /超额|任务|目标|计划/.test(before) ? 'excess' : 'gap';
  if (figure.kind === 'times') return CHANGE.test(before) ? 'growth' : 'other';
  if (figure.signed || DELTA.test(before)) return 'delta';
  return TARGET.test(clausePart(before)) || TARGET.test(before.replace(/[：（]$/, '')) ? 'target' : 'amount';
}

/** Verbs and particles at the end of what stands before a figure. */
const TAIL =
  /(?:可?完成|达到?|为|是|有|共有?|共计|合计|总计|累计|实现|新增|净增|增至|增加到|提高到|扩大到|增长到|发展到|上升到|下降到|降至|减少到|约|近|超过?|已|仍|仅|只|预计可?|预期|可|到|至|从|由|的|了|企业(?=$)|入选|获批|通过|数量(?=$)|总数(?=$)|数(?=$)|家数(?=$)|[：，、（）])+$/;
const HEAD =
  /^(?:[，。；：、（）]|其中|截至|目前|全年|当年|本年|今年|年末|年底|末|底|份|以来|共有?|实现|完成|预计可?|预期|新增|的|和|及|与|分别|可|已|总|相比|较|比|同比|同期|上年同期|上年|去年同期|去年|到|是|为)+/;

/** What is counted: the words before the figure without dates, verbs and particles. */
export function labelOf(before: string, dates: readonly string[]): string {
  let text = clausePart(before.replace(/[（：]$/, ''));
  for (const date of dates) text = text.replace(date, '');
  return text
    .replace(/^.*?(?:从|由)(?=.)/, '')
    .replace(HEAD, '')
    .replace(TAIL, '')
    .replace(TAIL, '');
}

interface Place {
  readonly offset: number;
  readonly text: string;
  readonly dates: readonly DateMark[];
}

/** Start of the clause that holds a place; parentheses belong to the clause around them. */
function clauseStart(text: string, place: number): number {
  for (let i = place - 1; i >= Math.max(0, place - REACH); i -= 1)
    if ('，。；：'.includes(text[i]!)) return i + 1;
  return Math.max(0, place - REACH);
}

/** Words that far back say nothing of a figure any more. */
const REACH = 160;
/** Figures of one passage that are held against each other: a table without full stops is cut into pieces. */
const MOST_FIGURES = 40;

function readFigure(quantity: Quantity, from: number, next: number, sentence: Place): Figure {
  const { text, offset, dates } = sentence;
  const start = quantity.start - offset;
  const last = Math.max(from, start - REACH);
  const before = text.slice(last, start);
  const clauseAt = clauseStart(text, start);
  const clause = text.slice(clauseAt, start);
  const lead = text.slice(Math.max(last, clauseAt), start);
  const near = dates.filter(
    (date) => date.end - offset <= start && date.start - offset >= Math.min(clauseAt, last),
  );
  const own = near.filter((date) => date.start - offset >= Math.max(clauseAt, last));
  const change = CHANGE.exec(before)?.groups;
  const down = Boolean(change?.down) || (quantity.signed && quantity.value < 0);
  const after = text.slice(quantity.end - offset, next);
  const role = roleOf(quantity, before, clause);
  const passed = /[从由][^，；。]{0,16}$/.test(lead) && ONWARD.test(after);
  const earlier = passed || (quantity.kind === 'level' && EARLIER.test(clausePart(before.slice(-14))));
  return {
    ...quantity,
    role,
    before,
    lead,
    after,
    down,
    directed: down && !quantity.signed ? negative(quantity.range) : quantity.range,
    prior: role !== 'delta' && earlier && /level|percent/.test(quantity.kind),
    label: labelOf(
      before,
      near.map((date) => date.text),
    ),
    year: [...own].reverse().find((date) => date.year !== null)?.year ?? null,
    segment: (text.slice(0, start).match(/；/g) ?? []).length,
    inside: depth(text, start) > 0,
  };
}

const depth = (text: string, to: number): number => {
  let open = 0;
  for (let i = 0; i < to; i += 1) {
    if (text[i] === '（') open += 1;
    else if (text[i] === '）' && open > 0) open -= 1;
  }
  return open;
};

/** 上年 and named years older than the sentence's own make a level an earlier one. */
function withEras(figures: readonly Figure[], year: number | null): Figure[] {
  return figures.map((figure) => {
    const older = figure.kind === 'level' && figure.year !== null && year !== null && figure.year < year;
    return older && !figure.prior ? { ...figure, prior: true } : figure;
  });
}

interface Piece {
  readonly start: number;
  readonly end: number;
  readonly own: readonly Quantity[];
}

/** Sentences with a figure in them; overlong ones in several pieces. */
function* pieces(text: string, quantities: readonly Quantity[]): Generator<Piece> {
  let at = 0;
  for (const match of text.matchAll(/[^。！？\n]{1,4000}/g)) {
    const end = match.index + match[0].length;
    const own: Quantity[] = [];
    while (at < quantities.length && quantities[at]!.start < end) own.push(quantities[at++]!);
    for (let i = 0; i < own.length; i += MOST_FIGURES) {
      const start = i === 0 ? match.index : own[i - 1]!.end;
      yield { start, end: own[i + MOST_FIGURES]?.start ?? end, own: own.slice(i, i + MOST_FIGURES) };
    }
  }
}

function readSentence(text: string, { start, end, own }: Piece, dates: readonly DateMark[]): Sentence {
  const place = { offset: start, text: text.slice(start, end), dates };
  const figures = own.map((quantity, i) =>
    readFigure(quantity, (own[i - 1]?.end ?? start) - start, (own[i + 1]?.start ?? end) - start, place),
  );
  const years = dates.flatMap((date) => (date.year === null ? [] : [date.year]));
  const year = years.length > 0 ? Math.max(...years) : null;
  return { start, end, text: place.text, figures: withEras(figures, year), dates, year };
}

/** Cuts a clean text into sentences and reads their figures. */
export function readSentences(text: string, rounding: Rounding): Sentence[] {
  const { quantities, dates } = scan(text, rounding);
  const sentences: Sentence[] = [];
  let at = 0;
  for (const piece of pieces(text, quantities)) {
    const own: DateMark[] = [];
    while (at < dates.length && dates[at]!.start < piece.end) own.push(dates[at++]!);
    sentences.push(
      readSentence(
        text,
        piece,
        own.filter((date) => date.start >= piece.start),
      ),
    );
  }
  return sentences;
}
