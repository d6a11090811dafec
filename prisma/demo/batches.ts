/** Two nomination batches of the demo park, taken through the hands of its users by the services of the program. */
import { addDays, type Day } from '../../app/rules/day.ts';
import { checkEnterprises } from '../../app/services/batches/check.server.ts';
import { askSupplement } from '../../app/services/batches/supplement.server.ts';
import { attachMinutes, decide, sign } from '../../app/services/batches/meeting.server.ts';
import { addDepartment } from '../../app/services/departments.server.ts';
import { confirmRows, cutToQuota, passOn, passSteward } from '../../app/services/batches/review.server.ts';
import { drawBatch, type NewBatch } from '../../app/services/batches/draft.server.ts';
import type { Asker, BatchRef } from '../../app/services/batches/keeper.server.ts';
import { prepareBatch, submitBatch } from '../../app/services/batches/submission.server.ts';
import { fixedClock, type Clock, type Db } from '../../app/services/database.server.ts';

/** Of the enterprises closest to a title, some that could be nominated on the day, and some that could not. */
function pick(db: Db, scheme: string, today: Day, able: number, others: number) {
  const closest = db.raw
    .prepare<[string], { id: number }>(
      `SELECT enterpriseId AS id FROM StoredVerdict
       WHERE scheme = ? AND action = 'new' AND vetoes = 0 AND unknown = 0
       ORDER BY distance, enterpriseId LIMIT 200`,
    )
    .all(scheme)
    .map(({ id }) => id);
  const checked = checkEnterprises(db, { scheme, applicationOn: today, today, enterpriseIds: closest });
  const ids = (found: typeof checked) => found.map(({ enterpriseId }) => enterpriseId);
  return {
    able: ids(checked.filter(({ barrier }) => barrier === null)).slice(0, able),
    others: ids(checked.filter(({ barrier }) => barrier?.reason === 'not_eligible')).slice(0, others),
  };
}

/** A user as the services know them. */
function asker(db: Db, username: string): Asker {
  const user = db.raw
    .prepare<[string], { id: number; role: string }>('SELECT id, role FROM User WHERE username = ?')
    .get(username)!;
  return { username, userId: user.id, role: user.role };
}

const at = (day: Day) => fixedClock(`${day}T07:30:00.000Z`);

interface Hands {
  readonly db: Db;
  readonly batchId: number;
  /** The batch as it stands, in somebody's hands. */
  readonly by: (user: Asker) => BatchRef;
  readonly rows: (state: string) => number[];
}

function hands(db: Db, batchId: number): Hands {
  return {
    db,
    batchId,
    by: (user) => ({
      batchId,
      revision: db.raw
        .prepare<[number], { revision: number }>('SELECT revision FROM Batch WHERE id = ?')
        .get(batchId)!.revision,
      by: user,
    }),
    rows: (state) =>
      db.raw
        .prepare<[number, string], { id: number }>(
          'SELECT id FROM BatchRow WHERE batchId = ? AND state = ? ORDER BY rank, position',
        )
        .all(batchId, state)
        .map(({ id }) => id),
  };
}

/** Fewest that are worth a batch: a very small park has none. */
const LEAST = 4;

const MINUTES =
  '联席会议纪要（演示数据）\n\n会议听取了科室审核情况，同意推荐附表所列企业。演示数据，企业与数字均为虚构。\n';

/** Draws up the batches: one is submitted on the clock's day, one waits for the section. */
export async function drawDemoBatches(db: Db, clock: Clock): Promise<void> {
  await submitted(db, clock);
  await underReview(db, clock);
}

const terms = (title: string, on: Day, deadline: Day): Omit<NewBatch, 'scheme' | 'enterpriseIds'> => ({
  title,
  applicationOn: on,
  windowLabel: null,
  windowId: null,
  deadline,
  quota: null,
  orderBy: 'closeness',
  note: null,
});

async function submitted(db: Db, clock: Clock): Promise<void> {
  const today = clock.today();
  const [staff, section, leader] = ['yuanqu', 'keshi', 'lingdao'].map((name) => asker(db, name)) as [
    Asker,
    Asker,
    Asker,
  ];
  const { able, others } = pick(db, 'hnte', today, 12, 2);
  if (able.length < LEAST) return;
  const day = (ago: number) => at(addDays(today, -ago));
  const { batchId } = await drawBatch(db, day(12), staff, {
    ...terms(`${today.slice(0, 4)} 年高企补充推荐批次`, today, addDays(today, 10)),
    scheme: 'hnte',
    enterpriseIds: [...able, ...others],
  });
  const own = hands(db, batchId);
  await passOn(db, day(11), own.by(staff), 'send');
  await confirmRows(db, day(9), own.by(staff), own.rows('in').slice(0, 5));
  await passSteward(db, day(8), own.by(staff), own.rows('in').slice(5));
  await passOn(db, day(5), own.by(section), 'pass_section', '材料齐全');
  const agree = { decision: 'agree', opinion: null } as const;
  for (const name of ['科技创新局', '财政金融局', '工业和信息化局'])
    await addDepartment(db, { clock: day(5), actor: 'guanli' }, name);
  await sign(db, day(2), own.by(section), { ...agree, department: '科技创新局', person: '周示例' });
  await sign(db, day(2), own.by(leader), { ...agree, department: '财政金融局', person: '何示例' });
  const bytes = new TextEncoder().encode(MINUTES);
  await attachMinutes(db, day(1), own.by(section), { name: '联席会议纪要.txt', bytes });
  await decide(db, clock, own.by(section), {
    approved: own.rows('in').slice(0, -1),
    others: { reason: 'materials', note: '审计报告待更正' },
  });
  await prepareBatch(db, clock, own.by(staff));
  await submitBatch(db, clock, own.by(staff));
}

async function underReview(db: Db, clock: Clock): Promise<void> {
  const today = clock.today();
  const [staff, section] = ['yuanqu', 'keshi'].map((name) => asker(db, name)) as [Asker, Asker];
  const { able, others } = pick(db, 'srdi', today, 14, 3);
  if (able.length < LEAST) return;
  const day = (ago: number) => at(addDays(today, -ago));
  const { batchId } = await drawBatch(db, day(6), staff, {
    ...terms(`${today.slice(0, 4)} 年专精特新推荐批次`, today, addDays(today, 21)),
    scheme: 'srdi',
    quota: Math.max(2, able.length - 2),
    enterpriseIds: [...able, ...others],
  });
  const own = hands(db, batchId);
  await cutToQuota(db, day(6), own.by(staff));
  await passOn(db, day(6), own.by(staff), 'send');
  await passSteward(db, day(4), own.by(staff), own.rows('in'));
  await askSupplement(db, day(2), own.by(section), own.rows('in')[0]!, {
    conditions: [],
    documents: ['上一年度审计报告', '主导产品市场占有率证明'],
    note: '请于报送截止前补齐',
  });
}
