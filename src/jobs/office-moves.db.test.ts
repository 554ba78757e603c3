import { afterAll, beforeAll, expect, it } from 'vitest';
import { testStore } from '../../test/support/database.js';
import type { TestStore } from '../../test/support/database.js';
import { makeReal } from '../../test/support/real-instance.js';
import { roleHolder } from '../../test/support/role-holder.js';
import type { HeldRole, RoleHolder } from '../../test/support/role-holder.js';
import { refusal, testClock } from '../../test/support/test-account.js';
import {
  ENDS,
  delegateRole,
  installOffices,
  listMoves,
  unitsEnding,
  voidMove,
} from '../access/index.js';
import { addPlaces, scopeOfUnit } from '../areas/index.js';
import type { UnitKey } from '../areas/index.js';
import { closeInspection, openInspection } from '../audit/index.js';
import { day, newId } from '../kernel/index.js';
import {
  SYSTEM_ACTOR,
  enqueueJob,
  grantsOf,
  may,
  runNextJob,
  scopesFor,
  withActor,
} from '../store/index.js';
import { keepJobs, planMoveOfOffices, previewOfficeMove } from './index.js';
import { jobHandlers } from './keep-jobs.js';
import { carryOutOfficeMove } from './office-moves.js';

/** 20 June 2025: ten days before the communes of the province are rearranged. */
const clock = testClock('2025-06-20T02:00:00Z');
const DAY = 24 * 3_600;
const EVENT = day('2025-07-01');
const BEFORE = day('2020-01-01');
/** Merged wholly into Quốc Khánh. */
const TRI_PHUONG = { code: '06016', key: scopeOfUnit('06016', BEFORE) };
/** Divided between two. */
const DIVIDED = { code: '06622', key: scopeOfUnit('06622', BEFORE) };
const NEW_QK = scopeOfUnit('06004', EVENT);

let store: TestStore;
let admin: RoleHolder;

const officeNames = async (where: string, params: unknown[]): Promise<string[]> =>
  store.behind(async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `select name from offices o where ${where} order by name`,
      params,
    );
    return rows.map(({ name }) => name);
  });

const committeeOf = (code: string, validFrom: string): Promise<string> =>
  store.behind(async (client) => {
    const { rows } = await client.query<{ id: string }>(
      `select office_id as id from offices
       where kind = 'commune_committee' and unit_code = $1 and unit_valid_from = $2`,
      [code, validFrom],
    );
    return rows[0]?.id ?? '';
  });

const holderIn = async (
  name: string,
  unit: { code: string; key: string },
  role = 'commune_officer',
  more: Partial<HeldRole> = {},
) =>
  roleHolder(store, name, [
    { role, officeId: await committeeOf(unit.code, BEFORE), scopeKey: unit.key, ...more },
  ]);

const plan = async (unitCode: string, choices = {}, commandId = newId()) =>
  planMoveOfOffices(store, { actor: await admin.actor(), unitCode, on: EVENT, choices, commandId });

const told: unknown[] = [];
const runDue = () =>
  runNextJob(
    store,
    jobHandlers(store, (error) => told.push(error)),
    new AbortController().signal,
  );

const actionsOf = (moveId: string): Promise<string[]> =>
  store.behind(async (client) => {
    const { rows } = await client.query<{ action: string }>(
      `select action from audit_entries
       where payload ->> 'moveId' = $1 or subject_id = $1 order by entry_id`,
      [moveId],
    );
    return rows.map(({ action }) => action);
  });

const changesOf = (moveId: string, action: string) =>
  store.behind(async (client) => {
    const { rows } = await client.query<{ before: object; after: object }>(
      `select payload -> 'before' as before, payload -> 'after' as after from audit_entries
       where action = $1 and payload ->> 'moveId' = $2 order by entry_id`,
      [action, moveId],
    );
    return rows;
  });

const stay = (unit: UnitKey, from: string, to: string | null) => ({
  ...{ unit, validFrom: day(from), validTo: to === null ? null : day(to), isCertain: true },
});

/** An office of Tri Phương beside the committee. */
const officeOf = (kind: string, name: string): Promise<string> =>
  store.behind(async (client) => {
    const id = newId();
    await client.query(
      `insert into offices (office_id, name, kind, unit_code, unit_valid_from, valid_from)
       values ($1, $2, $3, $4, $5, $5)`,
      [id, name, kind, TRI_PHUONG.code, BEFORE],
    );
    return id;
  });

beforeAll(async () => {
  store = await testStore({ clock });
  await makeReal(store);
  await withActor(store, SYSTEM_ACTOR(['p:20']), (tx) => installOffices(tx, '20'));
  const committee = await store.behind(async (client) => {
    const { rows } = await client.query<{ id: string }>(
      `select office_id as id from offices where kind = 'province_committee'`,
    );
    return rows[0]!.id;
  });
  admin = await roleHolder(store, 'Quản trị Mẫu', [
    { role: 'administrator', officeId: committee, scopeKey: 'p:20' },
  ]);
});
afterAll(() => store.close());

