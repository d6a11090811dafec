/** The explanation of a judged sheet: every condition with its figures, formula, gap, source and article. */
import { addDays, yearOf, type Day } from '../day.ts';
import { FIGURE_BY_KEY } from '../facts/figures.ts';
import { valueAt } from '../facts/field-of.ts';
import type { Facts } from '../facts/parse.ts';
import { SOURCES, type Source } from '../facts/vocabulary.ts';
import { citationText, isNotSeen, type Citation, type Unit } from '../source.ts';
import type { ConditionVerdict, Verdict, VerdictLine } from '../verdict.ts';
import { inputId, read, type Row } from './compile.ts';
import { showValue } from './format.ts';
import { ceilAt } from './exact.ts';
import { inverseOf } from './inverse.ts';
import type { Judged } from './judged.ts';
import { principalTest } from './principal.ts';
import { unitOf } from './quantity.ts';
import { OUTCOMES, RESULTS, UNKNOWN } from './sheet.ts';
import { SCALE, type Input, type Linear, type Moment, type Quantity } from './types.ts';
import { enteredKeys, testInputs, testParams } from './walk.ts';

/** The verdict of one rule in the contract's form. */
export function explain(judged: Judged): Verdict {
  const { compiled, facts, moment, sheet } = judged;
  const { rows, rule } = compiled;
  const shown = (kind: Row['kind']) =>
    rows.flatMap((row, i) => (row.parent < 0 && row.kind === kind ? [explainCondition(judged, i)] : []));
  const conditions = shown('condition');
  const vetoed = compiled.conditionRows.filter(
    (i) => rows[i]!.condition.veto && RESULTS[sheet.result[i]!] === 'unmet',
  );
  return {
    uscc: facts.uscc ?? null,
    scheme: rule.scheme,
    action: moment.action,
    on: moment.on,
    rule: rule.id,
    outcome: OUTCOMES[sheet.outcome]!,
    conditions,
    vetoes: vetoed.map((i) => {
      const { condition } = rows[i]!;
      return {
        id: condition.id,
        label: condition.label,
        article: citationText(condition.citation),
        detail: condition.reading ?? condition.label,
      };
    }),
    advice: shown('advice'),
    ...scoreOf(judged),
    flags: facts.flags.map((flag) => ({ ...flag })),
    holdsUntil: holdsUntil(judged),
  };
}

/** Last day on which the verdict stands if no fact changes: an expiry, an anniversary, at the latest the year's end. */
export function holdsUntil({
  panel,
  compiled,
  facts,
  moment,
}: Pick<Judged, 'panel' | 'compiled' | 'facts' | 'moment'>): Day {
  const turns = compiled.slots.map((slot) => nextTurn(panel.inputs[slot]!, facts, moment));
  return dayBefore(turns.reduce((first, turn) => (turn < first ? turn : first), yearEnd(moment)));
}

/** First day of the year after the moment: figures of other years are asked for from then on. */
export function yearEnd(moment: Moment): Day {
  return `${yearOf(moment.on) + 1}-01-01`;
}

export function dayBefore(day: Day): Day {
  return addDays(day, -1);
}

/** First day after the moment on which an input's value may change by itself; the year's end if none comes before. */
export function nextTurn(input: Input, facts: Facts, moment: Moment): Day {
  let first = yearEnd(moment);
  if (input.kind === 'figure' || !input.feature.turns) return first;
  for (const turn of input.feature.turns(facts, moment)) {
    if (turn && turn > moment.on && turn < first) first = turn;
  }
  return first;
}

function explainCondition(judged: Judged, row: number): ConditionVerdict {
  const { rows } = judged.compiled;
  const { condition } = rows[row]!;
  const parts: ConditionVerdict['parts'] = [];
  const descend = (parent: number, depth: number) => {
    for (const child of rows[parent]!.children) {
      parts.push({ ...explainLine(judged, child), depth });
      descend(child, depth + 1);
    }
  };
  descend(row, 1);
  return { id: condition.id, ...explainLine(judged, row), parts, inverse: inverseOf(judged, row) };
}

