import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { TestStore } from '../../../test/support/database.js';
import { testStore } from '../../../test/support/database.js';
import { scopeOfUnit } from '../../areas/index.js';
import { day, fixedClock, newId } from '../../kernel/index.js';
import type { Actor, AuditEntry, Grant } from '../../store/index.js';
import { SYSTEM_ACTOR, audit, withActor } from '../../store/index.js';
import { inspectionOf, listInspections } from '../inspections/inspection.js';
import {
  closeInspection,
  joinInspection,
  leaveInspection,
  openInspection,
  publishInspection,
} from '../inspections/run-inspection.js';
import { historyOf } from '../history/history-of.js';
import { exportEntries, pastExports } from './exports.js';
import type { EntryFilter } from './list-entries.js';
import { listEntries } from './list-entries.js';
import { readEntry } from './read-entry.js';

const HERE = scopeOfUnit('06004', day('2025-07-01'));
const THERE = scopeOfUnit('06625', day('2025-07-01'));
const [placeHere, placeThere] = [newId(), newId()];
const [officeHere, officeThere, inspectorate] = [newId(), newId(), newId()];
const household = newId();
const book = newId();

let store: TestStore;

/** A person with an account, a role in an office over a scope, and what it allows. */
async function person(
  name: string,
  role: string,
  officeId: string,
  scope: string,
  ...can: string[]
) {
  const id = newId();
  await store.behind(async (client) => {
    await client.query('insert into people values ($1, $2, false)', [id, name]);
    await client.query(
      `insert into accounts (account_id, username, password_hash, person_account_id, is_demo, created_at)
       values ($1, $2, 'x', $1, false, now())`,
      [id, `u${id.slice(-12)}`],
    );
    await client.query(
      `insert into role_assignments (assignment_id, person_account_id, office_id, role, scope_key, valid_from)
       values ($1, $2, $3, $4, $5, '2025-01-01')`,
      [newId(), id, officeId, role, scope],
    );
  });
  const grants = can.map(
    (permission) => ({ permission, scopes: [scope], officeId, role }) as Grant,
  );
  const scopes = can.includes('household:read') ? [scope] : [];
  return { id, name, officeId, scopes, grants } satisfies Actor;
}

const INSPECTING = ['audit:read', 'inspection:read', 'inspection:propose', 'inspection:decide'];
let clerk: Actor, other: Actor, inspector: Actor, colleague: Actor, local: Actor, auditor: Actor;

beforeAll(async () => {
  store = await testStore({ clock: fixedClock('2025-10-12T07:03:00Z') });
  await store.behind(async (client) => {
    await client.query(
      `insert into instance (instance_id, kind, province_code, created_at)
       values (gen_random_uuid(), 'real', '20', now())`,
    );
    for (const [id, name, kind] of [
      [officeHere, 'UBND xã Quốc Khánh', 'commune'],
      [officeThere, 'UBND xã Đồng Đăng', 'commune'],
      [inspectorate, 'Thanh tra tỉnh', 'supervisor'],
    ]) {
      await client.query(`insert into offices values ($1, $2, $3, '2025-01-01')`, [id, name, kind]);
    }
    for (const [id, key] of [
      [placeHere, HERE],
      [placeThere, THERE],
    ]) {
      await client.query(
        `insert into places (place_id, province_code, kind, name, sort_key, is_simulated)
         values ($1, '20', 'village', 'Thôn Mẫu', 'x', false)`,
        [id],
      );
      await client.query(
        'insert into place_scopes (scope_key, place_id) values ($1, $3), ($2, $3)',
        [...[key, 'p:20'], id],
      );
    }
    await client.query('update offices set place_id = $2 where office_id = $1', [
      ...[officeHere, placeHere],
    ]);
  });
  clerk = await person('Nông Thị Mẫu', 'commune_officer', officeHere, HERE, 'household:read');
  other = await person('Lý Văn Mẫu', 'commune_officer', officeThere, THERE, 'household:read');
  inspector = await person(
    'Vi Thị Mẫu',
    'inspector',
    inspectorate,
    'p:20',
    'household:read',
    ...INSPECTING,
  );
  colleague = await person(
    'Bế Văn Mẫu',
    'inspector',
    inspectorate,
    'p:20',
    'household:read',
    ...INSPECTING,
  );
  local = await person(
    'Hà Văn Mẫu',
    'inspector',
    inspectorate,
    HERE,
    'household:read',
    ...INSPECTING,
  );
  auditor = await person(
    'La Thị Mẫu',
    'auditor',
    inspectorate,
    'p:20',
    'household:read',
    'audit:read',
  );
});
afterAll(() => store.close());
beforeEach(() =>
  store.behind((client) =>
    client.query('truncate audit_entries, audit_heads, inspections, inspection_members'),
  ),
);

