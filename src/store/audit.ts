import { createHash } from 'node:crypto';
import { newId } from '../kernel/index.js';
import type { Tx } from './types.js';

export interface AuditEntry {
  /** What was done, dotted: `import.commit`, `household.read`. */
  action: string;
  subjectKind: string;
  subjectId: string;
  bookId?: string | null;
  placeId?: string | null;
  payload?: unknown;
  reason?: string | null;
  /** Version of the field that was replaced, for undo and for showing who overwrote whom. */
  baseVersion?: string | null;
}

/**
 * Appends one entry in the transaction of the act itself: either both stand or neither. The hash of
 * the payload stands beside it, so that a payload removed by decision leaves its proof behind.
 */
export async function audit(tx: Tx, entry: AuditEntry): Promise<string> {
  const payload = canonicalJson(entry.payload ?? null);
  const entryId = newId(tx.clock);
  await tx.query(
    `insert into audit_entries (entry_id, stream, recorded_at, actor_id, office_id, command_id,
       action, subject_kind, subject_id, book_id, place_id, base_version, reason, payload,
       payload_hash)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
    [
      entryId,
      entry.bookId ? `book:${entry.bookId}` : 'instance',
      tx.now,
      tx.actor.id,
      tx.actor.officeId,
      tx.commandId,
      entry.action,
      entry.subjectKind,
      entry.subjectId,
      entry.bookId ?? null,
      entry.placeId ?? null,
      entry.baseVersion ?? null,
      entry.reason ?? null,
      payload,
      sha256(payload),
    ],
  );
  tx.auditCount += 1;
  return entryId;
}

export const sha256 = (text: string | Uint8Array): Buffer =>
  createHash('sha256').update(text).digest();

/** JSON with sorted keys: equal values give equal bytes, whatever order they were built in. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value ?? null, (_key, inner: unknown) => {
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
