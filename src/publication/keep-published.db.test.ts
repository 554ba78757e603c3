import { expect, test, vi } from 'vitest';
import type { TestStore } from '../../test/support/database.js';
import { testStore } from '../../test/support/database.js';
import { newId } from '../kernel/index.js';
import { SYSTEM_ACTOR, readShared, runCommand } from '../store/index.js';
import { keepPublished, publish } from './index.js';

const command = (store: TestStore) => {
  const call = { commandId: newId(), name: 'test.nothing', permission: 'own' as const };
  return runCommand(store, { ...call, actor: SYSTEM_ACTOR([]), input: {} }, () =>
    Promise.resolve({}),
  );
};

const shown = (store: TestStore): Promise<string | undefined> =>
  readShared(store, async (tx) => {
    const { rows } = await tx.query<{ version: string }>(
      'select data_version as version from publication.editions',
    );
    return rows[0]?.version;
  });

const fast = { lookEveryMillis: 20, retryMillis: 20, patienceMillis: 2_000 };

test('the edition follows the books, once for a change, and rests without one', async () => {
  const store = await testStore({ template: 'published' });
  const times: number[] = [];
  const keeping = keepPublished(store, {
    ...fast,
    publish: async () => {
      times.push(Date.now());
      await publish(store);
    },
  });
  await new Promise((done) => setTimeout(done, 200));
  expect(times).toHaveLength(0);
  const before = await shown(store);
  await Promise.all([command(store), command(store), command(store)]);
  await vi.waitFor(async () => expect(await shown(store)).not.toBe(before), { timeout: 30_000 });
  const after = times.length;
  await new Promise((done) => setTimeout(done, 200));
  expect(times.length).toBeLessThanOrEqual(after + 1);
  await keeping.stop();
});

test('a change is not held back for ever by others that follow', async () => {
  const store = await testStore({ template: 'published' });
  let published = 0;
  const keeping = keepPublished(store, {
    ...{ lookEveryMillis: 20, patienceMillis: 100 },
    publish: () => Promise.resolve(published++),
  });
  await vi.waitFor(
    async () => {
      await command(store);
      expect(published).toBeGreaterThan(0);
    },
    { timeout: 30_000, interval: 1 },
  );
  await keeping.stop();
});

test('a failure is told once, and tried again until it passes', async () => {
  const store = await testStore({ template: 'published' });
  const told: unknown[] = [];
  let tries = 0;
  const keeping = keepPublished(store, {
    ...fast,
    onProblem: (error) => told.push(error),
    publish: () => (++tries < 4 ? Promise.reject(new Error('disk full')) : publish(store)),
  });
  await command(store);
  await vi.waitFor(() => expect(tries).toBe(4), { timeout: 30_000 });
  await keeping.stop();
  expect(told).toEqual([new Error('disk full')]);
});

test('stopping does not wait for the next look', async () => {
  const store = await testStore({ template: 'published' });
  const keeping = keepPublished(store, {
    lookEveryMillis: 3_600_000,
    publish: () => Promise.resolve(),
  });
  await new Promise((done) => setTimeout(done, 50));
  const started = Date.now();
  await keeping.stop();
  expect(Date.now() - started).toBeLessThan(10_000);
});
