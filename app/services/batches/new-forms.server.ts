/** The forms that draw up or change a batch: who was named or pasted, how each would stand, and the terms. */
import { BATCH_REASONS } from '../../../machines/batch-states.ts';
import type { Db } from '../../db/clients.server.ts';
import type { Clock } from '../../db/clock.ts';
import { isAppError } from '../../db/errors.ts';
import { readerOf } from '../../db/fact-rows.server.ts';
import { isDay } from '../../rules/day.ts';
import { SCHEME_BY_ID } from '../../rules/schemes.ts';
import type { ConditionVerdict } from '../../rules/verdict.ts';
import type { FieldErrors } from '../forms.server.ts';
import { findNamed } from '../import/find.server.ts';
import { checkEnterprises } from './check.server.ts';
import {
  BATCH_LIMIT,
  changeDraft,
  drawBatch,
  termErrors,
  type BatchTerms,
  type TermErrors,
} from './draft.server.ts';
import type { Asker, BatchRef } from './keeper.server.ts';

/** A line that names nobody, or more than one. */
export interface NotFound {
  readonly text: string;
  readonly reason: string;
}

/** Reads names or codes, one a line; also separated by 、 or semicolons. */
export function namedEnterprises(db: Pick<Db, 'raw'>, text: string): { ids: number[]; notFound: NotFound[] } {
  const reader = readerOf(db.raw);
  const ids = new Set<number>();
  const notFound: NotFound[] = [];
  for (const line of text.split(/[\n\r、；;\t]+/)) {
    const named = line.trim();
    if (named === '') continue;
    const found = findNamed(reader, named);
    if (found.ok) ids.add(found.id);
    else notFound.push({ text: named.slice(0, 60), reason: found.reason });
  }
  return { ids: [...ids], notFound };
}

export interface PreviewRow {
  readonly id: number;
  readonly uscc: string;
  readonly name: string;
  readonly outcome: string | null;
  /** Conditions that are not met. */
  readonly open: readonly Pick<ConditionVerdict, 'id' | 'label' | 'result' | 'gap' | 'unit'>[];
  /** Why it would be held back; null: it would be listed. */
  readonly barrier: string | null;
}

/** How enterprises would stand in a batch drawn up now. */
export function previewRows(
  db: Pick<Db, 'raw'>,
  clock: Clock,
  input: { readonly scheme: string; readonly applicationOn: string; readonly ids: readonly number[] },
): PreviewRow[] {
  const { scheme, applicationOn } = input;
  const enterpriseIds = [...new Set(input.ids)].slice(0, BATCH_LIMIT);
  if (enterpriseIds.length === 0 || !isDay(applicationOn) || !SCHEME_BY_ID.has(scheme)) return [];
  return checkEnterprises(db, { scheme, applicationOn, today: clock.today(), enterpriseIds }).map(
    ({ enterpriseId, uscc, name, verdict, barrier }) => ({
      id: enterpriseId,
      uscc,
      name,
      outcome: verdict?.outcome ?? null,
      open: (verdict?.conditions ?? [])
        .filter(({ result }) => result !== 'met' && result !== 'waived')
        .map(({ id, label, result, gap, unit }) => ({ id, label, result, gap, unit })),
      barrier: barrier && `${BATCH_REASONS[barrier.reason].label}：${barrier.note}`,
    }),
  );
}

function readTerms(db: Pick<Db, 'raw'>, form: FormData): { terms: BatchTerms; errors: TermErrors } {
  const text = (name: string) => String(form.get(name) ?? '').trim();
  const windowId = Number(text('windowId') || Number.NaN);
  const window = Number.isSafeInteger(windowId)
    ? readerOf(db.raw)
        .prepare<{ label: string }>('SELECT label FROM OfficialWindow WHERE id = ?')
        .get(windowId)
    : undefined;
  const terms: BatchTerms = {
    title: text('title'),
    applicationOn: text('applicationOn'),
    windowLabel: window?.label ?? null,
    windowId: window ? windowId : null,
    deadline: text('deadline') || null,
    quota: text('quota') === '' ? null : Number(text('quota')),
    orderBy: text('orderBy') as BatchTerms['orderBy'],
    note: text('note') || null,
  };
  return { terms, errors: termErrors(terms) };
}

