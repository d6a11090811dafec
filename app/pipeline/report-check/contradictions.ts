/**
 * One indicator stated twice with different values. Only indicators that reports repeat are looked at, and only where
 * nothing in the words around the two says that they are of different days, places, classes or ways of counting.
 */
import { daysInMonth, type Day } from '../../rules/day.ts';
import { wholeYear, type DaySpan } from '../figures/span.ts';
import { NAMED, PLANNED, spanOfDate } from './claims.ts';
import { isLevel, type Finding } from './finding.ts';
import { meets } from './interval.ts';
import { BARE_PERIOD, counted, wordsOf } from './subject.ts';
import { CHANGE, clausePart, type Figure, type Sentence } from './sentences.ts';

/** Money, people and counts that a report states of its whole area. */
const MEASURE = new RegExp(
  `^(?:规模以上|规上)?(?:高新技术企业|工业企业|工业|企业)?(?:${[
    '(?:营业|主营业务|工业)?总?收入',
    '总?产值',
    '增加值',
    '(?:全社会|工业)?固定资产投资',
    '(?:工业|技改)投资',
    '地区生产总值|GDP|生产总值',
    '税收(?:收入)?|纳税',
    '(?:区级)?财政收入|一般公共预算收入',
    '进出口|出口|实际利用外资',
    '研发(?:费用|经费|投入)',
    '从业人员|研发人员|职工',
    '规上工业企业|规上企业|规模以上(?:工业)?企业',
    '(?:有效|发明|有效发明)?专利|专利申请|专利授权',
    '技术合同成交',
    '(?:境内|境外)?上市(?:公司|企业)|规上企业',
  ].join('|')})$`,
);
/** A name of a place in front of what is counted stays part of it. */
const PLACE = /^[一-龥]{0,8}?(?:示范区|园区|园|片区|[全我本][市省国区县]|[一-龥]区|市|县|镇|街道)/;
const COMING = /^(?:新增|净增|新认定)/;
const GRADE = /^(?:国家级|省级|市级|省市级)/;

/** Words for a part, another place or another class in what stands before a figure. */
const ELSEWHERE =
  /[园区镇街村县市省国业该其类]|板块|基地|中心|公司|集团|平台|孵化|赛道|领域|包括|分别|软件|医药|电路|材料|能源|智能|数字|文化|金融|服务|制造/;
/** A heading with a name in it: what follows is of that place or class. */
const NAMES =
  /[园区镇街村县]|产业|行业|制造业|服务业|板块|基地|中心|公司|集团|平台|孵化|赛道|软件|医药|电路|材料|能源|智能|数字|文化|金融/;
/** What is yet to come. */
const AHEAD = /明年|下一步|下步|思路|计划|目标|展望|打算|安排|部署/;
const COUNTED_OTHERWISE = /^（[^）]*(?:含|剔除|扣除|去重|口径|不重复|折算)/;

interface Passage {
  readonly text: string;
  readonly sentence: Sentence;
  /** Heading and topic that hold for the sentence; '' where none does. */
  readonly topic: string;
  /** The year that the heading or the title names, which holds for undated figures; null where neither does. */
  readonly year: number | null;
}

interface Statement {
  readonly figure: Figure;
  readonly key: string;
}

/** Begins an item of an enumeration. */
const ITEM =
  /(?:^|[。；])\s*(?:[一二三四五六七八九十]是|（[一二三四五六七八九十\d]+）|[一二三四五六七八九十\d]+、)/g;

/** Headings and topics further off than this hold no more. */
const REACH = 6000;
const TOP_HEADING = /^[一二三四五六七八九十]+、/;

/** The heading lines that a place stands under, the nearest first: short, without a full stop. */
function headingsBefore(text: string, from: number): string[] {
  const found: string[] = [];
  let end = text.lastIndexOf('\n', from - 1);
  while (end > 0 && from - end <= REACH) {
    const start = text.lastIndexOf('\n', end - 1) + 1;
    const line = text.slice(start, end).trim();
    const heading = line !== '' && line.length <= 30 && !/[。；，]/.test(line);
    // Above the nearest only what opens a whole part still holds.
    if (heading && (found.length === 0 || TOP_HEADING.test(line))) found.push(line);
    if (heading && TOP_HEADING.test(line)) break;
    end = start - 1;
  }
  return found;
}

/** A sentence that begins with a place, an institution or a line of industry. */
const SUBJECT =
  /^[^，]{0,6}?([一-龥A-Za-z]{2,10}(?:园|片区|镇|街道|基地|中心|公司|集团|组团|板块|产业|制造业|服务业))/;

/** A place or class that the item began with, or that an earlier sentence of it has as its subject. */
function topicOf(text: string, from: number, to: number): string {
  const before = text.slice(from, to).split(/[。！？\n]/);
  const names = before.map((each, i) => {
    const opening = each.replace(/^\s*(?:[一二三四五六七八九十]是|（?[一二三四五六七八九十\d]+[）、])/, '');
    const heads = i === 0 && opening.length <= 24 && !/\d/.test(opening) && NAMES.test(opening);
    return heads ? opening : (SUBJECT.exec(opening)?.[1] ?? '');
  });
  return names.filter((name) => name !== '' && !/^(?:我园|本园|全园)$/.test(name)).at(-1) ?? '';
}

