/** From JSON to the facts that rules read: unwrapping of sourced values, validation, flags. */
import { checkUscc } from './uscc.ts';
import { factsSchema, SOURCES, yearSchema, type PlainFacts, type Source, type YearFacts } from './schema.ts';
import { isDay } from '../day.ts';
import { FIGURE_BY_KEY, FIGURES, STAFF_BASES } from './figures.ts';

export interface Provenance {
  readonly source: Source | null;
  readonly knownAt: string | null;
}

export interface Flag {
  /** Path of the value, such as `years.2024.rdExpense`. */
  readonly path: string;
  /** What is odd about it, in Chinese. */
  readonly message: string;
}

/** The facts of one enterprise as rules read them, with the source of each value and what was odd. */
export interface Facts extends PlainFacts {
  readonly provenance: Readonly<Record<string, Provenance>>;
  readonly flags: readonly Flag[];
}

export type Parsed =
  { readonly ok: true; readonly facts: Facts } | { readonly ok: false; readonly problems: Flag[] };

/**
 * Validates one enterprise's facts. Wrong types, impossible dates and out-of-range numbers are problems (the
 * whole is refused, each with path and reason); values that are possible but doubtful are flagged, and a figure
 * that cannot be true (a negative revenue) is flagged and treated as not known.
 */
export function parseFacts(json: unknown): Parsed {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    return { ok: false, problems: [{ path: '', message: '应为一个 JSON 对象' }] };
  }
  const provenance: Record<string, Provenance> = {};
  const problems: Flag[] = [];
  const plain = unwrap(json, '', provenance, problems, 0);
  const parsed = factsSchema.safeParse(plain);
  if (!parsed.success) {
    for (const issue of parsed.error.issues)
      problems.push({ path: issue.path.join('.'), message: chinese(issue.message) });
  }
  if (problems.length > 0 || !parsed.success) return { ok: false, problems };
  const flags = unknownKeys(plain as Record<string, unknown>);
  return { ok: true, facts: finishFacts(parsed.data, provenance, flags) };
}

/** Adds the flags that follow from the values themselves; shared by JSON and database. Mutates `plain`'s years. */
export function finishFacts(
  plain: PlainFacts,
  provenance: Record<string, Provenance>,
  flags: Flag[] = [],
): Facts {
  if (plain.uscc) {
    const checked = checkUscc(plain.uscc);
    if (checked.ok && checked.flag) flags.push({ path: 'uscc', message: checked.flag });
  }
  for (const year in plain.years) {
    const figures = plain.years[year];
    if (figures) flagYear(figures, `years.${year}`, flags);
  }
  return Object.assign(plain, { provenance, flags });
}

function flagYear(figures: YearFacts, path: string, flags: Flag[]): void {
  for (const { key, label, signed } of FIGURES) {
    const value = figures[key];
    if (!signed && typeof value === 'number' && value < 0) {
      flags.push({ path: `${path}.${key}`, message: `${label}为负，按未知处理` });
      figures[key] = null;
    }
  }
  const { rdExpense, rdExpenseDomestic, employees, totalIncome, hiTechIncome } = figures;
  const revenue = figures.salesRevenue ?? figures.operatingRevenue;
  if (rdExpense != null && revenue != null && rdExpense > revenue) {
    flags.push({ path: `${path}.rdExpense`, message: '研发费用大于收入，请核对' });
  }
  // The domestic part is one of what is collected for 高企, where that is known.
  const collected = figures.rdExpenseBy?.hnte ?? rdExpense;
  if (collected != null && rdExpenseDomestic != null && rdExpenseDomestic > collected) {
    flags.push({ path: `${path}.rdExpenseDomestic`, message: '境内研发费用大于研发费用总额，按未知处理' });
    figures.rdExpenseDomestic = null;
  }
  if (totalIncome != null && hiTechIncome != null && hiTechIncome > totalIncome) {
    flags.push({ path: `${path}.hiTechIncome`, message: '高新技术产品（服务）收入大于总收入，按未知处理' });
    figures.hiTechIncome = null;
  }
  for (const key of ['mainRevenue', 'mainProductRevenue'] as const) {
    const part = figures[key];
    if (part != null && figures.operatingRevenue != null && part > figures.operatingRevenue) {
      flags.push({
        path: `${path}.${key}`,
        message: `${FIGURE_BY_KEY[key].label}大于营业收入，占比按未知处理`,
      });
    }
  }
  for (const key of ['techStaff', 'rdStaff'] as const) {
    const staff = figures[key];
    if (staff != null && employees != null && staff > employees) {
      flags.push({ path: `${path}.${key}`, message: '人数大于职工总数，按未知处理' });
      figures[key] = null;
    }
  }
  const staffBy = figures.techStaffBy;
  for (const { key } of staffBy ? STAFF_BASES : []) {
    const staff = staffBy![key];
    if (staff != null && employees != null && staff > employees) {
      flags.push({ path: `${path}.techStaffBy.${key}`, message: '人数大于职工总数，按未知处理' });
      staffBy![key] = null;
    }
  }
}

