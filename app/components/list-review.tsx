import { Form, useLocation } from '@remix-run/react';
import type { ListGroup, NameListHead, NameListRow, RowFilter } from '../queries/name-lists.server.ts';
import { withQuery } from './address.ts';
import { Button, ButtonLink } from './button.tsx';
import { SchemeChip } from './chips.tsx';
import { ErrorSummary, SelectField, type FieldErrors, type Option } from './field.tsx';
import { FilterBar } from './filters.tsx';
import { whole } from './format.ts';
import { A, ExportLink } from './link.tsx';
import { KeyHints, useRowKeys } from './list-keys.tsx';
import { listColumns } from './list-rows.tsx';
import { LoadingProgress } from './loading-progress.tsx';
import { PageHead } from './page.tsx';
import { Pager } from './pager.tsx';
import { DataTable } from './table.tsx';
import { Tabs } from './tabs.tsx';

interface Props {
  list: NameListHead;
  /** Work on the list is under way. */
  busy: boolean;
  filter: RowFilter;
  page: number;
  rows: readonly NameListRow[];
  total: number;
  states: readonly Option[];
  roles: readonly Option[];
  today: string;
  errors: FieldErrors;
  typed: Readonly<Record<string, string>>;
}

const GROUPS: readonly { id: ListGroup; label: string; count?: 'hit' | 'likely' | 'notOurs' }[] = [
  { id: 'hit', label: '确定命中', count: 'hit' },
  { id: 'likely', label: '疑似', count: 'likely' },
  { id: 'not_ours', label: '不是园区企业', count: 'notOurs' },
  { id: 'all', label: '全部各行' },
];

const EMPTY: Readonly<Record<ListGroup, string>> = {
  all: '没有这样的行。',
  hit: '没有这样的行。',
  likely: '没有疑似的行。',
  not_ours: '名单各行都可能是园区企业。',
};

/** What the list says of itself. */
function Origin({ list }: { list: NameListHead }) {
  const words = [
    `${list.kindLabel}，名单日期 ${list.listedOn}`,
    list.docNo,
    list.grantedOn && `发证日期 ${list.grantedOn}`,
    list.validUntil && `有效期至 ${list.validUntil}`,
    list.fileName ?? '粘贴的名单',
    `共 ${whole(list.total)} 行`,
  ].filter(Boolean);
  return (
    <>
      <span>{words.join('；')}</span>
      {list.link && <a href={list.link}>原文</a>}
    </>
  );
}

/** Which column is what, as recognised; can be put right while nobody has decided. */
function Columns({ list, roles }: { list: NameListHead; roles: readonly Option[] }) {
  const width = Math.max(
    list.headers?.length ?? 0,
    ...Object.values(list.columns).map((index) => (index ?? -1) + 1),
  );
  const options = Array.from({ length: width }, (_, i) => ({
    value: String(i),
    label: `第 ${i + 1} 列${list.headers?.[i] ? `：${list.headers[i]}` : ''}`,
  }));
  const named = roles
    .filter(({ value }) => list.columns[value] != null)
    .map(({ value, label }) => `${label}=${options[list.columns[value]!]?.label ?? ''}`);
  return (
    <details className="mb-3">
      <summary className="cursor-pointer text-ink-2">
        识别的列：{named.join('，')}
        {list.headers === null && '（没有表头，按内容识别）'}
      </summary>
      <Form method="post" className="card mt-2 flex flex-wrap items-end gap-3 p-4">
        {roles.map(({ value, label }) => (
          <SelectField
            key={value}
            label={label}
            name={value}
            options={options}
            blank="无"
            defaultValue={list.columns[value] == null ? '' : String(list.columns[value])}
            className="w-48"
          />
        ))}
        <Button name="do" value="columns">
          按此重新比对
        </Button>
      </Form>
    </details>
  );
}

