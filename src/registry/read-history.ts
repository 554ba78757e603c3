import type { Tx } from '../store/index.js';
import type { HistoryEntry } from './household-view.js';

/** Shown on the page of a household; the whole log stays in the database. */
const SHOWN = 200;

const HISTORY = `
  select e.recorded_at as at, e.action as what, p.full_name as "actorName", e.reason,
    case when e.subject_kind = 'import' then e.subject_id end as "importId"
  from audit_entries e
  left join accounts a on a.account_id = e.actor_id
  left join people p on p.person_account_id = a.person_account_id
  where (e.subject_kind = 'household' and e.subject_id = $1)
    or (e.subject_kind = 'import' and e.subject_id = any ($2::text[]))
  order by e.recorded_at desc, e.entry_id desc
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
