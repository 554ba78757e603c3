import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { testStore } from '../../test/support/database.js';
import type { TestStore } from '../../test/support/database.js';
import { installUnits, scopeOfProvince, scopeOfUnit } from '../areas/index.js';
import type { Clock } from '../kernel/index.js';
import { day, newId } from '../kernel/index.js';
import { SYSTEM_ACTOR, may, runCommand, withActor } from '../store/index.js';
import { createAccount } from './create-account.js';
import type { NewAccount } from './create-account.js';
import { createDemoAccounts, demoAccounts } from './demo-accounts.js';
import { scopeOf } from './scopes.js';
import { actorOfSession, sessionOf, signOut } from './sessions/sessions.js';
import { signIn } from './sign-in.js';
import { confirmCode, demoCode } from './totp/second-factor.js';

const START = Date.parse('2026-03-02T01:00:00Z');
const MINUTE = 60_000;
let offset = 0;
const clock: Clock = { now: () => new Date(START + offset) };
const PASSWORD = 'nương ngô bên suối';

let store: TestStore;
beforeAll(async () => {
  store = await testStore({ clock });
  await store.behind((client) =>
    client.query(
      `insert into instance (instance_id, kind, province_code, created_at)
       values ($1, 'real', '20', now())`,
      [newId()],
    ),
  );
  await withActor(store, SYSTEM_ACTOR([]), (tx) => installUnits(tx));
});
afterAll(() => store.close());

const add = async (over: Partial<NewAccount> & { username: string; scopeText?: string }) => {
  const { scopeText = '06004', ...rest } = over;
  const scope = await withActor(store, SYSTEM_ACTOR([]), (tx) =>
    scopeOf(tx, scopeText, day('2026-03-02')),
  );
  return createAccount(store, {
    actor: SYSTEM_ACTOR([]),
    commandId: newId(),
    fullName: 'Nông Thị Xuân',
    password: PASSWORD,
    role: 'commune_officer',
    scope,
    ...rest,
  });
};

const open = async (username: string) =>
  (await signIn(store, { username, password: PASSWORD })).token;

describe('signing in', () => {
  it('gives an actor with the scope of the role, by a token that is not stored', async () => {
    const accountId = await add({ username: 'xuan' });
    const { token } = await signIn(store, {
      username: ' Xuan ',
      password: PASSWORD,
      device: 'máy',
    });
    const actor = await actorOfSession(store, token);
    expect(actor).toMatchObject({
      id: accountId,
      name: 'Nông Thị Xuân',
      scopes: [scopeOfUnit('06004', day('2025-07-01'))],
    });
    expect(actor!.officeId).not.toBeNull();
    // Who looks for an account in the log finds who made it, and no password.
    const made = await store.behind((client) =>
      client.query<{ text: string }>(
        `select payload::text as text from audit_entries
         where action = 'account.create' and subject_kind = 'account' and subject_id = $1`,
        [accountId],
      ),
    );
    expect(made.rows.map(({ text }) => text).join()).toContain('commune_officer');
    expect(made.rows.map(({ text }) => text).join()).not.toContain(PASSWORD);
    const rows = await store.behind(
      async (client) => (await client.query('select * from sessions')).rows as object[],
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      token_hash: createHash('sha256').update(token).digest(),
      device: 'máy',
    });
    expect(JSON.stringify(rows)).not.toContain(token);
  });

  it('lets a supervisor look and refuses every command', async () => {
    await add({ username: 'giam-sat', role: 'supervisor' });
    const actor = await actorOfSession(store, await open('giam-sat'));
    expect(actor?.scopes).toEqual([scopeOfUnit('06004', day('2025-07-01'))]);
    expect(may(actor!, 'household:propose')).toBe(false);
    const call = {
      ...{ actor: actor!, commandId: newId(), name: 'import.commit', input: {} },
      permission: 'household:propose' as const,
    };
    const work = vi.fn(() => Promise.resolve(null));
    await expect(runCommand(store, call, work)).rejects.toMatchObject({
      kind: 'forbidden',
      code: 'read-only-role',
      why: expect.stringContaining('chỉ đọc') as string,
    });
    expect(work).not.toHaveBeenCalled();
    await add({ username: 'can-bo' });
    const officer = await actorOfSession(store, await open('can-bo'));
    expect(may(officer!, 'household:propose')).toBe(true);
  });

  it('answers a wrong name and a wrong password with one sentence', async () => {
    await add({ username: 'lan' });
    const sentence = async (username: string, password: string) => {
      const refused = await signIn(store, { username, password }).catch((error: unknown) => error);
      return (refused as Error).message;
    };
    const wrong = await sentence('lan', 'không phải mật khẩu');
    expect(wrong).toContain('Tên đăng nhập hoặc mật khẩu không đúng');
    expect(await sentence('khong-co', 'không phải mật khẩu')).toBe(wrong);
    expect(await sentence('', '')).toBe(wrong);
  });

  it('ends the session the browser had before', async () => {
    await add({ username: 'chi' });
    const before = await open('chi');
    const { token } = await signIn(store, {
      username: 'chi',
      password: PASSWORD,
      previousToken: before,
    });
    expect(await actorOfSession(store, before)).toBeNull();
    expect(await actorOfSession(store, token)).not.toBeNull();
  });

  it('writes down success and refusal', async () => {
    const accountId = await add({ username: 'dung' });
    await open('dung');
    await signIn(store, { username: 'dung', password: 'sai' }).catch(() => undefined);
    const actions = await store.behind(async (client) => {
      const { rows } = await client.query<{ action: string }>(
        "select action from audit_entries where subject_id = $1 and action like 'access.%' order by entry_id",
        [accountId],
      );
      return rows.map((row) => row.action);
    });
    expect(actions).toEqual(['access.sign-in', 'access.sign-in-refused']);
  });
});

