/** 推荐表 of one enterprise, and the table of a batch, from verdicts: the same words on the page, on paper and in Word. Pure. */
import type { PaperBasics } from '../../queries/papers.server.ts';
import type { Verdict, ConditionVerdict } from '../../rules/verdict.ts';
import type { Paper, PaperBlock, PaperCell } from '../../services/documents/paper.ts';
import { factLabel } from '../fact-labels.ts';
import { dayInText, hundredths, NOT_KNOWN, wan } from '../format.ts';
import { actualText, gapText, requirementText, valueText } from '../quantity.ts';
import { ACTION_LABELS, OUTCOME_LABELS, RESULT_LABELS, sourceLabel } from '../terms.ts';

export const DISCLAIMER = '预评估结果仅供参考，以主管部门认定为准';

const LISTING: Readonly<Record<string, string>> = { unlisted: '未上市', neeq: '新三板', listed: '已上市' };
const bold = (text: string): PaperCell => ({ text, bold: true });

/** Titles in force with their last days: 高企（至 2026-10-25）. */
export const titleWords = (titles: PaperBasics['titles']): string =>
  titles.map(({ label, validUntil }) => label + (validUntil ? `（至 ${validUntil}）` : '')).join('、') ||
  '无';

function basicsTable(basics: PaperBasics): PaperBlock {
  const { name, uscc, registeredOn, park, place, industry, section, techField, listingStatus } = basics;
  const kind = industry ? `${industry} ${section ?? ''}`.trim() : NOT_KNOWN;
  return {
    kind: 'table',
    caption: '基本信息',
    widths: [16, 34, 16, 34],
    rows: [
      [bold('企业名称'), { text: name, span: 3 }],
      [bold('统一社会信用代码'), uscc, bold('成立日期'), registeredOn ?? NOT_KNOWN],
      [bold('登记地'), place ?? NOT_KNOWN, bold('所属园区'), park ?? NOT_KNOWN],
      [bold('行业'), kind, bold('技术领域'), techField ?? NOT_KNOWN],
      [
        bold('上市状态'),
        LISTING[listingStatus ?? ''] ?? NOT_KNOWN,
        bold('服务管家'),
        basics.stewards.join('、') || '未分配',
      ],
      [bold('有效称号'), { text: titleWords(basics.titles), span: 3 }],
    ],
  };
}

const FIGURES = [
  { key: 'operatingRevenue', label: '营业收入（万元）', show: wan },
  { key: 'rdExpense', label: '研发费用（万元）', show: wan },
  { key: 'netProfit', label: '净利润（万元）', show: wan },
  { key: 'totalAssets', label: '资产总额（万元）', show: wan },
  { key: 'employees', label: '职工总数（人）', show: hundredths },
] as const;

function figuresTable({ years }: PaperBasics): PaperBlock[] {
  if (years.length === 0) return [];
  const shown = [...years].sort((a, b) => a.year - b.year);
  const width = Math.floor(70 / shown.length);
  return [
    {
      kind: 'table',
      caption: '主要数据',
      widths: [30, ...shown.map(() => width)],
      head: ['指标', ...shown.map(({ year }) => `${year} 年`)],
      rows: FIGURES.map(({ key, label, show }) => [
        label,
        ...shown.map(({ figures }): PaperCell => ({ text: show(figures[key]), align: 'right' })),
      ]),
    },
  ];
}

/** Own value, what is missing of it, or what is not known, in one cell. */
function standingText(condition: ConditionVerdict): string {
  const { result, actual, required, unit, gap, missing } = condition;
  if (result === 'unknown')
    return `缺${[...new Set(missing.map(factLabel))].slice(0, 3).join('、') || '数据'}`;
  const own = actual === null ? '' : actualText(actual, required, unit);
  const short = result === 'unmet' ? gapText(gap, unit) : '';
  return [own, short && `差 ${short}`].filter(Boolean).join('，') || NOT_KNOWN;
}

