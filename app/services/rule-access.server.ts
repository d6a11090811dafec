import { mayOpen } from './access.server.ts';
import type { SessionUser } from './sessions.server.ts';

/** Addresses of the rule pages that a visitor may not open. */
export function hiddenRulePages(user: Pick<SessionUser, 'role'>): string[] {
  return (['replay', 'values', 'verdicts'] as const)
    .filter((page) => !mayOpen(user.role, `_app.rules.${page}`))
    .map((page) => `/rules/${page}`);
}
