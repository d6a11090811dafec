import type { BatchPage, Offer } from '../queries/batch-page.server.ts';
import { isOpen } from './batch-rows.tsx';
import { Button } from './button.tsx';
import { Field, SelectField, type FieldErrors, type Option } from './field.tsx';
import { Icon } from './icons.tsx';

/** Steps with a button in the bar above the enterprises, in this order; the first open one is the main one. */
const BAR: readonly string[] = [
  'pass_steward',
  'send',
  'pass_section',
  'approve_partly',
  'submit',
  'close',
  'check',
  'prepare',
  'cut',
  'refill',
];
const BUTTON: Readonly<Record<string, { intent: string; label: string }>> = {
  approve_partly: { intent: 'decide', label: '记录会议决定：勾选的同意推荐' },
  pass_steward: { intent: 'pass_steward', label: '确认勾选的企业，送科室审核' },
  check: { intent: 'check', label: '重新核对' },
};
const buttonOf = ({ type, label }: Offer) => BUTTON[type] ?? { intent: type, label };

/** Quiet where it does not apply; with its reason where it is shut but expected next. */
const ONLY_OPEN = new Set(['cut', 'refill']);

/** What was left over may be submitted later; where nothing is, the button would only be in the way. */
const isAgain = ({ state }: BatchPage, type: string) => state === 'submitted' && type === 'submit';

interface Props {
  batch: BatchPage;
  reasons: readonly Option[];
  mayHandle: boolean;
  errors: FieldErrors;
  typed: Readonly<Record<string, string>>;
}

/** What can be done with the batch and with the rows ticked; shut buttons say why. */
export function BatchBar({ batch, mayHandle, reasons, errors, typed }: Props) {
  const offered = BAR.flatMap((type) => batch.steps.filter((step) => step.type === type)).filter(
    (step) => step.reason === null || !(ONLY_OPEN.has(step.type) || isAgain(batch, step.type)),
  );
  const main = offered.find(({ reason }) => reason === null)?.type;
  const shut = offered.filter(({ reason }) => reason !== null);
  const may = (type: string) => batch.rows.some((row) => isOpen(row, type));
  const meeting = batch.state === 'joint_meeting' && offered.length > 0;
  if (offered.length === 0 && !may('hold')) return null;
  return (
    <div className="no-print mb-3 grid gap-3">
      <p className="flex flex-wrap items-center gap-2">
        {offered.map((step) => {
          const { intent, label } = buttonOf(step);
          return (
            <Button
              key={step.type}
              name="intent"
              value={intent}
              look={step.type === main ? 'primary' : 'plain'}
              disabled={step.reason !== null}
              aria-describedby={step.reason === null ? undefined : `shut-${step.type}`}
            >
              {label}
            </Button>
          );
        })}
        {may('confirm') && (
          <Button name="intent" value="confirm">
            仅确认勾选的企业
          </Button>
        )}
      </p>
      {shut.length > 0 && (
        <ul className="grid gap-0.5 text-xs text-ink-2">
          {shut.map((step) => (
            <li key={step.type} id={`shut-${step.type}`}>
              <Icon name="warn" className="size-3 inline text-giant" /> “{buttonOf(step).label.split('：')[0]}
              ”还不能办理：{step.reason}
            </li>
          ))}
        </ul>
      )}
      {mayHandle && (may('hold') || meeting) && (
        <div className="flex flex-wrap items-end gap-3">
          <SelectField
            label={meeting ? '未勾选的企业不予推荐，理由' : '暂缓的理由'}
            name="reason"
            options={reasons}
            blank="请选择"
            defaultValue={typed.reason ?? ''}
            error={errors.reason}
            className="w-60"
          />
          <Field
            label="说明"
            name="note"
            optional
            maxLength={500}
            defaultValue={typed.note ?? ''}
            className="w-80"
          />
          {may('hold') && (
            <Button name="intent" value="hold">
              暂缓勾选的企业
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
