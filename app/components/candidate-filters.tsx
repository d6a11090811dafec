import { useLocation } from '@remix-run/react';
import { INDUSTRY_SECTIONS } from '../rules/facts/sections.ts';
import { withQuery } from './address.ts';
import type { Option } from './field.tsx';
import { FilterBar, FilterChips, type Chosen } from './filters.tsx';

/** In the order of the sizes of 300号. */
export const SIZE_WORDS: readonly Option[] = [
  { value: 'micro', label: '微型' },
  { value: 'small', label: '小型' },
  { value: 'medium', label: '中型' },
  { value: 'large', label: '大型' },
];

const FIELDS: readonly Option[] = [
  '电子信息',
  '生物与新医药',
  '航空航天',
  '新材料',
  '高技术服务',
  '新能源与节能',
  '资源与环境',
  '先进制造与自动化',
].map((label, i) => ({ value: String(i + 1), label }));

const SECTIONS: readonly Option[] = INDUSTRY_SECTIONS.map(([value, label]) => ({
  value,
  label: `${value} ${label}`,
}));

/** What is typed for a gap is in this unit. */
const TYPED: Readonly<Record<string, string>> = {
  CNY: '万元',
  USD: '万美元',
  ratio: '个百分点',
  persons: '人',
  points: '分',
  years: '年',
  days: '天',
  count: '项',
};

/** Keys of the address that filter. */
const FILTERS = ['q', 'section', 'field', 'size', 'held', 'steward', 'gap', 'most', 'sort'];

interface Props {
  readonly conditions: readonly { id: string; label: string; unit: string | null; n: number }[];
  readonly schemes: readonly Option[];
  readonly stewards: { readonly options: readonly Option[]; readonly value: string };
}

const labelOf = (options: readonly Option[], value: string | null) =>
  options.find((option) => option.value === value)?.label ?? value;

/** The filters of a candidate list, and the ones in force as a sentence of which each part can be taken out. */
export function CandidateFilters({ conditions, schemes, stewards }: Props) {
  const { search } = useLocation();
  const query = new URLSearchParams(search);
  const gap = conditions.find(({ id }) => id === query.get('gap'));
  const gaps = conditions.map(({ id, label, n }) => ({
    value: id,
    label: `${label}（${n.toLocaleString('zh-CN')}）`,
  }));
  const without = (...keys: string[]) =>
    withQuery(search, { ...Object.fromEntries(keys.map((key) => [key, null])), page: null }) || '?';
  const choices: readonly { key: string; words: string; options: readonly Option[] }[] = [
    { key: 'section', words: '行业', options: SECTIONS },
    { key: 'field', words: '技术领域', options: FIELDS },
    { key: 'size', words: '规模', options: SIZE_WORDS },
    { key: 'held', words: '已有称号', options: schemes },
    { key: 'steward', words: '管家', options: stewards.options },
  ];
  const chosen: Chosen[] = [
    ...(query.get('q') ? [{ text: `名称或拼音含“${query.get('q')}”`, without: without('q') }] : []),
    ...choices
      .filter(({ key }) => query.get(key))
      .map(({ key, words, options }) => ({
        text: `${words}为${labelOf(options, query.get(key))}`,
        without: without(key),
      })),
    ...(gap
      ? [
          {
            text: `${gap.label}有差距${query.get('most') ? `且不超过 ${query.get('most')} ${TYPED[gap.unit ?? ''] ?? ''}` : ''}`,
            without: without('gap', 'most', 'sort'),
          },
        ]
      : []),
  ];
  return (
    <>
      <FilterBar
        keep={['tab', 'action', 'on', 'dense']}
        clear={without(...FILTERS)}
        filters={[
          { name: 'q', label: '名称、拼音、代码', placeholder: '如 hwkj', width: 'w-32' },
          { name: 'section', label: '行业门类', options: SECTIONS },
          { name: 'field', label: '技术领域', options: FIELDS },
          { name: 'size', label: '规模', options: SIZE_WORDS },
          { name: 'held', label: '已有称号', options: schemes },
          { name: 'steward', label: '管家', ...stewards },
          { name: 'gap', label: '差哪一项', options: gaps },
          ...(gap
            ? [
                {
                  name: 'most',
                  label: `差距不超过（${TYPED[gap.unit ?? ''] ?? '原单位'}）`,
                  width: 'w-24',
                },
              ]
            : []),
        ]}
      />
      <FilterChips chosen={chosen} />
    </>
  );
}
