/** 口径登记簿: definitions of indicators. Nothing is overwritten: a change ends the row and adds another. */
import type { Db } from '../db/clients.server.ts';
import type { Clock } from '../db/clock.ts';
import { AppError } from '../db/errors.ts';
import { readDefinitionRows, type DefinitionRow } from '../db/indicator-rows.server.ts';
import type { Tx } from '../db/writer.server.ts';
import { builtinIndicators } from '../pipeline/figures/builtin.ts';
import {
  definitionErrors,
  type DefinitionErrors,
  type IndicatorDefinition,
} from '../pipeline/figures/definition.ts';
import { dimensionOf, type Unit } from '../pipeline/figures/units.ts';
import { SCHEME_BY_ID } from '../rules/schemes.ts';

const BUILTIN: ReadonlyMap<string, IndicatorDefinition> = new Map(
  builtinIndicators((scheme) => SCHEME_BY_ID.get(scheme)?.short ?? scheme).map(({ definition }) => [
    definition.id,
    definition,
  ]),
);

/** Whether the program counts it itself. */
export const isBuiltin = (indicator: string): boolean => BUILTIN.has(indicator);

/** What of a built-in indicator is the park's to say; how it is counted is not. */
const OWN = ['label', 'scope', 'rounding', 'digits', 'rateDigits', 'source', 'owner'] as const;

/** The definition of an indicator in force; a built-in one as the park words it. */
export function definitionIn(tx: Tx, indicator: string): IndicatorDefinition | null {
  const kept = readDefinitionRows(tx).find(({ id }) => id === indicator);
  return kept ?? BUILTIN.get(indicator) ?? null;
}

export type KeptErrors = DefinitionErrors & { ''?: string };

/** What is wrong with a definition beside the others. */
function contextErrors(tx: Tx, given: IndicatorDefinition): KeptErrors {
  const errors: KeptErrors = {};
  const rows = readDefinitionRows(tx);
  const known = new Map<string, IndicatorDefinition>([
    ...BUILTIN,
    ...rows.map((row) => [row.id, row] as const),
  ]);
  const alike = (a: Unit, b: Unit) => dimensionOf(a) === dimensionOf(b);
  const numerator = given.numeratorId === null ? null : known.get(given.numeratorId);
  if (numerator === undefined || numerator?.nature === 'rate')
    errors.numeratorId = '分子应为登记簿中的数量指标';
  for (const id of given.denominatorIds) {
    const denominator = known.get(id);
    if (!denominator || denominator.nature === 'rate') errors.denominatorIds = '分母应为登记簿中的数量指标';
    else if (numerator && !errors.numeratorId && !alike(numerator.unit, denominator.unit)) {
      errors.denominatorIds = `分子为${numerator.unit}，分母为${denominator.unit}，单位不同，不能成比率`;
    }
  }
  for (const key of ['partOf', 'stepAfter'] as const) {
    const fault = chainError(known, given, key);
    if (fault) errors[key] = fault;
  }
  const used = tx
    .prepare<{ unit: Unit }>('SELECT DISTINCT unit FROM IndicatorValue WHERE indicator = ?')
    .all(given.id);
  if (used.some(({ unit }) => !alike(unit, given.unit))) {
    errors.unit = `已有按${used[0]!.unit}录入的数值，只能改为同类单位`;
  }
  return errors;
}

/** Wholes and earlier steps exist, count the same, and never lead back. */
function chainError(
  known: ReadonlyMap<string, IndicatorDefinition>,
  given: IndicatorDefinition,
  key: 'partOf' | 'stepAfter',
): string | null {
  const first = given[key];
  if (first === null) return null;
  const whole = known.get(first);
  if (!whole) return '登记簿中没有这项指标';
  if (dimensionOf(whole.unit) !== dimensionOf(given.unit)) return `与“${whole.label}”单位不同`;
  const seen = new Set([given.id]);
  for (let at: string | null = first; at !== null; at = known.get(at)?.[key] ?? null) {
    if (seen.has(at)) return '不能绕回自身';
    seen.add(at);
  }
  return null;
}

