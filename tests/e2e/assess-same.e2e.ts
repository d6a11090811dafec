// The same facts give the same verdict on the server, in the browser and on the command line, byte for byte. The
// browser runs the functions of the page's own bundle, as the page loaded them.
import { spawn } from 'node:child_process';
import fc from 'fast-check';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { inRoot } from '../../app/cli/paths.ts';
import { factsOf, NO_ANSWERS, type Answers } from '../../app/rules/ask/answers.ts';
import { parseFacts, type Facts } from '../../app/rules/facts/parse.ts';
import { SCHEMES } from '../../app/rules/index.ts';
import type { Verdict } from '../../app/rules/verdict.ts';
import { assessFacts, checkRequest } from '../../app/services/assess.server.ts';
import { anyFacts } from '../any-facts.ts';
import { size } from '../size.ts';
import { openSite } from './site.ts';

const ON = '2026-11-22';
const COUNT = size(100, 1000);
const LONG = size(120_000, 900_000);

const site = openSite();
/** Verdicts one JSON line each, in the order of the schemes. */
const lines = (verdicts: readonly Verdict[]): string[] => {
  const place = (id: string) => SCHEMES.findIndex((scheme) => scheme.id === id);
  return [...verdicts]
    .sort((a, b) => place(a.scheme) - place(b.scheme))
    .map((verdict) => JSON.stringify(verdict));
};

const onServer = (facts: Facts): string[] => {
  const request = checkRequest({ schemes: [], action: 'new', on: ON });
  return lines(assessFacts(facts, request).verdicts);
};

