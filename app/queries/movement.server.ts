/** The movement table (梯队变动表) of a period, and the list behind each of its cells. */
import { KNOWN_SCHEMES } from '../../machines/enterprise.ts';
import { HEADLINE_TIERS } from '../../machines/states.ts';
import { knowledgeInstant } from '../pipeline/log.ts';
import {
  columnsOf,
  movementFrom,
  movementTable,
  staysIn,
  type MovementColumn,
  type MovementRow,
  type Stay,
} from '../pipeline/movement.ts';
import { addDays } from '../rules/day.ts';
import { SCHEME_BY_ID } from '../rules/schemes.ts';
import { readStays, stockOn } from './spans.server.ts';
import { all, among, type Clause, type Reading } from './sql.server.ts';

export { MOVEMENT_COLUMNS } from '../pipeline/movement.ts';

export interface MovementInput {
  /** First and last day of the period. */
  readonly from: string;
  readonly to: string;
  readonly knownAt?: string | null;
  readonly parkIds?: readonly number[] | null;
  /** Only enterprises `e` of which this holds; for what is known now. */
  readonly only?: Clause | null;
}

export type LabelledRow = MovementRow & { readonly label: string };

export interface Movement {
  readonly from: string;
  readonly to: string;
  readonly knownAt: string | null;
  /** 就高: headline tiers from the lowest up, transfers between them apart. */
  readonly headline: readonly LabelledRow[];
  /** 累计: each scheme by itself. */
  readonly schemes: readonly LabelledRow[];
  readonly counting: string;
}

const COUNTING =
  '单位为家。期初为期间首日前一日日终，期末为期间末日日终；到期自有效期截止次日起计；期满前复核通过或重新认定、称号未中断的不计变动；撤销含放弃、出库；就高表中高层级称号失效而回落的，高层级计其失效原因，低层级计入晋级转入';

function* stays(
  db: Reading,
  input: MovementInput,
  lane: 'held' | 'headline',
  changesOnly = false,
): Generator<Stay> {
  const parks = input.parkIds ? new Set(input.parkIds) : null;
  const knownAt = input.knownAt ? knowledgeInstant(input.knownAt, 'through') : null;
  for (const found of readStays(db, {
    lanes: [lane],
    from: input.from,
    to: input.to,
    knownAt,
    changesOnly,
    only: input.only,
  })) {
    yield* staysIn(found.enterpriseId, found.span, found.parks, parks);
  }
}

/** One table: from the roll-up and the changes of the period, or, as known then, from every stay. */
function table(
  db: Reading,
  input: MovementInput,
  lane: 'held' | 'headline',
  order: readonly string[],
): MovementRow[] {
  const { from, to } = input;
  if (input.knownAt) return movementTable(stays(db, input, lane), from, to, order);
  const stock = stockOn(db, addDays(from, -1), input.parkIds ?? null, [lane]);
  const openings = new Map(stock.map((row) => [lane === 'held' ? row.scheme : row.state, row.count]));
  return movementFrom(openings, stays(db, input, lane, true), from, to, order);
}

const labelOf = (row: string): string => SCHEME_BY_ID.get(row)?.short ?? row;

const labelled = (row: MovementRow): LabelledRow => ({ ...row, label: labelOf(row.row) });

/** The tables of a period, both days included. */
export function readMovement(db: Reading, input: MovementInput): Movement {
  const { from, to } = input;
  const tiers = [...HEADLINE_TIERS].reverse();
  const schemes = table(db, input, 'held', KNOWN_SCHEMES);
  return {
    from,
    to,
    knownAt: input.knownAt ? knowledgeInstant(input.knownAt, 'through') : null,
    headline: table(db, input, 'headline', tiers).map(labelled),
    schemes: schemes
      .filter((row) => row.opening + row.closing + row.newly + row.renewed + row.movedIn > 0)
      .map(labelled),
    counting: COUNTING,
  };
}

export interface CellInput extends MovementInput {
  readonly table: 'headline' | 'schemes';
  /** Scheme, or headline tier; null for every row, as in the totals. */
  readonly row: string | null;
  readonly column: MovementColumn;
}

export interface CellEntry {
  readonly enterpriseId: number;
  readonly uscc: string;
  readonly name: string;
  /** Scheme, or headline tier. */
  readonly row: string;
  readonly label: string;
  /** First day of the stay, and the first day after it. */
  readonly fromOn: string;
  readonly toOn: string | null;
}

/** The enterprises that a cell counts, one entry a count. */
export function movementCell(db: Reading, input: CellInput): CellEntry[] {
  const lane = input.table === 'headline' ? 'headline' : 'held';
  const found = [...stays(db, input, lane)].filter(
    (stay) =>
      (input.row === null || stay.row === input.row) &&
      columnsOf(stay, input.from, input.to).includes(input.column),
  );
  const ids = among('id', [...new Set(found.map((stay) => stay.enterpriseId))]);
  const names = new Map(
    all<{ id: number; uscc: string; name: string }>(
      db,
      `SELECT id, uscc, name FROM Enterprise WHERE ${ids.sql}`,
      ...ids.params,
    ).map((row) => [row.id, row]),
  );
  return found
    .map(({ enterpriseId, row, fromOn, toOn }) => {
      const { uscc = '', name = '' } = names.get(enterpriseId) ?? {};
      return { enterpriseId, uscc, name, row, label: labelOf(row), fromOn, toOn };
    })
    .sort((a, b) => (a.fromOn < b.fromOn ? -1 : a.fromOn > b.fromOn ? 1 : a.enterpriseId - b.enterpriseId));
}
