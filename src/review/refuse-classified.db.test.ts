import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testStore } from '../../test/support/database.js';
import type { TestStore } from '../../test/support/database.js';
import { makeReal, officer } from '../../test/support/real-instance.js';
import { runWords } from '../../test/support/run-cli.js';
import { writeTemporary, writeExport } from '../../test/support/workbook.js';
import { newId } from '../kernel/index.js';
import { importReview } from './import-review.js';

let store: TestStore;
beforeAll(async () => {
  store = await testStore();
  await makeReal(store);
});
afterAll(() => store.close());

/** Occurs nowhere but in the file. */
const SECRET = 'zqnoidungkin';

const marked = () =>
  writeExport(['Xã Quốc Khánh', [{ name: `Lý ${SECRET}` }, { reviewer: 'TỐI MẬT' }]]);

/** Every file under the data directory with its content, and every row of every table. */
async function traces(text: string): Promise<string[]> {
  const files = readdirSync(store.dataDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => path.includes(text) || readFileSync(path).includes(text));
  const rows = await store.behind(async (client) => {
    const { rows: tables } = await client.query<{ name: string }>(
      `select relname as name from pg_class where relkind in ('r', 'p')
       and relnamespace = 'public'::regnamespace`,
    );
    const found: string[] = [];
    for (const { name } of tables) {
      const hit = await client.query(`select from ${name} t where t::text ilike $1`, [`%${text}%`]);
      if (hit.rowCount) found.push(name);
    }
    return found;
  });
  return [...files, ...rows];
}

const kept = () =>
  readdirSync(store.dataDir, { recursive: true, withFileTypes: true }).filter((entry) =>
    /^(draft-|[0-9a-f]{64}$)/.test(entry.name),
  );

const entries = async () =>
  store.behind(async (client) => {
    const { rows } = await client.query<{ actor_id: string; payload: Record<string, unknown> }>(
      `select actor_id, payload from audit_entries where action = 'upload.classified-refused'
       order by recorded_at`,
    );
    return rows;
  });

test('a marked file leaves nothing but the entry that somebody sent one', async () => {
  const actor = officer();
  const path = await marked();
  const bytes = readFileSync(path);
  for (const [file, dryRun] of [
    [path, true],
    [bytes, true],
    [bytes, false],
  ] as const) {
    const call = { actor, commandId: newId(), file, fileName: `${SECRET}.xlsx`, round: 2025 };
    await expect(importReview(store, { ...call, dryRun })).rejects.toMatchObject({
      ...{ code: 'file-classified', kind: 'refused' },
      todo: expect.stringContaining('người phụ trách bảo vệ bí mật nhà nước') as string,
    });
  }
  expect(await traces(SECRET)).toEqual([]);
  expect(kept()).toEqual([]);
  const common = { degree: 'TỐI MẬT', place: 'một ô của bảng', bytes: bytes.length };
  expect(await entries()).toEqual([
    { actor_id: actor.id, payload: { ...common, act: 'import.preview' } },
    { actor_id: actor.id, payload: { ...common, act: 'import.preview' } },
    { actor_id: actor.id, payload: { ...common, act: 'import.commit' } },
  ]);
});

test('the command line refuses it too, also with --dry-run, and names no content', async () => {
  const path = writeTemporary('ban-do.csv', `Độ mật: Tuyệt mật\n${SECRET}\n`);
  for (const more of [[], ['--dry-run']]) {
    const args = ['import', 'review', path, '--round', '2025', '--json', ...more];
    const { code, out, err } = await runWords(store.env, args);
    expect(code).toBe(1);
    expect(JSON.parse(err)).toMatchObject({ problem: { code: 'file-classified' } });
    expect(`${out}${err}`).not.toContain(SECRET);
  }
  expect(await traces(SECRET)).toEqual([]);
  expect(kept()).toEqual([]);
});

test('what is no table is not stored even for a moment, and a like-named person is no secret', async () => {
  const call = { actor: officer(), commandId: newId(), round: 2025, dryRun: true };
  const program = { ...call, file: Buffer.from(`MZ\0\0${SECRET}`), fileName: 'bang.xlsx' };
  await expect(importReview(store, program)).rejects.toMatchObject({ code: 'file-not-a-table' });
  expect(kept()).toEqual([]);
  const file = await writeExport(['Xã Quốc Khánh', [{ name: 'Lò Văn Mật' }, { name: 'Mật' }]]);
  const named = { ...call, file, fileName: 'Nuôi ong lấy mật.xlsx' };
  expect(await importReview(store, named)).toMatchObject({ state: 'previewed' });
});
