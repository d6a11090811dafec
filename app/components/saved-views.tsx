import { Form, useLocation } from '@remix-run/react';
import type { SavedView } from '../queries/saved-views.server.ts';
import { Button } from './button.tsx';
import { Icon } from './icons.tsx';
import { A } from './link.tsx';

/** Views of this page that can be opened, and a form to keep the present one. */
export function SavedViews({ views, mayRemoveAny }: { views: readonly SavedView[]; mayRemoveAny: boolean }) {
  const { search, pathname } = useLocation();
  const said = [...new URLSearchParams(search)].filter(([key, value]) => value !== '' && key !== 'page');
  const here = new URLSearchParams(said).toString();
  return (
    // Another key closes the panel: after going elsewhere, and once a view was kept or removed.
    <details className="relative" key={`${pathname}${search}${JSON.stringify(views)}`}>
      <summary className="btn list-none">
        视图{views.length > 0 && ` ${views.length}`}
        <Icon name="down" className="size-3" />
      </summary>
      <div className="absolute right-0 z-40 mt-1 w-80 rounded-md border border-line bg-paper p-3 shadow-pop">
        {views.length === 0 ? (
          <p className="mb-2 text-xs text-ink-3">还没有保存的视图。</p>
        ) : (
          <ul className="mb-3 max-h-72 overflow-auto">
            {views.map((view) => (
              <li key={view.id} className="flex items-center gap-2">
                <A
                  to={view.to}
                  className="min-w-0 grow truncate py-1"
                  aria-current={view.query === here ? 'true' : undefined}
                >
                  {view.name}
                </A>
                <span className="shrink-0 text-xs text-ink-3">
                  {view.by ? `${view.by}共享` : view.shared ? '已共享' : '仅自己'}
                </span>
                {(view.by === null || mayRemoveAny) && (
                  <Form method="post" preventScrollReset>
                    <input type="hidden" name="view" value={view.id} />
                    <Button
                      look="quiet"
                      name="do"
                      value="remove-view"
                      aria-label={`删除视图 ${view.name}`}
                      className="px-1.5"
                    >
                      <Icon name="unmet" className="size-3" />
                    </Button>
                  </Form>
                )}
              </li>
            ))}
          </ul>
        )}
        <Form method="post" preventScrollReset className="border-t border-line pt-2">
          <input type="hidden" name="query" value={here} />
          <label className="block text-xs text-ink-3">
            把现在的筛选、排序和列保存为
            <input name="name" className="input mt-1 text-base" maxLength={40} required />
          </label>
          <label className="mt-2 flex items-center gap-2">
            <input type="checkbox" name="shared" value="1" />
            共享给所有能看本页的人
          </label>
          <Button className="mt-2 w-full" name="do" value="save-view">
            保存视图
          </Button>
        </Form>
      </div>
    </details>
  );
}
