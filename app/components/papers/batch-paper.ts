/** A batch as a table to be signed: one row an enterprise, each from its own verdict. Pure. */
import type { Verdict } from '../../rules/verdict.ts';
import type { Paper, PaperCell } from '../../services/documents/paper.ts';
import { dayInText, NOT_KNOWN } from '../format.ts';
import { gapText } from '../quantity.ts';
import { OUTCOME_LABELS } from '../terms.ts';
import { DISCLAIMER } from './nomination-paper.ts';

export interface BatchPaperRow {
  readonly name: string;
  readonly uscc: string;
  readonly park: string | null;
  readonly rank: number | null;
  readonly stateLabel: string;
  readonly reasonLabel: string | null;
  /** As it was when checked; null where no rule applied. */
  readonly verdict: Verdict | null;
}

export interface BatchPaperData {
  readonly title: string;
  readonly schemeName: string;
  readonly applicationOn: string;
  readonly rows: readonly BatchPaperRow[];
}

/** Conditions named in a row; the rest are counted. */
const NAMED = 3;

/** What still stands in the way of one, the unmet first. */
function openText(verdict: Verdict): string {
  const order = ['unmet', 'unknown', 'manual'];
  const open = verdict.conditions
    .filter(({ result }) => order.includes(result))
    .sort((a, b) => order.indexOf(a.result) - order.indexOf(b.result));
  if (open.length === 0) return '各项条件均达到';
  const words = open.slice(0, NAMED).map(({ label, result, gap, unit }) => {
    const short = result === 'unmet' ? gapText(gap, unit) : '';
    if (short) return `${label} 差 ${short}`;
    return `${label} ${{ unmet: '未达到', unknown: '缺数据' }[result as string] ?? '待人工判断'}`;
  });
  return words.join('；') + (open.length > NAMED ? ` 等 ${open.length} 项` : '');
}

/** 推荐汇总表, across. */
export function batchPaper({ title, schemeName, applicationOn, rows }: BatchPaperData, asOf: string): Paper {
  const of = (outcome: string) => rows.filter(({ verdict }) => verdict?.outcome === outcome).length;
  const counts = ['eligible', 'undetermined', 'ineligible']
    .map((outcome) => [OUTCOME_LABELS[outcome], of(outcome)] as const)
    .filter(([, n]) => n > 0)
    .map(([label, n]) => `${label} ${n} 家`);
  const center = (text: string): PaperCell => ({ text, align: 'center' });
  return {
    title: `${schemeName}推荐汇总表`,
    blocks: [
      {
        kind: 'text',
        align: 'center',
        text: `${title}　申请日 ${dayInText(applicationOn)}　共 ${rows.length} 家${counts.length > 0 ? `（${counts.join('，')}）` : ''}`,
      },
      {
        kind: 'table',
        caption: '推荐汇总表',
        widths: [5, 21, 19, 10, 8, 24, 13],
        head: ['序号', '企业名称', '统一社会信用代码', '园区', '判定', '尚未满足的条件', '办理'],
        rows: rows.map(({ name, uscc, park, verdict, stateLabel, reasonLabel }, i) => [
          center(String(i + 1)),
          name,
          uscc,
          park ?? NOT_KNOWN,
          center(verdict ? (OUTCOME_LABELS[verdict.outcome] ?? verdict.outcome) : '未判定'),
          verdict ? openText(verdict) : '没有适用的规则',
          reasonLabel ? `${stateLabel}：${reasonLabel}` : stateLabel,
        ]),
      },
      {
        kind: 'text',
        align: 'center',
        text: '经办人：　　　　　　　审核人：　　　　　　　单位（盖章）：　　　　　　　年　　月　　日',
      },
      { kind: 'note', text: `判定为核对时的结论，提交后不再改变。打印于 ${asOf}。${DISCLAIMER}。` },
    ],
  };
}
