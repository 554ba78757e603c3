import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Answer } from './ask.js';
import { askIn } from './ask.js';
import { comparable, firstDifference, judgeAnswer, mayChange } from './judge.js';
import { isKnown, mayUse, placesFor } from './oracle.js';
import type { Snapshot } from './snapshot.js';
import { changesOf, restoreWorld, takeSnapshot } from './snapshot.js';
import type { Tally } from './tally.js';
import type { Visit } from './visit.js';
import { NO_ID, addressOf, count, isNew, isTheirs, recordsFor, report, visitOf } from './visit.js';
import { openSession } from './world/accounts.js';
import type { PlaceName } from './world/description.js';
import { PLACE_NAMES } from './world/description.js';
import type { World, WorldActor, WorldRecord } from './world/world.js';

interface Attempt extends Visit {
  record: WorldRecord | null;
}

/**
 * Sends every form to every address that takes one, as this person, about every record. What is not
 * theirs to do changes nothing; what is theirs changes nothing elsewhere. `keepWorld` comes before.
 */
export async function walkActs(world: World, tally: Tally, actor: WorldActor): Promise<void> {
  world.clock.restart();
  await restoreWorld(world, []);
  const before = await takeSnapshot(world, actor.accountId);
  const files = listFiles(world);
  for (const route of world.routes.filter(({ method }) => method === 'POST')) {
    const visit = visitOf({ world, tally, actor, route });
    const records = visit.recipe.of ? recordsFor(visit, visit.recipe.of) : [];
    if (records.length === 0 && !isNew(visit, null)) continue;
    const none = await attempt({ ...visit, record: null }, before);
    for (const record of records) {
      const answer = await attempt({ ...visit, record }, before);
      // Whoever may see a record is told why they may not change it.
      if (isTheirs(visit, record) || visit.recipe.isRegistered) continue;
      const seen = comparable(world, answer, record.id);
      const absent = comparable(world, none, NO_ID);
      if (seen !== absent) {
        const difference = firstDifference(seen, absent);
        report(visit, route.path, record, `differs from nothing: ${difference}`);
      }
    }
  }
  // Refusals one by one would cost a look at everything each; together they must have changed nothing.
  const changes = changesOf(before, await takeSnapshot(world, actor.accountId));
  for (const { table, place } of changes) {
    tally.leak(`${actor.is.name}: something refused changed ${table} ${nameOf(world, place)}`);
  }
  await restoreWorld(
    world,
    changes.map(({ table }) => table),
  );
  if (!mayAnything(world, actor) && listFiles(world) !== files) {
    tally.leak(`${actor.is.name}: a file was kept`);
  }
}

const mayAnything = (world: World, actor: WorldActor): boolean =>
  world.routes.some(
    ({ method, policy }) => method === 'POST' && policy !== 'public' && mayUse(actor.is, policy),
  );

const listFiles = (world: World): string =>
  readdirSync(join(world.store.dataDir, 'files'), { recursive: true, withFileTypes: true })
    .flatMap((entry) => (entry.isFile() ? [entry.name] : []))
    .sort()
    .join();

/** Is this a thing that the oracle lets the person do? */
function isAllowed({ actor, route, recipe, record }: Attempt): boolean {
  if (!mayUse(actor.is, route.policy)) return false;
  if (recipe.of === undefined) return true;
  return record !== null && mayChange(actor.is, route.policy, record);
}

async function attempt(one: Attempt, before: Snapshot): Promise<Answer> {
  const { world, actor, route, recipe, record } = one;
  const token = recipe.changesSession && isAllowed(one) ? await sessionOfItsOwn(one) : actor.token;
  const form = await recipe.form?.({ world, record });
  const path = addressOf(route, recipe, record);
  count(one, record);
  const answer = await askIn(world, { method: 'POST', path, token, form });
  const asked = { actor: actor.is, method: 'POST', path, policy: route.policy, record };
  const spoken = Object.values(form ?? {}).filter((value) => typeof value === 'string');
  const known = recipe.knows?.({ world, record }) ?? '';
  for (const what of judgeAnswer(world, asked, answer, `${spoken.join(' ')} ${known}`)) {
    report(one, route.path, record, what);
  }
  if (isAllowed(one)) await judgeAllowed(one, answer, before);
  return answer;
}

async function judgeAllowed(one: Attempt, answer: Answer, before: Snapshot): Promise<void> {
  const { world, actor, route, recipe, record } = one;
  const after = await takeSnapshot(world, actor.accountId);
  const changes = changesOf(before, after);
  const own = placesFor(actor.is, route.policy);
  if (recipe.handsOver) own.add('uP');
  if (recipe.logsAt) own.add(recipe.logsAt);
  const ids = new Map(PLACE_NAMES.map((name) => [world.places[name], name]));
  for (const { table, place } of changes) {
    const name = ids.get(place);
    if (place !== '' && !(name && own.has(name))) {
      report(one, route.path, record, `changed ${table} ${nameOf(world, place)}`);
    }
  }
  const isReady =
    recipe.of === undefined
      ? (recipe.isFor?.(actor.is) ?? true)
      : record && recipe.isReady?.(record, actor.is);
  const isDone = answer.status < 400 && (changes.length > 0 || recipe.looks);
  if (isReady && !recipe.changesSession && !isDone)
    report(one, route.path, record, `not done (${answer.status})`);
  await restoreWorld(
    world,
    changes.map(({ table }) => table),
  );
}

async function sessionOfItsOwn({ world, actor }: Attempt): Promise<string | null> {
  if (!isKnown(actor.is)) return actor.token;
  return world.behind((client) => openSession(client, actor.accountId, undefined));
}

const nameOf = (world: World, id: string): string =>
  id === ''
    ? ''
    : `of ${PLACE_NAMES.find((name: PlaceName) => world.places[name] === id) ?? 'another place'}`;
