import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { testStore } from '../../test/support/database.js';
import type { TestStore } from '../../test/support/database.js';
import { makeReal, officer } from '../../test/support/real-instance.js';
import { retally, wrongTallies } from '../../test/support/retally.js';
import {
  EXPORT_TITLES,
  exportRow,
  writeTemporary,
  writeExport as workbook,
} from '../../test/support/workbook.js';
import type { RowChanges as Row } from '../../test/support/workbook.js';
import { scopeOfUnit } from '../areas/index.js';
import { historyOf } from '../audit/index.js';
import { day, newId } from '../kernel/index.js';
import { householdView } from '../registry/index.js';
import { PROJECT_ROOT, withActor } from '../store/index.js';
import type { Actor } from '../store/index.js';
import type { ImportInput } from './import-review.js';
import { commitImport, importReview, previewImport } from './import-review.js';
import { importRowsNeedingReview, importSummary, listImports } from './import-queries.js';
import { undoImport } from './undo-import.js';

let store: TestStore;
let actor: Actor;

beforeEach(async () => {
  store = await testStore();
  await makeReal(store);
  actor = officer();
});

const input = (file: string, more: Partial<ImportInput> = {}): ImportInput => ({
  ...{ actor, commandId: newId(), file, fileName: 'Xã Quốc Khánh.xlsx', round: 2025 },
  ...more,
});
const commit = (file: string, more: Partial<ImportInput> = {}) =>
  importReview(store, { ...input(file, more), dryRun: false });

const count = async (table: string): Promise<number> => {
  const { rows } = await store.behind((client) =>
    client.query<{ n: number }>(`select count(*)::integer as n from ${table}`),
  );
  return rows[0]!.n;
};
const current = () =>
  withActor(store, actor, async (tx) => {
    const { rows } = await tx.query<{ head_name: string; b1: string; household_id: string }>(
      'select head_name, b1, household_id from current_household_rounds order by household_id',
    );
    return rows;
  });
const faults = () =>
  store.behind(async (client) => {
    const orphans = readFileSync(join(PROJECT_ROOT, 'sql/checks/orphans.sql'), 'utf8');
    return [...(await client.query(orphans)).rows, ...(await wrongTallies(client))];
  });

const THREE: Row[] = [{ name: 'Lý Một' }, { name: 'Lý Hai', code: 2 }, { name: 'Lý Ba', b2: 55 }];

