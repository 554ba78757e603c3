import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Hono } from 'hono';
import type pg from 'pg';
import { actorOfSession, roles } from '../../src/access/index.js';
import { areaRegister, scopeOfProvince } from '../../src/areas/index.js';
import type { Env } from '../../src/http/index.js';
import { createApp } from '../../src/http/index.js';
import type { DeclaredRoute } from '../../src/http/registrar.js';
import { declaredRoutes } from '../../src/http/registrar.js';
import type { PlainDate } from '../../src/kernel/index.js';
import { openInspection } from '../../src/audit/index.js';
import { newId } from '../../src/kernel/index.js';
import { publish } from '../../src/publication/index.js';
import {
  approveList,
  importReview,
  prepareList,
  previewImport,
  submitList,
  undoImport,
} from '../../src/review/index.js';
import { insert } from '../access/world/insert.js';
import type { TestStore } from '../support/database.js';
import { testStore } from '../support/database.js';
import { makeReal } from '../support/real-instance.js';
import { writeExport } from '../support/workbook.js';
import { CANARY } from './nasty.js';

export const HOME = 'http://localhost';

/** The whole site over a real database, with something in every room. */
export interface Site {
  store: TestStore;
  app: Hono<Env>;
  routes: readonly DeclaredRoute[];
  /** Moves the clock on, so that limits of rate fill up again. */
  pass(seconds: number): void;
  /** A new session of somebody who holds every role: of who made the lists, or of who checks them. */
  session(who?: 'maker' | 'checker'): Promise<string>;
  /** One number for all rows of households and of what is decided about them. */
  householdRows(): Promise<string>;
  close(): Promise<void>;
}

const communes = areaRegister().communesOf('20', '2025-12-31' as PlainDate);

export async function openSite(): Promise<Site> {
  let now = Date.parse('2025-12-10T01:00:00Z');
  const clock = { now: () => new Date(now) };
  const store = await testStore({ clock });
  await makeReal(store);
  const accounts = [await addAccount(store), await addAccount(store)];
  const session = (who: 'maker' | 'checker' = 'maker') =>
    addSession(store, accounts[who === 'maker' ? 0 : 1]!, clock.now());
  const maker = (await actorOfSession(store, await session('maker')))!;
  const checker = (await actorOfSession(store, await session('checker')))!;
  await fill(store, maker, checker);
  await publish(store);
  const app = createApp({ store });
  const pass = (seconds: number) => {
    now += seconds * 1000;
  };
  const behind = await lookBehind(store);
  const close = async () => {
    await behind.end();
    await store.close();
  };
  const { householdRows } = behind;
  return { store, app, routes: declaredRoutes(app), pass, session, householdRows, close };
}

async function addAccount(store: TestStore): Promise<string> {
  const [person, account, office] = [newId(), newId(), newId()];
  const from = '2020-01-01';
  await store.behind(async (client) => {
    await insert(client, 'people', [
      { person_account_id: person, full_name: `Cán bộ Thử ${CANARY}`, is_synthetic: false },
    ]);
    await insert(client, 'offices', [
      { office_id: office, name: 'Cơ quan thử', kind: 'province', valid_from: from },
    ]);
    await insert(client, 'accounts', [
      {
        ...{ account_id: account, username: `u${account}`, password_hash: 'none' },
        ...{ person_account_id: person, is_demo: false, created_at: new Date(0) },
      },
    ]);
    const held = roles().map(({ id }) => ({
      ...{ assignment_id: newId(), person_account_id: person, office_id: office, role: id },
      ...{ scope_key: scopeOfProvince('20'), valid_from: from },
    }));
    await insert(client, 'role_assignments', held);
  });
  return account;
}

async function addSession(store: TestStore, account: string, now: Date): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  const later = new Date(now.getTime() + 10 * 3_600_000);
  await store.behind((client) =>
    insert(client, 'sessions', [
      {
        ...{ token_hash: createHash('sha256').update(token).digest(), session_id: newId() },
        ...{ account_id: account, second_factor_at: now, created_at: now, last_seen_at: now },
        expires_at: later,
      },
    ]),
  );
  return token;
}

type Person = NonNullable<Awaited<ReturnType<typeof actorOfSession>>>;

