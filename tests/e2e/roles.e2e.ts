import { beforeAll, describe, expect, test } from 'vitest';
import { ROUTE_ROLES } from '../../app/services/access.server.ts';
import { ACCOUNTS, CODES, NAME_MARK, prepare, type Role } from './park.ts';
import { openSite } from './site.ts';

const [FIRST, SECOND] = [`/enterprises/${CODES[0]}`, `/enterprises/${CODES[1]}`];

/**
 * Who may open what, written down a second time and asked of the real server: S 园区人员, E 企业, L 领导,
 * A 系统管理员, C 科室审核 (who may open all that 领导 may, too), N nobody signed in. A new route gets its line here.
 */
const HOUSE: Record<string, readonly [address: string, who: string]> = {
  '_app._index': ['/', 'SLA'],
  '_app.account': ['/account', 'SELA'],
  '_app.batches._index': ['/batches', 'SLA'],
  '_app.batches.new': ['/batches/new', 'SA'],
  '_app.batches.$id._index': ['/batches/1', 'SLA'],
  '_app.batches.$id.edit': ['/batches/1/edit', 'SA'],
  '_app.batches.$id.rows.$row': ['/batches/1/rows/1', 'SLA'],
  '_app.batches.$id.papers': ['/batches/1/papers', 'SLA'],
  '_app.candidates._index': ['/candidates', 'SLA'],
  '_app.candidates.$scheme': ['/candidates/hnte', 'SLA'],
  '_app.candidates.$scheme_.what-if': ['/candidates/hnte/what-if', 'SLA'],
  '_app.definitions._index': ['/definitions', 'SLA'],
  '_app.definitions.$id._index': ['/definitions/hnte.total', 'SLA'],
  '_app.definitions.$id.edit': ['/definitions/hnte.total/edit', 'SA'],
  '_app.definitions.new': ['/definitions/new', 'SA'],
  '_app.departments': ['/departments', 'CA'],
  '_app.check-text': ['/check-text', 'SLA'],
  '_app.enterprises._index': ['/enterprises', 'SLA'],
  '_app.enterprises.new': ['/enterprises/new', 'SA'],
  '_app.enterprises.stewards': ['/enterprises/stewards', 'SA'],
  '_app.enterprises.$uscc._index': [FIRST, 'SLA'],
  '_app.enterprises.$uscc.accounts': [`${FIRST}/accounts`, 'SA'],
  '_app.enterprises.$uscc.edit': [`${FIRST}/edit`, 'SA'],
  '_app.enterprises.$uscc.figures.$year': [`${FIRST}/figures/2024`, 'SA'],
  '_app.enterprises.$uscc.follow-ups': [`${FIRST}/follow-ups`, 'SA'],
  '_app.enterprises.$uscc.identity': [`${FIRST}/identity`, 'SA'],
  '_app.enterprises.$uscc.merge': [`${FIRST}/merge?other=${CODES[1]}`, 'SA'],
  '_app.enterprises.$uscc.brief': [`${FIRST}/brief`, 'SLA'],
  '_app.enterprises.$uscc.sheet.$scheme': [`${FIRST}/sheet/giant`, 'SLA'],
  '_app.enterprises.$uscc.stewards': [`${FIRST}/stewards`, 'SA'],
  '_app.enterprises.$uscc.titles.$scheme': [`${SECOND}/titles/hnte`, 'SA'],
  '_app.enterprises.$uscc.titles.new': [`${FIRST}/titles/new`, 'SA'],
  '_app.expiry': ['/expiry', 'SLA'],
  '_app.funnel': ['/funnel', 'SLA'],
  '_app.help._index': ['/help', 'SELA'],
  '_app.help.$page': ['/help/start', 'SELA'],
  '_app.import._index': ['/import', 'SA'],
  '_app.import.$id': ['/import/1', 'SA'],
  '_app.lists._index': ['/lists', 'SA'],
  '_app.lists.$id': ['/lists/1', 'SA'],
  '_app.indicator-values': ['/indicator-values', 'SA'],
  '_app.indicators._index': ['/indicators', 'SLA'],
  '_app.indicators.$id._index': ['/indicators/hnte.total', 'SLA'],
  '_app.indicators.$id.target': ['/indicators/hnte.total/target', 'SA'],
  '_app.indicators.$id.value': ['/indicators/hnte.total/value', 'SA'],
  '_app.libraries._index': ['/libraries', 'SLA'],
  '_app.libraries.change': ['/libraries/change', 'SCA'],
  '_app.machines._index': ['/machines', 'SLA'],
  '_app.machines.$name': ['/machines/hnte', 'SLA'],
  '_app.movement._index': ['/movement', 'SLA'],
  '_app.movement.cell': ['/movement/cell', 'SLA'],
  '_app.my._index': ['/my', 'E'],
  '_app.my.figures.$year': ['/my/figures/2024', 'E'],
  '_app.my.submission': ['/my/submission', 'E'],
  '_app.my.submissions.$id': ['/my/submissions/1', 'E'],
  '_app.parks._index': ['/parks', 'SA'],
  '_app.parks.$id._index': ['/parks/1', 'SA'],
  '_app.parks.$id.edit': ['/parks/1/edit', 'A'],
  '_app.parks.new': ['/parks/new', 'A'],
  '_app.reviews._index': ['/reviews', 'SLA'],
  '_app.reviews.$quarter._index': ['/reviews/2026Q1', 'SLA'],
  '_app.reviews.$quarter.list': ['/reviews/2026Q1/list?of=cohort&by=quarter&scheme=hnte&part=entered', 'SLA'],
  '_app.reviews.compare': ['/reviews/compare', 'SLA'],
  '_app.rules._index': ['/rules', 'SELA'],
  '_app.rules.$version': ['/rules/hnte@2016', 'SELA'],
  '_app.rules.coverage': ['/rules/coverage', 'SELA'],
  '_app.rules.replay': ['/rules/replay', 'SLA'],
  '_app.rules.values': ['/rules/values', 'SA'],
  '_app.rules.verdicts': ['/rules/verdicts', 'SA'],
  '_app.submissions._index': ['/submissions', 'SA'],
  '_app.submissions.$id': ['/submissions/1', 'SA'],
  '_app.targets': ['/targets', 'SLA'],
  '_app.todo': ['/todo', 'SCA'],
  '_app.users._index': ['/users', 'A'],
  '_app.users.$id': ['/users/2', 'A'],
  '_app.users.tokens': ['/users/tokens', 'A'],
  '_app.windows': ['/windows', 'SA'],
  'api.v1.$': ['/api/v1', 'SELAN'],
  'assess._index': ['/assess', 'SELAN'],
  'assess.ask': ['/assess/ask', 'SELAN'],
  'assess.plan': ['/assess/plan', 'SELAN'],
  'assess.result': ['/assess/result', 'SELAN'],
  'assess.what-if': ['/assess/what-if', 'SELAN'],
  'batches.$id.files.$file': ['/batches/1/files/1', 'SLA'],
  'candidates.$scheme.batch': ['/candidates/hnte/batch', 'SA'],
  'candidates.$scheme.xlsx': ['/candidates/hnte/xlsx', 'SLA'],
  'candidates.$scheme_.what-if.xlsx': ['/candidates/hnte/what-if/xlsx', 'SLA'],
  'batches.$id.papers.docx': ['/batches/1/papers/docx', 'SLA'],
  'enterprises.$uscc.brief.docx': [`${FIRST}/brief/docx`, 'SLA'],
  'enterprises.$uscc.sheet.$scheme.docx': [`${FIRST}/sheet/giant/docx`, 'SLA'],
  'enterprises[.]xlsx': ['/enterprises.xlsx', 'SLA'],
  'expiry[.]ics': ['/expiry.ics', 'SLA'],
  'expiry[.]xlsx': ['/expiry.xlsx', 'SLA'],
  'funnel[.]xlsx': ['/funnel.xlsx', 'SLA'],
  'import.$id.rejected': ['/import/1/rejected', 'SA'],
  'import.template.$kind': ['/import/template/enterprises', 'SA'],
  claim: ['/claim', 'SELAN'],
  join: ['/join', 'SELAN'],
  'lists.$id.xlsx': ['/lists/1/xlsx', 'SA'],
  'indicator-values.template': ['/indicator-values/template', 'SA'],
  'indicators[.]xlsx': ['/indicators.xlsx', 'SLA'],
  'libraries[.]xlsx': ['/libraries.xlsx', 'SLA'],
  login: ['/login', 'SELAN'],
  logout: ['/logout', 'SELAN'],
  'movement.cell[.]xlsx': ['/movement/cell.xlsx', 'SLA'],
  'movement[.]xlsx': ['/movement.xlsx', 'SLA'],
  'reviews.$quarter.screen': ['/reviews/2026Q1/screen', 'SLA'],
  'reviews.$quarter.export.$format': ['/reviews/2026Q3/export/csv', 'SLA'],
  'rules.replay[.]xlsx': ['/rules/replay.xlsx', 'SLA'],
  setup: ['/setup', 'SELAN'],
};
/** Frames around pages: not addresses of their own. */
const LAYOUTS = ['_app', 'assess'];

