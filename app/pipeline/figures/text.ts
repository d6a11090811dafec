/** Figures as sentences in the idiom of work reports: fixed patterns filled with printed figures. Pure. */
import { lookOf, rateLookOf, type IndicatorDefinition } from './definition.ts';
import { printed, type Look, type Quantity } from './quantity.ts';
import {
  changeInWords,
  printedShare,
  type Change,
  type Completion,
  type NestedStep,
  type Rate,
  type RateLook,
} from './relations.ts';
import { spanWords, untilWords, type DaySpan } from './span.ts';

/** What a sentence says of one indicator; what is absent is left out, never guessed. */
export interface Statement {
  readonly definition: IndicatorDefinition;
  readonly span: DaySpan;
  readonly value: Quantity | null;
  /** 同比. */
  readonly change?: Change | null;
  /** Of the target of the period. */
  readonly completion?: Completion | null;
  /** What the target is completed by where that is not the value: 1—9月累计13家. */
  readonly progress?: { readonly span: DaySpan; readonly value: Quantity } | null;
  /** 年度任务, 年度目标, 计划: what the target is called where it was set. */
  readonly targetName?: string;
  /** 其中: what the whole consists of. */
  readonly parts?: readonly { readonly label: string; readonly value: Quantity | null }[];
  /** The same count of a wider area: 全区846家. */
  readonly wider?: { readonly label: string; readonly value: Quantity } | null;
}

const textLook = (definition: IndicatorDefinition): Look => ({ ...lookOf(definition) });
const textRate = (definition: IndicatorDefinition): RateLook => ({ ...rateLookOf(definition), trim: true });

function partsClause({ definition, parts = [] }: Statement): string[] {
  const known = parts.filter((part) => part.value !== null);
  // An unknown part would let the others look like the whole.
  if (known.length === 0 || known.length < parts.length) return [];
  const each = known.map(({ label, value }) => label + printed(value!, textLook(definition)));
  return [`其中${each.join('、')}`];
}

/**
 * The sentence without its beginning and its end: `高企总数达到580家，同比增长5.5%，完成年度任务的102.7%`. Null
 * where there is no value to speak of.
 */
export function clause(statement: Statement): string | null {
  const { definition, value, change, completion, progress, wider, targetName = '年度任务' } = statement;
  if (value === null) return null;
  const rate = textRate(definition);
  const verb = definition.nature === 'stock' && !statement.parts?.length ? '达到' : '';
  const area = wider ? `（${wider.label}${printed(wider.value, textLook(definition))}）` : '';
  return [
    definition.label + verb + printed(value, textLook(definition)) + area,
    ...(change && change.kind !== 'none' ? [changeInWords('同比', change, rate)] : []),
    ...(completion?.rate.ok && progress
      ? [`${spanWords(progress.span)}累计${printed(progress.value, textLook(definition))}`]
      : []),
    ...(completion?.rate.ok ? [`完成${targetName}的${printedShare(completion.rate.share, rate)}`] : []),
    ...partsClause(statement),
  ].join('，');
}

/** The whole sentence: 截至12月底，… for a stock, 2021年1—11月，… for a flow. */
export function sentence(statement: Statement): string | null {
  const said = clause(statement);
  if (said === null) return null;
  const { definition, span } = statement;
  return `${definition.nature === 'stock' ? untilWords(span.to) : spanWords(span)}，${said}。`;
}

/** A rate with its name, and against which of two denominators where there are: 办结率83.7%. */
export function rateClause(
  definition: IndicatorDefinition,
  rates: readonly { readonly name: string; readonly rate: Rate }[],
): string | null {
  const look = textRate(definition);
  const said = rates.flatMap(({ name, rate }) =>
    rate.ok ? [`${rates.length > 1 ? `（按${name}）` : ''}${printedShare(rate.share, look)}`] : [],
  );
  return said.length === 0 ? null : definition.label + said.join('、');
}

/** 调研400家，其中有意向65家，占16.3%；… 注册20家，占上一步的71.4%，占首步的5%. */
export function funnelSentence(steps: readonly NestedStep[], look: Look, rate: RateLook): string | null {
  const [first, ...rest] = steps;
  if (!first || !steps.every((step) => step.nested)) return null;
  const trimmed = { ...rate, trim: true };
  const said = rest.map(({ label, value, ofPrevious, ofFirst }, index) => {
    const shares = [
      ...(ofPrevious?.ok ? [`占上一步的${printedShare(ofPrevious.share, trimmed)}`] : []),
      ...(index > 0 && ofFirst.ok ? [`占首步的${printedShare(ofFirst.share, trimmed)}`] : []),
    ];
    return [label + printed(value, look), ...shares].join('，');
  });
  return `${[first.label + printed(first.value, look), ...said].join('；')}。`;
}
