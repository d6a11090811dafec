/** What the public self-assessment judges with besides its visitor's answers: values entered, and official windows. */
import { readerOf } from '../db/fact-rows.server.ts';
import { readOperatorRows } from '../db/operator-rows.server.ts';
import type { Day } from '../rules/day.ts';
import { enteredOn } from './operator-values.server.ts';
import type { Reading } from './sql.server.ts';
import { windowsBetween, type ShownWindow } from './windows.server.ts';

/** A number that a text leaves open, as the operator entered it; who entered it is nobody's business here. */
export interface PublicValue {
  readonly key: string;
  /** Decimal text, as rules read it. */
  readonly value: string;
  readonly label: string;
  /** As people write it: 5,000 万元, 3 %. */
  readonly shown: string;
  readonly fromDay: string;
  /** Where it stands. */
  readonly reference: string;
}

export type PublicWindow = Pick<
  ShownWindow,
  | 'key'
  | 'scheme'
  | 'region'
  | 'regionLabel'
  | 'label'
  | 'opensOn'
  | 'closesOn'
  | 'reference'
  | 'link'
  | 'doubt'
  | 'status'
  | 'daysLeft'
>;

export interface AssessGround {
  readonly today: Day;
  readonly values: readonly PublicValue[];
  /** Calls for applications within about a year, past ones too, the first to close first. */
  readonly windows: readonly PublicWindow[];
}

/** How far ahead and back calls are shown: those past say when the next ones may come. */
const NEAR_DAYS = 400;

export function assessGround(db: Reading, today: Day): AssessGround {
  const described = enteredOn(db, today);
  return {
    today,
    values: readOperatorRows(readerOf(db.raw), today).map(({ key, value, fromDay, reference }) => {
      const { label, shown } = described.get(key)!;
      return { key, value, label, shown, fromDay, reference };
    }),
    windows: windowsBetween(db, today, -NEAR_DAYS, NEAR_DAYS)
      .filter(({ kind }) => kind === 'new')
      .map(
        ({
          key,
          scheme,
          region,
          regionLabel,
          label,
          opensOn,
          closesOn,
          reference,
          link,
          doubt,
          status,
          daysLeft,
        }) => ({
          key,
          scheme,
          region,
          regionLabel,
          label,
          opensOn,
          closesOn,
          reference,
          link,
          doubt,
          status,
          daysLeft,
        }),
      ),
  };
}
