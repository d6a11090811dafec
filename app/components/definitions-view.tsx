import { Form } from '@remix-run/react';
import type { DefinitionChoices, DefinitionLine, DefinitionPage } from '../queries/definitions.server.ts';
import { Button, ButtonLink, SubmitButton } from './button.tsx';
import { ErrorSummary, Field, SelectField, type FieldErrors, type Option } from './field.tsx';
import { FilterBar } from './filters.tsx';
import { minuteText } from './format.ts';
import { IndicatorName } from './indicator-cells.tsx';
import { A } from './link.tsx';
import { Card, EmptyState, PageHead, Pairs } from './page.tsx';
import { PrintButton } from './print-button.tsx';
import { DataTable, type Column } from './table.tsx';

const address = (id: string) => `/definitions/${encodeURIComponent(id)}`;
const labelOf = (options: readonly Option[], value: string) =>
  options.find((option) => option.value === value)?.label ?? value;

const columns = ({ natures, roundings }: DefinitionChoices): readonly Column<DefinitionLine>[] => [
  { key: 'label', label: '指标', pin: true, cell: (row) => <A to={address(row.id)}>{row.label}</A> },
  { key: 'nature', label: '性质', cell: (row) => labelOf(natures, row.nature) },
  { key: 'unit', label: '单位', cell: (row) => row.unit },
  { key: 'numerator', label: '分子（计数）', wrap: true, cell: (row) => row.numerator },
  { key: 'denominator', label: '分母', wrap: true, cell: (row) => row.denominator ?? '—' },
  { key: 'scope', label: '范围', wrap: true, optional: true, cell: (row) => row.scope },
  {
    key: 'rounding',
    label: '修约',
    cell: (row) => `${labelOf(roundings, row.rounding)}，${row.digits} 位；率 ${row.rateDigits} 位`,
  },
  { key: 'source', label: '来源', wrap: true, cell: (row) => row.source },
  { key: 'owner', label: '负责人', cell: (row) => row.owner },
  {
    key: 'kind',
    label: '取数',
    cell: (row) => (row.builtin ? '系统计算' : row.nature === 'rate' ? '由分子分母' : '录入'),
  },
];

/** 口径登记簿. */
export function DefinitionsView({
  rows,
  choices,
  mayWrite,
  asOf,
}: {
  rows: readonly DefinitionLine[];
  choices: DefinitionChoices;
  mayWrite: boolean;
  asOf: string;
}) {
  return (
    <>
      <PageHead
        title="口径登记簿"
        before={<A to="/indicators">指标</A>}
        asOf={asOf}
        basis="页面、导出和文字稿中的每个指标都依此计数；更改不覆盖，原口径留存"
      >
        {mayWrite && (
          <ButtonLink look="primary" to="/definitions/new">
            登记指标
          </ButtonLink>
        )}
        <PrintButton />
      </PageHead>
      <FilterBar
        filters={[
          { name: 'q', label: '指标', placeholder: '名称或计数内容' },
          { name: 'nature', label: '性质', options: choices.natures },
          {
            name: 'kind',
            label: '取数',
            options: [
              { value: 'builtin', label: '系统计算' },
              { value: 'entered', label: '录入' },
            ],
          },
        ]}
      />
      <DataTable
        caption="口径登记簿"
        columns={columns(choices)}
        rows={rows}
        rowKey={(row) => row.id}
        empty={<EmptyState title="没有符合条件的指标" />}
      />
      <p className="mt-2 text-xs text-ink-3">共 {rows.length} 项</p>
    </>
  );
}

type Row = DefinitionPage['history'][number];

