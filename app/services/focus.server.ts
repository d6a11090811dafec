/** 重点跟进: the list that people choose. Rows are never deleted; what is over is the history. */
import type { Db } from '../db/clients.server.ts';
import type { Clock } from '../db/clock.ts';
import { AppError } from '../db/errors.ts';
import type { Done } from './library.server.ts';

const LONGEST = 300;

interface Focusing {
  readonly enterpriseIds: readonly number[];
  readonly reason: string;
  readonly actor: string;
}

function checked({ enterpriseIds, reason }: Focusing): { ids: number[]; why: string } {
  const ids = [...new Set(enterpriseIds)];
  const why = reason.trim();
  if (ids.length === 0) throw new AppError('invalid', '请先选择企业');
  if (why === '') throw new AppError('invalid', '请写明理由');
  if (why.length > LONGEST) throw new AppError('invalid', `理由不超过 ${LONGEST} 字`);
  return { ids, why };
}

/** Puts enterprises on the list, each for itself. @throws AppError `invalid` (nobody named, no reason) */
export async function addFocus(db: Db, clock: Clock, input: Focusing): Promise<Done> {
  const { ids, why } = checked(input);
  return db.write((tx) => {
    const rejected: { enterpriseId: number; reason: string }[] = [];
    const there = tx.prepare('SELECT 1 FROM Enterprise WHERE id = ? AND mergedIntoId IS NULL');
    const open = tx.prepare(
      "SELECT 1 FROM ListStay WHERE enterpriseId = ? AND list = 'focus' AND toOn IS NULL",
    );
    const insert = tx.prepare(
      `INSERT INTO ListStay (list, scheme, enterpriseId, fromOn, why, addedBy, addedAt, unmet, distance)
       VALUES ('focus', '', ?, ?, ?, ?, ?, 0, 0)`,
    );
    for (const enterpriseId of ids) {
      if (!there.get(enterpriseId)) rejected.push({ enterpriseId, reason: '没有这家企业' });
      else if (open.get(enterpriseId)) rejected.push({ enterpriseId, reason: '已在重点跟进名单' });
      else insert.run(enterpriseId, clock.today(), why, input.actor, clock.now());
    }
    return { done: ids.length - rejected.length, rejected };
  });
}

/** Takes enterprises off the list, each for itself. @throws AppError `invalid` (nobody named, no reason) */
export async function endFocus(db: Db, clock: Clock, input: Focusing): Promise<Done> {
  const { ids, why } = checked(input);
  return db.write((tx) => {
    const rejected: { enterpriseId: number; reason: string }[] = [];
    const end = tx.prepare(
      `UPDATE ListStay SET toOn = ?, ended = 'person', endReason = ?, endedBy = ?, endedAt = ?
       WHERE enterpriseId = ? AND list = 'focus' AND toOn IS NULL`,
    );
    for (const enterpriseId of ids) {
      const { changes } = end.run(clock.today(), why, input.actor, clock.now(), enterpriseId);
      if (changes === 0) rejected.push({ enterpriseId, reason: '不在重点跟进名单' });
    }
    return { done: ids.length - rejected.length, rejected };
  });
}
