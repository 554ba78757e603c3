import type { Tx } from '../../store/index.js';
import { audit } from '../../store/index.js';
import type { EntryLine } from './entry-line.js';
import { SELECT_ENTRY } from './entry-line.js';

/** An entry with its place in the chain. */
export interface EntryDetail extends EntryLine {
  digest: string;
  hash: string;
}

/** One entry, or `null` when there is none that the actor may see. Opening it is itself entered. */
export async function readEntry(tx: Tx, entryId: string): Promise<EntryDetail | null> {
  const { rows } = await tx.query<EntryLine>(`${SELECT_ENTRY} where e.entry_id = $1`, [entryId]);
  const line = rows[0];
  if (!line) return null;
  const chain = await tx.query<{ digest: Buffer; hash: Buffer }>(
    'select digest, hash from audit_entries where entry_id = $1',
    [entryId],
  );
  await audit(tx, { action: 'audit.read', subjectKind: 'audit-entry', subjectId: entryId });
  const { digest, hash } = chain.rows[0]!;
  return { ...line, digest: digest.toString('hex'), hash: hash.toString('hex') };
}
