/**
 * Families of titles: the steps each kind of recognition goes through, as data. The machines are built from
 * these by shared parts (title.ts), so that a scheme which a park adds gets a whole life by naming a family.
 */
import type { StateId } from './states.ts';

export interface YearlyDuty {
  readonly label: string;
  /** First and last day of reporting, `MM-DD`. */
  readonly opens: string;
  readonly closes: string;
  readonly basis: string;
}

export interface Family {
  readonly id: string;
  readonly label: string;
  /** The park's stages before anything is submitted, in order. */
  readonly preparation: readonly StateId[];
  /** The authority's stages from the submission on, in order. */
  readonly review: readonly StateId[];
  /** Ends of a title besides expiry and revocation. */
  readonly ends: readonly ('relinquish' | 'promote' | 'discharge')[];
  /** Days before the last day of validity from which renewal is prepared; 0: the title does not expire. */
  readonly windowDays: number;
  /** Words of this family where they differ from the general ones. */
  readonly labels?: Readonly<Partial<Record<StateId, string>>>;
  readonly duty?: YearlyDuty;
}

const annualUpdate = (label: string, opens: string, closes: string, basis: string): YearlyDuty => ({
  label,
  opens,
  closes,
  basis,
});

export const FAMILIES = {
  hnte: {
    id: 'hnte',
    label: '高新技术企业认定',
    preparation: ['library', 'nominated', 'preparing'],
    review: ['submitted', 'formal_review', 'expert_review', 'site_check', 'publicised', 'filed'],
    ends: ['relinquish'],
    windowDays: 180,
    duty: annualUpdate('发展情况年报', '01-01', '05-31', '国科发火〔2016〕32号 第十三条'),
  },
  gradient: {
    id: 'gradient',
    label: '专精特新中小企业认定',
    preparation: ['library', 'nominated', 'preparing'],
    review: ['submitted', 'formal_review', 'provincial_review', 'site_check', 'publicised'],
    ends: ['relinquish'],
    windowDays: 180,
    duty: annualUpdate('年度信息更新', '01-01', '05-31', '工信部企业〔2026〕2号'),
  },
  giant: {
    id: 'giant',
    label: '专精特新“小巨人”企业认定',
    preparation: ['library', 'nominated', 'preparing'],
    review: ['submitted', 'provincial_review', 'site_check', 'recommended', 'ministry_review', 'publicised'],
    ends: ['relinquish'],
    windowDays: 180,
    duty: annualUpdate('年度信息更新', '01-01', '05-31', '工信部企业〔2026〕2号'),
  },
  yearly: {
    id: 'yearly',
    label: '年度评价入库（登记编号）',
    preparation: ['library', 'preparing'],
    review: ['submitted', 'formal_review', 'site_check', 'publicised'],
    ends: ['relinquish'],
    windowDays: 90,
    labels: { certified: '已取得登记编号', lapsed: '编号已失效', revoked: '编号已撤销' },
  },
  pool: {
    id: 'pool',
    label: '独角兽培育库',
    preparation: ['nominated'],
    review: ['submitted', 'screening', 'roadshow', 'site_check', 'deliberation', 'publicised'],
    ends: ['promote', 'discharge'],
    windowDays: 0,
    labels: { certified: '在库', removed: '已出库', nominated: '已推荐入库' },
  },
  scaleUp: {
    id: 'scaleUp',
    label: '小升规',
    preparation: ['library', 'followed'],
    review: ['submitted', 'formal_review'],
    ends: ['discharge'],
    windowDays: 0,
    labels: {
      library: '潜力企业',
      submitted: '已申报纳统',
      formal_review: '统计部门审核',
      certified: '已纳统',
      removed: '已退库',
    },
  },
  listing: {
    id: 'listing',
    label: '上市培育',
    preparation: ['visited', 'library', 'tutoring'],
    review: ['submitted', 'exchange_review'],
    ends: ['discharge'],
    windowDays: 0,
    labels: { library: '上市后备库', submitted: '已申报上市', certified: '已上市', removed: '已退市' },
  },
  generic: {
    id: 'generic',
    label: '一般称号认定',
    preparation: ['library', 'nominated', 'preparing'],
    review: ['submitted', 'formal_review', 'expert_review', 'site_check', 'publicised'],
    ends: ['relinquish'],
    windowDays: 180,
  },
} as const satisfies Record<string, Family>;

export type FamilyId = keyof typeof FAMILIES;

/** Family of each scheme the program knows; any other has the generic life. */
export const SCHEME_FAMILIES: Readonly<Record<string, FamilyId>> = {
  tsme: 'yearly',
  isme: 'gradient',
  hnte: 'hnte',
  srdi: 'gradient',
  giant: 'giant',
  champion: 'giant',
  gazelle: 'generic',
  unicornSeed: 'pool',
  unicornPotential: 'pool',
  unicorn: 'pool',
  scaleUp: 'scaleUp',
  listing: 'listing',
  hiddenChampion: 'generic',
  zgcHnte: 'generic',
  goldenSeed: 'generic',
};

/** The family whose life a scheme's titles lead; schemes added by a park have the generic one. */
export function familyOf(scheme: string): Family {
  return FAMILIES[Object.hasOwn(SCHEME_FAMILIES, scheme) ? SCHEME_FAMILIES[scheme]! : 'generic'];
}

/** Longest renewal window of all families, in days: how far ahead a sweep has to look. */
export const LONGEST_WINDOW = Math.max(...Object.values(FAMILIES).map((family) => family.windowDays));