describe('a session', () => {
  it('ends when signed out, idle for two hours, or twelve hours old', async () => {
    await add({ username: 'giang' });
    const out = await open('giang');
    await signOut(store, out);
    await signOut(store, out);
    expect(await actorOfSession(store, out)).toBeNull();

    const idle = await open('giang');
    offset += 119 * MINUTE;
    expect(await actorOfSession(store, idle)).not.toBeNull();
    offset += 121 * MINUTE;
    expect(await actorOfSession(store, idle)).toBeNull();

    const old = await open('giang');
    for (let hour = 1; hour < 12; hour++) {
      offset += 60 * MINUTE;
      expect(await actorOfSession(store, old)).not.toBeNull();
    }
    offset += 60 * MINUTE;
    expect(await actorOfSession(store, old)).toBeNull();
  });

  it('is not made of invented or malformed tokens', async () => {
    for (const token of ['', 'x'.repeat(43), "' or 1=1 --", 'x'.repeat(10_000), 'ắ'.repeat(43)]) {
      expect(await actorOfSession(store, token)).toBeNull();
      await expect(signOut(store, token)).resolves.toBeUndefined();
    }
  });

  it('sees only what the roles of today allow', async () => {
    const accountId = await add({ username: 'hoa', validFrom: day('2030-01-01') });
    expect((await actorOfSession(store, await open('hoa')))?.scopes).toEqual([]);
    await store.behind((client) =>
      client.query(
        `update role_assignments set valid_from = '2026-01-01', valid_to = '2026-03-01'
         where person_account_id = (select person_account_id from accounts where account_id = $1)`,
        [accountId],
      ),
    );
    expect((await actorOfSession(store, await open('hoa')))?.scopes).toEqual([]);
  });

  it('of a closed account opens nothing', async () => {
    const accountId = await add({ username: 'khanh' });
    const token = await open('khanh');
    expect(await actorOfSession(store, token)).not.toBeNull();
    await store.behind((client) =>
      client.query('update accounts set disabled_at = now() where account_id = $1', [accountId]),
    );
    expect(await actorOfSession(store, token)).toBeNull();
    await expect(open('khanh')).rejects.toMatchObject({ code: 'sign-in-refused' });
  });
});

