import { FIGURES, type FigureKey, type FigureUnit } from '../rules/facts/figures.ts';
import { dayOf, hundredths, NOT_KNOWN, percent } from './format.ts';
import { A } from './link.tsx';
import { sourceLabel } from './terms.ts';
import { Blank, Money } from './values.tsx';

export interface LedgerYear {
  year: number;
  figures: Partial<Record<FigureKey, number | null>>;
  source: string | null;
  knownAt: string | null;
  provenance: Record<string, { source: string | null; knownAt: string | null }>;
  flags: { path: string; message: string }[];
}

const UNIT_WORDS: Record<FigureUnit, string> = { CNY: '万元', persons: '人', points: '分' };

function Figure({ value, unit }: { value: number | null | undefined; unit: FigureUnit }) {
  if (value === null || value === undefined) return <Blank says="未知" />;
  return unit === 'CNY' ? <Money fen={value} /> : <>{hundredths(value)}</>;
}

/** Change against the year before; base 0 or a change of sign says nothing and shows —. */
function change(now: number | null | undefined, before: number | null | undefined): string {
  if (now === null || now === undefined || before === null || before === undefined || before <= 0)
    return NOT_KNOWN;
  const text = percent((now - before) / before, 1);
  return now > before ? `+${text}` : text;
}

/** Figures of several years side by side, with where each comes from; a line no year knows is left out. */
export function FiguresLedger({
  years,
  editBase,
}: {
  years: readonly LedgerYear[];
  editBase: string | null;
}) {
  const known = FIGURES.filter(({ key }) => years.some((year) => year.figures[key] != null));
  const [latest, before] = years;
  const follows = latest && before && latest.year === before.year + 1;
  return (
    <div className="ledger-box" data-flow="" tabIndex={0} role="region" aria-label="年度数据">
      <table className="ledger">
        <caption className="sr-only">年度数据，按年度</caption>
        <thead>
          <tr>
            <th scope="col" className="pin pin-edge">
              指标
            </th>
            {years.map(({ year }) => (
              <th key={year} scope="col" className="num">
                {editBase ? (
                  <A to={`${editBase}/${year}`} title={`更正 ${year} 年数据`}>
                    {year} 年
                  </A>
                ) : (
                  `${year} 年`
                )}
              </th>
            ))}
            {follows && (
              <th scope="col" className="num">
                {latest.year} 同比
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {known.map(({ key, label, unit, where }) => (
            <tr key={key}>
              <th scope="row" className="pin pin-edge" title={where}>
                {label}
                <small className="text-ink-3">（{UNIT_WORDS[unit]}）</small>
              </th>
              {years.map((year) => {
                const own = year.provenance[key];
                return (
                  <td
                    key={year.year}
                    className="num"
                    title={
                      own
                        ? `来源：${sourceLabel(own.source)}，${dayOf(own.knownAt) || '知悉日期未注明'}`
                        : undefined
                    }
                  >
                    <Figure value={year.figures[key]} unit={unit} />
                    {own && <sup className="text-accent">†</sup>}
                  </td>
                );
              })}
              {follows && (
                <td className="num text-ink-2">{change(latest.figures[key], before.figures[key])}</td>
              )}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" className="pin pin-edge font-normal">
              来源
            </th>
            {years.map((year) => (
              <td key={year.year} className="num text-xs font-normal">
                {sourceLabel(year.source)}
                {year.knownAt && ` ${dayOf(year.knownAt)}`}
                {Object.keys(year.provenance).length > 0 && ' †另有来源'}
              </td>
            ))}
            {follows && (
              <td className="num">
                <Blank says="无" />
              </td>
            )}
          </tr>
        </tfoot>
      </table>
    </div>
  );
}
