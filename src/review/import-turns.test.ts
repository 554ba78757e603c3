import { expect, test } from 'vitest';
import type { Store } from '../store/index.js';
import { inTurn } from './import-turns.js';

const settled = () => new Promise((resolve) => setImmediate(resolve));

function gates(store: Store, count: number) {
  let running = 0;
  const open: (() => void)[] = [];
  const seen: number[] = [];
  const all = Array.from({ length: count }, (_, i) =>
    inTurn(store, async () => {
      seen.push(++running);
      await new Promise<void>((resolve) => open.push(resolve));
      running--;
      if (i % 3 === 0) throw new Error(`file ${i}`);
      return i;
    }).catch((error: unknown) => (error as Error).message),
  );
  return { all, open, seen };
}

test('two files at once, the others in order; one that fails gives its place to the next', async () => {
  const { all, open, seen } = gates({} as Store, 7);
  await settled();
  expect(open).toHaveLength(2);
  for (let i = 0; i < 7; i++) {
    open[i]!();
    await settled();
  }
  expect(await Promise.all(all)).toEqual(['file 0', 1, 2, 'file 3', 4, 5, 'file 6']);
  expect(Math.max(...seen)).toBe(2);
});

test('too many waiting files are sent away with a sentence; another instance is not held up', async () => {
  const store = {} as Store;
  const { all, open } = gates(store, 52);
  await expect(inTurn(store, () => Promise.resolve(1))).rejects.toMatchObject({
    code: 'imports-busy',
  });
  expect(await inTurn({} as Store, () => Promise.resolve(1))).toBe(1);
  for (let i = 0; i < 52; i++) {
    await settled();
    open[i]!();
  }
  expect(await Promise.all(all)).toHaveLength(52);
});
