import fs from 'node:fs';
import { describe, expect, test } from 'vitest';
import { mayOpen, ROUTE_ROLES, safeNext, type RouteId } from './access.server.ts';

const folder = new URL('../routes/', import.meta.url);
const files = fs.readdirSync(folder).filter((name) => /\.tsx?$/.test(name) && !/\.test\./.test(name));
const idOf = (file: string) => file.replace(/\.tsx?$/, '');

describe('the table of routes', () => {
  test('names every route file and nothing else', () => {
    expect(Object.keys(ROUTE_ROLES).sort()).toEqual(files.map(idOf).sort());
  });

  // A route that forgets to ask would be open to everybody: each loader and action has to name its own entry.
  test.each(files)('%s asks under its own name, in its loader and its action', (file) => {
    const source = fs.readFileSync(new URL(file, folder), 'utf8');
    const id = idOf(file);
    const asks = source.split(`(request, '${id}')`).length - 1;
    const asksOtherwise = source.split(/\b(?:enter|look|ownEnterprise)\(/).length - 1 - asks;
    expect(asksOtherwise).toBe(0);
    const entries = (source.match(/export async function (?:loader|action)\b/g) ?? []).length;
    // A page that reads and writes nothing on the server has nothing to ask for; it must be one for everybody.
    if (entries === 0) {
      expect([
        ROUTE_ROLES[id as RouteId],
        /export (?:const|function) (?:loader|action)\b/.test(source),
      ]).toEqual(['public', false]);
      return;
    }
    const throughOpen = /\bawait open\(request/.test(source);
    expect(throughOpen ? asks : asks >= entries).toBe(throughOpen ? 1 : true);
    const roles: unknown = ROUTE_ROLES[id as RouteId];
    // The pages of an enterprise itself ask for its own one, too.
    const gate = roles === 'public' ? 'look' : id.startsWith('_app.my.') ? 'ownEnterprise' : 'enter';
    expect(source).toContain(`${gate}(request, '${id}')`);
  });
});

describe('roles', () => {
  test.each([
    ['enterprise', '_app.enterprises._index', false],
    ['enterprise', '_app.my._index', true],
    ['enterprise', 'enterprises[.]xlsx', false],
    ['leadership', '_app.funnel', true],
    ['leadership', '_app.import._index', false],
    ['leadership', '_app.enterprises.$uscc.edit', false],
    ['section', '_app.enterprises._index', true],
    ['section', '_app.todo', true],
    ['section', '_app.enterprises.$uscc.edit', false],
    ['leadership', '_app.todo', false],
    ['staff', '_app.import._index', true],
    ['staff', '_app.users._index', false],
    ['administrator', '_app.users._index', true],
    ['nobody', '_app', false],
  ] as const)('%s opens %s: %s', (role, route, may) => {
    expect(mayOpen(role, route)).toBe(may);
  });
});

describe('where a login leads', () => {
  test.each([
    ['/enterprises?q=a', '/enterprises?q=a'],
    ['//elsewhere.example', '/'],
    ['/\\elsewhere.example', '/'],
    ['https://elsewhere.example', '/'],
    ['/login?next=/', '/'],
    [null, '/'],
  ])('%s → %s', (next, to) => {
    expect(safeNext(next)).toBe(to);
  });
});
