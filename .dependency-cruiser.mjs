// The directions of imports. Each layer lists what it may import; everything else is refused. Tests may import
// what they like, except that nothing imports a test.

const tests = String.raw`\.(test|e2e|bench)\.tsx?$`;
const generated = '^app/generated/';

/** Whole packages by name, as dependency-cruiser resolves them. */
const packages = (...names) => `^node_modules/(${names.join('|')})/`;

/**
 * One layer: what it may import at run time, and of what the types only.
 * @param {string} name
 * @param {string} from pattern of the layer's files; its own files are always allowed
 * @param {string[]} may patterns of what may be imported
 * @param {string[]} types patterns of what may be imported by `import type` only
 */
function layer(name, from, may, types = []) {
  const allowed = [from, ...may.filter((pattern) => pattern !== builtin)];
  return [
    {
      name,
      severity: 'error',
      from: { path: from, pathNot: tests },
      to: {
        pathNot: [...allowed, ...types],
        ...(may.includes(builtin) ? { dependencyTypesNot: ['core'] } : {}),
      },
    },
    ...(types.length === 0
      ? []
      : [
          {
            name: `${name}-types-only`,
            severity: 'error',
            from: { path: from, pathNot: tests },
            to: { path: types, pathNot: allowed, dependencyTypesNot: ['type-only'] },
          },
        ]),
  ];
}

const rules = '^app/rules/';
const days = String.raw`^app/rules/day\.ts$`;
const machines = '^machines/';
const pipeline = '^app/pipeline/';
const services = '^app/services/';
const queries = '^app/queries/';
const components = '^app/components/';
const db = '^app/db/';
const integrations = '^app/integrations/';
const api = '^app/api/';
const cli = '^app/cli/';
const demo = '^prisma/demo';

/** Single files in app/: entry points, environment, what is shared by all of the server. */
const environment = String.raw`^app/env\.server\.ts$`;
const shell = String.raw`^app/(root|entry\.(server|client)|routes|nonce|load-context)\.tsx?$`;

/** The database and its drivers: for app/db alone. */
const drivers = packages('better-sqlite3', '@prisma', 'prisma', '@types/better-sqlite3');
const web = packages('react', 'react-dom', '@remix-run', 'express', '@types/react', '@types/express');
const anyPackage = '^node_modules/';
/** Stands in a layer's list for Node's own modules. */
const builtin = 'builtin';

/** Packages and built-in modules of a server-side layer, apart from those that belong to another layer. */
function withoutPackages(name, from, forbidden) {
  return {
    name,
    severity: 'error',
    from: { path: from, pathNot: tests },
    to: { path: forbidden, dependencyTypesNot: ['type-only'] },
  };
}

export default {
  forbidden: [
    ...layer('rules-import-zod-only', rules, [packages('zod')]),
    // zod too: what comes back from the database or from outside is parsed before a machine sees it.
    ...layer('machines-import-xstate', machines, [packages('xstate', 'zod')], [rules]),
    // The arithmetic of days is not a rule, and stored snapshots are parsed like everything stored.
    ...layer('pipeline-is-pure', pipeline, [machines, days, packages('zod')], [rules]),
    ...layer('integrations-know-nothing-of-ours', integrations, [anyPackage, builtin]),
    withoutPackages('integrations-without-database', integrations, drivers),
    ...layer(
      'db-knows-no-domain',
      db,
      [generated, environment, anyPackage, builtin],
      [rules, machines, pipeline],
    ),
    withoutPackages('db-without-web', db, web),
    ...layer(
      'services',
      services,
      [rules, pipeline, machines, db, integrations, environment, anyPackage, builtin],
      [generated],
    ),
    withoutPackages('services-without-web-or-driver', services, [web, drivers]),
    ...layer(
      'queries',
      queries,
      [rules, pipeline, machines, db, environment, anyPackage, builtin],
      [generated],
    ),
    withoutPackages('queries-without-web-or-driver', queries, [web, drivers]),
    ...layer(
      'components',
      components,
      [rules, String.raw`^app/nonce\.ts$`, anyPackage],
      [pipeline, queries, services, machines, api],
    ),
    withoutPackages('components-without-database', components, drivers),
    ...layer('api', api, [services, queries, rules, machines, anyPackage, builtin]),
    withoutPackages('api-without-web-or-driver', api, [web, drivers]),
    ...layer('routes', '^app/routes/', [
      api,
      services,
      queries,
      components,
      rules,
      environment,
      shell,
      anyPackage,
      builtin,
    ]),
    withoutPackages('routes-without-database', '^app/routes/', drivers),
    ...layer('shell', shell, [
      services,
      queries,
      components,
      environment,
      String.raw`^app/tailwind\.css$`,
      anyPackage,
      builtin,
    ]),
    withoutPackages('shell-without-database', shell, drivers),
    ...layer(
      'cli',
      cli,
      [services, queries, environment, anyPackage, builtin],
      [rules, pipeline, machines, '^tests/bench/', String.raw`^app/load-context\.ts$`],
    ),
    withoutPackages('cli-without-database', cli, drivers),
    // What the invented park shares with the rules: the arithmetic of days and codes.
    ...layer(
      'demo-loader',
      demo,
      [services, queries, String.raw`^app/rules/(day|facts/uscc)\.ts$`, anyPackage, builtin],
      [rules, pipeline, machines],
    ),
    withoutPackages('demo-loader-without-database', demo, drivers),
    {
      name: 'environment-stands-alone',
      severity: 'error',
      from: { path: environment },
      to: { path: '^(app|machines|prisma|tests)/' },
    },
    {
      name: 'cli-runs-without-jsx',
      comment: 'Type stripping does not know JSX: nothing the command line reaches may be a .tsx file.',
      severity: 'error',
      from: { path: cli },
      to: { path: String.raw`\.tsx$`, reachable: true },
    },
    {
      name: 'clients-are-built-in-db-only',
      severity: 'error',
      from: { path: '^(app|machines|prisma)/', pathNot: [db, generated, tests] },
      to: { path: [drivers, generated], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'nothing-imports-tests',
      severity: 'error',
      from: { path: '^(app|machines|prisma)/', pathNot: tests },
      to: { path: '^tests/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-test-is-imported',
      severity: 'error',
      from: {},
      to: { path: tests },
    },
    {
      name: 'pages-are-imported-by-nobody',
      severity: 'error',
      from: { path: '^(app|machines|prisma)/', pathNot: ['^app/routes/', tests] },
      to: { path: '^app/routes/' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: { pathNot: generated },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'everything-resolves',
      severity: 'error',
      from: { pathNot: generated },
      to: { couldNotResolve: true },
    },
    {
      name: 'program-needs-no-dev-package',
      severity: 'error',
      from: { path: '^(app|machines|prisma)/', pathNot: [tests, generated] },
      to: {
        dependencyTypes: ['npm-dev'],
        dependencyTypesNot: ['type-only'],
        pathNot: '^node_modules/@types/',
      },
    },
  ],
  options: {
    doNotFollow: { path: '^(node_modules|app/generated|build)/' },
    exclude: { path: '^(build|test-results|\\.cache)/' },
    // Counts `import type`, which leaves no trace in the compiled code.
    tsPreCompilationDeps: true,
    detectProcessBuiltinModuleCalls: true,
    tsConfig: { fileName: 'tsconfig.json' },
    builtInModules: { add: ['node:sqlite'] },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
