import type { IncomingMessage } from 'node:http';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { testStore } from '../../test/support/database.js';
import type { TestStore } from '../../test/support/database.js';
import { makeReal } from '../../test/support/real-instance.js';
import { TEST_PASSWORD, testAccount, testClock } from '../../test/support/test-account.js';
import { testPerson, testVillage } from '../../test/support/village-fixture.js';
import { ssoProvider } from '../access/index.js';
import { newId } from '../kernel/index.js';
import { createApp } from './app.js';
import { declaredRoutes } from './registrar.js';
import type { SiteSettings } from './site-settings.js';
import { LOCAL_SITE, siteSettings } from './site-settings.js';

const HOME = 'http://localhost';
const FORM = 'application/x-www-form-urlencoded';

const clock = testClock();
let store: TestStore;
beforeAll(async () => {
  store = await testStore({ clock });
  await makeReal(store);
  await testAccount(store, { username: 'xuan' });
});
afterAll(() => store.close());

const sso = () =>
  ssoProvider({
    ...{ issuer: 'https://sso.example', clientId: 'a', clientSecret: null, label: 'SSO' },
    ...{ claim: 'sub', scope: 'openid', publicUrl: HOME, allowsLoopback: false },
  });
const appWith = (over: Partial<SiteSettings> = {}) =>
  createApp({ store, settings: { ...LOCAL_SITE, ...over } });
type App = ReturnType<typeof appWith>;

interface Sent {
  body?: Record<string, string>;
  headers?: Record<string, string>;
  /** Where the connection comes from. */
  from?: string;
}

function post(app: App, path: string, { body = {}, headers = {}, from }: Sent = {}) {
  const init = {
    method: 'POST',
    body: new URLSearchParams(body),
    headers: { origin: HOME, 'content-type': FORM, ...headers },
  };
  const incoming = { socket: { remoteAddress: from } } as unknown as IncomingMessage;
  return app.request(path, init, from === undefined ? {} : { incoming });
}

const signIn = (app: App, sent: Sent = {}) =>
  post(app, '/dang-nhap', {
    ...sent,
    body: { username: 'xuan', password: TEST_PASSWORD, ...sent.body },
  });

const cookiesOf = (answer: Response): string =>
  answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');

describe('a form of another site', () => {
  it('is not carried out at any address, signing in and going to the single sign-on included', async () => {
    const app = appWith({ sso: sso() });
    const cookie = cookiesOf(await signIn(app));
    const paths = declaredRoutes(app)
      .filter(({ method }) => method === 'POST')
      .map(({ path }) => path.replace(/:\w+/g, newId()));
    for (const path of [
      '/dang-nhap',
      '/dang-nhap/cong-chung',
      '/dang-xuat',
      '/tai-khoan/mat-khau',
    ]) {
      expect(paths).toContain(path);
    }
    expect(paths.length).toBeGreaterThan(15);
    const elsewhere: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: '' },
      { origin: `${HOME}.evil.example` },
      { origin: 'https://localhost' },
      { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
      { origin: 'https://evil.example', 'sec-fetch-site': 'same-site' },
      { origin: 'https://evil.example', 'content-type': 'text/plain' },
      { origin: 'https://evil.example', 'content-type': 'multipart/form-data; boundary=x' },
    ];
    for (const path of paths) {
      for (const headers of elsewhere) {
        const answer = await post(app, path, { headers: { ...headers, cookie } });
        expect(answer.status, `${path} ${JSON.stringify(headers)}`).toBe(400);
        expect(await answer.text()).toContain('không được gửi từ trang của hệ thống');
      }
    }
    expect((await app.request('/tai-khoan', { headers: { cookie } })).status).toBe(200);
  });

  it('is told from one’s own behind a proxy that speaks https', async () => {
    const app = appWith({ publicUrl: 'https://thonban.example' });
    const own = { origin: 'https://thonban.example' };
    expect((await signIn(app, { headers: own })).status).toBe(303);
    expect((await signIn(app, { headers: { origin: HOME } })).status).toBe(400);
    const proxied = appWith({ trustedProxies: 1 });
    const told = { origin: 'https://localhost', 'x-forwarded-proto': 'https' };
    expect((await signIn(proxied, { headers: told })).status).toBe(303);
    // Nobody is a proxy of ours unless we were told so.
    expect((await signIn(appWith(), { headers: told })).status).toBe(400);
  });
});

