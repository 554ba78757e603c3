import os from 'node:os';
import { defineConfig } from 'vitest/config';

// Three kinds of tests: `unit` needs nothing, `db` a real PostgreSQL, `browser` a real Chromium too.
// Files share the modules of their worker (`isolate: false`): loading them anew for every file cost more
// than the tests themselves. A test that needs the state of a module for itself resets it itself.
const jsx = { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } } as const;
const globalSetup = ['test/support/global-setup.ts'];

export default defineConfig({
  oxc: jsx,
  test: {
    // While one waits for the database or the browser, another works: never fewer than two.
    maxWorkers: Math.max(2, os.availableParallelism() - 1),
    projects: [
      {
        oxc: jsx,
        test: {
          name: 'unit',
          isolate: false,
          include: ['src/**/*.test.{ts,tsx}', 'test/unit/**/*.test.ts'],
          exclude: ['**/*.db.test.ts'],
          // A test that hangs ends; one on a busy machine is given time.
          testTimeout: 30_000,
        },
      },
      {
        oxc: jsx,
        test: {
          name: 'db',
          isolate: false,
          include: ['src/**/*.db.test.ts', 'test/db/**/*.test.ts', 'test/golden/**/*.test.ts'],
          globalSetup,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        oxc: jsx,
        test: {
          name: 'browser',
          isolate: false,
          include: ['test/browser/**/*.test.ts'],
          globalSetup,
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
      // Who may see and do what, walked through everybody and every address.
      {
        oxc: jsx,
        test: {
          name: 'access',
          // Thousands of requests of one kind: their statements are those of the other suites.
          env: { THONBAN_SQL_LOG: '' },
          isolate: false,
          include: ['test/access/**/*.test.ts'],
          globalSetup,
          testTimeout: 600_000,
          hookTimeout: 120_000,
        },
      },
      // What people who mean harm send, to every address (test/security/README.md).
      {
        oxc: jsx,
        test: {
          name: 'security',
          isolate: false,
          include: ['test/security/**/*.test.ts'],
          globalSetup,
          testTimeout: 180_000,
          hookTimeout: 120_000,
        },
      },
      // Reads what the others left behind; run by test/run.mjs.
      { oxc: jsx, test: { name: 'after', include: ['test/after/**/*.test.ts'] } },
    ],
  },
});
