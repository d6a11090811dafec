import type { AnchorHTMLAttributes } from 'react';
import { Form } from '@remix-run/react';
import type { Comparison, Question } from '../queries/check-text.server.ts';
import { SubmitButton } from './button.tsx';
import { RegisterCard } from './check-text-register.tsx';
import { stretches } from './check-text-marks.ts';
import { ErrorSummary, Field, SelectField, TextField, type FieldErrors, type Option } from './field.tsx';
import { whole } from './format.ts';
import { A } from './link.tsx';
import { Card, EmptyState, PageHead } from './page.tsx';
import { PrintButton } from './print-button.tsx';

export interface CheckedReport {
  text: string;
  rounding: string;
  /** The register compared with; null where it was not asked. */
  where: { on: string; parkName: string } | null;
  questions: readonly Question[];
  figures: number;
  /** Figures that the register knows by name; null where it was not asked. */
  compared: readonly Comparison[] | null;
  comparedNote: string;
}

interface Props {
  roundings: readonly Option[];
  parks: readonly Option[];
  values: Readonly<Record<string, string>>;
  errors: FieldErrors;
  checked: CheckedReport | null;
}

const KINDS: Readonly<Record<Question['kind'], string>> = {
  arithmetic: '算术',
  base: '基数',
  'percentage-point': '百分点',
  sum: '合计',
  share: '占比',
  target: '目标',
  list: '对应',
  contradiction: '前后',
  database: '与台账',
};
/** Questions that a page shows; a text that raises more is no report. */
const MOST_SHOWN = 300;

function CheckForm({ roundings, parks, values, errors }: Omit<Props, 'checked'>) {
  return (
    <Form method="post" encType="multipart/form-data" noValidate>
      <ErrorSummary errors={errors} />
      <TextField
        label="文字"
        name="text"
        rows={10}
        defaultValue={values.text ?? ''}
        placeholder="把总结、汇报、简报粘贴到这里；全角数字、缺引号、夹带的空格和换行不影响核验"
        error={errors.text}
      />
      <div className="mt-4 grid gap-x-6 gap-y-4 sm:grid-cols-2 lg:grid-cols-4">
        <Field
          label="或选择文件"
          name="file"
          type="file"
          accept=".docx,.txt"
          optional
          error={errors.file}
          help="docx 或 txt；选了文件以文件为准"
        />
        <SelectField
          label="进位办法"
          name="rounding"
          options={roundings}
          defaultValue={values.rounding ?? 'halfUp'}
          help="文中比率、增幅按哪种办法进位"
        />
        <Field
          label="台账截至"
          name="on"
          type="date"
          defaultValue={values.on ?? ''}
          error={errors.on}
          help="文中写明日期的，按文中的日期"
        />
        <SelectField
          label="台账范围"
          name="within"
          options={parks}
          blank="全部园区"
          defaultValue={values.within ?? ''}
          help="含下级园区"
        />
      </div>
      <p className="mt-4 flex flex-wrap items-center gap-x-6 gap-y-2">
        <SubmitButton busy="正在核验…">核验</SubmitButton>
        <label className="flex items-center gap-2">
          <input type="checkbox" name="compare" defaultChecked={values.compare === 'on'} />
          称号家数、录入指标与台账比较
        </label>
        <span className="text-xs text-ink-3">
          文字只在本次核验中使用，不保存。<A to="/help/check-text">核验哪些内容</A>
        </span>
      </p>
    </Form>
  );
}

/**
 * A link to another place of the page. With scripts it moves the focus and leaves the address alone: a new address
 * would drop the result, which is kept nowhere.
 */
function Jump({ to, children, ...rest }: { to: string } & AnchorHTMLAttributes<HTMLAnchorElement>) {
  return (
    <a
      href={`#${to}`}
      onClick={(event) => {
        const target = document.getElementById(to);
        if (!target) return;
        event.preventDefault();
        target.scrollIntoView({ block: 'center' });
        target.focus({ preventScroll: true });
      }}
      {...rest}
    >
      {children}
    </a>
  );
}

/** The text with a mark on every figure asked about; each mark leads to its questions. */
function MarkedText({ text, questions }: { text: string; questions: readonly Question[] }) {
  return (
    <div className="running whitespace-pre-wrap break-words" lang="zh-CN">
      {stretches(text, questions).map(({ text: piece, asked }, i) =>
        asked.length === 0 ? (
          piece
        ) : (
          <mark
            key={i}
            id={`figure-${asked[0]}`}
            tabIndex={-1}
            className="rounded-sm bg-unknown-soft px-0.5 font-semibold text-ink outline-offset-2 target:outline-2 focus:outline-2"
          >
            {piece}
            {asked.map((number) => (
              <sup key={number}>
                <Jump to={`question-${number}`} className="px-0.5" aria-label={`问题 ${number}`}>
                  {number}
                </Jump>
              </sup>
            ))}
          </mark>
        ),
      )}
    </div>
  );
}

