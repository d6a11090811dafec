/** The check of enterprises for a batch: judged on the application's day, and whether each could be nominated now. */
import type { Payload } from '../../../machines/events.ts';
import { OPEN_BATCH_STATES, type BatchReason } from '../../../machines/batch-states.ts';
import { familyOf } from '../../../machines/families.ts';
import { initialLife, refusalOf } from '../../../machines/step.ts';
import { readBatchParts } from '../../db/batch-rows.server.ts';
import type { Db } from '../../db/clients.server.ts';
import type { Reader } from '../../db/connection.server.ts';
import { AppError } from '../../db/errors.ts';
import { readEvents } from '../../db/event-rows.server.ts';
import { readerOf, readParts } from '../../db/fact-rows.server.ts';
import { isUnderReview, type BatchPartsRow } from '../../pipeline/batch.ts';
import { newRegion } from '../../pipeline/fold.ts';
import { visible } from '../../pipeline/log.ts';
import { project } from '../../pipeline/projection.ts';
import { holdsTitle, signalsFor, summaryOf } from '../../pipeline/signals.ts';
import type { Facts } from '../../rules/facts/parse.ts';
import { assembleFacts } from '../../rules/facts/stored.ts';
import { assess, type Action, type Verdict } from '../../rules/index.ts';
import { populationJudge, type Judge } from '../../rules/population.ts';
import { operatorValuesOn } from '../operator-values.server.ts';

/** What was found about one enterprise. */
export interface Checked {
  readonly enterpriseId: number;
  readonly uscc: string;
  readonly name: string;
  readonly action: Action;
  /** Null where no rule applies. */
  readonly verdict: Verdict | null;
  /** Ranking key, smaller is closer; null without a verdict. */
  readonly distance: number | null;
  readonly met: number | null;
  /** Of the facts that were judged. */
  readonly factsDigest: string;
  /** Why it cannot be nominated now; null: it can. */
  readonly barrier: { readonly reason: BatchReason; readonly note: string } | null;
}

export interface CheckInput {
  readonly scheme: string;
  /** The application's day, for which is judged. */
  readonly applicationOn: string;
  /** The day on which the park's step would be taken. */
  readonly today: string;
  readonly enterpriseIds: readonly number[];
  /** The batch itself, so that it does not stand in its own way. */
  readonly batchId?: number | null;
}

/**
 * Checks enterprises one by one, in the order given; those that are not there are left out.
 * Reads only, and asks the same rules and the same machine as the step itself will.
 */
export function checkEnterprises(db: Pick<Db, 'raw'>, input: CheckInput): Checked[] {
  const { scheme, applicationOn } = input;
  const operatorValues = operatorValuesOn(db, applicationOn);
  const judge = populationJudge(applicationOn, { schemes: [scheme], operatorValues });
  const reader = readerOf(db.raw);
  const others = otherBatches(reader, input);
  return input.enterpriseIds.flatMap((enterpriseId) => {
    const head = reader
      .prepare<Head>('SELECT uscc, name, factsDigest, mergedIntoId FROM Enterprise WHERE id = ?')
      .get(enterpriseId);
    const parts = readParts(reader, enterpriseId);
    if (!head || !parts) return [];
    const facts = assembleFacts(parts);
    const judged = judgeOne(facts, input, judge, operatorValues);
    const { uscc, name, factsDigest } = head;
    const barrier =
      head.mergedIntoId !== null
        ? ({ reason: 'gone', note: '该记录已并入另一家企业' } as const)
        : barrierOf(reader, enterpriseId, input, judged, others.get(enterpriseId));
    return [{ enterpriseId, uscc, name, factsDigest, ...judged, barrier }];
  });
}

interface Head {
  uscc: string;
  name: string;
  factsDigest: string;
  mergedIntoId: number | null;
}

type Judged = Pick<Checked, 'action' | 'verdict' | 'distance' | 'met'> & { readonly noRule: string | null };

