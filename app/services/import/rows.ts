/** From one row of a table to what it states: pure, no database. */
import {
  EXTRA_LABELS,
  FINANCING_FIELDS,
  IP_FIELDS,
  ENTERPRISE_FIELDS,
  TITLE_FIELDS,
  YEAR_FIELDS,
} from '../../rules/facts/fields.ts';
import { finishFacts, parseFacts, type Facts, type Flag } from '../../rules/facts/parse.ts';
import {
  factsSchema,
  financingSchema,
  ipSchema,
  titleSchema,
  type PlainFacts,
  type Source,
  type TitleFact,
} from '../../rules/facts/schema.ts';
import { checkUscc } from '../../rules/facts/uscc.ts';
import type { EnterpriseValues, FactChange } from '../fact-change.ts';
import { cellText, isBlank, isNothing, type Cell } from './cells.ts';
import { emptyDraft, finishYears, setPath, takeTarget, type Draft } from './draft.ts';
import { IGNORED, saysNotKnown, type ImportKind, type Plan } from './headers.ts';

/** By what a row names its enterprise; what comes first in {code, stock code, name} decides. */
export interface RowKey {
  readonly uscc?: string;
  readonly stockCode?: string;
  readonly name?: string;
}

type WithoutTarget<T> = T extends unknown ? Omit<T, 'uscc' | 'enterpriseId' | 'evidence'> : never;
/** A change of facts before it is known which enterprise it concerns. */
export type RowChange = WithoutTarget<FactChange>;

/** What a row states. */
export interface Statement {
  readonly key: RowKey;
  /** May make the enterprise when its code is new. */
  readonly creates: boolean;
  readonly changes: readonly RowChange[];
  readonly titles: readonly TitleFact[];
  readonly source: Source | null;
  readonly knownAt: string | null;
  /** Doubts that are seen at once; those in `changes` apart. */
  readonly doubts: readonly Flag[];
  /** Columns that state no fact, kept with the record. */
  readonly other: Readonly<Record<string, string>>;
}

export type RowResult =
  | { readonly kind: 'empty' }
  | { readonly kind: 'rejected'; readonly reason: string }
  | { readonly kind: 'statement'; readonly statement: Statement };

/** Finds a scheme's id by the text of a cell; null when there is none. */
export type SchemeLookup = (text: string) => string | null;

const rejected = (...reasons: string[]): RowResult => ({
  kind: 'rejected',
  reason: [...new Set(reasons)].join('；'),
});

const extraLabel = new Map(
  EXTRA_LABELS.flatMap(([label, ...aliases]) => aliases.map((alias) => [alias, label] as const)),
);

/** A register's column that is understood without being a fact. */
export const isKnownExtra = (header: string): boolean => EXTRA_LABELS.some((names) => names.includes(header));

const LABELS = new Map(
  [...ENTERPRISE_FIELDS, ...YEAR_FIELDS, ...IP_FIELDS, ...TITLE_FIELDS, ...FINANCING_FIELDS].map((f) => [
    f.key,
    f.label,
  ]),
);

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** `营业收入：金额最多 2 位小数` for an issue of the schema. */
function describeIssue(issue: Issue): string {
  const path = issue.path.map(String).filter((part) => part !== 'years' && !/^\d{4}$/.test(part));
  const label = LABELS.get(path.join('.')) ?? LABELS.get(path.at(-1) ?? '') ?? path.join('.');
  return label === '' || issue.message.startsWith(label) ? issue.message : `${label}：${issue.message}`;
}

/** Reads rows of one table; compiled once for its plan. */
export function createRowReader(
  plan: Plan,
  kind: ImportKind,
  schemeOf: SchemeLookup,
): (cells: readonly Cell[]) => RowResult {
  const json = plan.columns.find((c) => c.targets.some((t) => t.scope === 'json'));
  return (cells) => {
    if (cells.every(isBlank) || isClosingLine(cells)) return { kind: 'empty' };
    if (json) return readJson(cells[json.index] ?? null);
    const draft = emptyDraft(plan.year);
    for (const column of plan.columns) {
      const cell = cells[column.index] ?? null;
      if (cell === null || column.targets.length === 0) continue;
      for (const target of column.targets) {
        const isKey = target.scope === 'key';
        if (isKey ? isBlank(cell) : isNothing(cell) || saysNotKnown(cell, plan.notKnown)) continue;
        takeTarget(draft, column, target, cell);
      }
    }
    finishYears(draft);
    return finishRow(draft, kind, otherCells(cells, plan), schemeOf);
  };
}

