/** Rule versions as their pages show them: texts, conditions with their numbers, what is automated and what is not. */
import { differenceToPredecessor, type Difference, type ThresholdSide } from '../rules/difference.ts';
import { toNumber } from '../rules/engine/exact.ts';
import type { Clause, Comparison, Condition, RuleVersion, Score } from '../rules/engine/types.ts';
import { pointLines, thresholdLines, type ThresholdLine } from '../rules/engine/walk.ts';
import { entryWords } from '../rules/entry.ts';
import { RULE_BY_ID, RULES, schemeLabel } from '../rules/index.ts';
import { SCHEME_BY_ID } from '../rules/schemes.ts';
import { SELECTION, type SelectionRow } from '../rules/selection/table.ts';
import {
  citationText,
  isNotSeen,
  type Citation,
  type LegalText,
  type Param,
  type Seen,
} from '../rules/source.ts';

/** Shown for what was not seen. */
const TO_VERIFY = '待核实';

const seen = (value: Seen<string>): string => (isNotSeen(value) ? `${TO_VERIFY}（${value.notSeen}）` : value);
const link = (value: Seen<string>): string | null => (isNotSeen(value) ? null : value);

const describeText = (text: LegalText) => ({
  id: text.id,
  docNo: seen(text.docNo),
  title: text.title,
  issuer: text.issuer,
  url: link(text.url),
  effectiveFrom: seen(text.effectiveFrom),
  effectiveTo: text.effectiveTo,
  checkedOn: text.checkedOn,
});

const describeCitation = (citation: Citation) => ({
  text: citationText(citation),
  link: link(citation.text.url),
  mark: citation.mark,
});

/** Values entered by operators, by key, in words; none where the database is not looked at. */
export type EnteredWords = ReadonlyMap<
  string,
  { readonly shown: string; readonly fromDay: string; readonly reference: string }
>;
const NONE: EnteredWords = new Map();

const SIGNS: Readonly<Record<Comparison, string>> = { '>=': '≥', '>': '＞', '<=': '≤', '<': '＜' };
const inclusion = (op: Comparison) => (op.endsWith('=') ? '含本数' : '不含本数');

const paramWords = (param: Param): string | null =>
  param.value === null ? null : entryWords(toNumber(param.value), param.unit);

/** In which band a number applies: 5,000 万元以下（含）. */
function bandWords({ upTo, above, chosenBy }: ThresholdLine): string | null {
  if (chosenBy !== undefined) return `按${chosenBy}`;
  if (upTo === undefined) return null;
  const low = above && paramWords(above);
  const high = upTo && paramWords(upTo);
  if (low && high) return `${low}以上（不含）至 ${high}（含）`;
  return high ? `${high}以下（含）` : `${low}以上（不含）`;
}

function describeThreshold(line: ThresholdLine, entered: EnteredWords) {
  const { param, op, parts } = line;
  const own = paramWords(param);
  const byOperator = own === null ? (entered.get(param.id) ?? null) : null;
  const words = own ?? byOperator?.shown;
  return {
    id: param.id,
    part: parts.length > 0 ? parts.join(' › ') : null,
    label: param.label,
    band: bandWords(line),
    value: param.value === null ? null : toNumber(param.value),
    unit: param.unit,
    comparison: op,
    /** 含本数 or 不含本数. */
    inclusion: inclusion(op),
    text: words === undefined ? `${TO_VERIFY}，由运营录入` : `${SIGNS[op]} ${words}（${inclusion(op)}）`,
    byOperator,
    from: seen(param.from),
    citation: describeCitation(param.citation),
  };
}
export type ThresholdDescription = ReturnType<typeof describeThreshold>;

const describeCondition = (condition: Condition, entered: EnteredWords) => ({
  id: condition.id,
  label: condition.label,
  citation: describeCitation(condition.citation),
  reading: condition.reading ?? null,
  veto: condition.veto ?? false,
  human: condition.test.kind === 'manual',
  thresholds: thresholdLines(condition.test).map((line) => describeThreshold(line, entered)),
});

