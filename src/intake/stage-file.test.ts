import type { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { lyingZip, rawZip } from '../../test/support/forged-zip.js';
import {
  EXPORT_TITLES,
  exportRow,
  workbookParts,
  writeTemporary,
  writeWorkbook,
  writeZip,
} from '../../test/support/workbook.js';
import type { TestSheet } from '../../test/support/workbook.js';
import type { Problem } from '../kernel/index.js';
import type { ReadLimits } from './limits.js';
import { DEFAULT_LIMITS } from './limits.js';
import type { SheetMapping } from './mapping.js';
import { lookInWorker, stageFile } from './stage-file.js';
import type { SheetAccount, StagedRow } from './staged.js';

const mapping: SheetMapping = {
  id: 'export',
  minimumColumns: 5,
  columns: EXPORT_TITLES.map((title) => ({
    field: title,
    type: title === 'date' ? 'date' : /Point|Members/.test(title) ? 'number' : 'text',
    titles: [title],
    required: title === 'family.hostName',
  })),
  runningNumberTitles: ['STT'],
  notRecordWords: [],
};
const [DATE, NAME, CODE, B1] = [0, 1, 2, 7];

interface Read {
  sheets: { name: string; titles: string[]; rows: StagedRow[]; account: SheetAccount }[];
  skipped: { sheet: string; reason: string }[];
}

async function read(path: string, limits: Partial<ReadLimits> = {}, name?: string): Promise<Read> {
  const found: Read = { sheets: [], skipped: [] };
  let rows: StagedRow[] = [];
  let titles: string[] = [];
  const fileName = name ?? path.split('/').at(-1)!;
  for await (const event of stageFile(path, { fileName, mapping, limits })) {
    if (event.kind === 'sheet') titles = event.titles;
    if (event.kind === 'rows') rows.push(...event.rows);
    if (event.kind === 'skipped') found.skipped.push({ sheet: event.sheet, reason: event.reason });
    if (event.kind === 'end') {
      found.sheets.push({ name: event.sheet, titles, rows, account: event.account });
      rows = [];
    }
  }
  return found;
}

const rawOf = ({ raw }: StagedRow) => JSON.parse(Buffer.from(raw).toString()) as unknown[];
const sheet = (rows: TestSheet['rows'], more: Partial<TestSheet> = {}): TestSheet => ({
  name: 'Xã Mẫu',
  rows: { 1: EXPORT_TITLES, ...rows },
  ...more,
});
const valuesOf = async (row: readonly unknown[], parts: Record<string, string> = {}) => {
  const whole = workbookParts([sheet({ 2: row as never })]);
  const { sheets } = await read(await writeZip({ ...whole, ...parts }));
  return sheets[0]!.rows[0]!.values;
};

describe('a workbook', () => {
  test('sheets come in the order of their tabs, empty and foreign ones are told of', async () => {
    const path = await writeWorkbook([
      sheet({ 2: exportRow() }, { name: 'Thứ nhất' }),
      { name: 'Hướng dẫn', rows: { 1: ['Cách nhập'] } },
      { name: 'Trang3', rows: {} },
      sheet({ 2: exportRow({ name: 'Người Khác' }) }, { name: 'Thứ hai' }),
    ]);
    const found = await read(path);
    expect(found.sheets.map((one) => [one.name, one.rows[0]!.values[NAME]])).toEqual([
      ['Thứ nhất', 'Hoàng Văn Mẫu'],
      ['Thứ hai', 'Người Khác'],
    ]);
    expect(found.skipped).toEqual([
      { sheet: 'Hướng dẫn', reason: 'no-table' },
      { sheet: 'Trang3', reason: 'empty' },
    ]);
  });

  test('shared strings are joined over rich text, readings left out', async () => {
    const shared =
      '<sst><si><r><rPr><b/></rPr><t>Triệu </t></r><r><t xml:space="preserve">Hoà</t></r>' +
      '<rPh sb="0" eb="1"><t>đọc</t></rPh></si><si><t>dòng_x000A_hai</t></si></sst>';
    const name = { xml: '<c r="B2" t="s"><v>0</v></c>' };
    const reviewer = { xml: '<c r="K2" t="s"><v>1</v></c>' };
    const parts = workbookParts([sheet({ 2: exportRow({ name, reviewer }) })]);
    const relations = 'xl/_rels/workbook.xml.rels';
    const path = await writeZip({
      ...parts,
      [relations]: parts[relations]!.replace(
        '</Relationships>',
        '<Relationship Id="q" Type="x/sharedStrings" Target="/xl/strings.xml"/></Relationships>',
      ),
      'xl/strings.xml': shared,
    });
    const { values } = (await read(path)).sheets[0]!.rows[0]!;
    expect([values[NAME], values[10]]).toEqual(['Triệu Hoà', 'dòng hai']);
  });

  test('a title with NUL is kept as a cell with NUL is: the database stores none', async () => {
    const path = await writeWorkbook([
      sheet({ 1: [...EXPORT_TITLES, 'ghi_x0000_chú'], 2: [...exportRow(), 'a_x0000_b'] }),
    ]);
    const { titles, rows, account } = (await read(path)).sheets[0]!;
    expect(titles.at(-1)).toBe('ghi\ufffdchú');
    expect(rawOf(rows[0]!).at(-1)).toBe('a\ufffdb');
    expect(JSON.stringify(account)).not.toContain('\\u0000');
  });

  test('every kind of cell says what it says', async () => {
    const styles =
      '<styleSheet><numFmts><numFmt numFmtId="170" formatCode="dd/mm/yyyy"/></numFmts>' +
      '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>' +
      '<cellXfs><xf numFmtId="0"/><xf numFmtId="170"/></cellXfs></styleSheet>';
    const values = await valuesOf(
      exportRow({
        date: { serial: 45_947 },
        name: { xml: '<c r="B2" t="str"><f>A&amp;B</f><v>Từ công thức</v></c>' },
        local: { xml: '<c r="D2" t="b"><v>1</v></c>' },
        b1: { xml: '<c r="H2" t="e"><v>#N/A</v></c>' },
        b2: { xml: '<c r="I2"><v>2.9999999999999996E1</v></c>' },
      }),
      { 'xl/styles.xml': styles },
    );
    expect(values.slice(0, 4)).toEqual(['2025-10-17', 'Từ công thức', '1', 'true']);
    expect(values.slice(7, 9)).toEqual([null, 30]);
  });

  test('the date system of 1904 is heeded', async () => {
    const parts = workbookParts([sheet({ 2: exportRow({ date: { serial: 45_947 - 1462 } }) })]);
    const workbook = parts['xl/workbook.xml']!.replace(
      '<sheets>',
      '<workbookPr date1904="1"/><sheets>',
    );
    const path = await writeZip({ ...parts, 'xl/workbook.xml': workbook });
    expect((await read(path)).sheets[0]!.rows[0]!.values[DATE]).toBe('2025-10-17');
  });

  test('cells and rows without a reference stand after the one before', async () => {
    const xml =
      '<worksheet><sheetData><row>' +
      EXPORT_TITLES.map((title) => `<c t="inlineStr"><is><t>${title}</t></is></c>`).join('') +
      '</row><row><c><v>45947</v></c><c t="inlineStr"><is><t>Lý Mẫu</t></is></c><c><v>5</v></c>' +
      '<c r="H2"><v>120</v></c><c><v>40</v></c></row></sheetData></worksheet>';
    const path = await writeZip({ ...workbookParts([sheet({})]), 'xl/worksheets/sheet1.xml': xml });
    const { values } = (await read(path)).sheets[0]!.rows[0]!;
    expect([values[DATE], values[NAME], values[CODE], values[B1], values[8]]).toEqual([
      ...['2025-10-17', 'Lý Mẫu', '5', 120, 40],
    ]);
  });

  test('a cell merged downwards holds its value for each row, a wide one for the first cell', async () => {
    const rows = {
      2: exportRow({ code: 7 }),
      3: exportRow({ name: 'Hai', code: null }),
      4: exportRow({ name: 'Ba', code: null }),
      5: exportRow({ name: 'Bốn', code: null }),
    };
    const merges = ['A1:XFD1048576', 'C2:C4', 'A9:K9'];
    const { sheets } = await read(await writeWorkbook([sheet(rows, { merges })]));
    expect(sheets[0]!.rows.map((row) => row.values[CODE])).toEqual(['7', '7', '7', null]);
  });

  test('two cells at the far ends of a sheet cost nothing and are refused by their column', async () => {
    const far = { xml: '<c r="XFD9"><v>1</v></c>' };
    const path = await writeWorkbook([sheet({ 2: exportRow(), 9: [far] })]);
    await expect(read(path)).rejects.toMatchObject({ code: 'too-many-columns' });
    const low = await writeWorkbook([sheet({ 2: exportRow(), 1_048_576: exportRow() })]);
    expect((await read(low)).sheets[0]!.account.blankRows).toBe(1_048_573);
  });
});

describe('files that are refused, each with its sentence', () => {
  const whole = () => workbookParts([sheet({ 2: exportRow() })]);
  const sentence = async (path: string, limits: Partial<ReadLimits> = {}, name?: string) => {
    const problem = await read(path, limits, name).then(
      () => null,
      (error: unknown) => error as Problem,
    );
    // What a library says in English is not passed on to an officer.
    expect(problem?.why ?? 'đủ').toMatch(/[à-ỹđ]/iu);
    expect(problem?.what).toMatch(/^\p{Lu}.*\.$/u);
    expect(problem?.todo).toBeTruthy();
    return problem?.code;
  };

  test.each([
    ['rỗng.xlsx', Buffer.alloc(0), 'file-empty'],
    [
      'cũ.xls',
      Buffer.from([0xd0, 0xcf, 0x11, 0xe0, ...Array<number>(600).fill(0)]),
      'file-old-excel',
    ],
    [
      'khóa.xlsx',
      Buffer.concat([
        Buffer.from([0xd0, 0xcf, 0x11, 0xe0]),
        Buffer.alloc(100_000),
        Buffer.from('EncryptedPackage', 'utf16le'),
      ]),
      'file-encrypted',
    ],
    ['web.xls', '<html><table><tr><td>1</td></tr></table></html>', 'file-is-html'],
    ['web.xlsx', '\ufeff\n<!DOCTYPE html><p>', 'file-is-html'],
    ['xml.xls', '<?xml version="1.0"?><Workbook/>', 'file-is-html'],
    ['báo cáo.xlsx', '%PDF-1.7 ...', 'file-not-a-table'],
    ['ảnh.csv', Buffer.from([0x89, 0x50, 0x4e, 0x47, 1, 2]), 'file-not-a-table'],
    ['nhị phân.csv', Buffer.from([65, 66, 0, 1, 2, 3, 0]), 'file-not-a-table'],
    ['chữ.xlsx', 'a,b,c\n1,2,3\n', 'file-wrong-extension'],
    ['tcvn3.csv', Buffer.from([0x48, 0xe9, 0x2c, 0x62, 0x0a]), 'text-encoding'],
    ['không có bảng.csv', 'a,b\n1,2\n', 'no-table'],
    ['hỏng.xlsx', Buffer.from('PK\u0003\u0004 không phải zip'), 'file-broken'],
  ])('%s', async (name, content, code) => {
    expect(await sentence(writeTemporary(name, content))).toBe(code);
  });

  test('a workbook under the name of a CSV file', async () => {
    expect(await sentence(await writeZip(whole(), 'thật.csv'))).toBe('file-wrong-extension');
  });

  test('a file that is not there', async () => {
    expect(await sentence('/không/có/tệp.xlsx')).toBe('file-missing');
  });

  test('a zip that is no workbook, and a Word document', async () => {
    expect(await sentence(await writeZip({ 'a.txt': 'x' }))).toBe('file-not-a-table');
    const word = { '[Content_Types].xml': '<Types/>', 'word/document.xml': '<d/>' };
    expect(await sentence(await writeZip(word))).toBe('file-not-a-table');
  });

  test.each([
    ['macros', 'xl/vbaProject.bin', 'file-has-macros'],
    ['old macros', 'xl/macrosheets/sheet1.xml', 'file-has-macros'],
    ['external links', 'xl/externalLinks/externalLink1.xml', 'file-has-external-links'],
    ['data connections', 'xl/connections.xml', 'file-has-external-links'],
  ])('%s', async (_what, part, code) => {
    expect(await sentence(await writeZip({ ...whole(), [part]: '<x/>' }))).toBe(code);
  });

  test('nested entities', async () => {
    const bomb =
      '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>' +
      '<worksheet><sheetData><row r="1"><c r="A1" t="str"><v>&b;</v></c></row></sheetData></worksheet>';
    const path = await writeZip({ ...whole(), 'xl/worksheets/sheet1.xml': bomb });
    expect(await sentence(path)).toBe('file-has-doctype');
  });

  test('a zip bomb, refused by its directory before anything is inflated', async () => {
    const bomb = Buffer.alloc(50 * 1024 * 1024, 0x20);
    const path = await writeZip({ ...whole(), 'xl/worksheets/sheet1.xml': bomb });
    expect(await sentence(path)).toBe('file-bomb');
  });

  test('too many entries', async () => {
    const many = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`x/${i}`, 'x']));
    expect(await sentence(await writeZip({ ...whole(), ...many }), { zipEntries: 50 })).toBe(
      'file-bomb',
    );
  });

  test('a directory that claims less than the entry holds', async () => {
    const parts = whole();
    const path = writeTemporary('dối.xlsx', lyingZip(parts, 'xl/worksheets/sheet1.xml'));
    expect(await sentence(path)).toBe('file-broken');
  });

  test('two entries of one name', async () => {
    const parts = Object.entries(whole());
    const path = writeTemporary('đôi.xlsx', rawZip([...parts, parts[0]!]));
    expect(await sentence(path)).toBe('file-broken');
  });

  test('cut off in the middle, and broken XML', async () => {
    const parts = whole();
    const whole1 = rawZip(Object.entries(parts));
    expect(await sentence(writeTemporary('cụt.xlsx', whole1.subarray(0, whole1.length / 2)))).toBe(
      'file-broken',
    );
    const broken = await writeZip({
      ...parts,
      'xl/worksheets/sheet1.xml': '<worksheet><sheetData>',
    });
    expect(await sentence(broken)).toBe('file-broken');
  });

  test('rows that run backwards or out of the sheet', async () => {
    const rows = (number: string) =>
      writeZip({
        ...whole(),
        'xl/worksheets/sheet1.xml': `<worksheet><sheetData><row r="5"/><row r="${number}"/></sheetData></worksheet>`,
      });
    expect(await sentence(await rows('4'))).toBe('file-broken');
    expect(await sentence(await rows('99999999999'))).toBe('too-many-rows');
  });

  test('more cells than allowed, more sheets than allowed', async () => {
    expect(await sentence(await writeZip(whole()), { cells: 15 })).toBe('too-many-cells');
    const two = await writeWorkbook([sheet({}), sheet({}, { name: 'B' })]);
    expect(await sentence(two, { sheets: 1 })).toBe('too-many-sheets');
  });

  test('a name of a sheet that is longer than any name', async () => {
    const path = await writeWorkbook([sheet({}, { name: 'X'.repeat(100_000) })]);
    expect(await sentence(path)).toBe('sheet-name-too-long');
  });

  test('two sheets of one name', async () => {
    const path = await writeWorkbook([sheet({ 2: exportRow() }), sheet({ 2: exportRow() })]);
    expect(await sentence(path)).toBe('sheet-name-twice');
  });

  test('a file larger than allowed', async () => {
    expect(await sentence(writeTemporary('to.csv', 'x'.repeat(100)), { fileBytes: 50 })).toBe(
      'file-too-large',
    );
  });

  /** Rows of cells that all name the one shared string of the workbook. */
  const repeated = (text: string, columns: number, rows: number) => {
    const parts = whole();
    const cells = '<c t="s"><v>0</v></c>'.repeat(columns);
    const more = Array.from({ length: rows }, (_, i) => `<row r="${i + 3}">${cells}</row>`);
    const first = 'xl/worksheets/sheet1.xml';
    const relations = 'xl/_rels/workbook.xml.rels';
    return writeZip({
      ...parts,
      [first]: parts[first]!.replace('</sheetData>', `${more.join('')}</sheetData>`),
      [relations]: parts[relations]!.replace(
        '</Relationships>',
        '<Relationship Id="q" Type="x/sharedStrings" Target="/xl/strings.xml"/></Relationships>',
      ),
      'xl/strings.xml': `<sst><si><t>${text}</t></si></sst>`,
    });
  };

  test('a few letters that stand for a row, or for a file, of any length', async () => {
    expect(await sentence(await repeated('ậ'.repeat(90_000), 900, 20))).toBe('row-too-long');
    expect(await sentence(await repeated('ậ'.repeat(30_000), 20, 200))).toBe('file-bomb');
  });

  test('a word that stands in many cells is no bomb', async () => {
    const { sheets } = await read(await repeated('12', 11, 20_000));
    expect(sheets[0]!.account.exactDuplicates).toBe(19_999);
  });

  test('a reader that needs too much memory ends alone', async () => {
    const rows = Object.fromEntries(
      Array.from({ length: 40_000 }, (_, i) => [i + 2, exportRow({ name: `Tên ${i}` })]),
    );
    const path = await writeWorkbook([sheet(rows)]);
    const limits = { heapMb: 6 };
    expect(await sentence(path, limits)).toBe('file-needs-too-much-memory');
  });

  test('a reader that takes too long is stopped', async () => {
    const lines = Array.from({ length: 200_000 }, (_, i) => `17/10/2025,A ${i},${i}`);
    const path = writeTemporary('lâu.csv', [EXPORT_TITLES.join(','), ...lines].join('\n'));
    expect(await sentence(path, { timeMs: 50 })).toBe('file-takes-too-long');
  });
});

