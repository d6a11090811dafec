/** Rule versions as their pages show them: texts, conditions with their numbers, what is automated and what is not. */
import { toNumber } from '../rules/engine/exact.ts';
import type { Clause, Condition, RuleVersion, Score } from '../rules/engine/types.ts';
import { RULE_BY_ID, RULES, schemeLabel } from '../rules/index.ts';
import { SELECTION } from '../rules/selection/table.ts';
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

const isParam = (node: object): node is Param =>
  'unit' in node && 'citation' in node && 'from' in node && 'id' in node;

/** Every parameter below a node, each once; functions and citations are not entered. */
function paramsBelow(node: unknown, found = new Map<string, Param>()): Map<string, Param> {
  if (typeof node !== 'object' || node === null) return found;
  if (isParam(node)) {
    found.set(node.id, node);
    return found;
  }
  for (const [key, value] of Object.entries(node)) if (key !== 'citation') paramsBelow(value, found);
  return found;
}

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

const describeParam = (param: Param) => ({
  id: param.id,
  label: param.label,
  unit: param.unit,
  value: param.value === null ? null : toNumber(param.value),
  from: seen(param.from),
  citation: describeCitation(param.citation),
});

const describeCondition = (condition: Condition) => ({
  id: condition.id,
  label: condition.label,
  citation: describeCitation(condition.citation),
  reading: condition.reading ?? null,
  veto: condition.veto ?? false,
  human: condition.test.kind === 'manual',
  params: [...paramsBelow(condition.test).values()].map(describeParam),
});

const scoreOf = (rule: RuleVersion): Score | null =>
  rule.conditions
    .map(({ test }) => (test.kind === 'score' ? test.score : null))
    .find((score) => score !== null) ?? null;

const TREATMENTS: Record<Clause['treatment'], string> = {
  automated: '自动判定',
  human: '人工判断',
  operator: '运营录入',
  'out-of-scope': '不在判定范围',
};

/** A rule version in full; null when there is none of that id. */
export function describeRule(id: string) {
  const rule = RULE_BY_ID.get(id);
  if (!rule) return null;
  const score = scoreOf(rule);
  return {
    id: rule.id,
    label: rule.label,
    scheme: rule.scheme,
    schemeLabel: schemeLabel(rule.scheme),
    predecessor: rule.predecessor && RULE_BY_ID.has(rule.predecessor) ? rule.predecessor : null,
    notes: rule.notes ?? [],
    texts: rule.texts.map(describeText),
    conditions: rule.conditions.filter(({ test }) => test.kind !== 'score').map(describeCondition),
    advice: (rule.advice ?? []).map(describeCondition),
    score: score && {
      pass: describeParam(score.pass),
      groups: score.groups.map((group) => ({
        label: group.label,
        max: group.max,
        items: group.items.map((item) => ({
          id: item.id,
          label: item.label,
          max: item.max,
          citation: describeCitation(item.citation),
        })),
      })),
    },
    clauses: rule.clauses.map((clause) => ({ ...clause, treatmentLabel: TREATMENTS[clause.treatment] })),
    applies: SELECTION.filter((row) => row.rule === id).map((row) => ({
      actions: row.actions,
      from: row.from,
      to: row.to,
      region: row.region,
      note: row.note ?? null,
      citation: citationText(row.citation),
    })),
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
