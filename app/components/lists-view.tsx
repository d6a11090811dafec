import { Form } from '@remix-run/react';
import type { NameListLine } from '../queries/name-lists.server.ts';
import { LEVEL_OPTIONS } from '../rules/facts/fields.ts';
import { SubmitButton } from './button.tsx';
import { SchemeChip } from './chips.tsx';
import { ErrorSummary, Field, SelectField, TextField, type FieldErrors, type Option } from './field.tsx';
import { minuteText, whole } from './format.ts';
import { A } from './link.tsx';
import { PageHead } from './page.tsx';
import { Pager } from './pager.tsx';
import { DataTable, type Column } from './table.tsx';

interface Choices {
  kinds: readonly Option[];
  schemes: readonly Option[];
}

interface Props extends Choices {
  lists: readonly NameListLine[];
  page: number;
  total: number;
  /** A list that follows another one. */
  draft: Readonly<Record<string, string>> | null;
  today: string;
  errors: FieldErrors;
  typed: Readonly<Record<string, string>> | null;
}

/** How far the review of a list is. */
function Standing({ list }: { list: NameListLine }) {
  if (list.status === 'matching' || list.status === 'recording')
    return <span className="chip bg-accent-soft text-accent-deep">正在处理</span>;
  if (list.status === 'failed') return <span className="chip bg-unmet-soft text-unmet">比对中断</span>;
  const { open = 0, confirmed = 0 } = list.counts ?? {};
  if (open > 0) return <span className="chip bg-unknown-soft text-unknown">待处理 {whole(open)}</span>;
  return confirmed > 0 ? (
    <span className="chip bg-accent-soft text-accent-deep">待登记 {whole(confirmed)}</span>
  ) : (
    <span className="chip bg-met-soft text-met">已处理</span>
  );
}

const counted = (key: 'hit' | 'likely' | 'notOurs', group: string) => (list: NameListLine) => (
  <A to={`/lists/${list.id}?group=${group}`}>{whole(list.counts?.[key] ?? 0)}</A>
);

const COLUMNS: readonly Column<NameListLine>[] = [
  {
    key: 'title',
    label: '名单',
    pin: true,
    wrap: true,
    cell: (list) => <A to={`/lists/${list.id}`}>{list.title}</A>,
  },
  {
    key: 'scheme',
    label: '称号',
    cell: (list) => <SchemeChip scheme={list.scheme} label={list.schemeLabel} />,
  },
  { key: 'kind', label: '种类', cell: (list) => list.kindLabel },
  { key: 'docNo', label: '文号', cell: (list) => list.docNo ?? '—' },
  { key: 'listedOn', label: '名单日期', cell: (list) => list.listedOn },
  { key: 'standing', label: '进度', cell: (list) => <Standing list={list} /> },
  { key: 'total', label: '行数', num: true, cell: (list) => whole(list.total) },
  { key: 'hit', label: '确定命中', num: true, cell: counted('hit', 'hit') },
  { key: 'likely', label: '疑似', num: true, cell: counted('likely', 'likely') },
  { key: 'notOurs', label: '非园区', num: true, cell: counted('notOurs', 'not_ours') },
  {
    key: 'made',
    label: '已登记',
    num: true,
    cell: (list) => whole((list.counts?.made ?? 0) + (list.counts?.existing ?? 0)),
  },
  { key: 'by', label: '经办', cell: (list) => `${list.actor} ${minuteText(list.createdAt)}` },
];

function NewList({
  choices,
  values,
  errors,
  today,
}: {
  choices: Choices;
  values: Readonly<Record<string, string>>;
  errors: FieldErrors;
  today: string;
}) {
  const text = (name: string) => ({ name, defaultValue: values[name] ?? '', error: errors[name] });
  return (
    <Form method="post" encType="multipart/form-data" noValidate className="card mb-6 p-6" id="new">
      <h2 className="mb-3 text-lg">登记一份名单</h2>
      <ErrorSummary errors={errors} />
      <div className="grid gap-x-6 gap-y-4 md:grid-cols-2 xl:grid-cols-4">
        <Field label="名单标题" {...text('title')} maxLength={200} className="md:col-span-2" />
        <SelectField label="称号" {...text('scheme')} options={choices.schemes} blank="请选择" />
        <SelectField
          label="名单种类"
          {...text('kind')}
          options={choices.kinds}
          blank="请选择"
          help="公示不等于认定，认定公告另行登记"
        />
        <Field label="名单日期" {...text('listedOn')} type="date" max={today} help="事件自该日生效" />
        <Field label="文号" {...text('docNo')} optional help="认定、复核、撤销须有文号或网址" />
        <Field label="网址" {...text('link')} type="url" optional className="md:col-span-2" />
      </div>
      <div className="mt-4 grid gap-x-6 gap-y-4 xl:grid-cols-2">
        <TextField
          label="粘贴名单"
          {...text('pasted')}
          rows={6}
          optional
          help="一行一家；从 Excel 或网页整表粘贴时，连同表头一起"
        />
        <div className="grid content-start gap-4">
          <Field
            label="或选择文件"
            name="file"
            type="file"
            accept=".xlsx,.xls,.csv,.txt"
            error={errors.file}
            help="xlsx、xls、csv；自动识别“企业名称”等列，比对后可以改。同一份名单再次登记会认出来"
          />
          <fieldset className="grid gap-x-6 gap-y-4 sm:grid-cols-3">
            <legend className="mb-2 text-xs text-ink-3">仅认定、复核通过名单填写</legend>
            <SelectField label="级别" {...text('level')} options={LEVEL_OPTIONS} blank="未注明" optional />
            <Field
              label="发证日期"
              {...text('grantedOn')}
              type="date"
              max={today}
              optional
              help="不填即名单日期"
            />
            <Field label="有效期至" {...text('validUntil')} type="date" optional help="含当日" />
          </fieldset>
        </div>
      </div>
      <p className="mt-5">
        <SubmitButton busy="正在读取…">读入并比对</SubmitButton>
      </p>
    </Form>
  );
}

/** Official lists: a new one, and those on record. */
export function ListsView({ lists, page, total, draft, today, errors, typed, ...choices }: Props) {
  return (
    <>
      <PageHead
        title="名单比对"
        asOf={today}
        basis="主管部门名单逐行与园区企业的代码、名称、曾用名比对；只有经人确认的行才登记"
      />
      {/* The key fills the form anew when it is opened for a list that follows another. */}
      <NewList
        key={draft ? 'draft' : 'new'}
        choices={choices}
        values={typed ?? draft ?? {}}
        errors={errors}
        today={today}
      />
      <h2 className="mb-2 text-lg">已登记的名单</h2>
      <DataTable
        caption="已登记的名单"
        flow
        columns={COLUMNS}
        rows={lists}
        rowKey={(list) => list.id}
        empty={
          <p className="px-4 py-3 text-ink-3">
            还没有登记过名单。把公示或认定名单粘贴到上面，即可看到园区有哪些企业在列。
          </p>
        }
      />
      <Pager page={page} size={20} total={total} />
    </>
  );
}
