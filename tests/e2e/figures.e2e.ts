// What five parks published, printed again by the pages of the real server from what was entered.
import { beforeAll, describe, expect, test } from 'vitest';
import { openDatabase } from '../../app/db/clients.server.ts';
import { systemClock } from '../../app/db/clock.ts';
import { createUser } from '../../app/services/users.server.ts';
import { entering } from '../figures.ts';
import { PASSWORD } from './park.ts';
import { mentougou2021, xicheng2022, yizhuang2021, zgc2020h1, zhuhai2021 } from './published.ts';
import { openSite } from './site.ts';

/** A page as its reader sees it: text in order, and its table rows by their first cell. */
interface Read {
  text: string;
  /** Texts of the cells of the first row of that name, in the table of that caption if one is given. */
  row: (name: string, caption?: string) => string[];
}

const words = (html: string) =>
  html
    .replace(/<!--.*?-->/gs, '')
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&#x27;', "'")
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ')
    .trim();

function read(html: string): Read {
  const body = html.replace(/<script.*?<\/script>/gs, '');
  const row = (name: string, caption = '') => {
    const tables = body.match(/<table.*?<\/table>/gs) ?? [];
    const table = tables.filter((each) =>
      words(/<caption.*?<\/caption>/s.exec(each)?.[0] ?? '').includes(caption),
    );
    for (const found of table.join('').match(/<tr.*?<\/tr>/gs) ?? []) {
      const cells = (found.match(/<t[hd].*?<\/t[hd]>/gs) ?? []).map(words);
      if (cells[0] === name) return cells;
    }
    throw new Error(`no row ${name}`);
  };
  return { text: words(body), row };
}

/** Serves a fixture for the tests of one block. */
function park(enterAll: (enter: ReturnType<typeof entering>) => Promise<void>, today: string) {
  let cookie = '';
  const site = openSite(async (file) => {
    const db = openDatabase(file, { mode: 'write', create: true, migrate: true });
    await createUser(db, systemClock, {
      username: 'leadership',
      role: 'leadership',
      password: PASSWORD,
      enterpriseId: null,
    });
    await enterAll(entering(db, today));
    await db.close();
  });
  beforeAll(async () => {
    cookie = await site.cookie('leadership');
  });
  return async (address: string): Promise<Read> => {
    const response = await fetch(site.url + address, { headers: { cookie } });
    expect(response.status).toBe(200);
    const html = await response.text();
    expect(html).not.toContain('\0');
    return read(html);
  };
}