const scoreOf = (rule: RuleVersion): Score | null =>
  rule.conditions
    .map(({ test }) => (test.kind === 'score' ? test.score : null))
    .find((score) => score !== null) ?? null;

const pointWords = ([low, high]: readonly [number, number]) =>
  low === high ? `${low} 分` : `${low}—${high} 分`;

function describeScore(score: Score, entered: EnteredWords) {
  return {
    pass: describeThreshold({ parts: [], op: score.op, param: score.pass }, entered),
    groups: score.groups.map((group) => ({
      label: group.label,
      max: group.max,
      items: group.items.map((item) => ({
        id: item.id,
        label: item.label,
        max: item.max,
        citation: describeCitation(item.citation),
        bands: pointLines(item.points).map(
          ({ op, bound, points }) => `${SIGNS[op]} ${paramWords(bound) ?? TO_VERIFY}：${pointWords(points)}`,
        ),
      })),
    })),
  };
}

const side = (is: ThresholdSide | null, unit: Param['unit']): string | null =>
  is &&
  (is.value === null
    ? `${TO_VERIFY}，由运营录入`
    : `${SIGNS[is.op]} ${entryWords(is.value, unit)}（${inclusion(is.op)}）`);

function describeDifference(found: Difference) {
  const named = ({ id, label, citation }: Condition) => ({ id, label, citation: describeCitation(citation) });
  return {
    before: { id: found.before.id, label: found.before.label },
    added: found.added.map((condition) => ({
      ...named(condition),
      thresholds: thresholdLines(condition.test).map((line) => describeThreshold(line, NONE)),
    })),
    removed: found.removed.map((condition) => ({
      ...named(condition),
      thresholds: thresholdLines(condition.test).map((line) => describeThreshold(line, NONE)),
    })),
    changed: found.changed.map(({ id, before, after, thresholds, logic }) => ({
      id,
      label: after.label,
      beforeCitation: describeCitation(before.citation),
      citation: describeCitation(after.citation),
      logic,
      thresholds: thresholds.map(({ label, unit, before: was, after: is }) => ({
        label,
        before: side(was, unit),
        after: side(is, unit),
      })),
    })),
    unchanged: found.unchanged.map(named),
    items: found.items,
  };
}
export type DifferenceDescription = ReturnType<typeof describeDifference>;

const TREATMENTS: Record<Clause['treatment'], string> = {
  automated: '自动判定',
  human: '人工判断',
  operator: '运营录入',
  'out-of-scope': '不在判定范围',
};

const REGIONS: Readonly<Record<string, string>> = {
  '': '全国',
  '44': '广东省',
  '4403': '深圳市',
  '4404': '珠海市',
  '440112': '广州市黄埔区',
  '3701': '济南市',
};

const describeSelection = (row: SelectionRow) => ({
  scheme: row.scheme,
  schemeLabel: schemeLabel(row.scheme),
  rule: row.rule,
  ruleLabel: RULE_BY_ID.get(row.rule)?.label ?? row.rule,
  actions: row.actions,
  from: row.from,
  to: row.to,
  region: row.region,
  regionLabel: REGIONS[row.region] ?? `登记地代码 ${row.region} 开头`,
  note: row.note ?? null,
  citation: describeCitation(row.citation),
});
export type SelectionDescription = ReturnType<typeof describeSelection>;

/** Who is judged by which version, when: the table from which the version is chosen. */
export const listSelection = (): SelectionDescription[] => SELECTION.map(describeSelection);

