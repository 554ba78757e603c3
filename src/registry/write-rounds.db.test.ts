import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TestStore } from '../../test/support/database.js';
import { testStore } from '../../test/support/database.js';
import { wrongTallies } from '../../test/support/retally.js';
import type { TestRow } from '../../test/support/review-fixture.js';
import { ReviewFixture } from '../../test/support/review-fixture.js';
import { scopeOfPlace } from '../areas/index.js';
import { newId } from '../kernel/index.js';
import { SYSTEM_ACTOR, withActor } from '../store/index.js';
import { endRounds } from './write-rounds.js';

let store: TestStore;
let made: ReviewFixture;
let places: string[];
beforeAll(async () => {
  store = await testStore();
  made = new ReviewFixture(store);
  await made.begin([{ round: 2024, standardId: 'PS-2022' }]);
  places = [
    await made.village('06004', '2024-12-31'),
    await made.village('06004', '2024-12-31', 'Thôn B'),
  ];
});
afterAll(() => store.close());

/** Always the same row of numbers between 0 and `below`. */
function numbersFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

interface Known {
  row: TestRow;
  rowId: string;
  from: number;
  to: number;
}

const dayOf = (number: number): string => new Date(Date.UTC(2025, 0, 1 + number)).toISOString();

/** How many households and persons of each place and class count on a day, from the list of acts. */
function counted(all: readonly Known[], day: number): string[] {
  const sums = new Map<string, [number, number]>();
  for (const { row, from, to } of all) {
    if (from > day || to <= day) continue;
    const key = `${row.placeId} ${row.proposed} ${row.sex}`;
    const [households, persons] = sums.get(key) ?? [0, 0];
    sums.set(key, [households + 1, persons + (row.members ?? 0)]);
  }
  return [...sums].map(([key, [households, persons]]) => `${key} ${households} ${persons}`).sort();
}

const TALLIED = `
  select concat_ws(' ', place_id, proposed_status, head_sex, sum(households), sum(persons)) as line
  from round_tallies where round = 2024 and recorded_at <= $1
  group by place_id, proposed_status, head_sex having sum(households) <> 0`;

describe('tallies', () => {
  test('say on every day what the rows known on that day say', async () => {
    const next = numbersFrom(20);
    const all: Known[] = [];
    for (let day = 0; day < 30; day++) {
      const rows: TestRow[] = Array.from({ length: 1 + next(6) }, (_, at) => ({
        household: `${day}-${at}`,
        placeId: places[next(2)]!,
        round: 2024,
        proposed: (['poor', 'near_poor', 'not_poor'] as const)[next(3)]!,
        sex: next(2) ? 'male' : 'female',
        members: next(4) === 0 ? null : 1 + next(8),
      }));
      const ids = await made.write(rows, dayOf(day));
      rows.forEach((row, at) => all.push({ row, rowId: ids[at]!, from: day, to: Infinity }));
      const one = all[next(all.length)]!;
      if (one.to !== Infinity) continue;
      await made.end(one.row, one.rowId, dayOf(day));
      one.to = day;
    }
    expect(all.filter(({ to }) => to !== Infinity).length).toBeGreaterThan(5);
    for (let day = 0; day <= 30; day++) {
      const { rows } = await store.behind((client) =>
        client.query<{ line: string }>(TALLIED, [dayOf(day)]),
      );
      expect(rows.map(({ line }) => line).sort()).toEqual(counted(all, day));
    }
    expect(await store.behind(wrongTallies)).toEqual([]);
  });

  test('the check names a row that was written past the door', async () => {
    const found = await store.behind(async (client) => {
      await client.query('begin');
      await client.query(
        `update household_rounds set is_ethnic_minority = not is_ethnic_minority
         where row_id = (select row_id from current_household_rounds limit 1)`,
      );
      const wrong = await wrongTallies(client);
      await client.query('rollback');
      return wrong;
    });
    expect(found).toHaveLength(2);
    expect(found).toContainEqual(expect.objectContaining({ households: 1 }));
    expect(found).toContainEqual(expect.objectContaining({ households: -1 }));
  });

  test('a row is not ended by somebody who cannot read it: nothing is half done', async () => {
    const row: TestRow = { household: 'far', placeId: places[0]!, round: 2024, proposed: 'poor' };
    const [rowId] = await made.write([row]);
    const elsewhere = SYSTEM_ACTOR([scopeOfPlace(places[1]!)]);
    const end = withActor(store, elsewhere, (tx) =>
      endRounds(
        tx,
        `insert into household_round_endings (book_id, household_id, round, row_id, place_id, kind,
           command_id, recorded_at) values ($1, $2, $3, $4, $5, 'voided', $6, $7)`,
        [...[made.bookId, made.idOf('far'), 2024, rowId, places[1], newId(), tx.now]],
      ),
    );
    await expect(end).rejects.toThrow('1 rows ended, 0 of them counted');
    const { rowCount } = await store.behind((client) =>
      client.query('select from household_round_endings where row_id = $1', [rowId]),
    );
    expect(rowCount).toBe(0);
  });
});
