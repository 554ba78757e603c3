import { afterAll, beforeAll, expect, it } from 'vitest';
import { testStore } from '../../test/support/database.js';
import type { TestStore } from '../../test/support/database.js';
import { makeReal } from '../../test/support/real-instance.js';
import { roleHolder } from '../../test/support/role-holder.js';
import type { HeldRole, RoleHolder } from '../../test/support/role-holder.js';
import { refusal, testClock } from '../../test/support/test-account.js';
import {
  delegateRole,
  endRole,
  installOffices,
  listMoves,
  unitsEnding,
  voidMove,
  wakeMoves,
} from '../access/index.js';
import { scopeOfUnit } from '../areas/index.js';
import { day, newId } from '../kernel/index.js';
import { SYSTEM_ACTOR, runNextJob, withActor } from '../store/index.js';
import { planMoveOfOffices } from './index.js';
import { jobHandlers } from './keep-jobs.js';

/** Five days before the communes of the province are rearranged. */
const clock = testClock('2025-06-26T02:00:00Z');
const HOUR = 3_600;
const DAY = 24 * HOUR;
const EVENT = day('2025-07-01');
const BEFORE = '2020-01-01';
const over = (code: string) => scopeOfUnit(code, day(BEFORE));
const NEW_QK = scopeOfUnit('06004', EVENT);

let store: TestStore;
let admin: RoleHolder;
const told: unknown[] = [];

const rows = <T extends object>(sql: string, params: unknown[] = []): Promise<T[]> =>
  store.behind(async (client) => (await client.query<T>(sql, params)).rows);

const committeeOf = async (code: string, validFrom = BEFORE): Promise<string> =>
  (
    await rows<{ id: string }>(
      `select office_id as id from offices
       where kind = 'commune_committee' and unit_code = $1 and unit_valid_from = $2`,
      [code, validFrom],
    )
  )[0]?.id ?? '';

const held = async (code: string, more: Partial<HeldRole> = {}): Promise<HeldRole> => ({
  ...{ role: 'commune_officer', officeId: await committeeOf(code), scopeKey: over(code) },
  ...more,
});
const holderIn = async (name: string, code: string, more: Partial<HeldRole> = {}) =>
  roleHolder(store, name, [await held(code, more)]);

const plan = async (unitCode: string, choices = {}, commandId = newId()) =>
  planMoveOfOffices(store, { actor: await admin.actor(), unitCode, on: EVENT, choices, commandId });

const runDue = () =>
  runNextJob(
    store,
    jobHandlers(store, (error) => told.push(error)),
    new AbortController().signal,
  );
/** What the service does between two rests. */
const serveOnce = async () => {
  while (await runDue());
  await wakeMoves(store);
};

const moveLine = async (moveId: string) =>
  (await withActor(store, await admin.actor(), (tx) => listMoves(tx))).find(
    (one) => one.moveId === moveId,
  );

const openRoles = (personId: string) =>
  rows<{ scope: string; from: string; to: string | null }>(
    `select scope_key as scope, valid_from::text as from, valid_to::text as to from role_assignments
     where person_account_id = $1 and withdrawn_at is null and valid_to is distinct from '2025-06-30'
     order by valid_from`,
    [personId],
  );

beforeAll(async () => {
  store = await testStore({ clock });
  await makeReal(store);
  await withActor(store, SYSTEM_ACTOR(['p:20']), (tx) => installOffices(tx, '20'));
  const committee = await rows<{ id: string }>(
    `select office_id as id from offices where kind = 'province_committee'`,
  );
  admin = await roleHolder(store, 'Quản trị Mẫu', [
    { role: 'administrator', officeId: committee[0]!.id, scopeKey: 'p:20' },
  ]);
});
afterAll(() => store.close());

