import { expect, test } from 'vitest';
import { Problem, newId, newIdBytes } from '../kernel/index.js';
import { CopyBuffer } from './copy-buffer.js';

const bytesOf = (types: readonly string[], ...rows: readonly unknown[][]): Buffer => {
  const buffer = new CopyBuffer(types);
  for (const row of rows) buffer.add(row);
  return Buffer.concat(buffer.take(true));
};

test('the header, a row with its fields and their lengths, the end', () => {
  expect(bytesOf(['int2', 'text', 'bool'], [7, 'ệ', null]).toString('latin1')).toBe(
    [
      'PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0',
      '\0\x03',
      '\0\0\0\x02\0\x07',
      '\0\0\0\x03\xe1\xbb\x87',
      '\xff\xff\xff\xff',
      '\xff\xff',
    ].join(''),
  );
});

test('pieces can be taken on the way and say the same together', () => {
  const whole = bytesOf(['text'], ...Array.from({ length: 20_000 }, (_, i) => [`dòng ${i}`]));
  const buffer = new CopyBuffer(['text']);
  const pieces: Buffer[] = [];
  for (let i = 0; i < 20_000; i++) {
    buffer.add([`dòng ${i}`]);
    if (buffer.waiting > 1) pieces.push(...buffer.take(false));
  }
  expect(pieces.length).toBeGreaterThan(2);
  expect(Buffer.concat([...pieces, ...buffer.take(true)]).equals(whole)).toBe(true);
});

test('an id is the same as text and as bytes', () => {
  const id = newId();
  const bytes = Buffer.from(id.replaceAll('-', ''), 'hex');
  expect(bytesOf(['uuid'], [id.toUpperCase()])).toEqual(bytesOf(['uuid'], [bytes]));
  expect(() => bytesOf(['uuid'], [newIdBytes()])).not.toThrow();
});

test('an array of text takes numbers as a column of text does, however many', () => {
  const numbers = Array.from({ length: 20_000 }, (_, i) => i);
  expect(bytesOf(['_text'], [numbers])).toEqual(bytesOf(['_text'], [numbers.map(String)]));
});

test('NUL is refused with a Problem, in short texts, long ones and JSON', () => {
  for (const text of ['\u0000', 'a\u0000b', `ệ\u0000`, `${'a'.repeat(100)}\u0000`]) {
    expect(() => bytesOf(['text'], [text])).toThrow(Problem);
    expect(() => bytesOf(['json'], [`"${text}"`])).toThrow(Problem);
    expect(() => bytesOf(['_text'], [[text]])).toThrow(Problem);
  }
});

test.each([
  ['uuid', ''],
  ['uuid', '123'],
  ['uuid', '018f3c5e-7b1a-7000-8000-00000000000g'],
  ['uuid', '018f3c5e-7b1a-7000-8000-0000000000ạ'],
  ['uuid', '018f3c5e-7b1a-7000-8000-00000000000İ'],
  ['uuid', '018f3c5e+7b1a-7000-8000-000000000000'],
  ['uuid', '018f3c5e-7b1a-7000-8000-0000000000001'],
  ['uuid', new Uint8Array(15)],
  ['int2', 'bốn'],
  ['int2', ''],
  ['int2', ' '],
  ['int2', '0x10'],
  ['int2', []],
  ['int2', true],
  ['int2', 1.5],
  ['int2', 40_000],
  ['int4', NaN],
  ['int4', 2 ** 31],
  ['int8', Infinity],
  ['bool', 'có'],
  ['bool', 1],
  ['date', '2025-02-30'],
  ['date', '30/02/2025'],
  ['date', '2025-13-01'],
  ['timestamptz', 'hôm nay'],
  ['timestamptz', 'nhà 1'],
  ['timestamptz', 5],
  ['timestamptz', '2025-01-01'],
  ['timestamptz', '2025-01-01T00:00:00'],
  ['timestamptz', '2025-02-30T00:00:00Z'],
  ['timestamptz', '2025-01-01T00:00:00.123456Z'],
  ['bytea', '123'],
  ['bytea', [300]],
  ['timestamptz', new Date(NaN)],
  ['numeric', '1,5'],
  ['numeric', '1e21'],
  ['numeric', NaN],
  ['text', { a: 1 }],
  ['text', true],
])('a value that is no %s is told and not guessed: %s', (type, value) => {
  expect(() => bytesOf([type], [value])).toThrow(/^(expected|The value of)/);
});

test('a row of another length and a type without a format are mistakes', () => {
  expect(() => bytesOf(['text', 'text'], ['a'])).toThrow('a row of 1 values for 2 columns');
  expect(() => new CopyBuffer(['money'])).toThrow('no binary format for columns of type money');
});
