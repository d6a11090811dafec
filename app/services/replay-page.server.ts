/** What the page of a replay and its workbook both show, from an address. */
import type { Db } from '../db/clients.server.ts';
import { INDUSTRY_SECTIONS } from '../rules/facts/sections.ts';
import { entryWords } from '../rules/entry.ts';
import { RULE_BY_ID } from '../rules/registry.ts';
import type { Movement } from '../rules/replay.ts';
import type { ExportList } from './export.server.ts';
import { changedWords, type ReplayAddress } from './replay-request.server.ts';
import {
  filterReplay,
  loadPark,
  replayLine,
  replayPark,
  type LoadedPark,
  type ReplayFilter,
  type ReplayLine,
  type ReplayRequest,
  type ReplayResult,
} from './replay.server.ts';

export const MOVEMENT_LABELS: Readonly<Record<Movement, string>> = {
  stays: '保持符合',
  gains: '新增符合',
  loses: '不再符合',
  never: '始终不符合',
};
const MOVEMENTS = Object.keys(MOVEMENT_LABELS) as Movement[];

/** Section names by code. */
export const SECTION_NAMES: Readonly<Record<string, string>> = Object.fromEntries(
  INDUSTRY_SECTIONS.map(([code, label]) => [code, `${code} ${label}`]),
);

export interface Answer {
  readonly park: LoadedPark;
  readonly result: ReplayResult;
  readonly filter: ReplayFilter & { readonly decides: string | null; readonly section: string | null };
  /** Places in the park of those in the list. */
  readonly places: readonly number[];
  readonly narrowed: readonly string[];
}

/** The list asked for; without a choice, those whose verdict changes. */
function readFilter(query: URLSearchParams, { counts }: ReplayResult): Answer['filter'] {
  const asked = MOVEMENTS.find((movement) => movement === query.get('show'));
  const changing = counts.loses > 0 ? 'loses' : counts.gains > 0 ? 'gains' : 'stays';
  return { movement: asked ?? changing, decides: query.get('decides'), section: query.get('section') };
}

export type Answering =
  | { readonly ready: false; readonly done: number; readonly total: number }
  | ({ readonly ready: true } & Answer);

/** Answers an address; says how far the loading is where it takes longer than `patience` milliseconds. */
export async function answerReplay(
  db: Db,
  { request }: ReplayAddress,
  query: URLSearchParams,
  among: ReadonlySet<number> | null,
  patience: number,
): Promise<Answering> {
  const loaded = await loadPark(db, request, patience);
  if (!loaded.ready) return loaded;
  return { ready: true, ...answerOver(loaded.park, request, query, among) };
}

/** The answer over parks at hand. @param base as in {@link replayPark} */
export function answerOver(
  park: LoadedPark,
  request: ReplayRequest,
  query: URLSearchParams,
  among: ReadonlySet<number> | null,
  base: LoadedPark = park,
): Answer {
  const result = replayPark(park, request, among, base);
  const filter = readFilter(query, result);
  const { decides, section } = filter;
  const condition = [...result.before.rule.conditions, ...result.after.rule.conditions].find(
    ({ id }) => id === decides,
  );
  const narrowed = [
    ...(decides ? [`决定性条件：${condition?.label ?? decides}`] : []),
    ...(section ? [`行业：${section === '-' ? '未知' : (SECTION_NAMES[section] ?? section)}`] : []),
  ];
  return { park, result, filter, places: filterReplay(park, result, filter), narrowed };
}

/** 口径 of a replay in one line. */
export function basisWords({ request }: ReplayAddress, where: string): string {
  const label = (id: string) => RULE_BY_ID.get(id)!.label;
  const changes = changedWords(request, entryWords);
  return [
    `${where}每家按现有数据在两种读法下各判一次，不论登记地`,
    `${label(request.from)} → ${label(request.to)}${changes.length > 0 ? `（${changes.join('，')}）` : ''}`,
    request.strict ? '仅计确定符合的' : '没有不符合项即计为符合，缺数据与待人工判断的不算不符合',
  ].join('；');
}

export type NamedLine = ReplayLine & {
  readonly name: string;
  readonly uscc: string;
  readonly park: string | null;
  readonly section: string | null;
};

const OUTCOME_WORDS = { eligible: '符合', ineligible: '不符合', undetermined: '待定' } as const;

/** Enterprises of an answer one by one, as far as `names` knows them. */
export function* namedLines(
  answer: Answer,
  names: (ids: readonly number[]) => ReadonlyMap<number, Omit<NamedLine, keyof ReplayLine>>,
  batch = 500,
): Generator<NamedLine> {
  const { park, result, places } = answer;
  for (let at = 0; at < places.length; at += batch) {
    const lines = places.slice(at, at + batch).map((i) => replayLine(park, result, i));
    const known = names(lines.map(({ enterpriseId }) => enterpriseId));
    for (const line of lines) yield { ...line, ...known.get(line.enterpriseId)! };
  }
}

export function replayList(rows: Iterable<NamedLine>): ExportList<NamedLine> {
  return {
    name: '修订影响',
    frozen: 2,
    rows,
    columns: [
      { header: '企业名称', width: 36, value: (row) => row.name },
      { header: '统一社会信用代码', width: 22, value: (row) => row.uscc },
      { header: '行业门类', width: 24, value: (row) => row.section },
      { header: '所属园区', width: 16, value: (row) => row.park },
      { header: '去向', width: 12, value: (row) => MOVEMENT_LABELS[row.movement] },
      { header: '原结论', value: (row) => OUTCOME_WORDS[row.before] },
      { header: '新结论', value: (row) => OUTCOME_WORDS[row.after] },
      { header: '决定性条件', width: 60, value: (row) => row.deciding.map(({ label }) => label).join('；') },
    ],
  };
}
