import { createHash } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
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
import { day, newId } from '../../kernel/index.js';
import { SYSTEM_ACTOR } from '../../store/index.js';
import { resetTotp } from '../accounts/administer.js';
import { actorOfSession, sessionOf } from '../sessions/sessions.js';
import { signIn } from '../sign-in.js';
import { codeAt } from './codes.js';
import { beginEnrolment, confirmEnrolment, renewRecoveryCodes } from './enrol.js';
import { confirmCode, demoCode, recoveryLeft } from './second-factor.js';
import { DEMO_SECRET } from './totp-rows.js';

const clock = testClock();
let store: TestStore;
beforeAll(async () => {
  store = await testStore({ clock });
  await makeReal(store);
});
afterAll(() => store.close());

const LEADER = { role: 'commune_leader' };
const enter = (username: string) => signIn(store, { username, password: TEST_PASSWORD });
const code = (secret: string) => codeAt(secret, clock.now());

async function enrolling(token: string, earlier?: string) {
  const session = await sessionOf(store, token);
  if (!session) throw new Error('no session');
  const begun = beginEnrolment(store, session, 'Thôn Bản', earlier);
  return { ...begun, secret: begun.manualKey.replaceAll(' ', ''), session };
}

/** A leader with an app; each call of `code` is for a later step than those used before. */
async function enrolled(username: string) {
  const accountId = await testAccount(store, { username, ...LEADER });
  const { token } = await enter(username);
  const { sealed, secret } = await enrolling(token);
  const done = await confirmEnrolment(store, { token, sealed, code: code(secret) });
  clock.pass(30);
  return { accountId, secret, ...done };
}

/** Ends a session in the middle of an act that would raise it: after its code, before its new token. */
async function endedMeanwhile(token: string, act: () => Promise<unknown>): Promise<string> {
  return store.behind(async (client) => {
    await client.query('begin');
    await client.query('update sessions set ended_at = now() where token_hash = $1', [
      createHash('sha256').update(token).digest(),
    ]);
    const refused = refusal(act());
    const waiting = `select from pg_stat_activity where wait_event_type = 'Lock'
      and datname = current_database()`;
    while ((await client.query(waiting)).rowCount === 0) await setTimeout(20);
    await client.query('commit');
    return (await refused).code;
  });
}

describe('a session that ends while a code is given', () => {
  it('keeps no app whose recovery codes nobody saw', async () => {
    const accountId = await testAccount(store, { username: 'giua-chung', ...LEADER });
    const { token } = await enter('giua-chung');
    const { sealed, secret } = await enrolling(token);
    const confirm = () => confirmEnrolment(store, { token, sealed, code: code(secret) });
    expect(await endedMeanwhile(token, confirm)).toBe('session-over');
    const kept = await store.behind((client) =>
      client.query('select from account_totp where account_id = $1', [accountId]),
    );
    expect(kept.rowCount).toBe(0);
    expect(await recoveryLeft(store, accountId)).toBe(0);
  });

  it('burns no recovery code; a wrong code of an app is entered as refused', async () => {
    const { accountId, recoveryCodes } = await enrolled('het-phien');
    const { token } = await enter('het-phien');
    const confirm = () => confirmCode(store, { token, code: recoveryCodes[0]! });
    expect(await endedMeanwhile(token, confirm)).toBe('session-over');
    expect(await recoveryLeft(store, accountId)).toBe(10);

    const other = await testAccount(store, { username: 'go-sai', ...LEADER });
    const begun = await enter('go-sai');
    const { sealed } = await enrolling(begun.token);
    const wrong = confirmEnrolment(store, { token: begun.token, sealed, code: '000000' });
    expect((await refusal(wrong)).code).toBe('code-refused');
    const entered = await store.behind((client) =>
      client.query(
        `select from audit_entries where action = 'access.code-refused' and subject_id = $1`,
        [other],
      ),
    );
    expect(entered.rowCount).toBe(1);
  });
});

