import { createHash, randomBytes } from 'node:crypto';
import { today } from '../kernel/index.js';
import type { Actor, Store, Tx } from '../store/index.js';
import { SYSTEM_ACTOR, audit, withActor } from '../store/index.js';
import type { HeldRole } from './held-roles.js';
import { authorityOf } from './held-roles.js';

const HOUR_MS = 3_600_000;
export const SESSION_MS = 12 * HOUR_MS;
export const IDLE_MS = 2 * HOUR_MS;
/** Being seen is written down at most this often. */
const SEEN_MS = 5 * 60_000;

const TOKEN = /^[A-Za-z0-9_-]{43}$/;
const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();

/** Opens a session; the token is told once, to the browser, and only its hash is kept. */
export async function openSession(
  tx: Tx,
  accountId: string,
  device: string | null,
): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  await tx.query(
    `insert into sessions (token_hash, account_id, created_at, last_seen_at, expires_at, device)
     values ($1, $2, $3, $3, $4, $5)`,
    [
      hashOf(token),
      accountId,
      tx.now,
      new Date(tx.now.getTime() + SESSION_MS),
      device?.slice(0, 200) ?? null,
    ],
  );
  return token;
}

interface SessionRow {
  account_id: string;
  full_name: string;
  last_seen_at: Date;
  held: HeldRole[];
}

const FIND = `
  select s.account_id, p.full_name, s.last_seen_at,
    coalesce(jsonb_agg(jsonb_build_object('role', r.role, 'officeId', r.office_id,
      'scopeKey', r.scope_key) order by r.valid_from, r.assignment_id)
      filter (where r.assignment_id is not null), '[]') as held
  from sessions s
  join accounts a on a.account_id = s.account_id
  join people p on p.person_account_id = a.person_account_id
  left join role_assignments r on r.person_account_id = p.person_account_id
    and r.valid_from <= $3 and (r.valid_to is null or r.valid_to >= $3)
  where s.token_hash = $1 and s.ended_at is null and s.expires_at > $2 and s.last_seen_at > $4
    and a.disabled_at is null
    and not (a.is_demo and exists (select from instance where kind = 'real'))
  group by s.account_id, p.full_name, s.last_seen_at`;

/** Who holds this token, with what the roles of today allow; `null` for one that is unknown or has ended. */
export async function actorOfSession(store: Store, token: string): Promise<Actor | null> {
  if (!TOKEN.test(token)) return null;
  return withActor(store, SYSTEM_ACTOR([]), async (tx) => {
    const idleSince = new Date(tx.now.getTime() - IDLE_MS);
    const { rows } = await tx.query<SessionRow>(FIND, [
      hashOf(token),
      tx.now,
      today(store.clock),
      idleSince,
    ]);
    const row = rows[0];
    if (!row) return null;
    if (tx.now.getTime() - row.last_seen_at.getTime() > SEEN_MS) {
      await tx.query('update sessions set last_seen_at = $2 where token_hash = $1', [
        hashOf(token),
        tx.now,
      ]);
    }
    return { id: row.account_id, name: row.full_name, ...authorityOf(row.held) };
  });
}

/** Ends a session; a token that is unknown or has ended already is no error. */
export async function endSession(tx: Tx, token: string): Promise<void> {
  if (!TOKEN.test(token)) return;
  const { rows } = await tx.query<{ account_id: string }>(
    `update sessions set ended_at = $2 where token_hash = $1 and ended_at is null
     returning account_id`,
    [hashOf(token), tx.now],
  );
  const ended = rows[0];
  if (!ended) return;
  await audit(tx, {
    action: 'access.sign-out',
    subjectKind: 'account',
    subjectId: ended.account_id,
  });
}

export async function signOut(store: Store, token: string): Promise<void> {
  const actor = await actorOfSession(store, token);
  await withActor(store, actor ?? SYSTEM_ACTOR([]), (tx) => endSession(tx, token));
}
