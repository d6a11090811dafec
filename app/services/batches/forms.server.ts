/** The forms of a batch's page: one step a form, named by its button, back in words. */
import { isBatchReason, type BatchReason } from '../../../machines/batch-states.ts';
import type { Db } from '../../db/clients.server.ts';
import type { Clock } from '../../db/clock.ts';
import { AppError, isAppError } from '../../db/errors.ts';
import type { FieldErrors } from '../forms.server.ts';
import { changeDraft } from './draft.server.ts';
import type { Asker, BatchRef } from './keeper.server.ts';
import { attachMinutes, decide, sign } from './meeting.server.ts';
import {
  confirmRows,
  cutToQuota,
  holdRows,
  passOn,
  passSteward,
  refillQuota,
  releaseRow,
  returnBatch,
} from './review.server.ts';
import { prepareBatch, submitBatch, undoStep, withdrawBatch, type Outcome } from './submission.server.ts';
import { askSupplement, supply } from './supplement.server.ts';

export interface BatchVisit {
  readonly db: Db;
  readonly clock: Clock;
  readonly by: Asker;
}

export type BatchFormResult =
  | { readonly ok: true; readonly message: string }
  | { readonly ok: false; readonly errors: FieldErrors; readonly status: number };

/** Whoever is signed in, as the services of batches know them. */
export const askerOf = (user: { id: number; username: string; role: string }): Asker => ({
  userId: user.id,
  username: user.username,
  role: user.role,
});

const textOf = (form: FormData) => (name: string) => String(form.get(name) ?? '').trim();
const idsOf = (form: FormData, name: string) => form.getAll(name).map(Number).filter(Number.isSafeInteger);

/** The bytes of a file field, or null where nothing was chosen. */
async function uploadOf(value: FormDataEntryValue | null) {
  if (!(value instanceof File) || value.name === '') return null;
  return { name: value.name, bytes: new Uint8Array(await value.arrayBuffer()) };
}

function whyOf(form: FormData): { reason: BatchReason; note: string | null } {
  const text = textOf(form);
  const reason = text('reason');
  if (!isBatchReason(reason)) throw new AppError('invalid', '请选择理由');
  return { reason, note: text('note') || null };
}

const outcomeWords = (done: string, { refused, done: count }: Outcome) =>
  `${done} ${count} 家` +
  (refused.length > 0
    ? `；未能办理 ${refused.length} 家：${refused.map(({ name, reason }) => `${name}（${reason}）`).join('、')}`
    : '');

type Step = (visit: BatchVisit, ref: BatchRef, form: FormData) => Promise<string>;

const STEPS: Readonly<Record<string, Step>> = {
  check: async ({ db, clock }, ref) => {
    const { listed, heldBack } = await changeDraft(db, clock, ref);
    return `已核对：列入 ${listed} 家，暂缓 ${heldBack} 家`;
  },
  send: async ({ db, clock }, ref) => {
    await passOn(db, clock, ref, 'send');
    return '已送管家确认';
  },
  confirm: async ({ db, clock }, ref, form) => {
    const rows = idsOf(form, 'row');
    await confirmRows(db, clock, ref, rows);
    return `已确认 ${rows.length} 家`;
  },
  pass_steward: async ({ db, clock }, ref, form) => {
    await passSteward(db, clock, ref, idsOf(form, 'row'));
    return '已确认并送科室审核';
  },
  pass_section: async ({ db, clock }, ref, form) => {
    await passOn(db, clock, ref, 'pass_section', textOf(form)('note') || null);
    return '审核通过，已提交联席会议';
  },
  hold: async ({ db, clock }, ref, form) => {
    const rows = idsOf(form, 'row');
    await holdRows(db, clock, ref, rows, whyOf(form));
    return `已暂缓 ${rows.length} 家`;
  },
  cut: async ({ db, clock }, ref) => `按次序列限额外 ${await cutToQuota(db, clock, ref)} 家`,
  refill: async ({ db, clock }, ref) => `按次序递补 ${await refillQuota(db, clock, ref)} 家`,
  sign: async ({ db, clock }, ref, form) => {
    const text = textOf(form);
    const department = text('department');
    const decision = text('decision');
    if (decision !== 'agree' && decision !== 'disagree') throw new AppError('invalid', '请选择同意或不同意');
    const opinion = text('opinion') || null;
    await sign(db, clock, ref, { department, person: text('person'), decision, opinion });
    return `已登记${department}的签署`;
  },
  minute: async ({ db, clock }, ref, form) => {
    const upload = await uploadOf(form.get('file'));
    if (!upload) throw new AppError('invalid', '请选择会议纪要文件');
    await attachMinutes(db, clock, ref, upload);
    return `已附会议纪要“${upload.name}”`;
  },
  decide: async ({ db, clock }, ref, form) => {
    const others = textOf(form)('reason') === '' ? null : whyOf(form);
    const done = await decide(db, clock, ref, { approved: idsOf(form, 'row'), others });
    const { approved, notNominated, blocked } = done;
    return [
      `会议同意推荐 ${approved} 家`,
      notNominated > 0 && `不予推荐 ${notNominated} 家`,
      blocked.length > 0 &&
        `状态不允许 ${blocked.length} 家：${blocked.map(({ name, reason }) => `${name}（${reason}）`).join('、')}`,
    ]
      .filter(Boolean)
      .join('，');
  },
  prepare: async ({ db, clock }, ref) => outcomeWords('已通知准备材料', await prepareBatch(db, clock, ref)),
  submit: async ({ db, clock }, ref) => outcomeWords('已报送', await submitBatch(db, clock, ref)),
  close: async ({ db, clock }, ref) => {
    await passOn(db, clock, ref, 'close');
    return '已办结';
  },
  return: async ({ db, clock }, ref, form) => {
    await returnBatch(db, clock, ref, textOf(form)('why'));
    return '已退回修改';
  },
  undo: async ({ db, clock }, ref, form) => {
    await undoStep(db, clock, ref, textOf(form)('why'));
    return '已退回上一步';
  },
  withdraw: async ({ db, clock }, ref, form) => {
    await withdrawBatch(db, clock, ref, textOf(form)('why'));
    return '批次已撤回';
  },
};

