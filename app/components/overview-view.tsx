import { daysBetween } from '../rules/day.ts';
import type { Expiring, DataGaps } from '../queries/overview.server.ts';
import type { FunnelPage } from '../queries/funnel-page.server.ts';
import { Chart } from './chart.tsx';
import { SchemeChip, Seal, TIER_TEXT, tierOf } from './chips.tsx';
import { shareOf, whole } from './format.ts';
import { CountLink, TiersTable } from './funnel-tables.tsx';
import { A } from './link.tsx';
import { Card, EmptyState, PageHead } from './page.tsx';

interface Props {
  funnel: FunnelPage;
  svg: string;
  expiring: {
    total: number;
    enterprises: number;
    days: number;
    rows: readonly (Expiring & { label: string })[];
  };
  gaps: DataGaps;
  recent: readonly {
    id: number;
    uscc: string;
    name: string;
    scheme: string;
    schemeLabel: string;
    event: string;
    effectiveOn: string;
  }[];
  where: string;
  asOf: string;
  mayImport: boolean;
  /** May make parks and users. */
  maySetUp: boolean;
}

/** The headline numbers: all enterprises, then each tier once at its highest; each opens its list. */
function Headline({ funnel }: { funnel: FunnelPage }) {
  return (
    <ul
      className="card mb-4 grid grid-cols-2 divide-line max-lg:gap-y-3 max-lg:py-3 lg:grid-cols-5 lg:divide-x"
      aria-label="梯队就高"
    >
      <li className="px-5 py-4">
        <p className="text-ink-2">在册企业</p>
        <p className="mt-1 text-2xl font-semibold">
          <A to="/enterprises?presence=present" className="text-ink no-underline hover:underline">
            {whole(funnel.enterprises)}
          </A>
          <span className="ml-1 text-base font-normal text-ink-3">家</span>
        </p>
        <p className="text-xs text-ink-3">
          有梯队称号 {whole(funnel.inTiers)} 家，占 {shareOf(funnel.inTiers, funnel.enterprises)}
        </p>
      </li>
      {funnel.tiers.map((tier) => {
        const id = tierOf(tier.tier)!;
        return (
          <li key={tier.tier} className="px-5 py-4">
            <p className="flex items-center gap-1.5 text-ink-2">
              <Seal tier={id} />
              {tier.label}
            </p>
            <p className="mt-1 text-2xl font-semibold">
              <A
                to={tier.headlineTo}
                className={`no-underline hover:underline ${TIER_TEXT[id]}`}
                aria-label={`${tier.label}就高 ${tier.headline} 家，看名单`}
              >
                {whole(tier.headline)}
              </A>
              <span className="ml-1 text-base font-normal text-ink-3">家</span>
            </p>
            <p className="text-xs text-ink-3">
              就高；累计 <CountLink count={tier.held} to={tier.heldTo} /> 家
            </p>
          </li>
        );
      })}
    </ul>
  );
}

