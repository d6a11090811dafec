/** Pictures of a review, drawn on the server from its own figures. */
import type { ReviewTables } from '../pipeline/review/tables.ts';
import { sankeySvg } from './charts.server.ts';

/** Where the headline tiers came from and went to; '' where there is nothing to draw. */
export function reviewSankey(
  { flows, period }: Pick<ReviewTables, 'flows' | 'period'>,
  look?: { width: number; height: number; size: number },
): string {
  if (flows.links.length === 0) return '';
  return sankeySvg(
    `${period.label}梯队流动`,
    flows.nodes.map(({ count, ...node }) => ({ ...node, value: count.value ?? 0 })),
    flows.links.map(({ from, to, count }) => ({ from, to, value: count.value ?? 0 })),
    look,
  );
}
