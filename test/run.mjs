// npm test: types, lint, then every suite, then the lint over the SQL they sent. Goes on after a
// failure, so that one run shows everything; ends with one line that sums all tests.
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { accessLine } from './access-line.mjs';
import { findBrowser } from './find-browser.mjs';

const ROOT = path.resolve(import.meta.dirname, '..');
const scratch = mkdtempSync(path.join(os.tmpdir(), 'thonban-run-'));
const sqlLog = path.join(scratch, 'sql.jsonl');
// Some tests run the product as another account, which must be able to add to the log.
writeFileSync(sqlLog, '');
chmodSync(scratch, 0o711);
chmodSync(sqlLog, 0o666);
const accessReport = path.join(scratch, 'access.jsonl');
const total = { passed: 0, failed: 0, skipped: 0 };

/** Runs a program of node_modules on this very Node; true when it ended well. */
function run(name, script, args, env = {}) {
  const started = performance.now();
  console.log(`\n── ${name}`);
  const { status, signal } = spawnSync(
    process.execPath,
    [path.join('node_modules', script), ...args],
    {
      cwd: ROOT,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  );
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`── ${name}: ${status === 0 ? 'ok' : `failed (${signal ?? status})`}, ${seconds} s`);
  return status === 0;
}

/** The same beside others; what it says is shown when it has ended. */
async function check(name, script, args) {
  const started = performance.now();
  const child = spawn(process.execPath, [path.join('node_modules', script), ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => (said += text));
  }
  const ended = await new Promise((done) => {
    child.once('error', (error) => done(error.message));
    child.once('close', (status, signal) => done(signal ?? status));
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${said}── ${name}: ${ended === 0 ? 'ok' : `failed (${ended})`}, ${seconds} s`);
  if (ended === 0) total.passed++;
  else total.failed++;
}

/** Several kinds of tests in one run: while one of them waits for its last file, others go on. */
function suites(projects, env) {
  const name = projects.join(', ');
  const report = path.join(scratch, `${projects[0]}.json`);
  const reporters = ['--reporter=dot', '--reporter=json', `--outputFile.json=${report}`];
  const ok = run(
    `tests: ${name}`,
    'vitest/vitest.mjs',
    ['run', ...projects.flatMap((project) => ['--project', project]), ...reporters],
    env,
  );
  const counts = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : null;
  const failed = counts?.numFailedTests ?? 0;
  total.passed += counts?.numPassedTests ?? 0;
  total.skipped += (counts?.numPendingTests ?? 0) + (counts?.numTodoTests ?? 0);
  // A file that cannot even be loaded, or an error outside any test, counts as one failure.
  total.failed += ok ? failed : Math.max(failed, 1);
}

try {
  await Promise.all([
    check('types', 'typescript/bin/tsc', ['--noEmit', '-p', 'tsconfig.json']),
    check('eslint', 'eslint/bin/eslint.js', ['.']),
    check('prettier', 'prettier/bin/prettier.cjs', ['--check', '--log-level=warn', '.']),
  ]);
  const logged = { THONBAN_SQL_LOG: sqlLog, THONBAN_ACCESS_REPORT: accessReport };
  suites(['unit'], logged);
  const served = ['access', 'db', 'security'];
  if (findBrowser()) {
    served.push('browser');
  } else {
    console.error(
      '\nThe browser tests did not run: there is no Chromium. Install it with ' +
        '"npm run install:browser" (as root), or set CHROMIUM.',
    );
    total.failed++;
  }
  suites(served, logged);
  console.log(accessLine(accessReport));
  suites(['after'], { THONBAN_SQL_LINT: sqlLog });
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

const skipped = total.skipped > 0 ? ` (${total.skipped} skipped)` : '';
console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
