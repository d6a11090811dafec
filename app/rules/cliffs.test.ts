import { describe, expect, test } from 'vitest';
import { companyJson, conditionOf, facts, ON, verdictOf, type Json } from '../../tests/rules/company.ts';
import { drawCompany, drawer } from '../../tests/rules/second-reading/companies.ts';
import { toJson } from '../../tests/rules/second-reading/tables.ts';
import { size } from '../../tests/size.ts';
import { cliffsOf, type Cliff } from './cliffs.ts';
import type { Facts } from './facts/parse.ts';

function cliffs(json: Json, rule: string): readonly Cliff[] {
  const found = cliffsOf(facts(json), { scheme: rule.split('@')[0]!, action: 'new', on: ON, rule });
  if (!found.ok) throw new Error(found.reason);
  return found.cliffs;
}

const short = (found: readonly Cliff[], condition: string) =>
  found
    .filter(({ conditionId }) => conditionId === condition)
    .map(({ lever, turn, before, at }) => [lever, turn, before, at]);

/** The complete company with other figures in 2025. */
function company(figures: Record<string, number>, more: Partial<Json> = {}): Json {
  const json = companyJson();
  return {
    ...json,
    ...more,
    years: { ...json.years, '2025': { ...json.years!['2025'], ...figures } },
  };
}

describe('cliffs', () => {
  test('科小 ends above 500 people, 2 亿 of sales, 2 亿 of assets, each to the smallest unit', () => {
    const found = cliffs(company({}), 'tsme@2017');
    expect(short(found, 'staff-limit')).toEqual([['employees', 'lost', 500, 500.01]]);
    expect(short(found, 'sales-limit')).toEqual([['revenue', 'lost', 200_000_000, 200_000_000.01]]);
    expect(short(found, 'assets-limit')).toEqual([['totalAssets', 'lost', 200_000_000, 200_000_000.01]]);
    expect(found.find(({ conditionId }) => conditionId === 'staff-limit')).toMatchObject({
      distance: 380.01,
      decides: true,
      leverLabel: '职工总数',
    });
  });

  test('高企 at constant R&D: the share shrinks below 5 %, the lower line gives it back, then it falls below 4 %', () => {
    const json = company({ salesRevenue: 30_000_000, operatingRevenue: 30_000_000, rdExpense: 2_000_000 });
    json.years!['2023'] = { salesRevenue: 20_000_000, rdExpense: 1_000_000 };
    json.years!['2024'] = { salesRevenue: 25_000_000, rdExpense: 1_000_000 };
    // 400 万 is 5 % of 8,000 = 4,500 + 3,500; 4 % of 10,000 = 4,500 + 5,500; the 4 % line begins above 5,000.
    expect(short(cliffs(json, 'hnte@2016'), 'rd-intensity')).toEqual([
      ['revenue', 'lost', 35_000_000, 35_000_000.01],
      ['revenue', 'regained', 50_000_000, 50_000_000.01],
      ['revenue', 'lost', 55_000_000, 55_000_000.01],
    ]);
  });

  test('高企 across 2 亿: the 3 % line gives back what the 4 % line took', () => {
    const json = company({ salesRevenue: 100_000_000, operatingRevenue: 100_000_000, rdExpense: 8_000_000 });
    json.years!['2023'] = { salesRevenue: 0, rdExpense: 0 };
    json.years!['2024'] = { salesRevenue: 10_000_000, rdExpense: 0 };
    // 800 万 is 4 % of 20,000 = 1,000 + 19,000; 3 % of 26,666.67 = 1,000 + 25,666.67.
    expect(short(cliffs(json, 'hnte@2016'), 'rd-intensity')).toEqual([
      ['revenue', 'lost', 190_000_000, 190_000_000.01],
      ['revenue', 'regained', 200_000_000, 200_000_000.01],
      ['revenue', 'lost', 256_666_666.66, 256_666_666.67],
    ]);
  });

  test.each(['isme@2022', 'srdi@2026', 'giant@2026'])(
    '%s: software with 350 people is large from 1 亿 of revenue on',
    (rule) => {
      const json = company(
        { employees: 350, operatingRevenue: 80_000_000, salesRevenue: 80_000_000 },
        { sizeIndustry: 'software' },
      );
      expect(short(cliffs(json, rule), 'sme-size')).toEqual([
        ['revenue', 'lost', 99_999_999.99, 100_000_000],
      ]);
    },
  );

  test('industry is large only with 1,000 people and 4 亿 of revenue together, ten times as much', () => {
    const json = company({
      employees: 125,
      operatingRevenue: 40_000_000,
      salesRevenue: 40_000_000,
      rdExpense: 30_000_000,
    });
    // 1,000 of 125 people is 8 times; 4 亿 of 4,000 万 is 10 times, the last step that is followed.
    expect(short(cliffs(json, 'srdi@2026'), 'sme-size')).toEqual([['scale', 'lost', 9.999, 10]]);
  });

  test('a unicorn ends with a listing and the day after its tenth anniversary', () => {
    const found = cliffs({ ...companyJson(), registeredOn: '2018-03-12' }, 'unicorn@gei-2025');
    expect(short(found, 'unlisted')).toEqual([['listing', 'lost', null, null]]);
    expect(short(found, 'age')).toEqual([['age', 'lost', '2028-03-12', '2028-03-13']]);
  });

  test('nothing to lose, nothing reported; no rule, a reason', () => {
    expect(cliffs({}, 'hnte@2016')).toEqual([]);
    expect(cliffsOf(facts({}), { scheme: 'zgcHnte', action: 'new', on: ON })).toMatchObject({ ok: false });
  });
});

