/** Separated text as tables: the encoding and the separator are recognised, rows are streamed. */
import fs from 'node:fs';
import type { Readable, Transform } from 'node:stream';
import { parse } from 'csv-parse';
import iconv from 'iconv-lite';
import type { Cell } from './cells.ts';

export type Encoding = 'utf8' | 'gb18030' | 'utf16le';

export interface TextShape {
  readonly encoding: Encoding;
  /** Line ends in the file; rows at most. */
  readonly lines: number;
}

/** Reads the whole file once, in pieces: UTF-8 where every byte fits, GB18030 otherwise; and counts the lines. */
export async function examineText(file: string): Promise<TextShape> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let encoding: Encoding = 'utf8';
  let lines = 0;
  let last = 10;
  let first = true;
  for await (const piece of fs.createReadStream(file, { highWaterMark: 1 << 20 })) {
    const bytes = piece as Buffer;
    if (first && bytes[0] === 0xff && bytes[1] === 0xfe) encoding = 'utf16le';
    first = false;
    for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) lines += 1;
    last = bytes.at(-1) ?? last;
    if (encoding === 'utf8' && !fits(decoder, bytes, true)) encoding = 'gb18030';
  }
  if (encoding === 'utf8' && !fits(decoder, new Uint8Array(0), false)) encoding = 'gb18030';
  return { encoding, lines: last === 10 ? lines : lines + 1 };
}

function fits(decoder: TextDecoder, bytes: Uint8Array, stream: boolean): boolean {
  try {
    decoder.decode(bytes, { stream });
    return true;
  } catch {
    return false;
  }
}

/** The file as text, without a byte order mark. */
export function decodeFile(file: string, encoding: Encoding): Readable {
  return fs
    .createReadStream(file)
    .pipe(iconv.decodeStream(encoding, { stripBOM: true }) as unknown as Transform);
}

/** The separator that the first lines have most of. */
export function guessSeparator(head: string): string {
  const bare = head.replace(/"[^"]*"/g, '');
  const counted = [',', '\t', ';', '|'].map((separator) => ({
    separator,
    count: bare.split(separator).length - 1,
  }));
  return counted.reduce((best, next) => (next.count > best.count ? next : best)).separator;
}

async function firstLines(file: string, encoding: Encoding): Promise<string> {
  let text = '';
  const source = decodeFile(file, encoding);
  for await (const piece of source) {
    text += String(piece);
    if (text.length > 4096) break;
  }
  source.destroy();
  return text.slice(0, 4096).split('\n').slice(0, 3).join('\n');
}

/** Rows with the line on which each begins. Blank lines are rows, too: they are reported as empty. */
export async function* readTextRows(
  file: string,
  encoding: Encoding,
): AsyncGenerator<{ line: number; cells: Cell[] }> {
  const source = decodeFile(file, encoding);
  const parser = parse({
    delimiter: guessSeparator(await firstLines(file, encoding)),
    relax_column_count: true,
    // A quote inside an unquoted cell is an ordinary character in tables written by hand.
    relax_quotes: true,
    skip_empty_lines: false,
    bom: true,
  });
  source.on('error', (error) => parser.destroy(error));
  source.pipe(parser);
  let line = 0;
  for await (const record of parser as AsyncIterable<string[]>) {
    line += 1;
    yield { line, cells: record.map((cell) => (cell === '' ? null : cell)) };
  }
}
