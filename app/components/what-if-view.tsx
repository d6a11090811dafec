import { Form, useLocation } from '@remix-run/react';
import type { WhatIfAddress } from '../services/list-what-if.server.ts';
import { Button } from './button.tsx';
import { ErrorSummary, type FieldErrors, type Option } from './field.tsx';
import { wan, whole } from './format.ts';
import { SwitchFields, A } from './link.tsx';
import { thresholdText } from './quantity.ts';
import type { ThresholdField } from './replay-view.tsx';

export interface WhatIfFormProps {
  address: Pick<WhatIfAddress, 'request' | 'on' | 'planned' | 'typed'>;
  errors: FieldErrors;
  versions: readonly Option[];
  /** Version asked for in the address; '' for that of the day. */
  version: string;
  fields: readonly ThresholdField[];
  figures: readonly { key: string; label: string }[];
}

/** One number to be typed, with what it is now beside it. */
function Entry({
  name,
  label,
  value,
  error,
  after,
  changed = false,
}: {
  name: string;
  label: string;
  value: string;
  error: string | undefined;
  after: string;
  changed?: boolean;
}) {
  return (
    <div>
      <label htmlFor={name} className="block text-xs text-ink-2">
        {label}
      </label>
      <span className="flex items-center gap-2">
        <input
          id={name}
          name={name}
          className={`input w-24 ${changed ? 'border-giant bg-giant-soft' : ''}`}
          inputMode="decimal"
          autoComplete="off"
          defaultValue={value}
          aria-invalid={error ? true : undefined}
        />
        <span className="text-xs text-ink-3">{after}</span>
      </span>
    </div>
  );
}

const GRID = 'mt-3 grid grid-cols-[repeat(auto-fill,minmax(16rem,1fr))] gap-x-6 gap-y-3';

/** What is supposed. A plain GET form: the question is the address, so it can be shared. */
export function WhatIfForm({ address, errors, versions, version, fields, figures }: WhatIfFormProps) {
  const { search, pathname } = useLocation();
  const { request, on, planned, typed } = address;
  const changed = Object.keys(request.set).length;
  const wrong = (prefix: string) => Object.keys(errors).some((key) => key.startsWith(prefix));
  return (
    <Form key={search} action={pathname} className="card no-print mb-4 p-4" aria-label="假设什么">
      <ErrorSummary errors={errors} />
      <SwitchFields />
      <div className="flex flex-wrap items-end gap-3">
        <label className="block text-xs text-ink-3">
          <span className="mb-0.5 block">现况看哪一天</span>
          <input type="date" name="on" className="input w-36 text-base" defaultValue={on} />
        </label>
        <label className="block text-xs text-ink-3">
          <span className="mb-0.5 block">规则版本</span>
          <select name="rule" className="input text-base" defaultValue={version}>
            <option value="">按申请日适用的版本</option>
            {versions.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </label>
        <label className="block text-xs text-ink-3">
          <span className="mb-0.5 block">怎样算符合</span>
          <select name="strict" className="input text-base" defaultValue={request.strict ? '1' : '0'}>
            <option value="0">没有不符合项</option>
            <option value="1">仅计确定符合</option>
          </select>
        </label>
        <label className="block text-xs text-ink-3">
          <span className="mb-0.5 block">每新增一家的支出（万元，选填）</span>
          <input
            id="cost"
            name="cost"
            className="input w-40 text-base"
            inputMode="decimal"
            autoComplete="off"
            defaultValue={typed.cost ?? ''}
            aria-invalid={errors.cost ? true : undefined}
          />
        </label>
        <Button look="primary">测算</Button>
      </div>
      <details className="mt-3" open={changed > 0 || wrong('p.') || planned === null}>
        <summary className="text-ink-2">
          假设门槛改变（共 {fields.length} 个，已改 {changed} 个）
        </summary>
        <div className={GRID}>
          {fields.map((field) => (
            <Entry
              key={field.name}
              name={field.name}
              label={field.label === field.condition ? field.label : `${field.condition}：${field.label}`}
              value={typed[field.id] ?? ''}
              error={errors[field.name]}
              changed={field.id in request.set}
              after={`${field.suffix}${field.value === null ? '，原值待录入' : `，现为 ${thresholdText(field.value, field.unit)}`}`}
            />
          ))}
        </div>
      </details>
      <details className="mt-3" open={planned !== null || wrong('g')}>
        <summary className="text-ink-2">
          假设下一年数据如期到位{planned ? `（${planned.plan.year} 年）` : ''}
        </summary>
        <div className="mt-3 flex flex-wrap items-end gap-x-6 gap-y-3">
          <label className="flex h-8 items-center gap-2">
            <input type="checkbox" name="plan" value="1" defaultChecked={planned !== null} />
            按下列增长推算下一年数据
          </label>
          <label className="block text-xs text-ink-3">
            <span className="mb-0.5 block">假设的申请日</span>
            <input
              id="to"
              type="date"
              name="to"
              className="input w-36 text-base"
              defaultValue={typed.to ?? planned?.to ?? ''}
              aria-invalid={errors.to ? true : undefined}
            />
          </label>
          <Entry
            name="growth"
            label="各项增长"
            value={typed.growth ?? ''}
            error={errors.growth}
            after="%，留空为与上一年相同"
          />
        </div>
        <div className={GRID}>
          {figures.map(({ key, label }) => (
            <Entry
              key={key}
              name={`g.${key}`}
              label={label}
              value={typed[`g.${key}`] ?? ''}
              error={errors[`g.${key}`]}
              changed={planned !== null && key in planned.plan.figures}
              after="%，留空随各项增长"
            />
          ))}
        </div>
      </details>
      <p className="mt-3 text-xs text-ink-3">
        只作测算，不改变任何判定和记录。<A to={pathname}>清空假设</A>
      </p>
    </Form>
  );
}

/** What one more title each would cost: the number of enterprises times what somebody entered. */
export function WhatIfCost({ gains, loses, cost }: { gains: number; loses: number; cost: number | null }) {
  if (cost === null)
    return (
      <p className="mb-4 text-ink-2">
        新增 {whole(gains)} 家，减少 {whole(loses)} 家。填写“每新增一家的支出”可得合计金额。
      </p>
    );
  return (
    <p className="mb-4">
      新增 <b>{whole(gains)}</b> 家 × 每家 {wan(cost)} 万元 ＝{' '}
      <b className="text-lg">{wan(BigInt(cost) * BigInt(gains))}</b> 万元
      <span className="ml-3 text-xs text-ink-3">每家金额由使用者填写，未计减少的 {whole(loses)} 家</span>
    </p>
  );
}
