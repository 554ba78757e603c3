import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { areaRegister } from '../../src/areas/index.js';
import { historyOf } from '../../src/audit/index.js';
import { figure } from '../../src/figures/index.js';
import { newId, today } from '../../src/kernel/index.js';
import type { Clock, PlainDate } from '../../src/kernel/index.js';
import { dataUses, householdView } from '../../src/registry/index.js';
import type { HouseholdOfCode } from '../../src/registry/index.js';
import {
  approveList,
  checkSignedPaper,
  decideList,
  importReview,
  listLists,
  listView,
  postingOf,
  prepareAgain,
  prepareList,
  recognitionBoard,
  returnList,
  signedPaper,
  submitList,
  undoImport,
  withdrawList,
} from '../../src/review/index.js';
import { storedFilePath } from '../../src/intake/index.js';
import { sha256, withActor } from '../../src/store/index.js';
import type { Actor, Permission, Tx } from '../../src/store/index.js';
import type { TestStore } from '../support/database.js';
import { testStore } from '../support/database.js';
import { makePerson } from '../support/people.js';
import { makeReal } from '../support/real-instance.js';
import { wrongTallies } from '../support/retally.js';
import type { Identity } from '../support/signed-pdf.js';
import { encryptedPdf, makeIdentity, pemOf, plainPdf, signPdf } from '../support/signed-pdf.js';
import { writeExport } from '../support/workbook.js';

const ROUND = 2025;
/** Each test has communes of its own: what is decided stays decided. */
const communes = areaRegister().communesOf('20', '2025-12-31' as PlainDate);
let commune: string;
let other: string;
const nameOf = (code: string) => areaRegister().unitOn(code, '2025-12-31' as PlainDate)?.name ?? '';
const START = Date.parse('2025-12-10T02:00:00Z');
let offset = 0;
const clock: Clock = { now: () => new Date(START + offset) };

let store: TestStore;
let officer: Actor;
let leader: Actor;
let second: Actor;
let neighbour: Actor;
let province: Actor;

type Row = Parameters<typeof writeExport>[0][1][number];
const household = (n: number, over: Row = {}): Row => ({
  ...{ name: `Mẫu Thử ${String.fromCharCode(64 + n)}`, code: n, b1: 120, b2: 40, ...over },
});
const ROWS: Row[] = [
  household(1),
  household(2),
  household(3, { b2: 20, status: 'Hộ cận nghèo' }),
  household(4, { b1: 160, b2: 10, status: 'Không nghèo' }),
  household(5, { b1: null, status: null }),
];

async function importRows(actor: Actor, rows: readonly Row[], sheet = nameOf(commune)) {
  return importReview(store, {
    ...{ actor, commandId: newId(), file: await writeExport([sheet, rows]), fileName: 't.xlsx' },
    ...{ round: ROUND, dryRun: false },
  });
}

async function begin() {
  commune = communes.pop()!.code;
  // There are 65; whoever comes last has a neighbour that an earlier test had.
  other = communes.pop()?.code ?? other;
  officer = await makePerson(store, 'Cán Bộ Mẫu', [['commune_officer', commune]]);
  leader = await makePerson(store, 'Lãnh Đạo Mẫu', [['commune_leader', commune]]);
  second = await makePerson(store, 'Lãnh Đạo Hai', [['commune_leader', commune]]);
  neighbour = await makePerson(store, 'Xã Khác', [
    ['commune_officer', other],
    ['commune_leader', other],
  ]);
  await importRows(province, ROWS);
}

beforeAll(async () => {
  store = await testStore({ clock });
  await makeReal(store);
  province = await makePerson(store, 'Tỉnh Mẫu', [['province_officer', '20']]);
});
afterAll(() => store.close());

const call = (actor: Actor, listId: string) => ({ actor, listId, commandId: newId() });
const prepare = (actor = officer, over: Partial<Parameters<typeof prepareList>[1]> = {}) =>
  prepareList(store, {
    ...{ actor, commandId: newId(), kind: 'recognition', round: ROUND, unitCode: commune, ...over },
  });
const read = <T>(
  actor: Actor,
  work: (tx: Tx) => Promise<T>,
  permission: Permission = 'list:read',
) => withActor(store, actor, work, { permission });
const view = async (listId: string, actor = officer) =>
  (await read(actor, (tx) => listView(tx, listId)))!;
