import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROLES } from './oracle.js';
import { keepWorld } from './snapshot.js';
import { Tally } from './tally.js';
import { walkActs } from './walk-acts.js';
import { walkMethods } from './walk-methods.js';
import { onePerRole, whoActs } from './visit.js';
import { lookBehind, walkTables } from './walk-tables.js';
import { actorsIn, buildWorld } from './world/build.js';
import type { World } from './world/world.js';

let world: World;
beforeAll(async () => {
  world = await buildWorld();
  await keepWorld(world);
});
afterAll(() => world.store.close());

test('nobody does what is not theirs to do, and everybody what is', async () => {
  const tally = new Tally();
  const tried = new Set<string | undefined>();
  for (const actor of whoActs(world)) {
    await walkActs(world, tally, actor);
    for (const { role } of actor.is.holds) tried.add(role);
  }
  for (const { id } of ROLES) expect(tried, id).toContain(id);
  tally.report('acting');
  expect(tally.shown()).toEqual([]);
});

test('methods that nobody declared do nothing and tell nothing', async () => {
  const tally = new Tally();
  for (const actor of onePerRole(world)) {
    const stands = ['nobody', 'province_officer over pA'].includes(actor.is.name);
    await walkMethods(world, tally, actor, stands ? 'all methods' : 'one in turn');
  }
  tally.report('methods');
  expect(tally.shown()).toEqual([]);
});

test('the database itself gives and takes no row beyond what is theirs', async () => {
  const tally = new Tally();
  const known = await actorsIn(world.store, world.actors);
  const behind = await lookBehind(world);
  const asked = new Set<string>();
  for (const actor of world.actors) {
    const as = known.get(actor.is.name);
    if (as) await walkTables({ world, tally, actor, as, behind, asked });
  }
  tally.report('tables');
  expect(tally.shown()).toEqual([]);
});
