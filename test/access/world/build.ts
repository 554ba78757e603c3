import { actorOfSession } from '../../../src/access/index.js';
import { createApp } from '../../../src/http/index.js';
import { declaredRoutes } from '../../../src/http/registrar.js';
import { newId } from '../../../src/kernel/index.js';
import type { Actor } from '../../../src/store/index.js';
import type { TestStore } from '../../support/database.js';
import { testStore } from '../../support/database.js';
import { ROLES, scopesOf } from '../oracle.js';
import { addWorldActors } from './accounts.js';
import { addWorldActs, addWorldCode, addWorldJobs } from './acts.js';
import { worldClock } from './clock.js';
import { SPECIAL_ACTORS, actorsOf } from './description.js';
import { addWorldHouseholds } from './households.js';
import { addWorldImports } from './imports.js';
import { addWorldPlaces, scopeKey } from './places.js';
import { Tokens } from './tokens.js';
import type { World, WorldActor } from './world.js';

/** The whole world in a database of its own. */
export async function buildWorld(): Promise<World> {
  const clock = worldClock();
  const store = await testStore({ clock });
  const tokens = new Tokens();
  const places = await addWorldPlaces(store);
  const bookId = newId();
  const { actors, households } = await store.behind(async (client) => {
    await client.query('begin');
    const made = {
      actors: await addWorldActors(client, actorsOf(ROLES), { places, tokens }),
      households: await addWorldHouseholds({ client, places, bookId, tokens }),
    };
    await client.query('commit');
    return made;
  });
  const world = { store, tokens, places, bookId, actors, clock };
  const known = await actorsIn(store, actors);
  const imports = await addWorldImports(store, tokens, (maker, reach) => {
    const { accountId } = actorNamed(actors, maker);
    const scopes = reach.map((scope) => scopeKey(scope, places));
    const grants = (['household:read', 'household:propose'] as const).map((permission) => ({
      ...{ permission, scopes, officeId: null, role: 'commune_officer' },
    }));
    return { id: accountId, name: maker, officeId: null, scopes, grants };
  });
  await addWorldActs(world, households, (place) =>
    place === 'v5'
      ? { ...known.get('province_officer over pA')!, id: idOf('role ended yesterday') }
      : null,
  );
  await addWorldCode(store, households, known.get('commune_officer over N1')!);
  function idOf(name: string): string {
    return actorNamed(actors, name).accountId;
  }
  await addWorldJobs(
    world,
    ['province_officer over pA', 'commune_officer over N1', 'village_head over v1'].map((name) => ({
      ...{ name, actor: known.get(name)! },
      reads: scopesOf(actorNamed(actors, name).is, 'household:read'),
    })),
  );
  const records = [...households, ...imports];
  const app = createApp({ store });
  return { ...world, app, routes: declaredRoutes(app), records, thorough: thoroughOf(actors) };
}

/** The first of all whose rights over households are the same, and everybody with a special story. */
function thoroughOf(actors: readonly WorldActor[]): Set<string> {
  const rights = (actor: WorldActor) =>
    JSON.stringify([scopesOf(actor.is, 'household:read'), scopesOf(actor.is, 'household:propose')]);
  const firsts = new Map(actors.toReversed().map((actor) => [rights(actor), actor.is.name]));
  const special = SPECIAL_ACTORS.map(({ name }) => name);
  return new Set([...firsts.values(), ...special]);
}

export function actorNamed(actors: readonly WorldActor[], name: string): WorldActor {
  const found = actors.find(({ is }) => is.name === name);
  if (!found) throw new Error(`nobody is called "${name}"`);
  return found;
}

/** Everybody who is somebody, as the product itself knows them by their session. */
export async function actorsIn(
  store: TestStore,
  actors: readonly WorldActor[],
): Promise<ReadonlyMap<string, Actor>> {
  const found = new Map<string, Actor>();
  for (const { is, token } of actors) {
    const actor = token && (await actorOfSession(store, token));
    if (actor) found.set(is.name, actor);
  }
  return found;
}
