import { inflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { companyJson, verdictOf } from '../../../tests/rules/company.ts';
import type { BriefData, PaperBasics } from '../../queries/papers.server.ts';
import type { Verdict } from '../../rules/verdict.ts';
import type { Paper, PaperBlock, PaperCell } from '../../services/documents/paper.ts';
import { wordOf } from '../../services/documents/paper-word.ts';
import { batchPaper } from './batch-paper.ts';
import { briefPaper } from './brief-paper.ts';
import { nominationPaper } from './nomination-paper.ts';

const basics: PaperBasics = {
  name: '样例科技有限公司',
  uscc: '91110108MA001007X3',
  registeredOn: '2016-03-12',
  park: '一园',
  place: '北京',
  industry: '3913',
  section: '制造业',
  techField: '1.1',
  listingStatus: 'unlisted',
  formerNames: [],
  titles: [],
  years: [],
  stewards: ['王某'],
};

function short(rdShare: number): Verdict {
  const json = companyJson();
  for (const year of ['2024', '2025']) {
    const figures = json.years![year] as Record<string, number>;
    figures.rdExpense = figures.rdExpenseDomestic = figures.operatingRevenue! * rdShare;
  }
  return verdictOf(json, 'giant@2026');
}

const textOf = (cell: string | PaperCell) => (typeof cell === 'string' ? cell : cell.text);
const tables = ({ blocks }: Paper) =>
  blocks.filter((b): b is Extract<PaperBlock, { kind: 'table' }> => b.kind === 'table');
const words = (paper: Paper) =>
  paper.blocks
    .map((block) => (block.kind === 'table' ? block.rows.flat().map(textOf).join(' ') : block.text))
    .join('\n');

/** Parts of a zip by name, read with nothing but what Node has. */
function unzip(file: Buffer): Map<string, string> {
  const parts = new Map<string, string>();
  let at = file.indexOf(Buffer.from('PK\u0001\u0002', 'latin1'));
  while (at >= 0 && file.readUInt32LE(at) === 0x02014b50) {
    const [packed, nameLength] = [file.readUInt32LE(at + 20), file.readUInt16LE(at + 28)];
    const name = file.toString('utf8', at + 46, at + 46 + nameLength);
    const local = file.readUInt32LE(at + 42);
    const start = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28);
    const data = file.subarray(start, start + packed);
    parts.set(name, (file.readUInt16LE(at + 10) === 0 ? data : inflateRawSync(data)).toString('utf8'));
    at += 46 + nameLength + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32);
  }
  return parts;
}

describe('推荐表', () => {
  test('every condition of the verdict has its row, with threshold, own value, gap and article', () => {
    const verdict = short(0.02);
    const paper = nominationPaper({ basics, schemeName: '小巨人', verdict, reason: null }, '2026-05-06');
    const table = tables(paper).find(({ caption }) => caption === '逐项核对')!;
    expect(table.rows).toHaveLength(verdict.conditions.length);
    const at = verdict.conditions.findIndex(({ id }) => id === 'rd-total');
    const row = table.rows[at]!.map(textOf);
    // 2 % of 10,000 and 13,000 万元 is 460 万元; 1,200 are asked for.
    expect(row.slice(1, 5)).toEqual([
      verdict.conditions[at]!.label,
      '≥ 1,200 万元',
      '460.00 万元，差 740 万元',
      '未达到',
    ]);
    expect(row[5]).toContain('工信部企业〔2026〕2号');
    expect(words(paper)).toContain('不符合（');
    expect(words(paper)).toContain('以主管部门认定为准');
  });

  test('where no rule applies it says why instead', () => {
    const paper = nominationPaper(
      { basics, schemeName: '瞪羚', verdict: null, reason: '当地没有规则' },
      '2026-05-06',
    );
    expect(words(paper)).toContain('未作判定：当地没有规则');
    expect(tables(paper).some(({ caption }) => caption === '逐项核对')).toBe(false);
  });
});

