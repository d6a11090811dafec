/**
 * What leadership of the demo park sees: yearly targets, two quarters reviewed and sealed on days of their own, one
 * drawn up, and decisions of which one is overdue. All by the services of the program, all marked 示例.
 */
import { openBook } from '../../app/queries/figures.server.ts';
import { readReview } from '../../app/queries/review.server.ts';
import { readReviewRequest } from '../../app/queries/review-page.server.ts';
import { addDays, quarterBounds, quarterOf, yearOf, type Day } from '../../app/rules/day.ts';
import { fixedClock, type Clock, type Db } from '../../app/services/database.server.ts';
import { setTarget } from '../../app/services/indicator-targets.server.ts';
import { discuss, drawUp, keepSuppression, seal } from '../../app/services/review.server.ts';
import { decide, finishDecision } from '../../app/services/review-decisions.server.ts';

const STAFF = { username: 'yuanqu', role: 'staff' };
const SECTION = { username: 'keshi', role: 'section' };
const ADMINISTRATOR = { username: 'guanli', role: 'administrator' };
const LEADER = { username: 'lingdao', role: 'leadership' };

/** Days after the end of a quarter on which its review is drawn up, discussed, and sealed. */
const STEPS = { drawn: 8, discussed: 12, sealed: 15 } as const;
const SEALED_QUARTERS = 2;

const before = (quarter: string) => quarterOf(addDays(quarterBounds(quarter).from, -1));
const after = (quarter: string) => quarterOf(addDays(quarterBounds(quarter).to, 1));
const sealingDay = (quarter: string): Day => addDays(quarterBounds(quarter).to, STEPS.sealed);
const at = (day: Day) => fixedClock(`${day}T08:30:00.000Z`);
const titleOf = (quarter: string) =>
  `示例：${quarter.slice(0, 4)}年${'一二三四'[Number(quarter[5]) - 1]}季度复盘`;

/** The quarters that are sealed by a day, the earlier first, each with the day of its sealing. */
export function sealedQuarters(today: Day): { quarter: string; on: Day }[] {
  let quarter = before(quarterOf(today));
  while (sealingDay(quarter) >= today) quarter = before(quarter);
  const found: { quarter: string; on: Day }[] = [];
  for (; found.length < SEALED_QUARTERS; quarter = before(quarter))
    found.unshift({ quarter, on: sealingDay(quarter) });
  return found;
}

const requestOf = (quarter: string, clock: Clock) =>
  readReviewRequest(quarter, new URLSearchParams(), { today: clock.today(), now: clock.now() })!;

/** Draws up, discusses and seals a quarter on its days; what the park hears later shows as corrections. */
export async function sealDemoQuarter(db: Db, quarter: string): Promise<void> {
  const day = (after: number) => at(addDays(quarterBounds(quarter).to, after));
  const drawnAt = day(STEPS.drawn);
  const title = titleOf(quarter);
  const id = await drawUp(db, drawnAt, requestOf(quarter, drawnAt), { title, actor: STAFF });
  const note = '示例：数字已与科室核对，同意封存。';
  await discuss(db, day(STEPS.discussed), id, { note, actor: SECTION, expectedRevision: null });
  await seal(db, day(STEPS.sealed), id, { actor: LEADER, expectedRevision: null, count: readReview });
}

/** Indicators with a yearly target, and the growth over the year before that is asked, in per cent. */
const GROWTH: Readonly<Record<string, number>> = {
  'hnte.total': 102,
  'hnte.new': 105,
  'srdi.total': 106,
  'giant.total': 108,
  'tsme.total': 100,
  'scaleUp.new': 105,
  'unicorn.library': 106,
};

/** The figures of a year's end as whole numbers, by indicator. */
function figuresOf(db: Db, year: number): [string, bigint, string][] {
  const book = openBook(db, { asOf: `${year}-12-31`, mode: 'ytd', park: null, parkIds: null });
  return Object.keys(GROWTH).flatMap((id) => {
    const value = book.figure(id)?.reported.value;
    return value ? [[id, value.value.num / value.value.den, value.unit] as const] : [];
  });
}

