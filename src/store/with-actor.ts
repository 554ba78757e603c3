import { Kysely, PostgresDialect } from 'kysely';
import type { PoolClient } from 'pg';
import { isId } from '../kernel/index.js';
import { appendEntries, countAppended } from './audit/append.js';
import type { Permission } from './permissions.js';
import { opensRows, scopesFor, writesRows } from './permissions.js';
import { problemOfSql } from './sql-problems.js';
import { SYSTEM_ACTOR } from './system-actor.js';
import type { Database } from './tables.js';
import type { Actor, Rows, Store, Tx } from './types.js';

export interface WithActorOptions {
  /** BEGIN READ ONLY: a write is an error of ours, not a question of rights. */
  readOnly?: boolean;
  /** Set by `runCommand`. */
  commandId?: string;
  /** What is written needs this permission: rows are written only where the actor holds it. */
  permission?: Permission;
}

/**
 * Runs `work` in one transaction as `actor`. Actor and scope are set for this transaction alone
 * (`set_config(…, true)` = SET LOCAL), so a pooled connection carries nothing over to the next person.
 * A person writes households only with `permission`, the installation wherever it reads.
 * Commits when `work` resolves, rolls back when it rejects; database errors become `Problem`s.
 */
export async function withActor<T>(
  store: Store,
  actor: Actor,
  work: (tx: Tx) => Promise<T>,
  options: WithActorOptions = {},
): Promise<T> {
  const scopes = settingsOf(actor, options.permission);
  const client = await connect(store);
  let isBroken = false;
  try {
    await begin(client, store, options);
    await client.query(SET_ACTOR, scopes);
    const tx = openTx(store, actor, client, options);
    const result = await work(tx);
    await appendEntries(tx.query, tx.auditEntries);
    await commit(client);
    countAppended(store, tx.auditEntries.length);
    return result;
  } catch (error) {
    // A connection that cannot even roll back must not go back into the pool.
    await client.query('ROLLBACK').catch(() => (isBroken = true));
    throw problemOfSql(error);
  } finally {
    client.release(isBroken);
  }
}

/**
 * Adds a scope key to what the rest of this transaction may read and write; `tx.actor` stays as it is.
 * For rows that are handed over to somebody else: the actor does not see them again.
 */
export async function widenScope(tx: Tx, key: string): Promise<void> {
  const added = scopeText([key]);
  await tx.query(
    `select set_config('thonban.scope', concat_ws(',', nullif(current_setting('thonban.scope'), ''),
         $1::text), true),
       set_config('thonban.write_scope', concat_ws(',',
         nullif(current_setting('thonban.write_scope'), ''), $1::text), true)`,
    [added],
  );
}

/**
 * Does `work` with a scope key added to what may be read and written, and takes it back: what follows in
 * the transaction sees no more than the actor does. When `work` throws, the transaction is over anyway.
 */
export async function withWiderScope<T>(tx: Tx, key: string, work: () => Promise<T>): Promise<T> {
  const { rows } = await tx.query<{ read: string; write: string }>(
    `select current_setting('thonban.scope') as read, current_setting('thonban.write_scope') as write`,
  );
  await widenScope(tx, key);
  const result = await work();
  await tx.query(
    `select set_config('thonban.scope', $1, true), set_config('thonban.write_scope', $2, true)`,
    [rows[0]?.read ?? '', rows[0]?.write ?? ''],
  );
  return result;
}

/**
 * Does `work` with the reach of the installation over `scopes`, and takes it back. What is entered in the
 * log meanwhile stays the actor's, with their command: for an act that touches what lies outside the rows
 * they see, such as the unfinished work of a commune that ends.
 */
export async function withInstallationReach<T>(
  tx: Tx,
  scopes: readonly string[],
  work: () => Promise<T>,
): Promise<T> {
  const { rows } = await tx.query<{ settings: (string | null)[] }>(READ_SETTINGS);
  await tx.query(SET_ACTOR, settingsOf(SYSTEM_ACTOR(scopes), undefined));
  const result = await work();
  await tx.query(
    SET_ACTOR,
    SETTINGS.map((_, at) => rows[0]?.settings[at] ?? ''),
  );
  return result;
}

async function connect(store: Store): Promise<PoolClient> {
  try {
    return await store.app.connect();
  } catch (error) {
    throw problemOfSql(error);
  }
}

