/** Forms about submissions and accounts: from what was typed to one call of a service, with errors beside the fields. */
import type { Db } from '../db/clients.server.ts';
import type { Clock } from '../db/clock.ts';
import { factsOf, readAnswers } from '../rules/ask/answers.ts';
import type { Day } from '../rules/day.ts';
import { FIGURES } from '../rules/facts/figures.ts';
import { checkFacts, readFields, type FieldErrors } from './forms.server.ts';
import { FIGURE_FIELDS } from './statements.server.ts';
import {
  decideItems,
  keepInDraft,
  requestSupplement,
  type Decision,
  type Ruling,
} from './submissions.server.ts';

interface Context {
  db: Db;
  clock: Clock;
  actor: string;
}

export type Done = { ok: true; message: string } | { ok: false; errors: FieldErrors };

const text = (form: FormData, name: string) => String(form.get(name) ?? '').trim();

/** Puts one year's figures of a form into the enterprise's draft; a figure left empty is taken out of it. */
export async function keepFigures(
  { db, clock, actor }: Context,
  enterpriseId: number,
  year: number,
  form: FormData,
): Promise<Done> {
  const { input, errors } = readFields(form, FIGURE_FIELDS);
  const facts = checkFacts({ years: { [year]: input } }, FIGURE_FIELDS, `years.${year}.`, errors);
  if (!facts) return { ok: false, errors };
  const paths = FIGURE_FIELDS.filter(({ key }) => form.has(key)).map(({ key }) => `years.${year}.${key}`);
  const { kept, same } = await keepInDraft(db, clock, { enterpriseId, facts, paths, actor });
  return {
    ok: true,
    message:
      kept === 0
        ? `与园区现有记录相同，没有要提交的数据`
        : `已保存 ${kept} 项，尚未提交${same > 0 ? `；另有 ${same} 项与现有记录相同` : ''}`,
  };
}

/** Takes the answers of a self-assessment, sent on purpose by somebody signed in, into the draft. */
export async function keepAnswers(
  { db, clock, actor }: Context,
  enterpriseId: number,
  form: FormData,
): Promise<Done> {
  const answers = readAnswers(text(form, 'state'));
  const facts = factsOf(answers);
  const paths = Object.keys(facts.provenance);
  if (paths.length === 0) return { ok: false, errors: { '': '自测中还没有回答，或内容无法识别' } };
  const { kept, same } = await keepInDraft(db, clock, { enterpriseId, facts, paths, actor });
  return { ok: true, message: `已带入 ${kept} 项，${same} 项与现有记录相同；核对后再提交` };
}

const DECISIONS: readonly Decision[] = ['accepted', 'rejected', 'noted'];

/**
 * Reads what was decided about which figure and carries it out; `accept-all` accepts what still waits.
 * @param open the figures that wait, with those that cannot be accepted as a whole marked `refused`
 */
export async function saveDecisions(
  { db, clock, actor }: Context,
  submissionId: number,
  open: readonly { id: number; refused: string | null }[],
  form: FormData,
): Promise<Done> {
  const source = text(form, 'source');
  const all = form.get('intent') === 'accept-all';
  const rulings = open.flatMap(({ id, refused }): Ruling[] => {
    const chosen = DECISIONS.find((each) => each === form.get(`decision-${id}`));
    const decision = chosen ?? (all && !refused ? 'accepted' : undefined);
    return decision ? [{ itemId: id, decision, source, reason: text(form, `reason-${id}`) }] : [];
  });
  if (rulings.length === 0) return { ok: false, errors: { '': '请先选择要处理的数据' } };
  const revision = Number(form.get('revision'));
  const { overruled } = await decideItems(db, clock, { submissionId, revision, rulings, actor });
  const stays = overruled > 0 ? `；其中 ${overruled} 项现有记录来源更可信，仍以现有记录为准` : '';
  return { ok: true, message: `已处理 ${rulings.length} 项${stays}` };
}

/** Asks an enterprise for figures of one year. */
export async function askForFigures(
  { db, clock, actor }: Context,
  enterpriseId: number,
  form: FormData,
): Promise<Done> {
  const year = text(form, 'year');
  const today: Day = clock.today();
  if (!/^\d{4}$/.test(year) || year > today.slice(0, 4)) return { ok: false, errors: { year: '请选择年度' } };
  const keys = new Set(form.getAll('figure').map(String));
  const paths = FIGURES.filter(({ key }) => keys.has(key)).map(({ key }) => `years.${year}.${key}`);
  const note = text(form, 'note');
  const dueOn = text(form, 'dueOn') || null;
  await requestSupplement(db, clock, { enterpriseId, paths, note, dueOn, actor });
  return { ok: true, message: `已要求补充 ${paths.length} 项数据` };
}