describe('demo:zhuhai-2021', () => {
  const open = park(zhuhai2021, '2022-01-10');
  const page = () => open('/indicators?asOf=2021-12-31');

  test('F01: the library is the sum of its tiers, in the published words', async () => {
    const { text } = await page();
    expect(text).toContain(
      '独角兽培育库入库企业48家，其中独角兽企业2家、独角兽潜力企业8家、独角兽种子企业38家',
    );
    expect(text).toContain('48＝2＋8＋38');
  });

  test('F03, F04: targets of the next year with what is still missing', async () => {
    const { text, row } = await open('/indicators?asOf=2022-01-01');
    expect(text).toContain('2022年度任务 620家');
    expect(text).toContain('尚差40家 较期初 +40家（+6.9%）');
    expect(text).toContain('2022年度任务 550家');
    expect(text).toContain('尚差13家 较期初 +13家（+2.4%）');
    expect(row('高企总数').slice(1, 3)).toEqual(['2022-01-01', '580家']);
    const before = await page();
    expect(before.row('科小总数')[2]).toBe('537家');
    expect(before.text).toContain('科技型中小企业占全市比重33.3%');
  });

  test('F05, F10: nested steps', async () => {
    const { text, row } = await page();
    expect(row('小升规重点跟进', '逐级转化')[1]).toBe('45家');
    expect(row('新增规上企业（小升规）', '逐级转化').slice(1)).toEqual(['42家', '93.3%', '93.3%']);
    expect(row('通过审批').slice(1)).toEqual(['10项', '25.6%', '25.6%']);
    expect(row('完成').slice(1)).toEqual(['9项', '90.0%', '23.1%']);
    expect(text).toContain('民生微实事征集39项；通过审批10项，占上一步的25.6%；完成9项，占上一步的90%');
  });

  test('F11, F14: parts make up their wholes', async () => {
    const { text } = await page();
    expect(text).toContain('34＝21＋6＋7');
    expect(text).toContain('238＝98＋140');
    expect(text).toContain('5G基站238个，完成年度任务的34%，其中新建基站98个、改造基站140个');
  });

  test('F12, F13: completion below and above the target, change over the same days', async () => {
    const { text, row } = await page();
    expect(text).toContain('2021年，固定资产投资42.63亿元，同比下降6.8%，完成年度任务的88.8%。');
    expect(text).toContain('2021年，技术改造投资25.68亿元，完成年度任务的102.7%。');
    expect(row('固定资产投资').slice(1, 5)).toEqual(['2021年', '42.63亿元', '45.74亿元', '−6.8%']);
    const targets = await open('/targets?asOf=2021-12-31');
    expect(targets.row('固定资产投资').join('|')).toContain('48亿元|88.8%');
    expect(targets.row('技术改造投资').join('|')).toContain('102.7%');
  });

  test('F19, F20: industries and output with their bases', async () => {
    const { text, row } = await page();
    const cells = ['软件和集成电路', '生物医药', '智能制造'].map((name) => row(name, '录入指标'));
    expect(cells.map((each) => [each[2], each[4]])).toEqual([
      ['150.8亿元', '+20.2%'],
      ['70.2亿元', '+21.9%'],
      ['148.2亿元', '+32.0%'],
    ]);
    expect(text).toContain('智能制造148.2亿元，同比增长32%');
    expect(text).toContain('369.2＝150.8＋70.2＋148.2');
    expect(row('规模以上工业企业')[2]).toBe('242家');
    expect(text).toContain('规上工业产值408.2亿元，同比增长18.7%');
    expect(text).toContain('规上工业增加值121.0亿元，同比增长20.9%');
  });
});

describe('demo:zgc-2020h1', () => {
  const open = park(zgc2020h1, '2020-07-10');
  const page = () => open('/indicators?asOf=2020-06-30');

  test('F21: total and parts agree in both years', async () => {
    const { text, row } = await page();
    expect(text).toContain('2020年上半年，新增上市企业30家，同比增长233%，其中境内上市24家、境外上市6家。');
    expect(row('境内上市', '录入指标')[4]).toBe('+300%');
    expect(row('境外上市', '录入指标')[4]).toBe('+100%');
    expect(text).toContain('30＝24＋6');
    expect((await open('/indicators?asOf=2019-06-30')).text).toContain('9＝6＋3');
  });

  test('F22: money raised', async () => {
    expect((await page()).text).toContain('上市募资830亿元，同比增长564%');
  });

  test('F23: 400 → 65 → 28 → 20 with both shares', async () => {
    const { row } = await page();
    const steps = ['调研企业', '有意向', '完成内部决策', '完成注册'].map((name) =>
      row(name, '逐级转化').slice(1),
    );
    expect(steps).toEqual([
      ['400家', '—', '100.0%'],
      ['65家', '16.3%', '16.3%'],
      ['28家', '43.1%', '7.0%'],
      ['20家', '71.4%', '5.0%'],
    ]);
  });

  test('F24: tutored, approved, waiting, and the share of the city', async () => {
    const { text, row } = await page();
    expect(row('上市辅导备案', '逐级转化')[1]).toBe('21家');
    expect(row('新增上市企业', '上市辅导备案逐级转化').slice(1)).toEqual(['4家', '19.0%', '19.0%']);
    expect(row('上市申报待审')[2]).toBe('2家');
    expect(text).toContain('辅导备案占全市比重84%');
  });
});

