/** Which rule version applies to whom, and when. Dated and cited; application dates inclusive at both ends. */
import type { Day } from '../day.ts';
import type { Action } from '../engine/types.ts';
import { GRADIENT_2022, GRADIENT_2026, HNTE_2016 } from '../national/texts.ts';
import { cite, type Citation } from '../source.ts';

export interface SelectionRow {
  readonly scheme: string;
  readonly actions: readonly Action[];
  /** First and last application day; null where open. */
  readonly from: Day | null;
  readonly to: Day | null;
  /** Prefix of the GB/T 2260 code of the place of registration; '' for the whole country. */
  readonly region: string;
  readonly rule: string;
  readonly citation: Citation;
  readonly note?: string;
}

const BOTH = ['new', 'renewal'] as const satisfies readonly Action[];

export const SELECTION: readonly SelectionRow[] = [
  {
    scheme: 'hnte',
    actions: BOTH,
    from: '2016-01-01',
    to: null,
    region: '',
    rule: 'hnte@2016',
    citation: cite(HNTE_2016, { notSeen: '施行条款号未见' }),
    note: '期满重新认定与新认定条件相同',
  },
  {
    scheme: 'srdi',
    actions: BOTH,
    from: '2022-08-01',
    to: '2026-03-31',
    region: '',
    rule: 'srdi@2022',
    citation: cite(GRADIENT_2022, '附件2'),
  },
  {
    scheme: 'srdi',
    actions: BOTH,
    from: '2026-04-01',
    to: null,
    region: '',
    rule: 'srdi@2026',
    citation: cite(GRADIENT_2026, '附件1'),
  },
  {
    scheme: 'giant',
    actions: ['new'],
    from: '2026-04-01',
    to: null,
    region: '',
    rule: 'giant@2026',
    citation: cite(GRADIENT_2026, '附件2'),
  },
  {
    scheme: 'giant',
    actions: ['renewal'],
    from: '2027-01-01',
    to: null,
    region: '',
    rule: 'giant@2026',
    citation: cite(GRADIENT_2026, '附件2'),
  },
];
