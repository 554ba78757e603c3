import { Problem } from '../../kernel/index.js';
import type { Store } from '../../store/index.js';
import { audit, runCommand, withActor } from '../../store/index.js';
import { attemptSucceeded, attemptUndone, beginAttempt } from '../attempts.js';
import type { Subject } from '../attempts.js';
import { checkPassword } from '../passwords/check-password.js';
import { hashPassword, isPassword } from '../passwords/passwords.js';
import { endOtherSessions } from '../sessions/own-sessions.js';
import type { Session } from '../sessions/sessions.js';
import { refuseShared } from '../totp/second-factor.js';

export interface PasswordChange {
  session: Session;
  commandId: string;
  current: string;
  next: string;
  again: string;
}

/**
 * A person changes their own password; everywhere else they are signed out.
 * @throws Problem `passwords-differ`, `password-refused`, `password-same`, `current-password-wrong`,
 *   `sign-in-too-often`, `demo-account`, `no-local-password`
 */
export async function changeOwnPassword(
  store: Store,
  change: PasswordChange,
): Promise<{ endedSessions: number }> {
  const { session, commandId, current, next, again } = change;
  const { accountId, username, name: fullName } = session;
  refuseShared(session);
  if (next !== again) throw differ();
  if (next.normalize('NFC') === current.normalize('NFC')) throw same();
  await checkPassword(next, { username, fullName });
  const subject: Subject = { kind: 'code', text: `password ${accountId}` };
  await beginAttempt(store, [subject]);
  // Computed before the transaction: its connection must not wait for the turns of others.
  const known = await passwordOf(store, session);
  const isRight = known !== null && (await turn(store, subject, () => isPassword(known, current)));
  const nextHash = isRight ? await turn(store, subject, () => hashPassword(next)) : null;
  const call = { actor: session.actor, commandId, permission: 'own' as const };
  // Passwords are no part of the command's input: inputs are kept, passwords are not.
  const input = { accountId };
  const done = await runCommand(
    store,
    { ...call, name: 'account.change-password', input },
    async (tx) => {
      if (known === null) throw noLocalPassword();
      if (nextHash === null) throw wrong();
      const { rowCount } = await tx.query(
        `update accounts set password_hash = $2, password_changed_at = $3
         where account_id = $1 and password_hash = $4 and has_local_password`,
        [accountId, nextHash, tx.now, known],
      );
      // Another window was faster: what was compared is no longer the password.
      if (rowCount === 0) throw wrong();
      await audit(tx, {
        ...{ action: 'access.password-change', subjectKind: 'account', subjectId: accountId },
      });
      const reason = 'password-changed';
      return { endedSessions: await endOtherSessions(tx, accountId, session.sessionId, reason) };
    },
  );
  await withActor(store, session.actor, (tx) => attemptSucceeded(tx, [subject]));
  return done;
}

/** `null` for an account that signs in through the province's single sign-on alone. */
async function passwordOf(store: Store, { accountId, actor }: Session): Promise<string | null> {
  const { rows } = await withActor(
    store,
    actor,
    (tx) =>
      tx.query<{ hash: string }>(
        `select password_hash as hash from accounts where account_id = $1 and has_local_password`,
        [accountId],
      ),
    { readOnly: true },
  );
  return rows[0]?.hash ?? null;
}

/** A turn that was not to be had is no wrong password. */
async function turn<T>(store: Store, subject: Subject, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    await attemptUndone(store, [subject]);
    throw error;
  }
}

const differ = (): Problem =>
  new Problem('refused', {
    code: 'passwords-differ',
    what: 'Hai lần nhập mật khẩu mới không giống nhau.',
    todo: 'Nhập lại cả hai ô.',
  });

const same = (): Problem =>
  new Problem('refused', {
    code: 'password-same',
    what: 'Mật khẩu mới trùng với mật khẩu đang dùng.',
    todo: 'Chọn mật khẩu khác.',
  });

const wrong = (): Problem =>
  new Problem('refused', {
    code: 'current-password-wrong',
    what: 'Mật khẩu đang dùng không đúng.',
    todo: 'Kiểm tra bộ gõ và phím Caps Lock rồi nhập lại.',
  });

const noLocalPassword = (): Problem =>
  new Problem('refused', {
    code: 'no-local-password',
    what: 'Tài khoản này chỉ đăng nhập qua cổng đăng nhập chung.',
    todo: 'Đổi mật khẩu tại cổng đó.',
  });
