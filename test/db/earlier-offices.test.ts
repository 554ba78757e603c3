import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { completeOffices, listOffices } from '../../src/access/index.js';
import { installUnits, keyOf, scopeOfProvince } from '../../src/areas/index.js';
import { day, newId } from '../../src/kernel/index.js';
import { SYSTEM_ACTOR, withActor } from '../../src/store/index.js';
import { migrate, readMigrations } from '../../src/store/migrate.js';
import type { TestStore } from '../support/database.js';
import { storeOn } from '../support/database.js';
import { asOwner, asSuperuserIn, createDatabase } from '../support/test-server.js';

// An instance that was made before offices had kinds, units and names as officers write them.
const BEFORE = 14;
// And before it was told who answers for a file and who knows of an inspection.
const BEFORE_ANSWERS = 19;

const [person, place, village] = [newId(), newId(), newId()];
const FRONT = newId();
const offices = [
  ['province', 'Ủy ban nhân dân tỉnh Lạng Sơn', 'p:20'],
  ['commune', 'Ủy ban nhân dân Xã Quốc Khánh (06004)', 'u:06004@2025-07-01'],
  ['commune', 'Ủy ban nhân dân Thị trấn Thất Khê (06040)', 'u:06040@2020-01-01'],
  ['village', 'Thôn Mẫu 01, Xã Quốc Khánh', `v:${place}`],
  ['supervisor', 'Ủy ban Mặt trận Tổ quốc', 'p:20'],
  ['department', 'Sở Giáo dục và Đào tạo tỉnh Lạng Sơn', 'p:20'],
  ['supervisor', 'Mặt trận Tổ quốc xã Quốc Khánh', 'u:06004@2025-07-01'],
  ['supervisor', 'Ban công tác Mặt trận Thôn Mẫu 02', `v:${village}`],
].map(([kind, title, scope]) => ({ id: newId(), kind, title, scope }));

const [inspection, inspector, left, file, command] = [1, 2, 3, 4, 5].map(() => newId());
const RECORDS = `
  insert into inspections (inspection_id, title, decision_number, decision_date, signer, opened_on,
    recorded_by, recorded_at, scope_keys)
  values ('${inspection}', 'Cuộc Mẫu', '1/QĐ-TTr', '2025-11-01', 'A', '2025-11-02', '${inspector}',
    now(), '{p:20}');
  insert into inspection_members values ('${inspection}', '${inspector}', '2025-11-02', null),
    ('${inspection}', '${left}', '2025-11-03', '2025-11-04');
  insert into commands (command_id, name, actor_id, recorded_at, on_behalf_of)
  values ('${command}', 'import.preview', '${inspector}', now(), '${person}');
  insert into imports (import_id, kind, file_name, file_sha256, file_bytes, round, mapping_hash, state,
    counts, actor_id, command_id, created_at, reach, scope_keys)
  values ('${file}', 'review', 'a.csv', '', 1, 2025, '', 'previewed', '{}', '${inspector}',
    '${command}', now(), '{}', '{}')`;

let store: TestStore;
beforeAll(async () => {
  const address = inject('database');
  const name = `earlier_${randomBytes(6).toString('hex')}`;
  await createDatabase(address, name, 'template1');
  await asOwner(address, name, async (owner) => {
    await migrate(
      owner,
      readMigrations().filter(({ version }) => version <= BEFORE),
    );
    await owner.query(
      `insert into instance (instance_id, kind, province_code, created_at)
       values (gen_random_uuid(), 'real', '20', '2025-07-01')`,
    );
    await owner.query(
      `insert into units (code, valid_from, name, level, kind, province_code, sort_key) values
         ('20', '2020-01-01', 'Tỉnh Lạng Sơn', 'province', 'Tỉnh', '20', 'a'),
         ('06004', '2025-07-01', 'Xã Quốc Khánh', 'commune', 'Xã', '20', 'b'),
         ('06040', '2020-01-01', 'Thị trấn Thất Khê', 'commune', 'Thị trấn', '20', 'c')`,
    );
    await owner.query(
      `insert into places (place_id, province_code, kind, name, sort_key, is_simulated)
       values ($1, '20', 'village', 'Thôn Mẫu 01', 'a', true),
         ($2, '20', 'village', 'Thôn Mẫu 02', 'b', true)`,
      [place, village],
    );
    await owner.query(
      `insert into place_scopes (scope_key, place_id)
       select 'p:20', p.place_id from places p`,
    );
    await owner.query(`insert into people values ($1, 'Nông Thị Mẫu', true)`, [person]);
    for (const { id, kind, title, scope } of offices) {
      await owner.query(`insert into offices values ($1, $2, $3, '2025-07-01')`, [id, title, kind]);
      const role = `insert into role_assignments values ($1, $2, $3, 'commune_officer', $4, '2025-07-01')`;
      await owner.query(role, [newId(), person, id, scope]);
    }
    // In one of them roles are held over two places: which one it is of, nobody can tell.
    await owner.query(`insert into offices values ($1, 'Mặt trận', 'supervisor', '2025-07-01')`, [
      FRONT,
    ]);
    for (const scope of ['p:20', 'u:06004@2025-07-01']) {
      const role = `insert into role_assignments values ($1, $2, $3, 'supervisor', $4, '2025-07-01')`;
      await owner.query(role, [newId(), person, FRONT, scope]);
    }
    await migrate(
      owner,
      readMigrations().filter(({ version }) => version <= BEFORE_ANSWERS),
    );
    await asSuperuserIn(address, name, (client) => client.query(RECORDS));
    await migrate(owner);
  });
  store = await storeOn(name);
});
afterAll(() => store.close());