const yearIn = (line: string): number | null => Number(/(\d{4})年/.exec(line)?.[1]) || null;

/** The first line of a text that is no sentence: 2021年度工作总结. */
const titleOf = (text: string): string =>
  /^\s*([^\n。；，]{1,40})\n/.exec(text)?.[1]?.replace(/\d+(?:\.\d+)?[万亿%家].*/, '') ?? '';

function passageOf(text: string, sentence: Sentence): Passage | null {
  const line = text.lastIndexOf('\n', sentence.start - 1) + 1;
  const near = Math.max(line, sentence.start - REACH);
  const items = [...text.slice(near, sentence.start + 3).matchAll(ITEM)];
  const from = near + (items.at(-1)?.index ?? 0);
  const headings = headingsBefore(text, line);
  if (headings.some((each) => AHEAD.test(each))) return null;
  const named = headings.filter((each) => NAMES.test(each));
  const topic = [...named, topicOf(text, from, sentence.start)].join('|');
  const years = [...headings, titleOf(text)].map(yearIn).filter((each) => each !== null);
  return { text, sentence, topic, year: years[0] ?? null };
}

/** A date that something is compared with, or counted from, is not that of the figure. */
const isBase = (text: string, { start, end }: { start: number; end: number }): boolean =>
  /(?:比|较|与|同|自|从|由|(?<!截)至|到|占|超过?)$/.test(text.slice(Math.max(0, start - 2), start)) ||
  /^(?:相比|以来|起|前|之前|同期|基础|的)/.test(text.slice(end, end + 3));

/** The days that a figure speaks of, as a text that is equal for the same days; null where they are not stated. */
function periodOf({ text, sentence, year: headed }: Passage, figure: Figure): string | null {
  const { dates, start } = sentence;
  const year = sentence.year ?? headed;
  // 较2020年末新增64家: later than 2020, though no other year may be named.
  if (dates.some((date) => date.year !== null && date.year >= (headed ?? 0) && isBase(text, date)))
    return null;
  const marks = dates
    .filter((date) => date.end <= figure.start && !isBase(text, date))
    .map((date) => ({ ...date, span: year === null ? null : spanOfDate(date.text, date.year ?? year) }));
  for (const match of text.slice(start, figure.start).matchAll(BARE_PERIOD)) {
    const at = { start: start + match.index, end: start + match.index + match[0].length };
    if (marks.some((each) => each.start <= at.start && at.end <= each.end) || isBase(text, at)) continue;
    const span = year === null ? null : barePeriod(match[0], year);
    marks.push({ ...at, text: match[0], year: null, span });
  }
  const last = marks.sort((a, b) => a.start - b.start).at(-1);
  if (last) return last.span ? spanText(last.span) : last.text;
  return headed === null ? null : spanText(wholeYear(`${headed}-01-01`));
}

const spanText = ({ from, to }: DaySpan): string => `${from} ${to}`;

function barePeriod(words: string, year: number): DaySpan | null {
  if (words === '全年') return wholeYear(`${year}-01-01`);
  const until = /^前([二三2-3])季度$/.exec(words)?.[1];
  if (until) {
    const month = '二2'.includes(until) ? 6 : 9;
    const last: Day = `${year}-0${month}-${daysInMonth(year, month)}`;
    return { from: `${year}-01-01`, to: last };
  }
  return spanOfDate(`${year}年${words}`, year);
}

/** What a clause counts: a title or a measure with its place, grade and flow; null for all else. */
function countedBy(words: string, unit: string): string | null {
  const title = NAMED.find((each) => each.words.test(words));
  let rest = counted(words);
  const taken = (pattern: RegExp): string => {
    const found = pattern.exec(rest)?.[0] ?? '';
    rest = rest.slice(found.length);
    return found;
  };
  let coming = taken(COMING);
  const whole = rest;
  const place = taken(PLACE);
  coming ||= taken(COMING);
  const grade = taken(GRADE);
  if (title) {
    if (unit !== '家') return null;
    const name = rest.replace(/国家(?:级)?(?=高新技术企业)/, '').replace(title.words, '#');
    return /^(?:专精特新)?#(?:中小)?(?:企业)?$/.test(name) ? [place, coming, grade, rest].join(' ') : null;
  }
  for (const [at, name] of [
    ['', whole],
    [place, rest],
  ] as const) {
    if (MEASURE.test(name)) return [at, coming, grade, name].join(' ');
  }
  return null;
}