const state = async (listId: string) => (await view(listId)).state;

let serial = 0;
const paper = (): Buffer => plainPdf(`<< /Title (${++serial}) >>`);
const decision = (over: Partial<Parameters<typeof decideList>[1]['decision']> = {}) => ({
  ...{ number: `${++serial}/QĐ-UBND`, decidedOn: today(clock), signerName: 'Hoàng Văn Mẫu' },
  ...{ signerTitle: 'Chủ tịch', file: paper(), fileName: 'quyet-dinh.pdf', ...over },
});
const decide = (listId: string, over = {}, actor = officer) =>
  decideList(store, { ...call(actor, listId), decision: decision(over) });

async function approved(over: Partial<Parameters<typeof prepareList>[1]> = {}): Promise<string> {
  const listId = await prepare(officer, over);
  await submitList(store, call(officer, listId));
  await approveList(store, call(leader, listId));
  return listId;
}

/** A household of the commune with what was done about it, as its officer sees both. */
const historyOfOne = () =>
  withActor(store, officer, async (tx) => {
    const { rows } = await tx.query<{ id: string }>(
      `select household_id as id from current_household_rounds where field_code = '1'`,
    );
    const home = (await householdView(tx, rows[0]?.id ?? ''))!;
    const acts = await historyOf(tx, home, { limit: 50, isWithReading: false });
    return { rounds: home.rounds, acts };
  });

const poor = () => figure(store, { code: 'poor-households', area: commune, round: ROUND });

beforeEach(begin);
afterEach(async () => {
  expect(await store.behind(wrongTallies)).toEqual([]);
});

