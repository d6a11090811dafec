// The migrated database against the Prisma schema: the two cannot drift apart.
import fs from 'node:fs';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FIGURES } from '../rules/facts/figures.ts';
import { fixedClock } from './clock.ts';
import type { Connection } from './connection.server.ts';
import { ENGINE_TABLES, migrate } from './migrate.server.ts';

const SQL_TYPES: Record<string, string> = {
  Int: 'INTEGER',
  BigInt: 'BIGINT',
  String: 'TEXT',
  Boolean: 'BOOLEAN',
  Float: 'REAL',
};

interface Column {
  name: string;
  type: string;
  nullable: boolean;
  default: string | null;
}
interface Index {
  columns: string[];
  unique: boolean;
}
interface Foreign {
  column: string;
  table: string;
  to: string;
  onDelete: string;
}
interface Table {
  name: string;
  columns: Column[];
  key: string[];
  indexes: Index[];
  foreign: Foreign[];
}

const listed = (text: string) => text.split(',').map((name) => name.trim());

/** Defaults as SQLite writes them. */
function sqlDefault(attributes: string): string | null {
  const given = /@default\(((?:[^()]|\(\))*)\)/.exec(attributes)?.[1];
  if (given === undefined || given === 'autoincrement()') return null;
  return given.startsWith('"') ? `'${given.slice(1, -1)}'` : given;
}

/** Reads the models of a Prisma schema as far as this project uses the language. */
function readModels(schema: string): Table[] {
  return [...schema.matchAll(/^model (\w+) \{\n([\s\S]*?)^\}/gm)].map(([, name, body]) => {
    const table: Table = { name: name!, columns: [], key: [], indexes: [], foreign: [] };
    for (const line of body!.split('\n')) readLine(line.replace(/\/\/.*$/, '').trim(), table);
    return table;
  });
}

function readLine(line: string, table: Table): void {
  const block = /^@@(id|index|unique)\(\[(.*?)\]/.exec(line);
  if (block) {
    if (block[1] === 'id') table.key = listed(block[2]!);
    else table.indexes.push({ columns: listed(block[2]!), unique: block[1] === 'unique' });
    return;
  }
  const field = /^(\w+)\s+(\w+)(\?|\[\])?\s*(.*)$/.exec(line);
  if (!field) return;
  const [, name, type, mark, attributes] = field as unknown as [string, string, string, string?, string?];
  const relation = /@relation\(.*fields: \[(\w+)\], references: \[(\w+)\](?:, onDelete: (\w+))?/.exec(
    attributes!,
  );
  if (relation) {
    const onDelete = relation[3]?.toUpperCase() ?? (mark === '?' ? 'SET NULL' : 'RESTRICT');
    table.foreign.push({ column: relation[1]!, table: type, to: relation[2]!, onDelete });
  }
  if (!SQL_TYPES[type]) return;
  const nullable = mark === '?';
  table.columns.push({ name, type: SQL_TYPES[type], nullable, default: sqlDefault(attributes!) });
  if (/@id\b/.test(attributes!)) table.key = [name];
  if (/@unique\b/.test(attributes!)) table.indexes.push({ columns: [name], unique: true });
}

function readTable(connection: Connection, name: string): Table {
  const info = connection.pragma(`table_info("${name}")`) as {
    name: string;
    type: string;
    notnull: number;
    dflt_value: string | null;
    pk: number;
  }[];
  const indexes = (
    connection.pragma(`index_list("${name}")`) as { name: string; unique: number; origin: string }[]
  )
    .filter((index) => index.origin !== 'pk')
    .map((index) => ({
      unique: index.unique === 1,
      columns: (connection.pragma(`index_info("${index.name}")`) as { name: string }[]).map(
        (part) => part.name,
      ),
    }));
  const foreign = connection.pragma(`foreign_key_list("${name}")`) as {
    from: string;
    table: string;
    to: string;
    on_delete: string;
  }[];
  return {
    name,
    columns: info.map((column) => ({
      name: column.name,
      type: column.type,
      nullable: column.notnull === 0,
      default: column.dflt_value,
    })),
    key: info
      .filter((column) => column.pk > 0)
      .sort((a, b) => a.pk - b.pk)
      .map((column) => column.name),
    indexes,
    foreign: foreign.map((key) => ({
      column: key.from,
      table: key.table,
      to: key.to,
      onDelete: key.on_delete,
    })),
  };
}

/** Order of indexes and foreign keys says nothing. */
const sorted = (table: Table): Table => ({
  ...table,
  indexes: table.indexes.toSorted((a, b) => a.columns.join().localeCompare(b.columns.join())),
  foreign: table.foreign.toSorted((a, b) => a.column.localeCompare(b.column)),
});

const models = readModels(fs.readFileSync('prisma/schema.prisma', 'utf8'));
let connection: Connection;

beforeAll(() => {
  connection = new Database(':memory:');
  migrate(connection, fixedClock('2026-05-06T02:00:00.000Z'));
});
afterAll(() => connection.close());

describe('migrated database', () => {
  test('has the tables of the schema, and those named as the engine’s own', () => {
    const tables = connection
      .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
      .pluck()
      .all() as string[];
    expect(tables.toSorted()).toEqual([...models.map((model) => model.name), ...ENGINE_TABLES].toSorted());
  });

  test.each(models.map((model) => [model.name, model] as const))(
    '%s: columns, types, defaults, keys, indexes',
    (name, model) => {
      expect(sorted(readTable(connection, name))).toEqual(sorted(model));
    },
  );

  test('YearFigures has a column for every figure, of its unit', () => {
    const table = readTable(connection, 'YearFigures');
    const expected = FIGURES.map((figure) => [figure.key, figure.unit === 'CNY' ? 'BIGINT' : 'INTEGER']);
    const own = new Set(['enterpriseId', 'year', 'bases', 'source', 'knownAt', 'provenance', 'flags']);
    const columns = table.columns.filter((column) => !own.has(column.name));
    expect(columns.map((column) => [column.name, column.type])).toEqual(expected);
  });
});
