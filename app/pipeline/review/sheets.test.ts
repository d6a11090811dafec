import { describe, expect, test } from 'vitest';
import { REVIEW } from '../../../tests/review-tables.ts';
import { definitionsOf, isFigure, sheetsOf, type Formula, type Place, type ReviewSheet } from './sheets.ts';
import type { Figure } from './tables.ts';

const sheets = sheetsOf(REVIEW);
const sheet = (id: string) => sheets.find((each) => each.id === id)!;

/** What a spreadsheet would compute. */
function computed(of: ReviewSheet, formula: Formula): number {
  const value = ([row, column]: Place) => {
    const cell = of.rows[row]![column];
    if (!isFigure(cell)) throw new Error(`no figure at ${row}:${column}`);
    return cell.value!;
  };
  switch (formula.kind) {
    case 'ratio':
      return value(formula.part) / value(formula.whole);
    case 'change':
      return value(formula.now) / value(formula.before) - 1;
    case 'signed':
      return formula.terms.reduce((sum, { at, sign }) => sum + sign * value(at), 0);
    case 'sum': {
      let sum = 0;
      for (let row = formula.from[0]; row <= formula.to[0]; row += 1) sum += value([row, formula.from[1]]);
      return sum;
    }
  }
}

test('every formula computes the figure that it stands for', () => {
  let formulas = 0;
  for (const each of sheets) {
    for (const [place, formula] of Object.entries(each.formulas)) {
      const [row, column] = place.split(':').map(Number) as [number, number];
      const figure = each.rows[row]![column] as Figure;
      expect(computed(each, formula), `${each.id} ${place}`).toBeCloseTo(
        figure.value! / (figure.over ?? 1),
        12,
      );
      formulas += 1;
    }
  }
  // 6 shares and the total of the tiers, 3 closings and 5 sums, 2 rates and 4 sums of the cohort, one change.
  expect(formulas).toBe(22);
});

describe('a figure that does not follow from its neighbours', () => {
  const with580 = (closing: number): ReviewSheet => {
    const tables = structuredClone(REVIEW) as unknown as {
      movement: { rows: { cells: { value: number }[] }[] }[];
    };
    tables.movement[0]!.rows[0]!.cells[5]!.value = closing;
    return sheetsOf(tables as unknown as typeof REVIEW).find(({ id }) => id === 'movement-schemes')!;
  };

  test('stays a number: the formula would print another one', () => {
    expect(with580(580).formulas['0:6']).toMatchObject({ kind: 'signed' });
    expect(with580(581).formulas['0:6']).toBeUndefined();
    expect(with580(579).formulas['0:6']).toBeUndefined();
  });
});

test('the sheets hold every table of the review, in the order of reading', () => {
  expect(sheets.map(({ id }) => id)).toEqual([
    'tiers',
    'stages',
    'movement-schemes',
    'flows',
    'comparison',
    'indicators',
    'cohort-quarter-hnte',
    'durations',
  ]);
  expect(sheetsOf({ ...REVIEW, cohorts: [], durations: [] }).map(({ id }) => id)).not.toContain('durations');
});

test('rows are as wide as the head, and figures stand under heads of figures only', () => {
  for (const { id, columns, rows } of sheets) {
    for (const row of rows) {
      expect(row.length, id).toBe(columns.length);
      row.forEach((cell, i) => {
        if (isFigure(cell)) expect(columns[i]!.num, `${id} ${columns[i]!.label}`).toBe(true);
      });
    }
  }
});

test('a sheet names the definitions of its figures once each, in order', () => {
  expect(definitionsOf(sheet('tiers'))).toEqual(['present', 'headline', 'held', 'share']);
});