/** Nothing before the figure in its sentence says that it is of a part, another place or another class. */
function standsAlone({ sentence, text }: Passage, figure: Figure, isTitle: boolean): boolean {
  const clauseFrom = figure.start - clausePart(figure.before).length;
  const earlier = sentence.figures.filter((each) => each.end <= figure.start);
  const apart = earlier.every(
    (each) =>
      !isLevel(each) ||
      (isTitle && each.unit === '家' && countedBy(wordsOf(each), each.unit)?.startsWith(' ') === true),
  );
  if (!apart || figure.inside) return false;
  const before = text.slice(sentence.start, clauseFrom);
  if (/其中/.test(before) || /其中|分别|[从由]/.test(figure.before)) return false;
  // Clauses without a figure of their own may name what the figure is of.
  return before
    .split(/[，；：、（）]/)
    .filter((clause) => !/\d/.test(clause))
    .every((clause) => !ELSEWHERE.test(clause.replace(/排名.*|^[一二三四五六七八九十]是.*/, '')));
}

/** A figure of an indicator, by what it counts. */
interface Mention {
  readonly figure: Figure;
  readonly sentence: Sentence;
  readonly key: string;
}

function mentionOf(figure: Figure, sentence: Sentence): Mention | null {
  const plain =
    isLevel(figure) && figure.role === 'amount' && !figure.prior && !figure.loose && !figure.signed;
  if (!plain || COUNTED_OTHERWISE.test(figure.after)) return null;
  const key = countedBy(wordsOf(figure), figure.unit);
  return key === null ? null : { figure, sentence, key: `${key} / ${figure.unit}` };
}

/** A mention with its days, and with the place or class that the words around it name. */
function statementOf(passage: Passage, { figure, key }: Mention): Statement | null {
  const clause = /[^，；]*$/.exec(passage.text.slice(passage.sentence.start, figure.start))![0];
  if (PLANNED.test(clause) || /[将若可]/.test(clause)) return null;
  const isTitle = NAMED.some((each) => each.words.test(wordsOf(figure)));
  const period = standsAlone(passage, figure, isTitle) ? periodOf(passage, figure) : null;
  if (period === null) return null;
  // A stock is of the last day, whatever the days before.
  const stock = figure.unit === '家' && !/新增|净增|新认定/.test(key);
  const when = stock ? period.split(' ').at(-1)! : period;
  return { figure, key: [key, when, passage.topic].join(' / ') };
}

const SAME_BASE =
  /^(?<base>同比|环比|[比较](?:上年|去年)(?:同期)?|)(?:增长|增加|上升|下降|减少|提高|回落)?(?:了|约|为|达)*$/;

/** The change right behind a level, of the level itself: 446.4亿元，同比增长35.6%. */
function changeBeside({ sentence }: Passage, { figure, key }: Statement): Statement | null {
  const next = sentence.figures[sentence.figures.indexOf(figure) + 1];
  if (next?.role !== 'growth' || next.kind !== 'percent' || next.loose || !CHANGE.test(next.before))
    return null;
  const base = SAME_BASE.exec(next.before.replace(/^[，（]/, ''))?.groups?.base;
  if (base === undefined || /^[；]/.test(next.before)) return null;
  const against = /环比/.test(base) ? '环比' : base === '' ? '' : '同比';
  return { figure: next, key: `${key} / ${against}` };
}

/** The first statement of an indicator against the first one that cannot be the same number. */
function contradicted(statements: readonly Statement[]): [Figure, Figure] | null {
  const apart: Figure[] = [];
  for (const { figure } of statements) {
    if (!apart.some((each) => meets(each.directed, figure.directed))) apart.push(figure);
  }
  const [first, other, ...more] = apart;
  // Three different values and more are a series over days or places that the words do not show.
  return first && other && more.length === 0 ? [first, other] : null;
}

function grouped<T extends { readonly key: string }>(all: readonly T[]): T[][] {
  const groups = new Map<string, T[]>();
  for (const each of all) {
    const group = groups.get(each.key);
    if (group) group.push(each);
    else groups.set(each.key, [each]);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}

/** An indicator that a text names more often stands in a table or a list. */
const MOST_MENTIONS = 40;

/**
 * Indicators that a text states twice, with values that cannot be the same.
 * @param text the clean text that the sentences were read from
 */
export function contradictionsIn(sentences: readonly Sentence[], text: string): Finding[] {
  const mentions = sentences.flatMap((sentence) =>
    sentence.figures.map((figure) => mentionOf(figure, sentence)).filter((each) => each !== null),
  );
  const pairs = grouped(mentions)
    .filter((group) => group.length <= MOST_MENTIONS)
    .flatMap((group) => {
      const levels: Statement[] = [];
      const changes: Statement[] = [];
      for (const mention of group) {
        const passage = passageOf(text, mention.sentence);
        const found = passage && statementOf(passage, mention);
        const change = found && changeBeside(passage, found);
        if (found) levels.push(found);
        if (change) changes.push(change);
      }
      return [...grouped(levels), ...grouped(changes)].map(contradicted).filter((pair) => pair !== null);
    });
  return pairs.map(([first, other]) => finding(text, first, other));
}

function finding(text: string, first: Figure, other: Figure): Finding {
  const said = (figure: Figure) => text.slice(figure.start, figure.end);
  const quote = clausePart(first.before) + said(first);
  const question = `前文“${quote}”，这里为${said(other)}。请核对；若时点、范围或口径不同，请写明。`;
  return { kind: 'contradiction', figure: other, expected: said(first), question };
}