/** `tidu assess --in -` on the enterprises, one JSON object a line. */
function onCommandLine(input: string): Promise<string> {
  const args = [inRoot('app/cli/run.ts'), 'tidu', 'assess', '--in', '-', '--on', ON, '--json'];
  const child = spawn(process.execPath, args, { cwd: inRoot(), stdio: ['pipe', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stdin.end(input);
  return new Promise((resolve, reject) =>
    child.on('close', (code) =>
      code === 0 ? resolve(output) : reject(new Error(`tidu ended with ${code}`)),
    ),
  );
}

interface Own {
  assessWished: (facts: unknown, schemes: string[], on: string) => { verdicts: { verdict: Verdict }[] };
  factsOf: (answers: unknown) => Facts;
}

/** A text, for the test runner rewrites an import() that it sees. */
const FIND = `(async () => {
  const loaded = performance.getEntriesByType('resource').map(({ name }) => name)
    .filter((name) => /\\/assets\\/[^/]+\\.js$/.test(name) && !name.includes('manifest'));
  const modules = await Promise.all(loaded.map((name) => import(name)));
  const functions = modules.flatMap(Object.values).filter((of) => typeof of === 'function');
  const answers = { version: 1, schemes: [], division: '', given: { registeredOn: '2018-03-12' }, asked: [] };
  const works = (of, takes, args, key) => {
    try {
      return of.length === takes && of.constructor.name === 'Function' && of(...args)?.[key] !== undefined;
    } catch {
      return false;
    }
  };
  window.own = {
    assessWished: functions.find((of) => works(of, 4, [{ provenance: {}, flags: [] }, ['hnte'], '${ON}'], 'verdicts')),
    factsOf: functions.find((of) => works(of, 1, [answers], 'registeredOn')),
  };
  return Object.values(window.own).every(Boolean);
})()`;

/** Finds the functions among the modules that the page has loaded, by what they do, and keeps them at hand. */
async function findOwn(page: Page): Promise<void> {
  await page.goto('/assess/result');
  await page.waitForLoadState('networkidle');
  expect(await page.evaluate(FIND)).toBe(true);
}

const inBrowser = (page: Page, facts: readonly Facts[]): Promise<Verdict[][]> =>
  page.evaluate(
    ([text, on]) => {
      const { own } = window as unknown as { own: Own };
      const all = JSON.parse(text!) as unknown[];
      return all.map((one) => own.assessWished(one, [], on!).verdicts.map(({ verdict }) => verdict));
    },
    [JSON.stringify(facts), ON],
  );

test(
  `${COUNT} enterprises: one verdict on the server, in the browser and on the command line`,
  async () => {
    const inputs = fc
      .sample(anyFacts, { numRuns: COUNT, seed: 20261122 })
      .map((json) => JSON.stringify(json));
    const facts = inputs.map((text) => {
      const parsed = parseFacts(JSON.parse(text));
      if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
      return parsed.facts;
    });
    const server_ = facts.flatMap(onServer);
    expect(server_.length).toBeGreaterThan(COUNT * 5);

    const command = await onCommandLine(`${inputs.join('\n')}\n`);
    expect(command.trimEnd().split('\n')).toEqual(server_);

    const { page, problems, close } = await site.open();
    await findOwn(page);
    const found: string[] = [];
    for (let i = 0; i < facts.length; i += 50)
      for (const verdicts of await inBrowser(page, facts.slice(i, i + 50))) found.push(...lines(verdicts));
    expect(found).toEqual(server_);
    expect(problems).toEqual([]);
    await close();
  },
  LONG,
);

/** Answers to a handful of questions, readable and not. */
const anyAnswers = fc
  .record(
    {
      registeredOn: fc.constantFrom('2018-03-12', '2025-12-01', '很久以前'),
      industry: fc.constantFrom('3990', '6513', '软件'),
      restrictedProducts: fc.constantFrom('yes', 'no'),
      conduct: fc.constantFrom([], [{ kind: 'safety', severity: 'major', on: '2026-02-01' }]),
      titles: fc.constantFrom(
        null,
        [],
        [{ scheme: 'tsme', grantedOn: '2026-06-30', validUntil: '2026-12-31' }],
      ),
      'niche.marketShare': fc.constantFrom('12.5', '９.99', '101'),
      'years.2025.employees': fc.constantFrom('83', '８０.5', null),
      'years.2025.operatingRevenue': fc.integer({ min: 0, max: 9_999_999 }).map((n) => (n / 100).toFixed(2)),
      'years.2025.mainRevenue': fc.integer({ min: 0, max: 9_999_999 }).map((n) => (n / 100).toFixed(2)),
      'years.2025.rdExpense': fc.integer({ min: 0, max: 999_999 }).map((n) => (n / 100).toFixed(2)),
      intellectualProperty: fc.constantFrom([], [{ kind: 'invention', count: '2', obtainedBy: 'own' }]),
    },
    { requiredKeys: ['registeredOn', 'years.2025.operatingRevenue'] },
  )
  .map((given): Answers => ({ ...NO_ANSWERS, given: given as Answers['given'] }));

test(
  'answers become the same facts in the browser, and the page posted without scripts reads as the page with them',
  async () => {
    const samples = fc.sample(anyAnswers, { numRuns: size(100, 1000), seed: 7 });
    const { page, problems, close } = await site.open();
    await findOwn(page);
    const there = await page.evaluate((all) => {
      const { own } = window as unknown as { own: Own };
      return all.map((answers) => JSON.stringify(own.factsOf(answers)));
    }, samples);
    expect(there).toEqual(samples.map((answers) => JSON.stringify(factsOf(answers))));

    for (const answers of samples.slice(0, size(3, 30))) {
      const posted = await fetch(`${site.url}/assess/result`, {
        method: 'POST',
        headers: { origin: site.url, 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ state: JSON.stringify(answers) }),
      });
      const html = await posted.text();
      await page.evaluate((text) => localStorage.setItem('tidu.assess', text), JSON.stringify(answers));
      await page.goto('/assess/result');
      await page.locator('[id^="verdict-"]').first().waitFor();
      const [sent, shown] = await page.evaluate((text) => {
        const parsed = new DOMParser().parseFromString(text, 'text/html');
        const read = (of: Document) =>
          [...of.querySelectorAll('.assess-report, [id^="verdict-"]')].map((node) => node.textContent);
        return [read(parsed), read(document)];
      }, html);
      expect(shown!.length).toBeGreaterThan(5);
      expect(sent).toEqual(shown);
    }
    expect(problems).toEqual([]);
    await close();
  },
  LONG,
);
