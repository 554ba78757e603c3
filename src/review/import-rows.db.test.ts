import { beforeEach, expect, test } from 'vitest';
import { testStore } from '../../test/support/database.js';
import type { TestStore } from '../../test/support/database.js';
import { makeReal, officer } from '../../test/support/real-instance.js';
import {
  EXPORT_TITLES,
  exportRow,
  writeExport as workbook,
  writeWorkbook,
} from '../../test/support/workbook.js';
import { day, newId } from '../kernel/index.js';
import { scopeOfUnit, unknownPlaceId } from '../areas/index.js';
import { withActor } from '../store/index.js';
import type { Actor } from '../store/index.js';
import { commitImport, importReview, previewImport } from './import-review.js';
import { importRowsNeedingReview, importSummary } from './import-queries.js';
import { undoImport } from './undo-import.js';

let store: TestStore;
let actor: Actor;

beforeEach(async () => {
  store = await testStore();
  await makeReal(store);
  actor = officer();
});

const input = (file: string, by = actor, round = 2025) => ({
  ...{ actor: by, commandId: newId(), file, fileName: 'Rà soát.xlsx', round },
});
const rows = async <R extends object>(sql: string, parameters: unknown[] = []): Promise<R[]> =>
  (await store.behind((client) => client.query<R>(sql, parameters))).rows;

/** A class of the unknown village of xã Quốc Khánh. */
const addClass = (scheme: string, areaClass: string | null, from: string, to: string | null) =>
  rows(
    `insert into place_classes (place_id, scheme, area_class, is_extremely_disadvantaged,
       valid_from, valid_to, is_simulated)
     values ($1, $2, $3, $4, $5, $6, true)`,
    [unknownPlaceId(QUOC_KHANH), scheme, areaClass, areaClass === null ? null : true, from, to],
  );
const QUOC_KHANH = { code: '06004', validFrom: day('2025-07-01') };

test('a row keeps the class its place has on the reference date, and none where none is known', async () => {
  const of = (name: string, round: number) =>
    workbook(['Xã Quốc Khánh', [{ name, code: round }]]).then((file) =>
      importReview(store, { ...input(file, actor, round), dryRun: false }),
    );
  await of('Chưa có hạng', 2025);
  const calendar = await rows<{ reference_date: string }>(
    'select reference_date from review_rounds',
  );
  const on = calendar[0]!.reference_date;
  await addClass('đã hết', 'I', '2025-07-01', '2025-07-31');
  await addClass('đến hết ngày chốt', 'III', '2025-08-01', on);
  await addClass('về sau', 'II', '2026-03-01', null);
  await of('Hạng ba', 2025);
  await of('Hạng hai', 2026);
  await addClass('mới hơn, chưa rõ', null, '2026-04-01', null);
  await of('Chưa rõ hạng', 2026);
  expect(
    await rows(
      `select head_name, area_class, is_extremely_disadvantaged as hard from household_rounds
       order by recorded_at, head_name`,
    ),
  ).toEqual([
    { head_name: 'Chưa có hạng', area_class: null, hard: null },
    { head_name: 'Hạng ba', area_class: 'III', hard: true },
    { head_name: 'Hạng hai', area_class: 'II', hard: true },
    { head_name: 'Chưa rõ hạng', area_class: null, hard: null },
  ]);
});

test('two commits of one preview at the same time: the second answers with the stored result', async () => {
  const file = await workbook(['Xã Quốc Khánh', [{}, { name: 'Lý Hai', code: 2, b2: 55 }]]);
  const { importId } = await previewImport(store, input(file));
  const commit = () => commitImport(store, { actor, commandId: newId(), importId });
  const [one, two] = await Promise.all([commit(), commit()]);
  expect([one.alreadyImported, two.alreadyImported].sort()).toEqual([false, true]);
  expect({ ...one, alreadyImported: false }).toEqual({ ...two, alreadyImported: false });
  expect(await rows('select row_number from accounted_rows')).toHaveLength(2);
});

test('one file sent by two at the same time leaves no row of an import that is not there', async () => {
  const file = await workbook(['Xã Quốc Khánh', [{}]]);
  const both = await Promise.all(
    [officer(), officer()].map((by) => importReview(store, { ...input(file, by), dryRun: false })),
  );
  expect(both[0]!.importId).toBe(both[1]!.importId);
  expect(
    await rows(`select from intake_rows where import_id not in (select import_id from imports)
       union all select from intake_bundles where import_id not in (select import_id from imports)`),
  ).toEqual([]);
});

const VOIDING_COMMANDS = `
  select distinct command_id from audit_entries
  where action = 'import.void' and subject_kind = 'import'`;

test('two undos at the same time take back once, and both answer with that', async () => {
  const { importId } = await importReview(store, {
    ...input(await workbook(['Xã Quốc Khánh', [{}]])),
    dryRun: false,
  });
  const undo = () => undoImport(store, { actor, commandId: newId(), importId, reason: 'nhầm tệp' });
  const [one, two] = await Promise.all([undo(), undo()]);
  expect(one).toEqual(two);
  expect(await rows('select from household_round_endings')).toHaveLength(1);
  expect(await rows(VOIDING_COMMANDS)).toHaveLength(1);
});

