import type { CandidateRow } from '../queries/candidates.server.ts';
import { closenessClass, type Chance, type ClosenessClass } from '../rules/ranking.ts';
import { SIZE_WORDS } from './candidate-filters.tsx';
import { chanceText, rankReason, weakestText } from './candidate-words.ts';
import { RESULT_SOFT, SchemeChip } from './chips.tsx';
import { Icon } from './icons.tsx';
import { A } from './link.tsx';
import { gapText } from './quantity.ts';
import type { Column } from './table.tsx';
import { RESULT_LABELS } from './terms.ts';
import { Blank, DateText } from './values.tsx';

type Placed = CandidateRow & { place: number };
type Gap = CandidateRow['gaps'][number];

/** Gaps shown in a row; the rest are counted. */
const SHOWN = 3;

const RANK = { unmet: 0, unknown: 1, manual: 2, met: 3, waived: 3 };

/** What decides: where something is unmet, that, a veto first; else what is open, what can be measured first. */
function deciding(gaps: readonly Gap[]): readonly Gap[] {
  const unmet = gaps.filter((gap) => gap.result === 'unmet');
  if (unmet.length > 0) return unmet.toSorted((a, b) => Number(b.veto) - Number(a.veto));
  return gaps.toSorted((a, b) => RANK[a.result] - RANK[b.result]);
}

function GapChip({ gap }: { gap: Gap }) {
  const missing = gap.result === 'unmet' && gap.gap !== null ? gapText(gap.gap, gap.unit) : '';
  return (
    <span className={`chip ${RESULT_SOFT[gap.result]}`} title={gap.label}>
      <Icon name={gap.result} className="size-3" />
      {gap.veto && gap.result === 'unmet' && <b>一票否决</b>}
      <span className="max-w-40 truncate">{gap.label}</span>
      {missing ? <b>差 {missing}</b> : RESULT_LABELS[gap.result]}
    </span>
  );
}

/** What stands between the enterprise and the title, or what to ask. */
function Gaps({ gaps }: { gaps: CandidateRow['gaps'] }) {
  if (gaps.length === 0) return <span className="text-met">全部达到</span>;
  const shown = deciding(gaps);
  return (
    <span className="flex gap-1.5">
      {shown.slice(0, SHOWN).map((gap) => (
        <GapChip key={gap.id} gap={gap} />
      ))}
      {shown.length > SHOWN && (
        <span
          className="text-ink-3"
          title={shown
            .slice(SHOWN)
            .map(({ label }) => label)
            .join('、')}
        >
          等 {shown.length} 项
        </span>
      )}
    </span>
  );
}

/** One condition's gap in its own unit. */
function OneGap({ row, id }: { row: CandidateRow; id: string }) {
  const gap = row.gaps.find((each) => each.id === id);
  if (!gap) return <span className="text-met">达到</span>;
  if (gap.result !== 'unmet') return <span className="text-ink-3">{RESULT_LABELS[gap.result]}</span>;
  return gap.gap === null ? <span className="text-unmet">未达到</span> : <b>{gapText(gap.gap, gap.unit)}</b>;
}

const tally = (n: number) => n || <span className="text-ink-3">0</span>;

export interface ColumnsInput {
  readonly scheme: string;
  readonly action: string;
  readonly tab: string;
  /** The day of application. */
  readonly on: string;
  readonly today: string;
  readonly conditions: readonly {
    readonly id: string;
    readonly label: string;
    readonly unit: string | null;
  }[];
  /** The condition filtered by. */
  readonly gap: string | null;
  readonly chances: Partial<Record<ClosenessClass, Chance>>;
  /** Rows can be chosen for a batch. */
  readonly choosable: boolean;
  /** Some verdict rests on the figures of an earlier year. */
  readonly prejudged: boolean;
}

const GAP_HEAD: Readonly<Record<string, string>> = {
  near: '差什么',
  eligible: '差什么',
  undetermined: '要问什么',
  blocked: '为何',
};

