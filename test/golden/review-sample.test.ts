import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { newId } from '../../src/kernel/index.js';
import { importReview } from '../../src/review/index.js';
import { PROJECT_ROOT } from '../../src/store/index.js';
import { testStore } from '../support/database.js';
import { makeReal, officer } from '../support/real-instance.js';

const FOLDER = join(PROJECT_ROOT, '..', 'shared', 'data', 'samples');
const SAMPLE = join(FOLDER, 'review-export-small.xlsx');
const isThere = existsSync(SAMPLE);

test('the sample is beside the project where the whole suite is expected to run', () => {
  expect(isThere || process.env['THONBAN_EXPECT_SAMPLES'] !== '1').toBe(true);
});

interface Truth {
  sheets: Record<string, unknown>[];
  total: Record<string, unknown>;
}

test.runIf(isThere)('the accounting of the sample equals its truth, sheet by sheet', async () => {
  const truth = JSON.parse(
    readFileSync(join(FOLDER, 'review-export-small.truth.json'), 'utf8'),
  ) as Truth;
  const store = await testStore();
  await makeReal(store);
  const result = await importReview(store, {
    actor: officer(),
    commandId: newId(),
    file: SAMPLE,
    fileName: 'review-export-small.xlsx',
    round: 2025,
    dryRun: false,
  });

  expect(result).toMatchObject(truth.total);
  expect(result.unresolvedSheets).toEqual([]);
  expect(result.changes).toEqual({ created: 412, updated: 0, unchanged: 0, conflicting: 0 });
  for (const [i, { urban: _urban, ...expected }] of truth.sheets.entries()) {
    expect(result.sheets[i]).toMatchObject(expected);
  }
  const { rows } = await store.behind((client) =>
    client.query<{ rows: number; raw: number }>(
      `select count(*)::integer as rows, count(*) filter (where raw::text not in ('{}', '[]'))::integer as raw
       from accounted_rows`,
    ),
  );
  expect(rows[0]).toEqual({ rows: 557, raw: 557 });
});
