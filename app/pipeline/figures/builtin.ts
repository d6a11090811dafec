/** Indicators that the program counts itself from events and titles, with how each is counted. Pure. */
import { KNOWN_SCHEMES } from '../../../machines/enterprise.ts';
import type { MovementColumn } from '../movement.ts';
import type { IndicatorDefinition } from './definition.ts';

/** How a built-in indicator is counted on a day, or over days. */
export type Measure =
  /** Enterprises with a title in force of one of these schemes, or in these stages of applying for one; each once. */
  | { readonly kind: 'held'; readonly schemes: readonly string[]; readonly stages?: readonly string[] }
  /** Enterprises in these stages of applying for a scheme. */
  | { readonly kind: 'stages'; readonly scheme: string; readonly stages: readonly string[] }
  /** Enterprises that came into these stages of applying for a scheme during the days. */
  | { readonly kind: 'reached'; readonly scheme: string; readonly stages: readonly string[] }
  /** Enterprises with a certificate in force of this level. */
  | { readonly kind: 'level'; readonly scheme: string; readonly level: string }
  /** 就高: enterprises whose highest title is one of these. */
  | { readonly kind: 'headline'; readonly tiers: readonly string[] }
  /** Titles, an enterprise as often as it has one (家次). */
  | { readonly kind: 'times'; readonly schemes: readonly string[] }
  /** Columns of the movement table of a scheme, summed; those of `less` taken off. */
  | {
      readonly kind: 'movement';
      readonly scheme: string;
      readonly columns: readonly MovementColumn[];
      readonly less?: readonly MovementColumn[];
    };

export interface BuiltinIndicator {
  readonly definition: IndicatorDefinition;
  readonly measure: Measure;
}

const SCOPE = '所选园区在册企业（含下级园区）；按截至日所在园区';
const OWNER = '园区';

function builtin(
  id: string,
  label: string,
  measure: Measure,
  numerator: string,
  change: Partial<IndicatorDefinition> = {},
): BuiltinIndicator {
  const definition: IndicatorDefinition = {
    id,
    label,
    nature: measure.kind === 'movement' || measure.kind === 'reached' ? 'flow' : 'stock',
    unit: measure.kind === 'times' ? '家次' : '家',
    numerator,
    denominator: null,
    numeratorId: null,
    denominatorIds: [],
    scope: SCOPE,
    rounding: 'halfUp',
    digits: 0,
    rateDigits: 1,
    source: '本系统：称号证书与事件',
    owner: OWNER,
    partOf: null,
    stepAfter: null,
    ...change,
  };
  return { definition, measure };
}

/** Words of schemes in reports, where they differ from the short names. */
const TOTAL_LABELS: Readonly<Record<string, string>> = {
  unicorn: '独角兽企业',
  unicornPotential: '独角兽潜力企业',
  unicornSeed: '独角兽种子企业',
  scaleUp: '规上企业（小升规）',
  listing: '上市企业',
};
const POOL = ['unicorn', 'unicornPotential', 'unicornSeed'];
/** What must have come before a new recognition of these, so that the two are steps of one way. */
const FIRST_STEP: Readonly<Record<string, string>> = {
  scaleUp: 'scaleUp.followed',
  listing: 'listing.tutored',
};
/** Schemes without an end of validity lose members by 出库 alone. */
const WITHOUT_END = new Set([...POOL, 'scaleUp', 'listing']);

const OUT: readonly MovementColumn[] = ['expired', 'revoked', 'deregistered', 'movedOut'];

/** Stock, what came, what lapsed, and the difference of one scheme. */
function ofScheme(scheme: string, label: string): BuiltinIndicator[] {
  const total = TOTAL_LABELS[scheme] ?? `${label}总数`;
  const own = TOTAL_LABELS[scheme] ?? label;
  const flow = (name: string, words: string, columns: readonly MovementColumn[], text: string) =>
    builtin(`${scheme}.${name}`, words, { kind: 'movement', scheme, columns }, text);
  return [
    builtin(
      `${scheme}.total`,
      total,
      { kind: 'held', schemes: [scheme] },
      `截至日持有有效${own}称号的企业，每家计一次`,
      POOL.includes(scheme) ? { partOf: 'unicorn.library' } : {},
    ),
    builtin(
      `${scheme}.new`,
      `新增${own}`,
      { kind: 'movement', scheme, columns: ['newly', 'renewed'] },
      '期间首次取得，或中断后重新取得称号的企业',
      { stepAfter: FIRST_STEP[scheme] ?? null },
    ),
    flow('out', `${own}减少`, OUT, '期间到期、撤销（含放弃、出库）、注销、迁出的企业'),
    ...(WITHOUT_END.has(scheme)
      ? []
      : [flow('expired', `${own}到期`, ['expired'], '期间有效期届满未续的企业；到期自截止次日起计')]),
    builtin(
      `${scheme}.net`,
      `${own}净增`,
      {
        kind: 'movement',
        scheme,
        columns: ['newly', 'renewed', 'movedIn'],
        less: OUT,
      },
      '期末较期初的增减：新认定、重新认定、迁入，减到期、撤销、注销、迁出',
    ),
  ];
}

