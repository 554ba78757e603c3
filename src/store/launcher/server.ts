import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { Problem } from '../../kernel/index.js';
import type { ServerAccount } from './account.js';
import type { Binaries } from './binaries.js';
import type { Layout } from './layout.js';
import { SOCKET_PORT, openLog } from './layout.js';
import { isAlive } from './lock.js';

export interface Server {
  layout: Layout;
  account: ServerAccount | null;
  binaries: Binaries;
  /** `null` for who may only start a cluster that is there, not make one. */
  superuserPassword: string | null;
  settings: Readonly<Record<string, string>>;
  /** How to see that the server answers, when not as superuser. */
  probe?: Probe;
}

export interface Probe {
  config: pg.ClientConfig;
  /** What to tell when it answers that this login is none. */
  refused: (error: pg.DatabaseError) => Problem;
}

/** How long a server that ends at once is started again: orphans of a killed one go in a second. */
const START_PATIENCE_MILLIS = 10_000;

/** Sized so that the whole system stays below 1.5 GB. Details of rows never reach the log. */
export const SERVER_SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  max_connections: '60',
  shared_buffers: '384MB',
  work_mem: '24MB',
  maintenance_work_mem: '128MB',
  effective_cache_size: '1GB',
  // A province's first load writes 1.5 GB of it: a checkpoint in the middle would write every page twice.
  max_wal_size: '4GB',
  // An import writes 1.4 KB of it for each row; with less room it waits for the disk every few batches.
  wal_buffers: '64MB',
  checkpoint_timeout: '15min',
  random_page_cost: '1.1',
  // A first load takes a minute; statistics are refreshed at its end, not three times during it.
  autovacuum_naptime: '3min',
  jit: 'off',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  timezone: 'UTC',
};

/** Makes the database cluster once: UTF-8, byte order, SCRAM passwords, page checksums. */
export async function initCluster(server: Server): Promise<void> {
  const { cluster, socketDir, log } = server.layout;
  if (hasCluster(server.layout)) {
    refuseOtherMajor(fs.readFileSync(versionFile(server.layout), 'utf8').trim(), server);
    return;
  }
  if (server.superuserPassword === null) throw new Error('only its owner makes a cluster');
  emptyDirectory(cluster);
  const passwordFile = path.join(socketDir, 'password');
  fs.rmSync(passwordFile, { force: true });
  fs.writeFileSync(passwordFile, server.superuserPassword, { mode: 0o600 });
  if (server.account) fs.chownSync(passwordFile, server.account.uid, server.account.gid);
  const child = run(server, 'initdb', [
    ...['-D', cluster, '-U', 'postgres', '-E', 'UTF8', '--locale=C.UTF-8'],
    ...['--auth=scram-sha-256', '--data-checksums', `--pwfile=${passwordFile}`],
  ]);
  const code = await exitOf(child);
  fs.rmSync(passwordFile, { force: true });
  if (code === 0) return;
  emptyDirectory(cluster);
  throw startFailed('Không tạo được cơ sở dữ liệu mới.', log);
}

/** Whether a database cluster has been made in this data directory. */
export const hasCluster = (layout: Layout): boolean => fs.existsSync(versionFile(layout));

const versionFile = ({ cluster }: Layout): string => path.join(cluster, 'PG_VERSION');

function refuseOtherMajor(major: string, server: Server): void {
  if (server.binaries.version.startsWith(`${major}.`)) return;
  throw new Problem('environment', {
    code: 'other-postgresql-version',
    what: `Dữ liệu trong ${server.layout.dataDir} thuộc PostgreSQL ${major}.`,
    why: `Bản đi kèm là PostgreSQL ${server.binaries.version.split('.')[0]}.`,
    todo: 'Khôi phục một bản sao lưu vào thư mục dữ liệu mới.',
  });
}

/** Process id of the live server of this cluster, else `null`. */
export function serverPid(layout: Layout): number | null {
  try {
    const [pidText, directory] = fs
      .readFileSync(path.join(layout.cluster, 'postmaster.pid'), 'utf8')
      .split('\n');
    const pid = Number(pidText);
    if (directory !== layout.cluster || !isAlive(pid)) return null;
    // A process id may have been given to another program meanwhile.
    if (process.platform === 'linux') {
      const command = fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      if (!command.includes(layout.cluster)) return null;
    }
    return pid;
  } catch {
    return null;
  }
}

/**
 * Starts the server and waits until it answers. One that a killed launcher left behind is adopted.
 * After a kill the orphans of the old server may hold shared memory for a moment: then again.
 */
