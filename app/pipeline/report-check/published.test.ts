// One sentence for each published figure F01 – F44, as an author might write it.
import type { Rounding } from '../figures/exact.ts';
import { describe, expect, test } from 'vitest';
import { DOUBTFUL_REWORDED, SOUND_REWORDED } from '../../../tests/report-sentences.ts';
import { questionsOf, readReport } from './check.ts';

const ask = (text: string, rounding: Rounding = 'halfUp') => questionsOf(readReport(text, rounding));

const SOUND: Readonly<Record<string, string>> = {
  F01: '独角兽培育库入库企业48家，其中独角兽企业2家、独角兽潜力企业8家、独角兽种子企业38家。',
  F03: '高企总数达到580家，2022年目标620家，比现有增加40家，增长6.9%。',
  F04: '537家企业通过科技型中小企业评价，占全市近1/3；2022年目标为550家，增加13家，增长2.4%。',
  F05: '小升规重点跟进企业45家，完成42家，完成率93.3%。',
  F06: '推动60家(次)企业入选国家、省、市级“专精特新”。',
  F07: '重点跟进241家企业高企申报进展情况。',
  F08: '768家企业完成账号注册，上线20项政策在线申报，共受理申报1142家(次)，户均1.49次，每项政策57.1次。',
  F09: '企业共提出需协调解决事项38个，已协助解决27个，解决率71.05%。',
  F10: '征集“民生微实事”项目39个，其中通过审批10个，占25.6%，已完成9个，占通过审批的90%。',
  F11: '34个产业类购地项目中，在建21个、未开工6个、竣工7个。',
  F12: '全年工业固定资产投资42.63亿元，完成年度任务（48亿元）的88.8%，同比下降6.8%（上年为45.74亿元）。',
  F13: '工业技改投资25.68亿元，年度任务25亿元，完成年度任务的102.7%。',
  F14: '5G基站开通238个，完成全年目标任务(700个)的34%，其中：中国移动98个，中国联通和中国电信140个。',
  F17: '单位增加值能耗同比下降10.8%，较市下达目标(-2%)低8.8个百分点，较区目标(-3.3%)低7.5个百分点。',
  F18: '19个产学研合作项目获立项，占全市（50个）的38%；7个基础研究项目获立项，占全市（20个）的35%。',
  F19: '三大产业规模分别为150.8亿元、70.2亿元、148.2亿元，合计369.2亿元，分别同比增长20.2%、21.9%、32%。',
  F20: '规上工业企业共计242家，实现总产值408.2亿元，同比增长18.7%；实现工业增加值121.0亿元，同比增长20.9%。',
  F21: '新增上市公司30家，同比增长233%，其中境内24家，同比增长约300%，境外6家，同比增长100%。',
  F22: '募集资金830亿元，同比增长564%，上年同期为125.0亿元。',
  F23: '调研企业400家，有意向的65家（16.3%），内部决策28家（43.1%），完成注册20家（71.4%），总转化率5.0%。',
  F24: '21家企业进入辅导备案，占全市25家的84%；核准4家，占19.0%，待上会2家。',
  F25: '17个揭榜项目中，8家中关村企业参与6个，约占1/3。',
  F26: '压减一般性支出2.31亿元，压减比例10.10%。',
  F27: '新增国家高新技术企业89家，累计达到1717家。',
  F28: '新增国家级专精特新“小巨人”22家、市级“专精特新”40家，市级以上累计达到295家。',
  F29: '创新梯队入库企业1114家，拟上市企业培育库156家，新增上市企业11家，同比增长57.1%，累计41家。',
  F30: '走访企业4299家，解决企业诉求1666项。',
  F31: '园区专精特新中小企业从9家增加到23家，小巨人企业从1家增加到6家（市级“小巨人”企业6家、国家级“小巨人”企业3家），上市公司从4家增加到6家。',
  F32: '国家高新技术企业206家，中关村高新技术企业378家。',
  F34: '实现地均产出率236.2亿元/平方公里，同比增长35.6%，劳均产出率327.5万元/人，同比增长36.1%，从业人员下降0.37%。',
  F35: '研发费用合计9.5亿元，同比增长40.0%，研发人员3446人，同比增长4.2%，研发投入强度2.13%。',
  F36: '当年专利申请数278件，同比增长63.5%，专利授权数184件，同比增长32.4%。',
  F37: '企业研发费用198.6亿元，占总收入4601亿元的4.3%。',
  F38: '国家高新技术企业699家（全区846家，占82.6%），专精特新企业172家（全区195家，占88.2%），小巨人企业8家。',
  F39: '拥有独角兽企业2家、潜在独角兽1家、单项冠军1家、隐形冠军1家、上市公司16家、新三板挂牌企业42家。',
  F40: '有效专利23809件，其中发明专利11600件，占48.7%。',
  F41: '研发人员4.9万人，同比增长16.2%，高于示范区平均增速（2.8%）13.4个百分点。',
  F42: '中关村高新技术企业1083家，1021家按期报送，填报率94.3%。',
  F43: '产业类购地项目协议共有54个，其中违约项目26项，违约率48.1%。',
  F44: '拨付惠企资金3.9亿元，其中产业扶持资金6900万元、抗疫资金6360万元，两项合计1.326亿元。',
};

