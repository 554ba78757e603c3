import fs from 'node:fs';
import path from 'node:path';
import type pg from 'pg';
import { Problem } from '../kernel/index.js';
import { sha256 } from './audit/digest.js';
import { LOCKS } from './locks.js';
import { PROJECT_ROOT } from './project-root.js';
import { logStatements } from './sql-log.js';
import type { OnProgress } from './types.js';

export interface Migration {
  version: number;
  name: string;
  sql: string;
  /** sha256 of the file, hexadecimal; line ends do not count. */
  checksum: string;
}

/** The migrations of this version of the program in order: `sql/migrations/NNNN_name.sql`. */
export function readMigrations(
  directory = path.join(PROJECT_ROOT, 'sql', 'migrations'),
): Migration[] {
  const files = fs.readdirSync(directory).filter((file) => file.endsWith('.sql'));
  return files.sort().map((file, index) => {
    const match = /^(\d{4})_([a-z0-9_]+)\.sql$/.exec(file);
    const version = Number(match?.[1]);
    if (version !== index + 1) throw new Error(`migration out of sequence: ${file}`);
    const sql = fs.readFileSync(path.join(directory, file), 'utf8').replaceAll('\r\n', '\n');
    return { version, name: match?.[2] ?? '', sql, checksum: sha256(sql).toString('hex') };
  });
}

const LEDGER = `
  create table if not exists schema_migrations (
    version integer primary key,
    name text not null,
    checksum text not null,
    applied_at timestamptz not null default now()
  )`;

/**
 * Brings the schema forward, each migration in a transaction of its own under one advisory lock, so
 * that two processes starting together migrate once. Nothing is ever run backwards: a database newer
 * than the program, or a file changed after it ran, is refused. Returns how many were applied.
 */
export async function migrate(
  owner: pg.ClientBase,
  migrations: readonly Migration[] = readMigrations(),
  onProgress?: OnProgress,
): Promise<number> {
  logStatements(owner);
  await owner.query(`select pg_advisory_lock(${LOCKS.migrate})`);
  try {
    await owner.query('set client_min_messages = warning');
    await owner.query(LEDGER);
    await owner.query('grant select on schema_migrations to thonban_app, thonban_backup');
    const pending = await pendingMigrations(owner, migrations);
    for (const [index, migration] of pending.entries()) {
      onProgress?.(`Lập lược đồ dữ liệu: ${migration.name}`, index / pending.length);
      await applyOne(owner, migration);
    }
    return pending.length;
  } finally {
    await owner.query(`select pg_advisory_unlock(${LOCKS.migrate})`);
  }
}

async function applyOne(owner: pg.ClientBase, migration: Migration): Promise<void> {
  const { version, name, sql, checksum } = migration;
  await owner.query('begin');
  try {
    await owner.query(sql);
    await owner.query(
      'insert into schema_migrations (version, name, checksum) values ($1, $2, $3)',
      [version, name, checksum],
    );
    await owner.query('commit');
  } catch (error) {
    await owner.query('rollback');
    const file = `${String(version).padStart(4, '0')}_${name}.sql`;
    throw new Error(`migration ${file}: ${error instanceof Error ? error.message : ''}`, {
      cause: error,
    });
  }
}

interface Applied {
  version: number;
  name: string;
  checksum: string;
}

/** What is still to be applied; any role that may read `schema_migrations` can ask. */
export async function pendingMigrations(
  client: pg.ClientBase,
  migrations: readonly Migration[],
): Promise<Migration[]> {
  const { rows } = await client.query<Applied>(
    'select version, name, checksum from schema_migrations order by version',
  );
  for (const applied of rows) {
    const known = migrations.find((migration) => migration.version === applied.version);
    if (!known) throw databaseIsNewer(applied);
    if (known.checksum !== applied.checksum) throw migrationChanged(applied);
  }
  const done = new Set(rows.map((row) => row.version));
  return migrations.filter((migration) => !done.has(migration.version));
}

function databaseIsNewer(applied: Applied): Problem {
  return new Problem('environment', {
    code: 'database-newer',
    what: 'Cơ sở dữ liệu mới hơn phiên bản phần mềm này.',
    why: `Lược đồ đã có bước ${applied.version} (${applied.name}) mà phần mềm chưa biết.`,
    todo: 'Cập nhật phần mềm, hoặc dùng bản sao lưu của phiên bản này.',
  });
}

function migrationChanged(applied: Applied): Problem {
  return new Problem('environment', {
    code: 'migration-changed',
    what: `Bước lược đồ ${applied.version} (${applied.name}) khác với bước đã chạy.`,
    why: 'Dữ liệu được tạo bởi một bản phần mềm khác với bản này.',
    todo: 'Dùng đúng phiên bản phần mềm, hoặc một thư mục dữ liệu mới (THONBAN_DATA).',
  });
}
