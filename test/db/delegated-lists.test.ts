import { afterAll, beforeAll, expect, test } from 'vitest';
import { delegateRole, installOffices } from '../../src/access/index.js';
import { SELECT_ENTRY } from '../../src/audit/log/entry-line.js';
import type { EntryLine } from '../../src/audit/index.js';
import { sentenceOf } from '../../src/audit/index.js';
import { areaRegister } from '../../src/areas/index.js';
import { roleNames } from '../../src/http/role-names.js';
import { day, newId } from '../../src/kernel/index.js';
import { householdView, listHouseholds, seeingNumbers } from '../../src/registry/index.js';
import {
  approveList,
  commitImport,
  importReview,
  listView,
  prepareList,
  previewImport,
  returnList,
  submitList,
} from '../../src/review/index.js';
import { SYSTEM_ACTOR, withActor } from '../../src/store/index.js';
import type { TestStore } from '../support/database.js';
import { testStore } from '../support/database.js';
import { scopeKey } from '../support/people.js';
import { makeReal } from '../support/real-instance.js';
import { roleHolder } from '../support/role-holder.js';
import type { RoleHolder } from '../support/role-holder.js';
import { refusal, testClock } from '../support/test-account.js';
import { writeExport } from '../support/workbook.js';

const ROUND = 2025;
const clock = testClock('2025-12-10T02:00:00Z');

let store: TestStore;
beforeAll(async () => {
  store = await testStore({ clock });
  await makeReal(store);
  await withActor(store, SYSTEM_ACTOR(['p:20']), (tx) => installOffices(tx, '20'));
});
afterAll(() => store.close());

/** Somebody of the People's Committees of communes: `['05977', 'commune_officer']`. */
async function holder(name: string, ...held: readonly (readonly [string, string])[]) {
  const roles = [];
  for (const [code, role] of held) {
    const officeId = await store.behind(async (client) => {
      const { rows } = await client.query<{ id: string }>(
        `select office_id as id from offices where kind = 'commune_committee' and unit_code = $1`,
        [code],
      );
      return rows[0]!.id;
    });
    roles.push({ role, officeId, scopeKey: scopeKey(code) });
  }
  return roleHolder(store, name, roles);
}

const person = (name: string, code: string, ...roles: string[]): Promise<RoleHolder> =>
  holder(name, ...roles.map((role) => [code, role] as const));

const handOver = async (from: RoleHolder, to: RoleHolder, assignmentId = from.assignmentId) =>
  delegateRole(store, {
    ...{ actor: await from.actor(), commandId: newId(), receiverId: to.accountId, assignmentId },
    ...{ until: '31/12/2025', reason: 'Nghỉ phép' },
  });

/** @returns the id of the command */
async function enterRows(who: RoleHolder, ...codes: string[]): Promise<string> {
  const commandId = newId();
  const sheets = codes.map((code, at) => {
    const { name } = areaRegister().unitOn(code, day('2025-12-31'))!;
    const row = { name: 'Mẫu Thử', code: at + 1, b1: 120, b2: 40 };
    return [name, [row]] satisfies [string, unknown];
  });
  await importReview(store, {
    ...{ actor: await who.actor(), commandId, round: ROUND, dryRun: false },
    ...{ file: await writeExport(...sheets), fileName: 't.xlsx' },
  });
  return commandId;
}

const prepare = async (who: RoleHolder, unitCode: string): Promise<string> =>
  prepareList(store, {
    ...{ actor: await who.actor(), commandId: newId(), kind: 'recognition' as const },
    ...{ round: ROUND, unitCode },
  });

const call = async (who: RoleHolder, listId: string) => ({
  ...{ actor: await who.actor(), listId, commandId: newId() },
});
const approve = async (who: RoleHolder, listId: string) =>
  approveList(store, await call(who, listId));

const view = async (who: RoleHolder, listId: string) =>
  (await withActor(store, await who.actor(), (tx) => listView(tx, listId), {
    permission: 'list:read',
  }))!;

const parts = (listId: string): Promise<Record<string, string>> =>
  store.behind(async (client) => {
    const { rows } = await client.query<{ name: string; part: string }>(
      `select p.full_name as name, r.part from recognition_list_people r
       join people p on p.person_account_id = r.person_id where r.list_id = $1`,
      [listId],
    );
    return Object.fromEntries(rows.map(({ name, part }) => [name, part]));
  });

