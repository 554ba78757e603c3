import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testStore } from '../../../test/support/database.js';
import type { TestStore } from '../../../test/support/database.js';
import { makeReal } from '../../../test/support/real-instance.js';
import { runWords } from '../../../test/support/run-cli.js';
import { writeExport } from '../../../test/support/workbook.js';
import { SYSTEM_ACTOR_ID } from '../../store/index.js';

const folder = mkdtempSync(join(tmpdir(), 'thonban-export-'));
let store: TestStore;
const run = (...words: string[]) => runWords(store.env, words);

beforeAll(async () => {
  store = await testStore();
  await makeReal(store);
  const file = await writeExport(['Xã Quốc Khánh', [{}]]);
  expect((await run('import', 'review', file, '--round', '2025')).code).toBe(0);
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

const audited = async (action: string) => {
  const { rows } = await store.behind((client) =>
    client.query<object>(
      `select actor_id, subject_id, payload from audit_entries where action = $1 order by entry_id`,
      [action],
    ),
  );
  return rows;
};

test('every format a form leaves in is entered, by the installation', async () => {
  const [csv, xlsx] = [join(folder, 'a.csv'), join(folder, 'a.xlsx')];
  const done = await run('form', '1', '--round', '2025', '--csv', csv, '--xlsx', xlsx, '--json');
  expect([done.code, existsSync(csv), existsSync(xlsx)]).toEqual([0, true, true]);
  expect(await audited('form.export')).toMatchObject(
    ['csv', 'xlsx', 'json'].map((format) => ({
      ...{ actor_id: SYSTEM_ACTOR_ID, subject_id: '1' },
      payload: { round: 2025, area: '20', format },
    })),
  );
});

test('a figure is entered, whole or by groups; one that is refused is not', async () => {
  const figure = (...more: string[]) =>
    run('figure', 'poverty-rate', '--area', '06004', '--period', ...more);
  expect((await figure('2025')).code).toBe(0);
  expect((await figure('2025', '--by', 'sex', '--json')).code).toBe(0);
  expect((await figure('2030')).code).toBe(1);
  expect(await audited('figure.export')).toMatchObject([
    { subject_id: 'poverty-rate', payload: { round: 2025, area: '06004', by: null } },
    { actor_id: SYSTEM_ACTOR_ID, payload: { round: 2025, area: '06004', by: 'sex' } },
  ]);
});
