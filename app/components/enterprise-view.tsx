import type { ReactNode } from 'react';
import type { EnterprisePage } from '../queries/enterprise-page.server.ts';
import { ButtonLink } from './button.tsx';
import { Seal, tierOf, TIERS, SchemeChip } from './chips.tsx';
import { FiguresLedger } from './figures-ledger.tsx';
import { dayOf, minuteText } from './format.ts';
import { factLabel } from './fact-labels.ts';
import { FollowUpCard, type FollowUpAdding } from './follow-up-view.tsx';
import { Icon } from './icons.tsx';
import { LibraryCard, type LibraryDoing } from './library-card.tsx';
import { A } from './link.tsx';
import { Card, EmptyState, PageHead, Pairs } from './page.tsx';
import { StewardCard, type StewardAssigning } from './steward-view.tsx';
import { DataTable, type Column } from './table.tsx';
import { Tabs } from './tabs.tsx';
import { IMPORT_KIND_LABELS, LEVEL_LABELS, sourceLabel, STATUS_LABELS } from './terms.ts';
import { Timeline } from './timeline.tsx';
import { Blank, DateText } from './values.tsx';
import { VerdictCard } from './verdict-card.tsx';

type TitleRow = EnterprisePage['titles'][number];

const TITLE_COLUMNS: readonly Column<TitleRow>[] = [
  { key: 'scheme', label: '称号', cell: (row) => <SchemeChip scheme={row.scheme} label={row.label} /> },
  { key: 'level', label: '级别', cell: (row) => (row.level && LEVEL_LABELS[row.level]) ?? <Blank /> },
  { key: 'no', label: '证书编号', cell: (row) => row.no ?? <Blank /> },
  { key: 'grantedOn', label: '发证日期', cell: (row) => <DateText day={row.grantedOn} /> },
  { key: 'validUntil', label: '有效期至', cell: (row) => <DateText day={row.validUntil} /> },
  { key: 'status', label: '状态', cell: (row) => (row.status && STATUS_LABELS[row.status]) ?? <Blank /> },
  {
    key: 'source',
    label: '来源',
    cell: (row) => `${sourceLabel(row.source)}${row.knownAt ? ` ${dayOf(row.knownAt)}` : ''}`,
  },
];

/** Titles in force; those that ended are folded away below, for they are many after some years of 科小. */
function Titles({ titles }: { titles: readonly TitleRow[] }) {
  const held = titles.filter((row) => row.status === 'valid');
  const ended = titles.filter((row) => row.status !== 'valid');
  const ledger = (caption: string, rows: readonly TitleRow[], empty: string) => (
    <DataTable
      caption={caption}
      flow
      columns={TITLE_COLUMNS}
      rows={rows}
      rowKey={(row) => row.id}
      empty={<p className="px-4 py-3 text-ink-3">{empty}</p>}
    />
  );
  return (
    <section className="min-w-0">
      <h2 id="titles" className="mb-2 text-lg">
        称号
      </h2>
      {ledger('称号', held, titles.length > 0 ? '没有在有效期内的称号。' : '没有登记过称号。')}
      {ended.length > 0 && (
        <details className="mt-2">
          <summary className="text-accent">已失效的 {ended.length} 项</summary>
          <div className="mt-2">{ledger('已失效的称号', ended, '')}</div>
        </details>
      )}
    </section>
  );
}

const yesNo = (bit: number | null) => (bit === null ? <Blank /> : bit ? '是' : '否');

function Basics({ page }: { page: EnterprisePage }) {
  const { head } = page;
  const listing: Record<string, string> = { unlisted: '未上市', neeq: '新三板', listed: '已上市' };
  return (
    <Pairs
      items={[
        { label: '统一社会信用代码', value: head.uscc },
        { label: '成立日期', value: <DateText day={head.registeredOn} /> },
        { label: '所属园区', value: head.park ?? <Blank /> },
        { label: '实体在地', value: yesNo(head.locatedInPark) },
        { label: '行业', value: head.industry ? `${head.industry} ${page.section ?? ''}` : <Blank /> },
        { label: '技术领域', value: head.techField ?? <Blank /> },
        { label: '独立法人', value: yesNo(head.legalPerson) },
        { label: '上市状态', value: (head.listingStatus && listing[head.listingStatus]) ?? <Blank /> },
        ...(head.stockCode
          ? [{ label: '股票', value: `${head.stockCode} ${head.stockShortName ?? ''}` }]
          : []),
        ...(head.formerNames.length > 0 ? [{ label: '曾用名', value: head.formerNames.join('、') }] : []),
        ...(head.formerCodes.length > 0 ? [{ label: '曾用代码', value: head.formerCodes.join('、') }] : []),
        ...page.ip.map(({ label, count }) => ({ label, value: `${count} 项` })),
      ]}
    />
  );
}