it('a merger moves offices, roles, delegations and open work on its day, and not before', async () => {
  const [boss, clerk] = [
    await holderIn('Lý Văn Mẫu', TRI_PHUONG, 'commune_leader'),
    await holderIn('Nông Thị Mẫu', TRI_PHUONG),
  ];
  await delegateRole(store, {
    ...{ actor: await boss.actor(), commandId: newId(), assignmentId: boss.assignmentId },
    ...{ receiverId: clerk.accountId, until: '15/07/2025', reason: 'Đi học' },
  });
  // A supervisor over one village in an office of the commune, a village office below it, somebody who is
  // to begin later, and an inspection that is open.
  const [villageId] = await withActor(store, SYSTEM_ACTOR(['p:20']), (tx) =>
    addPlaces(tx, [
      {
        ...{ provinceCode: '20', kind: 'village', name: 'Thôn Mẫu 01', isSimulated: true },
        stays: [
          stay({ code: TRI_PHUONG.code, validFrom: BEFORE }, '2020-01-01', '2025-06-30'),
          stay({ code: '06004', validFrom: EVENT }, '2025-07-01', null),
        ],
      },
    ]),
  );
  const boardId = await officeOf(
    'community_board',
    'Ban giám sát đầu tư của cộng đồng xã Tri Phương',
  );
  const village = await store.behind(async (client) => {
    const id = newId();
    await client.query(
      `insert into offices (office_id, name, kind, place_id, parent_office_id, valid_from)
       values ($1, 'Thôn Mẫu 01', 'village', $2, $3, '2020-01-01')`,
      [id, villageId, await committeeOf(TRI_PHUONG.code, BEFORE)],
    );
    return id;
  });
  const supervisor = await roleHolder(store, 'Giám sát Mẫu', [
    { role: 'community_supervisor', officeId: boardId, scopeKey: `v:${villageId}` },
  ]);
  const later = await holderIn('Đến sau Mẫu', TRI_PHUONG, 'commune_officer', {
    from: '2025-07-20',
  });
  const inspector = await roleHolder(store, 'Thanh tra Mẫu', [
    { role: 'inspector', officeId: boardId, scopeKey: TRI_PHUONG.key },
  ]);
  const inspectionId = await openInspection(store, {
    ...{ actor: await inspector.actor(), commandId: newId(), title: 'Cuộc Mẫu', signer: 'A' },
    ...{ decisionNumber: '1/QĐ', decisionDate: day('2025-06-19') },
  });
  const importId = newId();
  await store.behind((client) =>
    client.query(
      `insert into imports (import_id, kind, file_name, file_sha256, file_bytes, round, mapping_hash,
         state, counts, actor_id, command_id, created_at, reach, scope_keys)
       values ($1, 'review', 'a.xlsx', '\\x01', 1, 2024, '\\x02', 'previewed', '{}', $2, $3, now(),
         array[$4], array[$4])`,
      [importId, clerk.accountId, newId(), TRI_PHUONG.key],
    ),
  );
  const queued = await withActor(store, await clerk.actor(), (tx) =>
    enqueueJob(tx, 'never-done', null),
  );
  const preview = await previewOfficeMove(store, {
    ...{ actor: await admin.actor(), unitCode: TRI_PHUONG.code, on: EVENT },
  });
  expect(preview).toMatchObject({
    isWhole: true,
    undecided: 0,
    successors: [{ code: '06004', validFrom: '2025-07-01' }],
    offices: [
      { name: 'Ủy ban nhân dân xã Tri Phương' },
      { name: 'Ban giám sát đầu tư của cộng đồng xã Tri Phương' },
    ],
    work: { lists: 0, imports: 1, jobs: 1, to: '06004@2025-07-01' },
  });
  expect(preview.roles.map(({ to }) => to)).toEqual(Array(5).fill('06004@2025-07-01'));
  expect(preview.roles.map(({ keepsScope }) => keepsScope).sort()).toEqual([
    ...[false, false, false, false, true],
  ]);
  expect(preview.delegations).toHaveLength(1);

  const command = newId();
  const { moveId, state } = await plan(TRI_PHUONG.code, {}, command);
  expect(state).toBe('planned');
  expect((await plan(TRI_PHUONG.code, {}, command)).moveId).toBe(moveId);
  expect((await refusal(plan(TRI_PHUONG.code))).code).toBe('move-planned-already');
  expect(await runDue()).toBe(false);
  expect((await refusal(carryOutOfficeMove(store, moveId))).code).toBe('move-not-yet');
  expect((await boss.actor()).scopes).toEqual([TRI_PHUONG.key]);

  // The last second of 30 June in Vietnam, and the first of 1 July.
  clock.pass(10 * DAY + 15 * 3_600 - 1);
  expect(clock.now().toISOString()).toBe('2025-06-30T16:59:59.000Z');
  expect(await runDue()).toBe(false);
  expect((await boss.actor()).scopes).toEqual([TRI_PHUONG.key]);
  clock.pass(1);
  expect(await runDue()).toBe(true);
  expect(await runDue()).toBe(false);

  const now = await boss.actor();
  expect(now.scopes).toEqual([NEW_QK]);
  expect(await officeNames('office_id = $1', [now.officeId])).toEqual([
    'Ủy ban nhân dân xã Quốc Khánh',
  ]);
  const [handed] = grantsOf(await clerk.actor(), 'list:decide');
  expect(handed).toMatchObject({ scopes: [NEW_QK], onBehalfOf: { personId: boss.personId } });
  // What was entered before stands under the old office, by its old name.
  expect(
    await officeNames("unit_code = $1 and valid_to = '2025-06-30'", [TRI_PHUONG.code]),
  ).toEqual(['Ban giám sát đầu tư của cộng đồng xã Tri Phương', 'Ủy ban nhân dân xã Tri Phương']);
  const moved = await store.behind(async (client) => [
    (await client.query<{ reach: string[] }>('select reach from imports')).rows[0]?.reach,
    (
      await client.query<{ k: string[] }>('select scope_keys as k from jobs where job_id = $1', [
        queued,
      ])
    ).rows[0]?.k,
  ]);
  expect(moved).toEqual([[NEW_QK], [NEW_QK]]);
  // Over the same village, now in the office of the new commune; the village stands below it too.
  const watching = await supervisor.actor();
  expect(scopesFor(watching, 'list:read')).toEqual([`v:${villageId}`]);
  expect(await officeNames('office_id = $1', [watching.officeId])).toEqual([
    'Ban giám sát đầu tư của cộng đồng xã Quốc Khánh',
  ]);
  expect(
    await officeNames('office_id = (select parent_office_id from offices where office_id = $1)', [
      village,
    ]),
  ).toEqual(['Ủy ban nhân dân xã Quốc Khánh']);
  expect((await later.actor()).grants).toEqual([]);
  clock.pass(19 * DAY);
  expect((await later.actor()).scopes).toEqual([NEW_QK]);
  clock.pass(-19 * DAY);
  const closing = { actor: await inspector.actor(), commandId: newId(), inspectionId };
  expect(await closeInspection(store, closing)).toBeNull();
  expect((await actionsOf(moveId)).sort()).toEqual([
    ...['office.move', 'office.move', 'office.move-below', 'office.move-done'],
    ...['office.move-import', 'office.move-inspection', 'office.move-job', 'office.plan-move'],
    ...[...Array<string>(5).fill('role.move'), 'role.move-delegation'],
  ]);
  expect(await changesOf(moveId, 'office.move-below')).toEqual([
    {
      before: { parent: 'Ủy ban nhân dân xã Tri Phương' },
      after: { parent: 'Ủy ban nhân dân xã Quốc Khánh' },
    },
  ]);
  expect((await changesOf(moveId, 'office.move'))[0]).toEqual({
    ...{ before: { validTo: null }, after: { validTo: '2025-06-30' } },
  });
  expect(await carryOutOfficeMove(store, moveId)).toEqual({ state: 'executed', problem: null });
  expect(await actionsOf(moveId)).toHaveLength(14);
  const cancel = { actor: await admin.actor(), commandId: newId(), moveId, reason: 'Nhầm' };
  expect((await refusal(voidMove(store, cancel))).code).toBe('move-not-planned');
  expect((await refusal(plan(TRI_PHUONG.code))).code).toBe('move-nothing-left');
  clock.pass(-(10 * DAY + 15 * 3_600));
});

