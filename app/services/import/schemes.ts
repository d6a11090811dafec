import type { Option } from '../../rules/facts/fields.ts';
import { SCHEMES } from '../../rules/schemes.ts';
import { readOption } from './cells.ts';

/** Further names under which tables carry the schemes. */
const OTHER_NAMES: Readonly<Record<string, readonly string[]>> = {
  tsme: ['国家科技型中小企业'],
  isme: ['省级创新型中小企业'],
  hnte: ['国家高新技术企业', '国家级高新技术企业', '国高', '国高新'],
  srdi: ['专精特新企业', '省级专精特新', '省级专精特新中小企业', '市级专精特新', '市级专精特新中小企业'],
  giant: [
    '专精特新小巨人',
    '小巨人企业',
    '国家级专精特新小巨人',
    '国家级专精特新小巨人企业',
    '国家专精特新小巨人',
  ],
  champion: ['制造业单项冠军', '国家级制造业单项冠军', '单项冠军企业'],
  unicornSeed: ['独角兽种子', '独角兽种子企业'],
  unicornPotential: ['潜力独角兽', '独角兽潜力', '潜在独角兽企业', '独角兽潜力企业', '准独角兽'],
  scaleUp: ['规上', '规上企业', '规模以上企业'],
  listing: ['上市后备', '拟上市'],
  zgcHnte: ['中关村高新', '村高新'],
};

export const SCHEME_OPTIONS: readonly Option[] = SCHEMES.map(({ id, label, short }) => ({
  value: id,
  label,
  aliases: [short, ...(OTHER_NAMES[id] ?? [])],
}));

/** The scheme that a cell names, by label, another usual name, or id; null when it names none. */
export function schemeNamed(text: string): string | null {
  const known = readOption(text, SCHEME_OPTIONS);
  if (known.ok) return known.value;
  return /^[a-z][A-Za-z0-9]*$/.test(text) ? text : null;
}
