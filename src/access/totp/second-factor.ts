import { Problem } from '../../kernel/index.js';
import type { Store, Tx } from '../../store/index.js';
import { SYSTEM_ACTOR, audit, withActor } from '../../store/index.js';
import { attemptSucceeded, beginAttempt } from '../attempts.js';
import type { Subject } from '../attempts.js';
import { rotateSession, sessionOf } from '../sessions/sessions.js';
import type { Session } from '../sessions/sessions.js';
import { codeAt, stepOfCode } from './codes.js';
import { DEMO_SECRET, countRecoveryCodes, useAppCode, useRecoveryCode } from './totp-rows.js';

/** A session that a code may raise, or that may set up an app. */
export async function requireSession(store: Store, token: string): Promise<Session> {
  const session = await sessionOf(store, token);
  if (session) return session;
  throw sessionOver();
}

export const sessionOver = (): Problem =>
  new Problem('refused', {
    code: 'session-over',
    what: 'Phiên đăng nhập đã hết hạn.',
    why: 'Mã xác thực phải nhập trong 15 phút sau mật khẩu.',
    todo: 'Đăng nhập lại.',
  });

/**
 * What a code is counted for. A browser that gave a right one for this account before has a count of its
 * own: a stranger who knows the password and keeps guessing does not delay its owner there.
 */
export async function codeSubject(store: Store, session: Session): Promise<Subject> {
  const { accountId, sessionId } = session;
  const { rows } = await withActor(
    store,
    SYSTEM_ACTOR([]),
    (tx) =>
      tx.query<{ browser: string }>(
        `select encode(s.browser_hash, 'hex') as browser from sessions s
         where s.session_id = $1 and exists (select from sessions k
           where k.account_id = s.account_id and k.browser_hash = s.browser_hash
             and k.second_factor_at is not null)`,
        [sessionId],
      ),
    { readOnly: true },
  );
  return { kind: 'code', text: [accountId, ...rows.map(({ browser }) => browser)].join(' ') };
}

/**
 * Raises a session whose password was right, with a code of the app or a recovery code; the session goes
 * on under a new token.
 * @throws Problem `code-refused`, `sign-in-too-often`, `session-over`
 */
export async function confirmCode(
  store: Store,
  input: { token: string; code: string },
): Promise<{ token: string; usedRecovery: boolean; recoveryLeft: number }> {
  const session = await requireSession(store, input.token);
  const subject = await codeSubject(store, session);
  await beginAttempt(store, [subject]);
  const raised = await withActor(store, session.actor, async (tx) => {
    const how = await useCode(tx, session, input.code);
    if (how === null) return null;
    const token = await rotateSession(tx, input.token, true);
    // The session ended meanwhile: a code that opened nothing is not used up.
    if (token === null) throw sessionOver();
    await attemptSucceeded(tx, [subject]);
    await audit(tx, {
      ...{ action: 'access.code', subjectKind: 'account', subjectId: session.accountId },
      payload: { how },
    });
    const recoveryLeft = await countRecoveryCodes(tx, session.accountId);
    return { token, usedRecovery: how === 'recovery', recoveryLeft };
  });
  if (raised) return raised;
  await auditRefused(store, session);
  throw codeRefused();
}

async function useCode(tx: Tx, session: Session, code: string): Promise<'app' | 'recovery' | null> {
  if (isShared(session)) return stepOfCode(DEMO_SECRET, code, tx.now) === null ? null : 'app';
  if (await useAppCode(tx, session.accountId, code)) return 'app';
  return (await useRecoveryCode(tx, session.accountId, code)) ? 'recovery' : null;
}

/** Accounts of a demonstration are used by many at once: their codes may be used twice. */
export const isShared = (session: Pick<Session, 'isDemo'>): boolean => session.isDemo;

/** On a demonstration the code stands on the page; on a real instance there are no such accounts. */
export const demoCode = (store: Store, session: Session): string | null =>
  isShared(session) ? codeAt(DEMO_SECRET, store.clock.now()) : null;

/** How many recovery codes are left. */
export const recoveryLeft = (store: Store, accountId: string): Promise<number> =>
  withActor(store, SYSTEM_ACTOR([]), (tx) => countRecoveryCodes(tx, accountId), {
    readOnly: true,
  });

export const auditRefused = (store: Store, session: Session) =>
  withActor(store, session.actor, (tx) =>
    audit(tx, {
      action: 'access.code-refused',
      subjectKind: 'account',
      subjectId: session.accountId,
    }),
  );

/** Many people use one account of a demonstration: none of them locks the others out. */
export function refuseShared(session: Pick<Session, 'isDemo'>): void {
  if (!isShared(session)) return;
  throw new Problem('refused', {
    code: 'demo-account',
    what: 'Tài khoản trình diễn dùng chung nên không đổi được mật khẩu và cách đăng nhập.',
    todo: 'Việc này làm được trên hệ thống thật.',
  });
}

export const codeRefused = (): Problem =>
  new Problem('refused', {
    code: 'code-refused',
    what: 'Mã xác thực không đúng, đã dùng rồi hoặc đã hết hạn.',
    why: 'Mỗi mã chỉ dùng được một lần, trong khoảng 30 giây.',
    todo: 'Chờ ứng dụng hiện mã mới rồi nhập; xem giờ trên điện thoại có đúng không.',
  });
