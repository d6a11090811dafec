import { data, type LoaderFunctionArgs } from '@remix-run/node';
import { Outlet, useLoaderData, useRouteLoaderData } from '@remix-run/react';
import { ErrorPage } from '../components/error-page.tsx';
import { Frame, type FrameData, type NavEntry } from '../components/frame.tsx';
import { parkTree, readScope, type Scope } from '../queries/scope.server.ts';
import { isDemo } from '../queries/settings.server.ts';
import type { Reading } from '../queries/sql.server.ts';
import { chooseSteward } from '../queries/stewards.server.ts';
import { bellCount } from '../queries/todo.server.ts';
import { enter, mayOpen, type RouteId } from '../services/access.server.ts';
import type { Day } from '../rules/day.ts';
import type { SessionUser } from '../services/sessions.server.ts';
import { ROLE_LABELS } from '../services/roles.ts';
import { clearFlash, readFlash } from '../services/flash.server.ts';

const NAV: readonly (NavEntry & { route: RouteId })[] = [
  { to: '/', label: '总览', icon: 'overview', route: '_app._index' },
  { to: '/my', label: '本企业', icon: 'enterprises', route: '_app.my._index' },
  { to: '/todo', label: '待办', icon: 'bell', route: '_app.todo' },
  { to: '/enterprises', label: '企业', icon: 'enterprises', route: '_app.enterprises._index' },
  { to: '/candidates', label: '候选', icon: 'candidates', route: '_app.candidates.$scheme' },
  { to: '/libraries', label: '培育', icon: 'columns', route: '_app.libraries._index' },
  { to: '/batches', label: '推荐批次', icon: 'batches', route: '_app.batches._index' },
  { to: '/funnel', label: '漏斗', icon: 'funnel', route: '_app.funnel' },
  { to: '/movement', label: '变动', icon: 'reviews', route: '_app.movement._index' },
  { to: '/indicators', label: '指标', icon: 'indicators', route: '_app.indicators._index' },
  { to: '/reviews', label: '季度复盘', icon: 'reviews', route: '_app.reviews._index' },
  { to: '/check-text', label: '报告核验', icon: 'search', route: '_app.check-text' },
  { to: '/expiry', label: '到期', icon: 'calendar', route: '_app.expiry' },
  { to: '/submissions', label: '企业提交', icon: 'users', route: '_app.submissions._index' },
  { to: '/rules', label: '规则', icon: 'rules', route: '_app.rules._index' },
  { to: '/machines', label: '状态机', icon: 'machines', route: '_app.machines._index' },
  { to: '/import', label: '导入', icon: 'import', route: '_app.import._index' },
  { to: '/lists', label: '名单', icon: 'manual', route: '_app.lists._index' },
  { to: '/parks', label: '园区', icon: 'parks', route: '_app.parks._index' },
  { to: '/users', label: '用户', icon: 'users', route: '_app.users._index' },
  { to: '/help', label: '帮助', icon: 'help', route: '_app.help._index' },
];

/** The bell is of today, whatever day is looked at, and of one's own enterprises as the list that it opens. */
function bellScope(db: Reading, query: URLSearchParams, today: Day, user: SessionUser): Scope {
  const address = new URLSearchParams({ park: query.get('park') ?? '' });
  return chooseSteward(db, readScope(db, address, today), address, user, true).scope;
}

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, clock, user, query } = await enter(request, '_app');
  const flash = readFlash(request.headers.get('cookie'));
  const frame: FrameData = {
    nav: NAV.filter((entry) => mayOpen(user.role, entry.route)).map(({ to, label, icon }) => ({
      to,
      label,
      icon,
    })),
    user: { displayName: user.displayName, roleLabel: ROLE_LABELS[user.role] },
    // An enterprise sees nothing of the others, not even where they are.
    parks:
      user.role === 'enterprise' ? [] : parkTree(db).map(({ code, name, depth }) => ({ code, name, depth })),
    today: clock.today(),
    demo: isDemo(db),
    flash,
    search: mayOpen(user.role, '_app.enterprises._index'),
    bell: mayOpen(user.role, '_app.todo') ? bellCount(db, bellScope(db, query, clock.today(), user)) : null,
  };
  return data(frame, flash === null ? undefined : { headers: { 'Set-Cookie': clearFlash } });
}

export default function App() {
  return (
    <Frame data={useLoaderData<typeof loader>()}>
      <Outlet />
    </Frame>
  );
}

/** An error of one page keeps the frame around it. */
export function ErrorBoundary() {
  const frame = useRouteLoaderData<typeof loader>('routes/_app');
  if (!frame) return <ErrorPage />;
  return (
    <Frame data={frame}>
      <ErrorPage />
    </Frame>
  );
}
