import { demoAccounts, signIn, signOut } from '../../../access/index.js';
import { Problem } from '../../../kernel/index.js';
import type { Ctx } from '../../env.js';
import { fields } from '../../fields.js';
import { page } from '../../render-page.js';
import { dropSession, keepSession, sessionToken } from '../../session.js';
import { LoginPage } from './login-page.js';

/** GET /dang-nhap?next=/nhap-lieu */
export const loginPage = async (c: Ctx): Promise<Response> =>
  draw(c, { next: localPath(c.req.query('next')), username: '', problem: null });

/** POST /dang-nhap */
export async function signInRoute(c: Ctx): Promise<Response> {
  const form = await fields(c);
  const next = localPath(form['next']);
  const username = form['username'] ?? '';
  try {
    const { token } = await signIn(c.get('store'), {
      username,
      password: form['password'] ?? '',
      device: c.req.header('user-agent') ?? null,
      previousToken: sessionToken(c),
    });
    keepSession(c, token);
    return c.redirect(next, 303);
  } catch (error) {
    if (!(error instanceof Problem) || error.kind === 'environment') throw error;
    return draw(c, { next, username, problem: error });
  }
}

/** POST /dang-xuat */
export async function signOutRoute(c: Ctx): Promise<Response> {
  const token = sessionToken(c);
  if (token !== null) await signOut(c.get('store'), token);
  dropSession(c);
  return c.redirect('/', 303);
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
      demo={isDemo ? demoAccounts() : []}
    />,
    problem ? 422 : 200,
  );
}

/** Only a path of this site: "//elsewhere" and "/\elsewhere" are other sites to a browser. */
function localPath(text: string | undefined): string {
  return text !== undefined && /^\/(?![/\\])[^\s]*$/.test(text) ? text : '/';
}