describe('preview and commit', () => {
  test('a preview writes no household and shows what needs a person beside its raw value', async () => {
    const result = await previewImport(store, input(await workbook(['Xã Quốc Khánh', THREE])));
    expect(result).toMatchObject({ state: 'previewed', needsReview: 1, changes: { created: 2 } });
    for (const table of ['households', 'persons', 'memberships', 'household_rounds']) {
      expect(await count(table)).toBe(0);
    }
    const page = await withActor(store, actor, (tx) =>
      importRowsNeedingReview(tx, result.importId),
    );
    expect(page).toMatchObject({ total: 1, byReason: { 'b2-not-valid': 1 } });
    expect(page.rows[0]).toMatchObject({
      ...{ sheet: 'Xã Quốc Khánh', rowNumber: 4, outcome: 'needs_review', fieldStatus: 'poor' },
      raw: { 'family.hostName': 'Lý Ba', b2Point: 55 },
    });
    expect(await count("audit_entries where action = 'import.read'")).toBe(1);
  });

  test('committing a preview writes what was shown; again, it answers with the same', async () => {
    const preview = await previewImport(store, input(await workbook(['Xã Quốc Khánh', THREE])));
    const call = { actor, importId: preview.importId };
    const done = await commitImport(store, { ...call, commandId: newId() });
    expect(done).toMatchObject({ state: 'committed', changes: { created: 2 }, needsReview: 1 });
    const again = await commitImport(store, { ...call, commandId: newId() });
    expect(again).toMatchObject({ importId: preview.importId, alreadyImported: true });
    expect([await count('households'), await count('persons')]).toEqual([2, 2]);
    expect(await count('accounted_rows')).toBe(3);
    expect(await faults()).toEqual([]);
  });

  test('the same file, round and mapping does nothing the second time', async () => {
    const file = await workbook(['Xã Quốc Khánh', THREE]);
    const first = await commit(file);
    const second = await commit(file);
    expect(second).toEqual({ ...first, alreadyImported: true });
    expect(await count('household_rounds')).toBe(2);
    const other = await commit(file, { round: 2026 });
    expect(other).toMatchObject({ alreadyImported: false, standard: 'PS-2027' });
  });

  test('a form sent twice at the same time does the thing once', async () => {
    const call = { ...input(await workbook(['Xã Quốc Khánh', THREE])), dryRun: false };
    const both = await Promise.all([importReview(store, call), importReview(store, call)]);
    expect(both[0]).toEqual(both[1]);
    expect(await count('household_rounds')).toBe(2);
  });

  test('the same file sent by two people at the same time is written once', async () => {
    const file = await workbook(['Xã Quốc Khánh', THREE]);
    const both = await Promise.all([commit(file), commit(file, { actor: officer() })]);
    expect(both.map((one) => one.alreadyImported).sort()).toEqual([false, true]);
    expect(await count('household_rounds')).toBe(2);
  });

  test('the file is kept by its content, for the server alone; a refused one is not', async () => {
    await commit(await workbook(['Xã Quốc Khánh', THREE]));
    const stored = () =>
      readdirSync(join(store.dataDir, 'files'), { recursive: true, withFileTypes: true }).filter(
        (entry) => entry.isFile(),
      );
    const [entry] = stored();
    expect(entry?.name).toMatch(/^[0-9a-f]{64}$/);
    expect(statSync(join(entry!.parentPath, entry!.name)).mode & 0o777).toBe(0o600);
    const refused = commit(writeTemporary('x.csv', 'a,b\n1,2\n'), { fileName: 'x.csv' });
    await expect(refused).rejects.toMatchObject({ code: 'no-table' });
    expect(stored()).toHaveLength(1);
  });

  test('bytes of an upload are read like a file', async () => {
    const bytes = readFileSync(await workbook(['Xã Quốc Khánh', THREE]));
    const result = await previewImport(store, { ...input(''), file: bytes });
    expect(result.rowsRead).toBe(3);
  });
});

test('a CSV file is one sheet, named as the file', async () => {
  const line = (row: Row) => exportRow(row).map(String).join(';');
  const lines = [EXPORT_TITLES.join(';'), ...THREE.map(line), '', ...THREE.map(line)];
  const file = writeTemporary('xuất.csv', `\ufeff${lines.join('\r\n')}`);
  const result = await commit(file, { fileName: 'xã quốc khánh.csv' });
  expect(result.sheets[0]).toMatchObject({ sheet: 'xã quốc khánh', unitCode: '06004' });
  expect(result).toMatchObject({ rowsRead: 6, exactDuplicates: 3, blankRows: 1, needsReview: 1 });
  expect(await count('household_rounds')).toBe(2);
});

test('more rows than one batch holds, with an error after the first batch, leave nothing', async () => {
  const row = (i: number) =>
    exportRow({ name: `Lý ${i}`, code: i })
      .map(String)
      .join(',');
  const good = [EXPORT_TITLES.join(','), ...Array.from({ length: 20_000 }, (_, i) => row(i))];
  const whole = writeTemporary('dài.csv', good.join('\n'));
  const result = await commit(whole, { fileName: 'dài.csv', area: '06004' });
  expect(result.changes.created).toBe(20_000);
  expect(await count('household_rounds')).toBe(20_000);
  expect(await count('memberships')).toBe(20_000);
  const broken = writeTemporary('hỏng.csv', [...good, `"${'x'.repeat(900_000)}`].join('\n'));
  await expect(commit(broken, { fileName: 'hỏng.csv', area: '06625' })).rejects.toMatchObject({
    code: 'cell-too-long',
  });
  expect(await count('household_rounds')).toBe(20_000);
  expect(await count('imports')).toBe(1);
});

