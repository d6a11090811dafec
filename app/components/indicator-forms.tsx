import { Form } from '@remix-run/react';
import { Button, SubmitButton } from './button.tsx';
import { ErrorSummary, Field, SelectField, type FieldErrors, type Option } from './field.tsx';
import { indicatorAddress } from './indicator-cells.tsx';
import { A } from './link.tsx';
import { Card, PageHead } from './page.tsx';

interface Common {
  id: string;
  label: string;
  units: readonly Option[];
  parks: readonly Option[];
  values: Readonly<Record<string, string>>;
  errors: FieldErrors;
}

const QUALIFIERS: readonly Option[] = ['近', '约', '超', '余', '以上', '以下'].map((value) => ({
  value,
  label: value,
}));
const ABSENCES: readonly Option[] = [
  { value: 'notReported', label: '未报送' },
  { value: 'notApplicable', label: '不适用' },
];

function Head({ id, label, title }: { id: string; label: string; title: string }) {
  return (
    <PageHead
      title={title}
      before={
        <>
          <A to="/indicators">指标</A> / <A to={indicatorAddress(id)}>{label}</A>
        </>
      }
    />
  );
}

/** Enters a value of an indicator; a correction asks for its reason. */
export function ValueForm({
  id,
  label,
  units,
  parks,
  values,
  errors,
  stock,
  fields,
}: Common & {
  /** Labels and hints of the fields. */
  fields: Readonly<Record<string, { label: string; help: string }>>;
  /** One day instead of first and last. */
  stock: boolean;
}) {
  const text = (name: string) => ({
    name,
    label: fields[name]?.label ?? '',
    help: fields[name]?.help,
    defaultValue: values[name] ?? '',
    error: errors[name],
  });
  return (
    <>
      <Head id={id} label={label} title={`录入：${label}`} />
      <Card>
        <Form method="post" noValidate className="max-w-4xl">
          <ErrorSummary errors={errors} />
          <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2 lg:grid-cols-3">
            {!stock && <Field {...text('fromOn')} type="date" help="累计数从 1 月 1 日起" />}
            <Field
              {...text('toOn')}
              label={stock ? '截至日' : fields.toOn!.label}
              type="date"
              help="含当日"
            />
            <SelectField {...text('parkId')} options={parks} blank="全部（全区）" help="" />
            <Field
              {...text('value')}
              inputMode="decimal"
              autoComplete="off"
              optional
              help="按报表原样，不换算"
            />
            <SelectField {...text('unit')} options={units} help="" />
            <SelectField {...text('qualifier')} options={QUALIFIERS} blank="无" optional />
            <SelectField {...text('absence')} options={ABSENCES} blank="有数值" optional help="" />
            <Field {...text('knownAt')} type="date" />
            <Field {...text('source')} maxLength={300} />
            <Field {...text('note')} optional className="sm:col-span-2 lg:col-span-3" maxLength={300} />
          </div>
          <p className="mt-5 flex gap-3">
            <SubmitButton>录入</SubmitButton>
            <A to={indicatorAddress(id)} className="btn btn-quiet">
              取消
            </A>
          </p>
        </Form>
      </Card>
    </>
  );
}

/** Sets a target, or changes one. */
export function TargetForm({ id, label, units, parks, values, errors }: Common) {
  const text = (name: string) => ({ name, defaultValue: values[name] ?? '', error: errors[name] });
  return (
    <>
      <Head id={id} label={label} title={`${values.targetId ? '更改目标' : '设目标'}：${label}`} />
      <Card>
        <Form method="post" noValidate className="max-w-4xl">
          <ErrorSummary errors={errors} />
          <input type="hidden" name="targetId" value={values.targetId ?? ''} />
          <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2 lg:grid-cols-3">
            <Field label="首日" {...text('fromOn')} type="date" />
            <Field
              label="末日"
              {...text('toOn')}
              type="date"
              help="存量到这一天应达到，流量到这一天累计应完成"
            />
            <SelectField label="园区" {...text('parkId')} options={parks} blank="全部（全区）" />
            <Field label="目标" {...text('value')} inputMode="decimal" autoComplete="off" />
            <SelectField label="单位" {...text('unit')} options={units} />
            <Field
              label="名称"
              {...text('name')}
              maxLength={20}
              help="文字稿中的叫法：年度任务、年度目标、计划"
            />
            <Field
              label="依据"
              {...text('reference')}
              className="sm:col-span-2 lg:col-span-3"
              maxLength={300}
              help="下达目标的文件或会议"
            />
          </div>
          <p className="mt-5 flex gap-3">
            <SubmitButton>保存</SubmitButton>
            {values.targetId && (
              <Button look="danger" name="do" value="end">
                取消这一目标
              </Button>
            )}
            <A to={indicatorAddress(id)} className="btn btn-quiet">
              返回
            </A>
          </p>
        </Form>
      </Card>
    </>
  );
}
