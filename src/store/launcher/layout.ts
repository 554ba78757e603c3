import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Problem } from '../../kernel/index.js';
import type { ServerAccount } from './account.js';

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

/** Makes the directory of the instance; a place one may not write to is a `Problem`. */
export function makeDataDir(dataDir: string): void {
  try {
    fs.mkdirSync(dataDir, { recursive: true, mode: 0o755 });
    fs.accessSync(dataDir, fs.constants.R_OK | fs.constants.W_OK | fs.constants.X_OK);
  } catch (error) {
    throw new Problem(
      'environment',
      {
        code: 'data-directory-not-writable',
        what: `Không tạo hoặc không ghi được thư mục dữ liệu ${dataDir}.`,
        why: error instanceof Error ? error.message : String(error),
        todo: 'Đặt THONBAN_DATA tới một thư mục mà tài khoản này ghi được.',
      },
      error,
    );
  }
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
