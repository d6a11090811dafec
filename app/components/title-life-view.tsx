import { Form } from '@remix-run/react';
import type { TitleLife } from '../queries/title-life.server.ts';
import { SubmitButton } from './button.tsx';
import { LEVEL_OPTIONS } from '../rules/facts/fields.ts';
import { SchemeChip } from './chips.tsx';
import { ErrorSummary, Field, SelectField, type FieldErrors } from './field.tsx';
import { Icon } from './icons.tsx';
import { A } from './link.tsx';
import { Card, PageHead } from './page.tsx';
import { TimeStepper } from './time-stepper.tsx';
import { TitleHistory } from './title-history.tsx';

interface Props {
  life: TitleLife;
  name: string;
  uscc: string;
  asOf: string;
  today: string;
  errors: FieldErrors;
  typed: Record<string, string>;
}

type Step = TitleLife['steps'][number];

/** Choices beside each other where the card is wide. */
const CHOICES = 'md:columns-3 2xl:columns-1 [&>label]:break-inside-avoid';

/** One step as a choice; what is not allowed stands there with its reason. */
function StepChoice({ step, chosen }: { step: Step; chosen: boolean }) {
  return (
    <label className={`flex items-start gap-2 py-1 ${step.allowed ? '' : 'text-ink-3'}`}>
      <input type="radio" name="type" value={step.type} defaultChecked={chosen} className="mt-1" />
      <span>
        {step.label}
        {step.reason && (
          <span className="block text-xs text-giant">
            <Icon name="warn" className="size-3 inline" /> {step.reason}
          </span>
        )}
      </span>
    </label>
  );
}

function Steps({
  title,
  steps,
  typed,
}: {
  title: string;
  steps: readonly Step[];
  typed: string | undefined;
}) {
  if (steps.length === 0) return null;
  return (
    <fieldset className="mb-4">
      <legend className="mb-1 font-semibold">{title}</legend>
      <div className={CHOICES}>
        {steps.map((step) => (
          <StepChoice key={step.type} step={step} chosen={step.type === typed} />
        ))}
      </div>
    </fieldset>
  );
}

/** What an authority may have announced out of the order that is expected. */
function Others({ life, typed }: { life: TitleLife; typed: string | undefined }) {
  if (life.others.length === 0) return null;
  return (
    <details className="mb-4" open={life.others.some(({ type }) => type === typed)}>
      <summary className="cursor-pointer">其他公布（与当前顺序不符，照记并提示）</summary>
      <fieldset className="mt-1">
        <legend className="sr-only">其他公布</legend>
        <div className={CHOICES}>
          {life.others.map(({ type, label }) => (
            <label key={type} className="flex items-start gap-2 py-1">
              <input type="radio" name="type" value={type} defaultChecked={type === typed} className="mt-1" />
              {label}
            </label>
          ))}
        </div>
      </fieldset>
    </details>
  );
}

/** The certificate that 认定 and 复核 state. */
function Certificate({ typed, errors }: { typed: Record<string, string>; errors: FieldErrors }) {
  const open = ['no', 'level', 'validUntil'].some((name) => typed[name] || errors[name]);
  return (
    <details open={open} className="md:col-span-3 2xl:col-span-1">
      <summary className="cursor-pointer">证书（认定、复核通过时填写）</summary>
      <div className="mt-2 grid items-start gap-x-6 gap-y-4 md:grid-cols-3 2xl:grid-cols-1">
        <Field
          label="证书编号"
          name="no"
          optional
          maxLength={100}
          error={errors.no}
          defaultValue={typed.no ?? ''}
        />
        <SelectField
          label="级别"
          name="level"
          optional
          options={LEVEL_OPTIONS}
          blank="未注明"
          error={errors.level}
          defaultValue={typed.level ?? ''}
        />
        <Field
          label="有效期至"
          name="validUntil"
          type="date"
          optional
          help="含当日"
          error={errors.validUntil}
          defaultValue={typed.validUntil ?? ''}
        />
      </div>
    </details>
  );
}

/** The life of one title of an enterprise: its statechart, and the next step with what stands against it. */
export function TitleLifeView({ life, name, uscc, asOf, today, errors, typed }: Props) {
  const blocked = life.steps.some((step) => !step.allowed);
  return (
    <>
      <PageHead
        before={<A to={`/enterprises/${uscc}`}>{name}</A>}
        title={
          <span className="flex flex-wrap items-center gap-3">
            {life.label}
            <SchemeChip scheme={life.scheme} />
          </span>
        }
        note={life.words}
        asOf={asOf}
        basis="实心为当前状态，浅色为曾经过的状态；粗线和外框为下一步，虚线的目前不能走"
      />
      <TimeStepper moments={life.moments} asOf={asOf} today={today} />
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 2xl:grid-cols-[minmax(0,1fr)_24rem]">
        <figure className="card overflow-x-auto p-4" tabIndex={0} aria-label={`${life.label}状态图`}>
          {/* Drawn by the program from its own machine definition. */}
          <div dangerouslySetInnerHTML={{ __html: life.svg }} />
        </figure>
        <Card title="下一步">
          {asOf === today ? (
            <Form method="post" noValidate id="type" className="max-w-4xl">
              <ErrorSummary errors={errors} />
              <input type="hidden" name="revision" value={life.revision} />
              <Steps title="园区" steps={life.steps.filter(({ by }) => by === 'park')} typed={typed.type} />
              <Steps
                title="主管部门公布"
                steps={life.steps.filter(({ by }) => by === 'authority')}
                typed={typed.type}
              />
              <Others life={life} typed={typed.type} />
              <div className="grid items-start gap-x-6 gap-y-4 md:grid-cols-3 2xl:grid-cols-1">
                <Field
                  label="生效日期"
                  name="effectiveOn"
                  type="date"
                  max={today}
                  error={errors.effectiveOn}
                  required
                  defaultValue={typed.effectiveOn ?? today}
                />
                <Field
                  label="文号"
                  name="docNo"
                  optional
                  maxLength={200}
                  help="主管部门公布的文件"
                  defaultValue={typed.docNo ?? ''}
                />
                <Field
                  label="说明"
                  name="reason"
                  optional
                  maxLength={500}
                  help="不予认定、撤销、退回补正时写明原因"
                  error={errors.reason}
                  defaultValue={typed.reason ?? ''}
                />
                <Certificate typed={typed} errors={errors} />
                {blocked && (
                  <label className="flex items-start gap-2 md:col-span-3 2xl:col-span-1">
                    <input
                      type="checkbox"
                      name="override"
                      className="mt-1"
                      defaultChecked={typed.override === 'on'}
                    />
                    <span>
                      越过判定
                      <span className="block text-xs text-ink-3">
                        判定不允许时仍要继续，须在说明中写明理由，并会记入历史
                      </span>
                    </span>
                  </label>
                )}
                <p>
                  <SubmitButton>记录</SubmitButton>
                </p>
              </div>
            </Form>
          ) : (
            <p className="text-ink-3">正在看过去的一天。回到今天后可以记录下一步。</p>
          )}
        </Card>
      </div>
      <div className="mt-4">
        <TitleHistory
          items={life.history}
          revision={life.revision}
          errors={errors}
          typed={typed}
          open={asOf === today}
        />
      </div>
    </>
  );
}
