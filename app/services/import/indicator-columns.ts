/** The columns of a table of entered values, one for each field of such a value: for the form, the template and the import. */
import { ABSENCES, type Absence } from '../../db/indicator-rows.server.ts';
import { QUALIFIERS } from '../../pipeline/figures/quantity.ts';
import { UNIT_NAMES } from '../../pipeline/figures/units.ts';
import type { Option } from '../../rules/facts/fields.ts';
import type { NewValue } from '../indicator-values.server.ts';

export interface ValueColumn {
  readonly label: string;
  /** Other headers by which it is known. */
  readonly aliases: readonly string[];
  readonly required: boolean;
  /** How a cell is written. */
  readonly form: string;
  readonly hint?: string;
}

const DAY = '日期，如 2026-04-01';
const CHOICE = '从下拉中选';

/** Every field of a value has its column: one that is added is missing here until it has. */
export const VALUE_COLUMNS: Readonly<Record<keyof NewValue, ValueColumn>> = {
  indicator: {
    label: '指标',
    aliases: ['指标名称'],
    required: true,
    form: CHOICE,
    hint: '口径登记簿中录入的指标；系统自算的和比率不录入',
  },
  fromOn: {
    label: '首日',
    aliases: ['起始日', '开始日期'],
    required: false,
    form: DAY,
    hint: '累计数从 1 月 1 日起；时点存量不填',
  },
  toOn: {
    label: '末日',
    aliases: ['截至日', '截止日', '结束日期'],
    required: true,
    form: DAY,
    hint: '含当日；时点存量即截至日',
  },
  parkId: { label: '园区', aliases: ['所属园区'], required: false, form: CHOICE, hint: '空白为全部（全区）' },
  value: {
    label: '数值',
    aliases: [],
    required: false,
    form: '数字',
    hint: '按报表原样，不换算；没有数值的填“没有数值”一列',
  },
  unit: { label: '单位', aliases: [], required: false, form: CHOICE, hint: '空白为口径登记的单位' },
  qualifier: { label: '限定词', aliases: [], required: false, form: CHOICE, hint: '如“近20%”“30余条”' },
  absence: {
    label: '没有数值',
    aliases: ['缺报'],
    required: false,
    form: CHOICE,
    hint: '与 0 不同；也可以直接写在“数值”列',
  },
  source: { label: '来源', aliases: ['数据来源'], required: true, form: '文本', hint: '文件、报表或单位' },
  knownAt: { label: '知悉日期', aliases: [], required: true, form: DAY, hint: '报表或文件的日期' },
  note: {
    label: '更正理由',
    aliases: [],
    required: false,
    form: '文本',
    hint: '该期间已有数值时必填；原数值留存',
  },
};
/** The columns in their order, as a page lists them. */
export const valueColumns = () =>
  Object.values(VALUE_COLUMNS).map(({ label, required, form, hint = '' }) => ({
    label,
    required,
    form,
    hint,
  }));

/** Labels and hints of the fields, for the form of one value. */
export const valueFields = () =>
  Object.fromEntries(
    Object.entries(VALUE_COLUMNS).map(([key, { label, hint = '' }]) => [key, { label, help: hint }]),
  ) as Record<keyof NewValue, { label: string; help: string }>;

export const VALUE_KEYS = Object.keys(VALUE_COLUMNS) as (keyof NewValue)[];

export const ABSENCE_OPTIONS: readonly (Option & { readonly value: Absence })[] = [
  { value: ABSENCES[0], label: '未报送' },
  { value: ABSENCES[1], label: '不适用' },
];
const named = (values: readonly string[]): Option[] => values.map((value) => ({ value, label: value }));
export const QUALIFIER_OPTIONS = named(Object.keys(QUALIFIERS));
export const UNIT_OPTIONS = named(UNIT_NAMES);
