import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import type { TestStore } from '../../test/support/database.js';
import { testStore } from '../../test/support/database.js';
import { makeReal, officer } from '../../test/support/real-instance.js';
import { EXPORT_TITLES, exportRow, writeWorkbook } from '../../test/support/workbook.js';
import { scopeOfUnit } from '../areas/index.js';
import { day, newId } from '../kernel/index.js';
import { PROJECT_ROOT, withActor } from '../store/index.js';
import { importReview } from './import-review.js';

let store: TestStore;
beforeEach(async () => {
  store = await testStore();
  await makeReal(store);
});

const SHEET = 'Xã Quốc Khánh';
const TITLES = [...EXPORT_TITLES, 'Ghi chú'];
type Row = (string | number | null)[];

const load = async (rows: Row[]) => {
  const numbered = Object.fromEntries(rows.map((row, i) => [i + 2, row]));
  const file = await writeWorkbook([{ name: SHEET, rows: { 1: TITLES, ...numbered } }]);
  const call = { actor: officer(), commandId: newId(), fileName: 'Rà soát.xlsx', round: 2025 };
  return importReview(store, { ...call, file, dryRun: false });
};

interface Accounted {
  import_id: string;
  row_number: number;
  outcome: string;
  reasons: string[];
  titles: string[] | null;
  raw: Row | Record<string, string | number>;
  head_name: string | null;
}
const accounted = async (importId: string) =>
  (
    await store.behind((client) =>
      client.query<Accounted>(
        `select a.*, r.head_name
         from accounted_rows a
         left join current_household_rounds r
           on r.book_id = a.book_id and r.household_id = a.household_id
         where a.import_id = $1 order by row_number`,
        [importId],
      ),
    )
  ).rows;

const household = (n: number, note: string | null = null, b2 = 40): Row => [
  ...(exportRow({ name: `Lý ${n}`, code: n, b2 }) as Row),
  note,
];

test('every row of a file stands there with its number, what became of it, and what it says', async () => {
  const rows = [household(1), household(2, 'mới "tách"'), household(2, 'mới "tách"'), TITLES];
  const { importId } = await load([...rows, household(3, null, 55), household(4)]);
  const found = await accounted(importId);
  expect(found.map(({ row_number: n, outcome, head_name: head }) => [n, outcome, head])).toEqual([
    [2, 'created', 'Lý 1'],
    [3, 'created', 'Lý 2'],
    [4, 'exact_duplicate', null],
    [5, 'repeated_header', null],
    [6, 'needs_review', null],
    [7, 'created', 'Lý 4'],
  ]);
  expect(found.map(({ reasons }) => reasons)).toEqual([[], [], [], [], ['b2-not-valid'], []]);
  expect(found[1]!.titles).toEqual(TITLES);
  expect(found[1]!.raw).toEqual(household(2, 'mới "tách"'));
  expect(found[3]!.raw).toEqual(TITLES);
  expect(found[4]!.raw).toMatchObject({ 'family.hostName': 'Lý 3', b2Point: 55 });

  const again = await load([household(1), household(2, 'mới "tách"', 50), household(5)]);
  const later = await accounted(again.importId);
  expect(later.map(({ outcome, head_name: head }) => [outcome, head])).toEqual([
    ['unchanged', 'Lý 1'],
    ['updated', 'Lý 2'],
    ['created', 'Lý 5'],
  ]);
});

test('long rows are kept whole, in as many bundles as it takes', async () => {
  const note = (n: number) => `${n} ghi chú dài ${'ậ'.repeat(30_000)}`;
  const rows = Array.from({ length: 110 }, (_, n) => household(n + 1, note(n)));
  const { importId } = await load(rows);
  const found = await accounted(importId);
  expect(found.map(({ raw }) => (raw as Row).at(-1))).toEqual(rows.map((_, n) => note(n)));
  const { rows: bundles } = await store.behind((client) =>
    client.query<{ rows: number; n: number }>(
      'select sum(row_count)::integer as rows, count(*)::integer as n from intake_bundles',
    ),
  );
  expect(bundles[0]!.rows).toBe(110);
  expect(bundles[0]!.n).toBeGreaterThan(1);
});

test('who does not see a commune sees none of its rows', async () => {
  await load([household(1)]);
  const seen = (code: string) =>
    withActor(store, officer([scopeOfUnit(code, day('2025-07-01'))]), async (tx) => {
      const bundles = await tx.query('select from intake_bundles');
      const rows = await tx.query('select from accounted_rows');
      return [bundles.rowCount, rows.rowCount];
    });
  expect(await seen('06004')).toEqual([1, 1]);
  expect(await seen('06625')).toEqual([0, 0]);
});

test('a number that no computer number holds goes to a person', async () => {
  const big = '9'.repeat(400);
  const rows = [household(1), household(2), household(3)];
  rows[1]![5] = big;
  rows[2]![7] = big;
  const result = await load(rows);
  expect(result).toMatchObject({ needsReview: 2, changes: { created: 1 } });
  expect((await accounted(result.importId)).map(({ reasons }) => reasons)).toEqual([
    [],
    ['members-not-valid'],
    ['b1-not-a-number'],
  ]);
});

test('rows that nobody stands behind are found, those of a preview too', async () => {
  const { importId } = await load([household(1), household(2, null, 55)]);
  const orphans = readFileSync(join(PROJECT_ROOT, 'sql/checks/orphans.sql'), 'utf8');
  const findings = async () => {
    const { rows } = await store.behind((client) => client.query<{ finding: string }>(orphans));
    return rows.map(({ finding }) => finding);
  };
  expect(await findings()).toEqual([]);
  await store.behind((client) =>
    client.query(
      `insert into intake_rows (book_id, import_id, sheet, row_number, place_id, is_preview, raw,
         outcome, recorded_at)
       select book_id, gen_random_uuid(), sheet, row_number, place_id, true, raw, outcome, recorded_at
       from intake_rows where import_id = $1`,
      [importId],
    ),
  );
  await store.behind((client) =>
    client.query(
      `update intake_bundles set entries = replace(entries::text, '"0', '"f')::json
       where import_id = $1`,
      [importId],
    ),
  );
  expect((await findings()).sort()).toEqual([
    'row of an import whose household is not there',
    'row of an import without book or import',
  ]);
});
