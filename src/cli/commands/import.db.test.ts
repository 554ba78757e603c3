import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { beforeAll, afterAll, expect, test } from 'vitest';
import { testStore } from '../../../test/support/database.js';
import type { TestStore } from '../../../test/support/database.js';
import { makeReal } from '../../../test/support/real-instance.js';
import { runWords } from '../../../test/support/run-cli.js';
import { writeExport, writeTemporary } from '../../../test/support/workbook.js';

let store: TestStore;
beforeAll(async () => {
  store = await testStore();
  await makeReal(store);
});
afterAll(() => store.close());

const run = (...words: string[]) => runWords(store.env, words);

const file = () => writeExport(['Xã Quốc Khánh', [{}, {}]], ['Trang 2', [{ b1: null }]]);

test('review answers with one JSON value; an unresolved sheet ends with 1, named by hand with 0', async () => {
  const path = await file();
  const first = await run('import', 'review', path, '--round', '2025', '--json');
  expect(first.code).toBe(1);
  expect(first.json()).toMatchObject({
    ...{ rowsRead: 3, exactDuplicates: 1, distinctHouseholds: 2, needsReview: 0 },
    byStatus: { poor: 1, near_poor: 0, not_poor: 0, not_computable: 1 },
    changes: { created: 1 },
    unresolvedSheets: [{ sheet: 'Trang 2' }],
  });
  expect(first.err).toContain('Đọc trang "Xã Quốc Khánh"');
  const second = await run('import', 'review', path, '--round', '2025', '--sheet', 'Trang 2=06625');
  expect(second.code).toBe(0);
  expect(second.out).toContain('3 dòng = 0 tiêu đề lặp + 1 trùng + 2 hộ');
  expect(second.out).toContain('1 hộ thêm vào đợt, 0 hộ sửa, 1 hộ giữ nguyên');
  expect(second.out).toContain('1 hộ chưa đủ dữ liệu để phân loại');
});

test('a dry run is a preview; list and undo', async () => {
  const preview = await run('import', 'review', await file(), '--round', '2026', '--dry-run');
  expect(preview.out).toContain('Xem trước, chưa ghi gì');
  expect(preview.out).toContain('--sheet "TÊN_TRANG=MÃ_XÃ"');
  const list = (await run('import', 'list', '--json')).json() as {
    importId: string;
    state: string;
  }[];
  const newest = list.find((one) => one.state === 'committed')!;
  expect((await run('import', 'list')).out).toContain('02/12/2025');
  const undone = await run('import', 'undo', newest.importId, '--reason', 'nhầm tệp', '--json');
  expect([undone.code, (undone.json() as { state: string }).state]).toEqual([0, 'voided']);
});

test('who stops an import leaves neither a row nor the file behind', async () => {
  const rows = Array.from({ length: 20_000 }, (_, i) => `17/10/2025,Lý ${i},${i},4,120,40`);
  const titles = 'date,family.hostName,family.code,family.numberOfMembers,b1Point,b2Point';
  const path = writeTemporary('dừng.csv', [titles, ...rows].join('\n'));
  const stored = () =>
    readdirSync(join(store.dataDir, 'files'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => name);
  const before = stored();
  const words = ['import', 'review', path, '--round', '2025', '--area', '06004'];
  const stopped = await runWords(store.env, words, new PassThrough(), '4.000 dòng');
  expect(stopped.code).not.toBe(0);
  expect(stored()).toEqual(before);
  const { rows: left } = await store.behind((client) =>
    client.query('select from imports where file_name = $1', ['dừng.csv']),
  );
  expect(left).toEqual([]);
});

test.each([
  [['review'], 2],
  [['review', 'x.xlsx'], 2],
  [['review', 'x.xlsx', '--round', 'năm nay'], 2],
  [['review', 'x.xlsx', 'y.xlsx', '--round', '2025'], 2],
  [['review', '/không/có.xlsx', '--round', '2025'], 1],
  [['review', 'x.xlsx', '--round', '2025', '--sheet', 'không có dấu bằng'], 2],
  [['undo', 'không phải mã'], 2],
  [['undo', '0190f1a2-0000-7000-8000-000000000000', '--reason', 'x'], 1],
])('import %j ends with %d and a sentence', async (words, code) => {
  const done = await run('import', ...words);
  expect(done.code).toBe(code);
  expect(done.out).toBe('');
  expect(done.err).toMatch(/\p{Lu}.*\./u);
});
