/** Names of enterprises, brought to one form for matching; what is shown is always the name as given. */

const BRACKETS = /[()[\]{}<>«»‹›〈〉《》【】〔〕〖〗「」『』]/g;
const SEPARATORS = /[\s.,:;·•・‧∙。、，：；'"`‘’“”\-‐‑‒–—―_/\\|\u200b-\u200f\u2060\ufeff\u00ad]/g;

/** Forms of one legal form that registers and reports use side by side. */
const LEGAL_FORMS: readonly (readonly [RegExp, string])[] = [
  [/股份有限责任公司/g, '股份有限公司'],
  [/有限责任公司/g, '有限公司'],
  [/股份公司$/, '股份有限公司'],
];

/**
 * The key by which names are compared: full-width and compatibility characters made ordinary, Latin letters lower
 * case, blanks, brackets and separating marks dropped, 有限责任公司 and 有限公司 taken as one. Empty for a name that
 * holds nothing to compare. Two enterprises may share a key: whoever matches by it must treat that as ambiguous.
 */
export function nameKey(name: string): string {
  let key = name.normalize('NFKC').toLowerCase().replace(BRACKETS, '').replace(SEPARATORS, '');
  for (const [form, usual] of LEGAL_FORMS) key = key.replace(form, usual);
  return key;
}

/** Blanks between two Chinese characters or brackets: no registered name has them, copied tables do. */
const INNER_BLANKS = /(?<=[\p{Script=Han}（）()])\s+(?=[\p{Script=Han}（）()])/gu;

/** A name as it is stored and shown: stray and doubled blanks dropped, nothing else changed. */
export function tidyName(name: string): string {
  return name
    .replace(/[\u200b-\u200f\u2060\ufeff]/g, '')
    .replace(INNER_BLANKS, '')
    .replace(/\s+/g, ' ')
    .trim();
}
