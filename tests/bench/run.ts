// npm run bench -- [NAME…] [--json] [--size N] [--rounds N] [--keep FOLDER]
// Runs the comparisons of tests/bench/*.bench.ts. Results on standard output, progress on standard error.
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { meets, type Benchmark, type BenchmarkResult } from './benchmark.ts';

const say = (text: string) => void process.stderr.write(`${text}\n`);

async function discover(): Promise<Benchmark[]> {
  const folder = import.meta.dirname;
  const files = fs.readdirSync(folder).filter((name) => name.endsWith('.bench.ts'));
  const found: Benchmark[] = [];
  for (const file of files.sort()) {
    const module = (await import(pathToFileURL(path.join(folder, file)).href)) as { benchmarks: Benchmark[] };
    found.push(...module.benchmarks);
  }
  return found;
}

/** Four significant digits are more than a shared machine can repeat. */
const round = (value: number) => Number(value.toPrecision(4));

function line(benchmark: Benchmark, result: BenchmarkResult) {
  const { name, unit, goal } = benchmark;
  const { ours, reference, size, rounds } = result;
  const ratio = round(ours / reference);
  return { name, ours: round(ours), reference: round(reference), unit, ratio, goal, size, rounds };
}

const mark = { true: '达到', false: '未达到', null: '—' };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    size: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    keep: { type: 'string' },
  },
});
const all = await discover();
const unknown = positionals.filter((name) => !all.some((benchmark) => benchmark.name === name));
if (unknown.length > 0) {
  say(`没有这个比较：${unknown.join('、')}。现有：${all.map(({ name }) => name).join('、') || '（无）'}`);
  process.exitCode = 2;
} else {
  for (const benchmark of all) {
    if (positionals.length > 0 && !positionals.includes(benchmark.name)) continue;
    say(`${benchmark.name} …`);
    const { keep } = values;
    const options = {
      size: Number(values.size ?? benchmark.size ?? 100_000),
      rounds: Number(values.rounds),
      log: say,
      ...(keep && { keep }),
    };
    const result = line(benchmark, await benchmark.run(options));
    const verdict = mark[String(meets(result.goal, result.ratio)) as keyof typeof mark];
    const text = `${result.name}: ${result.ours} / ${result.reference} ${result.unit} = ${result.ratio} (${result.goal} ${verdict}; ${result.size}, ${result.rounds} rounds)`;
    process.stdout.write(`${values.json ? JSON.stringify(result) : text}\n`);
  }
}
