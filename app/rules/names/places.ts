/**
 * Names of provinces and cities as they stand in company names, by the first two digits of their GB/T 2260 code.
 * A place marked `*` is a word with another meaning as well (东方, 大同, 黄山 …): without 市 behind it or brackets
 * around it, it may just as well be part of the trade name, so it is then not taken for a place.
 */
const TABLE = [
  '11北京:',
  '12天津:',
  '13河北:石家庄 唐山 秦皇岛 邯郸 邢台 保定* 张家口 承德 沧州 廊坊 衡水',
  '14山西:太原 大同* 阳泉 长治* 晋城 朔州 晋中 运城 忻州 临汾 吕梁*',
  '15内蒙古:呼和浩特 包头 乌海 赤峰 通辽 鄂尔多斯 呼伦贝尔 巴彦淖尔 乌兰察布',
  '21辽宁:沈阳 大连 鞍山 抚顺 本溪 丹东 锦州 营口 阜新 辽阳 盘锦 铁岭 朝阳* 葫芦岛',
  '22吉林:长春* 吉林* 四平* 辽源 通化 白山* 松原 白城',
  '23黑龙江:哈尔滨 齐齐哈尔 鸡西 鹤岗 双鸭山 大庆* 伊春 佳木斯 七台河 牡丹江 黑河 绥化',
  '31上海:',
  '32江苏:南京 无锡 徐州 常州 苏州 南通 连云港 淮安 盐城 扬州 镇江 泰州 宿迁',
  '33浙江:杭州 宁波 温州 嘉兴 湖州 绍兴 金华 衢州 舟山 台州 丽水*',
  '34安徽:合肥 芜湖 蚌埠 淮南 马鞍山 淮北 铜陵 安庆 黄山* 滁州 阜阳 宿州 六安 亳州 池州 宣城',
  '35福建:福州 厦门 莆田 三明* 泉州 漳州 南平 龙岩 宁德',
  '36江西:南昌 景德镇 萍乡 九江 新余 鹰潭 赣州 吉安* 宜春* 抚州 上饶',
  '37山东:济南 青岛 淄博 枣庄 东营 烟台 潍坊 济宁 泰安* 威海 日照* 临沂 德州 聊城 滨州 菏泽',
  '41河南:郑州 开封 洛阳 平顶山 安阳 鹤壁 新乡* 焦作 濮阳 许昌 漯河 三门峡 南阳 商丘 信阳 周口 驻马店',
  '42湖北:武汉 黄石 十堰 宜昌 襄阳 鄂州 荆门 孝感 荆州 黄冈 咸宁 随州',
  '43湖南:长沙 株洲 湘潭 衡阳 邵阳 岳阳 常德* 张家界 益阳 郴州 永州 怀化 娄底',
  '44广东:广州 深圳 珠海 汕头 韶关 佛山 江门 湛江 茂名 肇庆 惠州 梅州 汕尾 河源 阳江 清远 东莞 中山* 潮州 揭阳 云浮',
  '45广西:南宁 柳州 桂林 梧州 北海* 防城港 钦州 贵港 玉林 百色* 贺州 河池 来宾* 崇左',
  '46海南:海口 三亚 三沙 儋州 东方*',
  '50重庆:',
  '51四川:成都 自贡 攀枝花 泸州 德阳 绵阳 广元 遂宁 内江 乐山* 南充 眉山 宜宾 广安 达州 雅安 巴中 资阳',
  '52贵州:贵阳 六盘水 遵义 安顺* 毕节 铜仁',
  '53云南:昆明 曲靖 玉溪 保山* 昭通 丽江 普洱 临沧',
  '54西藏:拉萨 日喀则 昌都 林芝 山南* 那曲',
  '61陕西:西安 铜川 宝鸡 咸阳 渭南 延安 汉中 榆林 安康* 商洛',
  '62甘肃:兰州 嘉峪关 金昌* 白银* 天水* 武威* 张掖 平凉 酒泉* 庆阳 定西 陇南',
  '63青海:西宁 海东*',
  '64宁夏:银川 石嘴山 吴忠 固原 中卫*',
  '65新疆:乌鲁木齐 克拉玛依 吐鲁番 哈密',
] as const;

export interface Place {
  /** Without 省 or 市. */
  readonly root: string;
  /** First two digits of its code. */
  readonly province: string;
  /** Also an ordinary word. */
  readonly word: boolean;
}

/** By root; 吉林 is kept as the city, which is the doubtful reading. */
const PLACES = new Map<string, Place>();
for (const line of TABLE) {
  const [, province = '', name = '', cities = ''] = /^(\d\d)([^:]+):(.*)$/.exec(line) ?? [];
  PLACES.set(name, { root: name, province, word: false });
  for (const city of cities.split(' ').filter(Boolean)) {
    const root = city.replace('*', '');
    PLACES.set(root, { root, province, word: city.endsWith('*') });
  }
}

const SUFFIX = '(壮族自治区|回族自治区|维吾尔自治区|自治区|省|市)?';
const ANY = [...PLACES.keys()].sort((a, b) => b.length - a.length).join('|');
const WHOLE = new RegExp(`^(${ANY})${SUFFIX}$`);
const LEADING = new RegExp(`^(${ANY})${SUFFIX}`);
const ANYWHERE = new RegExp(`(${ANY})`);

const placeOf = (found: RegExpExecArray | null, bare: boolean): (Place & { length: number }) | null => {
  const place = found && PLACES.get(found[1]!);
  if (!place) return null;
  const suffix = found[2] ?? '';
  if (place.word && bare && suffix === '') return null;
  // A province and its city of one name are two places.
  const root = place.root === '吉林' ? place.root + suffix : place.root;
  return { ...place, root, length: found[0].length };
};

/** The place that a bracket holds, if it holds nothing else. */
export const placeNamed = (text: string): Place | null => placeOf(WHOLE.exec(text), false);

/** The place a name begins with and how many characters that takes. */
export const leadingPlace = (text: string): (Place & { length: number }) | null =>
  placeOf(LEADING.exec(text), true);

/** First two digits of the division that a text speaks of (`广东省深圳市南山区`); null where none is named. */
export function provinceIn(text: string): string | null {
  const code = /^\d{6}$/.exec(text.trim());
  if (code) return code[0].slice(0, 2);
  const found = ANYWHERE.exec(text);
  const place = found && PLACES.get(found[1]!);
  return place && !place.word ? place.province : null;
}