describe('the way of a list', () => {
  test('prepared, returned with a reason, submitted again, approved, decided: only then it counts', async () => {
    expect(await poor()).toMatchObject({ value: 2, status: 'provisional' });
    const listId = await prepare();
    expect(await view(listId)).toMatchObject({
      ...{ state: 'draft', households: 5, poor: 2, nearPoor: 1, standardId: 'PS-2022' },
      counts: { now: { poor: 2, near_poor: 1, not_poor: 1, not_computable: 1 }, last: null },
    });
    await submitList(store, call(officer, listId));
    await returnList(store, { ...call(leader, listId), reason: 'Thiếu thôn Mẫu 02.' });
    const returned = await view(listId);
    expect(returned.state).toBe('returned');
    expect(returned.steps.at(-1)).toMatchObject({
      ...{ act: 'return', by: 'Lãnh Đạo Mẫu', reason: 'Thiếu thôn Mẫu 02.' },
      role: 'commune_leader',
    });
    await submitList(store, call(officer, listId));
    await approveList(store, call(leader, listId));
    expect(await poor()).toMatchObject({ value: 2, status: 'provisional' });
    await decide(listId, { number: '15/QĐ-UBND' });
    const decided = await view(listId);
    expect(decided).toMatchObject({
      state: 'decided',
      decision: { number: '15/QĐ-UBND', decidedOn: '2025-12-10', isSimulated: false },
    });
    expect(decided.steps.map(({ act }) => act)).toEqual([
      ...['prepare', 'submit', 'return', 'submit', 'approve', 'decide'],
    ]);
    const home = await historyOfOne();
    expect(home.acts.map(({ action }) => action).sort()).toEqual([
      ...['import.commit', 'list.approve', 'list.decide', 'list.prepare', 'list.return'],
      ...['list.submit', 'list.submit'],
    ]);
    // The row and the act that wrote it bear one instant: the page tells them together.
    const act = home.acts.find(({ action }) => action === 'list.decide');
    expect(act?.at).toEqual(
      home.rounds.find(({ recognisedStatus }) => recognisedStatus)?.recordedAt,
    );
    expect(await poor()).toMatchObject({
      ...{ value: 2, status: 'recognised', pending: 1 },
      source: { countedStatus: 'recognised_status' },
    });
  });

  test('rows are appended, never changed; what was known before is counted as it was', async () => {
    const before = new Date(clock.now());
    offset += 60_000;
    const listId = await approved();
    await decide(listId);
    const { rows } = await read(officer, (tx) =>
      tx.query(`select r.proposed_status, r.recognised_status, r.decision_id is not null as decided,
           e.kind as ending, r.import_id is not null as imported
         from household_rounds r
         left join household_round_endings e on e.book_id = r.book_id
           and e.household_id = r.household_id and e.round = r.round and e.row_id = r.row_id
         order by r.field_code, e.kind nulls last`),
    );
    expect(rows).toHaveLength(9);
    expect(rows.filter((row) => row['ending'] === 'replaced')).toHaveLength(4);
    const recognised = rows.filter((row) => row['recognised_status'] !== null);
    expect(recognised.map((row) => row['recognised_status'])).toEqual([
      ...['poor', 'poor', 'near_poor', 'not_poor'],
    ]);
    for (const row of recognised) {
      expect(row).toMatchObject({ decided: true, ending: null, imported: true });
      expect(row['recognised_status']).toBe(row['proposed_status']);
    }
    const query = { code: 'poor-households', area: commune, round: ROUND, knownAt: before };
    expect(await figure(store, query)).toMatchObject({ value: 2, status: 'provisional' });
  });

  test('is seen from the board: what is pending, what is under way, what is in force', async () => {
    const board = (actor = officer) =>
      read(actor, (tx) => recognitionBoard(tx, ROUND), 'list:propose');
    const line = {
      unit: { code: commune },
      households: 5,
      pending: 5,
      listable: 4,
      open: null,
      inForce: null,
    };
    expect(await board()).toMatchObject([line]);
    expect(await board(neighbour)).toEqual([]);
    const listId = await approved();
    expect(await board()).toMatchObject([{ open: { listId, state: 'approved' } }]);
    await decide(listId, { number: '9/QĐ-UBND' });
    const seen = (await board(province)).filter(({ unit }) => unit.code === commune);
    expect(seen).toMatchObject([
      { pending: 1, listable: 0, open: null, inForce: { number: '9/QĐ-UBND', isSimulated: false } },
    ]);
  });

  test('two at once begin one list; a second way is refused until the first is let go', async () => {
    const tries = await Promise.allSettled([prepare(), prepare(province)]);
    expect(tries.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(prepare()).rejects.toMatchObject({ code: 'list-open' });
    const [line] = await read(officer, (tx) => listLists(tx));
    await expect(
      withdrawList(store, { ...call(officer, line!.listId), reason: ' ' }),
    ).rejects.toMatchObject({ code: 'reason-missing' });
    await withdrawList(store, { ...call(officer, line!.listId), reason: 'Lập nhầm' });
    expect(await prepare()).not.toBe(line!.listId);
  });

  test('without rows, or without one that can be classed, there is no list', async () => {
    await expect(prepare(neighbour, { unitCode: other })).rejects.toMatchObject({
      code: 'list-empty',
    });
    await importRows(province, [household(9, { b1: null, status: null })], nameOf(other));
    await expect(prepare(neighbour, { unitCode: other })).rejects.toMatchObject({
      code: 'list-empty',
    });
  });
});

describe('maker is not checker', () => {
  test('who holds both roles approves nothing they prepared', async () => {
    const both = await makePerson(store, 'Hai Vai', [
      ['commune_officer', commune],
      ['commune_leader', commune],
    ]);
    const listId = await prepare(both);
    await submitList(store, call(officer, listId));
    await expect(approveList(store, call(both, listId))).rejects.toMatchObject({
      ...{ kind: 'refused', code: 'maker-is-checker' },
      why: expect.stringContaining('người lập không phải là người duyệt') as string,
    });
    const act = (await view(listId, both)).acts.find((one) => one.act === 'approve');
    expect(act?.blockedBecause).toContain('người lập không phải là người duyệt');
    await approveList(store, call(leader, listId));
  });

  test('nor what they submitted, nor what they imported, nor by a second account', async () => {
    const roles = [
      ['commune_officer', commune],
      ['commune_leader', commune],
    ] as const;
    const submitter = await makePerson(store, 'Người Trình', roles);
    const importer = await makePerson(store, 'Người Nhập', roles);
    const twin = await makePerson(store, 'Người Nhập', [roles[1]], importer.personId);
    await importRows(importer, [household(6)]);
    const listId = await prepare();
    await submitList(store, call(submitter, listId));
    for (const maker of [submitter, importer, twin]) {
      await expect(approveList(store, call(maker, listId))).rejects.toMatchObject({
        code: 'maker-is-checker',
      });
    }
    await approveList(store, call(leader, listId));
  });

  test('nor the other way round: who approved once does not prepare it', async () => {
    const both = await makePerson(store, 'Hai Vai', [
      ['commune_officer', commune],
      ['commune_leader', commune],
    ]);
    const listId = await prepare();
    await submitList(store, call(officer, listId));
    await approveList(store, call(both, listId));
    await returnList(store, { ...call(leader, listId), reason: 'Xem lại' });
    await expect(submitList(store, call(both, listId))).rejects.toMatchObject({
      code: 'checker-is-maker',
    });
    await importRows(both, [household(7)]);
    await expect(prepareAgain(store, call(officer, listId))).rejects.toMatchObject({
      code: 'checker-entered-rows',
    });
  });

  test('who returns a list may approve it later', async () => {
    const listId = await prepare();
    await submitList(store, call(officer, listId));
    await returnList(store, { ...call(leader, listId), reason: 'Xem lại' });
    await submitList(store, call(officer, listId));
    await approveList(store, call(leader, listId));
    expect(await state(listId)).toBe('approved');
  });

  test('the database says so too, whatever a use case forgets', async () => {
    const listId = await prepare();
    await submitList(store, call(officer, listId));
    const inserted = (sql: string, values: unknown[]) =>
      store.behind((client) => client.query(sql, values));
    const { personId } = officer as Actor & { personId: string };
    const step = `insert into recognition_list_steps (list_id, step_no, place_id, act, snapshot_no,
        person_id, part, account_id, command_id, recorded_at)
      select list_id, 3, place_id, 'approve', 1, $2, $3, $4, $4, now()
      from recognition_lists where list_id = $1`;
    for (const part of ['checker', 'maker', null]) {
      await expect(inserted(step, [listId, personId, part, newId()])).rejects.toThrow(/violates/);
    }
    await expect(
      inserted(
        `insert into recognition_list_people (list_id, person_id, place_id, part)
         select list_id, $2, place_id, 'checker' from recognition_lists where list_id = $1`,
        [listId, personId],
      ),
    ).rejects.toThrow(/duplicate key/);
    await expect(
      inserted(`update recognition_lists set state = 'decided' where list_id = $1`, [listId]),
    ).rejects.toThrow(/check constraint/);
  });

  test('an officer approves nothing, a leader submits nothing', async () => {
    const listId = await prepare();
    await expect(approveList(store, call(officer, listId))).rejects.toMatchObject({
      kind: 'forbidden',
    });
    await expect(submitList(store, call(leader, listId))).rejects.toMatchObject({
      kind: 'forbidden',
    });
    expect((await view(listId, leader)).acts).toEqual([]);
    expect((await view(listId)).acts.map(({ act }) => act)).toEqual([
      ...['submit', 'prepare', 'withdraw'],
    ]);
  });
});

describe('what changed, and who was faster', () => {
  test('rows that changed since stop approval and say how many', async () => {
    const listId = await prepare();
    await submitList(store, call(officer, listId));
    await importRows(province, [household(1, { b2: 10 }), household(8)]);
    await expect(approveList(store, call(leader, listId))).rejects.toMatchObject({
      ...{ kind: 'conflict', code: 'list-rows-changed' },
      what: '2 hộ đổi từ khi lập danh sách.',
      why: expect.stringMatching(/^1 hộ thêm, 1 hộ đổi kết quả\./) as string,
    });
    expect(await state(listId)).toBe('submitted');
    await returnList(store, { ...call(leader, listId), reason: 'Số liệu đã đổi' });
    await expect(submitList(store, call(officer, listId))).rejects.toMatchObject({
      code: 'list-rows-changed',
    });
    await prepareAgain(store, call(officer, listId));
    await submitList(store, call(officer, listId));
    await approveList(store, call(leader, listId));
    expect(await view(listId)).toMatchObject({ poor: 2, households: 6 });
  });

  test('an import that was taken back leaves the list as it was', async () => {
    const listId = await approved();
    const { importId } = await importRows(province, [household(1, { b2: 10 }), household(8)]);
    await expect(decide(listId)).rejects.toMatchObject({ code: 'list-rows-changed' });
    expect(await state(listId)).toBe('approved');
    await undoImport(store, { actor: province, commandId: newId(), importId, reason: 'nhầm' });
    await decide(listId);
    expect(await poor()).toMatchObject({ value: 2, status: 'recognised' });
  });

  test('the same form twice does the thing once; another form finds it done', async () => {
    const listId = await prepare();
    const twice = call(officer, listId);
    await Promise.all([submitList(store, twice), submitList(store, twice)]);
    await expect(submitList(store, call(officer, listId))).rejects.toMatchObject({
      ...{ kind: 'conflict', code: 'list-state' },
      what: 'Không “trình” được: danh sách này đã trình.',
    });
    const steps = (await view(listId)).steps.map(({ act }) => act);
    expect(steps).toEqual(['prepare', 'submit']);
  });

  test('of two leaders at the same time one approves, the other is told', async () => {
    const listId = await prepare();
    await submitList(store, call(officer, listId));
    const tries = await Promise.allSettled([
      approveList(store, call(leader, listId)),
      approveList(store, call(second, listId)),
    ]);
    const failed = tries.filter((one) => one.status === 'rejected');
    expect(failed).toHaveLength(1);
    expect(failed[0]!.reason).toMatchObject({ code: 'list-state' });
  });

  test('one approves while the other returns: one of the two stands', async () => {
    const listId = await prepare();
    await submitList(store, call(officer, listId));
    await Promise.allSettled([
      approveList(store, call(leader, listId)),
      returnList(store, { ...call(second, listId), reason: 'Chưa được' }),
    ]);
    const { steps, state: now } = await view(listId);
    const last = steps.at(-1)!.act;
    expect(now).toBe(last === 'return' ? 'returned' : 'approved');
  });

  test('an import with a list decided on it is not taken back while the decision stands', async () => {
    const { importId } = await importRows(officer, [household(6)]);
    await decide(await approved());
    const undo = { actor: officer, commandId: newId(), importId, reason: 'nhầm' };
    await expect(undoImport(store, undo)).rejects.toMatchObject({ code: 'import-built-on' });
  });
});

describe('a list of another commune', () => {
  test('looks like one that does not exist, to read and to act on', async () => {
    const listId = await prepare();
    const missing = newId();
    const answers = async (id: string) => {
      const acts = [
        () => submitList(store, call(neighbour, id)),
        () => approveList(store, call(neighbour, id)),
        () => returnList(store, { ...call(neighbour, id), reason: 'x' }),
        () => decide(id, {}, neighbour),
        () => signedPaper(store, neighbour, id),
        () => read(neighbour, (tx) => postingOf(tx, id)),
      ];
      const problems = await Promise.all(
        acts.map((act) => act().then(String, (error: unknown) => `refused: ${String(error)}`)),
      );
      return [...problems, await read(neighbour, (tx) => listView(tx, id))];
    };
    expect(await answers(listId)).toEqual(await answers(missing));
    expect((await answers(listId)).at(-1)).toBeNull();
    expect(await read(neighbour, (tx) => listLists(tx))).toEqual([]);
    await expect(prepare(neighbour)).rejects.toMatchObject({ code: 'unit-not-found' });
    expect(await state(listId)).toBe('draft');
  });

  test('is closed by the database itself', async () => {
    await prepare();
    const counts = await read(neighbour, async (tx) => {
      const tables = ['lists', 'list_people', 'list_snapshots', 'list_steps', 'list_rows'];
      const found: number[] = [];
      for (const table of tables) {
        found.push((await tx.query(`select from recognition_${table}`)).rowCount);
      }
      return found;
    });
    expect(counts).toEqual([0, 0, 0, 0, 0]);
  });

  test('whose roles reach over two communes acts in each by the role held there', async () => {
    const mixed = await makePerson(store, 'Hai Nơi', [
      ['commune_leader', other],
      ['commune_officer', commune],
    ]);
    const listId = await prepare(mixed);
    await submitList(store, call(mixed, listId));
    await expect(approveList(store, call(mixed, listId))).rejects.toMatchObject({
      code: 'list-not-yours',
    });
  });

  test('without the right to lists a reader of households sees none', async () => {
    const listId = await prepare();
    const village = { ...officer, id: newId(), grants: [] };
    expect(await read(village, (tx) => listView(tx, listId))).toBeNull();
    const supervisor = await makePerson(store, 'Giám Sát', [['supervisor', commune]]);
    expect((await view(listId, supervisor)).acts).toEqual([]);
    const community = await makePerson(store, 'Cộng Đồng', [['community_supervisor', commune]]);
    expect((await view(listId, community)).households).toBe(5);
  });
});

describe('the decision', () => {
  test('that lacks something, or cannot be, is refused with its sentence and nothing takes effect', async () => {
    const listId = await approved();
    const refusals: [Partial<ReturnType<typeof decision>>, string][] = [
      [{ number: ' ' }, 'decision-field'],
      [{ number: 'QĐ-UBND' }, 'decision-field'],
      [{ decidedOn: '31/02/2025' }, 'decision-field'],
      [{ decidedOn: '' }, 'decision-field'],
      [{ decidedOn: '31/08/2025' }, 'decision-before-window'],
      [{ decidedOn: '11/12/2025' }, 'decision-in-future'],
      [{ decidedOn: '09/12/2025' }, 'decision-before-approval'],
      [{ signerName: '' }, 'decision-field'],
      [{ signerTitle: '\u200b' }, 'decision-field'],
      [{ file: Buffer.alloc(0) }, 'signed-file-missing'],
      [{ file: Buffer.from('không phải') }, 'signed-file-not-pdf'],
      [{ file: encryptedPdf() }, 'signed-file-encrypted'],
      [{ file: plainPdf('<< /S /Launch >>') }, 'signed-file-active'],
    ];
    for (const [over, code] of refusals) {
      await expect(decide(listId, over)).rejects.toMatchObject({ code });
    }
    expect(await state(listId)).toBe('approved');
    expect(await poor()).toMatchObject({ status: 'provisional' });
    // Approved once more at 00:30 of the 11th in Vietnam, when it is the 10th elsewhere.
    await returnList(store, { ...call(leader, listId), reason: 'Xem lại một hộ' });
    offset = Date.parse('2025-12-10T17:30:00Z') - START;
    await submitList(store, call(officer, listId));
    await approveList(store, call(leader, listId));
    await expect(decide(listId, { decidedOn: '10/12/2025' })).rejects.toMatchObject({
      code: 'decision-before-approval',
      what: expect.stringMatching(/10\/12\/2025.*11\/12\/2025/) as string,
    });
    await decide(listId, { decidedOn: '11/12/2025' });
    expect(await state(listId)).toBe('decided');
  });

  test('marked as a state secret is refused before it is stored, and the log says so', async () => {
    const listId = await approved();
    const degree = Buffer.from('TUYỆT MẬT', 'utf16le').swap16().toString('hex');
    const file = plainPdf(`<< /Subject <feff${degree}> /Nr (${++serial}) >>`);
    const refused = { code: 'file-classified' };
    await expect(decide(listId, { file })).rejects.toMatchObject(refused);
    await expect(decide(listId, { fileName: '(MẬT) 15.pdf' })).rejects.toMatchObject(refused);
    expect(existsSync(storedFilePath(store.dataDir, sha256(file)))).toBe(false);
    expect(await state(listId)).toBe('approved');
    const { rows } = await store.behind((client) =>
      client.query<{ payload: object }>(
        `select payload from audit_entries where action = 'upload.classified-refused'
           and actor_id = $1 order by recorded_at, seq`,
        [officer.id],
      ),
    );
    expect(rows.map((row) => row.payload)).toMatchObject([
      { act: 'list.decide', degree: 'TUYỆT MẬT', bytes: file.length },
      { act: 'list.decide', degree: 'MẬT', place: 'tên tệp' },
    ]);
  });

  test('on a list that nobody approved is refused', async () => {
    const listId = await prepare();
    await expect(decide(listId)).rejects.toMatchObject({ code: 'list-state' });
    await submitList(store, call(officer, listId));
    await expect(decide(listId)).rejects.toMatchObject({ code: 'list-state' });
  });

  test('sent twice, by one or by two, is recorded once', async () => {
    const listId = await approved();
    const tries = await Promise.allSettled([decide(listId), decide(listId), decide(listId)]);
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const { rows } = await store.behind((client) =>
      client.query(
        'select count(*)::integer as n from recognition_decisions where unit_code = $1',
        [commune],
      ),
    );
    expect(rows).toEqual([{ n: 1 }]);
  });

  test('with the file of another commune is refused without saying whose it is', async () => {
    const file = paper();
    await decide(await approved(), { file });
    await importRows(neighbour, ROWS, nameOf(other));
    const chief = await makePerson(store, 'Lãnh Đạo Xã Khác', [['commune_leader', other]]);
    const listId = await prepare(neighbour, { unitCode: other });
    await submitList(store, call(neighbour, listId));
    await approveList(store, call(chief, listId));
    const refused = decide(listId, { file }, neighbour);
    await expect(refused).rejects.toMatchObject({ code: 'signed-file-used' });
    await expect(refused).rejects.not.toThrow(nameOf(commune));
  });

  test('whose file is signed shows what the check finds, today and when the file is spoilt', async () => {
    const root: Identity = await makeIdentity({ name: 'Gốc thử', isAuthority: true });
    const chair = await makeIdentity({
      name: 'Hoàng Văn Mẫu',
      organisation: 'UBND xã',
      issuer: root,
    });
    const file = await signPdf(paper(), chair);
    const listId = await approved();
    await decide(listId, { file, fileName: 'QĐ 12.pdf' });
    const check = () => checkSignedPaper(store, officer, listId);
    const signed = { signer: { name: 'Hoàng Văn Mẫu' }, integrity: 'intact', coverage: 'whole' };
    expect(await check()).toMatchObject({
      isKept: true,
      signatures: [{ ...signed, chain: 'no-roots' }],
    });
    mkdirSync(join(store.dataDir, 'signing-roots'), { recursive: true });
    writeFileSync(join(store.dataDir, 'signing-roots', 'goc.pem'), pemOf(root));
    expect(await check()).toMatchObject({ signatures: [{ chain: 'trusted' }] });
    const kept = await signedPaper(store, officer, listId);
    expect(kept).toEqual({ bytes: file, fileName: 'QĐ 12.pdf' });
    const path = storedFilePath(store.dataDir, sha256(file));
    writeFileSync(path, 'khác');
    expect(await check()).toEqual({ isKept: false, signatures: [] });
    await expect(signedPaper(store, officer, listId)).rejects.toMatchObject({
      code: 'signed-file-lost',
    });
    rmSync(path);
    expect(await check()).toEqual({ isKept: false, signatures: [] });
  });

  test('with a signature that does not fit its file is refused', async () => {
    const chair = await makeIdentity({ name: 'Hoàng Văn Mẫu' });
    const file = await signPdf(paper(), chair);
    const at = file.indexOf('595');
    file[at] = file[at]! ^ 1;
    const listId = await approved();
    await expect(decide(listId, { file })).rejects.toMatchObject({
      ...{ kind: 'refused', code: 'signature-broken' },
      why: 'Nội dung tệp đã bị thay đổi sau khi ký.',
    });
    expect(await state(listId)).toBe('approved');
  });

  test('keeps its file when the same bytes are tried as an import', async () => {
    const file = paper();
    const listId = await approved();
    await decide(listId, { file });
    const path = storedFilePath(store.dataDir, sha256(file));
    const attempt = importReview(store, {
      ...{
        actor: officer,
        commandId: newId(),
        file,
        fileName: 'q.xlsx',
        round: ROUND,
        dryRun: true,
      },
    });
    await expect(attempt).rejects.toMatchObject({ kind: 'refused' });
    expect(existsSync(path)).toBe(true);
  });

  test('is replaced by another one that covers what came later, and says why', async () => {
    const first = await approved();
    const firstId = await decide(first, { number: '1/QĐ-UBND' });
    await importRows(officer, [household(6)]);
    await expect(prepare()).rejects.toMatchObject({ code: 'reason-missing' });
    const again = await approved({ reason: 'Bổ sung hộ rà soát sau' });
    expect(await view(again)).toMatchObject({ replaces: { number: '1/QĐ-UBND' }, poor: 3 });
    await expect(decide(again, { decidedOn: '07/12/2025' })).rejects.toMatchObject({
      code: 'decision-before-replaced',
    });
    await expect(decide(again, { number: '1/qđ-ubnd' })).rejects.toMatchObject({
      code: 'decision-number-used',
    });
    await decide(again, { number: '2/QĐ-UBND' });
    expect(await poor()).toMatchObject({ value: 3, status: 'recognised', pending: 1 });
    expect(await view(first)).toMatchObject({ decision: { decisionId: firstId } });
    expect(await view(again)).toMatchObject({ replaces: { decisionId: firstId } });
  });

  test('is taken back by another one that goes the same way; then nothing is recognised', async () => {
    await expect(prepare(officer, { kind: 'revocation', reason: 'x' })).rejects.toMatchObject({
      code: 'decision-missing',
    });
    const before = await poor();
    await decide(await approved());
    await expect(prepare(officer, { kind: 'revocation' })).rejects.toMatchObject({
      code: 'reason-missing',
    });
    const back = await approved({ kind: 'revocation', reason: 'Rà soát sai quy trình' });
    expect(await poor()).toMatchObject({ status: 'recognised' });
    await decide(back);
    expect(await poor()).toEqual(before);
    // The chain goes on: a new list, a new decision.
    await decide(await approved());
    expect(await poor()).toMatchObject({ value: 2, status: 'recognised' });
    const { rows } = await store.behind((client) =>
      client.query(
        'select kind from recognition_decisions where unit_code = $1 order by decision_id',
        [commune],
      ),
    );
    expect(rows.map((row: { kind: string }) => row.kind)).toEqual([
      ...['recognition', 'revocation', 'recognition'],
    ]);
    await expect(
      store.behind((client) => client.query('delete from recognition_decisions')),
    ).rejects.toThrow(/foreign key/);
  });

  test('after it was taken back its import can be taken back as well', async () => {
    const { importId } = await importRows(officer, [household(6)]);
    await decide(await approved());
    await decide(await approved({ kind: 'revocation', reason: 'Nhập sai tệp' }));
    await undoImport(store, { actor: officer, commandId: newId(), importId, reason: 'sai tệp' });
    expect(await poor()).toMatchObject({ value: 2, status: 'provisional' });
  });
});

describe('names for posting', () => {
  test('hold a name and a village and nothing else; reading them is in the log, and households are told', async () => {
    const listId = await prepare();
    const { sections } = await read(officer, (tx) => postingOf(tx, listId));
    expect(sections).toEqual({
      poor: [
        { headName: 'Mẫu Thử A', village: null },
        { headName: 'Mẫu Thử B', village: null },
      ],
      near_poor: [{ headName: 'Mẫu Thử C', village: null }],
      escaped_poverty: [],
      escaped_near_poverty: [],
    });
    const { rows } = await store.behind((client) =>
      client.query(
        `select actor_id from audit_entries where action = 'list-names.export' and subject_id = $1`,
        [listId],
      ),
    );
    expect(rows).toEqual([{ actor_id: officer.id }]);

    // The households are told of each act, and of the names those alone whose own is posted.
    await submitList(store, call(officer, listId));
    await returnList(store, { ...call(leader, listId), reason: 'Thiếu chữ ký trưởng thôn' });
    offset += 1000;
    await submitList(store, call(officer, listId));
    await approveList(store, call(leader, listId));
    await decide(listId);
    const told = async (code: number) => {
      const { rows } = await store.behind((client) =>
        client.query<HouseholdOfCode>(
          `select r.book_id as "bookId", r.household_id as "householdId", r.place_id as "placeId",
             '' as "villageName" from recognition_list_rows l
           join household_rounds r on r.book_id = l.book_id and r.row_id = l.row_id
           where l.list_id = $1 and r.field_code = $2 limit 1`,
          [listId, String(code)],
        ),
      );
      const { uses } = await dataUses(store, rows[0]!);
      return uses.filter(({ what }) => what.startsWith('list')).map(({ what }) => what);
    };
    const acts = ['prepare', 'submit', 'return', 'submit', 'approve', 'decide'];
    const all = acts.map((act) => `list.${act}`);
    expect((await told(1)).sort()).toEqual([...all, 'list-names.export'].sort());
    expect((await told(4)).sort()).toEqual([...all].sort());
  });
});
