import { expect, test } from 'vitest';
import { loadPacks } from './index.js';

test('the shipped packs are sound', () => {
  const packs = loadPacks();
  expect(packs.standards.map(({ id }) => id)).toEqual(['PS-2016', 'PS-2022', 'PS-2027']);
});
