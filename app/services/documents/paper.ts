/** A printed paper as plain data: what the page shows and what Word writes. Types alone; nothing here runs. */

export interface PaperCell {
  readonly text: string;
  /** Columns it takes; one where absent. */
  readonly span?: number;
  readonly bold?: boolean;
  readonly align?: 'left' | 'center' | 'right';
  /** Lines to leave free below, for writing by hand. */
  readonly room?: number;
}

export type PaperBlock =
  /** 一、 for level 1, （一） for level 2, 1. for level 3; the numbers stand in the text. */
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly text: string }
  | { readonly kind: 'text'; readonly text: string; readonly align?: 'left' | 'center' | 'right' }
  | {
      readonly kind: 'table';
      readonly caption: string;
      /** Parts of the width in per cent, one a column. */
      readonly widths: readonly number[];
      /** Repeated on every page; none where absent. */
      readonly head?: readonly string[];
      readonly rows: readonly (readonly (string | PaperCell)[])[];
    }
  /** Small print: sources, how it counts. */
  | { readonly kind: 'note'; readonly text: string };

export interface Paper {
  readonly title: string;
  readonly blocks: readonly PaperBlock[];
}

export interface PaperLook {
  /** Across; upright where absent. */
  readonly landscape?: boolean;
  /** Small letters throughout, for forms that must fit a page. */
  readonly compact?: boolean;
}