/** Households with names as somebody wicked would type them, files, lists in several states. */
async function fill(store: TestStore, maker: Person, checker: Person): Promise<void> {
  const call = () => ({ actor: maker, commandId: newId() });
  const rows = [
    { name: `=cmd|' /C calc'!A0`, reviewer: `@SUM(1+1)` },
    { name: `Lý ${CANARY}`, code: 2, reviewer: '+84' },
    { name: '\u202eNgược\u202c Mẫu', code: 3, b2: 20, status: 'Hộ cận nghèo' },
    { name: 'Cần Xem', code: 4, b1: null, status: null },
  ];
  const four = communes.slice(0, 4);
  const file = await writeExport(...four.map(({ name }) => [name, rows] as [string, typeof rows]));
  const sent = { fileName: '=HYPERLINK("x").xlsx', round: 2025 };
  await importReview(store, { ...call(), ...sent, file, dryRun: false });
  const other = await writeExport(['Trang không rõ', rows.slice(0, 2)]);
  await previewImport(store, { ...call(), ...sent, file: readFileSync(other) });
  // A reason that is a formula comes out again in the exported log.
  const wrong = await writeExport([communes[4]!.name, rows.slice(0, 2)]);
  const made = await importReview(store, { ...call(), ...sent, file: wrong, dryRun: false });
  await undoImport(store, { ...call(), importId: made.importId, reason: `=cmd|' /C calc'!A0` });
  const ready = await writeExport([four[3]!.name, rows.slice(0, 2)]);
  await previewImport(store, { ...call(), ...sent, file: readFileSync(ready) });
  await openInspection(store, {
    ...{ ...call(), title: CANARY, decisionNumber: `1/QĐ ${CANARY}` },
    ...{ decisionDate: '2025-12-01' as PlainDate, signer: '=1+1' },
  });
  const kind = 'recognition' as const;
  const lists = [];
  for (const { code: unitCode } of four.slice(0, 3)) {
    lists.push(await prepareList(store, { ...call(), kind, round: 2025, unitCode, reason: '' }));
  }
  for (const listId of lists.slice(0, 2)) await submitList(store, { ...call(), listId });
  await approveList(store, { actor: checker, commandId: newId(), listId: lists[0]! });
}

export interface Question {
  method: string;
  /** With its query, escaped. */
  path: string;
  token: string | null;
  headers?: Readonly<Record<string, string>>;
  body?: RequestInit['body'];
}

export interface Answer {
  status: number;
  headers: Headers;
  body: string;
  bytes: Buffer;
}

export async function ask(app: Hono<Env>, question: Question): Promise<Answer> {
  const { method, path, token, body, headers } = question;
  const cookie = token === null ? {} : { cookie: `thonban_session=${token}` };
  const response = await app.request(`${HOME}${path}`, {
    ...{ method, headers: { origin: HOME, ...cookie, ...headers } },
    ...(body !== undefined && { body }),
  });
  const bytes = Buffer.from(await response.arrayBuffer());
  return { status: response.status, headers: response.headers, body: bytes.toString(), bytes };
}

const HELD = `
  select c.relname as name from pg_class c
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
    and c.relname <> 'audit_entries' and exists (select from pg_attribute a
      where a.attrelid = c.oid and a.attname in ('book_id', 'list_id', 'decision_id'))`;

/** Looks behind row security at everything about households, over one connection that stays open. */
async function lookBehind(store: TestStore) {
  let release = (): void => undefined;
  const ended = new Promise<void>((resolve) => (release = resolve));
  let isOpen: Promise<void> = Promise.resolve();
  const client = await new Promise<pg.Client>((resolve, reject) => {
    isOpen = store.behind((one) => {
      resolve(one);
      return ended;
    });
    isOpen.catch(reject);
  });
  const { rows: tables } = await client.query<{ name: string }>(HELD);
  if (tables.length < 7) throw new Error('the tables of households are not found');
  const sums = tables
    .map(
      ({ name }) => `select '${name}' as n, count(*) || ':' ||
        coalesce(sum(hashtextextended(t::text, 0)), 0) as s from ${name} t`,
    )
    .join(' union all ');
  return {
    householdRows: async () => JSON.stringify((await client.query<object>(sums)).rows),
    end: () => {
      release();
      return isOpen;
    },
  };
}