it('of a divided commune every role needs a person to say where it goes', async () => {
  const [a, b] = [await holderIn('A Mẫu', DIVIDED), await holderIn('B Mẫu', DIVIDED)];
  const asked = { actor: await admin.actor(), unitCode: DIVIDED.code, on: EVENT };
  const preview = await previewOfficeMove(store, asked);
  expect(preview).toMatchObject({ isWhole: false, undecided: 2, work: { to: 'province' } });
  const [first] = preview.roles[0]!.options;
  expect(preview.roles[0]!.options).toEqual([...preview.roles[1]!.options]);
  expect(preview.roles[0]!.options.at(-1)).toBe(ENDS);
  expect((await refusal(plan(DIVIDED.code))).code).toBe('move-undecided');
  const elsewhere = { [a.assignmentId]: '01290@2025-07-01', [b.assignmentId]: ENDS };
  expect((await refusal(plan(DIVIDED.code, elsewhere))).code).toBe('move-undecided');

  const choices = { [a.assignmentId]: first!, [b.assignmentId]: ENDS };
  const { moveId } = await plan(DIVIDED.code, choices);
  const late = await holderIn('C Mẫu', DIVIDED);
  clock.pass(11 * DAY);
  // Somebody came since: nothing is guessed, and the move says why it waits.
  expect(await runDue()).toBe(true);
  const waiting = await withActor(store, await admin.actor(), (tx) => listMoves(tx));
  expect(waiting.find((one) => one.moveId === moveId)).toMatchObject({
    state: 'planned',
    problem: { problem: { what: expect.stringContaining('1 vai trò') as string } },
  });
  const cancel = { actor: await admin.actor(), commandId: newId(), moveId };
  expect((await refusal(voidMove(store, { ...cancel, reason: ' ' }))).code).toBe('reason-missing');
  await voidMove(store, { ...cancel, reason: 'Thêm người' });
  const again = await plan(DIVIDED.code, { ...choices, [late.assignmentId]: ENDS });
  expect(again.state).toBe('executed');
  const [to = '', on = ''] = first!.split('@');
  expect((await a.actor()).scopes).toEqual([scopeOfUnit(to, day(on))]);
  expect((await b.actor()).grants).toEqual([]);
  expect((await late.actor()).grants).toEqual([]);
  // Nothing was queued for what was done at once.
  expect(await runDue()).toBe(false);
  clock.pass(-11 * DAY);
});

