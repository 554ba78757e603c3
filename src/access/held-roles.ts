import type { Actor, Grant, OnBehalfOf, Permission } from '../store/index.js';
import { findRole } from './roles.js';

/** A role as a person holds it today: in an office, over the places of a scope key. */
export interface HeldRole {
  role: string;
  officeId: string;
  scopeKey: string;
  /** Only these permissions of the role were handed over; `null` = all. */
  permissions?: readonly string[] | null;
  /** Who handed it over; `null` = held in one's own right. */
  delegator?: OnBehalfOf | null;
}

/** Looking at households is the one permission that decides what row security shows. */
const READ_HOUSEHOLDS = 'household:read';

/**
 * What the roles of a person allow together, each permission over its own places alone: who supervises
 * a province and writes in one commune writes in that commune only. A role the pack does not know
 * allows nothing.
 */
export function authorityOf(
  held: readonly HeldRole[],
): Pick<Actor, 'officeId' | 'scopes' | 'grants' | 'onBehalfOf'> {
  const mayReceive = held.every(({ role }) => findRole(role)?.receives !== false);
  const grants: Grant[] = held.flatMap(({ role, officeId, scopeKey, permissions, delegator }) =>
    permissionsOf(role, delegator ? mayReceive : null)
      .filter((permission) => !permissions || permissions.includes(permission))
      .map((permission) => ({
        ...{ permission, scopes: [scopeKey], officeId, role },
        ...(delegator && { onBehalfOf: delegator }),
      })),
  );
  const readable = grants.filter(({ permission }) => permission === READ_HOUSEHOLDS);
  const own = readable.find(({ onBehalfOf }) => !onBehalfOf);
  const behalf = soleBehalf(readable);
  return {
    // What is read of no one place stands under the first office whose role opens it, an own one first.
    officeId: (own ?? readable[0])?.officeId ?? held[0]?.officeId ?? null,
    scopes: [...new Set(readable.flatMap(({ scopes }) => scopes))],
    grants,
    ...(behalf && { onBehalfOf: behalf }),
  };
}

/**
 * A role that is no longer one to hand over gives its receiver nothing, also where it was before, nor does
 * one handed to somebody who may not receive any. `mayReceive`: `null` = held in one's own right.
 */
function permissionsOf(id: string, mayReceive: boolean | null): readonly Permission[] {
  const role = findRole(id);
  return role && (mayReceive === null || (mayReceive && role.delegable)) ? role.can : [];
}

/** On whose behalf households are looked at: that of the only person whose role opens them. */
function soleBehalf(grants: readonly Grant[]): OnBehalfOf | null {
  const [first] = grants;
  const behalf = first?.onBehalfOf ?? null;
  const isSole = grants.every(({ onBehalfOf }) => onBehalfOf?.personId === behalf?.personId);
  return isSole ? behalf : null;
}
