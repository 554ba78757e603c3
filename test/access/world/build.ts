import { actorOfSession } from '../../../src/access/index.js';
import { createApp } from '../../../src/http/index.js';
import { declaredRoutes } from '../../../src/http/registrar.js';
import { newId } from '../../../src/kernel/index.js';
import type pg from 'pg';
import type { Actor } from '../../../src/store/index.js';
import type { TestStore } from '../../support/database.js';
import { testStore } from '../../support/database.js';
import { ROLES, scopesOf } from '../oracle.js';
import { addWorldActors } from './accounts.js';
import { addOfficeActs, addWorldActs, addWorldCode, addWorldJobs } from './acts.js';
import { worldClock } from './clock.js';
import type { ActorIs } from './description.js';
import { PROVINCES, SPECIAL_ACTORS, actorsOf } from './description.js';
import { addWorldHouseholds } from './households.js';
import { addWorldImports } from './imports.js';
import { addWorldInspections } from './inspections.js';
import { addWorldLists, unitRecords } from './lists.js';
import { addWorldNumbers } from './numbers.js';
import { OFFICE_ACTORS } from './office-stories.js';
import { addWorldOffices } from './offices.js';
import { addWorldPlaces, scopeKey } from './places.js';
import { Tokens } from './tokens.js';
import type { World, WorldActor } from './world.js';

/** The whole world in a database of its own. */
export async function buildWorld(): Promise<World> {
  const clock = worldClock();
  const store = await testStore({ clock });
  const behind = await keptOpen(store);
  const tokens = new Tokens();
  const places = await addWorldPlaces(store);
  const bookId = newId();
  const everybody = [...actorsOf(ROLES), ...OFFICE_ACTORS];
  const { actors, households } = await behind(async (client) => {
    await client.query('begin');
    const made = {
      actors: await addWorldActors(client, everybody, { places, tokens }),
      households: await addWorldHouseholds({ client, places, bookId, tokens }),
    };
    await client.query('commit');
    return made;
  });
  const world = { store, behind, tokens, places, bookId, actors, clock };
  const known = await actorsIn(store, actors);
  const imports = await addWorldImports(store, tokens, (maker, reach) => {
    const { accountId } = actorNamed(actors, maker);
    const scopes = reach.map((scope) => scopeKey(scope, places));
    const grants = (['household:read', 'household:propose'] as const).map((permission) => ({
      ...{ permission, scopes, officeId: null, role: 'commune_officer' },
    }));
    return { id: accountId, name: maker, officeId: null, scopes, grants };
  });
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
  await addWorldNumbers(world, households);
  const inspections = await addWorldInspections(world, known, households);
  const lists = await addWorldLists(world, known);
  // Last, so that they stand among the newest that a household's page shows.
  const entries = [
    ...(await addWorldActs(world, households, (place) =>
      place === 'v5'
        ? { ...known.get('province_officer over pA')!, id: idOf('role ended yesterday') }
        : null,
    )),
    ...(await addOfficeActs(world, known)),
  ];
  const records = [
    ...households,
    ...imports,
    ...lists,
    ...unitRecords(),
    ...entries,
    ...inspections,
    ...(await addWorldOffices(world)),
  ];
  const app = createApp({ store });
  return { ...world, app, routes: declaredRoutes(app), records, isThorough: thoroughIn(actors) };
}

/** One connection for all looks behind: a new one for each would cost more than the looking. */
async function keptOpen(store: TestStore): Promise<TestStore['behind']> {
  const client = await new Promise<pg.Client>((resolve, reject) => {
    store
      .behind(async (held) => {
        resolve(held);
        await new Promise<void>((end) => held.once('end', end));
      })
      .catch(reject);
  });
  client.on('error', () => undefined);
  return (use) => use(client);
}

/** The first of all who may see the same and use an address of a policy the same, and special people. */
function thoroughIn(actors: readonly WorldActor[]): World['isThorough'] {
  const special = new Set(SPECIAL_ACTORS.map(({ name }) => name));
  const known = new Map<string, ReadonlySet<string>>();
  const firsts = (policy: string): ReadonlySet<string> => {
    const rights = ({ is }: WorldActor) => rightsOf(is, policy);
    const found = new Map(actors.toReversed().map((actor) => [rights(actor), actor.is.name]));
    const names = new Set([...found.values(), ...(policy === 'public' ? ['nobody'] : special)]);
    known.set(policy, names);
    return names;
  };
  return ({ is }, policy) => (known.get(policy) ?? firsts(policy)).has(is.name);
}

/** What makes the answers of an address with this policy differ from person to person. */
function rightsOf(is: ActorIs, policy: string): string {
  // Public addresses: at most whose small cells somebody counts. Lists are seen by their own permission.
  const scopes = scopesOf(is, policy);
  if (policy === 'public')
    return scopesOf(is, 'figure:read')
      .filter((s) => s in PROVINCES)
      .join();
  const read = policy.startsWith('list:') ? 'list:read' : 'household:read';
  return JSON.stringify([scopesOf(is, read), scopes]);
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
