/** Addresses of the lists behind the figures of a review. Pure. */
import type { DaySpan, ReviewScope } from './tables.ts';

type Query = Readonly<Record<string, string | null | undefined>>;

const address = (path: string, query: Query): string => {
  const given = Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return `${path}?${new URLSearchParams(given).toString()}`;
};

/** Whether anything but the park narrows the enterprises counted. */
export const isNarrowed = (scope: ReviewScope): boolean =>
  scope.industry !== null || scope.steward !== null || scope.source !== null || scope.located;

/** The lists of one review. */
export function reviewLists(scope: ReviewScope, period: DaySpan & { quarter: string; window: string }) {
  const who: Query = {
    park: scope.park,
    section: scope.industry,
    steward: scope.steward,
    origin: scope.source,
    located: scope.located ? '1' : null,
  };
  const { from, to, quarter, window } = period;
  const enterprises = (query: Query) => address('/enterprises', { ...query, ...who, asOf: to });
  const own = (query: Query) =>
    address(`/reviews/${quarter}/list`, {
      ...query,
      window: window === 'quarter' ? null : window,
      park: scope.park,
      industry: scope.industry,
      steward: scope.steward,
      source: scope.source,
      located: scope.located ? '1' : null,
      asOf: to,
    });
  return {
    present: enterprises({ presence: 'present' }),
    tier: (tier: string) => enterprises({ tier }),
    title: (scheme: string) => enterprises({ title: scheme }),
    stage: (lane: string, scheme: string, states: readonly string[]) =>
      enterprises({ stage: `${lane}:${scheme}:${states.join('.')}` }),
    movement: (table: string, row: string | null, column: string, days: DaySpan = { from, to }) =>
      isNarrowed(scope)
        ? own({ of: 'movement', table, row: row ?? '', column, from: days.from, to: days.to })
        : address('/movement/cell', {
            from: days.from,
            to: days.to,
            table,
            row,
            column,
            park: scope.park,
            asOf: to,
          }),
    cohort: (by: string, scheme: string, key: string | null, part: string) =>
      own({ of: 'cohort', by, scheme, key, part }),
  };
}
export type ReviewLists = ReturnType<typeof reviewLists>;
