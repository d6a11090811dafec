import { useState } from 'react';
import { INDUSTRY_DIVISIONS } from '../rules/facts/divisions.ts';
import type { Answer, RowAnswer } from '../rules/ask/answers.ts';
import { MOST_ROWS } from '../rules/ask/form.ts';
import type { Entry, Question } from '../rules/ask/questions.ts';
import { useReady } from './assess-store.ts';

const UNITS: Readonly<Record<string, string>> = {
  money: '万元',
  persons: '人',
  points: '分',
  share: '%',
};
/** More options than this are a list to choose from, not buttons. */
const MOST_RADIOS = 4;

const FLAGS = [
  { value: 'yes', label: '是' },
  { value: 'no', label: '否' },
];
const UNCLEAR = { value: 'unclear', label: '不清楚' };

function describedBy(id: string, help: unknown, error: unknown) {
  return [error ? `${id}-error` : '', help ? `${id}-help` : ''].filter(Boolean).join(' ') || undefined;
}

function Notes({ id, help, error }: { id: string; help?: string | null; error?: string | undefined }) {
  return (
    <>
      {help && (
        <p id={`${id}-help`} className="mb-1 text-ink-2">
          {help}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} className="mb-1 font-semibold text-unmet">
          {error}
        </p>
      )}
    </>
  );
}

function Radios({
  id,
  name,
  options,
  value,
  error,
}: {
  id: string;
  name: string;
  options: readonly { value: string; label: string }[];
  value: string | null;
  error?: string | undefined;
}) {
  return (
    <div className="assess-radios">
      {options.map((option, i) => (
        <label key={option.value} className="assess-choice">
          <input
            type="radio"
            id={i === 0 ? id : undefined}
            name={name}
            value={option.value}
            defaultChecked={value === option.value}
            aria-describedby={i === 0 ? describedBy(id, false, error) : undefined}
          />
          {option.label}
        </label>
      ))}
    </div>
  );
}

/** One box with its label, unit and where to find the value. */
function Box({
  entry,
  name,
  value,
  error,
  label = entry.label,
}: {
  entry: Entry;
  name: string;
  value: string;
  error?: string | undefined;
  label?: string;
}) {
  const { type, options, help } = entry;
  const shared = {
    id: name,
    name,
    defaultValue: value,
    'aria-invalid': error ? (true as const) : undefined,
    'aria-describedby': describedBy(name, help, error),
  };
  const unit = UNITS[type];
  return (
    <div>
      <label htmlFor={name} className="mb-1 block font-semibold">
        {label}
      </label>
      <Notes id={name} help={help} error={error} />
      {options || type === 'flag' ? (
        <select className="input assess-input" {...shared}>
          <option value="">不清楚</option>
          {(options ?? FLAGS).map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      ) : (
        <span className="flex items-center gap-2">
          <input
            className={`input assess-input ${unit || type === 'whole' ? 'max-w-56 text-right' : ''}`}
            type={type === 'day' ? 'date' : 'text'}
            inputMode={unit ? 'decimal' : type === 'whole' ? 'numeric' : undefined}
            autoComplete="off"
            list={entry.key === 'industry' ? 'industries' : undefined}
            {...shared}
          />
          {entry.key === 'industry' && <Industries />}
          {unit && <span className="shrink-0 text-ink-2">{unit}</span>}
        </span>
      )}
    </div>
  );
}

/** Suggestions by code or by name. */
function Industries() {
  return (
    <datalist id="industries">
      {INDUSTRY_DIVISIONS.map(({ code, name }) => (
        <option key={code} value={code}>
          {`${code} ${name}`}
        </option>
      ))}
    </datalist>
  );
}

function Choice({
  question,
  answer,
  error,
}: {
  question: Question;
  answer: Answer | undefined;
  error?: string | undefined;
}) {
  const options = [...(question.options ?? FLAGS), UNCLEAR];
  const value = answer === null ? 'unclear' : typeof answer === 'string' ? answer : null;
  return (
    <fieldset>
      <legend className="sr-only">{question.label}</legend>
      <Notes id={question.key} error={error} />
      <Radios id={question.key} name={question.key} options={options} value={value} error={error} />
    </fieldset>
  );
}

function List({
  question,
  answer,
  error,
}: {
  question: Question;
  answer: Answer | undefined;
  error?: string | undefined;
}) {
  const ready = useReady();
  const given: readonly RowAnswer[] = Array.isArray(answer) ? (answer as readonly RowAnswer[]) : [];
  const [more, setMore] = useState(0);
  // Without scripts nobody can ask for another entry: some blank ones stand ready.
  const count = Math.min(MOST_ROWS, ready ? Math.max(1, given.length) + more : given.length + 3);
  const has = answer === null ? 'unclear' : given.length > 0 ? 'yes' : Array.isArray(answer) ? 'no' : null;
  const { key, rows = [] } = question;
  return (
    <div className="assess-list">
      <fieldset>
        <legend className="sr-only">{question.label}</legend>
        <Notes id={key} error={error} />
        <Radios
          id={key}
          name={`${key}.has`}
          options={[{ value: 'no', label: '没有' }, { value: 'yes', label: '有，填写如下' }, UNCLEAR]}
          value={has}
          error={error}
        />
      </fieldset>
      <div className="assess-rows mt-4 grid gap-4">
        {Array.from({ length: count }, (_, i) => (
          <fieldset key={i} className="rounded-md border border-line p-4">
            <legend className="px-1 font-semibold">第 {i + 1} 项</legend>
            <div className="grid grid-cols-[repeat(auto-fit,minmax(13rem,1fr))] items-end gap-4">
              {rows.map((entry) => (
                <Box
                  key={entry.key}
                  entry={entry}
                  name={`${key}.${i}.${entry.key}`}
                  value={given[i]?.[entry.key] ?? ''}
                />
              ))}
            </div>
          </fieldset>
        ))}
        {ready && count < MOST_ROWS && (
          <p>
            <button type="button" className="btn assess-button" onClick={() => setMore(more + 1)}>
              再加一项
            </button>
          </p>
        )}
      </div>
    </div>
  );
}

/** The boxes of one page. */
export function Questions({
  questions,
  given,
  errors,
}: {
  questions: readonly Question[];
  given: Readonly<Record<string, Answer>>;
  errors: Readonly<Record<string, string>>;
}) {
  return (
    <div className="grid gap-6">
      {questions.map((question) => {
        const { key, rows, type, options } = question;
        const shared = { question, answer: given[key], error: errors[key] };
        if (rows) return <List key={key} {...shared} />;
        const radios = type === 'flag' || (options && options.length <= MOST_RADIOS);
        // Several boxes on a page: one that stays blank is 不清楚, so a choice among them is a list.
        if (radios && questions.length === 1) return <Choice key={key} {...shared} />;
        const value = typeof given[key] === 'string' ? given[key] : '';
        return <Box key={key} entry={question} name={key} value={value} error={errors[key]} />;
      })}
    </div>
  );
}
