import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testStore } from '../../../test/support/database.js';
import type { TestStore } from '../../../test/support/database.js';
import { makeReal } from '../../../test/support/real-instance.js';
import { roleHolder } from '../../../test/support/role-holder.js';
import type { HeldRole, RoleHolder } from '../../../test/support/role-holder.js';
import { refusal, testClock } from '../../../test/support/test-account.js';
import { testVillage } from '../../../test/support/village-fixture.js';
import { scopeOfUnit } from '../../areas/index.js';
import { day, newId } from '../../kernel/index.js';
import type { Problem } from '../../kernel/index.js';
import { SYSTEM_ACTOR, may, withActor } from '../../store/index.js';
import { createAccount } from '../create-account.js';
import { roles } from '../roles.js';
import { scopeOf } from '../scopes.js';
import { addRole, endRole } from './add-role.js';
import type { AddRole, EndRole } from './add-role.js';
import { delegateRole, withdrawDelegation } from './delegate.js';
import { installOffices } from './install-offices.js';
import { listOffices, officeView } from './office-queries.js';

/** 2 March 2026, morning. */
const clock = testClock();
const DAY = 24 * 3_600;
const QK = scopeOfUnit('06004', day('2025-07-01'));
const NEIGHBOUR = scopeOfUnit('06001', day('2025-07-01'));
const installation = SYSTEM_ACTOR(['p:20']);

let store: TestStore;
let committee: string;
let other: string;
let village: string;

const rowsOf = <R extends object>(sql: string, params: unknown[] = []): Promise<R[]> =>
  store.behind(async (client) => (await client.query<R>(sql, params)).rows);

const office = async (name: string): Promise<string> => {
  const [found] = await rowsOf<{ id: string }>(
    'select office_id as id from offices where name = $1',
    [name],
  );
  if (!found) throw new Error(`no office is called ${name}`);
  return found.id;
};

beforeAll(async () => {
  store = await testStore({ clock });
  await makeReal(store);
  await withActor(store, installation, (tx) => installOffices(tx, '20'));
  committee = await office('Ủy ban nhân dân xã Quốc Khánh');
  other = await office('Ủy ban nhân dân xã Đoàn Kết');
  village = await testVillage(store, '06004');
});
afterAll(() => store.close());

const holder = (name: string, role: string, more: Partial<HeldRole> = {}): Promise<RoleHolder> =>
  roleHolder(store, name, [{ role, officeId: committee, scopeKey: QK, ...more }]);

const scope = (text: string, on = '2026-03-02') =>
  withActor(store, installation, (tx) => scopeOf(tx, text, day(on)));

const give = async (to: RoleHolder, over: Partial<AddRole>): Promise<string> =>
  addRole(store, {
    ...{ actor: installation, commandId: newId(), username: to.username },
    ...{ role: 'finance_officer', scope: await scope('06004'), ...over },
  });

const end = (over: Partial<EndRole> & Pick<EndRole, 'assignmentId'>): Promise<void> =>
  endRole(store, { actor: installation, commandId: newId(), reason: 'Chuyển công tác', ...over });

const handOver = async (from: RoleHolder, to: RoleHolder, more: object = {}): Promise<string> =>
  delegateRole(store, {
    ...{ actor: await from.actor(), commandId: newId(), assignmentId: from.assignmentId },
    ...{ receiverId: to.accountId, until: '20/03/2026', reason: 'Đi học', ...more },
  });

/** Two acts at once: one is done, the other refused with this. */
async function together(acts: readonly Promise<unknown>[]): Promise<string[]> {
  const done = await Promise.allSettled(acts);
  return done.flatMap((one) => (one.status === 'rejected' ? (one.reason as Problem).code : []));
}

interface Entry {
  action: string;
  base: string | null;
  office: string | null;
  payload: { before?: unknown; after?: unknown; endedWith?: string };
}

/** Acts on the roles of somebody, as the log has them. */
const entriesOn = (who: RoleHolder): Promise<Entry[]> =>
  rowsOf<Entry>(
    `select action, base_version as base, office_id as office, payload from audit_entries
     where subject_id = $1 and action like 'role.%' order by recorded_at, entry_id`,
    [who.accountId],
  );

