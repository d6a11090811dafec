import type { ReactNode } from 'react';
import { A } from './link.tsx';

export interface Tab {
  to: string;
  label: ReactNode;
  count?: number | undefined;
  current: boolean;
}

/** Tabs are addresses: what is looked at can be shared and gone back to. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly Tab[] }) {
  return (
    <nav className="tabs mb-3" aria-label={label}>
      {tabs.map((tab) => (
        <A key={tab.to} to={tab.to} aria-current={tab.current ? 'page' : undefined} preventScrollReset>
          {tab.label}
          {tab.count !== undefined && (
            <span className="rounded-sm bg-sunken px-1.5 text-xs text-ink-2">
              {tab.count.toLocaleString('zh-CN')}
            </span>
          )}
        </A>
      ))}
    </nav>
  );
}
