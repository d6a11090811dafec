/** Who may see which page: one table, asked by every route through `enter`. */
import { systemClock, type Clock } from '../db/clock.ts';
import { getDb, type Db } from '../db/clients.server.ts';
import { isAppError } from '../db/errors.ts';
import { ROLES, type Role } from './roles.ts';
import { sessionUser, type SessionUser } from './sessions.server.ts';

const PARK: readonly Role[] = ['staff', 'section', 'leadership', 'administrator'];
const WRITERS: readonly Role[] = ['staff', 'administrator'];
/** Those who have something to do from day to day. */
const OFFICE: readonly Role[] = ['staff', 'section', 'administrator'];
const ADMINISTRATOR: readonly Role[] = ['administrator'];
/** Anybody who is signed in. */
const ANYONE: readonly Role[] = ROLES;
/** No login asked. */
const PUBLIC = 'public';

/** Every route by its file name without ending; a test holds the table against the folder. */
export const ROUTE_ROLES = {
  _app: ANYONE,
  '_app._index': PARK,
  '_app.account': ANYONE,
  '_app.batches._index': PARK,
  '_app.batches.new': WRITERS,
  '_app.batches.$id._index': PARK,
  '_app.batches.$id.edit': WRITERS,
  '_app.batches.$id.rows.$row': PARK,
  '_app.batches.$id.papers': PARK,
  '_app.candidates._index': PARK,
  '_app.candidates.$scheme': PARK,
  '_app.candidates.$scheme_.what-if': PARK,
  '_app.definitions._index': PARK,
  '_app.definitions.$id._index': PARK,
  '_app.definitions.$id.edit': WRITERS,
  '_app.definitions.new': WRITERS,
  '_app.departments': ['section', 'administrator'],
  '_app.check-text': PARK,
  '_app.enterprises._index': PARK,
  '_app.enterprises.new': WRITERS,
  '_app.enterprises.stewards': WRITERS,
  '_app.enterprises.$uscc._index': PARK,
  '_app.enterprises.$uscc.accounts': WRITERS,
  '_app.enterprises.$uscc.edit': WRITERS,
  '_app.enterprises.$uscc.figures.$year': WRITERS,
  '_app.enterprises.$uscc.follow-ups': WRITERS,
  '_app.enterprises.$uscc.identity': WRITERS,
  '_app.enterprises.$uscc.merge': WRITERS,
  '_app.enterprises.$uscc.brief': PARK,
  '_app.enterprises.$uscc.sheet.$scheme': PARK,
  '_app.enterprises.$uscc.stewards': WRITERS,
  '_app.enterprises.$uscc.titles.$scheme': WRITERS,
  '_app.enterprises.$uscc.titles.new': WRITERS,
  '_app.expiry': PARK,
  '_app.funnel': PARK,
  '_app.help._index': ANYONE,
  '_app.help.$page': ANYONE,
  '_app.import._index': WRITERS,
  '_app.import.$id': WRITERS,
  '_app.lists._index': WRITERS,
  '_app.lists.$id': WRITERS,
  '_app.indicator-values': WRITERS,
  '_app.indicators._index': PARK,
  '_app.indicators.$id._index': PARK,
  '_app.indicators.$id.target': WRITERS,
  '_app.indicators.$id.value': WRITERS,
  '_app.libraries._index': PARK,
  '_app.libraries.change': OFFICE,
  '_app.machines._index': PARK,
  '_app.machines.$name': PARK,
  '_app.movement._index': PARK,
  '_app.movement.cell': PARK,
  '_app.my._index': ['enterprise'],
  '_app.my.figures.$year': ['enterprise'],
  '_app.my.submission': ['enterprise'],
  '_app.my.submissions.$id': ['enterprise'],
  '_app.parks._index': WRITERS,
  '_app.parks.$id._index': WRITERS,
  '_app.parks.$id.edit': ADMINISTRATOR,
  '_app.parks.new': ADMINISTRATOR,
  '_app.reviews._index': PARK,
  '_app.reviews.$quarter._index': PARK,
  '_app.reviews.$quarter.list': PARK,
  '_app.reviews.compare': PARK,
  '_app.rules._index': ANYONE,
  '_app.rules.$version': ANYONE,
  '_app.rules.coverage': ANYONE,
  '_app.rules.replay': PARK,
  '_app.rules.values': WRITERS,
  '_app.rules.verdicts': WRITERS,
  '_app.submissions._index': WRITERS,
  '_app.submissions.$id': WRITERS,
  '_app.targets': PARK,
  '_app.todo': OFFICE,
  '_app.users._index': ADMINISTRATOR,
  '_app.users.$id': ADMINISTRATOR,
  '_app.users.tokens': ADMINISTRATOR,
  // Says itself who may call which address.
  'api.v1.$': PUBLIC,
  assess: PUBLIC,
  'assess._index': PUBLIC,
  'assess.ask': PUBLIC,
  'assess.plan': PUBLIC,
  'assess.result': PUBLIC,
  'assess.what-if': PUBLIC,
  '_app.windows': WRITERS,
  'batches.$id.files.$file': PARK,
  'candidates.$scheme.batch': WRITERS,
  'candidates.$scheme.xlsx': PARK,
  'candidates.$scheme_.what-if.xlsx': PARK,
  'batches.$id.papers.docx': PARK,
  'enterprises.$uscc.brief.docx': PARK,
  'enterprises.$uscc.sheet.$scheme.docx': PARK,
  'enterprises[.]xlsx': PARK,
  'expiry[.]ics': PARK,
  'expiry[.]xlsx': PARK,
  'funnel[.]xlsx': PARK,
  'import.$id.rejected': WRITERS,
  'import.template.$kind': WRITERS,
  claim: PUBLIC,
  join: PUBLIC,
  'lists.$id.xlsx': WRITERS,
  'indicator-values.template': WRITERS,
  'indicators[.]xlsx': PARK,
  'libraries[.]xlsx': PARK,
  login: PUBLIC,
  logout: PUBLIC,
  'movement.cell[.]xlsx': PARK,
  'movement[.]xlsx': PARK,
  'reviews.$quarter.screen': PARK,
  'reviews.$quarter.export.$format': PARK,
  'rules.replay[.]xlsx': PARK,
  setup: PUBLIC,
} as const satisfies Record<string, readonly Role[] | typeof PUBLIC>;

