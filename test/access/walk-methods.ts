import type { DeclaredRoute } from '../../src/http/registrar.js';
import { askIn } from './ask.js';
import { judgeAnswer, maySee } from './judge.js';
import { mayUse } from './oracle.js';
import { recipeOf } from './recipes/index.js';
import { changesOf, restoreWorld, takeSnapshot } from './snapshot.js';
import type { Tally } from './tally.js';
import { addressOf, count, recordsToTry, visitOf } from './visit.js';
import type { World, WorldActor, WorldRecord } from './world/world.js';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/**
 * Asks every address with the methods it does not declare: they do nothing and tell nothing. HEAD tells
 * what GET tells, without the body. An undeclared method is answered before it is known who asks, so each
 * role tries one in turn at each address.
 */
export async function walkMethods(
  world: World,
  tally: Tally,
  actor: WorldActor,
  which: 'all methods' | 'one in turn',
): Promise<void> {
  const before = await takeSnapshot(world, actor.accountId, 'all');
  const routes = world.routes;
  const declared = new Set(routes.map(({ method, path }) => `${method} ${path}`));
  // The policy of GET is what HEAD goes by.
  const byPath = routes.toSorted((a) => (a.method === 'GET' ? 1 : -1));
  const paths = [...new Map(byPath.map((route) => [route.path, route])).values()];
  for (const [turn, route] of paths.entries()) {
    const undeclared = METHODS.filter((method) => !declared.has(`${method} ${route.path}`));
    const one = undeclared[(turn + actor.is.name.length) % undeclared.length];
    const missing =
      which === 'all methods' ? undeclared : undeclared.filter((method) => method === one);
    for (const record of recordsOf(world, actor, route)) {
      for (const method of missing) await tryMethod({ world, tally, actor, route, record, method });
    }
  }
  const changes = changesOf(before, await takeSnapshot(world, actor.accountId, 'all'));
  for (const { table } of changes)
    tally.leak(`${actor.is.name}: a strange method changed ${table}`);
  await restoreWorld(
    world,
    changes.map(({ table }) => table),
  );
}

/** One record the person may see and one they may not, where the address names a record. */
function recordsOf(world: World, actor: WorldActor, route: DeclaredRoute): (WorldRecord | null)[] {
  const { of } = recipeOf(route);
  if (of === undefined || !route.path.includes(':')) return [null];
  const all = recordsToTry(world, of);
  const isSeen = (one: WorldRecord) => maySee(actor.is, route.policy, one);
  const picked = [all.find(isSeen), all.find((one) => !isSeen(one))];
  return picked.filter((one) => one !== undefined);
}

interface Try {
  world: World;
  tally: Tally;
  actor: WorldActor;
  route: DeclaredRoute;
  record: WorldRecord | null;
  method: string;
}

async function tryMethod({ world, tally, actor, route, record, method }: Try): Promise<void> {
  const recipe = recipeOf(route);
  const path = addressOf(route, recipe, record);
  const token = actor.token;
  const answer = await askIn(world, { method, path, token });
  count(visitOf({ world, tally, actor, route }), record);
  const leak = (what: string) => tally.leak(`${actor.is.name} · ${method} ${path}: ${what}`);
  const asked = { actor: actor.is, method, path, policy: route.policy, record };
  for (const what of judgeAnswer(world, asked, answer)) leak(what);
  if (method !== 'HEAD') {
    if (answer.status < 400) leak(`answered ${answer.status} to a method nobody declared`);
    return;
  }
  if (answer.body !== '') leak('has a body');
  const isGet = world.routes.some((one) => one.method === 'GET' && one.path === route.path);
  if (!isGet) return;
  const get = await askIn(world, { method: 'GET', path, token });
  if (get.status !== answer.status) leak(`answered ${answer.status}, GET ${get.status}`);
  if (answer.status < 300 && !mayUse(actor.is, route.policy)) leak('is open');
}
