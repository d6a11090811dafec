import { Form, useLocation } from '@remix-run/react';
import { withQuery } from './address.ts';
import { Button } from './button.tsx';
import { A } from './link.tsx';

interface Moment {
  readonly on: string;
  readonly labels: readonly string[];
}

/** One stop of the way; today is a stop without anything having happened. */
type Stop = Moment & { readonly today?: boolean };

/** The stops: the days of events up to today, and today. */
export function stopsOf(moments: readonly Moment[], today: string): Stop[] {
  const past: Stop[] = moments.filter(({ on }) => on < today);
  return [...past, { ...(moments.find(({ on }) => on === today) ?? { on: today, labels: [] }), today: true }];
}

/** The stop whose state shows on a day: the last on or before it; -1 before the first. */
export const stopAt = (stops: readonly Stop[], day: string): number =>
  stops.findLastIndex(({ on }) => on <= day);

/** Brings the present stop into view, within the list alone: the page itself stays where it is. */
function centre(list: HTMLOListElement | null) {
  const here = list?.querySelector<HTMLElement>('[aria-current]');
  if (list && here) list.scrollLeft = here.offsetLeft - list.clientWidth / 2;
}

/**
 * A way through time: one link for each day on which something happened. The day is in the address, so it works
 * without scripts, with the keyboard, and can be shared.
 */
export function TimeStepper({
  moments,
  asOf,
  today,
}: {
  moments: readonly Moment[];
  asOf: string;
  today: string;
}) {
  const { search, pathname } = useLocation();
  const stops = stopsOf(moments, today);
  const at = stopAt(stops, asOf);
  // Set but empty for today: the link must not take the day over from the present address.
  const to = ({ on, today: now }: Stop) => {
    const query = new URLSearchParams(withQuery(search, { asOf: null }));
    query.set('asOf', now ? '' : on);
    return `?${query.toString()}`;
  };
  // Between two events the step back leads to the start of the state shown.
  const before = stops[at >= 0 && stops[at]!.on < asOf ? at : at - 1];
  const after = stops[at + 1];
  const kept = [...new URLSearchParams(search)].filter(([key]) => key !== 'asOf');
  return (
    <nav className="no-print card mb-4 grid gap-2 p-3" aria-label="时间轴：查看某日的状态">
      <div className="flex flex-wrap items-center gap-2">
        {before ? (
          <A to={to(before)} className="btn" rel="prev" preventScrollReset>
            上一事件 {before.on}
          </A>
        ) : (
          <span className="btn" aria-disabled="true">
            上一事件
          </span>
        )}
        {after ? (
          <A to={to(after)} className="btn" rel="next" preventScrollReset>
            下一事件 {after.today ? '今天' : after.on}
          </A>
        ) : (
          <span className="btn" aria-disabled="true">
            下一事件
          </span>
        )}
        <Form key={asOf} action={pathname} className="ml-auto flex items-center gap-2">
          {kept.map(([key, value]) => (
            <input key={key} type="hidden" name={key} value={value} />
          ))}
          <label className="flex items-center gap-1.5 text-xs text-ink-3">
            某日
            <input type="date" name="asOf" className="input w-36 text-base" defaultValue={asOf} />
          </label>
          <Button>查看</Button>
        </Form>
      </div>
      <ol
        key={asOf}
        ref={centre}
        className="relative flex gap-1 overflow-x-auto pb-1"
        tabIndex={0}
        aria-label="各日事件"
      >
        {stops.map((stop, i) => (
          <li key={stop.on} className="shrink-0">
            <A
              to={to(stop)}
              aria-current={i === at ? 'date' : undefined}
              preventScrollReset
              className={`block rounded-sm border-t-2 px-2 py-1 text-xs no-underline hover:bg-canvas ${
                i === at
                  ? 'border-accent bg-accent-soft font-semibold'
                  : i < at
                    ? 'border-accent'
                    : 'border-line-strong text-ink-3'
              }`}
            >
              <time dateTime={stop.on} className="block tabular-nums">
                {stop.today ? '今天' : stop.on}
              </time>
              <span className="block max-w-40 truncate">{stop.labels.join('、') || '无事件'}</span>
            </A>
          </li>
        ))}
      </ol>
    </nav>
  );
}
