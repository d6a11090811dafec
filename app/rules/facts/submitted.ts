/** What stands against taking a submitted value over as a whole. Pure. */
import { LIST_PATHS, valueAt } from './field-of.ts';
import type { Facts } from './parse.ts';

/** Why a submitted value cannot be taken over as it is; null where it can. */
export function cannotAccept(path: string, onRecord: Facts): string | null {
  if (path === 'titles') return '称号以证书为准，请在企业页面登记证书';
  const value = valueAt(onRecord, path);
  if (LIST_PATHS.includes(path) && Array.isArray(value) && value.length > 0) {
    return '已有逐项记录，请逐项登记或导入明细';
  }
  return null;
}
