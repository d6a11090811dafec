/** A company's name taken apart: place, trade name with trade, legal form, branch. Pure. */
import { nameKey } from '../facts/name.ts';
import { leadingPlace, placeNamed } from './places.ts';

export interface NameParts {
  /** Equal keys: the same words but for brackets, blanks, width, 有限责任公司 for 有限公司. */
  readonly key: string;
  /** Place in front, whichever way it was written; null without a place, or with more than one. */
  readonly canonical: string | null;
  readonly place: string | null;
  readonly province: string | null;
  /** Trade name and trade, without place and legal form. */
  readonly core: string;
  /** Trade name as far as it can be told from the trade. */
  readonly stem: string;
  readonly trade: string;
  readonly form: string;
  /** Key of the company whose branch it is. */
  readonly branchOf: string | null;
}

const FORM =
  /(?:股份有限公司|有限公司|股份合作公司|合伙企业(?:有限合伙|普通合伙|特殊普通合伙)?|专业合作社|公司|总厂|工厂|厂|研究院|研究所|事务所|中心|商行|经营部)$/;
const BRANCH =
  /^(.{3,}?(?:公司|厂|院|所|合作社))(.{0,14}(?:分公司|分厂|分院|分所|分中心|分店|办事处|代表处|营业部|门市部|事业部))$/;

/** Words by which trades are named; what stands before them is the trade name. */
const TRADES = (
  '科技 技术 信息 电子 网络 软件 智能 自动化 数字 数据 通信 通讯 光电 光学 半导体 微电子 集成电路 芯片 计算机 互联网 系统 云 ' +
  '机械 机电 装备 设备 仪器 仪表 精密 制造 重工 电气 电器 电力 电机 电缆 汽车 零部件 配件 模具 五金 工业 材料 新材料 金属 ' +
  '化工 化学 塑料 橡胶 能源 新能源 环保 环境 水务 生物 医药 制药 药业 医疗 器械 健康 食品 饮料 农业 纺织 服装 包装 印刷 家具 ' +
  '建设 建筑 工程 安装 装饰 装潢 设计 咨询 服务 管理 投资 发展 实业 贸易 商贸 工贸 销售 物流 运输 文化 传媒 广告 教育 旅游 ' +
  '航空 航天 海洋 船舶 检测 控股 集团 国际 产业 开发 研究 创业 企业 股份 制品 用品 产品 进出口 供应链'
).split(' ');
const TRADE = new RegExp(`^(.{2,}?)((?:${TRADES.sort((a, b) => b.length - a.length).join('|')})+)$`);

const OPEN = /[([{〔【《<「『〈]/g;
const CLOSE = /[)\]}〕】》>」』〉]/g;

/** Marks and blanks between Latin letters or digits. */
const BETWEEN_LETTERS = /(?<=[A-Za-z0-9])[\s.,:;·•・‧∙'’\-‐‑‒–—―_/\\|]+(?=[A-Za-z0-9])/g;

/**
 * {@link nameKey}, but marks and blanks between Latin letters or digits count: 1.5 is not 15, `A B` is not `AB`.
 * What this key takes as equal is meant to be one company.
 */
export function strictKey(name: string): string {
  const marked = name.normalize('NFKC').replace(BETWEEN_LETTERS, '~');
  return nameKey(marked);
}

/** Takes a name apart. */
export function partsOf(name: string): NameParts {
  const key = strictKey(name);
  const { rest, place, province, single } = withoutPlaces(name);
  const form = FORM.exec(rest)?.[0] ?? '';
  const core = rest.slice(0, rest.length - form.length);
  const [, stem = core, trade = ''] = TRADE.exec(core) ?? [];
  const [, parent] = BRANCH.exec(key) ?? [];
  const canonical = single && core.length >= 2 ? `${place}|${rest}` : null;
  return { key, canonical, place, province, core, stem, trade, form, branchOf: parent ?? null };
}

function withoutPlaces(name: string) {
  const places: { root: string; province: string }[] = [];
  const outside = name
    .normalize('NFKC')
    .replace(OPEN, '(')
    .replace(CLOSE, ')')
    .replace(/\(([^()]*)\)/g, (whole, inside: string) => {
      const place = placeNamed(inside.replace(/\s/g, ''));
      if (place) places.push(place);
      return place ? '' : whole;
    });
  let rest = strictKey(outside);
  for (let place = leadingPlace(rest); place && places.length < 3; place = leadingPlace(rest)) {
    places.push(place);
    rest = rest.slice(place.length);
  }
  return {
    rest,
    place: places.length > 0 ? places.map(({ root }) => root).join('/') : null,
    province: places[0]?.province ?? null,
    single: places.length === 1,
  };
}

/** Whether two texts are at most `most` insertions, deletions or replacements apart. */
export function within(one: string, other: string, most: number): boolean {
  const [a, b] = [[...one], [...other]];
  if (Math.abs(a.length - b.length) > most) return false;
  let row = b.map((_, i) => i + 1);
  for (let i = 0; i < a.length; i += 1) {
    const next: number[] = [];
    let least = i + 1;
    let left = i + 1;
    for (let j = 0; j < b.length; j += 1) {
      const diagonal = j === 0 ? i : row[j - 1]!;
      left = a[i] === b[j] ? diagonal : 1 + Math.min(diagonal, row[j]!, left);
      next.push(left);
      if (left < least) least = left;
    }
    if (least > most) return false;
    row = next;
  }
  return (row.at(-1) ?? a.length) <= most;
}
