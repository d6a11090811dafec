/** Reading the rows that hold facts: of one enterprise, and of all in one pass with flat memory. */
import type { EnterpriseRow, ListRow, StoredParts, YearRow } from '../rules/facts/stored.ts';
import { prepareOnce, type Connection, type Reader, type Statement } from './connection.server.ts';

const ENTERPRISE = `SELECT e.id, e.uscc, e.usccFlag, e.name, e.registeredOn, e.division, p.name AS park,
    e.locatedInPark, e.legalPerson, e.residentEnterprise, e.industry, e.sizeIndustry, e.techField,
    e.restrictedProducts, e.listingStatus, e.listingOn, e.stockCode, e.stockShortName, e.otherFacts, e.provenance,
    e.flags
  FROM Enterprise e LEFT JOIN Park p ON p.id = e.parkId`;

/** The tables with several rows an enterprise, and the order of those rows. */
const MANY = {
  years: ['YearFigures', 'year'],
  ip: ['IntellectualProperty', 'id'],
  titles: ['Title', 'id'],
  financing: ['Financing', 'id'],
  formerNames: ['EnterpriseName', 'id'],
} as const;
type Many = keyof typeof MANY;

// Texts made once: a text put together at each call would have to be hashed anew to find its statement.
const ONE_ENTERPRISE = `${ENTERPRISE} WHERE e.id = ?`;
const OF_ONE = Object.fromEntries(
  Object.entries(MANY).map(([part, [table, order]]) => [
    part,
    `SELECT * FROM ${table} WHERE enterpriseId = ? ORDER BY enterpriseId, ${order}`,
  ]),
) as Record<Many, string>;

export function readEnterpriseRow(reader: Reader, enterpriseId: number): EnterpriseRow | undefined {
  return reader.prepare<EnterpriseRow>(ONE_ENTERPRISE).get(enterpriseId);
}

export function readYearRows(reader: Reader, enterpriseId: number): YearRow[] {
  return reader.prepare<YearRow>(OF_ONE.years).all(enterpriseId);
}

export function readListRows(
  reader: Reader,
  list: 'ip' | 'titles' | 'financing',
  enterpriseId: number,
): ListRow[] {
  return reader.prepare<ListRow>(OF_ONE[list]).all(enterpriseId);
}

export function readFormerNames(reader: Reader, enterpriseId: number): string[] {
  return reader
    .prepare<{ name: string }>(OF_ONE.formerNames)
    .all(enterpriseId)
    .map((row) => row.name);
}

/** Every row that holds facts of one enterprise, or undefined when there is none of this id. */
export function readParts(reader: Reader, enterpriseId: number): StoredParts | undefined {
  const enterprise = readEnterpriseRow(reader, enterpriseId);
  if (!enterprise) return undefined;
  return {
    enterprise,
    years: readYearRows(reader, enterpriseId),
    ip: readListRows(reader, 'ip', enterpriseId),
    titles: readListRows(reader, 'titles', enterpriseId),
    financing: readListRows(reader, 'financing', enterpriseId),
    formerNames: readFormerNames(reader, enterpriseId),
  };
}

/** A prepared-statement reader over a plain connection. */
export function readerOf(connection: Connection): Reader {
  return { prepare: (sql) => prepareOnce(connection, sql) };
}

export interface Selection {
  /** A condition on the enterprise `e`, with `?` for its parameters; merged records never come. */
  readonly where?: string;
  readonly parameters?: readonly unknown[];
}

/** Enterprises read at a time: enough to make each query worth it, few enough to keep memory flat. */
const CHUNK = 1000;

/**
 * The rows of all enterprises selected, ordered by id, as they stand at the first step (one snapshot). The
 * connection is the caller's and must not be used for anything else meanwhile.
 */
export function* streamParts(
  connection: Connection,
  { where, parameters = [] }: Selection = {},
): Generator<StoredParts> {
  const condition = `e.mergedIntoId IS NULL AND e.id > ?${where ? ` AND (${where})` : ''}`;
  const enterprises = connection.prepare<unknown[]>(
    `${ENTERPRISE} WHERE ${condition} ORDER BY e.id LIMIT ${CHUNK}`,
  );
  // Bound by range: one query a table and chunk.
  const readers = Object.fromEntries(
    Object.entries(MANY).map(([part, [table, order]]) => [
      part,
      connection.prepare<unknown[]>(
        `SELECT * FROM ${table} WHERE enterpriseId BETWEEN ? AND ? ORDER BY enterpriseId, ${order}`,
      ),
    ]),
  ) as Record<Many, Statement>;
  connection.exec('BEGIN');
  try {
    for (let after = 0; ;) {
      const chunk = enterprises.all(after, ...parameters) as EnterpriseRow[];
      const first = chunk[0]?.id;
      if (first === undefined) return;
      after = chunk.at(-1)!.id;
      yield* joined(chunk, readers, first, after);
    }
  } finally {
    connection.exec('COMMIT');
  }
}

/** Rows of one table for a range of enterprises, handed out enterprise by enterprise. */
class Cursor<Row extends { readonly enterpriseId: number }> {
  private readonly rows: readonly Row[];
  private at = 0;

  constructor(rows: readonly Row[]) {
    this.rows = rows;
  }

  take(enterpriseId: number): readonly Row[] {
    const { rows } = this;
    let from = this.at;
    while (from < rows.length && rows[from]!.enterpriseId < enterpriseId) from += 1;
    let to = from;
    while (to < rows.length && rows[to]!.enterpriseId === enterpriseId) to += 1;
    this.at = to;
    return from === to ? NO_ROWS : rows.slice(from, to);
  }
}

const NO_ROWS: readonly never[] = [];

function* joined(
  chunk: readonly EnterpriseRow[],
  readers: Record<Many, Statement>,
  from: number,
  to: number,
): Generator<StoredParts> {
  const read = <Row extends { readonly enterpriseId: number }>(part: Many) =>
    new Cursor(readers[part].all(from, to) as Row[]);
  const years = read<YearRow>('years');
  const ip = read<ListRow>('ip');
  const titles = read<ListRow>('titles');
  const financing = read<ListRow>('financing');
  const names = read<{ enterpriseId: number; name: string }>('formerNames');
  for (const enterprise of chunk) {
    const { id } = enterprise;
    yield {
      enterprise,
      years: years.take(id),
      ip: ip.take(id),
      titles: titles.take(id),
      financing: financing.take(id),
      formerNames: names.take(id).map((row) => row.name),
    };
  }
}