it('a plan that was taken back is not carried out', async () => {
  const person = await holderIn('D Mẫu', { code: '06025', key: scopeOfUnit('06025', BEFORE) });
  const { moveId } = await plan('06025');
  const cancel = { actor: await admin.actor(), commandId: newId(), reason: 'Hoãn' };
  await voidMove(store, { ...cancel, moveId });
  clock.pass(11 * DAY);
  while (await runDue());
  expect((await person.actor()).scopes).toEqual([scopeOfUnit('06025', BEFORE)]);
  clock.pass(-11 * DAY);
});

it('is done by the service that runs when the day comes, without anybody asking', async () => {
  const unit = { code: '06022', key: scopeOfUnit('06022', BEFORE) };
  const person = await holderIn('F Mẫu', unit);
  await plan(unit.code);
  clock.pass(11 * DAY);
  const problems: unknown[] = [];
  const service = keepJobs(store, { restMillis: 20, onProblem: (error) => problems.push(error) });
  await expect
    .poll(async () => (await person.actor()).scopes, { timeout: 5_000 })
    .not.toEqual([unit.key]);
  await service.stop();
  expect((await person.actor()).scopes).toEqual([scopeOfUnit('06019', EVENT)]);
  expect(problems).toEqual([]);
  clock.pass(-11 * DAY);
});

it('is planned by who runs the offices of that province, for a change that the register knows', async () => {
  const clerk = await holderIn('E Mẫu', TRI_PHUONG);
  const preview = (over: object, who: RoleHolder = admin) =>
    who
      .actor()
      .then((actor) =>
        refusal(previewOfficeMove(store, { actor, unitCode: '06013', on: EVENT, ...over })),
      );
  expect((await preview({}, clerk)).code).toBe('unit-not-found');
  expect((await preview({ on: day('2025-08-01') })).code).toBe('move-no-change');
  expect((await preview({ unitCode: '99999' })).code).toBe('move-unit-unknown');
  expect((await preview({ unitCode: "' or 1=1 --" })).code).toBe('move-unit-unknown');
  const far = await roleHolder(store, 'Quản trị xa', [
    { role: 'administrator', officeId: await committeeOf('06013', BEFORE), scopeKey: 'p:04' },
  ]);
  expect((await preview({}, far)).code).toBe('unit-not-found');
  expect(await withActor(store, await far.actor(), (tx) => unitsEnding(tx, '20', EVENT))).toEqual(
    [],
  );
  const actor = await clerk.actor();
  const call = { actor, commandId: newId(), moveId: newId(), reason: 'x' };
  expect((await refusal(voidMove(store, call))).code).toBe('not-permitted');
  const own = { ...call, actor: await admin.actor(), commandId: newId() };
  expect((await refusal(voidMove(store, own))).code).toBe('move-not-found');
  expect(may(actor, 'office:propose')).toBe(false);
  const ending = await withActor(store, await admin.actor(), (tx) => unitsEnding(tx, '20', EVENT));
  expect(ending.length).toBeGreaterThan(190);
  expect(ending.find(({ unit }) => unit.code === DIVIDED.code)).toMatchObject({ isWhole: false });
});