describe('the office of a new role', () => {
  it('is one whose places hold those of the role', async () => {
    const person = await holder('Bế Mẫu', 'commune_leader');
    const inspectorate = await office('Thanh tra tỉnh Lạng Sơn');
    const refusals: [Partial<AddRole>, string][] = [
      [{ officeId: other }, 'office-elsewhere'],
      [{ role: 'commune_officer', officeId: other }, 'office-elsewhere'],
    ];
    for (const [over, code] of refusals) {
      expect((await refusal(give(person, over))).code).toBe(code);
    }
    await give(person, { officeId: committee });
    // The province inspects one commune; nobody's office is of a commune that lies elsewhere.
    await give(person, { role: 'inspector', officeId: inspectorate });
    const above = { role: 'inspector', scope: await scope('20'), officeId: inspectorate };
    await give(person, above);
    const board = newId();
    await rowsOf(
      `insert into offices (office_id, name, kind, valid_from, unit_code, unit_valid_from)
       values ($1, 'Ban giám sát', 'community_board', '2025-07-01', '06004', '2025-07-01')`,
      [board],
    );
    const inVillage = { role: 'community_supervisor', officeId: board };
    await give(person, { ...inVillage, scope: await scope(village) });
    const elsewhere = { ...inVillage, scope: await scope('06001') };
    expect((await refusal(give(person, elsewhere))).code).toBe('office-elsewhere');
  });

  it('is the one of today also for a first day in the past', async () => {
    const person = await holder('Chu Mẫu', 'commune_officer');
    const before = await rowsOf('select from offices');
    const assignmentId = await give(person, {
      ...{ scope: await scope('20'), validFrom: day('2025-03-01') },
    });
    expect(await rowsOf('select from offices')).toHaveLength(before.length);
    const [held] = await rowsOf<{ name: string }>(
      `select o.name from role_assignments r join offices o using (office_id)
       where r.assignment_id = $1`,
      [assignmentId],
    );
    expect(held?.name).toBe('Sở Tài chính tỉnh Lạng Sơn');
  });

  it('is none over a unit that has ended', async () => {
    const person = await holder('Dương Mẫu', 'commune_officer');
    const ended = await scope('06013', '2024-01-01');
    const asked = { scope: ended, validFrom: day('2024-01-01') };
    const before = await rowsOf('select from offices');
    expect((await refusal(give(person, asked))).code).toBe('scope-ended');
    const account = createAccount(store, {
      ...{ actor: installation, commandId: newId(), username: 'duong.mau', fullName: 'Dương Mẫu' },
      ...{ password: 'mưa-rơi trên núi 27 lần', role: 'commune_officer', ...asked },
    });
    expect((await refusal(account)).code).toBe('scope-ended');
    expect(await rowsOf('select from offices')).toHaveLength(before.length);
  });
});

describe('the end of a role', () => {
  it('is entered once, with what it replaced, also for those who held it on behalf', async () => {
    const [giver, receiver] = [
      await holder('Giáp Mẫu', 'commune_leader', { to: '2026-12-31' }),
      await holder('Hà Mẫu', 'commune_officer'),
    ];
    await handOver(giver, receiver);
    const { assignmentId } = giver;
    const twice = [end({ assignmentId }), end({ assignmentId })];
    expect(await together(twice)).toEqual(['role-ended-already']);
    expect((await entriesOn(giver)).filter(({ action }) => action === 'role.end')).toMatchObject([
      {
        base: '2026-12-31',
        payload: { before: { validTo: '2026-12-31' }, after: { validTo: '2026-03-02' } },
      },
    ]);
    const told = (await entriesOn(receiver)).filter(({ action }) => action === 'role.withdraw');
    expect(told).toMatchObject([{ base: '2026-03-20', payload: { endedWith: assignmentId } }]);
  });

  it('leaves delegations that are long over as they were', async () => {
    const [giver, receiver] = [
      await holder('Kim Mẫu', 'commune_leader'),
      await holder('La Mẫu', 'commune_officer'),
    ];
    const over = await handOver(giver, receiver, { until: '03/03/2026' });
    clock.pass(10 * DAY);
    const running = await handOver(giver, receiver, { until: '20/03/2026' });
    await end({ assignmentId: giver.assignmentId });
    clock.pass(-10 * DAY);
    const found = await rowsOf<{ id: string; to: string; why: string | null }>(
      `select assignment_id as id, valid_to::text as to, end_reason as why from role_assignments
       where delegated_from = $1 order by valid_to`,
      [giver.assignmentId],
    );
    expect(found).toEqual([
      { id: over, to: '2026-03-03', why: null },
      { id: running, to: '2026-03-12', why: 'Chuyển công tác' },
    ]);
  });
});