const WRAPPER_KEYS = new Set(['value', 'source', 'knownAt']);

function unwrap(
  node: unknown,
  path: string,
  provenance: Record<string, Provenance>,
  problems: Flag[],
  depth: number,
): unknown {
  if (typeof node !== 'object' || node === null) return node;
  if (depth > 12) {
    problems.push({ path, message: '嵌套过深' });
    return null;
  }
  if (Array.isArray(node))
    return node.map((item, i) => unwrap(item, `${path}.${i}`, provenance, problems, depth + 1));
  const entries = Object.entries(node as Record<string, unknown>);
  if ('value' in node && entries.every(([key]) => WRAPPER_KEYS.has(key))) {
    const {
      value,
      source = null,
      knownAt = null,
    } = node as { value: unknown; source?: unknown; knownAt?: unknown };
    if (source !== null && !SOURCES.includes(source as Source))
      problems.push({ path, message: `来源应为 ${SOURCES.join('、')} 之一` });
    if (knownAt !== null && !isDay(typeof knownAt === 'string' ? knownAt.slice(0, 10) : knownAt))
      problems.push({ path, message: '知悉日期应写作 YYYY-MM-DD' });
    if (typeof value === 'object' && value !== null)
      problems.push({ path, message: '带来源的值应为数字、文本或真假' });
    provenance[path] = { source: source as Source | null, knownAt: knownAt as string | null };
    return value;
  }
  const copy: Record<string, unknown> = {};
  for (const [key, value] of entries) {
    if (key === '__proto__') continue;
    copy[key] = unwrap(value, path ? `${path}.${key}` : key, provenance, problems, depth + 1);
  }
  return copy;
}

function unknownKeys(plain: Record<string, unknown>): Flag[] {
  const flags: Flag[] = [];
  const look = (node: unknown, known: object, path: string) => {
    if (typeof node !== 'object' || node === null) return;
    for (const key of Object.keys(node)) {
      if (!Object.hasOwn(known, key))
        flags.push({
          path: path ? `${path}.${key}` : key,
          message: '未识别的字段，作为附加信息保存，不参与判定',
        });
    }
  };
  look(plain, factsSchema.shape, '');
  const years = plain.years;
  if (typeof years === 'object' && years !== null) {
    for (const [year, figures] of Object.entries(years)) look(figures, yearSchema.shape, `years.${year}`);
  }
  return flags;
}

/** zod's own English messages for plain type errors, in the user's language. */
function chinese(message: string): string {
  if (!/^[\x20-\x7e]+$/.test(message)) {
    return message.replace(/^Invalid option: expected one of (.+)$/, '应为以下之一：$1');
  }
  const option = /^Invalid option: expected one of (.+)$/.exec(message);
  if (option) return `应为以下之一：${option[1]!.replaceAll('"', '').replaceAll('|', '、')}`;
  const type = /^Invalid input: expected (\w+)(?:, received (\w+))?/.exec(message);
  if (type) return `类型不符：应为 ${type[1]}${type[2] ? `，现为 ${type[2]}` : ''}`;
  return `不符合要求（${message}）`;
}
