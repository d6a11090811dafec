// R&D intensity of real companies; the counts were found by a separate script with exact fractions.
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { streamFacts } from '../../app/queries/facts.server.ts';
import { fixedClock } from '../../app/services/database.server.ts';
import { importFile } from '../../app/services/import/import.server.ts';
import { closeTestDatabases, testDatabase } from '../database.ts';
import { conditionOf, verdictOf } from '../rules/company.ts';
import { describeWithSamples } from '../samples.ts';

describeWithSamples('高企 of the listed companies on 2022-06-01', (samples) => {
  afterAll(closeTestDatabases);

  test('R&D intensity is known for 575 of 858', { timeout: 120_000 }, async () => {
    const db = testDatabase();
    for (const name of ['company_registry_sample.csv', 'listed_financials_2019_2021.csv'])
      await importFile(db, fixedClock('2022-06-01T02:00:00.000Z'), {
        file: path.join(samples, name),
        mapping: null,
        actor: 'test',
        rejectedFile: path.join(path.dirname(db.file), 'rejected.xlsx'),
      });
    const counts: Record<string, number> = {};
    for (const { facts } of streamFacts(db)) {
      if (facts.listing?.code == null) continue;
      const { result } = conditionOf(verdictOf(facts, 'hnte@2016', { on: '2022-06-01' }), 'rd-intensity');
      counts[result] = (counts[result] ?? 0) + 1;
    }
    expect(counts).toEqual({ met: 325, unmet: 250, unknown: 858 - 575 });
  });
});