describe('making an account', () => {
  it('refuses a taken or odd name, a weak password, a role that does not fit the place', async () => {
    await add({ username: 'minh' });
    const refusals: [Parameters<typeof add>[0], string][] = [
      [{ username: 'minh' }, 'username-taken'],
      [{ username: 'Minh' }, 'username-refused'],
      [{ username: 'mình' }, 'username-refused'],
      [{ username: 'x' }, 'username-refused'],
      [{ username: 'ngoc', fullName: ' \u200b ' }, 'name-missing'],
      [{ username: 'ngoc', password: 'ngắn' }, 'password-refused'],
      [{ username: 'ngoc', role: 'province_officer' }, 'role-scope-mismatch'],
      [{ username: 'ngoc', role: 'village_head' }, 'role-scope-mismatch'],
      [{ username: 'ngoc', scopeText: '99999' }, 'scope-unknown'],
      [{ username: 'ngoc', scopeText: newId() }, 'scope-unknown'],
      [{ username: 'ngoc', isDemo: true }, 'account-of-wrong-kind'],
    ];
    for (const [account, code] of refusals) {
      await expect(add(account), code).rejects.toMatchObject({ code });
    }
  });

  it('does the thing once when the same command comes twice, and keeps no password', async () => {
    const commandId = newId();
    const first = await add({ username: 'oanh', commandId });
    expect(await add({ username: 'oanh', commandId })).toBe(first);
    const kept = await store.behind(async (client) => {
      const audit = await client.query('select payload from audit_entries');
      const commands = await client.query('select result from command_outcomes');
      const accounts = await client.query('select password_hash from accounts');
      return JSON.stringify([audit.rows, commands.rows, accounts.rows]);
    });
    expect(kept).toContain('oanh');
    expect(kept).not.toContain(PASSWORD);
  });

  it('gives two officers of one commune one office', async () => {
    await add({ username: 'phuong' });
    await add({ username: 'quyen' });
    const [a, b] = [await open('phuong'), await open('quyen')];
    const office = async (token: string) => (await actorOfSession(store, token))?.officeId;
    expect(await office(a)).toBe(await office(b));
  });

  it('gives a province officer the province', async () => {
    await add({ username: 'son', role: 'province_officer', scopeText: '20' });
    const actor = await actorOfSession(store, await open('son'));
    expect(actor?.scopes).toEqual([scopeOfProvince('20')]);
  });
});

describe('demonstration accounts', () => {
  it('are refused by a real instance, and one smuggled in does not open', async () => {
    await expect(createDemoAccounts(store)).rejects.toBeDefined();
    await add({ username: 'tinh-gia', role: 'province_officer', scopeText: '20' });
    const token = await open('tinh-gia');
    await store.behind((client) =>
      client.query("update accounts set is_demo = true where username = 'tinh-gia'"),
    );
    expect(await actorOfSession(store, token)).toBeNull();
    await expect(open('tinh-gia')).rejects.toMatchObject({ code: 'sign-in-refused' });
  });

  it('open on a demonstration with the password shown, each in its own place', async () => {
    const demo = await testStore({ template: 'demo' });
    const scopes: Record<string, readonly string[]> = {};
    for (const { username, password } of demoAccounts()) {
      const { token } = await signIn(demo, { username, password });
      const session = (await sessionOf(demo, token))!;
      // Whoever approves gives a code too; on a demonstration the page shows it.
      const code = session.stage === 'code' ? demoCode(demo, session) : null;
      const raised = code === null ? token : (await confirmCode(demo, { token, code })).token;
      scopes[username] = (await actorOfSession(demo, raised))!.scopes;
    }
    expect(scopes).toMatchObject({
      tinh: ['p:20'],
      'xa-06004': ['u:06004@2025-07-01'],
      'xa-05977': ['u:05977@2025-07-01'],
      'xa-06625': ['u:06625@2025-07-01'],
    });
    expect(scopes['thon-06004']![0]).toMatch(/^v:/);
  });
});
