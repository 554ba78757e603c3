import type pg from 'pg';
import { askIn } from './ask.js';
import { comparable, firstDifference } from './judge.js';
import { covers, mayUse, scopesOf, shareOf } from './oracle.js';
import { recipeOf } from './recipes/index.js';
import { restoreWorld } from './snapshot.js';
import type { Tally } from './tally.js';
import {
  NO_WORD,
  addressOf,
  oneOfEachRelation,
  queriesOf,
  relationOfActor,
  rolesOf,
} from './visit.js';
import type { ScopeName, UnitName } from './world/description.js';
import { PLACE_NAMES } from './world/description.js';
import type { World, WorldActor } from './world/world.js';

/**
 * Asks the same twice, and between the two doubles everything that is none of the person's business:
 * whatever an answer is made of (counts, pages, order, sentences), it must not change by a letter. This
 * finds what tells no name, such as a number.
 */
export async function walkElsewhere(
  world: World,
  tally: Tally,
  actor: WorldActor,
  disturb: Disturb = doubleElsewhere,
): Promise<void> {
  const questions = questionsOf(world, actor);
  const before = await answers(world, actor, questions);
  const tables = await disturb(world, scopesOf(actor.is, 'household:read'));
  const after = await answers(world, actor, questions);
  await restoreWorld(world, tables);
  questions.forEach(({ path, about }, i) => {
    tally.try(rolesOf(actor), path, `${about}, something elsewhere`);
    if (before[i] === after[i]) return;
    const difference = firstDifference(before[i]!, after[i]!);
    tally.leak(`${actor.is.name} · GET ${path} tells of what is elsewhere: ${difference}`);
  });
}

interface Asked {
  path: string;
  about: string;
}

/** Every address of officers, about records of every relation. */
function questionsOf(world: World, actor: WorldActor): Asked[] {
  const routes = world.routes.filter(
    (one) => one.method === 'GET' && one.policy.includes(':') && mayUse(actor.is, one.policy),
  );
  return routes.flatMap((route) => {
    const recipe = recipeOf(route);
    const records = recipe.of ? oneOfEachRelation(world, actor, recipe.of) : [];
    const plain = queriesOf(recipe, NO_WORD).map((query) => ({
      path: `${addressOf(route, recipe, null)}${query}`,
      about: 'no record',
    }));
    const about = records.flatMap((record) => {
      const relation = relationOfActor(actor, record);
      return queriesOf(recipe, record.word)
        .slice(0, 1)
        .map((query) => ({
          path: `${addressOf(route, recipe, record)}${query}`,
          about: relation,
        }));
    });
    return [...new Map([...plain, ...about].map((one) => [one.path, one])).values()];
  });
}

/** From the same beginning: the log as it was, and the same minute of the day. */
async function answers(world: World, actor: WorldActor, questions: readonly Asked[]) {
  await world.behind(async (client) => {
    await client.query(
      'delete from audit_entries where entry_id not in (select entry_id from kept_world.audit_entries)',
    );
    await client.query('delete from audit_heads');
    await client.query(`insert into audit_heads
      select distinct on (stream) stream, seq, hash from audit_entries order by stream, seq desc`);
  });
  world.clock.restart();
  const found: string[] = [];
  for (const { path } of questions) {
    const answer = await askIn(world, { method: 'GET', path, token: actor.token });
    found.push(comparable(world, answer, ''));
  }
  return found;
}

/** Changes what lies outside these scopes; answers with the tables it touched. */
export type Disturb = (world: World, scopes: readonly ScopeName[]) => Promise<string[]>;

interface Column {
  table: string;
  columns: string[];
  types: string[];
}

const PLACED = `
  select c.relname as table, array_agg(a.attname::text order by a.attnum) as columns,
    array_agg(format_type(a.atttypid, null) order by a.attnum) as types
  from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relrowsecurity
  group by c.oid, c.relname
  having bool_or(a.attname = 'place_id')
  order by 1`;

/** Ids that say where a row is or who wrote it stay; all others become those of a twin. */
const KEPT = new Set(['book_id', 'place_id', 'actor_id', 'office_id', 'command_id', 'decision_id']);

/** A twin of every row of every place outside, and other counts in the parts of files outside. */
export const doubleElsewhere: Disturb = async (world, scopes) => {
  const outside = PLACE_NAMES.filter((place) => !scopes.some((scope) => covers(scope, place)));
  const ids = outside.map((place) => world.places[place]);
  return world.behind(async (client) => {
    await client.query('begin');
    await client.query('set local session_replication_role = replica');
    const { rows } = await client.query<Column>(PLACED);
    for (const { table, columns, types } of rows) {
      const values = columns.map((column, i) => twin(table, column, types[i]!));
      await client.query(
        `insert into ${table} (${columns.join(', ')})
         select ${values.join(', ')} from ${table} t where place_id = any ($1::uuid[])
         on conflict do nothing`,
        [ids],
      );
    }
    await disturbFiles(client, world, scopes);
    await client.query('commit');
    return [...rows.map(({ table }) => table), 'imports'];
  });
};

function twin(table: string, column: string, type: string): string {
  if (table === 'audit_entries' && column === 'seq') return '-seq';
  return type === 'uuid' && !KEPT.has(column) ? `md5(${column}::text || 'twin')::uuid` : column;
}

interface Counts {
  sheets: { unitCode: string | null; sheet: string }[];
}

/** Seven more of everything in the sheets of others, and in the sums over all sheets. */
async function disturbFiles(
  client: pg.Client,
  world: World,
  scopes: readonly ScopeName[],
): Promise<void> {
  for (const { id, file, sheetUnits } of world.records) {
    if (!file || !sheetUnits || shareOf(scopes, file) === 'whole') continue;
    const found = await client.query<{ counts: { counts: Counts } }>(
      'select counts from imports where import_id = $1',
      [id],
    );
    const kept = found.rows[0]!.counts;
    const sheets = kept.counts.sheets.map((sheet, i) =>
      scopes.includes(sheetUnits[i] as UnitName) ? sheet : raised(sheet),
    );
    const counts = { ...kept, counts: { ...raised(kept.counts), sheets } };
    await client.query('update imports set counts = $2, file_name = $3 where import_id = $1', [
      ...[id, JSON.stringify(counts), 'tên khác.xlsx'],
    ]);
  }
}

const raised = <T extends object>(counts: T): T =>
  Object.fromEntries(
    Object.entries(counts).map(([key, value]: [string, unknown]) => {
      if (typeof value === 'number') return [key, value + 7];
      const isPlain = typeof value === 'object' && value !== null && !Array.isArray(value);
      return [key, isPlain ? raised(value) : value];
    }),
  ) as T;