const historyColumns = ({ natures, roundings }: DefinitionChoices): readonly Column<Row>[] => [
  {
    key: 'at',
    label: '登记时间',
    pin: true,
    cell: (row) => `${minuteText(row.enteredAt)}，${row.enteredBy}`,
  },
  {
    key: 'until',
    label: '停用',
    cell: (row) => (row.endedAt ? `${minuteText(row.endedAt)}，${row.endedBy}` : '有效'),
  },
  { key: 'label', label: '名称', cell: (row) => row.label },
  { key: 'nature', label: '性质', cell: (row) => labelOf(natures, row.nature) },
  { key: 'unit', label: '单位', cell: (row) => row.unit },
  { key: 'numerator', label: '分子（计数）', wrap: true, cell: (row) => row.numerator },
  { key: 'denominator', label: '分母', wrap: true, cell: (row) => row.denominator ?? '—' },
  { key: 'scope', label: '范围', wrap: true, cell: (row) => row.scope },
  {
    key: 'rounding',
    label: '修约',
    cell: (row) => `${labelOf(roundings, row.rounding)}，${row.digits} 位；率 ${row.rateDigits} 位`,
  },
  { key: 'owner', label: '负责人', cell: (row) => row.owner },
];

const names = (list: readonly { id: string; label: string }[]) =>
  list.map((each, i) => (
    <span key={each.id}>
      {i > 0 && '、'}
      <IndicatorName {...each} />
    </span>
  ));

/** One definition and its history. */
export function DefinitionView({
  page,
  choices,
  mayWrite,
}: {
  page: DefinitionPage;
  choices: DefinitionChoices;
  mayWrite: boolean;
}) {
  const { definition, builtin, inForce, numerators, denominators, partOf, stepAfter, history } = page;
  const items = [
    { label: '性质', value: labelOf(choices.natures, definition.nature) },
    { label: '单位', value: definition.unit },
    { label: definition.denominator ? '分子' : '计数内容', value: definition.numerator },
    ...(definition.denominator ? [{ label: '分母', value: definition.denominator }] : []),
    ...(numerators.length > 0 ? [{ label: '分子指标', value: names(numerators) }] : []),
    ...(denominators.length > 0 ? [{ label: '分母指标', value: names(denominators) }] : []),
    { label: '范围', value: definition.scope },
    { label: '修约', value: labelOf(choices.roundings, definition.rounding) },
    { label: '小数位', value: `数值 ${definition.digits} 位，比率与增幅 ${definition.rateDigits} 位` },
    { label: '来源', value: definition.source },
    { label: '负责人', value: definition.owner },
    ...(partOf ? [{ label: '属于（组成部分之和须等于它）', value: names([partOf]) }] : []),
    ...(stepAfter ? [{ label: '上一步（须包含本指标）', value: names([stepAfter]) }] : []),
    {
      label: '取数',
      value: builtin
        ? '系统由称号与事件计算'
        : definition.nature === 'rate'
          ? '由分子与分母计算'
          : '人工录入',
    },
    { label: '标识', value: <code>{definition.id}</code> },
  ];
  return (
    <>
      <PageHead
        title={definition.label}
        before={<A to="/definitions">口径登记簿</A>}
        note={!inForce && <span className="chip bg-unknown-soft text-unknown">已停用</span>}
      >
        {inForce && <ButtonLink to={`/indicators/${encodeURIComponent(definition.id)}`}>看数值</ButtonLink>}
        {mayWrite && inForce && (
          <ButtonLink look="primary" to={`${address(definition.id)}/edit`}>
            更改口径
          </ButtonLink>
        )}
      </PageHead>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        <Card title="口径">
          <Pairs items={items} />
        </Card>
        <Card title="变更记录" note="更改结束原口径，另立新口径" flush>
          <DataTable
            caption="变更记录"
            flow
            columns={historyColumns(choices)}
            rows={history}
            rowKey={(row) => row.rowId}
            empty={<p className="p-4 text-ink-3">随程序提供，没有更改过。</p>}
          />
        </Card>
      </div>
    </>
  );
}

