/** 一企一页: what somebody who visits an enterprise has in hand. One page, whatever there is to say. Pure. */
import type { BriefData } from '../../queries/papers.server.ts';
import { smallestGaps, whatToAsk } from '../../rules/briefing.ts';
import type { Paper, PaperBlock, PaperCell } from '../../services/documents/paper.ts';
import { factLabel } from '../fact-labels.ts';
import { hundredths, NOT_KNOWN, wan } from '../format.ts';
import { actualText, gapText, requirementText } from '../quantity.ts';
import { DISCLAIMER } from './nomination-paper.ts';

/** Lines of each part; the rest is counted, so that it stays one page. */
const MOST = { titles: 6, gaps: 3, promises: 3, contacts: 3, questions: 6, stays: 4 } as const;
/** Characters of a note. */
const SHORT = 70;

const cut = (text: string, most: number = SHORT) => {
  const line = text.replaceAll(/\s+/g, ' ');
  return [...line].length > most ? `${[...line].slice(0, most - 1).join('')}…` : line;
};
const bold = (text: string): PaperCell => ({ text, bold: true });
const rest = (total: number, shown: number) => (total > shown ? `；另有 ${total - shown} 项` : '');

function head({ basics, stays }: BriefData): PaperBlock {
  const { titles, years } = basics;
  const latest = years[0];
  const figures = latest
    ? [
        `营业收入 ${wan(latest.figures.operatingRevenue)} 万元`,
        `研发费用 ${wan(latest.figures.rdExpense)} 万元`,
        `净利润 ${wan(latest.figures.netProfit)} 万元`,
        `职工 ${hundredths(latest.figures.employees)} 人`,
      ].join('，')
    : '尚无年度数据';
  const named = titles
    .slice(0, MOST.titles)
    .map(({ label, validUntil }) => label + (validUntil ? `（至 ${validUntil}）` : ''))
    .join('、');
  const states = stays
    .slice(0, MOST.stays)
    .map(({ label, state, fromOn }) => `${label}：${state}（${fromOn} 起）`);
  return {
    kind: 'table',
    caption: '概况',
    widths: [14, 36, 14, 36],
    rows: [
      [bold('代码'), basics.uscc, bold('成立'), basics.registeredOn ?? NOT_KNOWN],
      [bold('园区'), basics.park ?? NOT_KNOWN, bold('行业'), cut(basics.section ?? NOT_KNOWN, 24)],
      [bold('管家'), { text: basics.stewards.join('、') || '未分配', span: 3 }],
      [bold('有效称号'), { text: (named || '无') + rest(titles.length, MOST.titles), span: 3 }],
      [bold('进行中'), { text: (states.join('；') || '无') + rest(stays.length, MOST.stays), span: 3 }],
      [bold(latest ? `${latest.year} 年` : '数据'), { text: figures, span: 3 }],
    ],
  };
}

function gaps({ verdicts }: BriefData): PaperBlock {
  const labels = new Map(verdicts.map(({ verdict, label }) => [verdict.scheme, label]));
  const found = smallestGaps(
    verdicts.map(({ verdict }) => verdict),
    MOST.gaps,
  );
  return {
    kind: 'table',
    caption: '最小的三个差距',
    widths: [16, 34, 16, 16, 18],
    head: ['称号', '条件', '要求', '现为', '还差'],
    rows:
      found.length === 0
        ? [[{ text: '没有可量的小差距：或已全部达到，或差距较大，或缺数据。', span: 5 }]]
        : found.map(({ scheme, condition: { label, comparison, required, actual, unit, gap } }) => [
            labels.get(scheme) ?? scheme,
            cut(label, 40),
            requirementText(comparison, required, unit),
            actual === null ? NOT_KNOWN : actualText(actual, required, unit),
            bold(gapText(gap, unit)),
          ]),
  };
}

function promises({ promises: open }: BriefData): PaperBlock {
  return {
    kind: 'table',
    caption: '未了结的约定',
    widths: [18, 62, 20],
    head: ['日期', '事项', '状态'],
    rows:
      open.length === 0
        ? [[{ text: '没有未了结的约定。', span: 3 }]]
        : [
            ...open
              .slice(0, MOST.promises)
              .map(({ nextOn, nextAction, daysLeft }) => [
                nextOn!,
                cut(nextAction!, 50),
                daysLeft! < 0 ? bold(`逾期 ${-daysLeft!} 天`) : daysLeft === 0 ? '今天' : `${daysLeft} 天后`,
              ]),
            ...(open.length > MOST.promises
              ? [[{ text: `另有 ${open.length - MOST.promises} 项`, span: 3 }]]
              : []),
          ],
  };
}

function contacts({ contacts: notes }: BriefData): PaperBlock {
  return {
    kind: 'table',
    caption: '最近联系',
    widths: [18, 12, 70],
    head: ['日期', '方式', '要点'],
    rows:
      notes.length === 0
        ? [[{ text: '还没有联系记录。', span: 3 }]]
        : notes
            .slice(0, MOST.contacts)
            .map(({ onDay, kindLabel, note, by }) => [onDay, kindLabel, `${cut(note)}（${by}）`]),
  };
}

function questions({ verdicts }: BriefData): PaperBlock {
  const labels = new Map(verdicts.map(({ verdict, label }) => [verdict.scheme, label]));
  const asked = whatToAsk(
    verdicts.map(({ verdict }) => verdict),
    MOST.questions,
  );
  return {
    kind: 'table',
    caption: '请当面问清',
    widths: [50, 26, 24],
    head: ['缺的数据（按影响大小）', '影响的称号', '答复'],
    rows:
      asked.length === 0
        ? [[{ text: '没有仍能影响结论的缺项。', span: 3 }]]
        : asked.map(({ path, schemes }) => [
            cut(factLabel(path), 40),
            cut(schemes.map((scheme) => labels.get(scheme) ?? scheme).join('、'), 24),
            '',
          ]),
  };
}

/** 一企一页. */
export function briefPaper(data: BriefData, asOf: string): Paper {
  const heading = (text: string): PaperBlock => ({ kind: 'heading', level: 1, text });
  return {
    title: data.basics.name,
    blocks: [
      head(data),
      heading('一、最小的三个差距'),
      gaps(data),
      heading('二、未了结的约定'),
      promises(data),
      heading('三、最近联系'),
      contacts(data),
      heading('四、请当面问清'),
      questions(data),
      heading('五、本次记录'),
      {
        kind: 'table',
        caption: '本次记录',
        widths: [100],
        rows: [[{ text: '日期：　　　　　　走访人：　　　　　　企业参加人：', room: 4 }]],
      },
      { kind: 'note', text: `数据截至 ${asOf}；差距按当日适用的规则、以新申请判定。${DISCLAIMER}。` },
    ],
  };
}
