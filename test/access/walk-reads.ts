import type { DeclaredRoute } from '../../src/http/registrar.js';
import type { Answer } from './ask.js';
import { askIn } from './ask.js';
import { comparable, firstDifference, judgeAnswer, opensWith } from './judge.js';
import { mayUse } from './oracle.js';
import { restoreWorld } from './snapshot.js';
import type { Tally } from './tally.js';
import type { Visit } from './visit.js';
import {
  NO_ID,
  NO_WORD,
  addressOf,
  count,
  isAsking,
  isNew,
  isTheirs,
  queriesOf,
  recordsFor,
  report,
  visitOf,
} from './visit.js';
import type { RecordKind, World, WorldActor, WorldRecord } from './world/world.js';

/** Asks every address that is read, as this person, about every record. */
export async function walkReads(
  world: World,
  tally: Tally,
  actor: WorldActor,
  wanted: (route: DeclaredRoute) => boolean = () => true,
): Promise<void> {
  world.clock.restart();
  const routes = world.routes.filter(({ method }) => method === 'GET');
  for (const route of routes.filter(wanted)) {
    const visit = visitOf({ world, tally, actor, route });
    const { of, isSearch } = visit.recipe;
    if (of === undefined) await visitOpen(visit);
    else if (isSearch) await visitSearch(visit, of);
    else await visitRecords(visit, of);
  }
}

/** What is asked beside the word of a record: all of it, or the plain page. */
function plainQueries(visit: Visit): readonly string[] {
  const all = queriesOf(visit.recipe, NO_WORD);
  return isAsking(visit) === 'everything' ? all : all.slice(0, 1);
}

async function visitOpen(visit: Visit): Promise<void> {
  if (isAsking(visit) !== 'everything' && !isNew(visit, null)) return;
  await beginVisit(visit);
  for (const query of plainQueries(visit)) {
    await askOnce(visit, `${addressOf(visit.route, visit.recipe, null)}${query}`, null);
  }
}

/** Lists as they are, and searched for each record; a foreign one is not to be found. */
async function visitSearch(visit: Visit, kind: RecordKind): Promise<void> {
  const { route, recipe } = visit;
  const records = recordsFor(visit, kind);
  if (records.length === 0 && !isNew(visit, null)) return;
  await beginVisit(visit);
  const path = addressOf(route, recipe, null);
  const plain = plainQueries(visit);
  const nothing: Answer[] = [];
  for (const query of plain) nothing.push(await askOnce(visit, `${path}${query}`, null));
  for (const record of records) {
    for (const [i, query] of queriesOf(recipe, record.word).slice(0, plain.length).entries()) {
      if (query === plain[i]) continue;
      const answer = await askOnce(visit, `${path}${query}`, record);
      compare(visit, record, [answer, record.word], [nothing[i]!, NO_WORD]);
    }
  }
}

async function visitRecords(visit: Visit, kind: RecordKind): Promise<void> {
  const { route, recipe } = visit;
  const records = recordsFor(visit, kind);
  if (records.length === 0) return;
  await beginVisit(visit);
  for (const query of plainQueries(visit)) {
    const none = await askOnce(visit, `${addressOf(route, recipe, null)}${query}`, null);
    for (const record of records) {
      const answer = await askOnce(visit, `${addressOf(route, recipe, record)}${query}`, record);
      compare(visit, record, [answer, record.id], [none, NO_ID]);
      if (query === '') showsItself(visit, record, answer);
    }
  }
}

/** What people asked before stands in the log; the log of the world is the question. */
async function beginVisit({ world, route }: Visit): Promise<void> {
  if (route.policy === 'audit:read') await restoreWorld(world, []);
}

async function askOnce(visit: Visit, path: string, record: WorldRecord | null): Promise<Answer> {
  const { world, actor, route } = visit;
  const answer = await askIn(world, { method: 'GET', path, token: actor.token });
  count(visit, record);
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
  const { world, actor, route } = visit;
  if (mayUse(actor.is, route.policy) && isTheirs(visit, record)) return;
  const seen = comparable(world, answer, word);
  const absent = comparable(world, none, noWord);
  if (seen === absent) return;
  report(visit, route.path, record, `differs from nothing: ${firstDifference(seen, absent)}`);
}

/** A site that shows nothing leaks nothing: what is theirs to see is shown. */
function showsItself(visit: Visit, record: WorldRecord, answer: Answer): void {
  const { world, actor, route, recipe } = visit;
  if (!mayUse(actor.is, route.policy) || !isTheirs(visit, record)) return;
  if (recipe.showsNothing?.(record)) return;
  const who = { actor: actor.is, permissions: opensWith(route.policy) };
  const foreign = world.tokens.foreignIn(record.shows.join(' '), who);
  const owed = record.shows.filter((word) => !foreign.some((one) => one.includes(word)));
  const lacking = owed.filter((word) => !answer.body.includes(word));
  const isSome = recipe.shows === 'some' && lacking.length < owed.length;
  const isEnough = lacking.length === 0 || isSome || recipe.shows === 'else';
  if (answer.status !== 200 || !isEnough) {
    report(visit, route.path, record, `not shown (${answer.status}): ${lacking.join(', ')}`);
  }
}
