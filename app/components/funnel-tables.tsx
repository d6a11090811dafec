import type { FunnelPage } from '../queries/funnel-page.server.ts';
import { SchemeChip } from './chips.tsx';
import { percent, whole } from './format.ts';
import { A } from './link.tsx';

/** A number that opens the list it counts. */
export const CountLink = ({ count, to }: { count: number; to: string | null }) =>
  count > 0 && to ? (
    <A to={to}>{whole(count)}</A>
  ) : (
    <span className={count === 0 ? 'text-ink-3' : ''}>{whole(count)}</span>
  );

/** The four tiers by both ways of counting. */
export function TiersTable({ tiers, enterprises }: Pick<FunnelPage, 'tiers' | 'enterprises'>) {
  const total = tiers.reduce((sum, tier) => sum + tier.headline, 0);
  return (
    <table className="ledger">
      <caption className="sr-only">四级梯队</caption>
      <thead>
        <tr>
          <th scope="col">梯队</th>
          <th scope="col" className="num">
            就高<small>（家）</small>
          </th>
          <th scope="col" className="num">
            累计<small>（家）</small>
          </th>
          <th scope="col" className="num">
            占上一级
          </th>
          <th scope="col" className="num">
            占在册
          </th>
        </tr>
      </thead>
      <tbody>
        {tiers.map((tier) => (
          <tr key={tier.tier}>
            <th scope="row">
              <SchemeChip scheme={tier.tier} label={tier.label} />
            </th>
            <td className="num">
              <CountLink count={tier.headline} to={tier.headlineTo} />
            </td>
            <td className="num">
              <CountLink count={tier.held} to={tier.heldTo} />
            </td>
            <td className="num">{percent(tier.shareOfPrevious, 1)}</td>
            <td className="num">{percent(tier.shareOfStart, 1)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">有梯队称号</th>
          <td className="num">
            <CountLink count={total} to={`/enterprises?title=${tiers.map(({ tier }) => tier).join('.')}`} />
          </td>
          <td className="num" colSpan={2}>
            在册 <CountLink count={enterprises} to="/enterprises?presence=present" /> 家
          </td>
          <td className="num">{percent(enterprises === 0 ? null : total / enterprises, 1)}</td>
        </tr>
      </tfoot>
    </table>
  );
}

/** Schemes down, stages across; every number opens its list. Columns in which nobody stands are left out. */
export function SchemesTable({ funnel }: { funnel: Pick<FunnelPage, 'schemes' | 'columns'> }) {
  const used = funnel.columns.filter(
    ({ id }) =>
      id === 'held' ||
      funnel.schemes.some(({ cells }) => cells.some((cell) => cell.column === id && cell.count > 0)),
  );
  return (
    <div className="overflow-x-auto" tabIndex={0} role="region" aria-label="各称号各阶段">
      <table className="ledger">
        <caption className="sr-only">各称号各阶段的企业数</caption>
        <thead>
          <tr>
            <th scope="col" className="pin pin-edge">
              称号
            </th>
            {used.map(({ id, label }) => (
              <th key={id} scope="col" className="num">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {funnel.schemes.map((scheme) => (
            <tr key={scheme.scheme}>
              <th scope="row" className="pin pin-edge">
                <SchemeChip scheme={scheme.scheme} label={scheme.label} />
              </th>
              {used.map(({ id }) => {
                const cell = scheme.cells.find((each) => each.column === id)!;
                return (
                  <td key={id} className="num">
                    <CountLink count={cell.count} to={cell.to} />
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
