/** The funnel as of a day: headline tiers, stages per scheme, conversions. */
import { familyOf } from '../../machines/families.ts';
import { KNOWN_SCHEMES } from '../../machines/enterprise.ts';
import { LANES } from '../../machines/states.ts';
import {
  schemeFunnel,
  tierFunnel,
  type SchemeFunnel,
  type Stock,
  type TierStock,
} from '../pipeline/funnel.ts';
import { knowledgeInstant } from '../pipeline/log.ts';
import { staysIn } from '../pipeline/movement.ts';
import { OUTSIDE } from '../pipeline/projection.ts';
import { SCHEME_BY_ID } from '../rules/schemes.ts';
import { readStays, stockOn } from './spans.server.ts';
import { all, among, and, count, type Reading } from './sql.server.ts';

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

/** Stock by looking at every stay of the day, for readings that the roll-up does not hold. */
function stockCounted(db: Reading, input: FunnelInput, knownAt: string | null): Stock[] {
  const { asOf } = input;
  const parks = input.parkIds ? new Set(input.parkIds) : null;
  const counts = new Map<string, { lane: string; scheme: string; state: string; count: number }>();
  const selection = {
    lanes: [...LANES, 'held', 'headline'],
    from: asOf,
    to: asOf,
    knownAt,
    industry: input.industry,
  };
  for (const { enterpriseId, span, parks: belonged } of readStays(db, selection)) {
    const there = staysIn(enterpriseId, span, belonged, parks).some(
      (stay) => stay.fromOn <= asOf && (stay.toOn === null || asOf < stay.toOn),
    );
    if (!there) continue;
    const { lane, scheme, state } = span;
    const key = `${lane}|${scheme}|${state}`;
    const sum = counts.get(key);
    if (sum) sum.count += 1;
    else counts.set(key, { lane, scheme, state, count: 1 });
  }
  return [...counts.values()];
}

interface Special {
  parkId: number | null;
  registeredOn: string | null;
  industry: string | null;
  /** First day on which it was gone. */
  gone: string | null;
  /** Park on the day looked at, where it ever moved. */
  there: string | null;
}

/** Counts of enterprises, kept while the database is unchanged: each looks at every enterprise. */
const KEPT = 500;
const counted = new WeakMap<Reading['raw'], { version: unknown; counts: Map<string, number> }>();

/** Enterprises on record on the day: registered, not merged into another, not deregistered, in the parks looked at. */
export function enterprisesOn(db: Reading, input: FunnelInput): number {
  const version = db.raw.pragma('data_version', { simple: true });
  let kept = counted.get(db.raw);
  if (!kept || kept.version !== version || kept.counts.size >= KEPT)
    counted.set(db.raw, (kept = { version, counts: new Map() }));
  const key = JSON.stringify([input.asOf, input.parkIds ?? null, input.industry ?? null]);
  let found = kept.counts.get(key);
  if (found === undefined) kept.counts.set(key, (found = countEnterprises(db, input)));
  return found;
}

function countEnterprises(db: Reading, { asOf, parkIds, industry }: FunnelInput): number {
  const where = and([
    { sql: 'e.mergedIntoId IS NULL', params: [] },
    { sql: 'e.registeredOn IS NULL OR e.registeredOn <= ?', params: [asOf] },
    industry
      ? { sql: 'e.industry >= ? AND e.industry < ?', params: [industry, `${industry}\u{10FFFF}`] }
      : null,
    parkIds ? among('e.parkId', parkIds) : null,
  ]);
  // All as they stand now, from the index alone; then the few that moved or are gone, as they stood on the day.
  const now = count(db, `SELECT count(*) FROM Enterprise e WHERE ${where.sql}`, ...where.params);
  const specials = all<Special>(
    db,
    `SELECT e.parkId, e.registeredOn, e.industry, json_extract(s.snapshot, '$.gone.on') AS gone,
       (SELECT p.state FROM Span p WHERE p.enterpriseId = e.id AND p.scheme = 'park' AND p.fromOn <= ?
          AND (p.toOn IS NULL OR p.toOn > ?)) AS there
     FROM Enterprise e JOIN MachineSnapshot s ON s.enterpriseId = e.id
     WHERE e.mergedIntoId IS NULL AND e.id IN (
       SELECT enterpriseId FROM Span WHERE lane = 'park' AND scheme = 'park'
       UNION SELECT enterpriseId FROM Event WHERE scheme IS NULL AND type = 'deregistered' AND accepted = 1)`,
    asOf,
    asOf,
  );
  const inParks = (park: number | null) =>
    parkIds ? park !== null && parkIds.includes(park) : park !== OUTSIDE;
  let total = now;
  for (const { parkId, registeredOn, industry: own, gone, there } of specials) {
    if ((registeredOn !== null && registeredOn > asOf) || (industry && !own?.startsWith(industry))) continue;
    const counted = parkIds ? inParks(parkId) : true;
    const present = (gone === null || asOf < gone) && inParks(there === null ? parkId : Number(there));
    total += Number(present) - Number(counted);
  }
  return total;
}

/** The funnel as of a day, as it is known now or as it was known then. */
export function readFunnel(db: Reading, input: FunnelInput): Funnel {
  const knownAt = input.knownAt ? knowledgeInstant(input.knownAt, 'through') : null;
  const stock =
    knownAt === null && !input.industry
      ? stockOn(db, input.asOf, input.parkIds ?? null)
      : stockCounted(db, input, knownAt);
  const enterprises = enterprisesOn(db, input);
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
