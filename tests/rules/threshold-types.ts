/** The form in which the thresholds are typed a second time. */
import type { Unit } from '../../app/rules/source.ts';

export type Op = '>=' | '>' | '<=' | '<';
/** condition, sign, number (null: not seen, entered by an operator), unit */
export type Numeric = readonly [condition: string, op: Op, value: string | null, unit: Unit];
/** bound and the points from it on, from the best down */
export type PointRow = readonly [bound: string, points: number | readonly [number, number]];
/** One table of points: what is measured (a unit, or a feature for counts), sign, rows. */
export type PointTable = readonly [measured: string, op: Op, ...rows: PointRow[]];

export interface Typed {
  readonly numeric: readonly Numeric[];
  /** Edges of bands by which a threshold is chosen; the edge belongs to the lower band. */
  readonly edges?: readonly (readonly [condition: string, edge: string])[];
  /** Thresholds chosen by kind: place of the kind and the number. */
  readonly chosen?: readonly (readonly [condition: string, place: number, value: string])[];
  /** Limits of age in years, the anniversary included. */
  readonly ages?: readonly (readonly [condition: string, years: number])[];
  readonly score?: {
    readonly condition: string;
    readonly op: Op;
    readonly pass: string;
    /** group → most points, least points */
    readonly groups: Readonly<Record<string, readonly [most: number, least: string | null]>>;
    /** item → most points, tables (none: given by a person) */
    readonly items: Readonly<Record<string, readonly [most: number, ...tables: PointTable[]]>>;
  };
}
