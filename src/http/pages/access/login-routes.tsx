import type { SessionStage, SignedIn } from '../../../access/index.js';
import { demoAccounts, signIn, signOut, ssoSignOutUrl } from '../../../access/index.js';
import { Problem } from '../../../kernel/index.js';
import { clientAddress } from '../../client.js';
import { browserCookie, sessionCookie } from '../../cookies.js';
import type { Ctx } from '../../env.js';
import { fields } from '../../fields.js';
import { page } from '../../render-page.js';
import { localPath, withNext } from './local-path.js';
import { LoginPage } from './login-page.js';
import { statusOf } from './refused.js';
import { SignedOutPage } from './sso-pages.js';

/** GET /dang-nhap?next=/nhap-lieu */
export const loginPage = async (c: Ctx): Promise<Response> => {
  const next = localPath(c.req.query('next'));
  const stage = c.get('session')?.stage ?? 'full';
  if (stage !== 'full') return c.redirect(afterSignIn(stage, next), 303);
  return draw(c, { next, username: '', problem: null });
};

/** POST /dang-nhap */
export async function signInRoute(c: Ctx): Promise<Response> {
  const form = await fields(c);
  const next = localPath(form['next']);
  const username = form['username'] ?? '';
  try {
    const signedIn = await signIn(c.get('store'), {
      username,
      password: form['password'] ?? '',
      address: clientAddress(c),
      ...aroundOf(c),
    });
    return signedInAnswer(c, signedIn, next);
  } catch (error) {
    if (!(error instanceof Problem) || error.kind === 'environment') throw error;
    return draw(c, { next, username, problem: error });
  }
}

/** What the browser brings along to a sign-in of any kind. */
export const aroundOf = (c: Ctx) => ({
  device: c.req.header('user-agent') ?? null,
  previousToken: sessionCookie.read(c),
  browserToken: browserCookie.read(c),
});

/** Keeps the new session and leads on: to what is still missing, or to where one wanted to go. */
export function signedInAnswer(c: Ctx, signedIn: SignedIn, next: string): Response {
  sessionCookie.keep(c, signedIn.token);
  browserCookie.keep(c, signedIn.browserToken);
  return c.redirect(afterSignIn(signedIn.stage, next), 303);
}

const STEP: Record<SessionStage, string | null> = {
  full: null,
  code: '/dang-nhap/xac-thuc',
  enrol: '/dang-nhap/thiet-lap',
};

/** Where a sign-in goes on. */
export const afterSignIn = (stage: SessionStage, next: string): string => {
  const step = STEP[stage];
  return step === null ? next : withNext(step, next);
};

/** POST /dang-xuat */
export async function signOutRoute(c: Ctx): Promise<Response> {
  const token = sessionCookie.read(c);
  const method = c.get('session')?.method;
  if (token !== null) await signOut(c.get('store'), token);
  sessionCookie.drop(c);
  const { sso } = c.get('settings');
  // The provider may be down: signing out here works all the same.
  const url = sso && method === 'sso' ? await ssoSignOutUrl(sso).catch(() => null) : null;
  if (!sso || url === null) return c.redirect('/', 303);
  const shell = { ...c.get('shell'), user: null };
  c.set('actor', null);
  return page(c, <SignedOutPage shell={shell} label={sso.settings.label} url={url} />);
}

interface Drawn {
  next: string;
  username: string;
  problem: Problem | null;
}

function draw(c: Ctx, { next, username, problem }: Drawn): Response | Promise<Response> {
  const isDemo = c.get('instance').kind === 'demo';
  return page(
    c,
    <LoginPage
      shell={c.get('shell')}
      next={next}
      username={username}
      problem={problem}
      ssoLabel={c.get('settings').sso?.settings.label ?? null}
      demo={isDemo ? demoAccounts() : []}
    />,
    statusOf(c, problem),
  );
}
