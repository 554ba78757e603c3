import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { verifyLog } from '../../src/audit/index.js';
import { layoutOf } from '../../src/store/launcher/layout.js';
import { isAlive, takeLock } from '../../src/store/launcher/lock.js';
import { serverPid } from '../../src/store/launcher/server.js';
import { PROJECT_ROOT, SYSTEM_ACTOR, openStore, withActor } from '../../src/store/index.js';
import type { Store } from '../../src/store/index.js';
import { startThonban, until } from '../support/run-process.js';

const isRoot = process.getuid?.() === 0;
/** A cluster is made for each test; a busy disk may take its time. */
const PATIENT = { timeout: 240_000 };

let scratch: string;
let dataDir: string;

beforeAll(async () => {
  const built = startThonban(['version']);
  expect(await built.ended, built.stderr()).toBe(0);
});
beforeEach(() => {
  scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'thonban-launch-'));
  fs.chmodSync(scratch, 0o755);
  dataDir = path.join(scratch, 'data');
});
afterEach(() => {
  const pid = fs.existsSync(dataDir) ? serverPid(layoutOf(fs.realpathSync(dataDir))) : null;
  if (pid !== null) process.kill(pid, 'SIGQUIT');
  fs.rmSync(scratch, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
});

const server = () => serverPid(layoutOf(dataDir));
const open = () => openStore({ dataDir, env: {} });

async function commandIds(store: Store): Promise<Set<string>> {
  const { rows } = await withActor(store, SYSTEM_ACTOR([]), (tx) =>
    tx.query<{ id: string }>('select command_id as id from commands'),
  );
  return new Set(rows.map((row) => row.id));
}

/** Commands with an entry in the audit log; the installation sees its own. */
async function enteredCommands(store: Store): Promise<Set<string>> {
  const { rows } = await withActor(store, SYSTEM_ACTOR([]), (tx) =>
    tx.query<{ id: string }>('select command_id as id from audit_entries'),
  );
  return new Set(rows.map((row) => row.id));
}

test('a lock is held once, per purpose, and free again when released', async () => {
  fs.mkdirSync(dataDir);
  const lock = await takeLock(dataDir, 'x');
  expect(lock).not.toBeNull();
  expect(await takeLock(dataDir, 'x')).toBeNull();
  const other = await takeLock(dataDir, 'y');
  expect(other).not.toBeNull();
  lock?.release();
  other?.release();
  await until(async () => {
    const again = await takeLock(dataDir, 'x');
    again?.release();
    return again !== null;
  }, 'lock free again');
});

describe('a data directory', PATIENT, () => {
  test('is joined by a second one; whoever leaves last stops the server', async () => {
    const first = await open();
    expect(first.how).toBe('started');
    const second = await open();
    expect(second.how).toBe('adopted');
    await first.close();
    expect(server()).not.toBeNull();
    expect(await commandIds(second)).toEqual(new Set());
    await second.close();
    expect(server()).toBeNull();
  });

  test('is opened by many at once and stopped when all have left together', async () => {
    const stores = await Promise.all([open(), open(), open(), open()]);
    expect(stores.filter((store) => store.how === 'started')).toHaveLength(1);
    await Promise.all(stores.map((store) => store.close()));
    expect(server()).toBeNull();
  });

  test('keeps its secrets to itself', async () => {
    const store = await open();
    expect(fs.statSync(path.join(dataDir, 'secrets.json')).mode & 0o777).toBe(0o600);
    for (const dir of ['data', 'run']) {
      expect(fs.statSync(path.join(dataDir, dir)).mode & 0o777).toBe(0o700);
    }
    const { rows } = await store.app.query<Record<string, string>>(
      "select current_setting('listen_addresses') as tcp, current_setting('fsync') as fsync",
    );
    expect(rows[0]).toEqual({ tcp: '', fsync: 'on' });
    await store.close();
  });

  test('with a path too long for a socket still works', async () => {
    dataDir = path.join(scratch, 'thư-mục-dài-'.repeat(12));
    const store = await open();
    expect(store.how).toBe('started');
    await store.close();
    fs.rmSync(layoutOf(dataDir).socketDir, { recursive: true, force: true });
  });

  test('of another PostgreSQL is refused with a sentence', async () => {
    await (await open()).close();
    fs.writeFileSync(path.join(dataDir, 'data', 'PG_VERSION'), '14\n');
    await expect(open()).rejects.toMatchObject({ code: 'other-postgresql-version' });
  });

  test('whose secrets were replaced is refused with a sentence', async () => {
    await (await open()).close();
    const file = path.join(dataDir, 'secrets.json');
    const text = fs.readFileSync(file, 'utf8').replace(/"superuser":"[^"]*"/, '"superuser":"x"');
    fs.writeFileSync(file, text);
    await expect(open()).rejects.toMatchObject({ code: 'wrong-secrets' });
  });

  test.runIf(isRoot)('behind a closed directory is refused, naming it', async () => {
    const closed = path.join(scratch, 'closed');
    fs.mkdirSync(closed, { mode: 0o700 });
    dataDir = path.join(closed, 'data');
    const refused = open();
    await expect(refused).rejects.toMatchObject({
      code: 'directory-closed',
      details: { directory: closed },
    });
  });
});

describe('kill -9', PATIENT, () => {
  function startWriter() {
    const script = path.join(PROJECT_ROOT, 'test', 'support', 'writer.mjs');
    const { DATABASE_URL: _url, ...env } = process.env;
    const child = spawn(process.execPath, [script, dataDir], {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (part: string) => (text += part));
    const gone = new Promise((resolve) => child.once('exit', resolve));
    const acknowledged = () => text.split('\n').filter((line) => /^[0-9a-f-]{36}$/.test(line));
    return { child, gone, acknowledged };
  }

  test('of the program leaves a server that the next start adopts and stops', async () => {
    const writer = startWriter();
    await until(() => writer.acknowledged().length > 50, 'writes');
    const pid = server();
    writer.child.kill('SIGKILL');
    await writer.gone;
    expect(pid !== null && isAlive(pid)).toBe(true);
    const store = await open();
    expect(store.how).toBe('adopted');
    expect(server()).toBe(pid);
    const kept = await commandIds(store);
    expect(writer.acknowledged().filter((id) => !kept.has(id))).toEqual([]);
    await store.close();
    expect(server()).toBeNull();
  });

  test.each([60, 250, 700])('of everything after %i writes loses none of them', async (writes) => {
    const writer = startWriter();
    await until(() => writer.acknowledged().length > writes, 'writes');
    const pid = server();
    process.kill(pid!, 'SIGKILL');
    writer.child.kill('SIGKILL');
    await writer.gone;
    const store = await open();
    const kept = await commandIds(store);
    expect(writer.acknowledged().length).toBeGreaterThan(writes);
    expect(writer.acknowledged().filter((id) => !kept.has(id))).toEqual([]);
    const entered = await enteredCommands(store);
    expect(writer.acknowledged().filter((id) => !entered.has(id))).toEqual([]);
    expect(entered).toEqual(kept);
    expect(await verifyLog(store)).toMatchObject({ ok: true, entries: kept.size, streams: 1 });
    await store.close();
  });
});
