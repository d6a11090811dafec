/**
 * Whose name an official list means. A row is a hit only where no other company could be meant as far as the park's
 * records and the row itself tell; whatever leaves a doubt is likely and goes to a person, with its reason.
 */
import { checkUscc, tidyUscc } from '../facts/uscc.ts';
import { partsOf, within, type NameParts } from './parts.ts';
import { provinceIn } from './places.ts';

export type MatchClass = 'hit' | 'likely' | 'not_ours';

/** A name that an enterprise of the park bears or bore. */
export interface KnownName {
  readonly enterpriseId: number;
  readonly name: string;
  readonly former: boolean;
}

export interface KnownEnterprises {
  readonly names: readonly KnownName[];
  /** Every code an enterprise was ever known by, with the enterprise it leads to now. */
  readonly codes: ReadonlyMap<string, number>;
  /** First two digits of the division of registration, where known. */
  readonly provinces: ReadonlyMap<number, string>;
}

/** A row of an official list. */
export interface ListedName {
  readonly name: string;
  readonly code?: string | null;
  readonly region?: string | null;
}

export interface Candidate {
  readonly enterpriseId: number;
  /** The name of the enterprise that was compared. */
  readonly name: string;
  readonly former: boolean;
  readonly why: string;
}

/** What a hit rests on, the strongest first. */
export const GROUNDS = ['code', 'name', 'spelling', 'order', 'former'] as const;
export type Ground = (typeof GROUNDS)[number];

export interface NameMatch {
  readonly class: MatchClass;
  readonly reason: string;
  /** For a hit. */
  readonly ground: Ground | null;
  /** The enterprise of a hit first; at most {@link MOST_CANDIDATES}. */
  readonly candidates: readonly Candidate[];
}

export const MOST_CANDIDATES = 5;
/** 《企业名称相同相近比对规则》: the same words in another order are one and the same name. */
export const SAME_WORDS = '工商企注字〔2017〕133号 第三条第（二）项';

interface Entry extends KnownName {
  readonly parts: NameParts;
}

type Index = Map<string, Entry[]>;
const NONE: readonly Entry[] = [];

function put(index: Index, key: string, entry: Entry): void {
  const held = index.get(key);
  if (held) held.push(entry);
  else index.set(key, [entry]);
}

/** Characters of a stem with one left out each, and the stem itself: equal for stems one character apart. */
function* deletions(stem: string): Generator<string> {
  yield stem;
  for (let i = 0; i < stem.length; i += 1) yield stem.slice(0, i) + stem.slice(i + 1);
}

/** Trade names shorter than this differ by a character without any kinship. */
const SHORTEST_STEM = 3;
/** Characters by which a name of a known beginning is looked for in spite of a slip in its trade. */
const HEAD = 3;

export interface Matcher {
  /** Takes further names in; a large park is taken in by pieces. */
  add(names: readonly KnownName[]): void;
  match(row: ListedName): NameMatch;
}

/**
 * Prepares matching against a park. The cost of a row does not grow with the park: every comparison starts from an
 * index.
 * @param sound pronunciation of a text, so that homophones and traditional characters are noticed
 */