const enter = (who: Actor, entry: Partial<AuditEntry> = {}) =>
  withActor(store, who, (tx) =>
    audit(tx, {
      action: 'household.read',
      subjectKind: 'household',
      subjectId: household,
      ...entry,
    }),
  );
const placed = (who: Actor, placeId: string) => enter(who, { bookId: book, placeId });
const listed = async (who: Actor, filter: EntryFilter = {}) =>
  (await withActor(store, who, (tx) => listEntries(tx, filter, 1))).rows;
const idsSeen = async (who: Actor, filter: EntryFilter = {}) =>
  new Set(
    (await listed(who, filter))
      .filter(({ action }) => action !== 'audit.search')
      .map(({ entryId }) => entryId),
  );

describe('who sees an entry', () => {
  test('with a place: whoever reads households there; without: its actor, and audit over its office', async () => {
    const a = await placed(clerk, placeHere);
    const b = await placed(other, placeThere);
    const c = await enter(clerk, { action: 'household.search', subjectId: newId() });
    const d = await enter(other, { action: 'form.export', subjectId: '1' });
    const e = await enter(SYSTEM_ACTOR([]), { action: 'access.sign-in-refused' });
    expect(await idsSeen(clerk)).toEqual(new Set([a, c]));
    expect(await idsSeen(other)).toEqual(new Set([b, d]));
    expect(await idsSeen(inspector)).toEqual(new Set([a, b, c, d, e]));
    expect(await idsSeen(auditor)).toEqual(new Set([a, b, c, d, e]));
    expect(await idsSeen(local)).toEqual(new Set([a, c]));
    const nobody: Actor = { ...clerk, id: randomUUID(), scopes: [], grants: [] };
    expect(await idsSeen(nobody)).toEqual(new Set());
  });

  test('one out of reach looks like one that does not exist', async () => {
    const hidden = await placed(other, placeThere);
    const read = (who: Actor, id: string) => withActor(store, who, (tx) => readEntry(tx, id));
    expect(await read(clerk, hidden)).toBeNull();
    expect(await read(clerk, randomUUID())).toBeNull();
    expect(await read(inspector, hidden)).toMatchObject({
      ...{ entryId: hidden, actorName: 'Lý Văn Mẫu', officeName: 'UBND xã Đồng Đăng' },
      ...{ role: 'commune_officer', seq: 1, hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
  });
});

describe('an inspection', () => {
  const open = (who: Actor) =>
    openInspection(store, {
      ...{ actor: who, commandId: newId(), title: 'Thanh tra việc rà soát' },
      ...{
        decisionNumber: '12/QĐ-TTr',
        decisionDate: day('2025-10-01'),
        signer: 'Chánh Thanh tra',
      },
    });
  const act = (who: Actor, inspectionId: string) => ({
    actor: who,
    commandId: newId(),
    inspectionId,
  });
  /** The actor as the site sees them at their next request. */
  const seated = async (who: Actor): Promise<Actor> => ({
    ...who,
    inspectionId: await inspectionOf(store, who),
  });
  const historyFor = (who: Actor) =>
    withActor(store, who, (tx) =>
      historyOf(tx, { householdId: household, bookId: book, importIds: [] }, { limit: 50 }),
    );
  /** The same person, whose roles are over these places. */
  const over = (who: Actor, ...scopes: string[]): Actor => ({
    ...who,
    scopes,
    grants: (who.grants === 'installation' ? [] : who.grants).map((one) => ({ ...one, scopes })),
  });
  const lookUp = async (who: Actor) => placed(await seated(who), placeHere);

  test('hides what it reads from unit and household, not from who inspects as far, until its result is public', async () => {
    const id = await open(inspector);
    const read = await lookUp(inspector);
    const byOthers = await placed(clerk, placeHere);
    const isSeenBy = async (who: Actor) => (await idsSeen(who)).has(read);
    expect(await isSeenBy(inspector)).toBe(true);
    // Who may read the log of the province does not inspect it.
    for (const who of [clerk, local, auditor]) expect(await isSeenBy(who)).toBe(false);
    // Nobody's own reading is hidden from all the others.
    expect(await isSeenBy(colleague)).toBe(true);
    expect((await historyFor(clerk)).map(({ entryId }) => entryId)).toEqual([byOthers]);
    expect(await withActor(store, clerk, (tx) => readEntry(tx, read))).toBeNull();

    await closeInspection(store, act(inspector, id));
    expect(await inspectionOf(store, inspector)).toBeNull();
    expect(await isSeenBy(clerk)).toBe(false);
    expect(await isSeenBy(inspector)).toBe(true);

    await publishInspection(store, {
      ...act(inspector, id),
      ...{ resultNumber: '3/KL-TTr', publicOn: day('2025-10-12') },
    });
    for (const who of [clerk, colleague, auditor, local]) expect(await isSeenBy(who)).toBe(true);
    expect(await historyFor(clerk)).toMatchObject([
      { entryId: byOthers },
      { entryId: read, inspection: '12/QĐ-TTr', actorName: 'Vi Thị Mẫu' },
    ]);
  });

  test('is joined and left by colleagues; each looks under the one joined last', async () => {
    const [first, second] = [await open(inspector), await open(inspector)];
    expect(await inspectionOf(store, inspector)).toBe(second);
    expect(await inspectionOf(store, colleague)).toBeNull();
    await joinInspection(store, act(colleague, first));
    expect(await inspectionOf(store, colleague)).toBe(first);
    const read = await lookUp(colleague);
    expect((await idsSeen(inspector)).has(read)).toBe(true);
    await leaveInspection(store, act(colleague, first));
    expect(await inspectionOf(store, colleague)).toBeNull();
    expect((await idsSeen(colleague)).has(read)).toBe(true);
    const [, found] = await withActor(store, colleague, listInspections);
    expect(found).toMatchObject({ members: ['Vi Thị Mẫu'], isJoined: false, closedOn: null });
    await expect(leaveInspection(store, act(colleague, first))).rejects.toMatchObject({
      code: 'inspection-not-joined',
    });
  });

  test('of the province is not joined, closed or made public by an inspector of a commune', async () => {
    const id = await open(inspector);
    const plain = await person('Hoàng Thị Mẫu', 'inspector', officeHere, HERE, ...INSPECTING);
    // To read the log of the province, as an auditor does, is not to inspect it.
    const reading: Grant = {
      ...{ permission: 'audit:read', scopes: ['p:20'], officeId: inspectorate, role: 'auditor' },
    };
    const own: Actor = { ...plain, grants: [...plain.grants, reading] };
    const refused = { code: 'inspection-not-found' };
    await expect(joinInspection(store, act(own, id))).rejects.toMatchObject(refused);
    await expect(closeInspection(store, act(own, id))).rejects.toMatchObject(refused);
    await closeInspection(store, act(inspector, id));
    const publish = { resultNumber: '3', publicOn: day('2025-10-12') };
    const theirs = publishInspection(store, { ...act(own, id), ...publish });
    await expect(theirs).rejects.toMatchObject(refused);
    const pastTheProgram = await withActor(store, own, (tx) =>
      tx.query(`update inspections set result_public_on = closed_on where inspection_id = $1`, [
        id,
      ]),
    );
    expect(pastTheProgram.rowCount).toBe(0);
    const sneak = withActor(store, own, (tx) =>
      tx.query('insert into inspection_members values ($1, $2, now(), null)', [id, own.id]),
    );
    await expect(sneak).rejects.toMatchObject({ kind: 'forbidden' });
    // What a commune opened, the province may end.
    const small = await open(own);
    await closeInspection(store, act(inspector, small));
  });

  test('is known to who inspects over one of its areas, and to who took part, with its members', async () => {
    const big = await open(inspector);
    const small = await open(local);
    const two = over(local, HERE, THERE);
    const ofBoth = await open(two);
    const known = async (who: Actor) => {
      const found = await withActor(store, who, listInspections);
      const { rows } = await withActor(store, who, (tx) =>
        tx.query<{ id: string }>('select distinct inspection_id as id from inspection_members'),
      );
      const ids = found.map(({ inspectionId }) => inspectionId).sort();
      expect(rows.map(({ id }) => id).sort()).toEqual(ids);
      return ids;
    };
    expect(await known(colleague)).toEqual([big, small, ofBoth].sort());
    expect(await known(local)).toEqual([small, ofBoth].sort());
    const neighbour = await person('Chu Thị Mẫu', 'inspector', officeThere, THERE, ...INSPECTING);
    expect(await known(neighbour)).toEqual([ofBoth]);
    for (const who of [clerk, auditor]) expect(await known(who)).toEqual([]);
    // Of an area that is partly theirs it is to know, not to act on.
    const [theirs] = await withActor(store, neighbour, listInspections);
    expect(theirs).toMatchObject({ members: ['Hà Văn Mẫu'], isWithinReach: false });
    await expect(joinInspection(store, act(neighbour, ofBoth))).rejects.toMatchObject({
      code: 'inspection-of-others',
    });
    // Who took part goes on knowing it in another place, and may leave.
    await joinInspection(store, act(colleague, big));
    const moved = over(colleague, THERE);
    expect(await known(moved)).toEqual([big, ofBoth].sort());
    expect(await inspectionOf(store, moved)).toBe(big);
    await leaveInspection(store, act(moved, big));
  });

  test('never hides what its members change', async () => {
    await open(inspector);
    const write = await enter(await seated(inspector), {
      ...{ action: 'household.correct', bookId: book, placeId: placeHere },
    });
    expect((await idsSeen(clerk)).has(write)).toBe(true);
  });

  test('is opened by who may, with what the decision says, and not before its day', async () => {
    for (const who of [clerk, auditor]) {
      await expect(open(who)).rejects.toMatchObject({ kind: 'forbidden' });
    }
    const input = {
      ...{ actor: inspector, commandId: newId(), title: ' ', decisionNumber: '1', signer: 'x' },
      decisionDate: day('2025-10-01'),
    };
    await expect(openInspection(store, input)).rejects.toMatchObject({ code: 'field-required' });
    await expect(
      openInspection(store, { ...input, title: 'x', decisionDate: day('2025-10-13') }),
    ).rejects.toMatchObject({ code: 'date-in-future' });
    expect(await withActor(store, inspector, listInspections)).toEqual([]);
  });

  test('ends once, and its result is entered once, after its end and not in the future', async () => {
    const id = await open(inspector);
    const publish = (publicOn: string) =>
      publishInspection(store, {
        ...act(inspector, id),
        resultNumber: '3',
        publicOn: day(publicOn),
      });
    await expect(publish('2025-10-12')).rejects.toMatchObject({ code: 'inspection-open' });
    await closeInspection(store, act(inspector, id));
    await expect(closeInspection(store, act(inspector, id))).rejects.toMatchObject({
      code: 'inspection-closed',
    });
    await expect(joinInspection(store, act(colleague, id))).rejects.toMatchObject({
      code: 'inspection-closed',
    });
    await expect(publish('2025-10-13')).rejects.toMatchObject({ code: 'date-in-future' });
    await expect(publish('2025-10-11')).rejects.toMatchObject({ code: 'public-before-opening' });
    await publish('2025-10-12');
    await expect(publish('2025-10-12')).rejects.toMatchObject({ code: 'inspection-public' });
    await expect(
      publishInspection(store, {
        ...act(inspector, newId()),
        resultNumber: '3',
        publicOn: day('2025-10-12'),
      }),
    ).rejects.toMatchObject({ code: 'inspection-not-found' });
  });

  test('is unknown to a clerk, who cannot join it past the program either', async () => {
    const id = await open(inspector);
    expect(await withActor(store, clerk, listInspections)).toEqual([]);
    const sneak = withActor(store, clerk, (tx) =>
      tx.query('insert into inspection_members values ($1, $2, now(), null)', [id, clerk.id]),
    );
    await expect(sneak).rejects.toMatchObject({ kind: 'forbidden' });
    const inTheirName = withActor(store, colleague, (tx) =>
      tx.query('insert into inspection_members values ($1, $2, now(), null)', [id, auditor.id]),
    );
    await expect(inTheirName).rejects.toMatchObject({ kind: 'forbidden' });
  });
});

describe('the list', () => {
  test('is filtered by day, office, person, action, kind and subject', async () => {
    const at = (iso: string) => Object.assign({}, store, { clock: fixedClock(iso) });
    const enterAt = (iso: string, who: Actor, entry: Partial<AuditEntry>) =>
      withActor(at(iso), who, (tx) =>
        audit(tx, { action: 'household.read', subjectKind: 'household', subjectId: 'h', ...entry }),
      );
    const early = await enterAt('2025-10-09T16:59:59Z', clerk, {});
    const late = await enterAt('2025-10-09T17:00:00Z', clerk, { action: 'account.create' });
    const theirs = await enterAt('2025-10-11T00:00:00Z', other, { subjectId: household });
    const seen = (filter: EntryFilter) => idsSeen(inspector, filter);
    expect(await seen({ to: day('2025-10-09') })).toEqual(new Set([early]));
    expect(await seen({ from: day('2025-10-10') })).toEqual(new Set([late, theirs]));
    expect(await seen({ from: day('2025-10-10'), to: day('2025-10-10') })).toEqual(new Set([late]));
    expect(await seen({ officeId: officeThere })).toEqual(new Set([theirs]));
    for (const name of ['Nông Thị', 'nong thi mau', 'NÔNG']) {
      expect(await seen({ person: name })).toEqual(new Set([early, late]));
    }
    expect(await seen({ person: 'nông thì' })).toEqual(new Set());
    expect(await seen({ action: 'account.create' })).toEqual(new Set([late]));
    expect(await seen({ kind: 'writing' })).toEqual(new Set([late]));
    expect(await seen({ kind: 'reading' })).toEqual(new Set([early, theirs]));
    expect(await seen({ subjectId: household })).toEqual(new Set([theirs]));
    expect(await seen({ subjectId: "' or 1=1 --", person: '%' })).toEqual(new Set());
  });

  test('comes in pages, newest first, and each look is itself entered', async () => {
    for (let i = 0; i < 55; i++) await enter(clerk, { subjectId: String(i) });
    const pageOf = (n: number) =>
      withActor(store, inspector, (tx) => listEntries(tx, { action: 'household.read' }, n));
    const [first, second] = [await pageOf(1), await pageOf(2)];
    expect([first.rows.length, first.hasMore]).toEqual([50, true]);
    expect(first.rows[0]).toMatchObject({ subjectId: '54' });
    expect([second.rows.length, second.hasMore]).toEqual([5, false]);
    const searches = await listed(inspector, { action: 'audit.search' });
    expect(searches).toMatchObject([
      { payload: { action: 'household.read', page: 2 }, actorName: 'Vi Thị Mẫu' },
      { payload: { page: 1 } },
    ]);
  });
});

test('an export enters its rows and the checksum of the very file', async () => {
  for (let i = 0; i < 3; i++) await enter(clerk, { subjectId: String(i) });
  const file = await exportEntries(store, {
    ...{ actor: inspector, filter: { action: 'household.read' }, format: 'csv' },
    write: async (rows) => {
      // Making a workbook takes a while: the few connections are free meanwhile.
      expect(store.app.idleCount).toBe(store.app.totalCount);
      return new TextEncoder().encode(rows.map(({ subjectId }) => subjectId).join());
    },
  });
  expect(new TextDecoder().decode(file.body)).toBe('2,1,0');
  const checksum = createHash('sha256').update('2,1,0').digest('hex');
  expect(file).toMatchObject({ rows: 3, checksum });
  expect(await withActor(store, inspector, (tx) => pastExports(tx, 5))).toMatchObject([
    { format: 'csv', rows: 3, checksum },
  ]);
  expect(await withActor(store, colleague, (tx) => pastExports(tx, 5))).toEqual([]);
  const failing = exportEntries(store, {
    ...{ actor: inspector, filter: {}, format: 'xlsx' },
    write: () => Promise.reject(new Error('hết chỗ')),
  });
  await expect(failing).rejects.toThrow('hết chỗ');
  expect(await withActor(store, inspector, (tx) => pastExports(tx, 5))).toHaveLength(1);
});
