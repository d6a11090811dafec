import { useEffect } from 'react';
import { useRevalidator } from '@remix-run/react';
import { ButtonLink } from './button.tsx';
import { minuteText, whole } from './format.ts';
import { Icon } from './icons.tsx';
import { JobStatus, type LabelledJob } from './import-view.tsx';
import { A } from './link.tsx';
import { ImportRemarksView } from './import-remarks.tsx';
import { Card, PageHead } from './page.tsx';
import type { ImportRemarks } from '../services/import/remarks.ts';

/** Milliseconds between two looks at a running import. */
const LOOK = 700;

interface Props {
  job: LabelledJob;
  /** The workbook of the rejected rows can be fetched. */
  rejected: boolean;
  remarks: ImportRemarks | null;
}

/** How an import goes and what became of it; can be left and come back to. */
export function ImportJobView({ job, rejected, remarks }: Props) {
  const { revalidate } = useRevalidator();
  const running = job.status === 'running';
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(revalidate, LOOK);
    return () => clearInterval(timer);
  }, [running, revalidate]);
  const total = Math.max(job.total, job.read);
  const values = job.kind === 'indicators';
  const again = values ? '/indicator-values' : '/import';
  const counts: readonly [string, number, string][] = [
    ['新增', job.created, 'text-met'],
    ['更新', job.updated, 'text-accent-deep'],
    ['未变', job.unchanged, 'text-ink'],
    ['退回', job.rejected, job.rejected > 0 ? 'text-unmet' : 'text-ink'],
    ['存疑', job.flagged, job.flagged > 0 ? 'text-unknown' : 'text-ink'],
    ['空行', job.empty, 'text-ink'],
  ];
  return (
    <>
      <PageHead
        before={<A to="/import">导入</A>}
        title={
          <span className="flex flex-wrap items-center gap-3">
            {job.fileName}
            <JobStatus job={job} />
          </span>
        }
        note={`${job.kindLabel}，${job.actor} 于 ${minuteText(job.startedAt)} 开始`}
        basis={
          values
            ? '更新为更正已录入的数值，原数值留存'
            : '存疑行也计入新增、更新或未变；空行、合计行也计入未变'
        }
      >
        <ButtonLink to={again}>再导入一个文件</ButtonLink>
        <ButtonLink to={values ? '/indicators' : '/enterprises'} look="primary">
          {values ? '看指标' : '看企业'}
        </ButtonLink>
      </PageHead>
      <Card>
        <div role="status" aria-live="polite">
          <p className="mb-2">
            {running
              ? `已读 ${whole(job.read)}${total > 0 ? ` / ${whole(total)}` : ''} 行，可以离开此页，导入会继续`
              : job.read > 0
                ? `共读入 ${whole(job.read)} 行`
                : '表头下面没有数据行，什么也没有导入。请核对选的是不是填好的那份文件'}
            {running && (
              <noscript>
                　<A to={`/import/${job.id}`}>刷新</A>
              </noscript>
            )}
          </p>
          {running && (
            <progress max={total || undefined} value={total ? job.read : undefined} aria-label="导入进度" />
          )}
          {job.message && (
            <p className="mt-2 text-unmet">
              {job.message}。已写入的批次完整保留，改正后重新导入同一文件即可补齐。
            </p>
          )}
        </div>
        <dl className="mt-4 grid grid-cols-3 gap-4 sm:grid-cols-6">
          {counts.map(([label, count, look]) => (
            <div key={label}>
              <dt className="text-xs text-ink-3">{label}</dt>
              <dd className={`text-2xl font-semibold ${look}`}>{whole(count)}</dd>
            </div>
          ))}
        </dl>
        {job.rejected > 0 && !running && (
          <div className="mt-5 rounded-md bg-unmet-soft px-4 py-3">
            <p>
              {whole(job.rejected)}{' '}
              行未能导入。退回的工作簿保留原表各列，并在“错误说明”列写明原因；改正后直接导入那份工作簿即可。
            </p>
            {rejected ? (
              <p className="mt-2">
                <a href={`/import/${job.id}/rejected`} download className="btn">
                  <Icon name="download" />
                  下载退回的行
                </a>
              </p>
            ) : (
              <p className="mt-2 text-ink-3">退回的工作簿已不在服务器上，重新导入原文件可再次生成。</p>
            )}
          </div>
        )}
      </Card>
      {remarks && !running && <ImportRemarksView remarks={remarks} job={job} />}
    </>
  );
}