/** A line of totals or a note under the table: no enterprise's row, and nothing for anybody to mend. */
function isClosingLine(cells: readonly Cell[]): boolean {
  const texts = cells.filter((cell) => !isBlank(cell)).map((cell) => cellText(cell).replace(/\s/g, ''));
  if (/^(?:合计|总计|小计|共计)[:：]?$/.test(texts[0] ?? ''))
    return !texts.some((text) => checkUscc(text).ok);
  return texts.length === 1 && /^(?:注|备注|说明|填表人|制表人?|审核人?|联系人)[:：]/.test(texts[0]!);
}

function otherCells(cells: readonly Cell[], plan: Plan): Record<string, string> {
  const other: Record<string, string> = {};
  for (const { index, header } of plan.unknown) {
    const text = cells[index] ?? null;
    if (!isBlank(text)) other[extraLabel.get(header) ?? header] = String(text).trim();
  }
  // Columns that are known to state nothing are evidence, too.
  for (const { index, header, targets } of plan.columns) {
    const cell = cells[index] ?? null;
    if (targets.length === 0 && cell !== null && !IGNORED.has(header)) other[header] = cellText(cell);
  }
  return other;
}

/** Tables whose rows may make an enterprise that is not there yet. */
const CREATES: ReadonlySet<ImportKind> = new Set(['enterprises', 'facts']);

function finishRow(
  draft: Draft,
  kind: ImportKind,
  other: Record<string, string>,
  schemeOf: SchemeLookup,
): RowResult {
  const creates = CREATES.has(kind);
  const key = checkKey(draft, kind);
  const empty = Object.keys(draft.years).length + Object.keys(draft.enterprise).length === 0;
  if (kind === 'figures' && draft.year === null && empty) draft.reasons.push('缺少年度');
  if (draft.reasons.length > 0) return rejected(...draft.reasons);
  const parsed = factsSchema.safeParse(factsOf(draft, key, kind));
  if (!parsed.success) return rejected(...parsed.error.issues.map(describeIssue));
  const item = readItem(draft, kind, schemeOf);
  if (!item.ok) return rejected(...item.reasons);
  const changes = changesOf(draft, parsed.data, creates ? other : null);
  if (item.change) changes.push(item.change);
  // Judged on a copy: figures that cannot be true are stored as stated and set aside where facts are read.
  const doubts = finishFacts(copyOf(parsed.data), {}).flags;
  const { source, knownAt } = draft;
  const titles = item.title ? [item.title] : [];
  const evidence = creates ? {} : other;
  return {
    kind: 'statement',
    statement: { key, creates, changes, titles, source, knownAt, doubts, other: evidence },
  };
}

/** The code checked, and something there that names the enterprise. */
function checkKey(draft: Draft, kind: ImportKind): RowKey {
  const key = { ...draft.key };
  if (key.uscc !== undefined) {
    const checked = checkUscc(key.uscc);
    if (checked.ok) key.uscc = checked.code;
    else draft.reasons.push(checked.reason);
  } else if (kind === 'enterprises') draft.reasons.push('缺少统一社会信用代码');
  else if (!key.stockCode && !key.name) {
    draft.reasons.push('缺少统一社会信用代码、股票代码或企业名称');
  }
  return key;
}

/** What the row says in the form that the facts schema takes. */
function factsOf(draft: Draft, key: RowKey, kind: ImportKind): Record<string, unknown> {
  const creates = CREATES.has(kind);
  const facts: Record<string, unknown> = { ...draft.enterprise };
  if (creates && key.name) facts.name = key.name;
  if (creates && key.uscc) facts.uscc = key.uscc;
  if (key.stockCode && (creates || kind === 'figures')) setPath(facts, 'listing.code', key.stockCode);
  if (Object.keys(draft.conversions).length > 0) facts.conversions = draft.conversions;
  return { ...facts, years: draft.years };
}

/** @param extra a register's other columns where the row is about the enterprise itself, else null */
function changesOf(
  draft: Draft,
  { uscc: _code, years, ...values }: PlainFacts,
  extra: Record<string, string> | null,
): RowChange[] {
  const changes: RowChange[] = [];
  const byYear = Object.entries(years ?? {}).filter(([, figures]) => figures);
  if (extra !== null || Object.keys(values).length > 0) {
    const own = byYear.length === 0 ? draft.flags.filter((flag) => flag.year === null) : [];
    changes.push({
      kind: 'enterprise',
      values: values as EnterpriseValues,
      ...(extra && Object.keys(extra).length > 0 ? { extra } : {}),
      flags: own.map((flag) => ({ path: flag.field, message: flag.message })),
    });
  }
  for (const [year, figures] of byYear) {
    const flags = draft.flags
      .filter((flag) => (flag.year ?? draft.year ?? year) === year)
      .map(({ field, message }) => ({ path: `years.${year}${field ? `.${field}` : ''}`, message }));
    changes.push({ kind: 'figures', year: Number(year), values: figures!, flags });
  }
  return changes;
}