export function createMatcher(known: KnownEnterprises, sound: (text: string) => string): Matcher {
  const byKey: Index = new Map();
  const byCanonical: Index = new Map();
  const byCore: Index = new Map();
  const bySound: Index = new Map();
  const byStem: Index = new Map();
  const byNearStem: Index = new Map();
  const byHead: Index = new Map();
  const byParent: Index = new Map();
  const entriesOf = new Map<number, Entry[]>();
  const addOne = (name: KnownName) => {
    const parts = partsOf(name.name);
    if (parts.key === '') return;
    const entry: Entry = { ...name, parts };
    put(byKey, parts.key, entry);
    if (parts.canonical !== null) put(byCanonical, parts.canonical, entry);
    if (parts.branchOf !== null) put(byParent, parts.branchOf, entry);
    if (parts.core !== '') {
      put(byCore, parts.core, entry);
      put(bySound, sound(parts.core), entry);
      if (parts.core.length > HEAD) put(byHead, parts.core.slice(0, HEAD), entry);
    }
    if (parts.trade !== '') put(byStem, parts.stem, entry);
    if (parts.stem.length >= SHORTEST_STEM)
      for (const key of deletions(parts.stem)) put(byNearStem, key, entry);
    const own = entriesOf.get(name.enterpriseId);
    if (own) own.push(entry);
    else entriesOf.set(name.enterpriseId, [entry]);
  };
  known.names.forEach(addOne);

  /** Names that are no more than like this one, the likest first, one per enterprise. */
  function similar(parts: NameParts): Candidate[] {
    const found = new Map<number, Candidate & { rank: number }>();
    const add = (entries: readonly Entry[], rank: number, why: (entry: Entry) => string | null) => {
      for (const entry of entries) {
        if ((found.get(entry.enterpriseId)?.rank ?? Infinity) <= rank) continue;
        const text = why(entry);
        if (text !== null) found.set(entry.enterpriseId, { ...candidate(entry, text), rank });
      }
    };
    if (parts.branchOf !== null) {
      add(byKey.get(parts.branchOf) ?? NONE, 0, () => '名单所列为其分支机构，不是企业本身');
    }
    add(byParent.get(parts.key) ?? NONE, 0, () => '园区记录的是其分支机构');
    if (parts.core === '') return ranked(found);
    add(byCore.get(parts.core) ?? NONE, 1, (entry) => differences(parts, entry.parts));
    add(bySound.get(sound(parts.core)) ?? NONE, 2, (entry) =>
      entry.parts.core === parts.core
        ? null
        : joined('读音相同而用字不同（同音字或繁简）', differences(parts, entry.parts)),
    );
    const near = (entry: Entry) =>
      agreeInPlace(parts, entry.parts) &&
      entry.parts.core !== parts.core &&
      numbersOf(parts.core) === numbersOf(entry.parts.core) &&
      within(parts.core, entry.parts.core, parts.core.length >= 10 ? 2 : 1);
    if (parts.core.length > HEAD + 1) {
      add(byHead.get(parts.core.slice(0, HEAD)) ?? NONE, 3, (entry) =>
        near(entry) ? joined('一两字之差', differences(parts, entry.parts)) : null,
      );
    }
    if (parts.stem.length >= SHORTEST_STEM) {
      for (const key of deletions(parts.stem)) {
        add(byNearStem.get(key) ?? NONE, 4, (entry) =>
          entry.parts.trade === parts.trade &&
          entry.parts.stem !== parts.stem &&
          numbersOf(parts.stem) === numbersOf(entry.parts.stem) &&
          agreeInPlace(parts, entry.parts) &&
          within(parts.stem, entry.parts.stem, 1)
            ? joined('字号相差一字', differences(parts, entry.parts))
            : null,
        );
      }
    }
    if (parts.trade !== '') {
      add(byStem.get(parts.stem) ?? NONE, 5, (entry) =>
        entry.parts.trade !== parts.trade && akin(parts, entry.parts)
          ? joined('字号相同而行业表述不同', differences(parts, entry.parts))
          : null,
      );
    }
    return ranked(found);
  }

  function withCode(enterpriseId: number, parts: NameParts, named: readonly Entry[]): NameMatch {
    const own = entriesOf.get(enterpriseId) ?? [];
    const self = { enterpriseId, name: own[0]?.name ?? '', former: false, why: '统一社会信用代码一致' };
    if (parts.key === '') return hit('code', '统一社会信用代码一致（名单未列名称）', [self]);
    const same = own.find((entry) => entry.parts.key === parts.key);
    if (same) {
      const what = same.former ? '曾用名' : '名称';
      return hit('code', `统一社会信用代码与${what}均一致`, [candidate(same, self.why)]);
    }
    if (named.length > 0) {
      const others = named.map((entry) => candidate(entry, '名称一致'));
      return likely('统一社会信用代码与名称指向不同企业', [self, ...others]);
    }
    if (parts.branchOf !== null) return likely('代码为本企业的，名称却是分支机构', [self]);
    const close = own.find((e) => alike(parts, e.parts) || sound(e.parts.core) === sound(parts.core));
    return close
      ? hit('code', '统一社会信用代码一致，名称写法略有不同', [candidate(close, self.why)])
      : likely('统一社会信用代码一致而名称不同：或已更名，或名单串行', [self]);
  }

  function byName(row: ListedName, parts: NameParts, named: readonly Entry[]): NameMatch {
    const reordered = parts.canonical === null ? NONE : (byCanonical.get(parts.canonical) ?? NONE);
    if (named.length > 0) {
      const found = namesakes(row, named);
      const heirs = reordered.filter((e) => !e.former && e.enterpriseId !== named[0]!.enterpriseId);
      if (found.ground !== 'former' || heirs.length === 0) return found;
      const others = heirs.map((entry) => candidate(entry, '现名文字相同'));
      return likely('与曾用名一致，但另有企业现名文字相同', [...found.candidates, ...others]);
    }
    if (reordered.length > 0) {
      const why = '行政区划写法或位置不同，文字相同';
      const all = reordered.map((entry) => candidate(entry, why));
      if (unique(reordered).length > 1) return likely('文字相同的企业不止一家', all);
      if (reordered.every((entry) => entry.former)) return likely('与曾用名文字相同而写法不同', all);
      return hit('order', `${why}（${SAME_WORDS}）`, all);
    }
    const alikes = similar(parts);
    return alikes.length > 0 ? likely(alikes[0]!.why, alikes) : nothing();
  }

  function matchPlain(row: ListedName): NameMatch {
    const parts = partsOf(row.name);
    const named = parts.key === '' ? NONE : (byKey.get(parts.key) ?? NONE);
    const code = codeOf(row.code, known.codes);
    if (code.kind === 'ours') return withCode(code.enterpriseId, parts, named);
    if (parts.key === '') return { ...nothing(), reason: '名单此行没有名称' };
    if (code.kind === 'foreign') return withForeignCode(parts, named, byCanonical);
    const found = byName(row, parts, named);
    if (found.class !== 'hit') return found;
    if (code.kind === 'wrong')
      return likely(`${found.reason}，但名单所列代码不同且校验不符`, found.candidates);
    return doubted(found, row, known.provinces);
  }

  return {
    add: (names) => names.forEach(addOne),
    match(row) {
      const noted = NOTED.exec(row.name.normalize('NFKC'));
      if (!noted) return matchPlain(row);
      const [, name = '', other = ''] = noted;
      const found = matchPlain({ ...row, name });
      const also = matchPlain({ name: other });
      if (also.class !== 'hit' || sameFirst(found, also)) return found;
      const why = `名单括注的“${other}”${also.ground === 'former' ? '是曾用名' : '是园区企业'}`;
      return likely(why, [...found.candidates, ...also.candidates]);
    },
  };
}

