/** Everything the page of one enterprise shows: records, verdicts, history. */
import type { Db } from '../db/clients.server.ts';
import { IP_KIND_OPTIONS } from '../rules/facts/fields.ts';
import { industrySection } from '../rules/facts/sections.ts';
import { assessAll, type Action } from '../rules/index.ts';
import { ipCounts, recordsOf, staysOn, titlesOf, yearsOf, type EnterpriseHead } from './enterprise.server.ts';
import { librariesOf } from './enterprise-libraries.server.ts';
import { loadFacts } from './facts.server.ts';
import { followUpsOf } from './follow-ups.server.ts';
import { operatorValuesOn } from './operator-values.server.ts';
import { laneLabel, ownStateText, schemeLabel, schemeName, stateText } from './schemes.server.ts';
import { stewardsOn } from './stewards.server.ts';
import { accountNames, waitingItems } from './submissions.server.ts';
import { timelineItems } from './timeline-items.server.ts';

const IP_LABELS = new Map<string, string>(IP_KIND_OPTIONS.map(({ value, label }) => [value, label]));

export type EnterprisePage = ReturnType<typeof enterprisePage>;

/** @param inside for people of the park: with their own notes, lists, remarks and names, which an enterprise does not see of itself */
export function enterprisePage(
  db: Db,
  head: EnterpriseHead,
  look: { on: string; action: Action },
  inside: boolean,
) {
  const facts = loadFacts(db, head.id);
  const { verdicts, skipped } = assessAll(facts, { ...look, operatorValues: operatorValuesOn(db, look.on) });
  const stays = staysOn(db, head.id, look.on);
  const accounts = inside ? null : accountNames(db, head.id);
  return {
    // Further columns of the park's own tables may be remarks of its people.
    head: inside ? head : { ...head, extra: {} },
    look,
    section: industrySection(head.industry)?.label ?? null,
    titles: titlesOf(db, head.id).map((title) => ({ ...title, label: schemeLabel(title.scheme) })),
    years: yearsOf(db, head.id),
    stewards: stewardsOn(db, head.id, look.on),
    inside: inside
      ? { followUps: followUpsOf(db, head.id, look.on), libraries: librariesOf(db, head.id, look.on) }
      : null,
    ip: ipCounts(db, head.id).map(({ kind, count }) => ({ label: IP_LABELS.get(kind) ?? kind, count })),
    stays: stays
      .filter(({ lane }) => lane === 'application' || lane === 'title' || lane === 'duty')
      .map((stay) => ({
        ...stay,
        schemeLabel: schemeLabel(stay.scheme),
        laneLabel: laneLabel(stay.lane),
        stateLabel: (inside ? stateText : ownStateText)(stay.state),
      })),
    tier: stays.find(({ lane }) => lane === 'headline')?.state ?? null,
    flags: facts.flags.map(({ path, message }) => ({ path, message })),
    verdicts: verdicts.map((verdict) => ({
      scheme: verdict.scheme,
      label: schemeName(verdict.scheme),
      verdict,
    })),
    /** Schemes for which no rule applies on that day and place, with the reason. */
    notJudged: skipped.map(({ scheme, reason }) => ({ label: schemeLabel(scheme), reason })),
    timeline: timelineItems(db, head.id, { accounts }),
    records: recordsOf(db, head.id).map((record) =>
      accounts === null || accounts.has(record.actor ?? '') ? record : { ...record, actor: null },
    ),
    waiting: waitingItems(db, head.id),
  };
}