describe('demo:yizhuang-2021', () => {
  const open = park(yizhuang2021, '2022-01-10');
  const page = () => open('/indicators?asOf=2021-12-31');

  test('F27: what lapsed and left stands in the movement, net is not new', async () => {
    const movement = await open('/movement?from=2021-01-01&to=2021-12-31');
    // 期初 + 新认定 + 重新认定 + 迁入 − 到期 − 撤销 − 注销 − 迁出 = 期末
    expect(movement.row('高 高企', '累计变动表').slice(1)).toEqual('1,640 89 0 0 8 2 0 2 1,717'.split(' '));
    const { row } = await page();
    expect(['高企总数', '新增高企', '高企减少', '高企到期', '高企净增'].map((name) => row(name)[2])).toEqual([
      '1,717家',
      '89家',
      '12家',
      '8家',
      '77家',
    ]);
  });

  test('F28: 就高 and 累计 differ, and both are there', async () => {
    const { row } = await page();
    const value = (name: string) => row(name)[2];
    expect(value('新增小巨人')).toBe('22家');
    expect(value('新增专精特新')).toBe('40家');
    expect(value('市级以上专精特新企业')).toBe('295家');
    expect(row('市级以上专精特新企业')[3]).toBe('238家');
    expect([value('专精特新总数'), value('小巨人总数')]).toEqual(['245家', '55家']);
    const highest = (name: string) => row(name, '就高）的组成')[1];
    expect([highest('专精特新（就高）'), highest('小巨人（就高）')]).toEqual(['240家', '55家']);
    const funnel = await open('/funnel?asOf=2021-12-31');
    expect(funnel.row('专 专精特新', '四级梯队').slice(1, 3)).toEqual(['240', '245']);
  });

  test('F29: each enterprise of the libraries once; flows with their base', async () => {
    const { row } = await page();
    expect(row('创新梯队入库企业')[2]).toBe('1,114家');
    expect(row('拟上市企业培育库')[2]).toBe('156家');
    expect(row('新增上市企业').slice(2, 5)).toEqual(['11家', '7家', '+57.1%']);
    expect(row('上市企业').slice(2, 4)).toEqual(['41家', '30家']);
  });
});

describe('demo:mentougou-2021', () => {
  const open = park(mentougou2021, '2022-01-10');
  const page = () => open('/indicators?asOf=2021-12-31');

  test('F31: levels are counted by themselves, an enterprise with both once in the union', async () => {
    const { row } = await page();
    const pair = (name: string) => row(name).slice(2, 4);
    expect(pair('专精特新总数')).toEqual(['23家', '9家']);
    expect(pair('小巨人总数')).toEqual(['6家', '1家']);
    expect(pair('上市企业')).toEqual(['6家', '4家']);
    expect([row('市级小巨人')[2], row('国家级小巨人')[2]]).toEqual(['6家', '3家']);
  });

  test('F36: patents over the same year', async () => {
    const { text } = await page();
    expect(text).toContain('专利申请278件，同比增长63.5%');
    expect(text).toContain('专利授权184件，同比增长32.4%');
  });
});

describe('demo:xicheng-2022', () => {
  const open = park(xicheng2022, '2022-06-10');

  test('F37: a rate by its declared denominator', async () => {
    const { text, row } = await open('/indicators?asOf=2021-12-31');
    expect(text).toContain('2021年，研发经费投入强度4.3%');
    expect(row('研发经费投入强度').join('|')).toContain('总收入：4.3%');
  });

  test('F38: the park beside the whole, by the switch', async () => {
    const inPark = await open('/indicators?asOf=2021-12-31&park=XCY');
    expect(inPark.row('高企总数').join('|')).toContain('699家');
    expect(inPark.row('高企总数').join('|')).toContain('846家（82.6%）');
    expect(inPark.row('专精特新总数').join('|')).toContain('172家');
    expect(inPark.row('专精特新总数').join('|')).toContain('195家（88.2%）');
    expect(inPark.row('小巨人总数')[2]).toBe('8家');
    expect(inPark.text).toContain('高企总数达到699家（全区846家）');
    const all = await open('/indicators?asOf=2021-12-31');
    expect([all.row('高企总数')[2], all.row('专精特新总数')[2]]).toEqual(['846家', '195家']);
  });
});