describe('what stands already', () => {
  const correct = async (rows: Row[]) => commit(await workbook(['Xã Quốc Khánh', rows]));

  test('a corrected file updates what changed and leaves the rest alone', async () => {
    await correct(THREE);
    const before = await current();
    const result = await correct([
      { name: 'LÝ MỘT', b1: 90 },
      { name: 'Lý Hai', code: 2 },
    ]);
    expect(result.changes).toEqual({ created: 0, updated: 1, unchanged: 1, conflicting: 0 });
    const after = await current();
    expect(after.map((row) => row.household_id)).toEqual(before.map((row) => row.household_id));
    expect(after.map((row) => row.b1)).toEqual(['90.0', '120.0']);
    expect(await count('household_rounds')).toBe(3);
    expect(await count("household_round_endings where kind = 'replaced'")).toBe(1);
  });

  test('households of one code and name are told apart by their order, import after import', async () => {
    const twins = (first: number, second: number): Row[] => [{ b1: first }, { b1: second }];
    await correct(twins(100, 110));
    expect((await correct(twins(105, 110))).changes).toMatchObject({ updated: 1, unchanged: 1 });
    expect((await correct(twins(105, 115))).changes).toMatchObject({ updated: 1, unchanged: 1 });
    expect((await current()).map((row) => row.b1)).toEqual(['105.0', '115.0']);
  });

  test('a recognised household with other values is not written over', async () => {
    await correct(THREE);
    await recognise('Lý Một');
    const result = await correct([
      { name: 'Lý Một', b1: 300 },
      { name: 'Lý Hai', code: 2 },
    ]);
    expect(result.changes).toEqual({ created: 0, updated: 0, unchanged: 1, conflicting: 1 });
    expect((await current()).map((row) => row.b1)).not.toContain('300.0');
    const page = await withActor(store, actor, (tx) =>
      importRowsNeedingReview(tx, result.importId),
    );
    expect(page.rows[0]).toMatchObject({ outcome: 'conflicting' });
    expect(page.byReason['recognised-differently']).toBe(1);
  });
});

