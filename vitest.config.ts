import { configDefaults, defineConfig } from 'vitest/config';

const exclude = [...configDefaults.exclude, 'build/**', '.cache/**'];
const setupFiles = ['tests/setup/console.ts', 'tests/setup/network.ts'];
const folders = '{app,machines,prisma,tests}';

export default defineConfig({
  test: {
    allowOnly: process.env.CI === undefined && process.env.TIDU_SUMMARY === undefined,
    reporters: ['default', './tests/summary-reporter.ts'],
    // better-sqlite3 has crashed worker threads at their end: processes only.
    pool: 'forks',
    // One a core: left alone, a machine of two cores would use one of them.
    maxWorkers: '100%',
    projects: [
      {
        test: {
          name: 'node',
          environment: 'node',
          include: [`${folders}/**/*.test.ts`],
          exclude,
          setupFiles,
          // No test changes the process that it runs in: files share theirs, and what they import is loaded once.
          isolate: false,
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'dom',
          environment: 'jsdom',
          include: [`${folders}/**/*.test.tsx`],
          exclude,
          setupFiles,
        },
      },
      {
        test: {
          name: 'office',
          environment: 'node',
          include: ['tests/office/*.office.ts'],
          exclude,
          testTimeout: 200_000,
        },
      },
      {
        test: {
          name: 'e2e',
          environment: 'node',
          include: ['tests/e2e/**/*.e2e.ts'],
          exclude,
          globalSetup: 'tests/e2e/browser-setup.ts',
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
