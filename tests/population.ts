import { FIGURES } from '../app/rules/facts/figures.ts';
import type { YearFacts } from '../app/rules/facts/schema.ts';
import { organisationCheckCharacter, usccCheckCharacter } from '../app/rules/facts/uscc.ts';
import type { FactChange } from '../app/services/fact-change.ts';

/** A valid code made of a number. */
export function inventedCode(number: number): string {
  const body = `MA${String(number).padStart(6, '0')}`;
  const first17 = `91440400${body}${organisationCheckCharacter(body)}`;
  return first17 + usccCheckCharacter(first17);
}

/** Statements about `count` invented enterprises from number `from`: each itself and three years of figures. */
export function* invented(from: number, count: number): Generator<FactChange> {
  for (let number = from; number < from + count; number += 1) {
    const uscc = inventedCode(number);
    yield {
      kind: 'enterprise',
      uscc,
      values: {
        name: `虚构第${number}科技有限公司`,
        registeredOn: '2015-03-12',
        division: '440402',
        industry: '6513',
        legalPerson: true,
        residentEnterprise: true,
      },
    };
    for (const year of [2023, 2024, 2025]) {
      const values: YearFacts = {};
      FIGURES.forEach((figure, i) => {
        values[figure.key] = figure.unit === 'CNY' ? 100_000 * (i + 1) + number * 1000 + year : 100 * (i + 1);
      });
      yield { kind: 'figures', uscc, year, values };
    }
  }
}
