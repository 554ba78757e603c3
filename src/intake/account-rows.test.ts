import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SheetAccountant } from './account-rows.js';
import type { Cell } from './cell.js';
import { rawTitles } from './raw-cells.js';
import type { SheetMapping } from './mapping.js';

const mapping: SheetMapping = {
  id: 'test',
  minimumColumns: 3,
  columns: [
    {
      field: 'name',
      type: 'text',
      titles: ['family.hostName', 'Họ và tên chủ hộ'],
      required: true,
    },
    { field: 'code', type: 'text', titles: ['family.code', 'Mã hộ'] },
    {
      field: 'sex',
      type: 'choice',
      titles: ['Giới tính'],
      words: { male: ['Nam'], female: ['Nữ'] },
    },
    { field: 'b1', type: 'number', titles: ['b1Point', 'Điểm B1', 'B1'] },
    { field: 'date', type: 'date', titles: ['date', 'Ngày rà soát'] },
  ],
  runningNumberTitles: ['STT'],
  notRecordWords: ['thôn', 'bản', 'tổng cộng', 'người lập'],
};

const HEADER: Cell[] = ['Họ và tên chủ hộ', 'Mã hộ', 'Giới tính', 'Điểm B1', 'Ngày rà soát'];
const row = (name: string, b1: Cell = 100, code: Cell = 1): Cell[] => [
  ...[name, code, 'Nam', b1, '17/10/2025'],
];

/** Feeds rows by number; returns the account and what became of each row. */
function account(rows: Record<number, Cell[]>, form = mapping) {
  const accountant = new SheetAccountant('Trang', form);
  const staged = Object.entries(rows).flatMap(([number, cells]) =>
    accountant.push({ number: Number(number), cells }),
  );
  const kinds = Object.fromEntries(staged.map((one) => [one.number, one.kind]));
  return { account: accountant.end(), kinds, staged, header: accountant.header };
}

const count = (rows: Record<number, Cell[]>) => account(rows).account;

describe('columns that are not read', () => {
  const unread = (rows: Record<number, Cell[]>) => count(rows)?.unreadColumns;

  test('each with the distinct rows that have something in it', () => {
    expect(
      unread({
        1: [...HEADER, 'Thôn', 'Ghi chú', 'Trống'],
        2: [...row('A'), 'Nà Mẫu', ' ', null],
        3: [...row('B'), 'Nà Mẫu', 'mới tách', null],
        4: [...row('B'), 'Nà Mẫu', 'mới tách', null],
        5: [...HEADER, 'Thôn', 'Ghi chú', 'Trống'],
        6: [...row('C'), null, '', null],
      }),
    ).toEqual([
      { title: 'Thôn', rows: 2 },
      { title: 'Ghi chú', rows: 1 },
    ]);
  });

  test('a column without a title, a second column of a title, and none for a running number', () => {
    const found = unread({
      1: ['STT', ...HEADER, 'Mã hộ', null],
      2: [1, ...row('A'), 77, 'bên lề'],
    });
    expect(found).toEqual([
      { title: 'G', rows: 1 },
      { title: 'H', rows: 1 },
    ]);
  });

  test('what stands in a heading or a footer is no value of the table', () => {
    expect(
      unread({ 1: [...HEADER, 'Thôn'], 2: row('A'), 4: ['Người lập biểu', '', '', '', '', 'ký'] }),
    ).toEqual([]);
  });

  test('notes where a title should be are cut', () => {
    const [column] = unread({ 1: [...HEADER, 'x'.repeat(5_000)], 2: [...row('A'), 'y'] }) ?? [];
    expect(column?.title).toHaveLength(101);
  });
});