test('a colleague approves on behalf of the leader; steps and log say so, and both are checkers', async () => {
  const code = '06004';
  const [maker, leader] = [
    await person('Người Lập', code, 'commune_officer'),
    await person('Lãnh Đạo', code, 'commune_leader'),
  ];
  const deputy = await person('Người Thay', code, 'finance_officer');
  await enterRows(maker, code);
  const listId = await prepare(maker, code);
  await submitList(store, await call(maker, listId));
  expect((await refusal(approve(deputy, listId))).code).toBe('list-not-found');

  // The leader hands over to the very person who made the list: that opens nothing.
  await handOver(leader, maker);
  const refused = await refusal(approve(maker, listId));
  expect(refused.code).toBe('maker-is-checker');
  const seen = await view(maker, listId);
  expect(seen.acts.find(({ act }) => act === 'approve')?.blockedBecause).not.toBeNull();

  await handOver(leader, deputy);
  await approve(deputy, listId);
  const { state, steps } = await view(maker, listId);
  expect(state).toBe('approved');
  expect(steps.at(-1)).toMatchObject({
    ...{ act: 'approve', by: 'Người Thay', behalf: 'Lãnh Đạo', role: 'commune_leader' },
    office: 'Ủy ban nhân dân xã Quốc Khánh',
  });
  expect(steps.at(-2)).toMatchObject({ act: 'submit', by: 'Người Lập', behalf: null });
  expect(await parts(listId)).toEqual({
    ...{ 'Người Lập': 'maker', 'Người Thay': 'checker', 'Lãnh Đạo': 'checker' },
  });
  const entry = await store.behind(async (client) => {
    const { rows } = await client.query<EntryLine>(
      `${SELECT_ENTRY} where e.action = 'list.approve' and e.subject_id = $1`,
      [listId],
    );
    return rows[0]!;
  });
  expect(sentenceOf(entry, roleNames)).toBe(
    'Người Thay thay mặt Lãnh Đạo (lãnh đạo cấp xã, Ủy ban nhân dân xã Quốc Khánh) ' +
      'đã duyệt trình danh sách đề nghị công nhận của Xã Quốc Khánh, đợt 2025.',
  );
});

test('nobody approves on behalf of somebody who entered rows of the list', async () => {
  const code = '05977';
  const both = await person('Kiêm Nhiệm', code, 'commune_leader', 'commune_officer');
  const [maker, deputy] = [
    await person('Người Trình', code, 'commune_officer'),
    await person('Thay Mặt', code, 'finance_officer'),
  ];
  await enterRows(both, code);
  const listId = await prepare(maker, code);
  await submitList(store, await call(maker, listId));
  expect((await refusal(approve(both, listId))).code).toBe('maker-is-checker');
  await handOver(both, deputy);
  const refused = await refusal(approve(deputy, listId));
  expect(refused).toMatchObject({
    code: 'maker-is-checker',
    message: expect.stringContaining('thay mặt Kiêm Nhiệm') as string,
  });
  const open = (await view(deputy, listId)).acts.find(({ act }) => act === 'approve');
  expect(open?.blockedBecause).toContain('Kiêm Nhiệm');
});

test('whoever prepares on behalf of an officer makes both of them makers', async () => {
  const code = '06625';
  const [officer, deputy] = [
    await person('Cán Bộ', code, 'commune_officer'),
    await person('Trợ Giúp', code, 'commune_leader'),
  ];
  await handOver(officer, deputy);
  await enterRows(deputy, code);
  const listId = await prepare(deputy, code);
  await submitList(store, await call(deputy, listId));
  expect(await parts(listId)).toEqual({ 'Cán Bộ': 'maker', 'Trợ Giúp': 'maker' });
  expect((await refusal(approve(deputy, listId))).code).toBe('maker-is-checker');
  // As the page offers it: where nobody else could, the list is not stuck.
  await returnList(store, { ...(await call(deputy, listId)), reason: 'Xem lại' });
  expect((await view(deputy, listId)).state).toBe('returned');
});

