/** Rows of one file that contradict each other: which one is right is for a person to say. */
import type { ImportKind } from './headers.ts';
import type { RowResult, Statement } from './rows.ts';
import { nameKey } from '../../rules/facts/name.ts';

/** Hands a row on, or refuses it when an earlier row of the file says otherwise. */
export type RepeatCheck = (line: number, result: RowResult) => RowResult;

interface Seen {
  readonly line: number;
  /** What was said, as JSON: small beside the row itself, and seldom needed again. */
  readonly said: string;
}

/**
 * Watches the rows of one import. Of enterprises, one code may have one name only; of figures, one enterprise and
 * year one value each. Without this the last row would win silently, and the same file read twice would not rest.
 */
export function createRepeatCheck(kind: ImportKind): RepeatCheck {
  const seen = new Map<string, Seen>();
  if (kind === 'enterprises') return (line, result) => checkName(seen, line, result);
  if (kind === 'figures') return (line, result) => checkFigures(seen, line, result);
  return (_line, result) => result;
}

function checkName(seen: Map<string, Seen>, line: number, result: RowResult): RowResult {
  if (result.kind !== 'statement') return result;
  const { uscc, name } = result.statement.key;
  if (uscc === undefined || name === undefined) return result;
  const first = seen.get(uscc);
  if (!first) seen.set(uscc, { line, said: name });
  else if (nameKey(first.said) !== nameKey(name))
    return refuse(`第 ${first.line} 行是同一代码，名称却是“${first.said}”，请核对后只留正确的一行`);
  return result;
}

function checkFigures(seen: Map<string, Seen>, line: number, result: RowResult): RowResult {
  if (result.kind !== 'statement') return result;
  const { statement } = result;
  const who = statement.key.uscc ?? statement.key.stockCode ?? nameKey(statement.key.name ?? '');
  for (const change of statement.changes) {
    if (change.kind !== 'figures') continue;
    const said = JSON.stringify(change.values);
    // Two sources may well differ; each keeps what it said.
    const key = `${who}|${change.year}|${statement.source ?? ''}|${statement.knownAt ?? ''}`;
    const first = seen.get(key);
    if (!first) seen.set(key, { line, said });
    else if (first.said !== said && contradicts(first.said, said))
      return refuse(
        `与第 ${first.line} 行是同一企业同一年度（${change.year}）而数值不同，请核对后只留正确的一行`,
      );
  }
  return result;
}

type Values = Record<string, unknown>;

/** True when both say something of one figure, and not the same. */
function contradicts(one: string, other: string): boolean {
  const [a, b] = [JSON.parse(one) as Values, JSON.parse(other) as Values];
  return Object.entries(a).some(
    ([key, value]) => key in b && JSON.stringify(b[key]) !== JSON.stringify(value),
  );
}

const refuse = (reason: string): RowResult => ({ kind: 'rejected', reason });

/** Codes to which some row of a batch gives a name. */
export const codesNamed = (statements: readonly Statement[]): ReadonlySet<string> =>
  new Set(statements.flatMap(({ key }) => (key.uscc && key.name ? [key.uscc] : [])));
