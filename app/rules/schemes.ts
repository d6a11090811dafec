/** The schemes as data: labels, headline rank, what follows. A park adds its own as further rows of its database. */
export interface Scheme {
  readonly id: string;
  /** Full name of the title. */
  readonly label: string;
  /** As staff say it; column heads and chips. */
  readonly short: string;
  readonly authority: string;
  /** 1 (lowest) to 4 for the four headline tiers, null for the others. */
  readonly headline: 1 | 2 | 3 | 4 | null;
}

const scheme = (
  id: string,
  label: string,
  short: string,
  authority: string,
  headline: Scheme['headline'] = null,
): Scheme => ({ id, label, short, authority, headline });

export const SCHEMES: readonly Scheme[] = [
  scheme('tsme', '科技型中小企业', '科小', '科技主管部门'),
  scheme('isme', '创新型中小企业', '创新型', '工业和信息化主管部门'),
  scheme('hnte', '高新技术企业', '高企', '科技、财政、税务部门', 1),
  scheme('srdi', '专精特新中小企业', '专精特新', '工业和信息化主管部门', 2),
  scheme('giant', '专精特新“小巨人”企业', '小巨人', '工业和信息化部', 3),
  scheme('champion', '制造业单项冠军企业', '单项冠军', '工业和信息化部'),
  scheme('gazelle', '瞪羚企业', '瞪羚', '地方主管部门'),
  scheme('gazelleSeedling', '瞪羚培育企业', '瞪羚培育', '地方主管部门'),
  scheme('unicornSeed', '种子独角兽企业', '种子独角兽', '地方主管部门'),
  scheme('unicornPotential', '潜在（潜力）独角兽企业', '潜在独角兽', '地方主管部门'),
  scheme('unicorn', '独角兽企业', '独角兽', '地方主管部门', 4),
  scheme('scaleUp', '小升规（规上）', '小升规', '统计部门'),
  scheme('listing', '上市培育', '上市培育', '证券监管部门'),
  scheme('hiddenChampion', '隐形冠军企业', '隐形冠军', '地方主管部门'),
  scheme('zgcHnte', '中关村高新技术企业', '中关村高企', '中关村管委会'),
  scheme('goldenSeed', '金种子企业', '金种子', '地方主管部门'),
];

export const SCHEME_BY_ID: ReadonlyMap<string, Scheme> = new Map(SCHEMES.map((s) => [s.id, s]));

/** Label of a scheme, or its id where a park's own is not in the table. */
export function schemeLabel(id: string): string {
  return SCHEME_BY_ID.get(id)?.label ?? id;
}
