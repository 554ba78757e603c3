import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Hono } from 'hono';
import { makeDemo } from '../../src/demo/index.js';
import type { Env } from '../../src/http/index.js';
import { createApp } from '../../src/http/index.js';
import type { DeclaredRoute } from '../../src/http/registrar.js';
import { declaredRoutes } from '../../src/http/registrar.js';
import type { TestStore } from '../support/database.js';
import { testStore } from '../support/database.js';
import type { Answer } from './ask.js';
import { ask } from './ask.js';
import type { DemoIs } from './demo-description.js';
import { describeDemo } from './demo-description.js';
import { ROLES } from './oracle.js';
import { recipeOf } from './recipes/index.js';
import { Tally } from './tally.js';
import { NO_ID, NO_WORD, addressOf, queriesOf } from './visit.js';
import { addAccount } from './world/accounts.js';

// Random people with random households at random addresses, on the demonstration province. For another
// seed, more triples or the whole province:
//   THONBAN_ACCESS_SEED=7 THONBAN_ACCESS_TRIPLES=20000 THONBAN_ACCESS_SCALE=1 npm run test:access
const SEED = Number(process.env['THONBAN_ACCESS_SEED'] ?? 20251202);
const TRIPLES = Number(process.env['THONBAN_ACCESS_TRIPLES'] ?? 400);
const SCALE = process.env['THONBAN_ACCESS_SCALE'];
const PER_PERSON = 8;

let store: TestStore;
let app: Hono<Env>;
let demo: DemoIs;
beforeAll(async () => {
  store = await testStore(SCALE ? {} : { template: 'demo' });
  if (SCALE) await makeDemo(store, { scale: Number(SCALE), seed: 1 });
  app = createApp({ store });
  demo = await store.behind(describeDemo);
}, 3_600_000);
afterAll(() => store.close());

/** Mulberry32: small, and the same everywhere. */
function randomOf(seed: number) {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return { next, pick: <T>(all: readonly T[]): T => all[Math.floor(next() * all.length)]! };
}

interface Person {
  role: (typeof ROLES)[number];
  scope: string;
  token: string;
}

type Household = DemoIs['households'][number];

const covers = (scope: string, place: string): boolean =>
  demo.scopesOf.get(place)?.has(scope) ?? false;

const mayRead = ({ role }: Person): boolean => role.can.includes('household:read');

/** Where it is now decides who may open it; where it was, who may come across it. */
const mayOpen = (person: Person, { place }: Household, policy: string): boolean =>
  person.role.can.includes(policy) && covers(person.scope, place);

const mayMeet = (person: Person, id: string): boolean =>
  mayRead(person) && (demo.placesOf.get(id) ?? []).some((place) => covers(person.scope, place));

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** Ids of households in an answer that the person may not come across. */
const strangers = (person: Person, answer: Answer, asked: string): string[] =>
  [...new Set(answer.text.match(UUID) ?? [])].filter(
    (id) => id !== asked && demo.placesOf.has(id) && !mayMeet(person, id),
  );

const bare = (answer: Answer, asked: string): string =>
  `${answer.status} ${answer.body}`.replaceAll(asked, '«asked»').replace(UUID, '«id»');

test(`random people, households and addresses (seed ${SEED})`, async () => {
  const random = randomOf(SEED);
  const tally = new Tally();
  const routes = declaredRoutes(app).filter(({ method }) => method === 'GET');
  while (tally.tried < TRIPLES) {
    const person = await someone(random);
    for (let i = 0; i < PER_PERSON; i++) {
      const household = random.pick(demo.households);
      await tryOne(person, household, random.pick(routes), tally);
      await tryOne(
        person,
        household,
        routes.find(({ path }) => path === '/ho/:id')!,
        tally,
      );
      await tryOne(
        person,
        household,
        routes.find(({ path }) => path === '/ho')!,
        tally,
      );
    }
  }
  tally.report('demonstration');
  expect(tally.shown(), `seed ${SEED}`).toEqual([]);
  for (const relation of ['inside', 'outside']) expect(tally.relationsOf()).toContain(relation);
});

async function someone(random: ReturnType<typeof randomOf>): Promise<Person> {
  const role = random.pick(ROLES);
  const level = random.pick(role.levels);
  const scope =
    level === 'province'
      ? random.pick(['p:20', 'p:20', 'p:04'])
      : level === 'commune'
        ? random.pick(demo.communes)
        : `v:${random.pick(demo.villages)}`;
  const token = await store.behind((client) =>
    addAccount(client, { name: `Người thử`, role: role.id, scope, clock: store.clock }),
  );
  return { role, scope, token };
}

async function tryOne(
  person: Person,
  household: Household,
  route: DeclaredRoute,
  tally: Tally,
): Promise<void> {
  const recipe = recipeOf(route);
  const isAbout = recipe.of === 'household';
  const word = household.head ?? NO_WORD;
  const queries = queriesOf(recipe, isAbout ? encodeURIComponent(word) : NO_WORD);
  const query = queries[tally.tried % queries.length]!;
  const record = { kind: 'household' as const, name: '', places: [], shows: [], word };
  const path = `${addressOf(route, recipe, isAbout ? { ...record, id: household.id } : null)}${query}`;
  const answer = await ask(app, { method: 'GET', path, token: person.token });
  const isInside = covers(person.scope, household.place);
  tally.try([person.role.id], route.path, isInside ? 'inside' : 'outside');
  const where = `${person.role.id} over ${person.scope} · GET ${path}`;
  if (answer.status >= 500) tally.leak(`${where}: answered ${answer.status}`);
  for (const id of strangers(person, answer, household.id)) tally.leak(`${where}: household ${id}`);
  if (!isAbout || !route.path.includes(':id')) return;
  if (mayOpen(person, household, route.policy)) {
    if (answer.status !== 200) tally.leak(`${where}: not shown (${answer.status})`);
    return;
  }
  const none = await ask(app, {
    ...{ method: 'GET', path: path.replace(household.id, NO_ID), token: person.token },
  });
  if (bare(answer, household.id) !== bare(none, NO_ID))
    tally.leak(`${where}: differs from nothing`);
}
