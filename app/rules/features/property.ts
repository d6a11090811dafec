/** Intellectual property, awards, R&D bodies, conduct, financing: lists whose entries may be open. */
import { addDays, addYears, type Day } from '../day.ts';
import type { CountFeatures } from '../build.ts';
import type { Facts } from '../facts/parse.ts';
import type { IpFact } from '../facts/schema.ts';
import { CLASS_ONE_IP, SEVERITIES, type CONDUCT_KINDS } from '../facts/vocabulary.ts';
import type { Unit } from '../source.ts';
import type { Feature, Moment } from '../engine/types.ts';
import { UNKNOWN, withinYears, type Level } from './common.ts';

/** An answer about one entry: yes, no, open for want of a fact, or open for a person. */
export type Answer = 'yes' | 'no' | 'open' | 'person';

const CLASS_ONE: ReadonlySet<string> = new Set(CLASS_ONE_IP);

export function isClassOne(ip: IpFact): boolean {
  return CLASS_ONE.has(ip.kind);
}

/** The worst of several answers: a no decides, then a missing fact, then a person. */
export function every(...answers: readonly Answer[]): Answer {
  let worst: Answer = 'yes';
  for (let i = 0; i < answers.length; i += 1) {
    const answer = answers[i]!;
    if (answer === 'no') return 'no';
    if (answer === 'open' || worst === 'yes') worst = answer;
  }
  return worst;
}

export function answer(value: boolean | null | undefined, whenNull: 'open' | 'person' = 'open'): Answer {
  return value == null ? whenNull : value ? 'yes' : 'no';
}

/** Granted and not lapsed on the day. A grant date that is not known leaves the entry open. */
export function inForce(ip: IpFact, on: Day): Answer {
  if (ip.until && ip.until < on) return 'no';
  return ip.grantedOn ? answer(ip.grantedOn <= on) : 'open';
}

/** The three features of a list whose entries are weighed: sure, with a person's, with every open one. */
export function counting<E>(
  id: string,
  label: string,
  unit: Unit,
  path: string,
  list: (facts: Facts) => readonly E[] | null | undefined,
  judge: (entry: E, moment: Moment) => Answer,
  turns: (entry: E) => readonly (Day | null | undefined)[],
  weigh: (entry: E) => number = () => 1,
): CountFeatures {
  const pass = (facts: Facts, moment: Moment, out: Float64Array) => {
    const entries = list(facts);
    out[0] = out[1] = out[2] = entries ? 0 : UNKNOWN;
    if (!entries) return;
    for (let i = 0; i < entries.length; i += 1) {
      const verdict = judge(entries[i]!, moment);
      if (verdict === 'no') continue;
      const weight = weigh(entries[i]!);
      out[2]! += weight;
      if (verdict !== 'open') out[1]! += weight;
      if (verdict === 'yes') out[0]! += weight;
    }
  };
  const own = new Float64Array(3);
  const make = (suffix: string, words: string, place: number): Feature => ({
    id: `${id}${suffix}`,
    label: `${label}${words}`,
    unit,
    batch: { pass, place },
    of: (facts, moment) => {
      pass(facts, moment, own);
      return own[place]!;
    },
    reads: (moment, facts) => {
      const open = (list(facts) ?? []).flatMap((entry, i) =>
        ['open', 'person'].includes(judge(entry, moment)) ? [`${path}.${i}`] : [],
      );
      return place === 0 || open.length === 0 ? [path] : open;
    },
    // The three turn on the same days; one of them says so.
    ...(place === 0 ? { turns: (facts: Facts) => (list(facts) ?? []).flatMap(turns) } : {}),
  });
  return {
    sure: make('', '', 0),
    person: make(':person', '（含待人工判断）', 1),
    possible: make(':possible', '（含信息不全）', 2),
  };
}

/** Counts intellectual property by a predicate over granted, unlapsed entries. */
export function ipCount(
  id: string,
  label: string,
  judge: (ip: IpFact, moment: Moment) => Answer,
): CountFeatures {
  return counting(
    `ip:${id}`,
    label,
    'count',
    'intellectualProperty',
    (facts) => facts.intellectualProperty,
    (ip, moment) => every(inForce(ip, moment.on), judge(ip, moment)),
    (ip) => [
      ip.grantedOn,
      ip.until && addDays(ip.until, 1),
      ip.transferredOn && addYears(ip.transferredOn, 1),
      ip.grantedOn && addDays(addYears(ip.grantedOn, 2), 1),
    ],
  );
}

/** Class Ⅰ under 工信部企业〔2026〕2号: own (not transferred in), among the first three holders, related, in use with benefit. */
export const classOneUnder2026 = ipCount('class-one-2026', '与主导产品相关并产生效益的Ⅰ类知识产权', (ip) =>
  every(
    answer(isClassOne(ip)),
    ip.obtainedBy == null ? 'open' : answer(ip.obtainedBy !== 'transfer'),
    ip.rightHolderRank == null ? 'open' : answer(ip.rightHolderRank <= 3),
    answer(ip.relatedToMainProduct, 'person'),
    answer(ip.applied, 'person'),
  ),
);