test('offices from before get their kind, unit and a name without a code; roles stay where they were', async () => {
  const { rows } = await store.behind((client) =>
    client.query<Record<string, unknown>>(
      `select o.office_id as id, o.kind, o.name, o.unit_code as unit, o.place_id as place
       from offices o join role_assignments r on r.office_id = o.office_id
         and not r.is_delegation and r.withdrawn_at is null`,
    ),
  );
  const found = [...offices, { id: FRONT }].map(({ id }) => rows.find((row) => row['id'] === id));
  expect(found.map((row) => [row?.['kind'], row?.['name'], row?.['unit'], row?.['place']])).toEqual(
    [
      ['province_committee', 'Ủy ban nhân dân tỉnh Lạng Sơn', '20', null],
      ['commune_committee', 'Ủy ban nhân dân xã Quốc Khánh', '06004', null],
      ['commune_committee', 'Ủy ban nhân dân thị trấn Thất Khê', '06040', null],
      ['village', 'Thôn Mẫu 01, Xã Quốc Khánh', null, place],
      ['front', 'Ủy ban Mặt trận Tổ quốc', '20', null],
      ['sector_department', 'Sở Giáo dục và Đào tạo tỉnh Lạng Sơn', '20', null],
      ['front', 'Mặt trận Tổ quốc xã Quốc Khánh', '06004', null],
      ['front', 'Ban công tác Mặt trận Thôn Mẫu 02', null, village],
      ['front', 'Mặt trận', null, null],
    ],
  );
});

test('inspections and files from before are known to who took part, and on whose behalf they were read', async () => {
  const [one, two] = await store.behind(async (client) => [
    await client.query('select known_to from inspections'),
    await client.query('select on_behalf from imports'),
  ]);
  expect(one.rows).toEqual([{ known_to: [inspector, left] }]);
  expect(two.rows).toEqual([{ on_behalf: [person] }]);
  const forced = await store.behind((client) =>
    client.query(
      `select relname from pg_class where relname in ('inspections', 'inspection_members', 'imports')
         and relforcerowsecurity`,
    ),
  );
  expect(forced.rowCount).toBe(3);
});

test('the service gives an instance from before the offices it lacks, once, and none twice', async () => {
  // What an instance of that time had from its birth; here only a few units stand in for it.
  await withActor(store, SYSTEM_ACTOR([]), (tx) => installUnits(tx));
  const province = SYSTEM_ACTOR([scopeOfProvince('20')]);
  const now = () => withActor(store, province, (tx) => listOffices(tx, day('2025-12-02')));
  const before = await now();
  // Two that start at the same time, and one on the next day.
  const added = await Promise.all([completeOffices(store), completeOffices(store)]);
  expect(await completeOffices(store)).toBe(0);
  expect(added.filter((n) => n > 0)).toHaveLength(1);
  const after = await now();
  const titles = after.map(({ kind, unit, placeId, name }) =>
    [kind, unit ? keyOf(unit) : placeId, kind === 'sector_department' && name].join(' '),
  );
  expect(titles.filter((one, at) => titles.indexOf(one) !== at)).toEqual([]);
  expect(after.length).toBe(before.length + Math.max(...added));
  // Those from before keep their name and their people; the rest are as in a new instance.
  for (const { id, title, kind } of offices.slice(4)) {
    const office = after.find(({ officeId }) => officeId === id);
    expect([office?.name, office?.people], kind).toEqual([title, 1]);
  }
  const communes = after.filter(({ kind }) => kind === 'commune_committee');
  expect(communes.filter(({ unit }) => unit?.validFrom === '2025-07-01').length).toBe(65);
  expect(after.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(['finance_department', 'ethnic_religious_department', 'inspectorate']),
  );
  const said = await store.behind((client) =>
    client.query(`select payload from audit_entries where action = 'office.install'`),
  );
  expect(said.rowCount).toBe(1);
});
