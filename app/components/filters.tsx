import { useRef, type ReactNode } from 'react';
import { Form, useLocation, useSubmit } from '@remix-run/react';
import { Button } from './button.tsx';
import { Icon } from './icons.tsx';
import { A } from './link.tsx';
import { keepSwitches } from './address.ts';
import type { Option } from './field.tsx';

export interface Filter {
  name: string;
  label: string;
  /** A choice, or a text box when absent. */
  options?: readonly Option[];
  /** The choice in force where the address leaves it out. Options with an entry `all` of their own get no blank one. */
  value?: string;
  /** One of the options is always in force: no blank entry. */
  always?: boolean;
  type?: 'date' | 'search';
  placeholder?: string;
  /** Width class of a text box. */
  width?: string;
}

interface Props {
  filters: readonly Filter[];
  /** Further keys of the address that the form carries on. */
  keep?: readonly string[];
  /** What those keys narrow down to, in words. */
  also?: readonly string[];
  /** Where 清除 leads; the page without any of its keys where absent. */
  clear?: string;
  children?: ReactNode;
}

/**
 * Filters as a plain GET form: what is chosen is the address, so it can be shared and works without scripts.
 * With scripts a choice applies at once; text applies on Enter.
 */
export function FilterBar({ filters, keep = [], also = [], clear, children }: Props) {
  const { search, pathname } = useLocation();
  const query = new URLSearchParams(search);
  const submit = useSubmit();
  const form = useRef<HTMLFormElement>(null);
  const kept = ['park', 'asOf', 'sort', 'cols', ...keep];
  const active = also.length > 0 || filters.some((filter) => query.get(filter.name));
  return (
    <div className="no-print mb-3 flex flex-wrap items-end gap-2">
      {/* The key makes fields follow the address when it is changed from outside. */}
      <Form
        key={search}
        ref={form}
        action={pathname}
        className="flex flex-wrap items-end gap-2"
        role="search"
        aria-label="筛选"
      >
        {kept.flatMap((key) =>
          query
            .getAll(key)
            .map((value) => <input key={key + value} type="hidden" name={key} value={value} />),
        )}
        {filters.map((filter) => (
          <label key={filter.name} className="block text-xs text-ink-3">
            <span className="mb-0.5 block">{filter.label}</span>
            {filter.options ? (
              <select
                name={filter.name}
                className="input max-w-44 text-base"
                defaultValue={filter.value || (query.get(filter.name) ?? '')}
                onChange={() => submit(form.current)}
              >
                {!filter.always && !filter.options.some(({ value }) => value === 'all') && (
                  <option value="">全部</option>
                )}
                {filter.options.map((option) => (
                  <option key={option.value} value={option.value}>
                    {option.label}
                  </option>
                ))}
              </select>
            ) : (
              <input
                type={filter.type ?? 'search'}
                name={filter.name}
                placeholder={filter.placeholder}
                className={`input text-base ${filter.width ?? 'w-64'}`}
                defaultValue={query.get(filter.name) ?? ''}
              />
            )}
          </label>
        ))}
        {also.map((text) => (
          <span key={text} className="chip h-8 bg-accent-soft px-2.5 text-accent-deep">
            {text}
          </span>
        ))}
        <Button>筛选</Button>
        {active && (
          <A to={clear ?? keepSwitches(pathname, search)} className="btn btn-quiet">
            清除
          </A>
        )}
      </Form>
      {children && <div className="ml-auto flex items-end gap-2">{children}</div>}
    </div>
  );
}

export interface Chosen {
  /** The filter in words. */
  readonly text: string;
  /** The address without it. */
  readonly without: string;
}

/** The filters in force as a sentence; each part is a link that takes it out. */
export function FilterChips({ chosen }: { chosen: readonly Chosen[] }) {
  if (chosen.length === 0) return null;
  return (
    <ul className="mb-3 flex flex-wrap items-center gap-1.5" aria-label="已用的筛选">
      {chosen.map(({ text, without }) => (
        <li key={text}>
          <A to={without} className="chip h-6 bg-accent-soft px-2 text-accent-deep" title="去掉这一筛选">
            {text}
            <Icon name="unmet" className="no-print size-3" />
            <span className="sr-only">，去掉</span>
          </A>
        </li>
      ))}
    </ul>
  );
}
