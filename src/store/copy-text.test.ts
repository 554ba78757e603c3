import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Problem } from '../kernel/index.js';
import { escapeCopyText, fieldWriter } from './copy-text.js';

test('the text \\N stays text and only null is null', () => {
  const write = fieldWriter('text');
  expect(write('\\N')).toBe('\\\\N');
  expect(write(null)).toBe('\\N');
  expect(write(undefined)).toBe('\\N');
  expect(write('')).toBe('');
});

test('no field contains a raw tab or line end, whatever the text', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', '\t', '\n', '\r', '\\', 'N', 'ệ') }),
      (text) => {
        expect(escapeCopyText(text)).not.toMatch(/[\t\n\r]/);
      },
    ),
  );
});

test('unescaping as COPY does gives the text back', () => {
  const plain: Record<string, string> = { t: '\t', n: '\n', r: '\r', '\\': '\\' };
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('x', '\t', '\n', '\r', '\\', 'n', 't') }),
      (text) => {
        const read = escapeCopyText(text).replace(/\\(.)/g, (_all, char: string) => plain[char]!);
        expect(read).toBe(text);
      },
    ),
  );
});

test('NUL is refused with a Problem', () => {
  expect(() => escapeCopyText('a\u0000b')).toThrow(Problem);
});

test('lists are array literals in an array column and JSON in a json column', () => {
  expect(fieldWriter('text[]')(['a', 'b "c"', null])).toBe('{"a","b \\\\"c\\\\"",NULL}');
  expect(fieldWriter('jsonb')(['a'])).toBe('["a"]');
  expect(fieldWriter('jsonb')({ a: 'x\ty' })).toBe('{"a":"x\\\\ty"}');
});

test('flags, instants and bytes', () => {
  expect(fieldWriter('boolean')(true)).toBe('t');
  expect(fieldWriter('timestamptz')(new Date('2025-12-31T17:00:00Z'))).toBe(
    '2025-12-31T17:00:00.000Z',
  );
  expect(fieldWriter('bytea')(Uint8Array.of(0, 255))).toBe('\\\\x00ff');
});
