/** Features that many rules share: age, titles, size, listing, judgements on the niche. */
import { addDays, addYears, dayNumber, fullYears, yearOf, type Day } from '../day.ts';
import type { Facts } from '../facts/parse.ts';
import type { LEVELS } from '../facts/schema.ts';
import type { Feature, Moment } from '../engine/types.ts';

export const UNKNOWN = Number.NaN;
export type Level = (typeof LEVELS)[number];

/** A yes-or-no answer as a feature's number. */
export function truth(value: boolean | null | undefined): number {
  return value == null ? UNKNOWN : value ? 1 : 0;
}

/** A yes-or-no fact at a path of the facts. */
export function flagFeature(
  id: string,
  label: string,
  path: string,
  of: (facts: Facts) => boolean | null | undefined,
): Feature {
  return { id, label, unit: 'boolean', of: (facts) => truth(of(facts)), reads: () => [path] };
}

export const legalPerson = flagFeature(
  'legalPerson',
  '具有独立法人资格',
  'legalPerson',
  (f) => f.legalPerson,
);
export const residentEnterprise = flagFeature(
  'residentEnterprise',
  '中国境内（不含港澳台）注册的居民企业',
  'residentEnterprise',
  (f) => f.residentEnterprise,
);
export const restrictedProducts = flagFeature(
  'restrictedProducts',
  '产品属于禁止、限制、淘汰类',
  'restrictedProducts',
  (f) => f.restrictedProducts,
);
export const keyField = flagFeature(
  'niche.keyField',
  '主导产品属于文件所列领域且处于产业链关键环节',
  'niche.keyField',
  (f) => f.niche?.keyField,
);
export const wellKnown = flagFeature(
  'niche.wellKnown',
  '在细分市场享有较高知名度和影响力',
  'niche.wellKnown',
  (f) => f.niche?.wellKnown,
);
export const ownBrand = flagFeature(
  'niche.ownBrand',
  '拥有直接面向市场的自主品牌',
  'niche.ownBrand',
  (f) => f.niche?.ownBrand,
);
export const strategicEmerging = flagFeature(
  'niche.strategicEmerging',
  '主导产品属于战略性新兴产业',
  'niche.strategicEmerging',
  (f) => f.niche?.strategicEmerging,
);
export const informationSystem = flagFeature(
  'management.informationSystem',
  '核心业务采用信息系统支撑',
  'management.informationSystem',
  (f) => f.management?.informationSystem,
);

/** Whether core technology lies within the eight fields: on record once a field is named. */
export const techField: Feature = {
  id: 'techField',
  label: '已认定属于国家重点支持的高新技术领域',
  unit: 'boolean',
  of: (facts) => (facts.techField ? 1 : UNKNOWN),
  reads: () => ['techField'],
  note: (facts) => (facts.techField ? `登记的技术领域为 ${facts.techField}` : null),
};

/** Calendar days since registration. */
export const registeredDays: Feature = {
  id: 'registeredDays',
  label: '注册成立天数',
  unit: 'days',
  of: (facts, { on }) => (facts.registeredOn ? dayNumber(on) - dayNumber(facts.registeredOn) : UNKNOWN),
  reads: () => ['registeredOn'],
  turns: (facts) => [facts.registeredOn && addDays(facts.registeredOn, 365)],
};

/**
 * Whether the enterprise is at most so many years old: up to and including the anniversary. "≤ 10 years" ends with
 * the tenth anniversary, while {@link age} would still say 10 for a year after it.
 */
export function ageAtMost(years: number): Feature {
  return {
    id: `ageAtMost(${years})`,
    label: `成立不超过 ${years} 年`,
    unit: 'boolean',
    of: (facts, { on }) => (facts.registeredOn ? truth(on <= addYears(facts.registeredOn, years)) : UNKNOWN),
    reads: () => ['registeredOn'],
    turns: (facts) => [facts.registeredOn && addDays(addYears(facts.registeredOn, years), 1)],
  };
}

/** Fiscal years T−3 … T−1 in which it existed (0 to 3); figures of T−3 prove three when the date is not known. */
export const operatingYears: Feature = {
  id: 'operatingYears',
  label: '近三个会计年度中实际经营年数',
  unit: 'years',
  of: (facts, { year }) => {
    if (facts.registeredOn) return Math.max(0, Math.min(3, year - yearOf(facts.registeredOn)));
    return facts.years?.[year - 3] && Object.values(facts.years[year - 3]!).some((v) => v != null)
      ? 3
      : UNKNOWN;
  },
  reads: () => ['registeredOn'],
};