/** A rule version in full; null when there is none of that id. */
export function describeRule(id: string, entered: EnteredWords = NONE) {
  const rule = RULE_BY_ID.get(id);
  if (!rule) return null;
  const score = scoreOf(rule);
  const difference = differenceToPredecessor(rule, RULE_BY_ID);
  return {
    id: rule.id,
    label: rule.label,
    scheme: rule.scheme,
    schemeLabel: schemeLabel(rule.scheme),
    predecessor: rule.predecessor && RULE_BY_ID.has(rule.predecessor) ? rule.predecessor : null,
    notes: rule.notes ?? [],
    texts: rule.texts.map(describeText),
    conditions: rule.conditions
      .filter(({ test }) => test.kind !== 'score')
      .map((condition) => describeCondition(condition, entered)),
    advice: (rule.advice ?? []).map((condition) => describeCondition(condition, entered)),
    score: score && describeScore(score, entered),
    difference: difference && describeDifference(difference),
    clauses: rule.clauses.map((clause) => ({ ...clause, treatmentLabel: TREATMENTS[clause.treatment] })),
    applies: SELECTION.filter((row) => row.rule === id).map(describeSelection),
  };
}
export type RuleDescription = NonNullable<ReturnType<typeof describeRule>>;

/** All versions, with how much of each is automated. */
export function listRules() {
  return RULES.map((rule) => {
    const of = (treatment: Clause['treatment']) =>
      rule.clauses.filter((clause) => clause.treatment === treatment).length;
    const applies = SELECTION.filter((row) => row.rule === rule.id);
    return {
      id: rule.id,
      label: rule.label,
      scheme: rule.scheme,
      schemeLabel: schemeLabel(rule.scheme),
      schemeShort: SCHEME_BY_ID.get(rule.scheme)?.short ?? rule.scheme,
      docNos: rule.texts.map((text) => seen(text.docNo)),
      from: applies.map((row) => row.from ?? '').sort()[0] || null,
      to:
        applies.length > 0 && applies.every((row) => row.to !== null)
          ? applies
              .map((row) => row.to!)
              .sort()
              .at(-1)!
          : null,
      conditions: rule.conditions.length,
      automated: of('automated'),
      human: of('human'),
      operator: of('operator'),
      outOfScope: of('out-of-scope'),
      clauses: rule.clauses.length,
      checkedOn: rule.texts.map((text) => text.checkedOn).sort()[0] ?? null,
    };
  });
}
export type RuleListRow = ReturnType<typeof listRules>[number];

/** Every clause of every version with how it is treated; optionally of one treatment or scheme. */
export function listCoverage(filter: { treatment?: string | null; scheme?: string | null } = {}) {
  return RULES.filter((rule) => !filter.scheme || rule.scheme === filter.scheme).flatMap((rule) =>
    rule.clauses
      .filter((clause) => !filter.treatment || clause.treatment === filter.treatment)
      .map(({ article, says, treatment, by, reason }) => ({
        rule: rule.id,
        ruleLabel: rule.label,
        scheme: rule.scheme,
        article,
        says,
        treatment,
        treatmentLabel: TREATMENTS[treatment],
        by: by.map((id) => labelOf(rule, id)),
        reason: reason ?? null,
      })),
  );
}

const scoresOf = (test: Condition['test']): Score[] => {
  if (test.kind === 'score') return [test.score];
  if (test.kind === 'all' || test.kind === 'any') return test.of.flatMap((part) => scoresOf(part.test));
  return test.kind === 'waivable' ? [...scoresOf(test.test.test), ...scoresOf(test.by.test)] : [];
};

/** Label of a condition, a piece of advice or an item of a score, as a clause names it. */
function labelOf(rule: RuleVersion, id: string): string {
  const all = [...rule.conditions, ...(rule.advice ?? [])];
  const items = all.flatMap(({ test }) =>
    scoresOf(test).flatMap(({ groups }) => groups.flatMap((g) => g.items)),
  );
  return [...all, ...items].find((named) => named.id === id)?.label ?? id;
}
export type CoverageRow = ReturnType<typeof listCoverage>[number];

export const TREATMENT_OPTIONS = Object.entries(TREATMENTS).map(([value, label]) => ({ value, label }));
