import type pg from 'pg';
import type { World } from './world/world.js';

/** A sum over the rows of each table and place that can change, without what it says. */
export type Snapshot = ReadonlyMap<string, string>;

interface Table {
  name: string;
  hasPlace: boolean;
  hasActor: boolean;
}

const TABLES = `
  select c.relname as name,
    exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'place_id'
      and not a.attisdropped) as "hasPlace",
    exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'actor_id'
      and not a.attisdropped) as "hasActor"
  from pg_class c
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
    and (has_any_column_privilege('thonban_app', c.oid, 'insert, update')
      or has_table_privilege('thonban_app', c.oid, 'delete'))
  order by c.relname`;

/** Written along with every act, also with one that is refused: they say that it was tried. */
const LOGS = new Set(['audit_entries']);
/** Where each stream of the log stands: it moves on with every entry. */
const HEADS = new Set(['audit_heads']);

/** The tables of the world, asked once. */
const known = new WeakMap<World['behind'], readonly Table[]>();

async function tablesOf({ behind }: World): Promise<readonly Table[]> {
  const tables = known.get(behind) ?? (await behind((client) => client.query<Table>(TABLES))).rows;
  known.set(behind, tables);
  return tables;
}

/**
 * Looks behind row security at everything. Entries of the log that are `actorId`'s own are left out: also
 * a refusal may be entered. For acts those about a place count: they must be about a place of theirs.
 */
export async function takeSnapshot(
  world: World,
  actorId: string,
  left: 'without a place' | 'all' = 'without a place',
): Promise<Snapshot> {
  const parts = (await tablesOf(world))
    .filter(({ name }) => !HEADS.has(name))
    .map(({ name, hasPlace, hasActor }) => {
      const place = hasPlace ? `coalesce(t.place_id::text, '')` : `''`;
      const own = LOGS.has(name) && hasPlace && hasActor;
      const kept = left === 'all' ? 't.actor_id <> $1::uuid' : KEPT_ENTRIES;
      const where = `where ${own ? kept : '$1::uuid is not null'}`;
      return `select '${name}' as name, ${place} as place,
        count(*) || ':' || coalesce(sum(hashtextextended(t::text, 0)::numeric), 0) as sum
        from ${name} t ${where} group by 2`;
    });
  // Prepared once: planning it takes longer than looking.
  const question = { name: `snapshot ${left}`, text: parts.join(' union all '), values: [actorId] };
  const { rows } = await world.behind((client) =>
    client.query<{ name: string; place: string; sum: string }>(question),
  );
  return new Map(rows.map(({ name, place, sum }) => [`${name}|${place}`, sum]));
}

const KEPT_ENTRIES = '(t.place_id is not null or t.actor_id <> $1::uuid)';

/** Tables and places in which two snapshots differ. */
export function changesOf(before: Snapshot, after: Snapshot): { table: string; place: string }[] {
  const keys = new Set([...before.keys(), ...after.keys()]);
  return [...keys]
    .filter((key) => before.get(key) !== after.get(key))
    .map((key) => {
      const [table = '', place = ''] = key.split('|');
      return { table, place };
    });
}

const KEEP = 'kept_world';

/** Keeps a copy of every table that can change, to bring the world back after an act. */
export async function keepWorld(world: World): Promise<void> {
  const tables = await tablesOf(world);
  await world.behind(async (client) => {
    await client.query(`drop schema if exists ${KEEP} cascade`);
    await client.query(`create schema ${KEEP}`);
    for (const { name } of tables) {
      await client.query(`create table ${KEEP}.${name} as table public.${name}`);
    }
  });
}

/** Brings back the tables that were changed. */
export async function restoreWorld(world: World, tables: Iterable<string>): Promise<void> {
  // The log and its heads go back together, or the chain would not go on where it ends.
  const all = new Set([...tables, ...LOGS, ...HEADS]);
  await world.behind((client) => restore(client, [...all]));
}

async function restore(client: pg.Client, tables: readonly string[]): Promise<void> {
  await client.query('begin');
  // Without foreign keys and their order; the superuser of the test may.
  await client.query(`set local session_replication_role = replica`);
  for (const name of tables) {
    await client.query(`delete from public.${name}`);
    await client.query(`insert into public.${name} overriding system value table ${KEEP}.${name}`);
  }
  await client.query('commit');
}
