/** Which enterprise a row means: by code, else by stock code, else by name. Never guessed. */
import { nameKey } from '../../rules/facts/name.ts';
import { checkUscc } from '../../rules/facts/uscc.ts';
import type { Reader } from '../database.server.ts';
import { enterpriseIdOf } from '../facts.server.ts';
import type { RowKey } from './rows.ts';

export type Found =
  { readonly ok: true; readonly id: number } | { readonly ok: false; readonly reason: string };

interface NamedRow {
  id: number;
  name: string;
  former: number;
}

/** Looks on `reader`, inside or outside a transaction. Merged records lead to the one they went into. */
export function findEnterprise(reader: Reader, key: RowKey): Found {
  const byCode = key.uscc ? enterpriseIdOf(reader, { uscc: key.uscc }) : null;
  if (key.uscc)
    return byCode === null
      ? refuse(`库中没有统一社会信用代码为 ${key.uscc} 的企业`)
      : { ok: true, id: byCode };
  const byStock = key.stockCode ? findByStockCode(reader, key.stockCode) : [];
  if (byStock.length > 1)
    return refuse(`股票代码 ${key.stockCode} 对应 ${byStock.length} 家企业，请写明统一社会信用代码`);
  if (byStock.length === 1) return checkName(reader, byStock[0]!, key);
  if (!key.name) return refuse(`库中没有股票代码为 ${key.stockCode} 的企业`);
  return findByName(reader, key.name);
}

/** The enterprise that a person named by code or by name. */
export function findNamed(reader: Reader, codeOrName: string): Found {
  const text = codeOrName.trim();
  if (text === '') return refuse('请填写统一社会信用代码或名称');
  const checked = checkUscc(text);
  return findEnterprise(reader, checked.ok ? { uscc: checked.code } : { name: text });
}

const refuse = (reason: string): Found => ({ ok: false, reason });

function findByStockCode(reader: Reader, code: string): number[] {
  return reader
    .prepare<{ id: number }>('SELECT id FROM Enterprise WHERE stockCode = ? AND mergedIntoId IS NULL')
    .all(code)
    .map((row) => row.id);
}

/** A stock code and a name that clearly mean two enterprises are not reconciled here. */
function checkName(reader: Reader, id: number, key: RowKey): Found {
  const named = key.name ? findByName(reader, key.name) : null;
  if (named?.ok && named.id !== id)
    return refuse(`股票代码 ${key.stockCode} 与名称“${key.name}”指向不同企业`);
  return { ok: true, id };
}

function findByName(reader: Reader, name: string): Found {
  const key = nameKey(name);
  if (key === '') return refuse('企业名称为空');
  const rows = reader
    .prepare<NamedRow>(
      `SELECT id, name, 0 AS former FROM Enterprise WHERE nameKey = @key AND mergedIntoId IS NULL
       UNION ALL
       SELECT n.enterpriseId AS id, n.name, 1 AS former FROM EnterpriseName n
       JOIN Enterprise e ON e.id = n.enterpriseId WHERE n.nameKey = @key AND e.mergedIntoId IS NULL`,
    )
    .all({ key });
  const ids = new Set(rows.map((row) => row.id));
  if (ids.size === 1) return { ok: true, id: rows[0]!.id };
  if (ids.size === 0) return refuse(`库中没有名称为“${name}”的企业`);
  // Two names that differ only in what matching leaves out: the one written exactly so is meant.
  const exact = rows.filter((row) => row.former === 0 && row.name === name);
  if (exact.length === 1 && !rows.some((row) => row.former === 1 && row.id !== exact[0]!.id)) {
    return { ok: true, id: exact[0]!.id };
  }
  return refuse(`名称“${name}”对应 ${ids.size} 家企业，请写明统一社会信用代码`);
}
