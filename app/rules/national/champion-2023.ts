/** 制造业单项冠军, 工信部政法〔2023〕138号: the hard numbers; the soft requirements are for people. */
import { all, any, atLeast, atMost, figs, measure, part, T1, T2, T3, yes } from '../build.ts';
import { globalRank, holdsTitle, nicheYears } from '../features/common.ts';
import { judgement } from '../features/judgement.ts';
import { cite, param, type LegalText, type Unit } from '../source.ts';
import type { Condition, Feature, RuleVersion } from '../engine/types.ts';

export const CHAMPION_2023: LegalText = {
  id: 'gxbzf-2023-138',
  docNo: '工信部政法〔2023〕138号',
  title: '制造业单项冠军企业认定管理办法',
  issuer: '工业和信息化部',
  url: { notSeen: '未见可核实的官方原文链接' },
  effectiveFrom: { notSeen: '施行日期未见，约 2023 年 8 月发布' },
  effectiveTo: null,
  checkedOn: '2026-11-22',
};

const place = (name: string) => cite(CHAMPION_2023, { notSeen: `条款号未见（${name}）` });
const number = (id: string, label: string, unit: Unit, value: string, name: string) =>
  param(`champion.${id}`, label, unit, value, place(name));

const newProduct = judgement('champion', 'newProduct', '产品属于新产品');
const srdiTitle = holdsTitle('srdi-or-giant', '省级以上专精特新企业', ['srdi', 'giant']);
/** 0 without the title of 专精特新, 1 with it; chooses the revenue line. */
const srdiHolder: Feature = { ...srdiTitle, id: 'srdiHolder', unit: 'level' };

const forPeople = (id: string, key: string, label: string, name: string): Condition => ({
  id,
  label,
  citation: place(name),
  test: yes(judgement('champion', key, label), 'manual'),
});

export const champion2023: RuleVersion = {
  id: 'champion@2023',
  scheme: 'champion',
  label: '制造业单项冠军（2023）',
  texts: [CHAMPION_2023],
  conditions: [
    {
      id: 'niche-years',
      label: '从事相关领域时间',
      citation: place('专业发展'),
      test: any(
        part(
          '10 年以上',
          atLeast(measure(nicheYears), number('niche-years', '从事相关领域年限', 'years', '10', '专业发展')),
        ),
        part(
          '属于新产品的 5 年以上',
          all(
            part(
              '5 年以上',
              atLeast(
                measure(nicheYears),
                number('niche-years.new', '从事相关领域年限（新产品）', 'years', '5', '专业发展'),
              ),
            ),
            part('产品属于新产品', yes(newProduct, 'manual')),
          ),
        ),
      ),
    },
    {
      id: 'main-revenue',
      label: '近三年主营业务收入合计（年均 4 亿元，省级以上专精特新企业年均 2 亿元）',
      citation: place('专业发展'),
      reading: '年均值以三年合计比较，4 亿元即合计 12 亿元；专精特新企业“可放宽”按适用放宽计',
      test: {
        kind: 'compare',
        quantity: figs('mainRevenue', T3, T2, T1),
        op: '>=',
        threshold: {
          kind: 'chosen',
          by: srdiHolder,
          of: [
            number('main-revenue', '近三年主营业务收入合计', 'CNY', '1200000000', '专业发展'),
            number(
              'main-revenue.srdi',
              '近三年主营业务收入合计（专精特新企业）',
              'CNY',
              '600000000',
              '专业发展',
            ),
          ],
        },
        ifUnknown: 'unknown',
      },
    },
    {
      id: 'global-rank',
      label: '单项产品市场占有率位居全球前三',
      citation: place('市场竞争'),
      test: atMost(measure(globalRank), number('global-rank', '全球排名', 'rank', '3', '市场竞争')),
    },
    forPeople('technology', 'technology', '技术水平国际先进，主要产品能耗达到先进值', '市场竞争'),
    forPeople('international', 'international', '国际化经营处于行业领先', '市场竞争'),
    forPeople('innovation', 'innovation', '建有高水平研发机构，拥有核心自主知识产权并实现转化', '自主创新'),
    forPeople('management', 'management', '经营业绩优秀，管理规范，品牌知名', '经营管理'),
  ],
  clauses: [
    {
      article: '专业发展',
      says: '从事相关领域 10 年以上（新产品 5 年以上）',
      treatment: 'automated',
      by: ['niche-years'],
    },
    {
      article: '专业发展',
      says: '近三年主营业务收入年均 4 亿元以上（省级以上专精特新可放宽至 2 亿元）',
      treatment: 'automated',
      by: ['main-revenue'],
    },
    {
      article: '市场竞争',
      says: '单项产品市场占有率全球前三',
      treatment: 'automated',
      by: ['global-rank'],
    },
    {
      article: '市场竞争、自主创新、经营管理',
      says: '技术、国际化、创新、经营等定性要求',
      treatment: 'human',
      by: ['technology', 'international', 'innovation', 'management'],
      reason: '定性要求由人判断后登记',
    },
    {
      article: '第十条至第十三条',
      says: '有效期三年与复核、每年 5 月 31 日前更新、三个月内报告变化、撤销',
      treatment: 'out-of-scope',
      by: [],
      reason: '属证后义务，由状态机承担',
    },
  ],
};
