/** Invented names and codes. Every name begins with 示例·, every code has an organisation body of its own range. */
import { organisationCheckCharacter, usccCheckCharacter } from '../../app/rules/facts/uscc.ts';
import type { Industry } from './industries.ts';
import type { Random } from './random.ts';

const FIRST = '星云海天辰岚曜澜澄泓霁昊晗珩瑶璟铭锐钧衡砺启跃腾凌越翎翔羽岩峦峻森沐沛润清渊博弘恒朗煦晟奕皓';
const SECOND =
  '河帆图桥屿舟港湾川源泉峰岭原野林木石光影音弦律芯元维度域界域格构象谱策微纳宏博达远通联合成立方';
const THIRD =
  '甲乙丙丁戊己庚辛壬癸东南西北中一二三四五六七八九十百千万春夏秋冬晨暮朝夕山水风雨雪霜金银铜玉松竹梅兰';

const letters = (text: string) => [...new Set(text)];
const [first, second, third] = [letters(FIRST), letters(SECOND), letters(THIRD)];
const PAIRS = first.length * second.length;

/** Largest park there are names and codes for. */
export const MOST = Math.min(100_000, PAIRS * third.length);

/**
 * Brands, each once: two characters while they last, three in a large park. A stride coprime to the number of
 * brands visits them in an order that looks mixed.
 */
export function brandsOf(random: Random, size: number): (index: number) => string {
  const all = size <= PAIRS ? PAIRS : PAIRS * third.length;
  const start = random.int(0, all - 1);
  const stride = 1 + random.int(1, 9) * 2 * 3 * 5 * 7 * 11 * 13;
  const step = coprime(stride % all, all);
  return (index) => {
    const at = (start + index * step) % all;
    const pair = at % PAIRS;
    const last = size <= PAIRS ? '' : third[Math.floor(at / PAIRS)]!;
    return first[pair % first.length]! + second[Math.floor(pair / first.length)]! + last;
  };
}

function coprime(from: number, to: number): number {
  const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));
  let step = Math.max(1, from);
  while (divisor(step, to) !== 1) step += 1;
  return step;
}

const FORMS = [
  ['科技有限公司', 50],
  ['技术有限公司', 18],
  ['有限公司', 14],
  ['（珠海）有限公司', 6],
  ['有限责任公司', 5],
  ['股份有限公司', 7],
] as const;

export function companyName(random: Random, brand: string, industry: Industry, joint: boolean): string {
  const form = joint ? '股份有限公司' : random.weighted(FORMS);
  return `示例·${brand}${random.pick(industry.trades)}${form}`;
}

/** An earlier name: the same brand under another trade. */
export const formerName = (random: Random, brand: string): string =>
  `示例·${brand}${random.pick(['实业', '网络', '商务', '电子'])}有限公司`;

/** A valid code whose organisation body (DEM and five digits) no register gives out. */
export function demoCode(index: number): string {
  const body = `DEM${String(index).padStart(5, '0')}`;
  const head = `91440400${body}${organisationCheckCharacter(body)}`;
  return head + usccCheckCharacter(head);
}

/** The same code with a wrong last character, as registers sometimes hold it. */
export function doubtfulCode(index: number): string {
  const code = demoCode(index);
  return code.slice(0, 17) + (code[17] === '0' ? '1' : '0');
}
