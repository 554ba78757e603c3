import { today } from '../../kernel/index.js';
import type { Actor, Store, Tx } from '../../store/index.js';
import { SYSTEM_ACTOR, audit, withActor } from '../../store/index.js';
import { authorityOf } from '../held-roles.js';
import type { HeldRole } from '../held-roles.js';
import { heldOn } from '../offices/held-on.js';
import { needsTotp } from '../needs-totp.js';
import { hashOf, isToken, newToken } from './tokens.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
export const SESSION_MS = 12 * HOUR_MS;
export const IDLE_MS = 2 * HOUR_MS;
/** The password was right, the code is still to come. */
export const PENDING_MS = 15 * MINUTE_MS;
/** Being seen is written down at most this often. */
const SEEN_MS = 5 * MINUTE_MS;

export type SignInMethod = 'password' | 'sso';

/** `code`: a code of the app is asked for. `enrol`: the role needs an app, and there is none yet. */
export type SessionStage = 'full' | 'code' | 'enrol';

export interface NewSession {
  accountId: string;
  device: string | null;
  /** The browser, to be known again. */
  browserToken: string;
  method: SignInMethod;
}

/**
 * Opens a session; it lasts a quarter of an hour until a code raises it, unless no code is needed.
 * `null` when the account was closed meanwhile.
 */
export async function openSession(
  tx: Tx,
  session: NewSession,
): Promise<{ token: string; stage: SessionStage } | null> {
  const token = newToken();
  await tx.query(
    `insert into sessions (token_hash, session_id, account_id, created_at, last_seen_at, expires_at,
       device, browser_hash, method)
     values ($1, gen_random_uuid(), $2, $3, $3, $4, $5, $6, $7)`,
    [
      ...[hashOf(token), session.accountId, tx.now, new Date(tx.now.getTime() + PENDING_MS)],
      ...[session.device?.slice(0, 200) ?? null, hashOf(session.browserToken), session.method],
    ],
  );
  const stage = (await findSession(tx, token))?.stage;
  if (stage === 'full') {
    const expiresAt = new Date(tx.now.getTime() + SESSION_MS);
    await tx.query('update sessions set expires_at = $2 where token_hash = $1', [
      ...[hashOf(token), expiresAt],
    ]);
  }
  return stage ? { token, stage } : null;
}

/** Who holds a token, and how far signing in has come. */
export interface Session {
  sessionId: string;
  accountId: string;
  username: string;
  name: string;
  isDemo: boolean;
  /** An app is set up, or (on a demonstration) its secret is published. */
  hasTotp: boolean;
  /** A code is asked for at every sign-in: by the role, or because the person wants it. */
  isTotpRequired: boolean;
  method: SignInMethod;
  lastSeenAt: Date;
  stage: SessionStage;
  actor: Actor;
}

interface SessionRow {
  session_id: string;
  account_id: string;
  username: string;
  full_name: string;
  is_demo: boolean;
  last_seen_at: Date;
  second_factor_at: Date | null;
  device: string | null;
  method: SignInMethod;
  has_totp: boolean;
  held: HeldRole[];
}

const find = () => `
  select s.session_id, s.account_id, a.username, p.full_name, a.is_demo, s.last_seen_at,
    s.second_factor_at, s.device, s.method, t.account_id is not null as has_totp,
    coalesce(jsonb_agg(jsonb_build_object('role', r.role, 'officeId', r.office_id,
      'scopeKey', r.scope_key, 'permissions', r.permissions,
      'delegator', case when d.assignment_id is not null then jsonb_build_object(
        'personId', d.person_account_id, 'name', dp.full_name) end)
      order by r.is_delegation, r.valid_from, r.assignment_id)
      filter (where r.assignment_id is not null), '[]') as held
  from sessions s
  join accounts a on a.account_id = s.account_id
  join people p on p.person_account_id = a.person_account_id
  left join account_totp t on t.account_id = a.account_id
  left join role_assignments r on r.person_account_id = p.person_account_id
    and ${heldOn('$3', '$2')}
  left join role_assignments d on d.assignment_id = r.delegated_from
  left join people dp on dp.person_account_id = d.person_account_id
  where s.token_hash = $1 and s.ended_at is null and s.expires_at > $2 and s.last_seen_at > $4
    and a.disabled_at is null
    and not (a.is_demo and exists (select from instance where kind = 'real'))
  group by s.session_id, s.account_id, a.username, p.full_name, a.is_demo, s.last_seen_at,
    s.second_factor_at, s.device, s.method, t.account_id`;

