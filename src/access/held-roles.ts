import type { Actor, Grant } from '../store/index.js';
import { findRole } from './roles.js';

/** A role as a person holds it today: in an office, over the places of a scope key. */
export interface HeldRole {
  role: string;
  officeId: string;
  scopeKey: string;
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
): Pick<Actor, 'officeId' | 'scopes' | 'grants'> {
  const grants: Grant[] = held.flatMap(({ role, officeId, scopeKey }) =>
    (findRole(role)?.can ?? []).map((permission) => ({
      permission,
      scopes: [scopeKey],
      officeId,
      role,
    })),
  );
  const readable = grants.filter(({ permission }) => permission === READ_HOUSEHOLDS);
  return {
    officeId: held[0]?.officeId ?? null,
    scopes: [...new Set(readable.flatMap(({ scopes }) => scopes))],
    grants,
  };
}
