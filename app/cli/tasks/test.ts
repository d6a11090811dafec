import { deadCode, format, layering, lint, pages, types, type Gate } from './gates.ts';
import { runSuites, type Summary } from './suites.ts';

const print = (text: string) => void process.stdout.write(`${text}\n`);

const heading = (title: string) => print(`\n== ${title} ==`);

const seconds = (since: number) => `${((performance.now() - since) / 1000).toFixed(1)} 秒`;

/** Runs a gate as a suite of one; its output comes in one piece under its heading. */
async function runGate(gate: Gate): Promise<Summary> {
  const started = performance.now();
  const { code, output } = await gate.run('capture');
  const held = code === 0;
  heading(gate.title);
  if (output.trim() !== '') print(output.trimEnd());
  print(`${held ? '通过' : '未通过'}，${seconds(started)}`);
  return { passed: Number(held), failed: Number(!held), skipped: [] };
}

/** Runs gates two at a time, the next as soon as one has ended: most of them keep no more than one core busy. */
async function runGates(gates: readonly Gate[]): Promise<Summary[]> {
  const waiting = [...gates];
  const parts: Summary[] = [];
  const lane = async () => {
    for (let gate = waiting.shift(); gate; gate = waiting.shift()) parts.push(await runGate(gate));
  };
  await Promise.all([lane(), lane()]);
  return parts;
}

async function runTests(title: string, projects: string[], env: NodeJS.ProcessEnv): Promise<Summary> {
  heading(title);
  return runSuites(
    projects.flatMap((name) => ['--project', name]),
    env,
  );
}

/** The last line of a run: `N passed, N failed`, and `, N skipped` when there are any. */
export function totalLine(parts: Summary[]): string {
  const sum = (count: (part: Summary) => number) => parts.reduce((total, part) => total + count(part), 0);
  const skipped = sum((part) => part.skipped.length);
  const line = `${sum((part) => part.passed)} passed, ${sum((part) => part.failed)} failed`;
  return skipped > 0 ? `${line}, ${skipped} skipped` : line;
}

function printSkipped(parts: Summary[]): void {
  const reasons = Map.groupBy(
    parts.flatMap((part) => part.skipped),
    ({ reason }) => reason,
  );
  if (reasons.size > 0) heading('跳过');
  for (const [reason, tests] of reasons) print(`${tests.length} 项：${reason}（如 ${tests[0]?.name}）`);
}

/**
 * The whole suite: gates first, then unit and integration tests, then the browser.
 * @param args `--long` runs the long tests in their full size
 * @returns 0 only when nothing failed
 */
export async function test(args: string[]): Promise<number> {
  const started = performance.now();
  const env = args.includes('--long') ? { ...process.env, TIDU_LONG: '1' } : process.env;
  // The longest first.
  const parts = await runGates([types, pages, format, layering, deadCode, lint]);
  parts.push(await runTests('单元与集成测试', ['node', 'dom'], env));
  parts.push(await runTests('浏览器测试', ['e2e'], env));
  printSkipped(parts);
  print(`\n总用时 ${seconds(started)}`);
  print(totalLine(parts));
  return parts.some((part) => part.failed > 0) ? 1 : 0;
}
