import type { Session } from '../../../access/index.js';
import {
  beginEnrolment,
  confirmCode,
  confirmEnrolment,
  demoCode,
  recoveryLeft,
  renewRecoveryCodes,
} from '../../../access/index.js';
import { Problem, formatDate, today } from '../../../kernel/index.js';
import { permissionsOf } from '../../../store/index.js';
import { sessionCookie } from '../../cookies.js';
import type { Ctx } from '../../env.js';
import { fields } from '../../fields.js';
import { notFound } from '../../query.js';
import { page } from '../../render-page.js';
import { CodePage } from './code-page.js';
import { EnrolPage } from './enrol-page.js';
import { localPath, withNext } from './local-path.js';
import { afterSignIn } from './login-routes.js';
import { RecoveryPage } from './recovery-page.js';
import { statusOf } from './refused.js';
import { RenewPage } from './renew-page.js';

/** GET /dang-nhap/xac-thuc?next= */
export function codePage(c: Ctx): Response | Promise<Response> {
  const session = c.get('session');
  const next = localPath(c.req.query('next'));
  if (session?.stage === 'code') return drawCode(c, session, next, null);
  return elsewhere(c, session, next);
}

/** POST /dang-nhap/xac-thuc */
export async function codeRoute(c: Ctx): Promise<Response> {
  const form = await fields(c);
  const next = localPath(form['next']);
  const session = c.get('session');
  if (session?.stage !== 'code') return elsewhere(c, session, next);
  const code = form['code'] ?? form['recovery'] ?? '';
  try {
    const { token } = await confirmCode(c.get('store'), { token: tokenOf(c), code });
    sessionCookie.keep(c, token);
    return c.redirect(next, 303);
  } catch (error) {
    return drawCode(c, session, next, refusedBy(error));
  }
}

function drawCode(c: Ctx, session: Session, next: string, problem: Problem | null) {
  return page(
    c,
    <CodePage
      shell={c.get('shell')}
      name={session.name}
      next={next}
      problem={problem}
      shown={demoCode(c.get('store'), session)}
    />,
    statusOf(c, problem),
  );
}

/** Not at this step: to the one that is due, or to signing in. */
function elsewhere(c: Ctx, session: Session | null, next: string): Response {
  if (!session) return c.redirect(withNext('/dang-nhap', next), 303);
  return c.redirect(afterSignIn(session.stage, next), 303);
}

const tokenOf = (c: Ctx): string => sessionCookie.read(c) ?? '';

/** What a person did wrong; failures of ours go on. */
function refusedBy(error: unknown): Problem {
  if (error instanceof Problem && error.kind !== 'environment') return error;
  throw error;
}

/** GET /dang-nhap/thiet-lap, for whose role asks for an app before anything else. */
export function forcedEnrolPage(c: Ctx): Response | Promise<Response> {
  const session = c.get('session');
  const next = localPath(c.req.query('next'));
  if (session?.stage !== 'enrol') return elsewhere(c, session, next);
  return drawEnrol(c, session, next, { problem: null, sealed: null });
}

/** GET /tai-khoan/xac-thuc: an app for whoever has none, new recovery codes for whoever has. */
export async function ownCodePage(c: Ctx): Promise<Response> {
  const session = signedIn(c);
  if (session.hasTotp) return drawRenew(c, session, null);
  return drawEnrol(c, session, '/tai-khoan', { problem: null, sealed: null });
}

/** POST /dang-nhap/thiet-lap and /tai-khoan/xac-thuc */
export async function enrolRoute(c: Ctx): Promise<Response> {
  const form = await fields(c);
  const next = localPath(form['next']);
  const session = c.get('session');
  if (!session || session.stage === 'code') return elsewhere(c, session, next);
  const sealed = form['sealed'] ?? '';
  try {
    const { token, recoveryCodes } = await confirmEnrolment(c.get('store'), {
      ...{ token: tokenOf(c), sealed, code: form['code'] ?? '' },
    });
    sessionCookie.keep(c, token);
    return drawRecovery(c, session, recoveryCodes, next);
  } catch (error) {
    const problem = refusedBy(error);
    // Sent twice: what was wanted is done.
    if (problem.code === 'totp-already' || problem.code === 'demo-account') throw problem;
    return drawEnrol(c, session, next, { problem, sealed });
  }
}

function drawEnrol(
  c: Ctx,
  session: Session,
  next: string,
  { problem, sealed }: { problem: Problem | null; sealed: string | null },
) {
  const issuer = `Thôn Bản ${c.get('instance').provinceName.replace(/^tỉnh /u, '')}`;
  const isForced = session.stage === 'enrol';
  return page(
    c,
    <EnrolPage
      shell={c.get('shell')}
      action={isForced ? '/dang-nhap/thiet-lap' : '/tai-khoan/xac-thuc'}
      next={next}
      enrolment={beginEnrolment(c.get('store'), session, issuer, sealed)}
      problem={problem}
      isForced={isForced}
    />,
    statusOf(c, problem),
  );
}

function drawRecovery(c: Ctx, session: Session, codes: readonly string[], next: string) {
  // Signed in as of now: the frame was made while the code was still missing.
  const user = { name: session.name, permissions: permissionsOf(session.actor) };
  return page(
    c,
    <RecoveryPage
      shell={{ ...c.get('shell'), user }}
      name={session.name}
      username={session.username}
      codes={codes}
      madeOn={formatDate(today(c.get('store').clock))}
      next={next}
    />,
  );
}

/** POST /tai-khoan/xac-thuc/ma-du-phong */
export async function renewRoute(c: Ctx): Promise<Response> {
  const session = signedIn(c);
  const form = await fields(c);
  try {
    const codes = await renewRecoveryCodes(c.get('store'), {
      ...{ token: tokenOf(c), code: form['code'] ?? '' },
    });
    return drawRecovery(c, session, codes, '/tai-khoan');
  } catch (error) {
    return drawRenew(c, session, refusedBy(error));
  }
}

async function drawRenew(c: Ctx, session: Session, problem: Problem | null): Promise<Response> {
  const left = await recoveryLeft(c.get('store'), session.accountId);
  return page(
    c,
    <RenewPage shell={c.get('shell')} left={left} problem={problem} />,
    statusOf(c, problem),
  );
}

/** The session behind a policy that lets only complete ones through. */
export function signedIn(c: Ctx): Session {
  const session = c.get('session');
  if (!session || !c.get('actor')) throw notFound();
  return session;
}
