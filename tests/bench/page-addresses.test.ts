import fs from 'node:fs';
import { expect, test } from 'vitest';
import { inRoot } from '../../app/cli/paths.ts';
import { ROUTE_ROLES } from '../../app/services/access.server.ts';
import { pageAddresses, pageRoutes, plainAddress, type Places } from './page-addresses.ts';

const PLACES: Places = {
  uscc: 'U1',
  other: 'U2',
  steward: 3,
  batch: 4,
  row: 5,
  importJob: 6,
  list: 7,
  park: 8,
  parkCode: 'p',
  submission: 9,
  ownSubmission: 10,
  user: 11,
  year: 2024,
  quarter: '2024Q1',
  before: '2024-01-01',
};

test('every page of the program is looked at, and all of its address is filled in', () => {
  const looked = new Set<string>(pageAddresses(PLACES).map(({ route }) => route));
  const withView = Object.keys(ROUTE_ROLES).filter((route) =>
    /export default function/.test(
      fs.existsSync(inRoot(`app/routes/${route}.tsx`))
        ? fs.readFileSync(inRoot(`app/routes/${route}.tsx`), 'utf8')
        : '',
    ),
  );
  const without = withView.filter((route) => !looked.has(route));
  expect(without.filter((route) => !['_app', 'assess', 'setup'].includes(route))).toEqual([]);
  expect(pageRoutes().length).toBe(looked.size);
  for (const { address } of pageAddresses(PLACES)) expect(address).toMatch(/^\/[^$]*$/);
});

test.each([
  ['_app._index', '/'],
  ['_app.enterprises.$uscc.figures.$year', '/enterprises/U1/figures/2024'],
  ['_app.my.submissions.$id', '/my/submissions/10'],
  ['_app.candidates.$scheme_.what-if', '/candidates/hnte/what-if'],
  ['_app.rules.$version', '/rules/hnte%402016'],
])('%s is %s', (route, address) => {
  expect(plainAddress(route, PLACES)).toBe(address);
});

test('a step that nothing is known for is not passed over', () => {
  expect(() => plainAddress('_app.wonders.$wonder', PLACES)).toThrow('$wonder');
});