const VISITORS: readonly { role: Role | null; letter: string; alsoLike?: string }[] = [
  { role: 'staff', letter: 'S' },
  { role: 'section', letter: 'C', alsoLike: 'L' },
  { role: 'enterprise', letter: 'E' },
  { role: 'leadership', letter: 'L' },
  { role: 'administrator', letter: 'A' },
  { role: null, letter: 'N' },
];

const cookies = new Map<Role, string>();

const site = openSite(prepare);

beforeAll(async () => {
  for (const role of ACCOUNTS) cookies.set(role, await site.cookie(role));
});

const ask = (role: Role | null, address: string, init: RequestInit = {}) =>
  fetch(site.url + address, {
    redirect: 'manual',
    headers: role === null ? {} : { cookie: cookies.get(role)! },
    ...init,
  });

/** 403, or for nobody the way to the login. An enterprise that asks for the overview is led to its own page. */
function isRefused(role: Role | null, route: string, response: Response): boolean {
  const to = response.headers.get('location') ?? '';
  // The setup page itself leads to the login once there is an administrator.
  if (role === null) return response.status === 302 && to.startsWith('/login') && route !== 'setup';
  if (role === 'enterprise' && route === '_app._index') return response.status === 302 && to === '/my';
  return response.status === 403;
}