it('a move whose job fails says so, tells, and is tried again after an hour', async () => {
  const person = await holderIn('A Mẫu', '06025');
  const { moveId } = await plan('06025');
  const shift = (on: string) =>
    rows('update office_moves set effective_on = $2 where move_id = $1', [moveId, on]);
  // A day on which the register knows no change: carrying it out fails.
  await shift('2025-06-26');
  await rows(`update jobs set not_before = '2025-06-26T02:00:00Z'`);
  await serveOnce();
  expect(told.map((error) => (error as { code: string }).code)).toEqual(['move-no-change']);
  expect(await moveLine(moveId)).toMatchObject({
    ...{ state: 'planned', problem: { problem: { code: 'move-no-change' } } },
  });
  clock.pass(HOUR - 1);
  expect(await runDue()).toBe(false);
  clock.pass(1);
  await serveOnce();
  expect(told).toHaveLength(2);
  // Mended: the next try does it, and what stopped it is no longer told.
  await shift('2025-07-01');
  clock.pass(5 * DAY);
  await serveOnce();
  expect(await moveLine(moveId)).toMatchObject({ state: 'executed', problem: null });
  expect((await person.actor()).scopes).not.toEqual([over('06025')]);
  clock.pass(-5 * DAY - HOUR);
});

it('one that waited for a person is done once they have seen to it, also after a crash', async () => {
  await holderIn('B Mẫu', '06622');
  const [first] = await rows<{ id: string }>(
    'select assignment_id as id from role_assignments where scope_key = $1',
    [over('06622')],
  );
  const { moveId } = await plan('06622', { [first!.id]: 'end' });
  const late = await holderIn('C Mẫu', '06622');
  clock.pass(5 * DAY);
  told.length = 0;
  await serveOnce();
  expect(told.map((error) => (error as { code: string }).code)).toEqual(['move-undecided']);
  await endRole(store, {
    ...{ actor: SYSTEM_ACTOR([]), commandId: newId(), assignmentId: late.assignmentId },
    reason: 'Thôi việc',
  });
  // The process died under the job three times: it counts as failed, the move as waiting.
  await rows(
    `update jobs set state = 'failed', problem = '{"problem":{"code":"job-interrupted"}}'
     where input ->> 'moveId' = $1`,
    [moveId],
  );
  await wakeMoves(store);
  expect(await runDue()).toBe(false);
  clock.pass(HOUR);
  await serveOnce();
  expect(await moveLine(moveId)).toMatchObject({ state: 'executed', problem: null });
  clock.pass(-5 * DAY - HOUR);
});

it('two moves into one commune at once leave one role, and a role that ends there goes on', async () => {
  const both = [await held('06004'), await held('06016')];
  const person = await roleHolder(store, 'D Mẫu', both);
  const acting = await roleHolder(store, 'E Mẫu', [
    await held('06016'),
    { ...(await held('06004')), scopeKey: NEW_QK, from: '2025-07-01', to: '2025-07-10' },
  ]);
  const clerk = await holderIn('G Mẫu', '06016', { role: 'commune_leader' });
  await delegateRole(store, {
    ...{ actor: await acting.actor(), commandId: newId(), assignmentId: acting.assignmentId },
    ...{ receiverId: clerk.accountId, until: '20/07/2025', reason: 'Đi học' },
  });
  await plan('06004');
  await plan('06016');
  clock.pass(4 * DAY + 15 * HOUR);
  await Promise.all([runDue(), runDue()]);
  await serveOnce();
  expect(await openRoles(person.personId)).toEqual([
    { scope: NEW_QK, from: '2025-07-01', to: null },
  ]);
  expect(await openRoles(acting.personId)).toEqual([
    { scope: NEW_QK, from: '2025-07-01', to: '2025-07-10' },
    { scope: NEW_QK, from: '2025-07-11', to: null },
  ]);
  // What was handed over rests on whichever of the two is in force.
  const handed = await rows<{ from: string; to: string }>(
    `select valid_from::text as from, valid_to::text as to from role_assignments
     where person_account_id = $1 and delegated_from is not null and scope_key = $2
       and withdrawn_at is null
     order by valid_from`,
    [clerk.personId, NEW_QK],
  );
  expect(handed).toEqual([
    { from: '2025-07-01', to: '2025-07-10' },
    { from: '2025-07-11', to: '2025-07-20' },
  ]);
  clock.pass(-4 * DAY - 15 * HOUR);
});