function ExpiringCard({ expiring, asOf }: Pick<Props, 'expiring' | 'asOf'>) {
  return (
    <Card
      title="即将到期"
      note={`${expiring.days} 天内，${whole(expiring.total)} 项，涉及 ${whole(expiring.enterprises)} 家`}
      actions={
        <A to={`/enterprises?expiring=${expiring.days}`} className="text-xs">
          全部
        </A>
      }
      flush
    >
      {expiring.rows.length === 0 ? (
        <p className="px-4 py-6 text-center text-ink-3">{expiring.days} 天内没有称号到期。</p>
      ) : (
        <table className="ledger">
          <caption className="sr-only">即将到期的称号</caption>
          <thead>
            <tr>
              <th scope="col">企业</th>
              <th scope="col">称号</th>
              <th scope="col">有效期至</th>
              <th scope="col" className="num">
                剩余<small>（天）</small>
              </th>
            </tr>
          </thead>
          <tbody>
            {expiring.rows.map((row) => {
              const left = daysBetween(asOf, row.validUntil);
              return (
                <tr key={row.uscc + row.scheme + row.validUntil}>
                  <th scope="row" className="max-w-60 truncate">
                    <A to={`/enterprises/${row.uscc}`}>{row.name}</A>
                  </th>
                  <td>
                    <SchemeChip scheme={row.scheme} label={row.label} />
                  </td>
                  <td>{row.validUntil}</td>
                  <td className={`num ${left <= 90 ? 'font-semibold text-unmet' : ''}`}>{left}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
    </Card>
  );
}

function GapsCard({ gaps }: { gaps: DataGaps }) {
  const rows = [
    { label: `缺 ${gaps.year} 年度数据`, count: gaps.withoutFigures, gap: 'figures' },
    { label: '缺行业代码', count: gaps.withoutIndustry, gap: 'industry' },
    { label: '统一社会信用代码存疑', count: gaps.doubtfulCode, gap: 'code' },
  ];
  return (
    <Card title="数据缺口" note="补齐后判定才完整" flush>
      <table className="ledger">
        <caption className="sr-only">数据缺口</caption>
        <thead>
          <tr>
            <th scope="col">缺口</th>
            <th scope="col" className="num">
              企业<small>（家）</small>
            </th>
            <th scope="col" className="num">
              占在册
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.gap}>
              <th scope="row">{row.label}</th>
              <td className="num">
                <CountLink count={row.count} to={`/enterprises?gap=${row.gap}&presence=present`} />
              </td>
              <td className="num">{shareOf(row.count, gaps.enterprises)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}

function RecentCard({ recent }: Pick<Props, 'recent'>) {
  return (
    <Card title="近期动态" flush>
      {recent.length === 0 ? (
        <p className="px-4 py-6 text-center text-ink-3">尚无事件。</p>
      ) : (
        <ul>
          {recent.map((item) => (
            <li
              key={item.id}
              className="flex h-8 items-center gap-3 border-b border-line px-4 last:border-b-0"
            >
              <time dateTime={item.effectiveOn} className="shrink-0 text-ink-3">
                {item.effectiveOn}
              </time>
              <A to={`/enterprises/${item.uscc}`} className="min-w-0 grow truncate">
                {item.name}
              </A>
              <span className="shrink-0">
                {item.schemeLabel} {item.event}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

/** What the park holds, what ends soon, what is wanting, what has just happened. */
export function OverviewView(props: Props) {
  const { funnel, svg, expiring, gaps, recent, where, asOf, mayImport, maySetUp } = props;
  if (funnel.enterprises === 0) {
    return (
      <>
        <PageHead title="总览" asOf={asOf} basis={where} />
        <div className="card">
          <EmptyState title="还没有企业">
            {mayImport ? (
              <ol className="mx-auto grid max-w-md list-decimal gap-1 pl-6 text-left">
                {maySetUp && (
                  <>
                    <li>
                      <A to="/parks">建立园区</A>（一区多园可分上下级；名录中写明的园区也会自动建立）
                    </li>
                    <li>
                      <A to="/users">新增用户</A>：园区人员、科室审核、领导；会签部门也在那里
                    </li>
                  </>
                )}
                <li>
                  <A to="/import">导入企业名录</A>，每种内容都有模板可下载
                </li>
                <li>再导入年度数据、称号证书、知识产权</li>
                <li>
                  然后看 <A to="/candidates">候选</A>：谁符合、谁接近、差什么
                </li>
              </ol>
            ) : (
              '园区工作人员导入企业名录后，这里会有数字。'
            )}
          </EmptyState>
        </div>
      </>
    );
  }
  return (
    <>
      <PageHead title="总览" asOf={asOf} basis={`${where}；梯队就高计，每家只计最高一级`} />
      <Headline funnel={funnel} />
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 xl:grid-cols-2">
        <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
          <Card>
            <Chart
              svg={svg}
              title="在册企业中，各有多少家走到了每一级梯队？"
              table={<TiersTable tiers={funnel.tiers} enterprises={funnel.enterprises} />}
            />
          </Card>
          <GapsCard gaps={gaps} />
        </div>
        <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
          <ExpiringCard expiring={expiring} asOf={asOf} />
          <RecentCard recent={recent} />
        </div>
      </div>
    </>
  );
}
