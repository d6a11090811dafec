// An indicator stated twice: asked about where nothing sets the two apart, left alone wherever something does.
import { describe, expect, test } from 'vitest';
import { questionsOf, readReport } from './check.ts';

const ask = (text: string) => questionsOf(readReport(text, 'halfUp'));

const TITLE = '2021年度工作总结\n\n';

const CONTRADICTED: readonly (readonly [text: string, figure: string, expected: string])[] = [
  ['2021年，高企总数达到580家。截至12月底，高企总数570家。', '570家', '580家'],
  [
    '园区高企580家，专精特新60家。\n二、具体情况\n截至目前，高企累计培育成效显著。高企585家。',
    '585家',
    '580家',
  ],
  [
    '1-11月，实现总收入446.4亿元，同比增长35.6%。\n1-11月，总收入464.4亿元，增速居前。',
    '464.4亿元',
    '446.4亿元',
  ],
  ['实现总收入446.4亿元，同比增长35.6%。全年总收入446.4亿元，同比增长36.5%。', '36.5%', '35.6%'],
  ['新增高企89家。2021年，新增高企98家。', '98家', '89家'],
  ['国家级专精特新“小巨人”企业3家。截至2021年底，国家级专精特新小巨人企业5家。', '5家', '3家'],
  ['全区规上工业企业242家。2021年，全区规上工业企业共计224家。', '224家', '242家'],
  ['研发费用合计9.5亿元。坚持创新驱动，研发费用达到9.8亿元。', '9.8亿元', '9.5亿元'],
  ['截至2021年9月底，高企总数达到560家。9月底，高企总数650家。', '650家', '560家'],
  ['全市高企3000家。2021年末，全市高企3200家。', '3200家', '3000家'],
];

const CONSISTENT: readonly (readonly [what: string, text: string])[] = [
  ['the same again', '高企总数达到580家。2021年末，高企580家。截至2021年12月底，高企总数为580家。'],
  ['rounded', '总收入446.4亿元。2021年总收入446亿元，其中软件业收入120亿元。'],
  ['another unit', '研发费用9.5亿元。全年研发费用95000万元。'],
  ['about so many', '高企总数达到580家。高企近600家，高企超过570家。'],
  ['another day', '截至9月底，高企560家。截至12月底，高企580家。'],
  ['another year', '2020年高企516家。2021年高企580家。'],
  ['the year in the heading', '一、2020年情况\n高企516家。\n二、2021年情况\n高企580家。'],
  ['half of a year and all of it', '上半年总收入200亿元。全年总收入446.4亿元。'],
  ['quarters', '一季度总收入100亿元。二季度总收入120亿元。前三季度总收入340亿元。'],
  ['up to November and all the year', '1-11月总收入446.4亿元。全年总收入490亿元。'],
  ['the year before', '高企580家。上年高企516家。'],
  ['from and to', '高企从516家增加到580家。高企580家。'],
  ['a plan', '高企580家。力争高企达到620家。2022年高企目标640家。'],
  ['a plan by its heading', '高企总数580家。\n四、2022年工作思路\n高企总数达到620家。'],
  [
    'a plan by the heading of its part',
    '高企总数580家。\n\n四、2022年工作思路\n\n（一）梯队\n\n2021年的基础上提质，高企总数达到620家。',
  ],
  ['new ones and all of them', '新增高企89家。高企累计580家。高企总数1717家。'],
  ['net and gross', '新增高企89家。净增高企64家。'],
  ['家 and 家次', '规上企业242家。规上企业300家次。'],
  ['all the district and a park', '全区高企846家。西城园高企699家。'],
  ['two parks', '甲园高企15家，专精特新3家。乙园高企8家，专精特新2家。'],
  ['two parks with a colon', '甲园：高企15家，专精特新3家。乙园：高企8家，专精特新2家。'],
  ['two parks in headings', '一、甲园\n高企15家，专精特新3家。\n二、乙园\n高企8家，专精特新2家。'],
  ['two parks named in the sentence before', '东区科技园今年扩容。高企15家。西区科技园今年启用。高企8家。'],
  ['two lines of industry', '软件业高企50家，专精特新12家。生物医药高企30家，专精特新8家。'],
  [
    'lines of industry as items',
    '一是软件和信息服务业。高企50家，总收入120亿元。二是生物医药。高企30家，总收入70亿元。',
  ],
  ['lines of industry in clauses', '软件产业加快发展，总收入120亿元。生物医药加快集聚，总收入70亿元。'],
  ['the income of two classes', '规上企业242家，总收入400亿元。高企580家，总收入300亿元。'],
  ['parts', '共有企业1000家，其中高企580家。上市企业16家，其中高企12家。'],
  ['in parentheses', '甲镇（高企15家）、乙镇（高企8家）。企业100家（高企40家）。'],
  ['two grades', '国家级小巨人3家。市级小巨人6家。小巨人6家。'],
  ['steps before the title', '申报高企241家。推荐高企200家。通过高企89家。高企580家。'],
  ['what lapsed', '到期高企120家。重新认定高企100家。高企580家。'],
  ['counted otherwise', '高企580家（不含迁出）。高企590家（含迁入）。'],
  [
    'two bases of a change',
    '总收入446.4亿元，同比增长35.6%。总收入446.4亿元，环比增长3.1%。总收入446.4亿元，按可比口径增长34%。',
  ],
  ['a change of something else', '高企580家，收入同比增长12%。高企580家，税收同比增长8%。'],
  ['a total and a part of it', '固定资产投资42.63亿元。工业固定资产投资25.68亿元。技改投资12亿元。'],
  ['output and value added', '工业总产值408.2亿元。工业增加值121.0亿元。'],
  ['two kinds of staff', '从业人员13631人。研发人员3446人。'],
  ['a series', '总收入120亿元。总收入70亿元。总收入148亿元。'],
  ['since then', '高企580家，较2020年末新增64家。2020年末高企516家。'],
  ['words of no meaning', '培育高企30家。培育高企12家。服务高企50家。'],
];

describe('one indicator with two values is asked about once', () => {
  test.each(CONTRADICTED)('%s', (text, figure, expected) => {
    const questions = ask(TITLE + text);
    expect(questions.map((each) => [each.kind, each.figure.text, each.expected])).toEqual([
      ['contradiction', figure, expected],
    ]);
    expect(questions[0]!.question).toContain(expected);
    expect(TITLE.length + text.lastIndexOf(figure)).toBe(questions[0]!.figure.offset);
  });
});

describe('two values that may both be right are not', () => {
  test.each(CONSISTENT)('%s', (_, text) => {
    expect(ask(TITLE + text).map(({ quote, question }) => ({ quote, question }))).toEqual([]);
  });
});

describe('the day must be stated', () => {
  const twice = '高企总数580家。高企总数570家。';

  test('in the sentence, the heading or the title', () => {
    expect(ask(twice)).toEqual([]);
    expect(ask(`一、2021年情况\n\n${twice}`)).toHaveLength(1);
    expect(ask('2021年，高企总数580家。2021年，高企总数570家。')).toHaveLength(1);
    expect(ask('1-11月，总收入12亿元。1-11月，总收入15亿元。')).toHaveLength(1);
  });

  test('a date of another sentence is not taken for it', () => {
    expect(ask('2021年，高企总数580家。高企总数570家。')).toEqual([]);
  });
});