/** Number of the first question about the same figure: that is where its mark stands. */
const markOf = (questions: readonly Question[], at: number) =>
  questions.findIndex(({ figure }) => figure.offset === questions[at]!.figure.offset) + 1;

function Questions({ questions }: { questions: readonly Question[] }) {
  return (
    <ol className="grid gap-3">
      {questions.map(({ kind, quote, expected, question, link }, i) => (
        <li
          key={i}
          id={`question-${i + 1}`}
          tabIndex={-1}
          className="break-inside-avoid rounded-md border border-line p-3 outline-offset-2 target:outline-2 focus:outline-2"
        >
          <p className="flex flex-wrap items-baseline gap-2">
            <Jump
              to={`figure-${markOf(questions, i)}`}
              className="font-semibold tabular-nums"
              aria-label={`问题 ${i + 1}，到文中位置`}
            >
              {i + 1}
            </Jump>
            <span className="chip bg-unknown-soft text-unknown">{KINDS[kind]}</span>
            <span className="ml-auto text-xs text-ink-3">
              {kind === 'database' ? '台账' : '推算'} <b className="text-base text-ink">{expected}</b>
            </span>
          </p>
          <blockquote className="mt-1.5 border-l-2 border-line-strong pl-2 text-ink-2">{quote}</blockquote>
          <p className="mt-1.5">{question}</p>
          {link && (
            <p className="no-print mt-1">
              <A to={link}>看名单</A>
            </p>
          )}
        </li>
      ))}
    </ol>
  );
}

function Result({ text, questions, figures, compared, comparedNote }: CheckedReport) {
  const shown = questions.slice(0, MOST_SHOWN);
  return (
    <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_26rem] print:grid-cols-1">
      <Card title="原文" note="标出的数字有提问">
        <MarkedText text={text} questions={shown} />
      </Card>
      <section
        aria-labelledby="questions"
        className="card xl:sticky xl:top-16 xl:max-h-[calc(100vh-5rem)] xl:overflow-y-auto print:static print:max-h-none print:overflow-visible"
        tabIndex={0}
      >
        <div className="card-head flex-wrap">
          <h2 id="questions" className="w-full text-lg">
            向作者的提问 {whole(questions.length)} 处
          </h2>
          <span className="text-xs text-ink-3">
            读到数字 {whole(figures)} 个
            {compared !== null && (
              <>
                ；<Jump to="register">与台账{comparedNote}</Jump>
              </>
            )}
          </span>
        </div>
        <div className="p-4">
          {questions.length > MOST_SHOWN && (
            <p className="mb-3 text-unknown">只列出前 {MOST_SHOWN} 处，请分段核验。</p>
          )}
          {shown.length > 0 ? (
            <Questions questions={shown} />
          ) : (
            <EmptyState title="没有要问的">
              {figures === 0 ? '没有读到数字。' : '文中给出的数字彼此对得上。没有写明基数的比率无从核对。'}
            </EmptyState>
          )}
        </div>
      </section>
    </div>
  );
}

const basisOf = ({ rounding, where }: CheckedReport, roundings: readonly Option[]) =>
  [
    roundings.find(({ value }) => value === rounding)?.label,
    where ? `台账截至 ${where.on}，${where.parkName}` : '未与台账比较',
    '只在取遍各数进位前的范围仍对不上时提问',
  ].join('；');

/** Paste or hand in a report; read it back with questions to its author. */
export function CheckTextView({ checked, ...form }: Props) {
  return (
    <>
      <PageHead
        title="报告核验"
        basis={
          checked
            ? basisOf(checked, form.roundings)
            : '核对文中数字的算术、基数、百分点、合计、占比、目标与前后说法'
        }
      >
        {checked && <PrintButton />}
      </PageHead>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        {checked && <Result {...checked} />}
        {checked?.compared && (
          <RegisterCard compared={checked.compared} note={checked.comparedNote} figures={checked.figures} />
        )}
        {checked ? (
          <details className="card no-print">
            <summary className="cursor-pointer px-4 py-2.5 text-lg font-semibold">
              改文字或换办法，再核验一次
            </summary>
            <div className="p-4">
              <CheckForm {...form} />
            </div>
          </details>
        ) : (
          <Card>
            <CheckForm {...form} />
          </Card>
        )}
      </div>
    </>
  );
}