/** More than the year before by the growth asked; large ones in fives, as such numbers are set. */
function targetOver(base: bigint, growth: number): bigint {
  const grown = (base * BigInt(growth) + 99n) / 100n;
  const step = base >= 100n ? 5n : 1n;
  return ((grown + step - 1n) / step) * step;
}

/** In so small a park the limit of real ones would hide nearly every cohort; 1 alone is hidden. */
export const limitDemoHiding = (db: Db): Promise<void> => keepSuppression(db, ADMINISTRATOR, '2');

/** Sets the targets of the years that the reviews speak of, each in January of its year, as far as that is past. */
export async function setDemoTargets(db: Db, today: Day): Promise<void> {
  for (const year of [yearOf(today) - 1, yearOf(today)]) {
    const setOn = `${year}-01-20`;
    if (setOn >= today) continue;
    for (const [indicator, base, unit] of figuresOf(db, year - 1)) {
      const target = targetOver(base, GROWTH[indicator]!);
      if (target === 0n) continue;
      const outcome = await setTarget(
        db,
        at(setOn),
        {
          indicator,
          fromOn: `${year}-01-01`,
          toOn: `${year}-12-31`,
          parkId: null,
          value: String(target),
          unit,
          name: '年度任务',
          reference: `示例：${year}年度企业梯度培育任务书（虚构）`,
        },
        { actor: SECTION.username },
      );
      if (!outcome.ok) throw new Error(`demo target ${indicator}: ${JSON.stringify(outcome.errors)}`);
    }
  }
}

interface Decided {
  readonly text: string;
  readonly owner: string;
  /** Days from today; before it where negative. */
  readonly due: number;
  readonly result?: string;
}

/** By sealed quarter, the earlier first. */
const DECISIONS: readonly (readonly Decided[])[] = [
  [
    {
      text: '示例：对半年内到期的高企逐家约谈，确认重新认定安排',
      owner: 'yuanqu',
      due: -40,
      result: '示例：已全部约谈，未定的列入到期跟进',
    },
    { text: '示例：核对专精特新企业的研发费用辅助账，列出问题清单', owner: 'keshi', due: -12 },
  ],
  [
    { text: '示例：提醒上年度科技型中小企业参加本年评价', owner: 'yuanqu', due: 20 },
    { text: '示例：为独角兽潜力企业对接两次融资活动', owner: 'keshi', due: 45 },
  ],
];

/** What the meetings decided, and the review of the quarter after them, drawn up; users must be there. */
export async function decideInDemo(db: Db, clock: Clock): Promise<void> {
  const today = clock.today();
  const user = (username: string) =>
    db.raw
      .prepare<[string], { id: number; username: string; role: string }>(
        'SELECT id, username, role FROM User WHERE username = ?',
      )
      .get(username)!;
  const sealed = sealedQuarters(today);
  for (const [i, { quarter, on }] of sealed.entries()) {
    const { id } = db.raw
      .prepare<[string], { id: number }>('SELECT id FROM Review WHERE quarter = ?')
      .get(quarter)!;
    for (const { text, owner, due, result } of DECISIONS[i]!) {
      const form = new FormData();
      const own = user(owner);
      form.set('text', text);
      form.set('ownerId', String(own.id));
      form.set('dueOn', addDays(today, due));
      const errors = await decide(db, at(on), id, form, LEADER.username);
      if (Object.keys(errors).length > 0) throw new Error(`demo decision: ${JSON.stringify(errors)}`);
      const { id: decisionId } = db.raw
        .prepare<[], { id: number }>('SELECT max(id) AS id FROM ReviewDecision')
        .get()!;
      if (result) await finishDecision(db, at(addDays(today, due - 3)), decisionId, result, own);
    }
  }
  const quarter = after(sealed.at(-1)!.quarter);
  const title = titleOf(quarter);
  await drawUp(db, clock, requestOf(quarter, clock), { title, actor: STAFF });
}
