/**
 * The movement table (梯队变动表): stock at the beginning, what came, what went, stock at the end. Every stay in
 * stock that touches the period contributes to exactly one cell on each side, so the table balances by construction.
 */
import { OUTSIDE, type ProjectedSpan } from './projection.ts';

/** A stay in the stock counted `[fromOn, toOn)`, within the parks looked at. */
export interface Stay {
  readonly enterpriseId: number;
  /** Row of the table: a scheme, or a headline tier. */
  readonly row: string;
  readonly fromOn: string;
  readonly toOn: string | null;
  readonly began: string;
  readonly ended: string | null;
}

export const IN_COLUMNS = ['newly', 'renewed', 'movedIn', 'transferIn'] as const;
export const OUT_COLUMNS = ['expired', 'revoked', 'deregistered', 'movedOut', 'transferOut'] as const;
export type MovementColumn =
  'opening' | (typeof IN_COLUMNS)[number] | (typeof OUT_COLUMNS)[number] | 'closing';

/** Columns in the order of the printed table. `transfer…` stand in the headline table alone. */
export const MOVEMENT_COLUMNS: readonly {
  readonly id: MovementColumn;
  readonly label: string;
  readonly sign: 1 | -1 | 0;
}[] = [
  { id: 'opening', label: '期初', sign: 0 },
  { id: 'newly', label: '新认定', sign: 1 },
  { id: 'renewed', label: '重新认定', sign: 1 },
  { id: 'movedIn', label: '迁入', sign: 1 },
  { id: 'transferIn', label: '晋级转入', sign: 1 },
  { id: 'expired', label: '到期', sign: -1 },
  { id: 'revoked', label: '撤销', sign: -1 },
  { id: 'deregistered', label: '注销', sign: -1 },
  { id: 'movedOut', label: '迁出', sign: -1 },
  { id: 'transferOut', label: '晋级转出', sign: -1 },
  { id: 'closing', label: '期末', sign: 0 },
];

const IN_BY_BEGAN: Readonly<Record<string, MovementColumn>> = {
  first: 'newly',
  again: 'renewed',
  movedIn: 'movedIn',
  transfer: 'transferIn',
  // The higher title ended and the lower one counts again: the higher row shows the end, this one the return.
  fallback: 'transferIn',
};
const OUT_BY_ENDED: Readonly<Record<string, MovementColumn>> = {
  expire: 'expired',
  deregistered: 'deregistered',
  movedOut: 'movedOut',
  transfer: 'transferOut',
};

/** Column of a beginning; whatever is not known otherwise is a recognition. */
export const inColumn = (began: string): MovementColumn => IN_BY_BEGAN[began] ?? 'newly';
/** Column of an end: revocation takes in what was given up, 出库 and 晋级 of a library. */
export const outColumn = (ended: string | null): MovementColumn => OUT_BY_ENDED[ended ?? ''] ?? 'revoked';

export type MovementRow = { readonly row: string } & Record<MovementColumn, number>;

/** Columns that a stay counts in for the period `[from, to]`; none where it does not touch it. */
export function columnsOf(stay: Stay, from: string, to: string): MovementColumn[] {
  const columns: MovementColumn[] = [];
  const lasts = stay.toOn === null || stay.toOn > to;
  if (stay.fromOn > to || (stay.toOn !== null && stay.toOn < from)) return columns;
  columns.push(stay.fromOn < from ? 'opening' : inColumn(stay.began));
  columns.push(lasts ? 'closing' : outColumn(stay.ended));
  return columns;
}

export function emptyRow(row: string): MovementRow {
  return {
    row,
    opening: 0,
    newly: 0,
    renewed: 0,
    movedIn: 0,
    transferIn: 0,
    expired: 0,
    revoked: 0,
    deregistered: 0,
    movedOut: 0,
    transferOut: 0,
    closing: 0,
  };
}

/** What came less what went: closing minus opening, for a check. */
export function netOf(row: MovementRow): number {
  const sum = (columns: readonly MovementColumn[]) =>
    columns.reduce((total, column) => total + row[column], 0);
  return sum(IN_COLUMNS) - sum(OUT_COLUMNS);
}

/** Rows less what is no longer to be counted and with what is to be counted instead, cell by cell. */
export function correctedRows(
  rows: readonly MovementRow[],
  less: readonly MovementRow[],
  more: readonly MovementRow[],
): MovementRow[] {
  const table = new Map(rows.map((row) => [row.row, { ...row }]));
  for (const [sign, changes] of [
    [-1, less],
    [1, more],
  ] as const) {
    for (const change of changes) {
      const row = table.get(change.row) ?? { ...emptyRow(change.row) };
      for (const { id } of MOVEMENT_COLUMNS) row[id] += sign * change[id];
      table.set(change.row, row);
    }
  }
  return [...table.values()];
}

/** The table of a period, both days included; rows in the order given, further ones as they come. */
export function movementTable(
  stays: Iterable<Stay>,
  from: string,
  to: string,
  order: readonly string[] = [],
): MovementRow[] {
  const table = new Map<string, Record<MovementColumn, number> & { row: string }>();
  for (const row of order) table.set(row, { ...emptyRow(row) });
  for (const stay of stays) {
    const columns = columnsOf(stay, from, to);
    if (columns.length === 0) continue;
    let row = table.get(stay.row);
    if (!row) table.set(stay.row, (row = { ...emptyRow(stay.row) }));
    for (const column of columns) row[column] += 1;
  }
  return [...table.values()];
}

/**
 * The part of a span that lies in the parks looked at. Where the enterprise came or left while the stay lasted, the
 * stay begins or ends by a move.
 * @param memberships where it belonged, in order and without gaps
 * @param parks ids looked at; null: all, and a move between them is none
 */
export function staysIn(
  enterpriseId: number,
  span: ProjectedSpan,
  memberships: readonly { park: number; from: string; to: string | null }[],
  parks: ReadonlySet<number> | null,
): Stay[] {
  const row = span.lane === 'headline' ? span.state : span.scheme;
  const began = span.began ?? 'first';
  const whole: Stay = { enterpriseId, row, fromOn: span.fromOn, toOn: span.toOn, began, ended: span.ended };
  if (span.toOn !== null && span.toOn <= span.fromOn) return [];
  const stays: { -readonly [K in keyof Stay]: Stay[K] }[] = [];
  for (const { park, from, to } of memberships) {
    const counts = parks ? parks.has(park) : park !== OUTSIDE;
    if (!counts) continue;
    const start = span.fromOn > from ? span.fromOn : from;
    const end = span.toOn === null ? to : to === null || span.toOn <= to ? span.toOn : to;
    if (end !== null && start >= end) continue;
    const last = stays.at(-1);
    if (last && last.toOn === start && last.ended === 'movedOut') {
      last.toOn = end;
      last.ended = end === span.toOn ? span.ended : 'movedOut';
      continue;
    }
    stays.push({
      ...whole,
      fromOn: start,
      toOn: end,
      began: start === span.fromOn ? began : 'movedIn',
      ended: end === span.toOn ? span.ended : 'movedOut',
    });
  }
  return stays;
}
