import { Form } from '@remix-run/react';
import type { FollowUpLine } from '../queries/follow-ups.server.ts';
import { Button, SubmitButton } from './button.tsx';
import { SchemeChip } from './chips.tsx';
import { ErrorSummary, Field, SelectField, TextField, type FieldErrors, type Option } from './field.tsx';
import { Icon } from './icons.tsx';
import { A } from './link.tsx';
import { Card } from './page.tsx';

export interface FollowUpAdding {
  kinds: readonly Option[];
  schemes: readonly Option[];
  today: string;
}

/** How long until a next action is due: late in colour and with a mark. */
export function Due({ on, daysLeft }: { on: string; daysLeft: number }) {
  if (daysLeft < 0)
    return (
      <span className="chip bg-unmet-soft text-unmet">
        <Icon name="warn" className="size-3" />
        逾期 {-daysLeft} 天
      </span>
    );
  const look = daysLeft <= 7 ? 'bg-unknown-soft text-unknown' : 'bg-manual-soft text-manual';
  return (
    <span className={`chip ${look}`} title={on}>
      {daysLeft === 0 ? '今天' : `${daysLeft} 天后`}
    </span>
  );
}

/** What is to be done next, and how it stands. */
function Next({ line }: { line: FollowUpLine }) {
  if (line.nextAction === null || line.nextOn === null) return null;
  return (
    <p className="mt-0.5 flex flex-wrap items-center gap-x-2">
      <span className="text-ink-3">下一步</span>
      <span className={line.doneOn ? 'text-ink-2' : 'font-semibold'}>{line.nextAction}</span>
      <time dateTime={line.nextOn}>{line.nextOn}</time>
      {line.daysLeft !== null && <Due on={line.nextOn} daysLeft={line.daysLeft} />}
      {line.doneOn && (
        <span className="chip bg-met-soft text-met">
          <Icon name="met" className="size-3" />
          {line.doneOn} {line.doneBy} 办结
        </span>
      )}
      {line.doneNote && <span className="text-ink-2">{line.doneNote}</span>}
    </p>
  );
}

function Entry({ line, base }: { line: FollowUpLine; base: string | null }) {
  const voided = line.voidedAt !== null;
  return (
    <li className="border-b border-line py-2.5 first:pt-0 last:border-b-0 last:pb-0">
      <p className="flex flex-wrap items-center gap-x-2">
        <time dateTime={line.onDay} className="text-ink-3">
          {line.onDay}
        </time>
        <b>{line.kindLabel}</b>
        {line.scheme && <SchemeChip scheme={line.scheme} label={line.schemeLabel ?? line.scheme} />}
        <span className="text-xs text-ink-3">
          {line.by}
          {line.recordedOn !== line.onDay && `，${line.recordedOn} 登记`}
        </span>
        {voided && <span className="chip bg-sunken text-ink-3">已作废</span>}
        {base && !voided && (
          <A to={`${base}/follow-ups?id=${line.id}#entry`} className="no-print ml-auto text-xs">
            {line.daysLeft === null ? '更正' : '办结或更正'}
            <span className="sr-only">
              {' '}
              {line.onDay} {line.kindLabel}
            </span>
          </A>
        )}
      </p>
      <p className={`break-words whitespace-pre-line ${voided ? 'text-ink-3 line-through' : ''}`}>
        {line.note}
      </p>
      {!voided && <Next line={line} />}
      {voided && (
        <p className="text-xs text-ink-3">
          {line.voidedBy} 作废：{line.voidReason}
        </p>
      )}
    </li>
  );
}

/** Entries, the latest first. @param base address of the enterprise; absent for whoever may not write */
export function FollowUps({ lines, base }: { lines: readonly FollowUpLine[]; base: string | null }) {
  if (lines.length === 0) return <p className="text-ink-3">还没有走访或联系的记录。</p>;
  return (
    <ul>
      {lines.map((line) => (
        <Entry key={line.id} line={line} base={base} />
      ))}
    </ul>
  );
}

interface FormProps extends FollowUpAdding {
  values?: Readonly<Record<string, string>>;
  errors?: FieldErrors;
  /** Where it is sent; absent for the page it stands on. */
  action?: string;
}

