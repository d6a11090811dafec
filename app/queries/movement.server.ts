/** The movement table (梯队变动表) of a period, and the list behind each of its cells. */
import { KNOWN_SCHEMES } from '../../machines/enterprise.ts';
import { HEADLINE_TIERS } from '../../machines/states.ts';
import { knowledgeInstant } from '../pipeline/log.ts';
import {
  columnsOf,
  correctedRows,
  movementTable,
  staysIn,
  type MovementColumn,
  type MovementRow,
  type Stay,
} from '../pipeline/movement.ts';
import { movementOfFlows } from '../pipeline/review/flows.ts';
import { addDays } from '../rules/day.ts';
import { SCHEME_BY_ID } from '../rules/schemes.ts';
import { storedFlows } from './review-numbers.server.ts';
import { correctedStays, readStays, stockOn, type EnterpriseSpan } from './spans.server.ts';
import { all, among, type Clause, type Reading } from './sql.server.ts';

export { MOVEMENT_COLUMNS } from '../pipeline/movement.ts';

export interface MovementInput {
  /** First and last day of the period. */
  readonly from: string;
  readonly to: string;
  readonly knownAt?: string | null;
  readonly parkIds?: readonly number[] | null;
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

type Lane = 'held' | 'headline';

const instantOf = ({ knownAt }: MovementInput): string | null =>
  knownAt ? knowledgeInstant(knownAt, 'through') : null;

/** What of the stays lies in the parks looked at. */
function* within(found: Iterable<EnterpriseSpan>, { parkIds }: MovementInput): Generator<Stay> {
  const parks = parkIds ? new Set(parkIds) : null;
  for (const { enterpriseId, span, parks: belonged } of found) {
    yield* staysIn(enterpriseId, span, belonged, parks);
  }
}

/** One table as it is known now, from the roll-ups. */
function tableNow(db: Reading, input: MovementInput, lane: Lane, order: readonly string[]): MovementRow[] {
  const { from, to } = input;
  const parkIds = input.parkIds ?? null;
  const stock = stockOn(db, addDays(from, -1), parkIds, [lane]);
  const openings = new Map(stock.map((row) => [lane === 'held' ? row.scheme : row.state, row.count]));
  return movementOfFlows(lane, openings, storedFlows(db, from, to), parkIds && new Set(parkIds), order);
}

/** One table; as known then, what is known now corrected by what became known since. */
function table(db: Reading, input: MovementInput, lane: Lane, order: readonly string[]): MovementRow[] {
  const rows = tableNow(db, input, lane, order);
  const knownAt = instantOf(input);
  if (knownAt === null) return rows;
  const { from, to } = input;
  const corrected = correctedStays(db, { lanes: [lane], from, to, knownAt });
  const [now, before] = [corrected.now, corrected.before].map((found) =>
    movementTable(within(found, input), from, to),
  ) as [MovementRow[], MovementRow[]];
  return correctedRows(rows, now, before);
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
  /** Only enterprises `e` of which this holds. */
  readonly only?: Clause | null;
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
  const { from, to, only, row } = input;
  const changesOnly = input.column !== 'opening' && input.column !== 'closing';
  const read = readStays(db, { lanes: [lane], from, to, knownAt: instantOf(input), changesOnly, only, row });
  const found = [...within(read, input)].filter(
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
