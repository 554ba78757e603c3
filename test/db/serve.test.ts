import fs from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { layoutOf } from '../../src/store/launcher/layout.js';
import { serverPid } from '../../src/store/launcher/server.js';
import type { Running } from '../support/run-process.js';
import { startThonban, until } from '../support/run-process.js';

/** A busy machine may take its time; nothing here measures speed. */
const LONG = { timeout: 400_000 };

let scratch: string;
let dataDir: string;
const started: Running[] = [];

beforeEach(() => {
  scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'thonban-serve-'));
  fs.chmodSync(scratch, 0o755);
  dataDir = path.join(scratch, 'data');
});
afterEach(async () => {
  for (const { child, ended } of started.splice(0)) {
    child.kill('SIGKILL');
    await ended;
  }
  const pid = fs.existsSync(dataDir) ? serverPid(layoutOf(fs.realpathSync(dataDir))) : null;
  if (pid !== null) process.kill(pid, 'SIGQUIT');
  fs.rmSync(scratch, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
});

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as net.AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function serve(port: number, ...words: string[]): Running {
  const env = { THONBAN_DATA: dataDir, PORT: String(port), HOST: '127.0.0.1' };
  const running = startThonban(['serve', '--json', ...words], env);
  started.push(running);
  return running;
}

/** The answer, or `null` while nobody listens. */
function get(port: number, at: string): Promise<{ status: number; text: string } | null> {
  return new Promise((resolve) => {
    const request = http.get({ host: '127.0.0.1', port, path: at, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    request.on('error', () => resolve(null));
  });
}

function endDatabase(signal: NodeJS.Signals): number {
  const pid = serverPid(layoutOf(dataDir));
  if (pid === null) throw new Error('no database runs');
  process.kill(pid, signal);
  return pid;
}

const problemOf = (running: Running): unknown =>
  JSON.parse(running.stderr().trim().split('\n').at(-1) ?? '');

test('from an empty directory to the province, and back to nothing running', LONG, async () => {
  const port = await freePort();
  const first = serve(port, '--demo-scale', '0.02');
  const seen: string[] = [];
  await until(async () => {
    const page = await get(port, '/');
    const health = await get(port, '/healthz');
    if (page) seen.push(page.text.includes('Đang chuẩn bị số liệu') ? 'boot' : 'site');
    if (health?.status === 503)
      expect(JSON.parse(health.text)).toMatchObject({ status: 'starting' });
    return first.stdout().includes('"url"');
  }, 'ready');
  expect(seen[0], first.stderr()).toBe('boot');
  expect(JSON.parse(first.stdout())).toEqual({ url: `http://127.0.0.1:${port}`, dataDir });
  expect((await get(port, '/healthz'))?.status).toBe(200);
  expect((await get(port, '/'))?.text).toContain('SỐ LIỆU MÔ PHỎNG');

  const second = serve(await freePort());
  expect(await second.ended).toBe(3);
  expect(problemOf(second)).toMatchObject({ problem: { code: 'already-served' } });
  const samePort = serve(port);
  expect(await samePort.ended).toBe(3);
  expect(problemOf(samePort)).toMatchObject({ problem: { code: 'port-in-use' } });

  const beside = startThonban(['init', '--province', '20', '--json'], { THONBAN_DATA: dataDir });
  expect(await beside.ended).toBe(1);
  expect(problemOf(beside)).toMatchObject({ problem: { code: 'instance-exists' } });
  const health = JSON.parse((await get(port, '/healthz'))?.text ?? '') as unknown;
  expect(health).toEqual({ status: 'ok', logSignedSecondsAgo: expect.any(Number) as number });

  // The database ends under it and is started again; Ctrl-C while that goes on stops both.
  const before = endDatabase('SIGINT');
  await until(async () => (await get(port, '/healthz'))?.status === 503, 'it is missed');
  await until(async () => (await get(port, '/healthz'))?.status === 200, 'it is back');
  expect(serverPid(layoutOf(dataDir))).not.toBe(before);
  expect((await get(port, '/bieu-mau/1'))?.status).toBe(200);
  endDatabase('SIGKILL');
  first.child.kill('SIGINT');
  expect(await first.ended, first.stderr()).toBe(0);
  expect(serverPid(layoutOf(dataDir))).toBeNull();
  expect(await get(port, '/')).toBeNull();
});

test(
  'Ctrl-C during the first start stops everything; the next start completes it',
  LONG,
  async () => {
    const port = await freePort();
    const first = serve(port, '--demo-scale', '0.05');
    await until(() => first.stderr().includes('Đang ghi hộ mô phỏng'), 'the load under way');
    // Terminal and npm may both pass one Ctrl-C on.
    first.child.kill('SIGTERM');
    first.child.kill('SIGINT');
    expect(await first.ended, first.stderr()).toBe(0);
    await until(() => serverPid(layoutOf(dataDir)) === null, 'the database has stopped');
    const second = serve(port);
    await until(() => second.stdout().includes('"url"'), 'ready');
    expect((await get(port, '/'))?.text).toContain('SỐ LIỆU MÔ PHỎNG');

    // A database that cannot be started again ends the service, which says why.
    fs.rmSync(path.join(dataDir, 'data', 'global', 'pg_control'));
    endDatabase('SIGKILL');
    expect(await second.ended, second.stderr()).toBe(3);
    expect(problemOf(second)).toMatchObject({ problem: { code: 'database-lost' } });
  },
);

test('asked to stop before the province is begun, it begins none', LONG, async () => {
  const running = serve(await freePort());
  await until(() => running.stderr().includes('Chuẩn bị PostgreSQL'), 'the database under way');
  running.child.kill('SIGINT');
  expect(await running.ended, running.stderr()).toBe(0);
  expect(running.stderr()).not.toContain('Đang dựng địa bàn');
  expect(serverPid(layoutOf(dataDir))).toBeNull();
});

test.each(['80a', '65536', '-1'])('the port "%s" is wrong use', async (port) => {
  const running = startThonban(['serve', '--json'], { THONBAN_DATA: dataDir, PORT: port });
  expect(await running.ended).toBe(2);
  expect(problemOf(running)).toMatchObject({ problem: { code: 'bad-port' } });
});
