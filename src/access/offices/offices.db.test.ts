import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testStore } from '../../../test/support/database.js';
import type { TestStore } from '../../../test/support/database.js';
import { makeReal } from '../../../test/support/real-instance.js';
import { roleHolder } from '../../../test/support/role-holder.js';
import type { RoleHolder } from '../../../test/support/role-holder.js';
import { refusal, testClock } from '../../../test/support/test-account.js';
import { testPerson, testVillage } from '../../../test/support/village-fixture.js';
import type { TestPerson } from '../../../test/support/village-fixture.js';
import { scopeOfPlace, scopeOfUnit } from '../../areas/index.js';
import { day, newId } from '../../kernel/index.js';
import { SYSTEM_ACTOR, grantsOf, may, scopesFor, withActor } from '../../store/index.js';
import type { Actor } from '../../store/index.js';
import { scopeOf } from '../scopes.js';
import { addRole, endRole } from './add-role.js';
import type { AddRole } from './add-role.js';
import { delegateRole, withdrawDelegation } from './delegate.js';
import type { DelegateInput } from './delegate.js';
import { installOffices } from './install-offices.js';
import { listOffices, officeView } from './office-queries.js';
import { ownDelegations, receiversFor } from './own-delegations.js';

/** 2 March 2026, morning. */
const clock = testClock();
const DAY = 24 * 3_600;
const QK = scopeOfUnit('06004', day('2025-07-01'));
const THAT_KHE = scopeOfUnit('05977', day('2025-07-01'));

let store: TestStore;
let household: TestPerson;
let committee: string;
let other: string;

const office = async (name: string): Promise<string> => {
  const rows = await store.behind(
    async (client) =>
      (
        await client.query<{ id: string }>('select office_id as id from offices where name = $1', [
          name,
        ])
      ).rows,
  );
  if (rows.length !== 1) throw new Error(`${rows.length} offices are called ${name}`);
  return rows[0]!.id;
};

beforeAll(async () => {
  store = await testStore({ clock });
  await makeReal(store);
  await withActor(store, SYSTEM_ACTOR(['p:20']), (tx) => installOffices(tx, '20'));
  committee = await office('Ủy ban nhân dân xã Quốc Khánh');
  other = await office('Ủy ban nhân dân xã Thất Khê');
  household = await testPerson(store, await testVillage(store, '06004'), { name: 'Hoàng Văn Mẫu' });
});
afterAll(() => store.close());

const officer = (name = 'Nông Thị Mẫu', more: { from?: string; to?: string } = {}) =>
  roleHolder(store, name, [
    { role: 'commune_officer', officeId: committee, scopeKey: QK, ...more },
  ]);
const leader = (name = 'Lý Văn Mẫu', more: { from?: string; to?: string } = {}) =>
  roleHolder(store, name, [{ role: 'commune_leader', officeId: committee, scopeKey: QK, ...more }]);

/** Households this actor reads, and whether one can be written by `household:propose`. */
async function reach(actor: Actor): Promise<{ reads: number; writes: boolean }> {
  const seen = await withActor(store, actor, (tx) => tx.query('select from households'));
  const write = (tx: Parameters<Parameters<typeof withActor>[2]>[0]) =>
    tx.query('update households set place_id = place_id where household_id = $1', [
      household.householdId,
    ]);
  const written = await withActor(store, actor, write, { permission: 'household:propose' });
  return { reads: seen.rowCount, writes: written.rowCount === 1 };
}

const handOver = async (from: RoleHolder, to: RoleHolder, over: Partial<DelegateInput> = {}) =>
  delegateRole(store, {
    ...{ actor: await from.actor(), commandId: newId(), assignmentId: from.assignmentId },
    ...{ receiverId: to.accountId, until: '20/03/2026', reason: 'Đi học' },
    ...over,
  });

