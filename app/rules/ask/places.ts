/** The places whose own rules differ from the national ones, for whoever chooses where it is registered. */
import type { Day } from '../day.ts';
import { SCHEMES, selectRule } from '../index.ts';
import type { Scheme } from '../schemes.ts';

export const PLACES: readonly { readonly code: string; readonly label: string }[] = [
  { code: '', label: '其他地区（按全国规定）' },
  { code: '440112', label: '广东省广州市黄埔区' },
  { code: '440300', label: '广东省深圳市' },
  { code: '440400', label: '广东省珠海市' },
  { code: '440000', label: '广东省其他城市' },
  { code: '370100', label: '山东省济南市' },
];

/** The titles that can be applied for on the day, somewhere. */
export function schemesOn(on: Day): Scheme[] {
  return SCHEMES.filter(({ id }) => PLACES.some(({ code }) => selectRule(id, 'new', on, code || null).ok));
}
