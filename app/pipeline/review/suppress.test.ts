import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hiddenCells } from './suppress.ts';

const anyCounts = fc
  .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 2, max: 3 }))
  .chain(([rows, columns]) =>
    fc.array(
      fc.array(fc.oneof(fc.integer({ min: 0, max: 6 }), fc.nat(30)), {
        minLength: columns,
        maxLength: columns,
      }),
      {
        minLength: rows,
        maxLength: rows,
      },
    ),
  );

const extend = (counts: readonly (readonly number[])[]) => {
  const rows = counts.map((row) => [...row, row.reduce((a, b) => a + b, 0)]);
  return [...rows, rows[0]!.map((_, i) => rows.reduce((sum, row) => sum + row[i]!, 0))];
};

/** Hidden cells that plain subtraction finds: the only one hidden in a line of the sums. */
function alone(hidden: readonly (readonly boolean[])[]): number {
  const columns = hidden[0]!.map((_, i) => hidden.map((row) => row[i]!));
  return [...hidden, ...columns].filter((line) => line.filter(Boolean).length === 1).length;
}

describe('suppression of small numbers', () => {
  test('hides nothing where nothing is small; 0 is not small', () => {
    expect(
      hiddenCells(
        [
          [5, 7, 0],
          [6, 9, 12],
        ],
        5,
      ).flat(),
    ).not.toContain(true);
    expect(
      hiddenCells(
        [
          [1, 2],
          [3, 4],
        ],
        1,
      ).flat(),
    ).not.toContain(true);
  });

  test('4 is hidden, 5 is not', () => {
    expect(
      hiddenCells(
        [
          [4, 9],
          [9, 9],
        ],
        5,
      )[0]![0],
    ).toBe(true);
    expect(
      hiddenCells(
        [
          [5, 9],
          [9, 9],
        ],
        5,
      )[0]![0],
    ).toBe(false);
  });

  test('one small number takes others with it, in its row and in its column', () => {
    const hidden = hiddenCells(
      [
        [3, 20, 30],
        [15, 25, 35],
        [40, 50, 60],
      ],
      5,
    );
    expect(hidden[0]![0]).toBe(true);
    expect(hidden[0]!.filter(Boolean).length).toBeGreaterThan(1);
    expect(hidden.map((row) => row[0]!).filter(Boolean).length).toBeGreaterThan(1);
  });

  test('every small number is hidden, and no sum of a line gives a hidden one away', () => {
    fc.assert(
      fc.property(anyCounts, fc.integer({ min: 2, max: 6 }), (counts, limit) => {
        const table = extend(counts);
        const hidden = hiddenCells(counts, limit);
        table.forEach((row, i) =>
          row.forEach((count, j) => {
            if (count > 0 && count < limit) expect(hidden[i]![j]).toBe(true);
          }),
        );
        expect(alone(hidden)).toBe(0);
      }),
    );
  });

  test('each hidden number could be another one: all tables that agree with what is shown are tried', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.integer({ min: 0, max: 7 }), { minLength: 2, maxLength: 2 }), {
          minLength: 2,
          maxLength: 2,
        }),
        (counts) => {
          const table = extend(counts);
          const hidden = hiddenCells(counts, 4);
          const possible = table.map((row) => row.map(() => new Set<number>()));
          const most = 10;
          const choices = (i: number, j: number) =>
            hidden[i]![j] ? Array.from({ length: most }, (_, n) => n) : [table[i]![j]!];
          for (const a of choices(0, 0))
            for (const b of choices(0, 1))
              for (const c of choices(1, 0))
                for (const d of choices(1, 1)) {
                  const all = extend([
                    [a, b],
                    [c, d],
                  ]);
                  const agrees = all.every((row, i) =>
                    row.every((count, j) => hidden[i]![j] || count === table[i]![j]),
                  );
                  if (agrees) all.forEach((row, i) => row.forEach((count, j) => possible[i]![j]!.add(count)));
                }
          table.forEach((row, i) =>
            row.forEach((count, j) => {
              if (count > 0 && count < 4) expect(possible[i]![j]!.size).toBeGreaterThan(1);
            }),
          );
        },
      ),
      { numRuns: 40 },
    );
  });
});
