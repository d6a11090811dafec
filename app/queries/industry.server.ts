/** Sections of GB/T 4754 as ranges of the codes under which industries are stored (`65`, `6513`, `I6513`). */
import { INDUSTRY_SECTIONS } from '../rules/facts/sections.ts';
import type { Clause } from './sql.server.ts';

const two = (division: number) => String(division).padStart(2, '0');

/** Section letter → half-open ranges `[from, to)` in text order. */
export const SECTION_DIVISIONS: Readonly<Record<string, readonly (readonly [string, string])[]>> =
  Object.fromEntries(
    INDUSTRY_SECTIONS.map(([letter, , from, to]) => [
      letter,
      [
        [two(from), `${two(to)}~`],
        [`${letter}0`, `${letter}~`],
      ] as const,
    ]),
  );

/** Enterprises `e` of a section of GB/T 4754. */
export function bySection(section: string): Clause | null {
  const divisions = SECTION_DIVISIONS[section];
  return divisions
    ? {
        sql: divisions.map(() => '(e.industry >= ? AND e.industry < ?)').join(' OR '),
        params: divisions.flat(),
      }
    : null;
}
