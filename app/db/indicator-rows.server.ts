/** Definitions, values and targets of indicators as stored. */
import type { Qualifier } from '../pipeline/figures/quantity.ts';
import type { IndicatorDefinition } from '../pipeline/figures/definition.ts';
import type { Unit } from '../pipeline/figures/units.ts';
import type { Reader } from './connection.server.ts';

export interface DefinitionRow extends IndicatorDefinition {
  /** Number of the row; the definition's own id is its indicator. */
  readonly rowId: number;
  readonly enteredBy: string;
  readonly enteredAt: string;
  readonly endedBy: string | null;
  readonly endedAt: string | null;
}

type StoredDefinition = Omit<DefinitionRow, 'id' | 'denominatorIds'> & {
  indicator: string;
  denominatorIds: string;
};

const DEFINITION = `SELECT id AS rowId, indicator, label, nature, unit, numerator, denominator, numeratorId,
    denominatorIds, scope, rounding, digits, rateDigits, source, owner, partOf, stepAfter, enteredBy, enteredAt,
    endedBy, endedAt FROM IndicatorDefinition`;

const opened = ({ indicator, denominatorIds, ...rest }: StoredDefinition): DefinitionRow => ({
  ...rest,
  id: indicator,
  denominatorIds: JSON.parse(denominatorIds) as string[],
});

/**
 * The definitions in force.
 * @param knownAt as they stood at this instant; null: now
 */
export function readDefinitionRows(reader: Reader, knownAt: string | null = null): DefinitionRow[] {
  return reader
    .prepare<StoredDefinition>(
      `${DEFINITION} WHERE (? IS NULL AND endedAt IS NULL)
         OR (enteredAt <= ? AND (endedAt IS NULL OR endedAt > ?)) ORDER BY id`,
    )
    .all(knownAt, knownAt, knownAt)
    .map(opened);
}

/** Every definition an indicator ever had, the latest first. */
export function readDefinitionHistory(reader: Reader, indicator: string): DefinitionRow[] {
  return reader
    .prepare<StoredDefinition>(`${DEFINITION} WHERE indicator = ? ORDER BY id DESC`)
    .all(indicator)
    .map(opened);
}

export const ABSENCES = ['notReported', 'notApplicable'] as const;
export type Absence = (typeof ABSENCES)[number];

export interface ValueRow {
  readonly id: number;
  readonly indicator: string;
  readonly fromOn: string;
  readonly toOn: string;
  readonly parkId: number | null;
  readonly value: string | null;
  readonly absence: Absence | null;
  readonly unit: Unit;
  readonly qualifier: Qualifier | null;
  readonly source: string;
  readonly knownAt: string;
  readonly note: string | null;
  readonly actor: string;
  readonly recordedAt: string;
}

const VALUE = `SELECT id, indicator, fromOn, toOn, parkId, value, absence, unit, qualifier, source, knownAt, note,
    actor, recordedAt FROM IndicatorValue`;

/** The values that count for a park, or the whole area (null): the latest row of an indicator and its days. */
export function readValueRows(
  reader: Reader,
  parkId: number | null,
  knownAt: string | null = null,
): ValueRow[] {
  return reader
    .prepare<ValueRow>(
      `${VALUE} WHERE id IN (SELECT max(id) FROM IndicatorValue
         WHERE parkId IS ? AND (? IS NULL OR recordedAt <= ?) GROUP BY indicator, fromOn, toOn)
       ORDER BY indicator, toOn, fromOn`,
    )
    .all(parkId, knownAt, knownAt);
}

/** Every value an indicator was ever given, of all parks, the latest first. */
export function readValueHistory(reader: Reader, indicator: string): ValueRow[] {
  return reader.prepare<ValueRow>(`${VALUE} WHERE indicator = ? ORDER BY id DESC`).all(indicator);
}

export interface TargetRow {
  readonly id: number;
  readonly indicator: string;
  readonly fromOn: string;
  readonly toOn: string;
  readonly parkId: number | null;
  readonly value: string;
  readonly unit: Unit;
  readonly name: string;
  readonly reference: string;
  readonly enteredBy: string;
  readonly enteredAt: string;
  readonly endedBy: string | null;
  readonly endedAt: string | null;
}

const TARGET = `SELECT id, indicator, fromOn, toOn, parkId, value, unit, name, reference, enteredBy, enteredAt, endedBy,
    endedAt FROM IndicatorTarget`;

/** The targets in force for a park, or the whole area (null). */
export function readTargetRows(
  reader: Reader,
  parkId: number | null,
  knownAt: string | null = null,
): TargetRow[] {
  return reader
    .prepare<TargetRow>(
      `${TARGET} WHERE parkId IS ? AND ((? IS NULL AND endedAt IS NULL)
         OR (enteredAt <= ? AND (endedAt IS NULL OR endedAt > ?))) ORDER BY toOn, id`,
    )
    .all(parkId, knownAt, knownAt, knownAt);
}

/** Every target an indicator ever had, the latest first. */
export function readTargetHistory(reader: Reader, indicator: string): TargetRow[] {
  return reader.prepare<TargetRow>(`${TARGET} WHERE indicator = ? ORDER BY id DESC`).all(indicator);
}
