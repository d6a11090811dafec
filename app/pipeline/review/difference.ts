/** What changed between two reviews, figure by figure. Pure. */
import { COHORT_PART_LABELS } from './cohorts.ts';
import type { Figure, ReviewTables } from './tables.ts';

export interface NamedFigure {
  /** The same for the same figure of any review. */
  readonly key: string;
  readonly label: string;
  /** Scheme that it counts; null for what concerns all. */
  readonly scheme: string | null;
  readonly figure: Figure;
}

/** Every counted figure of a review with its name; shares and growth follow from these. */
export function figuresOf({ funnel, movement, cohorts, durations }: ReviewTables): NamedFigure[] {
  const found: NamedFigure[] = [];
  const add = (key: string, label: string, scheme: string | null, figure: Figure) =>
    found.push({ key, label, scheme, figure });
  add('enterprises', '在册企业', null, funnel.enterprises);
  add('total', '有梯队称号', null, funnel.total);
  for (const { tier, label, headline, held } of funnel.tiers) {
    add(`tier.headline.${tier}`, `${label}（就高）`, tier, headline);
    add(`tier.held.${tier}`, `${label}（累计）`, tier, held);
  }
  for (const { scheme, label, stages } of funnel.schemes)
    for (const stage of stages)
      add(`stage.${scheme}.${stage.column}`, `${label}：${stage.label}`, scheme, stage.count);
  for (const { table, columns, rows } of movement)
    for (const row of rows)
      columns.forEach(({ id, label }, i) =>
        add(
          `movement.${table}.${row.row}.${id}`,
          `${row.label}：${label}（${table === 'headline' ? '就高' : '累计'}）`,
          row.row,
          row.cells[i]!,
        ),
      );
  for (const { by, scheme, label, rows } of cohorts)
    for (const row of rows)
      for (const part of ['entered', 'certified', 'underWay', 'out'] as const)
        add(
          `cohort.${by}.${scheme}.${row.key}.${part}`,
          `同批 ${label} ${row.label}：${COHORT_PART_LABELS[part]}`,
          scheme || null,
          row[part],
        );
  for (const { scheme, schemeLabel, state, label, median, p80, finished } of durations)
    for (const [name, figure, words] of [
      ['finished', finished, '办结数'],
      ['median', median, '天数中位'],
      ['p80', p80, '八成天数'],
    ] as const)
      add(`step.${scheme}.${state}.${name}`, `${schemeLabel} ${label}：${words}`, scheme, figure);
  return found;
}

export interface Difference {
  readonly key: string;
  readonly label: string;
  readonly scheme: string | null;
  /** As printed; null where one of the two reviews has no such figure. */
  readonly old: string | null;
  readonly new: string | null;
  readonly unit: string;
  /** New less old, where both are whole numbers. */
  readonly by: number | null;
}

/** Figures that are not the same in two reviews, in the order of the later one. */
export function differences(before: ReviewTables, after: ReviewTables): Difference[] {
  const old = new Map(figuresOf(before).map((own) => [own.key, own]));
  const found: Difference[] = [];
  for (const { key, label, scheme, figure } of figuresOf(after)) {
    const was = old.get(key)?.figure ?? null;
    old.delete(key);
    if (was && was.value === figure.value && was.over === figure.over && was.text === figure.text) continue;
    // What was not there and is 0 is the same.
    if (!was && !figure.value) continue;
    found.push({
      key,
      label,
      scheme,
      old: was?.text ?? null,
      new: figure.text,
      unit: figure.unit,
      by: by(was, figure),
    });
  }
  for (const { key, label, scheme, figure } of old.values()) {
    if (!figure.value) continue;
    found.push({ key, label, scheme, old: figure.text, new: null, unit: figure.unit, by: null });
  }
  return found;
}

const by = (old: Figure | null, now: Figure): number | null =>
  old?.value == null || now.value === null || old.over !== undefined || now.over !== undefined
    ? null
    : now.value - old.value;