const UNPLACED: [string, object[]][] = [
  ['Xã Quốc Khánh', [{}]],
  ['Sheet2', [{ name: 'Nông Hai', code: 2 }, { name: 'Nông Hai', code: 2 }, { b2: 55 }]],
  ['Xã Kiên Mộc', [{ name: 'Nông Ba', code: 3 }]],
];
const reasonsSeen = (who: Actor, importId: string) =>
  withActor(store, who, async (tx) => (await importRowsNeedingReview(tx, importId)).byReason);

/** What the log says of the sheets of an import: written, or only kept. */
const entered = (importId: string) =>
  rows(
    `select action, payload ->> 'sheet' as sheet, payload ->> 'heldFor' as held,
       payload ->> 'rows' as rows
     from audit_entries where subject_id = $1 and action in ('import.commit', 'import.hold')
     order by action, sheet`,
    [importId],
  );

test('rows of a sheet without a unit, or out of scope, wait for the province beside their raw values', async () => {
  const own = officer([scopeOfUnit(QUOC_KHANH.code, QUOC_KHANH.validFrom)]);
  const file = await workbook(...UNPLACED);
  const { importId, rowsRead } = await importReview(store, { ...input(file, own), dryRun: false });
  expect(await rows('select from accounted_rows')).toHaveLength(rowsRead);
  expect(await rows('select from household_rounds')).toHaveLength(1);
  expect(await entered(importId)).toEqual([
    { action: 'import.commit', sheet: 'Xã Quốc Khánh', held: null, rows: null },
    { action: 'import.hold', sheet: 'Sheet2', held: 'sheet-without-unit', rows: '3' },
    { action: 'import.hold', sheet: 'Xã Kiên Mộc', held: 'sheet-out-of-scope', rows: '1' },
  ]);
  expect(await reasonsSeen(own, importId)).toEqual({});
  expect(await reasonsSeen(actor, importId)).toEqual({
    ...{ 'sheet-without-unit': 2, 'sheet-out-of-scope': 1 },
  });
  const page = await withActor(store, actor, (tx) =>
    importRowsNeedingReview(tx, importId, { reason: 'sheet-without-unit' }),
  );
  expect(page.rows[1]).toMatchObject({
    ...{ outcome: 'needs_review', reasons: ['sheet-without-unit', 'b2-not-valid'] },
    ...{ raw: { b2Point: 55 }, householdId: null },
  });
  const neighbour = officer([scopeOfUnit('06625', day('2025-07-01'))]);
  expect(await reasonsSeen(neighbour, importId)).toEqual({});
  const undone = { actor, commandId: newId(), importId, reason: 'nhầm tệp' };
  expect((await undoImport(store, undone)).state).toBe('voided');
  expect(
    await rows(`select place_id from audit_entries where action = 'import.void'`),
  ).toHaveLength(2);
});

test('an import of nothing but sheets without a unit is seen by the province; a preview keeps none', async () => {
  const own = officer([scopeOfUnit(QUOC_KHANH.code, QUOC_KHANH.validFrom)]);
  const file = await workbook(['Sheet2', [{ b2: 55 }]]);
  const { importId } = await previewImport(store, input(file, own));
  const seen = () => withActor(store, actor, (tx) => importSummary(tx, importId));
  expect([await rows('select from intake_rows'), await seen()]).toEqual([[], null]);
  await commitImport(store, { actor: own, commandId: newId(), importId });
  expect((await seen())?.importId).toBe(importId);
  expect(await reasonsSeen(actor, importId)).toEqual({ 'sheet-without-unit': 1 });
});

test('columns the form does not know are told of, from the preview on; an older import has none', async () => {
  const file = await writeWorkbook([
    {
      name: 'Xã Quốc Khánh',
      rows: {
        1: [...EXPORT_TITLES, 'Thôn', 'Ghi chú'],
        2: [...exportRow({ name: 'Lý Một' }), 'Nà Mẫu', null],
        3: [...exportRow({ name: 'Lý Hai', code: 2 }), 'Nà Mẫu', 'vừa tách hộ'],
      },
    },
    { name: 'Xã Kiên Mộc', rows: { 1: EXPORT_TITLES, 2: exportRow() } },
  ]);
  const columns = [
    { title: 'Thôn', rows: 2 },
    { title: 'Ghi chú', rows: 1 },
  ];
  const told = ({ sheets }: { sheets: { unreadColumns: unknown }[] }) =>
    sheets.map(({ unreadColumns }) => unreadColumns);
  const preview = await previewImport(store, input(file));
  expect(told(preview)).toEqual([columns, []]);
  const { importId } = preview;
  expect(told(await commitImport(store, { actor, commandId: newId(), importId }))).toEqual([
    columns,
    [],
  ]);
  const summary = () =>
    withActor(store, actor, async (tx) => (await importSummary(tx, importId))!, { readOnly: true });
  expect(told(await summary())).toEqual([columns, []]);
  await rows(`update imports set counts = counts #- '{counts,sheets,0,unreadColumns}'`);
  expect(told(await summary())).toEqual([[], []]);
});
