import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '../../src/store/index.js';
import type { Mutant } from './mutants.js';
import {
  changed,
  isTrueFrom,
  openPolicy,
  openTable,
  policies,
  securedTables,
  widenRole,
  widenScopeKey,
  withoutCondition,
  withoutGuard,
} from './mutants.js';
import { keepWorld, restoreWorld } from './snapshot.js';
import { Tally } from './tally.js';
import { walkActs } from './walk-acts.js';
import { doubleElsewhere, walkElsewhere } from './walk-elsewhere.js';
import { walkReads } from './walk-reads.js';
import type { Behind } from './walk-tables.js';
import { lookBehind, walkTables } from './walk-tables.js';
import { actorNamed, actorsIn, buildWorld } from './world/build.js';
import type { World } from './world/world.js';

// A test of the test: one lock after the other is broken, and a few people walk. Each must be noticed.
let world: World;
let known: ReadonlyMap<string, Actor>;
let looked: Behind;
beforeAll(async () => {
  world = await buildWorld();
  await keepWorld(world);
  known = await actorsIn(world.store, world.actors);
  looked = await lookBehind(world);
});
afterAll(() => world.store.close());

const actor = (name: string) => actorNamed(world.actors, name);
const HOUSEHOLD_ROUTES = /^\/(ho|nhap-lieu)\b/;
const ALL_ROUTES = /./;

/** What this person's walk finds in the broken world; the world is whole again afterwards. */
async function leaksOf(mutant: Mutant, walk: (broken: World, tally: Tally) => Promise<void>) {
  const tally = new Tally();
  try {
    await walk(mutant.world, tally);
  } finally {
    await mutant.mend();
    await restoreWorld(world, []);
  }
  return tally.leaks;
}

const reads =
  (name: string, only = HOUSEHOLD_ROUTES) =>
  (broken: World, tally: Tally) =>
    walkReads(
      broken,
      tally,
      actor(name),
      ({ policy, path }) => policy !== 'public' && only.test(path),
    );

/** Asks one table, or all, as two officers, of whom one has a job of her own, and an inspector. */
async function tables(broken: World, tally: Tally, only?: string): Promise<void> {
  const behind = { ...looked, tables: looked.tables.filter(({ name }) => name === (only ?? name)) };
  for (const name of ['commune_officer over N3', 'commune_officer over N1', 'inspector over N2']) {
    const who = { actor: actor(name), as: known.get(name)! };
    await walkTables({ world: broken, tally, ...who, behind, asked: new Set() });
  }
}

test('with every lock in its place the same walks find nothing', async () => {
  const whole = { world, mend: () => Promise.resolve() };
  for (const name of [
    'commune_officer over N3',
    'sector_officer over pA',
    'role ended yesterday',
  ]) {
    expect(await leaksOf(whole, reads(name))).toEqual([]);
  }
  expect(await leaksOf(whole, tables)).toEqual([]);
});

test('every policy, opened wide, is noticed where it stands', async () => {
  // No one may update a row of most tables: there a policy for it opens nothing.
  const all = (await policies(world)).filter(({ isUsed }) => isUsed);
  expect(all.length).toBeGreaterThan(20);
  const unnoticed: string[] = [];
  for (const policy of all) {
    const leaks = await leaksOf(await openPolicy(world, policy), (broken, tally) =>
      tables(broken, tally, policy.table),
    );
    if (!leaks.some((leak) => leak.includes(policy.table))) {
      unnoticed.push(`${policy.table}: ${policy.name}`);
    }
  }
  expect(unnoticed).toEqual([]);
});

test('every table without its row security is noticed', async () => {
  const unnoticed: string[] = [];
  for (const table of await securedTables(world)) {
    const leaks = await leaksOf(await openTable(world, table), (broken, tally) =>
      tables(broken, tally, table),
    );
    if (!leaks.some((leak) => leak.includes(table))) unnoticed.push(table);
  }
  expect(unnoticed).toEqual([]);
});

test('rows that come through are noticed by asking the site as well', async () => {
  for (const table of ['households', 'household_rounds']) {
    const policy = (await policies(world)).find(
      (one) => one.table === table && one.cmd === 'SELECT',
    )!;
    const leaks = await leaksOf(await openPolicy(world, policy), reads('commune_officer over N3'));
    expect(leaks.length, table).toBeGreaterThan(0);
  }
});

