import {
  useEffect,
  useRef,
  type InputHTMLAttributes,
  type ReactNode,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
} from 'react';

/** What was wrong, by field name; `''` concerns the form as a whole. */
export type FieldErrors = Readonly<Record<string, string>>;

interface Common {
  label: ReactNode;
  name: string;
  help?: ReactNode;
  error?: string | undefined;
  optional?: boolean;
  className?: string;
}

function Shell({
  label,
  name,
  help,
  error,
  optional,
  className = '',
  children,
}: Common & { children: ReactNode }) {
  return (
    <div className={className}>
      <label htmlFor={name} className="mb-1 flex items-baseline gap-1.5 font-semibold">
        {label}
        {optional && <span className="text-xs font-normal text-ink-3">选填</span>}
      </label>
      {children}
      {error && (
        <p id={`${name}-error`} className="mt-1 text-unmet">
          {error}
        </p>
      )}
      {help && (
        <p id={`${name}-help`} className="mt-1 text-xs text-ink-3">
          {help}
        </p>
      )}
    </div>
  );
}

const described = (name: string, help: unknown, error: unknown) =>
  [error ? `${name}-error` : '', help ? `${name}-help` : ''].filter(Boolean).join(' ') || undefined;

/** A labelled input with its help and its error, tied together for screen readers. */
export function Field({
  label,
  name,
  help,
  error,
  optional,
  className,
  unit,
  ...input
}: Common & { unit?: string } & Omit<InputHTMLAttributes<HTMLInputElement>, 'name' | 'className'>) {
  return (
    <Shell {...{ label, name, help, error, optional, className }}>
      <span className="flex items-center gap-2">
        <input
          id={name}
          name={name}
          className="input"
          aria-invalid={error ? true : undefined}
          aria-describedby={described(name, help, error)}
          {...input}
        />
        {unit && <span className="shrink-0 text-ink-3">{unit}</span>}
      </span>
    </Shell>
  );
}

/** A labelled text of several lines. */
export function TextField({
  label,
  name,
  help,
  error,
  optional,
  className,
  ...area
}: Common & Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'name' | 'className'>) {
  return (
    <Shell {...{ label, name, help, error, optional, className }}>
      <textarea
        id={name}
        name={name}
        className="input h-auto py-1.5"
        aria-invalid={error ? true : undefined}
        aria-describedby={described(name, help, error)}
        {...area}
      />
    </Shell>
  );
}

export interface Option {
  value: string;
  label: string;
}

/** A labelled choice; `blank` is the first entry, standing for "not known" or "all". */
export function SelectField({
  label,
  name,
  help,
  error,
  optional,
  className,
  options,
  blank,
  ...select
}: Common & { options: readonly Option[]; blank?: string } & Omit<
    SelectHTMLAttributes<HTMLSelectElement>,
    'name' | 'className'
  >) {
  return (
    <Shell {...{ label, name, help, error, optional, className }}>
      <select
        id={name}
        name={name}
        className="input"
        aria-invalid={error ? true : undefined}
        aria-describedby={described(name, help, error)}
        {...select}
      >
        {blank !== undefined && <option value="">{blank}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </Shell>
  );
}

/** What a form could not accept, at its top, each line a link to its field; takes the focus when it appears. */
export function ErrorSummary({ errors }: { errors: FieldErrors | undefined }) {
  const box = useRef<HTMLDivElement>(null);
  const entries = Object.entries(errors ?? {});
  const shown = entries.length > 0;
  useEffect(() => {
    // Also when other faults take the place of the first ones.
    if (errors && Object.keys(errors).length > 0) box.current?.focus();
  }, [errors]);
  if (!shown) return null;
  return (
    <div
      ref={box}
      role="alert"
      tabIndex={-1}
      aria-labelledby="error-summary"
      className="mb-4 rounded-md border-l-4 border-unmet bg-unmet-soft px-4 py-3"
    >
      <h2 id="error-summary" className="font-semibold text-unmet">
        {entries.length === 1 && entries[0]![0] === '' ? '未能完成' : `有 ${entries.length} 处需要更正`}
      </h2>
      <ul className="mt-1">
        {entries.map(([name, message]) => (
          <li key={name}>
            {name === '' ? (
              message
            ) : (
              <a href={`#${name}`} className="text-unmet underline">
                {message}
              </a>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