const tier = (id: string, label: string): BuiltinIndicator =>
  builtin(
    `headline.${id}`,
    `${label}（就高）`,
    { kind: 'headline', tiers: [id] },
    `截至日最高有效称号为${label}的企业`,
    { partOf: 'headline.total' },
  );

const level = (scheme: 'srdi' | 'giant', label: string, id: string, words: string) =>
  builtin(
    `${scheme}.${id}`,
    `${words}${label}`,
    { kind: 'level', scheme, level: id },
    `截至日持有有效${words}${label}证书的企业；同时有两级的，两级各计一次`,
  );

/** What stands beside the schemes one by one. */
const ACROSS: readonly BuiltinIndicator[] = [
  builtin(
    'headline.total',
    '四级梯队企业（就高）',
    { kind: 'headline', tiers: ['hnte', 'srdi', 'giant', 'unicorn'] },
    '截至日持有任一梯队有效称号的企业，每家计一次',
  ),
  tier('hnte', '高企'),
  tier('srdi', '专精特新'),
  tier('giant', '小巨人'),
  tier('unicorn', '独角兽'),
  builtin(
    'tiers.times',
    '四级梯队称号（累计）',
    { kind: 'times', schemes: ['hnte', 'srdi', 'giant', 'unicorn'] },
    '截至日有效的梯队称号，一家企业有几个称号计几次',
  ),
  builtin(
    'srdi.all',
    '市级以上专精特新企业',
    { kind: 'held', schemes: ['srdi', 'giant'] },
    '截至日持有有效专精特新或小巨人称号的企业，每家计一次',
  ),
  level('srdi', '专精特新', 'municipal', '市级'),
  level('srdi', '专精特新', 'provincial', '省级'),
  level('giant', '小巨人', 'municipal', '市级'),
  level('giant', '小巨人', 'national', '国家级'),
  builtin(
    'unicorn.library',
    '独角兽培育库入库企业',
    { kind: 'held', schemes: POOL },
    '截至日在独角兽、潜力、种子任一专题的企业，每家计一次',
  ),
  builtin(
    'ladder.library',
    '创新梯队入库企业',
    { kind: 'held', schemes: [...POOL, 'srdi', 'giant', 'gazelle', 'goldenSeed'], stages: ['library'] },
    '截至日在独角兽、专精特新、瞪羚、金种子任一库或有其有效称号的企业，每家计一次；各库之和可以大于总数',
  ),
  builtin(
    'listing.library',
    '拟上市企业培育库',
    { kind: 'stages', scheme: 'listing', stages: ['visited', 'library', 'tutoring'] },
    '截至日处于走访、后备、辅导备案阶段的企业',
  ),
  builtin(
    'listing.tutored',
    '上市辅导备案',
    { kind: 'reached', scheme: 'listing', stages: ['tutoring'] },
    '期间进入辅导备案的企业，每家计一次',
  ),
  builtin(
    'listing.reviewing',
    '上市申报待审',
    { kind: 'stages', scheme: 'listing', stages: ['submitted', 'exchange_review'] },
    '截至日已申报、待审核的企业',
  ),
  builtin(
    'scaleUp.followed',
    '小升规重点跟进',
    { kind: 'reached', scheme: 'scaleUp', stages: ['followed'] },
    '期间列入跟进培育的企业，每家计一次',
  ),
];

/**
 * All built-in indicators.
 * @param labelOf short name of a scheme
 */
export function builtinIndicators(labelOf: (scheme: string) => string): BuiltinIndicator[] {
  // The library's parts are named from the highest down.
  const schemes = [...KNOWN_SCHEMES.filter((scheme) => !POOL.includes(scheme)), ...POOL];
  return [...ACROSS, ...schemes.flatMap((scheme) => ofScheme(scheme, labelOf(scheme)))];
}
