import type { DeclaredRoute } from '../../src/http/registrar.js';
import { exactly, maySee, opensWith } from './judge.js';
import { mayUse, relationOf, relationToOffice } from './oracle.js';
import type { Recipe } from './recipes/recipe.js';
import { keyOf, recipeOf } from './recipes/index.js';
import type { Tally } from './tally.js';
import { SPECIAL_ACTORS } from './world/description.js';
import { OFFICE_ACTORS } from './world/office-stories.js';
import type { RecordKind, World, WorldActor, WorldRecord } from './world/world.js';

/** An id and a word of nothing in the world. */
export const NO_ID = '01900000-0000-7000-8000-00000000dead';
export const NO_WORD = 'zqnothing0qz';

/** One person at one address. */
export interface Visit {
  world: World;
  tally: Tally;
  actor: WorldActor;
  route: DeclaredRoute;
  recipe: Recipe;
}

export const visitOf = (one: Omit<Visit, 'recipe'>): Visit => ({
  ...one,
  recipe: recipeOf(one.route),
});

/** The address about a record, or about nothing. */
export function addressOf(
  { path }: DeclaredRoute,
  { params, paramsOf }: Recipe,
  record: WorldRecord | null,
): string {
  const known = { ...params, ...(record && paramsOf?.(record)) };
  return path
    .replace(/:([a-z]+)/g, (_, name: string) => known[name] ?? record?.id ?? NO_ID)
    .replace('*', known['*'] ?? '');
}

export const queriesOf = ({ queries }: Recipe, word: string): readonly string[] =>
  typeof queries === 'function' ? queries(word) : queries;

/** One record of each place and kind, and all whose story is a special one. */
export const recordsToTry = (world: World, kind: RecordKind): WorldRecord[] =>
  world.records.filter(
    (one) => one.kind === kind && (one.isInspected || !/^household ..(b|c\d+)$/.test(one.name)),
  );

/** The first record of each relation: a household of the round before as well as of this one. */
export const oneOfEachRelation = (
  world: World,
  actor: WorldActor,
  kind: RecordKind,
): WorldRecord[] => [
  ...new Map(
    recordsToTry(world, kind)
      .toReversed()
      .map((one) => [relationOfActor(actor, one), one]),
  ).values(),
];

/**
 * Is everything asked here, of every record? It is for whoever stands for all with the same rights, where
 * they may use the address. Otherwise an address gives one answer to all; then each role asks about one
 * record of each relation, once.
 */
export const isAsking = ({ world, actor, route }: Visit): 'everything' | 'what is new' =>
  world.isThorough(actor, route.policy) && mayUse(actor.is, route.policy)
    ? 'everything'
    : 'what is new';

/** The records this person is to ask about here. */
export function recordsFor(visit: Visit, kind: RecordKind): WorldRecord[] {
  const { world, actor, route } = visit;
  // Whoever takes no part in what is handed over is a stranger to it, whatever their scopes.
  if (kind === 'role' || kind === 'delegation') {
    return isOfStory(actor)
      ? recordsToTry(world, kind)
      : oneOfEachRelation(world, actor, kind).filter((record) => isNew(visit, record));
  }
  if (isAsking(visit) === 'everything') {
    // Entries of a place are read as its households are; households beyond their own pages likewise.
    const isAlike = kind === 'entry' || (kind === 'household' && route.policy !== 'household:read');
    return isAlike ? oneOfEachRelation(world, actor, kind) : recordsToTry(world, kind);
  }
  const found = oneOfEachRelation(world, actor, kind).filter((record) => isNew(visit, record));
  return found.length === 0 && isOwnStory(visit) ? nearestFor(visit, kind) : found;
}

/** Has a person whose story is one of offices and delegations not asked here yet? */
const isOwnStory = ({ tally, actor, route }: Visit): boolean =>
  isOfStory(actor) &&
  (isGuarded(route, actor) || route.path.startsWith('/uy-quyen')) &&
  tally.isNew([actor.is.name], keyOf(route), STORY);