describe('a delegation', () => {
  it('is taken back once, in the office it was of', async () => {
    const giver = await roleHolder(store, 'Lăng Mẫu', [
      { role: 'commune_leader', officeId: committee, scopeKey: QK },
      { role: 'commune_officer', officeId: other, scopeKey: NEIGHBOUR, from: '2019-01-01' },
    ]);
    const receiver = await holder('Mã Mẫu', 'commune_officer');
    const assignmentId = await handOver(giver, receiver);
    const withdraw = async (who: RoleHolder) =>
      withdrawDelegation(store, {
        ...{ actor: await who.actor(), commandId: newId(), assignmentId, reason: 'Đã về' },
      });
    expect(await together([withdraw(giver), withdraw(receiver)])).toEqual(['delegation-over']);
    expect(await entriesOn(receiver)).toMatchObject([
      { action: 'role.delegate', office: committee },
      {
        action: 'role.withdraw',
        office: committee,
        payload: { before: { validTo: '2026-03-20' } },
      },
    ]);
  });

  it('rests once the receiver holds nothing there that the office has, or the role is no longer one to hand over', async () => {
    const [giver, receiver] = [
      await holder('Nông Mẫu', 'commune_leader'),
      await holder('Lý Mẫu', 'commune_officer'),
    ];
    await handOver(giver, receiver);
    const decides = async () => may(await receiver.actor(), 'list:decide');
    expect(await decides()).toBe(true);
    const become = (role: string) =>
      rowsOf('update role_assignments set role = $2 where assignment_id = $1', [
        ...[receiver.assignmentId, role],
      ]);
    await become('front_supervisor');
    expect(await decides()).toBe(false);
    await become('commune_officer');
    await rowsOf(
      `insert into role_assignments (assignment_id, person_account_id, office_id, role, scope_key,
         valid_from)
       select gen_random_uuid(), person_account_id, office_id, 'administrator', 'p:20', '2020-01-01'
       from role_assignments where assignment_id = $1`,
      [receiver.assignmentId],
    );
    // Who runs the accounts is handed nothing, and gets nothing of what was handed over before.
    expect(await decides()).toBe(false);
    await expect(handOver(giver, receiver)).rejects.toMatchObject({
      code: expect.stringMatching(/^delegation-/) as string,
    });
    await rowsOf("delete from role_assignments where role = 'administrator'");
    expect(await decides()).toBe(true);
    const role = roles().find(({ id }) => id === 'commune_leader')!;
    role.delegable = false;
    try {
      expect(await decides()).toBe(false);
    } finally {
      role.delegable = true;
    }
  });

  it('sent again after midnight is the same one; a first day that is none is told as such', async () => {
    const [giver, receiver] = [
      await holder('Sầm Mẫu', 'commune_leader'),
      await holder('Tô Mẫu', 'commune_officer'),
    ];
    const again = { commandId: newId() };
    const first = await handOver(giver, receiver, again);
    const role = { commandId: newId() };
    const given = await give(receiver, role);
    const account = async () =>
      createAccount(store, {
        ...{ actor: installation, commandId: again.commandId.replace(/^./, 'f') },
        ...{ username: 'to.mau', fullName: 'Tô Mẫu', password: 'mưa-rơi trên núi 27 lần' },
        ...{ role: 'finance_officer', scope: await scope('06004') },
      });
    const made = await account();
    clock.pass(DAY);
    expect(await handOver(giver, receiver, again)).toBe(first);
    expect(await give(receiver, role)).toBe(given);
    expect(await account()).toBe(made);
    clock.pass(-DAY);
    const wrong = await refusal(handOver(giver, receiver, { from: '31/02/2026' }));
    expect(wrong.code).toBe('delegation-without-beginning');
  });
});

describe('an office', () => {
  it('tells names to who audits its own places, not to an auditor of elsewhere', async () => {
    const reader = await roleHolder(store, 'Vy Mẫu', [
      {
        role: 'province_leader',
        officeId: await office('Ủy ban nhân dân tỉnh Lạng Sơn'),
        scopeKey: 'p:20',
      },
      { role: 'auditor', officeId: await office('Thanh tra tỉnh Lạng Sơn'), scopeKey: NEIGHBOUR },
    ]);
    const actor = await reader.actor();
    const view = (id: string) => withActor(store, actor, (tx) => officeView(tx, id));
    expect(await view(committee)).toMatchObject({ hasNames: false });
    expect(await view(other)).toMatchObject({ hasNames: true });
  });

  it('of a village names its commune', async () => {
    const person = await holder('Triệu Mẫu', 'finance_officer');
    await give(person, { role: 'village_head', scope: await scope(village) });
    const lines = await withActor(store, installation, (tx) => listOffices(tx, day('2026-03-02')));
    const line = lines.find(({ level }) => level === 'village');
    expect(line?.unitName).toBe('Xã Quốc Khánh');
    const seen = await withActor(store, installation, (tx) => officeView(tx, line!.officeId));
    expect(seen.unitName).toBe('Xã Quốc Khánh');
  });
});
