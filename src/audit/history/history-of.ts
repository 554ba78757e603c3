import type { Tx } from '../../store/index.js';
import { READING_PATTERN } from '../../store/index.js';
import type { EntryLine } from '../log/entry-line.js';
import { SELECT_ENTRY } from '../log/entry-line.js';

/** What a history is asked of: a household, with the imports its rows came with and the lists it stands on. */
export interface Subject {
  householdId: string;
  bookId: string;
  importIds: readonly string[];
  listIds?: readonly string[];
}

export interface HistoryOptions {
  limit: number;
  /** `false` leaves out who only looked. */
  isWithReading?: boolean;
}

/**
 * Of an import that wrote many communes, only what was entered for the household's own book. Of a list,
 * its acts: who submitted, approved and decided it did so for each of its households.
 */
const HISTORY = `${SELECT_ENTRY}
  where ((e.subject_kind = 'household' and e.subject_id = $1)
    or (e.subject_kind = 'import' and e.subject_id = any ($2::text[])
      and (e.book_id is null or e.book_id = $3))
    or (e.subject_kind = 'list' and e.subject_id = any ($6::text[]) and e.action like 'list.%'))
    and ($5::text is null or e.action !~ $5)
  order by e.recorded_at desc, e.entry_id desc
  limit $4`;

/**
 * What was done with a household, newest first, as far as the actor may see it: what was read under an
 * inspection does not appear before its result is public. Acts from before the log was kept are not
 * invented.
 */
export async function historyOf(
  tx: Tx,
  subject: Subject,
  { limit, isWithReading = true }: HistoryOptions,
): Promise<EntryLine[]> {
  const { householdId, bookId, importIds, listIds = [] } = subject;
  const ids = [...new Set(importIds)];
  const { rows } = await tx.query<EntryLine>(HISTORY, [
    ...[householdId, ids, bookId, limit],
    ...[isWithReading ? null : READING_PATTERN, listIds],
  ]);
  return rows;
}
