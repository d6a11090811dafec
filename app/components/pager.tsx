import { useLocation } from '@remix-run/react';
import { withQuery } from './address.ts';
import { whole } from './format.ts';
import { A } from './link.tsx';

/** Where one stands in a long list, and the way on. `total` may be unknown in lists too long to count. */
export function Pager({ page, size, total }: { page: number; size: number; total: number }) {
  const { search } = useLocation();
  const last = Math.max(1, Math.ceil(total / size));
  const to = (target: number) => withQuery(search, { page: target === 1 ? null : target }) || '?';
  if (total === 0) return null;
  return (
    <nav className="pager mt-3 flex flex-wrap items-center gap-3 text-ink-2" aria-label="翻页">
      <span>
        共 {whole(total)} 条，第 {whole((page - 1) * size + 1)}–{whole(Math.min(total, page * size))} 条
      </span>
      {last > 1 && (
        <span className="ml-auto flex items-center gap-2">
          {page > 1 ? (
            <A className="btn" to={to(page - 1)} rel="prev">
              上一页
            </A>
          ) : (
            <span className="btn" aria-disabled="true">
              上一页
            </span>
          )}
          <span>
            {page} / {last}
          </span>
          {page < last ? (
            <A className="btn" to={to(page + 1)} rel="next">
              下一页
            </A>
          ) : (
            <span className="btn" aria-disabled="true">
              下一页
            </span>
          )}
        </span>
      )}
    </nav>
  );
}