export async function startServer(
  server: Server,
  patienceMillis = START_PATIENCE_MILLIS,
): Promise<'started' | 'adopted'> {
  const { layout } = server;
  if (serverPid(layout) !== null && (await answersWithin(server, 30_000))) return 'adopted';
  const until = performance.now() + patienceMillis;
  while (performance.now() < until) {
    const settings = Object.entries({ ...SERVER_SETTINGS, ...server.settings });
    const child = run(server, 'postgres', [
      ...['-D', layout.cluster, '-k', layout.socketDir, '-p', String(SOCKET_PORT)],
      ...settings.flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ]);
    child.unref();
    if (await answersWhileRunning(server, child)) return 'started';
    await sleep(100);
  }
  throw startFailed('PostgreSQL không khởi động được.', layout.log);
}

/** `false` when the program ended instead of answering. */
async function answersWhileRunning(server: Server, child: ChildProcess): Promise<boolean> {
  const failed = exitOf(child).then(() => 'failed' as const);
  for (;;) {
    if (await answers(server)) return true;
    if ((await Promise.race([failed, sleep(40)])) === 'failed') return false;
  }
}

async function answersWithin(server: Server, millis: number): Promise<boolean> {
  const until = performance.now() + millis;
  while (serverPid(server.layout) !== null && performance.now() < until) {
    if (await answers(server)) return true;
    await sleep(50);
  }
  return false;
}

/** Does a real connection succeed? */
async function answers(server: Server): Promise<boolean> {
  const { config, refused } = server.probe ?? superuserProbe(server);
  const client = new pg.Client(config);
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch (error) {
    if (error instanceof pg.DatabaseError && isLoginRefused(error)) throw refused(error);
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Wrong password or no such role; no right to connect; no such database. Not "is starting up". */
export const isLoginRefused = ({ code = '' }: pg.DatabaseError): boolean =>
  code.startsWith('28') || code === '42501' || code === '3D000';

const superuserProbe = (server: Server): Probe => ({
  config: superuserConfig(server.layout, server.superuserPassword ?? ''),
  refused: () => wrongSecrets(server),
});

export function superuserConfig(layout: Layout, password: string): pg.ClientConfig {
  return {
    host: layout.socketDir,
    port: SOCKET_PORT,
    user: 'postgres',
    password,
    database: 'postgres',
    connectionTimeoutMillis: 5_000,
  };
}

/** Fast shutdown: running transactions roll back, everything acknowledged is on disk. */
export async function stopServer(layout: Layout): Promise<void> {
  const pid = serverPid(layout);
  if (pid === null) return;
  process.kill(pid, 'SIGINT');
  while (serverPid(layout) === pid) await sleep(15);
}

function run(server: Server, program: string, args: string[]): ChildProcess {
  const { layout, account } = server;
  const log = openLog(layout);
  try {
    return spawn(path.join(server.binaries.bin, program), args, {
      cwd: layout.dataDir,
      env: { HOME: layout.dataDir, LC_ALL: 'C.UTF-8', TZ: 'UTC', PATH: '/usr/bin:/bin' },
      // Ctrl-C in the terminal must reach us alone: the database stops after we have drained.
      detached: true,
      stdio: ['ignore', log, log],
      ...(account && { uid: account.uid, gid: account.gid }),
    });
  } finally {
    fs.closeSync(log);
  }
}

const exitOf = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) => {
    child.once('exit', resolve);
    child.once('error', () => resolve(null));
  });

function emptyDirectory(directory: string): void {
  for (const name of fs.readdirSync(directory)) {
    fs.rmSync(path.join(directory, name), { recursive: true, force: true });
  }
}

function startFailed(what: string, log: string): Problem {
  const tail = fs.existsSync(log)
    ? fs.readFileSync(log, 'utf8').trimEnd().split('\n').slice(-3)
    : [];
  return new Problem('environment', {
    code: 'postgresql-does-not-start',
    what,
    why: tail.join(' '),
    todo: `Xem thêm trong ${log}.`,
  });
}

function wrongSecrets(server: Server): Problem {
  return new Problem('environment', {
    code: 'wrong-secrets',
    what: 'Mật khẩu trong secrets.json không mở được cơ sở dữ liệu.',
    why: `Tệp secrets.json và dữ liệu trong ${server.layout.dataDir} không cùng một bản cài đặt.`,
    todo: 'Trả lại tệp secrets.json của bản cài đặt này từ bản sao lưu.',
  });
}
