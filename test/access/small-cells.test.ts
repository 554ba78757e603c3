import type { Hono } from 'hono';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Env } from '../../src/http/index.js';
import { createApp } from '../../src/http/index.js';
import type { TestStore } from '../support/database.js';
import { testStore } from '../support/database.js';
import { retally } from '../support/retally.js';
import { ask } from './ask.js';
import { firstDifference } from './judge.js';
import { Tally } from './tally.js';
import { addAccount } from './world/accounts.js';

// Two households of two communes change places: one was poor and the other not. In both communes few
// are poor, before and after, and nothing else differs. Whoever may not see small cells must not be able
// to tell that anything happened, at any address, in any boundaries.
let store: TestStore;
let app: Hono<Env>;
beforeAll(async () => {
  store = await testStore({ template: 'demo' });
  app = createApp({ store });
});
afterAll(() => store.close());

interface Row {
  household: string;
  row: string;
  commune: string;
  old: string;
  district: string;
  status: string;
  likeness: string;
}

/** The households of 2025 that are alike in all that figures group by, with where they lie. */
const ROWS = `
  select r.household_id as household, r.row_id as row, now.unit_code as commune,
    old.unit_code as old, u.parent_code as district, r.recognised_status::text as status,
    concat_ws('|', r.head_sex, r.head_ethnicity_id, r.is_ethnic_minority, r.area_class, r.members,
      (select b.recognised_status from current_household_rounds b where b.book_id = r.book_id
        and b.household_id = r.household_id and b.round = 2024),
      (select count(*) from household_events v where v.book_id = r.book_id
        and v.household_id = r.household_id and v.round = 2025)) as likeness
  from current_household_rounds r
  join place_units now on now.place_id = r.place_id and now.valid_to is null and now.is_certain
  join place_units old on old.place_id = r.place_id and old.valid_to = '2025-06-30' and old.is_certain
  join units u on u.code = old.unit_code and u.valid_from = old.unit_valid_from
  where r.round = 2025 and r.recognised_status is not null
  order by r.household_id`;

/** A pair that can change places so that every number that is shown stays the same. */
function findPair(rows: readonly Row[]): [Row, Row] | null {
  const poorIn = (key: keyof Row, value: string) =>
    rows.filter((row) => row[key] === value && row.status === 'poor').length;
  const small = (key: keyof Row, row: Row, by: number) => {
    const count = poorIn(key, row[key]);
    return count >= 1 && count <= 4 && count + by >= 1 && count + by <= 4;
  };
  for (const a of rows) {
    if (a.status !== 'poor' || !small('commune', a, -1) || !small('old', a, -1)) continue;
    const b = rows.find(
      (one) =>
        one.status === 'not_poor' &&
        one.likeness === a.likeness &&
        one.district === a.district &&
        one.commune !== a.commune &&
        small('commune', one, 1) &&
        small('old', one, 1),
    );
    if (b) return [a, b];
  }
  return null;
}

const addressesFor = ([a, b]: readonly [Row, Row]): string[] => {
  const areas = [a.commune, b.commune, '20'];
  const old = [a.old, b.old, a.district, '20'].map((code) => `area=${code}&boundaries=2025-06-30`);
  const where = [...areas.map((code) => `area=${code}`), ...old];
  const indicators = ['poverty-rate', 'poor-households', 'multidimensional-poverty-rate'];
  return [
    '/',
    '/dia-ban',
    ...areas.map((code) => `/dia-ban/${code}`),
    ...where.flatMap((one) => [
      `/bieu-mau/1?round=2025&${one}`,
      `/bieu-mau/1/tai?dang=csv&round=2025&${one}`,
      `/api/v1/forms/1?round=2025&${one}`,
      ...indicators.map((code) => `/api/v1/figures/${code}?period=2025&${one}`),
    ]),
    ...areas.map((code) => `/so-lieu/poverty-rate?round=2025&area=${code}`),
    ...areas.map((code) => `/so-lieu/poor-households/tai?area=${code}`),
    '/bieu-mau/2?round=2025',
    '/bieu-mau/3?round=2025',
    '/api/v1/bridge?from=2024&to=2025',
    ...['ethnicity', 'ethnic-minority', 'sex', 'area-class'].map(
      (by) => `/api/v1/figures/poor-households?period=2025&by=${by}`,
    ),
    `/api/v1/areas/${a.commune}/bridge?round=2024`,
  ];
};

async function changePlaces([a, b]: readonly [Row, Row]): Promise<void> {
  await store.behind(async (client) => {
    const set = `update household_rounds set recognised_status = $2, proposed_status = $2
      where row_id = $1`;
    await client.query(set, [a.row, 'not_poor']);
    await client.query(set, [b.row, 'poor']);
    await retally(client);
    await client.query(
      `insert into commands (command_id, name, actor_id, recorded_at)
       values (gen_random_uuid(), 'test', gen_random_uuid(), now())`,
    );
  });
}

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

test('who may not see small cells cannot tell that one was moved', async () => {
  const rows = (await store.behind((client) => client.query<Row>(ROWS))).rows;
  const pair = findPair(rows);
  expect(pair, 'the demonstration has no such pair').not.toBeNull();
  const addresses = addressesFor(pair!);
  const session = (role: string, scope: string) =>
    store.behind((client) => addAccount(client, { name: role, role, scope, clock: store.clock }));
  const people = {
    nobody: null,
    'finance officer of a commune': await session(
      'finance_officer',
      `u:${pair![0].commune}@2025-07-01`,
    ),
    'commune officer of another': await session(
      'commune_officer',
      `u:${pair![1].commune}@2025-07-01`,
    ),
    'sector officer of another province': await session('sector_officer', 'p:04'),
  };
  const counting = await session('sector_officer', 'p:20');
  const read = async (token: string | null) => {
    const found: string[] = [];
    for (const path of addresses) {
      const { status, body } = await ask(app, { method: 'GET', path, token });
      found.push(`${status} ${body.replace(UUID, '«id»')}`);
    }
    return found;
  };
  const readAll = async () =>
    Promise.all(
      Object.entries(people).map(async ([who, token]) => [who, await read(token)] as const),
    );
  const before = await readAll();
  const seenBefore = await read(counting);
  await changePlaces(pair!);
  const tally = new Tally();
  const after = await readAll();
  before.forEach(([who, answers], i) => {
    answers.forEach((answer, at) => {
      tally.try([who], addresses[at]!, 'small cells');
      const now = after[i]![1][at]!;
      if (answer !== now) tally.leak(`${who} · ${addresses[at]}: ${firstDifference(answer, now)}`);
    });
  });
  tally.report('small cells');
  expect(tally.shown()).toEqual([]);
  // An officer who counts for the province sees it: there was something to see.
  const seenAfter = await read(counting);
  expect(seenAfter.filter((answer, at) => answer !== seenBefore[at]).length).toBeGreaterThan(4);
});
