import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keysNotLost, makeSigningKey, readSigningKeys, writeSigningKeys } from './signing-key.js';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'thonban-keys-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const file = () => path.join(dir, 'audit-key.json');

test('a key that is there is not lost; one that is missing or holds nothing is', () => {
  expect(keysNotLost(dir)).toEqual([]);
  const key = makeSigningKey();
  writeSigningKeys(dir, [key]);
  expect(keysNotLost(dir).map(({ keyId }) => keyId)).toEqual([key.keyId]);
  writeFileSync(file(), '{"keys": ["AAAA"]}');
  expect(keysNotLost(dir)).toEqual([]);
  expect(() => readSigningKeys(dir)).toThrow(/không chứa khóa/);
});

test('a file that only cannot be read just now is not lost', () => {
  // What a disk or rights may do to a reader, also to root.
  mkdirSync(file());
  expect(() => keysNotLost(dir)).toThrow(/Không đọc được khóa/);
});
