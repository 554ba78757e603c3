import { scopeOfUnit } from '../areas/index.js';
import type { UnitKey } from '../areas/index.js';
import { widenScope } from '../store/index.js';
import type { Tx } from '../store/index.js';

/** What is not finished in a unit: lists on their way, files that were read and not written. */
export async function openWorkOf(
  tx: Tx,
  unit: UnitKey,
): Promise<{ lists: string[]; imports: string[] }> {
  const key = scopeOfUnit(unit.code, unit.validFrom);
  await widenScope(tx, key);
  const lists = await tx.query<{ id: string }>(
    `select list_id as id from recognition_lists
     where unit_code = $1 and unit_valid_from = $2 and state not in ('decided', 'withdrawn')
     order by opened_at, list_id`,
    [unit.code, unit.validFrom],
  );
  const imports = await tx.query<{ id: string }>(
    `select import_id as id from imports where state = 'previewed' and $1 = any (reach)
     order by created_at, import_id`,
    [key],
  );
  const ids = (rows: readonly { id: string }[]) => rows.map(({ id }) => id);
  return { lists: ids(lists.rows), imports: ids(imports.rows) };
}

/**
 * Hands files that were read and not written over to the unit that takes all of this one: what reached
 * over the one reaches over the other. Lists need nothing: whoever holds the whole successor reaches over
 * the unit (`scopesOver`).
 */
export async function moveOpenWork(tx: Tx, from: UnitKey, to: UnitKey): Promise<void> {
  const keys = [from, to].map(({ code, validFrom }) => scopeOfUnit(code, validFrom));
  for (const key of keys) await widenScope(tx, key);
  await tx.query(
    `update imports
     set reach = array_replace(reach, $1, $2), scope_keys = array_append(scope_keys, $2)
     where state = 'previewed' and $1 = any (reach)`,
    keys,
  );
}