async function answered(work: () => Promise<string>): Promise<BatchFormResult> {
  try {
    return { ok: true, message: await work() };
  } catch (error) {
    if (!isAppError(error)) throw error;
    return { ok: false, errors: { '': error.userMessage }, status: error.status };
  }
}

const refOf = (visit: BatchVisit, batchId: number, form: FormData): BatchRef => ({
  batchId,
  revision: Number(form.get('revision') ?? Number.NaN),
  by: visit.by,
});

/** Takes a step of the batch, named by the button. */
export function batchStep(visit: BatchVisit, batchId: number, form: FormData): Promise<BatchFormResult> {
  const intent = textOf(form)('intent');
  return answered(() => {
    if (!Object.hasOwn(STEPS, intent)) throw new AppError('invalid', '请选择要做的事');
    return STEPS[intent]!(visit, refOf(visit, batchId, form), form);
  });
}

/** Takes a step of one enterprise in the batch. */
export function batchRowStep(
  visit: BatchVisit,
  batchId: number,
  rowId: number,
  form: FormData,
): Promise<BatchFormResult> {
  const { db, clock } = visit;
  const ref = refOf(visit, batchId, form);
  const text = textOf(form);
  return answered(async () => {
    switch (text('intent')) {
      case 'confirm':
        await confirmRows(db, clock, ref, [rowId]);
        return '已确认';
      case 'hold':
        await holdRows(db, clock, ref, [rowId], whyOf(form));
        return '已暂缓';
      case 'release':
        await releaseRow(db, clock, ref, rowId, text('override') || null);
        return '已恢复列入';
      case 'ask': {
        const documents = text('documents').split('\n');
        const conditions = form.getAll('condition').map(String);
        await askSupplement(db, clock, ref, rowId, { conditions, documents, note: text('note') || null });
        return '已退回补充';
      }
      case 'supply':
        await supply(db, clock, ref, rowId, await suppliedIn(form));
        return '已补充';
      default:
        throw new AppError('invalid', '请选择要做的事');
    }
  });
}

const ANSWER = 'answer:';
const FILE = 'file:';

async function suppliedIn(form: FormData) {
  const answers = new Map<string, string>();
  const files = new Map<string, { name: string; bytes: Uint8Array }>();
  for (const [name, value] of form) {
    if (name.startsWith(ANSWER) && typeof value === 'string' && value.trim() !== '')
      answers.set(name.slice(ANSWER.length), value.trim());
    const upload = name.startsWith(FILE) ? await uploadOf(value) : null;
    if (upload) files.set(name.slice(FILE.length), upload);
  }
  return { answers, files };
}
