import http from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';

/** A real OpenID Connect provider on this machine, as a province or VNeID runs one elsewhere. */
export interface IdentityProvider {
  issuer: string;
  clientId: string;
  clientSecret: string;
  close(): Promise<void>;
}

/**
 * Starts it for one client that is reached at `publicUrl`. Whoever signs in there is who they say they
 * are: the name typed is the subject, and `citizen-NAME` the claim `citizen_id`.
 */
export async function startIdentityProvider(publicUrl: string): Promise<IdentityProvider> {
  const server = http.createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const [clientId, clientSecret] = ['thonban', 'a secret of this test alone'];
  const provider = new Provider(issuer, {
    clients: [
      {
        ...{ client_id: clientId, client_secret: clientSecret },
        redirect_uris: [`${publicUrl}/dang-nhap/cong-chung/ve`],
        post_logout_redirect_uris: [`${publicUrl}/`],
      },
    ],
    claims: { openid: ['sub'], citizen: ['citizen_id'] },
    scopes: ['openid', 'citizen'],
    ttl: { Interaction: 600, Session: 600, Grant: 600, AccessToken: 600, IdToken: 600 },
    pkce: { required: () => true },
    cookies: { keys: ['of this test alone'] },
    findAccount: (_: unknown, sub: string) => ({
      accountId: sub,
      claims: () => ({ sub, citizen_id: `citizen-${sub}` }),
    }),
  });
  server.on('request', provider.callback());
  const close = () =>
    new Promise<void>((done) => {
      server.close(() => done());
      server.closeAllConnections();
    });
  return { issuer, clientId, clientSecret, close };
}

/**
 * A visitor of the provider without a browser: follows its redirects and answers its forms.
 * @returns the address it sends the visitor back to
 */
export async function signInAtProvider(url: string, login: string): Promise<string> {
  const cookies = new Map<string, string>();
  const { origin } = new URL(url);
  let at = url;
  let body: URLSearchParams | undefined;
  for (let step = 0; step < 20; step++) {
    if (!at.startsWith(origin)) return at;
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(at, {
      ...{ redirect: 'manual', headers: { cookie } },
      ...(body && { method: 'POST', body }),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const cut = pair.indexOf('=');
      cookies.set(pair.slice(0, cut), pair.slice(cut + 1));
    }
    body = undefined;
    const location = answer.headers.get('location');
    if (location) {
      at = new URL(location, at).href;
      continue;
    }
    const page = await answer.text();
    const action = /<form[^>]* action="([^"]+)"/.exec(page)?.[1];
    const prompt = /name="prompt" value="([^"]+)"/.exec(page)?.[1];
    if (!action || !prompt) throw new Error(`the provider answered ${answer.status}: ${page}`);
    at = new URL(action, at).href;
    body = new URLSearchParams({ prompt, login, password: 'any' });
  }
  throw new Error('the provider never sent the visitor back');
}
