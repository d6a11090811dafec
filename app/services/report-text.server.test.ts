import { deflateRawSync } from 'node:zlib';
import { Document, Packer, Paragraph, Table, TableCell, TableRow, TextRun } from 'docx';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { expect, test } from 'vitest';
import { isAppError } from '../db/errors.ts';
import { MOST_CHARACTERS, reportText } from './report-text.server.ts';

const TEXT = '高企总数达到580家，同比增长12.4%。';

test.each([
  ['UTF-8', Buffer.from(TEXT)],
  ['UTF-8 with a mark', Buffer.from(`\ufeff${TEXT}`)],
  ['GB18030', iconv.encode(TEXT, 'gb18030')],
  ['UTF-16, low byte first', iconv.encode(TEXT, 'utf16le', { addBOM: true })],
  ['UTF-16, high byte first', iconv.encode(TEXT, 'utf16be', { addBOM: true })],
])('plain text in %s', (_, bytes) => {
  expect(reportText('总结.txt', bytes)).toBe(TEXT);
});

test('a Word document: paragraphs, runs that part a number, cells of a table, signs of XML', async () => {
  const cell = (text: string) => new TableCell({ children: [new Paragraph(text)] });
  const document = new Document({
    sections: [
      {
        children: [
          new Paragraph({
            children: [new TextRun('高企总数达到5'), new TextRun({ text: '80家', bold: true })],
          }),
          new Paragraph('研发 & 投入 <9.5亿元> "提高"'),
          new Table({ rows: [new TableRow({ children: [cell('高企'), cell('580')] })] }),
        ],
      },
    ],
  });
  const bytes = await Packer.toBuffer(document);
  expect(reportText('总结.DOCX', bytes)).toBe(
    '高企总数达到580家\n\n研发 & 投入 <9.5亿元> "提高"\n\n高企\n\n580',
  );
});

/** An archive with one file, by hand. */
function zipOf(name: string, content: Buffer): Buffer {
  const packed = deflateRawSync(content);
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(name.length, 26);
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(8, 10);
  entry.writeUInt32LE(packed.length, 20);
  entry.writeUInt16LE(name.length, 28);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(30 + name.length + packed.length, 16);
  return Buffer.concat([local, Buffer.from(name), packed, entry, Buffer.from(name), end]);
}

test('what was deleted under review is not read', () => {
  const xml =
    '<w:p><w:del><w:r><w:delText>500家</w:delText></w:r></w:del><w:r><w:t>580家&#x3002;</w:t></w:r></w:p>';
  expect(reportText('a.docx', zipOf('word/document.xml', Buffer.from(xml)))).toBe('580家。');
});

const refusal = (name: string, bytes: Uint8Array): string => {
  try {
    return reportText(name, bytes);
  } catch (error) {
    if (!isAppError(error)) throw error;
    return error.userMessage;
  }
};

test.each([
  ['an empty file', 'a.txt', Buffer.from(' \n'), '没有文字'],
  ['an old Word file', 'a.doc', Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), '另存为 docx'],
  ['a picture of a document', 'a.pdf', Buffer.from('%PDF-1.4'), '另存为 docx'],
  [
    'a workbook under another name',
    'a.docx',
    zipOf('xl/workbook.xml', Buffer.from('<x/>')),
    '不是可读的 Word 文档',
  ],
  ['a bomb', 'a.docx', zipOf('word/document.xml', Buffer.alloc(70_000_000, 'x')), '不是可读的 Word 文档'],
])('%s is refused in words', (_, name, bytes, words) => {
  expect(refusal(name, bytes)).toContain(words);
});

test('a text is taken up to its limit, and not beyond', () => {
  expect(reportText('a.txt', Buffer.from('x'.repeat(MOST_CHARACTERS)))).toHaveLength(MOST_CHARACTERS);
  expect(refusal('a.txt', Buffer.from('x'.repeat(MOST_CHARACTERS + 1)))).toContain('分段核验');
});

test('a damaged archive is refused, never a crash', () => {
  const sound = zipOf('word/document.xml', Buffer.from('<w:p><w:t>580家</w:t></w:p>'));
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(sound.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 }),
      (changes) => {
        const damaged = Buffer.from(sound);
        for (const [at, byte] of changes) if (at > 1) damaged[at] = byte;
        expect(typeof refusal('a.docx', damaged)).toBe('string');
      },
    ),
  );
});
