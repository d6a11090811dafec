/** The addresses at which every page is looked at: taken from the list of routes, so that a new page is among them. */
import fs from 'node:fs';
import { ROUTE_ROLES, type RouteId } from '../../app/services/access.server.ts';
import { ROLES, type Role } from '../../app/services/roles.ts';
import { inRoot } from '../../app/cli/paths.ts';

/** What stands in an address for a place in it; by the step before it where that makes a difference. */
export interface Places {
  readonly uscc: string;
  /** Another enterprise. */
  readonly other: string;
  readonly steward: number;
  readonly batch: number;
  readonly row: number;
  readonly importJob: number;
  readonly list: number;
  readonly park: number;
  readonly parkCode: string;
  readonly submission: number;
  /** Of the enterprise that looks. */
  readonly ownSubmission: number;
  readonly user: number;
  /** A complete year, and the last complete quarter. */
  readonly year: number;
  readonly quarter: string;
  /** A day a year ago. */
  readonly before: string;
}

export interface PageAddress {
  readonly route: RouteId;
  readonly role: Role | null;
  readonly address: string;
}

/** Steps of an address that stand for something: `of` is the step before. */
function place(name: string, of: string, mine: boolean, p: Places): string | number | undefined {
  if (name === 'id') {
    const ids: Record<string, string | number> = {
      batches: p.batch,
      definitions: 'hnte.total',
      import: p.importJob,
      indicators: 'hnte.total',
      lists: p.list,
      parks: p.park,
      submissions: mine ? p.ownSubmission : p.submission,
      users: p.user,
    };
    return ids[of];
  }
  const others: Record<string, string | number> = {
    uscc: p.uscc,
    scheme: 'hnte',
    row: p.row,
    year: p.year,
    quarter: p.quarter,
    version: 'hnte@2016',
    name: 'hnte',
    page: 'start',
  };
  return others[name];
}

/** The plain address of a route. @throws for a step that nothing is known for */
export function plainAddress(route: string, places: Places): string {
  const steps = route.split('.').filter((step) => !step.startsWith('_') && step !== '');
  const mine = steps[0] === 'my';
  const filled = steps.map((step, at) => {
    const bare = step.replace(/_$/, '');
    if (!bare.startsWith('$')) return bare;
    const value = place(bare.slice(1), steps[at - 1] ?? '', mine, places);
    if (value === undefined) throw new Error(`${route}: nothing is known to stand for ${bare}`);
    return encodeURIComponent(String(value));
  });
  return `/${filled.join('/')}`;
}

/** What else is looked at beside the plain address: what it is narrowed, sorted and paged by. */
const FURTHER: Partial<Record<RouteId, (p: Places) => readonly string[]>> = {
  '_app._index': (p) => [`park=${p.parkCode}`, `asOf=${p.before}`],
  '_app.todo': () => ['steward=all', 'steward=all&view=all', 'steward=all&kind=gap&view=all', 'steward=none'],
  '_app.expiry': (p) => ['steward=all', 'steward=all&band=later', `asOf=${p.before}`],
  '_app.libraries._index': (p) => [
    'list=library',
    'list=reservoir',
    'list=focus',
    'list=unicorn',
    'view=history',
    'list=library&view=open',
    `steward=${p.steward}`,
    `park=${p.parkCode}`,
  ],
  '_app.enterprises._index': (p) => [
    'q=%E7%A7%91%E6%8A%80',
    'section=C',
    'tier=hnte',
    'tier=none',
    'title=hnte',
    'stage=application:hnte:library',
    'expiring=90',
    'gap=figures',
    'presence=present',
    'presence=gone',
    'located=1',
    'origin=home',
    'steward=none',
    `steward=${p.steward}`,
    `park=${p.parkCode}`,
    `asOf=${p.before}`,
    'sort=-updatedAt',
    'page=20',
  ],
  '_app.enterprises.$uscc._index': (p) => [`asOf=${p.before}`],
  '_app.funnel': (p) => [`park=${p.parkCode}`, `asOf=${p.before}`],
  '_app.movement._index': (p) => [`park=${p.parkCode}`, `asOf=${p.before}`],
  '_app.reviews.$quarter._index': (p) => [
    'window=year',
    'industry=C',
    `steward=${p.steward}`,
    'source=moved',
    'located=1',
    `park=${p.parkCode}`,
  ],
  '_app.candidates.$scheme': (p) => [
    'tab=blocked&sort=name',
    'section=C',
    `steward=${p.steward}`,
    'page=5',
    'q=%E7%A7%91%E6%8A%80',
  ],
  '_app.submissions._index': () => ['view=done', 'view=claims'],
};

/** Pages that show nothing without a choice. */
const CHOSEN: Partial<Record<RouteId, (p: Places) => string>> = {
  '_app.enterprises.$uscc.merge': (p) => `other=${p.other}`,
  '_app.movement.cell': () => 'table=schemes&row=hnte&column=newly',
  '_app.reviews.$quarter.list': () => 'of=cohort&by=quarter&scheme=hnte&part=entered',
};

/** Who looks at a page: the first of these that may. */
const LOOKERS: readonly Role[] = ['staff', 'leadership', 'administrator', 'section', 'enterprise'];

/** Layouts show nothing by themselves, and those that are sent on at once are no pages. */
const NO_PAGES: readonly RouteId[] = ['_app', 'assess', 'logout', 'setup', '_app.candidates._index'];

/** The routes that are pages: their files hold a component. */
export const pageRoutes = (): RouteId[] =>
  (Object.keys(ROUTE_ROLES) as RouteId[]).filter(
    (route) => !NO_PAGES.includes(route) && fs.existsSync(inRoot(`app/routes/${route}.tsx`)),
  );

/** Every page with what is looked at of it. */
export function pageAddresses(places: Places): PageAddress[] {
  return pageRoutes().flatMap((route) => {
    const roles: readonly Role[] | 'public' = ROUTE_ROLES[route];
    const role = roles === 'public' ? null : (LOOKERS.find((each) => roles.includes(each)) ?? ROLES[0]);
    const plain = plainAddress(route, places);
    const chosen = CHOSEN[route]?.(places);
    const queries = [chosen ?? '', ...(FURTHER[route]?.(places) ?? [])];
    return queries.map((query) => ({ route, role, address: query ? `${plain}?${query}` : plain }));
  });
}
