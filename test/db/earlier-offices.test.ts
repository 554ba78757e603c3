import { randomBytes } from 'node:crypto';
import { expect, inject, test } from 'vitest';
import { newId } from '../../src/kernel/index.js';
import { migrate, readMigrations } from '../../src/store/migrate.js';
import { asOwner, asSuperuser, createDatabase } from '../support/test-server.js';

/** Before offices had kinds, units and names as officers write them. */
const BEFORE = 14;

test('offices from before get their kind, unit and a name without a code; roles stay where they were', async () => {
  const address = inject('database');
  const name = `earlier_${randomBytes(6).toString('hex')}`;
  await createDatabase(address, name, 'template1');
  const [person, place] = [newId(), newId()];
  const offices = [
    ['province', 'Ủy ban nhân dân tỉnh Lạng Sơn', 'p:20'],
    ['commune', 'Ủy ban nhân dân Xã Quốc Khánh (06004)', 'u:06004@2025-07-01'],
    ['commune', 'Ủy ban nhân dân Thị trấn Thất Khê (06040)', 'u:06040@2024-12-01'],
    ['village', 'Thôn Mẫu 01, Xã Quốc Khánh', `v:${place}`],
    ['supervisor', 'Ủy ban Mặt trận Tổ quốc', 'p:20'],
  ].map(([kind, title, scope]) => ({ id: newId(), kind, title, scope }));
  try {
    const { rows } = await asOwner(address, name, async (owner) => {
      await migrate(
        owner,
        readMigrations().filter(({ version }) => version <= BEFORE),
      );
      await owner.query(
        `insert into units (code, valid_from, name, level, kind, province_code, sort_key) values
           ('20', '2020-01-01', 'Tỉnh Lạng Sơn', 'province', 'Tỉnh', '20', 'a'),
           ('06004', '2025-07-01', 'Xã Quốc Khánh', 'commune', 'Xã', '20', 'b'),
           ('06040', '2024-12-01', 'Thị trấn Thất Khê', 'commune', 'Thị trấn', '20', 'c')`,
      );
      await owner.query(
        `insert into places (place_id, province_code, kind, name, sort_key, is_simulated)
         values ($1, '20', 'village', 'Thôn Mẫu 01', 'a', true)`,
        [place],
      );
      await owner.query(`insert into people values ($1, 'Nông Thị Mẫu', true)`, [person]);
      for (const { id, kind, title, scope } of offices) {
        await owner.query(`insert into offices values ($1, $2, $3, '2025-07-01')`, [
          ...[id, title, kind],
        ]);
        await owner.query(
          `insert into role_assignments values ($1, $2, $3, 'commune_officer', $4, '2025-07-01')`,
          [newId(), person, id, scope],
        );
      }
      await migrate(owner);
      return owner.query<Record<string, unknown>>(
        `select o.office_id as id, o.kind, o.name, o.unit_code as unit, o.place_id is not null as here
         from offices o join role_assignments r on r.office_id = o.office_id
           and not r.is_delegation and r.withdrawn_at is null`,
      );
    });
    const found = offices.map(({ id }) => rows.find((row) => row['id'] === id));
    expect(
      found.map((row) => [row?.['kind'], row?.['name'], row?.['unit'], row?.['here']]),
    ).toEqual([
      ['province_committee', 'Ủy ban nhân dân tỉnh Lạng Sơn', '20', false],
      ['commune_committee', 'Ủy ban nhân dân xã Quốc Khánh', '06004', false],
      ['commune_committee', 'Ủy ban nhân dân thị trấn Thất Khê', '06040', false],
      ['village', 'Thôn Mẫu 01, Xã Quốc Khánh', null, true],
      ['front', 'Ủy ban Mặt trận Tổ quốc', null, false],
    ]);
  } finally {
    await asSuperuser(address, (client) => client.query(`drop database ${name} with (force)`));
  }
});
