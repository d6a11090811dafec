import { createRemixStub } from '@remix-run/testing';
import { cleanup, render, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, test } from 'vitest';
import { Pager } from './pager.tsx';
import { ColumnChooser, DataTable, type Column } from './table.tsx';

afterEach(cleanup);

interface Row {
  id: number;
  name: string;
  revenue: number;
}

const rows: Row[] = [
  { id: 1, name: '甲', revenue: 10 },
  { id: 2, name: '乙', revenue: 20 },
];

const columns: Column<Row>[] = [
  { key: 'name', label: '企业名称', pin: true, sortable: true, cell: (row) => row.name },
  {
    key: 'revenue',
    label: '销售收入',
    unit: '万元',
    num: true,
    sortable: true,
    optional: true,
    cell: (row) => row.revenue,
    total: 30,
  },
  { key: 'hidden', label: '更新时间', optional: 'off', cell: () => '2026' },
];

function show(address: string, shown: Row[] = rows) {
  const Page = () => (
    <>
      <ColumnChooser columns={columns} />
      <DataTable
        caption="企业"
        columns={columns}
        rows={shown}
        rowKey={(row) => row.id}
        sort={{ key: 'revenue', down: true }}
        empty={<p>没有企业</p>}
      />
      <Pager page={2} size={50} total={120} />
    </>
  );
  const Stub = createRemixStub([{ path: '/enterprises', Component: Page }]);
  return render(<Stub initialEntries={[address]} />);
}

describe('a ledger table', () => {
  test('heads, rows and totals are a table to a screen reader, the unit stands once', async () => {
    show('/enterprises');
    const table = within(await screen.findByRole('table', { name: '企业' }));
    expect(table.getAllByRole('columnheader').map((cell) => cell.textContent)).toEqual([
      '企业名称',
      '销售收入（万元）',
    ]);
    expect(table.getAllByRole('rowheader').map((cell) => cell.textContent)).toEqual(['甲', '乙', '合计']);
    expect(table.getByRole('cell', { name: '30' })).toBeTruthy();
  });

  test('sorting is an address: the present column turns round, the page starts anew, the park stays', async () => {
    show('/enterprises?park=north&page=3&sort=-revenue');
    const link = await screen.findByRole('link', { name: /销售收入/ });
    expect(link.closest('th')!.getAttribute('aria-sort')).toBe('descending');
    expect(new URL(link.getAttribute('href')!, 'http://x').searchParams.toString()).toBe(
      'park=north&sort=revenue',
    );
    const other = screen.getByRole('link', { name: '企业名称' });
    expect(other.closest('th')!.hasAttribute('aria-sort')).toBe(false);
  });

  test('columns are chosen in the address; those that are off wait to be chosen', async () => {
    show('/enterprises?cols=hidden');
    const table = within(await screen.findByRole('table', { name: '企业' }));
    expect(table.getAllByRole('columnheader').map((cell) => cell.textContent)).toEqual([
      '企业名称',
      '更新时间',
    ]);
    expect((screen.getByLabelText('更新时间') as HTMLInputElement).checked).toBe(true);
    expect((screen.getByLabelText('销售收入') as HTMLInputElement).checked).toBe(false);
  });

  test('says why it is empty', async () => {
    show('/enterprises', []);
    expect(await screen.findByText('没有企业')).toBeTruthy();
    expect(screen.queryByRole('table')).toBeNull();
  });
});

describe('the pager', () => {
  test('tells where one is and keeps the filters', async () => {
    show('/enterprises?q=x');
    expect(await screen.findByText('共 120 条，第 51–100 条')).toBeTruthy();
    expect(screen.getByRole('link', { name: '下一页' }).getAttribute('href')).toContain('q=x&page=3');
    expect(screen.getByRole('link', { name: '上一页' }).getAttribute('href')).not.toContain('page=');
  });
});
