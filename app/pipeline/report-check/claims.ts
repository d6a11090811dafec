/** What a text says of the park's own titles: counts that the program can hold against its register. Pure. */
import { daysInMonth, isDay, yearOf, type Day } from '../../rules/day.ts';
import type { Measure } from '../figures/builtin.ts';
import { wholeYear, type DaySpan } from '../figures/span.ts';
import type { MovementColumn } from '../movement.ts';
import type { DateMark } from './quantities.ts';
import { clausePart, type Figure, type Sentence } from './sentences.ts';

/** A reading of the register, with its words. */
interface Reading {
  readonly measure: Measure;
  readonly words: string;
}

export interface Claim {
  readonly figure: Figure;
  /** What is counted: 高企. */
  readonly label: string;
  /** A stock at the end of the span, or what came within it. */
  readonly flow: boolean;
  readonly span: DaySpan;
  /** The plain reading first; the text is right if any of them gives its figure. */
  readonly readings: readonly [Reading, ...Reading[]];
  /** Page with the list behind the plain reading. */
  readonly list: string;
}

/** A count of a title that the register cannot be asked for, and why. */
export interface LeftOut {
  readonly figure: Figure;
  readonly label: string;
  readonly why: string;
}

interface Named {
  readonly words: RegExp;
  readonly label: string;
  readonly schemes: readonly [string, ...string[]];
}

const POOL = ['unicorn', 'unicornPotential', 'unicornSeed'] as const;
/** The titles that reports count; the more special name first. */
export const NAMED: readonly Named[] = [
  { words: /独角兽培育库/, label: '独角兽培育库入库企业', schemes: POOL },
  { words: /中关村(?:高企|高新技术企业)/, label: '中关村高企', schemes: ['zgcHnte'] },
  { words: /(?:潜力|潜在)独角兽|独角兽潜[力在]/, label: '潜力独角兽', schemes: ['unicornPotential'] },
  { words: /种子独角兽|独角兽种子/, label: '种子独角兽', schemes: ['unicornSeed'] },
  { words: /独角兽/, label: '独角兽', schemes: ['unicorn'] },
  { words: /小巨人/, label: '小巨人', schemes: ['giant'] },
  { words: /专精特新/, label: '专精特新', schemes: ['srdi'] },
  { words: /科技型中小企业|科小/, label: '科技型中小企业', schemes: ['tsme'] },
  { words: /创新型中小企业/, label: '创新型中小企业', schemes: ['isme'] },
  { words: /单项冠军/, label: '单项冠军', schemes: ['champion'] },
  { words: /隐形冠军/, label: '隐形冠军', schemes: ['hiddenChampion'] },
  { words: /瞪羚/, label: '瞪羚企业', schemes: ['gazelle'] },
  { words: /金种子/, label: '金种子', schemes: ['goldenSeed'] },
  { words: /高企|高新技术企业|国高/, label: '高企', schemes: ['hnte'] },
];

/** What is not the park's own stock of titles: another area, a step before the title, a plan. */
const ELSEWHERE =
  /全[市省国球]|示范区|申报|申请|跟进|走访|推荐|服务|辅导|培训|规模以上|规上|后备|储备|蓄水池|退出|到期|复核|迁[出入]|注销|撤销|评审|占|比上年|较上年/;
export const PLANNED = /目标|力争|争取|确保|预计|预期|计划|[^虚模]拟/;
const CAME = /新增|新认定|新获批|新入选|新入库/;
const HEADLINE = ['hnte', 'srdi', 'giant', 'unicorn'];
const LEVELS: readonly (readonly [RegExp, string])[] = [
  [/国家级/, 'national'],
  [/省级/, 'provincial'],
  [/市级/, 'municipal'],
];

const two = (number: number) => String(number).padStart(2, '0');
const day = (year: number, month: number, date: number): Day => `${year}-${two(month)}-${two(date)}`;
const monthEnd = (year: number, month: number): Day => day(year, month, daysInMonth(year, month));

/**
 * The days that a date of the text means.
 * @param year the year where the date names none
 * @returns null where it is no day, month, quarter or year of a calendar
 */
export function spanOfDate(text: string, year: number): DaySpan | null {
  const full = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text);
  const own = Number(/^(\d{4})(?:年|[-/.])/.exec(text)?.[1] ?? year);
  const since = `${own}-01-01`;
  if (full) return realSpan(since, day(own, Number(full[2]), Number(full[3])));
  const half = /([上下])半年/.exec(text)?.[1];
  if (half)
    return half === '上' ? { from: since, to: `${own}-06-30` } : { from: `${own}-07-01`, to: `${own}-12-31` };
  const quarter = /([一二三四1-4])季度/.exec(text)?.[1];
  if (quarter) {
    const number = '一二三四'.includes(quarter) ? '一二三四'.indexOf(quarter) + 1 : Number(quarter);
    return { from: day(own, number * 3 - 2, 1), to: monthEnd(own, number * 3) };
  }
  const months = /(\d{1,2})(?:[-—~至](\d{1,2}))?月份?(?:(\d{1,2})日|(底|末))?/.exec(text);
  if (!months) return /^\d{4}年(?:度|全年|末|底)?$/.test(text) ? wholeYear(since) : null;
  const [first, last] = [Number(months[1]), Number(months[2] ?? months[1])];
  if (first < 1 || last > 12 || first > last) return null;
  if (months[3]) return realSpan(since, day(own, last, Number(months[3])));
  return { from: months[4] ? since : day(own, first, 1), to: monthEnd(own, last) };
}

