/** What is asked of a candidate list, read from an address: kind of application, tab, filter, order, page. */
import { CANDIDATE_TABS, type CandidateTab } from '../rules/ranking.ts';
import {
  CANDIDATE_SORTS,
  conditionsOf,
  readCandidateFilter,
  type CandidateInput,
} from './candidates.server.ts';
import { readPage } from './scope.server.ts';

export interface CandidateRequest extends Omit<CandidateInput, 'list' | 'rows'> {
  readonly action: 'new' | 'renewal';
}

/** What is malformed counts as not given; a gap chosen is sorted by, unless another order is asked for. */
export function readCandidateRequest(query: URLSearchParams, scheme: string): CandidateRequest {
  const filter = readCandidateFilter(query, conditionsOf(scheme));
  const text = query.get('sort') ?? '';
  const asked = CANDIDATE_SORTS.find((key) => key === text.replace(/^-/, ''));
  const known = asked !== undefined && (asked !== 'gap' || filter.gap !== null);
  const usual = filter.gap === null ? 'rank' : 'gap';
  return {
    ...filter,
    action: query.get('action') === 'renewal' ? 'renewal' : 'new',
    tab: CANDIDATE_TABS.find((each) => each === query.get('tab')) ?? ('near' satisfies CandidateTab),
    sort: { key: known ? asked : usual, down: known && text.startsWith('-') },
    page: readPage(query),
  };
}
