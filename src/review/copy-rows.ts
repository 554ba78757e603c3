import { newId } from '../kernel/index.js';
import { endRounds, insertRounds } from '../registry/index.js';
import { bulkInsert } from '../store/index.js';
import type { Tx } from '../store/index.js';

/** A row of a round to be followed by a copy of itself. */
export interface RowKey {
  book_id: string;
  household_id: string;
  row_id: string;
}

const STAGED = 'rows_to_copy';
const COLUMNS = ['book_id', 'household_id', 'row_id', 'new_row_id'];

export interface CopyOptions {
  round: number;
  /** How the rows end that are copied; `null` = they have ended already. */
  ending: 'replaced' | 'voided' | null;
  /** Columns that are other in the copy, as SQL over `r` (the row); `$4` and on are `parameters`. */
  fresh?: Readonly<Record<string, string>>;
  parameters?: readonly unknown[];
}

/**
 * Appends a copy of each row, which counts from now on; the rows themselves stay as they are. Nothing is
 * updated: what was counted once can be counted again as it was known.
 */
export async function copyRows(
  tx: Tx,
  keys: readonly RowKey[],
  { round, ending, fresh = {}, parameters = [] }: CopyOptions,
): Promise<number> {
  if (keys.length === 0) return 0;
  await tx.query(
    `create temporary table ${STAGED} (
       book_id uuid, household_id uuid, row_id uuid, new_row_id uuid) on commit drop`,
  );
  const rows = keys.map((key) => [key.book_id, key.household_id, key.row_id, newId(tx.clock)]);
  await bulkInsert(tx, STAGED, COLUMNS, rows);
  if (ending) await endRows(tx, round, ending);
  const columns = await columnsOf(tx, 'household_rounds');
  const changed: Readonly<Record<string, string>> = {
    ...{ row_id: 'n.new_row_id', command_id: '$1::uuid', recorded_at: '$2::timestamptz' },
    ...fresh,
  };
  const copied = await insertRounds(
    tx,
    `insert into household_rounds (${columns.join(', ')})
     select ${columns.map((column) => changed[column] ?? `r.${column}`).join(', ')}
     from ${STAGED} n
     join household_rounds r on r.book_id = n.book_id and r.household_id = n.household_id
       and r.round = $3 and r.row_id = n.row_id`,
    [tx.commandId, tx.now, round, ...parameters],
  );
  await tx.query(`drop table ${STAGED}`);
  return copied;
}

async function endRows(tx: Tx, round: number, kind: 'replaced' | 'voided'): Promise<void> {
  await endRounds(
    tx,
    `insert into household_round_endings (book_id, household_id, round, row_id, place_id, kind,
       command_id, recorded_at)
     select r.book_id, r.household_id, r.round, r.row_id, r.place_id, $1, $2, $3
     from ${STAGED} n
     join household_rounds r on r.book_id = n.book_id and r.household_id = n.household_id
       and r.round = $4 and r.row_id = n.row_id`,
    [kind, tx.commandId, tx.now, round],
  );
}

async function columnsOf(tx: Tx, table: string): Promise<string[]> {
  const { rows } = await tx.query<{ attname: string }>(
    `select attname from pg_attribute
     where attrelid = to_regclass($1) and attnum > 0 and not attisdropped order by attnum`,
    [table],
  );
  return rows.map((row) => row.attname);
}