const idsIn = (form: FormData, name: string) => form.getAll(name).map(Number).filter(Number.isSafeInteger);

export type NewBatchResult =
  | { readonly kind: 'drawn'; readonly batchId: number; readonly message: string }
  | {
      readonly kind: 'preview';
      readonly ids: readonly number[];
      readonly notFound: readonly NotFound[];
      readonly errors: FieldErrors;
      readonly status: number;
    };

/** Draws up a batch, or shows who would be in it and how they stand. */
export async function newBatchFromForm(
  db: Db,
  clock: Clock,
  by: Asker,
  form: FormData,
): Promise<NewBatchResult> {
  const named = namedEnterprises(db, String(form.get('names') ?? ''));
  const ids = [...new Set([...idsIn(form, 'enterprise'), ...named.ids])];
  const preview = (errors: FieldErrors, status: number): NewBatchResult => ({
    kind: 'preview',
    ids,
    notFound: named.notFound,
    errors,
    status,
  });
  if (form.get('intent') !== 'create') return preview({}, 200);
  const { terms, errors } = readTerms(db, form);
  if (ids.length === 0) errors.enterprise = '请选择或粘贴要列入批次的企业';
  if (ids.length > BATCH_LIMIT)
    errors.enterprise = `一个批次最多 ${BATCH_LIMIT} 家企业，现有 ${ids.length} 家`;
  if (named.notFound.length > 0) errors.enterprise = '有的名称没有对应的企业，请更正或删去后再起草';
  const scheme = String(form.get('scheme') ?? '');
  if (!SCHEME_BY_ID.has(scheme)) errors.scheme = '请选择称号';
  if (Object.keys(errors).length > 0) return preview(errors as FieldErrors, 400);
  try {
    const drawn = await drawBatch(db, clock, by, { ...terms, scheme, enterpriseIds: ids });
    const held = drawn.heldBack > 0 ? `，暂缓 ${drawn.heldBack} 家（见各家原因）` : '';
    return {
      kind: 'drawn',
      batchId: drawn.batchId,
      message: `已起草并核对：列入 ${drawn.listed} 家${held}`,
    };
  } catch (error) {
    if (!isAppError(error)) throw error;
    return preview({ '': error.userMessage }, error.status);
  }
}

export type EditBatchResult =
  | { readonly ok: true; readonly message: string }
  | {
      readonly ok: false;
      readonly errors: FieldErrors;
      readonly notFound: readonly NotFound[];
      readonly status: number;
    };

/** Changes the terms of a draft, takes enterprises out and others in. */
export async function editBatchFromForm(
  db: Db,
  clock: Clock,
  ref: BatchRef,
  form: FormData,
): Promise<EditBatchResult> {
  const { terms, errors } = readTerms(db, form);
  const named = namedEnterprises(db, String(form.get('names') ?? ''));
  if (named.notFound.length > 0) errors.enterprise = '有的名称没有对应的企业，请更正或删去';
  if (Object.keys(errors).length > 0)
    return { ok: false, errors: errors as FieldErrors, notFound: named.notFound, status: 400 };
  try {
    const done = await changeDraft(db, clock, ref, { terms, add: named.ids, drop: idsIn(form, 'drop') });
    return { ok: true, message: `已修改并核对：列入 ${done.listed} 家，暂缓 ${done.heldBack} 家` };
  } catch (error) {
    if (!isAppError(error)) throw error;
    return { ok: false, errors: { '': error.userMessage }, notFound: [], status: error.status };
  }
}
