/** The demo park in any size, with what a park's office piles up beside it: all of it grows with the park. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openDatabase, type Db } from '../../app/db/clients.server.ts';
import { systemClock } from '../../app/db/clock.ts';
import type { Tx } from '../../app/db/writer.server.ts';
import { addDays, type Day } from '../../app/rules/day.ts';
import { drawDemoBatches } from '../../prisma/demo/batches.ts';
import { loadDemo } from '../../prisma/demo/load.ts';
import { visitDemoEnterprises } from '../../prisma/demo/visits.ts';
import { ROLES, type Role } from '../../app/services/roles.ts';
import { sweep } from '../../app/services/sweep.server.ts';
import { createUser } from '../../app/services/users.server.ts';
import { refreshVerdicts } from '../../app/services/verdicts.server.ts';

export interface BenchPark {
  readonly db: Db;
  readonly size: number;
  close: () => Promise<void>;
}

/** Enterprises that one steward looks after. */
const CARE = 100;

/** One row for every `step`-th enterprise. */
const EVERY = (step: number) => `FROM Enterprise e WHERE e.id % ${step} = 0`;

/** Stewards, notes, submissions, claims, lists and jobs, as many an enterprise whatever the size. */
function pileUp(tx: Tx, today: Day, password: string): void {
  const run = (sql: string, ...params: (string | number)[]) => tx.prepare(sql).run(...params);
  const now = `${today}T01:00:00.000Z`;
  const day = (n: number) => addDays(today, n);
  run(
    `INSERT INTO User (username, displayName, passwordHash, role, createdAt, passwordSetAt)
     SELECT 'steward' || e.id, '管家' || e.id, '${password}', 'staff', '${now}', '${now}' ${EVERY(CARE)}`,
  );
  run(
    `INSERT INTO User (username, displayName, passwordHash, role, enterpriseId, createdAt, passwordSetAt)
     SELECT 'company' || e.id, '企业' || e.id, '${password}', 'enterprise', e.id, '${now}', '${now}' ${EVERY(10)}`,
  );
  run(
    `INSERT INTO Stewardship (enterpriseId, userId, side, fromOn, assignedBy, assignedAt)
     SELECT e.id, u.id, 'government', ?, 'guanli', '${now}' FROM Enterprise e
     JOIN User u ON u.username = 'steward' || ((e.id / ${CARE}) * ${CARE}) WHERE e.id % 10 < 8`,
    day(-200),
  );
  run(
    `INSERT INTO FollowUp (enterpriseId, kind, onDay, note, nextAction, nextOn, "by", recordedAt, doneAt, doneBy)
     SELECT e.id, 'visit', ?, '走访', '补齐材料', CASE e.id % 3 WHEN 0 THEN ? ELSE ? END, 'yuanqu', '${now}',
       CASE WHEN e.id % 20 = 0 THEN NULL ELSE '${now}' END, CASE WHEN e.id % 20 = 0 THEN NULL ELSE 'yuanqu' END ${EVERY(4)}`,
    day(-40),
    day(-5),
    day(20),
  );
  run(
    `INSERT INTO Submission (enterpriseId, state, startedAt, startedBy, submittedAt, submittedBy, decidedAt)
     SELECT e.id, CASE WHEN e.id % 100 = 0 THEN 'submitted' ELSE 'decided' END, '${now}', 'company', '${now}', 'company',
       CASE WHEN e.id % 100 = 0 THEN NULL ELSE '${now}' END ${EVERY(10)}`,
  );
  run(
    `INSERT INTO SubmissionItem (submissionId, path, value, knownAt, "by", decision)
     SELECT s.id, 'years.2024.employees', '80', ?, 'company', CASE s.state WHEN 'decided' THEN 'accepted' END FROM Submission s`,
    today,
  );
  run(
    `INSERT INTO AccountClaim (uscc, username, displayName, contact, passwordHash, at, state)
     SELECT e.uscc, 'claim' || e.id, '某人', '0756-0000000', '${password}', '${now}',
       CASE WHEN e.id % 1000 = 0 THEN 'waiting' ELSE 'approved' END ${EVERY(50)}`,
  );
  run(
    `INSERT INTO LibraryProposal (enterpriseId, scheme, kind, reason, proposedBy, proposedAt, decision, decidedBy, decidedAt)
     SELECT e.id, 'srdi', 'enrol', '差距小', 'yuanqu', '${now}', 'rejected', 'keshi', '${now}' ${EVERY(50)}`,
  );
  run(
    `INSERT INTO TodoMark (key, mark, note, actor, at)
     SELECT 'gap:' || e.id || ':${today.slice(0, 4)}', 'done', NULL, 'yuanqu', '${now}' ${EVERY(40)}`,
  );
  run(
    `INSERT INTO ImportJob (kind, fileName, sha256, status, total, "read", actor, startedAt, finishedAt)
     SELECT 'figures', '统计' || e.id || '.xlsx', 'x', 'done', 100, 100, 'yuanqu', '${now}', '${now}' ${EVERY(100)}`,
  );
  run(
    `INSERT INTO NameList (title, scheme, kind, listedOn, sha256, contentKey, columns, status, total, done, actor, createdAt)
     SELECT '名单' || e.id, 'hnte', 'certify', ?, 'x' || e.id, 'x' || e.id, '{}', 'review', 100, 100, 'yuanqu', '${now}'
     ${EVERY(400)}`,
    today,
  );
  run(
    `INSERT INTO NameListRow (listId, line, cells, name, match, reason, enterpriseId)
     SELECT l.id, e.id % 100 + 1, '[]', e.name, 'hit', '名称一致', e.id FROM Enterprise e
     JOIN NameList l ON l.title = '名单' || ((e.id / 400) * 400) WHERE e.id % 4 = 0`,
  );
  // Batches of former years.
  run(
    `INSERT INTO Batch (scheme, title, applicationOn, orderBy, orderText, state, createdBy, createdAt, updatedAt, submittedAt, machineVersion)
     SELECT 'hnte', '批次' || e.id, ?, 'closeness', '接近度', 'closed', 'yuanqu', '${now}', '${now}', '${now}', 1 ${EVERY(300)}`,
    day(-300),
  );
  run(
    `INSERT INTO BatchRow (batchId, enterpriseId, position, state)
     SELECT b.id, e.id, e.id % 300, 'submitted' FROM Enterprise e
     JOIN Batch b ON b.title = '批次' || ((e.id / 300) * 300) WHERE e.id % 10 = 0`,
  );
}

