/**
 * Lists made by rule from verdicts: 潜力清单 (close to a title that is not held) and the 高企 蓄水池. Nobody puts an
 * enterprise in or takes one out; the limits are the park's own choice, not the law's. Pure.
 */
import { shortfall, type Closeness } from './engine/closeness.ts';

export interface ListLimits {
  /** Most conditions unmet. */
  readonly maxUnmet: number;
  /** Most that is missing, per cent of what is required, summed over the unmet conditions. */
  readonly maxShort: number;
  /** Most conditions whose figures are missing. */
  readonly maxUnknown: number;
}

/** Of a 潜力清单 for which the park has not set its own. */
export const DEFAULT_LIMITS: ListLimits = { maxUnmet: 2, maxShort: 40, maxUnknown: 2 };

/** Bounds within which a park may set them. */
export const LIMIT_BOUNDS: Readonly<Record<keyof ListLimits, readonly [number, number]>> = {
  maxUnmet: [0, 5],
  maxShort: [0, 300],
  maxUnknown: [0, 10],
};

/** The scheme of the 蓄水池, and the most unmet conditions that it may be asked for. */
export const RESERVOIR_SCHEME = 'hnte';
export const RESERVOIR_MOST = 3;
/** An enterprise of which more is not known is not near anything. */
const RESERVOIR: ListLimits = { maxUnmet: RESERVOIR_MOST, maxShort: 100 * RESERVOIR_MOST, maxUnknown: 2 };

export interface Standing {
  readonly in: boolean;
  /** Left because the title is held now. */
  readonly held: boolean;
  /** Why it is in, or why not, in words. */
  readonly why: string;
}

const PER_CENT = 1e4;
/** Missing in all, per cent, rounded up to a tenth so that nothing looks smaller than it is. */
const shortText = (millionths: number) => `${Math.ceil(millionths / 1e3) / 10}%`;

/** Where a verdict stands towards a list. @param held the title is in force on the day */
export function standingIn(limits: ListLimits, verdict: Closeness, held: boolean): Standing {
  const { met, unmet, unknown, manual, vetoes } = verdict;
  const out = (why: string): Standing => ({ in: false, held, why });
  if (held) return out('已取得称号');
  if (vetoes > 0) return out('存在一票否决情形');
  if (unmet > limits.maxUnmet) return out(`未达到 ${unmet} 项，超出 ${limits.maxUnmet} 项`);
  const short = shortfall(verdict);
  if (short > limits.maxShort * PER_CENT)
    return out(`缺口合计 ${shortText(short)}，超出 ${limits.maxShort}%`);
  if (unknown > limits.maxUnknown) return out(`缺数据 ${unknown} 项，超出 ${limits.maxUnknown} 项`);
  // Of whom nearly nothing is known is not near: it is not known.
  if (unknown >= met) return out(`已知达到 ${met} 项，不多于缺数据的 ${unknown} 项`);
  const words = [
    unmet === 0 ? '没有未达到的条件' : `未达到 ${unmet} 项，缺口合计 ${shortText(short)}`,
    ...(unknown > 0 ? [`缺数据 ${unknown} 项`] : []),
    ...(manual > 0 ? [`待人工判断 ${manual} 项`] : []),
  ];
  return { in: true, held, why: words.join('，') };
}

/** Where a verdict about 高企 stands towards the 蓄水池. */
export const standingInReservoir = (verdict: Closeness, held: boolean): Standing =>
  standingIn(RESERVOIR, verdict, held);

/** 口径 of a list in words. */
export const limitWords = ({ maxUnmet, maxShort, maxUnknown }: ListLimits): string =>
  `未持有该称号，无一票否决，未达到不超过 ${maxUnmet} 项，缺口占门槛的比例合计不超过 ${maxShort}%，缺数据不超过 ${maxUnknown} 项且少于达到的项数`;
