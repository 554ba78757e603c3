import type { Tx } from '../store/index.js';
import { LOCKS } from '../store/index.js';
import type { ImportRecord } from './import-records.js';
import { findImport } from './import-records.js';

/**
 * Two imports of one round wait for each other: each must see what the other wrote. What was read
 * before the lock may be out of date after it. Held to the end of the transaction.
 */
export async function lockRound(tx: Tx, round: number): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(${LOCKS.round}, $1::integer)`, [round]);
}

/**
 * `findImport` once no other act on its round is under way: an import that was written or voided while
 * this transaction waited is read as it is now.
 */
export async function lockImport(tx: Tx, importId: string): Promise<ImportRecord | null> {
  const record = await findImport(tx, importId);
  if (!record) return null;
  await lockRound(tx, record.round);
  return findImport(tx, importId);
}
