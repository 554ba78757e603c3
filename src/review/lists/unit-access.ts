import { areaRegister, scopeOfProvince, scopeOfUnit } from '../../areas/index.js';
import type { AreaRegister, Unit, UnitKey } from '../../areas/index.js';
import type { PlainDate } from '../../kernel/index.js';
import type { Actor, Permission } from '../../store/index.js';
import { grantsOf } from '../../store/index.js';

/**
 * Scope keys that reach over the whole of a unit: its own, its province's, and those of the units that
 * took it over whole since. Of a unit that was divided nobody below the province holds all.
 */
export function scopesOver(
  unit: UnitKey,
  on: PlainDate,
  register: AreaRegister = areaRegister(),
): string[] {
  const found = register.unit(unit);
  if (!found) return [];
  const keys = [scopeOfProvince(found.provinceCode), scopeOfUnit(found.code, found.validFrom)];
  let held: Unit | null = found;
  while (held && held.validTo !== null && held.validTo < on) {
    held = wholeSuccessor(held, register);
    if (held) keys.push(scopeOfUnit(held.code, held.validFrom));
  }
  return keys;
}

/** The one unit that took all of this one on the day it ended. */
function wholeSuccessor(unit: Unit, register: AreaRegister): Unit | null {
  const [edge, ...others] = register.historyOf(unit)?.successors ?? [];
  return edge?.part === 'full' && others.length === 0 ? register.unit(edge.to) : null;
}

/**
 * The actor with no more of one permission than reaches over the whole unit, so that the act is done in
 * the office and the role that answer for it, and reads and writes nowhere else, whatever else the person
 * may look at; `null` when none does.
 */
export function actorOver(
  actor: Actor,
  permission: Permission,
  keys: readonly string[],
): Actor | null {
  const fitting = grantsOf(actor, permission).filter(({ scopes }) =>
    scopes.some((key) => keys.includes(key)),
  );
  if (fitting.length === 0) return null;
  if (actor.grants === 'installation') return actor;
  const others = actor.grants.filter((grant) => grant.permission !== permission);
  const scopes = [...new Set(fitting.flatMap((grant) => grant.scopes))];
  return { ...actor, scopes, grants: [...fitting, ...others] };
}