/** 1 for a renewal (复核, 重新认定), else 0. */
export const isRenewal: Feature = {
  id: 'isRenewal',
  label: '属于复核',
  unit: 'boolean',
  of: (_f, { action }) => (action === 'new' ? 0 : 1),
  reads: () => [],
};

/** Completed years in the niche at the end of T−1 (31 December included). */
export const nicheYearsAtYearEnd: Feature = {
  id: 'nicheYearsAtYearEnd',
  label: '截至上年末从事特定细分市场年限',
  unit: 'years',
  of: (facts, { year }) => (facts.niche?.since ? fullYears(facts.niche.since, `${year}-01-01`) : UNKNOWN),
  reads: () => ['niche.since'],
};

/** Completed years in the niche on the day looked at. */
export const nicheYears: Feature = {
  id: 'nicheYears',
  label: '从事特定细分市场年限',
  unit: 'years',
  of: (facts, { on }) => (facts.niche?.since ? fullYears(facts.niche.since, on) : UNKNOWN),
  reads: () => ['niche.since'],
  turns: (facts, { year, on }) =>
    facts.niche?.since
      ? [addYears(facts.niche.since, year - yearOf(facts.niche.since))].filter((d) => d > on)
      : [],
};

export const marketShare: Feature = {
  id: 'niche.marketShare',
  label: '主导产品在细分市场的占有率',
  unit: 'ratio',
  of: (facts) => facts.niche?.marketShare ?? UNKNOWN,
  reads: () => ['niche.marketShare'],
};
export const nationalRank: Feature = {
  id: 'niche.nationalRank',
  label: '主导产品全国排名',
  unit: 'rank',
  of: (facts) => facts.niche?.nationalRank ?? UNKNOWN,
  reads: () => ['niche.nationalRank'],
};
export const globalRank: Feature = {
  id: 'niche.globalRank',
  label: '主导产品全球排名',
  unit: 'rank',
  of: (facts) => facts.niche?.globalRank ?? UNKNOWN,
  reads: () => ['niche.globalRank'],
};

/**
 * Whether any of the schemes' titles is in force: `grantedOn ≤ on ≤ validUntil` and status valid. Unknown when the
 * titles are, or when the dates that would decide are.
 */
export function holdsTitle(
  id: string,
  label: string,
  schemes: readonly string[],
  levels?: readonly Level[],
): Feature {
  const fits = (t: NonNullable<Facts['titles']>[number]) =>
    schemes.includes(t.scheme) && (!levels || t.level == null || levels.includes(t.level));
  return {
    id: `title:${id}`,
    label,
    unit: 'boolean',
    of: (facts, { on }) => {
      if (!facts.titles) return UNKNOWN;
      let open = false;
      for (const title of facts.titles) {
        if (!fits(title) || (title.status != null && title.status !== 'valid')) continue;
        if ((title.grantedOn && title.grantedOn > on) || (title.validUntil && title.validUntil < on))
          continue;
        const sure = title.grantedOn && title.validUntil && title.status && (!levels || title.level != null);
        if (sure) return 1;
        open = true;
      }
      return open ? UNKNOWN : 0;
    },
    reads: () => ['titles'],
    turns: (facts) =>
      (facts.titles ?? [])
        .filter(fits)
        .flatMap((t) => [t.grantedOn, t.validUntil && addDays(t.validUntil, 1)]),
  };
}

/** An unlisted enterprise; 新三板 counts as unlisted where `neeqAllowed`. */
export function unlisted(neeqAllowed: boolean): Feature {
  return {
    id: `unlisted(${neeqAllowed})`,
    label: neeqAllowed ? '未上市（新三板除外）' : '未上市',
    unit: 'boolean',
    of: (facts, { on }) => {
      const listing = facts.listing;
      if (!listing?.status) return UNKNOWN;
      if (listing.on && listing.on > on) return 1;
      return truth(listing.status === 'unlisted' || (neeqAllowed && listing.status === 'neeq'));
    },
    reads: () => ['listing.status'],
    turns: (facts) => [facts.listing?.on],
  };
}

/**
 * Whether a day lies in the last `years` years. The texts do not say whether "近 N 年" means the last N fiscal years
 * or N years back from the application; where the two readings differ the answer is open (null).
 */
export function withinYears(
  day: Day | null | undefined,
  years: number,
  { on, year }: Moment,
): boolean | null {
  if (!day) return null;
  const rolling = day <= on && day >= addYears(on, -years);
  const fiscal = yearOf(day) >= year - years && yearOf(day) <= year - 1;
  return rolling === fiscal ? rolling : null;
}