function explainLine(judged: Judged, index: number): VerdictLine {
  const { compiled, facts, moment, sheet } = judged;
  const row = compiled.rows[index]!;
  const { test } = row.part;
  const citation = row.part.citation ?? row.condition.citation;
  const result = RESULTS[sheet.result[index]!]!;
  const stands = compiled.rows[sheet.from[index]!]!;
  const principal = principalTest(stands.part.test);
  const quantity = principal?.kind === 'compare' ? principal.quantity : null;
  const { unit } = stands;
  const number = (value: number) => (Number.isNaN(value) ? null : unit === 'boolean' ? value === 1 : value);
  const inputs = testInputs(test);
  return {
    label: row.part.label,
    article: citationText(citation),
    link: isNotSeen(citation.text.url) ? null : citation.text.url,
    result,
    actual: number(sheet.actual[index]!),
    required: number(sheet.required[index]!),
    comparison:
      principal === null
        ? null
        : principal.kind === 'compare'
          ? principal.op
          : principal.kind === 'score'
            ? principal.score.op
            : '=',
    inclusive:
      principal === null || principal.kind === 'flag'
        ? null
        : (principal.kind === 'compare' ? principal.op : principal.score.op).endsWith('='),
    gap: roundedGap(result, sheet.gap[index]!, unit),
    unit,
    period: period(inputs, moment),
    formula: quantity === null ? null : formula(quantity, (input) => symbol(input, moment)),
    arithmetic:
      quantity === null || Number.isNaN(sheet.actual[index]!)
        ? null
        : `${formula(quantity, (input) => shown(input, facts, moment))} = ${showValue(sheet.actual[index]!, unit)}`,
    missing: [...missingOf(judged, index)],
    confidence: weakest(inputs, facts, moment),
    ruleConfidence: citation.mark,
    note: noteOf(row, inputs, facts, moment),
  };
}

/** What is missing, rounded up at the digit shown, never 0 while unmet; null where it is not known or has no measure. */
export function roundedGap(result: string, gap: number, unit: Unit | null): number | null {
  if (result === 'met' || result === 'waived') return 0;
  if (result !== 'unmet' || unit === null || unit === 'boolean' || Number.isNaN(gap)) return null;
  const digits = unit === 'ratio' ? 6 : 2;
  return Math.max(10 ** -digits, ceilAt(gap, digits));
}

/** Said wherever a number of the verdict comes from the park itself and not from a text. */
const ENTERED = '所用数值为运营录入';

function noteOf(row: Row, inputs: readonly Input[], facts: Facts, moment: Moment): string | null {
  const notes = inputs.flatMap((input) =>
    input.kind === 'feature' ? [input.feature.note?.(facts, moment)] : [],
  );
  if (row.parent < 0 && row.condition.reading) notes.push(row.condition.reading);
  if (row.part.test.kind === 'manual') notes.push(row.part.test.question);
  if (enteredKeys(row.part.test, facts, moment).length > 0) notes.push(ENTERED);
  const said = [...new Set(notes.filter((note) => note != null && note !== ''))];
  return said.length > 0 ? said.join('；') : null;
}

function pathsOf(input: Input, facts: Facts, moment: Moment): readonly string[] {
  return input.kind === 'figure'
    ? [`years.${moment.year + input.offset}.${input.key}`]
    : input.feature.reads(moment, facts);
}

/** Paths whose absence leaves a row open; of a composed one, those of its open parts. */
function missingOf(judged: Judged, index: number): Set<string> {
  const { panel, compiled, facts, moment, sheet } = judged;
  const row = compiled.rows[index]!;
  const missing = new Set<string>();
  const open = (i: number) => sheet.result[i]! >= UNKNOWN;
  if (!open(index)) return missing;
  if (row.children.length > 0) {
    for (const child of row.children) for (const path of missingOf(judged, child)) missing.add(path);
    return missing;
  }
  for (const input of testInputs(row.part.test)) {
    if (!isOpen(input, facts, moment)) continue;
    const paths = pathsOf(input, facts, moment);
    const absent = paths.filter((path) => valueAt(facts, path) == null);
    for (const path of absent.length > 0 ? absent : paths) missing.add(path);
  }
  for (const param of testParams(row.part.test))
    if (panel.valueOf(param) === null) missing.add(`operator:${param.id}`);
  // Open though everything is there: a sum that no one entry keeps open, a part larger than its whole.
  if (missing.size === 0) {
    const inputs = testInputs(row.part.test);
    const counts = inputs.filter((input) => inputId(input).endsWith(':possible'));
    for (const input of counts.length > 0 ? counts : inputs) {
      pathsOf(input, facts, moment).forEach((path) => missing.add(path));
    }
  }
  return missing;
}

