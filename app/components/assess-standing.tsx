import type { Standing } from '../rules/ask/standing.ts';
import { STANDING_LABELS } from './assess-report.ts';
import { Icon, type IconName } from './icons.tsx';

/** How each standing looks and what it says. */
export const LOOK: Readonly<Record<Standing, { soft: string; icon: IconName; says: string }>> = {
  met: { soft: 'bg-met-soft text-met', icon: 'met', says: '每一项条件都已满足' },
  nearly: { soft: 'bg-giant-soft text-giant', icon: 'up', says: '差一两项，且差得不多' },
  undetermined: {
    soft: 'bg-unknown-soft text-unknown',
    icon: 'unknown',
    says: '还缺数据，或有待主管部门判断',
  },
  not: { soft: 'bg-unmet-soft text-unmet', icon: 'unmet', says: '有条件不满足' },
};

/** A standing as a chip: mark and word. */
export function StandingChip({ standing }: { standing: Standing }) {
  return (
    <span className={`chip ${LOOK[standing].soft}`}>
      <Icon name={LOOK[standing].icon} className="size-3" />
      {STANDING_LABELS[standing]}
    </span>
  );
}