function Extra({ extra }: { extra: Record<string, unknown> }) {
  const entries = Object.entries(extra).filter(([, value]) => value !== null && value !== '');
  if (entries.length === 0) return null;
  return (
    <details className="mt-4 border-t border-line pt-3">
      <summary className="text-accent">登记信息（不参与判定）</summary>
      <dl className="mt-2 grid gap-2">
        {entries.map(([label, value]) => (
          <div key={label}>
            <dt className="text-xs text-ink-3">{label}</dt>
            <dd className="break-words">{String(value)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

/** The tier to reach next; the highest stays in view once it is held. */
function nextTier(tier: string | null): string {
  const at = TIERS.findIndex(({ id }) => id === tier);
  return TIERS[Math.min(at + 1, TIERS.length - 1)]!.id;
}

function Verdicts({ page }: { page: EnterprisePage }) {
  const { look } = page;
  const firstOpen = nextTier(page.tier);
  return (
    <section className="min-w-0">
      <h2 id="verdicts" className="mb-2 text-lg">
        判定
      </h2>
      <Tabs
        label="申请类型"
        tabs={[
          { to: '?', label: '新申请', current: look.action === 'new' },
          { to: '?action=renewal', label: '复核 / 重新认定', current: look.action === 'renewal' },
        ]}
      />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
        {page.verdicts.map(({ scheme, label, verdict }) => (
          <VerdictCard key={scheme} verdict={verdict} label={label} folded={scheme !== firstOpen} />
        ))}
      </div>
      {page.notJudged.length > 0 && (
        <details className="mt-2 text-xs text-ink-3">
          <summary>另有 {page.notJudged.length} 项称号未作判定</summary>
          <ul className="mt-1 list-disc pl-5">
            {page.notJudged.map(({ label, reason }) => (
              <li key={label}>
                {label}：{reason}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

const KINDS: Readonly<Record<string, string>> = { ...IMPORT_KIND_LABELS, enterprise: '企业信息' };

function Records({ page }: { page: EnterprisePage }) {
  if (page.records.length === 0) return <p className="text-ink-3">尚无记录。</p>;
  return (
    <ul className="grid gap-2">
      {page.records.map((record) => (
        <li key={record.id}>
          <p>
            {KINDS[record.kind] ?? record.kind}
            {record.year !== null && ` ${record.year} 年`}
            <span className="text-ink-3">　{sourceLabel(record.source)}</span>
          </p>
          <p className="text-xs text-ink-3">
            {minuteText(record.recordedAt)} {record.actor !== null && `由 ${record.actor} `}记录
            {record.knownAt && `，知悉于 ${dayOf(record.knownAt)}`}
          </p>
        </li>
      ))}
    </ul>
  );
}

/** Events shown before the rest is folded away. */
const RECENT = 12;

function History({ items }: { items: EnterprisePage['timeline'] }) {
  const earlier = items.slice(RECENT);
  return (
    <>
      <Timeline items={items.slice(0, RECENT)} />
      {earlier.length > 0 && (
        <details className="mt-3 border-t border-line pt-3">
          <summary className="text-accent">更早的 {earlier.length} 条</summary>
          <div className="mt-3">
            <Timeline items={earlier} />
          </div>
        </details>
      )}
    </>
  );
}

/** Figures that the enterprise has submitted and nobody has decided yet. */
function Waiting({ page }: { page: EnterprisePage }) {
  if (page.waiting.length === 0) return null;
  return (
    <p className="card border-accent bg-accent-soft px-4 py-2 text-accent-deep">
      企业提交的数据待处理：
      {page.waiting.map(({ submissionId, n }, i) => (
        <span key={submissionId}>
          {i > 0 && '、'}
          <A to={`/submissions/${submissionId}`}>{n} 项</A>
        </span>
      ))}
    </p>
  );
}

function Doubts({ page }: { page: EnterprisePage }) {
  if (page.flags.length === 0) return null;
  return (
    <details className="card border-unknown bg-unknown-soft px-4 py-2 text-unknown">
      <summary>
        <Icon name="warn" /> 数据有 {page.flags.length} 处存疑
      </summary>
      <ul className="mt-1 list-disc pl-9">
        {page.flags.map((flag, i) => (
          <li key={i}>
            {factLabel(flag.path)}：{flag.message}
          </li>
        ))}
      </ul>
    </details>
  );
}

function Stays({ page, mayEdit }: { page: EnterprisePage; mayEdit: boolean }) {
  const base = `/enterprises/${page.head.uscc}/titles`;
  return (
    <>
      {page.stays.length === 0 && <p className="text-ink-3">尚未入库，也没有称号在有效期内。</p>}
      <ul className="grid gap-2">
        {page.stays.map((stay) => (
          <li key={stay.scheme + stay.lane} className="flex flex-wrap items-center gap-2">
            <SchemeChip scheme={stay.scheme} label={stay.schemeLabel} />
            <span>
              {stay.laneLabel}：<b>{stay.stateLabel}</b>
            </span>
            <span className="text-xs text-ink-3">自 {stay.fromOn}</span>
          </li>
        ))}
      </ul>
      {mayEdit && (
        <p className="mt-3 flex flex-wrap gap-x-3 border-t border-line pt-2 text-xs">
          <span className="text-ink-3">下一步：</span>
          {TIERS.map((tier) => (
            <A key={tier.id} to={`${base}/${tier.id}`}>
              {tier.short}
            </A>
          ))}
        </p>
      )}
    </>
  );
}

/** One enterprise, whole: what it holds, where it stands, why, and how it came there. */
export function EnterpriseView({
  page,
  mayEdit,
  assign = null,
  desk,
  followUp = null,
  library = null,
}: {
  page: EnterprisePage;
  mayEdit: boolean;
  /** What the form of the stewards needs; absent for whoever may not assign. */
  assign?: StewardAssigning | null;
  /** What stands above everything else for whoever looks. */
  desk?: ReactNode;
  /** What the form of 走访与跟进 needs; absent for whoever may not write. */
  followUp?: FollowUpAdding | null;
  /** What the forms about libraries need; absent for whoever may not write. */
  library?: LibraryDoing | null;
}) {
  const { head, look } = page;
  const base = `/enterprises/${head.uscc}`;
  const tier = tierOf(page.tier);
  const nextYear = Number(look.on.slice(0, 4)) - 1;
  return (
    <>
      <PageHead
        before={mayEdit ? <A to="/enterprises">企业</A> : undefined}
        title={
          <span className="flex flex-wrap items-center gap-3">
            {head.name}
            {tier && <Seal tier={tier} />}
          </span>
        }
        note={
          <>
            <span>{head.uscc}</span>
            {head.park && <span>{head.park}</span>}
            {page.section && <span>{page.section}</span>}
            {head.registeredOn && <span>{head.registeredOn} 成立</span>}
          </>
        }
        asOf={look.on}
        basis="最高称号就高计；判定按当日适用的规则版本"
      >
        {mayEdit && (
          <>
            <ButtonLink to={`${base}/titles/new`}>登记称号</ButtonLink>
            <ButtonLink to={`${base}/figures/${nextYear}`}>填报 {nextYear} 年数据</ButtonLink>
            <ButtonLink to={`${base}/edit`}>更正信息</ButtonLink>
            <ButtonLink to={`${base}/identity`}>代码与合并</ButtonLink>
            <ButtonLink to={`${base}/accounts`}>账号与提交</ButtonLink>
          </>
        )}
      </PageHead>
      {desk}
      <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-5">
        {mayEdit && <Waiting page={page} />}
        <Doubts page={page} />
        <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_20rem]">
          <div className="grid min-w-0 gap-4">
            <Titles titles={page.titles} />
            <Card title="基本信息">
              <Basics page={page} />
              <Extra extra={head.extra} />
            </Card>
          </div>
          <div className="grid gap-4">
            <Card title="当前状态">
              <Stays page={page} mayEdit={mayEdit} />
            </Card>
            <StewardCard base={base} stewards={page.stewards} assign={assign} />
          </div>
        </div>
        {page.inside && (
          <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_20rem]">
            <FollowUpCard base={base} lines={page.inside.followUps} adding={followUp} />
            <LibraryCard
              enterpriseId={head.id}
              base={base}
              libraries={page.inside.libraries}
              doing={library}
            />
          </div>
        )}
        <Verdicts page={page} />
        <section className="min-w-0">
          <h2 id="figures" className="mb-2 text-lg">
            年度数据
          </h2>
          {page.years.length > 0 ? (
            <FiguresLedger years={page.years} editBase={mayEdit ? `${base}/figures` : null} />
          ) : (
            <div className="card">
              <EmptyState title="尚无年度数据">导入年度数据或手工填报后，判定才能算出数值条件。</EmptyState>
            </div>
          )}
        </section>
        <div className="grid items-start gap-4 lg:grid-cols-2">
          <Card title="历史">
            {page.timeline.length > 0 ? (
              <History items={page.timeline} />
            ) : (
              <p className="text-ink-3">尚无事件。</p>
            )}
          </Card>
          <Card title="数据记录">
            <Records page={page} />
          </Card>
        </div>
      </div>
    </>
  );
}
