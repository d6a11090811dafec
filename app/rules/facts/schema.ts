/**
 * What can be known of an enterprise: the one definition behind types, validation, JSON Schema, import and form.
 * This is the plain form: values written as `{ value, source, knownAt }` are unwrapped before (see parse.ts).
 * Absent or null is "not known"; an empty list is "known to be none".
 */
import { z } from 'zod';
import { isDay } from '../day.ts';
import { scaleDecimal } from './decimal.ts';
import { FIGURES, RD_BASES, RD_ITEMS, STAFF_BASES } from './figures.ts';
import { checkUscc } from './uscc.ts';
import {
  CONDUCT_KINDS,
  IP_KINDS,
  LEVELS,
  SEVERITIES,
  SIZE_INDUSTRIES,
  TITLE_STATUSES,
} from './vocabulary.ts';

export * from './vocabulary.ts';

/** A number or decimal text as an integer count of 10^-digits, within the given bounds (in units). */
function scaled(digits: number, low: number, high: number, what: string) {
  return z.union([z.number(), z.string()], { error: `${what}应为数字` }).transform((input, context) => {
    const read = scaleDecimal(input, digits);
    const reason = !read.ok
      ? read.reason
      : read.value < low * 10 ** digits
        ? `不能小于 ${low}`
        : read.value > high * 10 ** digits
          ? `不能大于 ${high}`
          : null;
    if (reason === null && read.ok) return read.value;
    context.addIssue({ code: 'custom', message: `${what}${reason}` });
    return z.NEVER;
  });
}

export const MONEY_DIGITS = 2;
export const SHARE_DIGITS = 6;

const day = z.string().refine(isDay, '日期应写作 YYYY-MM-DD 且真实存在');
const text = z.string().trim().min(1, '不能为空').max(500, '过长');
const flag = z.boolean({ error: '应为 true 或 false' });
const money = scaled(MONEY_DIGITS, -1e13, 1e13, '金额');
const amount = scaled(MONEY_DIGITS, 0, 1e13, '金额');
const share = scaled(SHARE_DIGITS, 0, 1, '比例');
const rank = z.number().int('名次应为整数').min(1, '名次从 1 起').max(100000);
const count = z.number().int('应为整数').min(0, '不能为负').max(1e6, '过大');

/** Averages of persons may have long fractions (twelfths): kept to hundredths. */
const persons = z.union([z.number(), z.string()], { error: '人数应为数字' }).transform((input, context) => {
  const value = typeof input === 'number' ? input : Number(input.trim() === '' ? Number.NaN : input);
  if (Number.isFinite(value) && value >= 0 && value <= 1e7) return Math.round(value * 100);
  context.addIssue({
    code: 'custom',
    message: value < 0 ? '人数不能为负' : '人数应为 0 到 1000 万之间的数字',
  });
  return z.NEVER;
});

const FIGURE_TYPES = { CNY: money, persons, points: scaled(2, 0, 100, '得分') } as const;

type FigureShape = {
  [F in (typeof FIGURES)[number] as F['key']]: z.ZodOptional<
    z.ZodNullable<z.ZodType<number, string | number>>
  >;
};
const figureShape = Object.fromEntries(
  FIGURES.map((f) => [f.key, FIGURE_TYPES[f.unit].nullish().describe(`${f.label}；${f.where}`)]),
) as unknown as FigureShape;

function record<K extends string, V extends z.ZodType>(
  rows: readonly { readonly key: K; readonly label: string }[],
  value: V,
) {
  return z.object(
    Object.fromEntries(rows.map((r) => [r.key, value.nullish().describe(r.label)])) as Record<
      K,
      z.ZodOptional<z.ZodNullable<V>>
    >,
  );
}

export const yearSchema = z.object({
  ...figureShape,
  rdExpenseBy: record(RD_BASES, amount).nullish(),
  rdItems: record(RD_ITEMS, amount).nullish(),
  techStaffBy: record(STAFF_BASES, persons).nullish(),
});

export const ipSchema = z.object({
  kind: z.enum(IP_KINDS),
  no: text.nullish(),
  name: text.nullish(),
  appliedOn: day.nullish(),
  grantedOn: day.nullish(),
  obtainedBy: z.enum(['own', 'transfer', 'gift', 'merger']).nullish(),
  transferredOn: day.nullish(),
  rightHolderRank: rank.nullish(),
  relatedToMainProduct: flag.nullish(),
  applied: flag.nullish(),
  highValue: flag.nullish(),
  usedInHnteApplicationOn: day.nullish(),
  until: day.nullish().describe('权利终止日；未终止为 null'),
});

export const titleSchema = z.object({
  scheme: z.string().regex(/^[a-z][A-Za-z0-9]*$/, '称号代码应为英文标识'),
  level: z.enum(LEVELS).nullish(),
  no: text.nullish(),
  grantedOn: day.nullish(),
  validUntil: day.nullish(),
  status: z.enum(TITLE_STATUSES).nullish(),
});

