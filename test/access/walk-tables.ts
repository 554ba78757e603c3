import type pg from 'pg';
import type { Actor, Permission } from '../../src/store/index.js';
import { withActor } from '../../src/store/index.js';
import { auditsOffice, covers, placesFor, relationOf, scopesOf } from './oracle.js';
import type { Tally } from './tally.js';
import { rolesOf } from './visit.js';
import type { PlaceName, ScopeName } from './world/description.js';
import { PLACE_NAMES } from './world/description.js';
import type { World, WorldActor } from './world/world.js';

/**
 * Tables that hold no household's data and stand open to the server's role, with the reason. Everything
 * else that it can read is asked, whatever it is called.
 */
const OPEN: Readonly<Record<string, string>> = {
  people: 'names of officers, who are named beside what they did',
  accounts:
    'names to sign in with and hashes of passwords: sign-in reads them before anybody is known',
  sessions: 'hashes of session tokens: they are how it is known who asks',
  role_assignments: 'who holds which role',
  offices: 'names of offices, which stand beside what was done there',
  office_moves: 'which offices move on which day: ids of roles and files, and numbers',
  recognition_decisions: 'acts of a chairperson, which are published',
  decisions_in_force: 'the same, those that hold',
  sign_in_attempts: 'hashes of names and addresses that failed to sign in, before anybody is known',
  account_totp: 'sealed secrets of codes: they are read before anybody is known',
  account_recovery_codes: 'hashes of codes, as above',
  account_links: 'sealed names at the single sign-on, as above',
};

/** Kinds of records whose permissions let nobody read or write a household. */
const NOT_OF_PLACES = new Set(['account', 'office', 'figure', 'audit', 'inspection']);

interface Table {
  name: string;
  hasPlace: boolean;
  isSecured: boolean;
  canInsert: boolean;
  /** A column that may be updated, if any. */
  updated: string | null;
}

const TABLES = `
  select c.relname as name, c.relrowsecurity as "isSecured",
    exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'place_id'
      and not a.attisdropped) as "hasPlace",
    has_table_privilege('thonban_app', c.oid, 'insert') as "canInsert",
    (select a.attname from pg_attribute a where a.attrelid = c.oid and a.attnum > 0
      and not a.attisdropped and has_column_privilege('thonban_app', c.oid, a.attnum, 'update')
      order by a.attnum limit 1) as updated
  from pg_class c
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v')
    and has_table_privilege('thonban_app', c.oid, 'select')
  order by c.relname`;

interface StoredRow {
  place: string | null;
  row: string;
}

/** What is really stored in the secured tables, by table and place: to try to write it elsewhere. */
export interface Behind {
  tables: readonly Table[];
  samples: ReadonlyMap<string, readonly StoredRow[]>;
}

export async function lookBehind(world: World): Promise<Behind> {
  return world.behind(async (client: pg.Client) => {
    const { rows: tables } = await client.query<Table>(TABLES);
    const samples = new Map<string, StoredRow[]>();
    for (const { name, hasPlace, isSecured } of tables) {
      if (!isSecured) continue;
      const one = hasPlace ? 'place_id' : 'to_jsonb(t)::text';
      const { rows } = await client.query<StoredRow>(
        `select distinct on (${one}) ${hasPlace ? 'place_id::text' : 'null'} as place,
           to_jsonb(t)::text as row
         from ${name} t where ${one} is not null order by ${one}`,
      );
      samples.set(name, rows);
    }
    return { tables, samples };
  });
}

export interface TableVisit {
  world: World;
  tally: Tally;
  actor: WorldActor;
  /** As the product knows the person. */
  as: Actor;
  behind: Behind;
  /** Rights that were asked about already, whoever has them. */
  asked: Set<string>;
}

/**
 * Asks the database itself as this person: every table the server's role can read, with the settings of
 * a plain reading and with those of an act under each of their permissions.
 */
export async function walkTables(visit: TableVisit): Promise<void> {
  const { actor, as, asked } = visit;
  const held = as.grants === 'installation' ? [] : as.grants.map(({ permission }) => permission);
  for (const permission of [null, ...new Set(held)]) {
    // The database knows people by these settings alone. Where they are the same, and the oracle gives
    // the same rights, it is asked once.
    const rights = [reads(permission), writes(permission)].map((permissions) =>
      [...new Set(permissions.flatMap((one) => scopesOf(actor.is, one)))].sort().join(),
    );
    const key = [...rights, ...(await settingsOf(visit, permission))].join('|');
    if (asked.has(key)) continue;
    asked.add(key);
    await readTables(visit, permission);
    await writeTables(visit, permission);
  }
}

