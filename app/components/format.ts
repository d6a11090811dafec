/** Values as the field writes them. Pure; used by pages, prints and exports alike. */

/** Shown where nothing is known; blank, 0, 不适用 and 未报送 are four different cells. */
export const NOT_KNOWN = '—';

const group = (whole: string) => whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',');

/** An integer scaled by 10^digits as a decimal text rounded half away from zero to `places`, with separators. */
export function decimalText(scaled: number | bigint, digits: number, places: number): string {
  let value = BigInt(scaled);
  const negative = value < 0n;
  if (negative) value = -value;
  if (digits > places) {
    const step = 10n ** BigInt(digits - places);
    value = (value + step / 2n) / step;
  } else {
    value *= 10n ** BigInt(places - digits);
  }
  const text = value.toString().padStart(places + 1, '0');
  const whole = places > 0 ? text.slice(0, -places) : text;
  const sign = negative && value !== 0n ? '−' : '';
  return sign + group(whole) + (places > 0 ? `.${text.slice(-places)}` : '');
}

/** 分 as 万元 with two decimals and separators: 4200000000 → `4,200.00`. */
export const wan = (fen: number | bigint | null | undefined): string =>
  fen === null || fen === undefined ? NOT_KNOWN : decimalText(fen, 6, 2);

/** 分 as 亿元 with two decimals. */
export const yi = (fen: number | bigint | null | undefined): string =>
  fen === null || fen === undefined ? NOT_KNOWN : decimalText(fen, 10, 2);

/** Hundredths (persons, points) with up to `places` decimals, trailing zeros dropped. */
export function hundredths(value: number | null | undefined, places = 1): string {
  if (value === null || value === undefined) return NOT_KNOWN;
  const text = decimalText(value, 2, places);
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/** A whole number with separators. */
export const whole = (value: number | bigint | null | undefined): string =>
  value === null || value === undefined ? NOT_KNOWN : decimalText(value, 0, 0);

/** A fraction as per cent with `places` decimals: 0.0684 → `6.84%`. */
export const percent = (share: number | null | undefined, places = 2): string =>
  share === null || share === undefined || !Number.isFinite(share)
    ? NOT_KNOWN
    : `${decimalText(Math.round(share * 100 * 10 ** places), places, places)}%`;

/** `part` of `total` as per cent with one decimal; base 0 shows —. */
export const shareOf = (part: number, total: number): string =>
  total === 0 ? NOT_KNOWN : percent(part / total, 1);

/** 2026-04-01 in running text: 2026年4月1日. */
export function dayInText(day: string | null | undefined): string {
  const found = /^(\d{4})-(\d{2})-(\d{2})/.exec(day ?? '');
  return found ? `${found[1]}年${Number(found[2])}月${Number(found[3])}日` : NOT_KNOWN;
}

/** An ISO instant as day and minute in Asia/Shanghai (UTC+8, no summer time): `2026-04-01 09:30`. */
export function minuteText(instant: string | null | undefined): string {
  const time = Date.parse(instant ?? '');
  if (Number.isNaN(time)) return NOT_KNOWN;
  return new Date(time + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
}

/** The day in Asia/Shanghai of a day or an instant; '' when not known. */
export const dayOf = (text: string | null | undefined): string =>
  !text ? '' : text.length <= 10 ? text : minuteText(text).slice(0, 10);
