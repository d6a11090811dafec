/**
 * The questions of the self-assessment: which facts are asked for, on which page, in which words. Labels, options and
 * where to find a figure come from the one definition of the facts; here stand only what a form adds to it.
 */
import {
  ENTERPRISE_FIELDS,
  FINANCING_FIELDS,
  IP_FIELDS,
  LEVEL_OPTIONS,
  TITLE_FIELDS,
  YEAR_FIELDS,
  type FieldDefinition,
  type FieldType,
  type Option,
} from '../facts/fields.ts';
import { FIGURE_BY_KEY, type FigureKey } from '../facts/figures.ts';
import { SCHEMES } from '../schemes.ts';

/** One box of a form. */
export interface Entry {
  readonly key: string;
  readonly label: string;
  readonly type: FieldType;
  readonly help: string | null;
  readonly options?: readonly Option[];
  /** Whether an amount may be negative. */
  readonly signed?: boolean;
}

/** A fact that can be asked for; `key` is its path in the facts. */
export interface Question extends Entry {
  readonly topic: string;
  /** Where the fact is a list: the boxes of one entry. */
  readonly rows?: readonly Entry[];
}

export interface Topic {
  readonly id: string;
  readonly title: string;
  readonly help: string | null;
}

const YEAR = new Map(YEAR_FIELDS.map((field) => [field.key, field]));
const OWN = new Map(ENTERPRISE_FIELDS.map((field) => [field.key, field]));

const entry = (field: FieldDefinition, help: string | null = field.hint ?? null): Entry => ({
  key: field.key,
  label: field.label,
  type: field.type,
  // A template says how to write yes and no; a form has buttons for them.
  help: field.type === 'flag' && help === field.hint ? null : help,
  ...(field.options ? { options: field.options } : {}),
});

const box = (
  key: string,
  label: string,
  type: FieldType,
  help: string | null = null,
  options?: readonly Option[],
) => ({ key, label, type, help, ...(options ? { options } : {}) });

const some = (fields: readonly FieldDefinition[], ...keys: string[]): Entry[] =>
  keys.map((key) => entry(fields.find((field) => field.key === key)!));

const CONDUCT_OPTIONS: readonly Option[] = [
  { value: 'safety', label: '安全事故' },
  { value: 'quality', label: '质量事故' },
  { value: 'environment', label: '环境违法' },
  { value: 'networkSecurity', label: '网络与数据安全事件' },
  { value: 'tax', label: '偷漏税' },
  { value: 'researchIntegrity', label: '科研失信' },
  { value: 'dataFraud', label: '数据造假' },
  { value: 'abnormalList', label: '列入经营异常名录' },
  { value: 'dishonestList', label: '列入严重失信主体名单' },
];