async function begin(client: PoolClient, store: Store, options: WithActorOptions): Promise<void> {
  if (!store.snapshot) {
    await client.query(options.readOnly ? 'BEGIN READ ONLY' : 'BEGIN');
    return;
  }
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  // The statement takes no parameter: what goes into it is checked.
  if (!SNAPSHOT.test(store.snapshot.id)) throw new TypeError('not a snapshot of the database');
  await client.query(`SET TRANSACTION SNAPSHOT '${store.snapshot.id}'`);
}

/** As `pg_export_snapshot` writes them: `00000003-0000001B-1`. */
const SNAPSHOT = /^[0-9A-F]+-[0-9A-F]+-\d+$/;

/** COMMIT of a failed transaction answers "ROLLBACK" without an error: that must not look like done. */
async function commit(client: PoolClient): Promise<void> {
  const { command } = await client.query('COMMIT');
  if (command !== 'COMMIT') throw new Error('the transaction had failed and was rolled back');
}

/** What row security reads, in the order of `settingsOf`. */
const SETTINGS = ['actor', 'scope', 'write_scope', 'audit_scope', 'inspection_scope'] as const;

const SET_ACTOR = `select ${SETTINGS.map(
  (name, at) => `set_config('thonban.${name}', $${at + 1}, true)`,
).join(', ')}`;

const READ_SETTINGS = `select array[${SETTINGS.map(
  (name) => `current_setting('thonban.${name}', true)`,
).join(', ')}] as settings`;

/**
 * Actor, places to read, places to write, places whose offices' acts to read in the audit log, places
 * of inspections. Whoever
 * acts by a permission that is about households may read where they hold it; permissions about other
 * things (accounts, offices, figures) open no row.
 */
function settingsOf(actor: Actor, permission: Permission | undefined): string[] {
  if (!isId(actor.id)) throw new TypeError(`actor id is not a UUID: ${actor.id}`);
  const keys = [
    readableBy(actor, permission),
    writableBy(actor, permission),
    scopesFor(actor, 'audit:read'),
    inspectedBy(actor, permission),
  ];
  return [actor.id, ...keys.map(scopeText)];
}

/** Scope keys over which inspections are joined and ended, or by `inspection:decide` made public. */
export const inspectedBy = (actor: Actor, permission: Permission | null | undefined): string[] =>
  scopesFor(actor, permission === 'inspection:decide' ? permission : 'inspection:propose');

/** Scope keys over which rows are read in a transaction of this actor by this permission. */
export function readableBy(actor: Actor, permission: Permission | undefined): string[] {
  const held = permission && opensRows(permission) ? scopesFor(actor, permission) : [];
  return [...new Set([...actor.scopes, ...held])];
}

function writableBy(actor: Actor, permission: Permission | undefined): readonly string[] {
  if (!permission) return actor.grants === 'installation' ? actor.scopes : [];
  return writesRows(permission) ? scopesFor(actor, permission) : [];
}

/** Scope keys joined with commas, as the policies of 0007_roles_and_write_scope.sql read them. */
function scopeText(scopes: readonly string[]): string {
  const bad = scopes.find((key) => key === '' || key.includes(','));
  if (bad !== undefined) throw new TypeError(`not a scope key: "${bad}"`);
  return scopes.join(',');
}

function openTx(
  store: Store,
  actor: Actor,
  client: PoolClient,
  { commandId, permission }: WithActorOptions,
): Tx {
  let db: Kysely<Database> | undefined;
  const query = async <R>(
    sql: string,
    params: unknown[] = [],
    keptAs?: string,
  ): Promise<Rows<R>> => {
    const result = keptAs
      ? await client.query({ name: keptAs, text: sql, values: params })
      : await client.query(sql, params);
    return { rows: result.rows as R[], rowCount: result.rowCount ?? 0 };
  };
  return {
    query,
    get db() {
      return (db ??= kyselyOn(client));
    },
    actor,
    now: store.clock.now(),
    clock: store.clock,
    client,
    dataDir: store.dataDir,
    commandId: commandId ?? null,
    permission: permission ?? null,
    answers: [],
    auditEntries: [],
  };
}

/** Kysely over the one connection of the transaction, so that scope and rollback hold for it too. */
function kyselyOn(client: PoolClient): Kysely<Database> {
  const borrowed = {
    query: client.query.bind(client),
    release: () => undefined,
  } as unknown as PoolClient;
  const pool = { connect: () => Promise.resolve(borrowed), end: () => Promise.resolve() };
  return new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
}