/** What the product tells the database of a person who acts by this permission; not who they are. */
async function settingsOf({ world, as }: TableVisit, permission: Permission | null) {
  const names = ['scope', 'write_scope', 'audit_scope', 'inspection_scope'];
  const { rows } = await withActor(
    world.store,
    as,
    (tx) =>
      tx.query<Record<string, string>>(
        `select ${names.map((name) => `current_setting('thonban.${name}') as ${name}`).join(', ')}`,
      ),
    permission ? { permission } : {},
  );
  return names.map((name) => rows[0]![name]!.split(',').sort().join());
}

const writes = (permission: Permission | null): string[] =>
  permission !== null && mayWrite(permission) ? [permission] : [];

const mayWrite = (permission: string): boolean =>
  !NOT_OF_PLACES.has(permission.split(':')[0] ?? '') && !permission.endsWith(':read');

const reads = (permission: Permission | null): string[] =>
  permission === null || NOT_OF_PLACES.has(permission.split(':')[0] ?? '')
    ? ['household:read']
    : ['household:read', permission];

async function readTables(visit: TableVisit, permission: Permission | null): Promise<void> {
  const { world, tally, actor, as, behind } = visit;
  const asked = behind.tables.filter(({ name }) => !(name in OPEN));
  const parts = asked.map(({ name, hasPlace }) => {
    const place = hasPlace ? 'place_id::text' : 'null';
    return `select '${name}' as name, ${place} as place, to_jsonb(t)::text as row from ${name} t`;
  });
  const options = { readOnly: true, ...(permission && { permission }) };
  const { rows } = await withActor(
    world.store,
    as,
    (tx) => tx.query<StoredRow & { name: string }>(parts.join(' union all ')),
    options,
  );
  const permissions = reads(permission);
  const scopes = permissions.flatMap((one) => scopesOf(actor.is, one));
  const own = new Set(permissions.flatMap((one) => [...placesFor(actor.is, one)]));
  const ids = new Map(PLACE_NAMES.map((name) => [world.places[name], name]));
  const leaks = new Set<string>();
  for (const { name, place, row } of rows) {
    const at = place === null ? undefined : ids.get(place);
    // Reference tables say of places what they are, not who lives there.
    const isSecured = asked.find((table) => table.name === name)?.isSecured ?? false;
    if (isSecured && at && !own.has(at)) leaks.add(`${name} has a row of ${at}`);
    // What somebody did stays theirs to look up, also when they answer for it no longer.
    if (name === 'audit_entries' && place === null && row.includes(as.id)) continue;
    const by = name === 'audit_entries' ? [...permissions, 'audit:read'] : permissions;
    for (const what of world.tokens.foreignIn(row, { actor: actor.is, permissions: by })) {
      if (name !== 'imports' || !isOfSharedFile(what, scopes, world)) leaks.add(`${name}: ${what}`);
    }
  }
  asked.forEach(({ name }) => tryEach(visit, name, null));
  for (const what of leaks)
    tally.leak(`${actor.is.name} · select as ${permission ?? 'reader'}: ${what}`);
}

/**
 * The database gives the row of a file to whoever answers for a part of it; the room that reads it cuts
 * out the part (docs/decisions/0009-access-test.md).
 */
function isOfSharedFile(what: string, scopes: readonly ScopeName[], world: World): boolean {
  const token = /\(([^)]*)\)$/.exec(what)?.[1] ?? '';
  const file = world.tokens.fileOf(token);
  if (!file) return false;
  const keys: readonly ScopeName[] = [...file.units, ...file.reach, file.province];
  return keys.some((key) => scopes.includes(key));
}

