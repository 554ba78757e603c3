import type { Tx } from '../store/index.js';
import type { HistoryEntry } from './household-view.js';

/** Shown on the page of a household; the whole log stays in the database. */
const SHOWN = 200;

const HISTORY = `
  select recorded_at as at, action as what, actor_id as "actorId", reason,
    case when subject_kind = 'import' then subject_id end as "importId"
  from audit_entries
  where (subject_kind = 'household' and subject_id = $1)
    or (subject_kind = 'import' and subject_id = any ($2::text[]))
  order by recorded_at desc, entry_id desc
  limit ${SHOWN}`;

/**
 * What was done to a household: entries about itself and about the imports its rows came with. Acts
 * from before the log was kept (rows without an entry) are not invented.
 */
export async function readHistory(
  tx: Tx,
  householdId: string,
  importIds: readonly (string | null)[],
): Promise<HistoryEntry[]> {
  const ids = [...new Set(importIds.filter((id) => id !== null))];
  const { rows } = await tx.query<HistoryEntry>(HISTORY, [householdId, ids]);
  return rows;
}