describe('headers', () => {
  it('allow no script, no other origin, no frame, on every kind of answer', async () => {
    const app = appWith();
    for (const path of ['/', '/dang-nhap', '/khong-co', '/api/v1', '/healthz']) {
      const { headers } = await app.request(path);
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("form-action 'self'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/unsafe|script-src|\*/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('referrer-policy')).toBe('same-origin');
      expect(headers.get('strict-transport-security')).toBeNull();
    }
  });

  it('ask for https for ever only when the operator wants it', async () => {
    const { headers } = await appWith({ isStrictHttps: true }).request('/dang-nhap');
    expect(headers.get('strict-transport-security')).toBe('max-age=31536000');
  });
});

describe('cookies', () => {
  it('are out of reach of scripts and other sites; behind https bound to it and to the host', async () => {
    const plain = (await signIn(appWith())).headers.getSetCookie();
    expect(plain).toHaveLength(2);
    for (const line of plain) {
      expect(line).toMatch(/^thonban_(session|browser)=[\w-]{43}; .*HttpOnly; SameSite=Lax/);
      expect(line).not.toContain('Secure');
    }
    const app = appWith({ publicUrl: 'https://thonban.example' });
    const answer = await signIn(app, { headers: { origin: 'https://thonban.example' } });
    for (const line of answer.headers.getSetCookie()) {
      expect(line).toMatch(/^__Host-thonban_(session|browser)=/);
      expect(line).toMatch(/Secure/);
      expect(line).toMatch(/Path=\//);
      expect(line).not.toMatch(/Domain/i);
    }
    const cookie = cookiesOf(answer);
    expect((await app.request('/tai-khoan', { headers: { cookie } })).status).toBe(200);
    // A cookie planted without the prefix, by a neighbour or over http, opens nothing.
    const planted = cookie.replaceAll('__Host-', '');
    expect((await app.request('/tai-khoan', { headers: { cookie: planted } })).status).toBe(303);
  });
});

test('the paper of a household names the site as the public reaches it, not as the proxy does', async () => {
  const { householdId } = await testPerson(store, await testVillage(store, '06004'), {
    ...{ name: 'Mẫu Thị Phiếu', birthYear: 1968 },
  });
  const app = appWith({ publicUrl: 'https://thonban.example' });
  const own = { origin: 'https://thonban.example' };
  const cookie = cookiesOf(await signIn(app, { headers: own }));
  const answer = await post(app, `/ho/${householdId}/phieu`, {
    ...{ headers: { ...own, cookie }, body: { commandId: newId() } },
  });
  expect(answer.status).toBe(200);
  const slip = await answer.text();
  expect(slip).toContain('<b>thonban.example/du-lieu-cua-toi</b>');

  const ma = /class="code">([^<]+)</.exec(slip)?.[1] ?? '';
  const ask = async (year: number, from: string) => {
    const body = { ma, 'nam-sinh': String(year) };
    return post(app, '/du-lieu-cua-toi', { headers: own, from, body });
  };
  // Whoever found the paper tries one year after the other, from wherever they like.
  const statuses: number[] = [];
  for (let i = 0; i < 6; i++) {
    statuses.push((await ask(1940 + i, `203.0.113.${i}`)).status);
    if (i < 4) clock.pass(1);
  }
  expect(statuses).toEqual([422, 422, 422, 422, 422, 429]);
  const late = await ask(1968, '203.0.113.90');
  expect([late.status, late.headers.get('retry-after')]).toEqual([429, '2']);
  clock.pass(2);
  const right = await ask(1968, '203.0.113.90');
  // A telephone that a village shares keeps no copy.
  expect(right.headers.get('cache-control')).toBe('no-store');
  const shown = await right.text();
  expect(shown.match(/Có người gõ mã của hộ nhưng sai năm sinh/g)).toHaveLength(5);
});

describe('too many requests', () => {
  it('of signing in from one network are stopped with a sentence and a time to come back', async () => {
    const app = appWith();
    const from = '203.0.113.5';
    let answer = await signIn(app, { from, body: { username: 'a' } });
    for (let i = 0; i < 70 && answer.status !== 429; i++) {
      // Each with a name of its own: what stops them is the limit, not the lockout.
      answer = await post(app, '/dang-nhap/xac-thuc', { from, body: { code: `${i}` } });
    }
    expect(answer.status).toBe(429);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await answer.text()).toContain('Chờ 1 giây');
    expect((await signIn(app, { from: '203.0.113.6' })).status).toBe(303);
    clock.pass(120);
    expect((await signIn(app, { from })).status).toBe(303);
  });

  it('of failures are told on the form, with the same header', async () => {
    const app = appWith();
    let answer = await signIn(app, { body: { password: 'sai' } });
    for (let i = 0; i < 6; i++) answer = await signIn(app, { body: { password: 'sai' } });
    expect(answer.status).toBe(429);
    expect(answer.headers.get('retry-after')).toBe('2');
    expect(await answer.text()).toContain('name="username"');
    clock.pass(300);
  });

  it('of reading a text are stopped at the open interface too, in its own form', async () => {
    const app = appWith();
    let answer = await app.request('/api/v1/law/citations?text=x');
    for (let i = 0; i < 130 && answer.status === 200; i++) {
      answer = await app.request('/api/v1/law/citations?text=x');
    }
    expect(answer.status).toBe(429);
    expect(await answer.json()).toMatchObject({ problem: { code: 'too-often' } });
    expect((await app.request('/api/v1/law/documents')).status).toBe(200);
    clock.pass(120);
  });

  it('of searches are counted for each person', async () => {
    const app = appWith();
    const cookies: string[] = [];
    for (const username of ['tim-mot', 'tim-hai']) {
      await testAccount(store, { username });
      cookies.push(cookiesOf(await signIn(app, { body: { username } })));
    }
    const [mine = '', theirs = ''] = cookies;
    const search = (cookie: string) =>
      post(app, '/ho/tim-so', { headers: { cookie }, body: { number: 'x' } });
    const statuses: number[] = [];
    for (let i = 0; i < 31; i++) statuses.push((await search(mine)).status);
    expect(statuses).toEqual([...Array<number>(30).fill(422), 429]);
    expect((await search(theirs)).status).toBe(422);
    // Writing a number down may name whom it stands for: it is counted with the searches.
    const record = (cookie: string) =>
      post(app, `/ho/${newId()}/so-dinh-danh/${newId()}`, {
        ...{ headers: { cookie }, body: { commandId: newId(), number: '020185000123' } },
      });
    expect([(await record(mine)).status, (await record(theirs)).status]).toEqual([429, 404]);
  });
});

describe('where a request comes from', () => {
  /** How many refusals it takes: attempts are counted for the source. */
  const blocked = async (
    app: App,
    headers: (i: number) => Record<string, string>,
    from: string,
  ) => {
    for (let i = 0; i < 34; i++) {
      const body = { username: newId(), password: 'x' };
      const answer = await post(app, '/dang-nhap', { from, body, headers: headers(i) });
      if (answer.status === 429) return true;
    }
    return false;
  };

  it('is the connection, whatever the request says', async () => {
    const forged = (i: number) => ({ 'x-forwarded-for': `198.51.100.${i}` });
    expect(await blocked(appWith(), forged, '192.0.2.1')).toBe(true);
  });

  it('is what our own proxy says, not what was sent to it', async () => {
    const behind = appWith({ trustedProxies: 1 });
    const forged = (i: number) => ({ 'x-forwarded-for': `198.51.100.${i}, 203.0.113.77` });
    expect(await blocked(behind, forged, '127.0.0.1')).toBe(true);
    const honest = (i: number) => ({ 'x-forwarded-for': `198.51.100.${i}` });
    expect(await blocked(appWith({ trustedProxies: 1 }), honest, '127.0.0.1')).toBe(false);
    const nonsense = () => ({ 'x-forwarded-for': '<script>' });
    expect(await blocked(appWith({ trustedProxies: 1 }), nonsense, '192.0.2.9')).toBe(true);
  });
});

test('the settings are read from the environment, and nonsense is refused', () => {
  const env = { TRUST_PROXY: '2', PUBLIC_URL: 'https://thonban.example/x', HSTS: '1' };
  expect(siteSettings(env, store.dataDir)).toEqual({
    ...{ trustedProxies: 2, publicUrl: 'https://thonban.example', isStrictHttps: true, sso: null },
  });
  expect(siteSettings({}, store.dataDir)).toEqual(LOCAL_SITE);
  for (const wrong of [{ TRUST_PROXY: 'yes' }, { TRUST_PROXY: '-1' }, { PUBLIC_URL: 'langson' }]) {
    expect(() => siteSettings(wrong, store.dataDir)).toThrow(/Không đọc được/u);
  }
});
