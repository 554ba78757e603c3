import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testStore } from '../../../test/support/database.js';
import type { TestStore } from '../../../test/support/database.js';
import { makeReal } from '../../../test/support/real-instance.js';
import {
  TEST_PASSWORD,
  refusal,
  testAccount,
  testClock,
} from '../../../test/support/test-account.js';
import { newId } from '../../kernel/index.js';
import { SYSTEM_ACTOR, withActor } from '../../store/index.js';
import { inTurn } from '../passwords/passwords.js';
import { endOtherSessions, endOwnSession, openSessions } from '../sessions/own-sessions.js';
import { sessionOf, signOut } from '../sessions/sessions.js';
import type { Session } from '../sessions/sessions.js';
import { signIn } from '../sign-in.js';
import { linkSubject } from '../sso/links.js';
import { allowLocalPassword, closeAccount, setPassword } from './administer.js';
import { changeOwnPassword } from './change-password.js';
import type { PasswordChange } from './change-password.js';

const clock = testClock();
let store: TestStore;
beforeAll(async () => {
  store = await testStore({ clock });
  await makeReal(store);
});
afterAll(() => store.close());

const WINDOWS = 'Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36';
const NEW = 'cái gùi treo sau bếp lửa';

async function open(username: string, password = TEST_PASSWORD): Promise<[string, Session]> {
  const { token } = await signIn(store, { username, password, device: WINDOWS });
  const session = await sessionOf(store, token);
  if (!session) throw new Error('no session');
  return [token, session];
}

const change = (session: Session, over: Partial<PasswordChange> = {}) =>
  changeOwnPassword(store, {
    ...{ session, commandId: newId(), current: TEST_PASSWORD, next: NEW, again: NEW },
    ...over,
  });

const act = (username: string, reason = 'theo đơn của phòng') => ({
  ...{ actor: SYSTEM_ACTOR([]), commandId: newId(), username, reason },
});

const codesOf = async (tries: readonly Promise<unknown>[]) =>
  Promise.all(tries.map(async (one) => (await refusal(one)).code));

describe('changing one’s own password', () => {
  it('holds no connection while it waits for its turn to compute', async () => {
    await testAccount(store, { username: 'cho-luot' });
    const [, session] = await open('cho-luot');
    let release = (): void => undefined;
    const ahead = inTurn(() => new Promise<void>((resolve) => (release = resolve)));
    const changed = change(session);
    const { app } = store;
    for (let free = 0; free < 5;) {
      await sleep(40);
      free = app.idleCount === app.totalCount ? free + 1 : 0;
    }
    release();
    await ahead;
    expect(await changed).toEqual({ endedSessions: 0 });
  });

  it('needs the old one, and signs out everywhere else', async () => {
    await testAccount(store, { username: 'an' });
    const [here, session] = await open('an');
    const [there] = await open('an');
    expect(await change(session)).toEqual({ endedSessions: 1 });
    expect(await sessionOf(store, here)).not.toBeNull();
    expect(await sessionOf(store, there)).toBeNull();
    expect((await refusal(open('an'))).code).toBe('sign-in-refused');
    await open('an', NEW);
  });

  it('is refused for a wrong old one, two different new ones, the same one, a weak one', async () => {
    await testAccount(store, { username: 'binh', fullName: 'Lương Văn Bình' });
    const [, session] = await open('binh');
    const codes = await codesOf([
      change(session, { current: 'không phải thế' }),
      change(session, { again: `${NEW}.` }),
      change(session, { next: TEST_PASSWORD, again: TEST_PASSWORD }),
      change(session, { next: 'langson2026', again: 'langson2026' }),
      change(session, { next: 'luongvanbinh1', again: 'luongvanbinh1' }),
      change(session, { next: '', again: '' }),
    ]);
    expect(codes).toEqual([
      ...['current-password-wrong', 'passwords-differ', 'password-same'],
      ...['password-refused', 'password-refused', 'password-refused'],
    ]);
    await open('binh');
  });

  it('is no way to try passwords', async () => {
    await testAccount(store, { username: 'chi' });
    const [, session] = await open('chi');
    const codes: string[] = [];
    for (let i = 0; i < 6; i++) {
      codes.push((await refusal(change(session, { current: `thử lần thứ ${i}` }))).code);
    }
    expect(codes.at(-1)).toBe('sign-in-too-often');
    expect((await refusal(change(session))).code).toBe('sign-in-too-often');
    clock.pass(10);
    await change(session);
  });

  it('happens once when the form is sent twice, and keeps no password', async () => {
    await testAccount(store, { username: 'dung' });
    const [, session] = await open('dung');
    const commandId = newId();
    expect(await change(session, { commandId })).toEqual(await change(session, { commandId }));
    const kept = await store.behind(async (client) => {
      const { rows } = await client.query(
        'select o.result, a.payload from command_outcomes o left join audit_entries a using (command_id)',
      );
      return JSON.stringify(rows);
    });
    expect(kept).not.toContain(NEW);
  });
});

