/** The funnel with the address behind each of its numbers. */
import { COLUMNS } from '../../machines/states.ts';
import { readFunnel } from './funnel.server.ts';
import type { Scope } from './scope.server.ts';
import type { Reading } from './sql.server.ts';

export interface StageCell {
  column: string;
  label: string;
  count: number;
  /** List of the enterprises counted; null for none. */
  to: string | null;
}

/** Columns of the funnel that are stages of a way, then those that stand beside it. */
const SHOWN = COLUMNS.filter(({ id }) => id !== 'certified');

/** The list behind the states of one column. */
function listOf(scheme: string, states: readonly { lane: string; state: string }[]): string | null {
  const [first] = states;
  if (!first) return null;
  const ids = states.map(({ state }) => state).join('.');
  return `/enterprises?stage=${encodeURIComponent(`${first.lane}:${scheme}:${ids}`)}`;
}

export function funnelPage(db: Reading, scope: Scope) {
  const funnel = readFunnel(db, { asOf: scope.asOf, parkIds: scope.parkIds });
  return {
    ...funnel,
    columns: [
      ...SHOWN.map(({ id, label }) => ({ id: id as string, label })),
      { id: 'held', label: '有效称号' },
    ],
    tiers: funnel.tiers.map((tier) => ({
      ...tier,
      headlineTo: `/enterprises?tier=${tier.tier}`,
      heldTo: `/enterprises?title=${tier.tier}`,
    })),
    schemes: funnel.schemes.map((scheme) => ({
      scheme: scheme.scheme,
      label: scheme.label,
      cells: [
        ...SHOWN.map(({ id, label }): StageCell => {
          const states = scheme.states.filter((state) => state.column === id);
          const total = states.reduce((sum, state) => sum + state.count, 0);
          return { column: id, label, count: total, to: listOf(scheme.scheme, states) };
        }),
        { column: 'held', label: '有效称号', count: scheme.held, to: `/enterprises?title=${scheme.scheme}` },
      ] as StageCell[],
    })),
  };
}
export type FunnelPage = ReturnType<typeof funnelPage>;
