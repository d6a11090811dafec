import { NOT_KNOWN, wan } from './format.ts';

/** Where nothing is known: a dash that a screen reader speaks as 未知. */
export function Blank({ says = '未知' }: { says?: string }) {
  return (
    <span className="blank">
      <span aria-hidden="true">{NOT_KNOWN}</span>
      <span className="sr-only">{says}</span>
    </span>
  );
}

/** An amount of 分 in 万元 with two decimals; the unit stands in the column head, or after it with `unit`. */
export function Money({ fen, unit = false }: { fen: number | bigint | null | undefined; unit?: boolean }) {
  if (fen === null || fen === undefined) return <Blank />;
  return (
    <span className={fen < 0 ? 'text-unmet' : undefined}>
      {wan(fen)}
      {unit && ' 万元'}
    </span>
  );
}

export function DateText({ day }: { day: string | null | undefined }) {
  return day ? <time dateTime={day}>{day}</time> : <Blank />;
}
