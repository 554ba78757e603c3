import { afterAll, beforeAll, expect, test } from 'vitest';
import { declaredRoutes } from '../../src/http/registrar.js';
import { recipeProblems } from './recipes/index.js';
import { isKnown } from './oracle.js';
import { walkElsewhere } from './walk-elsewhere.js';
import { Tally } from './tally.js';
import { keepWorld, restoreWorld } from './snapshot.js';
import { walkActs } from './walk-acts.js';
import { walkMethods } from './walk-methods.js';
import { walkReads } from './walk-reads.js';
import { lookBehind, walkTables } from './walk-tables.js';
import { actorsIn, buildWorld } from './world/build.js';
import type { World } from './world/world.js';

let world: World;
beforeAll(async () => {
  world = await buildWorld();
  await keepWorld(world);
});
afterAll(() => world.store.close());

const PICK = process.env['PICK'] ? new RegExp(process.env['PICK']) : /./;
const actors = () => world.actors.filter((a) => PICK.test(a.is.name));

async function timed(part: string, work: (tally: Tally) => Promise<void>) {
  const tally = new Tally();
  const t0 = performance.now();
  const c0 = process.cpuUsage();
  await work(tally);
  const c1 = process.cpuUsage(c0);
  console.log(part, performance.now() - t0, (c1.user + c1.system) / 1000);
  tally.report(part);
  (await import('node:fs')).writeFileSync(`/tmp/access-test-${part}.txt`, tally.leaks.join('\n'));
  expect(tally.shown()).toEqual([]);
}

test('every address that is declared has a recipe, and every recipe an address', () => {
  expect(recipeProblems(declaredRoutes(world.app))).toEqual([]);
});

test('reads', () =>
  timed('reads', async (tally) => {
    for (const actor of actors())
      await walkReads(world, tally, actor, (route) => route.policy !== 'public');
  }));
test('public', () =>
  timed('public', async (tally) => {
    for (const actor of actors().filter((a, i) => i % 6 === 0))
      await walkReads(world, tally, actor, (route) => route.policy === 'public');
  }));
test('acts', () =>
  timed('acts', async (tally) => {
    for (const actor of actors()) await walkActs(world, tally, actor);
  }));
test('methods', () =>
  timed('methods', async (tally) => {
    for (const actor of actors().filter((a, i) => i % 6 === 0))
      await walkMethods(world, tally, actor);
  }));
test('tables', () =>
  timed('tables', async (tally) => {
    const known = await actorsIn(world.store, world.actors);
    const behind = await lookBehind(world);
    for (const actor of actors()) {
      const as = known.get(actor.is.name);
      if (as) await walkTables({ world, tally, actor, as, behind });
    }
  }));
test('elsewhere', () =>
  timed('elsewhere', async (tally) => {
    await restoreWorld(world, []);
    for (const actor of actors().filter((a) => world.thorough.has(a.is.name) && isKnown(a.is)))
      await walkElsewhere(world, tally, actor);
  }));
