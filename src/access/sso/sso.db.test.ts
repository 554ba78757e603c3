import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { testStore } from '../../../test/support/database.js';
import type { TestStore } from '../../../test/support/database.js';
import {
  signInAtProvider,
  startIdentityProvider,
} from '../../../test/support/identity-provider.js';
import type { IdentityProvider } from '../../../test/support/identity-provider.js';
import { makeReal } from '../../../test/support/real-instance.js';
import {
  TEST_PASSWORD,
  refusal,
  testAccount,
  testClock,
} from '../../../test/support/test-account.js';
import { newId } from '../../kernel/index.js';
import { SYSTEM_ACTOR } from '../../store/index.js';
import { closeAccount } from '../accounts/administer.js';
import { actorOfSession, sessionOf } from '../sessions/sessions.js';
import { signIn } from '../sign-in.js';
import { linkSubject, unlinkSubjects } from './links.js';
import { ssoProvider } from './sso-provider.js';
import type { SsoProvider } from './sso-provider.js';
import { ssoSettings } from './sso-settings.js';
import { beginSso, finishSso, ssoSignOutUrl } from './sso-sign-in.js';

const PUBLIC = 'http://127.0.0.1:1';
const clock = testClock(new Date().toISOString());
let store: TestStore;
let identity: IdentityProvider;
let provider: SsoProvider;

const settingsWith = (over: Record<string, string> = {}) =>
  ssoSettings(
    {
      ...{ OIDC_ISSUER: identity.issuer, OIDC_CLIENT_ID: identity.clientId, PUBLIC_URL: PUBLIC },
      ...{ OIDC_CLIENT_SECRET: identity.clientSecret, OIDC_ALLOW_LOOPBACK_HTTP: '1' },
      ...over,
    },
    store.dataDir,
  )!;

beforeAll(async () => {
  store = await testStore({ clock });
  await makeReal(store);
  identity = await startIdentityProvider(PUBLIC);
  provider = ssoProvider(settingsWith());
});
afterAll(async () => {
  await identity.close();
  await store.close();
});

const act = (username: string) => ({
  ...{ actor: SYSTEM_ACTOR([]), commandId: newId(), username, reason: 'giấy đề nghị' },
});
const link = (username: string, subject: string) =>
  linkSubject(store, { ...act(username), issuer: identity.issuer, subject });

/** As far as the way back: what the browser holds, and the query the provider sent. */
async function throughProvider(login: string, by = provider) {
  const { url, ticket } = await beginSso(store, by, '/ho');
  const back = new URL(await signInAtProvider(url, login));
  expect(back.origin + back.pathname).toBe(`${PUBLIC}/dang-nhap/cong-chung/ve`);
  return { ticket, query: back.search };
}

test('links are made and ended for a reason, of open accounts; no browser stays known', async () => {
  await testAccount(store, { username: 'ly-do' });
  const subject = 'ly.do';
  const silent = { ...act('ly-do'), reason: '  ' };
  const unreasoned = linkSubject(store, { ...silent, issuer: identity.issuer, subject });
  expect((await refusal(unreasoned)).code).toBe('reason-missing');
  const open = () => signIn(store, { username: 'ly-do', password: TEST_PASSWORD });
  const known = () =>
    store.behind(async (client) => {
      const { rows } = await client.query<{ n: number }>(
        `select count(*)::integer as n from sessions s join accounts a using (account_id)
         where a.username = 'ly-do' and (s.browser_hash is not null or s.ended_at is null)`,
      );
      return rows[0]?.n;
    });
  await open();
  expect(await known()).toBe(1);
  await link('ly-do', subject);
  expect(await known()).toBe(0);
  await open();
  expect((await refusal(unlinkSubjects(store, silent))).code).toBe('reason-missing');
  await unlinkSubjects(store, act('ly-do'));
  expect(await known()).toBe(0);
  await closeAccount(store, act('ly-do'));
  expect((await refusal(link('ly-do', subject))).code).toBe('account-closed');
  expect((await refusal(unlinkSubjects(store, act('ly-do')))).code).toBe('account-closed');
});

describe('signing in at the provider', () => {
  it('opens the account that is linked, by one’s own role', async () => {
    await testAccount(store, { username: 'xuan' });
    await link('xuan', 'xuan.nong');
    const done = await finishSso(store, provider, await throughProvider('xuan.nong'));
    expect(done).toMatchObject({ next: '/ho', stage: 'full' });
    const session = await sessionOf(store, done.token);
    expect(session).toMatchObject({ username: 'xuan', method: 'sso' });
    expect((await actorOfSession(store, done.token))?.scopes).toHaveLength(1);
  });

  it('of somebody who approves still asks for the app', async () => {
    await testAccount(store, { username: 'truong', role: 'commune_leader' });
    await link('truong', 'truong.vi');
    const done = await finishSso(store, provider, await throughProvider('truong.vi'));
    expect(done.stage).toBe('enrol');
    expect(await actorOfSession(store, done.token)).toBeNull();
  });

  it('can go by another claim than the subject', async () => {
    const settings = settingsWith({ OIDC_CLAIM: 'citizen_id', OIDC_SCOPE: 'openid citizen' });
    const byCitizen = ssoProvider(settings);
    await testAccount(store, { username: 'yen' });
    await link('yen', 'citizen-yen');
    const done = await finishSso(store, byCitizen, await throughProvider('yen', byCitizen));
    expect((await sessionOf(store, done.token))?.username).toBe('yen');
    expect(
      (await refusal(throughProvider('yen').then((way) => finishSso(store, provider, way)))).code,
    ).toBe('sso-unknown');
  });

  it('of somebody unknown, unlinked or closed opens nothing and says whom to ask', async () => {
    await testAccount(store, { username: 'cu' });
    await link('cu', 'cu.ly');
    await unlinkSubjects(store, act('cu'));
    await testAccount(store, { username: 'nghi' });
    await link('nghi', 'nghi.ma');
    await closeAccount(store, act('nghi'));
    for (const login of ['la.nguoi', 'cu.ly', 'nghi.ma']) {
      const way = await throughProvider(login);
      const refused = await refusal(finishSso(store, provider, way));
      expect(refused).toMatchObject({ code: 'sso-unknown', details: { subject: login } });
      expect(refused.message).toContain('người quản trị');
    }
  });
});

