import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PROJECT_ROOT, SYSTEM_ACTOR, openStore, withActor } from '../../src/store/index.js';
import type { ServerAddress } from '../support/test-server.js';
import { asSuperuser, startTestServer } from '../support/test-server.js';

const BIN = '/usr/lib/postgresql/15/bin';
/** Where the SQL is written; the rooms above only call it. All of them: CONTRIBUTING.md, "Tests". */
const ROOMS = ['store', 'registry', 'figures/figures', 'review/import-rows'];
const isHere = fs.existsSync(path.join(BIN, 'postgres'));
if (!isHere) process.stderr.write(`No PostgreSQL 15 in ${BIN}: its tests are left out.\n`);

test('PostgreSQL 15 is installed where every change is checked', () => {
  expect(isHere || process.env['CI'] !== 'true').toBe(true);
});

describe.runIf(isHere)('a PostgreSQL 15 that somebody else runs', () => {
  let dataDir: string;
  let server: { address: ServerAddress; stop: () => Promise<void> };

  beforeAll(async () => {
    dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'thonban-pg15-'));
    fs.chmodSync(dataDir, 0o755);
    process.env['THONBAN_TEST_POSTGRES'] = BIN;
    server = await startTestServer(path.join(dataDir, 'server'));
    delete process.env['THONBAN_TEST_POSTGRES'];
    // A bare server as an administrator hands it over: none of our roles, one empty database.
    await asSuperuser(server.address, async (client) => {
      await client.query('drop database template_empty');
      await client.query('drop database thonban with (force)');
      for (const role of ['owner', 'app', 'backup', 'public', 'publisher']) {
        await client.query(`drop role thonban_${role}`);
      }
      await client.query('create database province');
    });
  });
  afterAll(async () => {
    await server.stop();
    fs.rmSync(dataDir, { recursive: true, force: true });
  });

  const url = (user: string, password: string) =>
    `postgres://${user}:${password}@/province?host=${server.address.host}&port=${server.address.port}`;
  const admin = () => url('postgres', server.address.superuserPassword);
  const open = (databaseUrl: string, adminUrl?: string) =>
    openStore({
      dataDir: path.join(dataDir, 'files'),
      env: { DATABASE_URL: databaseUrl, ...(adminUrl && { DATABASE_ADMIN_URL: adminUrl }) },
    });

  test('an administrator sets it up once, later the restricted role is enough', async () => {
    await expect(open(url('thonban_app', 'mật khẩu'))).rejects.toMatchObject({
      code: 'login-refused',
      why: 'Sai tên tài khoản hoặc mật khẩu.',
    });
    const app = url('thonban_app', encodeURIComponent('mật khẩu'));
    for (const adminUrl of [admin(), admin(), undefined]) {
      const store = await open(app, adminUrl);
      expect(store.how).toBe('external');
      const { rows } = await withActor(store, SYSTEM_ACTOR([]), (tx) =>
        tx.query("select current_user as me, current_setting('server_version_num') as version"),
      );
      expect(rows[0]).toMatchObject({ me: 'thonban_app' });
      expect(rows[0]?.['version']).toMatch(/^15/);
      await store.close();
    }
  });

  test('a role of another name serves as a member of thonban_app', async () => {
    const store = await open(url('so_dan_toc', 'x'), admin());
    const { rows } = await withActor(store, SYSTEM_ACTOR([]), (tx) =>
      tx.query('select current_user as me, count(*) as seen from households'),
    );
    expect(rows[0]).toEqual({ me: 'so_dan_toc', seen: 0 });
    await store.close();
  });

  test('an administrator who is no superuser sets it up too, and hears what stays open', async () => {
    await asSuperuser(server.address, async (client) => {
      await client.query("create role quan_tri login createrole password 'q'");
      await client.query('create database weak owner quan_tri');
    });
    const weak = (user: string, password: string) =>
      url(user, password).replace('/province?', '/weak?');
    const told: string[] = [];
    const store = await openStore({
      dataDir: path.join(dataDir, 'files'),
      env: { DATABASE_URL: weak('so_cua_xa', 'x'), DATABASE_ADMIN_URL: weak('quan_tri', 'q') },
      onProgress: (message) => told.push(message),
    });
    expect(told.join('\n')).toContain('không thu hồi được khóa tư vấn');
    await store.close();
  });

  test('an account without a password in its address may log in as the server sees fit', async () => {
    const peer = url('qua_peer', '').replace('qua_peer:@', 'qua_peer@');
    await expect(open(peer, admin())).rejects.toMatchObject({
      ...{ code: 'login-refused', why: expect.stringContaining('hỏi mật khẩu') as string },
    });
    await asSuperuser(server.address, async (client) => {
      const { rows } = await client.query(
        `select rolcanlogin, rolpassword is null as bare from pg_authid where rolname = 'qua_peer'`,
      );
      expect(rows).toEqual([{ rolcanlogin: true, bare: true }]);
    });
  });

  test('serving as superuser, as owner or with BYPASSRLS is refused', async () => {
    await expect(open(admin(), admin())).rejects.toMatchObject({ code: 'too-powerful-role' });
    await asSuperuser(server.address, async (client) => {
      await client.query("alter role thonban_owner login password 'o'");
      await client.query("create role sees_all login bypassrls password 'b' in role thonban_app");
    });
    for (const [user, password] of [
      ['thonban_owner', 'o'],
      ['sees_all', 'b'],
    ] as const) {
      const refused = open(url(user, password));
      await expect(refused).rejects.toMatchObject({ code: 'too-powerful-role' });
    }
  });

  test('an unreadable address is a sentence that does not repeat the password', async () => {
    const error: unknown = await open('postgres://a:s3cret@host:99999/x').catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({ code: 'bad-database-url' });
    expect(String(error)).not.toContain('s3cret');
  });

  test('without a schema and without an administrator there is a sentence', async () => {
    await asSuperuser(server.address, async (client) => {
      await client.query('create database bare');
      await client.query("create role bare_app login password 'x'");
    });
    const bare = url('bare_app', 'x').replace('/province?', '/bare?');
    await expect(open(bare)).rejects.toMatchObject({ code: 'schema-missing' });
  });

  test('the database tests of the rooms pass on it', { timeout: 600_000 }, () => {
    const inherited = Object.entries(process.env).filter(([name]) => !/^VITEST/.test(name));
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [
        'node_modules/vitest/vitest.mjs',
        'run',
        '--project',
        'db',
        ...ROOMS.map((room) => `src/${room}`),
      ],
      {
        cwd: PROJECT_ROOT,
        env: { ...Object.fromEntries(inherited), THONBAN_TEST_POSTGRES: BIN, NO_COLOR: '1' },
        encoding: 'utf8',
      },
    );
    expect(stdout).toMatch(/Tests\s+\d+ passed/);
    expect(status, `${stdout.slice(-3_000)}\n${stderr.slice(-3_000)}`).toBe(0);
  });
});