/** Whether an input is not known, or counts entries that are open. */
function isOpen(input: Input, facts: Facts, moment: Moment): boolean {
  if (Number.isNaN(read(input, facts, moment))) return true;
  // A count names its open entries one by one, and the whole list when there are none.
  return (
    inputId(input).endsWith(':possible') && pathsOf(input, facts, moment).some((path) => /\.\d+$/.test(path))
  );
}

/** The weakest source among the inputs that are known; null when one of them does not say where it comes from. */
function weakest(inputs: readonly Input[], facts: Facts, moment: Moment): Source | null {
  let weakestAt = -1;
  for (const input of inputs) {
    for (const path of pathsOf(input, facts, moment)) {
      if (valueAt(facts, path) == null) continue;
      const source = facts.provenance[path]?.source;
      if (source == null) return null;
      weakestAt = Math.max(weakestAt, SOURCES.indexOf(source));
    }
  }
  return weakestAt < 0 ? null : SOURCES[weakestAt]!;
}

function period(inputs: readonly Input[], moment: Moment): string | null {
  const years = inputs.flatMap((input) =>
    input.kind === 'figure' ? [moment.year + input.offset] : (input.feature.years?.(moment) ?? []),
  );
  if (years.length === 0) return null;
  const [first, last] = [Math.min(...years), Math.max(...years)];
  return first === last ? `${first}年` : `${first}—${last}年`;
}

function symbol(input: Input, moment: Moment): string {
  if (input.kind === 'figure') return `${input.key}[${moment.year + input.offset}]`;
  // Yearly features are named like figures: rdExpense(hnte)[-1].
  return input.feature.id.replace(
    /(\(\w+\))?\[(-?\d+)\]$/,
    (_all, _basis, offset) => `[${moment.year + Number(offset)}]`,
  );
}

function shown(input: Input, facts: Facts, moment: Moment): string {
  const unit = unitOf(input);
  const year = input.kind === 'figure' ? moment.year + input.offset : input.feature.years?.(moment)[0];
  const name = `${year === undefined ? '' : `${year}年`}${input.kind === 'figure' ? FIGURE_BY_KEY[input.key].label : input.feature.label}`;
  const value = read(input, facts, moment);
  return `${name} ${Number.isNaN(value) ? '未知' : showValue(value / SCALE[unit], unit)}`;
}

function formula(quantity: Quantity, write: (input: Input) => string): string {
  const sum = (linear: Linear) =>
    linear.terms
      .map((term, i) => `${term.factor < 0 ? ' - ' : i > 0 ? ' + ' : ''}${write(term.input)}`)
      .join('');
  const grouped = (linear: Linear) => (linear.terms.length > 1 ? `(${sum(linear)})` : sum(linear));
  switch (quantity.kind) {
    case 'linear':
      return sum(quantity);
    case 'ratio':
      return `${grouped(quantity.num)} / ${grouped(quantity.den)}`;
    case 'compound':
      return quantity.periods === 1
        ? `${grouped(quantity.last)} / ${grouped(quantity.first)} - 1`
        : `(${grouped(quantity.last)} / ${grouped(quantity.first)})^(1/${quantity.periods}) - 1`;
    default: {
      const [one, two, three] = quantity.values.map(grouped) as [string, string, string];
      return `1/2 × (${two} / ${one} + ${three} / ${two}) - 1`;
    }
  }
}

function scoreOf({ compiled, sheet, panel }: Judged): Pick<Verdict, 'score'> {
  const compiledScore = compiled.rows.find((row) => row.score !== null)?.score;
  if (!compiledScore) return {};
  const { score } = compiledScore;
  const total = compiledScore.total(sheet);
  const pass = panel.valueOf(score.pass);
  const article = (citation: Citation) => citationText(citation);
  return {
    score: {
      min: total.min,
      max: total.max,
      // Whole points: a score that must exceed 70 passes at 71.
      pass: pass === null ? null : score.op === '>' ? Math.floor(pass.p / pass.q) + 1 : pass.p / pass.q,
      groups: score.groups.map((group, g) => {
        const least = group.least ? panel.valueOf(group.least) : null;
        return {
          id: group.id,
          label: group.label,
          ...total.groups[g]!,
          of: group.max,
          least: least === null ? null : least.p / least.q,
        };
      }),
      items: compiledScore.items.map(({ item, group, index }) => ({
        id: item.id,
        label: item.label,
        min: sheet.pointsMin[index]!,
        max: sheet.pointsMax[index]!,
        of: item.max,
        group: score.groups[group]!.id,
        article: article(item.citation),
      })),
    },
  };
}
