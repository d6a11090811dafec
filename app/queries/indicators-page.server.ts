/** The page of indicators: cards of those with a target, a ledger of all, sums, nested steps, and their text. */
import { KNOWN_SCHEMES } from '../../machines/enterprise.ts';
import { lookOf, rateLookOf, type IndicatorDefinition } from '../pipeline/figures/definition.ts';
import { printed, printedNumber } from '../pipeline/figures/quantity.ts';
import { nestedFunnel, partitionOf, printedRate } from '../pipeline/figures/relations.ts';
import { spanWords } from '../pipeline/figures/span.ts';
import { funnelSentence } from '../pipeline/figures/text.ts';
import {
  isBuiltin,
  measureOf,
  openBook,
  partsOf,
  stepsFrom,
  type Book,
  type Figure,
  type Mode,
} from './figures.server.ts';
import {
  absentText,
  daysText,
  lineOf,
  listOf,
  sentenceOf,
  type IndicatorLine,
} from './indicator-lines.server.ts';
import { schemeLabel } from './schemes.server.ts';
import type { Scope } from './scope.server.ts';
import type { Reading } from './sql.server.ts';

/** 累计 or the quarter, from an address. */
export const readMode = (query: URLSearchParams): Mode =>
  query.get('span') === 'quarter' ? 'quarter' : 'ytd';

export interface PartitionView {
  readonly id: string;
  readonly label: string;
  readonly days: string;
  readonly total: string;
  readonly parts: readonly {
    readonly id: string;
    readonly label: string;
    readonly text: string;
    readonly share: string;
    /** The list behind it; null where there is none. */
    readonly to: string | null;
  }[];
  /** `34＝21＋6＋7`, or what is wrong. */
  readonly check: string;
  /** Parts make up the whole; null where one of them is not known. */
  readonly balanced: boolean | null;
}

export interface FunnelView {
  readonly id: string;
  readonly label: string;
  readonly days: string;
  readonly steps: readonly {
    readonly id: string;
    readonly label: string;
    readonly text: string;
    readonly ofPrevious: string | null;
    readonly ofFirst: string;
    /** Share of the first step, for the width of its bar. */
    readonly width: number;
    readonly nested: boolean;
  }[];
}

/** The books of a scope: its own, and that of all parks where one is chosen. */
export function booksOf(db: Reading, scope: Scope, mode: Mode): { book: Book; whole: Book | null } {
  const { asOf, park, parkIds } = scope;
  return {
    book: openBook(db, { asOf, mode, park, parkIds }),
    whole: park === null ? null : openBook(db, { asOf, mode, park: null, parkIds: null }),
  };
}

function partitionView(book: Book, figure: Figure): PartitionView | null {
  const { definition, reported } = figure;
  const parts = partsOf(book, definition.id);
  if (parts.length === 0) return null;
  const known = parts.map((part) => book.reported(part.id, reported.span));
  if (reported.value === null || known.every((part) => !part?.value)) return null;
  if (figure.builtin && reported.value.value.num === 0n) return null;
  const result = partitionOf(
    reported.value,
    known.map((part) => part?.value ?? null),
  );
  const look = lookOf(definition);
  const number = (index: number) => {
    const value = known[index]?.value;
    return value ? printedNumber(value, look) : '？';
  };
  const sum = `${printedNumber(reported.value, look)}＝${parts.map((_, i) => number(i)).join('＋')}`;
  const open = result.difference === null;
  return {
    id: definition.id,
    label: definition.label,
    days: daysText(definition.nature, reported.span),
    total: printed(reported.value, look),
    parts: parts.map((part, i) => ({
      id: part.id,
      label: part.label,
      text: known[i]?.value ? printed(known[i].value, look) : absentText(known[i] ?? { absence: null }),
      share: printedRate(result.shares[i]!, rateLookOf(definition)),
      to: known[i]?.value?.value.num ? listOf(measureOf(part.id), reported.span) : null,
    })),
    check: open
      ? '有组成部分未报送，不能核对'
      : result.balanced
        ? sum
        : `${sum.replace('＝', '≠')}，相差${printed(result.difference, look)}，请说明口径`,
    balanced: open ? null : result.balanced,
  };
}

interface BuiltFunnel {
  readonly view: FunnelView;
  readonly sentence: string | null;
}

