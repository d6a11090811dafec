/** Standards in whose drafting the enterprise took part. */
import { addDays, addYears } from '../day.ts';
import type { CountFeatures } from '../build.ts';
import type { Facts } from '../facts/parse.ts';
import { withinYears } from './common.ts';
import { answer, counting, every } from './property.ts';

type Standard = NonNullable<Facts['standards']>[number];
type StandardLevel = NonNullable<Standard['level']>;

/** Standards of the levels named that it led in the last `years` years. */
export function ledStandards(
  id: string,
  label: string,
  levels: readonly StandardLevel[],
  years: number,
): CountFeatures {
  return counting(
    `standard:${id}`,
    label,
    'count',
    'standards',
    (facts) => facts.standards,
    (standard, moment) =>
      every(
        standard.level == null ? 'open' : answer(levels.includes(standard.level)),
        standard.role == null ? 'open' : answer(standard.role === 'lead'),
        answer(withinYears(standard.on, years, moment), standard.on ? 'person' : 'open'),
      ),
    (standard) => [standard.on, standard.on && addDays(addYears(standard.on, years), 1)],
  );
}