describe('from round to round', () => {
  const load = async (round: number, ...sheets: [string, readonly Row[]][]) =>
    commit(await workbook(...sheets), { round });
  const households = () => count('households');

  test('a household goes on under its code and name; what the file does not say of the head stays', async () => {
    await load(2024, ['Xã Quốc Khánh', [{ name: 'Lý Một' }, { name: 'Lý Hai', code: 2 }]]);
    await store.behind(async (client) => {
      await client.query(
        `update household_rounds set head_birth_year = 1970, head_ethnicity_id = 'tay',
           is_ethnic_minority = true where head_name = 'Lý Một'`,
      );
      await retally(client);
    });
    const { changes } = await load(2025, [
      'Xã Quốc Khánh',
      [
        { name: 'LÝ MỘT', b1: 200 },
        { name: 'Lý Khác', code: 2 },
      ],
    ]);
    expect(changes).toEqual({ created: 2, updated: 0, unchanged: 0, conflicting: 0 });
    expect([await households(), await count('persons')]).toEqual([3, 3]);
    const { rows } = await store.behind((client) =>
      client.query(
        `select distinct on (household_id) count(*) over (partition by household_id)::int as rounds,
           round, head_ethnicity_id, is_ethnic_minority, head_birth_year
         from household_rounds order by household_id, round desc`,
      ),
    );
    expect(rows).toEqual([
      {
        ...{ rounds: 2, round: 2025, head_ethnicity_id: 'tay', is_ethnic_minority: true },
        head_birth_year: 1970,
      },
      expect.objectContaining({ rounds: 1, round: 2024 }),
      expect.objectContaining({ rounds: 1, round: 2025, head_ethnicity_id: null }),
    ]);
    expect(await faults()).toEqual([]);
  });

  test('one that was given out is not given again, in the sheet or in another of the same unit', async () => {
    await load(2024, ['Xã Quốc Khánh', [{ name: 'Lý Một' }]]);
    await load(
      2025,
      ['Xã Quốc Khánh', [{ name: 'Lý Một' }, { name: 'Lý Một', b1: 90 }]],
      ['X. Quốc Khánh', [{ name: 'Lý Một', b1: 80 }]],
    );
    expect(await households()).toBe(3);
    expect(await count('(select distinct household_id from current_household_rounds) h')).toBe(3);
    expect(await count('current_household_rounds where round = 2025')).toBe(3);
  });

  test('two of one code and name are never told apart by guess', async () => {
    await load(2024, ['Xã Quốc Khánh', [{ name: 'Lý Một' }, { name: 'Lý Một', b1: 90 }]]);
    await load(2025, ['Xã Quốc Khánh', [{ name: 'Lý Một' }]]);
    expect(await households()).toBe(3);
  });

  test('a first import is not undone under a later round, until that one is undone', async () => {
    const undo = (importId: string) =>
      undoImport(store, { actor, commandId: newId(), importId, reason: 'Nhập nhầm' });
    const first = await load(2024, ['Xã Quốc Khánh', [{ name: 'Lý Một' }]]);
    const second = await load(2025, ['Xã Quốc Khánh', [{ name: 'Lý Một' }]]);
    await expect(undo(first.importId)).rejects.toMatchObject({
      details: { builtOn: [{ kind: 'later-round' }] },
    });
    await undo(second.importId);
    expect((await undo(first.importId)).state).toBe('voided');
  });

  test('a preview opens no round', async () => {
    const rounds = () => count('review_rounds where round = 2028');
    const preview = await previewImport(
      store,
      input(await workbook(['Xã Quốc Khánh', THREE]), { round: 2028 }),
    );
    expect([preview.standard, await rounds()]).toEqual(['PS-2027', 0]);
    await commitImport(store, { actor, commandId: newId(), importId: preview.importId });
    expect(await rounds()).toBe(1);
  });
});

describe('sheets and scopes', () => {
  test('a sheet without a unit is listed, nothing of it is written, the rest is', async () => {
    const file = await workbook(['Xã Quốc Khánh', THREE], ['Sheet2', [{ name: 'Nông Bốn' }]]);
    const result = await commit(file);
    expect(result.unresolvedSheets).toMatchObject([{ sheet: 'Sheet2', reason: 'unknown-name' }]);
    expect(result).toMatchObject({ rowsRead: 4, distinctHouseholds: 4, changes: { created: 2 } });
    expect(result.sheets[1]).toMatchObject({ unitCode: null, rowsRead: 1 });
    const named = await commit(file, { sheetUnits: { Sheet2: '06625' } });
    expect(named).toMatchObject({
      unresolvedSheets: [],
      changes: { created: 1, unchanged: 2 },
    });
  });

  test('an officer of one commune writes and sees that commune alone', async () => {
    const own = officer([scopeOfUnit('06004', day('2025-07-01'))]);
    const file = await workbook(['Xã Quốc Khánh', THREE], ['Xã Kiên Mộc', [{ name: 'Nông Bốn' }]]);
    const result = await commit(file, { actor: own });
    expect(result.unresolvedSheets).toMatchObject([
      { sheet: 'Xã Kiên Mộc', reason: 'out-of-scope' },
    ]);
    expect(await count('households')).toBe(2);
    const other = officer([scopeOfUnit('06625', day('2025-07-01'))]);
    const seen = (who: Actor) => withActor(store, who, (tx) => importSummary(tx, result.importId));
    expect(await seen(other)).toBeNull();
    expect((await seen(officer()))?.importId).toBe(result.importId);
    expect(await withActor(store, other, (tx) => listImports(tx))).toEqual([]);
  });

  test('rows of a commune divided during the round wait for a person', async () => {
    const result = await commit(await workbook(['Xã Đại Đồng', THREE]), { round: 2024 });
    expect(result).toMatchObject({ needsReview: 3, unresolvedSheets: [], changes: { created: 0 } });
    expect(await count('intake_rows')).toBe(3);
    expect(await count('households')).toBe(0);
  });

  test('one code for a file of many sheets is refused, and nothing is written', async () => {
    const file = await workbook(['A', THREE], ['B', THREE]);
    await expect(commit(file, { area: '06004' })).rejects.toMatchObject({
      code: 'area-for-many-sheets',
    });
    expect([await count('households'), await count('imports')]).toEqual([0, 0]);
  });

  test('without an instance, and for a year without a standard', async () => {
    const file = await workbook(['Xã Quốc Khánh', THREE]);
    await expect(commit(file, { round: 2009 })).rejects.toMatchObject({ kind: 'refused' });
    const empty = await testStore();
    await expect(importReview(empty, { ...input(file), dryRun: false })).rejects.toMatchObject({
      code: 'instance-missing',
    });
  });
});

