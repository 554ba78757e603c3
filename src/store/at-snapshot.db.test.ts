import { expect, test } from 'vitest';
import { testStore } from '../../test/support/database.js';
import { newId } from '../kernel/index.js';
import { atSnapshot, dataVersion, readShared, runCommand, SYSTEM_ACTOR } from './index.js';
import type { Store } from './index.js';
import { withActor } from './with-actor.js';

const act = (store: Store) =>
  runCommand(
    store,
    { actor: SYSTEM_ACTOR([]), commandId: newId(), name: 'test', permission: 'own', input: {} },
    () => Promise.resolve(null),
  );

const commandsSeen = (store: Store) =>
  readShared(store, async (tx) => {
    const { rows } = await tx.query<{ seen: number }>('select count(*) as seen from commands');
    return rows[0]?.seen;
  });

test('a snapshot shows one instant on every connection, whatever is committed meanwhile', async () => {
  const store = await testStore();
  await act(store);
  const before = await dataVersion(store);
  await atSnapshot(store, async (frozen) => {
    await act(store);
    expect(await dataVersion(store)).not.toBe(before);
    expect(await dataVersion(frozen)).toBe(before);
    const seen = await Promise.all([1, 2, 3].map(() => commandsSeen(frozen)));
    expect(seen).toEqual([1, 1, 1]);
    expect(await commandsSeen(store)).toBe(2);
  });
  expect(await commandsSeen(store)).toBe(2);
});

test('nothing can be written through a snapshot, and a failure frees its connection', async () => {
  const store = await testStore();
  for (let i = 0; i < 12; i++) {
    await expect(atSnapshot(store, (frozen) => act(frozen))).rejects.toThrow(/read-only/);
    const failing = atSnapshot(store, () => Promise.reject(new Error('within')));
    await expect(failing).rejects.toThrow('within');
  }
  expect(await commandsSeen(store)).toBe(0);
});

test('what is no snapshot never reaches a statement', async () => {
  const store = await testStore();
  const forged: Store = { ...store, snapshot: { id: "1-1-1'; select 1; --", dataVersion: '' } };
  const asked = withActor(forged, SYSTEM_ACTOR([]), () => Promise.resolve(1));
  await expect(asked).rejects.toThrow('not a snapshot');
});
