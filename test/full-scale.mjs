// The whole demonstration province, once, as a person would start it: how long until something
// answers, until the province shows, what the figures are, whether every form balances, and whether
// stopping leaves nothing behind. Ends with "N passed, N failed".
import { execFile, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const ROOT = path.resolve(import.meta.dirname, '..');
const BIN = path.join(ROOT, 'bin/thonban.mjs');
/** Promised seconds; a run fails only beyond twice as much, because machines differ. */
const PROMISED = { answer: 5, province: 60, again: 5 };

const data = mkdtempSync(path.join(os.tmpdir(), 'thonban-full-'));
chmodSync(data, 0o755); // the account of the database must pass through
const port = await freePort();
const env = { ...process.env, THONBAN_DATA: data, PORT: String(port), HOST: '127.0.0.1' };
const home = `http://127.0.0.1:${port}/`;
let passed = 0;
let failed = 0;

function check(name, ok, seen = '') {
  if (ok) passed++;
  else failed++;
  console.log(`${ok ? '✓' : '✗'} ${name}${seen === '' ? '' : `: ${seen}`}`);
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port: free } = server.address();
      server.close(() => resolve(free));
    });
  });
}

/** Starts the server; `times` are seconds from here to the first answer and to the finished page. */
async function start(limitSeconds) {
  const begun = performance.now();
  const seconds = () => (performance.now() - begun) / 1000;
  const child = spawn(process.execPath, [BIN, 'serve'], { cwd: ROOT, env, stdio: 'inherit' });
  const ended = new Promise((resolve) => child.once('exit', (code) => resolve(code)));
  let isOver = false;
  void ended.then(() => (isOver = true));
  const times = { answer: Number.NaN, ready: Number.NaN };
  let page = '';
  while (seconds() < limitSeconds && !isOver) {
    const answer = await fetch(home, { signal: AbortSignal.timeout(10_000) }).catch(() => null);
    if (answer) {
      if (Number.isNaN(times.answer)) times.answer = seconds();
      page = await answer.text();
      if (answer.ok && page.includes('2,32')) {
        times.ready = seconds();
        break;
      }
    }
    await sleep(100);
  }
  return { child, ended, times, page };
}

async function stop({ child, ended }) {
  child.kill('SIGINT');
  const late = sleep(20_000, 'late');
  const code = await Promise.race([ended, late]);
  if (code === 'late') child.kill('SIGKILL');
  return code;
}

/** One JSON value that a command prints. */
async function ask(...args) {
  const { stdout } = await promisify(execFile)(process.execPath, [BIN, ...args, '--json'], {
    cwd: ROOT,
    env,
    maxBuffer: 1 << 28,
  });
  return JSON.parse(stdout);
}

/**
 * The same value from the running instance. Of each kind of question one is also asked on the command
 * line (`checkCommandLine`); all of them there would boot the program and count the province from nothing each time.
 */
async function askService(path) {
  const answer = await fetch(`${home}api/v1/${path}`, { signal: AbortSignal.timeout(60_000) });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
  return answer.json();
}

/** Processes whose command line names our data directory. */
function leftovers() {
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid) || Number(pid) === process.pid) return false;
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(data);
    } catch {
      return false;
    }
  });
}

async function checkFigures() {
  const asked = (code, period) => askService(`figures/${code}?area=20&period=${period}`);
  const rates = [
    ['poverty-rate', 2021, '12.20'],
    ['poverty-rate', 2022, '8.92'],
    ['poverty-rate', 2024, '3.36'],
    ['poverty-rate', 2025, '2.32'],
    ['near-poverty-rate', 2025, '6.80'],
    ['poverty-rate-change', 2022, '-3.28'],
    ['poverty-rate-change', 2025, '-1.04'],
  ];
  for (const [code, period, value] of rates) {
    const answer = await asked(code, period);
    const isRight = answer.value === value && answer.synthetic === true;
    check(`${code} ${period} is ${value}`, isRight, answer.value);
  }
  const counts = [
    ['poor-households', 2021, 23_516],
    ['near-poor-households', 2021, 23_246],
    ['poor-households', 2024, 6_912],
    ['poor-households', 2025, 4_643],
    ['near-poor-households', 2025, 13_578],
    ['resident-households', 2021, 192_755],
    ['resident-households', 2024, 205_640],
    ['resident-households', 2025, 199_765],
  ];
  for (const [code, period, count] of counts) {
    const answer = await asked(code, period);
    check(`${code} ${period} is ${count}`, answer.value === count, answer.value);
  }
}

/** Every form of every round, as it was and in the units of 2025: no identity may be false. */
async function checkForms() {
  const forms = [2021, 2022, 2023, 2024, 2025].flatMap((round) =>
    (round === 2025 ? [null] : [null, '2025-12-31']).flatMap((day) =>
      [1, 2, 3].map((form) => ({ round, form, day })),
    ),
  );
  for (const { round, form, day } of forms) {
    const ground = day ? `&boundaries=${day}` : '';
    const { identities } = await askService(`forms/${form}?area=20&round=${round}${ground}`);
    const wrong = identities.filter(({ ok }) => ok === false);
    check(
      `form ${form} of ${round}${day ? ' in the units of 2025' : ''} balances`,
      wrong.length === 0 && identities.length > 0,
      `${identities.length} identities ${wrong.map(({ id }) => id).join(', ')}`.trim(),
    );
  }
}

/** The command line counts for itself, and says what the service says. */
async function checkCommandLine() {
  const rate = await ask('figure', 'poverty-rate-change', '--area', '20', '--period', '2025');
  const served = await askService('figures/poverty-rate-change?area=20&period=2025');
  check(
    'the command line says the same change',
    rate.value === '-1.04' && rate.value === served.value,
  );
  const words = ['form', '2', '--round', '2024', '--area', '20', '--boundaries', '2025-12-31'];
  const form = await ask(...words);
  const shown = await askService('forms/2?area=20&round=2024&boundaries=2025-12-31');
  const states = ({ identities }) => JSON.stringify(identities.map(({ id, ok }) => [id, ok]));
  const whole = ({ rows }) => JSON.stringify(rows.filter(({ level }) => level === 'province'));
  check(
    'the command line says the same form',
    states(form) === states(shown) && whole(form) === whole(shown),
  );
}

try {
  const first = await start(PROMISED.province * 2);
  const { answer, ready } = first.times;
  check('something answers', answer <= PROMISED.answer * 2, `${answer.toFixed(1)} s of 5`);
  check('the province shows', ready <= PROMISED.province * 2, `${ready.toFixed(1)} s of 60`);
  if (!Number.isNaN(ready)) {
    check('its page says that it is simulated', first.page.includes('SỐ LIỆU MÔ PHỎNG'));
    await checkFigures();
    await checkForms();
    await checkCommandLine();
  }
  check('Ctrl-C ends it with 0', (await stop(first)) === 0);
  const second = await start(PROMISED.province);
  const again = second.times.ready;
  check('a second start shows it', again <= PROMISED.again * 2, `${again.toFixed(1)} s of 5`);
  check('Ctrl-C ends it with 0 again', (await stop(second)) === 0);
  check('nothing is left running', leftovers().length === 0, leftovers().join(' '));
} catch (error) {
  check('the run goes through', false, error instanceof Error ? error.message : String(error));
} finally {
  rmSync(data, { recursive: true, force: true });
}
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
