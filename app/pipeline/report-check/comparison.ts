/** A figure of a text beside the register's own. Pure. */

export interface Comparison {
  /** The clause as it stands in the text, and where its figure begins. */
  readonly quote: string;
  readonly figure: { readonly text: string; readonly offset: number };
  readonly label: string;
  /** The days that were looked at; '' where none were. */
  readonly days: string;
  readonly result: 'same' | 'different' | 'left';
  readonly resultWords: string;
  /** What the register has, or why it was not asked. */
  readonly words: string;
  readonly link: string | null;
}

/** Words of the results. */
export const RESULT_WORDS = { same: '一致', different: '不同', left: '未比较' } as const;

/** 一致 3 个、不同 1 个、未比较 2 个. */
export const comparisonNote = (compared: readonly Comparison[]): string =>
  compared.length === 0
    ? '没有可比较的数'
    : (['same', 'different', 'left'] as const)
        .map((result) => {
          const count = compared.filter((each) => each.result === result).length;
          return `${RESULT_WORDS[result]} ${count} 个`;
        })
        .join('、');
