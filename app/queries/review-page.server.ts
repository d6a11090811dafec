/** The page of a review: its tables live or as sealed, its way, its decisions, and what was corrected since. */
import { eventLabel } from '../../machines/events.ts';
import { HEADLINE_TIERS } from '../../machines/states.ts';
import { readSealHeadText } from '../db/seal-head.server.ts';
import { readSealKey } from '../db/seal-key.server.ts';
import { readSealEnd, readSeals } from '../db/seal-rows.server.ts';
import { addDays, isDay, quarterOf, type Day } from '../rules/day.ts';
import { INDUSTRY_SECTIONS } from '../rules/facts/sections.ts';
import { canonicalJson } from '../pipeline/review/canonical.ts';
import { differences, type Difference } from '../pipeline/review/difference.ts';
import {
  isQuarter,
  isWindow,
  quarterAfter,
  quarterBefore,
  WINDOW_LABELS,
  windowsOf,
} from '../pipeline/review/period.ts';
import {
  chainFaults,
  readSeal,
  stateOfSeal,
  type SealContent,
  type SealedRow,
  type SealState,
  type StoredSeal,
} from '../pipeline/review/seal.ts';
import { holdHead, readHead, type ChainEnd } from '../pipeline/review/seal-head.ts';
import type { ReviewRequest, ReviewTables } from '../pipeline/review/tables.ts';
import { keptReview } from './review.server.ts';
import { readSwitches, SOURCE_LABELS } from './review-scope.server.ts';
import { decisionsOf, openDecisionsBefore, reviewAddress, type Decision } from './review-decisions.server.ts';
import { all, one, personOf, type Reading } from './sql.server.ts';

type Db = Reading & { readonly file: string };

export interface ReviewRow extends SealedRow {
  readonly revision: number;
}

const ROW = `SELECT id, quarter, scope, title, drawnBy, drawnAt, discussedBy, discussedAt, discussion, revision
  FROM Review`;

/** A seal as a page states it. */
export interface ShownSeal {
  readonly seq: number;
  readonly keyId: string;
  readonly mac: string;
  readonly state: SealState;
  /** As the person is called today; the seal itself keeps the name of the account. */
  readonly sealedBy: string;
  readonly sealedAt: string;
  readonly eventId: number;
  readonly factRecordId: number;
  readonly rulesHash: string;
}

/** Where a review stands. */
export type ReviewStatus = 'live' | 'draft' | 'discussed' | 'sealed';

export interface Correction extends Difference {
  readonly reason: string;
}

/** Reads quarter and window of an address; null where there is no such quarter. */
export function readReviewRequest(
  quarter: string | undefined,
  query: URLSearchParams,
  { today, now }: { today: Day; now: string },
): ReviewRequest | null {
  if (!isQuarter(quarter)) return null;
  const asked = query.get('window');
  const window = isWindow(asked) && windowsOf(quarter).includes(asked) ? asked : 'quarter';
  const asOf = query.get('asOf');
  const on = isDay(asOf) && asOf < today ? asOf : today;
  return { quarter, window, switches: readSwitches(query), on, now };
}

/** The stored text of a request's window and switches; the service that draws up writes the same. */
const scopeText = ({ window, switches }: Pick<ReviewRequest, 'window' | 'switches'>): string =>
  canonicalJson({ window, ...switches });

/** The person behind the name of an account. */
const nameOf = (db: Reading, username: string): string =>
  one<{ name: string }>(db, `SELECT ${personOf('w.who')} AS name FROM (SELECT ? AS who) w`, username)!.name;

function sealOf(db: Db, row: ReviewRow): { seal: ShownSeal; content: SealContent | null } | null {
  const stored = one<StoredSeal>(
    db,
    'SELECT seq, reviewId, content, keyId, mac FROM ReviewSeal WHERE reviewId = ?',
    row.id,
  );
  if (!stored) return null;
  const content = readSeal(stored.content);
  const state = stateOfSeal(stored, row, readSealKey(db.file));
  return {
    content,
    seal: {
      seq: stored.seq,
      keyId: stored.keyId,
      mac: stored.mac,
      state,
      sealedBy: content ? nameOf(db, content.sealedBy) : '—',
      sealedAt: content?.sealedAt ?? '',
      eventId: content?.eventId ?? 0,
      factRecordId: content?.factRecordId ?? 0,
      rulesHash: content?.rulesHash ?? '',
    },
  };
}

