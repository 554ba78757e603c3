import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packRows, unpackRows } from './pack-rows.js';
import { rawByTitle } from './raw-cells.js';
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

test('rows come out of a pack as they went in', () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 30 }), (rows) => {
      const out = unpackRows(packRows(rows));
      expect(
        out.map(({ raw, ...rest }) => ({ ...rest, raw: Buffer.from(raw).toString() })),
      ).toEqual(rows.map((one) => ({ ...one })));
    }),
  );
});

test('a pack owns its memory: giving it away takes nothing else along', () => {
  const raw = '["Hộ nghèo",1.5]';
  const { raws } = packRows([{ number: 1, kind: 'record', values: [], unreadable: 0, raw }]);
  expect(raws.buffer.byteLength).toBe(raws.length);
});

test('a raw row by its titles keeps the order of the file and leaves out what is not there', () => {
  const raw = Buffer.from(JSON.stringify(['một', null, 3.5, 'ngoài "bảng"']));
  const json = rawByTitle(['2025', 'B', 'Điểm'], raw);
  expect(json).toBe('{"2025":"một","Điểm":3.5,"D":"ngoài \\"bảng\\""}');
  expect(rawByTitle(['a'], Buffer.from('[]'))).toBe('{}');
});