test('long rows come in messages of few', async () => {
  const long = 'ậ'.repeat(90_000);
  const lines = Array.from({ length: 60 }, (_, i) => `17/10/2025,A ${i},${i},${long},${long}`);
  const path = writeTemporary('dài.csv', [EXPORT_TITLES.join(','), ...lines].join('\n'));
  const sizes: number[] = [];
  for await (const event of stageFile(path, { fileName: 'dài.csv', mapping })) {
    if (event.kind === 'rows') sizes.push(event.rows.length);
  }
  expect(sizes.reduce((sum, n) => sum + n, 0)).toBe(60);
  expect(Math.max(...sizes)).toBeLessThan(10);
});

test('leaving the loop early ends the worker', async () => {
  const path = await writeWorkbook([sheet({ 2: exportRow() })]);
  for await (const event of stageFile(path, { fileName: 'a.xlsx', mapping })) {
    expect(event.kind).toBe('sheet');
    break;
  }
});

describe('the worker that looked through a file', () => {
  const lines = Array.from({ length: 200 }, (_, i) => `17/10/2025,A ${i},${i}`);
  const csv = (more: string[] = []) =>
    writeTemporary('kế tiếp.csv', [EXPORT_TITLES.join(','), ...lines, ...more].join('\n'));
  const look = (source: string, limits = DEFAULT_LIMITS) =>
    lookInWorker({ source, fileName: 'kế tiếp.csv', limits }, undefined);
  const reads = async (source: string, limits: Partial<ReadLimits> = {}) => {
    const { sheets } = await read(source, limits);
    expect(sheets[0]!.rows.map((row) => row.values[NAME])).toEqual(lines.map((_, i) => `A ${i}`));
  };
  const started: Worker[] = [];
  const onWorker = (worker: Worker) => started.push(worker);
  beforeEach(async () => {
    // Whatever waits from the test before is used up.
    await reads(csv());
    started.length = 0;
    process.on('worker', onWorker);
  });
  afterEach(() => void process.off('worker', onWorker));

  test('reads the next one', async () => {
    const path = csv();
    expect(await look(path)).toBeNull();
    await reads(path);
    expect(started).toHaveLength(1);
    await reads(path);
    expect(started).toHaveLength(2);
  });

  test('is not kept with other bounds, after an error or after a marking', async () => {
    const path = csv();
    await look(path);
    await reads(path, { heapMb: 300 });
    expect(started).toHaveLength(2);
    await reads(path);
    expect(started).toHaveLength(2);
    await expect(look('/không/có/tệp.csv')).rejects.toMatchObject({ code: 'file-missing' });
    await reads(path);
    expect(started).toHaveLength(4);
    expect(await look(csv(['TỐI MẬT']))).toMatchObject({ degree: 'TỐI MẬT' });
    await reads(path);
    expect(started).toHaveLength(6);
  });

  test('is not given out when it has died, and of many one waits', async () => {
    const path = csv();
    expect(await Promise.all([look(path), look(path), look(path)])).toEqual([null, null, null]);
    expect(started).toHaveLength(3);
    const alive = started.filter((worker) => worker.threadId !== -1);
    expect(alive).toHaveLength(1);
    await alive[0]!.terminate();
    await reads(path);
    expect(started).toHaveLength(4);
  });

  test('hears no more from those who are done with it', async () => {
    const path = csv();
    for (let i = 0; i < 5; i++) await look(path);
    expect(started).toHaveLength(1);
    const counts = () =>
      ['message', 'error', 'exit'].map((name) => started[0]!.listenerCount(name));
    expect(counts()).toEqual([0, 1, 0]);
  });
});

test('who stops the reading gets nothing more of what was read ahead', async () => {
  const rows = Array.from({ length: 3_000 }, (_, i) => `17/10/2025,A ${i},${i}`);
  const path = writeTemporary('dừng.csv', [EXPORT_TITLES.join(','), ...rows].join('\n'));
  const stop = new AbortController();
  const seen: string[] = [];
  const reading = (async () => {
    const options = { fileName: 'dừng.csv', mapping, signal: stop.signal };
    for await (const event of stageFile(path, options)) {
      seen.push(event.kind);
      // As long as a caller writes, so that the next events lie ready.
      await new Promise((resolve) => setTimeout(resolve, 200));
      stop.abort();
    }
  })();
  await expect(reading).rejects.toThrow('reading was stopped');
  expect(seen).toEqual(['sheet']);
});