describe('what counts as what', () => {
  test('title, header, rows, a blank row that is left out, footer', () => {
    const found = account({
      1: ['DANH SÁCH HỘ'],
      3: HEADER,
      4: row('A'),
      6: row('B'),
      8: ['', 'NGƯỜI LẬP BIỂU', '', 'CHỦ TỊCH'],
    });
    expect(found.account).toEqual({
      ...{ titleRows: 1, headerRows: 1, rowsRead: 2, repeatedHeaders: 0, blankRows: 1 },
      ...{ footerRows: 1, exactDuplicates: 0, records: 2, unreadColumns: [] },
    });
  });

  test('a blank row that is written counts like one that is left out', () => {
    const written = count({ 1: HEADER, 2: row('A'), 3: ['', null, '  '], 4: row('B') });
    expect(written).toEqual(count({ 1: HEADER, 2: row('A'), 4: row('B') }));
    expect(written?.blankRows).toBe(1);
  });

  test('blank rows before the header and after the last record are not counted', () => {
    expect(count({ 5: HEADER, 6: row('A'), 7: [''], 9: ['Ghi chú'], 12: [null] })).toMatchObject({
      ...{ blankRows: 0, footerRows: 1, titleRows: 0 },
    });
  });

  test('a blank row between the header and the first record counts', () => {
    expect(count({ 1: HEADER, 3: row('A') })?.blankRows).toBe(1);
  });

  test('later headers are repeated headers, also when typed a little differently', () => {
    const again = ['HỌ VÀ TÊN CHỦ HỘ', 'mã hộ ', 'Giới tính', 'B1 (điểm)', 'Ngày rà soát'];
    const found = account({ 1: HEADER, 2: row('A'), 3: HEADER, 4: again, 5: row('B') });
    expect(found.account).toMatchObject({ headerRows: 1, repeatedHeaders: 2, rowsRead: 4 });
    expect(found.kinds).toEqual({
      2: 'record',
      3: 'repeated_header',
      4: 'repeated_header',
      5: 'record',
    });
  });

  test('stacked titles and the row of column numbers belong to the header', () => {
    const stacked = account({
      1: [HEADER[0]!, HEADER[1]!, HEADER[2]!, 'Kết quả', null],
      2: [null, null, null, 'Điểm B1', 'Ngày rà soát'],
      3: ['(1)', '(2)', '(3)', '(4)', '(5)'],
      4: row('A'),
      5: ['(1)', '(2)', '(3)', '(4)', '(5)'],
      6: row('B'),
    });
    expect(stacked.account).toMatchObject({ headerRows: 3, repeatedHeaders: 1, records: 2 });
  });

  test('a total with sums is no record, at the end and in between', () => {
    const end = count({ 1: HEADER, 2: row('A'), 3: ['Tổng cộng', 1, null, 100, null] });
    expect(end).toMatchObject({ records: 1, footerRows: 1 });
    const between = account({ 1: HEADER, 2: row('A'), 3: ['Thôn Mẫu 02'], 4: row('B') });
    expect(between.kinds[3]).toBe('not_a_record');
    expect(between.account).toMatchObject({ rowsRead: 3, records: 3, footerRows: 0 });
  });

  test('a person whose name sounds like a heading is a person', () => {
    const found = account({ 1: HEADER, 2: row('Bàn Văn Mẫu'), 3: ['Bàn Thị Mẫu', 7], 4: row('C') });
    expect(found.kinds).toEqual({ 2: 'record', 3: 'record', 4: 'record' });
  });

  test('no header, no account', () => {
    const accountant = new SheetAccountant('Trang', mapping);
    accountant.push({ number: 1, cells: ['Hướng dẫn nhập'] });
    expect(accountant.end()).toBeNull();
    expect(accountant.seen).toBe(1);
  });

  test('rows without a readable value are not kept without end', () => {
    const accountant = new SheetAccountant('Trang', mapping, 10);
    accountant.push({ number: 1, cells: HEADER });
    const push = () => {
      for (let i = 2; i < 20; i++) accountant.push({ number: i, cells: ['chữ'] });
    };
    expect(push).toThrow(/quá nhiều|không đọc được/);
  });
});