/** Deep enough for `finishFacts`, which sets figures of the years aside. */
function copyOf(facts: PlainFacts): PlainFacts {
  const years = Object.entries(facts.years ?? {}).map(([year, figures]) => [year, figures && { ...figures }]);
  return { ...facts, years: Object.fromEntries(years) as PlainFacts['years'] };
}

type ItemResult =
  | { readonly ok: true; readonly change?: RowChange; readonly title?: TitleFact }
  | { readonly ok: false; readonly reasons: string[] };

function readItem(draft: Draft, kind: ImportKind, schemeOf: SchemeLookup): ItemResult {
  const flags = draft.flags.map((f) => ({ path: f.field, message: f.message }));
  if (kind === 'ip') {
    const parsed = ipSchema.safeParse(draft.item);
    if (parsed.success) return { ok: true, change: { kind: 'ip', values: parsed.data, flags } };
    return {
      ok: false,
      reasons: parsed.error.issues.map((i) => missing(i, draft.item, 'kind', '知识产权类别')),
    };
  }
  if (kind === 'financing') {
    if (Object.keys(draft.item).length === 0) return { ok: false, reasons: ['没有融资信息'] };
    const parsed = financingSchema.safeParse(draft.item);
    if (parsed.success) return { ok: true, change: { kind: 'financing', values: parsed.data, flags } };
    return { ok: false, reasons: parsed.error.issues.map(describeIssue) };
  }
  if (kind !== 'titles') return { ok: true };
  const text = draft.item.scheme as string | undefined;
  if (text === undefined) return { ok: false, reasons: ['缺少称号'] };
  const scheme = schemeOf(text);
  if (scheme === null) return { ok: false, reasons: [`称号“${text}”未识别`] };
  const parsed = titleSchema.safeParse({ ...draft.item, scheme, status: draft.item.status ?? 'valid' });
  if (!parsed.success) return { ok: false, reasons: parsed.error.issues.map(describeIssue) };
  const title = parsed.data;
  if (!title.grantedOn) return { ok: false, reasons: ['缺少发证日期'] };
  if (title.validUntil && title.validUntil < title.grantedOn)
    return { ok: false, reasons: ['有效期至早于发证日期'] };
  return { ok: true, title };
}

const missing = (issue: Issue, item: Record<string, unknown>, key: string, label: string) =>
  issue.path[0] === key && item[key] === undefined ? `缺少${label}` : describeIssue(issue);

/** One enterprise's facts as JSON text (a line of NDJSON, or a cell of the column JSON). */
export function readJson(cell: Cell): RowResult {
  let json: unknown;
  try {
    json = JSON.parse(String(cell ?? ''));
  } catch (error) {
    return rejected(`不是有效的 JSON：${(error as Error).message}`);
  }
  const parsed = parseFacts(json);
  if (!parsed.ok)
    return rejected(
      ...parsed.problems.map((p) => describeIssue({ path: p.path.split('.'), message: p.message })),
    );
  return { kind: 'statement', statement: factsStatement(parsed.facts, json as Record<string, unknown>) };
}

/** Facts that already passed `parseFacts` as a statement; what the schema does not know becomes extra attributes. */
function factsStatement(facts: Facts, json: Record<string, unknown>): Statement {
  const extra: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(json)) {
    if (!Object.hasOwn(factsSchema.shape, key) && key !== '__proto__') extra[key] = value;
  }
  const key: { uscc?: string; stockCode?: string; name?: string } = {};
  if (facts.uscc) key.uscc = facts.uscc;
  if (facts.listing?.code) key.stockCode = facts.listing.code;
  if (facts.name) key.name = facts.name;
  return {
    key,
    creates: true,
    changes: [{ kind: 'facts', facts, ...(Object.keys(extra).length > 0 ? { extra } : {}) }],
    titles: facts.titles ?? [],
    source: null,
    knownAt: null,
    doubts: facts.flags,
    other: {},
  };
}
