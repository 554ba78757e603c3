import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestStore } from '../../../test/support/database.js';
import { testStore } from '../../../test/support/database.js';
import { makeReal } from '../../../test/support/real-instance.js';
import { roleHolder } from '../../../test/support/role-holder.js';
import { runWords } from '../../../test/support/run-cli.js';
import { installOffices } from '../../access/index.js';
import { SYSTEM_ACTOR, withActor } from '../../store/index.js';

let store: TestStore;
beforeAll(async () => {
  store = await testStore();
  await makeReal(store);
  await withActor(store, SYSTEM_ACTOR(['p:20']), (tx) => installOffices(tx, '20'));
});
afterAll(() => store.close());

const run = (...words: string[]) => runWords(store.env, [...words, '--json']);
const problem = async (...words: string[]) => {
  const { code, err, out } = await run(...words);
  const { problem: told } = JSON.parse(err) as { problem: { code: string; todo: string | null } };
  expect(out).toBe('');
  expect(told.todo).not.toBeNull();
  return [code, told.code];
};
const rows = <T>(answer: { out: string }) => JSON.parse(answer.out) as T;

interface Line {
  officeId: string;
  name: string;
  people: number;
}

test('offices, who holds what in them, and roles with their days', async () => {
  const offices = rows<Line[]>(await run('office', 'list'));
  const named = (name: string) => offices.find((one) => one.name === name)!;
  const committee = named('Ủy ban nhân dân xã Quốc Khánh');
  expect(committee.people).toBe(0);
  const front = named('Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Lạng Sơn');
  expect(await problem('office', 'list', '--on', 'mai')).toEqual([2, 'bad-date']);
  expect(await problem('office', 'show')).toEqual([2, 'id-missing']);
  expect(await problem('office', 'show', committee.officeId, front.officeId)).toEqual([
    ...[2, 'id-missing'],
  ]);
  expect(await problem('office', 'show', '0199a000-0000-7000-8000-00000000dead')).toEqual([
    1,
    'office-not-found',
  ]);
  expect(await problem('office')).toEqual([2, 'act-missing']);
  expect(await problem('user', 'role', 'dance')).toEqual([2, 'unknown-act']);

  const { username } = await roleHolder(store, 'Nông Thị Mẫu', []);
  const add = ['user', 'role', 'add', '--username', username, '--scope', '06004'];
  expect(await problem(...add)).toEqual([2, 'option-missing']);
  expect(await problem(...add, '--role', 'king')).toEqual([1, 'role-unknown']);
  const officer = [...add, '--role', 'commune_officer'];
  expect(await problem(...officer, '--office', front.officeId)).toEqual([1, 'role-not-in-office']);
  expect(await problem(...officer, '--office', 'x')).toEqual([1, 'office-not-found']);
  expect(await problem(...officer, '--from', '2026-01-02', '--to', '2026-01-01')).toEqual([
    ...[2, 'interval-reversed'],
  ]);
  const made = rows<{ assignmentId: string }>(await run(...officer, '--to', '2026-01-31'));
  expect(made).toMatchObject({
    ...{ username, role: 'commune_officer', scope: 'u:06004@2025-07-01' },
    ...{ validFrom: '2025-12-02', validTo: '2026-01-31' },
  });
  expect(await problem(...officer)).toEqual([1, 'role-held-already']);
  expect(rows(await run('office', 'show', committee.officeId))).toMatchObject({
    parent: { name: 'Ủy ban nhân dân tỉnh Lạng Sơn' },
    holders: [{ ...made, name: 'Nông Thị Mẫu', scope: 'xã Quốc Khánh' }].map(
      ({ assignmentId, name, scope }) => ({ assignmentId, name, scope }),
    ),
  });
  const end = ['user', 'role', 'end'];
  expect(await problem(...end, made.assignmentId)).toEqual([2, 'option-missing']);
  expect(await problem(...end, 'x', '--reason', 'y')).toEqual([2, 'id-missing']);
  const done = await run(...end, made.assignmentId, '--reason', 'chuyển công tác');
  expect(rows(done)).toEqual({ assignmentId: made.assignmentId, lastDay: null });
  const again = await problem(...end, made.assignmentId, '--reason', 'x');
  expect(again).toEqual([1, 'role-ended-already']);
});

test('a move is seen before, planned, and taken back', async () => {
  const days = rows<{ days: { on: string; units: number }[] }>(await run('office', 'plan'));
  expect(days.days.map(({ on }) => on)).toEqual(['2025-07-01', '2024-12-01']);
  expect(await problem('office', 'plan', '--unit', '06016')).toEqual([2, 'option-missing']);
  const at = ['office', 'plan', '--on', '2025-07-01'];
  expect(rows<unknown[]>(await run(...at)).length).toBeGreaterThan(190);
  expect(await problem(...at, '--unit', '99999')).toEqual([1, 'move-unit-unknown']);
  expect(await problem(...at, '--unit', '06016', '--to', 'x=y')).toEqual([2, 'bad-choice']);
  const preview = rows<{ state: string; plan: object }>(await run(...at, '--unit', '06016'));
  expect(preview).toMatchObject({
    ...{ state: 'preview', moveId: null },
    plan: { isWhole: true, undecided: 0, successors: [{ code: '06004' }] },
  });
  // The day has long come, so it is carried out at once: nothing was held there any more.
  const set = rows<{ moveId: string; state: string }>(await run(...at, '--unit', '06016', '--set'));
  expect(set.state).toBe('executed');
  expect(await problem(...at, '--unit', '06016', '--set')).toEqual([1, 'move-nothing-left']);
  const cancel = ['office', 'cancel', set.moveId, '--reason', 'nhầm'];
  expect(await problem(...cancel)).toEqual([1, 'move-not-planned']);
});
