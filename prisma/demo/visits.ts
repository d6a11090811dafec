/** Visits, promises, the list of the chosen and open proposals of the demo park, by the services of the program. */
import { addDays, type Day } from '../../app/rules/day.ts';
import { fixedClock, type Clock, type Db } from '../../app/services/database.server.ts';
import { addFocus } from '../../app/services/focus.server.ts';
import { keepFollowUp, settleNext, type NewFollowUp } from '../../app/services/follow-ups.server.ts';
import { propose } from '../../app/services/library.server.ts';

const STAFF = 'yuanqu';
/** The enterprises closest to 小巨人 that are looked after. */
const CHOSEN = 12;

type Said = Pick<NewFollowUp, 'kind' | 'note' | 'nextAction'> & {
  /** Days before today. */
  readonly ago: number;
  /** Days from today until the next action; before it where negative. */
  readonly due: number | null;
};

const SAID: readonly Said[] = [
  {
    kind: 'visit',
    note: '走访车间，核对主导产品收入口径；研发费用辅助账尚未按项目归集。',
    nextAction: '财务部按项目补齐研发费用辅助账',
    ago: 26,
    due: -4,
  },
  {
    kind: 'phone',
    note: '电话确认上年度专项审计进度，审计机构已进场。',
    nextAction: '取得专项审计报告初稿',
    ago: 12,
    due: 9,
  },
  {
    kind: 'meeting',
    note: '与财务、研发负责人座谈，讲解近两年研发费用合计与每年占比两项要求。',
    nextAction: '企业反馈下一年研发预算',
    ago: 19,
    due: 21,
  },
  {
    kind: 'online',
    note: '线上解答发展评价得分的计算方法，企业自查后补报。',
    nextAction: null,
    ago: 40,
    due: null,
  },
];

const at = (day: Day) => fixedClock(`${day}T03:20:00.000Z`);

/** Enterprises of a 潜力清单 in its order. */
const potential = (db: Db, scheme: string, most: number): number[] =>
  db.raw
    .prepare<[string, number], { id: number }>(
      `SELECT enterpriseId AS id FROM ListStay WHERE list = 'potential' AND scheme = ? AND toOn IS NULL
       ORDER BY unmet, distance, enterpriseId LIMIT ?`,
    )
    .all(scheme, most)
    .map(({ id }) => id);

/** Fills what people write down about enterprises; verdicts must be stored already. */
export async function visitDemoEnterprises(db: Db, clock: Clock): Promise<void> {
  const today = clock.today();
  const chosen = potential(db, 'giant', CHOSEN);
  if (chosen.length === 0) return;
  for (const [i, enterpriseId] of chosen.entries()) {
    const said = SAID[i % SAID.length]!;
    const onDay = addDays(today, -said.ago - i);
    const { kind, note, nextAction, due } = said;
    const nextOn = due === null ? null : addDays(today, due + (i % 3));
    const who = { enterpriseId, actor: STAFF };
    await keepFollowUp(db, at(onDay), { scheme: 'giant', kind, onDay, note, nextAction, nextOn }, who);
  }
  // One promise was kept.
  const [first] = db.raw
    .prepare<[], { id: number; enterpriseId: number }>(
      'SELECT id, enterpriseId FROM FollowUp WHERE nextOn IS NOT NULL ORDER BY id DESC LIMIT 1',
    )
    .all();
  if (first) await settleNext(db, clock, { ...first, actor: STAFF, note: '已收到', done: true });
  const reason = '距“小巨人”不远，列为本年度冲刺对象';
  await addFocus(db, at(addDays(today, -30)), { enterpriseIds: chosen, reason, actor: STAFF });
  await propose(db, at(addDays(today, -2)), {
    enterpriseIds: potential(db, 'srdi', 3),
    scheme: 'srdi',
    kind: 'enrol',
    reason: '差距小，建议纳入培育',
    actor: STAFF,
  });
}
