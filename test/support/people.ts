import { requireRole } from '../../src/access/index.js';
import { areaRegister, scopeOfProvince, scopeOfUnit } from '../../src/areas/index.js';
import type { PlainDate } from '../../src/kernel/index.js';
import { newId } from '../../src/kernel/index.js';
import { SYSTEM_ACTOR, withActor } from '../../src/store/index.js';
import type { Actor, Grant, Store } from '../../src/store/index.js';

/** A role over a unit, as a test gives it: `['commune_officer', '06004']`; `20` is the province. */
export type GivenRole = readonly [role: string, code: string];

const SINCE = '2025-07-01' as PlainDate;

/** Scope key of a unit in force on a day; the province's by its two digits. */
export function scopeKey(code: string, on: PlainDate = SINCE): string {
  if (code.length === 2) return scopeOfProvince(code);
  const unit = areaRegister().unitOn(code, on);
  if (!unit) throw new Error(`no unit ${code} on ${on}`);
  return scopeOfUnit(unit.code, unit.validFrom);
}

/**
 * A person with an account and roles, as signing in would make them an actor. `personId` gives somebody
 * who is there a second account.
 */
export async function makePerson(
  store: Store,
  name: string,
  roles: readonly GivenRole[],
  personId?: string,
): Promise<Actor & { personId: string }> {
  const [accountId, officeId, person] = [newId(), newId(), personId ?? newId()];
  await withActor(store, SYSTEM_ACTOR([]), async (tx) => {
    await tx.query(
      `insert into people (person_account_id, full_name, is_synthetic) values ($1, $2, false)
       on conflict do nothing`,
      [person, name],
    );
    await tx.query(
      `insert into accounts (account_id, username, password_hash, person_account_id, is_demo,
         created_at) values ($1, $2, '-', $3, false, $4)`,
      [accountId, `u${accountId}`, person, tx.now],
    );
    await tx.query(
      `insert into offices (office_id, name, kind, valid_from) values ($1, $2, 'commune', $3)`,
      [officeId, `Cơ quan của ${name}`, SINCE],
    );
  });
  const grants: Grant[] = roles.flatMap(([role, code]) =>
    requireRole(role).can.map((permission) => ({
      ...{ permission, role, officeId, scopes: [scopeKey(code)] },
    })),
  );
  const readable = grants.filter(({ permission }) => permission === 'household:read');
  return {
    ...{ id: accountId, name, officeId, grants, personId: person },
    scopes: [...new Set(readable.flatMap(({ scopes }) => scopes))],
  };
}
