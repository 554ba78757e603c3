import type { DeclaredRoute } from '../../src/http/registrar.js';
import type { Answer } from './ask.js';
import { ask } from './ask.js';
import { comparable, firstDifference, judgeAnswer, maySee, opensWith } from './judge.js';
import { mayUse, relationOf } from './oracle.js';
import type { Recipe } from './recipes/recipe.js';
import { recipeOf } from './recipes/index.js';
import type { Tally } from './tally.js';
import type { World, WorldActor, WorldRecord } from './world/world.js';

/** An id and a word of nothing in the world. */
export const NO_ID = '01900000-0000-7000-8000-00000000dead';
export const NO_WORD = 'zqnothing0qz';

export const addressOf = ({ path }: DeclaredRoute, recipe: Recipe, id: string): string =>
  path
    .replace(/:([a-z]+)/g, (_, name: string) => recipe.params[name] ?? id)
    .replace('*', recipe.params['*'] ?? '');

/** One record of each place and kind, and all whose story is a special one. */
export const recordsToTry = (world: World, kind: WorldRecord['kind']): WorldRecord[] =>
  world.records.filter((one) => one.kind === kind && !/^household ..(b|c\d+)$/.test(one.name));

/**
 * The records a person is tried with: one for each relation, or all of them for those who stand for all
 * that have the same rights. At an address that is closed to the person whatever it is asked about, one
 * for each relation says as much as all.
 */
export function recordsFor(
  world: World,
  actor: WorldActor,
  kind: WorldRecord['kind'],
  which: 'all' | 'one of each relation',
): WorldRecord[] {
  const all = recordsToTry(world, kind);
  if (which === 'all') return all;
  // The first of each: a household of the round before as well as of this one.
  return [
    ...new Map(all.toReversed().map((one) => [relationsOf(actor, one).join(), one])).values(),
  ];
}

const whichOf = ({ world, actor, route }: Visit) =>
  world.thorough.has(actor.is.name) && mayUse(actor.is, route.policy)
    ? 'all'
    : 'one of each relation';

/** The relations of a person's scopes to where a record lies. */
export function relationsOf(actor: WorldActor, record: WorldRecord | null): string[] {
  const { holds, session } = actor.is;
  if (record === null) return ['no record'];
  if (session !== undefined || holds.length === 0) return ['nobody'];
  const all = holds.flatMap(({ over }) => record.places.map((place) => relationOf(over, place)));
  return [...new Set(all)];
}

interface Visit {
  world: World;
  tally: Tally;
  actor: WorldActor;
  route: DeclaredRoute;
  recipe: Recipe;
}

/** Asks every address that is read, as this person, about every record. */
export async function walkReads(
  world: World,
  tally: Tally,
  actor: WorldActor,
  wanted: (route: DeclaredRoute) => boolean = () => true,
): Promise<void> {
  const routes = world.routes.filter(({ method }) => method === 'GET');
  for (const route of routes.filter(wanted)) {
    const visit = { world, tally, actor, route, recipe: recipeOf(route) };
    if (visit.recipe.of === undefined) await visitOpen(visit);
    else if (visit.recipe.isSearch) await visitSearch(visit, visit.recipe.of);
    else await visitRecords(visit, visit.recipe.of);
  }
}

export const queriesOf = ({ queries }: Recipe, word: string): readonly string[] =>
  typeof queries === 'function' ? queries(word) : queries;

async function visitOpen(visit: Visit): Promise<void> {
  for (const query of queriesOf(visit.recipe, NO_WORD)) {
    await askOnce(visit, `${addressOf(visit.route, visit.recipe, NO_ID)}${query}`, null);
  }
}

/** Lists as they are, and searched for each record; a foreign one is not to be found. */
async function visitSearch(visit: Visit, kind: WorldRecord['kind']): Promise<void> {
  const { route, recipe } = visit;
  const path = addressOf(route, recipe, NO_ID);
  const plain = queriesOf(recipe, NO_WORD);
  const nothing: Answer[] = [];
  for (const query of plain) nothing.push(await askOnce(visit, `${path}${query}`, null));
  for (const record of recordsFor(visit.world, visit.actor, kind, whichOf(visit))) {
    for (const [i, query] of queriesOf(recipe, record.word).entries()) {
      if (query === plain[i]) continue;
      const answer = await askOnce(visit, `${path}${query}`, record);
      compare(visit, record, [answer, record.word], [nothing[i]!, NO_WORD]);
    }
  }
}

async function visitRecords(visit: Visit, kind: WorldRecord['kind']): Promise<void> {
  const { route, recipe } = visit;
  for (const query of queriesOf(recipe, NO_WORD)) {
    const none = await askOnce(visit, `${addressOf(route, recipe, NO_ID)}${query}`, null);
    for (const record of recordsFor(visit.world, visit.actor, kind, whichOf(visit))) {
      const answer = await askOnce(visit, `${addressOf(route, recipe, record.id)}${query}`, record);
      compare(visit, record, [answer, record.id], [none, NO_ID]);
      if (query === '') showsItself(visit, record, answer);
    }
  }
}

async function askOnce(visit: Visit, path: string, record: WorldRecord | null): Promise<Answer> {
  const { world, tally, actor, route } = visit;
  const answer = await ask(world.app, { method: 'GET', path, token: actor.token });
  const roles = actor.is.holds.map(({ role }) => role);
  tally.try(roles.length > 0 ? roles : [actor.is.name], relationsOf(actor, record).join(' + '));
  const asked = { actor: actor.is, method: 'GET', path, policy: route.policy, record };
  for (const what of judgeAnswer(world, asked, answer)) report(visit, path, record, what);
  return answer;
}

/** What a person may not see looks like what does not exist. */
function compare(
  visit: Visit,
  record: WorldRecord,
  [answer, word]: [Answer, string],
  [none, noWord]: [Answer, string],
): void {
  const { actor, route } = visit;
  if (mayUse(actor.is, route.policy) && maySee(actor.is, route.policy, record)) return;
  const seen = comparable(visit.world, answer, word);
  const absent = comparable(visit.world, none, noWord);
  if (seen === absent) return;
  report(visit, visit.route.path, record, `differs from nothing: ${firstDifference(seen, absent)}`);
}

/** A site that shows nothing leaks nothing: what is theirs to see is shown. */
function showsItself(visit: Visit, record: WorldRecord, answer: Answer): void {
  const { actor, route, recipe } = visit;
  if (!mayUse(actor.is, route.policy) || !maySee(actor.is, route.policy, record)) return;
  const who = { actor: actor.is, permissions: opensWith(route.policy) };
  const foreign = visit.world.tokens.foreignIn(record.shows.join(' '), who);
  const owed = record.shows.filter((word) => !foreign.some((one) => one.includes(word)));
  const lacking = owed.filter((word) => !answer.body.includes(word));
  const isEnough = lacking.length === 0 || (recipe.showsSome && lacking.length < owed.length);
  if (answer.status !== 200 || !isEnough) {
    report(visit, route.path, record, `not shown (${answer.status}): ${lacking.join(', ')}`);
  }
}

function report(visit: Visit, path: string, record: WorldRecord | null, what: string): void {
  const where = record ? ` · ${record.name}` : '';
  const relation = relationsOf(visit.actor, record).join(' + ');
  visit.tally.leak(`${visit.actor.is.name} · ${relation} · GET ${path}${where}: ${what}`);
}
