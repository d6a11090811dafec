import { Link, useLocation } from '@remix-run/react';
import type { ReviewPage } from '../queries/review-page.server.ts';
import type { ComparisonLine } from '../pipeline/review/tables.ts';
import { Seal, TIER_TEXT, tierOf } from './chips.tsx';
import './review-screen.css';

const STATUS = { live: '即时数据，未起草', draft: '已起草', discussed: '已讨论', sealed: '已封存' } as const;

const FLOWS = [
  'newly',
  'renewed',
  'movedIn',
  'transferIn',
  'expired',
  'revoked',
  'deregistered',
  'movedOut',
  'transferOut',
  'net',
];
/** Shown only where there are any; with them the lines add up to the net. */
const RARE: ReadonlySet<string> = new Set(['transferIn', 'deregistered', 'transferOut']);

/** One number large, with its growth against the year before. */
function Big({ label, row, tier }: { label: string; row: ComparisonLine; tier?: string }) {
  const own = tierOf(tier);
  return (
    <div className="rs-big">
      <p className="rs-label">
        {own && <Seal tier={own} />} {label}
      </p>
      <p className={`rs-number ${own ? TIER_TEXT[own] : ''}`}>
        {row.current.text}
        <small>{row.current.unit}</small>
      </p>
      <p className="rs-note">同比 {row.yearChange.text}</p>
    </div>
  );
}

interface Props {
  page: ReviewPage;
  svg: string;
  demo: boolean;
  today: string;
}

/** One screen of 1920×1080 for a meeting room: the same numbers as the page, and nothing besides. */
export function ReviewScreen({ page, svg, demo, today }: Props) {
  const { search } = useLocation();
  const { tables, seal, status } = page;
  const { period, scope, funnel, comparison } = tables;
  const found = (id: string) => comparison.rows.find((each) => each.id === id);
  const row = (id: string) => found(id)!;
  const isShown = (id: string) => !RARE.has(id) || Boolean(found(`flow.${id}`)?.current.value);
  const altered = seal !== null && seal.state !== 'genuine';
  const open = [...page.openBefore, ...page.decisions.filter(({ doneAt }) => doneAt === null)];
  const overdue = open.filter(({ dueOn }) => dueOn < today).length;
  return (
    <main className="rs">
      <header className="rs-head">
        <h1>{period.label}梯队复盘</h1>
        <p>
          {scope.words}；数据截至 {period.to}；{STATUS[status]}
          {seal && `（第 ${seal.seq} 号）`}
          {page.missing.length > 0 && '；封存记录不完整'}
          {demo && '；演示数据，均为虚构'}
        </p>
        <Link to={`/reviews/${period.quarter}${search}`} className="rs-back">
          返回复盘
        </Link>
      </header>
      {altered && (
        <p role="alert" className="rs-alert">
          {seal.state === 'altered' ? '封存记录被直接改动过，数字不可采信' : '缺少封存密钥，无法核验'}
        </p>
      )}
      <section className="rs-row" aria-label="梯队">
        <div className="rs-big">
          <p className="rs-label">有梯队称号</p>
          <p className="rs-number">
            {funnel.total.text}
            <small>{funnel.total.unit}</small>
          </p>
          <p className="rs-note">在册企业 {funnel.enterprises.text} 家</p>
        </div>
        {funnel.tiers.map(({ tier, label }) => (
          <Big key={tier} label={label} tier={tier} row={row(`stock.${tier}`)} />
        ))}
      </section>
      <section className="rs-main">
        <figure className="rs-flow">
          <figcaption>期内各级梯队从哪里来、到哪里去（就高，家）</figcaption>
          {/* Drawn by our own server from numbers and labels of the program; ECharts escapes the texts. */}
          <div dangerouslySetInnerHTML={{ __html: svg }} />
        </figure>
        <table className="rs-table">
          <caption>期内变动（{row('flow.newly').current.unit}）</caption>
          <thead>
            <tr>
              <th scope="col">指标</th>
              <th scope="col">本期</th>
              <th scope="col">上年同期</th>
            </tr>
          </thead>
          <tbody>
            {FLOWS.filter((id) => isShown(id)).map((id) => (
              <tr key={id} className={id === 'net' ? 'rs-sum' : undefined}>
                <th scope="row">{row(`flow.${id}`).label}</th>
                <td>{row(`flow.${id}`).current.text}</td>
                <td>{row(`flow.${id}`).yearBefore.text}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">未办结决定</th>
              <td>{open.length} 项</td>
              <td>{overdue > 0 ? `逾期 ${overdue} 项` : '无逾期'}</td>
            </tr>
          </tfoot>
        </table>
      </section>
    </main>
  );
}
