import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testStore } from '../../test/support/database.js';
import type { TestStore } from '../../test/support/database.js';
import { wrongTallies } from '../../test/support/retally.js';
import { demoAccounts } from '../access/index.js';
import { scopeOfUnit } from '../areas/index.js';
import { day, newId } from '../kernel/index.js';
import { PROJECT_ROOT, SYSTEM_ACTOR, withActor } from '../store/index.js';
import { demoState, makeDemo } from './make-demo.js';
import { demonstrationTargets } from './skeleton.js';
import { targetsAt } from './targets.js';

const orphans = readFileSync(join(PROJECT_ROOT, 'sql/checks/orphans.sql'), 'utf8');
const asOf2025 = day('2025-07-01');

let store: TestStore;
beforeAll(async () => {
  store = await testStore({ template: 'demo' });
});
afterAll(() => store.close());

const behind = <R extends object>(sql: string, params: unknown[] = []): Promise<R[]> =>
  store.behind(async (client) => (await client.query<R>(sql, params)).rows);

describe('the demonstration in the database', () => {
  it('has the totals of its targets in every round', async () => {
    const rows = await behind(
      `select round::int, count(*)::int as resident,
         (count(*) filter (where recognised_status = 'poor'))::int as poor,
         (count(*) filter (where recognised_status = 'near_poor'))::int as "nearPoor"
       from household_rounds group by round order by round`,
    );
    expect(rows).toEqual(targetsAt(demonstrationTargets().data, 0.02).rounds);
  });

  it('is counted as its rows say', async () => {
    expect(await store.behind(wrongTallies)).toEqual([]);
  });

  it('is marked as simulated in every row that can be', async () => {
    const [found] = await behind(
      `select (select kind::text from instance) as kind,
         (select bool_and(is_synthetic) from household_rounds) as rounds,
         (select bool_and(is_synthetic) from persons) as persons,
         (select bool_and(is_simulated) from places) as places,
         (select bool_and(is_simulated) from place_classes) as classes,
         (select bool_and(is_simulated) from recognition_decisions) as decisions,
         (select bool_and(is_simulated) from earlier_statuses) as earlier,
         (select bool_and(is_synthetic) from household_events) as events,
         (select bool_and(is_demo) from accounts) as accounts`,
    );
    const marked = Object.fromEntries(Object.keys(found!).map((key) => [key, true]));
    expect(found).toEqual({ ...marked, kind: 'demo' });
  });

  it('refers to nothing that is not there', async () => {
    expect(await behind(orphans)).toEqual([]);
    expect(
      await behind(
        'select 1 from persons p where not exists (select from memberships m where m.book_id = p.book_id and m.person_id = p.person_id)',
      ),
    ).toEqual([]);
  });

  it('would show an orphan', async () => {
    const [found] = await store.behind(async (client) => {
      await client.query('begin');
      await client.query('delete from persons where ctid = (select min(ctid) from persons)');
      const { rows } = await client.query<{ finding: string }>(orphans);
      await client.query('rollback');
      return rows;
    });
    expect(found).toMatchObject({ finding: 'membership without person' });
  });

  it('has one decision for each commune of each round, in the units of its day', async () => {
    const rows = await behind(
      `select d.round::int, count(*)::int as decisions,
         count(*) filter (where u.valid_from <= r.reference_date
           and (u.valid_to is null or u.valid_to >= r.reference_date))::int as "inForce"
       from recognition_decisions d join review_rounds r on r.round = d.round
       join units u on u.code = d.unit_code and u.valid_from = d.unit_valid_from
       group by d.round order by d.round`,
    );
    expect(rows).toEqual(
      [200, 200, 200, 194, 65].map((n, i) => ({ round: 2021 + i, decisions: n, inForce: n })),
    );
  });

  it('decides each row in the commune its village lay in on the reference date', async () => {
    const rows = await behind(
      `select 1 from household_rounds h
       join review_rounds r on r.round = h.round
       join recognition_decisions d on d.decision_id = h.decision_id
       where d.round <> h.round or not exists (
         select from place_units p where p.place_id = h.place_id and p.is_certain
           and p.unit_code = d.unit_code and p.unit_valid_from = d.unit_valid_from
           and p.valid_from <= r.reference_date
           and (p.valid_to is null or p.valid_to >= r.reference_date))
       limit 1`,
    );
    expect(rows).toEqual([]);
  });

  it('shows a commune officer the households of the commune and no others', async () => {
    const key = scopeOfUnit('06004', asOf2025);
    const seen = await withActor(store, SYSTEM_ACTOR([key]), (tx) =>
      tx.query<{ n: number }>('select count(*)::int as n from household_rounds where round = 2025'),
    );
    const [truth] = await behind<{ n: number }>(
      `select count(*)::int as n from household_rounds h join place_scopes s
         on s.place_id = h.place_id and s.scope_key = $1 where h.round = 2025`,
      [key],
    );
    expect(seen.rows[0]!.n).toBe(truth!.n);
    expect(truth!.n).toBeGreaterThan(20);
  });

  it('has the accounts its login page shows', async () => {
    const rows = await behind<{ username: string }>('select username from accounts order by 1');
    const shown = demoAccounts().map((account) => account.username);
    expect(rows.map((row) => row.username)).toEqual([...shown].sort());
  });

  it('is made once', async () => {
    expect(await demoState(store)).toEqual({ kind: 'complete', scale: 0.02, seed: 1 });
    await expect(makeDemo(store)).rejects.toMatchObject({ code: 'instance-exists' });
  });
});

describe('making the demonstration', () => {
  it('takes up an interrupted load and ends with the same rows', async () => {
    const [whole, broken] = [await testStore(), await testStore()];
    const digest = (made: TestStore) =>
      made.behind(async (client) => {
        const { rows } = await client.query<{ digest: string }>(
          `select md5(string_agg(row_id::text || household_id || place_id || head_name || b1 || b2
             || recognised_status, ',' order by row_id)) as digest from household_rounds`,
        );
        return rows[0]!.digest;
      });
    await makeDemo(whole, { scale: 0.05, seed: 9 });
    const stop = makeDemo(broken, {
      scale: 0.05,
      seed: 9,
      onProgress: (message) => {
        if (message.startsWith('Đang ghi')) throw new Error('stopped');
      },
    });
    await expect(stop).rejects.toThrow('stopped');
    expect(await demoState(broken)).toEqual({ kind: 'incomplete', scale: 0.05, seed: 9 });
    expect(await digest(broken)).not.toBe(await digest(whole));
    await makeDemo(broken, { scale: 0.02, seed: 4 });
    expect(await demoState(broken)).toEqual({ kind: 'complete', scale: 0.05, seed: 9 });
    expect(await digest(broken)).toBe(await digest(whole));
  });

  it('is refused on a real instance', async () => {
    const real = await testStore();
    await real.behind((client) =>
      client.query(
        `insert into instance (instance_id, kind, province_code, created_at)
         values ($1, 'real', '20', now())`,
        [newId()],
      ),
    );
    await expect(makeDemo(real)).rejects.toMatchObject({ code: 'instance-exists' });
    expect(await demoState(real)).toEqual({ kind: 'real' });
  });
});
