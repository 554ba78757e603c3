import fs from 'node:fs';
import path from 'node:path';
import { randomBytes } from 'node:crypto';
import { inject, onTestFinished } from 'vitest';
import type pg from 'pg';
import type { Clock } from '../../src/kernel/index.js';
import { openStore } from '../../src/store/index.js';
import type { Store } from '../../src/store/index.js';
import { asOwner, asSuperuser, asSuperuserIn, createDatabase } from './test-server.js';
import { EMPTY_TEMPLATE } from './test-server.js';

export interface TestStore extends Store {
  /** Environment with which a command line or another process reaches the same database. */
  env: NodeJS.ProcessEnv;
  /** The same with a way to the owner of the tables. */
  adminEnv: NodeJS.ProcessEnv;
  /** Looks behind row security, to check what is really stored. */
  behind<T>(use: (client: pg.Client) => Promise<T>): Promise<T>;
}

export interface TestStoreOptions {
  /**
   * `empty`: the migrated schema. `demo`: the demonstration province at scale 0.02, seed 1.
   * `published`: the same with its public projections.
   */
  template?: keyof typeof TEMPLATES;
  clock?: Clock;
}

/**
 * A database of its own for one test or one test file (call it in `beforeAll`), as the restricted role.
 * `close()` also removes the database and its data directory; inside a single test that happens by
 * itself.
 */
export async function testStore(options: TestStoreOptions = {}): Promise<TestStore> {
  const address = inject('database');
  const template = await TEMPLATES[options.template ?? 'empty']();
  const name = `test_${randomBytes(8).toString('hex')}`;
  await createDatabase(address, name, template);
  return storeOn(name, options.clock);
}

/** A store on a database of the test server that is there already; `close()` removes it as well. */
export async function storeOn(name: string, clock?: Clock): Promise<TestStore> {
  const address = inject('database');
  const dataDir = fs.mkdtempSync(path.join(address.filesDir, 'store-'));
  const env = environment(name, dataDir);
  const store = await openStore({ env, dataDir, ...(clock && { clock }) });
  const closeStore = store.close;
  const close = once(async () => {
    await closeStore();
    await asSuperuser(address, (client) => client.query(`drop database ${name} with (force)`));
    fs.rmSync(dataDir, { recursive: true, force: true });
  });
  closeAfterTest(close);
  return Object.assign(store, {
    env,
    adminEnv: { ...env, DATABASE_ADMIN_URL: adminUrl(name) },
    close,
    behind: <T>(use: (client: pg.Client) => Promise<T>) => asSuperuserIn(address, name, use),
  });
}

/** The environment of this process, pointed at one test database. */
function environment(database: string, dataDir: string): NodeJS.ProcessEnv {
  const { host, port, appPassword, backupPassword, publicPassword } = inject('database');
  const url = (role: string, password: string) =>
    `postgres://${role}:${password}@/${database}?host=${host}&port=${port}`;
  return {
    ...process.env,
    DATABASE_URL: url('thonban_app', appPassword),
    DATABASE_BACKUP_URL: url('thonban_backup', backupPassword),
    DATABASE_PUBLIC_URL: url('thonban_public', publicPassword),
    THONBAN_DATA: dataDir,
  };
}

function adminUrl(database: string): string {
  const { host, port, superuserPassword } = inject('database');
  return `postgres://postgres:${superuserPassword}@/${database}?host=${host}&port=${port}`;
}

const TEMPLATES = {
  empty: () => Promise.resolve(EMPTY_TEMPLATE),
  demo: () =>
    makeTemplate('template_demo', 'empty', async (store) => {
      const { makeDemo } = await import('../../src/demo/index.js');
      await makeDemo(store, { scale: 0.02, seed: 1 });
    }),
  published: () =>
    makeTemplate('template_published', 'demo', async (store) => {
      const { publish } = await import('../../src/publication/index.js');
      await publish(store);
    }),
};

/** Made by the first test that asks, kept for the run. */
async function makeTemplate(
  name: string,
  from: 'empty' | 'demo',
  fill: (store: Store) => Promise<void>,
): Promise<string> {
  const address = inject('database');
  const template = await TEMPLATES[from]();
  const draft = `${name}_draft`;
  await asSuperuser(address, async (client) => {
    await client.query('select pg_advisory_lock(7400004)');
    const found = await client.query('select from pg_database where datname = $1', [name]);
    if (found.rowCount) return;
    await client.query(`drop database if exists ${draft} with (force)`);
    await createDatabase(address, draft, template);
    const dataDir = fs.mkdtempSync(path.join(address.filesDir, 'demo-'));
    const store = await openStore({ env: environment(draft, dataDir), dataDir });
    await fill(store);
    await store.close();
    await asOwner(address, draft, (owner) => owner.query('analyze'));
    fs.rmSync(dataDir, { recursive: true, force: true });
    await client.query(`alter database ${draft} rename to ${name}`);
  });
  return name;
}

/** Inside a test: clean up when it ends. In `beforeAll` there is no test; the file closes itself. */
function closeAfterTest(close: () => Promise<void>): void {
  try {
    onTestFinished(close);
  } catch {
    // Not inside a test.
  }
}

function once(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => (running ??= work());
}