/** A sealed review, its stored tables, and whether the seal holds; null where it is not sealed. */
export function sealedReview(db: Db, id: number) {
  const row = one<ReviewRow>(db, `${ROW} WHERE id = ?`, id);
  const found = row && sealOf(db, row);
  return row && found?.content ? { row, seal: found.seal, tables: found.content.tables } : null;
}

/** The head of the chain as its file has it, and what is wrong between it and the database. */
function headOf(db: Db, readEnd: () => ChainEnd) {
  const key = readSealKey(db.file);
  // Before the seals: one that is set meanwhile then stands beyond the head, and not the other way round.
  const found = readHead(readSealHeadText(db.file), key);
  const notes = found.state === 'genuine' ? found.head.acknowledged : [];
  const acknowledged = notes.map((note) => ({ ...note, by: nameOf(db, note.by) }));
  return { faults: holdHead(found, readEnd(), key).faults, acknowledged };
}

export interface ReviewPage {
  readonly request: ReviewRequest;
  readonly tables: ReviewTables;
  readonly status: ReviewStatus;
  readonly review: ReviewRow | null;
  /** Who drew it up and who put down the discussion, as they are called. */
  readonly people: { readonly drawn: string; readonly discussed: string };
  readonly seal: ShownSeal | null;
  /** Null where nothing is sealed. */
  readonly corrections: readonly Correction[] | null;
  readonly decisions: readonly Decision[];
  /** Decisions of earlier reviews that are still open. */
  readonly openBefore: readonly Decision[];
  /** What is missing between the database and the head of the chain of seals, in words. */
  readonly missing: readonly string[];
}

/** Everything of a review's page. */
export function reviewPage(db: Db, request: ReviewRequest): ReviewPage {
  const review =
    one<ReviewRow>(db, `${ROW} WHERE quarter = ? AND scope = ?`, request.quarter, scopeText(request)) ?? null;
  const sealed = review && sealOf(db, review);
  const live = () => keptReview(db, request);
  const common = {
    request,
    review,
    people: {
      drawn: review ? nameOf(db, review.drawnBy) : '',
      discussed: review?.discussedBy ? nameOf(db, review.discussedBy) : '',
    },
    decisions: review ? decisionsOf(db, review.id) : [],
    openBefore: openDecisionsBefore(db, request.quarter, review?.id ?? null),
    missing: headOf(db, () => readSealEnd(db.raw)).faults,
  };
  if (!sealed?.content) {
    // A seal that cannot be read has no tables left; the page says so, and shows what is known now.
    const status = sealed ? 'sealed' : review?.discussedAt ? 'discussed' : review ? 'draft' : 'live';
    return { ...common, tables: live(), status, seal: sealed?.seal ?? null, corrections: null };
  }
  const { tables } = sealed.content;
  const anew = keptReview(db, { ...request, on: later(request.on, tables.period.to) });
  return {
    ...common,
    tables,
    status: 'sealed',
    seal: sealed.seal,
    corrections: correctionsOf(db, tables, anew, sealed.content),
  };
}

const later = (a: string, b: string) => (a > b ? a : b);

interface LateEvent {
  scheme: string | null;
  type: string;
  reason: string | null;
  count: number;
}

/** Reasons named for one figure; more are counted. */
const NAMED = 3;

/** What is different by now, with what was recorded after the sealing. */
function correctionsOf(db: Db, sealed: ReviewTables, anew: ReviewTables, seal: SealContent): Correction[] {
  const found = differences(sealed, anew);
  if (found.length === 0) return [];
  const late = all<LateEvent>(
    db,
    `SELECT scheme, type, reason, count(*) AS count FROM Event
     WHERE id > ? AND accepted = 1 AND (effectiveOn <= ? OR type = 'void') GROUP BY scheme, type, reason`,
    seal.eventId,
    sealed.period.to,
  );
  const tiers: readonly string[] = HEADLINE_TIERS;
  return found.map((difference) => {
    const { scheme, key } = difference;
    const headline = key.includes('headline') || key === 'total';
    const own = late.filter(
      (event) =>
        event.scheme === null ||
        scheme === null ||
        event.scheme === scheme ||
        (headline && tiers.includes(event.scheme)),
    );
    return { ...difference, reason: reasonOf(own) };
  });
}