/** The session of a token with what the roles of today allow; `null` for one unknown or ended. */
export async function sessionOf(store: Store, token: string): Promise<Session | null> {
  if (!isToken(token)) return null;
  return withActor(store, SYSTEM_ACTOR([]), async (tx) => {
    const row = await findSession(tx, token);
    if (row && tx.now.getTime() - row.lastSeenAt.getTime() > SEEN_MS) {
      await tx.query('update sessions set last_seen_at = $2 where token_hash = $1', [
        ...[hashOf(token), tx.now],
      ]);
    }
    return row;
  });
}

async function findSession(tx: Tx, token: string): Promise<Session | null> {
  const idleSince = new Date(tx.now.getTime() - IDLE_MS);
  const asked = [hashOf(token), tx.now, today(tx.clock), idleSince];
  const { rows } = await tx.query<SessionRow>(find(), asked, 'session-of-token');
  return rows[0] ? sessionFrom(rows[0]) : null;
}

function sessionFrom(row: SessionRow): Session {
  const { account_id: id, full_name: name } = row;
  const seat = row.device === null ? {} : { device: row.device };
  const isNeeded = needsTotp(row.held.map(({ role }) => role));
  const hasTotp = row.has_totp || (row.is_demo && isNeeded);
  const isTotpRequired = isNeeded || hasTotp;
  const isRaised = !isTotpRequired || row.second_factor_at !== null;
  return {
    sessionId: row.session_id,
    ...{ accountId: id, username: row.username, name, isDemo: row.is_demo },
    ...{ hasTotp, isTotpRequired, method: row.method, lastSeenAt: row.last_seen_at },
    stage: isRaised ? 'full' : hasTotp ? 'code' : 'enrol',
    actor: { id, name, ...seat, ...authorityOf(row.held) },
  };
}

/** Who acts by this token; `null` also while the code of the app is still missing. */
export async function actorOfSession(store: Store, token: string): Promise<Actor | null> {
  const session = await sessionOf(store, token);
  return session?.stage === 'full' ? session.actor : null;
}

/**
 * Gives the session a new token, so that one that was stolen or planted before is worth nothing.
 * `isRaised`: a code was given just now.
 * @returns the new token, `null` when the session has ended meanwhile
 */
export async function rotateSession(
  tx: Tx,
  token: string,
  isRaised: boolean,
): Promise<string | null> {
  const next = newToken();
  const { rowCount } = await tx.query(
    `update sessions set token_hash = $2, last_seen_at = $3,
       second_factor_at = case when $4 then $3 else second_factor_at end,
       expires_at = case when $4 then greatest(expires_at, created_at + $5 * interval '1 ms')
         else expires_at end
     where token_hash = $1 and ended_at is null and expires_at > $3`,
    [hashOf(token), hashOf(next), tx.now, isRaised, SESSION_MS],
  );
  return rowCount === 1 ? next : null;
}

/** Ends a session; a token that is unknown or has ended already is no error. */
export async function endSession(tx: Tx, token: string, reason: string): Promise<void> {
  if (!isToken(token)) return;
  const { rows } = await tx.query<{ account_id: string }>(
    `update sessions set ended_at = $2, end_reason = $3
     where token_hash = $1 and ended_at is null returning account_id`,
    [hashOf(token), tx.now, reason],
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
  const session = await sessionOf(store, token);
  const actor = session?.actor ?? SYSTEM_ACTOR([]);
  await withActor(store, actor, (tx) => endSession(tx, token, 'signed-out'));
}