describe('exact duplicates', () => {
  test('equal after NFC, spaces, numbers and dates; not when case or any other column differs', () => {
    const found = account({
      1: [...HEADER, 'Ghi chú'],
      2: ['Triệu Hoà', 1, 'Nam', '85,0', '06/09/2025', 'x'],
      3: ['  Triệu  Hoà'.normalize('NFD'), '1', 'Nam', 85, '2025-09-06', 'x'],
      4: ['Triệu Hoà', 1, 'nam', 85, '06/09/2025', 'x'],
      5: ['Triệu Hoà', 1, 'Nam', 85, '06/09/2025', 'y'],
      6: ['TRIỆU HOÀ', 1, 'Nam', 85, '06/09/2025', 'x'],
    });
    expect(found.kinds).toEqual({
      ...{ 2: 'record', 3: 'exact_duplicate', 4: 'record', 5: 'record', 6: 'record' },
    });
  });

  test('a running number makes no two rows different', () => {
    const titles = ['STT', ...HEADER];
    const found = account({ 1: titles, 2: [1, ...row('A')], 3: [2, ...row('A')] });
    expect(found.account?.exactDuplicates).toBe(1);
  });

  test('a value that moved to the next column is another value', () => {
    const titles = [...HEADER, 'X', 'Y'];
    const found = account({ 1: titles, 2: [...row('A'), 'v', null], 3: [...row('A'), null, 'v'] });
    expect(found.account?.exactDuplicates).toBe(0);
  });
});

test('every row after the header is counted exactly once, whatever the sheet holds', () => {
  const cell = fc.oneof(
    fc.constantFrom<Cell>(null, '', 'Nam', 'A', 'Tổng cộng', 1, 100, '17/10/2025'),
  );
  const line = fc.oneof(
    fc.array(cell, { maxLength: 6 }),
    fc.constant(HEADER),
    fc.constantFrom('A', 'B').map((name) => row(name)),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 40 }), (lines) => {
      const rows = Object.fromEntries([HEADER, ...lines].map((cells, i) => [i + 1, cells]));
      const { account: found, staged } = account(rows);
      const filled = lines.filter((cells) => cells.some((c) => c !== null && c !== '')).length;
      expect(found!.rowsRead).toBe(
        found!.repeatedHeaders + found!.exactDuplicates + found!.records,
      );
      expect(found!.rowsRead + found!.footerRows + found!.headerRows - 1).toBe(filled);
      expect(staged.length).toBe(found!.rowsRead);
    }),
    { numRuns: 500 },
  );
});

test('a raw row is JSON of the cells as they were, by column', () => {
  const { staged } = account({
    1: HEADER,
    2: ['"Lan" \\ \u0000', 1, 'Nam', '1,5', '17/10/2025', true],
    3: ['Mai', 2, '', null, '17/10/2025', null, null, 'ở xa', null],
  });
  expect(staged.map(({ raw }) => JSON.parse(raw) as unknown)).toEqual([
    ['"Lan" \\ \ufffd', 1, 'Nam', '1,5', '17/10/2025', true],
    ['Mai', 2, null, null, '17/10/2025', null, null, 'ở xa'],
  ]);
});

test('a stray cell far to the right makes no row longer', () => {
  const far: (string | number | null)[] = [...Array<null>(990).fill(null)];
  const { staged } = account({ 1: HEADER, 2: ['Lan', 1, 'Nam', 1, '17/10/2025', ...far, 'x'] });
  expect(staged[0]!.raw.length).toBeLessThan(100);
  expect(staged[0]!.raw).toContain('{"at":995},"x"');
});

test('a title that is not read is cut between characters', () => {
  const title = `${'x'.repeat(99)}😀y`;
  const { account: found } = account({
    1: [...HEADER, title],
    2: ['Lan', 1, 'Nam', 1, '17/10/2025', 'đây'],
  });
  expect(found!.unreadColumns).toEqual([{ title: `${'x'.repeat(99)}…`, rows: 1 }]);
});

test('no two columns have one name', () => {
  const titles = (...row: (string | null)[]) =>
    rawTitles(account({ 1: [...HEADER, ...row] }).header!).slice(HEADER.length);
  expect(titles('B', 'G', 'B', null)).toEqual(['B', 'G', 'H', 'I']);
  expect(titles('H', 'G', null, 'cột H')).toEqual(['H', 'G', 'cột H', 'I']);
});