test('an officer elsewhere who enters rows for a colleague makes that colleague a maker', async () => {
  const [own, given] = ['05986', '06019'];
  const both = await holder('Giao Việc', [given, 'commune_officer'], [given, 'commune_leader']);
  const deputy = await holder('Hai Nơi', [own, 'commune_officer'], [given, 'finance_officer']);
  await handOver(both, deputy);
  const commandId = await enterRows(deputy, own, given);
  const said = await store.behind(async (client) => {
    const { rows } = await client.query<{ office: string; behalf: string | null }>(
      `select o.unit_code as office, p.full_name as behalf from audit_entries e
       join offices o on o.office_id = e.office_id
       left join people p on p.person_account_id = e.on_behalf_of
       where e.command_id = $1 order by e.seq, o.unit_code`,
      [commandId],
    );
    return rows.map(({ office, behalf }) => [office, behalf]);
  });
  expect(said).toEqual([
    [own, null],
    [given, 'Giao Việc'],
  ]);
  const listId = await prepare(both, given);
  await submitList(store, await call(deputy, listId));
  const prepared = await parts(listId);
  expect(prepared).toEqual({ 'Giao Việc': 'maker', 'Hai Nơi': 'maker' });
  expect((await refusal(approve(both, listId))).code).toBe('maker-is-checker');
});

test('a household is read in the name of the office where it lies', async () => {
  const [own, given] = ['05986', '06019'];
  const giver = await person('Người Giao', given, 'commune_officer');
  const deputy = await holder('Người Đọc', [own, 'commune_officer'], [given, 'finance_officer']);
  await handOver(giver, deputy);
  const read = async (unit: string) => {
    const { rows } = await store.behind((client) =>
      client.query<{ id: string }>(
        `select h.household_id as id from households h
         join place_units u on u.place_id = h.place_id where u.unit_code = $1 limit 1`,
        [unit],
      ),
    );
    const householdId = rows[0]!.id;
    const actor = await deputy.actor();
    await withActor(store, actor, (tx) => householdView(tx, householdId));
    await withActor(store, seeingNumbers(actor), (tx) => householdView(tx, householdId), {
      permission: 'identifier:read',
    });
    const found = await store.behind((client) =>
      client.query<{ office: string; behalf: string | null; role: string }>(
        `select o.unit_code as office, p.full_name as behalf, e.role from audit_entries e
         join offices o on o.office_id = e.office_id
         left join people p on p.person_account_id = e.on_behalf_of
         where e.subject_id = $1 and e.action = 'household.read'`,
        [householdId],
      ),
    );
    return found.rows;
  };
  const role = 'commune_officer';
  expect(await read(own)).toEqual(Array(2).fill({ office: own, behalf: null, role }));
  expect(await read(given)).toEqual(Array(2).fill({ office: given, behalf: 'Người Giao', role }));
  await withActor(store, await deputy.actor(), (tx) =>
    listHouseholds(tx, { round: ROUND, page: 1 }),
  );
  const searches = await store.behind((client) =>
    client.query<{ office: string; behalf: string | null }>(
      `select o.unit_code as office, p.full_name as behalf from audit_entries e
       join offices o on o.office_id = e.office_id
       left join people p on p.person_account_id = e.on_behalf_of
       where e.actor_id = $1 and e.action = 'household.search' order by 1`,
      [deputy.accountId],
    ),
  );
  expect(searches.rows).toEqual([
    { office: own, behalf: null },
    { office: given, behalf: 'Người Giao' },
  ]);
});

test('whoever only previews a file for a colleague makes that colleague a maker too', async () => {
  const code = '06001';
  const both = await holder('Cả Hai', [code, 'commune_officer'], [code, 'commune_leader']);
  const deputy = await holder('Xem Trước', ['05986', 'commune_officer'], [code, 'finance_officer']);
  const other = await person('Ghi Sổ', code, 'commune_officer');
  await handOver(both, deputy);
  const { name } = areaRegister().unitOn(code, day('2025-12-31'))!;
  const { importId } = await previewImport(store, {
    ...{ actor: await deputy.actor(), commandId: newId(), round: ROUND, fileName: 't.xlsx' },
    file: await writeExport([name, [{ name: 'Mẫu Thử', code: 9, b1: 120, b2: 40 }]]),
  });
  await commitImport(store, { actor: await other.actor(), commandId: newId(), importId });
  const listId = await prepare(other, code);
  await submitList(store, await call(other, listId));
  expect((await refusal(approve(both, listId))).code).toBe('maker-is-checker');
});
