import fs from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { attach } from '../../src/store/launcher/attach.js';
import type { Binaries } from '../../src/store/launcher/binaries.js';
import { layoutOf } from '../../src/store/launcher/layout.js';
import { closeFunctions } from '../../src/store/launcher/narrow-public.js';
import { readPublicSecret, readSecrets } from '../../src/store/launcher/secrets.js';
import { superuserConfig } from '../../src/store/launcher/server.js';
import { migrate } from '../../src/store/migrate.js';

/** What a test process needs to make databases of its own; plain data, it crosses processes. */
export interface ServerAddress {
  host: string;
  port: number;
  superuserPassword: string;
  ownerPassword: string;
  appPassword: string;
  backupPassword: string;
  publicPassword: string;
  /** Data directories of test stores lie in it; goes with the run. */
  filesDir: string;
}

export const EMPTY_TEMPLATE = 'template_empty';

/** Tests are allowed to lose their data with the machine: no fsync, more connections. */
const SETTINGS = {
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
  max_connections: '300',
  shared_buffers: '128MB',
};

export async function startTestServer(dataDir: string) {
  const other = otherPostgres();
  const attached = await attach(dataDir, { settings: SETTINGS, ...(other && { binaries: other }) });
  const secrets = readSecrets(dataDir);
  const { host = '', port = 0 } = superuserConfig(layoutOf(dataDir), '');
  const address: ServerAddress = {
    host,
    port,
    superuserPassword: secrets.superuser,
    ownerPassword: secrets.owner,
    appPassword: secrets.app,
    backupPassword: secrets.backup,
    publicPassword: readPublicSecret(dataDir) ?? '',
    filesDir: path.join(dataDir, 'files'),
  };
  fs.mkdirSync(address.filesDir, { recursive: true });
  await createDatabase(address, EMPTY_TEMPLATE, 'template1');
  await asSuperuserIn(address, EMPTY_TEMPLATE, closeFunctions);
  await asOwner(address, EMPTY_TEMPLATE, (owner) => migrate(owner));
  return { address, stop: attached.leave };
}

/** THONBAN_TEST_POSTGRES names the programs of an installed PostgreSQL: …/postgresql/15/bin. */
function otherPostgres(bin = process.env['THONBAN_TEST_POSTGRES']): Binaries | null {
  const version = /\/(\d+)\/bin$/.exec(bin ?? '')?.[1];
  return bin && version ? { bin, version: `${version}.0` } : null;
}

/** Clones a database; waits while another clone of the same template is being made. */
export async function createDatabase(
  address: ServerAddress,
  name: string,
  template: string,
): Promise<void> {
  await asSuperuser(address, async (client) => {
    await client.query('select pg_advisory_lock(7400003)');
    const id = pg.escapeIdentifier(name);
    const from = pg.escapeIdentifier(template);
    await client.query(`create database ${id} template ${from} owner thonban_owner`);
    await client.query(`revoke all on database ${id} from public`);
    await client.query(`grant connect, temporary on database ${id} to thonban_app`);
    await client.query(`grant connect on database ${id} to thonban_backup, thonban_public`);
  });
}

export async function asSuperuser<T>(
  address: ServerAddress,
  use: (client: pg.Client) => Promise<T>,
): Promise<T> {
  return connected(address, 'postgres', 'postgres', address.superuserPassword, use);
}

/** A superuser inside one database: to look behind row security in a test, never to act. */
export async function asSuperuserIn<T>(
  address: ServerAddress,
  database: string,
  use: (client: pg.Client) => Promise<T>,
): Promise<T> {
  return connected(address, database, 'postgres', address.superuserPassword, use);
}

export async function asOwner<T>(
  address: ServerAddress,
  database: string,
  use: (client: pg.Client) => Promise<T>,
): Promise<T> {
  return connected(address, database, 'thonban_owner', address.ownerPassword, use);
}

async function connected<T>(
  { host, port }: ServerAddress,
  database: string,
  user: string,
  password: string,
  use: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ host, port, database, user, password });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}
