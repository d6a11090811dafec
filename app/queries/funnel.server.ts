/** The funnel as of a day: headline tiers, stages per scheme, conversions. */
import { familyOf } from '../../machines/families.ts';
import { KNOWN_SCHEMES } from '../../machines/enterprise.ts';
import {
  schemeFunnel,
  tierFunnel,
  type SchemeFunnel,
  type Stock,
  type TierStock,
} from '../pipeline/funnel.ts';
import { knowledgeInstant } from '../pipeline/log.ts';
import { staysIn } from '../pipeline/movement.ts';
import { SCHEME_BY_ID } from '../rules/schemes.ts';
import { enterprisesOn } from './presence.server.ts';
import {
  byIndustry,
  correctedStays,
  readStays,
  STOCK_LANES,
  stockOn,
  type EnterpriseSpan,
} from './spans.server.ts';
import type { Reading } from './sql.server.ts';

export interface FunnelInput {
  readonly asOf: string;
  /** A day (through its end) or an instant; null: all that is known now. */
  readonly knownAt?: string | null;
  /** Ids of the parks looked at, children included; null: all. */
  readonly parkIds?: readonly number[] | null;
  /** Start of the industry code. */
  readonly industry?: string | null;
}

export interface Funnel {
  readonly asOf: string;
  readonly knownAt: string | null;
  /** Enterprises on record that were registered by the day. */
  readonly enterprises: number;
  /** Enterprises with at least one headline title, each once. */
  readonly inTiers: number;
  readonly tiers: readonly (TierStock & { readonly label: string })[];
  readonly schemes: readonly (SchemeFunnel & { readonly label: string; readonly family: string })[];
  /** How the numbers count, in words. */
  readonly counting: string;
}

const COUNTING =
  '梯队就高：每家企业只计其当日最高有效称号；累计：持有该称号且当日有效的企业数；各阶段按企业与称号计，单位为家';

type Tally = Map<string, { lane: string; scheme: string; state: string; count: number }>;

/** Counts the stays of a day, `by` each. */
function tally(counts: Tally, stays: Iterable<EnterpriseSpan>, input: FunnelInput, by: 1 | -1): void {
  const { asOf } = input;
  const parks = input.parkIds ? new Set(input.parkIds) : null;
  for (const { enterpriseId, span, parks: belonged } of stays) {
    const there = staysIn(enterpriseId, span, belonged, parks).some(
      (stay) => stay.fromOn <= asOf && (stay.toOn === null || asOf < stay.toOn),
    );
    if (!there) continue;
    const { lane, scheme, state } = span;
    const key = `${lane}|${scheme}|${state}`;
    const sum = counts.get(key);
    if (sum) sum.count += by;
    else counts.set(key, { lane, scheme, state, count: by });
  }
}

/**
 * Stock of the day: from the roll-up, of an industry by looking at its stays; as it was known then by what became
 * known since.
 */
function stockOf(db: Reading, input: FunnelInput, knownAt: string | null): Stock[] {
  const { asOf, industry } = input;
  const selection = { lanes: STOCK_LANES, from: asOf, to: asOf, industry };
  const counts: Tally = new Map();
  if (industry) tally(counts, readStays(db, { ...selection, knownAt: null }), input, 1);
  else
    for (const row of stockOn(db, asOf, input.parkIds ?? null))
      counts.set(`${row.lane}|${row.scheme}|${row.state}`, { ...row });
  if (knownAt !== null) {
    const { now, before } = correctedStays(db, { ...selection, knownAt });
    tally(counts, now, input, -1);
    tally(counts, before, input, 1);
  }
  return [...counts.values()].filter(({ count }) => count !== 0);
}

/** The funnel as of a day, as it is known now or as it was known then. */
export function readFunnel(db: Reading, input: FunnelInput): Funnel {
  const knownAt = input.knownAt ? knowledgeInstant(input.knownAt, 'through') : null;
  const stock = stockOf(db, input, knownAt);
  const enterprises = enterprisesOn(db, {
    asOf: input.asOf,
    parkIds: input.parkIds ?? null,
    only: byIndustry(input.industry),
  });
  const label = (scheme: string) => SCHEME_BY_ID.get(scheme)?.short ?? scheme;
  const present = new Set(stock.map((s) => s.scheme));
  present.delete('headline');
  const known: readonly string[] = KNOWN_SCHEMES;
  const schemes = [
    ...known.filter((s) => present.has(s)),
    ...[...present].filter((s) => !known.includes(s)).sort(),
  ];
  const tiers = tierFunnel(stock, enterprises).map((tier) => ({ ...tier, label: label(tier.tier) }));
  return {
    asOf: input.asOf,
    knownAt,
    enterprises,
    inTiers: tiers.reduce((sum, tier) => sum + tier.headline, 0),
    tiers,
    schemes: schemes.map((scheme) => ({
      ...schemeFunnel(scheme, stock),
      label: label(scheme),
      family: familyOf(scheme).label,
    })),
    counting: COUNTING,
  };
}
