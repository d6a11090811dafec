import { useId, type ReactNode } from 'react';
import { Form, useLocation } from '@remix-run/react';
import { withQuery } from './address.ts';
import { Button } from './button.tsx';
import { Icon } from './icons.tsx';
import { A } from './link.tsx';

export interface Column<Row> {
  key: string;
  label: string;
  /** Stands once, in the head. */
  unit?: string;
  /** Figures stand right. */
  num?: boolean;
  /** Stays in view while the table is scrolled sideways. */
  pin?: boolean;
  sortable?: boolean;
  /** Can be hidden by the column chooser; `'off'` is hidden until chosen. */
  optional?: boolean | 'off';
  /** Cut off where it is long. */
  clip?: boolean;
  /** May break into lines. */
  wrap?: boolean;
  cell: (row: Row) => ReactNode;
  /** Its cell of the totals row. */
  total?: ReactNode;
}

interface Props<Row> {
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string | number;
  sort?: { key: string; down: boolean };
  empty: ReactNode;
  /** Grows with its rows instead of scrolling inside. */
  flow?: boolean;
}

/** The columns shown: those chosen in the address (`cols=a,b`), or all that are not off. */
export function shownColumns<Row>(columns: readonly Column<Row>[], search: string): readonly Column<Row>[] {
  const chosen = new URLSearchParams(search).getAll('cols').join(',').split(',').filter(Boolean);
  if (chosen.length === 0) return columns.filter((column) => column.optional !== 'off');
  return columns.filter((column) => !column.optional || chosen.includes(column.key));
}

function Head<Row>({ column, sort, pin }: { column: Column<Row>; sort: Props<Row>['sort']; pin: string }) {
  const { search } = useLocation();
  const label = (
    <>
      {column.label}
      {column.unit && <small>（{column.unit}）</small>}
    </>
  );
  const className = [column.num ? 'num' : '', pin].filter(Boolean).join(' ') || undefined;
  if (!column.sortable) {
    return (
      <th scope="col" className={className}>
        {label}
      </th>
    );
  }
  const active = sort?.key === column.key ? sort : null;
  // Figures are first wanted from the top down, words from the beginning.
  const down = active ? !active.down : Boolean(column.num);
  return (
    <th
      scope="col"
      className={className}
      aria-sort={active ? (active.down ? 'descending' : 'ascending') : undefined}
    >
      <A
        to={withQuery(search, { sort: (down ? '-' : '') + column.key, page: null }) || '?'}
        preventScrollReset
      >
        {label}
        {active && <Icon name={active.down ? 'down' : 'up'} className="size-3" />}
      </A>
    </th>
  );
}

/**
 * A ledger: rows of 32 px, head and first columns that stay, sorted by the address, with a totals row.
 * Rows are plain cells, since a page's cost is the number of its nodes.
 */
export function DataTable<Row>({ caption, columns, rows, rowKey, sort, empty, flow }: Props<Row>) {
  const { search } = useLocation();
  const shown = shownColumns(columns, search);
  if (rows.length === 0) return <div className="card">{empty}</div>;
  const pinOf = (column: Column<Row>) => (column.pin ? 'pin pin-edge' : '');
  const classOf = (column: Column<Row>) =>
    [column.num ? 'num' : '', column.wrap ? 'wrap' : '', column.clip ? 'clip' : '', pinOf(column)]
      .filter(Boolean)
      .join(' ') || undefined;
  const totals = shown.some((column) => column.total !== undefined);
  return (
    <div
      className="ledger-box"
      data-flow={flow || undefined}
      data-dense={isDense(search) || undefined}
      tabIndex={0}
      role="region"
      aria-label={caption}
    >
      <table className="ledger">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            {shown.map((column) => (
              <Head key={column.key} column={column} sort={sort} pin={pinOf(column)} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)}>
              {shown.map((column, i) =>
                i === 0 ? (
                  <th key={column.key} scope="row" className={classOf(column)}>
                    {column.cell(row)}
                  </th>
                ) : (
                  <td key={column.key} className={classOf(column)}>
                    {column.cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
        {totals && (
          <tfoot>
            <tr>
              {shown.map((column, i) =>
                i === 0 ? (
                  <th key={column.key} scope="row" className={classOf(column)}>
                    {column.total ?? '合计'}
                  </th>
                ) : (
                  <td key={column.key} className={classOf(column)}>
                    {column.total}
                  </td>
                ),
              )}
            </tr>
          </tfoot>
        )}
      </table>
    </div>
  );
}

/** Chooses which columns are shown; a plain form, so it works without scripts and the choice can be shared. */
export function ColumnChooser<Row>({ columns }: { columns: readonly Column<Row>[] }) {
  const { search, pathname } = useLocation();
  const id = useId();
  const shown = new Set(shownColumns(columns, search).map((column) => column.key));
  const others = [...new URLSearchParams(search)].filter(([key]) => key !== 'cols');
  const fixed = columns.find((column) => !column.optional);
  return (
    <details className="relative">
      <summary className="btn list-none" aria-label="选择显示的列">
        <Icon name="columns" />列
      </summary>
      <Form
        action={pathname}
        preventScrollReset
        className="absolute right-0 z-40 mt-1 w-52 rounded-md border border-line bg-paper p-3 shadow-pop"
      >
        {others.map(([key, value], i) => (
          <input key={i} type="hidden" name={key} value={value} />
        ))}
        {/* So that unticking every box is a choice too. */}
        <input type="hidden" name="cols" value={fixed?.key ?? ''} />
        {columns
          .filter((column) => column.optional)
          .map((column) => (
            <label key={column.key} className="flex h-7 items-center gap-2">
              <input
                type="checkbox"
                name="cols"
                value={column.key}
                defaultChecked={shown.has(column.key)}
                id={`${id}-${column.key}`}
              />
              {column.label}
            </label>
          ))}
        <Button className="mt-2 w-full">应用</Button>
      </Form>
    </details>
  );
}

const isDense = (search: string) => new URLSearchParams(search).get('dense') === '1';

/** Switches between rows of the usual height and lower ones; the choice is part of the address. */
export function DensityLink() {
  const { search } = useLocation();
  const dense = isDense(search);
  return (
    <A to={withQuery(search, { dense: dense ? null : '1' }) || '?'} className="btn" preventScrollReset>
      {dense ? '标准行高' : '紧凑行高'}
    </A>
  );
}
