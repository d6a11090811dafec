/** Days on which the invented authorities announce, after the rhythm of the real ones. */
import { addDays, addYears, type Day } from '../../app/rules/day.ts';

/** 高企: two announcements a year, late in November and in December, on days that differ by year. */
export function hnteGrant(year: number, batch: 0 | 1): Day {
  const shift = (year * 7) % 10;
  return batch === 0 ? `${year}-11-${18 + shift}` : `${year}-12-${String(8 + shift).padStart(2, '0')}`;
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
