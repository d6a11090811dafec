/**
 * The tables of a review as sheets of plain cells: what Word, the workbook, the slides and the CSV are made of, so that
 * all of them print the same. Pure.
 */
import type { Figure, MovementSheet, ReviewTables } from './tables.ts';

export type SheetCell = string | Figure;

export interface SheetColumn {
  readonly label: string;
  /** Figures; words where false. */
  readonly num: boolean;
  /** Holds sentences. */
  readonly wide?: boolean;
}

/** Part of a page's width that a column takes, beside those of the others. */
export const columnShare = ({ wide }: SheetColumn, index: number): number => (wide ? 4 : index === 0 ? 2 : 1);

/** A cell by row and column, from 0; the head is not counted. */
export type Place = readonly [row: number, column: number];

/** How a figure follows from others of its sheet: a spreadsheet computes it anew. */
export type Formula =
  | { readonly kind: 'ratio'; readonly part: Place; readonly whole: Place }
  | { readonly kind: 'change'; readonly now: Place; readonly before: Place }
  | { readonly kind: 'signed'; readonly terms: readonly { readonly at: Place; readonly sign: number }[] }
  | { readonly kind: 'sum'; readonly from: Place; readonly to: Place };

/** A picture of a sheet's figures. */
export interface SheetChart {
  /** The question that it answers. */
  readonly title: string;
  readonly unit: string;
  readonly categories: readonly string[];
  readonly series: readonly { readonly name: string; readonly values: readonly number[] }[];
}

export interface ReviewSheet {
  readonly id: string;
  readonly title: string;
  readonly columns: readonly SheetColumn[];
  readonly rows: readonly (readonly SheetCell[])[];
  /** Rows that add up the others. */
  readonly totals: readonly number[];
  /** By `row:column`. */
  readonly formulas: Readonly<Record<string, Formula>>;
  readonly chart: SheetChart | null;
}

export const isFigure = (cell: SheetCell | undefined): cell is Figure => typeof cell === 'object';

const words = (label: string): SheetColumn => ({ label, num: false });
const figures = (label: string): SheetColumn => ({ label, num: true });

const at = (rows: ReviewSheet['rows'], [row, column]: Place): Figure | null => {
  const cell = rows[row]?.[column];
  return isFigure(cell) ? cell : null;
};

/** True where a fraction printed in one cell is that of two others: only then is it written as a formula of them. */
function isRatio(figure: Figure | null, part: Figure | null, whole: Figure | null): boolean {
  if (figure?.value == null || !figure.over || part?.value == null || !whole?.value) return false;
  if (part.over !== undefined || whole.over !== undefined) return false;
  // Counts are small: the products are exact.
  return figure.value * whole.value === figure.over * part.value;
}

function isChange(figure: Figure | null, now: Figure | null, before: Figure | null): boolean {
  if (figure?.value == null || !figure.over || now?.value == null || !before?.value) return false;
  if (now.over !== undefined || before.over !== undefined) return false;
  return figure.value * before.value === figure.over * (now.value - before.value);
}

class Sheet {
  readonly formulas: Record<string, Formula> = {};
  readonly rows: ReviewSheet['rows'];

  constructor(rows: ReviewSheet['rows']) {
    this.rows = rows;
  }

  ratio(place: Place, part: Place, whole: Place): void {
    if (isRatio(at(this.rows, place), at(this.rows, part), at(this.rows, whole)))
      this.formulas[place.join(':')] = { kind: 'ratio', part, whole };
  }

  change(place: Place, now: Place, before: Place): void {
    if (isChange(at(this.rows, place), at(this.rows, now), at(this.rows, before)))
      this.formulas[place.join(':')] = { kind: 'change', now, before };
  }

  signed(place: Place, terms: readonly { at: Place; sign: number }[]): void {
    const known = terms.map(({ at: from, sign }) => ({ sign, value: at(this.rows, from)?.value ?? null }));
    if (known.some(({ value }) => value === null)) return;
    const sum = known.reduce((total, { sign, value }) => total + sign * value!, 0);
    if (at(this.rows, place)?.value === sum) this.formulas[place.join(':')] = { kind: 'signed', terms };
  }

  sum(place: Place, from: Place, to: Place): void {
    let total = 0;
    for (let row = from[0]; row <= to[0]; row += 1) {
      const value = at(this.rows, [row, from[1]])?.value;
      if (value == null) return;
      total += value;
    }
    if (at(this.rows, place)?.value === total) this.formulas[place.join(':')] = { kind: 'sum', from, to };
  }

  /** The sheet with what was found. */
  as(
    id: string,
    title: string,
    columns: readonly SheetColumn[],
    more: { totals?: readonly number[]; chart?: SheetChart } = {},
  ): ReviewSheet {
    const { rows, formulas } = this;
    return { id, title, columns, rows, formulas, totals: more.totals ?? [], chart: more.chart ?? null };
  }
}

