import { dataVersion } from './data-version.js';
import { problemOfSql } from './sql-problems.js';
import type { Store } from './types.js';

/**
 * Runs `use` with a store that shows one instant of the database: each of its transactions, on whatever
 * connection, sees the same commits, and its data version stands still. It cannot write. For work that
 * asks hundreds of questions whose answers must fit together.
 */
export async function atSnapshot<T>(store: Store, use: (frozen: Store) => Promise<T>): Promise<T> {
  const holder = await store.app.connect().catch((error: unknown) => {
    throw problemOfSql(error);
  });
  let isBroken = false;
  try {
    await holder.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const { rows } = await holder.query<{ id: string }>('select pg_export_snapshot() as id');
    const id = rows[0]?.id ?? '';
    const frozen: Store = { ...store, snapshot: { id, dataVersion: '' } };
    const version = await dataVersion(frozen);
    return await use({ ...store, snapshot: { id, dataVersion: version } });
  } catch (error) {
    throw problemOfSql(error);
  } finally {
    // The snapshot is gone with its transaction; nothing was written.
    await holder.query('ROLLBACK').catch(() => (isBroken = true));
    holder.release(isBroken);
  }
}