/** What can be done with the list as a whole. */
function Actions({ list, filter }: { list: NameListHead; filter: RowFilter }) {
  const { openHits, confirmed, made, existing } = list.counts;
  return (
    <Form method="post" className="no-print mb-3 flex flex-wrap items-center gap-2" preventScrollReset>
      <Button look={openHits > 0 ? 'primary' : 'plain'} name="do" value="hits" disabled={openHits === 0}>
        确认全部确定命中（{whole(openHits)}）
      </Button>
      <Button look={confirmed > 0 ? 'primary' : 'plain'} name="do" value="record" disabled={confirmed === 0}>
        登记 {whole(confirmed)} 家的{list.kindLabel}
      </Button>
      <Button name="do" value="undoAll" disabled={confirmed === 0}>
        撤回未登记的确认
      </Button>
      <Button look="quiet" name="do" value="match">
        重新比对
      </Button>
      <span className="ml-auto flex items-center gap-2">
        {list.kind === 'publicise' && made + existing > 0 && (
          <ButtonLink to={`/lists?from=${list.id}#new`}>认定公告已到，沿用此名单</ButtonLink>
        )}
        <ExportLink to={`/lists/${list.id}/xlsx`}>
          导出{GROUPS.find(({ id }) => id === filter.group)!.label}
        </ExportLink>
      </span>
    </Form>
  );
}

/** The sums of a list, each of which opens its rows. */
function Sums({ list }: { list: NameListHead }) {
  const { open, confirmed, made, existing, refused } = list.counts;
  const sums: readonly [label: string, state: string, count: number][] = [
    ['待处理', 'open', open],
    ['已确认未登记', 'confirmed', confirmed],
    ['已登记', 'made', made],
    ['已有记录', 'existing', existing],
    ['未能登记', 'refused', refused],
  ];
  return (
    <p className="mb-3 flex flex-wrap gap-x-5 text-ink-2">
      {sums.map(([label, state, count]) => (
        <span key={state}>
          {label}{' '}
          <A to={`?group=all&state=${state}`} className="font-semibold" aria-label={`${label} ${count} 行`}>
            {whole(count)}
          </A>
        </span>
      ))}
    </p>
  );
}

/** The review of one list: three groups, each row with its reason and whom it may mean. */
export function ListReview(props: Props) {
  const { list, busy, filter, page, rows, total, states, roles, today, errors, typed } = props;
  const { search } = useLocation();
  const working = list.status === 'matching' || list.status === 'recording';
  const box = useRowKeys();
  return (
    <>
      <PageHead
        before={<A to="/lists">名单比对</A>}
        title={
          <span className="flex flex-wrap items-center gap-3">
            {list.title}
            <SchemeChip scheme={list.scheme} label={list.schemeLabel} />
          </span>
        }
        note={<Origin list={list} />}
        asOf={today}
        basis="确定命中：代码或名称（含曾用名、同一名称的不同写法）一致且别无他家；其余由人判断"
      />
      <ErrorSummary errors={errors} />
      {working && busy ? (
        <LoadingProgress
          words={list.status === 'matching' ? '正在比对' : '正在登记'}
          done={list.done}
          of={list.status === 'matching' ? list.total : list.done + list.counts.confirmed}
        />
      ) : (
        <>
          {(working || list.status === 'failed') && (
            <p className="mb-3 rounded-md bg-unmet-soft px-4 py-2 text-unmet">
              上次处理中断，已完成的部分保留。
              {list.status === 'recording' ? '再点“登记”即可继续。' : '请点“重新比对”。'}
            </p>
          )}
          <Sums list={list} />
          <Actions list={list} filter={filter} />
          <Columns list={list} roles={roles} />
          <Tabs
            label="比对结果"
            tabs={GROUPS.map(({ id, label, count }) => ({
              to: withQuery(search, { group: id, page: null }),
              label,
              count: count ? list.counts[count] : list.total,
              current: filter.group === id,
            }))}
          />
          <FilterBar
            keep={['group']}
            filters={[
              { name: 'state', label: '状态', options: states },
              { name: 'q', label: '名称或代码', placeholder: '名单所列名称' },
            ]}
          >
            <KeyHints />
          </FilterBar>
          <div ref={box}>
            <DataTable
              caption={`名单：${GROUPS.find(({ id }) => id === filter.group)!.label}`}
              columns={listColumns(list.scheme)}
              rows={rows.map((row) => ({
                ...row,
                typed: typed.row === String(row.id) ? (typed.codeOrName ?? '') : '',
              }))}
              rowKey={(row) => row.id}
              empty={<p className="px-4 py-3 text-ink-3">{EMPTY[filter.group]}</p>}
            />
          </div>
          <Pager page={page} size={50} total={total} />
        </>
      )}
    </>
  );
}
