/** What is known of an enterprise besides its yearly figures: rights, financing, niche, conduct, management. */
import { addDays, addMonths, daysBetween, yearOf, type Day } from '../../app/rules/day.ts';
import type { FinancingFact, IpFact, PlainFacts } from '../../app/rules/facts/schema.ts';
import type { Profile } from './profile.ts';
import type { Random } from './random.ts';
import type { Kind, Role } from './roles.ts';

/** Rights in force or applied for, the oldest first. Numbers and names are as invented as the rest. */
export function rights(random: Random, p: Profile, index: number, today: Day): IpFact[] {
  const list: IpFact[] = [];
  const span = Math.max(200, daysBetween(p.registeredOn, today));
  const add = (kind: IpFact['kind'], granted: boolean, related: boolean | null) => {
    const appliedOn = addDays(p.registeredOn, random.int(30, Math.max(31, span - 120)));
    const months = kind === 'invention' ? random.int(14, 34) : random.int(3, 9);
    const due = addMonths(appliedOn, months);
    const grantedOn = granted ? (due < today ? due : addDays(today, -random.int(20, 100))) : null;
    const bought = kind === 'invention' && random.chance(0.04);
    list.push({
      kind,
      no: `示例${LETTERS[kind] ?? 'QT'}${yearOf(appliedOn)}${String(index).padStart(5, '0')}${String(list.length + 1).padStart(3, '0')}`,
      name: nameOf(random, kind, p),
      appliedOn,
      grantedOn,
      obtainedBy: bought ? 'transfer' : 'own',
      transferredOn: bought && grantedOn ? addDays(grantedOn, 10) : null,
      rightHolderRank: random.chance(0.94) ? 1 : 2,
      relatedToMainProduct: related,
      applied: related === true ? true : random.chance(0.5) ? null : false,
      highValue: kind === 'invention' ? random.chance(0.2) : false,
      usedInHnteApplicationOn: p.used && kind !== 'invention' && grantedOn ? addDays(today, -400) : null,
      until: null,
    });
  };
  for (let i = 0; i < Math.min(60, p.classOne); i += 1) {
    add(p.industry.code === '6520' && random.chance(0.4) ? 'icLayout' : 'invention', true, true);
  }
  for (let i = 0; i < Math.min(80, p.classTwo); i += 1) {
    const kind = p.industry.software && random.chance(0.85) ? 'softwareCopyright' : 'utilityModel';
    add(
      random.chance(0.06) ? 'design' : kind,
      true,
      random.chance(0.85) ? true : random.chance(0.5) ? null : false,
    );
  }
  for (let i = 0; i < p.pending; i += 1) add('invention', false, null);
  return list.sort((a, b) => (a.appliedOn! < b.appliedOn! ? -1 : 1));
}

const LETTERS: Readonly<Record<string, string>> = {
  invention: 'FM',
  icLayout: 'BT',
  utilityModel: 'XY',
  design: 'WG',
  softwareCopyright: 'RZ',
};

function nameOf(random: Random, kind: IpFact['kind'], p: Profile): string {
  const product = random.pick(p.industry.products);
  if (kind === 'softwareCopyright') return `${product}软件 V${random.int(1, 5)}.${random.int(0, 3)}`;
  if (kind === 'design') return `${product}（外观）`;
  if (kind === 'icLayout') return `${product}版图`;
  return `${random.pick(['一种', '一种改进的', '一种低功耗'])}${product}${random.pick(['及其控制方法', '装置', '的测试方法', '结构'])}`;
}

/** Rounds of equity financing. Members of the library of unicorns have the valuation their tier speaks of. */
export function financing(random: Random, role: Role, p: Profile, today: Day): FinancingFact[] | null {
  if (!p.equity) return [];
  const tier = role.pool.findLast((stay) => `${stay.year}-12-31` <= today)?.scheme;
  const target = tier === 'unicorn' ? 7.2e9 : tier === 'unicornPotential' ? 9e8 : tier ? 2.4e8 : null;
  if (target === null && !random.chance(role.kind === 'plain' ? 0.02 : 0.14))
    return random.chance(0.7) ? [] : null;
  let value = (target ?? Math.max(2e7, p.revenue * random.between(1.5, 4))) * random.between(0.85, 1.3);
  let closedOn = addDays(today, -random.int(60, 900));
  const rounds: FinancingFact[] = [];
  for (let i = target ? random.int(2, 4) : random.int(1, 2); i > 0; i -= 1) {
    const share = random.between(0.06, 0.16);
    const postMoney = Math.round(value / 1e6) * 1e8;
    rounds.unshift({
      closedOn,
      amount: Math.round((postMoney * share) / 1e8) * 1e8,
      currency: 'CNY',
      postMoney,
      qualifiedInvestor: random.chance(0.9) ? true : null,
      cededShare: Math.round(share * 1e6),
    });
    value /= random.between(1.6, 2.6);
    closedOn = addDays(closedOn, -random.int(320, 620));
  }
  return rounds.filter((round) => round.closedOn! > p.registeredOn && round.postMoney! > 0);
}