function judgeOne(
  facts: Facts,
  { scheme, applicationOn: on }: CheckInput,
  judge: Judge,
  operatorValues: ReturnType<typeof operatorValuesOn>,
): Judged {
  const action = holdsTitle(facts.titles ?? [], scheme, on) ? 'renewal' : 'new';
  const assessed = assess(facts, { scheme, action, on, operatorValues });
  if (!assessed.ok) return { action, verdict: null, distance: null, met: null, noRule: assessed.reason };
  const short = judge(facts, action).find((each) => each.rule === assessed.verdict.rule);
  return {
    action,
    verdict: assessed.verdict,
    distance: short?.distance ?? null,
    met: short?.met ?? null,
    noRule: null,
  };
}

function barrierOf(
  reader: Reader,
  enterpriseId: number,
  { scheme, today }: CheckInput,
  { verdict, noRule }: Judged,
  other: string | undefined,
): Checked['barrier'] {
  const family = familyOf(scheme);
  const { way } = project(visible(readEvents(reader, enterpriseId)).filter((e) => e.effectiveOn <= today));
  if (way.gone && way.gone.on <= today) return { reason: 'gone', note: '企业已注销' };
  const region = way.regions[scheme] ?? newRegion(family);
  const value = region.value ?? initialLife(family);
  if (isUnderReview(scheme, value.application)) {
    return { reason: 'under_review', note: '已提交申报，主管部门审核中' };
  }
  if (other !== undefined) return { reason: 'in_other_batch', note: `已列入批次“${other}”` };
  const payload: Payload = { verdict: verdict ? summaryOf(verdict) : null };
  const signals = signalsFor(scheme, region, payload, today);
  const refused = refusalOf(family, value, 'submit', signals, payload.verdict);
  if (refused !== null) {
    const reason: BatchReason = signals.vetoed
      ? 'vetoed'
      : signals.ineligible
        ? 'not_eligible'
        : signals.heldEarly
          ? 'already_held'
          : 'machine';
    return { reason, note: refused.replace(/^不能“提交申报”：/, '') };
  }
  if (noRule !== null) return { reason: 'no_rule', note: noRule };
  return null;
}

/** Titles of other open batches of the scheme in which enterprises are listed, by enterprise. */
function otherBatches(reader: Reader, { scheme, enterpriseIds, batchId }: CheckInput): Map<number, string> {
  const rows = reader
    .prepare<{ enterpriseId: number; title: string }>(
      `SELECT r.enterpriseId, b.title FROM BatchRow r JOIN Batch b ON b.id = r.batchId
       WHERE r.enterpriseId IN (SELECT value FROM json_each(?)) AND b.scheme = ? AND b.id IS NOT ?
         AND b.state IN (SELECT value FROM json_each(?)) AND r.state IN ('in', 'supplement', 'approved')
         AND r.submitEventId IS NULL`,
    )
    .all(JSON.stringify(enterpriseIds), scheme, batchId ?? null, JSON.stringify(OPEN_BATCH_STATES));
  return new Map(rows.map(({ enterpriseId, title }) => [enterpriseId, title]));
}

/**
 * One row of a batch with its enterprise checked anew, as of now.
 * @throws AppError `not-found` where the row or its enterprise is not there
 */
export function recheckRow(
  db: Db,
  { batchId, rowId, today }: { batchId: number; rowId: number; today: string },
): { row: BatchPartsRow; found: Checked } {
  const parts = readBatchParts(readerOf(db.raw), batchId);
  const row = parts?.rows.find(({ id }) => id === rowId);
  if (!parts || !row) throw new AppError('not-found', '该企业不在这个批次中');
  const { scheme, applicationOn } = parts.batch;
  const enterpriseIds = [row.enterpriseId];
  const [found] = checkEnterprises(db, { scheme, applicationOn, today, enterpriseIds, batchId });
  if (!found) throw new AppError('not-found', '没有这家企业');
  return { row, found };
}
