import type { RequestLine, SubmissionLine } from '../queries/submissions.server.ts';
import type { Answers } from '../rules/ask/answers.ts';
import { ButtonLink } from './button.tsx';
import { KnownTest } from './known-test.tsx';
import { Card } from './page.tsx';
import { Requests, SubmissionTable } from './submission-view.tsx';

/** What an enterprise can do here: fill in, test itself, submit; and what the park wants of it. */
export function MyDesk({
  year,
  drafted,
  requests,
  submissions,
  known,
}: {
  /** The year whose figures are filled in now. */
  year: number;
  /** Figures of the draft. */
  drafted: number;
  requests: readonly RequestLine[];
  submissions: readonly SubmissionLine[];
  /** What the park knows, as answers of the self-assessment. */
  known: Answers;
}) {
  const open = requests.filter((request) => request.closedAt === null);
  return (
    <div className="no-print mb-5 grid items-start gap-4 xl:grid-cols-2">
      <Card title="向园区提供数据" note={drafted > 0 ? `${drafted} 项已填写，尚未提交` : undefined}>
        <p className="mb-3 text-ink-2">
          填写的数据先留在草稿里，只有您提交后园区才会看到；园区采纳后才计入判定。
        </p>
        <div className="flex flex-wrap gap-2">
          <ButtonLink to={`/my/figures/${year}`} look={drafted > 0 ? 'plain' : 'primary'}>
            填报 {year} 年数据
          </ButtonLink>
          <ButtonLink to="/my/submission" look={drafted > 0 ? 'primary' : 'plain'}>
            {drafted > 0 ? `核对并提交 ${drafted} 项` : '从自测带入'}
          </ButtonLink>
        </div>
        <div className="mt-4 border-t border-line pt-3">
          <p className="mb-2 text-ink-2">
            想知道还差什么、怎样最早达到？园区已有的数据不用再填，缺的可以接着补。
          </p>
          {Object.keys(known.given).length > 0 ? (
            <KnownTest known={known} />
          ) : (
            <ButtonLink to="/assess" reloadDocument>
              自测
            </ButtonLink>
          )}
        </div>
        {submissions.length > 0 && (
          <div className="mt-4">
            <SubmissionTable rows={submissions.slice(0, 5)} base="/my/submissions" withName={false} />
          </div>
        )}
      </Card>
      <Card title="园区要求补充" note={open.length > 0 ? `${open.length} 项待补充` : undefined}>
        <Requests requests={requests} own />
      </Card>
    </div>
  );
}
