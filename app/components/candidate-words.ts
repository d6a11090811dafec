/** Why a candidate stands where it stands, in a phrase. Pure. */
import type { CandidateRow } from '../queries/candidates.server.ts';
import { daysBetween } from '../rules/day.ts';
import type { Chance } from '../rules/ranking.ts';
import { percent } from './format.ts';
import { sourceLabel } from './terms.ts';

type Standing = Pick<
  CandidateRow,
  'outcome' | 'unmet' | 'unknown' | 'manual' | 'vetoes' | 'distance' | 'weakFigure' | 'weakSource'
> &
  Pick<CandidateRow, 'titleUntil' | 'windowOn' | 'gaps'>;

/** What the distance says of measured gaps alone: see rules/engine/closeness.ts. */
const shortBy = ({ distance, unknown, manual }: Standing): number =>
  Math.max(0, distance - unknown * 0.05 - manual * 0.02);

function closeness(row: Standing): string {
  if (row.vetoes > 0) {
    const vetoes = row.gaps.filter(({ veto, result }) => veto && result === 'unmet');
    return `一票否决：${vetoes.map(({ label }) => label).join('、')}`;
  }
  if (row.unmet > 0) {
    const share = shortBy(row);
    return `未达到 ${row.unmet} 项，合计差要求的 ${percent(share, share < 0.1 ? 1 : 0)}`;
  }
  if (row.outcome === 'eligible') return '全部达到';
  const open = [
    ...(row.unknown > 0 ? [`${row.unknown} 项缺数据`] : []),
    ...(row.manual > 0 ? [`${row.manual} 项待判断`] : []),
  ];
  return `没有未达到的，${open.join('、')}`;
}

/** Source and name of the least founded figure: `企业自报（2025 年研发费用）`. */
export const weakestText = ({ weakFigure, weakSource }: Standing): string | null =>
  weakFigure === null ? null : `${sourceLabel(weakSource)}（${weakFigure}）`;

/** How soon the day that presses comes; nothing where no window is known. */
function timeWords(left: number | null, action: string): string[] {
  if (action === 'renewal') return [left === null ? '到期日未知' : `距到期 ${left} 天`];
  if (left === null) return [];
  return [left <= 0 ? '窗口开放中' : `距窗口 ${left} 天`];
}

/** Closeness, evidence and time, in the order in which they rank. */
export function rankReason(row: Standing, action: string, today: string): string {
  const weakest = weakestText(row);
  const press = action === 'renewal' ? row.titleUntil : row.windowOn;
  const left = press === null ? null : daysBetween(today, press);
  const time = timeWords(left, action);
  return [closeness(row), ...(weakest ? [`依据最弱为${weakest}`] : []), ...time].join('；');
}

/** A share with its interval and how many cases it rests on. */
export const chanceText = ({ cases, certified, low, high }: Chance): string =>
  `${percent(certified / cases, 0)}（95% 区间 ${percent(low, 0)}–${percent(high, 0)}，${cases} 例）`;
