// Five parks whose published figures the pages must print, entered through the program's own services.
import { certified, year, type Entering } from '../figures.ts';

type Fixture = (enter: Entering) => Promise<void>;

const first = { actor: 'test', payload: { verdict: null } };

/** 珠海高新区 2021: F01, F03–F05, F10–F14, F19, F20. */
export const zhuhai2021: Fixture = async (enter) => {
  const ids = await enter.enterprises(1200);
  const take = (count: number) => ids.splice(0, count);
  await enter.events([
    ...certified(take(2), 'unicorn', '2021-03-01'),
    ...certified(take(8), 'unicornPotential', '2021-03-01'),
    ...certified(take(38), 'unicornSeed', '2021-03-01'),
    ...certified(take(580), 'hnte', '2020-12-01'),
    ...certified(ids.slice(0, 537), 'tsme', '2021-06-01'),
  ]);
  const followed = take(45);
  await enter.events(
    followed.map((enterpriseId) => ({
      enterpriseId,
      scheme: 'scaleUp',
      type: 'follow' as const,
      effectiveOn: '2021-02-01',
      ...first,
    })),
  );
  await enter.events(certified(followed.slice(0, 42), 'scaleUp', '2021-12-01'));
  await enter.target('hnte.total', year(2022), '620', '家');
  await enter.target('tsme.total', year(2022), '550', '家');
  await enter.define({ id: 'city.tsme', label: '全市科技型中小企业', nature: 'stock', scope: '全市' });
  await enter.value('city.tsme', { fromOn: '2021-12-31', toOn: '2021-12-31' }, '1611', '家');
  await enter.define({
    id: 'tsme.share',
    label: '科技型中小企业占全市比重',
    nature: 'rate',
    unit: '%',
    denominator: '全市科技型中小企业',
    numeratorId: 'tsme.total',
    denominatorIds: ['city.tsme'],
  });

  const y = year(2021);
  await enter.define({ id: 'wishes', label: '民生微实事征集', unit: '项' });
  await enter.define({ id: 'wishes.approved', label: '通过审批', unit: '项', stepAfter: 'wishes' });
  await enter.define({ id: 'wishes.done', label: '完成', unit: '项', stepAfter: 'wishes.approved' });
  await enter.value('wishes', y, '39', '项');
  await enter.value('wishes.approved', y, '10', '项');
  await enter.value('wishes.done', y, '9', '项');

  const whole = async (id: string, label: string, total: string, parts: readonly [string, string][]) => {
    await enter.define({ id, label, unit: '个' });
    await enter.value(id, y, total, '个');
    for (const [index, [part, value]] of parts.entries()) {
      await enter.define({ id: `${id}.p${index}`, label: part, unit: '个', partOf: id });
      await enter.value(`${id}.p${index}`, y, value, '个');
    }
  };
  await whole('land', '购地项目', '34', [
    ['在建项目', '21'],
    ['未开工项目', '6'],
    ['竣工项目', '7'],
  ]);
  await whole('base', '5G基站', '238', [
    ['新建基站', '98'],
    ['改造基站', '140'],
  ]);
  await enter.target('base', y, '700', '个');

  const money = async (id: string, label: string, digits: number, now: string, before: string | null) => {
    await enter.define({ id, label, unit: '亿元', digits });
    if (before !== null) await enter.value(id, year(2020), before, '亿元');
    await enter.value(id, y, now, '亿元');
  };
  await money('investment', '固定资产投资', 2, '42.63', '45.74');
  await enter.target('investment', y, '48.0', '亿元');
  await money('technical', '技术改造投资', 2, '25.68', null);
  await enter.target('technical', y, '25.0', '亿元');
  await money('industry', '三大产业产值', 1, '369.2', '295.4');
  for (const [id, label, now, before] of [
    ['software', '软件和集成电路', '150.8', '125.5'],
    ['medicine', '生物医药', '70.2', '57.6'],
    ['smart', '智能制造', '148.2', '112.3'],
  ] as const) {
    await enter.define({ id: `industry.${id}`, label, unit: '亿元', digits: 1, partOf: 'industry' });
    await enter.value(`industry.${id}`, year(2020), before, '亿元');
    await enter.value(`industry.${id}`, y, now, '亿元');
  }
  await enter.define({ id: 'above', label: '规模以上工业企业', nature: 'stock' });
  await enter.value('above', { fromOn: '2021-12-31', toOn: '2021-12-31' }, '242', '家');
  await money('output', '规上工业产值', 1, '408.2', '343.9');
  await money('added', '规上工业增加值', 1, '121.0', '100.1');
};

