/** What the papers about one enterprise are made of: 推荐表 and 一企一页. */
import type { Db } from '../db/clients.server.ts';
import { industrySection } from '../rules/facts/sections.ts';
import { assess, assessAll, type Action } from '../rules/index.ts';
import type { Day } from '../rules/day.ts';
import { regionLabel } from '../pipeline/regions.ts';
import { staysOn, titlesOf, yearsOf, type EnterpriseHead } from './enterprise.server.ts';
import { loadFacts } from './facts.server.ts';
import { followUpsOf } from './follow-ups.server.ts';
import { operatorValuesOn } from './operator-values.server.ts';
import { schemeLabel, schemeName, stateText } from './schemes.server.ts';
import { stewardsOn } from './stewards.server.ts';

/** Years whose figures a paper shows. */
const YEARS = 3;
const SHOWN = ['operatingRevenue', 'rdExpense', 'netProfit', 'totalAssets', 'employees'] as const;

function basicsOf(db: Db, head: EnterpriseHead, on: Day) {
  const { id, name, uscc, registeredOn, park, industry, techField, listingStatus, formerNames, division } =
    head;
  return {
    name,
    uscc,
    registeredOn,
    park,
    /** As far as the table of regions goes: city, else province. */
    place: division === null ? null : placeOf(division),
    industry,
    section: industrySection(industry)?.label ?? null,
    techField,
    listingStatus,
    formerNames,
    titles: titlesOf(db, id)
      .filter(
        ({ status, grantedOn, validUntil }) =>
          (status ?? 'valid') === 'valid' && (grantedOn ?? '') <= on && (validUntil ?? '9999') >= on,
      )
      .map((title) => ({ ...title, label: schemeLabel(title.scheme) })),
    // A year of which only a score is known says nothing here.
    years: yearsOf(db, id, YEARS + 1)
      .filter(({ figures }) => SHOWN.some((key) => figures[key] != null))
      .slice(0, YEARS),
    stewards: stewardsOn(db, id, on).map((each) => each.name),
  };
}
export type PaperBasics = ReturnType<typeof basicsOf>;

function placeOf(division: string): string {
  const codes = [division.slice(0, 4), division.slice(0, 2)];
  const found = codes.map((code) => regionLabel(code)).find((label, i) => label !== codes[i]);
  return found ?? division;
}

/** An enterprise's basics as they stand, without a verdict: for papers with a verdict of their own. */
export const paperBasics = basicsOf;

/** Everything on a 推荐表: the enterprise and its one verdict; a reason where no rule applies. */
export function sheetData(db: Db, head: EnterpriseHead, look: { scheme: string; action: Action; on: Day }) {
  const facts = loadFacts(db, head.id);
  const assessed = assess(facts, { ...look, operatorValues: operatorValuesOn(db, look.on) });
  return {
    basics: basicsOf(db, head, look.on),
    schemeName: schemeName(look.scheme),
    ...(assessed.ok
      ? { verdict: assessed.verdict, reason: null }
      : { verdict: null, reason: assessed.reason }),
  };
}

/** Everything on an 一企一页. */
export function briefData(db: Db, head: EnterpriseHead, on: Day) {
  const facts = loadFacts(db, head.id);
  const { verdicts } = assessAll(facts, { action: 'new', on, operatorValues: operatorValuesOn(db, on) });
  const basics = basicsOf(db, head, on);
  const held = new Set(basics.titles.map(({ scheme }) => scheme));
  const notes = followUpsOf(db, head.id, on).filter(
    ({ voidedAt, onDay }) => voidedAt === null && onDay <= on,
  );
  return {
    basics,
    stays: staysOn(db, head.id, on)
      .filter(({ lane }) => lane === 'application' || lane === 'duty')
      .map(({ scheme, state, fromOn }) => ({ label: schemeLabel(scheme), state: stateText(state), fromOn })),
    verdicts: verdicts
      .filter(({ scheme }) => !held.has(scheme))
      .map((verdict) => ({ label: schemeLabel(verdict.scheme), verdict })),
    contacts: notes.filter(({ kind }) => kind !== 'note'),
    promises: notes
      .filter(({ daysLeft }) => daysLeft !== null)
      .sort((a, b) => a.nextOn!.localeCompare(b.nextOn!)),
  };
}
export type BriefData = ReturnType<typeof briefData>;
