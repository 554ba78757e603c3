import { Problem, isId } from '../../kernel/index.js';
import { audit } from '../../store/index.js';
import type { Tx } from '../../store/index.js';
import type { DeviceText } from './device-text.js';
import { deviceText } from './device-text.js';
import { IDLE_MS } from './sessions.js';
import type { SignInMethod } from './sessions.js';

/** One place where an account is signed in. */
export interface OpenSession extends DeviceText {
  sessionId: string;
  since: Date;
  /** To within five minutes. */
  lastSeenAt: Date;
  method: SignInMethod;
  /** The password was right, the code of the app was not given: perhaps somebody else. */
  isWaitingForCode: boolean;
  isThis: boolean;
}

interface OpenRow {
  session_id: string;
  device: string | null;
  created_at: Date;
  last_seen_at: Date;
  method: SignInMethod;
  is_waiting: boolean;
}

/** Where an account is signed in now; `current` is the session of whoever asks. */
export async function openSessions(
  tx: Tx,
  accountId: string,
  current: string,
): Promise<OpenSession[]> {
  const { rows } = await tx.query<OpenRow>(
    `select s.session_id, s.device, s.created_at, s.last_seen_at, s.method,
       t.account_id is not null and s.second_factor_at is null as is_waiting
     from sessions s left join account_totp t on t.account_id = s.account_id
     where s.account_id = $1 and s.ended_at is null and s.expires_at > $2 and s.last_seen_at > $3
     order by s.session_id <> $4, s.last_seen_at desc, s.session_id
     limit 100`,
    [accountId, tx.now, new Date(tx.now.getTime() - IDLE_MS), current],
  );
  return rows.map((row) => ({
    ...deviceText(row.device),
    sessionId: row.session_id,
    since: row.created_at,
    lastSeenAt: row.last_seen_at,
    method: row.method,
    isWaitingForCode: row.is_waiting,
    isThis: row.session_id === current,
  }));
}

/**
 * Signs out one other place of the same account.
 * @throws Problem not found, also for a session of somebody else
 */
export async function endOwnSession(tx: Tx, accountId: string, sessionId: string): Promise<void> {
  const { rowCount } = isId(sessionId)
    ? await tx.query(
        `update sessions set ended_at = $3, end_reason = 'ended-remotely'
         where account_id = $1 and session_id = $2 and ended_at is null`,
        [accountId, sessionId, tx.now],
      )
    : { rowCount: 0 };
  if (rowCount === 0) {
    throw new Problem('not-found', {
      code: 'session-gone',
      what: 'Thiết bị này đã đăng xuất rồi.',
      todo: 'Tải lại danh sách thiết bị.',
    });
  }
  await auditEnd(tx, accountId, 1, 'ended-remotely');
}

/** Signs out everywhere, except where `current` is. Answers how many places. */
export async function endOtherSessions(
  tx: Tx,
  accountId: string,
  current: string | null,
  reason: string,
): Promise<number> {
  const { rowCount } = await tx.query(
    `update sessions set ended_at = $3, end_reason = $4
     where account_id = $1 and session_id is distinct from $2 and ended_at is null`,
    [accountId, current, tx.now, reason],
  );
  if (rowCount > 0) await auditEnd(tx, accountId, rowCount, reason);
  return rowCount;
}

const auditEnd = (tx: Tx, accountId: string, sessions: number, reason: string) =>
  audit(tx, {
    action: 'access.sessions-end',
    subjectKind: 'account',
    subjectId: accountId,
    payload: { sessions, reason },
  });
