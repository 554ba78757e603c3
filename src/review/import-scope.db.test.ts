import { beforeEach, describe, expect, test } from 'vitest';
import { testStore } from '../../test/support/database.js';
import type { TestStore } from '../../test/support/database.js';
import { makeReal, officer } from '../../test/support/real-instance.js';
import { writeExport as workbook } from '../../test/support/workbook.js';
import type { RowChanges } from '../../test/support/workbook.js';
import { scopeOfUnit } from '../areas/index.js';
import { day, newId } from '../kernel/index.js';
import { withActor } from '../store/index.js';
import type { Actor } from '../store/index.js';
import { commitImport, importReview, previewAgain, previewImport } from './import-review.js';
import { importSummary } from './import-queries.js';
import { undoImport } from './undo-import.js';

let store: TestStore;
let province: Actor;
let commune: Actor;

const SINCE = day('2025-07-01');

beforeEach(async () => {
  store = await testStore();
  await makeReal(store);
  province = officer();
  commune = officer([scopeOfUnit('06004', SINCE)]);
});

const both = () =>
  workbook(
    ['Xã Quốc Khánh', [{ code: '1', name: 'Một' }]],
    [
      'Phường Đông Kinh',
      [
        { code: '2', name: 'Hai' },
        { code: '3', name: 'Ba' },
      ],
    ],
  );
const input = (actor: Actor, file: string) => ({
  ...{ actor, commandId: newId(), file, fileName: 'tỉnh.xlsx', round: 2025 },
});
const summary = (actor: Actor, importId: string) =>
  withActor(store, actor, (tx) => importSummary(tx, importId), { readOnly: true });
const call = (actor: Actor, importId: string) => ({ actor, commandId: newId(), importId });

describe('the file of a province, and one of its communes', () => {
  test('the name of the file, which may be anything, is told to who sees all of it', async () => {
    const { importId } = await previewImport(store, input(province, await both()));
    expect(await summary(commune, importId)).toMatchObject({ fileName: 'Tệp chung của nhiều xã' });
    expect(await summary(province, importId)).toMatchObject({ fileName: 'tỉnh.xlsx' });
  });

  test('who read it and has moved elsewhere sees it no longer; their successor does', async () => {
    const maker = { ...commune, scopes: commune.scopes };
    const { importId } = await previewImport(store, input(maker, await both()));
    expect(await summary(officer(maker.scopes), importId)).toMatchObject({ fileName: 'tỉnh.xlsx' });
    const moved = { ...maker, scopes: [scopeOfUnit('06625', SINCE)] };
    expect(await summary(moved, importId)).toBeNull();
    await expect(commitImport(store, call(moved, importId))).rejects.toMatchObject({
      code: 'import-not-found',
    });
  });

  test('an officer of another province does not see that there is a file', async () => {
    const file = await workbook(['Xã Quốc Khánh', [{ code: '1' }]], ['Sheet2', [{ code: '2' }]]);
    const { importId } = await importReview(store, { ...input(province, file), dryRun: false });
    expect(await summary(officer(['p:04']), importId)).toBeNull();
  });

  test('the commune sees the counts of its own sheet, not those of another', async () => {
    const { importId } = await previewImport(store, input(province, await both()));
    const seen = await summary(commune, importId);
    expect(seen).toMatchObject({ rowsRead: 1, distinctHouseholds: 1, changes: { created: 1 } });
    expect(seen?.sheets.map(({ sheet }) => sheet)).toEqual(['Xã Quốc Khánh']);
    expect(await summary(province, importId)).toMatchObject({ rowsRead: 3 });
    expect(await summary(officer([scopeOfUnit('06625', SINCE)]), importId)).toBeNull();
  });

  test('the commune neither writes, nor reads again, nor takes back what is not its alone', async () => {
    const { importId } = await previewImport(store, input(province, await both()));
    const refused = { code: 'import-of-others-too' };
    await expect(commitImport(store, call(commune, importId))).rejects.toMatchObject(refused);
    const again = { ...call(commune, importId), sheetUnits: {} };
    await expect(previewAgain(store, again)).rejects.toMatchObject(refused);
    expect((await commitImport(store, call(province, importId))).changes.created).toBe(3);
    const undo = { ...call(commune, importId), reason: 'thử' };
    await expect(undoImport(store, undo)).rejects.toMatchObject(refused);
  });

  test('a commune that wrote its part does not stop the province from writing the rest', async () => {
    const file = await both();
    const part = await importReview(store, { ...input(commune, file), dryRun: false });
    expect(part.changes.created).toBe(1);
    const whole = await importReview(store, { ...input(province, file), dryRun: false });
    expect(whole).toMatchObject({ alreadyImported: false, changes: { created: 2, unchanged: 1 } });
    const again = await importReview(store, { ...input(province, file), dryRun: false });
    expect(again).toMatchObject({ alreadyImported: true, importId: whole.importId });
  });

  test('the province writes the preview of a commune', async () => {
    const { importId } = await previewImport(store, input(commune, await both()));
    const done = await commitImport(store, call(province, importId));
    expect(done).toMatchObject({ state: 'committed', changes: { created: 3 } });
  });
});

test('two sheets of one unit with the same codes: each row goes to a household of its own', async () => {
  const row = (b1: number): RowChanges => ({ code: '7', name: 'Bảy', b1 });
  const first = await workbook(['Xã Quốc Khánh', [row(130)]]);
  await importReview(store, { ...input(province, first), dryRun: false });
  const twice = await workbook(['Xã Quốc Khánh', [row(140)]], ['Quốc Khánh (2)', [row(150)]]);
  const shown = await previewImport(store, input(province, twice));
  expect(shown.changes).toMatchObject({ updated: 1, created: 1 });
  const done = await commitImport(store, call(province, shown.importId));
  expect(done.changes).toEqual(shown.changes);
});

test('many files at once leave connections to everybody else', async () => {
  const file = await both();
  const files = Array.from({ length: 14 }, () => previewImport(store, input(province, file)));
  const pages = await Promise.all(
    Array.from({ length: 5 }, () => withActor(store, province, (tx) => tx.query('select 1'))),
  );
  expect(pages).toHaveLength(5);
  expect((await Promise.all(files)).map(({ rowsRead }) => rowsRead)).toEqual(Array(14).fill(3));
});
