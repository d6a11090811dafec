// The one write door: that there is no second one, and what a killed process leaves behind it.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { inRoot } from '../../app/cli/paths.ts';
import { openDatabase } from '../../app/db/clients.server.ts';
import { fixedClock } from '../../app/db/clock.ts';
import { verify } from '../../app/services/verify.server.ts';
import { size } from '../size.ts';

function sources(folder: string): string[] {
  return fs.readdirSync(inRoot(folder), { withFileTypes: true }).flatMap((entry) => {
    const name = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return name === 'app/generated' ? [] : sources(name);
    return /(?<!\.test)\.tsx?$/.test(name) ? [name] : [];
  });
}

const TABLES = 'Event|MachineSnapshot|Span|Title|StockChange|StockQuarter|FlowChange|StepDuration';
const SECOND_DOORS = [
  new RegExp(
    String.raw`\b(INSERT(\s+OR\s+\w+)?\s+INTO|REPLACE\s+INTO|UPDATE|DELETE\s+FROM)\s+["\x60]?(${TABLES})\b`,
    'i',
  ),
  /\.(event|machineSnapshot|span|title|stockChange|stockQuarter|flowChange|stepDuration)\s*\.\s*(create|update|upsert|delete)/,
  /UPDATE\s+["`]?Enterprise\b[^`']*\bSET\b[^`']*\bheadline\b\s*=/is,
];

test('nothing but the door writes events, snapshots, spans, titles, the roll-up and the headline tier', () => {
  const writing = ['app', 'machines', 'prisma']
    .flatMap(sources)
    .filter((file) => SECOND_DOORS.some((pattern) => pattern.test(fs.readFileSync(inRoot(file), 'utf8'))));
  expect(writing).toEqual(['app/services/door/rows.server.ts']);
});

test('nothing but the door and what belongs to it uses its statements', () => {
  const users = ['app', 'prisma']
    .flatMap(sources)
    .filter((file) =>
      /from '[^']*\/door\/(rows|keeper)\.server\.ts'/.test(fs.readFileSync(inRoot(file), 'utf8')),
    );
  const allowed = [
    'app/services/door.server.ts',
    'app/services/door/keeper.server.ts',
    // Books what is counted by park anew when a list states another park.
    'app/services/facts/flush.server.ts',
    'app/services/rebuild.server.ts',
    'app/services/sweep.server.ts',
  ];
  expect(users.filter((file) => !allowed.includes(file))).toEqual([]);
});

const clock = fixedClock('2026-05-06T02:00:00.000Z');

/** Lets the writer run for a while and kills it. @returns what it had acknowledged */
async function killed(file: string, from: number, after: number): Promise<[number, string][]> {
  const child = spawn(process.execPath, [path.resolve('tests/fixtures/door-writer.ts'), file, String(from)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  const started = new Promise<void>((resolve, reject) => {
    child.once('close', (code) => reject(new Error(`the writer ended with ${code}`)));
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      resolve();
    });
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  await started;
  await new Promise((resolve) => setTimeout(resolve, after));
  child.kill('SIGKILL');
  await ended;
  // A line cut off at the end was not acknowledged.
  const lines = output.slice(0, output.lastIndexOf('\n')).split('\n');
  return lines.map((line) => [Number(line.split(' ')[0]), line.split(' ')[1]!]);
}

test(
  'a process killed in the middle of transitions loses no acknowledged event and leaves none half done',
  { timeout: 600_000 },
  async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tidu-door-'));
    const file = path.join(folder, 'x.db');
    try {
      let from = 0;
      for (let round = 0; round < size(6, 100); round += 1) {
        const acknowledged = await killed(file, from, ((round * 37) % 13) * 11);
        from = acknowledged.at(-1)![0] + 2;
        const db = openDatabase(file, { mode: 'write' });
        try {
          const actors = new Set(db.raw.prepare('SELECT actor FROM Event').pluck().all());
          expect(acknowledged.filter(([n]) => !actors.has(`clerk ${n}`))).toEqual([]);
          expect(verify(db, clock).problems).toEqual([]);
        } finally {
          await db.close();
        }
      }
    } finally {
      fs.rmSync(folder, { recursive: true, force: true });
    }
  },
);
