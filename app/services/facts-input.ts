/** Facts from a file, a pipe or a request: NDJSON, one JSON object, or an array of them. */
import readline from 'node:readline';
import { AppError } from '../db/errors.ts';

export type FactsText =
  | { readonly ok: true; readonly at: string; readonly json: unknown }
  | { readonly ok: false; readonly at: string; readonly reason: string };

/** Streams the objects; a line that is no JSON is handed on as a failure. @throws AppError `invalid` for no JSON at all */
export async function* readFactsText(stream: NodeJS.ReadableStream): AsyncGenerator<FactsText> {
  const reader = readline.createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY });
  const lines = reader[Symbol.asyncIterator]();
  const first = await nextFilled(lines);
  if (first === null) throw new AppError('invalid', '没有输入');
  const parsed = tryParse(first.text);
  if (parsed.ok && !Array.isArray(parsed.json)) {
    yield { ok: true, at: `第 ${first.number} 行`, json: parsed.json };
    yield* linesFrom(lines, first.number);
  } else yield* wholeText(first, lines);
}

interface Line {
  readonly text: string;
  readonly number: number;
}

async function nextFilled(lines: AsyncIterator<string>): Promise<Line | null> {
  for (let number = 1; ; number += 1) {
    const { value, done } = await lines.next();
    if (done) return null;
    const text = (value as string).replace(/^\ufeff/, '');
    if (text.trim() !== '') return { text, number };
  }
}

async function* linesFrom(lines: AsyncIterator<string>, after: number): AsyncGenerator<FactsText> {
  for (let number = after + 1; ; number += 1) {
    const { value, done } = await lines.next();
    if (done) return;
    if ((value as string).trim() !== '') yield lineResult(value as string, number);
  }
}

function lineResult(text: string, number: number): FactsText {
  const at = `第 ${number} 行`;
  const parsed = tryParse(text);
  return parsed.ok
    ? { ok: true, at, json: parsed.json }
    : { ok: false, at, reason: `不是有效的 JSON：${parsed.reason}` };
}

/** One document over several lines; or NDJSON whose first line is damaged. */
async function* wholeText(first: Line, lines: AsyncIterator<string>): AsyncGenerator<FactsText> {
  const all = [first.text];
  for (;;) {
    const { value, done } = await lines.next();
    if (done) break;
    all.push(value as string);
  }
  const parsed = tryParse(all.join('\n'));
  if (parsed.ok) {
    const list = Array.isArray(parsed.json) ? parsed.json : [parsed.json];
    for (const [i, json] of list.entries()) yield { ok: true, at: `第 ${i + 1} 个`, json };
    return;
  }
  if (!all.slice(1).some((text) => text.trim() !== '' && tryParse(text).ok)) {
    throw new AppError('invalid', `输入不是有效的 JSON：${parsed.reason}`);
  }
  for (const [i, text] of all.entries()) if (text.trim() !== '') yield lineResult(text, first.number + i);
}

function tryParse(text: string): { ok: true; json: unknown } | { ok: false; reason: string } {
  try {
    return { ok: true, json: JSON.parse(text) };
  } catch (error) {
    return { ok: false, reason: (error as Error).message };
  }
}
