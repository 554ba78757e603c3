import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '../../kernel/index.js';
import { PROJECT_ROOT, SYSTEM_ACTOR, runCommand } from '../../store/index.js';
import type { BenchFigure } from './bench-figure.js';
import { quantile, rounded } from './bench-figure.js';
import type { DemoInstance } from './bench-instances.js';
import type { LoadResult } from './load.js';
import { runLoad } from './load.js';
import { memoryOf } from './memory.js';

const CLIENTS = 50;
const WARM_REQUESTS = 3_000;
const START_LIMIT_MS = 60_000;

/**
 * The home page as readers meet it: a server on this data directory, asked by 50 clients at once just
 * after the data changed, when every cache is empty (cold), then many times (warm), and the memory of
 * the whole system meanwhile.
 */
export async function benchHome(demo: DemoInstance): Promise<BenchFigure[]> {
  const { dataDir } = demo;
  const port = await freePort();
  const { DATABASE_URL: _url, DATABASE_ADMIN_URL: _admin, ...around } = process.env;
  const env = { ...around, THONBAN_DATA: dataDir, PORT: String(port), HOST: '127.0.0.1' };
  const bin = path.join(PROJECT_ROOT, 'bin/thonban.mjs');
  const server = spawn(process.execPath, [bin, 'serve'], { env, stdio: 'ignore' });
  const base = `http://127.0.0.1:${port}`;
  try {
    await untilReady(`${base}/healthz`, server);
    await changeData(demo);
    const cold = await runLoad({ url: `${base}/`, clients: CLIENTS, requests: CLIENTS });
    const peak = watchMemory(server.pid ?? 0, dataDir);
    const warm = await runLoad({ url: `${base}/`, clients: CLIENTS, requests: WARM_REQUESTS });
    const memory = peak.stop();
    return [
      latency('home-cold-p95', cold),
      latency('home-warm-p95', warm),
      {
        name: 'home-warm-throughput',
        value: rounded(warm.latencies.length / warm.seconds),
        unit: 'requests/s',
        note: share(warm),
      },
      memory,
    ];
  } finally {
    await stop(server);
  }
}

/** One committed command, which is what every cache is keyed by. */
async function changeData(demo: DemoInstance): Promise<void> {
  const store = await demo.open();
  try {
    const call = {
      ...{ actor: SYSTEM_ACTOR([]), commandId: newId(), name: 'bench.change', input: {} },
      permission: 'household:propose' as const,
    };
    await runCommand(store, call, () => Promise.resolve(null));
  } finally {
    await store.close();
  }
}

function latency(name: string, load: LoadResult): BenchFigure {
  if (load.errors > 0) throw new Error(`${name}: ${load.errors} requests failed`);
  const { latencies } = load;
  const median = rounded(quantile(latencies, 0.5));
  const note = `${CLIENTS} clients, ${latencies.length} requests, median ${median} ms; ${share(load)}`;
  return { name, value: rounded(quantile(latencies, 0.95)), unit: 'ms', note };
}

const share = ({ cpuSeconds, seconds }: LoadResult): string =>
  `load generator: ${rounded((cpuSeconds / seconds) * 100)} % of one core`;

function watchMemory(pid: number, dataDir: string): { stop(): BenchFigure } {
  let proportional = 0;
  let resident = 0;
  const look = () => {
    const now = memoryOf(pid, dataDir);
    proportional = Math.max(proportional, now.proportional ?? 0);
    resident = Math.max(resident, now.resident);
  };
  look();
  const timer = setInterval(look, 250);
  return {
    stop() {
      clearInterval(timer);
      look();
      const value = rounded((proportional || resident) / 1e6);
      const note = `peak of server and database under load; resident ${rounded(resident / 1e6)} MB`;
      return { name: 'system-memory', value, unit: 'MB', note };
    },
  };
}

async function untilReady(url: string, server: ChildProcess): Promise<void> {
  const end = performance.now() + START_LIMIT_MS;
  while (performance.now() < end) {
    if (server.exitCode !== null) throw new Error(`the server ended with ${server.exitCode}`);
    const answer = await fetch(url).catch(() => null);
    await answer?.body?.cancel();
    if (answer?.ok) return;
    await sleep(50);
  }
  throw new Error(`the server was not ready within ${START_LIMIT_MS / 1000} s`);
}

async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return;
  const ended = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGTERM');
  await ended;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}