describe('一企一页', () => {
  const note = (i: number) =>
    ({
      id: i,
      onDay: '2026-05-01',
      kindLabel: '走访',
      note: '长'.repeat(400),
      by: '王某',
      nextOn: '2026-05-10',
      nextAction: '办'.repeat(120),
      daysLeft: i - 2,
    }) as unknown as BriefData['contacts'][number];
  const data = (verdicts: Verdict[]): BriefData => ({
    basics,
    stays: [],
    verdicts: verdicts.map((verdict) => ({ label: verdict.scheme, verdict })),
    contacts: Array.from({ length: 9 }, (_, i) => note(i)),
    promises: Array.from({ length: 9 }, (_, i) => note(i)),
  });

  test('the smallest gap is named, and what is left out is counted', () => {
    const paper = briefPaper(data([short(0.04)]), '2026-05-06');
    const gaps = tables(paper).find(({ caption }) => caption === '最小的三个差距')!;
    expect(gaps.rows.map((row) => row.map(textOf).at(-1))).toEqual(['280 万元']);
    const promises = tables(paper).find(({ caption }) => caption === '未了结的约定')!;
    expect(promises.rows.at(-1)!.map(textOf)).toEqual(['另有 6 项']);
    expect(promises.rows[0]!.map(textOf).at(-1)).toBe('逾期 2 天');
    expect(promises.rows[2]!.map(textOf).at(-1)).toBe('今天');
    // Nothing runs on for ever.
    expect(
      Math.max(...tables(paper).flatMap(({ rows }) => rows.flat().map((c) => textOf(c).length))),
    ).toBeLessThan(120);
  });
});

describe('the table of a batch', () => {
  test('counts what stands in it, and each row is of its own verdict', () => {
    const [near, met] = [short(0.04), short(0.1)];
    const row = (name: string, verdict: Verdict) => ({
      name,
      uscc: basics.uscc,
      park: null,
      rank: 1,
      stateLabel: '在列',
      reasonLabel: null,
      verdict,
    });
    const paper = batchPaper(
      {
        title: '2026 年第一批',
        schemeName: '小巨人',
        applicationOn: '2026-05-06',
        rows: [row('甲', near), row('乙', met)],
      },
      '2026-05-06',
    );
    const [table] = tables(paper);
    expect(table!.rows.map((cells) => textOf(cells[1]!))).toEqual(['甲', '乙']);
    expect(textOf(table!.rows[0]![5]!)).toContain('差 280 万元');
    expect(words(paper)).toContain('共 2 家');
  });
});

describe('Word', () => {
  test('every run names its East Asian font, heads repeat, pages are numbered, A4', async () => {
    const verdict = short(0.02);
    const paper = nominationPaper({ basics, schemeName: '小巨人', verdict, reason: null }, '2026-05-06');
    const parts = unzip(await wordOf([paper, paper]));
    const document = parts.get('word/document.xml')!;
    const runs = document.match(/<w:r>.*?<\/w:r>/gs) ?? [];
    expect(runs.length).toBeGreaterThan(100);
    expect(runs.filter((run) => /<w:t[ >]/.test(run) && !/w:eastAsia="/.test(run))).toEqual([]);
    expect(document.match(/<w:tblHeader\/>/g)?.length).toBe(2);
    expect(document.match(/<w:pageBreakBefore\/>/g)?.length).toBe(1);
    expect(document).toMatch(/<w:pgSz w:w="11906" w:h="16838"/);
    expect([...parts.values()].some((part) => /<w:instrText[^>]*>PAGE/.test(part))).toBe(true);
  });

  test('a paper across lies on its side', async () => {
    const parts = unzip(await wordOf([{ title: '表', blocks: [] }], { landscape: true }));
    expect(parts.get('word/document.xml')).toMatch(/<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/);
  });
});
