/** The movement table for a page: its period, its totals, and the address behind each cell. */
import { emptyRow, netOf } from '../pipeline/movement.ts';
import { isDay, quarterBounds, quarterOf, yearOf, type Day } from '../rules/day.ts';
import {
  MOVEMENT_COLUMNS,
  movementCell,
  readMovement,
  type CellInput,
  type LabelledRow,
  type MovementInput,
} from './movement.server.ts';
import { schemeLabel } from './schemes.server.ts';
import type { Scope } from './scope.server.ts';
import type { Reading } from './sql.server.ts';

type Column = (typeof MOVEMENT_COLUMNS)[number];
const TRANSFERS = ['transferIn', 'transferOut'];

export interface Period {
  readonly from: Day;
  readonly to: Day;
  /** A day through whose end things were known; null: all that is known now. */
  readonly knownAt: Day | null;
}

/** Reads `from`, `to` and `knownAt` from an address; without them the quarter of the day looked at, up to it. */
export function readPeriod(query: URLSearchParams, asOf: Day): Period {
  const [from, to, knownAt] = ['from', 'to', 'knownAt'].map((key) => query.get(key));
  const given = isDay(from) && isDay(to) && from <= to;
  return {
    from: given ? from : quarterBounds(quarterOf(asOf)).from,
    to: given ? to : asOf,
    knownAt: isDay(knownAt) ? knownAt : null,
  };
}

const quarterLabel = (quarter: string) =>
  `${quarter.slice(0, 4)}年${'一二三四'[Number(quarter.slice(5)) - 1]}季度`;

/** Periods one click away: the last quarters and years, those under way only up to the day looked at. */
export function periodChoices(asOf: Day): { label: string; from: Day; to: Day }[] {
  const until = (to: Day) => (to < asOf ? to : asOf);
  const quarters: { label: string; from: Day; to: Day }[] = [];
  for (let day = asOf, i = 0; i < 5; i += 1) {
    const { from, to } = quarterBounds(quarterOf(day));
    quarters.push({ label: quarterLabel(quarterOf(day)), from, to: until(to) });
    day = quarterBefore(from);
  }
  const year = yearOf(asOf);
  const years = [year, year - 1, year - 2].map((each) => ({
    label: each === year ? `${each}年至今` : `${each}年`,
    from: `${each}-01-01`,
    to: until(`${each}-12-31`),
  }));
  return [...quarters, ...years];
}

/** Some day of the quarter before that beginning on `from`. */
function quarterBefore(from: Day): Day {
  const month = Number(from.slice(5, 7));
  return month === 1
    ? `${yearOf(from) - 1}-10-01`
    : `${from.slice(0, 5)}${String(month - 3).padStart(2, '0')}-01`;
}

/** Columns of one of the two tables; transfers stand in the headline table alone. */
export const columnsOfTable = (table: CellInput['table']): readonly Column[] =>
  MOVEMENT_COLUMNS.filter(({ id }) => table === 'headline' || !TRANSFERS.includes(id));

function totalOf(rows: readonly LabelledRow[]): LabelledRow {
  const total: LabelledRow = { ...emptyRow(''), label: '合计' };
  const sums: Record<string, number | string> = total;
  for (const row of rows) for (const { id } of MOVEMENT_COLUMNS) sums[id] = Number(sums[id]) + row[id];
  return total;
}

const movementInput = (scope: Scope, period: Period): MovementInput => ({
  ...period,
  parkIds: scope.parkIds,
});

export function movementPage(db: Reading, scope: Scope, period: Period) {
  const movement = readMovement(db, movementInput(scope, period));
  const tables = (['headline', 'schemes'] as const).map((table) => {
    const rows = movement[table];
    const total = totalOf(rows);
    return {
      table,
      columns: columnsOfTable(table),
      rows,
      total,
      /** Whether every row and the total meet their closing figure. */
      balances: [...rows, total].every((row) => row.opening + netOf(row) === row.closing),
    };
  });
  return { ...period, counting: movement.counting, tables };
}
export type MovementPage = ReturnType<typeof movementPage>;
export type MovementTable = MovementPage['tables'][number];

/** Reads which cell an address means; null where there is no such. */
export function readCell(query: URLSearchParams): Pick<CellInput, 'table' | 'row' | 'column'> | null {
  const table = query.get('table');
  if (table !== 'headline' && table !== 'schemes') return null;
  const column = columnsOfTable(table).find(({ id }) => id === query.get('column'));
  return column ? { table, row: query.get('row') || null, column: column.id } : null;
}

/** The enterprises of a cell, with its name. */
export function movementCellPage(
  db: Reading,
  scope: Scope,
  period: Period,
  cell: Pick<CellInput, 'table' | 'row' | 'column'>,
) {
  const entries = movementCell(db, { ...movementInput(scope, period), ...cell });
  const column = MOVEMENT_COLUMNS.find(({ id }) => id === cell.column)!;
  const table = cell.table === 'headline' ? '就高' : '累计';
  const row = cell.row === null ? '合计' : schemeLabel(cell.row);
  return {
    ...period,
    ...cell,
    entries,
    total: entries.length,
    title: `${row}：${column.label}`,
    tableLabel: table,
  };
}
export type MovementCellPage = ReturnType<typeof movementCellPage>;