const REVENUE = ['salesRevenue', 'operatingRevenue'] as const;
const ALONG = ['mainRevenue', 'mainProductRevenue', 'totalIncome', 'hiTechIncome'] as const;
const RAISED = {
  revenue: [...REVENUE, ...ALONG],
  employees: ['employees'],
  totalAssets: ['totalAssets'],
} as const;

/** The facts with a lever raised, by hand. */
function raised(base: Facts, lever: keyof typeof RAISED, year: number, growth: number): Facts {
  const figures = { ...base.years![year]! };
  for (const key of RAISED[lever]) if (figures[key] != null) figures[key] += growth;
  return { ...base, years: { ...base.years, [year]: figures } };
}

describe.each(['hnte@2016', 'tsme@2017', 'isme@2022', 'srdi@2026', 'giant@2026', 'giant@2022'])(
  '%s',
  (rule) => {
    const draw = drawer(20_261_122);

    test('turns where it says, and nowhere else, for random enterprises', { timeout: 120_000 }, () => {
      let turns = 0;
      for (let n = 0; n < size(60, 1000); n += 1) {
        const drawn = drawCompany(draw);
        const base = facts(toJson(drawn));
        const input = { scheme: rule.split('@')[0]!, action: drawn.action, on: drawn.on, rule };
        const found = cliffsOf(base, input);
        if (!found.ok) throw new Error(found.reason);
        const today = verdictOf(base, rule, input);
        const holds = (verdict: typeof today, id: string) =>
          ['met', 'waived'].includes(conditionOf(verdict, id).result);
        for (const lever of ['revenue', 'employees', 'totalAssets'] as const) {
          const own = found.cliffs.filter((cliff) => cliff.lever === lever);
          const at = (growth: number) => verdictOf(raised(base, lever, drawn.year - 1, growth), rule, input);
          for (const { distance, conditionId, turn } of own) {
            const growth = Math.round(distance! * 100);
            expect(holds(at(growth - 1), conditionId)).toBe(turn === 'lost');
            expect(holds(at(growth), conditionId)).toBe(turn === 'regained');
            turns += 1;
          }
          // Anywhere on the way, what was met today holds unless the last turn before took it.
          if (base.years?.[drawn.year - 1]?.[RAISED[lever][0]] == null) continue;
          for (let k = 0; k < 4; k += 1) {
            const growth = draw.int(1, draw.pick(1000, 100_000, 10_000_000, 1_000_000_000));
            const verdict = at(growth);
            for (const { id } of today.conditions.filter((c) => holds(today, c.id))) {
              const last = own
                .filter((c) => c.conditionId === id && c.distance! * 100 <= growth + 0.5)
                .at(-1);
              if (last?.turn === 'lost') expect(conditionOf(verdict, id).result).toBe('unmet');
              else expect(conditionOf(verdict, id).result, id).not.toBe('unmet');
            }
          }
        }
      }
      expect(turns).toBeGreaterThan(10);
    });
  },
);
