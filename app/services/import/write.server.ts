/** One batch of understood rows into the database, inside the transaction that the caller opened. */
import type { Flag } from '../../rules/facts/parse.ts';
import type { Source } from '../../rules/facts/schema.ts';
import type { Clock, Tx } from '../database.server.ts';
import type { ChangeResult, FactChange, Origin } from '../fact-change.ts';
import { enterpriseIdOf, recordFacts } from '../facts.server.ts';
import { findEnterprise } from './find.server.ts';
import { codesNamed } from './repeats.ts';
import type { RowChange, RowResult, Statement } from './rows.ts';
import { recordTitles, type TitleOutcome } from './titles.server.ts';

export type RowOutcome =
  | { readonly outcome: 'empty' }
  | { readonly outcome: 'rejected'; readonly reason: string }
  | {
      readonly outcome: 'created' | 'updated' | 'unchanged';
      readonly flagged: boolean;
      /** What is doubtful about the row, in words. */
      readonly doubts: readonly string[];
    };

export interface WriteContext {
  readonly clock: Clock;
  readonly actor: string;
  readonly fileName: string;
  readonly sheet: string | null;
  readonly jobId: number | null;
  /** A new enterprise must be named (a register's row; a line of facts may go without). */
  readonly namesRequired: boolean;
  readonly park: string | null;
  readonly source: Source | null;
  readonly knownAt: string | null;
}

interface Planned {
  readonly row: number;
  readonly statement: Statement;
  readonly enterpriseId: number | null;
  /** Where its changes stand in the batch. */
  readonly from: number;
}

/** Writes a batch. @returns what became of each row, in order */
export function writeStatements(
  tx: Tx,
  context: WriteContext,
  lines: readonly number[],
  results: readonly RowResult[],
): RowOutcome[] {
  const outcomes: RowOutcome[] = [];
  const planned: Planned[] = [];
  const changes: FactChange[] = [];
  const named = codesNamed(
    results.flatMap((result) => (result.kind === 'statement' ? [result.statement] : [])),
  );
  results.forEach((result, row) => {
    if (result.kind !== 'statement') {
      outcomes[row] =
        result.kind === 'empty' ? { outcome: 'empty' } : { outcome: 'rejected', reason: result.reason };
      return;
    }
    const { statement } = result;
    const target = targetOf(tx, statement, context.namesRequired ? named : null);
    if (!target.ok) {
      outcomes[row] = { outcome: 'rejected', reason: target.reason };
      return;
    }
    planned.push({ row, statement, enterpriseId: target.enterpriseId ?? null, from: changes.length });
    for (const change of statement.changes)
      changes.push(complete(change, statement, target, context, lines[row]!));
  });
  const written = recordFacts(tx, context.clock, changes, originOf(context));
  for (const plan of planned) outcomes[plan.row] = settle(tx, context, plan, written, lines[plan.row]!);
  return outcomes;
}

const originOf = (context: WriteContext): Origin => ({
  actor: context.actor,
  source: context.source,
  knownAt: context.knownAt,
  importId: context.jobId,
  evidence: { file: context.fileName, ...(context.sheet ? { sheet: context.sheet } : {}) },
});

type TargetOf = { ok: true; uscc?: string; enterpriseId?: number } | { ok: false; reason: string };

/** @param named codes that get a name in this batch; null where a new enterprise may go without */
function targetOf(tx: Tx, statement: Statement, named: ReadonlySet<string> | null): TargetOf {
  const { uscc } = statement.key;
  if (statement.creates && uscc) {
    const nameless = named && !named.has(uscc) && enterpriseIdOf(tx, { uscc }) === null;
    return nameless ? { ok: false, reason: '缺少企业名称' } : { ok: true, uscc };
  }
  const found = findEnterprise(tx, statement.key);
  return found.ok ? { ok: true, enterpriseId: found.id } : found;
}

function complete(
  change: RowChange,
  statement: Statement,
  target: TargetOf & { ok: true },
  context: WriteContext,
  line: number,
): FactChange {
  const { source, knownAt, other } = statement;
  const { ok: _ok, ...named } = target;
  const evidence = {
    row: line,
    ...(change.kind !== 'enterprise' && Object.keys(other).length > 0 ? { other } : {}),
  };
  const stated = { ...(source ? { source } : {}), ...(knownAt ? { knownAt } : {}) };
  return withPark({ ...change, ...named, ...stated, evidence } as FactChange, statement, context.park);
}

/** A park named for the whole file holds for rows that name none. */
function withPark(change: FactChange, statement: Statement, park: string | null): FactChange {
  if (!park || !statement.creates) return change;
  if (change.kind === 'enterprise')
    return { ...change, values: { ...change.values, park: change.values.park ?? park } };
  if (change.kind === 'facts')
    return { ...change, facts: { ...change.facts, park: change.facts.park ?? park } };
  return change;
}

function settle(
  tx: Tx,
  context: WriteContext,
  plan: Planned,
  written: readonly ChangeResult[],
  line: number,
): RowOutcome {
  const { statement } = plan;
  const flags: Flag[] = [...statement.doubts];
  const outcomes: ('created' | 'updated' | 'unchanged')[] = [];
  let enterpriseId = plan.enterpriseId;
  for (let i = 0; i < statement.changes.length; i += 1) {
    const result = written[plan.from + i]!;
    if (result.outcome === 'rejected') return { outcome: 'rejected', reason: result.reason };
    outcomes.push(result.outcome);
    flags.push(...result.flags);
    enterpriseId = result.enterpriseId;
  }
  let titles: TitleOutcome = { outcomes: [], flags: [] };
  if (statement.titles.length > 0 && enterpriseId !== null) {
    titles = recordTitles(tx, context, enterpriseId, statement.titles, {
      line,
      source: statement.source,
      knownAt: statement.knownAt,
    });
    const refusal = titles.outcomes.find((o) => o.outcome === 'rejected');
    if (refusal?.outcome === 'rejected' && statement.changes.length === 0) return refusal;
    flags.push(...titles.flags);
  }
  const titleOutcomes = titles.outcomes.flatMap((o) => (o.outcome === 'rejected' ? [] : [o.outcome]));
  return {
    outcome: summary(statement, outcomes, titleOutcomes),
    flagged: flags.length > 0,
    doubts: flags.map((flag) => flag.message),
  };
}

type Written = 'created' | 'updated' | 'unchanged';

/** A row counts as created when what its table is about was: the enterprise, else the figures, the right, the title. */
function summary(statement: Statement, outcomes: readonly Written[], titles: readonly Written[]): Written {
  const about = statement.creates
    ? outcomes.slice(0, 1)
    : outcomes.filter((_, i) => statement.changes[i]!.kind !== 'enterprise');
  const main = about.length > 0 ? about : titles;
  if (main.includes('created')) return 'created';
  return [...outcomes, ...titles].some((o) => o !== 'unchanged') ? 'updated' : 'unchanged';
}