function funnelOf(book: Book, first: IndicatorDefinition): BuiltFunnel | null {
  const steps = stepsFrom(book, first.id);
  const figure = book.figure(first.id);
  if (steps.length < 2 || !figure?.reported.value) return null;
  if (figure.builtin && figure.reported.value.value.num === 0n) return null;
  const { span } = figure.reported;
  const values = steps.map((step) => book.reported(step.id, span)?.value ?? null);
  // What follows an unknown step cannot be shared out.
  const end = values.indexOf(null);
  const known = values.slice(0, end === -1 ? undefined : end);
  if (known.length < 2) return null;
  const built = nestedFunnel(known.map((value, i) => ({ label: steps[i]!.label, value: value! })));
  const [look, rateLook] = [lookOf(first), rateLookOf(first)];
  return {
    sentence: withDays(spanWords(span), funnelSentence(built, look, rateLook)),
    view: {
      id: first.id,
      label: first.label,
      days: daysText(first.nature, span),
      steps: built.map((step, i) => ({
        id: steps[i]!.id,
        label: step.label,
        text: printed(step.value, look),
        ofPrevious: step.ofPrevious && printedRate(step.ofPrevious, rateLook),
        ofFirst: printedRate(step.ofFirst, rateLook),
        width: step.ofFirst.ok ? Number(step.ofFirst.share.num) / Number(step.ofFirst.share.den) : 0,
        nested: step.nested,
      })),
    },
  };
}

const withDays = (days: string, text: string | null) => text && `${days}，${text}`;

/** What the program counts is shown where there is something to count, or somebody set a target. */
function isShown({ builtin, reported, target, yearBase }: Figure): boolean {
  if (!builtin || target) return true;
  return reported.value?.value.num !== 0n || (yearBase !== null && yearBase.value.num !== 0n);
}

/** What reports say of the counted ones, whether or not there is a target. */
const SAID = new Set(
  'tsme.total hnte.total hnte.new srdi.all srdi.total giant.total unicorn.library ladder.library scaleUp.total listing.library listing.new listing.total'.split(
    ' ',
  ),
);

/** Said in text: what was entered, and of what is counted what reports say, or what has a target. */
function isSaid(book: Book, { builtin, definition, target, yearChange }: Figure): boolean {
  if (definition.stepAfter !== null) return false;
  // The whole names its parts; their own changes are said one by one.
  if (definition.partOf !== null && (builtin || yearChange.kind !== 'rate')) return false;
  if ([...book.definitions.values()].some((each) => each.stepAfter === definition.id)) return false;
  return !builtin || target !== null || SAID.has(definition.id);
}

function groupOf(id: string): string {
  if (!isBuiltin(id)) return '录入指标';
  const [head = ''] = id.split('.');
  return (KNOWN_SCHEMES as readonly string[]).includes(head) ? schemeLabel(head) : '梯队';
}

export interface IndicatorsPage {
  readonly mode: Mode;
  /** The days of what the program counts. */
  readonly days: string;
  readonly cards: readonly IndicatorLine[];
  readonly groups: readonly { readonly label: string; readonly lines: readonly IndicatorLine[] }[];
  readonly partitions: readonly PartitionView[];
  readonly funnels: readonly FunnelView[];
  readonly sentences: readonly string[];
}

/** The ledger begins with what was entered, then the tiers, then scheme by scheme. */
function grouped(lines: readonly IndicatorLine[]) {
  const groups = Map.groupBy(lines, ({ id }) => groupOf(id));
  const rank = (label: string) => ['录入指标', '梯队'].indexOf(label) + 1 || 3;
  return [...groups]
    .map(([label, own]) => ({ label, lines: own }))
    .sort((a, b) => rank(a.label) - rank(b.label));
}

/** Indicators as of a day, in a park or all. */
export function indicatorsPage(db: Reading, scope: Scope, mode: Mode): IndicatorsPage {
  const { book, whole } = booksOf(db, scope, mode);
  const figures = [...book.definitions.keys()].flatMap((id) => {
    const figure = book.figure(id);
    return figure && isShown(figure) ? [figure] : [];
  });
  const lines = figures.map((figure) => lineOf(figure, whole));
  const funnels = figures.flatMap(({ definition }) =>
    definition.stepAfter === null ? (funnelOf(book, definition) ?? []) : [],
  );
  return {
    mode,
    days: spanWords(book.span),
    cards: lines.filter((line) => line.target !== null),
    groups: grouped(lines),
    partitions: figures.flatMap((figure) => partitionView(book, figure) ?? []),
    funnels: funnels.map(({ view }) => view),
    sentences: [
      ...figures.filter((figure) => isSaid(book, figure)).map((figure) => sentenceOf(book, figure, whole)),
      ...funnels.map(({ sentence }) => sentence),
    ].filter((text) => text !== null),
  };
}