describe('undo', () => {
  const undo = (importId: string, who = actor) =>
    undoImport(store, { actor: who, commandId: newId(), importId, reason: 'Nhập nhầm tệp' });
  const load = async (rows: Row[]) => commit(await workbook(['Xã Quốc Khánh', rows]));

  test('voids its rows, and what they replaced counts again', async () => {
    const first = await load(THREE);
    const before = await current();
    const second = await load([
      { name: 'Lý Một', b1: 90 },
      { name: 'Lý Năm', code: 5 },
    ]);
    expect(await current()).toHaveLength(3);
    expect((await undo(second.importId)).state).toBe('voided');
    expect(await current()).toEqual(before);
    expect(await faults()).toEqual([]);
    const summary = await withActor(store, actor, (tx) => importSummary(tx, second.importId));
    expect(summary).toMatchObject({ state: 'voided', voidReason: 'Nhập nhầm tệp' });
    await undo(first.importId);
    expect(await current()).toEqual([]);
    expect((await load(THREE)).changes.created).toBe(2);
  });

  test('whoever looks after the place sees in the history that it was taken back', async () => {
    const { importId } = await load(THREE);
    const [first] = await current();
    await undo(importId);
    const own = officer([scopeOfUnit('06004', day('2025-07-01'))]);
    expect(await historyFor(own, first!.household_id)).toMatchObject([
      { action: 'import.void', reason: 'Nhập nhầm tệp' },
      { action: 'import.commit' },
    ]);
  });

  test('a second undo does nothing more', async () => {
    const { importId } = await load(THREE);
    await undo(importId);
    expect((await undo(importId)).state).toBe('voided');
    expect(await count('household_round_endings')).toBe(2);
  });

  test('refused while a later import stands on it, naming it', async () => {
    const first = await load(THREE);
    await load([{ name: 'Lý Một', b1: 90 }]);
    await expect(undo(first.importId)).rejects.toMatchObject({
      code: 'import-built-on',
      details: { builtOn: [{ kind: 'later-row' }] },
    });
    expect(await current()).toHaveLength(2);
  });

  test('refused after the decision of the commune', async () => {
    const { importId } = await load(THREE);
    await recognise('Lý Một');
    const refusal = await undo(importId).catch((error: unknown) => error);
    const kinds = (refusal as { details: { builtOn: { kind: string }[] } }).details.builtOn;
    expect(kinds.map((one) => one.kind)).toContain('decision');
  });

  test('refused to who sees a part of it, and without a reason', async () => {
    const file = await workbook(['Xã Quốc Khánh', THREE], ['Xã Kiên Mộc', [{ name: 'Nông Bốn' }]]);
    const { importId } = await commit(file);
    const half = officer([scopeOfUnit('06004', day('2025-07-01'))]);
    await expect(undo(importId, half)).rejects.toMatchObject({ code: 'import-of-others-too' });
    // Who made it may have lost a part of their reach since.
    await expect(undo(importId, { ...actor, scopes: half.scopes })).rejects.toMatchObject({
      code: 'import-of-others-too',
    });
    const foreign = officer([scopeOfUnit('05977', day('2025-07-01'))]);
    await expect(undo(importId, foreign)).rejects.toMatchObject({ code: 'import-not-found' });
    const silent = { actor, commandId: newId(), importId, reason: '  ' };
    await expect(undoImport(store, silent)).rejects.toMatchObject({ code: 'reason-missing' });
  });
});

