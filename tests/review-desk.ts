/** Who draws up, discusses and seals in tests of reviews, when, and for which choice. */
import { fixedClock } from '../app/db/clock.ts';
import type { ReviewSwitches } from '../app/pipeline/review/tables.ts';

export const clock = fixedClock('2026-04-10T02:00:00.000Z');
export const staff = { username: 'staff1', role: 'staff' };
export const leader = { username: 'leader1', role: 'leadership' };
export const administrator = { username: 'admin1', role: 'administrator' };
export const switches: ReviewSwitches = {
  park: null,
  industry: null,
  steward: null,
  source: null,
  located: false,
  counting: 'headline',
  unit: '家',
};
