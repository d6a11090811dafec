import { Form } from '@remix-run/react';
import type { TitleLife } from '../queries/title-life.server.ts';
import { Button } from './button.tsx';
import type { FieldErrors } from './field.tsx';
import { Card } from './page.tsx';
import { Timeline } from './timeline.tsx';

type Item = TitleLife['history'][number];

/** Takes one event out of the reading; the log keeps it, with who corrected it and why. */
function Correction({
  item,
  revision,
  error,
  typed,
}: {
  item: Item;
  revision: number;
  error: string | undefined;
  typed: string;
}) {
  const id = `void-${item.id}`;
  return (
    <details className="no-print" open={error !== undefined}>
      <summary className="cursor-pointer text-xs text-accent">
        更正<span className="sr-only">：{`${item.on} ${item.title}`}</span>
      </summary>
      <Form method="post" noValidate className="my-1 flex flex-wrap items-center gap-2">
        <input type="hidden" name="type" value="void" />
        <input type="hidden" name="eventId" value={item.id} />
        <input type="hidden" name="revision" value={revision} />
        <input
          id={id}
          name="voidReason"
          className="input w-80"
          maxLength={500}
          placeholder="更正理由"
          aria-label={`更正 ${item.on} ${item.title} 的理由`}
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? `${id}-error` : undefined}
          defaultValue={typed}
        />
        <Button look="danger">作废此条</Button>
        {error && (
          <span id={`${id}-error`} className="text-unmet">
            {error}
          </span>
        )}
      </Form>
    </details>
  );
}

/** Events shown before the rest is folded away. */
const RECENT = 12;

interface Props {
  items: readonly Item[];
  revision: number;
  errors: FieldErrors;
  typed: Readonly<Record<string, string>>;
  /** Today is looked at: corrections are possible. */
  open: boolean;
}

/** What happened to a title, each with a way to correct it. */
export function TitleHistory({ items, revision, errors, typed, open }: Props) {
  const shown = items.map((item) => ({
    ...item,
    detail: (
      <>
        {item.detail}
        {open && item.correctable && (
          <Correction
            item={item}
            revision={revision}
            error={errors[`void-${item.id}`]}
            typed={typed.eventId === item.id ? (typed.voidReason ?? '') : ''}
          />
        )}
      </>
    ),
  }));
  const earlier = shown.slice(RECENT);
  return (
    <Card title="经过" note="更正不删除原记录，其后的状态重新推算" id="history">
      {items.length === 0 && <p className="text-ink-3">还没有记录。</p>}
      <Timeline items={shown.slice(0, RECENT)} />
      {earlier.length > 0 && (
        <details className="mt-3" open={earlier.some(({ id }) => errors[`void-${id}`] !== undefined)}>
          <summary className="mb-3 cursor-pointer text-accent">更早的 {earlier.length} 条</summary>
          <Timeline items={earlier} />
        </details>
      )}
    </Card>
  );
}