test('the household page: the row that counts, the rows before it, the acts', async () => {
  await commit(await workbook(['Xã Quốc Khánh', THREE]));
  await commit(await workbook(['Xã Quốc Khánh', [{ name: 'Lý Một', b1: 90 }]]));
  const [first] = await current();
  await store.behind(async (client) => {
    await client.query(
      `insert into people (person_account_id, full_name, is_synthetic) values ($1, 'Hà Cán Bộ', false)`,
      [actor.id],
    );
    await client.query(
      `insert into accounts (account_id, username, password_hash, person_account_id, is_demo,
         created_at) values ($1, 'ha', '', $1, false, now())`,
      [actor.id],
    );
  });
  const view = await withActor(store, actor, (tx) => householdView(tx, first!.household_id));
  expect(view).toMatchObject({
    unit: { code: '06004', name: 'Xã Quốc Khánh' },
    place: { kind: 'unknown_village' },
    members: [{ fullName: 'Lý Một', relation: 'head', sex: 'male', isSynthetic: false }],
    rounds: [
      { round: 2025, state: 'current', b1: 90, proposedStatus: 'poor', fieldStatus: 'poor' },
      { round: 2025, state: 'replaced', b1: 120, recognisedStatus: null },
    ],
  });
  expect(await historyFor(actor, first!.household_id)).toMatchObject([
    { action: 'household.read' },
    { action: 'import.commit', actorName: 'Hà Cán Bộ' },
    { action: 'import.commit', actorName: 'Hà Cán Bộ' },
  ]);
  const foreign = officer([scopeOfUnit('06625', day('2025-07-01'))]);
  const hidden = await withActor(store, foreign, (tx) => householdView(tx, first!.household_id));
  expect(hidden).toBeNull();
  expect(await count("audit_entries where action = 'household.read'")).toBe(2);
});

const historyFor = (who: Actor, householdId: string) =>
  withActor(store, who, async (tx) => {
    const view = await householdView(tx, householdId);
    if (!view) return null;
    const { bookId, importIds } = view;
    return historyOf(tx, { householdId, bookId, importIds }, { limit: 50 });
  });

/** The commune recognises one household, as the room of decisions will: a new row, the old ended. */
async function recognise(headName: string): Promise<void> {
  await store.behind(async (client) => {
    const decisionId = newId();
    await client.query(
      `insert into recognition_decisions (decision_id, round, unit_code, unit_valid_from, number,
         is_simulated, command_id, recorded_at)
       values ($1, 2025, '06004', '2025-07-01', '12/QĐ-UBND', true, $1, now() + interval '1 second')`,
      [decisionId],
    );
    await client.query(
      `insert into household_round_endings
       select book_id, household_id, round, row_id, place_id, 'replaced', $1, now()
       from household_rounds where head_name = $2`,
      [decisionId, headName],
    );
    await client.query(
      `insert into household_rounds (book_id, household_id, round, row_id, place_id, standard_id,
         field_code, head_name, head_name_key, head_sex, members, quick_screen_passed, b1, b2,
         field_status, proposed_status, recognised_status, decision_id, reviewed_on, reviewer,
         is_synthetic, command_id, recorded_at)
       select book_id, household_id, round, $1, place_id, standard_id, field_code, head_name,
         head_name_key, head_sex, members, quick_screen_passed, b1, b2, field_status,
         proposed_status, proposed_status, $1, reviewed_on, reviewer, is_synthetic, $1, now()
       from household_rounds where head_name = $2`,
      [decisionId, headName],
    );
  });
}