describe('at the door', () => {
  test('a page without its guard is noticed, or shows no row for lack of rights to any', async () => {
    const pages = world.routes.filter(
      ({ method, policy }) => method === 'GET' && policy.includes(':'),
    );
    const unnoticed: string[] = [];
    for (const route of pages) {
      const only = new RegExp(`^${route.path.replace(/[*]/g, '.*')}$`);
      const leaks: string[] = [];
      for (const name of ['sector_officer over pA', 'supervisor over N1', 'without a role']) {
        leaks.push(...(await leaksOf(withoutGuard(world, route), reads(name, only))));
      }
      if (leaks.length === 0) unnoticed.push(route.path);
    }
    // Pages of one record, or one unit: whoever holds nothing has no scope, and it is not there.
    const ofOneUnit = ['/danh-sach/moi', '/to-chuc/sap-xep/xem'];
    const isOfOne = (path: string) => path.includes(':id') || ofOneUnit.includes(path);
    expect(unnoticed.filter((path) => !isOfOne(path))).toEqual([]);
    expect(pages.length - unnoticed.length).toBeGreaterThan(1);
  });

  test('an act without its guard is refused by the command', async () => {
    const acts = world.routes.filter(
      ({ method, policy }) => method === 'POST' && policy.includes(':'),
    );
    expect(acts.length).toBeGreaterThan(3);
    for (const route of acts) {
      const mutant = withoutGuard(world, route);
      const only = { ...mutant, world: { ...mutant.world, routes: [route] } };
      const leaks = await leaksOf(only, (broken, tally) =>
        walkActs(broken, tally, actor('supervisor over N1')),
      );
      expect(leaks, route.path).toEqual([]);
    }
  });
});

describe('rights', () => {
  test.each([
    ['sector_officer', 'household:read', 'sector_officer over pA'],
    ['finance_officer', 'household:read', 'finance_officer over N1'],
    ['community_supervisor', 'household:read', 'community_supervisor over N1'],
    ['administrator', 'household:read', 'administrator over pA'],
    ['village_head', 'list:read', 'village_head over v1'],
    ['commune_officer', 'audit:read', 'commune_officer over N1'],
    ['auditor', 'inspection:read', 'auditor over N1'],
    ['supervisor', 'citizen-code:propose', 'supervisor over N1'],
  ])('%s with %s is noticed', async (role, permission, name) => {
    const leaks = await leaksOf(widenRole(world, role, permission), reads(name, ALL_ROUTES));
    expect(leaks.length).toBeGreaterThan(0);
  });

  test.each(['household:propose', 'identifier:read', 'list:decide'])(
    'a supervisor with %s is noticed',
    async (permission) => {
      const leaks = await leaksOf(widenRole(world, 'supervisor', permission), (broken, tally) =>
        walkActs(broken, tally, actor('supervisor over N1')),
      );
      expect(leaks.length).toBeGreaterThan(0);
    },
  );

  test('a scope that covers one village too many is noticed', async () => {
    const leaks = await leaksOf(await widenScopeKey(world), reads('commune_officer over N2'));
    expect(leaks.join()).toContain('v1');
  });

  const account = (name: string) => [actor(name).accountId];
  test.each<[string, string, string]>([
    [
      'role ended yesterday',
      'update role_assignments r set valid_to = null from accounts a where a.person_account_id = r.person_account_id and a.account_id = $1',
      `update role_assignments r set valid_to = '2025-12-01' from accounts a where a.person_account_id = r.person_account_id and a.account_id = $1`,
    ],
    [
      'role begins tomorrow',
      `update role_assignments r set valid_from = '2025-12-01' from accounts a where a.person_account_id = r.person_account_id and a.account_id = $1`,
      `update role_assignments r set valid_from = '2025-12-03' from accounts a where a.person_account_id = r.person_account_id and a.account_id = $1`,
    ],
    [
      'delegation withdrawn',
      'update role_assignments r set withdrawn_at = null from accounts a where a.person_account_id = r.person_account_id and r.is_delegation and a.account_id = $1',
      'update role_assignments r set withdrawn_at = now() from accounts a where a.person_account_id = r.person_account_id and r.is_delegation and a.account_id = $1',
    ],
    [
      'delegation over',
      `update role_assignments r set valid_to = '2026-03-31' from accounts a where a.person_account_id = r.person_account_id and r.is_delegation and a.account_id = $1`,
      `update role_assignments r set valid_to = '2025-12-01' from accounts a where a.person_account_id = r.person_account_id and r.is_delegation and a.account_id = $1`,
    ],
    [
      'office ended yesterday',
      'update offices o set valid_to = null from role_assignments r, accounts a where r.office_id = o.office_id and a.person_account_id = r.person_account_id and a.account_id = $1',
      `update offices o set valid_to = '2025-12-01' from role_assignments r, accounts a where r.office_id = o.office_id and a.person_account_id = r.person_account_id and a.account_id = $1`,
    ],
    [
      'closed account',
      'update accounts set disabled_at = null where account_id = $1',
      'update accounts set disabled_at = now() where account_id = $1',
    ],
    [
      'signed out',
      'update sessions set ended_at = null where account_id = $1',
      'update sessions set ended_at = created_at where account_id = $1',
    ],
    [
      'demonstration account',
      'update accounts set is_demo = false where account_id = $1',
      'update accounts set is_demo = true where account_id = $1',
    ],
  ])('%s who is let in is noticed', async (name, sql, back) => {
    const leaks = await leaksOf(await changed(world, sql, back, account(name)), reads(name));
    expect(leaks.length).toBeGreaterThan(0);
  });
});