/** One condition as a row: what is asked, how it stands, how that comes out, where it is written. */
function conditionRow(condition: ConditionVerdict, i: number): (string | PaperCell)[] {
  const { label, result, required, comparison, unit, article, confidence, actual } = condition;
  return [
    { text: String(i + 1), align: 'center' },
    label,
    required === null ? NOT_KNOWN : requirementText(comparison, required, unit),
    standingText(condition),
    { text: RESULT_LABELS[result] ?? result, align: 'center', bold: result === 'unmet' },
    `${article}${actual === null ? '' : `\n数据来源：${sourceLabel(confidence)}`}`,
  ];
}

export function conditionsTable(verdict: Verdict): PaperBlock {
  return {
    kind: 'table',
    caption: '逐项核对',
    widths: [6, 24, 15, 22, 10, 23],
    head: ['序号', '条件', '要求', '企业情况', '结果', '依据'],
    rows: verdict.conditions.map(conditionRow),
  };
}

const count = (verdict: Verdict, result: string) =>
  verdict.conditions.filter((condition) => condition.result === result).length;

/** The outcome with its counts: 待定（达到 9 项，缺数据 1 项）. */
export function outcomeWords(verdict: Verdict): string {
  const counts = ['met', 'waived', 'unmet', 'unknown', 'manual']
    .map((result) => [RESULT_LABELS[result], count(verdict, result)] as const)
    .filter(([, n]) => n > 0)
    .map(([label, n]) => `${label} ${n} 项`);
  return `${OUTCOME_LABELS[verdict.outcome] ?? verdict.outcome}（${counts.join('，')}）`;
}

function conclusion(verdict: Verdict): PaperBlock[] {
  const { score, vetoes } = verdict;
  const points =
    score &&
    (score.min === score.max
      ? valueText(score.min, 'points')
      : `${valueText(score.min, 'points')}至${valueText(score.max, 'points')}`);
  return [
    {
      kind: 'text',
      text: `按 ${verdict.rule} 以 ${dayInText(verdict.on)} 为申请日判定（${ACTION_LABELS[verdict.action] ?? verdict.action}）：${outcomeWords(verdict)}。${
        points ? `评分 ${points}${score.pass === null ? '' : `，合格 ${score.pass} 分`}。` : ''
      }`,
    },
    ...vetoes.map((veto): PaperBlock => ({
      kind: 'text',
      text: `一票否决：${veto.label}，${veto.detail}（${veto.article}）。`,
    })),
  ];
}

const OPINIONS: PaperBlock = {
  kind: 'table',
  caption: '推荐意见',
  widths: [20, 80],
  rows: ['服务管家意见', '科室审核意见', '园区推荐意见'].map((label) => [
    { text: label, bold: true, align: 'center' as const },
    { text: '　　　　　　　　　　　　签字（盖章）：　　　　　　　　年　　月　　日', room: 2 },
  ]),
};

export interface NominationData {
  readonly basics: PaperBasics;
  readonly schemeName: string;
  /** Null where no rule applies; `reason` says why. */
  readonly verdict: Verdict | null;
  readonly reason: string | null;
}

/** 推荐表: the enterprise, its figures, the verdict condition by condition, and room for opinions. */
export function nominationPaper(
  { basics, schemeName, verdict, reason }: NominationData,
  asOf: string,
): Paper {
  return {
    title: `${schemeName}推荐表`,
    blocks: [
      { kind: 'heading', level: 1, text: '一、基本情况' },
      basicsTable(basics),
      ...figuresTable(basics),
      { kind: 'heading', level: 1, text: '二、条件核对' },
      ...(verdict
        ? [...conclusion(verdict), conditionsTable(verdict)]
        : [{ kind: 'text' as const, text: `未作判定：${reason ?? '没有适用的规则'}。` }]),
      { kind: 'heading', level: 1, text: '三、推荐意见' },
      OPINIONS,
      {
        kind: 'note',
        text: `数据截至 ${asOf}${verdict ? `，事实不变时结论有效至 ${verdict.holdsUntil}` : ''}。${DISCLAIMER}。`,
      },
    ],
  };
}
