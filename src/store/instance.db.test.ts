import { expect, test } from 'vitest';
import { testStore } from '../../test/support/database.js';
import { makeReal } from '../../test/support/real-instance.js';
import { findInstance, instanceOf, readShared } from './instance.js';

test('before an instance is made that is said; then it is what it was made', async () => {
  const store = await testStore();
  expect(await readShared(store, findInstance)).toBeNull();
  await expect(instanceOf(store)).rejects.toMatchObject({
    ...{ kind: 'environment', code: 'instance-missing' },
  });
  await makeReal(store);
  expect(await instanceOf(store)).toEqual({ kind: 'real', provinceCode: '20' });
});

test('what is read for everybody has no scope and writes nothing', async () => {
  const store = await testStore();
  const scope = "select current_setting('thonban.scope') as scope";
  expect((await readShared(store, (tx) => tx.query(scope))).rows).toEqual([{ scope: '' }]);
  const write = readShared(store, (tx) => tx.query('create temporary table t ()'));
  await expect(write).rejects.toThrow();
});
