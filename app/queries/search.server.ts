/** Enterprises found by a text: part of a name or a former one, its sounds, a code from its beginning, a stock. */
import { searchSql } from '../db/search-rows.server.ts';
import { nameKey } from '../rules/facts/name.ts';
import { tidyUscc } from '../rules/facts/uscc.ts';
import type { Clause, Param } from './sql.server.ts';

/** Restricts a column of ids of enterprises to those that a text finds; every way is by an index. */
export function searchClause(column: string, q: string): Clause {
  const text = q.normalize('NFKC').trim();
  const code = tidyUscc(text);
  const names = searchSql(nameKey(text));
  const ways: { sql: string; params: Param[] }[] = [names ?? { sql: 'SELECT NULL WHERE 0', params: [] }];
  if (/^[0-9A-Z]{2,18}$/.test(code)) {
    ways.push({
      sql: 'SELECT enterpriseId FROM EnterpriseCode WHERE code >= ? AND code < ?',
      params: [code, `${code}~`],
    });
    ways.push({ sql: 'SELECT id FROM Enterprise WHERE stockCode = ?', params: [code] });
  }
  return {
    sql: `${column} IN (${ways.map(({ sql }) => sql).join(' UNION ALL ')})`,
    params: ways.flatMap(({ params }) => params),
  };
}