/** Science or start-up awards of the last years, of a kind, level and rank. */
export function awardCount(
  id: string,
  label: string,
  years: number,
  kind: string,
  levels: readonly Level[],
  rank?: number,
): CountFeatures {
  return counting(
    `award:${id}`,
    label,
    'count',
    'awards',
    (facts) => facts.awards,
    (award, moment) =>
      every(
        award.kind == null ? 'open' : answer(award.kind === kind),
        award.level == null ? 'open' : answer(levels.includes(award.level)),
        rank === undefined ? 'yes' : award.rank == null ? 'open' : answer(award.rank <= rank),
        answer(withinYears(award.on, years, moment), award.on ? 'person' : 'open'),
      ),
    (award) => [award.on, award.on && addDays(addYears(award.on, years), 1)],
  );
}

/** Recognised R&D bodies of the levels named. */
export function rdBodyCount(id: string, label: string, levels: readonly Level[]): CountFeatures {
  return counting(
    `rdBody:${id}`,
    label,
    'count',
    'rdInstitutions',
    (facts) => facts.rdInstitutions,
    (body, moment) =>
      every(
        body.level == null ? 'open' : answer(levels.includes(body.level)),
        body.recognisedOn ? answer(body.recognisedOn <= moment.on) : 'open',
      ),
    (body) => [body.recognisedOn],
  );
}

export interface Offence {
  readonly kinds: readonly (typeof CONDUCT_KINDS)[number][];
  readonly from: (typeof SEVERITIES)[number];
}

/**
 * No offence of the kinds and severities named within the period before the day looked at (that day included), and
 * on none of the lists named. Unknown when the conduct is, or when an entry's kind, severity or date is.
 */
export function cleanRecord(
  id: string,
  label: string,
  offences: readonly Offence[],
  since: (on: Day) => Day,
  lists: readonly ('abnormalList' | 'dishonestList')[] = [],
): Feature {
  const judge = (entry: NonNullable<Facts['conduct']>[number], on: Day): Answer => {
    if (entry.kind == null) return 'open';
    if (entry.kind === 'abnormalList' || entry.kind === 'dishonestList') {
      if (!lists.includes(entry.kind) || (entry.on && entry.on > on)) return 'no';
      return answer(!entry.until || entry.until >= on);
    }
    const offence = offences.find((o) => o.kinds.includes(entry.kind!));
    if (!offence) return 'no';
    const severe: Answer =
      // What bars in any degree bars without a degree on record.
      offence.from === SEVERITIES[0]
        ? 'yes'
        : entry.severity == null
          ? 'open'
          : answer(SEVERITIES.indexOf(entry.severity) >= SEVERITIES.indexOf(offence.from));
    return every(severe, entry.on ? answer(entry.on <= on && entry.on >= since(on)) : 'open');
  };
  return {
    id: `clean:${id}`,
    label,
    unit: 'boolean',
    of: (facts, { on }) => {
      if (!facts.conduct) return UNKNOWN;
      const answers = facts.conduct.map((entry) => judge(entry, on));
      return answers.includes('yes') ? 0 : answers.includes('open') ? UNKNOWN : 1;
    },
    reads: () => ['conduct'],
    turns: (facts, { on }) => {
      // An offence leaves the period as many days later as the period is long.
      const span = (day: Day) =>
        addDays(addYears(day, Number(on.slice(0, 4)) - Number(since(on).slice(0, 4))), 1);
      return (facts.conduct ?? []).flatMap((entry) => [
        entry.on,
        entry.until && addDays(entry.until, 1),
        entry.on && span(entry.on),
      ]);
    },
  };
}

export interface EquityRule {
  readonly years: number;
  /** '2026': the text's own fiscal years T−N … T−1. 'open': the period's end is not defined, see withinYears. */
  readonly window: 'fiscal' | 'open';
}

/**
 * New equity financing (元, as 分) of the last years: paid in by qualified institutional investors, at most 30 % of
 * the shares ceded. Entries whose qualification, share, currency or date leaves them open count as possible only.
 */
export function newEquity(id: string, label: string, { years, window }: EquityRule): CountFeatures {
  type Round = NonNullable<Facts['financing']>[number];
  const judge = (round: Round, moment: Moment): Answer => {
    const inTime =
      window === 'fiscal'
        ? round.closedOn
          ? answer(
              Number(round.closedOn.slice(0, 4)) >= moment.year - years &&
                Number(round.closedOn.slice(0, 4)) < moment.year,
            )
          : 'open'
        : answer(withinYears(round.closedOn, years, moment), round.closedOn ? 'person' : 'open');
    return every(
      inTime,
      answer(round.qualifiedInvestor),
      round.cededShare == null ? 'open' : answer(round.cededShare <= 300_000),
      round.amount == null || round.currency !== 'CNY' ? 'open' : 'yes',
    );
  };
  // Without an amount in CNY the possible sum has no upper bound that we could state.
  const weigh = (round: Round) => (round.amount == null || round.currency !== 'CNY' ? 1e14 : round.amount);
  return counting(
    `equity:${id}`,
    label,
    'CNY',
    'financing',
    (facts) => facts.financing,
    judge,
    (round) => (round.closedOn ? [round.closedOn, addDays(addYears(round.closedOn, years), 1)] : []),
    weigh,
  );
}