describe('the places where one is signed in', () => {
  it('are listed in words, this one first, without those that have ended', async () => {
    await testAccount(store, { username: 'giang' });
    const [gone] = await open('giang');
    await signOut(store, gone);
    await open('giang');
    clock.pass(600);
    const [, session] = await open('giang');
    const places = await withActor(store, session.actor, (tx) =>
      openSessions(tx, session.accountId, session.sessionId),
    );
    expect(places.map(({ isThis }) => isThis)).toEqual([true, false]);
    expect(places[1]).toMatchObject({ device: 'Chrome trên máy tính Windows', method: 'password' });
    expect(places[0]!.since.getTime() - places[1]!.since.getTime()).toBe(600_000);
    expect(JSON.stringify(places)).not.toContain('token');
  });

  it('are ended one by one or all at once, one’s own alone', async () => {
    const mine = await testAccount(store, { username: 'hoa' });
    await testAccount(store, { username: 'khanh' });
    const [, stranger] = await open('khanh');
    const [a, first] = await open('hoa');
    const [b, second] = await open('hoa');
    const [c, third] = await open('hoa');
    const end = (by: Session, sessionId: string) =>
      withActor(store, by.actor, (tx) => endOwnSession(tx, by.accountId, sessionId));
    for (const id of [first.sessionId, newId(), 'x', "' or true --"]) {
      expect((await refusal(end(stranger, id))).code).toBe('session-gone');
    }
    await end(third, first.sessionId);
    expect(await sessionOf(store, a)).toBeNull();
    expect(await sessionOf(store, b)).not.toBeNull();
    expect((await refusal(end(third, first.sessionId))).code).toBe('session-gone');
    const ended = await withActor(store, third.actor, (tx) =>
      endOtherSessions(tx, mine, third.sessionId, 'ended-remotely'),
    );
    expect(ended).toBe(1);
    expect([await sessionOf(store, b), await sessionOf(store, c)]).toEqual([
      null,
      expect.objectContaining({ sessionId: third.sessionId }),
    ]);
    expect(second.sessionId).not.toBe(third.sessionId);
  });
});

describe('an administrator', () => {
  it('gives a new password, which ends all sessions and all waiting', async () => {
    await testAccount(store, { username: 'lan' });
    const [token] = await open('lan');
    for (let i = 0; i < 6; i++) await refusal(signIn(store, { username: 'lan', password: 'x' }));
    const weak = setPassword(store, { ...act('lan'), password: 'matkhau2026' });
    expect((await refusal(weak)).code).toBe('password-refused');
    const done = await setPassword(store, { ...act('lan'), password: NEW });
    expect(done).toMatchObject({ username: 'lan', endedSessions: 1 });
    expect(await sessionOf(store, token)).toBeNull();
    await open('lan', NEW);
  });

  it('closes an account for good, with a reason', async () => {
    await testAccount(store, { username: 'minh' });
    const [token] = await open('minh');
    expect((await refusal(closeAccount(store, act('minh', ' ')))).code).toBe('reason-missing');
    await closeAccount(store, act('minh', 'chuyển công tác'));
    expect(await sessionOf(store, token)).toBeNull();
    const codes = await codesOf([
      open('minh'),
      closeAccount(store, act('minh')),
      setPassword(store, { ...act('minh'), password: NEW }),
      closeAccount(store, act('khong-co')),
    ]);
    expect(codes).toEqual([
      ...['sign-in-refused', 'account-closed', 'account-closed', 'account-unknown'],
    ]);
    const reasons = await store.behind(async (client) => {
      const { rows } = await client.query<{ reason: string }>(
        "select reason from audit_entries where action = 'account.close'",
      );
      return rows.map(({ reason }) => reason);
    });
    expect(reasons).toEqual(['chuyển công tác']);
  });

  it('takes the password away only where another way in exists', async () => {
    await testAccount(store, { username: 'ngoc' });
    const off = () => allowLocalPassword(store, { ...act('ngoc'), isAllowed: false });
    expect((await refusal(off())).code).toBe('link-missing');
    const issuer = 'https://sso.example';
    await linkSubject(store, { ...act('ngoc'), issuer, subject: '020185000123' });
    await off();
    expect((await refusal(open('ngoc'))).code).toBe('sign-in-refused');
    await allowLocalPassword(store, { ...act('ngoc'), isAllowed: true });
    await open('ngoc');
  });

  it('is not somebody whose roles say nothing of accounts', async () => {
    await testAccount(store, { username: 'oanh' });
    await testAccount(store, { username: 'phuong' });
    const [, officer] = await open('oanh');
    const forbidden = { ...act('phuong'), actor: officer.actor };
    const codes = await codesOf([
      closeAccount(store, forbidden),
      setPassword(store, { ...forbidden, password: NEW }),
      linkSubject(store, { ...forbidden, issuer: 'https://sso.example', subject: 'x' }),
    ]);
    expect(codes).toEqual(['not-permitted', 'not-permitted', 'not-permitted']);
  });
});

describe('a link to a person of the single sign-on', () => {
  const issuer = 'https://sso.example';

  it('belongs to one account, and stands nowhere in clear', async () => {
    await testAccount(store, { username: 'quyen' });
    await testAccount(store, { username: 'son' });
    const subject = '020099888777';
    const wish = { ...act('quyen'), issuer, subject };
    await linkSubject(store, wish);
    await linkSubject(store, wish);
    const again = { ...act('son'), issuer, subject };
    expect((await refusal(linkSubject(store, again))).code).toBe('subject-linked');
    await linkSubject(store, { ...again, commandId: newId(), issuer: 'https://other.example' });
    const kept = await store.behind(async (client) => {
      const parts: string[] = [];
      for (const table of ['account_links', 'audit_entries', 'commands']) {
        const { rows } = await client.query(`select t::text from ${table} t`);
        parts.push(JSON.stringify(rows));
      }
      return parts.join();
    });
    expect(kept).not.toContain(subject);
    expect(kept).toContain(issuer);
    for (const empty of ['', '  ', 'x'.repeat(300)]) {
      const refused = linkSubject(store, { ...act('son'), issuer, subject: empty });
      expect((await refusal(refused)).code).toBe('subject-refused');
    }
  });
});