function reasonOf(events: readonly LateEvent[]): string {
  if (events.length === 0) return '名录、归属或口径设置在封存后有变动';
  const texts = events.map(
    ({ type, reason, count }) => `${eventLabel(type)} ${count} 件${reason ? `（${reason}）` : ''}`,
  );
  const more = texts.length > NAMED ? ` 等 ${texts.length} 类` : '';
  return `封存后登记：${texts.slice(0, NAMED).join('，')}${more}`;
}

export interface ReviewListLine {
  readonly id: number;
  readonly title: string;
  readonly quarter: string;
  readonly to: string;
  readonly status: ReviewStatus;
  readonly drawnBy: string;
  readonly drawnAt: string;
  readonly seal: ShownSeal | null;
  readonly openDecisions: number;
}

/** All reviews, the latest quarter first, and the quarters that can be looked at. */
export function reviewsPage(db: Db, today: Day) {
  const rows = all<ReviewRow & { open: number }>(
    db,
    `SELECT r.*, (SELECT count(*) FROM ReviewDecision d WHERE d.reviewId = r.id AND d.doneAt IS NULL) AS open
     FROM Review r ORDER BY r.quarter DESC, r.id DESC`,
  );
  const reviews = rows.map((row): ReviewListLine => {
    const seal = sealOf(db, row)?.seal ?? null;
    return {
      id: row.id,
      title: row.title,
      quarter: row.quarter,
      to: reviewAddress(row.quarter, row.scope),
      status: seal ? 'sealed' : row.discussedAt ? 'discussed' : 'draft',
      drawnBy: nameOf(db, row.drawnBy),
      drawnAt: row.drawnAt,
      seal,
      openDecisions: row.open,
    };
  });
  const head = headOf(db, () => readSealEnd(db.raw));
  const quarters = [quarterOf(today)];
  while (quarters.length < 8) quarters.push(quarterBefore(quarters.at(-1)!));
  return {
    reviews,
    quarters,
    /** Breaks within the chain; nothing but the backup mends them. */
    faults: chainFaults(readSeals(db.raw)),
    /** What is missing at its end; an administrator may take note of it. */
    missing: head.faults,
    acknowledged: head.acknowledged,
    lastOver: quarterOf(addDays(quarterStart(today), -1)),
  };
}
export type ReviewsPage = ReturnType<typeof reviewsPage>;

const quarterStart = (day: Day): Day =>
  `${day.slice(0, 5)}${String(Math.floor((Number(day.slice(5, 7)) - 1) / 3) * 3 + 1).padStart(2, '0')}-01`;

/** What may be chosen on a review's page. */
export function reviewChoices(db: Reading, quarter: string) {
  const users = all<{ id: number; name: string; role: string }>(
    db,
    `SELECT id, displayName AS name, role FROM User WHERE role <> 'enterprise' AND disabled = 0
     ORDER BY displayName, id`,
  );
  const option = ({ id, name }: { id: number; name: string }) => ({ value: String(id), label: name });
  return {
    windows: windowsOf(quarter).map((id) => ({ value: id as string, label: WINDOW_LABELS[id] })),
    industries: INDUSTRY_SECTIONS.map(([letter, label]) => ({
      value: letter as string,
      label: label as string,
    })),
    stewards: [
      ...users.filter(({ role }) => role === 'staff' || role === 'administrator').map(option),
      { value: 'none', label: '未分配' },
    ],
    sources: Object.entries(SOURCE_LABELS).map(([value, label]) => ({ value, label })),
    owners: users.map(option),
    before: quarterBefore(quarter),
    after: quarterAfter(quarter),
  };
}
export type ReviewChoices = ReturnType<typeof reviewChoices>;

/** Two sealed reviews and the figures in which they differ; null where one of them is not there or not sealed. */
export function comparedReviews(db: Db, a: string | null, b: string | null) {
  const [first, second] = [a, b].map((id) =>
    id !== null && /^\d{1,9}$/.test(id) ? sealedReview(db, Number(id)) : null,
  );
  if (!first || !second) return null;
  const side = ({ row, seal, tables }: NonNullable<ReturnType<typeof sealedReview>>) => ({
    title: row.title,
    seal,
    label: tables.period.label,
    to: tables.period.to,
    words: tables.scope.words,
  });
  return { a: side(first), b: side(second), rows: differences(first.tables, second.tables) };
}
export type ComparedReviews = ReturnType<typeof comparedReviews>;
