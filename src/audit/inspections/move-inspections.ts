import { scopeOfUnit } from '../../areas/index.js';
import type { UnitKey } from '../../areas/index.js';
import type { Tx } from '../../store/index.js';

const keyFor = ({ code, validFrom }: UnitKey): string => scopeOfUnit(code, validFrom);

/** Inspections over a unit whose result is not public: there is still something to do, or to hide. */
export async function openInspectionsOf(tx: Tx, unit: UnitKey): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>(
    `select inspection_id as id from inspections
     where result_public_on is null and $1 = any (scope_keys)
     order by opened_on, inspection_id`,
    [keyFor(unit)],
  );
  return rows.map(({ id }) => id);
}

/**
 * Hands them to the unit that takes the whole of theirs: whoever inspects over that one joins, closes and
 * makes public what was begun in the other. Only the province may hand them over.
 */
export async function moveInspections(tx: Tx, from: UnitKey, to: UnitKey): Promise<void> {
  await tx.query(
    `update inspections set scope_keys = array_replace(scope_keys, $1, $2)
     where result_public_on is null and $1 = any (scope_keys)`,
    [keyFor(from), keyFor(to)],
  );
}
