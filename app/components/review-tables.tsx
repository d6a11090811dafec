import type { ReactNode } from 'react';
import type {
  CohortLine,
  CohortTable,
  DurationLine,
  IndicatorCard,
  MovementSheet,
  ReviewComparison,
  ReviewFunnel,
} from '../pipeline/review/tables.ts';
import { SchemeChip } from './chips.tsx';
import { Icon } from './icons.tsx';
import { Defined, FigureText } from './review-figures.tsx';

const Scroll = ({ label, children }: { label: string; children: ReactNode }) => (
  <div className="overflow-x-auto" tabIndex={0} role="region" aria-label={label}>
    {children}
  </div>
);

const Head = ({ id, children, unit }: { id: string; children: string; unit?: string }) => (
  <th scope="col" className="num">
    <Defined id={id}>{children}</Defined>
    {unit && <small>（{unit}）</small>}
  </th>
);

/** The four tiers, both ways of counting, with their shares. */
export function TierTable({ funnel }: { funnel: ReviewFunnel }) {
  return (
    <table className="ledger">
      <caption className="sr-only">四级梯队</caption>
      <thead>
        <tr>
          <th scope="col">梯队</th>
          <Head id="review.tier-headline" unit="家">
            就高
          </Head>
          <Head id="review.tier-held" unit="家">
            累计
          </Head>
          <Head id="review.tier-of-previous">占上一级</Head>
          <Head id="review.tier-of-start">占在册</Head>
        </tr>
      </thead>
      <tbody>
        {funnel.tiers.map((tier) => (
          <tr key={tier.tier}>
            <th scope="row">
              <SchemeChip scheme={tier.tier} label={tier.label} />
            </th>
            {[tier.headline, tier.held, tier.shareOfPrevious, tier.shareOfStart].map((figure) => (
              <td key={figure.definition} className="num">
                <FigureText figure={figure} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">
            <Defined id="review.total">有梯队称号</Defined>
          </th>
          <td className="num" colSpan={2}>
            <FigureText figure={funnel.total} unit />
          </td>
          <td className="num" colSpan={2}>
            <Defined id="review.enterprises">在册企业</Defined>{' '}
            <FigureText figure={funnel.enterprises} unit />
          </td>
        </tr>
      </tfoot>
    </table>
  );
}

/** Schemes down, stages across: who stands there, and below it the share of the step before and of the first. */
export function StageTable({ funnel }: { funnel: ReviewFunnel }) {
  const columns = funnel.schemes[0]?.stages ?? [];
  return (
    <Scroll label="各称号各环节">
      <table className="ledger">
        <caption className="sr-only">各称号各环节</caption>
        <thead>
          <tr>
            <th scope="col" className="pin pin-edge">
              称号
            </th>
            {columns.map(({ column, label }) => (
              <th key={column} scope="col" className="num">
                <Defined id="review.stage">{label}</Defined>
                <small>（家）</small>
              </th>
            ))}
            <Head id="review.stage-of-previous">公示占上一步</Head>
            <Head id="review.stage-of-start">有效占首步</Head>
          </tr>
        </thead>
        <tbody>
          {funnel.schemes.map(({ scheme, label, stages }) => (
            <tr key={scheme}>
              <th scope="row" className="pin pin-edge">
                <SchemeChip scheme={scheme} label={label} />
              </th>
              {stages.map(({ column, count }) => (
                <td key={column} className="num">
                  <FigureText figure={count} />
                </td>
              ))}
              <td className="num">
                <FigureText figure={stages.at(-2)!.shareOfPrevious} />
              </td>
              <td className="num">
                <FigureText figure={stages.at(-1)!.shareOfStart} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

const SIGN: Readonly<Record<string, string>> = { '1': '＋', '-1': '－', '0': '' };

/** One of the two movement tables; each number opens its list. */
export function MovementSheetTable({ sheet }: { sheet: MovementSheet }) {
  const name = sheet.table === 'headline' ? '就高变动表' : '累计变动表';
  return (
    <Scroll label={name}>
      <table className="ledger">
        <caption className="sr-only">{name}</caption>
        <thead>
          <tr>
            <th scope="col" className="pin pin-edge">
              <Defined id={`review.movement-${sheet.table}`}>
                {sheet.table === 'headline' ? '梯队' : '称号'}
              </Defined>
              <small>（{sheet.unit}）</small>
            </th>
            {sheet.columns.map(({ id, label, sign }) => (
              <th key={id} scope="col" className="num">
                <span className="text-ink-3" aria-hidden="true">
                  {id === 'closing' ? '＝' : SIGN[String(sign)]}
                </span>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sheet.rows.map((row) => (
            <tr key={row.row}>
              <th scope="row" className="pin pin-edge">
                <SchemeChip scheme={row.row} label={row.label} />
              </th>
              {row.cells.map((figure, i) => (
                <td key={sheet.columns[i]!.id} className="num">
                  <FigureText figure={figure} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" className="pin pin-edge">
              合计
            </th>
            {sheet.total.cells.map((figure, i) => (
              <td key={sheet.columns[i]!.id} className="num">
                <FigureText figure={figure} />
              </td>
            ))}
          </tr>
        </tfoot>
      </table>
    </Scroll>
  );
}

/** Whether a sheet adds up, in words. */
export const Balance = ({ sheet }: { sheet: MovementSheet }) => (
  <span className={sheet.balanced ? 'text-met' : 'text-unmet'}>
    <Icon name={sheet.balanced ? 'met' : 'unmet'} className="mr-1 inline size-3" />
    {sheet.balanced ? '各行平衡' : '有行不平衡，请运行 tidu verify'}
  </span>
);

/** The period against the one before and the year before. */
export function ComparisonTable({ comparison, now }: { comparison: ReviewComparison; now: string }) {
  const { previous, yearBefore, rows } = comparison;
  return (
    <Scroll label="与上期、上年同期比较">
      <table className="ledger">
        <caption className="sr-only">与上期、上年同期比较</caption>
        <thead>
          <tr>
            <th scope="col" className="pin pin-edge">
              <Defined id="review.comparison">指标</Defined>
            </th>
            <th scope="col" className="num">
              {now}
            </th>
            <th scope="col" className="num">
              {previous?.label ?? '上期'}
            </th>
            <Head id="review.change">环比</Head>
            <th scope="col" className="num">
              {yearBefore.label}
            </th>
            <Head id="review.change">同比</Head>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <th scope="row" className="pin pin-edge">
                {row.label}
                <small className="text-ink-3">
                  （{row.kind === 'stock' ? '期末' : '期内'}，{row.current.unit}）
                </small>
              </th>
              {(['current', 'previous', 'previousChange', 'yearBefore', 'yearChange'] as const).map((key) => (
                <td key={key} className="num">
                  <FigureText figure={row[key]} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

const COHORT_COLUMNS = ['entered', 'certified', 'underWay', 'out', 'rate'] as const;

const BY = { quarter: '入库季度', steward: '管家', industry: '产业' } as const;

/** Who entered together, and what became of them. */
export function CohortSheet({ table }: { table: CohortTable }) {
  const cells = (line: CohortLine) =>
    COHORT_COLUMNS.map((key) => (
      <td key={key} className="num">
        <FigureText figure={line[key]} />
      </td>
    ));
  const name = `${table.label}：同批入库去向`;
  return (
    <Scroll label={name}>
      <table className="ledger">
        <caption className="sr-only">{name}</caption>
        <thead>
          <tr>
            <th scope="col">{BY[table.by]}</th>
            <Head id="review.cohort">入库</Head>
            <Head id="review.cohort">已认定</Head>
            <Head id="review.cohort">在途</Head>
            <Head id="review.cohort">未通过或退出</Head>
            <Head id="review.cohort-rate">认定率</Head>
          </tr>
        </thead>
        <tbody>
          {table.rows.map((line) => (
            <tr key={line.key}>
              <th scope="row">{line.label}</th>
              {cells(line)}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">合计</th>
            {cells(table.total)}
          </tr>
        </tfoot>
      </table>
    </Scroll>
  );
}

/** Days of each step, with how many are still in it. */
export function DurationTable({ lines }: { lines: readonly DurationLine[] }) {
  return (
    <Scroll label="各环节用时">
      <table className="ledger">
        <caption className="sr-only">各环节用时</caption>
        <thead>
          <tr>
            <th scope="col" className="pin pin-edge">
              环节
            </th>
            <Head id="review.step" unit="家次">
              已办结
            </Head>
            <Head id="review.step" unit="天">
              中位数
            </Head>
            <Head id="review.step" unit="天">
              八成以内
            </Head>
            <Head id="review.step-open" unit="家">
              仍在环节
            </Head>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={`${line.scheme}.${line.state}`}>
              <th scope="row" className="pin pin-edge">
                <SchemeChip scheme={line.scheme} label={line.schemeLabel} /> {line.label}
              </th>
              {(['finished', 'median', 'p80', 'open'] as const).map((key) => (
                <td key={key} className="num">
                  <FigureText figure={line[key]} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

/** The register's indicators with their targets. */
export function IndicatorTable({ cards }: { cards: readonly IndicatorCard[] }) {
  return (
    <Scroll label="指标与任务完成">
      <table className="ledger">
        <caption className="sr-only">指标与任务完成</caption>
        <thead>
          <tr>
            <th scope="col" className="pin pin-edge">
              指标
            </th>
            <th scope="col" className="num">
              数值
            </th>
            <th scope="col" className="num">
              同比
            </th>
            <th scope="col" className="num">
              环比
            </th>
            <th scope="col" className="num">
              任务
            </th>
            <th scope="col" className="num">
              完成率
            </th>
            <th scope="col" className="num">
              尚差
            </th>
            <th scope="col">年底预测</th>
            <th scope="col">期间</th>
            <th scope="col">来源</th>
          </tr>
        </thead>
        <tbody>
          {cards.map((card) => (
            <tr key={card.id}>
              <th scope="row" className="pin pin-edge">
                <Defined id={card.id}>{card.label}</Defined>
              </th>
              {(
                ['value', 'yearOnYear', 'quarterOnQuarter', 'target', 'completion', 'remaining'] as const
              ).map((key) => {
                const figure = card[key];
                return (
                  <td key={key} className="num">
                    {figure ? (
                      <FigureText figure={figure} unit={figure.unit !== '%' && figure.unit !== '百分点'} />
                    ) : (
                      '—'
                    )}
                    {key === 'completion' && card.progress && (
                      <small className="block text-ink-3">
                        {card.progress.days} {card.progress.value.text}
                        {card.progress.value.unit}
                      </small>
                    )}
                  </td>
                );
              })}
              <td className="wrap">{card.forecast ?? '—'}</td>
              <td>{card.asOf}</td>
              <td className="wrap">{card.source}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