/** A name with a note on what it was or became: 甲公司（原乙公司）. */
const NOTED = /^(.+?)\((?:原名称?|原|曾用名|更名前|更名为|现名|现更名为)\s*:?\s*(.{4,}?)\)$/;

const sameFirst = (a: NameMatch, b: NameMatch) =>
  a.class === 'hit' && a.candidates[0]!.enterpriseId === b.candidates[0]!.enterpriseId;

type CodeOf =
  { kind: 'ours'; enterpriseId: number } | { kind: 'foreign' } | { kind: 'wrong' } | { kind: 'none' };

/** A code that fails its check digit does not prove that the row is another company's, but leaves a doubt. */
function codeOf(text: string | null | undefined, codes: KnownEnterprises['codes']): CodeOf {
  const code = tidyUscc(text ?? '');
  const enterpriseId = codes.get(code);
  if (enterpriseId !== undefined) return { kind: 'ours', enterpriseId };
  const checked = checkUscc(code);
  if (!checked.ok) return { kind: 'none' };
  return { kind: checked.flag === null ? 'foreign' : 'wrong' };
}

function withForeignCode(parts: NameParts, named: readonly Entry[], byCanonical: Index): NameMatch {
  const reordered = parts.canonical === null ? NONE : (byCanonical.get(parts.canonical) ?? NONE);
  const same = named.length > 0 ? named : reordered;
  if (same.length === 0) return { ...nothing(), reason: '统一社会信用代码不属于园区企业' };
  return likely(
    '名称一致，但名单所列统一社会信用代码不是该企业的',
    same.map((entry) => candidate(entry, '名称一致而代码不同')),
  );
}

