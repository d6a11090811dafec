import type { ReactNode } from 'react';
import { SchemeChip } from './chips.tsx';

export interface TimelineItem {
  id: string;
  /** The day it takes effect. */
  on: string;
  scheme: string | null;
  schemeLabel: string | null;
  title: string;
  detail?: ReactNode;
  /** Who, when recorded. */
  note?: string;
  /** A step that was refused, or an event voided since. */
  struck?: boolean;
  warn?: string | null;
}

/** What happened, the latest first. */
export function Timeline({ items }: { items: readonly TimelineItem[] }) {
  return (
    <ol className="relative ml-1.5 border-l border-line">
      {items.map((item) => (
        <li key={item.id} className="relative pb-4 pl-5 last:pb-0">
          <span
            aria-hidden="true"
            className={`absolute top-1.5 -left-[5px] size-2.5 rounded-full border-2 border-paper ${item.struck ? 'bg-line-strong' : 'bg-accent'}`}
          />
          <p className="flex flex-wrap items-center gap-x-2">
            <time dateTime={item.on} className="text-ink-3">
              {item.on}
            </time>
            {item.scheme && <SchemeChip scheme={item.scheme} label={item.schemeLabel ?? item.scheme} />}
            <b className={item.struck ? 'font-normal text-ink-3 line-through' : 'font-semibold'}>
              {item.title}
            </b>
          </p>
          {item.detail && <div className="text-ink-2">{item.detail}</div>}
          {item.warn && <p className="text-unknown">{item.warn}</p>}
          {item.note && <p className="text-xs text-ink-3">{item.note}</p>}
        </li>
      ))}
    </ol>
  );
}