/** Forms are guarded like pages: whoever is refused these asks no more. */
const isGuarded = ({ method, policy }: DeclaredRoute, { is }: WorldActor): boolean =>
  policy.includes(':') && (method === 'GET' || mayUse(is, policy));

const STORY = 'a story of offices';
const stories = new Set(OFFICE_ACTORS.map(({ name }) => name));
const isOfStory = ({ is }: WorldActor): boolean => stories.has(is.name);

/** One record that is theirs; where there is none, one that would be if their roles gave anything. */
function nearestFor(visit: Visit, kind: RecordKind): WorldRecord[] {
  const all = recordsToTry(visit.world, kind);
  const isNear = (one: WorldRecord) => !FAR.has(relationOfActor(visit.actor, one));
  const found = all.find((record) => isTheirs(visit, record)) ?? all.find(isNear) ?? all[0];
  return found ? [found] : [];
}

const FAR = new Set(['sibling', 'none', 'nobody']);

/** Has nobody of this person's roles asked here about such a record? */
export const isNew = (visit: Visit, record: WorldRecord | null): boolean => {
  const { tally, actor, route } = visit;
  if (record === null && isOwnStory(visit)) return true;
  return tally.isNew(rolesOf(actor), keyOf(route), relationOfActor(actor, record));
};

export const count = ({ tally, actor, route }: Visit, record: WorldRecord | null): void => {
  const address = keyOf(route);
  tally.try(rolesOf(actor), address, relationOfActor(actor, record));
  if (isOfStory(actor)) tally.note(actor.is.name, address, STORY);
};

export function rolesOf({ is }: WorldActor): string[] {
  const roles = is.holds.map(({ role }) => role);
  return roles.length > 0 ? roles : [is.name];
}

/** How a person's scopes lie to where a record is. */
export function relationOfActor({ is }: WorldActor, record: WorldRecord | null): string {
  if (record === null) return 'no record';
  if (is.session !== undefined || is.holds.length === 0) return 'nobody';
  const { places, officeOf, members } = record;
  const all: string[] = is.holds.flatMap(({ over }) => [
    ...places.map((place) => relationOf(over, place)),
    ...(officeOf ? [relationToOffice(over, officeOf)] : []),
    ...(members ? ['inspected'] : []),
  ]);
  return [...new Set(all)].join(' + ');
}

/** May the person see the record here? */
export const isTheirs = ({ actor, route, recipe }: Visit, record: WorldRecord): boolean =>
  maySee(
    actor.is,
    route.policy,
    record,
    recipe.isExact ? exactly(route.policy) : opensWith(route.policy),
  );

/** By `npm run test:access` everybody acts; within `npm test` every third of those who hold a role. */
export const whoActs = ({ actors }: World): readonly WorldActor[] =>
  process.env['THONBAN_ACCESS_ALL'] === '1'
    ? actors
    : actors.filter(({ is }, turn) => is.holds.length !== 1 || turn % 3 === 0);

/** The first of each role, and who holds none. */
export function onePerRole({ actors }: World): WorldActor[] {
  const special = new Set(SPECIAL_ACTORS.map(({ name }) => name));
  const byRole = new Map(
    actors
      .filter(({ is }) => !special.has(is.name))
      .toReversed()
      .map((actor) => [actor.is.holds[0]?.role, actor]),
  );
  return [...byRole.values(), ...actors.filter(({ is }) => is.holds.length === 0)];
}

/** A leak as a sentence: who, how near, where, about what. */
export function report(visit: Visit, address: string, record: WorldRecord | null, what: string) {
  const { actor, route, tally } = visit;
  const where = record ? ` · ${record.name}` : '';
  const relation = relationOfActor(actor, record);
  tally.leak(`${actor.is.name} · ${relation} · ${route.method} ${address}${where}: ${what}`);
}
