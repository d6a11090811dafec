import fc from 'fast-check';
import { FIGURES, RD_BASES, RD_ITEMS, STAFF_BASES } from '../app/rules/facts/figures.ts';
import {
  CONDUCT_KINDS,
  IP_KINDS,
  LEVELS,
  SEVERITIES,
  SIZE_INDUSTRIES,
  SOURCES,
  TITLE_STATUSES,
} from '../app/rules/facts/schema.ts';
import { organisationCheckCharacter, usccCheckCharacter } from '../app/rules/facts/uscc.ts';

type Arb = fc.Arbitrary<unknown>;

const isoDay = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2030-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const text = fc.string({ unit: fc.constantFrom(...'甲乙丙丁科技公司AB1.-'), minLength: 1, maxLength: 12 });
const share = fc.integer({ min: 0, max: 1_000_000 }).map((millionths) => millionths / 1_000_000);
/** Amounts as texts with two decimals: exact whatever the size. */
const money = fc
  .bigInt({ min: 0n, max: 10n ** 15n })
  .map((fen) => `${fen / 100n}.${String(fen % 100n).padStart(2, '0')}`);
const FIGURE = {
  CNY: money,
  persons: fc.integer({ min: 0, max: 1_000_000 }).map((n) => n / 100),
  points: fc.integer({ min: 0, max: 10_000 }).map((n) => n / 100),
} as const;

/** Sometimes written with its source. */
const sourced = (value: Arb): Arb =>
  fc.oneof(
    { weight: 3, arbitrary: value },
    {
      weight: 1,
      arbitrary: fc.record(
        { value, source: fc.constantFrom(...SOURCES), knownAt: isoDay },
        { requiredKeys: ['value'] },
      ),
    },
  );

/** An object of which any key may be absent or null. */
const partial = (
  shape: Record<string, Arb>,
  required: string[] = [],
): fc.Arbitrary<Record<string, unknown>> =>
  fc.record(
    Object.fromEntries(
      Object.entries(shape).map(([key, value]) => [
        key,
        required.includes(key) ? sourced(value) : fc.option(sourced(value), { freq: 8 }),
      ]),
    ),
    { requiredKeys: required },
  );

const keyed = (rows: readonly { readonly key: string }[], value: Arb) =>
  partial(Object.fromEntries(rows.map(({ key }) => [key, value])));

const year = partial(Object.fromEntries(FIGURES.map((figure) => [figure.key, FIGURE[figure.unit]])));
const bases = fc.record(
  {
    rdExpenseBy: keyed(RD_BASES, money),
    rdItems: keyed(RD_ITEMS, money),
    techStaffBy: keyed(STAFF_BASES, FIGURE.persons),
  },
  { requiredKeys: [] },
);
const years = fc.dictionary(
  fc.integer({ min: 2018, max: 2026 }).map(String),
  fc.tuple(year, bases).map(([figures, more]) => ({ ...figures, ...more })),
  { maxKeys: 4 },
);

const list = (shape: Record<string, Arb>, required: string[] = []) =>
  fc.array(partial(shape, required), { maxLength: 4 });

const scores = fc.dictionary(
  fc.constantFrom('hnte', 'srdi', 'giant'),
  fc.dictionary(
    fc.constantFrom('technologyAdvancement', 'rdSystem', 'talent'),
    fc.integer({ min: 0, max: 30 }),
  ),
);

const CHARSET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const uscc = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 8, maxLength: 8 }).map((body) => {
  const first17 = `91110108${body}${organisationCheckCharacter(body)}`;
  return first17 + (CHARSET.includes(first17[16]!) ? usccCheckCharacter(first17) : '0');
});

const ip = {
  kind: fc.constantFrom(...IP_KINDS),
  no: text,
  name: text,
  appliedOn: isoDay,
  grantedOn: isoDay,
  obtainedBy: fc.constantFrom('own', 'transfer', 'gift', 'merger'),
  transferredOn: isoDay,
  rightHolderRank: fc.integer({ min: 1, max: 9 }),
  relatedToMainProduct: fc.boolean(),
  applied: fc.boolean(),
  highValue: fc.boolean(),
  usedInHnteApplicationOn: isoDay,
  until: isoDay,
};
const title = {
  scheme: fc.constantFrom('hnte', 'srdi', 'giant'),
  level: fc.constantFrom(...LEVELS),
  no: text,
  grantedOn: isoDay,
  validUntil: isoDay,
  status: fc.constantFrom(...TITLE_STATUSES),
};
const financing = {
  closedOn: isoDay,
  amount: money,
  currency: fc.constantFrom('CNY', 'USD'),
  postMoney: money,
  qualifiedInvestor: fc.boolean(),
  cededShare: share,
};
const niche = partial({
  since: isoDay,
  marketShare: share,
  nationalRank: fc.integer({ min: 1, max: 99 }),
  globalRank: fc.integer({ min: 1, max: 99 }),
  keyField: fc.boolean(),
  wellKnown: fc.boolean(),
  ownBrand: fc.boolean(),
  strategicEmerging: fc.boolean(),
});

/** Facts of one enterprise as contract.md writes them, valid, with any part absent. */
export const anyFacts: fc.Arbitrary<Record<string, unknown>> = fc.record(
  {
    uscc,
    name: sourced(text.filter((name) => name.trim() === name)),
    formerNames: fc.uniqueArray(text, { maxLength: 3 }),
    registeredOn: sourced(isoDay),
    division: sourced(fc.constantFrom('110108', '440400')),
    park: sourced(fc.constantFrom('一园', '二园')),
    locatedInPark: sourced(fc.boolean()),
    legalPerson: sourced(fc.boolean()),
    residentEnterprise: fc.option(sourced(fc.boolean())),
    industry: sourced(fc.constantFrom('6513', 'C39')),
    sizeIndustry: sourced(fc.constantFrom(...SIZE_INDUSTRIES)),
    techField: sourced(fc.constantFrom('1.1', '2')),
    restrictedProducts: sourced(fc.boolean()),
    listing: partial({
      status: fc.constantFrom('unlisted', 'neeq', 'listed'),
      on: isoDay,
      code: fc.constantFrom('600000', '000001'),
      shortName: text,
    }),
    years,
    intellectualProperty: list(ip, ['kind']),
    conversions: fc.dictionary(fc.integer({ min: 2018, max: 2026 }).map(String), fc.nat({ max: 20 })),
    titles: list(title, ['scheme', 'status']),
    financing: list(financing),
    niche,
    rdInstitutions: list({ level: fc.constantFrom(...LEVELS), recognisedOn: isoDay }),
    awards: list({
      kind: fc.constantFrom('makerChina', 'quality'),
      level: fc.constantFrom(...LEVELS),
      on: isoDay,
    }),
    standards: list({
      level: fc.constantFrom('national', 'group'),
      role: fc.constantFrom('lead', 'participate'),
    }),
    management: partial({
      informationSystem: fc.boolean(),
      digitalLevel: fc.integer({ min: 0, max: 5 }),
    }),
    conduct: list({
      kind: fc.constantFrom(...CONDUCT_KINDS),
      severity: fc.constantFrom(...SEVERITIES),
      on: isoDay,
      until: isoDay,
    }),
    expertScores: scores,
    operatorScores: scores,
  },
  { requiredKeys: ['uscc'] },
) as fc.Arbitrary<Record<string, unknown>>;
