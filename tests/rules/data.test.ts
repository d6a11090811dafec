/** The rule versions as data: nothing without a source, nothing unnamed, nothing twice. */
import { describe, expect, test } from 'vitest';
import { compilePanel } from '../../app/rules/engine/compile.ts';
import { testInputs, testParams } from '../../app/rules/engine/walk.ts';
import type { Condition, RuleVersion } from '../../app/rules/engine/types.ts';
import { isDay } from '../../app/rules/day.ts';
import { RULES } from '../../app/rules/index.ts';
import { isNotSeen, type Citation, type LegalText, type Seen } from '../../app/rules/source.ts';
import { THRESHOLDS } from './thresholds.ts';

const MARKS = ['S', 'M-h', 'M-m', 'M-l'];
const conditionsOf = (rule: RuleVersion): readonly Condition[] => [
  ...rule.conditions,
  ...(rule.advice ?? []),
];
const paramsOf = (rule: RuleVersion) => conditionsOf(rule).flatMap((condition) => testParams(condition.test));
const itemsOf = (rule: RuleVersion) =>
  compilePanel([rule]).rules[0]!.rows.flatMap((row) => row.score?.items.map(({ item }) => item) ?? []);
const citationsOf = (rule: RuleVersion): readonly Citation[] => [
  ...compilePanel([rule]).rules[0]!.rows.flatMap(({ part }) => (part.citation ? [part.citation] : [])),
  ...itemsOf(rule).map((item) => item.citation),
  ...paramsOf(rule).map((param) => param.citation),
];
/** Seen and well formed, or not seen with a reason. */
function seen<T>(value: Seen<T>, good: (value: T) => boolean): boolean {
  return isNotSeen(value) ? value.notSeen.trim().length >= 4 : good(value);
}
const filled = (text: string) => text.trim() !== '';
const twice = (ids: readonly string[]) => ids.filter((id, i) => ids.indexOf(id) !== i);

function faultsOf(text: LegalText): string[] {
  const faults: string[] = [];
  if (!seen(text.docNo, filled)) faults.push('docNo');
  if (!filled(text.title) || !filled(text.issuer)) faults.push('title or issuer');
  if (!seen(text.url, (url) => /^https:\/\/[\w.-]+\/\S+$/.test(url))) faults.push('url');
  if (!seen(text.effectiveFrom, isDay)) faults.push('effectiveFrom');
  if (text.effectiveTo !== null && !isDay(text.effectiveTo)) faults.push('effectiveTo');
  if (!isDay(text.checkedOn)) faults.push('checkedOn');
  return faults;
}

test('every version has an id of its own, and the table of thresholds names each of them and no other', () => {
  const ids = RULES.map((rule) => rule.id);
  expect(twice(ids)).toEqual([]);
  expect(Object.keys(THRESHOLDS).sort()).toEqual([...ids].sort());
});

test('one id of a parameter means one number, everywhere', () => {
  const known = new Map<string, string>();
  for (const param of RULES.flatMap(paramsOf)) {
    const said = JSON.stringify([param.value, param.unit, param.label, param.citation.text.id]);
    expect(known.get(param.id) ?? said, param.id).toBe(said);
    known.set(param.id, said);
  }
});

test('one id of a feature means one measure, everywhere', () => {
  const known = new Map<string, string>();
  for (const input of RULES.flatMap(conditionsOf).flatMap((condition) => testInputs(condition.test))) {
    if (input.kind !== 'feature') continue;
    const said = JSON.stringify([input.feature.label, input.feature.unit]);
    expect(known.get(input.feature.id) ?? said, input.feature.id).toBe(said);
    known.set(input.feature.id, said);
  }
});

describe.each(RULES.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  test('is named scheme@year or scheme@place-year', () => {
    expect(id).toMatch(/^[a-z][A-Za-z]*@([a-z0-9-]+-)?(\d{4}|undated)$/);
    expect(id.startsWith(`${rule.scheme}@`)).toBe(true);
    expect(rule.label).toMatch(/[一-龥]/);
  });

  test('names conditions and items once, in kebab-case', () => {
    const conditions = conditionsOf(rule).map((condition) => condition.id);
    const items = itemsOf(rule).map((item) => item.id);
    expect(twice(conditions)).toEqual([]);
    expect(twice(items)).toEqual([]);
    for (const name of [...conditions, ...items]) expect(name).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
  });

  test('every number has document number, article, link, day and mark, or says that it was not seen', () => {
    const texts = new Map(citationsOf(rule).map(({ text }) => [text.id, text]));
    expect(texts.size).toBeGreaterThan(0);
    for (const text of [...texts.values(), ...rule.texts]) expect(faultsOf(text), text.id).toEqual([]);
    for (const { article, mark, text } of citationsOf(rule)) {
      expect(seen(article, filled), `article of ${text.id}`).toBe(true);
      expect(MARKS).toContain(mark);
    }
    for (const param of paramsOf(rule)) {
      expect(seen(param.from, isDay), `${param.id} from`).toBe(true);
      expect(filled(param.label), param.id).toBe(true);
    }
  });

  test('a number that is not known is entered by an operator and a clause says so', () => {
    const open = conditionsOf(rule).filter((c) => testParams(c.test).some((param) => param.value === null));
    const entered = rule.clauses.filter((c) => c.treatment === 'operator').flatMap((c) => c.by);
    for (const condition of open) expect(entered, condition.id).toContain(condition.id);
  });

  test('every condition is named by a clause, and clauses name nothing else', () => {
    const conditions = conditionsOf(rule).map((condition) => condition.id);
    const items = itemsOf(rule).map((item) => item.id);
    const named = rule.clauses.flatMap((clause) => clause.by);
    expect(named.filter((by) => !conditions.includes(by) && !items.includes(by))).toEqual([]);
    expect(rule.conditions.filter((condition) => !named.includes(condition.id)).map((c) => c.id)).toEqual([]);
  });

  test('what is not automated has a reason, what is automated has a condition', () => {
    for (const clause of rule.clauses) {
      if (clause.treatment === 'automated') expect(clause.by.length, clause.says).toBeGreaterThan(0);
      else expect(clause.reason ?? '', clause.says).toMatch(/[一-龥]{4}/);
      expect(filled(clause.article) && filled(clause.says)).toBe(true);
    }
  });

  test('its predecessor exists and is of the same scheme', () => {
    if (rule.predecessor === undefined) return;
    expect(RULES.find((other) => other.id === rule.predecessor)?.scheme).toBe(rule.scheme);
  });
});