const valueOf = ({ value }: Figure): number => value ?? 0;

function tiers({ funnel, scope }: ReviewTables): ReviewSheet {
  const rows: SheetCell[][] = [
    ['在册企业', '', funnel.enterprises, '', ''],
    ...funnel.tiers.map((tier) => [
      tier.label,
      tier.headline,
      tier.held,
      tier.shareOfPrevious,
      tier.shareOfStart,
    ]),
    [
      `合计（${scope.counting === 'headline' ? '就高' : '累计'}）`,
      ...totalCells(scope.counting, funnel.total),
      '',
      '',
    ],
  ];
  const sheet = new Sheet(rows);
  funnel.tiers.forEach((_tier, i) => {
    const row = i + 1;
    sheet.ratio([row, 3], [row, 2], [row - 1, 2]);
    sheet.ratio([row, 4], [row, 2], [0, 2]);
  });
  const last = rows.length - 1;
  const column = scope.counting === 'headline' ? 1 : 2;
  sheet.sum([last, column], [1, column], [last - 1, column]);
  return sheet.as(
    'tiers',
    '各级梯队存量',
    [words('梯队'), figures('就高（家）'), figures('累计（家）'), figures('占上一级'), figures('占在册')],
    {
      totals: [last],
      chart: {
        title: '各级梯队各有多少家？',
        unit: '家',
        categories: funnel.tiers.map(({ label }) => label),
        series: [
          { name: '就高', values: funnel.tiers.map(({ headline }) => valueOf(headline)) },
          { name: '累计', values: funnel.tiers.map(({ held }) => valueOf(held)) },
        ],
      },
    },
  );
}

const totalCells = (counting: 'headline' | 'held', total: Figure): SheetCell[] =>
  counting === 'headline' ? [total, ''] : ['', total];

/** Column of the funnel that counts the titles in force themselves. */
const HELD = 'certified';

/** Every scheme's stages side by side; a stage that a scheme does not have is left blank. */
function stages({ funnel }: ReviewTables): ReviewSheet {
  const columns = new Map<string, string>();
  for (const { stages: own } of funnel.schemes)
    for (const { column, label } of own) columns.set(column, label);
  const rows = funnel.schemes.map((scheme): SheetCell[] => [
    scheme.label,
    ...[...columns.keys()].map(
      (column) => scheme.stages.find((stage) => stage.column === column)?.count ?? '',
    ),
    ...(columns.has(HELD) ? [] : [scheme.held]),
  ]);
  return new Sheet(rows).as('stages', '各称号各阶段', [
    words('称号'),
    ...[...columns.values()].map((label) => figures(`${label}（家）`)),
    ...(columns.has(HELD) ? [] : [figures('有效称号（家）')]),
  ]);
}

function movement({ table, unit, columns, rows: lines, total }: MovementSheet): ReviewSheet {
  const rows = [...lines, total].map(({ label, cells }): SheetCell[] => [label, ...cells]);
  const sheet = new Sheet(rows);
  const last = columns.length;
  rows.forEach((_row, row) => {
    // 期末 is the last column: everything before it, with its sign.
    const terms = columns.slice(0, -1).map(({ sign }, i) => ({ at: [row, i + 1] as Place, sign: sign || 1 }));
    sheet.signed([row, last], terms);
  });
  const bottom = rows.length - 1;
  if (bottom > 0) {
    for (let column = 1; column < last; column += 1)
      sheet.sum([bottom, column], [0, column], [bottom - 1, column]);
  }
  const head = table === 'headline' ? '梯队' : '称号';
  return sheet.as(
    `movement-${table}`,
    `${head}变动表（${unit}）`,
    [
      words(head),
      ...columns.map(({ label, sign }, i) =>
        figures(`${i === 0 || i === columns.length - 1 ? '' : sign < 0 ? '－' : '＋'}${label}`),
      ),
    ],
    {
      totals: [bottom],
      chart: {
        title: `${head}期初、期末各有多少？`,
        unit,
        categories: lines.map(({ label }) => label),
        series: [
          { name: '期初', values: lines.map(({ cells }) => valueOf(cells[0]!)) },
          { name: '期末', values: lines.map(({ cells }) => valueOf(cells.at(-1)!)) },
        ],
      },
    },
  );
}

function flows({ flows: { nodes, links } }: ReviewTables): ReviewSheet {
  const label = (id: string) => nodes.find((node) => node.id === id)?.label ?? id;
  const rows = links.map(({ from, to, count }): SheetCell[] => [label(from), label(to), count]);
  return new Sheet(rows).as('flows', '梯队流动', [words('从'), words('到'), figures('企业（家）')]);
}

