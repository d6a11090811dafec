/** The shorter ways: yearly evaluation of 科小, 小升规, 上市培育, 瞪羚, 单项冠军. */
import { addDays, addYears, yearOf } from '../../app/rules/day.ts';
import { threeYears, tsmeGrant } from './calendar.ts';
import { report, type Diary } from './ways.ts';

/** One year's evaluation as 科技型中小企业: a number that holds for the calendar year. */
export function evaluate(diary: Diary, year: number, index: number): void {
  const { random } = diary;
  const month = random.weighted([
    [6, 30],
    [7, 28],
    [8, 20],
    [9, 12],
    [10, 10],
  ] as const);
  const day = tsmeGrant(year, month);
  diary.step('tsme', 'submit', addDays(day, -random.int(24, 50)));
  diary.announced('tsme', 'publicise', addDays(day, -14));
  const no = `${year}44040${String(index + 1).padStart(7, '0')}`;
  const payload = { level: 'national', no, grantedOn: day, validUntil: `${year}-12-31`, source: 'official' };
  diary.announced('tsme', 'certify', day, payload);
}

/** Follow-up towards 规上 in one year; `done` enters the statistics in the same year. */
export function scaleUp(diary: Diary, year: number, done: boolean): void {
  const { random } = diary;
  const followed = addDays(`${year}-01-15`, random.int(0, 60));
  if (random.chance(0.6)) diary.step('scaleUp', 'enrol', addDays(followed, -random.int(30, 120)));
  diary.step('scaleUp', 'follow', followed);
  if (!done) {
    if (random.chance(0.5)) {
      diary.step('scaleUp', 'remove', addDays(`${year + 1}-02-10`, random.int(0, 30)), {
        reason: '年度营业收入未达到纳统标准',
      });
    }
    return;
  }
  const submitted = addDays(followed, random.int(60, 180));
  diary.step('scaleUp', 'submit', submitted);
  diary.announced('scaleUp', 'accept', addDays(submitted, 10));
  const day = addDays(submitted, random.int(25, 60));
  diary.announced('scaleUp', 'certify', day, { level: 'national', grantedOn: day, source: 'statistics' });
}

/** The way to the stock exchange, as far as it has come (1 visited … 5 listed). */
export function listing(diary: Diary, year: number, stage: number): void {
  const steps = ['visit', 'enrol', 'tutor', 'submit'] as const;
  steps.slice(0, stage).forEach((type, i) => {
    diary.step('listing', type, addDays(`${year}-03-05`, i * 210 + diary.random.int(0, 40)));
  });
  if (stage < 5) return;
  const submitted = addDays(`${year}-03-05`, 3 * 210 + 40);
  diary.announced('listing', 'exchange_check', addDays(submitted, 60));
  const day = addDays(submitted, 260);
  diary.announced('listing', 'certify', day, { level: 'national', grantedOn: day, source: 'official' });
}

/** A title of three years announced without a way that the park took part in; `owes` yearly reports or not. */
export function announce(
  diary: Diary,
  scheme: string,
  level: 'national' | 'provincial' | 'municipal',
  day: string,
  owes: boolean,
): void {
  const payload = { level, grantedOn: day, validUntil: threeYears(day), source: 'official' };
  diary.announced(scheme, 'publicise', addDays(day, -15));
  diary.announced(scheme, 'certify', day, payload);
  if (!owes) return;
  for (let year = yearOf(day) + 1; year <= yearOf(day) + 3; year += 1) report(diary, scheme, year);
}

/** Entered into a scheme's library, some taken out again after a year. */
export function reservoir(diary: Diary, scheme: string, day: string, removed: boolean): void {
  diary.step(scheme, 'enrol', day);
  if (removed) {
    const reason = '连续两年主要指标未改善，退出培育库';
    diary.step(scheme, 'remove', addDays(addYears(day, 1), 20), { reason });
  }
}
