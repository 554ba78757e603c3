// npm test: types, lint, then every suite, then the lint over the SQL they sent. Goes on after a
// failure, so that one run shows everything; ends with one line that sums all tests.
import { spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
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
// What the tests leave in the temporary directory goes with the run. Those accounts write there too.
const temporary = path.join(scratch, 'tmp');
mkdirSync(temporary);
chmodSync(temporary, 0o1777);
const accessReport = path.join(scratch, 'access.jsonl');
const total = { passed: 0, failed: 0, skipped: 0 };

/** Runs a program of node_modules on this very Node; true when it ended well. */
async function run(name, script, args, { env = {}, isShownAtEnd = false } = {}) {
  const started = performance.now();
  if (!isShownAtEnd) console.log(`\n── ${name}`);
  const child = spawn(process.execPath, [path.join('node_modules', script), ...args], {
    cwd: ROOT,
    env: { ...process.env, TMPDIR: temporary, ...env },
    stdio: isShownAtEnd ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text) => (said += text));
  }
  const ended = await new Promise((done) => {
    child.once('error', (error) => done(error.message));
    child.once('close', (status, signal) => done(signal ?? status));
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${said}── ${name}: ${ended === 0 ? 'ok' : `failed (${ended})`}, ${seconds} s`);
  return ended === 0;
}

/** One yes or no, beside others; what it says is shown when it has ended. */
async function check(name, script, args) {
  if (await run(name, script, args, { isShownAtEnd: true })) total.passed++;
  else total.failed++;
}

/** Several kinds of tests in one run: while one of them waits for its last file, others go on. */
async function suites(projects, env, options = {}) {
  const name = projects.join(', ');
  const report = path.join(scratch, `${projects[0]}.json`);
  const reporters = ['--reporter=dot', '--reporter=json', `--outputFile.json=${report}`];
  const chosen = projects.flatMap((project) => ['--project', project]);
  const ok = await run(`tests: ${name}`, 'vitest/vitest.mjs', ['run', ...chosen, ...reporters], {
    env,
    ...options,
  });
  const counts = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : null;
  const failed = counts?.numFailedTests ?? 0;
  total.passed += counts?.numPassedTests ?? 0;
  total.skipped += (counts?.numPendingTests ?? 0) + (counts?.numTodoTests ?? 0);
  // A file that cannot even be loaded, or an error outside any test, counts as one failure.
  total.failed += ok ? failed : Math.max(failed, 1);
}

try {
  const logged = { THONBAN_SQL_LOG: sqlLog, THONBAN_ACCESS_REPORT: accessReport };
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
  // Nothing here measures time, so nothing waits for a core: eslint takes one for as long as it needs.
  await Promise.all([
    check('eslint', 'eslint/bin/eslint.js', ['.']),
    (async () => {
      await check('types', 'typescript/bin/tsc', ['--noEmit', '-p', 'tsconfig.json']);
      await check('prettier', 'prettier/bin/prettier.cjs', ['--check', '--log-level=warn', '.']);
      await suites(['unit'], logged, { isShownAtEnd: true });
      await suites(served, logged);
    })(),
  ]);
  console.log(accessLine(accessReport));
  await suites(['after'], { THONBAN_SQL_LINT: sqlLog });
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

const skipped = total.skipped > 0 ? ` (${total.skipped} skipped)` : '';
console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
