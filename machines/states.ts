/**
 * The states a title and its application can be in: ids fixed once and never renamed (a stored snapshot, a span
 * and an address may carry them), with the words of the park's staff, those shown to the enterprise, and the
 * column of the funnel. Where a state stands in a life is said by the family (families.ts), not here.
 */

/** Parallel lanes of the life of one title. */
export const LANES = ['application', 'title', 'duty'] as const;
export type Lane = (typeof LANES)[number];

export const LANE_LABELS: Readonly<Record<Lane, string>> = {
  application: '申报',
  title: '资格',
  duty: '年度义务',
};

/** Columns of the funnel, from the start to the end of the way. */
export const COLUMNS = [
  { id: 'library', label: '培育库' },
  { id: 'nominated', label: '推荐' },
  { id: 'preparing', label: '准备' },
  { id: 'review', label: '申报审核' },
  { id: 'publicised', label: '公示' },
  { id: 'certified', label: '有效' },
  { id: 'due', label: '临近到期' },
  { id: 'ended', label: '失效' },
  { id: 'out', label: '未通过或退出' },
  { id: 'duty', label: '年度义务' },
] as const;
export type ColumnId = (typeof COLUMNS)[number]['id'];

export interface StateInfo {
  /** What staff read. */
  readonly label: string;
  /** What the enterprise itself reads. */
  readonly enterpriseLabel: string;
  readonly column: ColumnId;
}

const state = (label: string, enterpriseLabel: string, column: ColumnId): StateInfo => ({
  label,
  enterpriseLabel,
  column,
});

export const STATES = {
  library: state('培育入库', '已纳入培育库', 'library'),
  visited: state('走访摸排', '园区已走访', 'library'),
  followed: state('跟进培育', '园区正在跟进', 'library'),
  nominated: state('已推荐', '园区已推荐', 'nominated'),
  preparing: state('准备材料', '请准备申报材料', 'preparing'),
  tutoring: state('辅导备案', '上市辅导备案中', 'preparing'),
  submitted: state('已提交', '申报材料已提交', 'review'),
  supplement: state('退回补正', '材料被退回，请补正', 'review'),
  formal_review: state('形式审查', '主管部门形式审查中', 'review'),
  provincial_review: state('省级初核', '省级主管部门初核中', 'review'),
  recommended: state('省级推荐', '省级已向国家推荐', 'review'),
  ministry_review: state('国家审核', '国家主管部门审核中', 'review'),
  screening: state('书面筛选', '书面筛选中', 'review'),
  roadshow: state('路演答辩', '等待路演答辩', 'review'),
  site_check: state('实地核查', '等待实地核查', 'review'),
  expert_review: state('专家评审', '专家评审中', 'review'),
  deliberation: state('综合评议', '综合评议中', 'review'),
  exchange_review: state('上市审核', '上市审核中', 'review'),
  publicised: state('公示', '正在公示', 'publicised'),
  objection: state('异议核实', '公示期有异议，正在核实', 'publicised'),
  filed: state('备案公告', '已备案，等待发证', 'publicised'),
  certified: state('有效', '称号有效', 'certified'),
  due: state('临近到期', '即将到期，请准备复核或重新认定', 'due'),
  lapsed: state('已到期', '称号已到期', 'ended'),
  revoked: state('已撤销', '称号已被撤销', 'ended'),
  relinquished: state('已放弃', '称号已主动放弃', 'ended'),
  promoted: state('已晋级', '已晋级到更高梯队', 'ended'),
  refused: state('未通过', '本次申报未通过', 'out'),
  withdrawn: state('已撤回', '本次申报已撤回', 'out'),
  removed: state('已退库', '已退出培育库', 'out'),
  report_due: state('年报待报', '请按时报送年度报告或更新信息', 'duty'),
  report_overdue: state('年报逾期', '年度报告或信息更新已逾期', 'duty'),
} as const satisfies Record<string, StateInfo>;

export type StateId = keyof typeof STATES;

/** Where a lane rests before anything happened or when nothing is open: shown as nothing, never a span. */
export const RESTING = { application: 'idle', title: 'none', duty: 'clear' } as const satisfies Record<
  Lane,
  string
>;
export type RestingId = (typeof RESTING)[Lane];

/** Staff label of a state; resting states have none and give `null`. */
export function stateLabel(id: string): string | null {
  return Object.hasOwn(STATES, id) ? STATES[id as StateId].label : null;
}

/** What the enterprise itself reads of a state; `null` for resting states. */
export function ownStateLabel(id: string): string | null {
  return Object.hasOwn(STATES, id) ? STATES[id as StateId].enterpriseLabel : null;
}

/** True for a state that a lane has when nothing is open. */
export function isResting(id: string): id is RestingId {
  return id === 'idle' || id === 'none' || id === 'clear';
}

/** The headline tiers, highest first (就高). */
export const HEADLINE_TIERS = ['unicorn', 'giant', 'srdi', 'hnte'] as const;
export type HeadlineTier = (typeof HEADLINE_TIERS)[number];