describe('the offices of a province', () => {
  it('are named as officers write them, and installed once', async () => {
    const actor = { ...SYSTEM_ACTOR(['p:20']) };
    const lines = await withActor(store, actor, (tx) => listOffices(tx, day('2026-03-02')));
    const names = lines.map(({ name }) => name);
    expect(names.slice(0, 2)).toEqual([
      'Ủy ban nhân dân tỉnh Lạng Sơn',
      expect.stringContaining('tỉnh Lạng Sơn') as string,
    ]);
    expect(names).toContain('Sở Dân tộc và Tôn giáo tỉnh Lạng Sơn');
    expect(names).toContain('Ủy ban nhân dân phường Tam Thanh');
    expect(names.filter((name) => /\(|\d|Xã|Phường/.test(name))).toEqual([]);
    expect(lines.filter(({ kind }) => kind === 'commune_committee')).toHaveLength(65);
    const added = await withActor(store, actor, (tx) => installOffices(tx, '20'));
    expect(added).toBe(0);
  });

  it('stand under one another; an office of elsewhere looks like none', async () => {
    const reader = await roleHolder(store, 'Thanh tra Mẫu', [
      { role: 'inspector', officeId: await office('Thanh tra tỉnh Lạng Sơn'), scopeKey: QK },
    ]);
    const actor = await reader.actor();
    const view = await withActor(store, actor, (tx) => officeView(tx, committee));
    expect(view).toMatchObject({
      parent: { name: 'Ủy ban nhân dân tỉnh Lạng Sơn' },
      kindLabel: 'Ủy ban nhân dân cấp xã',
      hasNames: true,
    });
    const looked = (id: string) =>
      refusal(withActor(store, actor, (tx) => officeView(tx, id))).then(({ code }) => code);
    expect(await looked(other)).toBe('office-not-found');
    expect(await looked(newId())).toBe('office-not-found');
    const seen = await withActor(store, actor, (tx) => listOffices(tx, day('2026-03-02')));
    expect(seen.map(({ name }) => name)).toContain('Ủy ban nhân dân xã Quốc Khánh');
    expect(seen.map(({ name }) => name)).not.toContain('Ủy ban nhân dân xã Thất Khê');
  });
});

describe('a role', () => {
  it('gives nothing before its first day and nothing after its last', async () => {
    const holder = await officer('Vi Thị Mẫu', { from: '2026-03-03', to: '2026-03-04' });
    const nothing = { reads: 0, writes: false };
    const everything = { reads: 1, writes: true };
    const days = [];
    for (let at = 0; at < 4; at += 1) {
      const actor = await holder.actor();
      days.push(await reach(actor));
      const isIn = at === 1 || at === 2;
      expect(may(actor, 'household:propose'), `day ${at}`).toBe(isIn);
      expect(scopesFor(actor, 'household:read'), `day ${at}`).toEqual(isIn ? [QK] : []);
      clock.pass(DAY);
    }
    expect(days).toEqual([nothing, everything, everything, nothing]);
    clock.pass(-4 * DAY);
  });

  it('gives nothing in an office that has ended', async () => {
    const [id, holder] = [newId(), newId()];
    await store.behind((client) =>
      client.query(
        `insert into offices (office_id, name, kind, valid_from, valid_to)
         values ($1, 'Cũ', 'commune_committee', '2020-01-01', '2026-03-01')`,
        [id],
      ),
    );
    const person = await roleHolder(
      store,
      'Cũ Mẫu',
      [{ role: 'commune_officer', officeId: id, scopeKey: QK }],
      holder,
    );
    expect((await person.actor()).grants).toEqual([]);
  });

  it('is added and ended by who runs accounts, with its days', async () => {
    const person = await officer('Hà Thị Mẫu');
    const scope = await withActor(store, SYSTEM_ACTOR([]), (tx) =>
      scopeOf(tx, '06004', day('2026-03-02')),
    );
    const add = (over: Partial<AddRole> = {}) =>
      addRole(store, {
        ...{ actor: SYSTEM_ACTOR(['p:20']), commandId: newId(), username: person.username },
        ...{ role: 'finance_officer', scope, ...over },
      });
    const refusals: [Partial<AddRole>, string][] = [
      [{ validTo: day('2026-03-01') }, 'interval-reversed'],
      [{ role: 'commune_officer' }, 'role-held-already'],
      [{ role: 'province_leader' }, 'role-scope-mismatch'],
      [{ role: 'village_head' }, 'role-scope-mismatch'],
      [{ officeId: newId() }, 'office-not-found'],
      [{ role: 'inspector', officeId: committee }, 'role-not-in-office'],
      [{ username: 'ai-do' }, 'account-unknown'],
      [{ actor: await person.actor() }, 'not-permitted'],
    ];
    for (const [over, code] of refusals) expect((await refusal(add(over))).code).toBe(code);

    const id = await add({ validTo: day('2026-03-10') });
    expect(may(await person.actor(), 'figure:read')).toBe(true);
    const end = (over: Partial<Parameters<typeof endRole>[1]> = {}) =>
      endRole(store, {
        ...{ actor: SYSTEM_ACTOR(['p:20']), commandId: newId(), assignmentId: id },
        ...{ reason: 'Chuyển công tác', ...over },
      });
    expect((await refusal(end({ reason: ' ' }))).code).toBe('reason-missing');
    expect((await refusal(end({ assignmentId: newId() }))).code).toBe('role-not-found');
    expect((await refusal(end({ lastDay: day('2026-02-01') }))).code).toBe('interval-reversed');
    expect((await refusal(end({ lastDay: day('2026-03-10') }))).code).toBe('role-ended-already');
    await end();
    expect(may(await person.actor(), 'figure:read')).toBe(false);
    expect((await refusal(end())).code).toBe('role-ended-already');
    // Over, it may be given again.
    await add({ validFrom: day('2026-03-03') });
  });
});

describe('a delegation', () => {
  it('gives what was handed over, on behalf of the giver, and ends by itself', async () => {
    const [giver, receiver] = [await leader(), await officer('Triệu Thị Mẫu')];
    await handOver(giver, receiver, { from: '03/03/2026', until: '04/03/2026' });
    expect(may(await receiver.actor(), 'list:decide')).toBe(false);
    clock.pass(DAY);
    const [grant] = grantsOf(await receiver.actor(), 'list:decide');
    expect(grant).toMatchObject({
      ...{ role: 'commune_leader', officeId: committee, scopes: [QK] },
      onBehalfOf: { personId: giver.personId, name: 'Lý Văn Mẫu' },
    });
    // What is one's own is done in one's own name.
    expect((await receiver.actor()).onBehalfOf).toBeUndefined();
    clock.pass(2 * DAY);
    expect(may(await receiver.actor(), 'list:decide')).toBe(false);
    clock.pass(-3 * DAY);
  });

  it('of some permissions gives those alone', async () => {
    const [giver, receiver] = [await leader('A Mẫu'), await officer('B Mẫu')];
    await handOver(giver, receiver, { permissions: ['list:decide'] });
    const actor = await receiver.actor();
    expect(may(actor, 'list:decide')).toBe(true);
    expect(may(actor, 'list:publish')).toBe(false);
  });

  it('that alone opens households is told with every reading of them', async () => {
    const giver = await officer('C Mẫu');
    const receiver = await roleHolder(store, 'D Mẫu', [
      { role: 'finance_officer', officeId: committee, scopeKey: QK },
    ]);
    expect((await receiver.actor()).scopes).toEqual([]);
    await handOver(giver, receiver);
    const actor = await receiver.actor();
    expect(actor.scopes).toEqual([QK]);
    expect(actor.onBehalfOf).toEqual({ personId: giver.personId, name: 'C Mẫu' });
  });

  it('is refused when it is wider, longer, of somebody else, to the wrong person or on and on', async () => {
    const giver = await leader('E Mẫu', { to: '2026-06-30' });
    const [receiver, third] = [await officer('F Mẫu'), await officer('G Mẫu')];
    const secondSelf = await roleHolder(
      store,
      'E Mẫu',
      [{ role: 'finance_officer', officeId: committee, scopeKey: QK }],
      giver.personId,
    );
    const outside = await roleHolder(store, 'H Mẫu', [
      { role: 'commune_officer', officeId: other, scopeKey: THAT_KHE },
    ]);
    const abroad = await roleHolder(store, 'I Mẫu', [
      { role: 'commune_officer', officeId: other, scopeKey: 'u:01290@2025-07-01' },
    ]);
    const front = await roleHolder(store, 'S Mẫu', [
      { role: 'front_supervisor', officeId: committee, scopeKey: QK },
    ]);
    const refusals: [Partial<DelegateInput>, string][] = [
      [{ receiverId: front.accountId }, 'delegation-outside-office'],
      [{ permissions: ['list:decide', 'household:propose'] }, 'delegation-wider-than-own'],
      [{ permissions: ['account:propose'] }, 'delegation-wider-than-own'],
      [{ permissions: [] }, 'delegation-of-nothing'],
      [{ until: '' }, 'delegation-without-end'],
      [{ until: '31/02/2026' }, 'delegation-without-end'],
      [{ from: '10/03/2026', until: '09/03/2026' }, 'delegation-backwards'],
      [{ from: '01/03/2026' }, 'delegation-in-the-past'],
      [{ until: '03/03/2027' }, 'delegation-too-long'],
      [{ until: '01/07/2026' }, 'delegation-longer-than-own'],
      [{ reason: '  ' }, 'reason-missing'],
      [{ receiverId: giver.accountId }, 'delegation-to-oneself'],
      [{ receiverId: secondSelf.accountId }, 'delegation-to-oneself'],
      [{ receiverId: outside.accountId }, 'delegation-outside-office'],
      [{ receiverId: abroad.accountId }, 'delegation-outside-office'],
      [{ receiverId: newId() }, 'delegation-outside-office'],
      [{ assignmentId: receiver.assignmentId }, 'delegation-not-own'],
      [{ assignmentId: newId() }, 'delegation-not-own'],
    ];
    for (const [over, code] of refusals) {
      expect((await refusal(handOver(giver, receiver, over))).code, code).toBe(code);
    }
    const made = await handOver(giver, receiver);
    expect((await refusal(handOver(giver, receiver))).code).toBe('delegation-held-already');
    expect(
      (await refusal(handOver(giver, receiver, { from: '20/03/2026', until: '25/03/2026' }))).code,
    ).toBe('delegation-held-already');
    await handOver(giver, receiver, { from: '21/03/2026', until: '25/03/2026' });
    const on = { assignmentId: made, receiverId: third.accountId };
    expect((await refusal(handOver(receiver, third, on))).code).toBe('delegation-handed-on');
    // The tables say the same, whatever a use case forgets.
    const written = (columns: string, values: string) =>
      refusal(
        store.behind((client) =>
          client.query(
            `insert into role_assignments (assignment_id, person_account_id, office_id, role,
               scope_key, valid_from, is_delegation, source_is_delegation, ${columns})
             values ($1, $2, $3, 'commune_leader', $4, '2026-03-02', true, false, ${values})`,
            [newId(), third.personId, committee, QK],
          ),
        ),
      );
    const chained = await written(
      'delegated_from, valid_to, reason',
      `'${made}', '2026-03-05', 'x'`,
    );
    expect(chained.message).toMatch(/foreign key/);
    const { assignmentId } = giver;
    const endless = await written('delegated_from, reason', `'${assignmentId}', 'x'`);
    expect(endless.message).toMatch(/role_assignments_delegation/);
    const silent = await written('delegated_from, valid_to', `'${assignmentId}', '2026-03-05'`);
    expect(silent.message).toMatch(/role_assignments_delegation/);
  });

  it('is not made from a role that is given to one person by name', async () => {
    const inspectorate = await office('Thanh tra tỉnh Lạng Sơn');
    const inspector = (name: string) =>
      roleHolder(store, name, [{ role: 'inspector', officeId: inspectorate, scopeKey: 'p:20' }]);
    const [a, b] = [await inspector('K Mẫu'), await inspector('L Mẫu')];
    expect((await refusal(handOver(a, b))).code).toBe('delegation-not-allowed');
  });

  it('rests when either no longer holds what it rests on', async () => {
    const [giver, receiver] = [await leader('M Mẫu'), await officer('N Mẫu')];
    await handOver(giver, receiver);
    const decides = async () => may(await receiver.actor(), 'list:decide');
    const change = async (sql: string, id: string) => {
      await store.behind((client) => client.query(sql, [id]));
      return decides();
    };
    expect(await decides()).toBe(true);
    const [close, open] = ['now()', 'null'].map(
      (at) => `update accounts set disabled_at = ${at} where account_id = $1`,
    );
    expect(await change(close!, giver.accountId)).toBe(false);
    expect(await change(open!, giver.accountId)).toBe(true);
    const end = "update role_assignments set valid_to = '2026-03-01' where assignment_id = $1";
    const begin = 'update role_assignments set valid_to = null where assignment_id = $1';
    expect(await change(end, receiver.assignmentId)).toBe(false);
    expect(await change(begin, receiver.assignmentId)).toBe(true);
    const { assignmentId } = giver;
    const call = { actor: SYSTEM_ACTOR(['p:20']), commandId: newId(), assignmentId };
    await endRole(store, { ...call, reason: 'Nghỉ hưu' });
    expect(await decides()).toBe(false);
  });

  it('is taken back by either of the two, at once, and by nobody else', async () => {
    const [giver, receiver, third] = [
      await leader('O Mẫu'),
      await officer('P Mẫu'),
      await officer('Q Mẫu'),
    ];
    const withdraw = async (who: RoleHolder, assignmentId: string, reason = 'Đã về') =>
      withdrawDelegation(store, {
        ...{ actor: await who.actor(), commandId: newId(), assignmentId, reason },
      });
    const first = await handOver(giver, receiver);
    const strange = await refusal(withdraw(third, first));
    expect(strange).toMatchObject({ code: 'delegation-not-found', kind: 'not-found' });
    expect((await refusal(withdraw(third, newId()))).message).toBe(strange.message);
    expect((await refusal(withdraw(giver, giver.assignmentId))).code).toBe('delegation-not-found');
    expect((await refusal(withdraw(giver, first, ''))).code).toBe('reason-missing');
    await withdraw(giver, first);
    expect(may(await receiver.actor(), 'list:decide')).toBe(false);
    expect((await refusal(withdraw(receiver, first))).code).toBe('delegation-over');
    const second = await handOver(giver, receiver);
    await withdraw(receiver, second);
    expect(may(await receiver.actor(), 'list:decide')).toBe(false);

    const view = await withActor(store, await receiver.actor(), ownDelegations);
    expect(view.lines.map(({ state, isGiven, giver: by }) => [state, isGiven, by])).toEqual([
      ['withdrawn', false, 'O Mẫu'],
      ['withdrawn', false, 'O Mẫu'],
    ]);
    // Also of the whole role, what it allows is listed; so does the log.
    const { isWhole, permissions } = view.lines[0]!;
    expect([isWhole, permissions]).toEqual([
      true,
      expect.arrayContaining(['xem sổ hộ', 'duyệt trình danh sách đề nghị công nhận']),
    ]);
    const said = await store.behind((client) =>
      client.query<{ given: string[] }>(
        `select payload->'permissions' as given from audit_entries
         where action = 'role.delegate' and payload->>'receiverName' = 'P Mẫu'`,
      ),
    );
    expect(said.rows[0]?.given).toContain('list:decide');
    const own = await withActor(store, await giver.actor(), ownDelegations);
    const names = await withActor(store, await giver.actor(), (tx) =>
      receiversFor(tx, own.roles[0]!),
    );
    expect(names.map(({ name }) => name)).toContain('P Mẫu');
    expect(names.map(({ name }) => name)).not.toContain('O Mẫu');
    expect(names.map(({ name }) => name)).not.toContain('H Mẫu');
  });

  it('is reached over a village too, by its own office', async () => {
    const place = household.placeId;
    const scope = await withActor(store, SYSTEM_ACTOR([]), (tx) =>
      scopeOf(tx, place, day('2026-03-02')),
    );
    const person = await officer('R Mẫu');
    await addRole(store, {
      ...{ actor: SYSTEM_ACTOR(['p:20']), commandId: newId(), username: person.username },
      ...{ role: 'village_head', scope },
    });
    const village = await office('Thôn của 06004, xã Quốc Khánh');
    const actor = await person.actor();
    expect(grantsOf(actor, 'household:propose').map(({ officeId }) => officeId)).toEqual([
      committee,
      village,
    ]);
    expect(scopesFor(actor, 'household:propose')).toEqual([QK, scopeOfPlace(place)]);
  });
});