/** The lists of the facts: what one entry asks. Where an entry is left partly open, so is what it decides. */
const LISTS: Readonly<Record<string, { title: string; help: string; rows: readonly Entry[] }>> = {
  titles: {
    title: '现在持有的称号',
    help: '证书或公告上写有发证日期和有效期；只填仍在有效期内的',
    rows: [
      box(
        'scheme',
        '称号',
        'option',
        null,
        SCHEMES.map(({ id, label }) => ({ value: id, label })),
      ),
      ...some(TITLE_FIELDS, 'grantedOn', 'validUntil'),
    ],
  },
  intellectualProperty: {
    title: '已授权的知识产权',
    help: '见专利证书、登记证书；情形相同的填一组，写明项数',
    rows: [
      ...some(IP_FIELDS, 'kind'),
      box('count', '项数', 'whole', '不填按 1 项'),
      entry(
        IP_FIELDS.find(({ key }) => key === 'grantedOn')!,
        '一组中最晚的一项',
      ),
      ...some(IP_FIELDS, 'obtainedBy'),
      entry(
        IP_FIELDS.find(({ key }) => key === 'transferredOn')!,
        '受让的才填',
      ),
      entry(
        IP_FIELDS.find(({ key }) => key === 'rightHolderRank')!,
        '本企业为第一权利人填 1',
      ),
      ...some(IP_FIELDS, 'relatedToMainProduct', 'applied', 'highValue'),
    ],
  },
  conduct: {
    title: '失信与事故记录',
    help: '近三年的安全、质量、环境、税务等处罚，以及经营异常和严重失信名单；可在“信用中国”和国家企业信用信息公示系统查询',
    rows: [
      box('kind', '情形', 'option', null, CONDUCT_OPTIONS),
      box('severity', '程度', 'option', '按处罚或认定文书', [
        { value: 'minor', label: '一般' },
        { value: 'larger', label: '较大' },
        { value: 'major', label: '重大（严重）' },
        { value: 'extraordinary', label: '特别重大' },
      ]),
      box('on', '发生或列入日期', 'day'),
      box('until', '移出日期', 'day', '仍在名单上的不填'),
    ],
  },
  financing: {
    title: '股权融资',
    help: '近几年各轮融资，见投资协议、验资报告；币种为人民币',
    rows: some(FINANCING_FIELDS, 'closedOn', 'amount', 'postMoney', 'cededShare', 'qualifiedInvestor'),
  },
  rdInstitutions: {
    title: '研发机构',
    help: '企业技术中心、工程研究中心、重点实验室等；自建未认定的级别选“其他”',
    rows: [box('level', '级别', 'option', null, LEVEL_OPTIONS), box('recognisedOn', '认定日期', 'day')],
  },
  awards: {
    title: '科技奖励与大赛',
    help: '科学技术奖、“创客中国”大赛等，见获奖证书',
    rows: [
      box('kind', '奖项', 'option', null, [
        { value: 'scienceAndTechnology', label: '科学技术奖' },
        { value: 'makerChina', label: '“创客中国”大赛' },
        { value: 'quality', label: '质量奖' },
      ]),
      box('level', '级别', 'option', null, LEVEL_OPTIONS),
      box('rank', '单位排名（大赛为名次）', 'whole'),
      box('on', '获奖日期', 'day'),
    ],
  },
  standards: {
    title: '制修订的标准',
    help: '已发布的标准，见标准前言的起草单位',
    rows: [
      box('level', '标准级别', 'option', null, [
        { value: 'international', label: '国际标准' },
        { value: 'national', label: '国家标准' },
        { value: 'industry', label: '行业标准' },
        { value: 'local', label: '地方标准' },
        { value: 'group', label: '团体标准' },
      ]),
      box('role', '作用', 'option', null, [
        { value: 'lead', label: '主导（起草单位前五）' },
        { value: 'participate', label: '参与' },
      ]),
      box('on', '发布日期', 'day'),
    ],
  },
};

/** Help for the facts that are neither figures nor lists. */
const HELP: Readonly<Record<string, string>> = {
  registeredOn: '见营业执照“成立日期”',
  legalPerson: '营业执照为公司等法人；分公司、个体工商户不是',
  residentEnterprise: '在中国境内（不含港澳台）注册成立的企业',
  industry:
    '见“国家企业信用信息公示系统”或统计登记的 GB/T 4754—2017 代码，如软件开发 6513；只知大类可填两位，也可以输入行业名称查找',
  techField: '发挥核心支持作用的技术所属领域，对照《国家重点支持的高新技术领域》',
  restrictedProducts: '对照国家产业结构调整指导目录',
  'listing.status': '境内外交易所上市选“已上市”；全国股转系统挂牌选“新三板”',
  'niche.since': '开始从事目前细分市场的日期，见首份主导产品合同或营业执照变更',
  'niche.marketShare': '主导产品在国内细分市场的占有率，见行业协会或第三方证明',
  'niche.nationalRank': '见行业协会或第三方证明',
  'niche.globalRank': '见行业协会或第三方证明',
  'niche.keyField': '对照认定文件所列领域自行判断；认定时由主管部门判断',
  'niche.wellKnown': '自行判断；认定时由主管部门判断',
  'niche.ownBrand': '拥有直接面向市场的自主品牌，见商标注册证',
  'niche.strategicEmerging': '对照战略性新兴产业分类',
  'management.informationSystem': '核心业务（研发、生产、营销等）由信息系统支撑',
  'management.certificates': '取得质量、环境等管理体系认证的写出名称，多个用“；”隔开；没有的填“无”',
  'management.digitalLevel': '中小企业数字化水平自测的级别，1 至 4；没有测过选不清楚',
};