const realSpan = (from: Day, to: Day): DaySpan | null => (isDay(to) ? { from, to } : null);

/** The days a figure speaks of, null after the day looked at: by the last date before it, else the year up to the day looked at. */
export function spanOf(figure: Figure, dates: readonly DateMark[], year: number, asOf: Day): DaySpan | null {
  const spans = dates.filter((date) => date.end <= figure.start).map((date) => spanOfDate(date.text, year));
  const span = spans.filter((each) => each !== null).at(-1) ?? wholeYear(`${year}-01-01`);
  if (span.from > asOf) return null;
  return span.to > asOf ? { from: span.from, to: asOf } : span;
}

function stockReadings({ schemes }: Named, words: string): [Reading, ...Reading[]] {
  const [scheme] = schemes;
  const readings: [Reading, ...Reading[]] = [{ measure: { kind: 'held', schemes }, words: '有效' }];
  if (schemes.length > 1) return readings;
  for (const [pattern, id] of LEVELS) {
    if (!pattern.test(words) || !['giant', 'srdi'].includes(scheme)) continue;
    const measure: Measure = { kind: 'level', scheme, level: id };
    readings.unshift({ measure, words: `${pattern.source}有效` });
  }
  if (HEADLINE.includes(scheme))
    readings.push({ measure: { kind: 'headline', tiers: [scheme] }, words: '就高' });
  return readings;
}

function flowReadings(scheme: string): [Reading, ...Reading[]] {
  const movement = (columns: readonly MovementColumn[], less: readonly MovementColumn[] = []): Measure => ({
    kind: 'movement',
    scheme,
    columns,
    less,
  });
  return [
    { measure: movement(['newly']), words: '新认定' },
    { measure: movement(['newly', 'renewed']), words: '含重新认定' },
    { measure: movement(['newly', 'renewed', 'movedIn']), words: '含迁入' },
    { measure: movement(['closing'], ['opening']), words: '净增' },
  ];
}

function listOf(scheme: string, many: boolean, flow: boolean, { from, to }: DaySpan): string {
  if (flow) return `/movement/cell?table=schemes&row=${scheme}&column=newly&from=${from}&to=${to}&asOf=${to}`;
  return many ? `/funnel?asOf=${to}` : `/enterprises?title=${scheme}&asOf=${to}`;
}

/** Why a count of a title is not one that the register holds; null where it is. */
function whyNot({ role, prior, unit }: Figure, words: string, clause: string): string | null {
  if (unit === '家次') return '按家次计，台账按家计';
  if (role === 'target' || PLANNED.test(clause)) return '是目标或预期，不是实绩';
  if (prior) return '是上年同期等往期数';
  if (role !== 'amount') return '是增减数';
  const other = ELSEWHERE.exec(words)?.[0];
  if (other === '占') return '是比较用的总数';
  if (other) return `写明“${other}”，不是本区域有效称号的家数`;
  return null;
}

function claimOf(
  figure: Figure,
  { dates, text, start, year }: Sentence,
  main: number,
  asOf: Day,
): Claim | LeftOut | null {
  if (figure.kind !== 'level' || !['家', '家次'].includes(figure.unit)) return null;
  const words = clausePart(figure.before.replace(/（(?=[^（]*$)/, ''));
  const named = NAMED.find((each) => each.words.test(words));
  if (!named) return null;
  const { label } = named;
  const clause = /[^，；]*$/.exec(text.slice(0, figure.start - start))![0];
  const why = whyNot(figure, words, clause);
  if (why !== null) return { figure, label, why };
  const flow = CAME.test(words);
  const [scheme] = named.schemes;
  const span = spanOf(figure, dates, year ?? main, asOf);
  if (!span) return { figure, label, why: `晚于所选的 ${asOf}` };
  if (flow && named.schemes.length > 1) return { figure, label, why: '台账不计培育库的新增' };
  return {
    figure,
    label,
    flow,
    span,
    readings: flow ? flowReadings(scheme) : stockReadings(named, words),
    list: listOf(scheme, named.schemes.length > 1, flow, span),
  };
}

/** The year that a text is about: the one it names most often, no later than the day looked at. */
export function mainYear(sentences: readonly Sentence[], asOf: Day): number {
  const counts = new Map<number, number>();
  for (const { dates } of sentences) {
    for (const { year } of dates) {
      if (year !== null && year <= yearOf(asOf)) counts.set(year, (counts.get(year) ?? 0) + 1);
    }
  }
  const [most] = [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0]);
  return most?.[0] ?? yearOf(asOf);
}

/**
 * The counts of titles that a text states: those of the park itself, and those that the register cannot answer.
 * @param asOf later dates are not looked at; where a sentence names none, the year that the text is about counts
 */
export function claimsOf(
  sentences: readonly Sentence[],
  asOf: Day,
): { claims: readonly Claim[]; left: readonly LeftOut[] } {
  const year = mainYear(sentences, asOf);
  const all = sentences.flatMap((sentence) =>
    sentence.figures.map((figure) => claimOf(figure, sentence, year, asOf)).filter((found) => found !== null),
  );
  return {
    claims: all.filter((each) => 'readings' in each),
    left: all.filter((each) => 'why' in each),
  };
}
