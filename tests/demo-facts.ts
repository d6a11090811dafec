/** What the enterprises of the demo park know of themselves, without a database: for tests that go over many. */
import type { Day } from '../app/rules/day.ts';
import { finishFacts, type Facts } from '../app/rules/facts/parse.ts';
import type { PlainFacts, TitleFact, YearFacts } from '../app/rules/facts/schema.ts';
import { PUBLISHED } from '../prisma/demo/roles.ts';
import { makePark, type DemoEnterprise } from '../prisma/demo/park.ts';

/**
 * The first `count` enterprises of the demo park as of a day, with the last word of each statement and the titles of
 * its history. What only others know of it (the experts' scores) is left out; 销售收入 is what 营业收入 is.
 */
export function demoFacts(count: number, today: Day): Facts[] {
  const park = makePark({ seed: 'zhuhai-2021', size: PUBLISHED.size, today });
  const all: DemoEnterprise[] = [...park.enterprises];
  const step = all.length / count;
  return Array.from({ length: count }, (_, i) => factsOf(all[Math.floor(i * step)]!, today));
}

function factsOf(enterprise: DemoEnterprise, today: Day): Facts {
  const plain: PlainFacts = {};
  const years: Record<string, YearFacts> = {};
  for (const { change } of [...enterprise.statements].sort((a, b) => (a.on < b.on ? -1 : 1))) {
    if (change.source === 'thirdParty') continue;
    if (change.kind === 'figures')
      years[change.year] = { ...years[change.year], ...withoutBlanks(change.values) };
    else if (change.kind === 'enterprise') Object.assign(plain, change.values);
    else if (change.kind === 'facts') {
      const { provenance: _p, flags: _f, expertScores: _e, ...own } = change.facts;
      Object.assign(plain, own);
    }
  }
  for (const figures of Object.values(years))
    if (figures.operatingRevenue != null) figures.salesRevenue = figures.operatingRevenue;
  return finishFacts({ ...plain, years, titles: titlesOf(enterprise, today), division: null }, {});
}

const withoutBlanks = (figures: YearFacts): YearFacts =>
  Object.fromEntries(Object.entries(figures).filter(([, value]) => value != null));

function titlesOf({ events }: DemoEnterprise, today: Day): TitleFact[] {
  const held = new Map<string, TitleFact>();
  for (const { scheme, type, effectiveOn, payload } of events) {
    if (scheme === null || effectiveOn > today) continue;
    const before = held.get(scheme);
    const until = (payload?.validUntil as string | undefined) ?? null;
    if (type === 'certify')
      held.set(scheme, { scheme, grantedOn: effectiveOn, validUntil: until, status: 'valid' });
    else if (type === 'renew' && before) held.set(scheme, { ...before, validUntil: until });
    else if (type === 'revoke' || type === 'discharge' || type === 'promote') held.delete(scheme);
  }
  return [...held.values()].filter(({ validUntil }) => validUntil == null || validUntil >= today);
}