export type RouteId = keyof typeof ROUTE_ROLES;

export interface Visit {
  db: Db;
  clock: Clock;
  /** Who is signed in; null only on public pages. */
  user: SessionUser | null;
  query: URLSearchParams;
}
export type SignedIn = Visit & { user: SessionUser };

/** Whether a role may open a route. */
export function mayOpen(role: string, route: RouteId): boolean {
  const roles: readonly string[] | string = ROUTE_ROLES[route];
  return roles === PUBLIC || roles.includes(role);
}

const redirect = (to: string) => new Response(null, { status: 302, headers: { Location: to } });

/** The address asked for, as the browser knows it (without the suffix of data requests). */
function pageAddress(url: URL): string {
  const query = new URLSearchParams(url.search);
  query.delete('_routes');
  const text = query.toString();
  return url.pathname.replace(/\.data$/, '').replace(/^\/_root$/, '/') + (text ? `?${text}` : '');
}

/**
 * Lets a visitor into a page.
 * @throws Response to the login, to the change of a one-time password, or 403
 */
export async function enter(request: Request, route: RouteId): Promise<SignedIn> {
  const visit = visitOf(request);
  const { user } = visit;
  const url = new URL(request.url);
  if (!user) {
    const next = request.method === 'GET' ? `?next=${encodeURIComponent(pageAddress(url))}` : '';
    throw redirect(`/login${next}`);
  }
  if (user.mustChange && route !== '_app.account' && route !== '_app') throw redirect('/account');
  if (!mayOpen(user.role, route)) {
    // An enterprise's own page is its overview.
    if (route === '_app._index' && user.role === 'enterprise') throw redirect('/my');
    throw new Response('您的角色不能使用此页面。如有需要，请与系统管理员联系。', { status: 403 });
  }
  return { ...visit, user };
}

/** Lets somebody of an enterprise into one of its own pages, which concern no other. @throws Response as {@link enter}, or 404 */
export async function ownEnterprise(
  request: Request,
  route: RouteId,
): Promise<SignedIn & { enterpriseId: number }> {
  const visit = await enter(request, route);
  const { enterpriseId } = visit.user;
  if (enterpriseId === null) throw new Response('您的账号没有关联企业，请与园区联系。', { status: 404 });
  return { ...visit, enterpriseId };
}

/** Opens a public page; whoever is signed in is known there too. */
export async function look(request: Request, route: RouteId): Promise<Visit> {
  if (ROUTE_ROLES[route] !== PUBLIC) throw new Error(`${route} is not public`);
  return visitOf(request);
}

function visitOf(request: Request): Visit {
  const db = getDb();
  const clock = systemClock;
  const query = new URL(request.url).searchParams;
  return { db, clock, user: sessionUser(db, clock, request.headers.get('cookie')), query };
}

/** An address inside this program to go on to after the login; anything else becomes `/`. */
export function safeNext(next: string | null): string {
  return next && /^\/(?![/\\])/.test(next) && !next.startsWith('/login') ? next : '/';
}

/** What a service refused, for the form; errors that are none of the user's are thrown on. */
export function refusal(error: unknown): { message: string; status: number } {
  if (isAppError(error)) return { message: error.userMessage, status: error.status };
  throw error;
}
