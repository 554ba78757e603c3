import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TestStore } from '../../test/support/database.js';
import { testStore } from '../../test/support/database.js';
import { columnTypes, copyInto } from './bulk-insert.js';
import { SYSTEM_ACTOR } from './system-actor.js';
import { withActor } from './with-actor.js';

let store: TestStore;
beforeAll(async () => {
  store = await testStore();
});
afterAll(() => store.close());

const TYPES = {
  small: 'smallint',
  whole: 'integer',
  big: 'bigint',
  yes: 'boolean',
  name: 'text',
  id: 'uuid',
  day: 'date',
  moment: 'timestamptz',
  amount: 'numeric',
  points: 'numeric(6, 1)',
  sex: 'sex',
  notes: 'text[]',
  raw: 'json',
  reading: 'jsonb',
  hash: 'bytea',
} as const;
const NAMES = Object.keys(TYPES) as (keyof typeof TYPES)[];

/** Sends a row through COPY and reads it back, each value as the server writes it. */
async function through(rows: readonly Record<string, unknown>[]): Promise<unknown[]> {
  return withActor(store, SYSTEM_ACTOR([]), async (tx) => {
    const columns = NAMES.map((name) => `${name} ${TYPES[name]}`).join(', ');
    await tx.query(`create temporary table sent (number integer, ${columns}) on commit drop`);
    const sent = rows.map((row, i) => [i, ...NAMES.map((name) => row[name])]);
    await copyInto(tx, 'sent', ['number', ...NAMES], sent);
    const asText = NAMES.filter((name) => name !== 'notes').map((name) => `${name}::text`);
    const { rows: read } = await tx.query(
      `select ${asText.join(', ')}, notes from sent order by number`,
    );
    return read;
  });
}

const text = fc.string({
  unit: fc.constantFrom(
    'a',
    'Z',
    '0',
    ' ',
    '\\',
    '\t',
    '\n',
    '\r',
    '"',
    '{',
    '}',
    ',',
    'ệ',
    'Ậ',
    'e\u0302',
    '😀',
    '\\N',
    '\\.',
  ),
});
const orNull = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: null });
const digits = (most: number) =>
  fc.string({ unit: fc.constantFrom('0', '1', '5', '9'), minLength: 1, maxLength: most });
const decimal = fc
  .tuple(fc.boolean(), digits(20), fc.option(digits(15), { nil: '' }))
  .map(([minus, whole, part]) => `${minus ? '-' : ''}${whole}${part === '' ? '' : `.${part}`}`);
const millis = fc.integer({ min: Date.UTC(1900, 0, 1), max: Date.UTC(2200, 0, 1) });

const ROW = fc.record({
  small: orNull(fc.integer({ min: -32_768, max: 32_767 })),
  whole: orNull(fc.integer()),
  big: orNull(fc.maxSafeInteger()),
  yes: orNull(fc.boolean()),
  name: orNull(text),
  id: orNull(fc.uuid()),
  day: orNull(millis.map((at) => new Date(at).toISOString().slice(0, 10))),
  moment: orNull(millis.map((at) => new Date(at))),
  amount: orNull(decimal),
  points: orNull(fc.integer({ min: -99_999, max: 99_999 }).map((tenths) => tenths / 10)),
  sex: orNull(fc.constantFrom('male', 'female')),
  notes: orNull(fc.array(orNull(text))),
  raw: orNull(text.map((value) => JSON.stringify({ value }))),
  reading: orNull(fc.record({ value: text })),
  hash: orNull(fc.uint8Array()),
});

describe('what is copied in', () => {
  test('arrives as the same values sent as parameters do', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(ROW, { minLength: 1, maxLength: 30 }), async (rows) => {
        const read = await through(rows);
        const asParameters = await withActor(store, SYSTEM_ACTOR([]), async (tx) => {
          const all: unknown[] = [];
          for (const row of rows) {
            const values = NAMES.map((name) => {
              const value = row[name];
              if (value instanceof Uint8Array) return Buffer.from(value);
              return name === 'reading' && value !== null ? JSON.stringify(value) : value;
            });
            const selected = NAMES.map((name, i) => {
              const cast = `$${i + 1}::${TYPES[name]}`;
              return name === 'notes' ? `${cast} as notes` : `(${cast})::text as ${name}`;
            });
            const { rows: one } = await tx.query(`select ${selected.join(', ')}`, values);
            all.push(one[0]);
          }
          return all;
        });
        expect(read).toEqual(asParameters);
      }),
      { numRuns: 40 },
    );
  });

  test('numbers that do not fit are refused by the server, not cut', async () => {
    await expect(through([{ points: 123_456.7 }])).rejects.toMatchObject({
      code: 'number-out-of-range',
    });
  });

  test('a column that a table does not have is a mistake', async () => {
    const types = withActor(store, SYSTEM_ACTOR([]), (tx) =>
      columnTypes(tx, 'persons', ['nobody']),
    );
    await expect(types).rejects.toThrow('table persons has no column nobody');
  });
});
