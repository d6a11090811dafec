/** What the guards of the park's own steps look at, worked out from the titles and the verdict. */
import type { Payload, VerdictSummary } from '../../machines/events.ts';
import { familyOf } from '../../machines/families.ts';
import { NO_SIGNALS, type Signals } from '../../machines/title.ts';
import { addDays } from '../rules/day.ts';
import type { Verdict } from '../rules/verdict.ts';
import type { Region } from './fold.ts';
import { heldUntil } from './titles.ts';

/** Signals for a step of a scheme on a day. */
export function signalsFor(scheme: string, region: Region, payload: Payload, on: string): Signals {
  const { verdict } = payload;
  const until = heldUntil(region.titles, on);
  const { windowDays } = familyOf(scheme);
  const early = until === null ? windowDays === 0 : until !== '' && on < addDays(until, -windowDays);
  return {
    ...NO_SIGNALS,
    vetoed: (verdict?.vetoes ?? 0) > 0,
    ineligible: verdict?.outcome === 'ineligible',
    heldEarly: early,
    override: payload.override === true,
  };
}

/** A verdict in short, as it travels in an event. */
export function summaryOf({ rule, on, outcome, vetoes, conditions }: Verdict): VerdictSummary {
  const unmet = conditions
    .filter((condition) => condition.result === 'unmet')
    .map((condition) => condition.id);
  return { rule, on, outcome, vetoes: vetoes.length, unmet };
}

/** Whether facts state a title of the scheme in force on a day: then a step is judged as a renewal. */
export function holdsTitle(
  titles: readonly {
    scheme: string;
    status?: string | null;
    grantedOn?: string | null;
    validUntil?: string | null;
  }[],
  scheme: string,
  on: string,
): boolean {
  return titles.some(
    (title) =>
      title.scheme === scheme &&
      title.status === 'valid' &&
      (title.grantedOn ?? '') <= on &&
      (title.validUntil ?? '9999') >= on,
  );
}
