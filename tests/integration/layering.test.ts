// The layering gate is worth nothing if its rules match nothing: each case plants one forbidden import in a tree of
// its own and expects the rule that is named after it.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { afterAll, expect, test } from 'vitest';
import config from '../../.dependency-cruiser.mjs';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tidu-layering-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const cases = [
  { from: 'app/rules/a.ts', to: 'app/pipeline/b.ts', rule: 'rules-import-zod-only' },
  { from: 'app/rules/a.ts', to: 'machines/b.ts', rule: 'rules-import-zod-only' },
  { from: 'app/rules/a.ts', to: 'node:fs', rule: 'rules-import-zod-only' },
  { from: 'app/rules/a.ts', to: 'app/env.server.ts', rule: 'rules-import-zod-only' },
  { from: 'machines/a.ts', to: 'app/db/b.ts', rule: 'machines-import-xstate' },
  { from: 'machines/a.ts', to: 'app/rules/b.ts', rule: 'machines-import-xstate-types-only' },
  { from: 'app/pipeline/a.ts', to: 'app/services/b.server.ts', rule: 'pipeline-is-pure' },
  { from: 'app/pipeline/a.ts', to: 'app/rules/b.ts', rule: 'pipeline-is-pure-types-only' },
  { from: 'app/integrations/a.ts', to: 'app/rules/b.ts', rule: 'integrations-know-nothing-of-ours' },
  { from: 'app/db/a.ts', to: 'app/services/b.server.ts', rule: 'db-knows-no-domain' },
  { from: 'app/services/a.server.ts', to: 'app/queries/b.server.ts', rule: 'services' },
  { from: 'app/services/a.server.ts', to: 'app/routes/b.tsx', rule: 'services' },
  { from: 'app/services/a.server.ts', to: 'app/generated/b.ts', rule: 'services-types-only' },
  { from: 'app/queries/a.server.ts', to: 'app/services/b.server.ts', rule: 'queries' },
  { from: 'app/components/a.tsx', to: 'app/services/b.server.ts', rule: 'components-types-only' },
  { from: 'app/components/a.tsx', to: 'app/pipeline/b.ts', rule: 'components-types-only' },
  { from: 'app/components/a.tsx', to: 'app/db/b.ts', rule: 'components' },
  { from: 'app/routes/a.tsx', to: 'app/db/b.ts', rule: 'routes' },
  { from: 'app/routes/a.tsx', to: 'machines/b.ts', rule: 'routes' },
  { from: 'app/root.tsx', to: 'app/db/b.ts', rule: 'shell' },
  { from: 'app/cli/a.ts', to: 'app/db/b.ts', rule: 'cli' },
  { from: 'app/cli/a.ts', to: 'app/components/b.tsx', rule: 'cli-runs-without-jsx' },
  { from: 'prisma/demo.ts', to: 'app/db/b.ts', rule: 'demo-loader' },
  { from: 'app/rules/a.ts', to: 'tests/size.ts', rule: 'nothing-imports-tests' },
  { from: 'app/services/a.server.ts', to: 'app/routes/b.tsx', rule: 'pages-are-imported-by-nobody' },
];

/** Names of the rules that a tree of these files breaks. */
async function brokenRules(files: Record<string, string>): Promise<string[]> {
  const base = fs.mkdtempSync(path.join(folder, 'case-'));
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(base, name)), { recursive: true });
    fs.writeFileSync(path.join(base, name), text);
  }
  const { tsConfig: _unused, ...options } = config.options;
  const { output } = await cruise(['.'], {
    ...options,
    baseDir: base,
    validate: true,
    ruleSet: config,
  } as never);
  return (output as ICruiseResult).summary.violations.map((violation) => violation.rule.name);
}

const specifier = (from: string, to: string) => {
  if (to.startsWith('node:')) return to;
  const relative = path.posix.relative(path.posix.dirname(from), to);
  return relative.startsWith('.') ? relative : `./${relative}`;
};

/** A value import with its target. */
const tree = (from: string, to: string, keyword = 'import') => ({
  [from]: `${keyword} { b } from '${specifier(from, to)}';\nexport const a = b;\n`,
  ...(to.startsWith('node:') ? {} : { [to]: 'export const b = 1;\n' }),
});

test.each(cases)('$from must not import $to ($rule)', async ({ from, to, rule }) => {
  expect(await brokenRules(tree(from, to))).toContain(rule);
});

test.each([
  { from: 'app/rules/a.ts', to: 'app/rules/engine/b.ts' },
  { from: 'app/services/a.server.ts', to: 'app/db/b.ts' },
  { from: 'app/services/a.server.ts', to: 'machines/b.ts' },
  { from: 'app/services/a.server.ts', to: 'node:fs' },
  { from: 'app/queries/a.server.ts', to: 'app/pipeline/b.ts' },
  { from: 'app/routes/a.tsx', to: 'app/services/b.server.ts' },
  { from: 'app/components/a.tsx', to: 'app/rules/b.ts' },
  { from: 'app/cli/a.ts', to: 'app/queries/b.server.ts' },
  { from: 'app/rules/a.test.ts', to: 'tests/size.ts' },
])('$from may import $to', async ({ from, to }) => {
  expect(await brokenRules(tree(from, to))).toEqual([]);
});

test.each([
  { from: 'machines/a.ts', to: 'app/rules/b.ts' },
  { from: 'app/pipeline/a.ts', to: 'app/rules/b.ts' },
  { from: 'app/components/a.tsx', to: 'app/pipeline/b.ts' },
])('$from may import types of $to', async ({ from, to }) => {
  const files = {
    [from]: `import type { B } from '${specifier(from, to)}';\nexport const a: B = 1;\n`,
    [to]: 'export type B = number;\n',
  };
  expect(await brokenRules(files)).toEqual([]);
});
