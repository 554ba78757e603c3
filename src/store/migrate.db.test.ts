import { expect, test } from 'vitest';
import { inject } from 'vitest';
import { randomBytes } from 'node:crypto';
import { asOwner, asSuperuser, createDatabase } from '../../test/support/test-server.js';
import type { Migration } from './migrate.js';
import { migrate, readMigrations } from './migrate.js';
import { Problem } from '../kernel/index.js';

const address = inject('database');

async function withDatabase(use: (name: string) => Promise<void>): Promise<void> {
  const name = `migrate_${randomBytes(6).toString('hex')}`;
  await createDatabase(address, name, 'template1');
  try {
    await use(name);
  } finally {
    await asSuperuser(address, (client) => client.query(`drop database ${name} with (force)`));
  }
}

const run = (name: string, migrations?: readonly Migration[]) =>
  asOwner(address, name, (owner) => migrate(owner, migrations));
const step = (version: number, sql: string): Migration => ({
  version,
  name: `step_${version}`,
  sql,
  checksum: `${version}:${sql}`,
});

test('migrating twice, and twice at once, applies each step once', async () => {
  await withDatabase(async (name) => {
    const applied = await Promise.all([run(name), run(name), run(name)]);
    expect(applied.reduce((sum, count) => sum + count, 0)).toBe(readMigrations().length);
    expect(await run(name)).toBe(0);
  });
});

test('a step that fails leaves nothing of itself and all of the steps before', async () => {
  await withDatabase(async (name) => {
    const good = step(1, 'create table one (x int)');
    const bad = step(2, 'create table two (x int); select 1 / 0');
    await expect(run(name, [good, bad])).rejects.toThrow('0002_step_2.sql');
    const { rows } = await asOwner(address, name, (owner) =>
      owner.query("select to_regclass('one') is not null as one, to_regclass('two') as two"),
    );
    expect(rows).toEqual([{ one: true, two: null }]);
    expect(await run(name, [good, step(2, 'create table two (x int)')])).toBe(1);
  });
});

test('a step changed after it ran is refused, and so is a database of a newer program', async () => {
  await withDatabase(async (name) => {
    await run(name, [step(1, 'create table one (x int)'), step(2, 'create table two (x int)')]);
    const changed = run(name, [step(1, 'create table one (y int)'), step(2, '')]);
    await expect(changed).rejects.toMatchObject({ code: 'migration-changed' });
    const older = run(name, [step(1, 'create table one (x int)')]);
    await expect(older).rejects.toBeInstanceOf(Problem);
    await expect(older).rejects.toMatchObject({ code: 'database-newer' });
  });
});
