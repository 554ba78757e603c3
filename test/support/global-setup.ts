import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { startTestServer } from './test-server.js';
import type { ServerAddress } from './test-server.js';

declare module 'vitest' {
  export interface ProvidedContext {
    database: ServerAddress;
  }
}

interface Shared {
  started: Promise<{ address: ServerAddress; end: () => Promise<void> }>;
  /** Kinds of tests that have begun and not ended. */
  users: number;
}

/** Every kind of tests loads this file anew, in one process: what they share lies outside of it. */
const held = globalThis as { thonbanTestServer?: Shared };

/** One PostgreSQL for the whole run, in a directory of its own; stopped and removed afterwards. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const shared = (held.thonbanTestServer ??= { started: start(), users: 0 });
  shared.users += 1;
  project.provide('database', (await shared.started).address);
  return async () => {
    shared.users -= 1;
    if (shared.users > 0) return;
    delete held.thonbanTestServer;
    await (await shared.started).end();
  };
}

async function start() {
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'thonban-test-'));
  fs.chmodSync(dataDir, 0o755);
  const server = await startTestServer(dataDir);
  const end = async () => {
    await server.stop();
    fs.rmSync(dataDir, { recursive: true, force: true });
  };
  return { address: server.address, end };
}
