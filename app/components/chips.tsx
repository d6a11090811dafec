import { Icon, type IconName } from './icons.tsx';
import { OUTCOME_LABELS, RESULT_LABELS } from './terms.ts';

export type Tier = 'hnte' | 'srdi' | 'giant' | 'unicorn';

/** The four headline tiers, lowest first: one hue and one mark each, the same everywhere. */
export const TIERS: readonly { id: Tier; label: string; short: string; mark: string }[] = [
  { id: 'hnte', label: '高新技术企业', short: '高企', mark: '高' },
  { id: 'srdi', label: '专精特新中小企业', short: '专精特新', mark: '专' },
  { id: 'giant', label: '专精特新“小巨人”', short: '小巨人', mark: '巨' },
  { id: 'unicorn', label: '独角兽', short: '独角兽', mark: '角' },
];

// Written out, since Tailwind finds only whole class names.
const SOFT: Record<Tier, string> = {
  hnte: 'bg-hnte-soft text-hnte',
  srdi: 'bg-srdi-soft text-srdi',
  giant: 'bg-giant-soft text-giant',
  unicorn: 'bg-unicorn-soft text-unicorn',
};
const SOLID: Record<Tier, string> = {
  hnte: 'bg-hnte text-white',
  srdi: 'bg-srdi text-white',
  giant: 'bg-giant text-white',
  unicorn: 'bg-unicorn text-white',
};
export const TIER_TEXT: Record<Tier, string> = {
  hnte: 'text-hnte',
  srdi: 'text-srdi',
  giant: 'text-giant',
  unicorn: 'text-unicorn',
};

/** The headline tier a scheme belongs to; null for those outside the four. */
export const tierOf = (scheme: string | null | undefined): Tier | null =>
  TIERS.find((tier) => tier.id === scheme)?.id ?? null;

/** The tier's seal: one character on its hue. */
export function Seal({ tier }: { tier: Tier }) {
  const found = TIERS.find((each) => each.id === tier)!;
  return (
    <span className={`seal ${SOLID[tier]}`} aria-hidden="true">
      {found.mark}
    </span>
  );
}

/** A tier or another scheme as a chip: mark, word and hue. */
export function SchemeChip({ scheme, label }: { scheme: string; label?: string }) {
  const tier = tierOf(scheme);
  const found = TIERS.find((each) => each.id === tier);
  return (
    <span className={`chip ${tier ? SOFT[tier] : 'bg-sunken text-ink-2'}`}>
      {found && <b aria-hidden="true">{found.mark}</b>}
      {label ?? found?.short ?? scheme}
    </span>
  );
}

export type ResultId = 'met' | 'unmet' | 'unknown' | 'manual' | 'waived';

export const RESULT_TEXT: Record<ResultId, string> = {
  met: 'text-met',
  unmet: 'text-unmet',
  unknown: 'text-unknown',
  manual: 'text-manual',
  waived: 'text-waived',
};
export const RESULT_SOFT: Record<ResultId, string> = {
  met: 'bg-met-soft text-met',
  unmet: 'bg-unmet-soft text-unmet',
  unknown: 'bg-unknown-soft text-unknown',
  manual: 'bg-manual-soft text-manual',
  waived: 'bg-waived-soft text-waived',
};

/** The mark of one condition's result, with its word for screen readers or shown. */
export function ResultMark({ result, word = false }: { result: ResultId; word?: boolean }) {
  return (
    <span className={`inline-flex items-center gap-1 ${RESULT_TEXT[result]}`}>
      <Icon name={result as IconName} />
      {word ? RESULT_LABELS[result] : <span className="sr-only">{RESULT_LABELS[result]}</span>}
    </span>
  );
}

const OUTCOME: Record<string, { soft: string; icon: IconName }> = {
  eligible: { soft: 'bg-met-soft text-met', icon: 'met' },
  ineligible: { soft: 'bg-unmet-soft text-unmet', icon: 'unmet' },
  undetermined: { soft: 'bg-unknown-soft text-unknown', icon: 'unknown' },
};

/** A verdict's outcome as a chip with its mark. */
export function OutcomeChip({ outcome, label }: { outcome: string; label?: string }) {
  const look = OUTCOME[outcome] ?? OUTCOME.undetermined!;
  return (
    <span className={`chip ${look.soft}`}>
      <Icon name={look.icon} className="size-3" />
      {label ?? OUTCOME_LABELS[outcome] ?? outcome}
    </span>
  );
}
