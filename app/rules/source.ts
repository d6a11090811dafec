/** Where a number comes from: legal texts, citations and dated parameters. Nothing here may be invented. */
import type { Day } from './day.ts';
import { rational, type Rational } from './engine/exact.ts';

/** Said instead of a fact about a text that was not seen; shown as 待核实. */
export interface NotSeen {
  readonly notSeen: string;
}
export type Seen<T> = T | NotSeen;

/** How sure we are of the text: S read in a source; M-h, M-m, M-l known with high, medium, low confidence. */
export type Mark = 'S' | 'M-h' | 'M-m' | 'M-l';

export interface LegalText {
  readonly id: string;
  readonly docNo: Seen<string>;
  readonly title: string;
  readonly issuer: string;
  readonly url: Seen<string>;
  readonly effectiveFrom: Seen<Day>;
  /** Last day in force, null while it lasts. */
  readonly effectiveTo: Day | null;
  /** The day on which we last looked whether it still stands. */
  readonly checkedOn: Day;
}

export interface Citation {
  readonly text: LegalText;
  readonly article: Seen<string>;
  readonly mark: Mark;
}

/** What a value or threshold is measured in; `years` and `days` are whole numbers. */
export type Unit =
  'CNY' | 'USD' | 'ratio' | 'persons' | 'points' | 'years' | 'days' | 'count' | 'rank' | 'level' | 'boolean';

/** A number of a rule: a threshold, a number of points, a period. */
export interface Param {
  readonly id: string;
  readonly label: string;
  readonly unit: Unit;
  /** Null: the place decides or we have not seen it; an operator enters it under `id`. */
  readonly value: Rational | null;
  readonly from: Seen<Day>;
  readonly citation: Citation;
}

export function isNotSeen(value: unknown): value is NotSeen {
  return typeof value === 'object' && value !== null && 'notSeen' in value;
}

/** A citation of one article of a text. */
export function cite(text: LegalText, article: Seen<string>, mark: Mark = 'S'): Citation {
  return { text, article, mark };
}

/**
 * A dated parameter. `value` is a decimal text in the unit (元 for CNY, '0.05' for 5 %), or null where an operator
 * must enter it. `from` defaults to the day from which the cited text applies.
 */
export function param(
  id: string,
  label: string,
  unit: Unit,
  value: string | null,
  citation: Citation,
  from?: Day,
): Param {
  return {
    id,
    label,
    unit,
    value: value === null ? null : rational(value),
    from: from ?? citation.text.effectiveFrom,
    citation,
  };
}

/** A citation in one line, e.g. 国科发火〔2016〕32号 第十一条（五）. */
export function citationText(citation: Citation): string {
  const { text, article } = citation;
  const name = isNotSeen(text.docNo) ? `《${text.title}》` : text.docNo;
  return isNotSeen(article) ? `${name}（条款待核实）` : `${name} ${article}`;
}
