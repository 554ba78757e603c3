import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Problem, systemReason } from '../../kernel/index.js';
import type { ServerAccount } from './account.js';
import { secretsExist } from './secrets.js';

/** Where things of one instance lie. */
export interface Layout {
  dataDir: string;
  /** PostgreSQL's own data. */
  cluster: string;
  /** Directory of the socket; nothing listens on TCP. */
  socketDir: string;
  log: string;
}

/** Only names the socket file. */
export const SOCKET_PORT = 5432;
/** `sun_path` of a unix socket holds 108 bytes with its final zero. */
const SOCKET_PATH_BYTES = 107;
const LOG_LIMIT_BYTES = 10 * 1024 * 1024;

/** `THONBAN_DATA`, else /var/lib/thonban for root and `var/` of the checkout for others. */
export function dataDirOf(env: NodeJS.ProcessEnv, projectRoot: string): string {
  if (env['THONBAN_DATA']) return path.resolve(env['THONBAN_DATA']);
  return process.getuid?.() === 0 ? '/var/lib/thonban' : path.join(projectRoot, 'var');
}

/** What an instance keeps in its directory; `*.pid` where there are no abstract sockets. */
const OWN = new Set([
  ...['data', 'files', 'pg', 'postgres.log', 'postgres.log.1', 'postgres.pid', 'run'],
  ...['audit-key.json', 'audit-last-signed.json', 'signing-roots', 'keys.json', 'keys.pid'],
  ...['oidc.json', 'public-secret', 'secrets.json', 'serve.pid', 'serving.json'],
]);

/**
 * Also a draft that a killed process left beside its file. Without `secrets.json` the rest is an
 * instance still: whoever lost that file must hear so, not be sent to an empty directory.
 */
const isOwn = (name: string): boolean =>
  OWN.has(name) || OWN.has(name.replace(/\.\d+(\.[0-9a-f]{8})?$/, ''));

/**
 * Makes the directory of the instance. A place one may not write to, and a directory of something
 * else, are a `Problem`: as root the server would take over a `data` or `run` found there.
 */
export function makeDataDir(dataDir: string): void {
  try {
    makeDirectories(dataDir);
    fs.accessSync(dataDir, fs.constants.R_OK | fs.constants.W_OK | fs.constants.X_OK);
    refuseForeign(dataDir);
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem(
      'environment',
      {
        code: 'data-directory-not-writable',
        what: `Không tạo hoặc không ghi được thư mục dữ liệu ${dataDir}.`,
        why: systemReason(error),
        todo: 'Đặt THONBAN_DATA tới một thư mục mà tài khoản này ghi được.',
      },
      error,
    );
  }
}

/** Level by level: Node's own `recursive` never returns where a file system makes no directories. */
function makeDirectories(dir: string): void {
  if (fs.statSync(dir, { throwIfNoEntry: false })?.isDirectory()) return;
  if (path.dirname(dir) !== dir) makeDirectories(path.dirname(dir));
  try {
    fs.mkdirSync(dir, { mode: 0o755 });
  } catch (error) {
    // Another process may have been faster.
    if (!fs.statSync(dir, { throwIfNoEntry: false })?.isDirectory()) throw error;
  }
}

function refuseForeign(dataDir: string): void {
  if (secretsExist(dataDir)) return;
  const foreign = fs
    .readdirSync(dataDir)
    .find((name) => !isOwn(name) && !name.startsWith('.') && name !== 'lost+found');
  // A log that somebody keeps there disturbs nobody; a `data` or `run` with contents is not ours.
  if (foreign === undefined || !['data', 'run'].some((name) => isTaken(dataDir, name))) return;
  throw new Problem('environment', {
    code: 'data-directory-of-something-else',
    what: `Thư mục ${dataDir} đang chứa thứ khác, không phải dữ liệu của Thôn Bản.`,
    why: `Trong đó có "${foreign}".`,
    todo: 'Đặt THONBAN_DATA tới một thư mục mới hoặc thư mục trống.',
  });
}

/** Something stands there that is more than the empty directory of a start that was cut off. */
function isTaken(dataDir: string, name: string): boolean {
  const at = path.join(dataDir, name);
  const found = fs.statSync(at, { throwIfNoEntry: false });
  return found !== undefined && !(found.isDirectory() && fs.readdirSync(at).length === 0);
}

export function layoutOf(dataDir: string): Layout {
  const beside = path.join(dataDir, 'run');
  const fits = Buffer.byteLength(`${beside}/.s.PGSQL.${SOCKET_PORT}`) <= SOCKET_PATH_BYTES;
  const key = createHash('sha256').update(dataDir).digest('hex').slice(0, 12);
  return {
    dataDir,
    cluster: path.join(dataDir, 'data'),
    socketDir: fits ? beside : path.join(os.tmpdir(), `thonban-${key}`),
    log: path.join(dataDir, 'postgres.log'),
  };
}

/** Directories of the server: mode 700, owned by its account. */
export function makeServerDirs(layout: Layout, account: ServerAccount | null): void {
  for (const dir of [layout.cluster, layout.socketDir]) {
    fs.mkdirSync(dir, { recursive: true, mode: 0o700 });
    const { uid } = fs.lstatSync(dir);
    const mine = account?.uid ?? process.getuid?.() ?? uid;
    if (account && uid !== mine) fs.chownSync(dir, account.uid, account.gid);
    fs.chmodSync(dir, 0o700);
  }
}

/** Opens the log for appending; a long one makes room, keeping one older file. */
export function openLog(layout: Layout): number {
  const size = fs.statSync(layout.log, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LOG_LIMIT_BYTES) fs.renameSync(layout.log, `${layout.log}.1`);
  return fs.openSync(layout.log, 'a', 0o600);
}