/** Enterprises that bear, or bore, exactly this name but for its spelling. */
function namesakes(row: ListedName, named: readonly Entry[]): NameMatch {
  const ids = unique(named);
  const all = named.map((entry) => candidate(entry, entry.former ? '曾用名一致' : '名称一致'));
  if (ids.length > 1) {
    const formerly = named.some((entry) => entry.former);
    const why = formerly ? '既是一家企业的名称，又是另一家的曾用名' : '园区有多家企业名称相同';
    return likely(ids.length > 2 ? `名称对应 ${ids.length} 家企业` : why, all);
  }
  const current = named.find((entry) => !entry.former);
  if (!current) return hit('former', '与曾用名一致', all);
  return current.name.trim() === row.name.trim()
    ? hit('name', '名称一致', [candidate(current, '名称一致')])
    : hit('spelling', '名称一致（括号、空格、全半角、大小写或“有限责任公司”写法不同）', [
        candidate(current, '写法不同的同一名称'),
      ]);
}

/** A hit by name is no longer certain where the row places the company in another province than our record does. */
function doubted(found: NameMatch, row: ListedName, provinces: KnownEnterprises['provinces']): NameMatch {
  const listed = row.region ? provinceIn(row.region) : null;
  const recorded = provinces.get(found.candidates[0]!.enterpriseId) ?? null;
  if (listed === null || recorded === null || listed === recorded) return found;
  return likely(`${found.reason}，但名单所列地区“${row.region}”与登记地不在同一省`, found.candidates);
}

const candidate = ({ enterpriseId, name, former }: Entry, why: string): Candidate => ({
  enterpriseId,
  name,
  former,
  why,
});

const unique = (entries: readonly Entry[]) => [...new Set(entries.map((entry) => entry.enterpriseId))];

/** One candidate per enterprise, in order. */
function few(candidates: readonly Candidate[]): Candidate[] {
  const seen = new Set<number>();
  const first = candidates.filter(({ enterpriseId }) => !seen.has(enterpriseId) && seen.add(enterpriseId));
  return first.slice(0, MOST_CANDIDATES);
}

const hit = (ground: Ground, reason: string, candidates: readonly Candidate[]): NameMatch => ({
  class: 'hit',
  ground,
  reason,
  candidates: few(candidates),
});
const likely = (reason: string, candidates: readonly Candidate[]): NameMatch => ({
  class: 'likely',
  ground: null,
  reason,
  candidates: few(candidates),
});
const nothing = (): NameMatch => ({
  class: 'not_ours',
  ground: null,
  reason: '园区企业中没有相同或相近的名称',
  candidates: [],
});

function ranked(found: ReadonlyMap<number, Candidate & { rank: number }>): Candidate[] {
  return [...found.values()]
    .sort((a, b) => a.rank - b.rank || a.enterpriseId - b.enterpriseId)
    .map(({ rank: _rank, ...rest }) => rest);
}

const joined = (first: string, rest: string | null) => (rest === null ? first : `${first}，${rest}`);

/** In what two names of one core differ, in words; null where in nothing. */
function differences(a: NameParts, b: NameParts): string | null {
  const place =
    a.place === b.place
      ? null
      : a.place === null || b.place === null
        ? '一方未写行政区划'
        : `行政区划不同（${a.place} / ${b.place}）`;
  const form = a.form === b.form ? null : `组织形式不同（${a.form || '无'} / ${b.form || '无'}）`;
  return [place, form].filter(Boolean).join('，') || null;
}

/** The same place, or one of them names none. */
const agreeInPlace = (a: NameParts, b: NameParts) =>
  a.place === null || b.place === null || a.place === b.place;

/** The numbers in a name: 第一 and 第二 are no slip of the pen. */
const numbersOf = (text: string) => text.replace(/[^\d一二三四五六七八九十百]/g, '');

/** One trade name in two trades that may be one business: the same place and like trades, or a long trade name. */
function akin(a: NameParts, b: NameParts): boolean {
  if (!agreeInPlace(a, b)) return false;
  if (a.stem.length >= SHORTEST_STEM) return true;
  return (
    a.place === b.place &&
    (a.trade.includes(b.trade) || b.trade.includes(a.trade)) &&
    b.trade !== '' &&
    a.form === b.form
  );
}

/** Two names that one company might be written by, where its code says that it is one. */
function alike(a: NameParts, b: NameParts): boolean {
  return (
    a.core === b.core ||
    (a.canonical !== null && a.canonical === b.canonical) ||
    within(a.core, b.core, Math.max(1, Math.floor(a.core.length / 4)))
  );
}