/** Every other attribute, as the enterprise and the registers state them. */
export function attributes(random: Random, kind: Kind, p: Profile, today: Day): Partial<PlainFacts> {
  const year = yearOf(today);
  const strong = kind === 'giant' || kind === 'srdi';
  const works = strong || kind === 'hnte' || kind === 'pool';
  const conversions: Record<string, number> = {};
  for (let back = 1; back <= 3; back += 1) {
    const of = year - back;
    if (of >= yearOf(p.registeredOn)) conversions[of] = Math.max(0, p.conversions + random.int(-1, 1));
  }
  return {
    techField: works || random.chance(0.6) ? p.industry.techField : null,
    restrictedProducts: random.chance(0.97) ? false : null,
    conversions,
    niche: {
      since: p.nicheSince,
      marketShare: strong || random.chance(0.4) ? Math.round(p.marketShare * 1000) * 1000 : null,
      nationalRank: strong && random.chance(0.5) ? random.int(1, 6) : null,
      globalRank: null,
      keyField: p.keyField,
      wellKnown: p.wellKnown,
      ownBrand: random.chance(0.7) ? random.chance(strong ? 0.95 : 0.5) : null,
      strategicEmerging: random.chance(0.8) ? random.chance(0.7) : null,
    },
    rdInstitutions: institutions(random, kind, today),
    awards:
      strong && random.chance(0.12)
        ? [
            {
              kind: 'scienceAndTechnology',
              level: 'provincial',
              rank: random.int(1, 4),
              on: `${year - 1}-11-20`,
            },
          ]
        : [],
    standards:
      strong && random.chance(0.3)
        ? [
            {
              level: random.pick(['national', 'industry', 'group'] as const),
              role: random.pick(['lead', 'participate'] as const),
              on: `${year - 2}-06-01`,
            },
          ]
        : [],
    management: {
      informationSystem: random.chance(0.85) ? random.chance(0.8) : null,
      certificates: random.chance(works ? 0.7 : 0.25) ? ['ISO9001'] : [],
      digitalLevel: random.chance(0.6) ? random.int(1, strong ? 4 : 3) : null,
    },
    conduct: conduct(random, works, today),
    ...(works && random.chance(0.35) ? { expertScores: { hnte: expertScores(random) } } : {}),
  };
}

function institutions(random: Random, kind: Kind, today: Day): PlainFacts['rdInstitutions'] {
  const likely = kind === 'giant' ? 0.7 : kind === 'srdi' ? 0.4 : kind === 'hnte' ? 0.12 : 0.02;
  if (!random.chance(likely)) return [];
  const level = kind === 'giant' && random.chance(0.5) ? 'provincial' : 'municipal';
  return [{ level, recognisedOn: addDays(today, -random.int(200, 1600)) }];
}

/** Mostly nothing; now and then what keeps a company from every title. */
function conduct(random: Random, works: boolean, today: Day): PlainFacts['conduct'] {
  if (random.chance(0.03)) return null;
  if (random.chance(works ? 0.988 : 0.955)) return [];
  const on = addDays(today, -random.int(60, 800));
  return [
    random.weighted([
      [{ kind: 'abnormalList', severity: null, on, until: random.chance(0.5) ? addDays(on, 50) : null }, 5],
      [{ kind: 'environment', severity: 'minor', on, until: null }, 3],
      [{ kind: 'tax', severity: 'minor', on, until: null }, 2],
      [{ kind: 'safety', severity: 'larger', on, until: null }, 1],
    ] as const),
  ];
}

function expertScores(random: Random) {
  return {
    technologyAdvancement: random.int(4, 8),
    productSupport: random.int(4, 8),
    acquisition: random.int(3, 6),
    standards: random.int(0, 2),
    conversion: random.int(15, 29),
    rdSystem: random.int(3, 6),
    rdBody: random.int(3, 6),
    incentives: random.int(1, 4),
    talent: random.int(1, 4),
  };
}