describe('offices', () => {
  const OFFICE = /^\/to-chuc\/co-quan/;

  /** Sends the form of one address alone. */
  const acts = (name: string, path: string) => (broken: World, tally: Tally) => {
    const routes = world.routes.filter((one) => one.method === 'POST' && one.path === path);
    return walkActs({ ...broken, routes }, tally, actor(name));
  };

  /** Whoever asks is taken for the one who handed a role over. */
  const asGiver = () =>
    withoutCondition(world, {
      asks: 'select person_account_id as id from accounts',
      instead: (statement) =>
        statement.replace(
          'account_id = $1',
          `$1::uuid is not null and account_id = '${actor('hands over in N3').accountId}'`,
        ),
    });

  test.each(['auditor over N1', 'administrator over pB'])(
    'one of other places that is shown to %s is noticed',
    async (name) => {
      const mutant = withoutCondition(world, {
        asks: 'select from offices o',
        instead: (statement) => statement.replace('o.office_id = $1 and', 'o.office_id = $1 or'),
      });
      expect(await leaksOf({ ...mutant, world }, reads(name, OFFICE))).toEqual([]);
      expect((await leaksOf(mutant, reads(name, OFFICE))).join()).toContain('office (');
    },
  );

  test('names of its people, told to whoever may see that it is there, are noticed', async () => {
    const name = 'sector_officer over pA';
    const mutant = widenRole(world, 'sector_officer', 'audit:read');
    expect((await leaksOf(mutant, reads(name, OFFICE))).join()).toContain('officer (');
  });

  test.each(['commune_officer over N1', 'acts for another'])(
    'a role of somebody else that %s hands over is noticed',
    async (name) => {
      const leaks = await leaksOf(asGiver(), acts(name, '/uy-quyen'));
      expect(leaks.join()).toContain('hands over in N3: differs from nothing');
    },
  );

  test.each(['commune_officer over N3', 'colleague in N3'])(
    'a delegation of others that %s takes back is noticed',
    async (name) => {
      const leaks = await leaksOf(asGiver(), acts(name, '/uy-quyen/:id/rut'));
      expect(leaks.join()).toContain('changed role_assignments');
    },
  );

  test('a move of another province that is taken back is noticed', async () => {
    const mutant = withoutCondition(world, {
      asks: 'from office_moves m join units u',
      instead: (statement) =>
        statement.replace('u.province_code as "provinceCode"', `'04' as "provinceCode"`),
    });
    const leaks = await leaksOf(mutant, acts('administrator over pB', '/to-chuc/sap-xep/:id/huy'));
    expect(leaks.join()).toContain('move of O2: differs from nothing');
  });

  test.each(['giver’s role ended', 'giver’s account closed', 'left the office, delegation rests'])(
    'what was handed over and gives something although %s is noticed',
    async (name) => {
      const condition = '(r.delegated_from is null or exists (';
      const mutant = withoutCondition(world, {
        asks: condition,
        instead: (statement) => isTrueFrom(statement, condition),
      });
      expect((await leaksOf(mutant, reads(name))).length).toBeGreaterThan(0);
    },
  );
});

test('a number that changes with what is elsewhere is noticed', async () => {
  const tally = new Tally();
  // As if nothing were this officer's: also what they may see is doubled.
  await walkElsewhere(world, tally, actor('commune_officer over N2'), (w) =>
    doubleElsewhere(w, []),
  );
  expect(tally.leaks.length).toBeGreaterThan(5);
});
