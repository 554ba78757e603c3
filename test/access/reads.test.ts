import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROLES, isKnown } from './oracle.js';
import { keyOf, recipeProblems } from './recipes/index.js';
import { keepWorld, restoreWorld } from './snapshot.js';
import { Tally } from './tally.js';
import { walkElsewhere } from './walk-elsewhere.js';
import { walkReads } from './walk-reads.js';
import { buildWorld } from './world/build.js';
import type { World } from './world/world.js';

let world: World;
beforeAll(async () => {
  world = await buildWorld();
  await keepWorld(world);
});
afterAll(() => world.store.close());

test('every address that is declared has a recipe, and every recipe an address', () => {
  expect(recipeProblems(world.routes)).toEqual([]);
  const added = { method: 'GET', path: '/moi/:id', policy: 'public' } as const;
  expect(recipeProblems([...world.routes, added])).toEqual(['GET /moi/:id has no recipe']);
});

test('nobody reads what is not theirs, and everybody what is', async () => {
  const tally = new Tally();
  for (const actor of world.actors) await walkReads(world, tally, actor);
  tally.report('reading');
  expect(tally.shown()).toEqual([]);
  // Every role was tried from near and far.
  for (const { id, levels } of ROLES) {
    const tried = [...tally.relationsOf(id)].join();
    const isLocal = levels.some((level) => level !== 'province');
    expect(tried, id).toContain('none');
    expect(tried, id).toContain(isLocal ? 'sibling' : 'ancestor');
    const addresses = world.routes.filter(({ method }) => method === 'GET').map(keyOf);
    expect(tally.addressesOf(id).sort(), id).toEqual(addresses.sort());
  }
  const all = [...tally.relationsOf()].join();
  for (const relation of RELATIONS) expect(all).toContain(relation);
});

const RELATIONS = [
  ...['own', 'ancestor', 'descendant', 'sibling', 'merged successor', 'split successor'],
  ...['unassigned place', 'abolished', 'none', 'nobody'],
];

test('no answer changes with what is none of the person’s business', async () => {
  const tally = new Tally();
  await restoreWorld(world, []);
  const people = world.actors.filter(
    (actor) => isKnown(actor.is) && world.isThorough(actor, 'household:read'),
  );
  for (const actor of people) await walkElsewhere(world, tally, actor);
  tally.report('elsewhere');
  expect(tally.shown()).toEqual([]);
});
