/** Figures of a text that are values of entered indicators, by the very label of the register. Pure. */
import type { Day } from '../../rules/day.ts';
import type { IndicatorDefinition } from '../figures/definition.ts';
import type { DaySpan } from '../figures/span.ts';
import type { Unit } from '../figures/units.ts';
import { mainYear, PLANNED, spanOf } from './claims.ts';
import type { Figure, Sentence } from './sentences.ts';
import { counted, wordsOf } from './subject.ts';

export interface EnteredClaim {
  readonly figure: Figure;
  readonly definition: IndicatorDefinition;
  readonly span: DaySpan;
  /** The unit in which the text's value is counted. */
  readonly unit: Unit;
}

/** What one of the checker's units is among those of the register. */
const UNITS: Readonly<Record<string, readonly Unit[]>> = {
  元: ['元', '万元', '亿元'],
  家: ['家', '户'],
  家次: ['家次'],
  人: ['人', '万人', '名'],
  人次: ['人次'],
  项: ['项', '件', '个'],
  款: ['款'],
  次: ['次'],
  条: ['条'],
  场: ['场'],
  平方米: ['平方米', '万平方米'],
  平方公里: ['平方公里'],
};

/**
 * Values that a text states of entered indicators.
 * @param definitions those of entered stocks and flows
 * @param asOf later days are not looked at
 */
export function enteredClaims(
  sentences: readonly Sentence[],
  definitions: readonly IndicatorDefinition[],
  asOf: Day,
): EnteredClaim[] {
  const year = mainYear(sentences, asOf);
  const claimOf = (figure: Figure, { dates, text, start, year: own }: Sentence): EnteredClaim | null => {
    if (figure.kind !== 'level' || figure.role !== 'amount' || figure.prior) return null;
    const clause = /[^，；]*$/.exec(text.slice(0, figure.start - start))![0];
    const units = UNITS[figure.unit];
    const words = counted(wordsOf(figure));
    const definition = definitions.find(
      ({ label, unit }) => units?.includes(unit) && words !== '' && counted(label) === words,
    );
    const span = definition && !PLANNED.test(clause) && spanOf(figure, dates, own ?? year, asOf);
    return span ? { figure, definition, span, unit: units![0]! } : null;
  };
  return sentences.flatMap((sentence) =>
    sentence.figures.map((figure) => claimOf(figure, sentence)).filter((claim) => claim !== null),
  );
}
