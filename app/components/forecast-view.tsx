import type { ForecastView } from '../queries/indicator-page.server.ts';
import { whole } from './format.ts';
import { A } from './link.tsx';
import { DataTable, type Column } from './table.tsx';

type Deciding = ForecastView['deciding'][number];
type Group = ForecastView['groups'][number];

const GROUPS: readonly Column<Group>[] = [
  { key: 'label', label: '个案', cell: (row) => row.label },
  { key: 'open', label: '现有', unit: '家', num: true, cell: (row) => whole(row.open) },
  { key: 'trials', label: '近五年同类', unit: '例', num: true, cell: (row) => whole(row.trials) },
  { key: 'won', label: '其中期末计入', unit: '例', num: true, cell: (row) => whole(row.successes) },
  { key: 'rate', label: '占比', num: true, cell: (row) => row.rate },
];

const decidingColumns = (hasChance: boolean, hasWeight: boolean): readonly Column<Deciding>[] => [
  {
    key: 'name',
    label: '企业',
    pin: true,
    cell: (row) => <A to={`/enterprises/${row.uscc}`}>{row.name}</A>,
  },
  { key: 'group', label: '情形', cell: (row) => row.group },
  { key: 'on', label: '日期', cell: (row) => (row.ends ? `${row.on} 起失效` : `${row.on} 起在途`) },
  ...(hasChance
    ? [{ key: 'chance', label: '期末计入机会', num: true, cell: (row: Deciding) => row.chance ?? '—' }]
    : []),
  ...(hasWeight
    ? [{ key: 'weight', label: '对达标机会的影响', num: true, cell: (row: Deciding) => row.weight ?? '—' }]
    : []),
];

/** One line for a table: 618 至 629 家，达标机会 62.4%. */
export function forecastWords(forecast: ForecastView): string {
  const { distribution, low, high } = forecast;
  const between = low === high ? `${low} 家` : `${low}—${high} 家`;
  return distribution?.reach ? `${between}，达标机会 ${distribution.reach}` : between;
}

/** What the stock may be at the end of the period, from whom it depends on. */
export function ForecastCard({ forecast }: { forecast: ForecastView }) {
  const { until, distribution, target, low, high, lowest, highest, thin, groups, deciding } = forecast;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <div className="running max-w-4xl">
        {distribution ? (
          <p>
            到 {until}，十次有九次在 <b>{low}</b> 至 <b>{high}</b> 家之间，中位 <b>{distribution.median}</b>{' '}
            家（最少 {lowest}，最多 {highest}）。
            {target && distribution.reach !== null && (
              <>
                达到目标 {target} 的机会为 <b>{distribution.reach}</b>。
              </>
            )}
          </p>
        ) : (
          <p>
            到 {until}，约在 <b>{low}</b> 至 <b>{high}</b> 家之间（最少 {lowest}，最多 {highest}）
            {target && `，目标 ${target}`}。“{thin.join('”“')}”的同类个案不足 20
            例，按全不计入与全计入两端给区间，不推算机会。
          </p>
        )}
        <p className="text-xs text-ink-3">
          口径：在手个案为所选园区截至日在途且未持证的企业，以及期内到期的称号；同类个案为近五年同一天、全部园区的同类个案，看其到同一期末是否持证。各个案按相互独立计算，未计当日以后才开始申报的企业。
        </p>
      </div>
      {groups.length > 0 && (
        <DataTable
          caption="在手个案与同类个案"
          flow
          columns={GROUPS}
          rows={groups}
          rowKey={(row) => row.id}
          empty={null}
        />
      )}
      {deciding.length > 0 && (
        <>
          <h3 className="font-semibold">
            {distribution ? '最能影响结果的个案' : '最不确定的个案'}（{deciding.length} 家）
          </h3>
          <DataTable
            caption="决定结果的个案"
            flow
            columns={decidingColumns(
              deciding.some((row) => row.chance !== null),
              deciding.some((row) => row.weight !== null),
            )}
            rows={deciding}
            rowKey={(row) => `${row.group}-${row.id}`}
            empty={null}
          />
        </>
      )}
    </div>
  );
}
