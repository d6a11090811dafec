/** The one place that writes facts: every statement is kept, the best founded is in force. */
import type { Clock } from '../db/clock.ts';
import type { Reader } from '../db/connection.server.ts';
import type { Tx } from '../db/writer.server.ts';
import type { Flag } from '../rules/facts/parse.ts';
import { checkUscc, tidyUscc } from '../rules/facts/uscc.ts';
import type { ChangeResult, FactChange, Origin, Target } from './fact-change.ts';
import { applyChange, type Applied } from './facts/apply.server.ts';
import { flush, type WriteContext } from './facts/flush.server.ts';
import { loadWorking, newWorking, type Working } from './facts/working.server.ts';

export type { ChangeResult, FactChange, Origin, Target } from './fact-change.ts';

/** Enterprises held in hand at a time; a batch of any length needs no more memory than these. */
const IN_HAND = 256;

/**
 * Records a batch of statements inside the caller's transaction. Idempotent: a statement that alters nothing and was
 * heard before writes nothing.
 * @returns one result per change, in order
 */
export function recordFacts(
  tx: Tx,
  clock: Clock,
  batch: Iterable<FactChange>,
  origin: Origin,
): ChangeResult[] {
  const context: WriteContext = { tx, origin, now: clock.now(), today: clock.today() };
  const inHand = new InHand(context);
  const results: ChangeResult[] = [];
  for (const change of batch) {
    const found = inHand.find(change);
    if (typeof found === 'string') {
      results.push({ outcome: 'rejected', reason: found });
      continue;
    }
    settle(results, results.length, found, applyChange(context, found, change), change);
    inHand.spill();
  }
  inHand.flush();
  return results;
}

/** Fills in a result when the enterprise is written and has its id. */
function settle(
  results: ChangeResult[],
  at: number,
  working: Working,
  applied: Applied,
  change: FactChange,
): void {
  const { outcome } = applied;
  const prefix = change.kind === 'figures' ? `years.${change.year}` : '';
  results.push({ outcome, enterpriseId: working.id ?? 0, flags: [] });
  working.waiting.push((enterpriseId, computed) => {
    const flags = [...(change.flags ?? []), ...applied.flags];
    for (const flag of computed) {
      const concerns = prefix === '' ? true : flag.path.startsWith(prefix);
      if (concerns && !hasFlag(flags, flag)) flags.push(flag);
    }
    results[at] = { outcome, enterpriseId, flags };
  });
}

const hasFlag = (flags: readonly Flag[], { path, message }: Flag) =>
  flags.some((flag) => flag.path === path && flag.message === message);

/** The enterprises that the batch is working on, by code and id. */
class InHand {
  private readonly context: WriteContext;
  private readonly byCode = new Map<string, Working>();
  private readonly byId = new Map<number, Working>();
  private readonly all: Working[] = [];

  constructor(context: WriteContext) {
    this.context = context;
  }

  /** The enterprise a change is about, new if it may be; else the reason why there is none. */
  find(change: FactChange): Working | string {
    if (change.enterpriseId !== undefined) {
      const id = survivor(this.context.tx, change.enterpriseId);
      return (id !== null && this.ofId(id)) || '没有这家企业';
    }
    const uscc = change.uscc ?? (change.kind === 'facts' ? change.facts.uscc : null);
    if (uscc == null || uscc === '') return '缺少统一社会信用代码';
    const code = tidyUscc(uscc);
    const known = this.byCode.get(code) ?? this.ofCode(code);
    if (known) return known;
    const checked = checkUscc(code);
    if (!checked.ok) return checked.reason;
    if (change.kind !== 'enterprise' && change.kind !== 'facts')
      return `没有统一社会信用代码为 ${code} 的企业`;
    const created = newWorking(checked.code, checked.flag);
    this.byCode.set(code, created);
    this.all.push(created);
    return created;
  }

  private ofCode(code: string): Working | null {
    const id = enterpriseIdOf(this.context.tx, { uscc: code });
    const working = id === null ? null : this.ofId(id);
    if (working) this.byCode.set(code, working);
    return working;
  }

  private ofId(id: number): Working | null {
    const inHand = this.byId.get(id);
    if (inHand) return inHand;
    const working = loadWorking(this.context.tx, id);
    if (!working) return null;
    this.byId.set(id, working);
    this.all.push(working);
    return working;
  }

  /** Writes everything when it has become much. */
  spill(): void {
    if (this.all.length >= IN_HAND) this.flush();
  }

  flush(): void {
    for (const working of this.all) flush(this.context, working);
    this.byCode.clear();
    this.byId.clear();
    this.all.length = 0;
  }
}

/** The id of the enterprise meant: by any code it was ever known by, or by id; a merged record leads to what it became. */
export function enterpriseIdOf(reader: Reader, target: Target): number | null {
  if (target.enterpriseId !== undefined) return survivor(reader, target.enterpriseId);
  if (target.uscc === undefined) return null;
  const row = reader
    .prepare<{ enterpriseId: number }>('SELECT enterpriseId FROM EnterpriseCode WHERE code = ?')
    .get(tidyUscc(target.uscc));
  return row?.enterpriseId ?? null;
}

function survivor(reader: Reader, id: number): number | null {
  const row = reader
    .prepare<{ mergedIntoId: number | null }>('SELECT mergedIntoId FROM Enterprise WHERE id = ?')
    .get(id);
  if (!row) return null;
  return row.mergedIntoId === null ? id : survivor(reader, row.mergedIntoId);
}
