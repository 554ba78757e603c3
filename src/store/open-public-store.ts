import pg from 'pg';
import { Problem } from '../kernel/index.js';
import { withUrl } from './external.js';
import { attachPublic } from './launcher/attach-public.js';
import { dataDirOf } from './launcher/layout.js';
import { typeParsers } from './pg-types.js';
import { PROJECT_ROOT } from './project-root.js';
import { refuseFarReach } from './public-reach.js';
import { logStatements } from './sql-log.js';
import { problemOfSql } from './sql-problems.js';
import type { OnProgress, Rows } from './types.js';

/** The public projections in a database, seen by a role that can reach nothing else. */
export interface PublicStore {
  readonly dataDir: string;
  readonly how: 'started' | 'adopted' | 'external';
  /** One read-only transaction that shows one instant. */
  read<T>(work: (query: PublicQueryer) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export type PublicQueryer = <R>(sql: string, params?: unknown[]) => Promise<Rows<R>>;

export interface OpenPublicOptions {
  env?: NodeJS.ProcessEnv;
  onProgress?: OnProgress;
}

/** Reads are short and rare: the site keeps what it has read until an edition replaces it. */
const POOL_SIZE = 3;

/**
 * Opens the projections of an instance: `DATABASE_PUBLIC_URL`, or the bundled database of the data
 * directory. No other login is used or read, and one that reaches too far is refused.
 */
export async function openPublicStore(options: OpenPublicOptions = {}): Promise<PublicStore> {
  const { env = process.env, onProgress } = options;
  const dataDir = dataDirOf(env, PROJECT_ROOT);
  const url = env['DATABASE_PUBLIC_URL'];
  if (url) {
    await withUrl(url, refuseFarReach);
    return makePublicStore({ connectionString: url }, dataDir, 'external', () => Promise.resolve());
  }
  if (env['DATABASE_URL']) throw publicUrlMissing();
  const attached = await attachPublic(dataDir, onProgress && { onProgress });
  try {
    const { config, how, leave } = attached;
    const store = makePublicStore(config, dataDir, how, leave);
    await checkReach(config);
    return store;
  } catch (error) {
    await attached.leave();
    throw problemOfSql(error);
  }
}

async function checkReach(config: pg.ClientConfig): Promise<void> {
  const client = new pg.Client(config);
  client.on('error', () => undefined);
  try {
    await client.connect();
    await refuseFarReach(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

function makePublicStore(
  config: pg.ClientConfig,
  dataDir: string,
  how: PublicStore['how'],
  leave: () => Promise<void>,
): PublicStore {
  const pool = new pg.Pool({
    ...config,
    max: POOL_SIZE,
    application_name: 'thonban-public',
    types: typeParsers,
    connectionTimeoutMillis: 10_000,
  });
  pool.on('error', () => undefined);
  pool.on('connect', (client) => {
    client.on('error', () => undefined);
    logStatements(client);
  });
  let closed: Promise<void> | undefined;
  return {
    dataDir,
    how,
    read: (work) => readOnce(pool, work),
    close: () => (closed ??= pool.end().then(leave)),
  };
}

async function readOnce<T>(pool: pg.Pool, work: (query: PublicQueryer) => Promise<T>): Promise<T> {
  let client: pg.PoolClient | null = null;
  let isBroken = false;
  try {
    client = await pool.connect();
    const connection = client;
    await connection.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const result = await work(async <R>(sql: string, params: unknown[] = []) => {
      const { rows, rowCount } = await connection.query(sql, params);
      return { rows: rows as R[], rowCount: rowCount ?? 0 };
    });
    await connection.query('COMMIT');
    return result;
  } catch (error) {
    await client?.query('ROLLBACK').catch(() => (isBroken = true));
    throw problemOfSql(error);
  } finally {
    client?.release(isBroken);
  }
}

const publicUrlMissing = (): Problem =>
  new Problem('environment', {
    code: 'public-url-missing',
    what: 'Thiếu DATABASE_PUBLIC_URL.',
    why: 'Trang công khai đọc cơ sở dữ liệu bằng một tài khoản riêng, không dùng DATABASE_URL của cán bộ.',
    todo: 'Đặt DATABASE_PUBLIC_URL=postgres://thonban_public:mật-khẩu@máy:5432/cơ-sở-dữ-liệu; lần đầu chạy hệ thống của cán bộ một lần với cả DATABASE_ADMIN_URL để lập tài khoản đó.',
  });
