import { Link, useLocation, type LinkProps } from '@remix-run/react';
import type { ReactNode } from 'react';
import { keepSwitches, withQuery } from './address.ts';
import { Icon } from './icons.tsx';

/** A link inside the program: the park and the date looked at go with it. */
export function A({ to, ...rest }: Omit<LinkProps, 'to'> & { to: string }) {
  const { search } = useLocation();
  return <Link to={keepSwitches(to, search)} {...rest} />;
}

/** Hidden fields that carry the switches through a GET form. */
export function SwitchFields() {
  const query = new URLSearchParams(useLocation().search);
  return (
    <>
      {['park', 'asOf'].map((key) =>
        query.get(key) ? <input key={key} type="hidden" name={key} value={query.get(key)!} /> : null,
      )}
    </>
  );
}

/** A file of what the page shows, as filtered: the address of the page with another path. */
export function ExportLink({ to, children }: { to: string; children: ReactNode }) {
  const { search } = useLocation();
  return (
    <a href={to + withQuery(search, { page: null, cols: null })} className="btn" download>
      <Icon name="download" />
      {children}
    </a>
  );
}