/** Could the person have written this row, as the oracle has it? */
function isTheirs(
  { world, actor, as }: TableVisit,
  permission: Permission | null,
  table: string,
  { place, row }: StoredRow,
): boolean {
  // What one did and asked for is written in one's own name, wherever it was.
  if (OF_ONE_PERSON.has(table)) return row.includes(as.id);
  if (OF_AUDIT.has(table)) return auditsInspection(world, actor, row);
  const scopes = permission && mayWrite(permission) ? scopesOf(actor.is, permission) : [];
  if (place === null)
    return world.tokens.findIn(row).some((t) => isOfSharedFile(`(${t})`, scopes, world));
  const at = PLACE_NAMES.find((name) => world.places[name] === place);
  return at === undefined || scopes.some((scope) => covers(scope, at));
}

/** Who inspects an office enters its inspections; that they hold the permission is the command's to say. */
const OF_AUDIT = new Set(['inspections', 'inspection_members']);

function auditsInspection({ records }: World, { is }: WorldActor, row: string): boolean {
  const { officeOf } =
    records.find((one) => one.kind === 'inspection' && row.includes(one.id)) ?? {};
  return officeOf !== undefined && auditsOffice(scopesOf(is, 'inspection:propose'), officeOf);
}

const OF_ONE_PERSON = new Set(['audit_entries', 'command_outcomes', 'jobs']);

/**
 * Every row that is not theirs to write, written again and updated as this person. One block for all: a
 * row that was let through is named, and all is taken back.
 */
const WRITE_ALL = `
do $$
declare
  one record;
  counted bigint;
  found text[] := '{}';
begin
  for one in select * from jsonb_to_recordset(current_setting('access_test.rows')::jsonb)
    as r(tab text, place text, data jsonb, can_insert boolean, updated text)
  loop
    if one.can_insert then
      begin
        execute format('insert into %I select * from jsonb_populate_record(null::%I, $1)',
          one.tab, one.tab) using one.data;
        raise exception using errcode = 'ZZ001';
      exception
        when insufficient_privilege then null;
        when others then found := found || format('inserted into %s of %s', one.tab, coalesce(one.place, 'others'));
      end;
    end if;
    if one.updated is not null then
      begin
        execute format('update %I t set %I = %I where to_jsonb(t) = $1',
          one.tab, one.updated, one.updated) using one.data;
        get diagnostics counted = row_count;
        if counted > 0 then raise exception using errcode = 'ZZ001'; end if;
      exception
        when sqlstate 'ZZ001' then found := found || format('updated %s of %s', one.tab, coalesce(one.place, 'others'));
        when others then null;
      end;
    end if;
  end loop;
  perform set_config('access_test.found', array_to_string(found, ';'), true);
end $$`;

async function writeTables(visit: TableVisit, permission: Permission | null): Promise<void> {
  const { world, tally, actor, as, behind } = visit;
  const ids = new Map(PLACE_NAMES.map((name) => [world.places[name], name]));
  const rows = behind.tables.flatMap(({ name, canInsert, updated }) =>
    (behind.samples.get(name) ?? [])
      .map((row) => ({ ...row, isTheirs: isTheirs(visit, permission, name, row) }))
      // A person asks for a job and never says what became of it.
      .filter(({ isTheirs }) => !isTheirs || name === 'jobs')
      .map(({ place, row, isTheirs }) => ({
        ...{ tab: name, place, data: JSON.parse(row) as unknown, updated },
        can_insert: canInsert && !isTheirs,
      })),
  );
  const found = await withActor(
    world.store,
    as,
    async (tx) => {
      await tx.query(`select set_config('access_test.rows', $1, true)`, [JSON.stringify(rows)]);
      await tx.client.query(WRITE_ALL);
      const said = await tx.query<{ found: string }>(
        `select current_setting('access_test.found') as found`,
      );
      return said.rows[0]!.found;
    },
    permission ? { permission } : {},
  );
  rows.forEach(({ tab, place }) => tryEach(visit, tab, ids.get(place ?? '') ?? null));
  for (const how of found.split(';').filter((text) => text !== '')) {
    const told = how.replace(/[0-9a-f-]{36}$/, (id) => ids.get(id) ?? id);
    tally.leak(`${actor.is.name} · ${told} as ${permission ?? 'reader'}`);
  }
}

function tryEach({ tally, actor }: TableVisit, table: string, place: PlaceName | null): void {
  const scopes = actor.is.holds.map(({ over }) => over);
  const relations = new Set(scopes.map((over) => (place ? relationOf(over, place) : 'all places')));
  tally.try(rolesOf(actor), table, relations.size > 0 ? [...relations].join(' + ') : 'nobody');
}
