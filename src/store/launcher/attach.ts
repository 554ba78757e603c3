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
import { bePresent, connected } from './presence.js';
import type { Server } from './server.js';
import { initCluster, startServer, superuserConfig } from './server.js';

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
  /** The database ended and could not be started again. */
  onLost?: (error: unknown) => void;
}

export const PATIENCE_MILLIS = 90_000;
/** One attempt to bring back a database that ended. */
export const REVIVAL_MILLIS = 2_000;

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
    const joined = secretsExist(dataDir) ? await join(layout, options) : null;
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
    refuseClosedParents(layout.dataDir, serverAccount());
    const secrets = readSecrets(layout.dataDir);
    options.onProgress?.('Chuẩn bị PostgreSQL');
    const server = serverOf(layout, secrets, options);
    await initCluster(server);
    options.onProgress?.('Khởi động PostgreSQL');
    const how = await startServer(server);
    await prepare(layout, secrets);
    return await attached(layout, secrets, how, lock, options);
  } catch (error) {
    lock.release();
    throw error;
  }
}

function serverOf(layout: Layout, secrets: Secrets, options: AttachOptions): Server {
  const account = serverAccount();
  const binaries = options.binaries ?? installBinaries(layout.dataDir);
  makeServerDirs(layout, account);
  const { settings = {} } = options;
  return { layout, account, binaries, superuserPassword: secrets.superuser, settings };
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
async function join(layout: Layout, options: AttachOptions): Promise<Attached | null> {
  const secrets = readSecrets(layout.dataDir);
  try {
    await prepare(layout, secrets);
    return await attached(layout, secrets, 'adopted', null, options);
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
  options: AttachOptions,
): Promise<Attached> {
  const { onProgress, onLost } = options;
  const app = configOf(layout, APP_ROLE, secrets.app);
  const superuser = superuserConfig(layout, secrets.superuser);
  return {
    how,
    owner: configOf(layout, OWNER_ROLE, secrets.owner),
    app,
    backup: configOf(layout, BACKUP_ROLE, secrets.backup),
    leave: await bePresent({
      ...{ layout, config: app, counter: superuser, lock },
      revive: () => startServer(serverOf(layout, secrets, options), REVIVAL_MILLIS),
      onRestart: () => onProgress?.('PostgreSQL đã dừng; khởi động lại'),
      ...(onLost && { onLost }),
    }),
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
