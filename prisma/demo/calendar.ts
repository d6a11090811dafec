/** Days on which the invented authorities announce, after the rhythm of the real ones. */
import { addDays, addYears, type Day } from '../../app/rules/day.ts';

/** Days of a month that come a little earlier each year, so that who applies in time is renewed before the end. */
const earlier = (year: number, from: number, by: number) =>
  String(Math.max(3, from - Math.round((year - 2016) * by))).padStart(2, '0');

/** 高企: two announcements a year, in November and in December. */
export function hnteGrant(year: number, batch: 0 | 1): Day {
  return batch === 0 ? `${year}-11-${earlier(year, 28, 1.3)}` : `${year}-12-${earlier(year, 19, 0.7)}`;
}

/** 专精特新: one announcement before summer, one at the end of the year. */
export function srdiGrant(year: number, batch: 0 | 1): Day {
  return batch === 0 ? `${year}-06-18` : `${year}-12-${20 + (year % 8)}`;
}

const GIANT: Readonly<Record<number, string>> = {
  2019: '06-14',
  2020: '12-04',
  2021: '07-21',
  2022: '08-25',
  2023: '07-26',
  2024: '09-12',
};
/** 小巨人: one batch a year since 2019. */
export const giantGrant = (year: number): Day => `${year}-${GIANT[year] ?? '10-22'}`;

/** 独角兽培育库: one publication a year since 2018. */
export const poolGrant = (year: number): Day => `${year}-12-${12 + (year % 6)}`;

/** 科小: monthly batches from June to October. */
export const tsmeGrant = (year: number, month: number): Day =>
  `${year}-${String(month).padStart(2, '0')}-${month % 2 ? '25' : '20'}`;

/** 创新型: twice a year since the autumn of 2022. */
export const ismeGrant = (year: number, batch: 0 | 1): Day => `${year}-${batch === 0 ? '05-30' : '10-28'}`;

/** Last day of a title of three years. */
export const threeYears = (grantedOn: Day): Day => addDays(addYears(grantedOn, 3), -1);