function cohorts(tables: ReviewTables): ReviewSheet[] {
  return tables.cohorts.map((table) => {
    const lines = [...table.rows, table.total];
    const rows = lines.map((line): SheetCell[] => [
      line.label,
      line.entered,
      line.certified,
      line.underWay,
      line.out,
      line.rate,
    ]);
    const sheet = new Sheet(rows);
    rows.forEach((_row, row) => sheet.ratio([row, 5], [row, 2], [row, 1]));
    const bottom = rows.length - 1;
    if (bottom > 0)
      for (const column of [1, 2, 3, 4]) sheet.sum([bottom, column], [0, column], [bottom - 1, column]);
    return sheet.as(
      `cohort-${table.by}-${table.scheme}`,
      `同批进入的去向：${table.label}`,
      [
        words('批次'),
        figures('进入（家）'),
        figures('已认定（家）'),
        figures('在途（家）'),
        figures('退出（家）'),
        figures('认定率'),
      ],
      { totals: [bottom] },
    );
  });
}

function durations({ durations: lines }: ReviewTables): ReviewSheet {
  const rows = lines.map((line): SheetCell[] => [
    line.schemeLabel,
    line.label,
    line.finished,
    line.open,
    line.median,
    line.p80,
  ]);
  return new Sheet(rows).as('durations', '各步骤用时', [
    words('称号'),
    words('步骤'),
    figures('已结束（家次）'),
    figures('未结束（家次）'),
    figures('中位数（天）'),
    figures('八成在（天）内'),
  ]);
}

function comparison({ comparison: compared, period }: ReviewTables): ReviewSheet {
  const rows = compared.rows.map((line): SheetCell[] => [
    line.label,
    line.current,
    line.previous,
    line.previousChange,
    line.yearBefore,
    line.yearChange,
  ]);
  const sheet = new Sheet(rows);
  rows.forEach((_row, row) => {
    sheet.change([row, 3], [row, 1], [row, 2]);
    sheet.change([row, 5], [row, 1], [row, 4]);
  });
  return sheet.as('comparison', '环比与同比', [
    words('指标'),
    figures(period.label),
    figures(compared.previous?.label ?? '上期'),
    figures('环比'),
    figures(compared.yearBefore.label),
    figures('同比'),
  ]);
}

function indicators({ indicators: cards }: ReviewTables): ReviewSheet {
  const rows = cards.map((card): SheetCell[] => [
    card.label,
    card.value,
    card.value.unit,
    card.yearOnYear ?? '',
    card.quarterOnQuarter ?? '',
    card.target ?? '',
    card.target ? (card.progress?.value ?? card.value) : '',
    card.completion ?? '',
    card.remaining ?? '',
    card.forecast ?? '',
  ]);
  const sheet = new Sheet(rows);
  rows.forEach((_row, row) => sheet.ratio([row, 7], [row, 6], [row, 5]));
  return sheet.as('indicators', '指标与目标', [
    words('指标'),
    figures('数值'),
    words('单位'),
    figures('同比'),
    figures('环比'),
    figures('年度目标'),
    figures('目标期内累计'),
    figures('完成率'),
    figures('尚差'),
    { ...words('年底预测'), wide: true },
  ]);
}

/** All sheets of a review, in the order in which it is read; those without rows are left out. */
export function sheetsOf(tables: ReviewTables): ReviewSheet[] {
  return [
    tiers(tables),
    stages(tables),
    ...tables.movement.map(movement),
    flows(tables),
    comparison(tables),
    indicators(tables),
    ...cohorts(tables),
    durations(tables),
  ].filter(({ rows }) => rows.length > 0);
}

/** The definitions that a sheet's figures name, each once, in the order in which they come. */
export function definitionsOf(sheet: ReviewSheet): string[] {
  const found = new Set<string>();
  for (const row of sheet.rows) for (const cell of row) if (isFigure(cell)) found.add(cell.definition);
  return [...found];
}

/** A cell as it is printed. */
export const cellText = (cell: SheetCell): string => (isFigure(cell) ? cell.text : cell);

/** A definition in one sentence, as a footnote states it. */
export function definitionText(tables: ReviewTables, id: string): string {
  const found = tables.definitions.find((definition) => definition.id === id);
  if (!found) return id;
  const { label, numerator, denominator, scope, kind, unit, rounding, source, owner } = found;
  const of = denominator ? `${numerator}÷${denominator}` : numerator;
  const how = `${kind === 'stock' ? '时点存量' : '期间流量'}，单位${unit}，${rounding}`;
  return `${label}：${of}；范围${scope}；${how}；来源${source}；责任${owner}。`;
}
