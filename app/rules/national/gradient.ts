/** What 创新型, 专精特新 and 小巨人 share: basic conditions, intellectual property and financing as the texts define them. */
import { addYears, type Day } from '../day.ts';
import { atLeast, atMost, fig, no, partOf, share, T1, yes } from '../build.ts';
import { legalPerson, restrictedProducts, truth, UNKNOWN } from '../features/common.ts';
import {
  answer,
  awardCount,
  cleanRecord,
  every,
  ipCount,
  isClassOne,
  newEquity,
  rdBodyCount,
} from '../features/property.ts';
import { isSme } from '../features/size.ts';
import { cite, type Citation, type Param } from '../source.ts';
import type { Facts } from '../facts/parse.ts';
import type { Clause, Condition, Feature } from '../engine/types.ts';
import { GIANT_NOTICE_2026, GRADIENT_2022, GRADIENT_2026, SIZE_2011 } from './texts.ts';

const threeYears = (on: Day) => addYears(on, -3);
/** The basic conditions were read, the number of their article was not. */
const UNNUMBERED = { notSeen: '基本条件的条款号未见' };

const smeSize: Condition = {
  id: 'sme-size',
  label: '符合中小企业划型标准',
  citation: cite(SIZE_2011, '四'),
  test: yes(isSme),
};

/** Basic conditions of 工信部企业〔2022〕63号. */
export const BASIC_2022: readonly Condition[] = [
  {
    id: 'legal-person',
    label: '在中国境内工商注册登记、具有独立法人资格',
    citation: cite(GRADIENT_2022, UNNUMBERED),
    test: yes(legalPerson),
  },
  smeSize,
  {
    id: 'restricted-products',
    label: '产品（服务）不属于国家禁止、限制或淘汰类',
    citation: cite(GRADIENT_2022, UNNUMBERED),
    test: no(restrictedProducts),
  },
  {
    id: 'clean-record',
    label: '未列入经营异常、严重失信名单，近三年无重大安全、质量、环境污染事故和偷漏税',
    citation: cite(GRADIENT_2022, UNNUMBERED),
    veto: true,
    test: yes(
      cleanRecord(
        'gradient-2022',
        '未列入名单且近三年无重大违法',
        [
          { kinds: ['safety', 'networkSecurity', 'quality', 'environment'], from: 'major' },
          { kinds: ['tax'], from: 'minor' },
        ],
        threeYears,
        ['abnormalList', 'dishonestList'],
      ),
    ),
  },
];

/** Basic conditions of 工信部企业〔2026〕2号 and the notices of 2026, as far as they were read. */
export const BASIC_2026: readonly Condition[] = [
  smeSize,
  {
    id: 'clean-record',
    label: '近三年无较大及以上安全事故、重大网络和数据安全事件、重大环境违法、严重质量问题和数据造假',
    citation: cite(GRADIENT_2026, UNNUMBERED),
    veto: true,
    reading: '“严重违反行业管理规定”没有数据来源，由人核查',
    test: yes(
      cleanRecord(
        'gradient-2026',
        '近三年无较大事故、重大违法和数据造假',
        [
          { kinds: ['safety'], from: 'larger' },
          { kinds: ['networkSecurity', 'environment', 'quality'], from: 'major' },
          { kinds: ['dataFraud'], from: 'minor' },
        ],
        threeYears,
      ),
    ),
  },
];

export const BASIC_CLAUSES_2022: readonly Clause[] = [
  {
    article: '基本条件',
    says: '境内注册、独立法人、中小企业',
    treatment: 'automated',
    by: ['legal-person', 'sme-size'],
  },
  {
    article: '基本条件',
    says: '未列入经营异常名录、严重失信主体名单；产品不属禁止、限制、淘汰类',
    treatment: 'automated',
    by: ['clean-record', 'restricted-products'],
  },
  {
    article: '基本条件',
    says: '近三年无重大安全（含网络、数据安全）、质量、环境污染事故和偷漏税',
    treatment: 'automated',
    by: ['clean-record'],
  },
];
export const BASIC_CLAUSES_2026: readonly Clause[] = [
  { article: '基本条件', says: '符合中小企业划型标准', treatment: 'automated', by: ['sme-size'] },
  {
    article: '基本条件',
    says: '近三年无较大及以上安全事故等情形',
    treatment: 'automated',
    by: ['clean-record'],
  },
  {
    article: '基本条件',
    says: '近三年无严重违反行业管理规定',
    treatment: 'human',
    by: ['clean-record'],
    reason: '没有结构化数据来源',
  },
];

/** What a notice of 2026 merely advises for 小巨人. */
export const GIANT_ADVICE: readonly Condition[] = [
  {
    id: 'not-champion',
    label: '已是制造业单项冠军的不再推荐',
    citation: cite(GIANT_NOTICE_2026, { notSeen: '条款号未见' }),
    test: no({
      id: 'holdsChampion',
      label: '持有有效的制造业单项冠军称号',
      unit: 'boolean',
      of: (facts, { on }) =>
        facts.titles
          ? truth(
              facts.titles.some(
                (t) =>
                  t.scheme === 'champion' && t.status === 'valid' && (!t.validUntil || t.validUntil >= on),
              ),
            )
          : UNKNOWN,
      reads: () => ['titles'],
    }),
  },
];

