/** The forms of the pages of lists: a new one, and what is done in its review. */
import type { Db } from '../../db/clients.server.ts';
import type { Clock } from '../../db/clock.ts';
import { isAppError } from '../../db/errors.ts';
import type { FieldErrors } from '../forms.server.ts';
import { createList, listErrors, type Created, type ListFacts, type ListInput } from './create.server.ts';
import { confirmHits, decideRow, undoAll, type Decision } from './decide.server.ts';
import { chooseColumns, columnsFromForm, matchRows } from './match.server.ts';
import { startRecording, type Recorded } from './record.server.ts';

interface Context {
  readonly db: Db;
  readonly clock: Clock;
  readonly actor: string;
}

type Failed = { readonly ok: false; readonly errors: FieldErrors; readonly status: number };

/** Takes the list of a form in: a file, or else what was pasted. */
export async function listFromForm(
  { db, clock, actor }: Context,
  form: FormData,
): Promise<({ readonly ok: true } & Created) | Failed> {
  const text = (name: string) =>
    String(form.get(name) ?? '')
      .normalize('NFC')
      .trim();
  const facts: ListFacts = {
    title: text('title'),
    scheme: text('scheme'),
    kind: text('kind'),
    level: text('level') || null,
    docNo: text('docNo') || null,
    listedOn: text('listedOn'),
    link: text('link') || null,
    grantedOn: text('grantedOn') || null,
    validUntil: text('validUntil') || null,
  };
  const errors = listErrors(facts, clock.today());
  const file = form.get('file');
  const input = await inputOf(file, text('pasted'));
  if (input === null) errors.file = '请选择文件，或把名单粘贴到下方';
  if (input === null || Object.keys(errors).length > 0) return { ok: false, errors, status: 400 };
  try {
    return { ok: true, ...(await createList(db, clock, facts, input, { actor })) };
  } catch (error) {
    if (!isAppError(error)) throw error;
    const field = 'text' in input ? 'pasted' : 'file';
    return { ok: false, errors: { [field]: error.userMessage }, status: error.status };
  }
}

async function inputOf(file: FormDataEntryValue | null, pasted: string): Promise<ListInput | null> {
  if (file instanceof File && file.name !== '')
    return { fileName: file.name, bytes: new Uint8Array(await file.arrayBuffer()) };
  return pasted === '' ? null : { text: pasted };
}

type Done = { readonly ok: true; readonly message: string } | Failed;

/** Does in a review what the form's button says. */
export async function reviewFromForm(context: Context, listId: number, form: FormData): Promise<Done> {
  try {
    return { ok: true, message: await act(context, listId, form) };
  } catch (error) {
    if (!isAppError(error)) throw error;
    return { ok: false, errors: { '': error.userMessage }, status: error.status };
  }
}

async function act({ db, clock, actor }: Context, listId: number, form: FormData): Promise<string> {
  const what = String(form.get('do') ?? '');
  switch (what) {
    case 'hits':
      return `已确认 ${await confirmHits(db, clock, listId, actor)} 行确定命中，登记之前可以撤回`;
    case 'undoAll':
      return `已撤回 ${await undoAll(db, clock, listId, actor)} 行`;
    case 'match':
      await matchRows(db, listId);
      return '已重新比对，确认和否决保持不变';
    case 'columns':
      await chooseColumns(db, listId, columnsFromForm(form));
      return '已按所选的列重新比对';
    case 'record':
      return recordedWords(await startRecording(db, clock, listId, actor));
    default:
      return decide({ db, clock, actor }, listId, form, what);
  }
}

async function decide(
  { db, clock, actor }: Context,
  listId: number,
  form: FormData,
  what: string,
): Promise<string> {
  const [, confirmed] = /^confirm:(\d+)$/.exec(what) ?? [];
  const decision: Decision =
    confirmed !== undefined
      ? { kind: 'confirm', enterpriseId: Number(confirmed) }
      : what === 'assign'
        ? { kind: 'assign', codeOrName: String(form.get('codeOrName') ?? '') }
        : { kind: what === 'deny' ? 'deny' : 'undo' };
  const formerName = form.get('formerName') === 'on';
  await decideRow(db, clock, {
    listId,
    rowId: Number(form.get('row')),
    revision: Number(form.get('revision')),
    decision,
    formerName,
    actor,
  });
  if (decision.kind === 'deny') return '已否决';
  if (decision.kind === 'undo') return '已撤回';
  return formerName ? '已确认，并记为曾用名' : '已确认';
}

function recordedWords(recorded: Recorded | null): string {
  if (recorded === null) return '正在登记，可以离开此页';
  const { made, existing, refused, flagged } = recorded;
  return [
    `已登记 ${made} 家`,
    existing > 0 && `${existing} 家已有记录`,
    refused > 0 && `${refused} 家未能登记`,
    flagged > 0 && `其中 ${flagged} 家有提示，见各行`,
  ]
    .filter(Boolean)
    .join('，');
}