const DOUBTFUL: readonly [id: string, text: string, kind: string, expected: string][] = [
  ['F02', '收集企业需求581项，办结486项，办结率83%。', 'arithmetic', '84%'],
  [
    'F15',
    '重点项目全年共完成投资27.11亿元，占年度计划投资的117.4%，整体超额完成全年任务17.2个百分点。',
    'target',
    '17.4个百分点',
  ],
  ['F16', '预计2022年工业投资约为38.4亿元，相比2021年的42.63亿元下降近20%。', 'base', '下降9.9%'],
  [
    'F33',
    '实现总收入446.4亿元，同比增长35.6%，比中关村示范区平均增速高13.1%。',
    'percentage-point',
    '13.1个百分点',
  ],
];

describe('the published figures', () => {
  test('every one of them has its sentence', () => {
    const ids = [...Object.keys(SOUND), ...DOUBTFUL.map(([id]) => id)].sort();
    expect(ids).toEqual(Array.from({ length: 44 }, (_, i) => `F${String(i + 1).padStart(2, '0')}`));
  });

  test.each(Object.entries(SOUND))('%s is not asked about', (_, text) => {
    expect(ask(text)).toEqual([]);
  });

  test.each(DOUBTFUL)('%s is asked about', (_, text, kind, expected) => {
    const questions = ask(text);
    expect(questions.map((each) => [each.kind, each.expected])).toEqual([[kind, expected]]);
    expect(text.startsWith(questions[0]!.quote, questions[0]!.offset)).toBe(true);
  });

  test('in one text the same four and no other are asked about', () => {
    const all = [...Object.values(SOUND), ...DOUBTFUL.map(([, sentence]) => sentence)];
    for (const text of [all.join(''), all.join('\n\n')]) {
      const quoted = ask(text).map((each) => each.figure.text);
      expect(quoted).toEqual(['83%', '17.2个百分点', '20%', '13.1%']);
    }
  });

  test('83% for 486 of 581 is right where digits are cut off, wrong where halves go up', () => {
    const [, text] = DOUBTFUL[0]!;
    expect(ask(text, 'truncate')).toEqual([]);
    expect(ask(text, 'halfEven').map((each) => each.expected)).toEqual(['84%']);
    expect(ask(text, 'halfUp')[0]!.question).toContain('按“截尾”为83%');
  });
});

describe('the published figures in other words', () => {
  test.each(SOUND_REWORDED)('nothing is asked about: %s', (text) => {
    expect(ask(text)).toEqual([]);
  });

  test.each(DOUBTFUL_REWORDED)('one question: %s', (text) => {
    const [question, ...others] = ask(text);
    expect(others).toEqual([]);
    expect(['83%', '17.2个百分点', '20%', '13.1%']).toContain(question?.figure.text);
  });
});