interface FormProps {
  title: string;
  /** Set for a change. */
  id: string | null;
  builtin: boolean;
  values: Readonly<Record<string, string>>;
  errors: FieldErrors;
  choices: DefinitionChoices;
  indicators: readonly Option[];
}

/** The form of a definition; of a built-in one only what the park may say. */
export function DefinitionForm({ title, id, builtin, values, errors, choices, indicators }: FormProps) {
  const text = (name: string) => ({ name, defaultValue: values[name] ?? '', error: errors[name] });
  return (
    <>
      <PageHead
        title={title}
        before={<A to="/definitions">口径登记簿</A>}
        basis={builtin ? '系统计算的指标：可改名称、范围说明、修约和负责人，不改计数方法' : undefined}
      />
      <Card>
        <Form method="post" noValidate className="max-w-4xl">
          <ErrorSummary errors={errors} />
          <input type="hidden" name="rowId" value={values.rowId ?? ''} />
          <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2 lg:grid-cols-3">
            {id === null && (
              <Field
                label="标识"
                {...text('id')}
                maxLength={60}
                help="登记后不变，如 investment、rd.intensity"
              />
            )}
            <Field label="名称" {...text('label')} maxLength={60} />
            {builtin ? (
              <>
                <input type="hidden" name="nature" value={values.nature} />
                <input type="hidden" name="unit" value={values.unit} />
                <input type="hidden" name="numerator" value={values.numerator} />
              </>
            ) : (
              <>
                <SelectField label="性质" {...text('nature')} options={choices.natures} blank="请选择" />
                <SelectField
                  label="单位"
                  {...text('unit')}
                  options={choices.units}
                  blank="请选择"
                  help="比率的单位为 %"
                />
                <Field
                  label="分子（计数内容）"
                  {...text('numerator')}
                  className="lg:col-span-2"
                  maxLength={300}
                />
                <Field
                  label="分母"
                  {...text('denominator')}
                  optional
                  maxLength={300}
                  help="比率必填；没有总数的，不能设为比率"
                />
                <SelectField
                  label="分子指标"
                  {...text('numeratorId')}
                  options={indicators}
                  blank="无"
                  optional
                  help="比率必选"
                />
                <SelectField
                  label="分母指标"
                  {...text('denominatorIds')}
                  options={indicators}
                  blank="无"
                  optional
                  help="比率必选"
                />
                <SelectField
                  label="第二个分母"
                  {...text('secondDenominator')}
                  options={indicators}
                  blank="无"
                  optional
                />
                <SelectField
                  label="属于"
                  {...text('partOf')}
                  options={indicators}
                  blank="无"
                  optional
                  help="各组成部分之和须等于它"
                />
                <SelectField
                  label="上一步"
                  {...text('stepAfter')}
                  options={indicators}
                  blank="无"
                  optional
                  help="逐级转化：本指标包含于上一步"
                />
              </>
            )}
            <Field
              label="范围"
              {...text('scope')}
              className="sm:col-span-2 lg:col-span-3"
              maxLength={300}
              help="哪些企业、哪个区域"
            />
            <SelectField label="修约" {...text('rounding')} options={choices.roundings} />
            <Field label="数值小数位" {...text('digits')} inputMode="numeric" />
            <Field label="比率小数位" {...text('rateDigits')} inputMode="numeric" help="同比、占比、完成率" />
            <Field label="来源" {...text('source')} className="lg:col-span-2" maxLength={300} />
            <Field label="负责人" {...text('owner')} maxLength={60} help="科室或姓名" />
          </div>
          <p className="mt-5 flex gap-3">
            <SubmitButton>{id === null ? '登记' : '保存'}</SubmitButton>
            {values.rowId && (
              <Button look="danger" name="do" value="end">
                {builtin ? '恢复原口径' : '停用'}
              </Button>
            )}
            <A to={id === null ? '/definitions' : address(id)} className="btn btn-quiet">
              取消
            </A>
          </p>
        </Form>
      </Card>
    </>
  );
}
