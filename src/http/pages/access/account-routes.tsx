import {
  accountOverview,
  changeOwnPassword,
  endOtherSessions,
  endOwnSession,
  openSessions,
} from '../../../access/index.js';
import { Problem, formatDate, newId } from '../../../kernel/index.js';
import type { PlainDate } from '../../../kernel/index.js';
import { runCommand, withActor } from '../../../store/index.js';
import type { Ctx } from '../../env.js';
import { fields } from '../../fields.js';
import { instantText } from '../../instant.js';
import { page } from '../../render-page.js';
import { AccountPage } from './account-page.js';
import { DevicesPage } from './devices-page.js';
import { PasswordPage } from './password-page.js';
import { statusOf } from './refused.js';
import { signedIn } from './second-factor-routes.js';

/** What was done, by the word in the address; anything else says nothing. */
const DONE: Readonly<Record<string, string>> = {
  'mat-khau': 'Đã đổi mật khẩu; mọi thiết bị khác đã đăng xuất.',
  'mot-thiet-bi': 'Đã đăng xuất thiết bị đó.',
  'thiet-bi-khac': 'Đã đăng xuất mọi thiết bị khác.',
};

const doneOf = (c: Ctx): string | null => {
  const word = c.req.query('xong') ?? '';
  return Object.hasOwn(DONE, word) ? (DONE[word] ?? null) : null;
};

/** GET /tai-khoan */
export async function accountPage(c: Ctx): Promise<Response> {
  const session = signedIn(c);
  const overview = await withActor(
    c.get('store'),
    session.actor,
    (tx) => accountOverview(tx, session),
    { readOnly: true },
  );
  return page(
    c,
    <AccountPage
      shell={c.get('shell')}
      overview={overview}
      done={doneOf(c)}
      ssoLabel={c.get('settings').sso?.settings.label ?? null}
      dateOf={(at) => formatDate(dayOf(at))}
    />,
  );
}

/** The day of an instant in Vietnam. */
const dayOf = (at: Date): PlainDate =>
  new Date(at.getTime() + 7 * 3_600_000).toISOString().slice(0, 10) as PlainDate;

/** GET /tai-khoan/mat-khau */
export const passwordPage = (c: Ctx) => drawPassword(c, null);

/** POST /tai-khoan/mat-khau */
export async function passwordRoute(c: Ctx): Promise<Response> {
  const session = signedIn(c);
  const form = await fields(c);
  try {
    await changeOwnPassword(c.get('store'), {
      session,
      commandId: form['commandId'] ?? '',
      current: form['current'] ?? '',
      next: form['next'] ?? '',
      again: form['again'] ?? '',
    });
    return c.redirect('/tai-khoan?xong=mat-khau', 303);
  } catch (error) {
    const isRefusal = error instanceof Problem && ['refused', 'too-many'].includes(error.kind);
    if (!isRefusal) throw error;
    return drawPassword(c, error);
  }
}

function drawPassword(c: Ctx, problem: Problem | null) {
  return page(
    c,
    <PasswordPage
      shell={c.get('shell')}
      commandId={newId(c.get('store').clock)}
      username={signedIn(c).username}
      problem={problem}
    />,
    statusOf(c, problem),
  );
}

/** GET /tai-khoan/thiet-bi */
export async function devicesPage(c: Ctx): Promise<Response> {
  const { actor, accountId, sessionId } = signedIn(c);
  const store = c.get('store');
  const sessions = await withActor(store, actor, (tx) => openSessions(tx, accountId, sessionId), {
    readOnly: true,
  });
  return page(
    c,
    <DevicesPage
      shell={c.get('shell')}
      sessions={sessions}
      done={doneOf(c)}
      newCommandId={() => newId(store.clock)}
      instant={instantText}
    />,
  );
}

/** POST /tai-khoan/thiet-bi: signs out one other place, or all others. */
export async function devicesRoute(c: Ctx): Promise<Response> {
  const { actor, accountId, sessionId } = signedIn(c);
  const form = await fields(c);
  const which = form['session'] ?? '';
  const isAll = which === 'others';
  const call = { actor, commandId: form['commandId'] ?? '', permission: 'own' as const };
  const name = 'account.end-session';
  await runCommand(c.get('store'), { ...call, name, input: { which } }, async (tx) => {
    if (isAll) return endOtherSessions(tx, accountId, sessionId, 'ended-remotely');
    await endOwnSession(tx, accountId, which);
    return 1;
  });
  return c.redirect(`/tai-khoan/thiet-bi?xong=${isAll ? 'thiet-bi-khac' : 'mot-thiet-bi'}`, 303);
}
