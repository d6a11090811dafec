/** Official lists as their pages show them. */
import { kindOf, LIST_KINDS, type ListKind } from '../pipeline/list-kinds.ts';
import type { Candidate } from '../rules/names/matcher.ts';
import { readPage } from './scope.server.ts';
import { schemeLabel, schemeOptions, stateText } from './schemes.server.ts';
import { all, among, and, count, one, type Clause, type Reading } from './sql.server.ts';

const LIST_GROUPS = ['all', 'hit', 'likely', 'not_ours'] as const;
export type ListGroup = (typeof LIST_GROUPS)[number];
export const LIST_GROUP_LABELS: Readonly<Record<ListGroup, string>> = {
  all: '全部各行',
  hit: '确定命中',
  likely: '疑似',
  not_ours: '不是园区企业',
};

/** States of a row that the review can be narrowed to. */
const ROW_STATES = {
  open: { label: '待处理', sql: "decision IS NULL AND match <> 'not_ours'" },
  confirmed: { label: '已确认未登记', sql: "decision = 'confirmed' AND outcome IS NULL" },
  denied: { label: '已否决', sql: "decision = 'denied'" },
  made: { label: '已登记', sql: "outcome = 'made'" },
  existing: { label: '已有记录', sql: "outcome = 'existing'" },
  refused: { label: '未能登记', sql: "outcome = 'refused'" },
} as const;
type RowState = keyof typeof ROW_STATES;

interface ListRecord {
  id: number;
  title: string;
  scheme: string;
  kind: ListKind;
  level: string | null;
  docNo: string | null;
  listedOn: string;
  link: string | null;
  grantedOn: string | null;
  validUntil: string | null;
  fileName: string | null;
  sheet: string | null;
  sha256: string;
  headers: string | null;
  columns: string;
  status: 'matching' | 'review' | 'recording' | 'failed';
  total: number;
  done: number;
  message: string | null;
  actor: string;
  createdAt: string;
}

const labelled = <L extends ListRecord>(list: L) => ({
  ...list,
  schemeLabel: schemeLabel(list.scheme),
  kindLabel: kindOf(list.kind).label,
});

interface Counted {
  hit: number;
  likely: number;
  notOurs: number;
  open: number;
  openHits: number;
  confirmed: number;
  made: number;
  existing: number;
  refused: number;
}

/** `open`: hits and likely rows that nobody has decided about. */
const COUNTS = `
  count(*) FILTER (WHERE match = 'hit') AS hit,
  count(*) FILTER (WHERE match = 'likely') AS likely,
  count(*) FILTER (WHERE match = 'not_ours') AS notOurs,
  count(*) FILTER (WHERE match <> 'not_ours' AND decision IS NULL) AS open,
  count(*) FILTER (WHERE match = 'hit' AND decision IS NULL) AS openHits,
  count(*) FILTER (WHERE decision = 'confirmed' AND outcome IS NULL) AS confirmed,
  count(*) FILTER (WHERE outcome = 'made') AS made,
  count(*) FILTER (WHERE outcome = 'existing') AS existing,
  count(*) FILTER (WHERE outcome = 'refused') AS refused`;

/** Lists a page. */
export const LISTS_A_PAGE = 20;

/** The lists on record, the latest first. */
export function nameLists(db: Reading, query: URLSearchParams) {
  const page = readPage(query);
  const lists = all<ListRecord>(
    db,
    'SELECT * FROM NameList ORDER BY id DESC LIMIT ? OFFSET ?',
    LISTS_A_PAGE,
    (page - 1) * LISTS_A_PAGE,
  );
  const ids = among(
    'listId',
    lists.map(({ id }) => id),
  );
  const counts = new Map(
    all<Counted & { listId: number }>(
      db,
      `SELECT listId, ${COUNTS} FROM NameListRow WHERE ${ids.sql} GROUP BY listId`,
      ...ids.params,
    ).map((row) => [row.listId, row]),
  );
  return {
    page,
    total: count(db, 'SELECT count(*) FROM NameList'),
    lists: lists.map((list) => ({ ...labelled(list), counts: counts.get(list.id) ?? null })),
  };
}
export type NameListLine = ReturnType<typeof nameLists>['lists'][number];