const FIELDS = [
  ...OWN,
  'nature',
  'unit',
  'numerator',
  'denominator',
  'numeratorId',
  'denominatorIds',
  'partOf',
  'stepAfter',
] as const satisfies readonly (keyof IndicatorDefinition)[];

const same = (a: IndicatorDefinition, b: IndicatorDefinition) =>
  FIELDS.every((key) => JSON.stringify(a[key]) === JSON.stringify(b[key]));

/** A built-in one keeps how it is counted. */
function settled(given: IndicatorDefinition): IndicatorDefinition {
  const counted = BUILTIN.get(given.id);
  if (!counted) return given;
  return { ...counted, ...Object.fromEntries(OWN.map((key) => [key, given[key]])) };
}

export interface Keeping {
  readonly actor: string;
  /** Number of the row it changes; null for one that has none yet. */
  readonly replaces: number | null;
}

const STALE = '这一口径已被他人更改或停用，请重新打开页面';

/** Takes the place of the row in force. @returns false where nothing would change */
function replaceRow(tx: Tx, given: IndicatorDefinition, { actor, replaces }: Keeping, at: string): boolean {
  const old = readDefinitionRows(tx).find(({ id }) => id === given.id);
  if ((old?.rowId ?? null) !== replaces) {
    throw new AppError('conflict', replaces === null ? '这一标识已经登记，请更换标识或更正原口径' : STALE);
  }
  if (old && same(old, given)) return false;
  if (old) endRow(tx, old, actor, at);
  return true;
}

function endRow(tx: Tx, { rowId }: DefinitionRow, actor: string, at: string): void {
  tx.prepare('UPDATE IndicatorDefinition SET endedBy = ?, endedAt = ? WHERE id = ?').run(actor, at, rowId);
}

export type DefinitionOutcome = { readonly ok: true } | { readonly ok: false; readonly errors: KeptErrors };

/**
 * Keeps a definition: a new one, or in the place of the row it replaces.
 * @throws AppError `conflict` where somebody else changed it meanwhile, or the id is taken
 */
export async function keepDefinition(
  db: Db,
  clock: Clock,
  input: IndicatorDefinition,
  keeping: Keeping,
): Promise<DefinitionOutcome> {
  const given = settled(input);
  const alone = definitionErrors(given);
  return db.write((tx): DefinitionOutcome => {
    const errors = { ...contextErrors(tx, given), ...alone };
    if (Object.keys(errors).length > 0) return { ok: false, errors };
    const at = clock.now();
    if (!replaceRow(tx, given, keeping, at)) return { ok: true };
    tx.prepare(
      `INSERT INTO IndicatorDefinition (indicator, denominatorIds, ${COLUMNS.join(', ')}, enteredBy, enteredAt)
       VALUES (?, ?, ${COLUMNS.map(() => '?').join(', ')}, ?, ?)`,
    ).run(
      given.id,
      JSON.stringify(given.denominatorIds),
      ...COLUMNS.map((key) => given[key]),
      keeping.actor,
      at,
    );
    return { ok: true };
  });
}

const COLUMNS = FIELDS.filter((key) => key !== 'denominatorIds');

/**
 * Takes a definition out of force; it stays on record, as do its values.
 * @throws AppError `conflict` where it is not in force; `refused` where others refer to it
 */
export async function endDefinition(db: Db, clock: Clock, rowId: number, actor: string): Promise<void> {
  await db.write((tx) => {
    const rows = readDefinitionRows(tx);
    const row = rows.find((each) => each.rowId === rowId);
    if (!row) throw new AppError('conflict', STALE);
    const users = isBuiltin(row.id)
      ? []
      : rows.filter((each) =>
          [each.numeratorId, each.partOf, each.stepAfter, ...each.denominatorIds].includes(row.id),
        );
    if (users.length > 0) {
      throw new AppError('refused', `“${users[0]!.label}”引用了这一口径，请先更改它`);
    }
    endRow(tx, row, actor, clock.now());
  });
}
