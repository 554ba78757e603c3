import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { Problem } from '../../kernel/index.js';
import type { OnProgress } from '../types.js';
import { refuseClosedParents, serverAccount } from './account.js';
import type { Binaries } from './binaries.js';
import { installBinaries } from './binaries.js';
import type { Layout } from './layout.js';
import { SOCKET_PORT, layoutOf, makeDataDir, makeServerDirs } from './layout.js';
import type { Lock } from './lock.js';
import { takeLock } from './lock.js';
import { closeFunctions, limitPublicLogin } from './narrow-public.js';
import { APP_ROLE, BACKUP_ROLE, DATABASE, OWNER_ROLE, ensureDatabase } from './roles.js';
import type { Secrets } from './secrets.js';
import { readSecrets, secretsExist } from './secrets.js';
import { initCluster, startServer, stopServer, superuserConfig } from './server.js';

/** A database this process may use until `leave`. */
export interface Attached {
  how: 'started' | 'adopted';
  owner: pg.ClientConfig;
  app: pg.ClientConfig;
  backup: pg.ClientConfig;
  leave(): Promise<void>;
}

export interface AttachOptions {
  settings?: Readonly<Record<string, string>>;
  /** Another PostgreSQL than the bundled one, for tests. */
  binaries?: Binaries;
  onProgress?: OnProgress;
}

/** Each process holds one connection of this name. */
export const PRESENCE = 'thonban-presence';
export const PATIENCE_MILLIS = 90_000;
/** How long a server may take to notice that a process is gone. */
const NOTICE_MILLIS = 1_000;

/**
 * Gets the database of a data directory: starts it, adopts what a killed process left running, or joins
 * a running one. Each process holds one connection as a sign of its presence; the last one to leave
 * stops the server, so that a command never pulls the database from under a running service.
 */
export async function attach(directory: string, options: AttachOptions = {}): Promise<Attached> {
  makeDataDir(directory);
  const dataDir = fs.realpathSync(directory);
  const layout = layoutOf(dataDir);
  const until = performance.now() + PATIENCE_MILLIS;
  while (performance.now() < until) {
    const lock = await takeLock(dataDir, 'postgres');
    if (lock) return startOwn(layout, lock, options);
    const joined = secretsExist(dataDir) ? await join(layout) : null;
    if (joined) return joined;
    await sleep(100);
  }
  throw new Problem('environment', {
    code: 'database-unreachable',
    what: `Cơ sở dữ liệu trong ${dataDir} không trả lời.`,
    why: 'Một tiến trình khác đang giữ cơ sở dữ liệu nhưng chưa mở xong.',
    todo: `Xem ${path.join(dataDir, 'postgres.log')}, rồi thử lại.`,
  });
}

async function startOwn(layout: Layout, lock: Lock, options: AttachOptions): Promise<Attached> {
  try {
    const account = serverAccount();
    refuseClosedParents(layout.dataDir, account);
    const secrets = readSecrets(layout.dataDir);
    options.onProgress?.('Chuẩn bị PostgreSQL');
    const binaries = options.binaries ?? installBinaries(layout.dataDir);
    makeServerDirs(layout, account);
    const settings = options.settings ?? {};
    const superuserPassword = secrets.superuser;
    const server = { layout, account, binaries, superuserPassword, settings };
    await initCluster(server);
    options.onProgress?.('Khởi động PostgreSQL');
    const how = await startServer(server);
    await prepare(layout, secrets);
    return await attached(layout, secrets, how, lock);
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Roles, the database and their rights, also in an instance that an older program made. */
async function prepare(layout: Layout, secrets: Secrets): Promise<void> {
  const superuser = superuserConfig(layout, secrets.superuser);
  await connected(superuser, async (client) => {
    await ensureDatabase(client, secrets, layout.dataDir);
    await limitPublicLogin(client);
  });
  await connected({ ...superuser, database: DATABASE }, closeFunctions);
}

/** Joins a server that another process looks after; `null` while it does not answer yet. */
async function join(layout: Layout): Promise<Attached | null> {
  const secrets = readSecrets(layout.dataDir);
  try {
    await prepare(layout, secrets);
    return await attached(layout, secrets, 'adopted', null);
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === '28P01') throw error;
    return null;
  }
}

async function attached(
  layout: Layout,
  secrets: Secrets,
  how: Attached['how'],
  lock: Lock | null,
): Promise<Attached> {
  const app = configOf(layout, APP_ROLE, secrets.app);
  const superuser = superuserConfig(layout, secrets.superuser);
  return {
    how,
    owner: configOf(layout, OWNER_ROLE, secrets.owner),
    app,
    backup: configOf(layout, BACKUP_ROLE, secrets.backup),
    leave: await bePresent(layout, app, superuser, lock),
  };
}

/** How one of our roles reaches the database of an instance. */
export const configOf = (layout: Layout, user: string, password: string): pg.ClientConfig => ({
  host: layout.socketDir,
  port: SOCKET_PORT,
  user,
  password,
  database: DATABASE,
});

/**
 * Shows that this process uses the database, until the returned `leave` is called.
 * @param counter with which the others are counted when leaving
 */
export async function bePresent(
  layout: Layout,
  config: pg.ClientConfig,
  counter: pg.ClientConfig,
  lock: Lock | null,
): Promise<() => Promise<void>> {
  // It says nothing for as long as the process lives: that is no session that was forgotten.
  const options = '-c idle_session_timeout=0';
  const presence = new pg.Client({ ...config, application_name: PRESENCE, options });
  presence.on('error', () => undefined);
  await presence.connect();
  let left: Promise<void> | undefined;
  return () =>
    (left ??= presence
      .end()
      .catch(() => undefined)
      .then(() => leave(layout, counter, lock)));
}

/**
 * Stops the server unless others are present. Two that leave together: whoever has the lock counts the
 * other as present until its connection is gone, so the other waits for the lock and counts again.
 */
export async function leave(
  layout: Layout,
  counter: pg.ClientConfig,
  held: Lock | null,
): Promise<void> {
  let lock = held;
  while (!lock && (await othersPresent(counter)) === 0) {
    lock = await takeLock(layout.dataDir, 'postgres');
    if (!lock) await sleep(25);
  }
  if (!lock) return;
  try {
    if (await areAllGone(counter)) await stopServer(layout);
  } finally {
    lock.release();
  }
}

/** A process that was killed a moment ago still counts until the server has noticed. */
async function areAllGone(counter: pg.ClientConfig): Promise<boolean> {
  const until = performance.now() + NOTICE_MILLIS;
  while ((await othersPresent(counter)) > 0) {
    if (performance.now() > until) return false;
    await sleep(50);
  }
  return true;
}

/** Processes present; 0 when the server is gone already. */
async function othersPresent(counter: pg.ClientConfig): Promise<number> {
  try {
    return await connected(counter, async (client) => {
      const { rows } = await client.query<{ present: number }>(
        'select count(*)::int as present from pg_stat_activity where application_name = $1',
        [PRESENCE],
      );
      return rows[0]?.present ?? 0;
    });
  } catch {
    return 0;
  }
}

async function connected<T>(
  config: pg.ClientConfig,
  use: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client(config);
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await use(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}
