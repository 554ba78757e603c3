import { beginSso, finishSso } from '../../../access/index.js';
import type { SsoProvider } from '../../../access/index.js';
import { Problem, httpStatusOf } from '../../../kernel/index.js';
import { ssoCookie } from '../../cookies.js';
import type { Ctx } from '../../env.js';
import { fields } from '../../fields.js';
import { notFound } from '../../query.js';
import { page } from '../../render-page.js';
import { localPath } from './local-path.js';
import { aroundOf, signedInAnswer } from './login-routes.js';
import { LeavingPage, SsoProblemPage } from './sso-pages.js';

/** Without a single sign-on its addresses do not exist. */
function providerOf(c: Ctx): SsoProvider {
  const { sso } = c.get('settings');
  if (!sso) throw notFound();
  return sso;
}

/**
 * POST /dang-nhap/cong-chung: off to the provider. A page that leads on, not a redirect: the security
 * policy lets forms go to this site alone, also by way of redirects.
 */
export async function ssoBegin(c: Ctx): Promise<Response> {
  const provider = providerOf(c);
  const form = await fields(c);
  const next = localPath(form['next']);
  try {
    const { url, ticket } = await beginSso(c.get('store'), provider, next);
    ssoCookie.keep(c, ticket);
    c.header('refresh', `0; url=${url}`);
    const { label } = provider.settings;
    const answer = page(c, <LeavingPage shell={c.get('shell')} label={label} url={url} />);
    answer.headers.set('cache-control', 'no-store');
    return answer;
  } catch (error) {
    return refused(c, error);
  }
}

/** GET /dang-nhap/cong-chung/ve?code=…&state=…: back from the provider. */
export async function ssoReturn(c: Ctx): Promise<Response> {
  const provider = providerOf(c);
  const ticket = ssoCookie.read(c);
  ssoCookie.drop(c);
  try {
    const query = new URL(c.req.url).search;
    const { next, ...signedIn } = await finishSso(c.get('store'), provider, {
      ...aroundOf(c),
      ...{ query, ticket },
    });
    return signedInAnswer(c, signedIn, localPath(next));
  } catch (error) {
    return refused(c, error);
  }
}

function refused(c: Ctx, error: unknown): Response {
  if (!(error instanceof Problem)) throw error;
  if (error.cause instanceof Error) log(error.cause);
  const subject = error.details['subject'];
  const answer = page(
    c,
    <SsoProblemPage
      shell={c.get('shell')}
      problem={error}
      subject={typeof subject === 'string' ? subject : null}
    />,
    httpStatusOf(error),
  );
  answer.headers.set('cache-control', 'no-store');
  return answer;
}

/** For the operator: which check failed. Never what was sent, which may hold codes and tokens. */
function log({ name, message, cause }: Error): void {
  const inner = cause instanceof Error ? `: ${cause.message}` : '';
  process.stderr.write(`single sign-on: ${name}: ${message}${inner}\n`);
}
