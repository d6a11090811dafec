/** Whether the long tests run in their full size (`npm run test:long`). */
export const isLong = process.env.TIDU_LONG === '1';

/** The size of a long test: the first in `npm test`, the second in `npm run test:long`. */
export const size = (normal: number, long: number): number => (isLong ? long : normal);
