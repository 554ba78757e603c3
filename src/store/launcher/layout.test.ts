import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeDataDir } from './layout.js';

let scratch: string;
beforeEach(() => {
  scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'thonban-layout-'));
});
afterEach(() => fs.rmSync(scratch, { recursive: true, force: true }));

const put = (...names: string[]) => {
  for (const name of names) fs.writeFileSync(path.join(scratch, name), '');
};

test('a directory deep down is made; making it again changes nothing', () => {
  const deep = path.join(scratch, 'một', 'hai', 'ba');
  makeDataDir(deep);
  makeDataDir(deep);
  expect(fs.statSync(deep).isDirectory()).toBe(true);
});

test('a directory of something else is refused by name and left as it is', () => {
  put('hosts', 'data');
  expect(() => makeDataDir(scratch)).toThrow(/đang chứa thứ khác.*hosts/);
  expect(fs.readdirSync(scratch).sort()).toEqual(['data', 'hosts']);
});

test.each([
  ['an empty volume', ['lost+found', '.snapshot']],
  ['the first start was cut off', ['pg', 'run']],
  ['a log that somebody keeps there', ['serve.log']],
  ['only files, with a database elsewhere', ['files', 'serving.json']],
  [
    'an instance whose secrets were lost',
    ['data', 'run', 'keys.json', 'audit-key.json', 'audit-last-signed.json', 'signing-roots'],
  ],
  ['drafts of a start that was cut off', ['data', 'secrets.json.4711', 'keys.json.12.0a1b2c3d']],
  ['an instance beside which somebody put a note', ['secrets.json', 'data', 'GHI-CHU.txt']],
])('%s is taken', (_what, names) => {
  put(...names);
  expect(() => makeDataDir(scratch)).not.toThrow();
});

test('a file in the place of the directory', () => {
  put('file');
  for (const at of ['file', 'file/below']) {
    expect(() => makeDataDir(path.join(scratch, at))).toThrow(/Không tạo hoặc không ghi được/);
  }
});

test.runIf(process.platform === 'linux')('a file system that makes no directories', () => {
  expect(() => makeDataDir('/proc/thon-ban')).toThrow(/Không tạo hoặc không ghi được/);
});