export const PASSWORD = 'a long enough password';

/**
 * Makes a park of `size` enterprises, or finds it again in the folder `keep`.
 * @param log told what goes on
 */
export async function benchPark(
  size: number,
  log: (text: string) => void,
  keep?: string,
): Promise<BenchPark> {
  const folder = keep ?? fs.mkdtempSync(path.join(os.tmpdir(), 'tidu-bench-'));
  const file = path.join(folder, `park-${size}.db`);
  log(`a park of ${size} …`);
  await loadDemo({ file, size, coarse: true });
  const db = openDatabase(file, { mode: 'write', create: true });
  if (!db.raw.prepare('SELECT 1 FROM User WHERE username = ?').get(accountOf('staff'))) await furnish(db);
  return {
    db,
    size,
    close: async () => {
      await db.close();
      if (keep === undefined) fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Name of the account that looks at pages in a role; the demo's own stand beside it. */
export const accountOf = (role: Role): string => `bench-${role}`;

async function furnish(db: Db): Promise<void> {
  const clock = systemClock;
  await drawDemoBatches(db, clock);
  await visitDemoEnterprises(db, clock);
  const hash = db.raw.prepare('SELECT passwordHash FROM User LIMIT 1').pluck().get() as string;
  await db.write((tx) => pileUp(tx, clock.today(), hash));
  const first = db.raw.prepare('SELECT min(enterpriseId) FROM Submission').pluck().get() as number;
  for (const role of ROLES) {
    const enterpriseId = role === 'enterprise' ? first : null;
    await createUser(db, clock, { username: accountOf(role), role, password: PASSWORD, enterpriseId });
  }
  await sweep(db, clock);
  await refreshVerdicts(db, clock);
}
