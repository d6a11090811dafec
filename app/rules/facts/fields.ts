/**
 * The facts outside the yearly figures as columns of tables: label, type, options and other headers of each, in one
 * place for import, templates, export and forms. `key` is the path in the facts (contract names).
 */
import { FIGURES, RD_BASES, RD_ITEMS, STAFF_BASES } from './figures.ts';
import type { CLASS_ONE_IP, CLASS_TWO_IP, LEVELS, SIZE_INDUSTRIES, TITLE_STATUSES } from './schema.ts';

export type FieldType =
  | 'text'
  | 'list'
  | 'uscc'
  | 'day'
  | 'flag'
  | 'option'
  | 'share'
  | 'whole'
  | 'money'
  | 'persons'
  | 'points'
  | 'year'
  | 'scheme';

export interface Option {
  readonly value: string;
  readonly label: string;
  /** Other ways in which tables write it. */
  readonly aliases?: readonly string[];
}

export interface FieldDefinition {
  readonly key: string;
  readonly label: string;
  readonly type: FieldType;
  readonly aliases: readonly string[];
  readonly options?: readonly Option[];
  /** How to fill it in, for templates. */
  readonly hint?: string;
}

type Typed<T extends string> = readonly (Option & { readonly value: T })[];

const option = <const V extends string>(value: V, label: string, ...aliases: string[]) => ({
  value,
  label,
  aliases,
});

export const IP_KIND_OPTIONS: Typed<(typeof CLASS_ONE_IP)[number] | (typeof CLASS_TWO_IP)[number]> = [
  option('invention', '发明专利', '发明', '发明授权', '授权发明专利'),
  option('plantVariety', '植物新品种'),
  option('nationalCrop', '国家级农作物品种', '国家级农作物'),
  option('nationalNewDrug', '国家新药'),
  option('tcmProtection', '国家一级中药保护品种', '中药保护品种'),
  option('icLayout', '集成电路布图设计专有权', '集成电路布图设计'),
  option('utilityModel', '实用新型专利', '实用新型'),
  option('design', '外观设计专利', '外观设计'),
  option('softwareCopyright', '软件著作权', '软著', '计算机软件著作权'),
];

export const OBTAINED_OPTIONS = [
  option('own', '自主研发', '自主', '原始取得', '自有'),
  option('transfer', '受让', '转让取得', '继受取得', '购买'),
  option('gift', '受赠', '捐赠'),
  option('merger', '并购', '吸收合并'),
];

export const LEVEL_OPTIONS: Typed<(typeof LEVELS)[number]> = [
  option('national', '国家级', '国家'),
  option('provincial', '省级', '省', '省（市）级', '自治区级', '直辖市级'),
  option('municipal', '市级', '市', '地市级'),
  option('district', '区级', '区县级', '区', '县级'),
  option('other', '其他', '其它'),
];

export const TITLE_STATUS_OPTIONS: Typed<(typeof TITLE_STATUSES)[number]> = [
  option('valid', '有效', '在有效期', '有效期内'),
  option('expired', '已到期', '到期', '过期', '失效'),
  option('revoked', '已撤销', '撤销', '取消', '已取消'),
  option('withdrawn', '已撤回', '撤回', '主动放弃'),
];

export const LISTING_OPTIONS = [
  option('unlisted', '未上市', '否', '非上市'),
  option('neeq', '新三板', '新三板挂牌', '全国股转系统', '挂牌'),
  option('listed', '已上市', '上市', '是', '境内上市'),
];

export const SIZE_INDUSTRY_OPTIONS: Typed<(typeof SIZE_INDUSTRIES)[number]> = [
  option('agriculture', '农、林、牧、渔业', '农林牧渔业'),
  option('industry', '工业', '制造业'),
  option('construction', '建筑业'),
  option('wholesale', '批发业'),
  option('retail', '零售业'),
  option('transport', '交通运输业'),
  option('warehousing', '仓储业'),
  option('post', '邮政业'),
  option('accommodation', '住宿业'),
  option('catering', '餐饮业'),
  option('telecom', '信息传输业'),
  option('software', '软件和信息技术服务业', '软件业'),
  option('realEstate', '房地产开发经营', '房地产业'),
  option('propertyManagement', '物业管理'),
  option('leasing', '租赁和商务服务业'),
  option('other', '其他未列明行业', '其他'),
];

function field(
  key: string,
  label: string,
  type: FieldType,
  aliases: readonly string[] = [],
  more: Pick<FieldDefinition, 'options' | 'hint'> = {},
): FieldDefinition {
  return { key, label, type, aliases, ...more };
}