/** One list with its counts; undefined where there is none such. */
export function nameList(db: Reading, id: number) {
  const list = one<ListRecord>(db, 'SELECT * FROM NameList WHERE id = ?', id);
  if (!list) return undefined;
  const counts = one<Counted>(db, `SELECT ${COUNTS} FROM NameListRow WHERE listId = ?`, id)!;
  return {
    ...labelled(list),
    headers: list.headers === null ? null : (JSON.parse(list.headers) as string[]),
    columns: JSON.parse(list.columns) as Record<string, number | null>,
    counts,
  };
}
export type NameListHead = NonNullable<ReturnType<typeof nameList>>;

interface RowRecord {
  id: number;
  line: number;
  cells: string;
  name: string;
  code: string | null;
  region: string | null;
  certificateNo: string | null;
  note: string | null;
  match: Exclude<ListGroup, 'all'>;
  reason: string;
  candidates: string;
  decision: 'confirmed' | 'denied' | null;
  enterpriseId: number | null;
  decidedBy: string | null;
  decidedAt: string | null;
  revision: number;
  outcome: 'made' | 'existing' | 'refused' | null;
  outcomeText: string | null;
}

export interface RowFilter {
  group: ListGroup;
  state: RowState | null;
  q: string;
}

/** Reads which rows are wanted; without a choice the first group in which something is open. */
export function readRowFilter(query: URLSearchParams, counts: Counted): RowFilter {
  const group = LIST_GROUPS.find((each) => each === query.get('group'));
  const state = query.get('state');
  return {
    group: group ?? (counts.hit > 0 ? 'hit' : counts.likely > 0 ? 'likely' : 'not_ours'),
    state: state !== null && Object.hasOwn(ROW_STATES, state) ? (state as RowState) : null,
    q: query.get('q')?.trim().slice(0, 50) ?? '',
  };
}

const wanted = (listId: number, { group, state, q }: RowFilter): Clause =>
  and([
    { sql: 'listId = ?', params: [listId] },
    group === 'all' ? null : { sql: 'match = ?', params: [group] },
    state && { sql: ROW_STATES[state].sql, params: [] },
    q === '' ? null : { sql: 'instr(name, ?) > 0 OR code = ?', params: [q, q.toUpperCase()] },
  ]);

export const ROWS_A_PAGE = 50;

/** A page of rows, each with the enterprises it may mean side by side. */
export function nameListRows(
  db: Reading,
  list: { id: number; scheme: string },
  filter: RowFilter,
  page: number,
) {
  const where = wanted(list.id, filter);
  const rows = all<RowRecord & { voided: number }>(
    db,
    `SELECT *, eventId IS NOT NULL AND EXISTS (SELECT 1 FROM Event v WHERE v.enterpriseId = NameListRow.enterpriseId
       AND v.type = 'void' AND v.accepted = 1 AND json_extract(v.payload, '$.eventId') = eventId) AS voided
     FROM NameListRow WHERE ${where.sql} ORDER BY line, id LIMIT ? OFFSET ?`,
    ...where.params,
    ROWS_A_PAGE,
    (page - 1) * ROWS_A_PAGE,
  ).map((row) => ({
    ...row,
    voided: row.voided === 1,
    candidates: JSON.parse(row.candidates) as Candidate[],
  }));
  const ids = new Set(
    rows.flatMap((row) => [row.enterpriseId ?? [], row.candidates.map((c) => c.enterpriseId)].flat()),
  );
  const enterprises = standing(db, list.scheme, [...ids]);
  return {
    total: count(db, `SELECT count(*) FROM NameListRow WHERE ${where.sql}`, ...where.params),
    rows: rows.map(({ candidates, cells, enterpriseId, ...row }) => ({
      ...row,
      text: (JSON.parse(cells) as string[]).filter(Boolean).join('　'),
      enterprise: enterpriseId === null ? null : (enterprises.get(enterpriseId) ?? null),
      candidates: candidates.flatMap((candidate) => {
        const enterprise = enterprises.get(candidate.enterpriseId);
        return enterprise
          ? [{ ...enterprise, matched: candidate.name, former: candidate.former, why: candidate.why }]
          : [];
      }),
    })),
  };
}
export type NameListRow = ReturnType<typeof nameListRows>['rows'][number];

