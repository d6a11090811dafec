/** A keystroke in the self-assessment that changes a figure, against one on the same page that changes none. */
import type { Page } from 'playwright-core';
import { openBrowser, openPage, startServer, temporaryDatabase } from '../e2e/harness.ts';
import { median, type Benchmark, type BenchmarkOptions } from './benchmark.ts';

const YEAR = new Date().getFullYear() - 1;

/** Everything that one can answer, so that every rule has something to judge. */
const answers = () => {
  const years = [0, 1, 2].flatMap((back) =>
    Object.entries({
      operatingRevenue: 9217 - back * 700,
      mainRevenue: 9091 - back * 700,
      rdExpense: 703 - back * 50,
      rdExpenseDomestic: 690 - back * 50,
      totalAssets: 8371 - back * 300,
      totalLiabilities: 2173,
      employees: 83,
      techStaff: 30,
      hiTechIncome: 8000,
      totalIncome: 9300,
      costAndExpenses: 7000,
      netProfit: 800,
    }).map(([key, value]) => [`years.${YEAR - back}.${key}`, String(value)]),
  );
  const given = {
    registeredOn: '2014-03-12',
    legalPerson: 'yes',
    residentEnterprise: 'yes',
    restrictedProducts: 'no',
    industry: '3990',
    techField: '1',
    conduct: [],
    titles: [{ scheme: 'srdi', grantedOn: `${YEAR - 1}-06-30`, validUntil: `${YEAR + 2}-06-29` }],
    awards: [],
    standards: [],
    financing: [],
    rdInstitutions: [],
    'niche.since': '2015-01-01',
    'niche.marketShare': '15',
    'niche.wellKnown': 'yes',
    'niche.keyField': 'yes',
    intellectualProperty: [
      {
        kind: 'invention',
        count: '6',
        grantedOn: '2020-01-01',
        obtainedBy: 'own',
        rightHolderRank: '1',
        relatedToMainProduct: 'yes',
        applied: 'yes',
      },
    ],
    ...Object.fromEntries(years),
  };
  return { version: 1, schemes: [], division: '', given, asked: [], thorough: true };
};

/** Milliseconds from each keystroke until the page has been rendered and laid out anew. */
const typed = (page: Page, texts: readonly string[]): Promise<number[]> =>
  page.evaluate(
    async ([id, values]) => {
      const input = document.getElementById(id) as HTMLInputElement;
      const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!.set!;
      const times: number[] = [];
      for (const value of values) {
        const start = performance.now();
        set.call(input, value);
        input.dispatchEvent(new Event('input', { bubbles: true }));
        await Promise.resolve();
        void document.body.offsetHeight;
        times.push(performance.now() - start);
        await new Promise((done) => setTimeout(done, 5));
      }
      return times;
    },
    [`years.${YEAR}.operatingRevenue`, texts] as const,
  );

/** Rounds of keystrokes; more of them tell no more. */
const MOST = 400;

async function keystroke({ size, rounds, log }: BenchmarkOptions) {
  const strokes = Math.min(MOST, Math.max(20, Math.round(size / 250)));
  const database = temporaryDatabase();
  const server = await startServer(database.file);
  const browser = await openBrowser();
  try {
    const { page, close } = await openPage(browser, server);
    await page.goto('/assess');
    await page.evaluate((text) => localStorage.setItem('tidu.assess', text), JSON.stringify(answers()));
    await page.goto('/assess/what-if');
    await page.locator(`[id="years.${YEAR}.operatingRevenue"]`).waitFor();
    // Figures around the lines of the rules, and the same figure with more or fewer blanks behind it.
    const figures = Array.from({ length: strokes }, (_, i) => String(1000 + ((i * 7919) % 30_000)));
    const blanks = Array.from({ length: strokes }, (_, i) => `9217${' '.repeat(1 + (i % 5))}`);
    await typed(page, [...figures.slice(0, 50), ...blanks.slice(0, 50)]);
    const [ours, reference]: [number[], number[]] = [[], []];
    for (let round = 0; round < rounds; round += 1) {
      ours.push(median(await typed(page, figures)));
      reference.push(median((await typed(page, blanks)).slice(1)));
      log(`re-evaluation ${ours.at(-1)!.toFixed(2)} ms, empty update ${reference.at(-1)!.toFixed(2)} ms`);
    }
    await close();
    const shown = `${strokes} keystrokes a round, all titles, every figure known`;
    return { ours: median(ours), reference: median(reference), size: shown, rounds };
  } finally {
    await browser.close();
    await server.stop();
    database.remove();
  }
}

export const benchmarks: Benchmark[] = [
  { name: 'assess.keystroke', unit: 'ms', goal: '<=2', run: keystroke },
];
