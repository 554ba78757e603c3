import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { systemReason } from './system-reason.js';

const directory = mkdtempSync(join(tmpdir(), 'thonban-reason-'));
afterAll(() => rmSync(directory, { recursive: true }));

const reasonOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    return systemReason(error);
  }
  throw new Error('nothing was refused');
};

test('what the machine refuses is said without a word of English', () => {
  const file = join(directory, 'a');
  writeFileSync(file, '');
  expect(reasonOf(() => readFileSync(join(directory, 'none')))).toBe(
    'Không có tệp hoặc thư mục này.',
  );
  expect(reasonOf(() => readFileSync(directory))).toBe('Đây là thư mục, không phải tệp.');
  expect(reasonOf(() => readFileSync(join(file, 'b')))).toMatch(/không phải thư mục/);
  expect(reasonOf(() => readFileSync(join(directory, 'x'.repeat(300))))).toBe('Tên tệp quá dài.');
});

test('what is not known is quoted, and a name of every object is no reason', () => {
  expect(systemReason(new Error('odd'))).toBe('Máy báo: odd');
  expect(systemReason('odd')).toBe('Máy báo: odd');
  for (const code of ['EODD', 'constructor', 5]) {
    expect(systemReason(Object.assign(new Error('odd'), { code }))).toBe('Máy báo: odd');
  }
});
