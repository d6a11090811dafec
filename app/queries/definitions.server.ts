/** 口径登记簿 as pages show it. */
import { readerOf } from '../db/fact-rows.server.ts';
import { readDefinitionHistory, readTargetHistory } from '../db/indicator-rows.server.ts';
import { NATURE_LABELS, NATURES } from '../pipeline/figures/definition.ts';
import { ROUNDING_LABELS, ROUNDINGS } from '../pipeline/figures/exact.ts';
import { dimensionOf, UNIT_NAMES, type Unit } from '../pipeline/figures/units.ts';
import { definitionsOf, isBuiltin, parkIdOf } from './figures.server.ts';
import { parkTree, type Scope } from './scope.server.ts';
import type { Reading } from './sql.server.ts';

/** One indicator's definition and all it ever was. */
export function definitionPage(db: Reading, indicator: string) {
  const definitions = definitionsOf(db);
  const history = readDefinitionHistory(readerOf(db.raw), indicator);
  const definition = definitions.get(indicator) ?? history[0];
  if (!definition) return null;
  const label = (id: string) => ({ id, label: definitions.get(id)?.label ?? id });
  return {
    definition,
    builtin: isBuiltin(indicator),
    inForce: definitions.has(indicator),
    /** Number of the row in force, for a change; null where the program's own words stand. */
    rowId: history.find((row) => row.endedAt === null)?.rowId ?? null,
    numerators: definition.numeratorId ? [label(definition.numeratorId)] : [],
    denominators: definition.denominatorIds.map(label),
    partOf: definition.partOf && label(definition.partOf),
    stepAfter: definition.stepAfter && label(definition.stepAfter),
    history: history.map((row) => ({ ...row, denominatorIds: [...row.denominatorIds] })),
  };
}
export type DefinitionPage = NonNullable<ReturnType<typeof definitionPage>>;

/** The register: definitions in force, those entered first, as far as the address asks for them. */
export function definitionList(db: Reading, query: URLSearchParams) {
  const [text, nature, kind] = ['q', 'nature', 'kind'].map((key) => query.get(key)?.trim() ?? '');
  return [...definitionsOf(db).values()]
    .map((definition) => ({ ...definition, builtin: isBuiltin(definition.id) }))
    .filter(
      (each) =>
        (!text || `${each.label}${each.numerator}${each.id}`.includes(text)) &&
        (!nature || each.nature === nature) &&
        (!kind || each.builtin === (kind === 'builtin')),
    )
    .sort((a, b) => Number(a.builtin) - Number(b.builtin));
}
export type DefinitionLine = ReturnType<typeof definitionList>[number];

/** What may be chosen in the form of a definition: quantities, by label. */
export const indicatorOptions = (db: Reading) =>
  [...definitionsOf(db).values()]
    .filter(({ nature }) => nature !== 'rate')
    .map(({ id, label, unit }) => ({ value: id, label: `${label}（${unit}）` }));

const named = <K extends string>(ids: readonly K[], labels: Readonly<Record<K, string>>) =>
  ids.map((value) => ({ value: value as string, label: labels[value] }));

/** Fixed choices of the form of a definition. */
export const definitionChoices = {
  natures: named(NATURES, NATURE_LABELS),
  roundings: named(ROUNDINGS, ROUNDING_LABELS),
  units: UNIT_NAMES.map((unit) => ({ value: unit as string, label: unit as string })),
};
export type DefinitionChoices = typeof definitionChoices;

/** Units that a value of this unit may be stated in. */
const unitsLike = (unit: Unit) =>
  UNIT_NAMES.filter((each) => dimensionOf(each) === dimensionOf(unit)).map((each) => ({
    value: each as string,
    label: each as string,
  }));

/** All parks as choices, those below others set in. */
const parkChoices = (db: Reading) =>
  parkTree(db).map(({ id, name, depth }) => ({ value: String(id), label: '　'.repeat(depth) + name }));

/** What the forms of a value and of a target need to know of an indicator; null where there is none such. */
export function entryForm(db: Reading, scope: Scope, indicator: string) {
  const definition = definitionsOf(db).get(indicator);
  if (!definition) return null;
  const { id, label, nature, unit, source } = definition;
  const parkId = parkIdOf(db, scope.park);
  return {
    id,
    label,
    stock: nature === 'stock',
    /** Values are entered by hand: neither counted nor a rate. */
    entered: !isBuiltin(id) && nature !== 'rate',
    units: unitsLike(unit),
    parks: parkChoices(db),
    fresh: { unit: unit as string, source, parkId: parkId === null ? '' : String(parkId) },
  };
}

/** A definition as the fields of its form. */
export function definitionFields(page: DefinitionPage): Record<string, string> {
  const { definition, rowId } = page;
  const [first = '', second = ''] = definition.denominatorIds;
  return {
    ...Object.fromEntries(
      FORM_FIELDS.map((key) => [key, definition[key] === null ? '' : String(definition[key])]),
    ),
    denominatorIds: first,
    secondDenominator: second,
    rowId: rowId === null ? '' : String(rowId),
  };
}

const FORM_FIELDS = [
  'label',
  'nature',
  'unit',
  'numerator',
  'denominator',
  'numeratorId',
  'scope',
  'rounding',
  'digits',
  'rateDigits',
  'source',
  'owner',
  'partOf',
  'stepAfter',
] as const;

/** A target in force as the fields of its form; null where there is none such. */
export function targetFields(db: Reading, indicator: string, id: number): Record<string, string> | null {
  const row = readTargetHistory(readerOf(db.raw), indicator).find((each) => each.id === id);
  if (!row || row.endedAt !== null) return null;
  const { fromOn, toOn, parkId, value, unit, name, reference } = row;
  const park = parkId === null ? '' : String(parkId);
  return { fromOn, toOn, parkId: park, value, unit, name, reference, targetId: String(id) };
}
