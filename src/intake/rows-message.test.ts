import fc from 'fast-check';
import { expect, test } from 'vitest';
import { messageOf, rowsOf } from './rows-message.js';
import { gapBefore, rawByTitle } from './raw-cells.js';
import type { RowKind } from './staged.js';

const cell = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }).filter((n) => !Object.is(n, -0)),
  fc.constant(null),
);
const row = fc.record({
  number: fc.integer({ min: 1, max: 2_000_000 }),
  kind: fc.constantFrom<RowKind>('record', 'not_a_record', 'exact_duplicate', 'repeated_header'),
  values: fc.array(cell, { maxLength: 12 }),
  unreadable: fc.integer({ min: 0, max: 4_095 }),
  raw: fc.array(cell, { maxLength: 12 }).map((cells) => JSON.stringify(cells)),
});

test('rows come out of a message as they went in', () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 30 }), (rows) => {
      const out = rowsOf(messageOf(rows));
      expect(
        out.map(({ raw, ...rest }) => ({ ...rest, raw: Buffer.from(raw).toString() })),
      ).toEqual(rows.map((one) => ({ ...one })));
    }),
  );
});

test('a message owns its memory: giving it away takes nothing else along', () => {
  const raw = '["Hộ nghèo",1.5]';
  const { raws } = messageOf([{ number: 1, kind: 'record', values: [], unreadable: 0, raw }]);
  expect(raws.buffer.byteLength).toBe(raws.length);
});

const byTitle = (titles: string[], raw: string) => rawByTitle(titles, Buffer.from(raw));

test('a raw row by its titles keeps the order of the file and leaves out what is not there', () => {
  const raw = JSON.stringify(['một', null, 3.5, 'ngoài "bảng"']);
  const json = byTitle(['2025', 'B', 'Điểm'], raw);
  expect(json).toBe('{"2025":"một","Điểm":3.5,"D":"ngoài \\"bảng\\""}');
  expect(byTitle(['a'], '[]')).toBe('{}');
});

test('a cell far to the right is written with its column, not with all that is not there', () => {
  expect(gapBefore(3, 3)).toBe(',');
  expect(gapBefore(5, 3)).toBe(',null,null,');
  expect(gapBefore(988, 3)).toBe(',{"at":988},');
  const raw = `["a"${gapBefore(988, 1)}"lạc"${gapBefore(991, 989)}true]`;
  expect(byTitle(['Tên'], raw)).toBe('{"Tên":"a","ALA":"lạc","ALD":true}');
});
