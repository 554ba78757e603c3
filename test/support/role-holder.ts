import { createHash, randomBytes } from 'node:crypto';
import { actorOfSession } from '../../src/access/index.js';
import type { PlainDate } from '../../src/kernel/index.js';
import { newId } from '../../src/kernel/index.js';
import type { Actor } from '../../src/store/index.js';
import type { TestStore } from './database.js';

export interface RoleHolder {
  personId: string;
  accountId: string;
  username: string;
  /** Of the first role. */
  assignmentId: string;
  /** Who they are by their session now; throws when it opens nothing. */
  actor: () => Promise<Actor>;
}

export interface HeldRole {
  role: string;
  officeId: string;
  scopeKey: string;
  from?: string;
  to?: PlainDate | string | null;
}

/**
 * Somebody with an account, roles and a session that lasts, written straight into the tables: a password
 * costs half a second, and here nobody types one.
 */
export async function roleHolder(
  store: TestStore,
  name: string,
  roles: readonly HeldRole[],
  personId: string = newId(),
): Promise<RoleHolder> {
  const [accountId, token] = [newId(), randomBytes(32).toString('base64url')];
  const username = `u-${accountId}`;
  const ids = roles.map(() => newId());
  await store.behind(async (client) => {
    await client.query(
      `insert into people (person_account_id, full_name, is_synthetic) values ($1, $2, false)
       on conflict do nothing`,
      [personId, name],
    );
    await client.query(
      `insert into accounts (account_id, username, password_hash, person_account_id, is_demo,
         created_at) values ($1, $2, '-', $3, false, now())`,
      [accountId, username, personId],
    );
    for (const [
      at,
      { role, officeId, scopeKey, from = '2020-01-01', to = null },
    ] of roles.entries()) {
      await client.query(
        `insert into role_assignments (assignment_id, person_account_id, office_id, role, scope_key,
           valid_from, valid_to) values ($1, $2, $3, $4, $5, $6, $7)`,
        [ids[at], personId, officeId, role, scopeKey, from, to],
      );
    }
    await client.query(
      `insert into sessions (token_hash, session_id, account_id, created_at, last_seen_at,
         expires_at, second_factor_at) values ($1, $2, $3, $4, '2099-01-01', '2099-01-01', $4)`,
      [createHash('sha256').update(token).digest(), newId(), accountId, store.clock.now()],
    );
  });
  const actor = async () => {
    const found = await actorOfSession(store, token);
    if (!found) throw new Error(`the session of ${name} opens nothing`);
    return found;
  };
  return { personId, accountId, username, assignmentId: ids[0] ?? '', actor };
}
