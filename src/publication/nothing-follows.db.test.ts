import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TestStore } from '../../test/support/database.js';
import { testStore } from '../../test/support/database.js';
import { PublicNumbers, atomsOf } from '../../test/support/public-numbers.js';
import { retally } from '../../test/support/retally.js';
import type { Round } from '../figures/index.js';
import { publicDoor, readInstance } from '../figures/index.js';
import { atSnapshot } from '../store/index.js';
import { projectRound } from './project.js';

// Somebody takes home everything that is public: each unit in each set of boundaries, what old units gave
// to new ones, the province by each attribute, its forms and bridges. All are sums of the same
// households, so whoever adds and subtracts has one system of equations.
let store: TestStore;
let rounds: readonly Round[];
beforeAll(async () => {
  store = await testStore({ template: 'published' });
  ({ rounds } = await readInstance(store));
});
afterAll(() => store.close());

interface Shelf {
  shelf: string;
  answers: Record<string, unknown>;
}

async function takenHome(year: number, shelves: readonly Shelf[]): Promise<PublicNumbers> {
  const { referenceDate } = rounds.find(({ round }) => round === year)!;
  const atoms = await store.behind((client) => atomsOf(client, year));
  const numbers = new PublicNumbers(year, referenceDate, atoms);
  for (const { shelf, answers } of shelves) numbers.take(shelf, answers);
  expect(numbers.wrong).toEqual([]);
  expect(numbers.shown()).toBeGreaterThan(1000);
  expect(numbers.secrets().length).toBeGreaterThan(100);
  return numbers;
}

it.each([2021, 2022, 2023, 2024, 2025])(
  'round %i: no hidden number follows from all that is published together',
  async (year) => {
    const published = `select shelf, answers::jsonb from publication.shelves where shelf ~ $1`;
    const { rows } = await store.behind((client) =>
      client.query<Shelf>(published, [`/${year}/[^/]+$`]),
    );
    const numbers = await takenHome(year, rows);
    expect(numbers.following()).toEqual([]);
  },
);

/** One class holds the largest commune and the smallest one, which is hidden: nothing else. */
const TELLING_CLASS = `
  with communes as (
    select u.unit_code, count(*) as households
    from current_household_rounds r
    join place_units u on u.place_id = r.place_id and u.is_certain
      and u.valid_from <= $2 and (u.valid_to is null or u.valid_to >= $2)
    where r.round = $1 group by u.unit_code
  ), chosen as (
    (select unit_code from communes where households < 5 order by households desc, unit_code limit 1)
    union all
    (select unit_code from communes order by households desc, unit_code limit 1)
  )
  update household_rounds r
  set area_class = case when exists (
    select from place_units u join chosen c using (unit_code)
    where u.place_id = r.place_id and u.valid_from <= $2 and (u.valid_to is null or u.valid_to >= $2)
  ) then 'II' else 'III' end
  where r.round = $1`;

it('a class of one hidden commune and one shown gives neither back', async () => {
  const round = rounds.find((one) => one.round === 2023)!;
  await store.behind(async (client) => {
    await client.query(TELLING_CLASS, [round.round, round.referenceDate]);
    await retally(client);
    await client.query(
      `insert into commands (command_id, name, actor_id, recorded_at)
       values (gen_random_uuid(), 'test', gen_random_uuid(), now())`,
    );
  });
  const shelves = await atSnapshot(store, async (frozen) => {
    const made: Shelf[] = [];
    for await (const shelf of projectRound(publicDoor(frozen), round)) made.push(shelf as Shelf);
    return made;
  });
  const numbers = await takenHome(round.round, shelves);
  expect(numbers.following()).toEqual([]);
  // The commune gives way, not the class: that is what the province by class is for.
  const classes = ['II', 'III'].map((name) => numbers.cells.get(`area-class ${name} households`));
  for (const cell of classes) expect(cell?.shown ?? null).not.toBeNull();
});
