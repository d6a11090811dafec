import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { useNavigation, useFormAction } from '@remix-run/react';
import { A } from './link.tsx';

type Look = 'plain' | 'primary' | 'danger' | 'quiet';
const LOOK: Record<Look, string> = {
  plain: 'btn',
  primary: 'btn btn-primary',
  danger: 'btn btn-danger',
  quiet: 'btn btn-quiet',
};

export function Button({
  look = 'plain',
  className = '',
  type = 'submit',
  ...rest
}: ButtonHTMLAttributes<HTMLButtonElement> & { look?: Look }) {
  return <button type={type} className={`${LOOK[look]} ${className}`} {...rest} />;
}

export function ButtonLink({
  look = 'plain',
  to,
  children,
  ...rest
}: {
  look?: Look;
  to: string;
  children: ReactNode;
  reloadDocument?: boolean;
  'aria-label'?: string;
}) {
  return (
    <A to={to} className={LOOK[look]} {...rest}>
      {children}
    </A>
  );
}

/** The button that sends the page's form; says so and takes no second click while it is under way. */
export function SubmitButton({
  children,
  busy,
  look = 'primary',
}: {
  children: ReactNode;
  busy?: string;
  look?: Look;
}) {
  const navigation = useNavigation();
  const action = useFormAction();
  const sending = navigation.state === 'submitting' && navigation.formAction === action;
  return (
    <Button look={look} disabled={sending} aria-live="polite">
      {sending ? (busy ?? '正在保存…') : children}
    </Button>
  );
}