/** 63号: transferred in less than a year ago does not count; class Ⅱ patents only more than two years after grant. */
function counts63(one: boolean) {
  return (ip: NonNullable<Facts['intellectualProperty']>[number], on: Day) =>
    every(
      answer(isClassOne(ip) === one),
      ip.transferredOn && addYears(ip.transferredOn, 1) > on ? 'no' : 'yes',
      one || ip.kind === 'softwareCopyright'
        ? 'yes'
        : ip.grantedOn
          ? answer(addYears(ip.grantedOn, 2) < on)
          : 'open',
      answer(ip.relatedToMainProduct, 'person'),
    );
}
const one63 = counts63(true);
const two63 = counts63(false);

export const ip63 = {
  highValue: ipCount('63-high-value', '与主导产品相关的Ⅰ类高价值知识产权', (ip, { on }) =>
    every(one63(ip, on), answer(ip.highValue, 'person')),
  ),
  own: ipCount('63-own', '自主研发的Ⅰ类知识产权', (ip, { on }) =>
    every(one63(ip, on), ip.obtainedBy == null ? 'open' : answer(ip.obtainedBy === 'own')),
  ),
  classOne: ipCount('63-one', '与主导产品相关的Ⅰ类知识产权', (ip, { on }) => one63(ip, on)),
  classOneApplied: ipCount(
    '63-one-applied',
    '与主导产品相关、实际应用并产生效益的Ⅰ类知识产权',
    (ip, { on }) => every(one63(ip, on), answer(ip.applied, 'person')),
  ),
  classTwo: ipCount('63-two', '与主导产品相关的Ⅱ类知识产权', (ip, { on }) => two63(ip, on)),
};

/** 省部级以上: national or provincial. */
export const PROVINCIAL = ['national', 'provincial'] as const;
export const rdBodies = {
  national: rdBodyCount('national', '国家级研发机构', ['national']),
  provincial: rdBodyCount('provincial', '省部级以上研发机构', PROVINCIAL),
  municipal: rdBodyCount('municipal', '市级以上研发机构', [...PROVINCIAL, 'municipal']),
  any: rdBodyCount('any', '自建研发机构', [...PROVINCIAL, 'municipal', 'district', 'other']),
};

export const awards = {
  provincialTop3: awardCount(
    'science-provincial-3',
    '近三年省级以上科技奖励（单位排名前三）',
    3,
    'scienceAndTechnology',
    PROVINCIAL,
    3,
  ),
  nationalTop3: awardCount(
    'science-national-3',
    '近三年国家级科技奖励（单位排名前三）',
    3,
    'scienceAndTechnology',
    ['national'],
    3,
  ),
  nationalTop5: awardCount(
    'science-national-5',
    '近三年国家级科技奖励（单位排名前五）',
    3,
    'scienceAndTechnology',
    ['national'],
    5,
  ),
  provincialAny: awardCount(
    'science-provincial',
    '近三年国家级、省级科技奖励',
    3,
    'scienceAndTechnology',
    PROVINCIAL,
  ),
  makerTop500: awardCount('maker-500', '近三年“创客中国”全国 500 强', 3, 'makerChina', ['national'], 500),
  makerTop50: awardCount('maker-50', '近三年“创客中国”全国 50 强', 3, 'makerChina', ['national'], 50),
};

export const equity = {
  /** 2号文 names the years T−2 and T−1. */
  twoFiscalYears: newEquity('2-fiscal', '近两年新增股权融资（合格机构投资者实缴）', {
    years: 2,
    window: 'fiscal',
  }),
  twoYears: newEquity('2', '近两年新增股权融资（合格机构投资者实缴）', { years: 2, window: 'open' }),
  threeYears: newEquity('3', '近三年新增股权融资（合格机构投资者实缴）', { years: 3, window: 'open' }),
};

/** A person's or operator's points on record, in hundredths. */
export function givenPoints(
  from: 'expertScores' | 'operatorScores',
  scheme: string,
  key: string,
  label: string,
): Feature {
  return {
    id: `${from}:${scheme}.${key}`,
    label,
    unit: 'points',
    of: (facts) => {
      const given = facts[from]?.[scheme]?.[key];
      return given == null ? UNKNOWN : Math.round(given * 100);
    },
    reads: () => [`${from}.${scheme}.${key}`],
  };
}

/** 资产负债率 at the end of the year before, at most so much. */
export const debtRatio = (citation: Citation, limit: Param): Condition => ({
  id: 'debt-ratio',
  label: '上年末资产负债率',
  citation,
  test: atMost(share(fig('totalLiabilities', T1), fig('totalAssets', T1)), limit),
});

/** 主营业务收入 of 营业收入 in the year before, at least so much. */
export const mainRevenueShare = (citation: Citation, least: Param): Condition => ({
  id: 'main-revenue-share',
  label: '上年度主营业务收入占营业收入比重',
  citation,
  test: atLeast(partOf(fig('mainRevenue', T1), fig('operatingRevenue', T1)), least),
});