export const financingSchema = z.object({
  closedOn: day.nullish(),
  amount: amount.nullish(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, '币种应为三位字母代码')
    .nullish(),
  postMoney: amount.nullish(),
  qualifiedInvestor: flag.nullish(),
  cededShare: share.nullish(),
});

const listing = z.object({
  status: z.enum(['unlisted', 'neeq', 'listed']).nullish(),
  on: day.nullish(),
  code: text.nullish(),
  shortName: text.nullish(),
});

const niche = z.object({
  since: day.nullish(),
  marketShare: share.nullish(),
  nationalRank: rank.nullish(),
  globalRank: rank.nullish(),
  keyField: flag.nullish(),
  wellKnown: flag.nullish(),
  ownBrand: flag.nullish(),
  strategicEmerging: flag.nullish(),
});

const year = z.string().regex(/^(19|20|21)\d\d$/, '年份应为四位数字');

export const factsSchema = z
  .object({
    uscc: z
      .string()
      .transform((input, context) => {
        const checked = checkUscc(input);
        if (checked.ok) return checked.code;
        context.addIssue({ code: 'custom', message: checked.reason });
        return z.NEVER;
      })
      .nullish(),
    name: text.nullish(),
    formerNames: z.array(text).nullish(),
    registeredOn: day.nullish(),
    division: z
      .string()
      .regex(/^\d{6}$/, '行政区划代码应为六位数字')
      .nullish(),
    park: text.nullish(),
    locatedInPark: flag.nullish(),
    legalPerson: flag.nullish(),
    residentEnterprise: flag.nullish(),
    industry: z
      .string()
      .regex(/^[A-T]?\d{2,4}$/, '行业代码应为 GB/T 4754—2017 的代码')
      .nullish(),
    sizeIndustry: z.enum(SIZE_INDUSTRIES).nullish(),
    techField: z
      .string()
      .regex(/^[1-8](\.\d{1,2}){0,3}$/, '技术领域应写作 1 至 8 或其下级如 1.1')
      .nullish(),
    restrictedProducts: flag.nullish(),
    listing: listing.nullish(),
    years: z.record(year, yearSchema.nullish()).nullish(),
    intellectualProperty: z.array(ipSchema).max(20000).nullish(),
    conversions: z.record(year, count.nullish()).nullish(),
    titles: z.array(titleSchema).max(1000).nullish(),
    financing: z.array(financingSchema).max(1000).nullish(),
    niche: niche.nullish(),
    rdInstitutions: z
      .array(z.object({ level: z.enum(LEVELS).nullish(), recognisedOn: day.nullish() }))
      .max(1000)
      .nullish(),
    awards: z
      .array(
        z.object({
          kind: z.enum(['scienceAndTechnology', 'makerChina', 'quality']).nullish(),
          level: z.enum(LEVELS).nullish(),
          rank: rank.nullish(),
          on: day.nullish(),
        }),
      )
      .max(1000)
      .nullish(),
    standards: z
      .array(
        z.object({
          level: z.enum(['international', 'national', 'industry', 'local', 'group']).nullish(),
          role: z.enum(['lead', 'participate']).nullish(),
          on: day.nullish(),
        }),
      )
      .max(1000)
      .nullish(),
    management: z
      .object({
        informationSystem: flag.nullish(),
        certificates: z.array(text).nullish(),
        digitalLevel: z.number().int().min(0).max(5).nullish(),
      })
      .nullish(),
    conduct: z
      .array(
        z.object({
          kind: z.enum(CONDUCT_KINDS).nullish(),
          severity: z.enum(SEVERITIES).nullish(),
          on: day.nullish(),
          until: day.nullish(),
        }),
      )
      .max(1000)
      .nullish(),
    expertScores: z
      .record(
        z.string(),
        z.record(z.string(), z.number().int('专家分应为整数').min(0).max(100).nullish()).nullish(),
      )
      .nullish(),
    operatorScores: z
      .record(z.string(), z.record(z.string(), z.number().min(0).max(100).nullish()).nullish())
      .nullish()
      .describe('地方指标得分，由运营人员录入'),
  })
  .meta({ title: '企业事实', description: '缺省或 null 为未知；空列表为已知没有' });

/** The facts as they are written outside: amounts in 元, shares as fractions. */
export type FactsInput = z.input<typeof factsSchema>;
/** The facts as rules read them: money in 分, persons and points in hundredths, shares in millionths. */
export type PlainFacts = z.output<typeof factsSchema>;
export type YearFacts = z.output<typeof yearSchema>;
export type IpFact = z.output<typeof ipSchema>;
export type TitleFact = z.output<typeof titleSchema>;
export type FinancingFact = z.output<typeof financingSchema>;
