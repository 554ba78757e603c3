import { Problem } from '../../kernel/index.js';
import type { Store } from '../../store/index.js';
import { audit, openToken, sealToken, withActor } from '../../store/index.js';
import { attemptSucceeded, beginAttempt } from '../attempts.js';
import { rotateSession } from '../sessions/sessions.js';
import type { Session } from '../sessions/sessions.js';
import { newSecret, otpauthUri, spacedSecret, stepOfCode } from './codes.js';
import { newRecoveryCodes } from './recovery-codes.js';
import {
  auditRefused,
  codeRefused,
  codeSubject,
  refuseShared,
  requireSession,
  sessionOver,
} from './second-factor.js';
import { insertSecret, replaceRecoveryCodes, useAppCode } from './totp-rows.js';

/** What a person needs to set up an app. */
export interface Enrolment {
  /** Goes into the form and comes back with the code; opens for this account alone, for an hour. */
  sealed: string;
  uri: string;
  manualKey: string;
}

const ENROLMENT_MS = 3_600_000;

/** A new secret, not yet kept: it counts when a code of it is given. */
export function beginEnrolment(
  store: Store,
  session: Session,
  issuer: string,
  earlier?: string | null,
): Enrolment {
  const secret = (earlier ? secretOf(store, session, earlier) : null) ?? newSecret();
  const until = store.clock.now().getTime() + ENROLMENT_MS;
  return {
    sealed: sealToken(store, { secret, until }, contextOf(session)),
    uri: otpauthUri(secret, issuer, session.username),
    manualKey: spacedSecret(secret),
  };
}

const contextOf = (session: Session): string => `totp-enrolment/${session.accountId}`;

function secretOf(store: Store, session: Session, sealed: string): string | null {
  const opened = openToken(store, sealed, contextOf(session)) as {
    secret: string;
    until: number;
  } | null;
  return opened && opened.until > store.clock.now().getTime() ? opened.secret : null;
}

/**
 * Keeps the app whose code was given, and makes recovery codes; the session is raised and goes on under
 * a new token.
 * @throws Problem `code-refused`, `session-over`, `enrolment-over`, `totp-already`, `demo-account`, `sign-in-too-often`
 */
export async function confirmEnrolment(
  store: Store,
  input: { token: string; sealed: string; code: string },
): Promise<{ token: string; recoveryCodes: string[] }> {
  const session = await requireSession(store, input.token);
  refuseShared(session);
  if (session.hasTotp) throw alreadyEnrolled();
  const secret = secretOf(store, session, input.sealed);
  if (secret === null) throw enrolmentOver();
  const subject = await codeSubject(store, session);
  await beginAttempt(store, [subject]);
  const done = await withActor(store, session.actor, async (tx) => {
    const step = stepOfCode(secret, input.code, tx.now);
    if (step === null) return null;
    await insertSecret(tx, session.accountId, secret, step);
    const recoveryCodes = newRecoveryCodes();
    await replaceRecoveryCodes(tx, session.accountId, recoveryCodes);
    await attemptSucceeded(tx, [subject]);
    await audit(tx, {
      ...{ action: 'access.totp-enrol', subjectKind: 'account', subjectId: session.accountId },
    });
    const token = await rotateSession(tx, input.token, true);
    // The session ended meanwhile: nobody would see the recovery codes, so nothing is kept.
    if (token === null) throw sessionOver();
    return { token, recoveryCodes };
  });
  if (done) return done;
  await auditRefused(store, session);
  throw codeRefused();
}

/**
 * New recovery codes instead of all earlier ones, for whoever gives a code of the app.
 * @throws Problem `code-refused`, `totp-missing`, `demo-account`, `sign-in-too-often`
 */
export async function renewRecoveryCodes(
  store: Store,
  input: { token: string; code: string },
): Promise<string[]> {
  const session = await requireSession(store, input.token);
  refuseShared(session);
  if (session.stage !== 'full' || !session.hasTotp) throw totpMissing();
  const subject = await codeSubject(store, session);
  await beginAttempt(store, [subject]);
  const codes = await withActor(store, session.actor, async (tx) => {
    if (!(await useAppCode(tx, session.accountId, input.code))) return null;
    const fresh = newRecoveryCodes();
    await replaceRecoveryCodes(tx, session.accountId, fresh);
    await attemptSucceeded(tx, [subject]);
    await audit(tx, {
      ...{ action: 'access.recovery-renew', subjectKind: 'account', subjectId: session.accountId },
    });
    return fresh;
  });
  if (codes) return codes;
  await auditRefused(store, session);
  throw codeRefused();
}

const enrolmentOver = (): Problem =>
  new Problem('refused', {
    code: 'enrolment-over',
    what: 'Trang thiết lập đã mở quá lâu.',
    todo: 'Quét lại mã mới dưới đây.',
  });

const alreadyEnrolled = (): Problem =>
  new Problem('conflict', {
    code: 'totp-already',
    what: 'Tài khoản này đã có ứng dụng xác thực.',
    why: 'Biểu mẫu có thể đã được gửi trước đó.',
    todo: 'Mất điện thoại thì dùng mã dự phòng, hoặc nhờ người quản trị đặt lại.',
  });

const totpMissing = (): Problem =>
  new Problem('refused', {
    code: 'totp-missing',
    what: 'Tài khoản này chưa có ứng dụng xác thực.',
    todo: 'Thiết lập ứng dụng trước.',
  });
