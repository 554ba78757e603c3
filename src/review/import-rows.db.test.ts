import { beforeEach, expect, test } from 'vitest';
import { testStore } from '../../test/support/database.js';
import type { TestStore } from '../../test/support/database.js';
import { makeReal, officer } from '../../test/support/real-instance.js';
import { writeExport as workbook } from '../../test/support/workbook.js';
import { day, newId } from '../kernel/index.js';
import { unknownPlaceId } from '../areas/index.js';
import type { Actor } from '../store/index.js';
import { importReview } from './import-review.js';

let store: TestStore;
let actor: Actor;

beforeEach(async () => {
  store = await testStore();
  await makeReal(store);
  actor = officer();
});

const input = (file: string, by = actor, round = 2025) => ({
  ...{ actor: by, commandId: newId(), file, fileName: 'Rà soát.xlsx', round },
});
const rows = async <R extends object>(sql: string, parameters: unknown[] = []): Promise<R[]> =>
  (await store.behind((client) => client.query<R>(sql, parameters))).rows;

/** A class of the unknown village of xã Quốc Khánh. */
const addClass = (scheme: string, areaClass: string | null, from: string, to: string | null) =>
  rows(
    `insert into place_classes (place_id, scheme, area_class, is_extremely_disadvantaged,
       valid_from, valid_to, is_simulated)
     values ($1, $2, $3, $4, $5, $6, true)`,
    [unknownPlaceId(QUOC_KHANH), scheme, areaClass, areaClass === null ? null : true, from, to],
  );
const QUOC_KHANH = { code: '06004', validFrom: day('2025-07-01') };

test('a row keeps the class its place has on the reference date, and none where none is known', async () => {
  const of = (name: string, round: number) =>
    workbook(['Xã Quốc Khánh', [{ name, code: round }]]).then((file) =>
      importReview(store, { ...input(file, actor, round), dryRun: false }),
    );
  await of('Chưa có hạng', 2025);
  const calendar = await rows<{ reference_date: string }>(
    'select reference_date from review_rounds',
  );
  const on = calendar[0]!.reference_date;
  await addClass('đã hết', 'I', '2025-07-01', '2025-07-31');
  await addClass('đến hết ngày chốt', 'III', '2025-08-01', on);
  await addClass('về sau', 'II', '2026-03-01', null);
  await of('Hạng ba', 2025);
  await of('Hạng hai', 2026);
  await addClass('mới hơn, chưa rõ', null, '2026-04-01', null);
  await of('Chưa rõ hạng', 2026);
  expect(
    await rows(
      `select head_name, area_class, is_extremely_disadvantaged as hard from household_rounds
       order by recorded_at, head_name`,
    ),
  ).toEqual([
    { head_name: 'Chưa có hạng', area_class: null, hard: null },
    { head_name: 'Hạng ba', area_class: 'III', hard: true },
    { head_name: 'Hạng hai', area_class: 'II', hard: true },
    { head_name: 'Chưa rõ hạng', area_class: null, hard: null },
  ]);
});
