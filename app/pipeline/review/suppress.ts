/**
 * Suppression of small numbers in a table whose rows and columns add up. A number below the limit is hidden, and as
 * many others with it as it takes that no sum gives one of them away.
 */

/** A table of counts: every row with its parts, whose sum is the row's total; the columns sum to a totals row. */
export type Counts = readonly (readonly number[])[];

interface Cell {
  readonly row: number;
  readonly column: number;
}

/**
 * Which cells of the table, extended by a totals column and a totals row, are hidden.
 * @param limit counts from 1 up to this less one are hidden; 0 and 1 hide nothing
 * @returns marks of the same shape as the extended table
 */
export function hiddenCells(counts: Counts, limit: number): boolean[][] {
  const table = extended(counts);
  const hidden = table.map((row) => row.map((count) => count > 0 && count < limit));
  // Each round hides at least one cell more, so there is an end.
  for (;;) {
    const lone = givenAway(table, hidden, limit);
    if (lone === null) return hidden;
    const partner = partnerOf(table, hidden, lone);
    if (partner === null) return hidden.map((row) => row.map(() => true));
    hidden[partner.row]![partner.column] = true;
  }
}

function extended(counts: Counts): number[][] {
  const rows = counts.map((row) => [...row, row.reduce((a, b) => a + b, 0)]);
  const width = rows[0]?.length ?? 0;
  return [...rows, Array.from({ length: width }, (_, i) => rows.reduce((sum, row) => sum + row[i]!, 0))];
}

/** A hidden cell that the sums give away: alone in its line, or on no circle of hidden cells. */
function givenAway(table: Counts, hidden: readonly (readonly boolean[])[], limit: number): Cell | null {
  for (let row = 0; row < hidden.length; row += 1) {
    for (let column = 0; column < hidden[row]!.length; column += 1) {
      if (!hidden[row]![column]) continue;
      if (!onCircle(hidden, { row, column }) || tight(table, hidden, row, limit)) return { row, column };
    }
  }
  return null;
}

/** Hidden cells of a row that together are still below the limit tell nearly as much as one of them. */
function tight(table: Counts, hidden: readonly (readonly boolean[])[], row: number, limit: number): boolean {
  const open = hidden[row]!.every(Boolean);
  const sum = table[row]!.reduce((total, count, i) => total + (hidden[row]![i] ? count : 0), 0);
  return !open && sum < limit;
}

/** Whether the cell can be left along hidden cells and reached again: rows and columns as the points of a graph. */
function onCircle(hidden: readonly (readonly boolean[])[], start: Cell): boolean {
  const height = hidden.length;
  const seen = new Set<number>([start.row]);
  const waiting = [start.row];
  for (let point = waiting.pop(); point !== undefined; point = waiting.pop()) {
    const next =
      point < height
        ? hidden[point]!.flatMap((on, column) =>
            on && !(point === start.row && column === start.column) ? [height + column] : [],
          )
        : hidden.flatMap((row, i) =>
            row[point! - height] && !(i === start.row && point! - height === start.column) ? [i] : [],
          );
    for (const each of next) {
      if (seen.has(each)) continue;
      if (each === height + start.column) return true;
      seen.add(each);
      waiting.push(each);
    }
  }
  return false;
}

/** The smallest count not hidden yet of the cell's row, else of its column; a 0 hides nothing and comes last. */
function partnerOf(
  table: Counts,
  hidden: readonly (readonly boolean[])[],
  { row, column }: Cell,
): Cell | null {
  const free = [
    ...table[row]!.map((_, i) => ({ row, column: i })),
    ...table.map((_, i) => ({ row: i, column })),
    ...table.flatMap((line, i) => line.map((_, j) => ({ row: i, column: j }))),
  ].filter((cell) => !hidden[cell.row]![cell.column]);
  const inLine = free.filter((cell) => cell.row === row || cell.column === column);
  const rank = (cell: Cell) => table[cell.row]![cell.column]! || Number.MAX_SAFE_INTEGER;
  return [...(inLine.length > 0 ? inLine : free)].sort((a, b) => rank(a) - rank(b))[0] ?? null;
}