describe('somebody whose role approves', () => {
  it('can do nothing after the password alone but set up an app', async () => {
    await testAccount(store, { username: 'chu-tich', ...LEADER });
    const { token, stage } = await enter('chu-tich');
    expect(stage).toBe('enrol');
    expect(await actorOfSession(store, token)).toBeNull();
    expect((await refusal(confirmCode(store, { token, code: '000000' }))).code).toBe(
      'code-refused',
    );
    expect((await refusal(renewRecoveryCodes(store, { token, code: '000000' }))).code).toBe(
      'totp-missing',
    );
    clock.pass(16 * 60);
    expect(await sessionOf(store, token)).toBeNull();
  });

  it('acts after a code was given, under a new token', async () => {
    await testAccount(store, { username: 'pho', ...LEADER });
    const { token } = await enter('pho');
    const { sealed, secret } = await enrolling(token);
    const done = await confirmEnrolment(store, { token, sealed, code: code(secret) });
    expect(done.recoveryCodes).toHaveLength(10);
    expect(await sessionOf(store, token)).toBeNull();
    expect((await actorOfSession(store, done.token))?.name).toBe('Nông Thị Xuân');
    clock.pass(60);
    const next = await enter('pho');
    expect(next.stage).toBe('code');
    expect(await actorOfSession(store, next.token)).toBeNull();
    const raised = await confirmCode(store, { token: next.token, code: code(secret) });
    expect(await actorOfSession(store, next.token)).toBeNull();
    expect(await actorOfSession(store, raised.token)).not.toBeNull();
    clock.pass(11 * 3600);
    expect(await sessionOf(store, raised.token)).toBeNull();
  });

  it('is asked for a code when the role comes in the middle of a session', async () => {
    const accountId = await testAccount(store, { username: 'moi-len-chuc' });
    const { token } = await enter('moi-len-chuc');
    expect(await actorOfSession(store, token)).not.toBeNull();
    await store.behind((client) =>
      client.query(
        `update role_assignments set role = 'commune_leader' where person_account_id =
           (select person_account_id from accounts where account_id = $1)`,
        [accountId],
      ),
    );
    expect((await sessionOf(store, token))?.stage).toBe('enrol');
    expect(await actorOfSession(store, token)).toBeNull();
  });

  it('is not asked before the day on which the role begins', async () => {
    const soon = { ...LEADER, validFrom: day('2030-01-01') };
    await testAccount(store, { username: 'sang-nam', ...soon });
    expect((await enter('sang-nam')).stage).toBe('full');
  });
});

describe('a code of the app', () => {
  it('opens once: not again, not the one before it, not after a wrong clock', async () => {
    const { secret } = await enrolled('mot-lan');
    const [first, second] = [await enter('mot-lan'), await enter('mot-lan')];
    const now = code(secret);
    const before = codeAt(secret, new Date(clock.now().getTime() - 30_000));
    await confirmCode(store, { token: first.token, code: now });
    for (const replayed of [now, before]) {
      expect(
        (await refusal(confirmCode(store, { token: second.token, code: replayed }))).code,
      ).toBe('code-refused');
    }
    clock.pass(30);
    await confirmCode(store, { token: second.token, code: code(secret) });
  });

  it('opens one of many sessions that use it at the same moment', async () => {
    const { secret } = await enrolled('cung-luc');
    const sessions = await Promise.all(Array.from({ length: 4 }, () => enter('cung-luc')));
    const tries = sessions.map(({ token }) =>
      confirmCode(store, { token, code: code(secret) }).then(
        () => 'in',
        () => 'refused',
      ),
    );
    expect((await Promise.all(tries)).sort()).toEqual(['in', 'refused', 'refused', 'refused']);
  });

  it('is guessed no faster than one in some minutes, by whoever knows the password', async () => {
    await enrolled('bi-do');
    const { token } = await enter('bi-do');
    const codes: string[] = [];
    for (let i = 0; i < 6; i++) {
      codes.push((await refusal(confirmCode(store, { token, code: `00000${i}` }))).code);
    }
    expect(codes).toEqual([...Array<string>(5).fill('code-refused'), 'sign-in-too-often']);
    const again = await enter('bi-do');
    expect((await refusal(confirmCode(store, { token: again.token, code: '1' }))).code).toBe(
      'sign-in-too-often',
    );
  });

  it('guessed by a stranger who knows the password does not keep its owner out', async () => {
    const { secret } = await enrolled('biet-mat-khau');
    const from = (browserToken?: string) =>
      signIn(store, {
        ...{ username: 'biet-mat-khau', password: TEST_PASSWORD },
        ...(browserToken && { browserToken }),
      });
    const mine = await from();
    await confirmCode(store, { token: mine.token, code: code(secret) });
    clock.pass(30);
    const stranger = await from();
    const guess = async (token: string) =>
      (await refusal(confirmCode(store, { token, code: '000000' }))).code;
    for (let i = 0; i < 5; i++) await guess(stranger.token);
    // Signing in once more with the same browser makes it no owner's browser.
    const again = await from(stranger.browserToken);
    expect(await guess(again.token)).toBe('sign-in-too-often');
    const next = await from(mine.browserToken);
    await confirmCode(store, { token: next.token, code: code(secret) });
    // A browser of the owner guesses no faster than another.
    clock.pass(30);
    const last = await from(mine.browserToken);
    for (let i = 0; i < 5; i++) expect(await guess(last.token)).toBe('code-refused');
    expect(await guess(last.token)).toBe('sign-in-too-often');
  });

  it('is worth nothing without a session, or after it', async () => {
    const { secret } = await enrolled('qua-han');
    const { token } = await enter('qua-han');
    clock.pass(16 * 60);
    for (const one of [token, '', 'x'.repeat(43)]) {
      expect((await refusal(confirmCode(store, { token: one, code: code(secret) }))).code).toBe(
        'session-over',
      );
    }
  });
});