/** What names the enterprise of a row. */
export const KEY_FIELDS: readonly FieldDefinition[] = [
  field(
    'uscc',
    '统一社会信用代码',
    'uscc',
    ['社会信用代码', '信用代码', '纳税人识别号', '统一信用代码', 'creditCode', 'unifiedSocialCreditCode'],
    {
      hint: '18 位；校验码不符的会接受并标记',
    },
  ),
  field(
    'name',
    '企业名称',
    'text',
    [
      '名称',
      '单位名称',
      '公司名称',
      '企业全称',
      '公司全称',
      '申报单位',
      '纳税人名称',
      'enterpriseName',
      'companyName',
      'company',
    ],
    {
      hint: '营业执照上的全称',
    },
  ),
  field('listing.code', '股票代码', 'text', ['证券代码', '股票编码', 'stockCode', 'securityCode', 'ticker']),
];

/** The enterprise itself. */
export const ENTERPRISE_FIELDS: readonly FieldDefinition[] = [
  ...KEY_FIELDS,
  field('formerNames', '曾用名', 'list', ['企业曾用名', '原名称'], { hint: '多个用“；”隔开' }),
  field(
    'registeredOn',
    '成立日期',
    'day',
    [
      '注册日期',
      '注册时间',
      '成立时间',
      '注册成立日期',
      '注册成立时间',
      'established',
      'establishedOn',
      'foundedOn',
      'registrationDate',
    ],
    { hint: '如 2018-03-12' },
  ),
  field('division', '行政区划代码', 'text', ['区划代码', '注册地行政区划代码', 'divisionCode'], {
    hint: 'GB/T 2260 六位代码',
  }),
  field('park', '所属园区', 'text', ['园区', '分园', '所属分园', '所在园区']),
  field('locatedInPark', '实体在地', 'flag', ['是否实体在地', '在地', '是否在地'], { hint: '是 / 否' }),
  field('legalPerson', '独立法人', 'flag', ['是否独立法人', '具有独立法人资格'], { hint: '是 / 否' }),
  field('residentEnterprise', '居民企业', 'flag', ['是否居民企业'], { hint: '是 / 否' }),
  field(
    'industry',
    '行业代码',
    'text',
    ['国民经济行业代码', '所属行业代码', '行业分类代码', 'industryCode'],
    { hint: 'GB/T 4754—2017 代码，如 6513' },
  ),
  field('sizeIndustry', '划型行业', 'option', ['企业划型行业', '中小企业划型行业'], {
    options: SIZE_INDUSTRY_OPTIONS,
  }),
  field('techField', '技术领域', 'text', ['高新技术领域', '所属技术领域', '国家重点支持的高新技术领域'], {
    hint: '1 至 8 或其下级，如 1.1',
  }),
  field('restrictedProducts', '产品属禁止、限制、淘汰类', 'flag', ['禁止限制淘汰类', '是否禁止限制淘汰类'], {
    hint: '是 / 否',
  }),
  field('listing.status', '上市状态', 'option', ['上市情况', '是否上市'], { options: LISTING_OPTIONS }),
  field('listing.on', '上市日期', 'day', ['上市时间', '挂牌日期']),
  field('listing.shortName', '股票简称', 'text', ['证券简称', 'shortName', 'stockName']),
  field('niche.since', '从事细分市场起始日', 'day', ['从事特定细分市场时间', '从事细分市场起始时间']),
  field('niche.marketShare', '细分市场占有率', 'share', ['市场占有率', '主导产品市场占有率'], {
    hint: '如 12% 或 0.12',
  }),
  field('niche.nationalRank', '细分市场全国排名', 'whole', ['全国排名', '国内排名']),
  field('niche.globalRank', '细分市场全球排名', 'whole', ['全球排名']),
  field('niche.keyField', '主导产品属重点领域关键环节', 'flag', ['重点领域'], { hint: '是 / 否' }),
  field('niche.wellKnown', '享有较高知名度', 'flag', ['较高知名度'], { hint: '是 / 否' }),
  field('niche.ownBrand', '拥有自主品牌', 'flag', ['自主品牌'], { hint: '是 / 否' }),
  field('niche.strategicEmerging', '属战略性新兴产业', 'flag', ['战略性新兴产业'], { hint: '是 / 否' }),
];

/** The figures of one year, with what is collected under each legal basis. */
export const YEAR_FIELDS: readonly FieldDefinition[] = [
  ...FIGURES.map((f) =>
    field(f.key, f.label, f.unit === 'CNY' ? 'money' : f.unit, f.aliases, { hint: f.where }),
  ),
  ...RD_BASES.map((b) =>
    field(`rdExpenseBy.${b.key}`, `研发费用（${b.label}）`, 'money', [], { hint: b.source }),
  ),
  ...RD_ITEMS.map((i) => field(`rdItems.${i.key}`, `研发费用：${i.label}`, 'money', [i.label])),
  ...STAFF_BASES.map((b) => field(`techStaffBy.${b.key}`, `科技人员数（${b.label}）`, 'persons')),
  field('conversions', '科技成果转化数', 'whole', ['成果转化数', '科技成果转化项数'], {
    hint: '当年完成的项数',
  }),
];