describe('the way back', () => {
  it('works in the browser that began, and once', async () => {
    await testAccount(store, { username: 'mot' });
    await link('mot', 'mot.lan');
    const victim = await throughProvider('mot.lan');
    const attacker = await beginSso(store, provider, '/');
    const codes: string[] = [];
    for (const ticket of [attacker.ticket, null, '', 'k-1.AAAA', `${victim.ticket}x`]) {
      codes.push((await refusal(finishSso(store, provider, { ...victim, ticket }))).code);
    }
    expect(codes).toEqual(Array<string>(5).fill('sso-not-begun'));
    await finishSso(store, provider, victim);
    expect((await refusal(finishSso(store, provider, victim))).code).toMatch(/^sso-/);
  });

  it('is refused too late, without a code, with an invented one, with an error', async () => {
    const { ticket, query } = await throughProvider('tre');
    const state = new URLSearchParams(query).get('state') ?? '';
    const iss = encodeURIComponent(identity.issuer);
    const refusedFor = async (back: string) =>
      (await refusal(finishSso(store, provider, { ticket, query: back }))).code;
    expect(await refusedFor('')).toBe('sso-not-begun');
    expect(await refusedFor(`?state=${state}&iss=${iss}`)).toBe('sso-failed');
    expect(await refusedFor(`?state=${state}&iss=${iss}&code=invented`)).toBe('sso-failed');
    expect(await refusedFor(`?state=${state}&iss=${iss}&error=access_denied`)).toBe('sso-declined');
    const other = query.replace(iss, encodeURIComponent('https://evil.example'));
    expect(await refusedFor(other)).toBe('sso-failed');
    clock.pass(601);
    expect(await refusedFor(query)).toBe('sso-not-begun');
  });
});

describe('the provider', () => {
  it('asked for PKCE, state and nonce, and is told where to go', async () => {
    const { url, ticket } = await beginSso(store, provider, '/');
    const asked = new URL(url).searchParams;
    expect(asked.get('code_challenge_method')).toBe('S256');
    expect(asked.get('response_type')).toBe('code');
    for (const name of ['state', 'nonce', 'code_challenge']) {
      const value = asked.get(name) ?? '';
      expect(value.length).toBeGreaterThan(20);
      expect(ticket).not.toContain(value);
    }
    expect(await ssoSignOutUrl(provider)).toContain(`${identity.issuer}/session/end?`);
  });

  it('that is down is told as such, and asked again when it is back', async () => {
    const gone = await startIdentityProvider(PUBLIC);
    const settings = settingsWith({ OIDC_ISSUER: gone.issuer });
    await gone.close();
    const down = ssoProvider(settings);
    for (let i = 0; i < 2; i++) {
      const refused = await refusal(beginSso(store, down, '/'));
      expect(refused).toMatchObject({ code: 'sso-failed', kind: 'environment' });
    }
  });
});

describe('the settings', () => {
  const file = () => path.join(store.dataDir, 'oidc.json');
  const write = (value: unknown, mode = 0o600) => {
    fs.writeFileSync(file(), typeof value === 'string' ? value : JSON.stringify(value), { mode });
    fs.chmodSync(file(), mode);
  };
  const good = { issuer: 'https://sso.example', clientId: 'a', publicUrl: 'https://tb.example/x' };

  it('are none unless somebody wrote them', () => {
    expect(ssoSettings({}, store.dataDir)).toBeNull();
    expect(ssoSettings({ PUBLIC_URL: 'https://tb.example' }, store.dataDir)).toBeNull();
  });

  it('come from a file, each overridden by its variable', () => {
    write(good);
    expect(ssoSettings({ OIDC_CLIENT_ID: 'b' }, store.dataDir)).toEqual({
      ...{ issuer: 'https://sso.example', clientId: 'b', clientSecret: null, claim: 'sub' },
      ...{ label: 'cổng đăng nhập chung', scope: 'openid', allowsLoopback: false },
      publicUrl: 'https://tb.example',
    });
    fs.rmSync(file());
  });

  test.each([
    ['http://sso.example', {}],
    ['http://sso.example', { allowLoopbackHttp: true }],
    ['http://127.0.0.1:9', {}],
    ['http://127.0.0.1.evil.example', { allowLoopbackHttp: true }],
    ['ftp://127.0.0.1', { allowLoopbackHttp: true }],
    ['nonsense', {}],
  ])('with the issuer %s and %j are refused', (issuer, over) => {
    write({ ...good, issuer, ...over });
    expect(() => ssoSettings({}, store.dataDir)).toThrow(/chưa đúng/u);
    fs.rmSync(file());
  });

  it('half written, misspelt or open to others are refused', () => {
    for (const value of ['{', 'null', { ...good, clientID: 'x' }, { issuer: good.issuer }]) {
      write(value);
      expect(() => ssoSettings({}, store.dataDir)).toThrow(/chưa đúng/u);
    }
    write(good, 0o644);
    expect(() => ssoSettings({}, store.dataDir)).toThrow(/chmod 600/);
    fs.rmSync(file());
  });
});