interface Enterprise {
  id: number;
  uscc: string;
  name: string;
  park: string | null;
  /** Where it stands with the scheme of the list, in words; null where nothing is on record. */
  standing: string | null;
}

function standing(db: Reading, scheme: string, ids: readonly number[]): Map<number, Enterprise> {
  const found = among('e.id', ids);
  const rows = all<Omit<Enterprise, 'standing'> & { application: string | null; validUntil: string | null }>(
    db,
    `SELECT e.id, e.uscc, e.name, p.name AS park,
       (SELECT s.state FROM Span s WHERE s.enterpriseId = e.id AND s.scheme = ? AND s.lane = 'application'
         AND s.toOn IS NULL LIMIT 1) AS application,
       (SELECT max(coalesce(t.validUntil, '')) FROM Title t WHERE t.enterpriseId = e.id AND t.scheme = ?
         AND t.status = 'valid') AS validUntil
     FROM Enterprise e LEFT JOIN Park p ON p.id = e.parkId WHERE ${found.sql}`,
    scheme,
    scheme,
    ...found.params,
  );
  return new Map(
    rows.map(({ application, validUntil, ...row }) => {
      const title = validUntil === null ? null : validUntil === '' ? '有效' : `有效至 ${validUntil}`;
      const words = [application && stateText(application), title].filter(Boolean).join('，');
      return [row.id, { ...row, standing: words || null }];
    }),
  );
}

/** Rows of a group for a workbook. */
export function nameListLines(db: Reading, listId: number, filter: RowFilter) {
  const where = wanted(listId, filter);
  return all<RowRecord & { enterprise: string | null; uscc: string | null }>(
    db,
    `SELECT r.*, e.name AS enterprise, e.uscc FROM NameListRow r LEFT JOIN Enterprise e ON e.id = r.enterpriseId
     WHERE r.id IN (SELECT id FROM NameListRow WHERE ${where.sql}) ORDER BY r.line, r.id`,
    ...where.params,
  ).map((row) => ({ ...row, state: rowStateLabel(row) }));
}

/** What became of a row, in one word. */
function rowStateLabel({ match, decision, outcome }: RowRecord): string {
  if (outcome !== null) return ROW_STATES[outcome].label;
  if (decision !== null) return ROW_STATES[decision].label;
  return match === 'not_ours' ? '无需处理' : ROW_STATES.open.label;
}

/** What may be chosen for a new list. */
export const listChoices = () => ({
  kinds: Object.entries(LIST_KINDS).map(([value, { label }]) => ({ value, label })),
  schemes: schemeOptions(),
});

export const rowStateOptions = Object.entries(ROW_STATES).map(([value, { label }]) => ({ value, label }));

/** A list that follows another (公示 → 认定), by field: its confirmed rows as text; null where there is none such. */
export function nameListDraft(db: Reading, id: number): Record<string, string> | null {
  const list = Number.isSafeInteger(id) ? nameList(db, id) : undefined;
  if (!list) return null;
  const rows = all<{ name: string; uscc: string; no: string | null }>(
    db,
    `SELECT e.name, e.uscc, r.certificateNo AS no FROM NameListRow r JOIN Enterprise e ON e.id = r.enterpriseId
     WHERE r.listId = ? AND r.decision = 'confirmed' ORDER BY r.line, r.id`,
    id,
  );
  const lines = rows.map(({ name, uscc, no }) => [name, uscc, no ?? ''].join('\t'));
  return {
    scheme: list.scheme,
    kind: 'certify',
    pasted: ['企业名称\t统一社会信用代码\t证书编号', ...lines].join('\n'),
  };
}
