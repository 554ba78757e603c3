import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { Problem } from '../../kernel/index.js';
import { refuseClosedParents, serverAccount } from './account.js';
import type { AttachOptions } from './attach.js';
import { PATIENCE_MILLIS, REVIVAL_MILLIS, configOf } from './attach.js';
import { installBinaries } from './binaries.js';
import type { Layout } from './layout.js';
import { layoutOf, makeServerDirs } from './layout.js';
import type { Lock } from './lock.js';
import { takeLock } from './lock.js';
import { bePresent, leave } from './presence.js';
import { PUBLIC_ROLE } from './roles.js';
import { readPublicSecret } from './secrets.js';
import type { Server } from './server.js';
import { initCluster, isLoginRefused, startServer } from './server.js';

/** A database this process may read the public projections from, until `leave`. */
export interface AttachedPublic {
  how: 'started' | 'adopted';
  config: pg.ClientConfig;
  leave(): Promise<void>;
}

/**
 * The same as `attach` for whoever serves the public: the database of a data directory is joined, or
 * started when it does not run, and one password is read, that of `thonban_public`. What only others
 * may make (cluster, roles, schema) must be there already.
 * @throws Problem `not-published-yet`, `public-role-missing`
 */
export async function attachPublic(
  directory: string,
  options: Pick<AttachOptions, 'onProgress' | 'settings'> = {},
): Promise<AttachedPublic> {
  const layout = layoutOf(realDirectory(directory));
  const password = readPublicSecret(layout.dataDir);
  if (password === null || !fs.existsSync(path.join(layout.cluster, 'PG_VERSION'))) {
    throw notPublishedYet(layout.dataDir);
  }
  const config = configOf(layout, PUBLIC_ROLE, password);
  const until = performance.now() + PATIENCE_MILLIS;
  while (performance.now() < until) {
    const lock = await takeLock(layout.dataDir, 'postgres');
    if (lock) return startForPublic(layout, config, lock, options);
    const joined = await join(layout, config, options.settings);
    if (joined) return joined;
    await sleep(100);
  }
  throw new Problem('environment', {
    code: 'database-unreachable',
    what: `Cơ sở dữ liệu trong ${layout.dataDir} không trả lời.`,
    todo: `Xem ${layout.log}, rồi thử lại.`,
  });
}

async function startForPublic(
  layout: Layout,
  config: pg.ClientConfig,
  lock: Lock,
  { onProgress, settings = {} }: Pick<AttachOptions, 'onProgress' | 'settings'>,
): Promise<AttachedPublic> {
  try {
    refuseClosedParents(layout.dataDir, serverAccount());
    const server = serverOf(layout, config, settings);
    await initCluster(server);
    onProgress?.('Khởi động PostgreSQL');
    const how = await startServer(server);
    return { how, config, leave: await beSeen(layout, config, lock, settings) };
  } catch (error) {
    await leave(layout, config, lock);
    throw error;
  }
}

function serverOf(
  layout: Layout,
  config: pg.ClientConfig,
  settings: Readonly<Record<string, string>>,
): Server {
  const account = serverAccount();
  const binaries = installBinaries(layout.dataDir);
  makeServerDirs(layout, account);
  const probe = { config, refused: roleMissing };
  return { layout, account, binaries, superuserPassword: null, settings, probe };
}

/** A database that ended is started again; without it the site shows on what it has read. */
const beSeen = (
  layout: Layout,
  config: pg.ClientConfig,
  lock: Lock | null,
  settings: Readonly<Record<string, string>>,
) =>
  bePresent({
    ...{ layout, config, counter: config, lock },
    revive: () => startServer(serverOf(layout, config, settings), REVIVAL_MILLIS),
  });

/** `null` while the server that another process looks after does not answer yet. */
async function join(
  layout: Layout,
  config: pg.ClientConfig,
  settings: Readonly<Record<string, string>> = {},
): Promise<AttachedPublic | null> {
  try {
    return { how: 'adopted', config, leave: await beSeen(layout, config, null, settings) };
  } catch (error) {
    if (error instanceof pg.DatabaseError && isLoginRefused(error)) throw roleMissing(error);
    return null;
  }
}

function realDirectory(directory: string): string {
  try {
    return fs.realpathSync(directory);
  } catch {
    throw notPublishedYet(directory);
  }
}

const notPublishedYet = (dataDir: string): Problem =>
  new Problem('environment', {
    code: 'not-published-yet',
    what: `Trong ${dataDir} chưa có bản công khai nào.`,
    why: 'Bản công khai do hệ thống của cán bộ lập ra.',
    todo: 'Chạy "npm start" một lần với cùng THONBAN_DATA, hoặc dùng tệp xuất: thonban serve --public --from TỆP.',
  });

export const roleMissing = (error: pg.DatabaseError): Problem =>
  new Problem(
    'environment',
    {
      code: 'public-role-missing',
      what: `Cơ sở dữ liệu không nhận tài khoản "${PUBLIC_ROLE}".`,
      why: error.message,
      todo: 'Khởi động hệ thống của cán bộ một lần (npm start) để lập tài khoản này, rồi thử lại.',
    },
    error,
  );
