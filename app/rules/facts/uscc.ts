/** 统一社会信用代码, GB 32100—2015, and the organisation code inside it, GB 11714. */
const CHARSET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const ORG_CHARSET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const ORG_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];

export type UsccCheck =
  | { readonly ok: true; readonly code: string; readonly flag: string | null }
  | { readonly ok: false; readonly reason: string };

/** The 18th character that belongs to the first 17 (which must be of the charset). */
export function usccCheckCharacter(first17: string): string {
  let sum = 0;
  for (let i = 0; i < 17; i += 1) sum += CHARSET.indexOf(first17[i]!) * WEIGHTS[i]!;
  return CHARSET[(31 - (sum % 31)) % 31]!;
}

/** The check character of the eight-character body of an organisation code. */
export function organisationCheckCharacter(body8: string): string {
  let sum = 0;
  for (let i = 0; i < 8; i += 1) sum += ORG_CHARSET.indexOf(body8[i]!) * ORG_WEIGHTS[i]!;
  const rest = 11 - (sum % 11);
  return rest === 10 ? 'X' : rest === 11 ? '0' : String(rest);
}

/** Full-width characters and blanks of a typed or imported code made ordinary; letters upper case. */
export function tidyUscc(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s\u200b-]/g, '')
    .toUpperCase();
}

/**
 * Judges a code: wrong length or characters are refused with the reason; a failing check digit (the 18th, or that
 * of the organisation code in positions 9–17) is accepted and flagged, since such codes exist on record.
 */
export function checkUscc(text: string): UsccCheck {
  const code = tidyUscc(text);
  if (code.length !== 18) return { ok: false, reason: `统一社会信用代码应为 18 位，现为 ${code.length} 位` };
  for (let i = 0; i < 18; i += 1) {
    if (!CHARSET.includes(code[i]!)) {
      return {
        ok: false,
        reason: `统一社会信用代码第 ${i + 1} 位“${code[i]}”不在允许的字符内（不用 I、O、S、V、Z）`,
      };
    }
  }
  const flags: string[] = [];
  const expected = usccCheckCharacter(code.slice(0, 17));
  if (code[17] !== expected) flags.push(`第 18 位校验码应为“${expected}”，现为“${code[17]}”`);
  const organisation = organisationCheckCharacter(code.slice(8, 16));
  if (code[16] !== organisation) {
    flags.push(`第 17 位（组织机构代码校验码）应为“${organisation}”，现为“${code[16]}”`);
  }
  return { ok: true, code, flag: flags.length > 0 ? `统一社会信用代码${flags.join('；')}` : null };
}