/** 中关村 2020 年上半年: F21–F24. */
export const zgc2020h1: Fixture = async (enter) => {
  const now = { fromOn: '2020-01-01', toOn: '2020-06-30' };
  const before = { fromOn: '2019-01-01', toOn: '2019-06-30' };
  const flow = async (id: string, label: string, values: readonly [string, string | null], change = {}) => {
    await enter.define({ id, label, rateDigits: 0, ...change });
    const unit = (change as { unit?: string }).unit ?? '家';
    if (values[1] !== null) await enter.value(id, before, values[1], unit);
    await enter.value(id, now, values[0], unit);
  };
  await flow('listed', '新增上市企业', ['30', '9']);
  await flow('listed.home', '境内上市', ['24', '6'], { partOf: 'listed' });
  await flow('listed.abroad', '境外上市', ['6', '3'], { partOf: 'listed' });
  await flow('raised', '上市募资', ['830', '125.0'], { unit: '亿元' });
  await flow('survey', '调研企业', ['400', null], { rateDigits: 1 });
  await flow('intent', '有意向', ['65', null], { stepAfter: 'survey' });
  await flow('decided', '完成内部决策', ['28', null], { stepAfter: 'intent' });
  await flow('registered', '完成注册', ['20', null], { stepAfter: 'decided' });

  const ids = await enter.enterprises(21);
  const step = (own: readonly number[], type: 'tutor' | 'submit', effectiveOn: string) =>
    own.map((enterpriseId) => ({ enterpriseId, scheme: 'listing', type, effectiveOn, ...first }));
  await enter.events([
    ...step(ids, 'tutor', '2020-03-01'),
    ...step(ids.slice(0, 6), 'submit', '2020-05-01'),
    ...certified(ids.slice(0, 4), 'listing', '2020-06-20'),
  ]);
  await enter.define({ id: 'city.tutored', label: '全市辅导备案', scope: '全市' });
  await enter.value('city.tutored', now, '25', '家');
  await enter.define({
    id: 'tutored.share',
    label: '辅导备案占全市比重',
    nature: 'rate',
    unit: '%',
    denominator: '全市辅导备案企业',
    numeratorId: 'listing.tutored',
    denominatorIds: ['city.tutored'],
    rateDigits: 0,
  });
};

