/** The text of a report handed in as a file: plain text in any usual encoding, or a Word document. */
import { inflateRawSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { AppError } from '../db/errors.ts';

/** Characters of a text that is checked at most; a long yearly report has some twenty thousand. */
export const MOST_CHARACTERS = 200_000;
const MOST_BYTES = 20_000_000;
/** An unpacked document.xml may be this large at most, whatever the archive claims. */
const MOST_XML = 60_000_000;

const invalid = (message: string) => new AppError('invalid', message);

function decoded(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes);
  if (buffer[0] === 0xff && buffer[1] === 0xfe) return iconv.decode(buffer, 'utf16le', { stripBOM: true });
  if (buffer[0] === 0xfe && buffer[1] === 0xff) return iconv.decode(buffer, 'utf16be', { stripBOM: true });
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return iconv.decode(buffer, 'gb18030');
  }
}

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;

/** One file out of a zip archive, by the archive's directory at its end; null where it is not there. */
function unzipped(zip: Buffer, wanted: string): Buffer | null {
  let end = zip.length - 22;
  while (end >= 0 && zip.readUInt32LE(end) !== END_OF_DIRECTORY) end -= 1;
  if (end < 0) return null;
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (zip.readUInt32LE(at) !== DIRECTORY_ENTRY) return null;
    const [nameLength, extra, comment] = [28, 30, 32].map((offset) => zip.readUInt16LE(at + offset));
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength!);
    if (name === wanted) return contentAt(zip, at);
    at += 46 + nameLength! + extra! + comment!;
  }
  return null;
}

function contentAt(zip: Buffer, entry: number): Buffer {
  const method = zip.readUInt16LE(entry + 10);
  const size = zip.readUInt32LE(entry + 20);
  const local = zip.readUInt32LE(entry + 42);
  const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
  const packed = zip.subarray(start, start + size);
  return method === 0 ? packed : inflateRawSync(packed, { maxOutputLength: MOST_XML });
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

const plain = (xml: string): string =>
  xml.replace(
    /&(?:#x([0-9a-fA-F]+)|#(\d+)|(\w+));/g,
    (all, hex?: string, decimal?: string, name?: string) => {
      if (name) return ENTITIES[name] ?? all;
      const code = hex ? Number.parseInt(hex, 16) : Number(decimal);
      return code <= 0x10ffff ? String.fromCodePoint(code) : '';
    },
  );

/** The running text of a document.xml: a blank line after each paragraph; what was deleted under review is not there. */
function documentText(xml: string): string {
  const pieces: string[] = [];
  for (const { 0: all, 1: text } of xml.matchAll(
    /<w:t(?:\s[^>]*)?>([^<]*)<\/w:t>|<w:tab\/>|<w:(?:br|cr)\/>|<\/w:p>/g,
  )) {
    if (text !== undefined) pieces.push(plain(text));
    else pieces.push(all === '<w:tab/>' ? ' ' : all === '</w:p>' ? '\n\n' : '\n');
  }
  return pieces
    .join('')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

function wordText(bytes: Uint8Array): string {
  let xml: Buffer | null;
  try {
    xml = unzipped(Buffer.from(bytes), 'word/document.xml');
  } catch {
    xml = null;
  }
  if (!xml) throw invalid('这个文件不是可读的 Word 文档（docx），请用 Word 或 WPS 重新保存后再试');
  return documentText(xml.toString('utf8'));
}

/**
 * The text of a file.
 * @param name as the visitor has it; only its ending counts
 * @throws AppError `invalid` for other kinds of file, damaged, empty or too long ones
 */
export function reportText(name: string, bytes: Uint8Array): string {
  const ending = /\.[^./\\]*$/.exec(name.toLowerCase())?.[0] ?? '';
  if (bytes.byteLength > MOST_BYTES) throw invalid('文件超过 20 MB');
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b;
  if (!isZip && !['', '.txt', '.md', '.text'].includes(ending)) {
    throw invalid(`不能读取“${ending}”文件，请用 docx 或 txt；doc、wps、pdf 请先另存为 docx`);
  }
  return checkedText(isZip ? wordText(bytes) : decoded(bytes));
}

/** A text that may be checked. @throws AppError `invalid` when it is empty or too long */
export function checkedText(text: string): string {
  if (text.trim() === '') throw invalid('没有文字');
  if (text.length > MOST_CHARACTERS) throw invalid(`文字超过 ${MOST_CHARACTERS / 10_000} 万字，请分段核验`);
  return text;
}
