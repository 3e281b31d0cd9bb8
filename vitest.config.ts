import { configDefaults, defineConfig } from 'vitest/config';

if (Number(process.versions.node.split('.')[0]) < 24)
  throw new Error(`The tests run on Node 24, this is ${process.version}: use "npx vitest run …" or "npm run test:all"`);

export default defineConfig({
  test: {
    globalSetup: 'tests/support/global-setup.ts',
    setupFiles: 'packages/server/src/store/testing/keep-new-databases.ts',
    reporters: ['default', './scripts/summary-reporter.ts'],
    // Processes, not threads: tests start servers, and one that crashes its process must not take the run with it.
    pool: 'forks',
    maxWorkers: 2,
    // Time limits here only end what hangs: build machines are half as fast as others, and may be busy. Speed is measured in `bench`.
    expect: { poll: { timeout: 15_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'rooms',
          include: ['packages/**/*.test.{ts,tsx}', 'policies/**/*.test.ts', 'scripts/**/*.test.ts'],
          exclude: [...configDefaults.exclude, 'packages/server/src/flows/**'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'operations',
          include: ['packages/server/src/flows/**/*.test.ts'],
          // A file for each operation: those of one process share its modules and its server (openOperations).
          isolate: false,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          // Whole systems: real servers, proxies, browsers.
          name: 'system',
          include: ['tests/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