describe('setting up an app', () => {
  it('keeps the secret encrypted, and not before a code of it was given', async () => {
    const accountId = await testAccount(store, { username: 'bi-mat', ...LEADER });
    const { token } = await enter('bi-mat');
    const { sealed, secret } = await enrolling(token);
    expect(sealed).not.toContain(secret);
    const wrong = { token, sealed, code: '000000' };
    expect((await refusal(confirmEnrolment(store, wrong))).code).toBe('code-refused');
    const rows = () =>
      store.behind(async (client) => {
        const totp = await client.query('select t::text from account_totp t');
        const codes = await client.query('select c::text from account_recovery_codes c');
        return JSON.stringify([totp.rows, codes.rows]);
      });
    expect(await rows()).not.toContain(accountId);
    const done = await confirmEnrolment(store, { token, sealed, code: code(secret) });
    const kept = await rows();
    expect(kept).toContain(accountId);
    expect(kept).not.toContain(secret);
    expect(kept).not.toContain(Buffer.from(secret).toString('hex'));
    for (const one of done.recoveryCodes) expect(kept).not.toContain(one);
  });

  it('keeps the secret that was scanned when the page comes again after a wrong code', async () => {
    await testAccount(store, { username: 'go-nham', ...LEADER });
    const { token } = await enter('go-nham');
    const first = await enrolling(token);
    const again = await enrolling(token, first.sealed);
    expect(again.secret).toBe(first.secret);
    clock.pass(3601);
    const { token: later } = await enter('go-nham');
    expect((await enrolling(later, first.sealed)).secret).not.toBe(first.secret);
  });

  it('is done for oneself: a secret of somebody else does not count', async () => {
    await testAccount(store, { username: 'ke-gian', ...LEADER });
    await testAccount(store, { username: 'nan-nhan', ...LEADER });
    const theirs = await enrolling((await enter('ke-gian')).token);
    const { token } = await enter('nan-nhan');
    const forged = { token, sealed: theirs.sealed, code: code(theirs.secret) };
    expect((await refusal(confirmEnrolment(store, forged))).code).toBe('enrolment-over');
    const invented = { token, sealed: 'k-1.AAAA', code: '000000' };
    expect((await refusal(confirmEnrolment(store, invented))).code).toBe('enrolment-over');
  });

  it('is not done twice: whoever has the password cannot put another app in its place', async () => {
    await enrolled('co-roi');
    const { token } = await enter('co-roi');
    const another = await enrolling(token);
    const forged = { token, sealed: another.sealed, code: code(another.secret) };
    expect((await refusal(confirmEnrolment(store, forged))).code).toBe('totp-already');
  });

  it('is open to everybody who wants it, and then asked for', async () => {
    await testAccount(store, { username: 'tu-nguyen' });
    const { token, stage } = await enter('tu-nguyen');
    expect(stage).toBe('full');
    const { sealed, secret } = await enrolling(token);
    const done = await confirmEnrolment(store, { token, sealed, code: code(secret) });
    expect(await actorOfSession(store, token)).toBeNull();
    expect(await actorOfSession(store, done.token)).not.toBeNull();
    expect((await enter('tu-nguyen')).stage).toBe('code');
  });
});

