import type { ShownWindow } from '../queries/windows.server.ts';

type Shown = Pick<ShownWindow, 'status' | 'daysLeft' | 'opensOn' | 'closesOn' | 'doubt'>;

/** Whether a window is open, in words and colour, with what is in doubt about it. */
export function WindowState({ window }: { window: Shown }) {
  const { status, daysLeft, opensOn, doubt } = window;
  const look = {
    open: 'bg-met-soft text-met',
    ahead: 'bg-manual-soft text-manual',
    closed: 'bg-sunken text-ink-2',
  };
  const open = opensOn === null ? `距截止 ${daysLeft} 天` : `开放中，余 ${daysLeft} 天`;
  const words = { open, ahead: `${opensOn} 开始`, closed: '已截止' };
  return (
    <span className="inline-flex flex-wrap gap-1">
      <span className={`chip ${look[status]}`}>{words[status]}</span>
      {doubt && (
        <span className="chip bg-unknown-soft text-unknown" title={doubt}>
          待核实
          <span className="sr-only">：{doubt}</span>
        </span>
      )}
    </span>
  );
}
