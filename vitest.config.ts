import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { defineConfig } from 'vitest/config';
import type { TestSpecification } from 'vitest/node';
import { BaseSequencer } from 'vitest/node';

// Three kinds of tests: `unit` needs nothing, `db` a real PostgreSQL, `browser` a real Chromium too.
// Files share the modules of their worker (`isolate: false`): loading them anew for every file cost more
// than the tests themselves. A test that needs the state of a module for itself resets it itself.
const jsx = { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } } as const;
const globalSetup = ['test/support/global-setup.ts'];

/** In this order, so that short files come last and all workers end together. */
const PROJECTS = ['browser', 'access', 'security', 'db'];
/** Of each kind, these begin: they take longest (`vitest --reporter=verbose` tells). */
const LONGEST = [
  ...['test/browser/public-pages.test.ts', 'test/browser/officer-pages.test.ts'],
  ...['test/browser/sign-in.test.ts', 'test/browser/recognition.test.ts'],
  ...['test/access/reads.test.ts', 'test/access/acts.test.ts', 'test/access/mutations.test.ts'],
  ...['src/publication/publication.db.test.ts', 'test/db/launcher.test.ts'],
  ...['test/db/serve.test.ts', 'test/db/postgres-15.test.ts', 'test/db/serve-public.test.ts'],
  ...['src/publication/export.db.test.ts', 'src/review/import-review.db.test.ts'],
  ...['test/db/ordinary-user.test.ts', 'src/demo/make-demo.db.test.ts'],
].map((file) => path.resolve(import.meta.dirname, file));
const gone = LONGEST.find((file) => !fs.existsSync(file));
if (gone) throw new Error(`vitest.config.ts names ${gone}, which is not there`);

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const found = (all: readonly string[], one: string) =>
      all.includes(one) ? all.indexOf(one) : all.length;
    return (await super.sort(files)).sort(
      (a, b) =>
        found(PROJECTS, a.project.name) - found(PROJECTS, b.project.name) ||
        found(LONGEST, a.moduleId) - found(LONGEST, b.moduleId),
    );
  }
}

export default defineConfig({
  oxc: jsx,
  test: {
    // While one waits for the database or the browser, another works: one more than there are cores,
    // where these are few.
    maxWorkers: Math.max(3, os.availableParallelism() - 1),
    sequence: { sequencer: LongestFirst },
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
