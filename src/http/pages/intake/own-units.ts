import type { Unit } from '../../../areas/index.js';
import { scopeOfProvince, scopeOfUnit } from '../../../areas/index.js';
import { scopesFor } from '../../../store/index.js';
import type { Actor } from '../../../store/index.js';

/**
 * Of the communes offered to give a sheet to, those that lie in the area of this person. All of them
 * when none does by its own name (an earlier round stands in units of another day): the import itself
 * refuses what is not theirs.
 */
export function ownUnits(actor: Actor, provinceCode: string, units: readonly Unit[]) {
  const scopes = new Set(scopesFor(actor, 'household:propose'));
  if (scopes.has(scopeOfProvince(provinceCode))) return units;
  const own = units.filter((unit) => scopes.has(scopeOfUnit(unit.code, unit.validFrom)));
  return own.length > 0 ? own : units;
}
