import { useEffect, useRef, type RefObject } from 'react';
import { useNavigation } from '@remix-run/react';

/** Keys and the buttons that they press in the row that has the focus. */
const PRESSES: Readonly<Record<string, string>> = { x: 'deny', u: 'undo' };

const rowsIn = (box: HTMLElement) => [...box.querySelectorAll<HTMLElement>('tbody tr')];
const firstOf = (row: HTMLElement | undefined) =>
  row?.querySelector<HTMLElement>('button[data-do], td input:not([type="hidden"]), th a');

/**
 * A ledger that is worked through by keyboard: j and k go from row to row, Enter presses the button that has the
 * focus, x denies, u takes back. Tab works as everywhere.
 * @returns for the element around the table
 */
export function useRowKeys(): RefObject<HTMLDivElement> {
  const box = useRef<HTMLDivElement>(null);
  /** The row at work, to go on from when the page has changed. */
  const at = useRef<number | null>(null);
  const { state } = useNavigation();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (!box.current || event.ctrlKey || event.metaKey || event.altKey) return;
      if (/^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) return;
      const rows = rowsIn(box.current);
      const here = rows.findIndex((row) => row.contains(target));
      if (event.key === 'j' || event.key === 'k') {
        const from = here < 0 ? (event.key === 'j' ? -1 : rows.length) : here;
        const next = rows[from + (event.key === 'j' ? 1 : -1)];
        firstOf(next)?.focus();
        next?.scrollIntoView({ block: 'nearest' });
        event.preventDefault();
        return;
      }
      const press = PRESSES[event.key];
      if (press !== undefined && here >= 0)
        rows[here]!.querySelector<HTMLElement>(`[data-do="${press}"]`)?.click();
    };
    const onSubmit = (event: SubmitEvent) => {
      const row = box.current
        ? rowsIn(box.current).findIndex((each) => each.contains(event.target as Node))
        : -1;
      at.current = row < 0 ? null : row;
    };
    document.addEventListener('keydown', onKey);
    document.addEventListener('submit', onSubmit, true);
    return () => {
      document.removeEventListener('keydown', onKey);
      document.removeEventListener('submit', onSubmit, true);
    };
  }, []);
  useEffect(() => {
    if (state !== 'idle' || at.current === null || !box.current) return;
    const rows = rowsIn(box.current);
    // A row that was decided moves out of a narrowed list, and the next one takes its place.
    firstOf(rows[Math.min(at.current, rows.length - 1)])?.focus({ preventScroll: true });
    at.current = null;
  }, [state]);
  return box;
}

/** The keys, in words. */
export function KeyHints() {
  const keys: readonly [string, string][] = [
    ['j / k', '下一行、上一行'],
    ['Enter', '确认'],
    ['x', '否决'],
    ['u', '撤回'],
  ];
  return (
    <p className="hidden gap-3 text-xs text-ink-3 lg:flex" aria-label="快捷键">
      {keys.map(([key, label]) => (
        <span key={key}>
          <kbd className="rounded-sm border border-line bg-canvas px-1">{key}</kbd> {label}
        </span>
      ))}
    </p>
  );
}
