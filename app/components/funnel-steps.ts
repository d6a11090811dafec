import { shareOf } from './format.ts';
import type { FunnelPage } from '../queries/funnel-page.server.ts';

/** The tiers as steps of a picture: all enterprises, then each tier by 累计, with its share of the start. */
export function tierSteps(funnel: Pick<FunnelPage, 'tiers' | 'enterprises'>) {
  return [
    { id: 'neutral', label: '在册企业', value: funnel.enterprises, note: '家' },
    ...funnel.tiers.map((tier) => ({
      id: tier.tier,
      label: tier.label,
      value: tier.held,
      note: `家，占 ${shareOf(tier.held, funnel.enterprises)}`,
    })),
  ];
}
