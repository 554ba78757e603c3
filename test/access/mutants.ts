import { Hono } from 'hono';
import type pg from 'pg';
import { roles } from '../../src/access/index.js';
import type { Env } from '../../src/http/index.js';
import { createApp } from '../../src/http/index.js';
import { problemAnswer } from '../../src/http/problem-answer.js';
import { notFound } from '../../src/http/query.js';
import type { DeclaredRoute } from '../../src/http/registrar.js';
import { scopeKey } from './world/places.js';
import type { World } from './world/world.js';

/** The world with one lock broken, and how to mend it. */
export interface Mutant {
  world: World;
  mend: () => Promise<void>;
}

export interface PolicyIs {
  table: string;
  name: string;
  cmd: 'SELECT' | 'INSERT' | 'UPDATE' | 'DELETE' | 'ALL';
  using: string | null;
  check: string | null;
  /** The server's role may do this with the table (else the policy opens nothing). */
  isUsed: boolean;
}

/** Every policy that holds for the server's role, whoever made it. */
export async function policies(world: World): Promise<PolicyIs[]> {
  const { rows } = await world.behind((client) =>
    client.query<PolicyIs>(
      `select tablename as table, policyname as name, cmd, qual as using, with_check as check,
         case cmd when 'UPDATE' then has_any_column_privilege('thonban_app', tablename, cmd)
           when 'ALL' then true else has_table_privilege('thonban_app', tablename, cmd) end as "isUsed"
       from pg_policies
       where schemaname = 'public' and roles && array['thonban_app', 'public']::name[]
       order by tablename, policyname`,
    ),
  );
  return rows;
}

/** The policy lets everything through. */
export async function openPolicy(world: World, policy: PolicyIs): Promise<Mutant> {
  const { table, name, using, check } = policy;
  const parts = (u: string | null, c: string | null) =>
    [u && `using (${u})`, c && `with check (${c})`].filter(Boolean).join(' ');
  const alter = (clause: string) =>
    world.behind((client) => client.query(`alter policy ${name} on ${table} ${clause}`));
  await alter(parts(using && 'true', check && 'true'));
  return {
    world,
    mend: async () => {
      await alter(parts(using, check));
    },
  };
}

/** Tables with row security. */
export async function securedTables(world: World): Promise<string[]> {
  const { rows } = await world.behind((client) =>
    client.query<{ name: string }>(
      `select relname as name from pg_class
       where relnamespace = 'public'::regnamespace and relrowsecurity order by 1`,
    ),
  );
  return rows.map(({ name }) => name);
}

/** The table has no row security at all. */
export async function openTable(world: World, table: string): Promise<Mutant> {
  const alter = (how: string) =>
    world.behind((client) => client.query(`alter table ${table} ${how} row level security`));
  await alter('disable');
  return {
    world,
    mend: async () => {
      await alter('enable');
    },
  };
}

/** A statement behind everybody's back, and another that takes it back. */
export async function changed(
  world: World,
  sql: string,
  back: string,
  params: unknown[] = [],
): Promise<Mutant> {
  const run = (text: string) => world.behind((client: pg.Client) => client.query(text, params));
  await run(sql);
  return {
    world,
    mend: async () => {
      await run(back);
    },
  };
}

/** A scope key sees one place more than it should. */
export const widenScopeKey = (world: World): Promise<Mutant> =>
  changed(
    world,
    'insert into place_scopes (scope_key, place_id) values ($1, $2)',
    'delete from place_scopes where scope_key = $1 and place_id = $2',
    [scopeKey('N2', world.places), world.places.v1],
  );

/** A role has one permission more than its file says. */
export function widenRole(world: World, role: string, permission: string): Mutant {
  const can = roles().find(({ id }) => id === role)!.can as string[];
  can.push(permission);
  return { world, mend: async () => void can.splice(can.lastIndexOf(permission), 1) };
}

/** The site with the guard of one address taken out, and everything else as it is. */
export function withoutGuard(world: World, route: DeclaredRoute): Mutant {
  const bare = new Hono<Env>();
  let isOut = false;
  for (const { method, path, handler } of world.app.routes) {
    if (!isOut && method === route.method && path === route.path) isOut = true;
    else if (method === 'ALL') bare.all(path, handler);
    else bare.on(method, path, handler);
  }
  bare.notFound((c) => problemAnswer(c, notFound(), '/style.css'));
  bare.onError((error, c) => problemAnswer(c, error, '/style.css'));
  return { world: { ...world, app: bare }, mend: () => Promise.resolve() };
}

/** One question the product asks the database to know whether somebody may, as it goes there instead. */
export interface Rewritten {
  /** How the statement is told from others. */
  asks: string;
  instead: (statement: string) => string;
}

/** The site whose guard is answered as if everybody might; all else is asked as it stands. */
export function withoutCondition(world: World, { asks, instead }: Rewritten): Mutant {
  const rewrite = (asked: unknown): unknown => {
    if (typeof asked === 'string') return asked.includes(asks) ? instead(asked) : asked;
    // A statement that the connection keeps by its name, which stays that of the text that is not broken.
    if (typeof asked !== 'object' || asked === null || !('text' in asked)) return asked;
    const text = rewrite(asked.text);
    return text === asked.text ? asked : { ...asked, name: undefined, text };
  };
  const app = patched(world.store.app, 'connect', async (pool) =>
    patched(await pool.connect(), 'query', (client, text, ...rest) =>
      (client.query as Asking).call(client, rewrite(text), ...rest),
    ),
  );
  const store = { ...world.store, app };
  return { world: { ...world, app: createApp({ store }) }, mend: () => Promise.resolve() };
}

type Asking = (...args: unknown[]) => unknown;

/** The object with one function replaced. */
function patched<T extends object>(
  one: T,
  name: keyof T,
  instead: (one: T, ...args: unknown[]) => unknown,
): T {
  return new Proxy(one, {
    get(target, key) {
      if (key === name) return (...args: unknown[]) => instead(target, ...args);
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? (value as Asking).bind(target) : value;
    },
  });
}

/** A statement with the condition that begins like this always true. */
export function isTrueFrom(statement: string, begin: string): string {
  const start = statement.indexOf(begin);
  let end = start;
  let depth = 0;
  do {
    depth += { '(': 1, ')': -1 }[statement[end] ?? ''] ?? 0;
    end += 1;
  } while (depth > 0 && end < statement.length);
  const rest = statement.slice(end);
  // What is joined several times is taken out everywhere.
  return `${statement.slice(0, start)}true${rest.includes(begin) ? isTrueFrom(rest, begin) : rest}`;
}
