import { areaRegister } from '../../areas/index.js';
import type { PlainDate } from '../../kernel/index.js';
import type { Tx } from '../../store/index.js';
import type { Scope } from '../scopes.js';
import { kindForRole } from './office-kinds.js';
import { communeOf, ensureOffice, nameOfOffice, officeOfUnit } from './office.js';
import { readScopeKey } from './scope-text.js';

/** The office in which a role over a scope is held, opened with the first person who holds one there. */
export async function officeForRole(
  tx: Tx,
  role: string,
  scope: Scope,
  on: PlainDate,
): Promise<string> {
  const kind = kindForRole(role, scope.level).id;
  const target = readScopeKey(scope.key);
  const register = areaRegister();
  if (target?.level === 'village') {
    // Not younger than its commune, so that whoever held a role there before finds the same office.
    const commune = await communeOf(tx, target.placeId, on);
    const validFrom = commune?.validFrom ?? on;
    const name = nameOfOffice(kind, scope.words);
    const office = { kind, unit: null, placeId: target.placeId, name, validFrom };
    return ensureOffice(tx, office, on);
  }
  const unit =
    target?.level === 'unit'
      ? register.unit(target.unit)
      : target && register.unitOn(target.code, on);
  if (!unit) throw new RangeError(`no unit behind the scope ${scope.key}`);
  return ensureOffice(tx, officeOfUnit(kind, unit), on);
}