/** One entry: when, how, what was said, what comes next. */
export function FollowUpForm({ kinds, schemes, today, values = {}, errors = {}, action }: FormProps) {
  const text = (name: string) => ({ name, defaultValue: values[name] ?? '', error: errors[name] });
  return (
    <Form method="post" action={action} noValidate>
      <ErrorSummary errors={errors} />
      <input type="hidden" name="id" value={values.id ?? ''} />
      <div className="grid gap-x-4 gap-y-3 sm:grid-cols-3">
        <Field label="日期" {...text('onDay')} type="date" max={today} defaultValue={values.onDay ?? today} />
        <SelectField label="方式" {...text('kind')} options={kinds} defaultValue={values.kind ?? 'visit'} />
        <SelectField label="涉及称号" {...text('scheme')} options={schemes} blank="不限" optional />
        <TextField label="谈了什么" {...text('note')} rows={3} maxLength={2000} className="sm:col-span-3" />
        <Field
          label="下一步"
          {...text('nextAction')}
          optional
          maxLength={200}
          className="sm:col-span-2"
          help="写明谁做什么；到期前进入今日待办"
        />
        <Field label="下一步日期" {...text('nextOn')} type="date" optional />
      </div>
      <p className="mt-4 flex flex-wrap gap-3">
        <SubmitButton>{values.id ? '保存更正' : '记录'}</SubmitButton>
      </p>
    </Form>
  );
}

/** What may be done about an entry besides correcting it: settle its next action, or void it. */
export function FollowUpActions({ line, errors = {} }: { line: FollowUpLine; errors?: FieldErrors }) {
  const settled = line.doneAt !== null;
  return (
    <div className="grid gap-4">
      {line.nextAction !== null && (
        <Form method="post" noValidate className="flex flex-wrap items-end gap-3">
          <input type="hidden" name="id" value={line.id} />
          {!settled && (
            <Field
              label={`办结：${line.nextAction}`}
              name="doneNote"
              optional
              maxLength={2000}
              className="grow"
              help="可写明结果"
            />
          )}
          <Button look="primary" name="do" value={settled ? 'open' : 'done'}>
            {settled ? '重新列入待办' : '办结'}
          </Button>
        </Form>
      )}
      <Form method="post" noValidate className="flex flex-wrap items-end gap-3">
        <input type="hidden" name="id" value={line.id} />
        <Field
          label="作废的理由"
          name="reason"
          maxLength={200}
          className="grow"
          error={errors.reason}
          help="原文留存，划去显示"
        />
        <Button look="danger" name="do" value="void">
          作废
        </Button>
      </Form>
    </div>
  );
}

/** Entries in view on the page of an enterprise; the rest is folded. */
const RECENT = 4;

/** 走访与跟进 on the page of an enterprise, with the form folded away. */
export function FollowUpCard({
  base,
  lines,
  adding,
}: {
  base: string;
  lines: readonly FollowUpLine[];
  adding: FollowUpAdding | null;
}) {
  const inForce = lines.filter(({ voidedAt }) => voidedAt === null);
  const recent = inForce.slice(0, RECENT);
  const own = adding ? base : null;
  return (
    <Card
      id="follow-ups"
      title="走访与跟进"
      note={inForce.length > 0 && `${inForce.length} 条`}
      actions={adding && lines.length > 0 && <A to={`${base}/follow-ups`}>全部与更正</A>}
    >
      <FollowUps lines={recent} base={own} />
      {inForce.length > RECENT && (
        <details className="mt-2 border-t border-line pt-2">
          <summary className="text-accent">更早的 {inForce.length - RECENT} 条</summary>
          <div className="mt-2">
            <FollowUps lines={inForce.slice(RECENT)} base={own} />
          </div>
        </details>
      )}
      {adding && (
        <details className="no-print mt-3 border-t border-line pt-2">
          <summary className="text-accent">记一次走访或联系</summary>
          <div className="mt-3">
            <FollowUpForm key={lines.length} {...adding} action={`${base}/follow-ups`} />
          </div>
        </details>
      )}
    </Card>
  );
}
