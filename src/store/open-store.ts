import fs from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import type { Clock } from '../kernel/index.js';
import { systemClock } from '../kernel/index.js';
import { prepareExternal, withUrl } from './external.js';
import type { AttachOptions } from './launcher/attach.js';
import { attach } from './launcher/attach.js';
import { dataDirOf, layoutOf, makeDataDir } from './launcher/layout.js';
import { OWNER_ROLE } from './launcher/roles.js';
import { connected } from './launcher/presence.js';
import { hasCluster } from './launcher/server.js';
import { migrate, readMigrations } from './migrate.js';
import { typeParsers } from './pg-types.js';
import { PROJECT_ROOT } from './project-root.js';
import { logStatements } from './sql-log.js';
import { problemOfSql } from './sql-problems.js';
import type { OnProgress, Store } from './types.js';
import type { As, Ways } from './ways.js';
import { asOwner, hasOwner, rememberWays } from './ways.js';

export interface OpenOptions {
  dataDir?: string;
  env?: NodeJS.ProcessEnv;
  clock?: Clock;
  onProgress?: OnProgress;
  /** The bundled server ended and could not be started again. */
  onLost?: (error: unknown) => void;
  /** `false` leaves the schema as it is (default: bring it forward). */
  migrate?: boolean;
  /** Settings of the bundled server, for tests. */
  settings?: AttachOptions['settings'];
}

/** Connections of one process; with a demonstration being made beside the service: 2 × 10 + 2. */
const POOL_SIZE = 10;

/**
 * Opens the instance. `DATABASE_URL` names a PostgreSQL to use; otherwise the bundled one of the data
 * directory is joined when it runs (`adopted`) and started when it does not (`started`).
 * Fails with an `environment` Problem.
 */
export async function openStore(options: OpenOptions = {}): Promise<Store> {
  const env = options.env ?? process.env;
  const dataDir = options.dataDir ? path.resolve(options.dataDir) : dataDirOf(env, PROJECT_ROOT);
  return env['DATABASE_URL']
    ? openExternal(env['DATABASE_URL'], env, dataDir, options)
    : openBundled(dataDir, options);
}

/** Whether opening the instance will first set up a bundled database, which takes a few seconds. */
export function isNewDataDir(env: NodeJS.ProcessEnv): boolean {
  if (env['DATABASE_URL']) return false;
  return !hasCluster(layoutOf(dataDirOf(env, PROJECT_ROOT)));
}

async function openBundled(dataDir: string, options: OpenOptions): Promise<Store> {
  const { onLost, onProgress, settings } = options;
  const attached = await attach(dataDir, {
    ...(onProgress && { onProgress }),
    ...(settings && { settings }),
    ...(onLost && { onLost }),
  });
  const ways: Ways = {
    asOwner: (use) => withClient(attached.owner, use),
    asReader: (use) => withClient(attached.backup, use),
  };
  try {
    if (options.migrate !== false) {
      await ways.asOwner?.((owner) => migrate(owner, readMigrations(), onProgress));
    }
  } catch (error) {
    await attached.leave();
    throw error;
  }
  const real = fs.realpathSync(dataDir);
  return makeStore(attached.app, attached.how, real, ways, options, attached.leave);
}

async function openExternal(
  url: string,
  env: NodeJS.ProcessEnv,
  dataDir: string,
  options: OpenOptions,
): Promise<Store> {
  const { DATABASE_ADMIN_URL: adminUrl, DATABASE_BACKUP_URL: backupUrl } = env;
  makeDataDir(dataDir);
  const publicUrl = env['DATABASE_PUBLIC_URL'];
  await prepareExternal({ appUrl: url, adminUrl, publicUrl }, options.onProgress);
  const asOwner: As | null = adminUrl
    ? (use) =>
        withUrl(adminUrl, async (client) => {
          await client.query(`set role ${OWNER_ROLE}`);
          return use(client);
        })
    : null;
  const asReader: As | null = backupUrl ? (use) => withUrl(backupUrl, use) : asOwner;
  const nothing = () => Promise.resolve();
  const config = { connectionString: url };
  return makeStore(config, 'external', dataDir, { asOwner, asReader }, options, nothing);
}

function makeStore(
  config: pg.PoolConfig,
  how: Store['how'],
  dataDir: string,
  ways: Ways,
  options: OpenOptions,
  leave: () => Promise<void>,
): Store {
  const app = new pg.Pool({
    ...config,
    max: POOL_SIZE,
    application_name: 'thonban',
    types: typeParsers,
    connectionTimeoutMillis: 30_000,
  });
  // A connection that breaks is replaced at the next use. The pool listens on idle ones only, and an
  // unheard error of a borrowed one would end the process; its statements fail by themselves.
  app.on('error', () => undefined);
  const open = new Set<pg.PoolClient>();
  app.on('connect', (client) => {
    client.on('error', () => undefined);
    open.add(client);
    logStatements(client);
  });
  app.on('remove', (client) => open.delete(client));
  let closed: Promise<void> | undefined;
  const close: Store['close'] = ({ force = false } = {}) => {
    if (force) for (const client of open) cut(client);
    return (closed ??= app.end().then(leave));
  };
  const store: Store = { dataDir, app, clock: options.clock ?? systemClock, how, close };
  rememberWays(store, ways);
  return store;
}

/** Ends a connection even in the middle of a statement; whoever waits for it gets an error. */
function cut(client: pg.PoolClient): void {
  (client as unknown as pg.Client).end().catch(() => undefined);
}

/**
 * Before the first load of a large instance: the covering index is built by `maintain` at the end, in a
 * third of the time that filling it row by row takes, and half as large. Not for an instance in use.
 */
export async function expectLoad(store: Store): Promise<void> {
  if (hasOwner(store)) {
    await asOwner(store, (owner) => owner.query(`drop index if exists ${COVERING_INDEX}`));
  }
}

/**
 * Refreshes the planner's statistics after a large load; only the owner of the tables may. Answers
 * `false` when this process has no way to the owner (external database without DATABASE_ADMIN_URL),
 * where autovacuum does it a little later.
 */
export async function maintain(store: Store): Promise<boolean> {
  if (!hasOwner(store)) return false;
  await Promise.all([
    // Flows are read from a covering index; without the visibility map each entry would visit its row.
    asOwner(store, async (owner) => {
      await owner.query(`vacuum (analyze) ${LARGEST_TABLE}`);
      await owner.query(`create index if not exists ${COVERING_INDEX} on ${COVERED}`);
    }),
    asOwner(store, async (owner) => {
      const { rows } = await owner.query<{ name: string }>(OTHER_TABLES, [LARGEST_TABLE]);
      await owner.query(`analyze ${rows.map((row) => row.name).join(', ')}`);
      await owner.query('vacuum place_scopes');
    }),
  ]);
  return true;
}

const LARGEST_TABLE = 'household_rounds';
const COVERING_INDEX = 'household_rounds_counted';
/** As in 0023_round_tallies.sql. */
const COVERED = `${LARGEST_TABLE} (round, book_id, household_id, row_id) include (place_id,
  recorded_at, recognised_status, proposed_status, members, is_synthetic)`;
const OTHER_TABLES = `
  select quote_ident(tablename) as name from pg_tables
  where schemaname = current_schema and tablename <> $1`;

const withClient = <T>(
  config: pg.ClientConfig,
  use: (client: pg.Client) => Promise<T>,
): Promise<T> =>
  connected(config, use).catch((error: unknown) => {
    throw problemOfSql(error);
  });
