/** The parameters that several addresses take. */
import { z } from 'zod';
import { SCHEMES } from '../rules/index.ts';
import { ApiError } from '../services/api-error.ts';
import { parkIdsAsked } from '../services/parks.server.ts';
import { actionText, choice, countText, dayText, momentText } from '../services/parameters.ts';
import type { ApiVisit, Asked, Parameter } from './endpoint.ts';

export const text = z.string().max(200, '过长');
export const schemeText = choice(SCHEMES.map(({ id }) => id));

export const USCC: Parameter<string> = {
  name: 'uscc',
  label: '统一社会信用代码；曾用代码、已并入的记录的代码也能找到',
  type: text,
  in: 'path',
  required: true,
};
export const SCHEME_PATH: Parameter<string> = {
  name: 'scheme',
  label: '称号',
  type: schemeText,
  in: 'path',
  required: true,
};
export const SCHEME: Parameter<string> = {
  name: 'scheme',
  label: '称号，可写多个；缺省为全部',
  type: schemeText,
  many: true,
};
export const ACTION: Parameter<'new' | 'renewal' | 'annual'> = {
  name: 'action',
  label: 'new 新申请（缺省）、renewal 复核与重新认定、annual 年度',
  type: actionText,
};
export const ON: Parameter<string> = { name: 'on', label: '按哪一天判定；缺省为今天', type: dayText };
export const RULE: Parameter<string> = { name: 'rule', label: '指定规则版本，如 giant@2026', type: text };
export const AS_OF: Parameter<string> = { name: 'asOf', label: '截至日期；缺省为今天', type: dayText };
export const KNOWN_AT: Parameter<string> = {
  name: 'knownAt',
  label: '按当时所知：日期（至该日终）或时刻；缺省为现在',
  type: momentText,
};
export const PARK: Parameter<string> = {
  name: 'park',
  label: '园区名称或代码，含其下级；缺省为全部',
  type: text,
};
export const LIMIT: Parameter<number> = { name: 'limit', label: '前几家；缺省 50', type: countText };

/** The parks asked for, within those the caller sees; null: all. @throws ApiError `forbidden`, AppError `invalid` */
export function parkIdsOf({ db, caller }: ApiVisit, asked: Asked): readonly number[] | null {
  const wanted = parkIdsAsked(db, asked.get(PARK));
  const own = caller?.parkIds ?? null;
  if (own === null || wanted === null) return wanted ?? own;
  if (wanted.every((id) => own.includes(id))) return wanted;
  throw new ApiError('forbidden', '这个令牌不能看该园区', PARK.name);
}
