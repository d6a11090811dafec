/** What can be said of an enterprise's facts in one go: the input of the one service that writes facts. */
import type { Facts, Flag } from '../rules/facts/parse.ts';
import type { FinancingFact, IpFact, PlainFacts, Source, YearFacts } from '../rules/facts/schema.ts';

/** By code (also a former one), or by id where it is known already. */
export interface Target {
  readonly uscc?: string;
  readonly enterpriseId?: number;
}

/** The parts of the facts that are no list with a table of its own and no year. */
export type EnterpriseValues = Omit<
  PlainFacts,
  'uscc' | 'years' | 'intellectualProperty' | 'titles' | 'financing'
>;

interface Common extends Target {
  /** Source and day of knowledge of this statement, where they differ from the origin's. */
  readonly source?: Source | null;
  readonly knownAt?: string | null;
  /** Doubts that came with the data; kept and shown. Paths as in the facts (`years.2024.rdExpense`). */
  readonly flags?: readonly Flag[];
  /** Where the statement stands: sheet, row, address, note. */
  readonly evidence?: Readonly<Record<string, unknown>>;
  /** Only fills gaps and replaces what is less well founded; of equal sources what is on record stays. */
  readonly yields?: boolean;
}

/**
 * One statement. Values are in the program's form (money in 分, persons and points in hundredths, shares in
 * millionths), as `parseFacts` gives them. A value that is absent or null says nothing; to take a wrong value back,
 * name its path in `clear`.
 */
export type FactChange =
  /** Fields of the enterprise itself; creates it where the code is new. */
  | (Common & {
      readonly kind: 'enterprise';
      readonly values: EnterpriseValues;
      /** Columns of a register that are shown and not judged. */
      readonly extra?: Readonly<Record<string, unknown>>;
      readonly clear?: readonly string[];
    })
  /** Figures of one year of a known enterprise. */
  | (Common & {
      readonly kind: 'figures';
      readonly year: number;
      readonly values: YearFacts;
      readonly clear?: readonly string[];
    })
  /** One right; the same number, or else the same kind, name and dates, is the same right. */
  | (Common & { readonly kind: 'ip'; readonly values: IpFact })
  /** One round; the same day, amount and currency is the same round. */
  | (Common & { readonly kind: 'financing'; readonly values: FinancingFact })
  /**
   * Everything known of an enterprise, as `parseFacts` returned it, with the source of each value; creates it where
   * the code is new. A list given here is the whole list. Titles are not written here: they go through the door.
   */
  | (Common & {
      readonly kind: 'facts';
      readonly facts: Facts;
      readonly extra?: Readonly<Record<string, unknown>>;
    });

/** Who says it, from what; holds for every change of a batch that says nothing else. */
export interface Origin {
  readonly actor: string;
  readonly source?: Source | null;
  /** When the source knew it, `YYYY-MM-DD`; null when not stated. */
  readonly knownAt?: string | null;
  readonly importId?: number | null;
  readonly evidence?: Readonly<Record<string, unknown>>;
}

export type ChangeResult =
  | {
      readonly outcome: 'created' | 'updated' | 'unchanged';
      readonly enterpriseId: number;
      /** Doubts about this statement: its own, and values that a better source overrules. */
      readonly flags: readonly Flag[];
    }
  | {
      /** Nothing was written: the enterprise is not known, or the code is none. */
      readonly outcome: 'rejected';
      readonly reason: string;
    };
