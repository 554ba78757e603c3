import { afterAll, beforeAll, expect, test } from 'vitest';
import { declaredRoutes } from '../../src/http/registrar.js';
import { recipeProblems } from './recipes/index.js';
import { Tally } from './tally.js';
import { keepWorld } from './snapshot.js';
import { lookBehind, walkTables } from './walk-tables.js';
import { actorsIn, buildWorld } from './world/build.js';
import type { World } from './world/world.js';

let world: World;
beforeAll(async () => {
  world = await buildWorld();
  await keepWorld(world);
});
afterAll(() => world.store.close());

test('tables', async () => {
  const tally = new Tally();
  const t0 = performance.now();
  const c0 = process.cpuUsage();
  const known = await actorsIn(world.store, world.actors);
  const behind = await lookBehind(world);
  for (const actor of world.actors) {
    const as = known.get(actor.is.name);
    if (as) await walkTables({ world, tally, actor, as, behind });
  }
  const c1 = process.cpuUsage(c0);
  console.log(performance.now() - t0, (c1.user + c1.system) / 1000);
  tally.report('tables');
  (await import('node:fs')).writeFileSync('/tmp/access-test-leaks.txt', tally.leaks.join('\n'));
  expect(tally.shown()).toEqual([]);
});
