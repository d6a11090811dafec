import type { ReactNode } from 'react';

/** The head of a page: its title, what is counted and until when (口径, 数据截至), and what can be done here. */
export function PageHead({
  title,
  before,
  asOf,
  basis,
  note,
  children,
}: {
  title: ReactNode;
  before?: ReactNode;
  /** 数据截至; a `YYYY-MM-DD`. */
  asOf?: string;
  /** 口径: how the page counts. */
  basis?: ReactNode;
  /** What else identifies the thing shown. */
  note?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <header className="mb-4 flex flex-wrap items-end gap-x-6 gap-y-2">
      <div className="min-w-[min(100%,30rem)] flex-1">
        {before && <div className="mb-1 text-xs text-ink-3">{before}</div>}
        <h1 className="text-2xl">{title}</h1>
        {note && <div className="mt-1 flex flex-wrap gap-x-4 text-ink-2">{note}</div>}
        {(asOf || basis) && (
          <p className="mt-1 flex flex-wrap gap-x-4 text-xs text-ink-3">
            {asOf && <span>数据截至 {asOf}</span>}
            {basis && <span>口径：{basis}</span>}
          </p>
        )}
      </div>
      {children && <div className="no-print flex flex-wrap items-center gap-2">{children}</div>}
    </header>
  );
}

export function Card({
  title,
  note,
  actions,
  id,
  flush = false,
  children,
}: {
  title?: ReactNode;
  note?: ReactNode;
  actions?: ReactNode;
  id?: string;
  /** The content brings its own margins (a table, say). */
  flush?: boolean;
  children: ReactNode;
}) {
  return (
    <section className="card" id={id}>
      {title && (
        <div className="card-head">
          <h2 className="text-lg">{title}</h2>
          {note && <span className="text-xs text-ink-3">{note}</span>}
          {actions && <div className="no-print ml-auto flex items-center gap-2">{actions}</div>}
        </div>
      )}
      <div className={flush ? 'overflow-x-auto' : 'p-4'}>{children}</div>
    </section>
  );
}

/** Nothing to show: says why, and what to do about it. */
export function EmptyState({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="px-6 py-12 text-center">
      <p className="text-lg font-semibold">{title}</p>
      {children && <div className="running mx-auto mt-2 max-w-lg text-ink-2">{children}</div>}
    </div>
  );
}

/** A line above everything else: demo data, a warning that concerns the whole page. */
export function Banner({ children, tone = 'warn' }: { children: ReactNode; tone?: 'warn' | 'info' }) {
  return (
    <aside
      aria-label="提醒"
      className={`px-6 py-1.5 text-center text-xs ${tone === 'warn' ? 'bg-unknown-soft text-unknown' : 'bg-accent-soft text-accent-deep'}`}
    >
      {children}
    </aside>
  );
}

/** Label and value pairs in columns. */
export function Pairs({ items }: { items: readonly { label: string; value: ReactNode }[] }) {
  return (
    <dl className="grid grid-cols-[repeat(auto-fill,minmax(13rem,1fr))] gap-x-6 gap-y-3">
      {items.map(({ label, value }) => (
        <div key={label} className="min-w-0">
          <dt className="text-xs text-ink-3">{label}</dt>
          <dd className="break-words">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