describe('recovery codes', () => {
  it('open once each, as they are copied from paper', async () => {
    const { accountId, recoveryCodes } = await enrolled('mat-may');
    const [one = '', two = ''] = recoveryCodes;
    const first = await enter('mat-may');
    const used = await confirmCode(store, { token: first.token, code: one.toLowerCase() });
    expect(used).toMatchObject({ usedRecovery: true, recoveryLeft: 9 });
    const second = await enter('mat-may');
    expect((await refusal(confirmCode(store, { token: second.token, code: one }))).code).toBe(
      'code-refused',
    );
    await confirmCode(store, { token: second.token, code: two.replaceAll('-', ' ') });
    expect(await recoveryLeft(store, accountId)).toBe(8);
  });

  it('of another account open nothing', async () => {
    const theirs = await enrolled('nguoi-khac');
    await enrolled('chinh-chu');
    const { token } = await enter('chinh-chu');
    const [stolen = ''] = theirs.recoveryCodes;
    expect((await refusal(confirmCode(store, { token, code: stolen }))).code).toBe('code-refused');
  });

  it('are made anew with a code of the app alone, and the old ones are worth nothing', async () => {
    const { token, secret, recoveryCodes } = await enrolled('lam-moi');
    const [old = '', another = ''] = recoveryCodes;
    expect((await refusal(renewRecoveryCodes(store, { token, code: old }))).code).toBe(
      'code-refused',
    );
    const fresh = await renewRecoveryCodes(store, { token, code: code(secret) });
    expect(fresh).toHaveLength(10);
    const next = await enter('lam-moi');
    expect((await refusal(confirmCode(store, { token: next.token, code: another }))).code).toBe(
      'code-refused',
    );
    const [first = ''] = fresh;
    await confirmCode(store, { token: next.token, code: first });
  });
});

describe('a lost telephone', () => {
  it('opens nothing after the reset; all sessions end and another app is set up', async () => {
    const { accountId, token, secret } = await enrolled('mat-dien-thoai');
    const by = { actor: SYSTEM_ACTOR([]), username: 'mat-dien-thoai' };
    const unreasoned = resetTotp(store, { ...by, commandId: newId(), reason: '  ' });
    expect((await refusal(unreasoned)).code).toBe('reason-missing');
    await resetTotp(store, { ...by, commandId: newId(), reason: 'rơi điện thoại xuống suối' });
    expect(await sessionOf(store, token)).toBeNull();
    const next = await enter('mat-dien-thoai');
    expect(next.stage).toBe('enrol');
    const stolen = confirmCode(store, { token: next.token, code: code(secret) });
    expect((await refusal(stolen)).code).toBe('code-refused');
    expect(await recoveryLeft(store, accountId)).toBe(0);
    const again = resetTotp(store, { ...by, commandId: newId(), reason: 'lần nữa' });
    expect((await refusal(again)).code).toBe('totp-missing');
  });
});

describe('accounts of a demonstration', () => {
  it('have a code that stands on the page, usable by many, and cannot be taken over', async () => {
    const demo = await testStore({ template: 'demo', clock: store.clock });
    await demo.behind((client) =>
      client.query(
        `update role_assignments set role = 'commune_leader' where person_account_id =
           (select person_account_id from accounts where username = 'xa-06004')`,
      ),
    );
    const password = 'thon-ban-mo-phong';
    const open = () => signIn(demo, { username: 'xa-06004', password });
    const [a, b] = [await open(), await open()];
    expect(a.stage).toBe('code');
    const session = await sessionOf(demo, a.token);
    const shown = demoCode(demo, session!);
    expect(shown).toBe(code(DEMO_SECRET));
    for (const { token } of [a, b]) {
      const raised = await confirmCode(demo, { token, code: shown! });
      expect(await actorOfSession(demo, raised.token)).not.toBeNull();
    }
    const third = await open();
    const mine = beginEnrolment(demo, (await sessionOf(demo, third.token))!, 'x');
    const taken = confirmEnrolment(demo, {
      ...{ token: third.token, sealed: mine.sealed },
      code: code(mine.manualKey.replaceAll(' ', '')),
    });
    expect((await refusal(taken)).code).toBe('demo-account');
  });

  it('have none on a real instance: the published secret opens nothing', async () => {
    await enrolled('that');
    const { token } = await enter('that');
    expect(demoCode(store, (await sessionOf(store, token))!)).toBeNull();
    const published = confirmCode(store, { token, code: code(DEMO_SECRET) });
    expect((await refusal(published)).code).toBe('code-refused');
  });
});
