/** A review as it is handed out: its tables and what stands on every export. Pure. */
import { definitionsOf, definitionText, sheetsOf, type ReviewSheet } from './sheets.ts';
import type { SealState } from './seal.ts';
import type { ReviewTables } from './tables.ts';

export interface DocumentSeal {
  readonly seq: number;
  readonly keyId: string;
  /** HMAC-SHA-256 in hexadecimal. */
  readonly mac: string;
  readonly sealedBy: string;
  readonly sealedAt: string;
  /** Whether it still holds; without its key nothing can be said. */
  readonly state: SealState;
}

export interface ReviewDocument {
  readonly title: string;
  readonly tables: ReviewTables;
  /** Null while it is not sealed: then every export says so. */
  readonly seal: DocumentSeal | null;
  /** Figures that are different as they are known now: 更正. */
  readonly corrections: readonly {
    readonly label: string;
    readonly before: string;
    readonly after: string;
    readonly reason: string;
  }[];
}

/** What stands at the head of every export. */
export function headLines({ tables: { period, scope, knownAt } }: ReviewDocument): string[] {
  return [
    `统计期间：${period.label}（${period.from} 至 ${period.to}${period.running ? '，未满' : ''}）`,
    `数据截至：${period.to}，按 ${knownAt.slice(0, 10)} 所知`,
    `口径：${scope.words}`,
  ];
}

/** The seal in words, or that there is none. */
export function sealLine({ seal }: ReviewDocument): string {
  if (!seal) return '未封存：数字可能变动，不作为正式统计结果。';
  const { seq, sealedBy, sealedAt, keyId, mac, state } = seal;
  if (state === 'altered')
    return `第 ${seq} 号封存核验不符：数据库被直接改动过，以下数字不得作为正式统计结果。`;
  return `已封存：第 ${seq} 号，${sealedBy} 于 ${sealedAt.slice(0, 10)} 封存；密钥 ${keyId}，校验码（HMAC-SHA-256）${mac}${state === 'keyless' ? '；缺少密钥，未能核验' : ''}`;
}

export interface NotedSheet extends ReviewSheet {
  /** Numbers of its footnotes, from 1 on through the whole document. */
  readonly footnotes: readonly number[];
}

/** The sheets with the footnotes that define their figures; each definition stands once. */
export function notedSheets({ tables }: ReviewDocument): { sheets: NotedSheet[]; footnotes: string[] } {
  const numbers = new Map<string, number>();
  const sheets = sheetsOf(tables).map((sheet) => ({
    ...sheet,
    footnotes: definitionsOf(sheet).map((id) => {
      if (!numbers.has(id)) numbers.set(id, numbers.size + 1);
      return numbers.get(id)!;
    }),
  }));
  return { sheets, footnotes: [...numbers.keys()].map((id) => definitionText(tables, id)) };
}
