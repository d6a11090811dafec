import fs from 'node:fs';
import type { Reporter, SerializedError, TestCase, TestModule } from 'vitest/node';
import type { Summary } from '../app/cli/tasks/suites.ts';

/** The reason stands in the test's note (`context.skip(note)`) or in its name, see tests/samples.ts. */
function skipReason(test: TestCase): string {
  const result = test.result();
  const note = result.state === 'skipped' ? result.note : undefined;
  return note ?? /（跳过：(.+?)）/.exec(test.fullName)?.[1] ?? '未注明原因';
}

/** Counts a run for `npm test`. A file that does not load and an error outside any test count as failures. */
export default class SummaryReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    const file = process.env.TIDU_SUMMARY;
    if (!file) return;
    const summary: Summary = { passed: 0, failed: unhandled.length, skipped: [] };
    for (const module of modules) {
      summary.failed += module.errors().length;
      for (const suite of module.children.allSuites()) summary.failed += suite.errors().length;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === 'passed') summary.passed += 1;
        else if (state === 'skipped') summary.skipped.push({ name: test.fullName, reason: skipReason(test) });
        else summary.failed += 1;
      }
    }
    fs.writeFileSync(file, JSON.stringify(summary));
  }
}
