/**
 * How often conditions are failed and ways around them are open, roughly, as seen over invented parks. The order of
 * the questions hangs on it and nothing else: no verdict, no threshold.
 */

/** Conditions that nearly every enterprise that asks meets. */
const SELDOM: ReadonlySet<string> = new Set([
  'legal-person',
  'resident',
  'restricted-products',
  'clean-record',
  'registered-days',
  'unlisted',
]);
/** Conditions that few miss. */
const SOMETIMES: ReadonlySet<string> = new Set([
  'sme-size',
  'staff-limit',
  'sales-limit',
  'assets-limit',
  'tech-field',
  'debt-ratio',
  'niche-years',
  'global-rank',
  'rd-domestic-share',
]);
/** Conditions at which most end. */
const MOSTLY: ReadonlySet<string> = new Set([
  'base-title',
  'main-revenue',
  'rd-total',
  'valuation',
  'financing',
  'venture-backed',
  'growth-or-scale',
]);

/** How often a condition is failed, between 0 and 1. */
export function failedBy(conditionId: string): number {
  if (SELDOM.has(conditionId)) return 0.02;
  if (SOMETIMES.has(conditionId)) return 0.1;
  return MOSTLY.has(conditionId) ? 0.7 : 0.3;
}

/** Lists that seldom hold what would open a way around a condition. */
const RARE: Readonly<Record<string, number>> = {
  awards: 0.05,
  standards: 0.05,
  rdInstitutions: 0.1,
  financing: 0.1,
};

/** How often what a question asks for opens one of several ways, between 0 and 1. */
export const heldBy = (questionKey: string): number => RARE[questionKey] ?? 1;
