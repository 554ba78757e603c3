import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEFAULT_LIMITS } from '../limits.js';
import { decodeText } from './decode.js';
import { findDelimiter } from './delimiter.js';
import { parseCsv } from './parse-csv.js';

async function* inPieces<T extends string | Buffer>(whole: T, size: number): AsyncGenerator<T> {
  for (let at = 0; at < whole.length; at += size) {
    yield (
      typeof whole === 'string' ? whole.slice(at, at + size) : whole.subarray(at, at + size)
    ) as T;
  }
}

async function parse(text: string, size = 1_000_000, limits = DEFAULT_LIMITS) {
  const rows: (readonly unknown[])[] = [];
  for await (const piece of parseCsv(inPieces(text, size), 's', limits)) {
    for (const row of piece) rows[row.number - 1] = row.cells;
  }
  return rows;
}

describe('rows and cells', () => {
  test.each([
    [
      'a,b\r\nc,d\r\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'a;b\nc;d',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'a\tb\rc\td',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      '"a,1",b\n"c ""x""",d\n',
      [
        ['a,1', 'b'],
        ['c "x"', 'd'],
      ],
    ],
    [
      '"một\ndòng",b\nc,d\n',
      [
        ['một\ndòng', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'a,,\n,,\n',
      [
        ['a', '', ''],
        ['', '', ''],
      ],
    ],
  ])('%j', async (text, rows) => {
    expect(await parse(text)).toEqual(rows);
  });

  test("Excel's own first line names the separator and counts as a row", async () => {
    expect(await parse('sep=;\na,1;b\n')).toEqual([undefined, ['a,1', 'b']]);
  });

  test('a quote in the middle of a plain cell is a letter', async () => {
    expect(await parse('a"b,c\nd,e\n')).toEqual([
      ['a"b', 'c'],
      ['d', 'e'],
    ]);
  });

  test('writing and reading gives the same rows, wherever the text is cut', async () => {
    const cell = fc.string({
      unit: fc.constantFrom('a', 'ế', ',', ';', '"', '\n', '\r', ' ', '😀'),
    });
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1 });
    const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
    await fc.assert(
      fc.asyncProperty(table, fc.integer({ min: 70_000, max: 140_000 }), async (rows, size) => {
        // A long first cell, so that cutting matters; quoted cells settle the separator.
        const all = [['x'.repeat(69_990), 'y'], ...rows];
        const text = all.map((row) => row.map(quoted).join(',')).join('\r\n');
        expect(await parse(text, size)).toEqual(all);
      }),
      { numRuns: 200 },
    );
  });
});

describe('limits', () => {
  test('a million columns are refused', async () => {
    await expect(parse(`${'a,'.repeat(1_000_000)}a\n`)).rejects.toMatchObject({
      code: 'too-many-columns',
    });
  });

  test('empty columns to the right cost nothing and are cut off', async () => {
    const [row] = await parse(`a,b${','.repeat(5_000)}\n`);
    expect(row?.length).toBe(DEFAULT_LIMITS.columns);
  });

  test('a quote that never closes is named with its row', async () => {
    const text = `a,b\n"c,${'d'.repeat(2_000_000)}`;
    await expect(parse(text, 100_000)).rejects.toMatchObject({ code: 'cell-too-long' });
  });
});

test.each([
  ['a,b;c\n1,2,3\n', ','],
  ['a;b;c\n1,5;2,5;3\n', ';'],
  ['a\tb\n', '\t'],
  ['"x,y,z";b\n"1,2";c\n', ';'],
  ['một cột', ','],
])('the separator of %j is %j', (text, delimiter) => {
  expect(findDelimiter(text)).toBe(delimiter);
});

describe('encodings', () => {
  const decode = async (bytes: Buffer, size = 3) => {
    let text = '';
    for await (const piece of decodeText(inPieces(bytes, size))) text += piece;
    return text;
  };
  const bom = (bytes: number[], text: Buffer) => Buffer.concat([Buffer.from(bytes), text]);

  test('UTF-8 with and without a mark, UTF-16 both ways, cut anywhere', async () => {
    const text = 'Hộ nghèo;Nữ;😀';
    const little = Buffer.from(text, 'utf16le');
    const big = Buffer.from(little).swap16();
    expect(await decode(Buffer.from(text))).toBe(text);
    expect(await decode(bom([0xef, 0xbb, 0xbf], Buffer.from(text)))).toBe(text);
    expect(await decode(bom([0xff, 0xfe], little))).toBe(text);
    expect(await decode(bom([0xfe, 0xff], big))).toBe(text);
  });

  test('an old code page is refused with a sentence', async () => {
    const tcvn3 = Buffer.from([0x48, 0xe9, 0x20, 0x6e, 0x67, 0x68, 0xcc, 0x6f]);
    await expect(decode(tcvn3)).rejects.toMatchObject({ code: 'text-encoding' });
  });
});
