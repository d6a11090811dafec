import { useLocation } from '@remix-run/react';
import { Tabs } from './tabs.tsx';

const PAGES = [
  { to: '/rules', label: '版本与适用' },
  { to: '/rules/coverage', label: '条款覆盖' },
  { to: '/rules/replay', label: '修订影响' },
  { to: '/rules/values', label: '运营录入' },
  { to: '/rules/verdicts', label: '判定更新' },
] as const;

/** The pages about rules; `hidden` names those the visitor may not open. */
export function RuleTabs({ hidden }: { hidden: readonly string[] }) {
  const { pathname } = useLocation();
  const shown = PAGES.filter(({ to }) => !hidden.includes(to));
  if (shown.length < 2) return null;
  return <Tabs label="规则" tabs={shown.map((page) => ({ ...page, current: pathname === page.to }))} />;
}
