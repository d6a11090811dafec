/** R&D expense and technical staff on the legal basis of the scheme that asks. */
import { FIGURE_BY_KEY, RD_BASES, RD_ITEMS, type RdBasis, type StaffBasis } from '../facts/figures.ts';
import type { Facts } from '../facts/parse.ts';
import type { YearFacts } from '../facts/schema.ts';
import { read } from '../engine/compile.ts';
import type { Feature, Moment } from '../engine/types.ts';

interface Found {
  readonly value: number;
  readonly path: string;
  readonly note: string | null;
}

/**
 * R&D expense of one year by its eight items (国科发火〔2016〕195号): commissioned work counts at 80 %, other costs
 * at most 20 % of the whole, which is a quarter of the rest. In 分, parts of a 分 dropped. NaN unless every item but
 * those commissioned and other is known; an absent commissioned or other item makes it NaN as well.
 */
export function rdFromItems(items: NonNullable<YearFacts['rdItems']>): number {
  let inHouse = 0;
  for (const { key } of RD_ITEMS) {
    const value = items[key];
    if (value == null) return Number.NaN;
    if (key !== 'commissionedDomestic' && key !== 'commissionedAbroad' && key !== 'other') inHouse += value;
  }
  const commissioned =
    Math.floor((items.commissionedDomestic! * 4) / 5) + Math.floor((items.commissionedAbroad! * 4) / 5);
  const counted = inHouse + commissioned;
  return counted + Math.min(items.other!, Math.floor(counted / 4));
}

function find(facts: Facts, year: number, basis: RdBasis | null): Found | null {
  const figures = facts.years?.[year];
  if (!figures) return null;
  const path = `years.${year}`;
  const named = (key: RdBasis, note: string | null): Found | null => {
    const value = figures.rdExpenseBy?.[key];
    return value == null ? null : { value, path: `${path}.rdExpenseBy.${key}`, note };
  };
  const own = basis ? named(basis, null) : null;
  if (own) return own;
  if (basis === 'hnte' && figures.rdItems) {
    const value = rdFromItems(figures.rdItems);
    if (!Number.isNaN(value))
      return {
        value,
        path: `${path}.rdItems`,
        note: `${year}年研发费用按八项归集计算（委托外部 80%，其他费用不超过 20%）`,
      };
  }
  if (figures.rdExpense != null) return { value: figures.rdExpense, path: `${path}.rdExpense`, note: null };
  for (const { key, label } of RD_BASES) {
    const other = key === basis ? null : named(key, `${year}年研发费用采用${label}`);
    if (other) return other;
  }
  return null;
}

/** The value of {@link find} alone: reported figures, the common case, without making anything. */
function valueOf(facts: Facts, year: number, basis: RdBasis | null): number | undefined {
  const figures = facts.years?.[year];
  if (!figures) return undefined;
  if (figures.rdExpenseBy == null && figures.rdItems == null) return figures.rdExpense ?? undefined;
  return find(facts, year, basis)?.value;
}

/** R&D expense of the year at the offset, on the basis named (null: as reported), else on the next best, saying so. */
export function rdExpense(basis: RdBasis | null, offset: number): Feature {
  const at = (moment: Moment) => moment.year + offset;
  return {
    id: `rdExpense${basis ? `(${basis})` : ''}[${offset}]`,
    label: '研发费用',
    unit: 'CNY',
    years: (moment) => [at(moment)],
    of: (facts, moment) =>
      valueOf(facts, at(moment), basis) ?? read({ kind: 'figure', key: 'rdExpense', offset }, facts, moment),
    reads: (moment, facts) => [find(facts, at(moment), basis)?.path ?? `years.${at(moment)}.rdExpense`],
    note: (facts, moment) => find(facts, at(moment), basis)?.note ?? null,
  };
}

/** R&D spent in mainland China: as reported, else from the items (commissioned abroad left out). */
export function rdDomestic(offset: number): Feature {
  const at = (moment: Moment) => moment.year + offset;
  return {
    id: `rdExpenseDomestic(hnte)[${offset}]`,
    label: '境内研发费用',
    unit: 'CNY',
    years: (moment) => [at(moment)],
    of: (facts, moment) => {
      const stated = facts.years?.[at(moment)]?.rdExpenseDomestic;
      if (stated != null) return stated;
      const items = facts.years?.[at(moment)]?.rdItems;
      if (items && find(facts, at(moment), 'hnte')?.path.endsWith('rdItems')) {
        return rdFromItems(items) - Math.floor((items.commissionedAbroad! * 4) / 5);
      }
      return read({ kind: 'figure', key: 'rdExpenseDomestic', offset }, facts, moment);
    },
    reads: (moment) => [`years.${at(moment)}.rdExpenseDomestic`],
  };
}

/** Technical staff of the year at the offset, by the scheme's own definition where known. */
export function techStaff(basis: StaffBasis, offset: number): Feature {
  const at = (moment: Moment) => moment.year + offset;
  return {
    id: `techStaff(${basis})[${offset}]`,
    label: FIGURE_BY_KEY.techStaff.label,
    unit: 'persons',
    years: (moment) => [at(moment)],
    of: (facts, moment) =>
      facts.years?.[at(moment)]?.techStaffBy?.[basis] ??
      read({ kind: 'figure', key: 'techStaff', offset }, facts, moment),
    reads: (moment, facts) => [
      `years.${at(moment)}.${facts.years?.[at(moment)]?.techStaffBy?.[basis] == null ? 'techStaff' : `techStaffBy.${basis}`}`,
    ],
  };
}
