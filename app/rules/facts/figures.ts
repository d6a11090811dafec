/**
 * The yearly figures of an enterprise: one row each gives the type, the schema, the form, the import template and
 * the column of the database. Inside the program every figure is an integer: its value times 100 (money in 分,
 * averages of persons and scores in hundredths), so that comparisons at a threshold are exact.
 */
export type FigureUnit = 'CNY' | 'persons' | 'points';

export interface FigureDefinition {
  readonly key: string;
  /** The field's Chinese term, as on pages and in templates. */
  readonly label: string;
  readonly unit: FigureUnit;
  /** Whether a value below zero can be real (profit can, head-count cannot). */
  readonly signed: boolean;
  /** Where an enterprise finds it. */
  readonly where: string;
  /** Other headers under which registers and spreadsheets carry it. */
  readonly aliases: readonly string[];
}

function figure<const K extends string>(
  key: K,
  label: string,
  unit: FigureUnit,
  where: string,
  aliases: readonly string[] = [],
  signed = false,
) {
  return { key, label, unit, where, aliases, signed } as const;
}

const statement = '利润表';
const balance = '资产负债表期末数';

export const FIGURES = [
  figure('employees', '职工总数', 'persons', '全年月平均数：各月（月初数＋月末数）÷2 的平均', [
    '员工总数',
    '职工人数',
    '从业人数',
    '员工人数',
    '全部从业人员平均人数',
  ]),
  figure(
    'techStaff',
    '科技人员数',
    'persons',
    '直接从事研发和相关技术创新、累计实际工作 183 天以上的人员，全年月平均数',
    ['科技人员', '从事科技活动人员'],
  ),
  figure('rdStaff', '研发人员数', 'persons', '研发支出辅助账或人员名册，全年月平均数', [
    '研发人员',
    '研究开发人员',
    '技术人员数',
  ]),
  figure('salesRevenue', '销售收入', 'CNY', '企业所得税年度纳税申报表：主营业务收入＋其他业务收入', [
    '销售额',
    '年销售收入',
  ]),
  figure('operatingRevenue', '营业收入', 'CNY', `${statement}“营业收入”`, [
    '营收',
    '企业营业收入',
    'revenue',
  ]),
  figure('mainRevenue', '主营业务收入', 'CNY', '审计报告附注“主营业务收入”', ['主营收入']),
  figure('mainProductRevenue', '主导产品收入', 'CNY', '审计报告附注或专项说明中的主导产品销售收入', [
    '主导产品销售收入',
    '主导产品营业收入',
  ]),
  figure('totalIncome', '总收入', 'CNY', '企业所得税年度纳税申报表：收入总额－不征税收入', [
    '企业总收入',
    '同期总收入',
  ]),
  figure('hiTechIncome', '高新技术产品（服务）收入', 'CNY', '高新技术产品（服务）收入专项审计报告', [
    '高新技术产品收入',
    '高新收入',
    '高新技术产品(服务)收入',
  ]),
  figure('rdExpense', '研发费用', 'CNY', '研发费用专项审计报告或辅助账合计', [
    '研究开发费用',
    '研发投入',
    '研发费用总额',
    '研究开发费用总额',
    '研发经费',
  ]),
  figure('rdExpenseDomestic', '境内研发费用', 'CNY', '研发费用专项审计报告：在中国境内发生额', [
    '境内研究开发费用',
    '在中国境内研发费用总额',
    '境内研发费用总额',
  ]),
  figure(
    'costAndExpenses',
    '成本费用支出总额',
    'CNY',
    `${statement}：主营＋其他业务成本、销售、管理、财务费用之和`,
    ['成本费用总额', '成本费用'],
  ),
  figure('netProfit', '净利润', 'CNY', `${statement}“净利润”`, ['税后利润', '净利润额'], true),
  figure('totalAssets', '资产总额', 'CNY', `${balance}“资产总计”`, ['资产总计', '总资产', '年末资产总额']),
  figure('totalLiabilities', '负债总额', 'CNY', `${balance}“负债合计”`, [
    '负债合计',
    '总负债',
    '年末负债总额',
  ]),
  figure(
    'developmentScore',
    '中小企业专精特新发展评价得分',
    'points',
    '优质中小企业梯度培育平台当年给出的得分',
    ['发展评价得分', '专精特新发展评价得分', '质量评价得分'],
  ),
] as const;

export type FigureKey = (typeof FIGURES)[number]['key'];

export const FIGURE_KEYS = FIGURES.map((f) => f.key) as readonly FigureKey[];

export const FIGURE_BY_KEY = Object.fromEntries(FIGURES.map((f) => [f.key, f])) as Record<
  FigureKey,
  FigureDefinition & { key: FigureKey }
>;

/** R&D expense as collected under each legal basis; takes precedence over `rdExpense` for the scheme it belongs to. */
export const RD_BASES = [
  { key: 'hnte', label: '高企归集口径', source: '国科发火〔2016〕195号' },
  { key: 'deduction', label: '加计扣除口径', source: '财税〔2015〕119号' },
  { key: 'accounting', label: '会计核算口径', source: '企业会计准则' },
] as const;
export type RdBasis = (typeof RD_BASES)[number]['key'];

/** The items of R&D expense under 国科发火〔2016〕195号; commissioned work counts at 80 %, other costs up to 20 % of the total. */
export const RD_ITEMS = [
  { key: 'labour', label: '人员人工费用' },
  { key: 'direct', label: '直接投入费用' },
  { key: 'depreciation', label: '折旧费用与长期待摊费用' },
  { key: 'amortisation', label: '无形资产摊销费用' },
  { key: 'design', label: '设计费用' },
  { key: 'testing', label: '装备调试费用与试验费用' },
  { key: 'commissionedDomestic', label: '委托境内外部研究开发费用' },
  { key: 'commissionedAbroad', label: '委托境外研究开发费用' },
  { key: 'other', label: '其他费用' },
] as const;

/** Technical staff as counted under each scheme's own definition. */
export const STAFF_BASES = [
  { key: 'hnte', label: '高企口径（183 天）' },
  { key: 'tsme', label: '科技型中小企业口径（6 个月）' },
] as const;
export type StaffBasis = (typeof STAFF_BASES)[number]['key'];