it('nobody hands over a role while it moves', async () => {
  const [giver, receiver] = [await holderIn('H Mẫu', '06031'), await holderIn('I Mẫu', '06031')];
  const actor = await giver.actor();
  await store.behind(async (client) => {
    await client.query('begin');
    await client.query('select pg_advisory_xact_lock(7400023)');
    const handing = refusal(
      delegateRole(store, {
        ...{ actor, commandId: newId(), assignmentId: giver.assignmentId },
        ...{ receiverId: receiver.accountId, until: '01/08/2025', reason: 'Đi học' },
      }),
    );
    await new Promise((resolve) => setTimeout(resolve, 100));
    await client.query(
      `update role_assignments set withdrawn_at = $2, valid_to = '2025-06-26'
       where assignment_id = $1`,
      [giver.assignmentId, clock.now()],
    );
    await client.query('commit');
    expect((await handing).code).toBe('delegation-not-own');
  });
});

it('a form that is sent again tells what became of its plan', async () => {
  await holderIn('K Mẫu', '06028');
  const command = newId();
  const { moveId, state } = await plan('06028', {}, command);
  expect(state).toBe('planned');
  const cancel = { actor: await admin.actor(), commandId: newId(), moveId, reason: 'Nhầm' };
  await voidMove(store, cancel);
  expect(await plan('06028', {}, command)).toMatchObject({ moveId, state: 'voided' });
});

it('late, it ends what was in use until now, in the name of who asks; what is left moves later', async () => {
  const code = '06037';
  const person = await holderIn('L Mẫu', code);
  const oldOffice = await committeeOf(code);
  clock.pass(40 * DAY);
  const command = newId();
  const { moveId, state } = await plan(code, {}, command);
  expect(state).toBe('executed');
  const today = '2025-08-05';
  expect(
    await rows(
      `select valid_to::text as "validTo", withdrawn_at as "withdrawnAt" from role_assignments
       where assignment_id = $1`,
      [person.assignmentId],
    ),
  ).toEqual([{ validTo: today, withdrawnAt: clock.now() }]);
  expect(
    await rows('select valid_to::text as "validTo" from offices where office_id = $1', [oldOffice]),
  ).toEqual([{ validTo: today }]);
  expect((await person.actor()).scopes).not.toContain(over(code));
  const entered = await rows<{ action: string }>(
    `select action from audit_entries where (payload ->> 'moveId' = $1 or subject_id = $1)
       and actor_id = $2 and command_id = $3 order by entry_id`,
    [moveId, admin.accountId, command],
  );
  expect(entered.map(({ action }) => action).sort()).toEqual([
    ...['office.move', 'office.move-done', 'office.plan-move', 'role.move'],
  ]);
  const ended = await rows(
    'select distinct ended_by as by from role_assignments where assignment_id = $1',
    [person.assignmentId],
  );
  expect(ended).toEqual([{ by: admin.accountId }]);

  const line = async () =>
    (await withActor(store, await admin.actor(), (tx) => unitsEnding(tx, '20', EVENT))).find(
      ({ unit }) => unit.code === code,
    );
  expect(await line()).toMatchObject({ offices: 0, roles: 0, moveState: 'executed' });
  expect((await refusal(plan(code))).code).toBe('move-nothing-left');
  // A role that came to the dead commune afterwards: shown, and moved by a further move.
  const stray = await roleHolder(store, 'M Mẫu', [
    { ...(await held(code)), officeId: oldOffice, from: '2025-07-20' },
  ]);
  expect(await line()).toMatchObject({ roles: 1, moveState: 'executed' });
  clock.pass(DAY);
  expect((await plan(code)).state).toBe('executed');
  expect(await line()).toMatchObject({ offices: 0, roles: 0 });
  expect((await stray.actor()).scopes).toEqual((await person.actor()).scopes);
  clock.pass(-41 * DAY);
});
