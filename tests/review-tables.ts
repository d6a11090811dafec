/** A small review, written by hand: every kind of figure, with the arithmetic that a reader can follow. */
import type { Figure, ReviewTables } from '../app/pipeline/review/tables.ts';

const count = (value: number, definition: string, unit = '家'): Figure => ({
  value,
  unit,
  text: value.toLocaleString('en-US'),
  definition,
  to: null,
});
const share = (value: number, over: number, text: string, definition = 'share'): Figure => ({
  value,
  over,
  unit: '%',
  text,
  definition,
  to: null,
});
const none = (definition: string, text = '—'): Figure => ({
  value: null,
  unit: '%',
  text,
  definition,
  to: null,
});

/** 高企 580 of 1,200; 580 = 560 + 30 + 5 − 12 − 3. */
export const REVIEW: ReviewTables = {
  version: 1,
  period: {
    quarter: '2021Q4',
    window: 'quarter',
    label: '2021年四季度',
    from: '2021-10-01',
    to: '2021-12-31',
    running: false,
  },
  knownAt: '2022-01-05T02:00:00.000Z',
  scope: {
    park: null,
    industry: null,
    steward: null,
    source: null,
    located: false,
    counting: 'headline',
    unit: '家',
    words: '全部园区；就高计，每家只计最高一级；单位家',
  },
  suppressBelow: 5,
  funnel: {
    enterprises: count(1200, 'present'),
    total: count(640, 'headline'),
    tiers: [
      {
        tier: 'hnte',
        label: '高企',
        headline: count(520, 'headline'),
        held: count(580, 'held'),
        shareOfPrevious: share(580, 1200, '48.3%'),
        shareOfStart: share(580, 1200, '48.3%'),
      },
      {
        tier: 'srdi',
        label: '专精特新',
        headline: count(100, 'headline'),
        held: count(120, 'held'),
        shareOfPrevious: share(120, 580, '20.7%'),
        shareOfStart: share(120, 1200, '10.0%'),
      },
      {
        tier: 'giant',
        label: '小巨人',
        headline: count(20, 'headline'),
        held: count(20, 'held'),
        shareOfPrevious: share(20, 120, '16.7%'),
        shareOfStart: share(20, 1200, '1.7%'),
      },
    ],
    schemes: [
      {
        scheme: 'hnte',
        label: '高企',
        stages: [
          {
            column: 'library',
            label: '培育库',
            count: count(90, 'stage'),
            reached: count(150, 'stage'),
            shareOfPrevious: none('share'),
            shareOfStart: none('share'),
          },
        ],
        held: count(580, 'held'),
      },
    ],
  },
  movement: [
    {
      table: 'schemes',
      unit: '家次',
      columns: [
        { id: 'opening', label: '期初', sign: 1 },
        { id: 'first', label: '新认定', sign: 1 },
        { id: 'again', label: '重新认定', sign: 1 },
        { id: 'expired', label: '到期', sign: -1 },
        { id: 'revoked', label: '撤销', sign: -1 },
        { id: 'closing', label: '期末', sign: 0 },
      ],
      rows: [
        {
          row: 'hnte',
          label: '高企',
          cells: [560, 30, 5, 12, 3, 580].map((n) => count(n, 'movement', '家次')),
        },
        {
          row: 'giant',
          label: '小巨人',
          cells: [18, 2, 0, 0, 0, 20].map((n) => count(n, 'movement', '家次')),
        },
      ],
      total: {
        row: 'total',
        label: '合计',
        cells: [578, 32, 5, 12, 3, 600].map((n) => count(n, 'movement', '家次')),
      },
      balanced: true,
    },
  ],
  flows: {
    nodes: [
      { id: 's:none', label: '期初无称号', side: 'start', tier: null, count: count(30, 'flow') },
      { id: 'e:hnte', label: '期末高企', side: 'end', tier: 'hnte', count: count(30, 'flow') },
    ],
    links: [{ from: 's:none', to: 'e:hnte', count: count(30, 'flow') }],
  },
  cohorts: [
    {
      by: 'quarter',
      scheme: 'hnte',
      label: '高企：按进入季度',
      rows: [
        {
          key: '2021Q1',
          label: '2021年一季度',
          entered: count(40, 'cohort'),
          certified: count(30, 'cohort'),
          underWay: count(4, 'cohort'),
          out: count(6, 'cohort'),
          rate: share(30, 40, '75.0%'),
        },
      ],
      total: {
        key: 'total',
        label: '合计',
        entered: count(40, 'cohort'),
        certified: count(30, 'cohort'),
        underWay: count(4, 'cohort'),
        out: count(6, 'cohort'),
        rate: share(30, 40, '75.0%'),
      },
    },
  ],
  durations: [
    {
      scheme: 'hnte',
      schemeLabel: '高企',
      state: 'submitted',
      label: '已提交',
      finished: count(28, 'days', '家次'),
      open: count(3, 'days', '家次'),
      median: count(61, 'days', '天'),
      p80: count(90, 'days', '天'),
    },
  ],
  comparison: {
    previous: { from: '2021-07-01', to: '2021-09-30', label: '2021年三季度' },
    yearBefore: { from: '2020-10-01', to: '2020-12-31', label: '2020年四季度' },
    rows: [
      {
        id: 'hnte',
        label: '高企总数',
        kind: 'stock',
        current: count(580, 'held'),
        previous: count(560, 'held'),
        previousChange: share(20, 560, '3.6%', 'change'),
        yearBefore: count(0, 'held'),
        yearChange: none('change'),
      },
    ],
  },
  indicators: [
    {
      id: 'technical',
      label: '技术改造投资',
      value: { value: 2568, over: 100, unit: '亿元', text: '25.68', definition: 'technical', to: null },
      yearOnYear: share(-68, 1000, '-6.8%', 'change'),
      quarterOnQuarter: null,
      target: { value: 25, unit: '亿元', text: '25.00', definition: 'technical', to: null },
      completion: share(2568, 2500, '102.7%', 'completion'),
      remaining: null,
      forecast: '已完成',
      source: '统计报表',
      asOf: '2021-12-31',
    },
  ],
  paragraphs: [
    { heading: '总体情况', text: '截至12月底，高企总数达到580家，完成年度任务的102.7%。' },
    { heading: '变动情况', text: '四季度新认定30家，重新认定5家，到期12家，撤销3家。' },
  ],
  definitions: [
    'present',
    'headline',
    'held',
    'share',
    'stage',
    'movement',
    'flow',
    'cohort',
    'days',
    'change',
    'technical',
    'completion',
  ].map((id) => ({
    id,
    label: `指标${id}`,
    numerator: `${id}的分子`,
    denominator: id === 'share' ? '全部在册企业' : null,
    scope: '全部园区',
    kind: 'stock' as const,
    unit: '家',
    rounding: '四舍五入',
    digits: 1,
    source: '称号台账',
    owner: '培育科',
  })),
  notes: ['少于 5 家的组不显示。'],
};
