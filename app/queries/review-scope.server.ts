/** The switches of a review, read from its address or from a stored review, and the enterprises they narrow to. */
import { INDUSTRY_SECTIONS } from '../rules/facts/sections.ts';
import type { ReviewScope, ReviewSwitches } from '../pipeline/review/tables.ts';
import type { Day } from '../rules/day.ts';
import { bySection, SECTION_DIVISIONS } from './industry.server.ts';
import { byOrigin, inScope, LOCATED, readScope, type Scope } from './scope.server.ts';
import { and, one, type Clause, type Reading } from './sql.server.ts';

export const SOURCE_LABELS = { home: '本地培育', moved: '园外迁入' } as const;

export interface ResolvedScope {
  readonly scope: ReviewScope;
  readonly parkIds: readonly number[] | null;
  /** Condition on enterprises `e` besides the park; null for none. */
  readonly narrowed: Clause | null;
}

/** Reads the switches of an address; what is malformed counts as not given. */
export function readSwitches(query: URLSearchParams): ReviewSwitches {
  const industry = query.get('industry');
  const steward = query.get('steward');
  const source = query.get('source');
  return {
    park: query.get('park')?.trim() || null,
    industry: industry && Object.hasOwn(SECTION_DIVISIONS, industry) ? industry : null,
    steward: steward && /^(none|\d{1,9})$/.test(steward) ? steward : null,
    source: source === 'home' || source === 'moved' ? source : null,
    located: query.get('located') === '1',
    counting: query.get('counting') === 'held' ? 'held' : 'headline',
    unit: query.get('unit') === '家次' ? '家次' : '家',
  };
}

function stewardIn(db: Reading, steward: string | null, on: Day): Scope['steward'] | null {
  if (steward === null) return null;
  if (steward === 'none') return { userId: null, on, words: '未分配' };
  const user = one<{ id: number; displayName: string }>(
    db,
    'SELECT id, displayName FROM User WHERE id = ?',
    Number(steward),
  );
  return user ? { userId: user.id, on, words: user.displayName } : null;
}

/**
 * The scope of a review, in words and as conditions; a park or a steward that does not exist counts as not given.
 * @param on the day whose stewards count
 */
export function resolveScope(db: Reading, switches: ReviewSwitches, on: Day): ResolvedScope {
  const { park, parkName, parkIds } = readScope(db, new URLSearchParams({ park: switches.park ?? '' }), on);
  const steward = stewardIn(db, switches.steward, on);
  const section = INDUSTRY_SECTIONS.find(([letter]) => letter === switches.industry);
  const clauses = [
    switches.industry ? bySection(switches.industry) : null,
    switches.source ? byOrigin(switches.source) : null,
    switches.located ? LOCATED : null,
  ];
  const narrowed = steward !== null || clauses.some(Boolean);
  const { counting, unit } = switches;
  const words = [
    parkName ?? '全部园区',
    section && `产业：${section[1]}`,
    steward && `管家：${steward.words}`,
    switches.source && `来源：${SOURCE_LABELS[switches.source]}`,
    switches.located ? '仅实体在地' : '在地与非在地',
    counting === 'headline' ? '就高（家）' : `累计（${unit}）`,
  ];
  return {
    scope: {
      ...switches,
      park,
      steward: steward ? switches.steward : null,
      words: words.filter(Boolean).join('；'),
    },
    parkIds,
    narrowed: narrowed
      ? and([...inScope({ parkIds: null, ...(steward ? { steward } : {}) }), ...clauses])
      : null,
  };
}
