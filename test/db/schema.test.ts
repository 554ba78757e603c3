import fs from 'node:fs';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import { expect, test } from 'vitest';
import { PROJECT_ROOT } from '../../src/store/index.js';
import { testStore } from '../support/database.js';
import { dumpSchema } from '../support/schema-dump.js';
import { tableTypes } from '../support/table-types.js';

const SCHEMA = path.join(PROJECT_ROOT, 'sql', 'schema.sql');
const TABLES = path.join(PROJECT_ROOT, 'src', 'store', 'tables.ts');

/** `npm run schema` writes what the test would compare. */
function compareOrWrite(file: string, text: string): void {
  if (process.env['WRITE_SCHEMA'] === '1') fs.writeFileSync(file, text);
  expect(fs.readFileSync(file, 'utf8')).toBe(text);
}

test('sql/schema.sql is the schema that the migrations make', async () => {
  const store = await testStore();
  compareOrWrite(SCHEMA, await store.behind(dumpSchema));
});

test('src/store/tables.ts names every table and column of the schema', async () => {
  const store = await testStore();
  const options = await resolveConfig(TABLES);
  const text = await format(await store.behind(tableTypes), { ...options, filepath: TABLES });
  compareOrWrite(TABLES, text);
});

test('the dump shows a change that matters', async () => {
  const store = await testStore();
  const dumps = await store.behind(async (client) => {
    const before = await dumpSchema(client);
    await client.query('alter table households no force row level security');
    return [before, await dumpSchema(client)];
  });
  expect(dumps[0]).toContain('alter table households enable row level security, force');
  expect(dumps[1]).not.toBe(dumps[0]);
});
