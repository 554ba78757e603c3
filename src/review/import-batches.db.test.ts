import { beforeEach, expect, test } from 'vitest';
import type { TestStore } from '../../test/support/database.js';
import { testStore } from '../../test/support/database.js';
import { makeReal, officer } from '../../test/support/real-instance.js';
import { wrongTallies } from '../../test/support/retally.js';
import type { RowChanges } from '../../test/support/workbook.js';
import { writeExport } from '../../test/support/workbook.js';
import { newId } from '../kernel/index.js';
import type { ImportInput } from './import-review.js';
import { importReview } from './import-review.js';

// Files of several batches (see `stagingWriter`): what happens between the first and the last.
const ROWS = 4_000;

let store: TestStore;
beforeEach(async () => {
  store = await testStore();
  await makeReal(store);
});

const rowsOf = (change: (n: number) => RowChanges): RowChanges[] =>
  Array.from({ length: ROWS }, (_, n) => ({ name: `Mẫu ${n}`, code: n + 1, ...change(n) }));

async function load(rows: readonly RowChanges[], more: Partial<ImportInput> = {}) {
  return importReview(store, {
    ...{ actor: officer(), commandId: newId(), round: 2025, fileName: 't.xlsx', dryRun: false },
    ...{ file: await writeExport(['Xã Quốc Khánh', rows]), ...more },
  });
}

/** How many rows count, stand there and ended, and what the tallies say against them. */
const standing = () =>
  store.behind(async (client) => {
    const { rows } = await client.query(
      `select (select count(*) from current_household_rounds)::integer as current,
         (select count(*) from household_rounds)::integer as rows,
         (select count(*) from household_round_endings)::integer as endings,
         (select count(*) from households)::integer as households,
         (select count(*) from accounted_rows)::integer as read`,
    );
    return { ...rows[0], wrong: await wrongTallies(client) };
  });
const NOTHING = { current: 0, rows: 0, endings: 0, households: 0, read: 0, wrong: [] };

test('rows of every batch are written, and replaced where they changed', async () => {
  await load(rowsOf(() => ({})));
  const first = { current: ROWS, rows: ROWS, endings: 0, households: ROWS, read: ROWS, wrong: [] };
  expect(await standing()).toEqual(first);
  // Not in the second batch, which has nothing to end.
  const changed = (n: number) => n === 3 || n >= 3_500;
  const { changes } = await load(rowsOf((n) => (changed(n) ? { b1: 90 } : {})));
  expect(changes).toMatchObject({ updated: 501, unchanged: ROWS - 501, created: 0 });
  expect(await standing()).toEqual({
    ...{ ...first, rows: ROWS + 501, endings: 501, read: 2 * ROWS },
  });
});

test.each([500, 2_000, 3_999])(
  'a row that the database refuses leaves nothing behind, wherever it stands: %i',
  async (bad) => {
    await store.behind((client) =>
      client.query(
        `alter table household_rounds add constraint refused check (head_name <> 'Mẫu ${bad}')`,
      ),
    );
    await expect(load(rowsOf(() => ({})))).rejects.toMatchObject({ code: 'value-not-allowed' });
    expect(await standing()).toEqual(NOTHING);
    const rest = rowsOf(() => ({})).filter((_, n) => n !== bad);
    await load(rest);
    expect(await standing()).toMatchObject({ current: ROWS - 1, wrong: [] });
  },
);

test('an import that is stopped on the way leaves nothing behind', async () => {
  const stop = new AbortController();
  // After the first batch, with more rows read ahead.
  const onProgress = (message: string) => {
    if (/: 2\.\d{3} dòng$/.test(message)) stop.abort();
  };
  const rows = rowsOf(() => ({}));
  await expect(load(rows, { signal: stop.signal, onProgress })).rejects.toThrow(
    'reading was stopped',
  );
  expect(await standing()).toEqual(NOTHING);
});
