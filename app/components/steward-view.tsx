import { Form } from '@remix-run/react';
import type { PastSteward, Steward } from '../queries/stewards.server.ts';
import { SubmitButton } from './button.tsx';
import { ErrorSummary, Field, SelectField, type FieldErrors, type Option } from './field.tsx';
import { A } from './link.tsx';
import { Card } from './page.tsx';
import { SIDE_LABELS } from './terms.ts';

export interface StewardAssigning {
  candidates: readonly Option[];
  today: string;
}

const SIDE_OPTIONS: readonly Option[] = Object.entries(SIDE_LABELS).map(([value, label]) => ({
  value,
  label,
}));
/** The last entry of the choice for one enterprise: nobody from that day on. */
const NOBODY: Option = { value: 'none', label: '无（结束现任）' };

/** Who looks after an enterprise, a line a side. */
export function Stewards({ stewards }: { stewards: readonly Steward[] }) {
  if (stewards.length === 0) return <p className="text-ink-3">未分配管家。</p>;
  return (
    <ul className="grid gap-1">
      {stewards.map(({ side, name, fromOn }) => (
        <li key={side} className="flex flex-wrap items-baseline gap-x-2">
          <span className="text-xs text-ink-3">{SIDE_LABELS[side]}</span>
          <b>{name}</b>
          <span className="text-xs text-ink-3">自 {fromOn}</span>
        </li>
      ))}
    </ul>
  );
}

/** Stewards that are no longer, the latest first. */
export function PastStewards({ past }: { past: readonly PastSteward[] }) {
  if (past.length === 0) return <p className="text-ink-3">没有历任管家。</p>;
  return (
    <ul className="grid gap-1">
      {past.map(({ side, name, fromOn, toOn }) => (
        <li key={side + fromOn + toOn} className="flex flex-wrap items-baseline gap-x-2">
          <span className="text-xs text-ink-3">{SIDE_LABELS[side]}</span>
          {name}
          <span className="text-xs text-ink-3">
            自 {fromOn}，至 {toOn} 卸任
          </span>
        </li>
      ))}
    </ul>
  );
}

interface FormProps extends StewardAssigning {
  values?: Readonly<Record<string, string>>;
  errors?: FieldErrors;
  /** Where it is sent; absent for the page it stands on. */
  action?: string;
  /** Number of enterprises it assigns at once; absent for one enterprise. */
  count?: number;
}

/** Side, steward and day; for one enterprise also the end. */
export function StewardForm({ candidates, today, values = {}, errors = {}, action, count }: FormProps) {
  const many = count !== undefined;
  return (
    <Form method="post" action={action} noValidate className="grid gap-3">
      <ErrorSummary errors={errors} />
      {many && <input type="hidden" name="count" value={count} />}
      <SelectField
        label="哪一侧"
        name="side"
        options={SIDE_OPTIONS}
        defaultValue={values.side ?? 'government'}
        error={errors.side}
      />
      <SelectField
        label="管家"
        name="userId"
        blank="请选择"
        options={many ? candidates : [...candidates, NOBODY]}
        defaultValue={values.userId ?? ''}
        error={errors.userId}
      />
      <Field
        label="起始日期"
        name="fromOn"
        type="date"
        max={today}
        defaultValue={values.fromOn ?? today}
        error={errors.fromOn}
        help="不晚于今天；该侧原有管家于此日交接"
      />
      <p>
        <SubmitButton>{many ? `确认分配 ${count.toLocaleString('zh-CN')} 家` : '保存'}</SubmitButton>
      </p>
    </Form>
  );
}

/** The stewards on the page of an enterprise, with the form folded away. */
export function StewardCard({
  base,
  stewards,
  assign,
}: {
  base: string;
  stewards: readonly Steward[];
  assign: StewardAssigning | null;
}) {
  return (
    <Card title="服务管家" actions={assign && <A to={`${base}/stewards`}>历任管家</A>}>
      <Stewards stewards={stewards} />
      {assign && (
        <details className="no-print mt-3 border-t border-line pt-2">
          <summary className="text-accent">分配或结束</summary>
          <div className="mt-2">
            <StewardForm
              key={stewards.map(({ userId }) => userId).join()}
              {...assign}
              action={`${base}/stewards`}
            />
          </div>
        </details>
      )}
    </Card>
  );
}
