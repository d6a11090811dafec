/** What operators have entered, and what still waits for it. */
import { readerOf } from '../db/fact-rows.server.ts';
import { readOperatorHistory, readOperatorRows, type OperatorRow } from '../db/operator-rows.server.ts';
import type { Day } from '../rules/day.ts';
import { entrySuffix, entryWords } from '../rules/entry.ts';
import {
  OPERATOR_PARAMS,
  operatorKey,
  operatorValuesFrom,
  rateKey,
  type OperatorValues,
} from '../rules/operator.ts';
import { RULE_BY_ID } from '../rules/registry.ts';
import { citationText } from '../rules/source.ts';
import { all, type Reading } from './sql.server.ts';

/** What rules judge with on a day; undefined where nothing was entered. */
export const operatorValuesOn = (db: Reading, day: Day): OperatorValues | undefined =>
  operatorValuesFrom(readOperatorRows(readerOf(db.raw), day));

export interface EnteredValue {
  readonly id: number;
  readonly key: string;
  readonly label: string;
  /** As people write it: 5,000 万元, 3 %. */
  readonly shown: string;
  readonly fromDay: string;
  readonly reference: string;
  readonly enteredBy: string;
  readonly enteredAt: string;
}

export interface OperatorLine {
  readonly key: string;
  readonly label: string;
  /** 万元, %, 项; 元 / 美元 for a rate. */
  readonly suffix: string;
  readonly rules: readonly { readonly id: string; readonly label: string }[];
  /** Where the text leaves it open. */
  readonly article: string | null;
  readonly entered: EnteredValue | null;
}

const RATE_SUFFIX = '元 / 美元';

function describe(row: OperatorRow): EnteredValue {
  const known = operatorKey(row.key);
  const { id, key, fromDay, reference, enteredBy, enteredAt } = row;
  return {
    id,
    key,
    label: known?.label ?? key,
    shown: known?.unit ? entryWords(Number(row.value), known.unit) : `${row.value} ${RATE_SUFFIX}`,
    fromDay,
    reference,
    enteredBy,
    enteredAt,
  };
}

/** Entries that count on a day, by key. */
export const enteredOn = (db: Reading, day: Day): ReadonlyMap<string, EnteredValue> =>
  new Map(readOperatorRows(readerOf(db.raw), day).map((row) => [row.key, describe(row)]));

/** Years in which somebody closed a round of financing: those whose rates a verdict may need. */
function financingYears(db: Reading): number[] {
  return all<{ year: string }>(
    db,
    `SELECT DISTINCT substr(closedOn, 1, 4) AS year FROM Financing WHERE closedOn IS NOT NULL ORDER BY year DESC`,
  )
    .map(({ year }) => Number(year))
    .filter((year) => operatorKey(rateKey(year)) !== null);
}

/** Everything an operator may enter, with what stands on a day; and every entry ever made. */
export function operatorPage(db: Reading, on: Day) {
  const entered = enteredOn(db, on);
  const params = OPERATOR_PARAMS.map(({ param, rules }): OperatorLine => ({
    key: param.id,
    label: param.label,
    suffix: entrySuffix(param.unit),
    rules: rules.map((id) => ({ id, label: RULE_BY_ID.get(id)!.label })),
    article: citationText(param.citation),
    entered: entered.get(param.id) ?? null,
  }));
  const rates = financingYears(db).map((year): OperatorLine => {
    const key = rateKey(year);
    return {
      key,
      label: operatorKey(key)!.label,
      suffix: RATE_SUFFIX,
      rules: [],
      article: null,
      entered: entered.get(key) ?? null,
    };
  });
  return { params, rates, history: readOperatorHistory(readerOf(db.raw)).map(describe) };
}
export type OperatorPage = ReturnType<typeof operatorPage>;