/** 北京经济技术开发区 2021: F27–F29. */
export const yizhuang2021: Fixture = async (enter) => {
  const outside = await enter.park('Y', '亦庄');
  const hnte = await enter.enterprises(1729, '亦庄');
  await enter.events([
    ...certified(hnte.slice(0, 8), 'hnte', '2018-07-01', { validUntil: '2021-06-30' }),
    ...certified(hnte.slice(8, 1640), 'hnte', '2020-10-01', { validUntil: '2023-09-30' }),
    ...certified(hnte.slice(1640), 'hnte', '2021-12-01', { validUntil: '2024-11-30' }),
  ]);
  const [moved, revoked] = [hnte.slice(8, 10), hnte.slice(10, 12)];
  await enter.events([
    ...moved.map((enterpriseId) => ({
      enterpriseId,
      scheme: null,
      type: 'moved' as const,
      effectiveOn: '2021-05-01',
      actor: 'test',
      payload: { from: outside, to: null },
    })),
    ...revoked.map((enterpriseId) => ({
      enterpriseId,
      scheme: 'hnte',
      type: 'revoke' as const,
      effectiveOn: '2021-08-01',
      actor: 'test',
    })),
  ]);
  const ids = await enter.enterprises(1400, '亦庄');
  const take = (count: number) => ids.splice(0, count);
  const oldSrdi = take(205);
  await enter.events([
    ...certified(oldSrdi, 'srdi', '2020-06-01'),
    ...certified(take(33), 'giant', '2020-12-01'),
    ...certified(take(40), 'srdi', '2021-06-01'),
    // Five of the new ones hold the municipal title as well: each counts once.
    ...certified([...oldSrdi.slice(0, 5), ...take(17)], 'giant', '2021-08-01', { level: 'national' }),
    ...certified([...oldSrdi.slice(5, 105), ...take(219)], 'gazelle', '2021-04-01'),
    ...certified(take(600), 'goldenSeed', '2021-04-01'),
    ...certified(take(23), 'listing', '2018-05-01'),
    ...certified(take(7), 'listing', '2020-05-01'),
    ...certified(take(11), 'listing', '2021-05-01'),
    ...take(156).map((enterpriseId) => ({
      enterpriseId,
      scheme: 'listing',
      type: 'enrol' as const,
      effectiveOn: '2021-03-01',
      ...first,
    })),
  ]);
};

/** 中关村门头沟园 2021: F31, F36. */
export const mentougou2021: Fixture = async (enter) => {
  const ids = await enter.enterprises(40);
  const take = (count: number) => ids.splice(0, count);
  const giants = take(6);
  await enter.events([
    ...certified(take(9), 'srdi', '2020-06-01', { level: 'municipal' }),
    ...certified(take(14), 'srdi', '2021-06-01', { level: 'municipal' }),
    ...certified(giants.slice(0, 1), 'giant', '2020-06-01', { level: 'municipal' }),
    ...certified(giants.slice(1), 'giant', '2021-06-01', { level: 'municipal' }),
    ...certified(giants.slice(0, 3), 'giant', '2021-08-01', { level: 'national' }),
    ...certified(take(4), 'listing', '2019-06-01'),
    ...certified(take(2), 'listing', '2021-06-01'),
  ]);
  for (const [id, label, now, before] of [
    ['patents.applied', '专利申请', '278', '170'],
    ['patents.granted', '专利授权', '184', '139'],
  ] as const) {
    await enter.define({ id, label, unit: '件' });
    await enter.value(id, year(2020), before, '件');
    await enter.value(id, year(2021), now, '件');
  }
};

/** 中关村西城园 2022: F37, F38. */
export const xicheng2022: Fixture = async (enter) => {
  const root = await enter.park('XC', '西城区');
  await enter.park('XCY', '西城园', root);
  const inPark = await enter.enterprises(880, '西城园');
  const beside = await enter.enterprises(180, '西城区');
  await enter.events([
    ...certified(inPark.slice(0, 699), 'hnte', '2021-10-01'),
    ...certified(beside.slice(0, 147), 'hnte', '2021-10-01'),
    ...certified(inPark.slice(699, 871), 'srdi', '2021-10-01'),
    ...certified(beside.slice(147, 170), 'srdi', '2021-10-01'),
    ...certified(inPark.slice(871, 879), 'giant', '2021-10-01'),
  ]);
  const y = year(2021);
  await enter.define({ id: 'rd', label: '研发经费', unit: '亿元', digits: 1 });
  await enter.define({ id: 'revenue', label: '总收入', unit: '亿元' });
  await enter.define({
    id: 'rd.intensity',
    label: '研发经费投入强度',
    nature: 'rate',
    unit: '%',
    denominator: '总收入',
    numeratorId: 'rd',
    denominatorIds: ['revenue'],
  });
  await enter.value('rd', y, '198.6', '亿元');
  await enter.value('revenue', y, '4601', '亿元');
};