/** The columns of a candidate list; the gap of each condition is one that can be chosen. */
export function candidateColumns(input: ColumnsInput): readonly Column<Placed>[] {
  const { scheme, action, on, today, conditions, chances } = input;
  const filtered = conditions.filter(({ id }) => id === input.gap);
  return [
    {
      key: 'name',
      label: '企业名称',
      pin: true,
      sortable: true,
      cell: (row) => (
        <span className="flex items-center gap-2">
          {input.choosable && (
            <input
              type="checkbox"
              name="enterprise"
              value={row.id}
              form="choose"
              aria-label={`选择 ${row.name}`}
            />
          )}
          <span className="inline-block w-8 shrink-0 text-right text-xs text-ink-3">{row.place}</span>
          <A to={`/enterprises/${row.uscc}#verdict-${scheme}`}>{row.name}</A>
        </span>
      ),
    },
    {
      key: 'tier',
      label: '最高称号',
      optional: true,
      cell: (row) => (row.tier ? <SchemeChip scheme={row.tier} /> : <Blank says="无" />),
    },
    ...filtered.map(({ id, label }) => ({
      key: 'gap',
      label: `${label}差距`,
      num: true,
      sortable: true,
      cell: (row: Placed) => <OneGap row={row} id={id} />,
    })),
    { key: 'gaps', label: GAP_HEAD[input.tab]!, cell: (row) => <Gaps gaps={row.gaps} /> },
    {
      key: 'figures',
      label: '依据年度',
      optional: input.prejudged || 'off',
      cell: (row) => <FiguresOf of={row.figuresOf} on={on} />,
    },
    {
      key: 'rank',
      label: '排序理由',
      sortable: true,
      optional: true,
      cell: (row) => <span className="text-ink-2">{rankReason(row, action, today)}</span>,
    },
    ...(Object.keys(chances).length > 0
      ? [
          {
            key: 'chance',
            label: '本园区历史通过率',
            optional: true,
            cell: (row: Placed) => {
              const chance = chances[closenessClass(row)];
              return chance ? chanceText(chance) : <Blank says="可比案例不足 20 例" />;
            },
          },
        ]
      : []),
    { key: 'met', label: '达到', unit: '项', num: true, optional: 'off', cell: (row) => row.met },
    { key: 'unmet', label: '未达到', unit: '项', num: true, optional: true, cell: (row) => tally(row.unmet) },
    {
      key: 'unknown',
      label: '缺数据',
      unit: '项',
      num: true,
      optional: true,
      cell: (row) => tally(row.unknown),
    },
    {
      key: 'manual',
      label: '待人工',
      unit: '项',
      num: true,
      optional: true,
      cell: (row) => tally(row.manual),
    },
    {
      key: 'titleUntil',
      label: action === 'renewal' ? '称号到期' : '最近到期称号',
      sortable: true,
      optional: true,
      cell: (row) => (row.titleUntil ? <DateText day={row.titleUntil} /> : <Blank says="无" />),
    },
    {
      key: 'stewards',
      label: '管家',
      optional: true,
      cell: (row) => (row.stewards.length === 0 ? <Blank says="未分配" /> : row.stewards.join('、')),
    },
    {
      key: 'lastContact',
      label: '最近联系',
      optional: true,
      cell: (row) => (row.lastContact ? <DateText day={row.lastContact} /> : <Blank says="没有记录" />),
    },
    {
      key: 'weakest',
      label: '最弱数据来源',
      optional: 'off',
      cell: (row) => weakestText(row) ?? <Blank says="没有用到年度数据" />,
    },
    { key: 'park', label: '园区', optional: true, clip: true, cell: (row) => row.park ?? <Blank /> },
    {
      key: 'registeredOn',
      label: '成立日期',
      sortable: true,
      optional: 'off',
      cell: (row) => <DateText day={row.registeredOn} />,
    },
    {
      key: 'size',
      label: '规模',
      optional: 'off',
      cell: (row) => SIZE_WORDS[row.size]?.label ?? <Blank says="不能确定" />,
    },
    {
      key: 'rule',
      label: '规则版本',
      optional: 'off',
      cell: (row) => <A to={`/rules/${encodeURIComponent(row.rule)}`}>{row.rule}</A>,
    },
    {
      key: 'holdsUntil',
      label: '结论有效至',
      optional: 'off',
      cell: (row) => <DateText day={row.holdsUntil} />,
    },
    ...conditions
      .filter(({ id }) => id !== input.gap)
      .map(({ id, label }) => ({
        key: `gap-${id}`,
        label: `${label}差距`,
        num: true,
        optional: 'off' as const,
        cell: (row: Placed) => <OneGap row={row} id={id} />,
      })),
  ];
}

/** Whose figures the verdict rests on: the last year's, or for want of them an earlier one's. */
function FiguresOf({ of, on }: { of: number | null; on: string }) {
  const last = Number(on.slice(0, 4)) - 1;
  if (of === null) return <span className="text-ink-3">{last} 年度</span>;
  return (
    <span
      className="chip bg-manual-soft text-manual"
      title={`${last} 年度数据尚未报来，年度数据取至 ${of} 年度；规则、年限、称号仍按 ${on} 判定`}
    >
      按{of === last - 1 ? '上一年度' : ''}（{of}）数据预判
    </span>
  );
}