/** One intellectual property right. */
export const IP_FIELDS: readonly FieldDefinition[] = [
  field('kind', '知识产权类别', 'option', ['知识产权类型', '专利类型', '专利类别', 'ipKind', 'patentType'], {
    options: IP_KIND_OPTIONS,
  }),
  field(
    'no',
    '知识产权编号',
    'text',
    ['专利号', '授权号', '登记号', '授权公告号', '申请号', 'patentNo', 'ipNo'],
    { hint: '重复导入时靠它认出同一项' },
  ),
  field('name', '知识产权名称', 'text', ['专利名称', '软件名称', 'ipName', 'patentName']),
  field('appliedOn', '申请日', 'day', ['申请日期', '申请时间']),
  field('grantedOn', '授权日', 'day', ['授权日期', '授权公告日', '登记日期', '授权时间']),
  field('obtainedBy', '获得方式', 'option', ['取得方式'], { options: OBTAINED_OPTIONS }),
  field('transferredOn', '受让日', 'day', ['转让日期', '受让日期']),
  field('rightHolderRank', '权利人排名', 'whole', ['权利人位次']),
  field('relatedToMainProduct', '与主导产品相关', 'flag', ['是否与主导产品相关'], { hint: '是 / 否' }),
  field('applied', '已应用并产生效益', 'flag', ['是否应用', '实际应用并产生经济效益'], { hint: '是 / 否' }),
  field('highValue', '高价值', 'flag', ['是否高价值'], { hint: '是 / 否' }),
  field('usedInHnteApplicationOn', '上次用于高企申请日', 'day', ['用于高企申请日期']),
  field('until', '权利终止日', 'day', ['失效日期', '终止日期']),
];

/** One title. */
export const TITLE_FIELDS: readonly FieldDefinition[] = [
  field('scheme', '称号', 'scheme', [
    '资质',
    '资质名称',
    '资质类别',
    '称号名称',
    '认定类别',
    '荣誉',
    '荣誉名称',
    'title',
  ]),
  field('level', '级别', 'option', ['称号级别', '认定级别', '资质级别'], { options: LEVEL_OPTIONS }),
  field('no', '证书编号', 'text', ['证书号', '编号', 'certificateNo'], {
    hint: '重复导入时靠它认出同一证书',
  }),
  field('grantedOn', '发证日期', 'day', [
    '认定日期',
    '认定时间',
    '发证时间',
    '获得日期',
    '公告日期',
    '颁发日期',
    'certifiedOn',
  ]),
  field('validUntil', '有效期至', 'day', [
    '到期日期',
    '到期日',
    '有效期截止',
    '有效期止',
    '证书有效期至',
    'expiresOn',
  ]),
  field('status', '称号状态', 'option', ['证书状态', '状态'], { options: TITLE_STATUS_OPTIONS }),
];

/** One round of financing. */
export const FINANCING_FIELDS: readonly FieldDefinition[] = [
  field('closedOn', '融资日期', 'day', ['融资时间', '交割日期', '到账日期']),
  field('amount', '融资金额', 'money', ['融资额', '投资金额']),
  field('currency', '币种', 'text', ['融资币种'], { hint: '三位字母，如 CNY' }),
  field('postMoney', '投后估值', 'money', ['投后估值金额', '估值']),
  field('qualifiedInvestor', '合格机构投资者实缴', 'flag', ['合格机构投资者', '是否合格投资机构'], {
    hint: '是 / 否',
  }),
  field('cededShare', '出让股比', 'share', ['出让比例', '出让股份比例'], { hint: '如 6.67%' }),
];

/** What is said of a row as a whole. */
export const ROW_FIELDS: readonly FieldDefinition[] = [
  field(
    'year',
    '年度',
    'year',
    ['年份', '报告年份', '最新年度', '数据年度', '会计年度', '所属年度', '统计年度', 'fiscalYear'],
    { hint: '四位年份' },
  ),
  field('source', '数据来源', 'option', ['来源'], {
    options: [
      option('official', '主管部门', '官方'),
      option('audit', '审计报告', '审计'),
      option('statistics', '统计报表', '统计'),
      option('self', '企业自报', '自报', '企业填报'),
      option('thirdParty', '第三方', '第三方数据'),
      option('inferred', '推算'),
    ],
  }),
  field('knownAt', '知悉日期', 'day', ['获知日期', '数据知悉日期']),
];

/** Register columns beyond the facts, kept with the enterprise and shown: their Chinese label, and other headers. */
export const EXTRA_LABELS: readonly (readonly [label: string, ...aliases: string[]])[] = [
  ['企业类型', 'enterprise_type', '公司类型', '登记类型'],
  ['注册资本', 'registered_capital', '注册资金'],
  ['经营范围', 'business_scope'],
  ['省份', 'province', '省', '所在省份'],
  ['城市', 'city', '市', '所在城市'],
  ['住所', 'address', 'registered_address', '注册地址', '企业地址', '地址'],
  ['所属行业', '行业', '行业名称', 'industry_name'],
  ['主导产品', '主要产品', '主营产品'],
];