const MANAGEMENT: readonly FieldDefinition[] = [
  { key: 'management.informationSystem', label: '核心业务采用信息系统', type: 'flag', aliases: [] },
  { key: 'management.certificates', label: '管理体系认证', type: 'list', aliases: [] },
  { key: 'management.digitalLevel', label: '数字化水平级别', type: 'whole', aliases: [] },
];

/** The eight fields of 国家重点支持的高新技术领域. */
const TECH_FIELDS: readonly Option[] = [
  '电子信息',
  '生物与新医药',
  '航空航天',
  '新材料',
  '高技术服务',
  '新能源与节能',
  '资源与环境',
  '先进制造与自动化',
].map((label, i) => ({ value: String(i + 1), label }));

/** Facts asked on one page though they are several; everything else has a page of its own. */
const TOGETHER: Readonly<Record<string, Topic>> = {
  'niche.marketShare': { id: 'niche.position', title: '主导产品的市场地位', help: null },
  'niche.nationalRank': { id: 'niche.position', title: '主导产品的市场地位', help: null },
  'niche.globalRank': { id: 'niche.position', title: '主导产品的市场地位', help: null },
};

/** 销售收入 is defined as main plus other business revenue, which is what 营业收入 is: asked once. */
const REVENUE_HELP =
  '利润表“营业收入”，即主营业务收入＋其他业务收入；与企业所得税年度纳税申报表的销售收入同口径';

/** The other paths that an answer stands for. */
export function alsoAnswers(id: string): string | null {
  const found = /^years\.(\d{4})\.operatingRevenue$/.exec(id);
  return found ? `years.${found[1]}.salesRevenue` : null;
}

const questions = new Map<string, Question | null>();
const topics = new Map<string, Topic>();

/** The question that asks for the fact at a path; null for what no enterprise can answer (a person's score, a rate). */
export function questionFor(path: string): Question | null {
  const asked = path.replace(/^(years\.\d{4}\.)salesRevenue$/, '$1operatingRevenue');
  let known = questions.get(asked);
  if (known === undefined) questions.set(asked, (known = make(asked)));
  return known;
}

/** The page on which a question stands. */
export function topicOf(question: Question): Topic {
  return topics.get(question.topic)!;
}

function make(path: string): Question | null {
  const yearly = /^years\.(\d{4})\.(\w+)/.exec(path);
  if (yearly) return yearQuestion(yearly[1]!, yearly[2]!);
  const conversions = /^conversions\.(\d{4})$/.exec(path);
  if (conversions) {
    const topic = {
      id: 'conversions',
      title: '科技成果转化',
      help: '当年转化的成果项数，见转化证明材料；一项成果分几年转化的只计一次',
    };
    return put(topic, { ...box(path, `${conversions[1]} 年转化项数`, 'whole') });
  }
  const head = path.split('.')[0]!;
  const list = LISTS[head];
  if (list)
    return put({ id: head, ...list }, { ...box(head, list.title, 'text', list.help), rows: list.rows });
  const field = OWN.get(path) ?? MANAGEMENT.find(({ key }) => key === path);
  if (!field || path === 'division') return null;
  const help = HELP[path] ?? field.hint ?? null;
  const together = TOGETHER[path];
  const own = entry(field, together ? help : null);
  return put(
    together ?? { id: path, title: field.label, help },
    path === 'techField' ? { ...own, type: 'option', options: TECH_FIELDS } : own,
  );
}

function yearQuestion(year: string, name: string): Question | null {
  const key = name as FigureKey;
  const figure = FIGURE_BY_KEY[key];
  const field = YEAR.get(key);
  if (!figure || !field) return null;
  const help = key === 'operatingRevenue' ? REVENUE_HELP : figure.where;
  const topic = { id: `years.${key}`, title: figure.label, help };
  return put(topic, {
    ...entry(field, null),
    key: `years.${year}.${key}`,
    label: `${year} 年`,
    signed: figure.signed,
  });
}

function put({ id, title, help }: Topic, of: Entry & Pick<Question, 'rows'>): Question {
  if (!topics.has(id)) topics.set(id, { id, title, help });
  return { ...of, topic: id };
}