/** The address as the browser's scripts ask for its data. */
function dataAddress(address: string): string {
  const [path = '', query] = address.split('?');
  return `${path === '/' ? '/_root' : path}.data${query ? `?${query}` : ''}`;
}

test('every route has its line here', () => {
  const routes = Object.keys(ROUTE_ROLES).filter((route) => !LAYOUTS.includes(route));
  expect(Object.keys(HOUSE).sort()).toEqual(routes.sort());
});

describe.each(VISITORS)('$letter ($role)', ({ role, letter, alsoLike = letter }) => {
  const is = (who: string) => who.includes(letter) || who.includes(alsoLike);
  const lines = Object.entries(HOUSE).map(([route, [address, who]]) => ({ route, address, who }));
  const open = lines.filter(({ who }) => is(who));
  const shut = lines.filter(({ who }) => !is(who));

  test.each(open)('may open $address', async ({ route, address }) => {
    const response = await ask(role, address);
    await response.arrayBuffer();
    expect([isRefused(role, route, response), response.status < 500]).toEqual([false, true]);
  });

  if (shut.length > 0) {
    test.each(shut)('is refused $address, reading, writing and as data', async ({ route, address }) => {
      const read = await ask(role, address);
      expect({ status: read.status, refused: isRefused(role, route, read) }).toMatchObject({ refused: true });
      expect(await read.text()).not.toContain(NAME_MARK);

      const index = route.endsWith('_index') ? '?index' : '';
      const body = new URLSearchParams({ intent: 'create', name: '新', username: 'intruder' });
      const write = await ask(role, address.split('?')[0] + index, { method: 'POST', body });
      await write.arrayBuffer();
      expect({
        status: write.status,
        refused: isRefused(role, route, write) || write.status === 405,
      }).toMatchObject({ refused: true });

      const data = await ask(role, dataAddress(address));
      expect(await data.text()).not.toContain(NAME_MARK);
    });
  }
});
