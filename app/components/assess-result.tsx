import { useState } from 'react';
import { Link } from '@remix-run/react';
import type { Answers } from '../rules/ask/answers.ts';
import { STANDINGS, type Assessed } from '../rules/ask/standing.ts';
import { DISCLAIMER } from './assess-frame.tsx';
import { figuresOf, STANDING_LABELS, type Report } from './assess-report.ts';
import { Icon } from './icons.tsx';
import { LOOK } from './assess-standing.tsx';
import { VerdictCard } from './verdict-card.tsx';

/** How many titles stand where: four words with their marks. */
export function StandingTally({ assessed }: { assessed: Assessed }) {
  return (
    <ul className="mb-6 grid grid-cols-2 gap-2 sm:grid-cols-4" aria-label="结论汇总">
      {STANDINGS.map((standing) => (
        <li key={standing} className={`rounded-md px-4 py-3 ${LOOK[standing].soft}`}>
          <span className="flex items-center gap-1.5">
            <Icon name={LOOK[standing].icon} />
            {STANDING_LABELS[standing]}
          </span>
          <span className="text-2xl font-semibold">
            {assessed.verdicts.filter((of) => of.standing === standing).length}
          </span>
          <span className="ml-1">项称号</span>
        </li>
      ))}
    </ul>
  );
}

/** The titles in four groups, each with every condition. */
export function Standings({ assessed }: { assessed: Assessed }) {
  return (
    <>
      {STANDINGS.map((standing) => {
        const group = assessed.verdicts.filter((of) => of.standing === standing);
        if (group.length === 0) return null;
        const folded = group.length > 1 && standing !== 'nearly';
        return (
          <section key={standing} className="mb-8" aria-labelledby={`standing-${standing}`}>
            <h2 id={`standing-${standing}`} className="text-lg">
              {STANDING_LABELS[standing]}
            </h2>
            <p className="mb-3 text-ink-2">{LOOK[standing].says}</p>
            <div className="grid gap-3">
              {group.map(({ verdict, label }) => (
                <VerdictCard
                  key={verdict.scheme}
                  verdict={verdict}
                  label={label}
                  folded={folded}
                  linked={false}
                />
              ))}
            </div>
          </section>
        );
      })}
      {assessed.skipped.length > 0 && (
        <details className="mb-8">
          <summary className="text-accent">没有测算的称号（{assessed.skipped.length} 项）</summary>
          <ul className="mt-2 list-disc pl-5 text-ink-2">
            {assessed.skipped.map(({ label, reason }) => (
              <li key={label}>
                {label}：{reason}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

/** What was answered, each with its way back to the question. */
export function GivenAnswers({ answers }: { answers: Answers }) {
  const figures = figuresOf(answers);
  if (figures.length === 0) return null;
  return (
    <section className="no-print mb-8" aria-labelledby="given">
      <h2 id="given" className="mb-2 text-lg">
        已填写的内容
      </h2>
      <dl className="divide-y divide-line border-y border-line">
        {figures.map(({ label, value, topic }) => (
          <div key={label} className="flex flex-wrap items-baseline gap-x-4 py-2">
            <dt className="grow text-ink-2">{label}</dt>
            <dd className="font-semibold">{value}</dd>
            <dd className="needs-script">
              <Link to="/assess/ask" state={{ topic }}>
                修改<span className="sr-only">{label}</span>
              </Link>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** Paper and Word. The document's library is fetched when it is wanted, and works on what is in the page. */
export function ReportButtons({ report }: { report: Report }) {
  const [problem, setProblem] = useState('');
  const word = async () => {
    setProblem('');
    try {
      const { wordOf } = await import('./assess-word.ts');
      const url = URL.createObjectURL(await wordOf(report));
      const link = Object.assign(document.createElement('a'), {
        href: url,
        download: `企业资质自测报告-${report.day}.docx`,
      });
      link.click();
      URL.revokeObjectURL(url);
    } catch {
      setProblem('没能生成 Word 文件，请刷新页面后再试，或改用打印。');
    }
  };
  return (
    <div className="no-print needs-script mb-8">
      <p className="flex flex-wrap gap-3">
        <Link to="/assess/plan" className="btn btn-primary assess-button">
          怎样达到、最早哪年
        </Link>
        <Link to="/assess/what-if" className="btn assess-button">
          试算：改几个数看看
        </Link>
        <button type="button" className="btn assess-button" onClick={() => window.print()}>
          打印或存为 PDF
        </button>
        <button type="button" className="btn assess-button" onClick={() => void word()}>
          <Icon name="download" />
          下载 Word 报告
        </button>
      </p>
      <p className="mt-3 text-ink-2">
        要把这些回答交给园区？<Link to="/my/submission">用企业账号登录后带入</Link>
        ，核对并提交后园区才会看到；没有账号的可以<Link to="/join">用邀请码建立</Link>或
        <Link to="/claim">申请</Link>。
      </p>
      <p role="status" className="mt-2 text-unmet">
        {problem}
      </p>
    </div>
  );
}

/** What comes out of the printer: at most two pages. */
export function PrintedReport({ report }: { report: Report }) {
  return (
    <div className="assess-report print-only">
      <h1 className="text-lg">企业资质自测报告</h1>
      <p>
        按 {report.day} 适用的规则测算。
        {report.counts.map(({ label, count }) => `${label} ${count} 项`).join('，')}。<b>{DISCLAIMER}</b>。
      </p>
      <table className="my-2">
        <thead>
          <tr>
            <th className="w-[18%]">称号</th>
            <th className="w-[9%]">结论</th>
            <th>尚未满足的条件（门槛、现值、差额、依据）</th>
          </tr>
        </thead>
        <tbody>
          {report.rows.map((row) => (
            <tr key={row.title}>
              <td>
                {row.title}
                <br />
                <small>{row.rule}</small>
              </td>
              <td>{row.standing}</td>
              <td>
                {row.points.length === 0
                  ? '各项条件均满足'
                  : row.points.map((point) => <p key={point}>{point}</p>)}
                {row.more > 0 && <p>另有 {row.more} 项，见网页</p>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {report.calls.length > 0 && <p>适合的申报：{report.calls.join('；')}。</p>}
      {report.entered.length > 0 && <p>由本系统运营方录入的数值：{report.entered.join('；')}。</p>}
      <p>
        所依据的填报数据：{report.figures.map(({ label, value }) => `${label} ${value}`).join('；') || '无'}。
      </p>
    </div>
  );
}
