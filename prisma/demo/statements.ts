/** What the park hears of an enterprise, when, and from whom: the register, each year's statements, the rights. */
import { addDays, yearOf, type Day } from '../../app/rules/day.ts';
import type { Facts } from '../../app/rules/facts/parse.ts';
import type { PlainFacts, Source, YearFacts } from '../../app/rules/facts/schema.ts';
import type { FactChange } from '../../app/services/fact-change.ts';
import { attributes, financing, rights } from './attributes.ts';
import { revenues, yearFigures } from './figures.ts';
import type { Profile } from './profile.ts';
import type { Random } from './random.ts';
import type { Role } from './roles.ts';

export interface Statement {
  readonly on: Day;
  readonly change: FactChange;
}

export interface Identity {
  readonly uscc: string;
  readonly name: string;
  readonly formerName: string | null;
  readonly park: string;
  readonly profile: Profile;
  readonly role: Role;
  /** First day on which the park knew the enterprise. */
  readonly knownOn: Day;
}

/** What is missing of an enterprise, as always in real registers. */
interface Gaps {
  readonly lastYear: boolean;
  readonly rights: boolean;
  readonly techStaff: boolean;
  readonly research: boolean;
}

function gapsOf(random: Random, planted: boolean): Gaps {
  const gap = (share: number) => !planted && random.chance(share);
  return { lastYear: gap(0.07), rights: gap(0.06), techStaff: gap(0.05), research: gap(0.03) };
}

/** The registration, official from the first day. */
function registration(
  { uscc, name, formerName, park, profile, role, knownOn }: Identity,
  random: Random,
): Statement {
  const listed = role.listing === 5;
  return {
    on: knownOn,
    change: {
      kind: 'enterprise',
      uscc,
      source: 'official',
      knownAt: knownOn,
      values: {
        name,
        ...(formerName ? { formerNames: [formerName] } : {}),
        registeredOn: profile.registeredOn,
        division: '440402',
        park,
        locatedInPark: random.chance(0.9),
        legalPerson: true,
        residentEnterprise: true,
        industry: profile.industry.code,
        listing: listed ? { status: 'neeq' } : { status: 'unlisted' },
      },
      extra: {
        '注册资本（万元）': random.pick([50, 100, 200, 300, 500, 1000, 1000, 2000, 3000, 5000]),
        地址: `示例市示例区示例大道 ${random.int(1, 999)} 号`,
      },
    },
  };
}

const YEARS = 5;

/** All that is said of an enterprise up to `today`; `planted` ones have no gaps. In one piece where `coarse`. */
export function statementsOf(
  random: Random,
  identity: Identity,
  today: Day,
  planted: boolean,
  coarse: boolean,
): Statement[] {
  const { profile, role, knownOn, uscc } = identity;
  const gaps = gapsOf(random, planted);
  const lastYear = yearOf(today) - 1;
  const keep = coarse ? 3 : random.chance(0.75) ? YEARS : random.int(3, 4);
  const oldest = Math.max(yearOf(profile.registeredOn), lastYear - keep + 1);
  const last = latest(random, identity, gaps, today);
  const said: Statement[] = [registration(identity, random)];
  const years: Record<string, YearFacts> = {};
  for (const [year, revenue] of [...revenues(profile, lastYear, oldest)].reverse()) {
    const figures = yearFigures(random, profile, revenue, year - yearOf(profile.registeredOn));
    const on = later(knownOn, addDays(`${year + 1}-03-05`, random.int(0, 105)));
    if (on > today || (gaps.lastYear && year === lastYear)) continue;
    if (gaps.techStaff) delete figures.techStaff;
    if (gaps.research) delete figures.rdExpenseDomestic;
    const source: Source = role.kind === 'plain' ? 'self' : random.chance(0.75) ? 'audit' : 'self';
    years[year] = figures;
    if (coarse) continue;
    if (random.chance(0.3)) said.push(flash(random, uscc, year, figures, knownOn, on));
    if (random.chance(0.03)) said.push(rumour(uscc, year, figures, addDays(on, 40), today));
    said.push({ on, change: { kind: 'figures', uscc, year, values: figures, source, knownAt: on } });
  }
  const facts: Facts = { ...last.facts, ...(coarse ? { years } : {}), provenance: {}, flags: [] };
  said.push({ on: last.on, change: { kind: 'facts', uscc, facts, source: 'self', knownAt: last.on } });
  said.push({
    on: last.on,
    change: { kind: 'enterprise', uscc, source: 'official', knownAt: last.on, values: last.official },
  });
  said.push(...scores(identity, random, lastYear + 1));
  return said.filter(({ on }) => on <= today);
}

const later = (a: Day, b: Day): Day => (a > b ? a : b);

/** Early figures of the year, which the audited ones overrule. */
function flash(
  random: Random,
  uscc: string,
  year: number,
  figures: YearFacts,
  from: Day,
  until: Day,
): Statement {
  const on = later(from, addDays(`${year + 1}-01-20`, random.int(0, 30)));
  const rough = Math.round((figures.operatingRevenue! * random.between(0.97, 1.03)) / 1e6) * 1e6;
  const values: YearFacts = { operatingRevenue: rough, employees: figures.employees };
  const day = on < until ? on : until;
  const source = random.pick(['self', 'statistics'] as const);
  return { on: day, change: { kind: 'figures', uscc, year, values, source, knownAt: addDays(day, -1) } };
}

/** What a lesser source says later: kept, but not in force. */
function rumour(uscc: string, year: number, figures: YearFacts, on: Day, today: Day): Statement {
  const values: YearFacts = { operatingRevenue: Math.round(figures.operatingRevenue! * 1.08) };
  const evidence = { note: '第三方企业信息平台' };
  const day = on < today ? on : today;
  return {
    on: day,
    change: { kind: 'figures', uscc, year, values, source: 'thirdParty', knownAt: day, evidence },
  };
}

/** Scores that the official platform gave this year and last. */
function scores({ profile, knownOn, uscc }: Identity, random: Random, year: number): Statement[] {
  const rows = [
    [year - 1, profile.scoreBefore],
    [year, profile.score],
  ] as const;
  return rows.flatMap(([of, score]) => {
    if (score === null) return [];
    const on = later(knownOn, addDays(`${of}-05-10`, random.int(0, 50)));
    const values: YearFacts = { developmentScore: score * 100 };
    return [
      { on, change: { kind: 'figures', uscc, year: of, values, source: 'official', knownAt: on } as const },
    ];
  });
}

/** Everything that is stated once, with this year's update. */
function latest(random: Random, { profile, role, knownOn, uscc }: Identity, gaps: Gaps, today: Day) {
  const year = yearOf(today);
  const on = later(knownOn, addDays(`${year}-01-10`, Math.min(random.int(0, 150), dayOfYear(today) - 10)));
  const day = on < today ? on : today;
  const { conduct, restrictedProducts, techField, ...own } = attributes(random, role.kind, profile, today);
  const facts: PlainFacts = {
    uscc,
    ...own,
    ...(gaps.rights ? {} : { intellectualProperty: rights(random, profile, role.index, day) }),
    financing: financing(random, role, profile, day),
  };
  const official: Partial<PlainFacts> = {
    ...(techField ? { techField } : {}),
    ...(restrictedProducts === null ? {} : { restrictedProducts }),
    ...(conduct ? { conduct } : {}),
  };
  return { on: day, facts, official };
}

const dayOfYear = (day: Day) => (Number(day.slice(5, 7)) - 1) * 30 + Number(day.slice(8));
